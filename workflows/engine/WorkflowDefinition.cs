namespace NetwerkRegie.Engine;

/// <summary>When a new instance may start beside those that run.</summary>
public enum ActivationStrategy
{
    Always,

    /// <summary>Not while another of this workflow runs.</summary>
    Singleton,

    /// <summary>Not while another of this workflow runs with the same correlation.</summary>
    CorrelatedSingleton,

    /// <summary>Not while any workflow runs with the same correlation.</summary>
    Correlation,
}

/// <summary>
/// A workflow as Elsa Studio writes it. Reading it checks everything that can be known before it runs; the text itself is
/// kept, so that what this engine does not know comes out as it went in.
/// </summary>
public sealed class WorkflowDefinition
{
    private readonly string json;
    private readonly Dictionary<string, Activity> activities;

    internal WorkflowDefinition(string json, Activity workflow)
    {
        this.json = json;
        Workflow = workflow;
        activities = Flatten(workflow).ToDictionary(a => a.Id);
    }

    public required string DefinitionId { get; init; }

    /// <summary>Of this version; <see cref="DefinitionId"/> is shared by all versions.</summary>
    public required string Id { get; init; }

    public required string? Name { get; init; }

    public required int Version { get; init; }

    public ActivationStrategy ActivationStrategy { get; init; }

    /// <summary>The inputs that the workflow says it has.</summary>
    public IReadOnlyCollection<string> Inputs { get; init; } = [];

    /// <summary>The outputs that the workflow says it has.</summary>
    public IReadOnlyCollection<string> Outputs { get; init; } = [];

    public Activity Root => Workflow.Ports["root"];

    /// <summary>Every activity, containers first, in the order of the file.</summary>
    public IEnumerable<Activity> Activities => Flatten(Root);

    /// <summary>The workflows that this one starts, as far as they are named in the drawing.</summary>
    public IEnumerable<string> References => Activities
        .Where(a => a.StartsWorkflows)
        .Select(a => a.WorkflowDefinitionId ?? a.LiteralInput("workflowDefinitionId")?.ToString())
        .OfType<string>()
        .Distinct();

    internal Activity Workflow { get; }

    internal IReadOnlyList<Variable> Variables => Workflow.Variables;

    internal bool ContinuesWithIncidents { get; init; }

    /// <summary>The activities whose outputs some expression reads.</summary>
    internal IReadOnlySet<string> ReadOutputs { get; init; } = new HashSet<string>();

    /// <summary>The types of Elsa that can be drawn here; everything else is one of our own, or refused.</summary>
    public static IReadOnlyCollection<string> ElsaActivities => BuiltIn.All.Keys;

    /// <summary>For what is to run: all of it has to be right.</summary>
    /// <exception cref="DefinitionException">With everything that is wrong, not only the first.</exception>
    public static WorkflowDefinition Parse(string json)
    {
        var reader = new DefinitionReader(json);
        return reader.Read() ?? throw new DefinitionException(reader.Faults);
    }

    /// <summary>For a draft that somebody is still drawing: what would be in the way of publishing it; empty when nothing is.</summary>
    public static IReadOnlyList<DefinitionFault> Check(string json)
    {
        var reader = new DefinitionReader(json);
        reader.Read();
        return reader.Faults;
    }

    public string ToJson() => json;

    /// <summary>
    /// Whether an instance may start beside these. Without a correlation it shares none, not even with another that has none.
    /// </summary>
    public bool MayStart(string? correlationId, IEnumerable<(string DefinitionId, string? CorrelationId)> running) => ActivationStrategy switch
    {
        ActivationStrategy.Singleton => !running.Any(r => r.DefinitionId == DefinitionId),
        ActivationStrategy.CorrelatedSingleton => correlationId is null || !running.Contains((DefinitionId, correlationId)),
        ActivationStrategy.Correlation => correlationId is null || !running.Any(r => r.CorrelationId == correlationId),
        _ => true,
    };

    internal Activity Activity(string id) => activities[id];

    internal Activity? FindActivity(string id) => activities.GetValueOrDefault(id);

    internal static IEnumerable<Activity> Flatten(Activity activity) =>
        activity.Children.SelectMany(Flatten).Prepend(activity);
}

/// <summary>One thing that is wrong in a definition, where it is, in words for the person who draws.</summary>
public sealed record DefinitionFault(
    string? ActivityId,
    string? ActivityName,
    string Path,
    string Message,
    int? Line = null,
    int? Column = null)
{
    /// <summary>The message, with its place in the expression if it has one.</summary>
    public string ToSentence() => Sentence(Message, Line, Column);

    internal static string Sentence(string message, int? line, int? column) => line is null ? message : $"{message} (regel {line}, teken {column})";
}

public sealed class DefinitionException(IReadOnlyList<DefinitionFault> faults)
    : Exception(string.Join(' ', faults.Select(f => f.Message)))
{
    public IReadOnlyList<DefinitionFault> Faults { get; } = faults;
}
