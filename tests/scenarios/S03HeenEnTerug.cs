using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>
/// Van Veilig Thuis naar het lokale team, naar drang, naar een maatregel en terug, voor twee kinderen. Het kader wisselt vier keer
/// en de regie drie keer, nooit door hetzelfde.
/// </summary>
public sealed class S03HeenEnTerug
{
    private const string Gi = "Jeugdbescherming";
    private const string Persoonlijk = "Lieke Terlouw, geboren 11-02-2015";
    private static readonly string[] Kinderen = ["K1", "K2"];

    private static readonly Regio Streek = new Regio()
        .Team("vt", "Veilig Thuis", "Bea Rood", "veilig-thuis").Met("Nora Prins", "regisseur", "vt", "Bea Rood")
        .Team("lokaal", "Lokaal team", "Wil Aarden", "lokaal-team").Met("Esra Yilmaz", "regisseur", "lokaal", "Daan Hoek").Met("Daan Hoek", "regisseur", "lokaal", "Esra Yilmaz")
        .Team("rvt", "Regionaal Veiligheidsteam", "Suze Blok").Met("Hans Vermeer", "rvt", "rvt", "Suze Blok")
        .Team("gi", Gi, "Lia Kraai").Met("Tamara Vos", "gi", "gi", "Rik Maas").Met("Rik Maas", "gi", "gi", "Tamara Vos")
        .Met("Raad", "dienst");

    [Theory]
    [InlineData(Opstelling.EenProces, Weer.Rustig)]
    [InlineData(Opstelling.EenProces, Weer.Dubbel)]
    [InlineData(Opstelling.EenProces, Weer.Dooreen)]
    [InlineData(Opstelling.EenProces, Weer.Uitval)]
    [InlineData(Opstelling.EenProces, Weer.PerDag)]
    [InlineData(Opstelling.LosseProcessen, Weer.Rustig)]
    public async Task Een_maatregel_komt_en_gaat_en_de_regie_gaat_alleen_in_gesprekken_over(Opstelling opstelling, Weer weer)
    {
        await using var stad = await Stad.Start(opstelling, "2026-01-12 09:10", Streek.Over, weer: weer);
        var geheimhouding = await Geheimhouding.Volg(stad);
        var (nora, esra, daan, tamara, rik) = (stad.Regisseur("Nora"), stad.Regisseur("Esra"), stad.Regisseur("Daan"), stad.Iemand("gi", "Tamara"), stad.Iemand("gi", "Rik"));
        var (hans, lia, raad) = (stad.Rvt("Hans"), stad.Leidinggevende("Lia"), stad.Iemand("dienst", "Raad"));
        var gezin = stad.NieuwGezin(2);
        var casus = await gezin.WordtGemeld();
        await stad.Klok("2026-01-16 15:00");
        await nora.RondtAf(casus, "De melding beoordelen (triage)", "Beoordeeld").Lukt();
        await DraagtOver(stad, casus, nora, esra, "2026-01-16 15:00", "2026-01-19 10:00", "2026-01-22 14:00");

        await stad.Klok("2026-02-03 14:00");
        var moeder = (await esra.Post("/v1/betrokkenen", new { casusId = casus, @ref = "moeder", relatie = "ouder" }).Lukt()).Id;
        await esra.Post("/v1/betrokkenen", new { casusId = casus, @ref = "K2", relatie = "jongere", twaalfOp = "2027-02-11" }).Lukt();
        await esra.Post($"/v1/betrokkenen/{moeder}/gezag", new { kindRef = "K2", gezag = "ja", bron = "gezagsregister", nagegaanOp = stad.Nu }).Lukt();
        await esra.GeeftToestemming(casus, "K2", "onderwijs", "de basisschool", "moeder").Lukt();
        var voorDeClub = (await esra.GeeftToestemming(casus, "K2", "regie-feiten", "de sportclub", "moeder").Lukt()).Id;

        // Een dag na de nazorg gaat het weer mis. Er komt geen tweede casus, en de regie blijft bij Esra.
        await stad.Klok("2026-02-20 23:15");
        Assert.Equal(casus, await gezin.WordtGemeld());
        var incident = (await stad.Melder.Post("/v1/incidenten", new { casusId = casus, aard = "geweld tussen ouders", acuut = true }).Lukt()).Id;
        await esra.Post($"/v1/incidenten/{incident}/bevestiging", new { afspraak = "de nacht bij opa en oma" }).Lukt();
        var opschaling = (await esra.Post($"/v1/casussen/{casus}/opschalingen", new { naar = "duo", reden = "de afspraken houden niet", isAcuut = true }).Lukt()).Id;
        await hans.RondtAf(casus, "Een casus is acuut opgeschaald: wie van het RVT doet mee?", "Ja").Lukt();
        await stad.Klok("2026-02-23 11:00");
        await esra.RondtAf(casus, "Een nieuwe melding bij deze casus beoordelen", "Beoordeeld").Lukt();
        await esra.Post($"/v1/opschalingen/{opschaling}/bewijs", new { doel = Persoonlijk, gezinsstandpunt = "eens", tegenargument = "weer een nieuw gezicht", stopcriterium = "acht weken rust", evaluatieOp = Stad.Moment("2026-12-01 12:00") }).Lukt();

        await stad.Klok("2026-03-02 15:00");
        await esra.WijzigtKader(casus, "K1", "ots", ("bedreigingen", "onveilig")).Faalt(409);
        await esra.Post($"/v1/casussen/{casus}/kaderovergangen", new { kindRefs = Kinderen, naar = "drang", bron = "gespreksverslag", bewijs = new { analyse = Persoonlijk, voorwaarden = "tot 14 april", zienswijzeGezin = "oneens", rvtConsult = hans.Id } }).Lukt();
        Assert.False((await esra.Get($"/v1/casussen/{casus}/kinderen/K1/kaderkaart").Lukt()).Json.GetProperty("isGedwongen").GetBoolean());
        await ReiktKaartUit(esra, casus);

        // De beschermingstafel: het gezin zit erbij, en wie tegen is staat erin.
        await stad.Klok("2026-04-14 13:00");
        await BesluitSamen(esra, stad.Nu, "een verzoek tot onderzoek", ("regisseur", null)).Faalt(409);
        await BesluitSamen(esra, stad.Nu, "een verzoek tot onderzoek", ("regisseur", null), ("rvt", "te vroeg")).Lukt();

        // Het verzoek aan de Raad: de ontvangst telt, en tot de rechter beslist verandert er niets.
        await stad.Klok("2026-04-15 11:00");
        var vto = (await esra.Post("/v1/vtos", new { casusId = casus, kindRefs = Kinderen, bedreiging = Persoonlijk, hulpNietAanvaard = "voorwaarden niet gehaald", zienswijzeOuders = "oneens", beschermtafel = "14 april" }).Lukt()).Id;
        await esra.Post($"/v1/vtos/{vto}/bevestiging").Lukt();
        await stad.Klok("2026-04-16 09:05");
        await raad.Post($"/v1/vtos/{vto}/ontvangst", new { }).Lukt();
        await stad.Klok("2026-06-09 10:00");
        await raad.Post($"/v1/vtos/{vto}/rapport", new { verzoektMaatregel = true }).Lukt();
        Assert.Equal("Esra", stad.Naam((await esra.Ziet(casus).Lukt()).Json.GetProperty("regisseur").Nummer("id")));

        await stad.Klok("2026-06-26 16:00");
        await raad.Post("/v1/beschikkingen", Ots(casus, Kinderen, "2027-06-26")).Lukt();
        await stad.Stil();
        await ReiktKaartUit(esra, casus);
        var kind = (await tamara.Ziet(casus).Lukt()).Json.GetProperty("kinderen")[0];
        Assert.Equal(("ots", true, Gi, "2027-06-26"), (kind.Tekst("kader"), kind.GetProperty("isGedwongen").GetBoolean(), kind.Tekst("bevoegdheid"), kind.Tekst("kaderTot")));

        // De GI is laat: er komt een knelpunt, en de regie blijft bij Esra.
        await stad.Klok("2026-07-03 23:59");
        Assert.Empty(await stad.Knelpunten(casus));
        await stad.Klok("2026-07-04 00:00");
        Assert.Equal(["capaciteit, gemeld"], await stad.Knelpunten(casus));
        await stad.Klok("2026-07-08 09:00");
        await esra.Post($"/v1/casussen/{casus}/uitvoerders", Uitvoerder()).Faalt(403);
        await lia.Post($"/v1/casussen/{casus}/uitvoerders", Uitvoerder()).Lukt();
        Assert.Equal(["capaciteit, opgelost"], await stad.Knelpunten(casus));
        var voorstel = (await esra.Ziet(casus).Lukt()).Json.GetProperty("overdrachten")[1].Nummer("id");
        await stad.Klok("2026-07-09 11:00");
        await tamara.Aanvaardt(voorstel).Lukt();
        await stad.Klok("2026-07-15 10:00");
        await esra.LegtGesprekVast(voorstel, "2026-07-15 10:00").Lukt();

        await stad.Klok("2026-12-01 11:00");
        await tamara.RondtAf(casus, "De opschaling evalueren met gezin en RVT", "Geevalueerd").Lukt();

        // Lieke wordt twaalf: wat op de handtekening van haar moeder rust wordt opnieuw gevraagd, en zij zegt ook nee.
        await stad.Klok("2027-02-11 00:00");
        await stad.Klok("2027-02-18 16:00");
        await tamara.RondtAf(casus, "Bespreek met de jongere en de ouders wat er gedeeld mag worden", "Besproken").Lukt();
        await tamara.GeeftToestemming(casus, "K2", "onderwijs", "de basisschool", "moeder").Faalt(409);
        await tamara.GeeftToestemming(casus, "K2", "onderwijs", "de basisschool", "moeder", "K2").Lukt();
        await tamara.Post($"/v1/toestemmingen/{voorDeClub}/intrekking").Lukt();

        // Twaalf weken vooraf, op een zaterdag; de taak telt vanaf maandag en de einddatum verschuift niet.
        await stad.Klok("2027-04-03 08:59");
        Assert.DoesNotContain("Met het kernteam en het gezin besluiten of om verlenging wordt gevraagd", await tamara.Taken(casus));
        await stad.Klok("2027-04-03 09:00");
        await stad.Klok("2027-04-20 14:00");
        await BesluitSamen(tamara, stad.Nu, "niet verlengen", ("regisseur", null), ("rvt", null)).Lukt();
        await tamara.RondtAf(casus, "Met het kernteam en het gezin besluiten of om verlenging wordt gevraagd", "Niet verlengen").Lukt();
        await tamara.RondtAf(casus, "De GI meldt de Raad, met een verslag, dat de maatregel niet wordt verlengd", "Gemeld").Lukt();
        await DraagtOver(stad, casus, tamara, daan, "2027-05-18 10:00", "2027-05-21 09:00", "2027-06-10 10:00", kennismaking: "2027-05-28 15:00");

        await stad.Klok("2027-06-25 23:59");
        Assert.All(await stad.Lijn(casus, "kader", geldigOp: "2027-06-25 23:59"), regel => Assert.Contains(" ots ", regel, StringComparison.Ordinal));
        await stad.Klok("2027-06-26 00:00");
        await lia.Post($"/v1/casussen/{casus}/uitvoerders", Uitvoerder()).Faalt(404);
        await stad.Klok("2027-06-28 10:00");
        await ReiktKaartUit(daan, casus);

        // Ieder vindt het klaar.
        await stad.Klok("2027-12-15 15:00");
        await daan.Post($"/v1/casussen/{casus}/klaarverklaringen", new { stoel = "gezin", oordeel = "klaar" }).Lukt();
        await daan.Post($"/v1/casussen/{casus}/afsluiting", new { nazorg = "na drie maanden bellen", nazorgTot = Stad.Moment("2028-03-15 12:00"), terugkomweg = "bel de regisseur", gezinGeinformeerd = true, redenZonderRvt = "al eerder teruggekeken" }).Lukt();
        await stad.Stil();
        await geheimhouding.NietsGelekt([Persoonlijk, "Terlouw", "11-02-2015", "2027-02-11", .. Streek.Namen]);

        Assert.Equal("""
            regie
              Nora | 2026-01-12 09:10 | 2026-01-22 14:00 | casus geopend
              Esra | 2026-01-22 14:00 | 2026-07-15 10:00 | warm gesprek
              Tamara | 2026-07-15 10:00 | 2027-06-10 10:00 | warm gesprek
              Daan | 2027-06-10 10:00 | 2027-12-15 15:00 | warm gesprek
            kader
              K1 vrijwillig | 2026-01-12 09:10 | 2026-03-02 15:00 | casus geopend
              K1 drang | 2026-03-02 15:00 | 2026-06-26 16:00 | van vrijwillig naar drang
              K1 ots | 2026-06-26 16:00 | 2027-06-26 00:00 | van drang naar ots
              K1 vrijwillig | 2027-06-26 00:00 | 2027-12-15 15:00 | van ots naar vrijwillig
              K2 vrijwillig | 2026-01-12 09:10 | 2026-03-02 15:00 | casus geopend
              K2 drang | 2026-03-02 15:00 | 2026-06-26 16:00 | van vrijwillig naar drang
              K2 ots | 2026-06-26 16:00 | 2027-06-26 00:00 | van drang naar ots
              K2 vrijwillig | 2027-06-26 00:00 | 2027-12-15 15:00 | van ots naar vrijwillig
            schaal
              lokaal | 2026-01-12 09:10 | 2026-02-20 23:15 | casus geopend
              duo | 2026-02-20 23:15 | 2026-06-26 16:00 | de afspraken houden niet
              maatregel | 2026-06-26 16:00 | 2027-06-26 00:00 | maatregel begonnen
              lokaal | 2027-06-26 00:00 | 2027-12-15 15:00 | maatregel voorbij
            bevoegdheid
              K1 geen | 2026-01-12 09:10 | 2026-06-26 16:00 | casus geopend
              K1 Jeugdbescherming | 2026-06-26 16:00 | 2027-06-26 00:00 | kader ots
              K1 geen | 2027-06-26 00:00 | 2027-12-15 15:00 | kader vrijwillig
              K2 geen | 2026-01-12 09:10 | 2026-06-26 16:00 | casus geopend
              K2 Jeugdbescherming | 2026-06-26 16:00 | 2027-06-26 00:00 | kader ots
              K2 geen | 2027-06-26 00:00 | 2027-12-15 15:00 | kader vrijwillig

            """, await stad.Tijdlijnen(casus));
        Afspraken.ZoGebeurd(
        [
            "2026-01-12 09:10 veiligheid.melding-ontvangen",
            "2026-01-12 09:10 casussen.geopend",
            "2026-01-12 09:10 regie.toegekend",
            "2026-01-16 15:00 veiligheid.melding-beoordeeld",
            "2026-01-16 15:00 regie.overdracht-voorgesteld",
            "2026-01-19 10:00 regie.overdracht-aanvaard",
            "2026-01-22 14:00 regie.gesprek-gevoerd",
            "2026-01-22 14:00 regie.overgedragen",
            "2026-01-22 14:00 regie.nazorg-gestart",
            "2026-02-03 14:00 toestemmingen.verleend",
            "2026-02-03 14:00 toestemmingen.verleend",
            "2026-02-20 00:00 regie.nazorg-beeindigd",
            "2026-02-20 23:15 veiligheid.melding-ontvangen",
            "2026-02-20 23:15 casussen.dubbel-signaal-gekoppeld",
            "2026-02-20 23:15 veiligheid.incident-gemeld",
            "2026-02-20 23:15 veiligheid.incident-bevestigd",
            "2026-02-20 23:15 schalen.opgeschaald",
            "2026-02-23 11:00 veiligheid.melding-beoordeeld",
            "2026-03-02 15:00 bewaking.invariant-geweigerd",
            "2026-03-02 15:00 kaders.gewijzigd",
            "2026-03-02 15:00 kaders.gewijzigd",
            "2026-03-02 15:00 kaders.kaart-uitgereikt",
            "2026-03-02 15:00 kaders.kaart-uitgereikt",
            "2026-04-14 13:00 kernteams.besluit-genomen",
            "2026-04-15 11:00 kaders.vto-verzonden",
            "2026-04-16 09:05 kaders.vto-bevestigd",
            "2026-06-09 10:00 kaders.onderzoek-afgerond",
            "2026-06-26 16:00 kaders.besluit-ontvangen",
            "2026-06-26 16:00 kaders.gewijzigd",
            "2026-06-26 16:00 schalen.opgeschaald",
            "2026-06-26 16:00 kaders.gewijzigd",
            "2026-06-26 16:00 kaders.kaart-uitgereikt",
            "2026-06-26 16:00 kaders.kaart-uitgereikt",
            "2026-07-03 16:00 veiligheid.kindcontact-verlopen",
            "2026-07-03 16:00 veiligheid.kindcontact-verlopen",
            "2026-07-04 00:00 bewaking.wacht-te-lang",
            "2026-07-04 00:00 knelpunten.gemeld",
            "2026-07-08 09:00 kaders.uitvoerder-aangewezen",
            "2026-07-08 09:00 knelpunten.opgelost",
            "2026-07-08 09:00 regie.overdracht-voorgesteld",
            "2026-07-09 11:00 regie.overdracht-aanvaard",
            "2026-07-15 10:00 regie.gesprek-gevoerd",
            "2026-07-15 10:00 regie.overgedragen",
            "2026-07-15 10:00 regie.nazorg-gestart",
            "2026-08-13 00:00 regie.nazorg-beeindigd",
            "2027-02-11 00:00 toestemmingen.herbevestiging-nodig",
            "2027-02-18 16:00 toestemmingen.verleend",
            "2027-02-18 16:00 toestemmingen.ingetrokken",
            "2027-04-03 09:00 kaders.verloopt-binnenkort",
            "2027-04-20 00:00 bewaking.wacht-te-lang",
            "2027-04-20 14:00 kernteams.besluit-genomen",
            "2027-05-01 09:00 kaders.verloopt-binnenkort",
            "2027-05-18 10:00 regie.overdracht-voorgesteld",
            "2027-05-21 09:00 regie.overdracht-aanvaard",
            "2027-05-28 15:00 regie.gesprek-gepland",
            "2027-05-29 09:00 kaders.verloopt-binnenkort",
            "2027-06-10 10:00 regie.gesprek-gevoerd",
            "2027-06-10 10:00 regie.overgedragen",
            "2027-06-10 10:00 regie.nazorg-gestart",
            "2027-06-26 00:00 kaders.beeindigd",
            "2027-06-26 00:00 kaders.gewijzigd",
            "2027-06-26 00:00 kaders.beeindigd",
            "2027-06-26 00:00 kaders.gewijzigd",
            "2027-06-26 00:00 schalen.afgeschaald",
            "2027-06-26 00:00 veiligheid.kindcontact-verlopen",
            "2027-06-26 00:00 veiligheid.kindcontact-verlopen",
            "2027-06-28 10:00 kaders.kaart-uitgereikt",
            "2027-06-28 10:00 kaders.kaart-uitgereikt",
            "2027-07-09 00:00 regie.nazorg-beeindigd",
            "2027-12-15 15:00 casussen.afgesloten",
            "2027-12-15 15:00 kernteams.opgeheven",
        ], await stad.Gebeurtenissen(casus));

        Task<Antwoord> BesluitSamen(Persoon wie, DateTimeOffset op, string besluit, params (string Stoel, string? Tegen)[] stemmen) => wie.Post($"/v1/kernteams/{casus}/besluiten", new
        {
            genomenOp = op,
            besluit = $"{besluit} voor {Persoonlijk}",
            lichtereWeg = "nog eens voorwaarden stellen",
            gezinErbij = true,
            stemmen = stemmen.Select(s => new { stoel = s.Stoel, isVoor = s.Tegen is null, opmerking = s.Tegen }),
        });

        object Uitvoerder() => new { kindRefs = Kinderen, uitvoerderId = tamara.Id, vervangerId = rik.Id };
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task De_rechter_beslist_over_een_kind_en_het_andere_blijft_vrij(Opstelling opstelling)
    {
        await using var stad = await Stad.Start(opstelling, "2026-06-26 16:00", Streek.Over, weer: Weer.Rustig);
        var (casus, raad) = (await stad.NieuwGezin(2).WordtGemeld(), stad.Iemand("dienst", "Raad"));

        // Wat niet past verandert niets, en iemand hoort het.
        await stad.Klok("2026-06-26 17:00");
        await raad.Post("/v1/beschikkingen", Ots(casus, ["K1"], "2028-01-01", "C/1")).Lukt();
        Assert.Contains(await stad.Regisseur("Nora").Taken(casus), titel => titel.StartsWith("Een beschikking is niet verwerkt", StringComparison.Ordinal));
        await stad.Klok("2026-06-26 18:00");
        await raad.Post("/v1/beschikkingen", Ots(casus, ["K1"], "2027-06-26", "C/2")).Lukt();
        await stad.Stil();

        Assert.Equal(
        [
            "K1 vrijwillig | 2026-06-26 16:00 | 2026-06-26 18:00 | casus geopend",
            "K1 ots | 2026-06-26 18:00 | nu | van vrijwillig naar ots",
            "K2 vrijwillig | 2026-06-26 16:00 | nu | casus geopend",
        ], await stad.Lijn(casus, "kader"));
        Assert.Equal(["Nora | 2026-06-26 16:00 | nu | casus geopend"], await stad.Lijn(casus, "regie"));
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Zwijgt_de_Raad_dan_gaat_hetzelfde_verzoek_nog_eens(Opstelling opstelling)
    {
        await using var stad = await Stad.Start(opstelling, "2026-04-15 11:00", Streek.Over, weer: Weer.Rustig);
        var (casus, nora, raad) = (await stad.NieuwGezin(2).WordtGemeld(), stad.Regisseur("Nora"), stad.Iemand("dienst", "Raad"));
        var vto = (await nora.Post("/v1/vtos", new { casusId = casus, kindRefs = Kinderen, bedreiging = "onveilig", hulpNietAanvaard = "nee", zienswijzeOuders = "oneens" }).Lukt()).Id;
        var bericht = (await nora.Post($"/v1/vtos/{vto}/bevestiging").Lukt()).Json.Tekst("berichtId");

        await stad.Klok("2026-04-17 00:00");
        var opnieuw = (await nora.Get($"/v1/vtos/{vto}").Lukt()).Json;
        Assert.Equal((2, bericht), (opnieuw.GetProperty("keerVerzonden").GetInt32(), opnieuw.Tekst("berichtId")));
        await stad.Klok("2026-04-17 09:00");
        await raad.Post($"/v1/vtos/{vto}/ontvangst", new { }).Lukt();
        await raad.Post($"/v1/vtos/{vto}/ontvangst", new { }).Lukt();

        Assert.Equal(
            ["2026-04-15 11:00 kaders.vto-verzonden", "2026-04-17 00:00 bewaking.wacht-te-lang", "2026-04-17 09:00 kaders.vto-bevestigd"],
            await stad.Gebeurtenissen(casus, "kaders.", "bewaking.wacht"));
    }

    [Fact]
    public async Task Komt_het_warme_gesprek_niet_dan_hoort_de_bewaking_dat_en_blijft_de_regie()
    {
        await using var stad = await Stad.Start(Opstelling.EenProces, "2026-07-08 09:00", Streek.Over, weer: Weer.Rustig);
        var (casus, nora, esra) = (await stad.NieuwGezin(2).WordtGemeld(), stad.Regisseur("Nora"), stad.Regisseur("Esra"));
        await nora.RondtAf(casus, "De melding beoordelen (triage)", "Beoordeeld").Lukt();
        var overdracht = (await nora.SteltOverdrachtVoor(casus, esra).Lukt()).Id;
        await stad.Klok("2026-07-09 11:00");
        await esra.Aanvaardt(overdracht).Lukt();

        await stad.Klok("2026-07-19 23:59");
        Assert.Empty(await stad.Gebeurtenissen(casus, "bewaking."));
        await stad.Klok("2026-07-20 00:00");
        Assert.Equal(["2026-07-20 00:00 bewaking.wacht-te-lang"], await stad.Gebeurtenissen(casus, "bewaking."));
        Assert.Equal(["Nora | 2026-07-08 09:00 | nu | casus geopend"], await stad.Lijn(casus, "regie"));
    }

    private static object Ots(Guid casus, string[] kinderen, string einddatum, string nummer = "C/26/1001") => new
    {
        casusId = casus,
        kindRefs = kinderen,
        naar = "ots",
        verzoekDoor = "raad-voor-de-kinderbescherming",
        nummer,
        datum = "2026-06-26",
        einddatum,
        gi = Gi,
        bewijs = new { bedreigingen = "in de beschikking" },
    };

    private static async Task DraagtOver(Stad stad, Guid casus, Persoon van, Persoon naar, string voorgesteld, string aanvaard, string gesprek, string? kennismaking = null)
    {
        await stad.Klok(voorgesteld);
        var overdracht = (await van.SteltOverdrachtVoor(casus, naar).Lukt()).Id;
        await stad.Klok(aanvaard);
        await naar.Aanvaardt(overdracht).Lukt();
        if (kennismaking is not null)
        {
            await stad.Klok(kennismaking);
            await naar.Post($"/v1/overdrachten/{overdracht}/gesprek", new { kennismakingOp = stad.Nu, geplandOp = Stad.Moment(gesprek) }).Lukt();
        }

        await stad.Klok(gesprek);
        await van.LegtGesprekVast(overdracht, gesprek).Lukt();
    }

    private static async Task ReiktKaartUit(Persoon wie, Guid casus)
    {
        foreach (var kind in Kinderen)
            await wie.Post($"/v1/casussen/{casus}/kinderen/{kind}/kaderkaart/uitreikingen", new { hoe = "gesprek thuis", isAfgetekend = true, reactie = "begrepen" }).Lukt();
    }
}
