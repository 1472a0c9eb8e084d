using System.Text.Json.Nodes;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Wat bij een stap als vaste tekst is ingevuld, en dus te wijzigen is zonder te tekenen. Wat de stroom berekent, en waar de
/// lijnen van afhangen, blijft werk voor de tekening.
/// </summary>
internal static class StapVelden
{
    private const string Vast = "Literal";

    public static IReadOnlyList<VeldTekst> Van(JsonObject activiteit, Stap? stap) =>
        [.. Wijzigbaar(activiteit, stap).Select(veld => new VeldTekst(veld.Naam, veld.Titel, veld.Uitleg, veld.Soort == VeldSoort.Termijn, veld.IsVerplicht, veld.Keuzes, Waarde(activiteit[veld.Naam])))];

    /// <summary>Vult een veld in, of maakt het leeg.</summary>
    /// <exception cref="OngeldigeInvoer">Bij deze stap is dit niet te wijzigen.</exception>
    public static void Wijzig(JsonObject activiteit, StapCatalogus stappen, IReadOnlyDictionary<string, string?> waarden)
    {
        var velden = Wijzigbaar(activiteit, stappen.Vind(Tekening.Tekst(activiteit, "type") ?? "")).ToDictionary(v => v.Naam);
        new Invoer().EisAlles(waarden.Keys.Select(naam => (velden.ContainsKey(naam), $"/velden/{naam}", "Dit is bij deze stap niet zonder tekenen te wijzigen."))).Klaar();
        foreach (var (naam, waarde) in waarden)
            if (string.IsNullOrWhiteSpace(waarde))
                activiteit.Remove(naam);
            else if (activiteit[naam]?["expression"] is JsonObject expressie)
                expressie["value"] = waarde.Trim();
            else
                activiteit[naam] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = Vast, ["value"] = waarde.Trim() } };
    }

    // Filled in as a plain text, or still to be filled in.
    private static IEnumerable<Veld> Wijzigbaar(JsonObject activiteit, Stap? stap) =>
        (stap?.Invoer ?? []).Where(v => v.Soort is VeldSoort.Tekst or VeldSoort.Termijn && (activiteit[v.Naam] is { } invoer ? IsVast(invoer) : v.IsVerplicht));

    private static bool IsVast(JsonNode invoer) =>
        invoer is JsonObject && invoer["expression"] is JsonObject expressie && Tekening.Tekst(expressie, "type") == Vast
        && (expressie["value"] is null || Tekening.Tekst(expressie, "value") is not null);

    private static string? Waarde(JsonNode? invoer) => Tekening.Tekst((invoer as JsonObject)?["expression"], "value");
}

/// <summary>Iets dat bij een stap te wijzigen is.</summary>
/// <param name="IsTermijn">Een naam uit het termijnboek, of een duur zoals <c>5 werkdagen</c>.</param>
/// <param name="Keuzes">Waaruit te kiezen is; leeg is vrij.</param>
/// <param name="Waarde">Ontbreekt als er niets is ingevuld.</param>
public sealed record VeldTekst(string Naam, string Titel, string Uitleg, bool IsTermijn, bool IsVerplicht, IReadOnlyList<string> Keuzes, string? Waarde);
