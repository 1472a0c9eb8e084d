using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine;

/// <summary>What reached an instance from outside. An answer that is late, double or unknown changes nothing.</summary>
public abstract record Stimulus
{
    private Stimulus()
    {
    }

    /// <summary>Starts a new instance. With a trigger, that activity counts as answered, with the input as its result.</summary>
    public sealed record Start(JsonObject? Input, string? TriggerActivityId) : Stimulus;

    /// <summary>The answer to one of our own steps or to a task. No outcome means <c>Done</c>.</summary>
    public sealed record Resume(string BookmarkId, string? Outcome, JsonNode? Result) : Stimulus;

    /// <summary>The instant of a <see cref="Effect.StartTimer"/> has come.</summary>
    public sealed record TimerElapsed(string BookmarkId) : Stimulus;

    /// <summary>Something happened that every wait for this name is waiting for.</summary>
    public sealed record EventReceived(string Name, JsonNode? Payload) : Stimulus;

    /// <summary>
    /// The workflow of a <see cref="Effect.DispatchWorkflow"/> with a bookmark has ended. Faulted means that it will not
    /// finish any more; as long as somebody can retry it, there is nothing to tell.
    /// </summary>
    /// <param name="Outcomes">Those of its <see cref="Effect.Finish"/>.</param>
    /// <param name="InstanceId">Of the workflow that ended, for an activity that started many.</param>
    public sealed record WorkflowCompleted(string BookmarkId, bool Faulted, JsonObject? Output, IReadOnlyList<string>? Outcomes = null, string? InstanceId = null) : Stimulus;

    /// <summary>Stops the instance; whatever it waits for is withdrawn.</summary>
    public sealed record Cancel : Stimulus;

    /// <summary>Runs the faulted activities again, and only those; with ids, only those among them.</summary>
    public sealed record Retry(IReadOnlyCollection<string>? ActivityIds = null) : Stimulus;

    /// <summary>
    /// Ends one of our own steps that waits, or an activity that is faulted, and begins another of the same flowchart of tokens
    /// instead; the same one again is asked once more. Whether the workflow still ends well from there is for the caller to know.
    /// </summary>
    public sealed record Move(string ActivityInstanceId, string ActivityId) : Stimulus;
}
