namespace NetwerkRegie.Engine;

/// <summary>
/// Elsa's bookkeeping of a flowchart: how often each activity was passed, how often each connection was, and whether it
/// was followed that last time. An activity is decided once each connection that leads to it has been visited more often
/// than the activity itself. A flowchart of tokens keeps its tokens instead.
/// </summary>
internal sealed class FlowScope
{
    public required string StartActivityId { get; init; }

    public Dictionary<string, long> ActivitiesVisitCount { get; init; } = [];

    public Dictionary<string, long> ConnectionVisitCount { get; init; } = [];

    public Dictionary<string, bool> ConnectionLastVisitFollowed { get; init; } = [];

    /// <summary>What came over a connection and is not used yet; null in a flowchart that counts.</summary>
    public List<Token>? Tokens { get; init; }

    public void Visit(string activityId) => ActivitiesVisitCount[activityId] = Visits(activityId) + 1;

    public void Visit(Connection connection, bool followed)
    {
        ConnectionVisitCount[connection.Key] = Visits(connection) + 1;
        ConnectionLastVisitFollowed[connection.Key] = followed;
    }

    /// <summary>Visited in the round that is now open at its target.</summary>
    public bool IsVisited(Connection inbound) => Visits(inbound) > Visits(inbound.Target);

    public bool IsFollowed(Connection inbound) =>
        IsVisited(inbound) && ConnectionLastVisitFollowed.GetValueOrDefault(inbound.Key);

    public FlowScope Copy() => new()
    {
        StartActivityId = StartActivityId,
        ActivitiesVisitCount = new(ActivitiesVisitCount),
        ConnectionVisitCount = new(ConnectionVisitCount),
        ConnectionLastVisitFollowed = new(ConnectionLastVisitFollowed),
        Tokens = Tokens is null ? null : [.. Tokens],
    };

    private long Visits(string activityId) => ActivitiesVisitCount.GetValueOrDefault(activityId);

    private long Visits(Connection connection) => ConnectionVisitCount.GetValueOrDefault(connection.Key);
}

/// <summary>A token on a connection. A blocked one stops the next that comes there, after another connection has won.</summary>
internal sealed record Token(string Source, string Port, string Target, bool IsBlocked = false)
{
    public bool IsOn(Connection connection) => Source == connection.Source && Port == connection.Port && Target == connection.Target;
}
