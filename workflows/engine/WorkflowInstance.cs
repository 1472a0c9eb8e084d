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
    DateTimeOffset Timestamp);

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

    [JsonConstructor]
    internal WorkflowInstance()
    {
    }

    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionVersionId { get; init; }

    public required int Version { get; init; }

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
    public IReadOnlyList<Bookmark> Bookmarks { get; internal set; } = [];

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

    public static WorkflowInstance Create(WorkflowDefinition definition, string id, string? correlationId)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new()
        {
            Id = id,
            DefinitionId = definition.DefinitionId,
            DefinitionVersionId = definition.Id,
            Version = definition.Version,
            CorrelationId = correlationId,
            Variables = Variable.InitialValues(definition.Variables) ?? [],
        };
    }

    public static WorkflowInstance FromJson(string json) =>
        JsonSerializer.Deserialize<WorkflowInstance>(json, Json) ?? throw new JsonException("An instance is an object, not null.");

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    internal ActivityInstance? Parent(ActivityInstance activity) => Activities.Find(a => a.Id == activity.ParentId);

    /// <summary>The variables among which this name lives, seen from an activity.</summary>
    internal JsonObject ContainerOf(ActivityInstance? activity, string variable)
    {
        for (var at = activity; at is not null; at = Parent(at))
        {
            if (at.Variables?.ContainsKey(variable) == true)
            {
                return at.Variables;
            }
        }

        return Variables;
    }

    /// <summary>Through JSON, so that what storage would not keep cannot influence what happens next.</summary>
    internal WorkflowInstance Copy() => FromJson(ToJson());
}

/// <summary>An activity that has begun: Elsa's activity execution context.</summary>
internal sealed class ActivityInstance
{
    public required string Id { get; init; }

    public required string ActivityId { get; init; }

    public string? ParentId { get; init; }

    /// <summary>It was reached over a connection that goes back in the flow.</summary>
    public bool Backward { get; init; }

    public bool Faulted { get; set; }

    /// <summary>The outcomes of an activity that did its work, while its container could not go on from there.</summary>
    public IReadOnlyList<string>? Outcomes { get; set; }

    /// <summary>How many children a container has begun, one after the other.</summary>
    public int Position { get; set; }

    public FlowScope? FlowScope { get; init; }

    public JsonObject? Variables { get; init; }
}

internal sealed record WorkItem(string ActivityId, string? OwnerId, bool Backward = false);
