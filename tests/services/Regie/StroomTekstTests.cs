using System.Text.Json.Nodes;
using NetwerkRegie.Regie;
using NetwerkRegie.Termijnen;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

public sealed class StroomTekstTests
{
    [Fact]
    public void Een_stroom_leest_als_genummerde_stappen_met_wie_hoe_lang_en_hoe_verder()
    {
        var tekst = Beschrijf(Lees("opschaling"));

        Assert.Equal("Wat is gevraagd?", tekst.Stappen[0].Naam);
        Assert.Equal(Enumerable.Range(1, tekst.Stappen.Count), tekst.Stappen.Select(s => s.Nummer));
        var consult = tekst.Stappen.Single(s => s.Id == "consult");
        Assert.Equal("Consult vragen", consult.Soort);
        Assert.Contains(consult.Regels, r => r.StartsWith("Termijn: rvt-reactie (", StringComparison.Ordinal) && r.EndsWith("werkdagen)", StringComparison.Ordinal));
        Assert.Contains("Vlottrekker: leidinggevende van het RVT", consult.Regels);
        Assert.Equal("Consult duurt te lang", tekst.Stappen[consult.Uitgangen.Single(u => u.Naam == "termijn voorbij").Naar!.Value - 1].Naam);
        Assert.Contains("Uitkomsten: Ja, Nee", tekst.Stappen.Single(s => s.Id == "meedoen").Regels);
        Assert.Equal(["Acuut: als acuut is 'ja'", "Advies: als naar is 'consult'", "Meedoen: als naar is niet 'consult'"], tekst.Stappen[0].Regels);
        Assert.Contains(consult.Uitgangen, u => u.Naam == "Consult gegeven");
    }

    [Fact]
    public void Elke_stroom_is_te_lezen_en_elke_lijn_komt_ergens_aan()
    {
        foreach (var bestand in Directory.EnumerateFiles(Repository.Path("workflows/definities"), "*.json"))
        {
            var tekst = Beschrijf(Lees(Path.GetFileNameWithoutExtension(bestand)));
            Assert.NotEmpty(tekst.Stappen);
            Assert.All(tekst.Stappen.SelectMany(s => s.Uitgangen), u => Assert.NotNull(u.Naar));
        }
    }

    [Fact]
    public void Een_verschil_staat_er_in_gewone_woorden()
    {
        var (oud, nieuw) = (Lees("opschaling"), Lees("opschaling"));
        var activiteiten = nieuw["root"]!["activities"]!.AsArray();
        activiteiten.Single(a => (string)a!["id"]! == "consult")!["termijn"]!["expression"]!["value"] = "3 werkdagen";
        activiteiten.Remove(activiteiten.Single(a => (string)a!["id"]! == "kan-niet"));
        nieuw["root"]!["connections"]!.AsArray().Single(c => (string)c!["source"]!["activity"]! == "opschalen" && (string)c["source"]!["port"]! == "Geweigerd")!["target"]!["activity"] = "afwijzen";

        var verschillen = StroomTekst.Verschillen(Beschrijf(oud), Beschrijf(nieuw));

        Assert.Contains("Vervallen: 'Opschalen kan nog niet'.", verschillen);
        Assert.Contains(verschillen, v => v.StartsWith("Bij 'Consult vragen' was Termijn rvt-reactie (", StringComparison.Ordinal) && v.EndsWith("en nu 3 werkdagen.", StringComparison.Ordinal));
        Assert.Contains("Na 'Opschalen' met 'Geweigerd' kwam 'Opschalen kan nog niet', en nu 'Opschaling gaat niet door'.", verschillen);
        Assert.Equal(3, verschillen.Count);
        Assert.Empty(StroomTekst.Verschillen(Beschrijf(oud), Beschrijf(oud)));
    }

    [Fact]
    public void Een_halve_tekening_is_ook_te_lezen()
    {
        Assert.Empty(Beschrijf([]).Stappen);
        Assert.Equal("a", Assert.Single(Beschrijf(JsonNode.Parse("""{"root":{"activities":[{"id":"a","type":"Onbekend"},{"type":"x"}],"connections":[{"source":{"activity":"a"}},{}]}}""")!.AsObject()).Stappen).Naam);
    }

    private static StroomTekst Beschrijf(JsonObject tekening) => StroomTekst.Van(new StroomVersie("proef", 1, IsOntwerp: true, IsActueel: false, default, tekening.ToJsonString()), new StapCatalogus(), Termijnboek.Standaard);

    private static JsonObject Lees(string stroom) => JsonNode.Parse(File.ReadAllText(Repository.Path($"workflows/definities/{stroom}.json")))!.AsObject();
}
