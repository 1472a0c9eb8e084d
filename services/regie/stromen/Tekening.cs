using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>The text of a flow in Elsa's JSON. Whatever this program does not know in it, stays in it.</summary>
internal static class Tekening
{
    public const string Schema = "$schema";

    private static readonly JsonSerializerOptions Leesbaar = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1_000 };
    private static readonly JsonDocumentOptions Streng = new() { AllowDuplicateProperties = false, MaxDepth = 1_000 };

    /// <exception cref="OngeldigeInvoer">It is no JSON object.</exception>
    public static JsonObject Lees(string inhoud)
    {
        try
        {
            if (JsonNode.Parse(inhoud, documentOptions: Streng) is JsonObject tekening)
                return tekening;
        }
        catch (JsonException)
        {
        }

        throw new OngeldigeInvoer([new("", "Dit is geen stroom in het JSON-formaat van Elsa.")]);
    }

    public static string Schrijf(JsonObject tekening) => tekening.ToJsonString(Leesbaar);

    public static string AlsVersie(string inhoud, string definitieId, int versie)
    {
        var tekening = Lees(inhoud);
        Nummer(tekening, definitieId, versie);
        return Schrijf(tekening);
    }

    /// <summary>Elsa's names for a version: a number, and an id of its own.</summary>
    public static void Nummer(JsonObject tekening, string definitieId, int versie) =>
        (tekening["id"], tekening["definitionId"], tekening["version"]) = (VersieId(definitieId, versie), definitieId, versie);

    public static string VersieId(string definitieId, int versie) => $"{definitieId}-{versie}";

    public static (string DefinitieId, int Versie)? LeesVersieId(string? id) =>
        id?.LastIndexOf('-') is int streep and > 0 && int.TryParse(id[(streep + 1)..], out var versie) ? (id[..streep], versie) : null;

    /// <summary>Gives each activity the path from the workflow to it, as Elsa's server does.</summary>
    public static void GeefPaden(JsonObject tekening)
    {
        if (tekening["root"] is JsonObject root)
            GeefPad(root, "Workflow1");
    }

    /// <summary>
    /// A new drawing moves tokens unless it says otherwise: counting visits, a step with several lines in would wait for all of
    /// them in each round (decision 12).
    /// </summary>
    public static void MetTokens(JsonObject tekening)
    {
        if (tekening["customProperties"] is not JsonObject eigen)
            tekening["customProperties"] = eigen = [];
        eigen.TryAdd("Flowchart:ExecutionMode", "TokenBased");
    }

    private static void GeefPad(JsonNode? node, string ouder)
    {
        switch (node)
        {
            case JsonArray lijst:
                foreach (var element in lijst)
                    GeefPad(element, ouder);
                break;
            case JsonObject activiteit:
                if (Tekst(activiteit, "id") is { } id && Tekst(activiteit, "type") is not null)
                {
                    ouder = $"{ouder}:{id}";
                    if (Tekst(activiteit, "nodeId") != ouder)
                        activiteit["nodeId"] = ouder;
                }

                foreach (var (_, waarde) in activiteit.ToList())
                    GeefPad(waarde, ouder);
                break;
        }
    }

    public static string? Tekst(JsonNode? node, string naam) => (node as JsonObject)?[naam] is JsonValue waarde && waarde.TryGetValue(out string? tekst) ? tekst : null;
}
