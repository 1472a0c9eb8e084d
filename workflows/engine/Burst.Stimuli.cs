using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine;

/// <summary>How a burst begins. Each method says whether the stimulus meant anything.</summary>
internal sealed partial class Burst
{
    private bool Start(Stimulus.Start start)
    {
        if (instance.SubStatus != WorkflowSubStatus.Pending)
        {
            return false;
        }

        instance.SubStatus = WorkflowSubStatus.Executing;
        instance.TriggerActivityId = start.TriggerActivityId;
        try
        {
            instance.Input = Named(Values.Admit(start.Input)?.AsObject() ?? []);
            Schedule(definition.Workflow, owner: null);
        }
        catch (ActivityFault fault)
        {
            var workflow = new ActivityInstance { Id = NextId(), ActivityId = definition.Workflow.Id };
            instance.Add(workflow);
            Fail(workflow, fault);
            instance.SubStatus = WorkflowSubStatus.Faulted;
        }

        return true;
    }

    /// <summary>An activity that is a workflow has its inputs under names that begin with a small letter, as every activity has.</summary>
    private JsonObject Named(JsonObject input)
    {
        foreach (var name in definition.Inputs.Where(n => n.Length > 0 && !input.ContainsKey(n)))
        {
            var camel = Camel(name);
            if (!definition.Inputs.Contains(camel) && input.TryGetPropertyValue(camel, out var value))
            {
                input.Remove(camel);
                input[name] = value;
            }
        }

        return input;
    }

    private bool Resume(Stimulus.Resume answer) =>
        Answer(answer.BookmarkId, a => a.Type == "Elsa.RunTask" || a.IsOwnStep, (activity, waiting) =>
        {
            SetOutputs(activity, waiting, answer.Result);
            Complete(waiting, answer.Outcome is { } outcome ? [outcome] : Done);
        });

    private bool Elapse(Stimulus.TimerElapsed timer) =>
        Answer(timer.BookmarkId, a => a.Type is "Elsa.Delay" or "Elsa.StartAt" or "Elsa.Timer" or "Elsa.Cron", (_, waiting) => Complete(waiting));

    private bool Receive(string name, JsonNode? payload)
    {
        var isWaitedFor = false;
        foreach (var bookmark in instance.Bookmarks.Where(b => b.Type == "Elsa.Event" && b.Payload?["eventName"]?.ToString() == name).ToList())
        {
            isWaitedFor |= Answer(bookmark.Id, _ => true, (activity, waiting) =>
            {
                SetOutput(activity, waiting, "result", payload);
                Complete(waiting);
            });
        }

        return isWaitedFor;
    }

    private bool CompleteDispatched(Stimulus.WorkflowCompleted child) =>
        Answer(child.BookmarkId, a => a.StartsWorkflows, (activity, waiting) =>
        {
            if (activity.Type == "Elsa.BulkDispatchWorkflows")
            {
                ContinueBulkDispatch(activity, waiting, child);
                return;
            }

            if (child.Faulted)
            {
                throw new ActivityFault("De stroom die hier werd gestart, is mislukt.");
            }

            if (activity.WorkflowDefinitionId is not null)
            {
                foreach (var (name, value) in child.Output ?? [])
                {
                    SetOutput(activity, waiting, Camel(name), value);
                }
            }

            SetOutput(activity, waiting, "result", child.Output);
            Complete(waiting, activity.WorkflowDefinitionId is null ? null : child.Outcomes);
        });

    private bool Cancel()
    {
        if (instance.SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Cancelled)
        {
            return false;
        }

        foreach (var activity in instance.Activities.FindAll(a => a.ParentId is null))
        {
            Withdraw(activity);
        }

        instance.SubStatus = WorkflowSubStatus.Cancelled;
        return true;
    }

    private bool Retry(IReadOnlyCollection<string>? activityIds)
    {
        var faulted = instance.Activities.FindAll(a => a.Faulted && a.ParentId is not null && activityIds?.Contains(a.ActivityId) != false);
        if (faulted.Count == 0)
        {
            return false;
        }

        instance.SubStatus = WorkflowSubStatus.Executing;
        foreach (var activity in faulted)
        {
            // Going on after one of them may have ended another.
            if (!instance.Has(activity))
            {
                continue;
            }

            foreach (var child in ChildrenOf(activity))
            {
                Withdraw(child);
            }

            Remove(activity);
            if (activity.Outcomes is { } outcomes)
            {
                activity.Faulted = false;
                activity.Outcomes = null;
                GoOn(instance.Parent(activity)!, activity, outcomes);
            }
            else
            {
                instance.Scheduled.Add(new(activity.ActivityId, activity.ParentId, activity.Backward, VariablesOfRound(activity)));
            }
        }

        return true;
    }

    private bool Move(Stimulus.Move move)
    {
        if (instance.Find(move.ActivityInstanceId) is not { } left || instance.Parent(left) is not { FlowScope.Tokens: { } tokens } container
            || !(left.Faulted || (ActivityOf(left).IsOwnStep && instance.Bookmarks.Any(b => b.ActivityInstanceId == left.Id)))
            || ActivityOf(container).Activities.FirstOrDefault(a => a.Id == move.ActivityId) is not { } target)
        {
            return false;
        }

        if (target.Id != left.ActivityId)
        {
            // A join counts whoever a token leads to as under way.
            tokens.RemoveAll(t => t.Target == left.ActivityId && !t.IsBlocked);
            if (ActivityOf(container).GraphFrom(container.FlowScope.StartActivityId).ForwardInbound(target.Id).FirstOrDefault() is { } inbound)
            {
                tokens.Add(new(inbound.Source, inbound.Port, inbound.Target));
            }
        }

        var variables = VariablesOfRound(left);
        Withdraw(left);
        instance.SubStatus = WorkflowSubStatus.Executing;
        Schedule(target, container, variables: variables);
        return true;
    }

    /// <summary>What a container gave an activity to see, without what the activity declares itself.</summary>
    private JsonObject? VariablesOfRound(ActivityInstance activity)
    {
        var own = ActivityOf(activity).Variables.Select(v => v.Name).ToHashSet();
        var given = (activity.Variables ?? []).Where(v => !own.Contains(v.Key)).ToList();
        return given.Count == 0 ? null : new(given.Select(v => KeyValuePair.Create(v.Key, v.Value?.DeepClone())));
    }

    /// <summary>The answer to one wait, once: the wait is over, whatever comes of it.</summary>
    private bool Answer(string bookmarkId, Func<Activity, bool> isMeant, Action<Activity, ActivityInstance> go)
    {
        var bookmark = instance.Bookmarks.FirstOrDefault(b => b.Id == bookmarkId);
        if (bookmark is null || !isMeant(definition.Activity(bookmark.ActivityId)))
        {
            return false;
        }

        var waiting = instance.Find(bookmark.ActivityInstanceId)!;
        RemoveBookmarks(b => b.Id == bookmarkId);
        Write(waiting, JournalEvents.Resumed);
        Attempt(waiting, () => go(definition.Activity(bookmark.ActivityId), waiting));
        return true;
    }

    private static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The members of an answer go to the outputs of the same name, and the whole to the result.</summary>
    private void SetOutputs(Activity activity, ActivityInstance waiting, JsonNode? result)
    {
        if (result is JsonObject members)
        {
            foreach (var (name, value) in members.Where(m => m.Key != "result"))
            {
                SetOutput(activity, waiting, name, value);
            }
        }

        SetOutput(activity, waiting, "result", result);
    }
}
