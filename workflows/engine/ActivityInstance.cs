using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine;

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

    /// <summary>How many children a container has begun, one after the other; in a state machine, the transition that it makes.</summary>
    public int Position { get; set; }

    public FlowScope? FlowScope { get; set; }

    public JsonObject? Variables { get; set; }

    /// <summary>What a loop goes through: fixed when it begins, so that a change on the way cannot confuse it.</summary>
    public JsonArray? Items { get; set; }

    /// <summary>The state that a state machine is in.</summary>
    public string? State { get; set; }

    public ActivityInstance Copy() => new()
    {
        Id = Id,
        ActivityId = ActivityId,
        ParentId = ParentId,
        Backward = Backward,
        Faulted = Faulted,
        Outcomes = Outcomes,
        Position = Position,
        FlowScope = FlowScope?.Copy(),
        Variables = Variables,
        Items = Items,
        State = State,
    };
}

/// <param name="Variables">What the activity can see of the round that it runs for.</param>
internal sealed record WorkItem(string ActivityId, string? OwnerId, bool Backward = false, JsonObject? Variables = null);
