using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine;

/// <summary>The state after a burst, what happened in it, and what others must do. Ignored: nothing happened at all.</summary>
public sealed record AdvanceResult(
    WorkflowInstance Instance,
    IReadOnlyList<JournalEntry> Journal,
    IReadOnlyList<Effect> Effects,
    bool Ignored);

/// <summary>One line of an instance's history, in the form in which Elsa Studio shows it.</summary>
public sealed record JournalEntry(
    long Sequence,
    string ActivityId,
    string ActivityInstanceId,
    string? ParentActivityInstanceId,
    string ActivityType,
    string? ActivityName,
    string NodeId,
    string EventName,
    DateTimeOffset Timestamp,
    string? Message,
    JsonObject? Payload);

/// <summary>The values of <see cref="JournalEntry.EventName"/>, spelled as Elsa spells them.</summary>
public static class JournalEvents
{
    public const string Started = "Started";
    public const string Completed = "Completed";
    public const string Suspended = "Suspended";
    public const string Resumed = "Resumed";
    public const string Faulted = "Faulted";
    public const string Canceled = "Canceled";

    /// <summary>Ours: the workflow went to another version, or back.</summary>
    public const string Migrated = "Migrated";
}
