using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Een ontwerper zet casussen die lopen over naar een nieuwe versie van de stroom, en weer terug.</summary>
[Collection(nameof(Alleen))]
public sealed class MigratieVerhalen
{
    private const string Stroom = "melding-tot-regisseur";
    private const string Contact = "Eerste contact met het gezin";

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Wie_midden_in_een_overdracht_zit_blijft_en_de_anderen_gaan_verder_op_de_nieuwe_versie(Opstelling opstelling)
    {
        await using var stad = await Stad.Start(opstelling, "2026-03-02 10:15");
        var ontwerper = stad.Iemand("ontwerper", "");
        var (eerste, tweede, derde) = (await stad.NieuwGezin().KrijgtCasus(), await stad.NieuwGezin().KrijgtCasus(), await stad.NieuwGezin().KrijgtCasus());
        var (regisseur, collega) = (await Regisseur(stad, derde), await Vervanger(stad, derde));
        var overdracht = (await regisseur.SteltOverdrachtVoor(derde, collega).Lukt()).Id;
        var lijnen = await Lijnen(stad, eerste, tweede, derde);

        // De ontwerper geeft meer tijd, en er komt een stap bij.
        await Publiceert(ontwerper, "5 werkdagen");

        // Eerst kijken: er verandert niets, behalve dat het is verteld.
        var voor = await stad.Opslag.Rijentelling();
        var voorbeeld = (await ontwerper.Post($"/v1/stromen/{Stroom}/migratievoorbeelden", new { van = 1 }).Lukt()).Items.ToDictionary(v => v.Nummer("casusId"));
        await stad.Stil();
        Assert.Equal(["regie.gebeurtenissen +1"], await stad.Opslag.Sinds(voor));
        Assert.Equal([true, true, false], new[] { eerste, tweede, derde }.Select(c => voorbeeld[c].GetProperty("kanMee").GetBoolean()));
        Assert.Equal(["Er loopt een overdracht van de regie; daarna kan deze casus mee."], Zinnen(voorbeeld[derde], "redenen"));
        var wacht = voorbeeld[eerste].GetProperty("wacht").EnumerateArray().Single();
        Assert.Equal((Contact, Contact, "regisseur", true), (wacht.Tekst("stapVoor"), wacht.Tekst("stapNa"), wacht.Tekst("wachtOp"), wacht.GetProperty("wordtBereikt").GetBoolean()));
        Assert.Equal((await Regisseur(stad, eerste)).Id, voorbeeld[eerste].GetProperty("regie").Nummer("na"));
        Assert.Contains("De toegezegde termijn blijft; in de andere versie staat hier 5 werkdagen in plaats van lokaal-eerste-contact.", Zinnen(wacht, "toelichting"));
        var toegezegd = wacht.GetProperty("verlooptOp").GetDateTimeOffset();

        var migratie = await Zet(ontwerper).Lukt();
        Assert.Equal("overgezet overgezet gebleven", Uitkomsten(migratie, eerste, tweede, derde));

        // De eerste rondt de oude taak af; bij de tweede loopt de toegezegde termijn af, en daarna geldt de nieuwe versie.
        await (await Regisseur(stad, eerste)).RondtAf(eerste, Contact, "Contact gehad").Lukt();
        Assert.Equal(["Terugkoppelen aan de melder"], await (await Regisseur(stad, eerste)).Taken(eerste));
        Assert.Equal([Contact], await (await Regisseur(stad, tweede)).Taken(tweede));

        // De overdracht is rond: dezelfde aanroep zet ook de derde over. De taak is nu van de nieuwe regisseur.
        await collega.Aanvaardt(overdracht).Lukt();
        await stad.Klok("2026-03-02 11:00");
        await collega.LegtGesprekVast(overdracht, "2026-03-02 10:55").Lukt();
        var rest = await Zet(ontwerper).Lukt();
        Assert.Equal("- - overgezet", Uitkomsten(rest, eerste, tweede, derde));
        Assert.Contains(Contact, await collega.Taken(derde));

        // Terug kan, waar sindsdien niets is gebeurd.
        Assert.Equal("overgezet overgezet gebleven", Uitkomsten(await ontwerper.Get($"/v1/migraties/{migratie.Id}").Lukt(), eerste, tweede, derde));
        await stad.Klok(toegezegd.AddMinutes(1));
        var leidinggevende = stad.Leidinggevende(stad.Naam((await stad.Toezichthouder.Ziet(tweede).Lukt()).Json.Nummer("houderInLaatsteInstantieId")));
        Assert.Equal(["Alsnog contact met het gezin; de termijn is voorbij"], await leidinggevende.Taken(tweede));
        var terug = await ontwerper.Post($"/v1/migraties/{migratie.Id}/terugdraaiing", new { reden = "de termijn bleek te lang" }).Lukt();
        Assert.Equal("overgezet overgezet gebleven", Uitkomsten(terug, eerste, tweede, derde));
        Assert.Contains("Er is sindsdien iets gebeurd in deze stroom; zij gaat verder zoals zij is.", Zinnen(terug.Json.GetProperty("stromen").EnumerateArray().Single(s => s.Nummer("casusId") == tweede), "redenen"));
        await stad.Toezichthouder.Post($"/v1/migraties/{migratie.Id}/terugdraaiing", new { reden = "nee" }).Faalt(403);

        // Een migratie verlegt geen lijn.
        Assert.Equal(lijnen.Where(l => !l.StartsWith($"{derde} regie", StringComparison.Ordinal)), (await Lijnen(stad, eerste, tweede, derde)).Where(l => !l.StartsWith($"{derde} regie", StringComparison.Ordinal)));
        Assert.Equal(2, (await ontwerper.Get("/v1/migraties").Lukt()).Items.Count);
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Wat_is_overgezet_en_rustig_bleef_gaat_terug_en_loopt_af_zoals_het_begon(Opstelling opstelling)
    {
        await using var stad = await Stad.Start(opstelling, "2026-03-02 10:15");
        var ontwerper = stad.Iemand("ontwerper", "");
        var casus = await stad.NieuwGezin().KrijgtCasus();
        await Publiceert(ontwerper, "5 werkdagen");
        var toestand = await stad.Opslag.Rijen("regie", "select toestand, versie from stromen");
        var migratie = await Zet(ontwerper).Lukt();
        await stad.Klok("2026-03-02 12:00");

        var terug = await ontwerper.Post($"/v1/migraties/{migratie.Id}/terugdraaiing", new { reden = "de termijn bleek te lang" }).Lukt();

        Assert.Equal("teruggezet", Uitkomsten(terug, casus));
        Assert.Equal(toestand, await stad.Opslag.Rijen("regie", "select toestand, versie from stromen"));
        await (await Regisseur(stad, casus)).RondtAf(casus, Contact, "Contact gehad").Lukt();
        Assert.Empty(await (await Regisseur(stad, casus)).Taken(casus));
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Na_uitval_halverwege_doet_dezelfde_aanroep_de_rest(Opstelling opstelling)
    {
        // Later than the real clock, as a process that has just started was not told the time yet.
        await using var stad = await Stad.Start(opstelling, "2041-03-04 09:00", instellingen: naam => naam is "all" or "regie" ? ["--CrashPoint=MigrationBeforeCommit@2"] : []);
        var ontwerper = stad.Iemand("ontwerper", "");
        Guid[] casussen = [await stad.NieuwGezin().KrijgtCasus(), await stad.NieuwGezin().KrijgtCasus(), await stad.NieuwGezin().KrijgtCasus()];
        await Publiceert(ontwerper, "5 werkdagen");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Zet(ontwerper));
        Assert.Equal(1, await Overgezet(stad));
        await Herstart(stad);

        var rest = await Zet(ontwerper).Lukt();

        Assert.Equal(3, await Overgezet(stad));
        Assert.Equal(2, rest.Json.GetProperty("stromen").GetArrayLength());
        foreach (var casus in casussen)
        {
            await (await Regisseur(stad, casus)).RondtAf(casus, Contact, "Contact gehad").Lukt();
            Assert.Equal(["Terugkoppelen aan de melder"], await (await Regisseur(stad, casus)).Taken(casus));
        }
    }

    private static async Task Herstart(Stad stad)
    {
        foreach (var dienst in stad.Processen.Where(p => p.Naam is "all" or "regie"))
        {
            if (!dienst.Proces.IsWeg)
                await dienst.Proces.Dood();
            await dienst.Start();
        }

        await stad.Stil();
    }

    private static Task<long> Overgezet(Stad stad) => stad.Opslag.Aantal("regie", $"select count(*) from stromen where definitie_id = '{Stroom}' and versie = 2");

    private static Task<Antwoord> Zet(Persoon ontwerper) => ontwerper.Post($"/v1/stromen/{Stroom}/migraties", new { van = 1, naar = 2, reden = "meer tijd voor het eerste contact" });

    /// <summary>Een nieuwe versie: een andere termijn voor het eerste contact, en daarna hoort de melder ervan.</summary>
    private static async Task Publiceert(Persoon ontwerper, string termijn)
    {
        var tekening = JsonNode.Parse((await ontwerper.Get($"/elsa/api/workflow-definitions/by-definition-id/{Stroom}").Lukt()).Tekst)!;
        var stappen = tekening["root"]!["activities"]!.AsArray();
        var contact = stappen.Single(a => (string)a!["id"]! == "eerste-contact")!;
        contact["termijn"]!["expression"]!["value"] = termijn;
        var terugkoppelen = contact.DeepClone().AsObject();
        (terugkoppelen["id"], terugkoppelen["name"]) = ("terugkoppelen", "Terugkoppelen");
        terugkoppelen["titel"]!["expression"]!["value"] = "Terugkoppelen aan de melder";
        terugkoppelen["uitkomsten"]!["expression"]!["value"] = """["Gedaan"]""";
        terugkoppelen.Remove("op");
        stappen.Add(terugkoppelen);
        var lijnen = tekening["root"]!["connections"]!.AsArray();
        lijnen.Single(l => (string)l!["source"]!["activity"]! == "eerste-contact" && (string)l["source"]!["port"]! == "Contact gehad")!["target"]!["activity"] = "terugkoppelen";
        foreach (var uitgang in new[] { "Gedaan", "Verlopen" })
            lijnen.Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = "terugkoppelen", ["port"] = uitgang }, ["target"] = new JsonObject { ["activity"] = "klaar", ["port"] = "In" } });
        await ontwerper.Post("/elsa/api/workflow-definitions", new { model = tekening, publish = true }).Lukt();
    }

    private static async Task<Persoon> Regisseur(Stad stad, Guid casus) =>
        stad.Regisseur(stad.Naam((await stad.Toezichthouder.Ziet(casus).Lukt()).Json.GetProperty("regisseur").Nummer("id")));

    private static async Task<Persoon> Vervanger(Stad stad, Guid casus) =>
        stad.Regisseur(stad.Naam((await stad.Toezichthouder.Ziet(casus).Lukt()).Json.GetProperty("vervangerIds").EnumerateArray().First().GetGuid()));

    private static async Task<IReadOnlyList<string>> Lijnen(Stad stad, params Guid[] casussen)
    {
        var lijnen = new List<string>();
        foreach (var casus in casussen)
            foreach (var lijn in new[] { "regie", "kader", "schaal", "bevoegdheid" })
                lijnen.AddRange((await stad.Lijn(casus, lijn)).Select(p => $"{casus} {lijn} {p}"));
        return lijnen;
    }

    private static string Uitkomsten(Antwoord migratie, params Guid[] casussen) =>
        string.Join(' ', casussen.Select(c => migratie.Json.GetProperty("stromen").EnumerateArray().FirstOrDefault(s => s.Nummer("casusId") == c) is { ValueKind: JsonValueKind.Object } stroom ? stroom.Tekst("uitkomst") : "-"));

    private static IEnumerable<string> Zinnen(JsonElement json, string naam) => json.GetProperty(naam).EnumerateArray().Select(z => z.GetString()!);
}
