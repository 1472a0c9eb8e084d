using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Tests;

/// <summary>
/// Draws a flowchart in a few lines. A connection is written as it is read: "besluit:True -> brief".
/// </summary>
internal sealed class Flow
{
    private readonly JsonArray activities = [];
    private readonly JsonArray connections = [];
    private readonly JsonArray variables = [];

    public JsonObject Options { get; } = [];

    public static JsonObject Literal(JsonNode? value, string typeName = "Object") => Expression("Literal", value, typeName);

    public static JsonObject JavaScript(string text, string typeName = "Object") => Expression("JavaScript", text, typeName);

    public static JsonObject Expression(string type, JsonNode? value, string typeName = "Object") =>
        new() { ["typeName"] = typeName, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    public static JsonObject Activity(string id, string type, JsonObject? properties = null)
    {
        var activity = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in properties ?? [])
        {
            activity[name] = value?.DeepClone();
        }

        return activity;
    }

    public Flow Variable(string name, string typeName = "Object", JsonNode? value = null)
    {
        variables.Add(new JsonObject { ["id"] = $"id-{name}", ["name"] = name, ["typeName"] = typeName, ["value"] = value });
        return this;
    }

    public Flow With(string id, string type, JsonObject? properties = null)
    {
        activities.Add(Activity(id, type, properties));
        return this;
    }

    public Flow Write(params ReadOnlySpan<string> ids)
    {
        foreach (var id in ids)
        {
            With(id, "Elsa.WriteLine", new() { ["text"] = Literal(id, "String") });
        }

        return this;
    }

    /// <summary>Our own steps, that wait for an answer.</summary>
    public Flow Step(params ReadOnlySpan<string> ids)
    {
        foreach (var id in ids)
        {
            With(id, "NetwerkRegie.Stap");
        }

        return this;
    }

    public Flow Event(params ReadOnlySpan<string> ids)
    {
        foreach (var id in ids)
        {
            With(id, "Elsa.Event", new() { ["eventName"] = Literal(id, "String") });
        }

        return this;
    }

    public Flow Set(string id, string variable, JsonObject value) =>
        With(id, "Elsa.SetVariable", new() { ["variable"] = new JsonObject { ["id"] = $"id-{variable}", ["name"] = variable }, ["value"] = value });

    public Flow Delay(string id, string timeSpan) => With(id, "Elsa.Delay", new() { ["timeSpan"] = Literal(timeSpan, "TimeSpan") });

    public Flow Decide(string id, string condition) =>
        With(id, "Elsa.FlowDecision", new() { ["condition"] = JavaScript(condition, "Boolean") });

    public Flow Join(string id, string mode) => With(id, "Elsa.FlowJoin", new() { ["mode"] = Literal(mode, "FlowJoinMode") });

    public Flow Fork(string id, params string[] branches) =>
        With(id, "Elsa.FlowFork", new() { ["branches"] = Literal(new JsonArray([.. branches.Select(b => JsonValue.Create(b))]), "String[]") });

    /// <summary>An output of one of our own steps that goes to a variable.</summary>
    public static JsonObject To(string variable) => new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = $"id-{variable}" } };

    /// <summary>"a -> b -> c:True -> d": each arrow is a connection, from Done where no port is named.</summary>
    public Flow Connect(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            var stops = path.Split(" -> ");
            foreach (var (from, to) in stops.Zip(stops.Skip(1)))
            {
                var source = from.Split(':');
                connections.Add(new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
                    ["target"] = new JsonObject { ["activity"] = to.Split(':')[0], ["port"] = "In" },
                    ["vertices"] = new JsonArray(),
                });
            }
        }

        return this;
    }

    /// <summary>The activity that was drawn last, in a flowchart of tokens.</summary>
    public Flow Merge(string mode)
    {
        activities[^1]!["customProperties"] = new JsonObject { ["mergeMode"] = mode };
        return this;
    }

    public JsonObject ToFlowchart(string id, bool usesTokens = false) => Activity(id, "Elsa.Flowchart", new()
    {
        ["customProperties"] = new JsonObject { ["Flowchart:ExecutionMode"] = usesTokens ? "TokenBased" : "CounterBased" },
        ["activities"] = activities.DeepClone(),
        ["connections"] = connections.DeepClone(),
    });

    public WorkflowDefinition Parse() => Parse(ToFlowchart("stroom"));

    public WorkflowDefinition Parse(JsonObject root, params ReadOnlySpan<string> inputs)
    {
        var workflow = JsonNode.Parse(ToJson(root))!.AsObject();
        workflow["inputs"] = new JsonArray([.. inputs.ToArray().Select(name => new JsonObject { ["name"] = name, ["type"] = "Object" })]);
        return WorkflowDefinition.Parse(workflow.ToJsonString());
    }

    public string ToJson() => ToJson(ToFlowchart("stroom"));

    public string ToJson(JsonObject root) => new JsonObject
    {
        ["id"] = "proef-1",
        ["definitionId"] = "proef",
        ["name"] = "Proef",
        ["version"] = 1,
        ["variables"] = variables.DeepClone(),
        ["options"] = Options.DeepClone(),
        ["root"] = root,
    }.ToJsonString();
}
