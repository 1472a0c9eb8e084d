using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Wat mensen opschrijven blijft bij wie het mag lezen, welke weg een casus ook gaat.</summary>
[Collection(nameof(Alleen))]
public sealed class GeheimhoudingVerhalen
{
    private const string Naam = "Daniël Rozenboom";
    private const string Geboren = "14-11-2012";
    private const string Afkomst = "de verzwegen grootvader";

    private static readonly string Persoonlijk = $"{Naam}, geboren {Geboren}";

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Namen_geboortedata_en_geheimen_komen_in_geen_bericht_logregel_adres_of_fout(Opstelling opstelling)
    {
        await using var stad = await Stad.Start(opstelling);
        var geheimhouding = await Geheimhouding.Volg(stad);
        var gezin = stad.NieuwGezin();
        var melding = gezin.Hulpvraag();
        melding["samenvatting"] = Persoonlijk;
        melding["gevraagdeActie"] = Persoonlijk;
        var id = await stad.CasusVan((await stad.Melder.Meldt(melding).Lukt()).Id);
        var casus = await stad.CasusVan(id, gezin);
        var (samira, fenne, moeder) = (casus.Regisseur, stad.Rvt("Fenne"), stad.Iemand("gezin", ""));

        // Toestemming, en wat erop rust.
        var kind = (await samira.Post("/v1/betrokkenen", new { casusId = id, @ref = "K1", relatie = "jongere", twaalfOp = "2024-11-14" }).Lukt()).Id;
        var ouder = (await samira.Post("/v1/betrokkenen", new { casusId = id, @ref = "moeder", relatie = "ouder", persoonId = moeder.Id }).Lukt()).Id;
        await samira.Post($"/v1/betrokkenen/{ouder}/gezag", new { kindRef = "K1", gezag = "ja", bron = Persoonlijk, nagegaanOp = stad.Nu }).Lukt();
        var vraag = new { casusId = id, persoonRef = "K1", doel = Persoonlijk, gegevens = "plan", ontvanger = Naam, inhoud = Persoonlijk };
        await samira.Post("/v1/verstrekkingen", vraag).Faalt(409);
        var toestemming = (await samira.Post("/v1/toestemmingen", new { casusId = id, persoonRef = "K1", doel = Persoonlijk, gegevens = "plan", ontvanger = Naam, ondertekenaars = new[] { "K1", "moeder" } }).Lukt()).Id;
        await samira.Post("/v1/verstrekkingen", vraag).Lukt();
        await samira.Post($"/v1/toestemmingen/{toestemming}/intrekking").Lukt();
        await samira.Post($"/v1/betrokkenen/{kind}/vertrek", new { reden = Persoonlijk }).Lukt();
        await samira.Post("/v1/betrokkenen", new { casusId = id, @ref = Naam, relatie = Naam }).Faalt(400);

        // Een geheim, en wie ernaar zoekt.
        await stad.Stil();
        var geheim = (await samira.Post($"/v1/casussen/{id}/geheimen", new { naam = Afkomst, lezers = new[] { "regisseur", $"{moeder.Id}" }, reden = Afkomst }).Lukt()).Id;
        var stuk = (await moeder.Post($"/v1/casussen/{id}/geheimen/{geheim}/stukken", new { tekst = $"{Afkomst}, {Persoonlijk}" }).Lukt()).Id;
        await moeder.Post($"/v1/casussen/{id}/geheimen/{geheim}/stukken/{stuk}/openingen", new { persoonId = casus.Collega.Id }).Lukt();
        Assert.Single((await samira.Post("/v1/zoekvragen", new { q = Afkomst }).Lukt()).Items);
        foreach (var ander in new[] { casus.Leidinggevende, stad.Toezichthouder, stad.Iemand("school", "") })
            Assert.Empty((await ander.Post("/v1/zoekvragen", new { q = Afkomst }).Lukt()).Items);
        await stad.Iemand("school", "").Get($"/v1/casussen/{id}/geheimen/{geheim}/stukken").Faalt(404);
        await casus.Leidinggevende.Get($"/v1/casussen/{id}/geheimen/{geheim}/stukken").Faalt(404);

        // De gewone wegen van een casus, met in elk vrij veld iets persoonlijks.
        await samira.Post($"/v1/kernteams/{id}/plannen", new { kernvraag = Persoonlijk, besprokenMetGezinOp = stad.Nu, afspraken = Persoonlijk }).Lukt();
        await samira.Post($"/v1/kernteams/{id}/koers", new { punten = new[] { Persoonlijk }, reden = Persoonlijk }).Lukt();
        await samira.Post($"/v1/kernteams/{id}/stops", new { reden = Persoonlijk }).Lukt();
        var incident = (await samira.Post("/v1/incidenten", new { casusId = id, aard = Persoonlijk, acuut = true }).Lukt()).Id;
        var knelpunt = (await samira.Post($"/v1/casussen/{id}/knelpunten", new { soort = "capaciteit", omschrijving = Persoonlijk, overbrugging = "de praktijkondersteuner" }).Lukt()).Id;
        await casus.Leidinggevende.Post($"/v1/knelpunten/{knelpunt}/besluit", new { besluit = Persoonlijk, reden = Persoonlijk }).Faalt(400);
        await casus.Leidinggevende.Post($"/v1/knelpunten/{knelpunt}/besluit", new { besluit = "weigeren", reden = Persoonlijk }).Lukt();
        await samira.Post($"/v1/casussen/{id}/opschalingen", new { naar = "consult", reden = "veiligheid vroeg meenemen" }).Lukt();
        await stad.Stil();
        var consult = (await fenne.Get("/v1/consulten?status=open").Lukt()).Items.Single(c => c.Nummer("casusId") == id).Nummer("id");
        await fenne.Post($"/v1/consulten/{consult}/antwoord", new { advies = Persoonlijk, veiligheidsafspraken = Persoonlijk }).Lukt();
        var overdracht = (await samira.Post($"/v1/casussen/{id}/overdrachten", new { naarId = casus.Collega.Id, reden = Persoonlijk }).Lukt()).Id;
        await casus.Collega.Post($"/v1/overdrachten/{overdracht}/weigering", new { reden = Persoonlijk, alternatief = Persoonlijk }).Lukt();
        await samira.Post($"/v1/casussen/{id}/vervangingen", new { soort = "acuut", reden = Persoonlijk }).Lukt();

        // The incident goes from person to person until somebody has it; what has a term after that, passes it.
        await stad.Klok(stad.Nu.AddHours(1));
        await fenne.Post($"/v1/incidenten/{incident}/bevestiging", new { afspraak = Persoonlijk, lichtereWeg = Persoonlijk }).Lukt();
        await stad.Klok(stad.Nu.AddDays(20));

        Assert.True(await geheimhouding.Verteld() > 20);
        // What is in messages on purpose is found, so what is not found is not there.
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => geheimhouding.NietsGelekt(gezin.Ref));
        await geheimhouding.NietsGelekt(Naam, Geboren, Afkomst, "2012-11-14", "2024-11-14");
    }
}
