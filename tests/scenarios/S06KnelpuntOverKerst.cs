using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>
/// Dagbehandeling naast school past in geen contract. Het knelpunt gaat over Kerst van de werkvloer naar managers en bestuurders, en komt met
/// een uitdrukkelijk besluit terug. De regisseur is intussen met verlof en komt terug; het knelpunt verplaatst de regie niet.
/// </summary>
public sealed class S06KnelpuntOverKerst
{
    private static readonly Regio Streek = new Regio()
        .Team("lokaal", "Lokaal team", "Wil Aarden", "lokaal-team").Met("Rachida Amrani", "regisseur", "lokaal", "Thijs Post").Met("Thijs Post", "regisseur", "lokaal", "Rachida Amrani")
        .Team("jeugd", "Afdeling jeugd", "Wim Bos").Met("Marit Hart", "bestuurder")
        .Met("Lian Hop", "regisseur").Met("Kees Vis", "rvt").MetBijTeam("lokaal", "contactpersonen", "Lian Hop").MetBijTeam("jeugd", "contactpersonen", "Kees Vis")
        .Termijn("knelpunt-strategisch", "10 werkdagen");

    [Theory]
    [InlineData(Opstelling.EenProces, Weer.Rustig)]
    [InlineData(Opstelling.EenProces, Weer.Dubbel)]
    [InlineData(Opstelling.EenProces, Weer.Dooreen)]
    [InlineData(Opstelling.EenProces, Weer.Uitval)]
    [InlineData(Opstelling.EenProces, Weer.PerDag)]
    [InlineData(Opstelling.LosseProcessen, Weer.Rustig)]
    public async Task Van_de_werkvloer_tot_de_bestuurders_en_terug_en_de_regie_beweegt_er_niet_door(Opstelling opstelling, Weer weer)
    {
        await using var stad = await Stad.Start(opstelling, "2026-12-14 09:00", Streek.Over, weer: weer);
        var geheimhouding = await Geheimhouding.Volg(stad);
        var (rachida, thijs, wim, hart) = (stad.Regisseur("Rachida"), stad.Regisseur("Thijs"), stad.Leidinggevende("Wim"), stad.Iemand("bestuurder", "Marit"));
        var sem = await stad.NieuwGezin().KrijgtCasus();
        await rachida.RondtAf(sem, "Eerste contact met het gezin", "Contact gehad").Lukt();

        await stad.Klok("2026-12-14 10:00");
        var knelpunt = await Meldt(stad, rachida, sem);
        Assert.Equal("operationeel 2026-12-22 00:00", await Ligt(stad, knelpunt));

        // Niet opgelost op 21 december: eerst bemiddelen, drie werkdagen vanaf die dag.
        await stad.Klok("2026-12-22 00:00");
        Assert.Contains("Bemiddelen bij een knelpunt", await stad.Iemand("rvt", "Kees").Taken(sem));
        await stad.Klok("2026-12-22 11:00");
        var vervanging = (await rachida.PlantVervanging(sem, thijs, "2026-12-24 12:00", "2027-01-06 10:00").Lukt()).Id;
        await rachida.Post($"/v1/vervangingen/{vervanging}/kennismaking", new { beeindigdOp = stad.Nu }).Lukt();

        // De termijn eindigt op kerstavond. De telling zelf slaat weekeinden en feestdagen over.
        await stad.Klok("2026-12-25 00:00");
        Assert.Equal("tactisch 2027-01-12 00:00", await Ligt(stad, knelpunt));
        await stad.Klok("2027-01-05 16:00");
        Assert.Equal("Kies een besluit uit oplossen, weigeren, doorzetten; ter kennisgeving aannemen is geen besluit.",
            (await wim.Post($"/v1/knelpunten/{knelpunt}/besluit", new { besluit = "ter kennisgeving aangenomen", reden = "gelezen" }).Faalt(400)).Json.GetProperty("fouten")[0].Tekst("melding"));
        Assert.Equal(["/eigenaarId", "/uitvoerenVoor"], (await wim.Post($"/v1/knelpunten/{knelpunt}/besluit", new { besluit = "oplossen", reden = "komt goed" }).Faalt(400)).Fouten);
        await stad.Klok("2027-01-06 10:00");
        await thijs.LegtTerugkeerVast(vervanging, "2027-01-06 10:00").Lukt();

        await stad.Klok("2027-01-12 00:00");
        Assert.Equal("strategisch 2027-01-26 00:00", await Ligt(stad, knelpunt));
        // Wie niet meer aan zet is en de casus niet kent, ziet ook het knelpunt niet meer.
        await wim.Post($"/v1/knelpunten/{knelpunt}/besluit", new { besluit = "weigeren", reden = "het kan niet" }).Faalt(404);
        Assert.Equal("minder dan 5", (await hart.Get($"/v1/knelpunten/{knelpunt}").Lukt()).Json.Tekst("soortgelijk"));
        await stad.Klok("2027-01-20 14:00");
        await hart.Post($"/v1/knelpunten/{knelpunt}/besluit", new { besluit = "oplossen", reden = "een plek op maat buiten het contract", eigenaarId = wim.Id, uitvoerenVoor = Stad.Moment("2027-01-29 00:00"), bedrag = 18000 }).Lukt();

        await stad.Klok("2027-01-27 09:00");
        await rachida.Post($"/v1/knelpunten/{knelpunt}/oplossing", new { gerealiseerd = true, melderVerteld = true, gezinVerteld = false }).Faalt(409);
        await rachida.Post($"/v1/knelpunten/{knelpunt}/oplossing", new { gerealiseerd = true, melderVerteld = true, gezinVerteld = true }).Lukt();

        await stad.Klok("2027-02-26 17:00");
        await geheimhouding.NietsGelekt(Streek.Namen);
        Assert.Equal(
        [
            "2026-12-14 10:00 knelpunten.gemeld",
            "2026-12-22 00:00 knelpunten.bemiddeling-gestart",
            "2026-12-25 00:00 knelpunten.opgeschaald",
            "2027-01-05 16:00 knelpunten.besluit-geweigerd",
            "2027-01-12 00:00 knelpunten.opgeschaald",
            "2027-01-20 14:00 knelpunten.besloten",
            "2027-01-27 09:00 knelpunten.opgelost",
        ], await stad.Gebeurtenissen(sem, "knelpunten."));
        Assert.Equal(
        [
            "Rachida | 2026-12-14 09:00 | 2026-12-24 12:00 | casus geopend",
            "Thijs (waarnemend) | 2026-12-24 12:00 | 2027-01-06 10:00 | vervanging",
            "Rachida | 2027-01-06 10:00 | nu | terugkeer na gesprek",
        ], await stad.Lijn(sem, "regie"));
    }

    [Fact]
    public async Task Wie_over_Kerst_stilstond_legt_het_een_keer_hoger_en_op_de_echte_dag()
    {
        await using var stad = await Stad.Start(Opstelling.EenProces, "2026-12-14 09:00", Streek.Over, weer: Weer.Rustig);
        var sem = await stad.NieuwGezin().KrijgtCasus();
        var knelpunt = await Meldt(stad, stad.Regisseur("Rachida"), sem);

        await stad.Klok("2026-12-22 00:00");
        await stad.Klok("2026-12-26 15:30");

        Assert.Equal("tactisch 2027-01-12 00:00", await Ligt(stad, knelpunt));
        Assert.Single(await stad.Gebeurtenissen(sem, "knelpunten.opgeschaald"));
    }

    [Fact]
    public async Task Boven_de_bestuurders_is_er_niets_en_vanzelf_sluit_het_nooit()
    {
        await using var stad = await Stad.Start(Opstelling.EenProces, "2026-12-14 09:00", Streek.Over, weer: Weer.Rustig);
        var sem = await stad.NieuwGezin().KrijgtCasus();
        var knelpunt = await Meldt(stad, stad.Regisseur("Rachida"), sem);

        foreach (var moment in new[] { "2026-12-22 00:00", "2026-12-25 00:00", "2027-01-12 00:00", "2027-01-26 00:00", "2027-03-01 00:00" })
            await stad.Klok(moment);

        Assert.StartsWith("strategisch", await Ligt(stad, knelpunt), StringComparison.Ordinal);
        Assert.Contains("Besluiten over een knelpunt", await stad.Iemand("bestuurder", "Marit").Taken(sem));
        Assert.Contains("2027-01-26 00:00 bewaking.wacht-te-lang", await stad.Gebeurtenissen(sem, "bewaking."));
        Assert.Equal(["contract, gemeld"], await stad.Knelpunten(sem));
    }

    private static async Task<Guid> Meldt(Stad stad, Persoon wie, Guid casus)
    {
        await stad.Stil();
        return (await wie.Post($"/v1/casussen/{casus}/knelpunten", new { soort = "contract", omschrijving = "geen passende dagbehandeling naast school", overbrugging = "twee keer per week thuis", anderTeamId = "jeugd" }).Lukt()).Id;
    }

    private static async Task<string> Ligt(Stad stad, Guid knelpunt)
    {
        var beeld = (await stad.Toezichthouder.Get($"/v1/knelpunten/{knelpunt}").Lukt()).Json;
        return $"{beeld.Tekst("niveau")} {Stad.Tekst(beeld.GetProperty("besluitVoor").GetDateTimeOffset())}";
    }
}
