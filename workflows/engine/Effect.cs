using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace NetwerkRegie.Engine;

/// <summary>
/// What others must do now. A wait that began and ended within one burst was never seen outside: neither its effects
/// nor its removal are in the result.
/// </summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>One of our own steps is to be carried out; <see cref="Stimulus.Resume"/> brings its outcome.</summary>
    public sealed record RunStep(Bookmark Bookmark, JsonObject Inputs) : Effect;

    /// <summary>At this instant, however far away, <see cref="Stimulus.TimerElapsed"/> is due.</summary>
    public sealed record StartTimer(string BookmarkId, DateTimeOffset DueAt) : Effect;

    /// <summary>Nothing waits at this bookmark any more: it was answered, or it was withdrawn.</summary>
    public sealed record BookmarkRemoved(string BookmarkId) : Effect;

    /// <summary>An event for other instances, or for those of one correlation.</summary>
    public sealed record PublishEvent(string Name, string? CorrelationId, JsonNode? Payload) : Effect;

    /// <summary>
    /// Another workflow is to be started, one deeper than this instance (<see cref="WorkflowInstance.Depth"/>); with a
    /// bookmark, <see cref="Stimulus.WorkflowCompleted"/> is expected.
    /// </summary>
    public sealed record DispatchWorkflow(string? BookmarkId, string DefinitionId, string? CorrelationId, JsonObject Input) : Effect;

    /// <summary>The instance has ended. A faulted one goes on after <see cref="Stimulus.Retry"/>, and then ends again.</summary>
    public sealed record Finish(WorkflowSubStatus SubStatus, JsonObject Output) : Effect
    {
        /// <summary>The exits that the workflow chose with a Complete, for whoever drew it as an activity.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<string>? Outcomes { get; init; }
    }
}
