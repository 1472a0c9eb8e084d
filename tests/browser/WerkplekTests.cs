using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;
using static NetwerkRegie.Browser.Tests.Bezoek;

namespace NetwerkRegie.Browser.Tests;

/// <summary>The pages of who works with a family, and of the family itself, as they use them.</summary>
public sealed class WerkplekTests(StudioPagina site) : IClassFixture<StudioPagina>
{
    private static readonly string[] Noord = ["Samira Bouazza", "Joris Veldkamp", "Naomi Terpstra"];

    [BrowserFact]
    public async Task Two_people_hand_over_the_regie_by_keyboard_and_it_moves_only_after_the_conversation()
    {
        var (casus, _) = await site.Begint("melding-tot-regisseur");
        var van = await site.Regisseur(casus);
        var naar = Noord.First(naam => naam != van);

        var (zender, fouten) = await site.MeldAan(van, "/");
        await Expect(zender.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Werkplek");
        await Opens(zender, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Follows(zender, "Draag de regie over");
        await Seen(zender, "voorstel");
        await Presses(zender, "Verstuur het voorstel");
        await Expect(zender.GetByRole(AriaRole.Alert)).ToContainTextAsync("De reden ontbreekt.");
        await Seen(zender, "voorstel-fout");
        await Follows(zender, "De reden ontbreekt.", moves: false);
        await Expect(zender.GetByLabel("Waarom draagt u de regie over?")).ToBeFocusedAsync();
        await zender.Keyboard.TypeAsync("Het gezin verhuist naar een andere wijk.");
        await Chooses(zender, "Aan wie biedt u de regie aan?", naar);
        IRequest? verstuurd = null;
        zender.Request += (_, vraag) => verstuurd = vraag.Method == "POST" ? vraag : verstuurd;
        await Presses(zender, "Verstuur het voorstel");
        await Expect(zender.GetByRole(AriaRole.Status)).ToContainTextAsync("Het voorstel is verstuurd.");
        var overdracht = zender.Url.Split('?')[0];

        // The same form once more is the same proposal.
        var nogEens = await zender.Context.APIRequest.PostAsync(verstuurd!.Url, new() { Data = verstuurd.PostData, Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded", ["Origin"] = site.Adres } });
        Assert.Equal(overdracht, nogEens.Url.Split('?')[0]);

        await Follows(zender, "Vul in (risico's)");
        await Types(zender, "Risico's", "Vader belt 's nachts. Afgesproken is dat moeder dan de buurvrouw belt.");
        await Presses(zender, "Bewaar deze sectie");
        await Expect(zender.GetByText("Nog niet gelezen door")).ToHaveCountAsync(1);
        await Seen(zender, "overdracht-zender");

        var (ontvanger, _) = await site.MeldAan(naar, "/werkplek");
        await Expect(ontvanger.GetByText("De regie is u aangeboden.")).ToBeVisibleAsync();
        await Seen(ontvanger, "werkplek-aangeboden");
        await Follows(ontvanger, "Naar de overdracht");
        await Seen(ontvanger, "overdracht-ontvanger");
        await Presses(ontvanger, "Ik heb dit gelezen (risico's)");
        await Expect(ontvanger.GetByText("Gelezen: 1 van 1.")).ToBeVisibleAsync();
        await Follows(ontvanger, "Neem de regie aan");
        await Types(ontvanger, "Datum zoals 24-11-2026", "volgende week");
        await Presses(ontvanger, "Neem de regie aan");
        await Expect(ontvanger.GetByRole(AriaRole.Alert)).ToContainTextAsync("Vul een datum in");
        await Expect(ontvanger.GetByLabel("Datum zoals 24-11-2026")).ToHaveValueAsync("volgende w");
        await Seen(ontvanger, "aannemen-fout");
        await Types(ontvanger, "Datum zoals 24-11-2026", "");
        await ontvanger.Keyboard.PressAsync("Delete");
        await Presses(ontvanger, "Neem de regie aan");
        await Expect(ontvanger.GetByRole(AriaRole.Status)).ToContainTextAsync("U hebt de regie aangenomen.");
        Assert.Equal(van, await site.Regisseur(casus));
        await ontvanger.GotoAsync($"{site.Adres}/werkplek/casussen/{casus}");
        await Seen(ontvanger, "casus-aanvaard");

        var eind = (await Nu()).AddHours(2);
        await site.Klok(eind.AddMinutes(30));
        await Opens(ontvanger, overdracht, "Overdracht van de regie");
        await Follows(ontvanger, "Leg het warme gesprek vast");
        await Types(ontvanger, "Datum zoals 24-11-2026", Hier(eind).ToString("d-M-yyyy", CultureInfo.InvariantCulture));
        await Types(ontvanger, "Tijd zoals 14:30", Hier(eind).ToString("HH:mm", CultureInfo.InvariantCulture));
        await Presses(ontvanger, "Leg het gesprek vast");
        await Expect(ontvanger.GetByRole(AriaRole.Alert)).ToContainTextAsync("Of het gezin erbij was ontbreekt.");
        await Seen(ontvanger, "gesprek-fout");
        await Chooses(ontvanger, "Was het gezin erbij?", "Ja");
        await Chooses(ontvanger, "Was de oude regisseur erbij?", "Ja");
        await Presses(ontvanger, "Leg het gesprek vast");
        await Expect(ontvanger.GetByRole(AriaRole.Status)).ToContainTextAsync("De regie is overgegaan.");
        Assert.Equal(naar, await site.Regisseur(casus));
        await Seen(ontvanger, "overdracht-klaar");

        await site.Klok(eind.AddDays(40));
        await ontvanger.GotoAsync($"{site.Adres}/werkplek/casussen/{casus}");
        await Expect(ontvanger.GetByText($"De regie ging over van {van} naar {naar}")).ToBeVisibleAsync();
        await Seen(ontvanger, "casus-na");
        await Changes(ontvanger, "Wat wisten we op zoals 24-11-2026", "1-1-2020");
        await Expect(ontvanger.GetByText("Op die dag was deze casus er nog niet.")).ToBeVisibleAsync();
        await Changes(ontvanger, "Wat wisten we op zoals 24-11-2026", Hier(eind).ToString("d-M-yyyy", CultureInfo.InvariantCulture));
        await Expect(ontvanger.GetByRole(AriaRole.Heading, new() { Name = "Lijnen, zoals bekend op" })).ToBeVisibleAsync();
        await Seen(ontvanger, "casus-bekend-op");
        Assert.Empty(fouten);
    }

    [BrowserFact]
    public async Task A_task_is_finished_where_it_is_read_and_without_an_outcome_it_says_so_at_the_field()
    {
        var (casus, _) = await site.Begint("melding-tot-regisseur");
        var (page, fouten) = await site.MeldAan(await site.Regisseur(casus), "/werkplek");
        var knop = $"Rond af Eerste contact met het gezin, {await Gezin(casus)}";
        await Seen(page, "werkplek");
        await Presses(page, knop);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Kies een uitkomst uit");
        await Seen(page, "werkplek-fout");
        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("Contact");
        await Presses(page, knop);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Afgerond: Eerste contact met het gezin.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = knop })).ToHaveCountAsync(0);
        Assert.Empty(fouten);
    }

    [BrowserFact]
    public async Task A_stranger_finds_no_casus_and_a_supervisor_sees_it_without_anything_to_do()
    {
        var (casus, _) = await site.Begint("melding-tot-regisseur");
        var (vreemde, _) = await site.MeldAan("Bram Ottens", "/werkplek");
        await Expect(vreemde.GetByText("Er is geen casus waarvan u de regie houdt.")).ToBeVisibleAsync();
        await Seen(vreemde, "werkplek-leeg");
        await Opens(vreemde, $"{site.Adres}/werkplek/casussen/{casus}", "Niet gevonden");

        var (toezicht, fouten) = await site.MeldAan("toezichthouder", "/stromen");
        await Opens(toezicht, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Expect(toezicht.GetByRole(AriaRole.Link, new() { Name = "Draag de regie over" })).ToHaveCountAsync(0);
        await Expect(toezicht.GetByRole(AriaRole.Link, new() { Name = "Werkplek" })).ToHaveCountAsync(0);
        await Seen(toezicht, "casus-toezicht");
        Assert.Empty(fouten);
    }

    [BrowserFact]
    public async Task A_casus_shows_who_is_at_the_table_what_was_agreed_and_what_is_late_and_who_is_only_at_the_table_sees_only_the_table()
    {
        var (casus, _) = await site.Begint("melding-tot-regisseur");
        var van = await site.Regisseur(casus);
        using var regisseur = await site.AlsPersoon(van);
        using var leiding = await site.AlsPersoon("Hidde Wolters");
        await Uiteindelijk(regisseur, $"/v1/kernteams/{casus}");
        await site.Klok(await Nu());
        var kernteam = $"/v1/kernteams/{casus}";
        await Lukt(regisseur, $"{kernteam}/gezinsgesprekken", new { gevoerdOp = await Nu(), wieHelptNu = "niemand", wieHielpEerder = "een coach", netwerk = "oma", wieDenktMee = "oma", kernvraag = "Rust in huis" });
        await Lukt(regisseur, $"{kernteam}/stoelen", new
        {
            stoelen = new object[]
            {
                new { stoel = "moeder", soort = "gezin" },
                new { stoel = "oma", soort = "netwerk" },
                new { stoel = "leerplicht", soort = "beroepskracht", lidId = "0197a000-0000-7000-8000-000000000041", organisatie = "Leerplicht" },
                new { stoel = "ggz", soort = "beroepskracht", lidId = Guid.CreateVersion7(), organisatie = "Zorg in de buurt" },
            },
        });
        await Lukt(leiding, $"{kernteam}/stoelen/leerplicht/rugdekking", new { urenPerWeek = 2, mandaat = "afspraken over school" });
        await Lukt(regisseur, $"{kernteam}/opgave", new { opgave = "Rust in huis, en elke dag naar school." });
        await Lukt(regisseur, $"{kernteam}/plannen", new
        {
            kernvraag = "Wat heeft dit gezin nodig om zelf verder te kunnen?",
            afspraken = "Moeder belt als het niet gaat.",
            themas = new[] { new { titel = "School", bijdrage = "Elke dag ophalen en brengen", eigenaar = "oma" }, new { titel = "Hulp voor moeder", bijdrage = "Behandeling thuis", eigenaar = "ggz" } },
        });
        await Lukt(regisseur, $"{kernteam}/acties", new { wieRef = "ggz", wie = "De behandelaar", wat = "Eerste afspraak plannen", opbrengst = "Moeder weet wanneer", termijn = "1 week" });
        await Lukt(regisseur, $"/v1/casussen/{casus}/geheimen", new { naam = "Kluisje", reden = "veiligheid", lezers = new[] { "regisseur" } });
        await site.Klok((await Nu()).AddDays(3));
        await Lukt(regisseur, $"/v1/casussen/{casus}/kaderovergangen", new { kindRef = "K1", naar = "drang", bron = "gespreksverslag", bewijs = new { analyse = "vastgesteld", voorwaarden = "tot 14 april", zienswijzeGezin = "oneens", rvtConsult = "0197a000-0000-7000-8000-000000000011" } });
        await site.Klok((await Nu()).AddDays(9));
        await Lukt(regisseur, $"/v1/casussen/{casus}/knelpunten", new { soort = "capaciteit", omschrijving = "Er is een wachtlijst", overbrugging = "De praktijkondersteuner belt elke week." });

        var (leider, _) = await site.MeldAan("Petra Hoogland", "/werkplek");
        await Expect(leider.GetByRole(AriaRole.Button, new() { Name = $"Rond af Alsnog contact met het gezin; de termijn is voorbij, {await Gezin(casus)}" })).ToBeVisibleAsync();
        await Seen(leider, "werkplek-leiding");
        await Follows(leider, $"Neem een besluit ({await Gezin(casus)})");
        await Chooses(leider, "Wat besluit u?", "Het wordt opgelost");
        await Presses(leider, "Neem een besluit");
        await Expect(leider.GetByRole(AriaRole.Alert)).ToContainTextAsync("De reden ontbreekt.");
        await Seen(leider, "besluit-fout");
        await Types(leider, "Waarom, en wat gebeurt er nu?", "Er komt per 1 januari een behandelaar bij.");
        await Presses(leider, "Neem een besluit");
        await Expect(leider.GetByRole(AriaRole.Status)).ToContainTextAsync("Het besluit is genomen. De regie bleef waar zij was.");

        var (page, fouten) = await site.MeldAan(van, "/werkplek");
        await Opens(page, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Expect(page.GetByText("Wacht op rugdekking.")).ToHaveCountAsync(1);
        await Expect(page.GetByText("Bram Ottens, Leerplicht")).ToBeVisibleAsync();
        await Expect(page.GetByText("Elke dag ophalen en brengen")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Capaciteit: besloten" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Eerste afspraak plannen" })).ToContainTextAsync("Te laat: moest");
        await Expect(page.GetByText("Het kader van kind K1 ging van vrijwillig naar drang. De regie bleef waar zij was.")).ToBeVisibleAsync();
        Assert.DoesNotContain("Kluisje", await page.ContentAsync(), StringComparison.Ordinal);
        await Seen(page, "casus-vol");

        var (lid, _) = await site.MeldAan("Bram Ottens", "/werkplek");
        await Expect(lid.GetByText("U zit aan tafel als leerplicht.")).ToBeVisibleAsync();
        await Opens(lid, $"{site.Adres}/werkplek/casussen/{casus}", "Kernteam");
        await Expect(lid.GetByText("Elke dag ophalen en brengen")).ToBeVisibleAsync();
        await Expect(lid.GetByRole(AriaRole.Heading, new() { Name = "Lijnen" })).ToHaveCountAsync(0);
        await Seen(lid, "casus-aan-tafel");
        Assert.Empty(fouten);
    }

    [BrowserFact]
    public async Task The_framework_card_is_recorded_where_the_task_is_and_the_same_form_again_counts_once()
    {
        var (casus, _) = await site.Begint("melding-tot-regisseur");
        var van = await site.Regisseur(casus);
        using var regisseur = await site.AlsPersoon(van);
        await site.Klok((await Nu()).AddMinutes(1));
        await Lukt(regisseur, $"/v1/casussen/{casus}/kaderovergangen", new { kindRef = "K1", naar = "drang", bron = "gespreksverslag", bewijs = new { analyse = "vastgesteld", voorwaarden = "tot 14 april", zienswijzeGezin = "oneens", rvtConsult = "0197a000-0000-7000-8000-000000000011" } });
        await site.Klok((await Nu()).AddHours(3));

        var (page, fouten) = await site.MeldAan(van, "/werkplek");
        await Seen(page, "werkplek-taken");
        await Follows(page, $"Leg vast dat de kaart is besproken ({await Gezin(casus)}, kind K1)");
        await Expect(page.GetByText("Drang is geen maatregel van de rechter")).ToBeVisibleAsync();
        await Seen(page, "kaart");
        await Types(page, "Hoe hebt u het verteld?", "In een gesprek thuis.");
        await Presses(page, "Leg vast dat de kaart is besproken");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Vul een datum in");
        await Seen(page, "kaart-fout");
        await Vult(page, (await Nu()).AddHours(-1));
        await Presses(page, "Leg vast dat de kaart is besproken");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Of het gezin de kaart aannam ontbreekt.");
        await Chooses(page, "Nam het gezin de kaart aan?", "Nee");
        IRequest? verstuurd = null;
        page.Request += (_, vraag) => verstuurd = vraag.Method == "POST" ? vraag : verstuurd;
        await Presses(page, "Leg vast dat de kaart is besproken");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Vastgelegd is dat de kaderkaart is besproken.");

        var nogEens = await page.Context.APIRequest.PostAsync(verstuurd!.Url, new() { Data = verstuurd.PostData, Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded", ["Origin"] = site.Adres } });
        Assert.Contains("Er is niets dubbel vastgelegd.", await nogEens.TextAsync(), StringComparison.Ordinal);
        var kaart = (await regisseur.GetFromJsonAsync<JsonObject>($"/v1/casussen/{casus}/kinderen/K1/kaderkaart"))!;
        Assert.Equal(("In een gesprek thuis.", false), ((string)Assert.Single(kaart["uitreikingen"]!.AsArray())!["hoe"]!, (bool)kaart["uitreikingen"]![0]!["isAfgetekend"]!));
        Assert.Equal(van, await site.Regisseur(casus));
        Assert.Empty(fouten);
    }

    [BrowserFact]
    public async Task A_rhythm_is_agreed_on_the_page_of_the_casus_and_what_was_missed_and_what_waits_is_seen_there()
    {
        var (casus, _) = await site.Begint("melding-tot-regisseur");
        var van = await site.Regisseur(casus);
        using var regisseur = await site.AlsPersoon(van);
        await Uiteindelijk(regisseur, $"/v1/kernteams/{casus}");
        await Lukt(regisseur, $"/v1/kernteams/{casus}/stoelen", new { stoelen = new[] { new { stoel = "moeder", soort = "gezin" } } });
        await Lukt(regisseur, $"/v1/kernteams/{casus}/koers", new { punten = new[] { "Geen gesloten setting" } });

        var (page, fouten) = await site.MeldAan(van, "/werkplek");
        await Opens(page, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Follows(page, "Spreek een ritme af");
        await Presses(page, "Spreek een ritme af");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Kies een ritme uit wekelijks, maandelijks.");
        await Chooses(page, "Hoe vaak komt het kernteam bij elkaar?", "Elke week");
        await Presses(page, "Spreek een ritme af");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Het ritme van het kernteam is afgesproken.");

        await site.Klok((await Nu()).AddDays(9));
        await Opens(page, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Expect(page.GetByText("Het komt wekelijks bij elkaar. De laatste keer is gemist; het kan alsnog op")).ToBeVisibleAsync();

        // A step against the course waits for everybody, unless somebody is in danger.
        await Follows(page, "Vraag een stap");
        await Types(page, "Welke stap is dat?", "Een gesloten plek vragen");
        await Types(page, "Tegen welk punt van de koers gaat zij in? (niet verplicht)", "een");
        await Presses(page, "Vraag een stap");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Vul een heel getal in, in cijfers.");
        await Seen(page, "stap-fout");
        await Types(page, "Tegen welk punt van de koers gaat zij in? (niet verplicht)", "1");
        await Presses(page, "Vraag een stap");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De stap is gevraagd.");
        await Opens(page, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Een gesloten plek vragen" })).ToContainTextAsync("wacht op een besluit van het kernteam");
        await Seen(page, "casus-stap-wacht");
        await Follows(page, "Laat de stap doorgaan (Een gesloten plek vragen)");
        await Types(page, "Welk acuut gevaar is er?", "Zij is vannacht weggelopen");
        await Presses(page, "Laat de stap doorgaan");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Het kernteam besluit er alsnog over.");
        Assert.Empty(fouten);
    }

    [BrowserFact]
    public async Task After_an_emergency_the_new_regisseur_records_the_conversation_and_the_evidence_of_scaling_up()
    {
        var (casus, _) = await site.Begint("melding-tot-regisseur");
        var van = await site.Regisseur(casus);
        var naar = Noord.First(naam => naam != van);
        using var nieuwe = await site.AlsPersoon(naar);
        await site.Klok((await Nu()).AddMinutes(1));
        var (leiding, _) = await site.MeldAan("Petra Hoogland", "/werkplek");
        await Opens(leiding, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Follows(leiding, "Draag de regie in nood over");
        await Presses(leiding, "Draag de regie in nood over");
        await Expect(leiding.GetByRole(AriaRole.Alert)).ToContainTextAsync("Aan wie de regie overgaat ontbreekt.");
        await Seen(leiding, "nood-fout");
        await Chooses(leiding, "Aan wie gaat de regie over?", naar);
        await Types(leiding, "Waarom moet dit?", "De regisseur wordt bedreigd.");
        await Types(leiding, "Waaruit blijkt dat dit niet kan wachten?", "Aangifte van vandaag.");
        await Presses(leiding, "Draag de regie in nood over");
        await Expect(leiding.GetByRole(AriaRole.Status)).ToContainTextAsync("De regie is in nood overgegaan.");
        await Lukt(nieuwe, $"/v1/casussen/{casus}/opschalingen", new { naar = "duo", reden = "Nieuw geweld.", isAcuut = true });
        await site.Klok((await Nu()).AddHours(3));

        var (page, fouten) = await site.MeldAan(naar, "/werkplek");
        await Follows(page, $"Leg het gesprek vast ({await Gezin(casus)})");
        await Expect(page.GetByText(van)).ToBeVisibleAsync();
        await Vult(page, (await Nu()).AddHours(-1));
        await Chooses(page, "Was het gezin erbij?", "Ja");
        await Chooses(page, "Was de oude regisseur erbij?", "Nee");
        await Presses(page, "Leg het gesprek vast");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Seen(page, "noodgesprek-fout");
        await Types(page, "Waarom was het gezin of de oude regisseur er niet bij? (niet verplicht)", "Vader bedreigt haar.");
        await Presses(page, "Leg het gesprek vast");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Het gesprek na de noodoverdracht is vastgelegd.");

        await Follows(page, $"Lever het bewijs ({await Gezin(casus)})");
        await Presses(page, "Lever het bewijs");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Vul een datum in");
        await Vult(page, (await Nu()).AddDays(14));
        await Presses(page, "Lever het bewijs");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Het stopcriterium ontbreekt.");
        await Seen(page, "bewijs-fout");
        await Types(page, "Wat moet de opschaling bereiken?", "Rust in huis.");
        await Types(page, "Wat vindt het gezin ervan?", "Moeder is het ermee eens.");
        await Types(page, "Wat pleit er tegen opschalen?", "Weer een nieuw gezicht.");
        await Types(page, "Waaraan ziet u dat het weer lichter kan?", "Vier weken rust.");
        await Presses(page, "Lever het bewijs");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Het bewijs van de acute opschaling is geleverd.");
        var soorten = (await nieuwe.GetFromJsonAsync<JsonObject>("/v1/taken"))!["items"]!.AsArray().Where(t => (Guid)t!["casusId"]! == casus).Select(t => (string)t!["soort"]!);
        Assert.DoesNotContain(soorten, soort => soort is "NoodgesprekAfwachten" or "BewijsAfwachten");
        Assert.Equal(naar, await site.Regisseur(casus));

        await Opens(page, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Follows(page, "Regel een vervanger");
        await Chooses(page, "Wanneer begint de afwezigheid?", "Nu meteen");
        await Presses(page, "Regel een vervanger");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("De reden ontbreekt.");
        await Seen(page, "vervanging-fout");
        await Types(page, "Waarom is er een vervanger nodig?", "Ziek.");
        await Presses(page, "Regel een vervanger");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De vervanging is geregeld.");
        Assert.NotEqual(naar, await site.Regisseur(casus));
        Assert.Empty(fouten);
    }

    [BrowserFact]
    public async Task Somebody_of_the_RVT_finds_the_consult_among_her_tasks_and_answers_it_there()
    {
        var (casus, _) = await site.Begint("melding-tot-regisseur");
        var van = await site.Regisseur(casus);
        using var regisseur = await site.AlsPersoon(van);
        using var rvt = await site.AlsPersoon("Fenne Visbeen");
        await Lukt(regisseur, $"/v1/casussen/{casus}/opschalingen", new { naar = "consult", reden = "Veiligheid vroeg meenemen." });
        var consult = await Vraagt(rvt, casus);

        var (page, fouten) = await site.MeldAan("Fenne Visbeen", "/werkplek");
        await Seen(page, "werkplek-rvt");
        await ByKeyboard(page, page.Locator($"a[href='/werkplek/taken/{consult}/antwoord']"));
        await Expect(page.GetByText($"{van}, Lokaal team Noord")).ToBeVisibleAsync();
        await Types(page, "Welke maatregel zet u klaar? (niet verplicht)", "Spoedopvang bij oma.");
        await Presses(page, "Geef advies");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Het advies ontbreekt.");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Vermeld tot welk moment in de toekomst");
        await Seen(page, "consult-fout");
        await Follows(page, "Het advies ontbreekt.", moves: false);
        await page.Keyboard.TypeAsync("Praat eerst met de kinderen.");
        await Types(page, "Wat is er afgesproken om het veilig te houden?", "Moeder belt de buurvrouw.");
        await Vult(page, (await Nu()).AddDays(14));
        await Presses(page, "Geef advies");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Het advies is gegeven. De regie bleef waar zij was.");
        await Expect(page.Locator($"a[href='/werkplek/taken/{consult}/antwoord']")).ToHaveCountAsync(0);

        var gegeven = (await regisseur.GetFromJsonAsync<JsonObject>($"/v1/consulten/{consult}"))!;
        Assert.Equal(("beantwoord", "Praat eerst met de kinderen.", "Spoedopvang bij oma."), ((string)gegeven["status"]!, (string)gegeven["advies"]!, (string)gegeven["standby"]!["maatregel"]!));
        Assert.Equal(van, await site.Regisseur(casus));
        Assert.Empty(fouten);
    }

    [BrowserFact]
    public async Task A_family_reads_who_its_regisseur_is_and_who_has_looked()
    {
        var (casus, _) = await site.Begint("melding-tot-regisseur");
        var van = await site.Regisseur(casus);
        using var regisseur = await site.AlsPersoon(van);
        using var gezin = await site.AlsPersoon("Demo-gezin");
        (await regisseur.PostAsJsonAsync("/v1/betrokkenen", new { casusId = casus, @ref = "moeder", relatie = "ouder", persoonId = "0197a000-0000-7000-8000-000000000072" })).EnsureSuccessStatusCode();
        await Uiteindelijk(gezin, $"/v1/casussen/{casus}");

        var (page, fouten) = await site.MeldAan("Demo-gezin", "/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Mijn casus");
        await Expect(page.GetByText($"{van} is uw regisseur").First).ToBeVisibleAsync();
        await Expect(page.GetByText("las de casus, om te kijken of de hulp doorgaat").First).ToBeVisibleAsync();
        await Seen(page, "gezin");
        Assert.Empty(fouten);
    }

    [BrowserFact]
    public async Task A_family_gets_its_inzage_and_looks_back_together_with_its_regisseur()
    {
        var (casus, _) = await site.Begint("melding-tot-regisseur");
        var van = await site.Regisseur(casus);
        using var regisseur = await site.AlsPersoon(van);
        using var gezin = await site.AlsPersoon("Demo-gezin");
        await Lukt(regisseur, "/v1/betrokkenen", new { casusId = casus, @ref = "moeder", relatie = "ouder", persoonId = "0197a000-0000-7000-8000-000000000072" });
        await Uiteindelijk(gezin, $"/v1/casussen/{casus}");
        using var school = await site.Als("school");
        await Lukt(school, "/v1/verzuimmeldingen", new { nummer = "v-1", casusId = casus, kindRef = "K1", uren = 16, lesweken = 4, van = "2026-01-05", tot = "2026-01-30" });
        await Lukt(gezin, "/v1/inzageverzoeken", new { casusId = casus, persoonRef = "V1", leeftijdsband = "18+", gevraagdDoor = "betrokkene" });

        var (page, fouten) = await site.MeldAan(van, "/werkplek");
        await Opens(page, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Stel het antwoord uit (V1)" })).ToBeVisibleAsync();
        await Seen(page, "casus-inzage");
        await Follows(page, "Beantwoord de vraag (V1)");
        await Chooses(page, "Wat is uw antwoord?", "Een deel is niet te zien");
        await Presses(page, "Beantwoord de vraag");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Het deel ontbreekt.");
        await Seen(page, "inzage-fout");
        await Types(page, "Welk deel is niet te zien? (niet verplicht)", "Wat de school over een ander kind schreef");
        await Chooses(page, "Waarom mag dat? (niet verplicht)", "Het gaat over iemand anders");
        await Types(page, "Leg dat uit (niet verplicht)", "Dat kind en zijn ouders gaan daar zelf over.");
        await Presses(page, "Beantwoord de vraag");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De vraag om inzage is beantwoord.");

        // Nobody agreed that the school may know: it is refused, and the page says so.
        await Opens(page, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Follows(page, "Laat het de school weten (kind K1)");
        await Chooses(page, "Wat leest de school?", "Uw melding is gezien");
        await Presses(page, "Laat het de school weten");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("spreek eerst met de school af dat zij beide mag weten.");
        await Opens(page, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Follows(page, "Leg een verhuizing vast");
        await Types(page, "Naar welke gemeente?", "GM0363");
        await Presses(page, "Leg een verhuizing vast");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Vul een datum in als 24-11-2026.");
        await Types(page, "Vanaf welke dag?", $"{await Nu():d-M-yyyy}");
        await Presses(page, "Leg een verhuizing vast");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De verhuizing is vastgelegd.");

        await Opens(page, $"{site.Adres}/werkplek/casussen/{casus}", await Gezin(casus));
        await Follows(page, "Terugkijken op deze casus");
        await Seen(page, "terugkijken");
        await Presses(page, "Maak een terugblik");
        await Expect(page.GetByText("Minuten zonder regisseur")).ToBeVisibleAsync();
        await Seen(page, "terugblik");
        await Opens(page, $"{site.Adres}/terugkijken/{casus}", "Terugkijken");
        await Presses(page, "Maak een terugblik");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Empty(fouten);

        var (thuis, nietGoed) = await site.MeldAan("Demo-gezin", "/");
        await Expect(thuis.GetByText("Wat de school over een ander kind schreef")).ToBeVisibleAsync();
        await Seen(thuis, "gezin-inzage");
        await Opens(thuis, $"{site.Adres}/terugkijken/{casus}", "Terugkijken");
        await Expect(thuis.GetByRole(AriaRole.Button, new() { Name = "Maak een terugblik" })).ToHaveCountAsync(0);
        await ByKeyboard(thuis, thuis.GetByRole(AriaRole.List, new() { Name = "Terugblikken" }).GetByRole(AriaRole.Link).First);
        await Presses(thuis, "Verstuur uw reactie");
        await Expect(thuis.GetByRole(AriaRole.Alert)).ToContainTextAsync("Uw reactie ontbreekt.");
        await Seen(thuis, "terugblik-fout");
        await Chooses(thuis, "Wat wilt u doen?", "Bezwaar maken: er klopt iets niet");
        await Types(thuis, "Uw reactie", "Wij belden zelf, en eerder dan hier staat.");
        await Presses(thuis, "Verstuur uw reactie");
        await Expect(thuis.GetByRole(AriaRole.Status)).ToContainTextAsync("Uw reactie staat erbij.");
        await Seen(thuis, "terugblik-gezin");
        Assert.Empty(nietGoed);

        await page.ReloadAsync();
        await ByKeyboard(page, page.GetByRole(AriaRole.List, new() { Name = "Terugblikken" }).GetByRole(AriaRole.Link).First);
        await Expect(page.GetByText("Wij belden zelf, en eerder dan hier staat.")).ToBeVisibleAsync();
    }

    private async Task<string> Gezin(Guid casus)
    {
        using var toezicht = await site.Als("toezichthouder");
        return (string)(await toezicht.GetFromJsonAsync<JsonObject>($"/v1/casussen/{casus}"))!["gezinRef"]!;
    }

    // What one service was told reaches the other by itself.
    private static async Task Uiteindelijk(HttpClient wie, string pad)
    {
        for (var begin = Stopwatch.GetTimestamp(); !(await wie.GetAsync(pad)).IsSuccessStatusCode; await Task.Delay(50))
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromMinutes(1), $"Not within a minute: {pad}");
    }

    private static async Task<string> Vraagt(HttpClient rvt, Guid casus)
    {
        for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < TimeSpan.FromMinutes(1); await Task.Delay(50))
            if ((await rvt.GetFromJsonAsync<JsonObject>("/v1/consulten?status=open"))!["items"]!.AsArray().SingleOrDefault(c => (Guid)c!["casusId"]! == casus) is { } consult)
                return (string)consult["id"]!;
        throw new TimeoutException("Not within a minute: the consult.");
    }

    private static async Task Vult(IPage page, DateTimeOffset moment)
    {
        await Types(page, "Datum zoals 24-11-2026", Hier(moment).ToString("d-M-yyyy", CultureInfo.InvariantCulture));
        await Types(page, "Tijd zoals 14:30", Hier(moment).ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    private static async Task Lukt(HttpClient wie, string pad, object inhoud)
    {
        var antwoord = await wie.PostAsJsonAsync(pad, inhoud);
        Assert.True(antwoord.IsSuccessStatusCode, $"{pad}: {await antwoord.Content.ReadAsStringAsync()}");
    }

    private async Task<DateTimeOffset> Nu()
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<JsonObject>($"{site.Adres}/proef/klok"))!["nu"]!.GetValue<DateTimeOffset>();
    }

    private static DateTimeOffset Hier(DateTimeOffset moment) => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(moment, "Europe/Amsterdam");
}
