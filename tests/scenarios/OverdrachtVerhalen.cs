using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Hoe een overdracht anders kan lopen. De regie blijft steeds bij een mens met een naam.</summary>
[Collection(nameof(Verhalen))]
public sealed class OverdrachtVerhalen(Steden steden)
{
    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Op_stilte_blijft_de_regie_en_opent_een_knelpunt(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        var voorstel = await casus.Regisseur.SteltOverdrachtVoor(casus.Id, casus.Collega).Lukt();
        var antwoordVoor = voorstel.Json.GetProperty("antwoordVoor").GetDateTimeOffset();

        await stad.Klok(antwoordVoor.AddMinutes(-1));
        Assert.Equal("voorgesteld", await Status(casus, voorstel.Id));
        await stad.Klok(antwoordVoor);

        Assert.Equal("verlopen", await Status(casus, voorstel.Id));
        Assert.Equal(["wie, gemeld"], await stad.Knelpunten(casus.Id));
        Assert.Equal([$"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | nu | casus geopend"], await stad.Lijn(casus.Id, "regie"));

        // Een antwoord na de termijn verandert niets meer.
        await casus.Collega.Aanvaardt(voorstel.Id).Faalt(409);
        await casus.Collega.Weigert(voorstel.Id).Faalt(409);
        Assert.Equal(["wie, gemeld"], await stad.Knelpunten(casus.Id));

        // Over het knelpunt beslist de leidinggevende, en pas dan is het van tafel.
        var knelpunt = (await casus.Leidinggevende.Get($"/v1/casussen/{casus.Id}/knelpunten").Lukt()).Items.Single().Nummer("id");
        await casus.Leidinggevende.Post($"/v1/knelpunten/{knelpunt}/besluit", new { besluit = "ter kennisgeving", reden = "gelezen" }).Faalt(400);
        await casus.Leidinggevende.Post($"/v1/knelpunten/{knelpunt}/besluit", new { besluit = "weigeren", reden = "de regie blijft waar zij is" }).Lukt();
        await stad.Stil();
        Assert.Equal(["wie, besloten"], await stad.Knelpunten(casus.Id));
        Assert.Empty(await casus.Leidinggevende.Taken(casus.Id));
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Een_ingetrokken_voorstel_laat_alles_zoals_het_was(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        var eerste = (await casus.Regisseur.SteltOverdrachtVoor(casus.Id, casus.Collega).Lukt()).Id;
        await casus.Regisseur.SteltOverdrachtVoor(casus.Id, casus.Waarnemer).Faalt(409);
        await casus.Collega.TrektIn(eerste).Faalt(403);
        await casus.Regisseur.TrektIn(eerste).Lukt();
        await casus.Collega.Aanvaardt(eerste).Faalt(409);

        // Ook na het aanvaarden kan het nog, tot het gesprek.
        var tweede = (await casus.Regisseur.SteltOverdrachtVoor(casus.Id, casus.Collega).Lukt()).Id;
        await casus.Collega.Aanvaardt(tweede).Lukt();
        await casus.Regisseur.TrektIn(tweede).Lukt();
        await casus.Collega.LegtGesprekVast(tweede, Stad.Tekst(stad.Nu)).Faalt(409);

        Assert.Empty(await stad.Knelpunten(casus.Id));
        Assert.Empty(await casus.Collega.Taken(casus.Id));
        Assert.Equal([$"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | nu | casus geopend"], await stad.Lijn(casus.Id, "regie"));
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Van_aanvaarden_en_intrekken_tegelijk_wint_er_een(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        for (var keer = 0; keer < 5; keer++)
        {
            var voorstel = (await casus.Regisseur.SteltOverdrachtVoor(casus.Id, casus.Collega).Lukt()).Id;
            var antwoorden = await Task.WhenAll(casus.Collega.Aanvaardt(voorstel), casus.Collega.Weigert(voorstel), casus.Collega.Aanvaardt(voorstel));
            Assert.Single(antwoorden, a => a.Status == 200);
            foreach (var verloren in antwoorden.Where(a => a.Status != 200))
                await Task.FromResult(verloren).Faalt(409);
            if (await Status(casus, voorstel) == "aanvaard")
                await casus.Regisseur.TrektIn(voorstel).Lukt();

            // Intrekken mag ook na aanvaarden: wie ook het eerst is, het voorstel is daarna van tafel en de regie bleef.
            voorstel = (await casus.Regisseur.SteltOverdrachtVoor(casus.Id, casus.Collega).Lukt()).Id;
            var (aanvaarding, intrekking) = (casus.Collega.Aanvaardt(voorstel), casus.Regisseur.TrektIn(voorstel));
            await intrekking.Lukt();
            if ((await aanvaarding).Status != 200)
                await aanvaarding.Faalt(409);
            Assert.Equal("ingetrokken", await Status(casus, voorstel));
        }

        Assert.Equal([$"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | nu | casus geopend"], await stad.Lijn(casus.Id, "regie"));
    }

    private static async Task<string> Status(Casus casus, Guid overdracht) =>
        (await casus.Leidinggevende.Get($"/v1/overdrachten/{overdracht}").Lukt()).Json.Tekst("status");
}
