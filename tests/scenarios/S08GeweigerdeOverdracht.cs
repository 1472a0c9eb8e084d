using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>
/// Een overdracht wordt geweigerd, er is onenigheid over wie de regie neemt, en een tweede voorstel lukt. Intussen wisselt het
/// kader. De regie verplaatst een keer: aan het einde van het warme gesprek.
/// </summary>
public sealed class S08GeweigerdeOverdracht
{
    private static readonly Regio Streek = new Regio()
        .Team("lokaal", "Lokaal team", "Wil Aarden", "lokaal-team").Met("Anouk de Graaf", "regisseur", "lokaal", "Pim Otten").Met("Pim Otten", "regisseur", "lokaal", "Anouk de Graaf")
        .Team("rvt", "Regionaal Veiligheidsteam", "Suze Blok").Met("Omar Haddad", "rvt", "rvt", "Rosa Lim").Met("Rosa Lim", "rvt", "rvt", "Omar Haddad")
        .Met("Lian Hop", "regisseur").Met("Ed Maas", "rvt").MetBijTeam("lokaal", "contactpersonen", "Lian Hop").MetBijTeam("rvt", "contactpersonen", "Ed Maas");

    [Theory]
    [InlineData(Opstelling.EenProces, Weer.Rustig)]
    [InlineData(Opstelling.EenProces, Weer.Dubbel)]
    [InlineData(Opstelling.EenProces, Weer.Dooreen)]
    [InlineData(Opstelling.EenProces, Weer.Uitval)]
    [InlineData(Opstelling.EenProces, Weer.PerDag)]
    [InlineData(Opstelling.LosseProcessen, Weer.Rustig)]
    public async Task Weigering_en_onenigheid_verplaatsen_de_regie_niet(Opstelling opstelling, Weer weer)
    {
        await using var stad = await Stad.Start(opstelling, "2026-03-10 09:00", Streek.Over, weer: weer);
        var geheimhouding = await Geheimhouding.Volg(stad);
        var (anouk, omar, suze) = (stad.Regisseur("Anouk"), stad.Rvt("Omar"), stad.Leidinggevende("Suze"));
        var kamal = await stad.NieuwGezin().KrijgtCasus();
        await anouk.RondtAf(kamal, "Eerste contact met het gezin", "Contact gehad").Lukt();
        await stad.Klok("2026-07-01 10:00");
        await anouk.SchaaltOp(kamal, "duo", "2026-12-01 12:00").Lukt();
        await omar.RondtAf(kamal, "Meedoen in een casus: wie van het RVT?", "Ja").Lukt();

        // Weigeren kan niet zonder reden en niet zonder te zeggen wat wel kan. Dezelfde weigering komt drie keer en telt een keer.
        await stad.Klok("2026-09-01 10:00");
        var eerste = (await anouk.PostOpVolgorde(41, null, $"/v1/casussen/{kamal}/overdrachten", new { naarId = omar.Id, reden = "het is structureel onveilig" }).Lukt()).Id;
        await stad.Klok("2026-09-04 12:00");
        Assert.Equal(["/reden", "/alternatief"], (await suze.Post($"/v1/overdrachten/{eerste}/weigering", new { }).Faalt(400)).Fouten);
        Task<Antwoord> Weigering() => suze.PostOpVolgorde(42, 41, $"/v1/overdrachten/{eerste}/weigering", new { reden = "geen capaciteit tot oktober", alternatief = "wij denken elke week mee" });
        var geweigerd = (await Weigering().Lukt()).Tekst;
        Assert.Equal(geweigerd, (await Weigering().Lukt()).Tekst);
        Assert.Equal(geweigerd, (await Weigering().Lukt()).Tekst);
        Assert.Equal(["wie, gemeld"], await stad.Knelpunten(kamal));

        // Over wie de regie neemt bemiddelen eerst de contactpersonen.
        await stad.Klok("2026-09-09 15:00");
        var knelpunt = (await anouk.Get($"/v1/casussen/{kamal}/knelpunten").Lukt()).Items.Single().Nummer("id");
        await stad.Iemand("regisseur", "Lian").Post($"/v1/knelpunten/{knelpunt}/bemiddeling", new { afspraak = "het RVT neemt de regie op 24 september" }).Lukt();
        Assert.Equal(["Anouk | 2026-03-10 09:00 | nu | casus geopend"], await stad.Lijn(kamal, "regie"));

        // Het kader wisselt midden in de onenigheid.
        await stad.Klok("2026-09-10 16:00");
        await anouk.WijzigtKader(kamal, "K1", "drang", ("analyse", "vastgesteld"), ("voorwaarden", "uiterlijk 1 november"), ("zienswijzeGezin", "eens"), ("rvtConsult", omar.Id.ToString())).Lukt();

        await stad.Klok("2026-09-14 09:00");
        await anouk.Post($"/v1/knelpunten/{knelpunt}/oplossing", new { gerealiseerd = true, melderVerteld = true, gezinVerteld = false }).Faalt(409);
        var tweede = (await anouk.PostOpVolgorde(47, 42, $"/v1/casussen/{kamal}/overdrachten", new { naarId = omar.Id, reden = "zoals afgesproken" }).Lukt()).Id;
        await anouk.Post($"/v1/knelpunten/{knelpunt}/oplossing", new { gerealiseerd = true, melderVerteld = true, gezinVerteld = true }).Lukt();
        await stad.Klok("2026-09-16 11:00");
        await omar.PostOpVolgorde(48, 47, $"/v1/overdrachten/{tweede}/aanvaarding", new { }).Lukt();

        // Een late kopie van de weigering hoort bij het eerste voorstel; het tweede blijft aanvaard, ook voor wie het eerste nog eens weigert.
        await stad.Klok("2026-09-16 11:05");
        Assert.Equal(geweigerd, (await Weigering().Lukt()).Tekst);
        await suze.Weigert(eerste).Faalt(409);
        Assert.Equal("aanvaard", (await omar.Get($"/v1/overdrachten/{tweede}").Lukt()).Json.Tekst("status"));

        // Het gesprek komt binnen voor het plannen ervan: het wacht, en er wordt niet geraden.
        await stad.Klok("2026-09-24 10:02");
        Task<Antwoord> Gesprek() => anouk.PostOpVolgorde(51, 50, $"/v1/overdrachten/{tweede}/gesprek", new { beeindigdOp = Stad.Moment("2026-09-24 10:00"), gezinAanwezig = true });
        Assert.Equal("geparkeerd", (await Gesprek().Lukt()).Json.Tekst("status"));
        Assert.Equal(["Anouk | 2026-03-10 09:00 | nu | casus geopend"], await stad.Lijn(kamal, "regie"));
        await stad.Klok("2026-09-24 10:04");
        await anouk.PostOpVolgorde(50, 48, $"/v1/overdrachten/{tweede}/gesprek", new { geplandOp = Stad.Moment("2026-09-24 09:00") }).Lukt();
        Assert.Equal(["Anouk | 2026-03-10 09:00 | nu | casus geopend"], await stad.Lijn(kamal, "regie", geldigOp: "2026-09-24 10:02", bekendOp: "2026-09-24 10:03"));
        Assert.Equal(["Omar | 2026-09-24 10:00 | nu | warm gesprek"], await stad.Lijn(kamal, "regie", geldigOp: "2026-09-24 10:02", bekendOp: "2026-09-24 10:05"));
        await stad.Klok("2026-09-24 10:05");
        await Gesprek().Lukt();

        await stad.Klok("2026-10-22 23:59");
        Assert.Equal("nazorg", (await omar.Get($"/v1/overdrachten/{tweede}").Lukt()).Json.Tekst("status"));
        await stad.Klok("2026-12-01 12:00");
        Assert.Equal("afgesloten", (await omar.Get($"/v1/overdrachten/{tweede}").Lukt()).Json.Tekst("status"));

        await geheimhouding.NietsGelekt(Streek.Namen);
        var gebeurd = await stad.Gebeurtenissen(kamal, "regie.", "knelpunten.", "kaders.", "schalen.");
        Assert.Equal(
        [
            "2026-03-10 09:00 regie.toegekend",
            "2026-07-01 10:00 schalen.opgeschaald",
            "2026-09-01 10:00 regie.overdracht-voorgesteld",
            "2026-09-04 12:00 regie.overdracht-geweigerd",
            "2026-09-04 12:00 knelpunten.gemeld",
            "2026-09-04 12:00 knelpunten.bemiddeling-gestart",
            "2026-09-10 16:00 kaders.gewijzigd",
            "2026-09-14 09:00 regie.overdracht-voorgesteld",
            "2026-09-14 09:00 knelpunten.opgelost",
            "2026-09-16 11:00 regie.overdracht-aanvaard",
            "2026-09-24 10:04 regie.gesprek-gepland",
            "2026-09-24 10:04 regie.gesprek-gevoerd",
            "2026-09-24 10:04 regie.overgedragen",
            "2026-09-24 10:04 regie.nazorg-gestart",
            "2026-10-23 00:00 regie.nazorg-beeindigd",
        ], gebeurd);
        Assert.Equal("""
            regie
              Anouk | 2026-03-10 09:00 | 2026-09-24 10:00 | casus geopend
              Omar | 2026-09-24 10:00 | nu | warm gesprek
            kader
              K1 vrijwillig | 2026-03-10 09:00 | 2026-09-10 16:00 | casus geopend
              K1 drang | 2026-09-10 16:00 | nu | van vrijwillig naar drang
            schaal
              lokaal | 2026-03-10 09:00 | 2026-07-01 10:00 | casus geopend
              duo | 2026-07-01 10:00 | nu | de afspraken houden niet
            bevoegdheid
              K1 geen | 2026-03-10 09:00 | nu | casus geopend

            """, await stad.Tijdlijnen(kamal));
    }
}
