using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NetwerkRegie.Regie;
using NetwerkRegie.Toezicht.Werkplek;
using Xunit;

namespace NetwerkRegie.Services.Tests.Toezicht;

/// <summary>Op de werkplek is van elke taak te zeggen hoe zij klaar komt, ook van een blokje dat er nog bij komt.</summary>
public sealed partial class TaaksoortTests
{
    /// <summary>Hier wordt op niemand gewacht: de klok, een ander systeem of een andere organisatie antwoordt.</summary>
    private static readonly string[] NietVanEenMens =
        ["NazorgBieden", "VoorgangerAfwachten", "OntvangstAfwachten", "OnderzoekAfwachten", "BesluitVanRechterAfwachten", "EindeZienAankomen", "BeschikkingLatenAflopen"];

    /// <summary>Een overdracht heeft een pagina van zichzelf, en van een taak zonder meer wordt de uitkomst gekozen waar zij staat.</summary>
    private static readonly string[] ZonderEigenFormulier = ["Taak", "AntwoordAfwachten", "GesprekAfwachten"];

    private static readonly IReadOnlyList<string> Wachtend =
        [.. new StapCatalogus().Alle.Where(s => s is not OpdrachtStap && (s.Wacht || s is NetwerkRegie.Regie.Taak)).Select(s => s.Type.Split('.')[^1])];

    [Fact]
    public void Elk_blokje_dat_op_een_mens_wacht_heeft_een_formulier_en_er_is_geen_formulier_te_veel() =>
        Assert.Equal(
            Wachtend.Except(NietVanEenMens).Except(ZonderEigenFormulier).Append(Taaksoort.Consult).Order(StringComparer.Ordinal),
            Taaksoort.Alle.Where(t => t.Value.Handelingen.Count > 0).Select(t => t.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Waar_niets_in_te_vullen_is_staat_waarom() =>
        Assert.Equal(NietVanEenMens.Order(StringComparer.Ordinal), Taaksoort.Alle.Where(t => t.Value.Zin is not null).Select(t => t.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Een_formulier_zegt_wat_er_met_de_regie_gebeurt() =>
        Assert.All(Taaksoort.Alle.SelectMany(t => t.Value.Handelingen).Select(h => h.Uitleg).Concat(CasusHandelingen.Alle.Select(h => h.Uitleg)), uitleg => Assert.Contains("regie", uitleg, StringComparison.Ordinal));

    [Fact]
    public void Wat_een_formulier_verstuurt_vraagt_de_dienst_op_dat_adres()
    {
        var api = JsonNode.Parse(File.ReadAllText(Repository.Path("tests/services/openapi.approved.json")))!;
        var taak = new NetwerkRegie.Toezicht.Werkplek.Taak(Guid.Empty, Guid.Empty, "", "", Guid.Empty.ToString(), [], default, null, null, ["K1"]);

        Assert.All(Taaksoort.Alle.Values.SelectMany(t => t.Handelingen), handeling => Past(handeling, taak));
        Assert.All(CasusHandelingen.Alle, handeling => Past(handeling, new CasusDeel(Guid.Empty, Guid.Empty)));

        void Past<T>(Handeling<T> handeling, T over)
        {
            var adres = handeling.Naar(over)["/v1".Length..];
            var route = api["paths"]!.AsObject().SingleOrDefault(p => Regex.IsMatch(adres, $"^{Parameter().Replace(p.Key, "[^/]+")}$")).Value?["post"];
            Assert.True(route is not null, $"{handeling.Titel}: {adres}");
            var vraagt = route["requestBody"]?["content"]!["application/json"]!["schema"]!["$ref"] is { } schema
                ? api["components"]!["schemas"]![$"{schema}".Split('/')[^1]]!["properties"]!.AsObject().Select(p => p.Key).ToList()
                : [];
            var verstuurd = JsonSerializer.SerializeToNode(handeling.Inhoud(Formulier.Leeg(), over), JsonSerializerOptions.Web)!.AsObject().Select(p => p.Key).ToList();
            Assert.Subset(vraagt.ToHashSet(), verstuurd.ToHashSet());
            Assert.Subset(verstuurd.ToHashSet(), handeling.Velden.Select(v => v.Naam.Split('.')[0]).ToHashSet());
        }
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
