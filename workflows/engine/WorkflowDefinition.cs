namespace NetwerkRegie.Engine;

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

    public Activity Root => Workflow.Ports["root"];

    /// <summary>Every activity, containers first, in the order of the file.</summary>
    public IEnumerable<Activity> Activities => Flatten(Root);

    internal Activity Workflow { get; }

    internal IReadOnlyList<Variable> Variables => Workflow.Variables;

    internal bool ContinuesWithIncidents { get; init; }

    /// <summary>The activities whose outputs some expression reads.</summary>
    internal IReadOnlySet<string> ReadOutputs { get; init; } = new HashSet<string>();

    /// <exception cref="DefinitionException">With everything that is wrong, not only the first.</exception>
    public static WorkflowDefinition Parse(string json) => new DefinitionReader(json).Read();

    public string ToJson() => json;

    internal Activity Activity(string id) => activities[id];

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
    int? Column = null);

public sealed class DefinitionException(IReadOnlyList<DefinitionFault> faults)
    : Exception(string.Join(' ', faults.Select(f => f.Message)))
{
    public IReadOnlyList<DefinitionFault> Faults { get; } = faults;
}
