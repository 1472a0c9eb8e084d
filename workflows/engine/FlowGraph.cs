namespace NetwerkRegie.Engine;

internal sealed record Connection(string Source, string Port, string Target)
{
    public string Key { get; } = $"{Source}:{Port}->{Target}";
}

/// <summary>
/// The shape of a flowchart as seen from where it starts. Connections are forward as long as they close no circle, in
/// the order of a breadth-first walk; the others go back, which is allowed only to an activity that every path to their
/// source passes: its dominator. One pass over the graph finds all dominators, however many paths there are.
/// </summary>
internal sealed class FlowGraph
{
    private readonly ILookup<string, Connection> outbound;
    private readonly ILookup<string, Connection> inbound;
    private readonly ILookup<string, Connection> forwardInbound;
    private readonly HashSet<Connection> forward = [];
    private readonly Dictionary<string, int> order = [];
    private readonly int[] dominator;

    public FlowGraph(IReadOnlyList<Connection> connections, string start)
    {
        outbound = connections.ToLookup(c => c.Source);
        inbound = connections.ToLookup(c => c.Target);
        FindForwardConnections(start);
        forwardInbound = connections.Where(forward.Contains).ToLookup(c => c.Target);
        SortForward(start);
        dominator = FindDominators();
    }

    /// <summary>Connections looked at while the graph was made: the measure of its cost.</summary>
    public int ConnectionsExamined { get; private set; }

    public IEnumerable<Connection> Outbound(string activityId) => outbound[activityId];

    public IEnumerable<Connection> Inbound(string activityId) => inbound[activityId];

    public IEnumerable<Connection> ForwardInbound(string activityId) => forwardInbound[activityId];

    public bool IsForward(Connection connection) => forward.Contains(connection);

    public bool IsValidBackward(Connection connection)
    {
        if (!order.TryGetValue(connection.Target, out var target) || !order.TryGetValue(connection.Source, out var at))
        {
            return false;
        }

        while (at > target)
        {
            at = dominator[at];
        }

        return at == target;
    }

    /// <summary>Everything from which the activity can be reached without going back.</summary>
    public IReadOnlySet<string> Ancestors(string activityId)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>([activityId]);
        while (open.TryPop(out var current))
        {
            foreach (var connection in forwardInbound[current])
            {
                if (found.Add(connection.Source))
                {
                    open.Push(connection.Source);
                }
            }
        }

        return found;
    }

    private void FindForwardConnections(string start)
    {
        var seen = new HashSet<string> { start };
        var expanded = new HashSet<string>();
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var source))
        {
            expanded.Add(source);
            foreach (var connection in outbound[source])
            {
                ConnectionsExamined++;

                // Nothing leaves an activity that is not expanded yet, so nothing can come back from it.
                if (expanded.Contains(connection.Target) && Reaches(connection.Target, source))
                {
                    continue;
                }

                forward.Add(connection);
                if (seen.Add(connection.Target))
                {
                    open.Enqueue(connection.Target);
                }
            }
        }
    }

    private bool Reaches(string from, string to)
    {
        var seen = new HashSet<string> { from };
        var open = new Stack<string>([from]);
        while (open.TryPop(out var current))
        {
            if (current == to)
            {
                return true;
            }

            foreach (var connection in outbound[current])
            {
                ConnectionsExamined++;
                if (forward.Contains(connection) && seen.Add(connection.Target))
                {
                    open.Push(connection.Target);
                }
            }
        }

        return false;
    }

    /// <summary>Numbers the activities so that every forward connection leads to a higher number.</summary>
    private void SortForward(string start)
    {
        var missing = new Dictionary<string, int>();
        var ready = new Queue<string>([start]);
        while (ready.TryDequeue(out var current))
        {
            order.Add(current, order.Count);
            foreach (var connection in outbound[current].Where(forward.Contains))
            {
                ConnectionsExamined++;
                var left = missing.GetValueOrDefault(connection.Target, forwardInbound[connection.Target].Count()) - 1;
                missing[connection.Target] = left;
                if (left == 0)
                {
                    ready.Enqueue(connection.Target);
                }
            }
        }
    }

    private int[] FindDominators()
    {
        var found = new int[order.Count];
        foreach (var (activityId, number) in order.OrderBy(o => o.Value).Skip(1))
        {
            found[number] = forwardInbound[activityId].Select(c => order[c.Source]).Aggregate(Meet);
        }

        return found;

        int Meet(int one, int other)
        {
            while (one != other)
            {
                ConnectionsExamined++;
                (one, other) = one > other ? (found[one], other) : (one, found[other]);
            }

            return one;
        }
    }
}
