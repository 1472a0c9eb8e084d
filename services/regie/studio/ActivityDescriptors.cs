using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Engine;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// The boxes that a designer can drag: Elsa's own as far as the engine runs them, ours, and flows that are usable as a box.
/// Studio asks for them after every save, so the answer is kept until another version is published.
/// </summary>
internal sealed class ActivityDescriptors(StapCatalogus stappen, Termijnboek termijnen, Definities definities)
{
    private Answer? _answer;

    /// <summary>What stands in the table of Elsa's own activities; to read, not to change.</summary>
    public static IReadOnlyList<JsonObject> OfElsa { get; } = Table();

    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapGet("/descriptors/activities", async (HttpContext http, ActivityDescriptors descriptors, RegieDbContext db, CancellationToken ct) =>
        {
            var answer = await descriptors.AnswerAsync(db, ct);
            http.Response.Headers.CacheControl = "private, no-cache";
            http.Response.Headers.ETag = answer.ETag;
            return http.Request.Headers.IfNoneMatch.ToString() == answer.ETag ? Results.StatusCode(304) : Results.Bytes(answer.Body, "application/json");
        }).VoorLezers();
        elsa.MapGet("/descriptors/activities/{typeName}", async (string typeName, ActivityDescriptors descriptors, RegieDbContext db, CancellationToken ct) =>
            Results.Ok((await descriptors.AnswerAsync(db, ct)).Items.SingleOrDefault(d => (string?)d["typeName"] == typeName)?.DeepClone() ?? throw Geweigerd.NietGevonden("Dit soort blokje"))).VoorLezers();
        // No input of ours has choices that depend on another one.
        elsa.MapPost("/descriptors/activities/{typeName}/options/{property}", () => Results.Ok(new { items = new JsonObject() })).VoorLezers();
    }

    private static List<JsonObject> Table()
    {
        using var table = typeof(ActivityDescriptors).Assembly.GetManifestResourceStream("studio/activities.json")!;
        return [.. JsonNode.Parse(table)!.AsArray().Select(row => FromTable(row!.AsObject()))];
    }

    private async Task<Answer> AnswerAsync(RegieDbContext db, CancellationToken ct)
    {
        var current = await db.Definities.Where(d => d.IsActueel).OrderBy(d => d.DefinitieId).Select(d => new { d.DefinitieId, d.Versie }).ToListAsync(ct);
        var key = string.Join(' ', current.Select(d => Tekening.VersieId(d.DefinitieId, d.Versie)));
        if (_answer?.Key == key)
            return _answer;

        var flows = new List<WorkflowDefinition>();
        foreach (var d in current)
            flows.Add(await definities.LeesAsync(db, d.DefinitieId, d.Versie, ct));
        List<JsonObject> items = [.. OfElsa, .. stappen.Alle.Select(stap => OfStap(stap, flows)), .. flows.Select(flow => OfFlow(Tekening.Lees(flow.ToJson()))).OfType<JsonObject>()];
        var body = JsonSerializer.SerializeToUtf8Bytes(new { items, count = items.Count }, JsonSerializerOptions.Web);
        return _answer = new(key, items, body, $"\"{Convert.ToHexString(SHA256.HashData(body))[..32]}\"");
    }

    private static JsonObject FromTable(JsonObject row)
    {
        var type = (string)row["type"]!;
        var ports = Ports(row["embedded"], "Embedded").Concat(Ports(row["flow"], "Flow"));
        var descriptor = Descriptor(type, (string)row["category"]!, (string)row["title"]!, (string)row["text"]!, ports,
            (row["inputs"] as JsonArray ?? []).Select((i, order) => Input((string)i!["name"]!, (string)i["title"]!, (string)i["text"]!, (string)i["type"]!, (string)i["hint"]!, order,
                (i["choices"] as JsonArray)?.Select(c => ((string)c![0]!, (string)c[1]!)), i["default"]?.DeepClone(), i["isUnwrapped"] is null)),
            (row["outputs"] as JsonArray ?? []).Select(o => Output((string)o!["name"]!, (string)o["title"]!, (string)o["text"]!, (string)o["type"]!)));
        foreach (var property in new[] { "kind", "isContainer", "isBrowsable", "isStart", "isTerminal" })
            if (row[property] is { } value)
                descriptor[property] = value.DeepClone();
        return descriptor;
    }

    private static IEnumerable<JsonObject> Ports(JsonNode? ports, string type) =>
        (ports as JsonArray ?? []).Select(p => Port((string)p![0]!, (string)p[1]!, type));

    private JsonObject OfStap(Stap stap, IReadOnlyList<WorkflowDefinition> flows)
    {
        // A list whose elements become exits; the fixed exits stand with it.
        var outcomes = stap.Invoer.FirstOrDefault(v => v is { Naam: "uitkomsten", Soort: VeldSoort.Lijst });
        return Descriptor(stap.Type, stap is OpdrachtStap ? "Andere diensten" : "Casus", stap.Titel, stap.Uitleg,
            outcomes is null ? stap.Uitgangen.Select(u => Port(u, u, "Flow")) : [],
            stap.Invoer.Select((veld, order) => OfVeld(veld, order, veld == outcomes ? stap.Uitgangen : null, flows)),
            stap.Uitvoer.Select(veld => Output(Pascal(veld.Naam), veld.Titel, veld.Uitleg, "String")));
    }

    private JsonObject OfVeld(Veld veld, int order, IReadOnlyList<string>? fixedOutcomes, IReadOnlyList<WorkflowDefinition> flows)
    {
        var (type, hint) = veld.Soort switch
        {
            VeldSoort.Lijst => ("String[]", fixedOutcomes is null ? "multitext" : "dynamic-outcomes"),
            VeldSoort.JaNee => ("Boolean", "checkbox"),
            VeldSoort.Object => ("ObjectDictionary", "json-editor"),
            VeldSoort.Termijn => ("String", "dropdown"),
            _ => ("String", veld.Keuzes.Count > 0 ? "dropdown" : "singleline"),
        };
        var choices = veld.Soort == VeldSoort.Termijn ? termijnen.Alle.Select(t => (t.Id, $"{t.Naam} ({t.Id})")).Concat(DurationsIn(flows, veld.Naam).Select(duur => (duur, duur)))
            : veld.Keuzes.Count > 0 ? veld.Keuzes.Select(k => (k, k))
            : null;
        var input = Input(Pascal(veld.Naam), veld.Titel, veld.IsVerplicht ? $"{veld.Uitleg} Verplicht." : veld.Uitleg, type, hint, order, choices);
        if (fixedOutcomes is not null)
            input["uiSpecifications"]!["DynamicOutcomesOptions"] = new JsonObject { ["fixedOutcomes"] = new JsonArray([.. fixedOutcomes.Select(o => (JsonNode)o)]) };
        return input;
    }

    // A term may also be a duration of its own; Studio shows only what is in the list.
    private IEnumerable<string> DurationsIn(IReadOnlyList<WorkflowDefinition> flows, string field) =>
        flows.SelectMany(flow => flow.Activities).Select(a => a.LiteralInput(field)?.ToString()).OfType<string>().Where(term => term.Length > 0 && !termijnen.Bevat(term)).Distinct().Order(StringComparer.Ordinal);

    /// <summary>A flow as a box, if its options say that it may be one.</summary>
    private static JsonObject? OfFlow(JsonObject drawing)
    {
        if (drawing["options"] is not JsonObject options || options["usableAsActivity"]?.GetValueKind() != JsonValueKind.True)
            return null;
        var (id, name) = ((string)drawing["definitionId"]!, Tekening.Tekst(drawing, "name") ?? (string)drawing["definitionId"]!);
        var outcomes = (drawing["outcomes"] as JsonArray ?? []).Select(o => o!.ToString()).DefaultIfEmpty("Done");
        var descriptor = Descriptor(Pascal(string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Pascal))), Tekening.Tekst(options, "activityCategory") ?? "Stromen", name, Tekening.Tekst(drawing, "description") ?? "",
            outcomes.Select(o => Port(o, o, "Flow")),
            (drawing["inputs"] as JsonArray ?? []).OfType<JsonObject>().Select((i, order) => Input(Tekening.Tekst(i, "name")!, Tekening.Tekst(i, "displayName") ?? Tekening.Tekst(i, "name")!, Tekening.Tekst(i, "description") ?? "", Tekening.Tekst(i, "type") ?? "Object", Tekening.Tekst(i, "uiHint") ?? "singleline", order)),
            (drawing["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select(o => Output(Tekening.Tekst(o, "name")!, Tekening.Tekst(o, "displayName") ?? Tekening.Tekst(o, "name")!, Tekening.Tekst(o, "description") ?? "", Tekening.Tekst(o, "type") ?? "Object")));
        JsonObject reference() => new() { ["workflowDefinitionId"] = id, ["workflowDefinitionVersionId"] = (string)drawing["id"]!, ["latestAvailablePublishedVersion"] = (int)drawing["version"]!, ["latestAvailablePublishedVersionId"] = (string)drawing["id"]! };
        descriptor["customProperties"] = new JsonObject(reference().Select(p => KeyValuePair.Create(Pascal(p.Key), p.Value?.DeepClone())));
        descriptor["constructionProperties"] = reference();
        return descriptor;
    }

    private static JsonObject Descriptor(string type, string category, string title, string text, IEnumerable<JsonObject> ports, IEnumerable<JsonObject> inputs, IEnumerable<JsonObject> outputs) => new()
    {
        ["typeName"] = type,
        ["namespace"] = type.Split('.')[0],
        ["name"] = type[(type.LastIndexOf('.') + 1)..],
        ["version"] = 1,
        ["category"] = category,
        ["displayName"] = title,
        ["description"] = text,
        ["inputs"] = new JsonArray([.. inputs]),
        ["outputs"] = new JsonArray([.. outputs]),
        ["kind"] = "Action",
        ["runAsynchronously"] = false,
        ["ports"] = new JsonArray([.. ports]),
        ["customProperties"] = new JsonObject(),
        ["constructionProperties"] = new JsonObject(),
        ["isContainer"] = false,
        ["isBrowsable"] = true,
        ["isStart"] = false,
        ["isTerminal"] = false,
    };

    private static JsonObject Port(string name, string title, string type) => new() { ["name"] = name, ["displayName"] = title, ["type"] = type, ["isBrowsable"] = true };

    private static JsonObject Input(string name, string title, string text, string type, string hint, int order, IEnumerable<(string Value, string Text)>? choices = null, JsonNode? value = null, bool isWrapped = true)
    {
        var input = new JsonObject
        {
            ["isWrapped"] = isWrapped,
            ["uiHint"] = hint,
            ["isReadOnly"] = false,
            ["isSensitive"] = false,
            ["autoEvaluate"] = true,
            ["uiSpecifications"] = choices is null ? new JsonObject() : new JsonObject
            {
                ["dropdown"] = new JsonObject
                {
                    ["selectList"] = new JsonObject { ["items"] = new JsonArray([.. choices.Select(c => new JsonObject { ["text"] = c.Text, ["value"] = c.Value })]) },
                },
            },
            ["name"] = name,
            ["typeName"] = type,
            ["displayName"] = title,
            ["description"] = text,
            ["order"] = order,
            ["isBrowsable"] = true,
            ["isSerializable"] = true,
            ["isSynthetic"] = false,
        };
        if (value is not null)
            input["defaultValue"] = value;
        return input;
    }

    private static JsonObject Output(string name, string title, string text, string type) => new()
    {
        ["name"] = name,
        ["typeName"] = type,
        ["displayName"] = title,
        ["description"] = text,
        ["isBrowsable"] = true,
        ["isSerializable"] = true,
    };

    private static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private sealed record Answer(string Key, IReadOnlyList<JsonObject> Items, byte[] Body, string ETag);
}
