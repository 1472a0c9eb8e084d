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

    /// <summary>It has brought something that its target has not used yet.</summary>
    public bool HasCome(Connection inbound) => Tokens?.Exists(t => t.IsOn(inbound)) ?? IsVisited(inbound);

    /// <summary>It was followed, and its target has not used that yet.</summary>
    public bool HasLed(Connection inbound) => Tokens?.Exists(t => t.IsOn(inbound) && !t.IsBlocked) ?? IsFollowed(inbound);

    public FlowScope Copy() => new()
    {
        StartActivityId = StartActivityId,
        ActivitiesVisitCount = new(ActivitiesVisitCount),
        ConnectionVisitCount = new(ConnectionVisitCount),
        ConnectionLastVisitFollowed = new(ConnectionLastVisitFollowed),
        Tokens = Tokens is null ? null : [.. Tokens],
    };

    /// <summary>
    /// The same bookkeeping for other connections. A new one whose source was already left in this round will not be
    /// visited any more, so it counts as not followed; the others wait for their source.
    /// </summary>
    public FlowScope On(IReadOnlyList<Connection> before, Activity flowchart, WorkflowInstance instance)
    {
        var scope = Copy();
        var known = before.Select(c => c.Key).ToHashSet();
        foreach (var connection in flowchart.Connections.Where(c => !known.Contains(c.Key)))
        {
            var isUnderWay = instance.Activities.Exists(a => a.ActivityId == connection.Source) || instance.Scheduled.Exists(item => item.ActivityId == connection.Source);
            var isLeft = !isUnderWay && Visits(connection.Source) > Visits(connection.Target);
            scope.ConnectionVisitCount[connection.Key] = Visits(connection.Target) + (isLeft ? 1 : 0);
            scope.ConnectionLastVisitFollowed[connection.Key] = false;
        }

        var left = flowchart.Connections.Select(c => c.Key).ToHashSet();
        foreach (var gone in scope.ConnectionVisitCount.Keys.Where(key => !left.Contains(key)).ToList())
        {
            scope.ConnectionVisitCount.Remove(gone);
            scope.ConnectionLastVisitFollowed.Remove(gone);
        }

        scope.Tokens?.RemoveAll(t => !flowchart.Connections.Any(t.IsOn));
        return scope;
    }

    private long Visits(string activityId) => ActivitiesVisitCount.GetValueOrDefault(activityId);

    private long Visits(Connection connection) => ConnectionVisitCount.GetValueOrDefault(connection.Key);
}

/// <summary>A token on a connection. A blocked one stops the next that comes there, after another connection has won.</summary>
internal sealed record Token(string Source, string Port, string Target, bool IsBlocked = false)
{
    public bool IsOn(Connection connection) => Source == connection.Source && Port == connection.Port && Target == connection.Target;
}
