namespace NetwerkRegie.Engine;

/// <summary>
/// Puts a running instance on another version of its workflow. What was done stays done and what waits keeps waiting at
/// the same bookmark; nothing runs because of it. It can only be when everything that is under way exists in the other
/// version, of the same kind and in the same container.
/// </summary>
public static class Migration
{
    /// <summary>What stands in the way, or the migrated instance.</summary>
    public static (WorkflowInstance? Instance, IReadOnlyList<DefinitionFault> Faults) Migrate(WorkflowDefinition from, WorkflowDefinition to, WorkflowInstance instance)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(instance);
        if (from.Id != instance.DefinitionVersionId || to.DefinitionId != instance.DefinitionId)
        {
            throw new ArgumentException($"Instance {instance.Id} runs version {instance.DefinitionVersionId} of {instance.DefinitionId}.", nameof(instance));
        }

        var underWay = instance.Activities.Select(a => a.ActivityId).Concat(instance.Scheduled.Select(item => item.ActivityId)).ToHashSet();
        var faults = underWay
            .Concat(instance.Activities.Select(a => a.FlowScope?.StartActivityId).OfType<string>().Where(id => id.Length > 0))
            .Distinct()
            .Select(from.Activity)
            .Where(a => to.FindActivity(a.Id) is not { } other || other.Type != a.Type || other.NodeId != a.NodeId)
            .Select(a => new DefinitionFault(a.Id, a.Name, a.NodeId, underWay.Contains(a.Id)
                ? $"De stap '{a.DisplayName}' is bezig en bestaat in de andere versie niet op dezelfde plaats."
                : $"De stroom begon bij '{a.DisplayName}', en die stap is er in de andere versie niet op dezelfde plaats."))
            .Concat(instance.Activities.SelectMany(a => LostAt(a, from, to)))
            .ToList();
        return faults.Count > 0 ? (null, faults) : (Moved(from, to, instance), []);
    }

    /// <summary>What the history of an instance says when it has gone to another version.</summary>
    public static JournalEntry Entry(WorkflowDefinition definition, WorkflowInstance instance, string message, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(instance);
        var workflow = definition.Workflow;
        return new(instance.JournalLength, workflow.Id, instance.Activities.Find(a => a.ParentId is null)?.Id ?? instance.Id, null, workflow.Type, workflow.Name, workflow.NodeId, JournalEvents.Migrated, now, message, null);
    }

    /// <summary>Where a line is gone that a join still waits for while others have come: nothing would ever decide it.</summary>
    private static IEnumerable<DefinitionFault> LostAt(ActivityInstance flowchart, WorkflowDefinition from, WorkflowDefinition to)
    {
        if (flowchart.FlowScope is not { } scope || to.FindActivity(flowchart.ActivityId) is not { } other)
        {
            return [];
        }

        var kept = other.Connections.Select(c => c.Key).ToHashSet();
        return from target in @from.Activity(flowchart.ActivityId).Connections.GroupBy(c => c.Target)
               where target.Any(scope.HasCome) && target.Any(c => !kept.Contains(c.Key))
                   && other.Connections.Where(c => c.Target == target.Key).All(scope.HasCome)
                   // Where no line led to it either, nothing is lost with it.
                   && (to.FindActivity(target.Key) is not null || target.Any(scope.HasLed))
               let activity = @from.Activity(target.Key)
               select new DefinitionFault(activity.Id, activity.Name, activity.NodeId, $"De stap '{activity.DisplayName}' wacht nog op een lijn die in de andere versie weg is.");
    }

    private static WorkflowInstance Moved(WorkflowDefinition from, WorkflowDefinition to, WorkflowInstance instance)
    {
        var moved = instance.Copy(to.Id, to.Version);
        moved.Variables = Variable.Move(from.Variables, to.Variables, moved.Variables) ?? [];
        foreach (var activity in moved.Activities)
        {
            var (before, after) = (from.Activity(activity.ActivityId), to.Activity(activity.ActivityId));
            if (activity.ParentId is not null)
            {
                activity.Variables = Variable.Move(before.Variables, after.Variables, activity.Variables);
            }

            if (activity.FlowScope is { } scope)
            {
                activity.FlowScope = scope.On(before.Connections, after, moved);
            }
        }

        return moved;
    }
}
