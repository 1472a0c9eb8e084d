namespace NetwerkRegie.Engine;

/// <summary>
/// Elsa's flowchart of tokens. What ends uses up the tokens that came to it and puts one on each connection that its
/// outcomes follow; how many of those its target waits for is up to the merge mode of the target. What is not followed
/// leaves no token and is not passed on.
/// </summary>
internal sealed partial class Burst
{
    private void Emit(Activity flowchart, ActivityInstance at, List<Token> tokens, ActivityInstance completed, IReadOnlyList<string> outcomes)
    {
        var graph = flowchart.GraphFrom(at.FlowScope!.StartActivityId);
        var followed = graph.Outbound(completed.ActivityId).Where(c => outcomes.Contains(c.Port)).ToList();
        tokens.RemoveAll(t => t.Target == completed.ActivityId && !t.IsBlocked);
        tokens.AddRange(followed.Select(c => new Token(c.Source, c.Port, c.Target)));
        foreach (var connection in followed)
        {
            Arrive(connection, at, tokens, graph);
        }
    }

    private void Arrive(Connection connection, ActivityInstance at, List<Token> tokens, FlowGraph graph)
    {
        var target = definition.Activity(connection.Target);
        var forward = graph.ForwardInbound(target.Id);
        var runs = MergeModeOf(target) switch
        {
            MergeMode.Cascade => true,
            MergeMode.Race => Wins(connection, target, at, tokens, graph),
            MergeMode.Merge => HasAll(forward),
            MergeMode.Converge => HasAll(graph.Inbound(target.Id)),
            _ => !forward.Any(c => tokens.Exists(t => t.Target == c.Source && !t.IsBlocked)),
        };
        if (runs)
        {
            Schedule(target, at);
        }

        bool HasAll(IEnumerable<Connection> inbound) =>
            inbound.Count() <= 1 || inbound.All(c => tokens.Exists(t => t.IsOn(c) && !t.IsBlocked));
    }

    /// <summary>The first to come ends the others, and what cannot be ended any more is stopped when it comes.</summary>
    private bool Wins(Connection connection, Activity target, ActivityInstance at, List<Token> tokens, FlowGraph graph)
    {
        if (tokens.RemoveAll(t => t.IsOn(connection) && t.IsBlocked) > 0)
        {
            tokens.RemoveAll(t => t.IsOn(connection));
            return false;
        }

        var ancestors = graph.Ancestors(target.Id);
        foreach (var running in ChildrenOf(at).Where(c => ancestors.Contains(c.ActivityId)))
        {
            Withdraw(running);
            tokens.RemoveAll(t => t.Source == running.ActivityId || t.Target == running.ActivityId);
        }

        var coming = instance.Scheduled.Where(item => item.OwnerId == at.Id).Select(item => item.ActivityId).ToHashSet();
        foreach (var other in graph.ForwardInbound(target.Id).Where(c => c.Source != connection.Source))
        {
            if (coming.Contains(other.Source) || coming.Overlaps(graph.Ancestors(other.Source)))
            {
                tokens.Add(new(other.Source, other.Port, other.Target, IsBlocked: true));
            }
        }

        return true;
    }

    /// <summary>A join of the other kind of flowchart keeps its meaning as far as there is a mode for it, as in Elsa.</summary>
    private static MergeMode MergeModeOf(Activity activity) => activity.Type != "Elsa.FlowJoin" ? activity.MergeMode
        : ModeOf(activity) == JoinMode.WaitAny ? MergeMode.Race
        : MergeMode.Merge;
}
