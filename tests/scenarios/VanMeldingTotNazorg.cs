using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Het hele verhaal van een gezin: hulp, advies, samen, afschalen, een weigering, en een overdracht die lukt.</summary>
[Collection(nameof(Alleen))]
public sealed class VanMeldingTotNazorg
{
    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task De_regie_gaat_alleen_over_in_een_warm_gesprek(Opstelling opstelling)
    {
        await using var stad = await Stad.Start(opstelling, "2026-03-02 10:15");
        var (samira, joris, naomi) = (stad.Regisseur("Samira"), stad.Regisseur("Joris"), stad.Regisseur("Naomi"));
        var (petra, fenne) = (stad.Leidinggevende("Petra"), stad.Rvt("Fenne"));

        // Het gezin vraagt hulp: casus, regisseur en waarnemers staan er tegelijk.
        var casus = await stad.NieuwGezin().KrijgtCasus();
        var geopend = (await samira.Ziet(casus).Lukt()).Json;
        Assert.Equal("Samira Bouazza", geopend.GetProperty("regisseur").Tekst("naam"));
        Assert.Equal(["Joris", "Naomi"], geopend.GetProperty("vervangerIds").EnumerateArray().Select(id => stad.Naam(id.GetGuid())));
        Assert.Equal(petra.Id, geopend.Nummer("houderInLaatsteInstantieId"));
        Assert.Equal(["Samira | 2026-03-02 10:15 | nu | casus geopend"], await stad.Lijn(casus, "regie"));
        Assert.Equal(["regisseur: Samira"], await stad.Kernteam(casus));
        Assert.Equal(["Eerste contact met het gezin"], await samira.Taken(casus));

        // Het RVT geeft advies; tot dan ziet het de casus niet.
        await fenne.Ziet(casus).Faalt(404);
        await stad.Klok("2026-03-02 10:40");
        await samira.VraagtAdvies(casus).Lukt();
        await stad.Klok("2026-03-03 14:00");
        await fenne.BeantwoordtConsult(casus).Lukt();
        await stad.Stil();
        Assert.Equal(["lokaal | 2026-03-02 10:15 | 2026-03-03 14:00 | casus geopend", "consult | 2026-03-03 14:00 | nu | veiligheid vroeg meenemen"], await stad.Lijn(casus, "schaal"));

        // Het RVT komt erbij, met een stoel in het kernteam; de regie blijft.
        await samira.SchaaltOp(casus, "duo", "2026-04-20 11:00").Lukt();
        await stad.Klok("2026-03-04 09:00");
        await fenne.RondtAf(casus, "Meedoen in een casus: wie van het RVT?", "Ja").Lukt();
        await stad.Klok("2026-03-05 09:00");
        Assert.Equal(["regisseur: Samira", "rvt: Fenne"], await stad.Kernteam(casus));
        await fenne.Ziet(casus).Lukt();
        Assert.Equal(["Samira | 2026-03-02 10:15 | nu | casus geopend"], await stad.Lijn(casus, "regie"));

        // Het gaat beter.
        await samira.SchaaltAf(casus).Lukt();
        Assert.True((await samira.Ziet(casus).Lukt()).Json.GetProperty("isNazorg").GetBoolean());

        // Joris weigert; dat kan niet zonder te zeggen wat wel kan. De regie blijft en er opent een knelpunt.
        await stad.Klok("2026-03-06 09:00");
        var eerste = (await samira.SteltOverdrachtVoor(casus, joris).Lukt()).Id;
        Assert.Equal(["/alternatief"], (await joris.Weigert(eerste, alternatief: null).Faalt(400)).Fouten);
        await joris.Weigert(eerste).Lukt();
        Assert.Equal(["wie, gemeld"], await stad.Knelpunten(casus));
        Assert.Contains("Besluiten over een knelpunt", await petra.Taken(casus));
        await joris.Aanvaardt(eerste).Faalt(409);

        // Naomi aanvaardt. Er verplaatst nog niets; dat doet het gesprek, vanaf het einde ervan.
        await stad.Klok("2026-03-09 09:00");
        var tweede = (await samira.SteltOverdrachtVoor(casus, naomi).Lukt()).Id;
        await naomi.Aanvaardt(tweede).Lukt();
        Assert.Equal(["Samira | 2026-03-02 10:15 | nu | casus geopend"], await stad.Lijn(casus, "regie"));
        await stad.Klok("2026-03-12 10:04");
        await naomi.LegtGesprekVast(tweede, "2026-03-12 10:00").Lukt();
        string[] regie = ["Samira | 2026-03-02 10:15 | 2026-03-12 10:00 | casus geopend", "Naomi | 2026-03-12 10:00 | nu | warm gesprek"];
        Assert.Equal(regie, await stad.Lijn(casus, "regie"));

        // Wie hield de regie om 10:02? Om 10:03 dachten we nog Samira; sinds 10:04 weten we dat het Naomi was.
        Assert.Equal(["Samira | 2026-03-02 10:15 | nu | casus geopend"], await stad.Lijn(casus, "regie", geldigOp: "2026-03-12 10:02", bekendOp: "2026-03-12 10:03"));
        Assert.Equal(["Naomi | 2026-03-12 10:00 | nu | warm gesprek"], await stad.Lijn(casus, "regie", geldigOp: "2026-03-12 10:02", bekendOp: "2026-03-12 10:04"));
        Assert.Equal(["Samira | 2026-03-02 10:15 | 2026-03-12 10:00 | casus geopend"], await stad.Lijn(casus, "regie", geldigOp: "2026-03-12 09:59"));
        Assert.Equal(["Naomi | 2026-03-12 10:00 | nu | warm gesprek"], await stad.Lijn(casus, "regie", geldigOp: "2026-03-12 10:00"));
        Assert.Equal(["Samira | 2026-03-02 10:15 | nu | casus geopend"], await stad.Lijn(casus, "regie", bekendOp: "2026-03-12 10:03"));
        Assert.Empty(await stad.Lijn(casus, "regie", geldigOp: "2026-03-02 10:14"));

        // Het kernteam weet het, en Samira blijft 28 dagen bereikbaar.
        await stad.Stil();
        Assert.Equal(["regisseur: Naomi", "rvt: Fenne", "vast-gezicht: Samira"], await stad.Kernteam(casus));
        Assert.Equal(["Bereikbaar blijven voor het gezin"], await samira.Taken(casus));
        await stad.Klok("2026-04-09 23:59");
        Assert.Equal("nazorg", (await naomi.Get($"/v1/overdrachten/{tweede}").Lukt()).Json.Tekst("status"));
        await stad.Klok("2026-04-10 00:00");
        Assert.Equal("afgesloten", (await naomi.Get($"/v1/overdrachten/{tweede}").Lukt()).Json.Tekst("status"));
        Assert.Empty(await samira.Taken(casus));

        Assert.Equal(regie, await stad.Lijn(casus, "regie"));
        Assert.Equal(["K1 vrijwillig | 2026-03-02 10:15 | nu | casus geopend"], await stad.Lijn(casus, "kader"));
    }
}
