using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine;

/// <summary>From Elsa's JSON to activities, collecting every fault on the way.</summary>
internal sealed partial class DefinitionReader(string json)
{
    private const string WorkflowId = "Workflow1";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 1_000 };

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

    private readonly List<DefinitionFault> faults = [];
    private readonly HashSet<string> ids = [WorkflowId];
    private readonly Dictionary<string, string> idsByName = [];
    private readonly HashSet<string> readOutputs = [];
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
