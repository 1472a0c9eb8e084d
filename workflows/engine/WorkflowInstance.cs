using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace NetwerkRegie.Engine;

[JsonConverter(typeof(JsonStringEnumConverter<WorkflowStatus>))]
public enum WorkflowStatus
{
    Running,
    Finished,
}

[JsonConverter(typeof(JsonStringEnumConverter<WorkflowSubStatus>))]
public enum WorkflowSubStatus
{
    Pending,
    Executing,
    Suspended,
    Finished,
    Faulted,
    Cancelled,
}

/// <summary>A place where an instance waits for an answer from outside.</summary>
public sealed record Bookmark(
    string Id,
    string Type,
    string ActivityId,
    string ActivityName,
    string NodeId,
    string ActivityInstanceId,
    JsonObject? Payload,
    DateTimeOffset CreatedAt);

/// <summary>What went wrong in an activity that has not been retried yet. Line and column point into its expression.</summary>
public sealed record Incident(
    string ActivityId,
    string? ActivityName,
    string ActivityType,
    string NodeId,
    string ActivityInstanceId,
    string Message,
    int? Line,
    int? Column,
    DateTimeOffset Timestamp)
{
    /// <inheritdoc cref="DefinitionFault.ToSentence"/>
    public string ToSentence() => DefinitionFault.Sentence(Message, Line, Column);
}

/// <summary>
/// One running workflow: only what is needed to go on. What happened before is in the journal, so this does not grow
/// with the years. Nobody changes an instance but <see cref="Interpreter.Advance"/>, which returns the next one.
/// </summary>
public sealed class WorkflowInstance
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 2 * Limits.ValueDepth,
    };

    private List<Bookmark> bookmarks = [];
    private Dictionary<string, ActivityInstance>? activitiesById;

    [JsonConstructor]
    internal WorkflowInstance()
    {
    }

    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionVersionId { get; init; }

    public required int Version { get; init; }

    /// <summary>How many workflows started one another before this one; zero for what was not started by a workflow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Depth { get; init; }

    [JsonInclude]
    public string? CorrelationId { get; internal set; }

    [JsonInclude]
    public string? Name { get; internal set; }

    public WorkflowStatus Status =>
        SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Faulted or WorkflowSubStatus.Cancelled
            ? WorkflowStatus.Finished
            : WorkflowStatus.Running;

    [JsonInclude]
    public WorkflowSubStatus SubStatus { get; internal set; }

    [JsonInclude]
    public IReadOnlyList<Bookmark> Bookmarks { get => bookmarks; private set => bookmarks = [.. value]; }

    [JsonInclude]
    public IReadOnlyList<Incident> Incidents { get; internal set; } = [];

    [JsonInclude]
    public JsonObject Input { get; internal set; } = [];

    [JsonInclude]
    public JsonObject Output { get; internal set; } = [];

    /// <summary>The variables of the workflow itself, by name. Those of a container live with that container.</summary>
    [JsonInclude]
    public JsonObject Variables { get; internal set; } = [];

    /// <summary>The activity that was answered by the start itself, until it has run.</summary>
    [JsonInclude]
    internal string? TriggerActivityId { get; set; }

    /// <summary>Activities that have begun and not ended.</summary>
    [JsonInclude]
    internal List<ActivityInstance> Activities { get; init; } = [];

    /// <summary>Activities that are about to begin. Empty between bursts, unless a fault stopped one.</summary>
    [JsonInclude]
    internal List<WorkItem> Scheduled { get; init; } = [];

    /// <summary>Latest outputs, by activity, of the activities whose outputs an expression reads.</summary>
    [JsonInclude]
    internal Dictionary<string, JsonObject> ActivityOutputs { get; init; } = [];

    [JsonInclude]
    internal JsonNode? LastResult { get; set; }

    [JsonInclude]
    internal long LastId { get; set; }

    [JsonInclude]
    internal long JournalLength { get; set; }

    /// <param name="depth">One more than the <see cref="Depth"/> of the instance that dispatched it.</param>
    public static WorkflowInstance Create(WorkflowDefinition definition, string id, string? correlationId, int depth = 0)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new()
        {
            Id = id,
            DefinitionId = definition.DefinitionId,
            DefinitionVersionId = definition.Id,
            Version = definition.Version,
            Depth = depth,
            CorrelationId = correlationId,
            Variables = Variable.InitialValues(definition.Variables) ?? [],
        };
    }

    public static WorkflowInstance FromJson(string json) =>
        JsonSerializer.Deserialize<WorkflowInstance>(json, Json) ?? throw new JsonException("An instance is an object, not null.");

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    internal void Add(Bookmark bookmark) => bookmarks.Add(bookmark);

    /// <summary>The bookmarks that are gone.</summary>
    internal List<Bookmark> RemoveBookmarks(Predicate<Bookmark> isGone)
    {
        var gone = bookmarks.FindAll(isGone);
        if (gone.Count > 0)
        {
            bookmarks.RemoveAll(isGone);
        }

        return gone;
    }

    internal void Add(ActivityInstance activity)
    {
        Activities.Add(activity);
        ActivitiesById[activity.Id] = activity;
    }

    internal void Remove(ActivityInstance activity)
    {
        Activities.Remove(activity);
        ActivitiesById.Remove(activity.Id);
    }

    internal bool Has(ActivityInstance activity) => ActivitiesById.ContainsKey(activity.Id);

    internal ActivityInstance? Find(string? activityInstanceId) =>
        activityInstanceId is null ? null : ActivitiesById.GetValueOrDefault(activityInstanceId);

    internal ActivityInstance? Parent(ActivityInstance activity) => Find(activity.ParentId);

    /// <summary>The activity among whose variables this name lives, seen from an activity; null when they are those of the workflow.</summary>
    internal ActivityInstance? ScopeOf(ActivityInstance? activity, string variable)
    {
        var at = activity;
        while (at is not null && at.Variables?.ContainsKey(variable) != true)
        {
            at = Parent(at);
        }

        return at;
    }

    /// <summary>
    /// One that can change while this one stays. What a burst changes in place is copied; JSON values are shared, and replaced by
    /// whoever changes them.
    /// </summary>
    internal WorkflowInstance Copy() => Copy(DefinitionVersionId, Version);

    internal WorkflowInstance Copy(string definitionVersionId, int version) => new()
    {
        Id = Id,
        DefinitionId = DefinitionId,
        DefinitionVersionId = definitionVersionId,
        Version = version,
        Depth = Depth,
        CorrelationId = CorrelationId,
        Name = Name,
        SubStatus = SubStatus,
        bookmarks = [.. bookmarks],
        Incidents = Incidents,
        Input = Input,
        Output = Output,
        Variables = Variables,
        TriggerActivityId = TriggerActivityId,
        Activities = Activities.ConvertAll(a => a.Copy()),
        Scheduled = [.. Scheduled],
        ActivityOutputs = new(ActivityOutputs),
        LastResult = LastResult,
        LastId = LastId,
        JournalLength = JournalLength,
    };

    private Dictionary<string, ActivityInstance> ActivitiesById => activitiesById ??= Activities.ToDictionary(a => a.Id);
}
