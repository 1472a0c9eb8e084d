using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NetwerkRegie.Engine.Expressions;

namespace NetwerkRegie.Engine;

/// <summary>One activity as it was drawn. What is not read here stays in the text of the definition.</summary>
public sealed class Activity
{
    private readonly ConcurrentDictionary<string, FlowGraph> graphs = [];

    internal Activity()
    {
    }

    public required string Id { get; init; }

    public required string Type { get; init; }

    public string? Name { get; init; }

    /// <summary>The path from the workflow to this activity, computed here and not taken from the file.</summary>
    public required string NodeId { get; init; }

    /// <summary>It may be the one that starts an instance.</summary>
    public bool CanStartWorkflow { get; init; }

    /// <summary>One of our own: carried out by a service, not by the engine.</summary>
    public bool IsOwnStep => !Type.StartsWith("Elsa.", StringComparison.Ordinal);

    /// <summary>What a person calls it.</summary>
    public string DisplayName => string.IsNullOrWhiteSpace(Name) ? Id : Name;

    /// <summary>The activities directly inside this one.</summary>
    public IEnumerable<Activity> Children => Activities.Concat(Ports.Values);

    internal IReadOnlyDictionary<string, Input> Inputs { get; init; } = new Dictionary<string, Input>();

    internal IReadOnlyList<Output> Outputs { get; init; } = [];

    internal IReadOnlyList<Variable> Variables { get; init; } = [];

    internal IReadOnlyList<Activity> Activities { get; init; } = [];

    internal IReadOnlyDictionary<string, Activity> Ports { get; init; } = new Dictionary<string, Activity>();

    internal IReadOnlyList<Connection> Connections { get; init; } = [];

    internal IReadOnlyList<SwitchCase> Cases { get; init; } = [];

    /// <summary>Where a flowchart begins, when the file says so.</summary>
    internal string? StartActivityId { get; init; }

    /// <summary>The value of an input that is the same for every instance, or null when it has to be evaluated.</summary>
    public JsonNode? LiteralInput(string name) =>
        Inputs.TryGetValue(name, out var input) && input.Expression is Literal literal ? literal.Value?.DeepClone() : null;

    internal FlowGraph GraphFrom(string startActivityId) =>
        graphs.GetOrAdd(startActivityId, start => new FlowGraph(Connections, start));
}

internal sealed record Input(string Name, DataType Type, Expression Expression);

/// <summary>Where an output goes: a variable, or an output of the workflow.</summary>
internal sealed record Output(string Name, Variable? Variable, string? WorkflowOutput);

internal sealed record SwitchCase(string Label, Expression Condition);

internal sealed record Variable(string Id, string Name, DataType Type, JsonNode? Default)
{
    public static JsonObject? InitialValues(IReadOnlyList<Variable> variables) =>
        variables.Count == 0 ? null : new(variables.Select(v => KeyValuePair.Create(v.Name, v.Default?.DeepClone())));
}
