using System.Text.Json.Nodes;

namespace NetwerkRegie.Services.Tests.Host;

/// <summary>
/// What in a new description of an API would break somebody who was built on the approved one: a route, parameter, message or field that
/// is gone, a type that changed, something that must now be sent. Additions break nobody.
/// </summary>
internal sealed class BreakingChanges
{
    private readonly JsonObject _was;
    private readonly JsonObject _is;
    private readonly List<string> _found = [];
    private readonly HashSet<(string, bool)> _compared = [];

    private BreakingChanges(JsonObject was, JsonObject @is) => (_was, _is) = (was, @is);

    public static IReadOnlyList<string> InOpenApi(JsonObject was, JsonObject @is)
    {
        var changes = new BreakingChanges(was, @is);
        changes.Each(was["paths"], @is["paths"], "", (path, before, after) =>
            changes.Each(before, after, path, (operation, old, now) => changes.Operation(operation, old, now)));
        return changes._found;
    }

    public static IReadOnlyList<string> InAsyncApi(JsonObject was, JsonObject @is)
    {
        var changes = new BreakingChanges(was, @is);
        changes.Each(was["channels"], @is["channels"], "channel", (channel, before, after) =>
        {
            changes.Same(before["address"], after["address"], $"{channel}: address");
            changes.Each(before["messages"], after["messages"], channel, (_, _, _) => { });
        });
        changes.Each(was["components"]!["messages"], @is["components"]!["messages"], "message", (message, before, after) =>
        {
            changes.Same(before["name"], after["name"], $"{message}: name");
            changes.Schema(before["payload"], after["payload"], message, isSent: false);
            changes.Schema(before["x-inhoud"], after["x-inhoud"], $"{message}: inhoud", isSent: false);
        });
        return changes._found;
    }

    private void Operation(string where, JsonObject was, JsonObject now)
    {
        var (before, after) = (Parameters(was), Parameters(now));
        foreach (var (name, parameter) in before)
            if (!after.TryGetValue(name, out var same))
                _found.Add($"{where}: parameter {name} is gone");
            else
                Schema(parameter["schema"], same["schema"], $"{where}: parameter {name}", isSent: true);
        foreach (var (name, parameter) in after)
            if (IsTrue(parameter["required"]) && !(before.TryGetValue(name, out var same) && IsTrue(same["required"])))
                _found.Add($"{where}: parameter {name} is now required");

        var (body, newBody) = (Resolve(was["requestBody"], _was), Resolve(now["requestBody"], _is));
        if (newBody is not null && IsTrue(newBody["required"]) && !IsTrue(body?["required"]))
            _found.Add($"{where}: a body is now required");
        if (body is not null && newBody is not null)
            Each(body["content"], newBody["content"], $"{where}: body", (type, old, fresh) => Schema(old["schema"], fresh["schema"], type, isSent: true));
        var answers = was["responses"]!.AsObject().Where(r => r.Key[0] == '2').ToDictionary(r => r.Key, r => r.Value!.DeepClone());
        Each(new JsonObject(answers!), now["responses"], $"{where}: answer", (status, old, fresh) =>
            Each(old["content"], fresh["content"], status, (type, x, y) => Schema(x["schema"], y["schema"], type, isSent: false)));
    }

    private void Schema(JsonNode? was, JsonNode? now, string where, bool isSent)
    {
        if (was is null)
            return;
        if ((string?)was["$ref"] is { } name && !_compared.Add(($"{name} {(string?)now?["$ref"]}", isSent)))
            return;
        var (before, after) = (Resolve(was, _was)!, Resolve(now, _is));
        if (after is null)
        {
            _found.Add($"{where}: is gone");
            return;
        }

        foreach (var kind in new[] { "type", "format", "const", "enum" })
            Same(before[kind], after[kind], $"{where}: {kind}");
        var (required, nowRequired) = (Names(before["required"]), Names(after["required"]));
        _found.AddRange(isSent
            ? nowRequired.Except(required).Select(field => $"{where}: field {field} is now required")
            : required.Except(nowRequired).Select(field => $"{where}: field {field} may now be missing"));
        Each(before["properties"], after["properties"], where, (field, old, fresh) => Schema(old, fresh, field, isSent));
        Schema(before["items"], after["items"], $"{where}[]", isSent);
        foreach (var several in new[] { "allOf", "oneOf", "anyOf" })
            foreach (var (part, i) in (before[several]?.AsArray() ?? []).Select((part, i) => (part, i)))
                Schema(part, after[several]?.AsArray().ElementAtOrDefault(i), $"{where}: {several}[{i}]", isSent);
    }

    private void Each(JsonNode? was, JsonNode? now, string where, Action<string, JsonObject, JsonObject> compare)
    {
        foreach (var (name, before) in was?.AsObject() ?? [])
            if (now?[name] is JsonObject after)
                compare($"{where} {name}".Trim(), before!.AsObject(), after);
            else
                _found.Add($"{where} {name} is gone".Trim());
    }

    private void Same(JsonNode? was, JsonNode? now, string where)
    {
        if (was is not null && !JsonNode.DeepEquals(was, now))
            _found.Add($"{where} was {was.ToJsonString()}, is {now?.ToJsonString() ?? "nothing"}");
    }

    private static Dictionary<string, JsonObject> Parameters(JsonObject operation) =>
        (operation["parameters"]?.AsArray() ?? []).ToDictionary(p => $"{p!["name"]} in {p["in"]}", p => p!.AsObject());

    private static HashSet<string> Names(JsonNode? required) => [.. (required?.AsArray() ?? []).Select(name => (string)name!)];

    private static bool IsTrue(JsonNode? value) => value is not null && (bool)value;

    private static JsonNode? Resolve(JsonNode? node, JsonObject document) =>
        (string?)node?["$ref"] is { } reference ? reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (at, step) => at?[step]) : node;
}
