using System.Net;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Termijnen;
using Xunit;

namespace NetwerkRegie.Services.Tests.Kernteam;

/// <summary>Stoelen met rugdekking, eerst het gezin, een plan met eigenaren, en acties die niet vergeten worden.</summary>
public sealed class StoelenEnPlanTests(KernteamOpstelling kernteam) : IClassFixture<KernteamOpstelling>
{
    [Fact]
    public async Task Een_kernteam_begint_pas_als_elke_organisatie_achter_haar_stoel_staat()
    {
        var (samira, tom, bestuur) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("gi", "Tom", "Samenwerkingsverband"), await kernteam.Als("bestuurder", "Bestuur", "Samenwerkingsverband"));
        var casus = await kernteam.Kernteam(samira);
        await Spreek(samira, casus);

        Assert.Equal(["/stoelen/0/organisatie", "/stoelen/1/stoel"], (await samira.Post($"/v1/kernteams/{casus}/stoelen", new
        {
            stoelen = new object[] { new { stoel = "onderwijs", soort = "beroepskracht", lidId = tom.Id }, new { stoel = "regisseur", soort = "gezin" } },
        })).Is(HttpStatusCode.BadRequest).Fouten);
        (await Bezet(samira, casus, tom)).Is(HttpStatusCode.OK);
        Assert.Equal("ingesteld", (await samira.Get($"/v1/kernteams/{casus}"))["status"].GetString());
        Assert.Equal("Het kernteam is nog niet actief; rugdekking ontbreekt: onderwijs.", (await samira.Post($"/v1/kernteams/{casus}/bijeenkomsten", Bijeenkomst(samira))).Is(HttpStatusCode.Conflict)["detail"].GetString());
        Assert.StartsWith("Wacht sinds ", Assert.Single(await WachtOp(samira, casus)), StringComparison.Ordinal);
        Assert.Contains(" op rugdekking voor de stoel onderwijs; verwacht uiterlijk ", Assert.Single(await WachtOp(samira, casus)), StringComparison.Ordinal);

        var dekking = new { urenPerWeek = 1, mandaat = "Mag over de schoolplek beslissen" };
        (await (await kernteam.Als("bestuurder", "Ander", "Iemand anders")).Post($"/v1/kernteams/{casus}/stoelen/onderwijs/rugdekking", dekking)).Is(HttpStatusCode.NotFound);
        Assert.Equal("Rugdekking geeft de organisatie, niet wie er zelf zit.", (await tom.Post($"/v1/kernteams/{casus}/stoelen/onderwijs/rugdekking", dekking)).Is(HttpStatusCode.Forbidden)["detail"].GetString());
        (await bestuur.Post($"/v1/kernteams/{casus}/stoelen/onderwijs/rugdekking", dekking)).Is(HttpStatusCode.OK);

        Assert.Equal("actief", (await samira.Get($"/v1/kernteams/{casus}"))["status"].GetString());
        (await samira.Post($"/v1/kernteams/{casus}/bijeenkomsten", Bijeenkomst(samira))).Is(HttpStatusCode.Created);
        Assert.Single(await kernteam.Uitgezonden<KernteamActief>(m => m.CasusId == casus, 1));
        Assert.Single(await kernteam.Uitgezonden<KernteamIngesteld>(m => m.CasusId == casus, 1));
        var bezet = Assert.Single(await kernteam.Uitgezonden<StoelenBezet>(m => m.CasusId == casus, 1));
        Assert.Equal((1, "moeder,onderwijs,tante"), (bezet.Versie, string.Join(',', bezet.Stoelen.Select(s => s.Naam).Order())));
    }

    [Fact]
    public async Task Wisselt_een_lid_dan_wordt_opnieuw_rugdekking_gevraagd()
    {
        var (samira, tom, els) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("gi", "Tom", "School"), await kernteam.Als("gi", "Els", "School"));
        var casus = await kernteam.Kernteam(samira);
        await Bezet(samira, casus, tom);

        await Bezet(samira, casus, tom);
        await Bezet(samira, casus, els);

        Assert.Single(await kernteam.Uitgezonden<LidGewisseld>(m => m.CasusId == casus, 1));
        var bezet = (await kernteam.Uitgezonden<StoelenBezet>(m => m.CasusId == casus, 2)).MaxBy(m => m.Versie)!;
        Assert.Equal((2, els.Id), (bezet.Versie, bezet.Stoelen.Single(s => s.Naam == "onderwijs").LidId));
        (await tom.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.NotFound);
        Assert.Single(await WachtOp(els, casus));
    }

    [Fact]
    public async Task Gaat_de_regie_naar_een_andere_organisatie_dan_wordt_haar_rugdekking_gevraagd()
    {
        var (samira, joris, tamar) = (await kernteam.Als("regisseur", "Samira Bouazza"), await kernteam.Als("regisseur", "Joris Veldkamp"), await kernteam.Als("gi", "Tamar Vossenberg"));
        var casus = await kernteam.Kernteam(samira);
        await Bezet(samira, casus, await kernteam.Als("gi", "Tom", "School"));

        await Overdragen(samira, joris, 1);
        Assert.DoesNotContain(await WachtOp(joris, casus), zin => zin.Contains("regisseur;", StringComparison.Ordinal));
        await Overdragen(joris, tamar, 3);
        Assert.Single(await WachtOp(tamar, casus), zin => zin.Contains("rugdekking voor de stoel regisseur;", StringComparison.Ordinal));

        var pad = $"/v1/kernteams/{casus}/stoelen/regisseur/rugdekking";
        var dekking = new { urenPerWeek = 4, mandaat = "Mag beslissen over de veiligheid" };
        (await (await kernteam.Als("leidinggevende", "Petra Hoogland")).Post(pad, dekking)).Is(HttpStatusCode.NotFound);
        (await tamar.Post(pad, dekking)).Is(HttpStatusCode.Forbidden);
        (await (await kernteam.Als("leidinggevende", "Lia Kraaijenhof")).Post(pad, dekking)).Is(HttpStatusCode.OK);
        // A handover from before that arrives late asks nothing.
        await Overdragen(samira, joris, 2);
        Assert.DoesNotContain(await WachtOp(tamar, casus), zin => zin.Contains("regisseur;", StringComparison.Ordinal));

        Assert.Equal([tamar.Id], (await tamar.Get($"/v1/kernteams/{casus}"))["leden"].EnumerateArray().Where(l => l.GetProperty("stoel").GetString() == "regisseur").Select(l => l.GetProperty("lidId").GetGuid()));
        await Bezet(tamar, casus, await kernteam.Als("gi", "Els", "School"));
        Assert.All(await kernteam.Uitgezonden<StoelenBezet>(m => m.CasusId == casus, 2), m => Assert.DoesNotContain(m.Stoelen, s => s.Naam == "regisseur"));

        Task Overdragen(Persoon van, Persoon naar, int seconde) => kernteam.Bericht(new RegieOvergedragen(casus, Guid.CreateVersion7(), van.Id, naar.Id, kernteam.Nu.AddSeconds(seconde)));
    }

    [Fact]
    public async Task Eerst_wat_het_gezin_zegt_dan_samen_de_opgave_dan_het_plan()
    {
        var (samira, lint) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("gi", "Lint", "GGZ"));
        var casus = await kernteam.Kernteam(samira);
        await Bezet(samira, casus, lint, "ggz");
        Assert.Equal(["/wieHelptNu", "/wieHielpEerder", "/netwerk", "/wieDenktMee", "/kernvraag"], (await samira.Post($"/v1/kernteams/{casus}/gezinsgesprekken", new { gevoerdOp = kernteam.Nu })).Is(HttpStatusCode.BadRequest).Fouten);
        await Spreek(samira, casus);
        Assert.Equal("concept", (await samira.Get($"/v1/kernteams/{casus}"))["plan"].GetProperty("status").GetString());

        Assert.Equal("Stel eerst samen de opgave vast; daarna verdeelt u wie wat bijdraagt.", await Weigering(("hulp", "ggz")));
        (await samira.Post($"/v1/kernteams/{casus}/opgave", new { opgave = "Hoe wordt het thuis veilig?" })).Is(HttpStatusCode.Created);
        Assert.Equal("De regisseur bewaakt het plan en is van geen enkel thema eigenaar.", await Weigering(("hulp", "regisseur"), ("logeren", "tante")));
        Assert.Equal("De eigenaar van thema 'hulp' heeft geen stoel aan tafel.", await Weigering(("hulp", "niemand"), ("logeren", "tante")));
        Assert.Equal("Geef minstens een thema aan iemand uit het gezin of het eigen netwerk.", await Weigering(("hulp", "ggz")));
        var plan = (await Plan(("hulp", "ggz"), ("logeren", "tante"))).Is(HttpStatusCode.Created);

        Assert.Equal((1, Termijnboek.Standaard["herijking"].Verloopt(kernteam.Nu)), (plan["versie"].GetInt32(), plan["herijkenVoor"].GetDateTimeOffset()));
        (await lint.Post($"/v1/kernteams/{casus}/themas/2/toezegging")).Is(HttpStatusCode.Forbidden);
        (await lint.Post($"/v1/kernteams/{casus}/themas/1/toezegging")).Is(HttpStatusCode.OK);
        (await samira.Post($"/v1/kernteams/{casus}/themas/2/toezegging")).Is(HttpStatusCode.OK);
        Assert.All((await samira.Get($"/v1/kernteams/{casus}/plannen"))["themas"].EnumerateArray(), t => Assert.True(t.TryGetProperty("toegezegdOp", out _)));

        var herijkt = (await samira.Post($"/v1/kernteams/{casus}/herijkingen", new { zelfdeDoel = "Ja", bijdragenKloppen = "Ja", anderenNodig = "Iemand die weet van hoogbegaafdheid" })).Is(HttpStatusCode.Created);
        Assert.Equal((2, 2), (herijkt["versie"].GetInt32(), herijkt["themas"].GetArrayLength()));
        Assert.All(herijkt["themas"].EnumerateArray(), t => Assert.True(t.TryGetProperty("toegezegdOp", out _)));
        Assert.Single(await kernteam.Uitgezonden<PlanHerijkt>(m => m.CasusId == casus, 1));

        async Task<string?> Weigering(params (string Titel, string Eigenaar)[] themas) => (await Plan(themas)).Is(HttpStatusCode.Conflict)["detail"].GetString();

        Task<Antwoord> Plan(params (string Titel, string Eigenaar)[] themas) =>
            samira.Post($"/v1/kernteams/{casus}/plannen", new { kernvraag = "Wat is nodig?", themas = themas.Select(t => new { titel = t.Titel, bijdrage = $"{t.Titel} verzorgen", eigenaar = t.Eigenaar }) });
    }

    [Fact]
    public async Task Een_vergeten_herijking_is_een_keer_een_bericht()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await kernteam.Kernteam(samira);
        var plan = (await samira.Post($"/v1/kernteams/{casus}/plannen", new { besprokenMetGezinOp = kernteam.Nu, kernvraag = "Hoe verder?", afspraken = "Tante vangt op" })).Is(HttpStatusCode.Created);

        await kernteam.Klok(plan["herijkenVoor"].GetDateTimeOffset().AddDays(30));

        Assert.Equal(1, Assert.Single(await kernteam.Uitgezonden<PlanTermijnVerstreken>(m => m.CasusId == casus, 1)).Versie);
        Assert.Equal("WACHT_TE_LANG", (await samira.Get($"/v1/kernteams/{casus}"))["gezondheid"].GetString());
    }

    [Fact]
    public async Task Wie_op_een_ander_wacht_ziet_op_wie_tot_wanneer_en_wie_kan_vlottrekken()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await kernteam.Kernteam(samira);
        await kernteam.Klok(Maandag());
        var actie = (await samira.Post($"/v1/kernteams/{casus}/acties", new { wieRef = "ggz-aanbieder", wie = "de GGZ-aanbieder", wat = "Dossier sturen", opbrengst = "Een beeld van eerder", termijn = "dossier-opvragen" })).Is(HttpStatusCode.Created);
        var verloopt = actie["uiterlijkOp"].GetDateTimeOffset();
        Assert.Equal("WACHT", await Stand());

        await kernteam.Klok(verloopt.AddSeconds(-1));
        Assert.Equal("WACHT", await Stand());
        await kernteam.Klok(verloopt);
        Assert.Equal("WACHT_TE_LANG", await Stand());
        Assert.Matches(@"^Wacht sinds \d+ \w+ op de GGZ-aanbieder; verwacht uiterlijk \d+ \w+; Samira of teamleider kan dit vlottrekken\.$", Assert.Single(await WachtOp(samira, casus)));

        await kernteam.Klok(verloopt.AddDays(21).AddSeconds(-1));
        Assert.Single(await kernteam.Uitgezonden<ActieWachtTeLang>(m => m.CasusId == casus, 1));
        Assert.Equal(2, (await kernteam.Uitgezonden<ActieVerlopen>(m => m.CasusId == casus, 2)).Count);

        (await samira.Post($"/v1/kernteams/{casus}/acties/{actie["id"].GetGuid()}/afronding", new { gelukt = true })).Is(HttpStatusCode.OK);
        await kernteam.Klok(kernteam.Nu.AddDays(60));
        Assert.Equal("LOOPT", await Stand());
        Assert.Single(await kernteam.Uitgezonden<ActiesHersteld>(m => m.CasusId == casus, 1));
        Assert.Equal(2, (await kernteam.Uitgezonden<ActieVerlopen>(m => m.CasusId == casus, 2)).Count);

        DateTimeOffset Maandag() => kernteam.Nu.AddDays(((int)DayOfWeek.Monday - (int)kernteam.Nu.DayOfWeek + 7) % 7);
        async Task<string?> Stand() => (await samira.Get($"/v1/kernteams/{casus}"))["gezondheid"].GetString();
    }

    [Fact]
    public async Task Wie_navraagt_en_een_nieuwe_datum_krijgt_hoort_tot_dan_niets()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await kernteam.Kernteam(samira);
        var begin = kernteam.Nu;
        var actie = (await samira.Post($"/v1/kernteams/{casus}/acties", new { wieRef = "ggz", wat = "Dossier sturen", opbrengst = "Een beeld", uiterlijkOp = begin.AddDays(1) })).Is(HttpStatusCode.Created)["id"].GetGuid();
        await kernteam.Klok(begin.AddDays(2));

        (await samira.Post($"/v1/kernteams/{casus}/acties/{actie}/navraag", new { uiterlijkOp = begin.AddDays(40) })).Is(HttpStatusCode.OK);
        await kernteam.Klok(begin.AddDays(39));

        Assert.Empty(await kernteam.Uitgezonden<ActieVerlopen>(m => m.CasusId == casus, 0));
        Assert.Single(await kernteam.Uitgezonden<ActiesHersteld>(m => m.CasusId == casus, 1));
    }

    [Fact]
    public async Task Een_gast_ziet_alleen_het_eigen_onderdeel_en_een_incident_ligt_vanzelf_op_tafel()
    {
        var (samira, mentor, fenne) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("school", "Kuiper"), await kernteam.Als("rvt", "Fenne"));
        var casus = await kernteam.Kernteam(samira);
        await Spreek(samira, casus);
        var incident = Guid.CreateVersion7();
        await kernteam.Bericht(new IncidentGemeld(casus, incident, true, samira.Id, kernteam.Nu, kernteam.Nu.AddMinutes(15)));
        Assert.Equal(incident, (await samira.Get($"/v1/kernteams/{casus}/agenda")).Is(HttpStatusCode.OK)["incidenten"][0].GetGuid());

        var gehouden = (await samira.Post($"/v1/kernteams/{casus}/bijeenkomsten", Bijeenkomst(samira, "analyse", mentor, fenne))).Is(HttpStatusCode.Created);

        Assert.Equal(("analyse", true, incident), (gehouden["soort"].GetString(), gehouden["metRvt"].GetBoolean(), gehouden["incidenten"][0].GetGuid()));
        Assert.Equal(0, (await samira.Get($"/v1/kernteams/{casus}/agenda"))["incidenten"].GetArrayLength());
        Assert.Equal("Aanwezigheid op school", Assert.Single((await mentor.Get($"/v1/kernteams/{casus}/agendapunten")).Is(HttpStatusCode.OK).Items).GetProperty("onderdeel").GetString());
        (await mentor.Get($"/v1/kernteams/{casus}/bijeenkomsten")).Is(HttpStatusCode.Forbidden);
        Assert.Empty((await fenne.Get($"/v1/kernteams/{casus}/agendapunten")).Items);
        Assert.True(Assert.Single(await kernteam.Uitgezonden<BijeenkomstGehouden>(m => m.CasusId == casus, 1)).MetRvt);
    }

    [Fact]
    public async Task Wat_afgesloten_is_zwijgt_en_na_een_heropening_is_het_kernteam_er_weer()
    {
        var (samira, joris) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("regisseur", "Joris"));
        var casus = await kernteam.Kernteam(samira);
        var begin = kernteam.Nu;
        (await samira.Post($"/v1/kernteams/{casus}/acties", new { wieRef = "ggz", wat = "Dossier sturen", opbrengst = "Een beeld", uiterlijkOp = begin.AddDays(5) })).Is(HttpStatusCode.Created);

        await kernteam.Bericht(new CasusAfgesloten(casus, begin.AddDays(1)));
        await kernteam.Klok(begin.AddDays(6));
        Assert.Empty(await kernteam.Uitgezonden<ActieWachtTeLang>(m => m.CasusId == casus, 0));
        Assert.Equal("opgeheven", (await samira.Get($"/v1/kernteams/{casus}"))["status"].GetString());
        await kernteam.Bericht(new CasusHeropend(casus, joris.Id, begin.AddDays(5)));

        Assert.Equal(joris.Id, (await joris.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.OK)["leden"][0].GetProperty("lidId").GetGuid());
        (await joris.Post($"/v1/kernteams/{casus}/koers", new { punten = new[] { "Stem van het kind" } })).Is(HttpStatusCode.Created);
    }

    private static Task<Antwoord> Bezet(Persoon door, Guid casus, Persoon beroepskracht, string stoel = "onderwijs") => door.Post($"/v1/kernteams/{casus}/stoelen", new
    {
        stoelen = new object[]
        {
            new { stoel = "moeder", soort = "gezin" },
            new { stoel = "tante", soort = "netwerk" },
            new { stoel, soort = "beroepskracht", lidId = beroepskracht.Id, organisatie = "Samenwerkingsverband" },
        },
    });

    private async Task Spreek(Persoon door, Guid casus) => (await door.Post($"/v1/kernteams/{casus}/gezinsgesprekken", new
    {
        gevoerdOp = kernteam.Nu,
        wieHelptNu = "De wijkagent",
        wieHielpEerder = "Vier aanbieders",
        netwerk = "Tante",
        wieDenktMee = "Tante en een buurvrouw",
        kernvraag = "Wat heeft dit gezin nodig om zelf verder te kunnen?",
    })).Is(HttpStatusCode.Created);

    private object Bijeenkomst(Persoon aanwezig, string soort = "voortgang", Persoon? gast = null, Persoon? rvt = null) => new
    {
        soort,
        gehoudenOp = kernteam.Nu,
        aanwezigen = rvt is null ? new[] { aanwezig.Id } : [aanwezig.Id, rvt.Id],
        agenda = new { incheck = true, actualiteit = "Rustige week", koers = "Nog op koers", terugkoppelingActies = "Twee gelukt", volgendeStappen = "School bellen", checkUit = true },
        gasten = gast is null ? null : new[] { new { gastId = gast.Id, onderdeel = "Aanwezigheid op school" } },
    };

    private static async Task<IReadOnlyList<string>> WachtOp(Persoon lid, Guid casus) =>
        [.. (await lid.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.OK)["wachtOp"].EnumerateArray().Select(z => z.GetString()!)];
}
