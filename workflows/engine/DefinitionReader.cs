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

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 1_000 };

    private readonly List<DefinitionFault> faults = [];
    private readonly HashSet<string> ids = [WorkflowId];
    private readonly Dictionary<string, string> idsByName = [];
    private readonly HashSet<string> readOutputs = [];
    private static readonly Dictionary<string, ActivationStrategy> ActivationStrategies = new()
    {
        ["AllowAlwaysStrategy"] = ActivationStrategy.Always,
        ["SingletonStrategy"] = ActivationStrategy.Singleton,
        ["CorrelatedSingletonStrategy"] = ActivationStrategy.CorrelatedSingleton,
        ["CorrelationStrategy"] = ActivationStrategy.Correlation,
    };

    private static readonly Dictionary<string, bool> IncidentStrategies = new()
    {
        ["FaultStrategy"] = false,
        ["ContinueWithIncidentsStrategy"] = true,
    };

    private HashSet<string> workflowInputs = [];
    private HashSet<string> workflowOutputs = [];
    private bool usesTokens;

    public IReadOnlyList<DefinitionFault> Faults => faults;

    /// <summary>The workflow, or null when something is wrong with it.</summary>
    public WorkflowDefinition? Read()
    {
        if (ParseText() is not { } source)
        {
            return null;
        }

        var definitionId = Required(source, "definitionId");
        var id = Required(source, "id");
        var options = source["options"] as JsonObject ?? [];
        workflowInputs = Named(source, "inputs");
        workflowOutputs = Named(source, "outputs");
        usesTokens = ReadsTokens(source, "") == true;
        var variables = ReadVariables(source, "variables", []);
        var root = ReadRoot(source, variables);
        var activation = Strategy(options, "activationStrategyType", ActivationStrategies, ActivationStrategy.Always);
        var continues = Strategy(options, "incidentStrategyType", IncidentStrategies, false);
        if (root is null || faults.Count > 0)
        {
            return null;
        }

        return new(json, new() { Id = WorkflowId, Type = "Elsa.Workflow", NodeId = WorkflowId, Variables = variables, Ports = new Dictionary<string, Activity> { ["root"] = root } })
        {
            DefinitionId = definitionId,
            Id = id,
            Name = Text(source, "name"),
            Version = source["version"] is JsonValue version && version.TryGetValue(out int number) ? number : 1,
            Inputs = workflowInputs,
            Outputs = workflowOutputs,
            ActivationStrategy = activation,
            ContinuesWithIncidents = continues,
            ReadOutputs = readOutputs,
        };
    }

    private JsonObject? ParseText()
    {
        if (json.Length > Limits.DefinitionLength)
        {
            Fault(new(null, null, "", $"Een stroom mag niet groter zijn dan {Limits.DefinitionLength} tekens."));
            return null;
        }

        try
        {
            if (JsonNode.Parse(json, documentOptions: Strict) is JsonObject source)
            {
                return source;
            }

            Fault(new(null, null, "", "Dit is geen stroomdefinitie."));
        }
        catch (JsonException e)
        {
            Fault(new(null, null, "", "Dit is geen geldige JSON.", (int?)e.LineNumber + 1, (int?)e.BytePositionInLine + 1));
        }

        return null;
    }

    private Activity? ReadRoot(JsonObject source, ImmutableList<Variable> variables)
    {
        if (source["root"] is not JsonObject root)
        {
            Fault(new(null, null, "root", "De stroom heeft geen inhoud (root)."));
            return null;
        }

        return CollectIds(root, "root", 1) ? ReadActivity(root, "root", WorkflowId, variables) : null;
    }

    /// <summary>
    /// Ids and names first, because an expression may read the output of an activity that comes later in the file. False
    /// when the containers nest too deep to go on.
    /// </summary>
    private bool CollectIds(JsonObject node, string path, int level)
    {
        var id = Text(node, "id");
        if (string.IsNullOrEmpty(id))
        {
            Fault(new(null, Text(node, "name"), path, "Een stap heeft geen id."));
        }
        else if (!ids.Add(id))
        {
            Fault(new(id, Text(node, "name"), path, $"Het id '{id}' komt meer dan één keer voor."));
        }

        if (id is not null && Text(node, "name") is { Length: > 0 } name)
        {
            idsByName.TryAdd(name, id);
        }

        if (level > Limits.Nesting)
        {
            Fault(new(id, Text(node, "name"), path, $"Stappen mogen niet meer dan {Limits.Nesting} niveaus diep in elkaar zitten."));
            return false;
        }

        var isRead = true;
        foreach (var (key, child) in ChildNodes(node))
        {
            isRead &= CollectIds(child, $"{path}.{key}", level + 1);
        }

        return isRead;
    }

    /// <summary>Where activities are inside this one.</summary>
    private static IEnumerable<(string Key, JsonObject Node)> ChildNodes(JsonObject node)
    {
        var builtIn = BuiltInOf(node);
        var lists = builtIn?.Type switch
        {
            "Elsa.Switch" => [("cases", ["activity"])],
            "Elsa.StateMachine" => [("states", ["entry", "exit"]), ("transitions", ["trigger", "action"])],
            _ => Array.Empty<(string List, string[] Ports)>(),
        };
        if (builtIn?.List is { } list)
        {
            foreach (var (index, child) in Objects(node, list))
            {
                yield return ($"{list}[{index}]", child);
            }
        }

        foreach (var (name, ports) in lists)
        {
            foreach (var (index, element) in Objects(node, name))
            {
                foreach (var port in ports)
                {
                    if (element[port] is JsonObject child)
                    {
                        yield return ($"{name}[{index}].{port}", child);
                    }
                }
            }
        }

        foreach (var port in builtIn?.Ports ?? [])
        {
            if (node[port] is JsonObject child)
            {
                yield return (port, child);
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

        CheckLists(node, place);
        var nodeId = $"{parentNodeId}:{id}";
        var variables = ReadVariables(node, $"{path}.variables", visible);
        var inside = visible.AddRange(variables);
        var bodies = inside.AddRange(builtIn?.BodyVariables ?? []);
        var list = builtIn?.List;
        var children = new List<Activity>();
        var ports = new OrderedDictionary<string, Activity>();
        foreach (var (key, childNode) in ChildNodes(node))
        {
            var isListed = list is not null && key.StartsWith(list, StringComparison.Ordinal);
            var child = ReadActivity(childNode, $"{path}.{key}", nodeId, isListed ? inside : bodies);
            if (isListed)
            {
                children.Add(child);
            }
            else
            {
                ports.Add(key, child);
            }
        }

        var joinMode = type == "Elsa.Fork" ? Text(node, "joinMode") : null;
        if (joinMode is not (null or JoinMode.WaitAll or JoinMode.WaitAny))
        {
            place.Fault("joinMode", $"Bij de stap '{place.DisplayName}' moet 'joinMode' vast gekozen zijn uit: {JoinMode.WaitAll}, {JoinMode.WaitAny}.");
        }

        var properties = node["customProperties"] as JsonObject ?? [];
        return new()
        {
            Id = id,
            Type = type,
            Name = place.Name,
            NodeId = nodeId,
            CanStartWorkflow = IsTrue(properties["canStartWorkflow"]),
            WorkflowDefinitionId = builtIn is null && Text(node, "workflowDefinitionId") is { Length: > 0 } workflow ? workflow : null,
            Inputs = ReadInputs(node, builtIn, place, inside),
            Outputs = [.. ReadOutputs(node, place, inside)],
            Variables = variables,
            Activities = children,
            Ports = ports,
            Connections = ReadConnections(node, place, children),
            Cases = [.. ReadCases(node, builtIn, place, inside, ports)],
            StateMachine = type == "Elsa.StateMachine" ? ReadStateMachine(node, place, inside, ports) : null,
            StartActivityId = node["start"] is JsonObject start ? Text(start, "id") : Text(node, "start"),
            UsesTokens = ReadsTokens(node, path) ?? usesTokens,
            MergeMode = ReadMergeMode(properties, place),
            WaitsForOne = joinMode == JoinMode.WaitAny,
        };
    }

    /// <summary>No list of a real drawing is as long as this; what comes after would cost too much to look at.</summary>
    private static void CheckLists(JsonObject node, Place place)
    {
        foreach (var (name, value) in node)
        {
            if (value is JsonArray { Count: > Limits.ListLength } list)
            {
                place.Fault(name, $"Bij de stap '{place.DisplayName}' heeft '{name}' {list.Count} onderdelen, en meer dan {Limits.ListLength} kan niet.");
            }
        }
    }

    /// <summary>Elsa's switch between its two ways to run a flowchart, on the workflow or on one flowchart; null where it is not set.</summary>
    private bool? ReadsTokens(JsonObject node, string path)
    {
        var mode = (node["customProperties"] as JsonObject)?["Flowchart:ExecutionMode"];
        switch (mode?.ToString())
        {
            case null or "" or "Default" or "0":
                return null;
            case "TokenBased" or "1":
                return true;
            case "CounterBased" or "2":
                return false;
            default:
                Fault(new(Text(node, "type") is null ? null : Text(node, "id"), Text(node, "name"), $"{path}.customProperties".TrimStart('.'), "De uitvoering van een stroomschema (Flowchart:ExecutionMode) is TokenBased of CounterBased."));
                return null;
        }
    }

    private static MergeMode ReadMergeMode(JsonObject properties, Place place)
    {
        if (Text(properties, "mergeMode") is not { Length: > 0 } text)
        {
            return MergeMode.None;
        }

        var names = Enum.GetNames<MergeMode>();
        if (names.FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return Enum.Parse<MergeMode>(name);
        }

        place.Fault("customProperties.mergeMode", $"Bij de stap '{place.DisplayName}' moet 'mergeMode' vast gekozen zijn uit: {string.Join(", ", names)}.");
        return MergeMode.None;
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
                if (ReadExpression(expression, type, place, name, visible, ArgumentsOf(node, name)) is { } read)
                {
                    inputs.Add(name, new(name, type, read));
                    CheckChoice(known, read, place);
                }
            }
        }

        foreach (var missing in (builtIn?.Inputs ?? []).Where(i => i.IsRequired && IsEmpty(inputs.GetValueOrDefault(i.Name))))
        {
            if (!place.HasFaultAt(missing.Name))
            {
                place.Fault(missing.Name, $"Bij de stap '{place.DisplayName}' is '{missing.Name}' niet ingevuld.");
            }
        }

        CheckCron(inputs.GetValueOrDefault("cronExpression"), builtIn, place);
        return inputs;
    }

    /// <summary>Elsa hands the item to the one expression that is evaluated per item, under the name that it will have as an input.</summary>
    private static string[] ArgumentsOf(JsonObject node, string input) =>
        input == "correlationIdFunction" && Text(node, "type") == "Elsa.BulkDispatchWorkflows"
            ? [node["defaultItemInputKey"] is JsonObject key && key["expression"] is JsonObject expression && Text(expression, "value") is { Length: > 0 } name ? name : "Item"]
            : [];

    private static void CheckCron(Input? input, BuiltIn? builtIn, Place place)
    {
        if (builtIn?.Type == "Elsa.Cron" && input?.Expression is Literal { Value: { } value })
        {
            try
            {
                Cron.Parse(value.ToString());
            }
            catch (ActivityFault fault)
            {
                place.Fault("cronExpression", $"Bij de stap '{place.DisplayName}': {fault.Message}");
            }
        }
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

    private Expression? ReadExpression(JsonObject expression, DataType type, Place place, string name, ImmutableList<Variable> visible, params string[] arguments)
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
                    var script = Script.Parse(Text(expression, "value") ?? "", new(visible, workflowInputs, FindActivity, readOutputs) { Arguments = arguments });
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

    private IEnumerable<SwitchCase> ReadCases(JsonObject node, BuiltIn? builtIn, Place place, ImmutableList<Variable> visible, OrderedDictionary<string, Activity> ports)
    {
        if (builtIn?.Type is not ("Elsa.FlowSwitch" or "Elsa.Switch"))
        {
            yield break;
        }

        foreach (var (index, switchCase) in Objects(node, "cases"))
        {
            if (switchCase["condition"] is JsonObject condition
                && ReadExpression(condition, DataType.Boolean, place, $"cases[{index}]", visible) is { } read)
            {
                yield return new(Text(switchCase, "label") ?? "", read, ports.GetValueOrDefault($"cases[{index}].activity"));
            }
        }
    }

    private StateMachine ReadStateMachine(JsonObject node, Place place, ImmutableList<Variable> visible, OrderedDictionary<string, Activity> ports)
    {
        var states = new Dictionary<string, MachineState>();
        foreach (var (index, state) in Objects(node, "states"))
        {
            if (Text(state, "name") is not { Length: > 0 } name || !states.TryAdd(name, new(ports.GetValueOrDefault($"states[{index}].entry"), ports.GetValueOrDefault($"states[{index}].exit"))))
            {
                place.Fault($"states[{index}]", $"Elke toestand van '{place.DisplayName}' heeft een eigen naam.");
            }
        }

        var transitions = new List<Transition>();
        foreach (var (index, transition) in Objects(node, "transitions"))
        {
            var (from, to) = (Text(transition, "from") ?? "", Text(transition, "to") ?? "");
            if (!states.ContainsKey(from) || !states.ContainsKey(to))
            {
                place.Fault($"transitions[{index}]", $"Een overgang van '{place.DisplayName}' gaat van of naar een toestand die er niet is.");
            }

            var condition = transition["condition"] is JsonObject input && input["expression"] is JsonObject expression
                ? ReadExpression(expression, DataType.Boolean, place, $"transitions[{index}].condition", visible)
                : null;
            transitions.Add(new(from, to, ports.GetValueOrDefault($"transitions[{index}].trigger"), condition, ports.GetValueOrDefault($"transitions[{index}].action")));
        }

        var initial = Text(node, "currentState") is { Length: > 0 } current ? current : Text(node, "initialState");
        if (states.Count > 0 && !states.ContainsKey(initial ?? ""))
        {
            place.Fault("initialState", $"'{place.DisplayName}' begint in een toestand die er niet is.");
        }

        return new(initial, states, transitions);
    }

    private static List<Connection> ReadConnections(JsonObject node, Place place, List<Activity> children)
    {
        var ids = children.Select(c => c.Id).ToHashSet();
        var connections = new OrderedDictionary<string, Connection>();
        foreach (var (index, connection) in Objects(node, "connections"))
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
        var variables = new List<Variable>();
        var names = visible.Select(v => v.Name).ToHashSet();
        var (activityId, activityName) = (Text(node, "type") is null ? null : Text(node, "id"), Text(node, "name"));
        foreach (var (index, variable) in Objects(node, "variables"))
        {
            var name = Text(variable, "name") ?? "";
            if (!names.Add(name))
            {
                Fault(new(activityId, activityName, $"{path}[{index}]", $"De variabele '{name}' bestaat hier al."));
            }

            var type = IsTrue(variable["isArray"]) ? DataType.Array : Values.TypeOf(Text(variable, "typeName"));
            variables.Add(new(Text(variable, "id") ?? name, name, type, Initial(variable, type, $"{path}[{index}]"))
            {
                IsForgotten = Driver(variable, $"{path}[{index}]") == "MemoryStorageDriver",
            });
            if (names.Count > Limits.Variables)
            {
                Fault(new(activityId, activityName, path, $"Een stap kan niet meer dan {Limits.Variables} variabelen zien."));
                break;
            }
        }

        return [.. variables];
    }

    /// <summary>Where Elsa keeps a variable: with the instance, or only as long as it is in memory.</summary>
    private string Driver(JsonObject variable, string path)
    {
        var driver = ClassName(Text(variable, "storageDriverTypeName"));
        if (driver is not ("" or "WorkflowInstanceStorageDriver" or "WorkflowStorageDriver" or "MemoryStorageDriver"))
        {
            Fault(new(null, null, path, $"De variabele '{Text(variable, "name")}' wordt bewaard in {driver}, en dat kan hier niet."));
        }

        return driver;
    }

    private T Strategy<T>(JsonObject options, string property, IReadOnlyDictionary<string, T> known, T otherwise)
    {
        var name = ClassName(Text(options, property));
        if (name.Length > 0 && !known.ContainsKey(name))
        {
            Fault(new(null, null, $"options.{property}", $"De strategie {name} bestaat hier niet."));
        }

        return known.GetValueOrDefault(name, otherwise);
    }

    /// <summary>Elsa writes the name of a class, alone or with its namespace and assembly.</summary>
    private static string ClassName(string? typeName) => typeName?.Split(',')[0].Split('.')[^1].Trim() ?? "";

    private JsonNode? Initial(JsonObject variable, DataType type, string path)
    {
        try
        {
            return Values.Convert(Values.Admit(variable["value"]), type);
        }
        catch (ActivityFault fault)
        {
            Fault(new(null, null, path, $"De beginwaarde van de variabele '{Text(variable, "name")}' klopt niet: {fault.Message}", fault.Line, fault.Column));
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
        [.. Objects(source, property).Select(o => Text(o.Node, "name")).OfType<string>()];

    private static IEnumerable<(int Index, JsonObject Node)> Objects(JsonObject node, string property) =>
        (node[property] as JsonArray ?? []).Take(Limits.ListLength).Index().Where(e => e.Item is JsonObject).Select(e => (e.Index, (JsonObject)e.Item!));

    private static bool IsTrue(JsonNode? value) => value?.GetValueKind() == JsonValueKind.True;

    private static string? Text(JsonObject node, string property) =>
        node[property] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private void Fault(DefinitionFault fault)
    {
        if (faults.Count < Limits.Faults)
        {
            faults.Add(fault);
        }
    }

    private string Required(JsonObject source, string property)
    {
        if (Text(source, property) is { Length: > 0 } text)
        {
            return text;
        }

        Fault(new(null, null, property, string.Create(CultureInfo.InvariantCulture, $"De stroom heeft geen {property}.")));
        return "";
    }

    /// <summary>Where in the file, and in whose words.</summary>
    private sealed record Place(DefinitionReader Reader, string Id, string? Name, string Path)
    {
        public string DisplayName => string.IsNullOrWhiteSpace(Name) ? Id : Name;

        public bool HasFaultAt(string property)
        {
            var path = $"{Path}.{property}";
            return Reader.faults.Exists(f => f.Path == path);
        }

        public void Fault(string property, string message, int? line = null, int? column = null) =>
            Reader.Fault(new(Id, Name, $"{Path}.{property}", message, line, column));
    }
}
