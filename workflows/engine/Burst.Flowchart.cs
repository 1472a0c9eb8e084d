namespace NetwerkRegie.Engine;

/// <summary>
/// Elsa's counter-based flowchart. Whatever ends visits all connections that leave it, followed or not; what nobody can
/// reach any more is passed over in turn, so that every join learns that a branch will not come.
/// </summary>
internal sealed partial class Burst
{
    private void BeginFlowchart(Activity flowchart, ActivityInstance at)
    {
        if (flowchart.Activities.Count == 0)
        {
            Complete(at);
            return;
        }

        Schedule(definition.Activity(at.FlowScope!.StartActivityId), at);
    }

    /// <summary>Elsa's order: the trigger, the chosen start, a Start, one that may start, one that nothing leads to, the first.</summary>
    private string StartOf(Activity flowchart)
    {
        var activities = flowchart.Activities;
        var targets = flowchart.Connections.Select(c => c.Target).ToHashSet();
        var start = activities.FirstOrDefault(a => a.Id == instance.TriggerActivityId)
            ?? activities.FirstOrDefault(a => a.Id == flowchart.StartActivityId)
            ?? activities.FirstOrDefault(a => a.Type == "Elsa.Start")
            ?? activities.FirstOrDefault(a => a.CanStartWorkflow)
            ?? activities.FirstOrDefault(a => !targets.Contains(a.Id))
            ?? (activities.Count > 0 ? activities[0] : null);
        return start?.Id ?? "";
    }

    private void ContinueFlowchart(Activity flowchart, ActivityInstance at, ActivityInstance completed, IReadOnlyList<string> outcomes)
    {
        if (ActivityOf(completed).Type == "Elsa.End")
        {
            Complete(at);
            return;
        }

        if (at.FlowScope!.Tokens is { } tokens)
        {
            Emit(flowchart, at, tokens, completed, outcomes);
            CompleteIfIdle(at);
            return;
        }

        var graph = flowchart.GraphFrom(at.FlowScope!.StartActivityId);
        var astray = graph.Outbound(completed.ActivityId)
            .FirstOrDefault(c => outcomes.Contains(c.Port) && !graph.IsForward(c) && !graph.IsValidBackward(c));
        if (astray is not null)
        {
            Hold(completed, outcomes, new($"De lijn terug naar '{definition.Activity(astray.Target).DisplayName}' kan niet: niet elke weg naar '{ActivityOf(completed).DisplayName}' komt daar langs."));
            return;
        }

        Leave(flowchart, at, completed, outcomes);
        CompleteIfIdle(at);
    }

    /// <summary>
    /// Visits what leaves an activity and decides about each target, depth first as Elsa does. A target that is passed
    /// over is left in turn, with no outcome. A list instead of recursion, since a path can be long.
    /// </summary>
    private void Leave(Activity flowchart, ActivityInstance at, ActivityInstance left, IReadOnlyList<string> outcomes)
    {
        var scope = at.FlowScope!;
        var graph = flowchart.GraphFrom(scope.StartActivityId);

        // Over a backward connection the activity comes once more in a round that has been counted.
        if (!left.Backward)
        {
            scope.Visit(left.ActivityId);
        }

        var open = new Stack<(Connection Connection, bool IsFollowed)>();
        Push(left.ActivityId, outcomes);
        while (open.TryPop(out var visit))
        {
            var (connection, isFollowed) = visit;
            scope.Visit(connection, isFollowed);
            var target = definition.Activity(connection.Target);
            if (!graph.IsForward(connection))
            {
                if (isFollowed)
                {
                    Schedule(target, at, backward: true);
                }

                continue;
            }

            switch (Decide(target, at, graph))
            {
                case Decision.Run:
                    Schedule(target, at);
                    if (ModeOf(target) == JoinMode.WaitAny)
                    {
                        WithdrawAncestors(target, at, graph);
                    }

                    break;
                case Decision.PassOver:
                    scope.Visit(target.Id);
                    Push(target.Id, []);
                    break;
            }
        }

        void Push(string activityId, IReadOnlyList<string> names)
        {
            foreach (var connection in graph.Outbound(activityId).Reverse())
            {
                open.Push((connection, names.Contains(connection.Port)));
            }
        }
    }

    private Decision Decide(Activity target, ActivityInstance at, FlowGraph graph)
    {
        var scope = at.FlowScope!;
        var inbound = graph.ForwardInbound(target.Id);

        // A join fires once in a round, also when it ends branches itself while it is still on its way.
        if (target.Type == "Elsa.FlowJoin" && IsUnderWay(target, at))
        {
            return Decision.Wait;
        }

        if (ModeOf(target) == JoinMode.WaitAny)
        {
            return inbound.Any(scope.IsFollowed) ? Decision.Run
                : inbound.All(scope.IsVisited) ? Decision.PassOver
                : Decision.Wait;
        }

        if (!inbound.All(scope.IsVisited))
        {
            return Decision.Wait;
        }

        var isReached = ModeOf(target) == JoinMode.WaitAll ? inbound.All(scope.IsFollowed) : inbound.Any(scope.IsFollowed);
        return isReached ? Decision.Run : Decision.PassOver;
    }

    /// <summary>Several lines into one activity are a join as well, that waits for whatever is active.</summary>
    private static string ModeOf(Activity activity) => activity.Type == "Elsa.FlowJoin"
        ? activity.LiteralInput("mode")?.ToString() ?? JoinMode.WaitAny
        : JoinMode.WaitAllActive;

    private bool IsUnderWay(Activity activity, ActivityInstance at) =>
        instance.Scheduled.Exists(item => item.OwnerId == at.Id && item.ActivityId == activity.Id)
        || instance.Activities.Exists(a => a.ParentId == at.Id && a.ActivityId == activity.Id);

    private void FlowJoin(ActivityInstance at)
    {
        // Elsa does so in every mode; what has begun since the join was decided ends here.
        if (instance.Parent(at) is { FlowScope: { Tokens: null } scope } container)
        {
            WithdrawAncestors(ActivityOf(at), container, ActivityOf(container).GraphFrom(scope.StartActivityId));
        }

        Complete(at);
    }

    /// <summary>Ends what still runs on the branches into a join; their joins learn that nothing more comes from there.</summary>
    private void WithdrawAncestors(Activity join, ActivityInstance at, FlowGraph graph)
    {
        var ancestors = graph.Ancestors(join.Id);
        foreach (var running in ChildrenOf(at).Where(c => ancestors.Contains(c.ActivityId)))
        {
            // Leaving the one before may have ended this one.
            if (!instance.Has(running))
            {
                continue;
            }

            Withdraw(running);
            Leave(ActivityOf(at), at, running, []);
        }
    }

    private enum Decision
    {
        Wait,
        Run,
        PassOver,
    }
}
