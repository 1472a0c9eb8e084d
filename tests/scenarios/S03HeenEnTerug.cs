using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>
/// Van Veilig Thuis naar het lokale team, naar drang, naar een maatregel en terug, voor twee kinderen. Het kader wisselt vier keer
/// en de regie drie keer, nooit door hetzelfde.
/// </summary>
public sealed class S03HeenEnTerug
{
    private const string Gi = "Jeugdbescherming";
    private static readonly string[] Kinderen = ["K1", "K2"];

    private static readonly Regio Streek = new Regio()
        .Team("vt", "Veilig Thuis", "Bea Rood", "veilig-thuis", "lokaal-team").Met("Nora Prins", "regisseur", "vt", "Bea Rood")
        .Team("lokaal", "Lokaal team", "Wil Aarden").Met("Esra Yilmaz", "regisseur", "lokaal", "Daan Hoek").Met("Daan Hoek", "regisseur", "lokaal", "Esra Yilmaz")
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
        var (nora, esra, daan, tamara, rik) = (stad.Regisseur("Nora"), stad.Regisseur("Esra"), stad.Regisseur("Daan"), stad.Iemand("gi", "Tamara"), stad.Iemand("gi", "Rik"));
        var (hans, lia, raad) = (stad.Rvt("Hans"), stad.Leidinggevende("Lia"), stad.Iemand("dienst", "Raad"));
        var casus = await stad.NieuwGezin(2).KrijgtCasus();
        await nora.RondtAf(casus, "Eerste contact met het gezin", "Contact gehad").Lukt();
        await DraagtOver(stad, casus, nora, esra, "2026-01-16 15:00", "2026-01-19 10:00", "2026-01-22 14:00");

        await stad.Klok("2026-02-20 23:15");
        await esra.SchaaltOp(casus, "duo", "2026-12-01 12:00").Lukt();
        await hans.RondtAf(casus, "Meedoen in een casus: wie van het RVT?", "Ja").Lukt();

        await stad.Klok("2026-03-02 15:00");
        await esra.WijzigtKader(casus, "K1", "ots", ("bedreigingen", "onveilig")).Faalt(409);
        await esra.Post($"/v1/casussen/{casus}/kaderovergangen", new { kindRefs = Kinderen, naar = "drang", bron = "gespreksverslag", bewijs = new { analyse = "vastgesteld", voorwaarden = "tot 14 april", zienswijzeGezin = "oneens", rvtConsult = hans.Id } }).Lukt();
        Assert.False((await esra.Get($"/v1/casussen/{casus}/kinderen/K1/kaderkaart").Lukt()).Json.GetProperty("isGedwongen").GetBoolean());
        await ReiktKaartUit(esra, casus);

        // Het verzoek aan de Raad: de ontvangst telt, en tot de rechter beslist verandert er niets.
        await stad.Klok("2026-04-15 11:00");
        var vto = (await esra.Post("/v1/vtos", new { casusId = casus, kindRefs = Kinderen, bedreiging = "onveilig", hulpNietAanvaard = "voorwaarden niet gehaald", zienswijzeOuders = "oneens", beschermtafel = "14 april" }).Lukt()).Id;
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

        // Twaalf weken vooraf, op een zaterdag; de taak telt vanaf maandag en de einddatum verschuift niet.
        await stad.Klok("2027-04-03 08:59");
        Assert.DoesNotContain("Met het kernteam en het gezin besluiten of om verlenging wordt gevraagd", await tamara.Taken(casus));
        await stad.Klok("2027-04-03 09:00");
        await stad.Klok("2027-04-20 14:00");
        await tamara.RondtAf(casus, "Met het kernteam en het gezin besluiten of om verlenging wordt gevraagd", "Niet verlengen").Lukt();
        await tamara.RondtAf(casus, "De GI meldt de Raad, met een verslag, dat de maatregel niet wordt verlengd", "Gemeld").Lukt();
        await DraagtOver(stad, casus, tamara, daan, "2027-05-18 10:00", "2027-05-21 09:00", "2027-06-10 10:00");

        await stad.Klok("2027-06-25 23:59");
        Assert.All(await stad.Lijn(casus, "kader", geldigOp: "2027-06-25 23:59"), regel => Assert.Contains(" ots ", regel, StringComparison.Ordinal));
        await stad.Klok("2027-06-26 00:00");
        await lia.Post($"/v1/casussen/{casus}/uitvoerders", Uitvoerder()).Faalt(404);
        await stad.Klok("2027-06-28 10:00");
        await ReiktKaartUit(daan, casus);
        await stad.Klok("2027-07-09 00:00");

        Assert.Equal("""
            regie
              Nora | 2026-01-12 09:10 | 2026-01-22 14:00 | casus geopend
              Esra | 2026-01-22 14:00 | 2026-07-15 10:00 | warm gesprek
              Tamara | 2026-07-15 10:00 | 2027-06-10 10:00 | warm gesprek
              Daan | 2027-06-10 10:00 | nu | warm gesprek
            kader
              K1 vrijwillig | 2026-01-12 09:10 | 2026-03-02 15:00 | casus geopend
              K1 drang | 2026-03-02 15:00 | 2026-06-26 16:00 | van vrijwillig naar drang
              K1 ots | 2026-06-26 16:00 | 2027-06-26 00:00 | van drang naar ots
              K1 vrijwillig | 2027-06-26 00:00 | nu | van ots naar vrijwillig
              K2 vrijwillig | 2026-01-12 09:10 | 2026-03-02 15:00 | casus geopend
              K2 drang | 2026-03-02 15:00 | 2026-06-26 16:00 | van vrijwillig naar drang
              K2 ots | 2026-06-26 16:00 | 2027-06-26 00:00 | van drang naar ots
              K2 vrijwillig | 2027-06-26 00:00 | nu | van ots naar vrijwillig
            schaal
              lokaal | 2026-01-12 09:10 | 2026-02-20 23:15 | casus geopend
              duo | 2026-02-20 23:15 | 2026-06-26 16:00 | de afspraken houden niet
              maatregel | 2026-06-26 16:00 | 2027-06-26 00:00 | maatregel begonnen
              lokaal | 2027-06-26 00:00 | nu | maatregel voorbij
            bevoegdheid
              K1 geen | 2026-01-12 09:10 | 2026-06-26 16:00 | casus geopend
              K1 Jeugdbescherming | 2026-06-26 16:00 | 2027-06-26 00:00 | kader ots
              K1 geen | 2027-06-26 00:00 | nu | kader vrijwillig
              K2 geen | 2026-01-12 09:10 | 2026-06-26 16:00 | casus geopend
              K2 Jeugdbescherming | 2026-06-26 16:00 | 2027-06-26 00:00 | kader ots
              K2 geen | 2027-06-26 00:00 | nu | kader vrijwillig

            """, await stad.Tijdlijnen(casus));
        Assert.Equal(
        [
            "2026-03-02 15:00 kaders.gewijzigd", "2026-03-02 15:00 kaders.gewijzigd",
            "2026-03-02 15:00 kaders.kaart-uitgereikt", "2026-03-02 15:00 kaders.kaart-uitgereikt",
            "2026-04-15 11:00 kaders.vto-verzonden",
            "2026-04-16 09:05 kaders.vto-bevestigd",
            "2026-06-09 10:00 kaders.onderzoek-afgerond",
            "2026-06-26 16:00 kaders.besluit-ontvangen",
            "2026-06-26 16:00 kaders.gewijzigd", "2026-06-26 16:00 kaders.gewijzigd",
            "2026-06-26 16:00 kaders.kaart-uitgereikt", "2026-06-26 16:00 kaders.kaart-uitgereikt",
            "2026-07-08 09:00 kaders.uitvoerder-aangewezen",
            "2027-04-03 09:00 kaders.verloopt-binnenkort",
            "2027-05-01 09:00 kaders.verloopt-binnenkort",
            "2027-05-29 09:00 kaders.verloopt-binnenkort",
            "2027-06-26 00:00 kaders.beeindigd", "2027-06-26 00:00 kaders.gewijzigd", "2027-06-26 00:00 kaders.beeindigd", "2027-06-26 00:00 kaders.gewijzigd",
            "2027-06-28 10:00 kaders.kaart-uitgereikt", "2027-06-28 10:00 kaders.kaart-uitgereikt",
        ], (await stad.Gebeurtenissen(casus, "kaders.")));

        object Uitvoerder() => new { kindRefs = Kinderen, uitvoerderId = tamara.Id, vervangerId = rik.Id };
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task De_rechter_beslist_over_een_kind_en_het_andere_blijft_vrij(Opstelling opstelling)
    {
        await using var stad = await Stad.Start(opstelling, "2026-06-26 16:00", Streek.Over, weer: Weer.Rustig);
        var (casus, raad) = (await stad.NieuwGezin(2).KrijgtCasus(), stad.Iemand("dienst", "Raad"));

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
        var (casus, nora, raad) = (await stad.NieuwGezin(2).KrijgtCasus(), stad.Regisseur("Nora"), stad.Iemand("dienst", "Raad"));
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

    private static async Task DraagtOver(Stad stad, Guid casus, Persoon van, Persoon naar, string voorgesteld, string aanvaard, string gesprek)
    {
        await stad.Klok(voorgesteld);
        var overdracht = (await van.SteltOverdrachtVoor(casus, naar).Lukt()).Id;
        await stad.Klok(aanvaard);
        await naar.Aanvaardt(overdracht).Lukt();
        await stad.Klok(gesprek);
        await van.LegtGesprekVast(overdracht, gesprek).Lukt();
    }

    private static async Task ReiktKaartUit(Persoon wie, Guid casus)
    {
        foreach (var kind in Kinderen)
            await wie.Post($"/v1/casussen/{casus}/kinderen/{kind}/kaderkaart/uitreikingen", new { hoe = "gesprek thuis", isAfgetekend = true, reactie = "begrepen" }).Lukt();
    }
}
