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

    /// <summary>The workflow that this activity is, when a workflow was drawn as an activity.</summary>
    public string? WorkflowDefinitionId { get; init; }

    /// <summary>One of our own: carried out by a service, not by the engine.</summary>
    public bool IsOwnStep => WorkflowDefinitionId is null && !Type.StartsWith("Elsa.", StringComparison.Ordinal);

    /// <summary>What a person calls it.</summary>
    public string DisplayName => string.IsNullOrWhiteSpace(Name) ? Id : Name;

    /// <summary>The activities directly inside this one.</summary>
    public IEnumerable<Activity> Children => Activities.Concat(Ports.Values);

    internal IReadOnlyDictionary<string, Input> Inputs { get; init; } = new Dictionary<string, Input>();

    internal IReadOnlyList<Output> Outputs { get; init; } = [];

    internal IReadOnlyList<Variable> Variables { get; init; } = [];

    /// <summary>Those in its list, in order.</summary>
    internal IReadOnlyList<Activity> Activities { get; init; } = [];

    /// <summary>Those that stand alone, by where they stand: <c>body</c>, <c>then</c>, <c>cases[1].activity</c>.</summary>
    internal IReadOnlyDictionary<string, Activity> Ports { get; init; } = new Dictionary<string, Activity>();

    internal IReadOnlyList<Connection> Connections { get; init; } = [];

    internal IReadOnlyList<SwitchCase> Cases { get; init; } = [];

    internal StateMachine? StateMachine { get; init; }

    /// <summary>Where a flowchart begins, when the file says so.</summary>
    internal string? StartActivityId { get; init; }

    /// <summary>A flowchart that moves tokens instead of counting visits.</summary>
    internal bool UsesTokens { get; init; }

    internal MergeMode MergeMode { get; init; }

    /// <summary>A fork that goes on after its first branch.</summary>
    internal bool WaitsForOne { get; init; }

    /// <summary>It starts other workflows and can wait for them.</summary>
    internal bool StartsWorkflows =>
        WorkflowDefinitionId is not null || Type is "Elsa.DispatchWorkflow" or "Elsa.ExecuteWorkflow" or "Elsa.BulkDispatchWorkflows";

    internal bool IsContainer => Activities.Count > 0 || Ports.Count > 0;

    internal bool IsLoop => Type is "Elsa.While" or "Elsa.For" or "Elsa.ForEach";

    /// <summary>The value of an input that is the same for every instance, or null when it has to be evaluated.</summary>
    public JsonNode? LiteralInput(string name) =>
        Inputs.TryGetValue(name, out var input) && input.Expression is Literal literal ? literal.Value?.DeepClone() : null;

    internal FlowGraph GraphFrom(string startActivityId) =>
        graphs.GetOrAdd(startActivityId, start => new FlowGraph(Connections, start));
}

internal sealed record Input(string Name, DataType Type, Expression Expression);

/// <summary>Where an output goes: a variable, or an output of the workflow.</summary>
internal sealed record Output(string Name, Variable? Variable, string? WorkflowOutput);

/// <summary>A case of a switch; the one in a flowchart has an exit instead of an activity.</summary>
internal sealed record SwitchCase(string Label, Expression Condition, Activity? Activity);

internal sealed record StateMachine(string? InitialState, IReadOnlyDictionary<string, MachineState> States, IReadOnlyList<Transition> Transitions);

internal sealed record MachineState(Activity? Entry, Activity? Exit);

internal sealed record Transition(string From, string To, Activity? Trigger, Expression? Condition, Activity? Action);

internal sealed record Variable(string Id, string Name, DataType Type, JsonNode? Default)
{
    /// <summary>Elsa's memory driver: what is in it is gone after the burst.</summary>
    public bool IsForgotten { get; init; }

    /// <summary>The values of one version in another: what it still has, and what is new as it begins.</summary>
    public static JsonObject? Move(IReadOnlyList<Variable> before, IReadOnlyList<Variable> after, JsonObject? values)
    {
        var moved = InitialValues(after) ?? [];
        foreach (var (name, value) in values ?? [])
        {
            // What was given by a loop was declared by nobody.
            if (moved.ContainsKey(name) || !before.Any(v => v.Name == name))
            {
                moved[name] = value?.DeepClone();
            }
        }

        return moved.Count == 0 ? null : moved;
    }

    public static JsonObject? InitialValues(IReadOnlyList<Variable> variables) =>
        variables.Count == 0 ? null : new(variables.Select(v => KeyValuePair.Create(v.Name, v.Default?.DeepClone())));
}
