using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine;

/// <summary>The activities themselves: what is in them, where they lead and how they choose.</summary>
internal sealed partial class DefinitionReader
{
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
            WaitsForOne = type == "Elsa.Fork" && ReadWaitsForOne(node, place),
        };
    }

    private static bool ReadWaitsForOne(JsonObject fork, Place place)
    {
        var mode = Text(fork, "joinMode") ?? JoinMode.WaitAll;
        if (mode is not (JoinMode.WaitAll or JoinMode.WaitAny))
        {
            place.Fault("joinMode", $"Bij de stap '{place.DisplayName}' moet 'joinMode' vast gekozen zijn uit: {JoinMode.WaitAll}, {JoinMode.WaitAny}.");
        }

        return mode == JoinMode.WaitAny;
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
}
