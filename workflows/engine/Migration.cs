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

        var faults = instance.Activities.Select(a => a.ActivityId)
            .Concat(instance.Scheduled.Select(item => item.ActivityId))
            .Concat(instance.Activities.Select(a => a.FlowScope?.StartActivityId).OfType<string>().Where(id => id.Length > 0))
            .Distinct()
            .Select(from.Activity)
            .Where(a => to.FindActivity(a.Id) is not { } other || other.Type != a.Type || other.NodeId != a.NodeId)
            .Select(a => new DefinitionFault(a.Id, a.Name, a.NodeId, $"De stap '{a.DisplayName}' is bezig en bestaat in de andere versie niet op dezelfde plaats."))
            .ToList();
        return faults.Count > 0 ? (null, faults) : (Moved(from, to, instance), []);
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
