namespace NetwerkRegie.Engine;

/// <summary>
/// Elsa's bookkeeping of a flowchart: how often each activity was passed, how often each connection was, and whether it
/// was followed that last time. An activity is decided once each connection that leads to it has been visited more often
/// than the activity itself.
/// </summary>
internal sealed class FlowScope
{
    public required string StartActivityId { get; init; }

    public Dictionary<string, long> ActivitiesVisitCount { get; init; } = [];

    public Dictionary<string, long> ConnectionVisitCount { get; init; } = [];

    public Dictionary<string, bool> ConnectionLastVisitFollowed { get; init; } = [];

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

    private long Visits(string activityId) => ActivitiesVisitCount.GetValueOrDefault(activityId);

    private long Visits(Connection connection) => ConnectionVisitCount.GetValueOrDefault(connection.Key);
}
