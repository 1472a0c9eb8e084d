using System.Text.Json;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>
/// Het lokale team houdt de regie, het RVT is er aan het begin en aan het einde. Eerst het gezin, dan samen een plan met eigenaren; een
/// verlof met een warme terugkeer, een incident bij de waarnemer, een wachtlijst die wordt opgelost, en een einde dat ieder klaar vindt.
/// </summary>
public sealed class S01Diederik
{
    private static readonly Regio Streek = new Regio()
        .Team("lokaal", "Lokaal team", "Wil Aarden", "lokaal-team")
        .Met("Samira el Idrissi", "regisseur", "lokaal", "Joost Brands", "Nadia Pol")
        .Met("Joost Brands", "regisseur", "lokaal", "Nadia Pol").Met("Nadia Pol", "regisseur", "lokaal", "Joost Brands")
        .Team("rvt", "Regionaal Veiligheidsteam", "Suze Blok").Met("Fenna de Wit", "rvt", "rvt")
        .Team("ggz", "Volwassen-GGZ", "Hanna Berg").Met("Vera Lint", "gi", "ggz")
        .Team("pedagogen", "Orthopedagogen", "Rob Steen").Met("Mats Sanders", "gi", "pedagogen")
        .Team("systeem", "Systeemtherapie", "Ans Vlie").Met("Kim Bos", "gi", "systeem")
        .Met("Mentor Kuiper", "school").Met("Anja Smit", "gezin").Met("Bram Smit", "gezin");

    private const string Persoonlijk = "Diederik Smit, geboren 14-11-2012";
    private const string Afkomst = "de verzwegen biologische vader";

    [Theory]
    [InlineData(Opstelling.EenProces, Weer.Rustig)]
    [InlineData(Opstelling.EenProces, Weer.Dubbel)]
    [InlineData(Opstelling.EenProces, Weer.Dooreen)]
    [InlineData(Opstelling.EenProces, Weer.Uitval)]
    [InlineData(Opstelling.EenProces, Weer.PerDag)]
    [InlineData(Opstelling.LosseProcessen, Weer.Rustig)]
    public async Task Het_lokale_team_houdt_de_regie_van_de_hulpvraag_tot_ieder_het_klaar_vindt(Opstelling opstelling, Weer weer)
    {
        await using var stad = await Stad.Start(opstelling, "2026-03-02 10:15", Streek.Over, weer: weer);
        var (samira, joost, fenna) = (stad.Regisseur("Samira"), stad.Regisseur("Joost"), stad.Rvt("Fenna"));
        var geheimhouding = await Geheimhouding.Volg(stad);
        var (moeder, stiefvader, mentor) = (stad.Iemand("gezin", "Anja"), stad.Iemand("gezin", "Bram"), stad.Iemand("school", "Mentor"));
        var casus = await stad.NieuwGezin().KrijgtCasus();
        var kernteam = $"/v1/kernteams/{casus}";

        // Vroeg om advies vragen verandert de regie niet; wat klaarstaat wordt niet toegepast.
        await stad.Klok("2026-03-02 10:40");
        await samira.VraagtAdvies(casus).Lukt();
        await samira.RondtAf(casus, "Eerste contact met het gezin", "Contact gehad").Lukt();
        await stad.Klok("2026-03-03 14:00");
        var consult = (await fenna.Get("/v1/consulten?status=open").Lukt()).Items.Single().Nummer("id");
        await fenna.Post($"/v1/consulten/{consult}/antwoord", new { advies = "blijf nabij", veiligheidsafspraken = "elke avond bellen", standby = new { maatregel = "crisisplaats", totOp = Stad.Moment("2026-12-31 12:00") } }).Lukt();

        // Dertien jaar: hij tekent mee, en wie gezag heeft zegt het register en niet een verslag. De school weet het minste.
        await stad.Klok("2026-03-04 16:00");
        await samira.Post("/v1/betrokkenen", new { casusId = casus, @ref = "K1", relatie = "jongere", twaalfOp = "2024-11-14" }).Lukt();
        var gezag = (await samira.Post("/v1/betrokkenen", new { casusId = casus, @ref = "moeder", relatie = "ouder", persoonId = moeder.Id }).Lukt()).Id;
        await samira.Post("/v1/betrokkenen", new { casusId = casus, @ref = "stiefvader", relatie = "verzorger", persoonId = stiefvader.Id }).Lukt();
        await samira.Post($"/v1/betrokkenen/{gezag}/gezag", new { kindRef = "K1", gezag = "ja", bron = "gezagsregister", nagegaanOp = stad.Nu }).Lukt();
        await samira.GeeftToestemming(casus, "K1", "onderwijs", "school", "K1", "stiefvader").Faalt(409);
        await samira.GeeftToestemming(casus, "K1", "onderwijs", "school", "K1", "moeder").Lukt();
        await samira.Post("/v1/scholen", new { casusId = casus, schoolRef = "school", kindRef = "K1", magWeten = new[] { "verzuimafspraken", "contactpersoon" }, totOp = Stad.Moment("2026-12-31 12:00") }).Lukt();
        await samira.Post("/v1/verstrekkingen", new { casusId = casus, persoonRef = "K1", doel = "de mentor inlichten", gegevens = "gezondheid", ontvanger = "school", inhoud = $"signaal van drugs bij {Persoonlijk}" }).Faalt(409);

        // Vier dossiers gevraagd, drie gekomen: wie wacht op wie, staat in een zin.
        await stad.Klok("2026-03-05 09:30");
        var dossiers = new List<Guid>();
        foreach (var (wieRef, wie) in new[] { ("jeugdhulp", "de jeugdhulp"), ("huisarts", "de huisarts"), ("speltherapie", "de speltherapeut"), ("ggz-aanbieder", "de GGZ-aanbieder") })
            dossiers.Add((await samira.Post($"{kernteam}/acties", new { wieRef, wie, wat = "Dossier sturen", opbrengst = "Een beeld van wat er was", termijn = "dossier-opvragen" }).Lukt()).Id);
        await stad.Klok("2026-03-18 17:00");
        foreach (var dossier in dossiers[..3])
            await samira.Post($"{kernteam}/acties/{dossier}/afronding", new { gelukt = true }).Lukt();
        await stad.Klok("2026-03-19 23:59");
        Assert.Equal("WACHT", (await Kernteam()).Tekst("gezondheid"));
        await stad.Klok("2026-03-20 00:00");
        Assert.Equal("WACHT_TE_LANG", (await Kernteam()).Tekst("gezondheid"));
        Assert.Equal("Wacht sinds 5 maart op de GGZ-aanbieder; verwacht uiterlijk 19 maart; Samira of teamleider kan dit vlottrekken.", Assert.Single((await Kernteam()).GetProperty("wachtOp").EnumerateArray()).GetString());
        await stad.Klok("2026-03-20 11:00");
        await samira.Post($"{kernteam}/acties/{dossiers[3]}/afronding", new { gelukt = true }).Lukt();
        Assert.Equal("LOOPT", (await Kernteam()).Tekst("gezondheid"));

        // In het laatste dossier staat een geheim. Wie het niet hoort te weten, vindt er niets van: geen "geen toegang".
        var geheim = (await samira.Post($"/v1/casussen/{casus}/geheimen", new { naam = "afkomst", lezers = new[] { "regisseur", $"{fenna.Id}", $"{moeder.Id}" }, reden = "moeder vertelt het zelf" }).Lukt()).Id;
        await samira.Post($"/v1/casussen/{casus}/geheimen/{geheim}/stukken", new { tekst = $"{Afkomst} van {Persoonlijk}" }).Lukt();
        foreach (var buitenstaander in new[] { mentor, stiefvader, stad.Toezichthouder })
            Assert.Empty((await buitenstaander.Post("/v1/zoekvragen", new { q = "biologische vader" }).Lukt()).Items);
        foreach (var lezer in new[] { samira, fenna, moeder })
            Assert.Single((await lezer.Post("/v1/zoekvragen", new { q = "biologische vader" }).Lukt()).Items);

        // Eerst het gezin, dan pas met elkaar.
        await stad.Klok("2026-03-24 19:00");
        await samira.Post($"{kernteam}/bijeenkomsten", Bijeenkomst("analyse", samira)).Faalt(409);
        await samira.Post($"{kernteam}/gezinsgesprekken", new { gevoerdOp = stad.Nu, wieHelptNu = "de wijkagent", wieHielpEerder = "vier aanbieders", netwerk = "tante", wieDenktMee = "tante", kernvraag = "Wat heeft dit gezin nodig om zelf verder te kunnen?" }).Lukt();

        await stad.Klok("2026-04-01 15:00");
        var beroepskrachten = new[] { ("ggz", stad.Iemand("gi", "Vera"), "Hanna"), ("orthopedagoog", stad.Iemand("gi", "Mats"), "Rob"), ("systeemtherapeut", stad.Iemand("gi", "Kim"), "Ans") };
        await samira.Post($"{kernteam}/stoelen", new
        {
            stoelen = new object[] { new { stoel = "jongere", soort = "gezin" }, new { stoel = "moeder", soort = "gezin" }, new { stoel = "stiefvader", soort = "gezin" }, new { stoel = "tante", soort = "netwerk" } }
                .Concat(beroepskrachten.Select(b => (object)new { stoel = b.Item1, soort = "beroepskracht", lidId = b.Item2.Id, organisatie = "partner" })).ToArray(),
        }).Lukt();
        Assert.Equal("Het kernteam is nog niet actief; rugdekking ontbreekt: ggz, orthopedagoog, systeemtherapeut.", (await samira.Post($"{kernteam}/bijeenkomsten", Bijeenkomst("analyse", samira, fenna)).Faalt(409)).Json.Tekst("detail"));
        foreach (var (stoel, _, leiding) in beroepskrachten)
            await stad.Leidinggevende(leiding).Post($"{kernteam}/stoelen/{stoel}/rugdekking", new { urenPerWeek = 1, mandaat = "beslist over de eigen bijdrage" }).Lukt();
        Assert.Equal("actief", (await Kernteam()).Tekst("status"));
        await samira.Post($"{kernteam}/bijeenkomsten", Bijeenkomst("analyse", samira, fenna)).Lukt();
        await samira.Post($"{kernteam}/opgave", new { opgave = "Hoe wordt het veilig, zodat hij weer aan ontwikkeling toekomt?" }).Lukt();

        // Wie wat bijdraagt: een eigenaar per thema, een uit het eigen netwerk, en de regisseur nergens.
        await stad.Klok("2026-04-08 15:00");
        await samira.Post($"{kernteam}/bijeenkomsten", Bijeenkomst("bijdragen", samira, gast: stad.Iemand("school", "Mentor"))).Lukt();
        Assert.Equal("De regisseur bewaakt het plan en is van geen enkel thema eigenaar.", (await samira.Post($"{kernteam}/plannen", Plan("regisseur")).Faalt(409)).Json.Tekst("detail"));
        var plan = (await samira.Post($"{kernteam}/plannen", Plan("ggz")).Lukt()).Json;
        Assert.Equal((1, Stad.Moment("2026-05-21 00:00")), (plan.GetProperty("versie").GetInt32(), plan.GetProperty("herijkenVoor").GetDateTimeOffset()));
        Assert.Equal("Aanwezigheid", Assert.Single((await stad.Iemand("school", "Mentor").Get($"{kernteam}/agendapunten").Lukt()).Items).Tekst("onderdeel"));

        await stad.Klok("2026-04-10 11:00");
        var vervanging = (await samira.PlantVervanging(casus, joost, "2026-04-13 09:00", "2026-05-04 09:00").Lukt()).Id;
        await samira.Post($"/v1/vervangingen/{vervanging}/kennismaking", new { beeindigdOp = stad.Nu }).Lukt();

        // Het incident gaat naar wie dan waarneemt; bevestigen verplaatst niets.
        await stad.Klok("2026-04-21 22:10");
        var incident = (await stad.Melder.Post("/v1/incidenten", new { casusId = casus, aard = "ruzie thuis", acuut = true }).Lukt()).Json;
        Assert.Equal(joost.Id, incident.Nummer("voorId"));
        await stad.Klok("2026-04-21 22:25");
        await samira.Post($"/v1/incidenten/{incident.Nummer("id")}/bevestiging").Faalt(404);
        await joost.Post($"/v1/incidenten/{incident.Nummer("id")}/bevestiging", new { afspraak = "drie nachten logeren", lichtereWeg = "geen crisisplaats" }).Lukt();
        await joost.VraagtAdvies(casus).Lukt();
        await stad.Stil();
        await fenna.BeantwoordtConsult(casus).Lukt();
        await stad.Klok("2026-04-22 16:00");
        Assert.Equal(incident.Nummer("id"), (await joost.Post($"{kernteam}/bijeenkomsten", Bijeenkomst("voortgang", joost)).Lukt()).Json.GetProperty("incidenten")[0].GetGuid());

        // Haar verlof is voorbij, en er beweegt niets vanzelf: de regie gaat terug in een gesprek.
        await stad.Klok("2026-05-04 08:30");
        await joost.Post($"/v1/vervangingen/{vervanging}/terugkeer", new { geplandOp = Stad.Moment("2026-05-06 10:00") }).Lukt();
        await stad.Klok("2026-05-04 09:00");
        Assert.Equal("Joost", stad.Naam((await joost.Ziet(casus).Lukt()).Json.GetProperty("regisseur").Nummer("id")));
        await stad.Klok("2026-05-06 10:00");
        await joost.LegtTerugkeerVast(vervanging, "2026-05-06 10:00").Lukt();
        await Herijk("2026-05-20 15:00");

        // Veertien weken wachten kan niet zonder overbrugging; de leidinggevenden lossen het samen op, en melder en gezin horen het.
        await stad.Klok("2026-06-15 09:00");
        var vera = stad.Iemand("gi", "Vera");
        await vera.Post($"/v1/casussen/{casus}/knelpunten", new { soort = "capaciteit", omschrijving = $"veertien weken wachten voor {Persoonlijk}" }).Faalt(400);
        var knelpunt = (await vera.Post($"/v1/casussen/{casus}/knelpunten", new { soort = "capaciteit", omschrijving = $"veertien weken wachten voor {Persoonlijk}", overbrugging = "de praktijkondersteuner, en het RVT achter de hand" }).Lukt()).Json;
        Assert.Equal(Stad.Moment("2026-06-23 00:00"), knelpunt.GetProperty("besluitVoor").GetDateTimeOffset());
        await stad.Klok("2026-06-19 15:00");
        await stad.Leidinggevende("Wil").Post($"/v1/knelpunten/{knelpunt.Nummer("id")}/besluit", new { besluit = "oplossen", reden = "de GGZ begint op 29 juni" }).Lukt();
        await samira.Post($"/v1/knelpunten/{knelpunt.Nummer("id")}/oplossing", new { gerealiseerd = true, melderVerteld = true, gezinVerteld = true }).Lukt();
        await Herijk("2026-07-01 15:00");
        await Herijk("2026-08-12 15:00");

        // Het RVT is er ook aan het einde.
        await stad.Klok("2026-09-10 15:00");
        await samira.Post($"{kernteam}/bijeenkomsten", Bijeenkomst("evaluatie", samira, fenna)).Lukt();
        await stad.Klok("2026-09-10 17:00");
        var standby = (await fenna.Get($"/v1/standbymaatregelen?casusId={casus}").Lukt()).Items.Single().Nummer("id");
        await fenna.Post($"/v1/standbymaatregelen/{standby}/opheffing", new { reden = "rust thuis" }).Lukt();
        await stad.Klok("2026-09-24 09:00");
        await samira.SchaaltAf(casus).Lukt();
        await samira.RondtAf(casus, "Het gezin vertellen wat er verandert en hoe het terug kan komen", "Verteld").Lukt();
        Assert.Equal("actief", (await Kernteam()).Tekst("status"));

        // Een ontbrekend "klaar" houdt de casus open, met de stoel erbij.
        await stad.Klok("2026-12-17 15:00");
        foreach (var stoel in new[] { "jongere", "moeder", "stiefvader", "ggz", "orthopedagoog", "systeemtherapeut" })
            await samira.Post($"/v1/casussen/{casus}/klaarverklaringen", new { stoel, oordeel = "klaar" }).Lukt();
        Assert.Equal("Afsluiten kan nog niet: tante heeft nog niet gezegd of het klaar is.", (await samira.Post($"/v1/casussen/{casus}/afsluiting", Einde()).Faalt(409)).Json.Tekst("detail"));
        await samira.Post($"/v1/casussen/{casus}/klaarverklaringen", new { stoel = "tante", oordeel = "klaar" }).Lukt();
        await samira.Post($"/v1/casussen/{casus}/afsluiting", Einde()).Lukt();
        await stad.Stil();

        await geheimhouding.NietsGelekt([Persoonlijk, Afkomst, "14-11-2012", "2012-11-14", "2024-11-14", .. Streek.Namen]);

        Afspraken.ZoGebeurd(
        [
            "2026-03-02 10:15 casussen.aangemeld",
            "2026-03-02 10:15 casussen.geopend",
            "2026-03-02 10:15 regie.toegekend",
            "2026-03-02 10:40 schalen.consult-gevraagd",
            "2026-03-03 14:00 schalen.consult-gegeven",
            "2026-03-03 14:00 schalen.opgeschaald",
            "2026-03-03 14:00 schalen.standby-gezet",
            "2026-03-04 16:00 toestemmingen.verleend",
            "2026-03-04 16:00 grondslagen.vastgelegd",
            "2026-03-04 16:00 onderwijs.betrokken",
            "2026-03-04 16:00 grondslagen.geweigerd",
            "2026-03-05 09:30 acties.toegewezen",
            "2026-03-05 09:30 acties.toegewezen",
            "2026-03-05 09:30 acties.toegewezen",
            "2026-03-05 09:30 acties.toegewezen",
            "2026-03-18 17:00 acties.afgerond",
            "2026-03-18 17:00 acties.afgerond",
            "2026-03-18 17:00 acties.afgerond",
            "2026-03-20 00:00 bewaking.wacht-te-lang",
            "2026-03-20 11:00 acties.afgerond",
            "2026-03-20 11:00 bewaking.hersteld",
            "2026-03-24 19:00 plannen.besproken-met-gezin",
            "2026-04-01 15:00 kernteams.ingesteld",
            "2026-04-01 15:00 kernteams.rugdekking-bevestigd",
            "2026-04-01 15:00 kernteams.rugdekking-bevestigd",
            "2026-04-01 15:00 kernteams.rugdekking-bevestigd",
            "2026-04-01 15:00 kernteams.actief",
            "2026-04-01 15:00 kernteams.bijeenkomst-gehouden",
            "2026-04-08 15:00 kernteams.bijeenkomst-gehouden",
            "2026-04-08 15:00 plannen.vastgesteld",
            "2026-04-10 11:00 regie.gesprek-gevoerd",
            "2026-04-13 09:00 regie.vervanging-gestart",
            "2026-04-21 22:10 veiligheid.incident-gemeld",
            "2026-04-21 22:25 veiligheid.incident-bevestigd",
            "2026-04-21 22:25 schalen.consult-gevraagd",
            "2026-04-21 22:25 schalen.consult-gegeven",
            "2026-04-22 16:00 kernteams.bijeenkomst-gehouden",
            "2026-05-04 08:30 regie.gesprek-gepland",
            "2026-05-06 10:00 regie.gesprek-gevoerd",
            "2026-05-06 10:00 regie.vervanging-beeindigd",
            "2026-05-06 10:00 regie.overgedragen",
            "2026-05-20 15:00 plannen.herijkt",
            "2026-06-15 09:00 knelpunten.gemeld",
            "2026-06-19 15:00 knelpunten.besloten",
            "2026-06-19 15:00 knelpunten.opgelost",
            "2026-07-01 15:00 plannen.herijkt",
            "2026-08-12 15:00 plannen.herijkt",
            "2026-09-10 15:00 leren.evaluatie-gehouden",
            "2026-09-10 17:00 schalen.standby-opgeheven",
            "2026-09-24 00:00 plannen.termijn-verstreken",
            "2026-09-24 09:00 schalen.afgeschaald",
            "2026-12-17 15:00 casussen.afgesloten",
            "2026-12-17 15:00 kernteams.opgeheven",
            "2026-12-17 15:00 onderwijs.abonnement-beeindigd",
        ], await stad.Gebeurtenissen(casus));
        Assert.Equal("""
            regie
              Samira | 2026-03-02 10:15 | 2026-04-13 09:00 | casus geopend
              Joost (waarnemend) | 2026-04-13 09:00 | 2026-05-06 10:00 | vervanging
              Samira | 2026-05-06 10:00 | 2026-12-17 15:00 | terugkeer na gesprek
            kader
              K1 vrijwillig | 2026-03-02 10:15 | 2026-12-17 15:00 | casus geopend
            schaal
              lokaal | 2026-03-02 10:15 | 2026-03-03 14:00 | casus geopend
              consult | 2026-03-03 14:00 | 2026-09-24 09:00 | veiligheid vroeg meenemen
              lokaal | 2026-09-24 09:00 | 2026-12-17 15:00 | acht weken rust
            bevoegdheid
              K1 geen | 2026-03-02 10:15 | 2026-12-17 15:00 | casus geopend

            """, await stad.Tijdlijnen(casus));

        async Task Herijk(string moment)
        {
            await stad.Klok(moment);
            await samira.Post($"{kernteam}/herijkingen", new { zelfdeDoel = "ja", bijdragenKloppen = "ja", anderenNodig = "iemand die weet van hoogbegaafdheid" }).Lukt();
        }

        async Task<JsonElement> Kernteam() => (await stad.Toezichthouder.Get(kernteam).Lukt()).Json;

        object Bijeenkomst(string soort, Persoon wie, Persoon? rvt = null, Persoon? gast = null) => new
        {
            soort,
            gehoudenOp = stad.Nu,
            aanwezigen = rvt is null ? new[] { wie.Id } : [wie.Id, rvt.Id],
            agenda = new { incheck = true, actualiteit = "besproken", koers = "op koers", terugkoppelingActies = "besproken", volgendeStappen = "verdeeld", checkUit = true },
            gasten = gast is null ? null : new[] { new { gastId = gast.Id, onderdeel = "Aanwezigheid" } },
        };
    }

    [Fact]
    public async Task Antwoordt_het_RVT_niet_dan_weet_wie_daar_leiding_geeft_het_en_blijft_de_regie()
    {
        await using var stad = await Stad.Start(Opstelling.EenProces, "2026-03-02 10:15", Streek.Over, weer: Weer.Rustig);
        var casus = await stad.NieuwGezin().KrijgtCasus();
        await stad.Regisseur("Samira").VraagtAdvies(casus).Lukt();

        await stad.Klok("2026-03-05 00:00");

        var gebeurd = await stad.Gebeurtenissen(casus, "bewaking.wacht-te-lang", "veiligheid.");
        Assert.Equal(["2026-03-05 00:00 bewaking.wacht-te-lang", "2026-03-05 00:00 veiligheid.bericht-niet-bevestigd"], gebeurd);
        Assert.Equal(casus, Assert.Single((await stad.Leidinggevende("Suze").Get("/v1/consulten?status=open").Lukt()).Items).Nummer("casusId"));
        Assert.Equal(["Samira | 2026-03-02 10:15 | nu | casus geopend"], await stad.Lijn(casus, "regie"));
    }

    [Fact]
    public async Task Een_vergeten_dossier_is_een_bericht_per_week_en_niet_een_per_dag()
    {
        await using var stad = await Stad.Start(Opstelling.EenProces, "2026-03-02 10:15", Streek.Over, weer: Weer.PerDag);
        var casus = await stad.NieuwGezin().KrijgtCasus();
        await stad.Klok("2026-03-05 09:30");
        await stad.Regisseur("Samira").Post($"/v1/kernteams/{casus}/acties", new { wieRef = "ggz-aanbieder", wat = "Dossier sturen", opbrengst = "Een beeld", termijn = "dossier-opvragen" }).Lukt();

        await stad.Klok("2026-04-12 12:00");

        Assert.Equal(["2026-03-27 00:00 acties.verlopen", "2026-04-03 00:00 acties.verlopen", "2026-04-10 00:00 acties.verlopen"], await stad.Gebeurtenissen(casus, "acties.verlopen"));
        Assert.Single(await stad.Gebeurtenissen(casus, "bewaking.wacht-te-lang"), g => g.StartsWith("2026-03-20 00:00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Valt_ook_wie_waarneemt_uit_dan_is_er_meteen_een_volgende_en_aan_het_einde_de_leidinggevende()
    {
        await using var stad = await Stad.Start(Opstelling.EenProces, "2026-03-02 10:15", Streek.Over, weer: Weer.Rustig);
        var (samira, joost, nadia) = (stad.Regisseur("Samira"), stad.Regisseur("Joost"), stad.Regisseur("Nadia"));
        var casus = await stad.NieuwGezin().KrijgtCasus();
        await stad.Klok("2026-04-10 11:00");
        await samira.PlantVervanging(casus, joost, "2026-04-13 09:00", "2026-05-04 09:00").Lukt();
        await stad.Klok("2026-04-22 08:00");
        await joost.RegeltAcuteVervanging(casus).Lukt();
        await stad.Klok("2026-04-23 08:00");
        await nadia.RegeltAcuteVervanging(casus).Lukt();

        Assert.Equal(
        [
            "Samira | 2026-03-02 10:15 | 2026-04-13 09:00 | casus geopend",
            "Joost (waarnemend) | 2026-04-13 09:00 | 2026-04-22 08:00 | vervanging",
            "Nadia (waarnemend) | 2026-04-22 08:00 | 2026-04-23 08:00 | vervanging",
            "Wil (noodhouder) | 2026-04-23 08:00 | nu | vervanging",
        ], await stad.Lijn(casus, "regie"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task In_de_nazorg_komt_het_gezin_terug_bij_dezelfde_regisseur_zonder_nieuwe_intake(bool metMelding)
    {
        await using var stad = await Stad.Start(Opstelling.EenProces, "2026-03-02 10:15", Streek.Over, weer: Weer.Rustig);
        var samira = stad.Regisseur("Samira");
        var gezin = stad.NieuwGezin();
        var casus = await gezin.KrijgtCasus();
        await stad.Klok("2026-09-24 09:00");
        await samira.Post($"/v1/casussen/{casus}/klaarverklaringen", new { stoel = "gezin", oordeel = "klaar" }).Lukt();
        await samira.Post($"/v1/casussen/{casus}/afsluiting", Einde("het RVT was niet nodig")).Lukt();

        await stad.Klok("2026-11-02 10:00");
        if (metMelding)
            Assert.Equal(casus, await gezin.KrijgtCasus());
        else
            await samira.Post($"/v1/casussen/{casus}/heropening", new { reden = "de ouders bellen" }).Lukt();
        await stad.Stil();

        Assert.Equal(["Samira | 2026-03-02 10:15 | 2026-09-24 09:00 | casus geopend", "Samira | 2026-11-02 10:00 | nu | casus heropend"], await stad.Lijn(casus, "regie"));
        Assert.Equal(["regisseur: Samira"], await stad.Kernteam(casus));
        Assert.Equal(["2026-09-24 09:00 casussen.afgesloten", "2026-11-02 10:00 casussen.heropend"], await stad.Gebeurtenissen(casus, "casussen.afgesloten", "casussen.heropend"));
    }

    private static object Plan(string eigenaarVanHulp) => new
    {
        kernvraag = "Wat heeft dit gezin nodig om zelf verder te kunnen?",
        themas = new[]
        {
            new { titel = "hulp voor moeder", bijdrage = "behandeling", eigenaar = eigenaarVanHulp },
            new { titel = "school en dag", bijdrage = "een plan voor school", eigenaar = "orthopedagoog" },
            new { titel = "samen", bijdrage = "gesprekken met het gezin", eigenaar = "systeemtherapeut" },
            new { titel = "lucht", bijdrage = "logeren en leuke momenten", eigenaar = "tante" },
        },
    };

    private static object Einde(string? redenZonderRvt = null) => new { nazorg = "na drie maanden bellen", nazorgTot = Stad.Moment("2027-03-17 12:00"), terugkomweg = "bel de regisseur", gezinGeinformeerd = true, redenZonderRvt };
}
