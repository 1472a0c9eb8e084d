using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetwerkRegie.Engine.Expressions;

namespace NetwerkRegie.Engine;

/// <summary>From Elsa's JSON to activities, collecting every fault on the way.</summary>
internal sealed class DefinitionReader(string json)
{
    private const string WorkflowId = "Workflow1";

    private readonly List<DefinitionFault> faults = [];
    private readonly HashSet<string> ids = [WorkflowId];
    private readonly Dictionary<string, string> idsByName = [];
    private readonly HashSet<string> readOutputs = [];
    private HashSet<string> workflowInputs = [];
    private HashSet<string> workflowOutputs = [];

    public WorkflowDefinition Read()
    {
        var source = ParseText();
        var definitionId = Required(source, "definitionId");
        var id = Required(source, "id");
        workflowInputs = Named(source, "inputs");
        workflowOutputs = Named(source, "outputs");
        var variables = ReadVariables(source, "variables", []);

        var workflow = new Activity
        {
            Id = WorkflowId,
            Type = "Elsa.Workflow",
            NodeId = WorkflowId,
            Variables = variables,
            Ports = ReadRoot(source, variables) is { } root ? new Dictionary<string, Activity> { ["root"] = root } : [],
        };

        if (faults.Count > 0)
        {
            throw new DefinitionException(faults);
        }

        return new(json, workflow)
        {
            DefinitionId = definitionId,
            Id = id,
            Name = Text(source, "name"),
            Version = source["version"] is JsonValue version && version.TryGetValue(out int number) ? number : 1,
            ContinuesWithIncidents = source["options"] is JsonObject options
                && Text(options, "incidentStrategyType") is { } strategy
                && strategy.Contains("ContinueWithIncidents", StringComparison.Ordinal),
            ReadOutputs = readOutputs,
        };
    }

    private JsonObject ParseText()
    {
        try
        {
            if (JsonNode.Parse(json, documentOptions: new() { AllowDuplicateProperties = false }) is JsonObject source)
            {
                return source;
            }

            throw new DefinitionException([new(null, null, "", "Dit is geen stroomdefinitie.")]);
        }
        catch (JsonException e)
        {
            throw new DefinitionException([new(null, null, "", "Dit is geen geldige JSON.", (int?)e.LineNumber + 1, (int?)e.BytePositionInLine + 1)]);
        }
    }

    private Activity? ReadRoot(JsonObject source, ImmutableList<Variable> variables)
    {
        if (source["root"] is not JsonObject root)
        {
            faults.Add(new(null, null, "root", "De stroom heeft geen inhoud (root)."));
            return null;
        }

        CollectIds(root, "root");
        return ReadActivity(root, "root", WorkflowId, variables);
    }

    /// <summary>Ids and names first, because an expression may read the output of an activity that comes later in the file.</summary>
    private void CollectIds(JsonObject node, string path)
    {
        var id = Text(node, "id");
        if (string.IsNullOrEmpty(id))
        {
            faults.Add(new(null, Text(node, "name"), path, "Een stap heeft geen id."));
        }
        else if (!ids.Add(id))
        {
            faults.Add(new(id, Text(node, "name"), path, $"Het id '{id}' komt meer dan één keer voor."));
        }

        if (id is not null && Text(node, "name") is { Length: > 0 } name)
        {
            idsByName.TryAdd(name, id);
        }

        foreach (var (childPath, child) in ChildNodes(node, path))
        {
            CollectIds(child, childPath);
        }
    }

    private static IEnumerable<(string Path, JsonObject Node)> ChildNodes(JsonObject node, string path)
    {
        foreach (var (index, child) in Objects(node, "activities").Index())
        {
            yield return ($"{path}.activities[{index}]", child);
        }

        foreach (var port in BuiltInOf(node)?.Ports ?? [])
        {
            if (node[port] is JsonObject child)
            {
                yield return ($"{path}.{port}", child);
            }
        }
    }

    private Activity ReadActivity(JsonObject node, string path, string parentNodeId, ImmutableList<Variable> visible)
    {
        var id = Text(node, "id") ?? "";
        var type = Text(node, "type") ?? "";
        var place = new Place(this, id, Text(node, "name"), path);
        var builtIn = BuiltInOf(node);
        if (type.Length == 0)
        {
            place.Fault("type", $"De stap '{place.DisplayName}' heeft geen soort (type).");
        }
        else if (builtIn is null && type.StartsWith("Elsa.", StringComparison.Ordinal))
        {
            place.Fault("type", $"De stap '{place.DisplayName}' is van het soort {type}, en dat kan hier niet worden uitgevoerd.");
        }

        var nodeId = $"{parentNodeId}:{id}";
        var variables = ReadVariables(node, $"{path}.variables", visible);
        var inside = visible.AddRange(variables);
        var children = Objects(node, "activities")
            .Select((child, index) => ReadActivity(child, $"{path}.activities[{index}]", nodeId, inside))
            .ToList();

        return new()
        {
            Id = id,
            Type = type,
            Name = place.Name,
            NodeId = nodeId,
            CanStartWorkflow = node["customProperties"] is JsonObject properties && IsTrue(properties["canStartWorkflow"]),
            Inputs = ReadInputs(node, builtIn, place, inside),
            Outputs = [.. ReadOutputs(node, place, inside)],
            Variables = variables,
            Activities = children,
            Ports = (builtIn?.Ports ?? [])
                .Where(port => node[port] is JsonObject)
                .ToDictionary(port => port, port => ReadActivity((JsonObject)node[port]!, $"{path}.{port}", nodeId, inside)),
            Connections = ReadConnections(node, place, children),
            Cases = [.. ReadCases(node, builtIn, place, inside)],
            StartActivityId = node["start"] is JsonObject start ? Text(start, "id") : Text(node, "start"),
        };
    }

    private Dictionary<string, Input> ReadInputs(JsonObject node, BuiltIn? builtIn, Place place, ImmutableList<Variable> visible)
    {
        var inputs = new Dictionary<string, Input>();
        foreach (var (name, value) in node)
        {
            if (value is JsonObject input && input["expression"] is JsonObject expression)
            {
                var known = builtIn?.Inputs.FirstOrDefault(i => i.Name == name);
                var type = known is null or { Type: DataType.Any } ? Values.TypeOf(Text(input, "typeName")) : known.Type;
                if (ReadExpression(expression, type, place, name, visible) is { } read)
                {
                    inputs.Add(name, new(name, type, read));
                    CheckChoice(known, read, place);
                }
            }
        }

        foreach (var missing in (builtIn?.Inputs ?? []).Where(i => i.Required && IsEmpty(inputs.GetValueOrDefault(i.Name))))
        {
            if (!place.HasFaultAt(missing.Name))
            {
                place.Fault(missing.Name, $"Bij de stap '{place.DisplayName}' is '{missing.Name}' niet ingevuld.");
            }
        }

        return inputs;
    }

    private static void CheckChoice(BuiltIn.Input? input, Expression read, Place place)
    {
        if (input?.Choices is { } choices && !(read is Literal { Value: JsonValue value } && choices.Contains(value.ToString())))
        {
            place.Fault(input.Name, $"Bij de stap '{place.DisplayName}' moet '{input.Name}' vast gekozen zijn uit: {string.Join(", ", choices)}.");
        }
    }

    private static bool IsEmpty(Input? input) =>
        input is null || (input.Expression is Literal literal && (literal.Value is null || literal.Value.ToString().Length == 0));

    private Expression? ReadExpression(JsonObject expression, DataType type, Place place, string name, ImmutableList<Variable> visible)
    {
        var value = expression["value"];
        try
        {
            switch (Text(expression, "type"))
            {
                case "Literal":
                    return new Literal(Values.Convert(Values.Admit(value), type));
                case "Object" or "Json":
                    return new Literal(Values.Convert(type != DataType.String && Text(expression, "value") is { } text ? Values.ParseJson(text) : Values.Admit(value), type));
                case "Variable" when value is null:
                    return null;
                case "Variable":
                    return FindVariable(value, visible) is { } variable
                        ? new VariableReference(variable.Name)
                        : throw new ActivityFault($"De variabele '{NameOf(value)}' bestaat hier niet.");
                case "Input":
                    return NameOf(value) is { } input && workflowInputs.Contains(input)
                        ? new InputReference(input)
                        : throw new ActivityFault($"De invoer '{NameOf(value)}' bestaat niet.");
                case "JavaScript":
                    var script = Script.Parse(Text(expression, "value") ?? "", new(visible, workflowInputs, FindActivity, readOutputs));
                    Values.Check((script as Script)?.Node.Kind ?? Kind.Nothing, type);
                    return script;
                case var other:
                    throw new ActivityFault($"Uitdrukkingen van het soort '{other}' worden hier niet uitgevoerd.");
            }
        }
        catch (ActivityFault fault)
        {
            place.Fault(name, $"Bij de stap '{place.DisplayName}', '{name}': {fault.Message}", fault.Line, fault.Column);
            return null;
        }
    }

    private string? FindActivity(string idOrName) => ids.Contains(idOrName) ? idOrName : idsByName.GetValueOrDefault(idOrName);

    private IEnumerable<Output> ReadOutputs(JsonObject node, Place place, ImmutableList<Variable> visible)
    {
        foreach (var (name, value) in node)
        {
            if (value is JsonObject output && output["expression"] is null && output["memoryReference"] is JsonObject reference)
            {
                var target = Text(reference, "id");
                if (visible.FindLast(v => v.Id == target) is { } variable)
                {
                    yield return new(name, variable, null);
                }
                else if (target is not null && workflowOutputs.Contains(target))
                {
                    yield return new(name, null, target);
                }
                else
                {
                    place.Fault(name, $"De uitkomst '{name}' van de stap '{place.DisplayName}' gaat naar een variabele die hier niet bestaat.");
                }
            }
        }

        if (Text(node, "type") == "Elsa.SetVariable")
        {
            if (FindVariable(node["variable"], visible) is { } variable)
            {
                yield return new("value", variable, null);
            }
            else
            {
                place.Fault("variable", $"De stap '{place.DisplayName}' zet een variabele die hier niet bestaat.");
            }
        }
    }

    private IEnumerable<SwitchCase> ReadCases(JsonObject node, BuiltIn? builtIn, Place place, ImmutableList<Variable> visible)
    {
        if (builtIn?.Type != "Elsa.FlowSwitch")
        {
            yield break;
        }

        foreach (var (index, switchCase) in Objects(node, "cases").Index())
        {
            if (switchCase["condition"] is JsonObject condition
                && ReadExpression(condition, DataType.Boolean, place, $"cases[{index}]", visible) is { } read)
            {
                yield return new(Text(switchCase, "label") ?? "", read);
            }
        }
    }

    private static List<Connection> ReadConnections(JsonObject node, Place place, List<Activity> children)
    {
        var ids = children.Select(c => c.Id).ToHashSet();
        var connections = new OrderedDictionary<string, Connection>();
        foreach (var (index, connection) in Objects(node, "connections").Index())
        {
            var source = connection["source"] as JsonObject ?? [];
            var target = connection["target"] as JsonObject ?? [];
            var (from, to) = (Text(source, "activity"), Text(target, "activity"));
            if (from is null || to is null || !ids.Contains(from) || !ids.Contains(to))
            {
                place.Fault($"connections[{index}]", $"Een verbinding in '{place.DisplayName}' begint of eindigt bij een stap die er niet is.");
                continue;
            }

            // The same line drawn twice would make an activity run twice.
            var read = new Connection(from, Text(source, "port") ?? "Done", to);
            connections.TryAdd(read.Key, read);
        }

        return [.. connections.Values];
    }

    private ImmutableList<Variable> ReadVariables(JsonObject node, string path, ImmutableList<Variable> visible)
    {
        var variables = ImmutableList<Variable>.Empty;
        foreach (var (index, variable) in Objects(node, "variables").Index())
        {
            var name = Text(variable, "name") ?? "";
            if (visible.Concat(variables).Any(v => v.Name == name))
            {
                faults.Add(new(Text(node, "type") is null ? null : Text(node, "id"), Text(node, "name"), $"{path}[{index}]", $"De variabele '{name}' bestaat hier al."));
            }

            var type = IsTrue(variable["isArray"]) ? DataType.Array : Values.TypeOf(Text(variable, "typeName"));
            variables = variables.Add(new(Text(variable, "id") ?? name, name, type, Initial(variable, type, $"{path}[{index}]")));
        }

        return variables;
    }

    private JsonNode? Initial(JsonObject variable, DataType type, string path)
    {
        try
        {
            return Values.Convert(Values.Admit(variable["value"]), type);
        }
        catch (ActivityFault fault)
        {
            faults.Add(new(null, null, path, $"De beginwaarde van de variabele '{Text(variable, "name")}' klopt niet: {fault.Message}", fault.Line, fault.Column));
            return null;
        }
    }

    private static Variable? FindVariable(JsonNode? reference, ImmutableList<Variable> visible) =>
        (reference is JsonObject variable ? visible.FindLast(v => v.Id == Text(variable, "id")) : null)
        ?? visible.FindLast(v => v.Name == NameOf(reference));

    private static BuiltIn? BuiltInOf(JsonObject node) => BuiltIn.All.GetValueOrDefault(Text(node, "type") ?? "");

    private static string? NameOf(JsonNode? reference) =>
        reference is JsonObject named ? Text(named, "name") : (reference as JsonValue)?.ToString();

    private static HashSet<string> Named(JsonObject source, string property) =>
        [.. Objects(source, property).Select(o => Text(o, "name")).OfType<string>()];

    private static IEnumerable<JsonObject> Objects(JsonObject node, string property) =>
        (node[property] as JsonArray ?? []).OfType<JsonObject>();

    private static bool IsTrue(JsonNode? value) => value?.GetValueKind() == JsonValueKind.True;

    private static string? Text(JsonObject node, string property) =>
        node[property] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private string Required(JsonObject source, string property)
    {
        if (Text(source, property) is { Length: > 0 } text)
        {
            return text;
        }

        faults.Add(new(null, null, property, string.Create(CultureInfo.InvariantCulture, $"De stroom heeft geen {property}.")));
        return "";
    }

    /// <summary>Where in the file, and in whose words.</summary>
    private sealed record Place(DefinitionReader Reader, string Id, string? Name, string Path)
    {
        public string DisplayName => string.IsNullOrWhiteSpace(Name) ? Id : Name;

        public bool HasFaultAt(string property) => Reader.faults.Exists(f => f.Path == $"{Path}.{property}");

        public void Fault(string property, string message, int? line = null, int? column = null) =>
            Reader.faults.Add(new(Id, Name, $"{Path}.{property}", message, line, column));
    }
}
