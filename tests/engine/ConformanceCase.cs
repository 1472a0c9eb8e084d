using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Tests;

/// <summary>
/// One case of <c>conformiteit/*.json</c>: a small workflow, what happens to it, and what must come of it. Written short:
/// <c>"type": "While"</c> is Elsa.While; <c>"=text": "a"</c> is an input with a literal, <c>"js:…"</c> one in JavaScript,
/// <c>"expr:…"</c> one with its expression written out and <c>"->result": "x"</c> an output to variable x; <c>"a:True -> b"</c>
/// is a connection; a name is the id.
/// </summary>
public sealed class ConformanceCase(string file, JsonObject source)
{
    public string Name => source["naam"]!.ToString();

    public string File => file;

    /// <summary>The features that it shows, beside the activities that it uses.</summary>
    public IEnumerable<string> Features => source["toont"]?.AsArray().Select(f => f!.ToString()) ?? [];

    /// <summary>What we chose where nothing is known of Elsa.</summary>
    public string? Choice => source["keuze"]?.ToString();

    /// <summary>The kinds of Elsa's activities in it.</summary>
    public IEnumerable<string> ActivityTypes =>
        Workflows.SelectMany(w => TypesIn(w.Value!)).Where(t => t.StartsWith("Elsa.", StringComparison.Ordinal)).Distinct();

    public IReadOnlyList<JsonObject> Steps => [.. source["verloop"]?.AsArray().Select(s => s!.AsObject()) ?? []];

    public JsonObject Expected => source["verwacht"]?.AsObject() ?? [];

    /// <summary>The faults with which it is refused, as "path: message".</summary>
    public IReadOnlyList<string>? Refusals => source["geweigerd"]?.AsArray().Select(f => f!.ToString()).ToList();

    private IEnumerable<KeyValuePair<string, JsonNode?>> Workflows =>
        (source["andere"]?.AsObject() ?? []).Prepend(new("stroom", source["stroom"]))
            .Concat(Steps.Where(s => s.ContainsKey("versie")).Select(s => new KeyValuePair<string, JsonNode?>("versie", s["versie"])));

    public static IEnumerable<ConformanceCase> Read(string folder) =>
        from path in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
        from one in JsonNode.Parse(System.IO.File.ReadAllText(path))!.AsArray()
        select new ConformanceCase(Path.GetFileNameWithoutExtension(path), one!.AsObject());

    public string Definition() => Definition("stroom", 1, source["stroom"]!.AsObject());

    public IEnumerable<WorkflowDefinition> Others() =>
        (source["andere"]?.AsObject() ?? []).Select(o => WorkflowDefinition.Parse(Definition(o.Key, 1, o.Value!.AsObject())));

    /// <summary>Elsa's JSON from the short form.</summary>
    public static string Definition(string id, int version, JsonObject workflow)
    {
        var full = workflow.DeepClone().AsObject();
        var root = full["root"] as JsonObject ?? new JsonObject { ["type"] = "Flowchart" };
        foreach (var moved in new[] { "activities", "connections" })
        {
            if (full.TryGetPropertyValue(moved, out var value))
            {
                full.Remove(moved);
                root[moved] = value;
            }
        }

        root["id"] ??= "root";
        full["root"] = Activity(root);
        full["id"] = $"{id}-{version}";
        full["definitionId"] = id;
        full["version"] = version;
        full["variables"] = Variables(full["variables"]);
        return full.ToJsonString();
    }

    private static IEnumerable<string> TypesIn(JsonNode node) => node switch
    {
        JsonObject members => members.Where(m => m.Value is not null).SelectMany(m => m.Key == "type" && m.Value is JsonValue ? [TypeName(m.Value.ToString())] : TypesIn(m.Value!))
            .Concat(members.ContainsKey("activities") && !members.ContainsKey("type") ? ["Elsa.Flowchart"] : []),
        JsonArray elements => elements.OfType<JsonNode>().SelectMany(TypesIn),
        _ => [],
    };

    private static string TypeName(string type) => type.Contains('.', StringComparison.Ordinal) || type.Length == 0 || char.IsLower(type[0]) ? type : $"Elsa.{type}";

    private static JsonObject Activity(JsonObject brief)
    {
        var full = new JsonObject();
        var isWorkflow = brief.ContainsKey("workflowDefinitionId");
        foreach (var (key, value) in brief)
        {
            var (mark, name) = key switch
            {
                _ when key.StartsWith('=') => ("=", key[1..]),
                _ when key.StartsWith("js:", StringComparison.Ordinal) => ("js", key[3..]),
                _ when key.StartsWith("expr:", StringComparison.Ordinal) => ("expr", key[5..]),
                _ when key.StartsWith("->", StringComparison.Ordinal) => ("->", key[2..]),
                _ => ("", key),
            };
            full[name] = mark switch
            {
                "=" => Wrapped("Literal", value),
                "js" => Wrapped("JavaScript", value),
                "expr" => new JsonObject { ["typeName"] = "Object", ["expression"] = value?.DeepClone() },
                "->" => new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = value?.DeepClone() } },
                _ => Plain(name, value, isWorkflow),
            };
        }

        full["name"] ??= full["id"]?.DeepClone();
        return full;
    }

    private static JsonNode? Plain(string name, JsonNode? value, bool isWorkflow) => (name, value) switch
    {
        ("type", JsonValue type) => isWorkflow ? type.DeepClone() : TypeName(type.ToString()),
        ("variables", JsonObject) => Variables(value),
        ("connections", JsonArray paths) => new JsonArray([.. paths.SelectMany(p => Connections(p!.ToString()))]),
        ("variable", JsonValue variable) => new JsonObject { ["id"] = variable.ToString(), ["name"] = variable.ToString() },
        ("activities" or "branches" or "cases" or "states" or "transitions", JsonArray list) => new JsonArray([.. list.Select(e => e is JsonObject element ? Activity(element) : e?.DeepClone())]),
        ("condition", JsonObject condition) => condition.DeepClone(),
        (not "customProperties" and not "metadata", JsonObject child) when child.ContainsKey("type") => Activity(child),
        _ => value?.DeepClone(),
    };

    /// <summary>{"n": 1} or {"n": ["Int32", 1, "MemoryStorageDriver"]}.</summary>
    private static JsonNode? Variables(JsonNode? brief) => brief is not JsonObject variables ? brief?.DeepClone() : new JsonArray([.. variables.Select(v => new JsonObject
    {
        ["id"] = v.Key,
        ["name"] = v.Key,
        ["typeName"] = v.Value is JsonArray typed ? typed[0]?.DeepClone() : "Object",
        ["value"] = v.Value is JsonArray of ? of.ElementAtOrDefault(1)?.DeepClone() : v.Value?.DeepClone(),
        ["storageDriverTypeName"] = v.Value is JsonArray { Count: > 2 } stored ? stored[2]?.DeepClone() : "WorkflowInstanceStorageDriver",
    })]);

    private static IEnumerable<JsonNode> Connections(string path)
    {
        var stops = path.Split(" -> ");
        return stops.Zip(stops.Skip(1), (from, to) => new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = from.Split(':')[0], ["port"] = from.Contains(':', StringComparison.Ordinal) ? from[(from.IndexOf(':', StringComparison.Ordinal) + 1)..] : "Done" },
            ["target"] = new JsonObject { ["activity"] = to.Split(':')[0], ["port"] = "In" },
        });
    }

    private static JsonObject Wrapped(string type, JsonNode? value) =>
        new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value?.DeepClone() } };
}
