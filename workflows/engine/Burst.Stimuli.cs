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
            instance.Input = Values.Admit(start.Input)?.AsObject() ?? [];
            Schedule(definition.Workflow, owner: null);
        }
        catch (ActivityFault fault)
        {
            var workflow = new ActivityInstance { Id = NextId(), ActivityId = definition.Workflow.Id };
            instance.Activities.Add(workflow);
            Fail(workflow, fault);
            instance.SubStatus = WorkflowSubStatus.Faulted;
        }

        return true;
    }

    private bool Resume(Stimulus.Resume answer) =>
        Answer(answer.BookmarkId, b => b.Type == "Elsa.RunTask" || !b.Type.StartsWith("Elsa.", StringComparison.Ordinal), (activity, waiting) =>
        {
            SetOutputs(activity, waiting, answer.Result);
            Complete(waiting, answer.Outcome is { } outcome ? [outcome] : Done);
        });

    private bool Elapse(Stimulus.TimerElapsed timer) =>
        Answer(timer.BookmarkId, b => b.Type is "Elsa.Delay" or "Elsa.StartAt", (_, waiting) => Complete(waiting));

    private bool Receive(string name, JsonNode? payload)
    {
        var isWaitedFor = false;
        foreach (var bookmark in instance.Bookmarks.Where(b => b.Type == "Elsa.Event" && b.Payload?["eventName"]?.ToString() == name))
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
        Answer(child.BookmarkId, b => b.Type is "Elsa.DispatchWorkflow" or "Elsa.ExecuteWorkflow", (activity, waiting) =>
        {
            if (child.Faulted)
            {
                throw new ActivityFault("De stroom die hier werd gestart, is mislukt.");
            }

            SetOutput(activity, waiting, "result", child.Output);
            Complete(waiting);
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

    private bool Retry()
    {
        var faulted = instance.Activities.FindAll(a => a.Faulted && a.ParentId is not null);
        if (faulted.Count == 0)
        {
            return false;
        }

        instance.SubStatus = WorkflowSubStatus.Executing;
        foreach (var activity in faulted)
        {
            // Going on after one of them may have ended another.
            if (!instance.Activities.Contains(activity))
            {
                continue;
            }

            Remove(activity);
            if (activity.Outcomes is not null)
            {
                Continue(instance.Parent(activity)!, activity, activity.Outcomes);
            }
            else
            {
                instance.Scheduled.Add(new(activity.ActivityId, activity.ParentId, activity.Backward));
            }
        }

        return true;
    }

    /// <summary>The answer to one wait, once: the wait is over, whatever comes of it.</summary>
    private bool Answer(string bookmarkId, Func<Bookmark, bool> isMeant, Action<Activity, ActivityInstance> go)
    {
        var bookmark = instance.Bookmarks.FirstOrDefault(b => b.Id == bookmarkId);
        if (bookmark is null || !isMeant(bookmark))
        {
            return false;
        }

        var waiting = instance.Activities.Find(a => a.Id == bookmark.ActivityInstanceId)!;
        RemoveBookmarks(waiting);
        Write(waiting, JournalEvents.Resumed);
        Attempt(waiting, () => go(definition.Activity(bookmark.ActivityId), waiting));
        return true;
    }

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
