using System.Text.Json.Nodes;
using NetwerkRegie.Engine.Expressions;

namespace NetwerkRegie.Engine;

/// <summary>
/// One run of an instance, from a stimulus until nothing can go on without the world outside. This part is the
/// machinery that all activities share; what each of them does is in the other parts.
/// </summary>
internal sealed partial class Burst(WorkflowDefinition definition, WorkflowInstance instance, DateTimeOffset now)
{
    private static readonly string[] Done = ["Done"];

    private readonly List<JournalEntry> journal = [];
    private readonly List<Effect> effects = [];
    private readonly HashSet<string> newBookmarks = [];

    /// <summary>The result, or null when the stimulus meant nothing to this instance.</summary>
    public AdvanceResult? Run(Stimulus stimulus)
    {
        // An answer that comes while a fault has stopped the instance is kept: it goes on from there at the retry.
        var isStopped = instance.SubStatus == WorkflowSubStatus.Faulted && stimulus is not Stimulus.Retry;
        var isTaken = stimulus switch
        {
            Stimulus.Start start => Start(start),
            Stimulus.Resume answer => Resume(answer),
            Stimulus.TimerElapsed timer => Elapse(timer),
            Stimulus.EventReceived received => Receive(received.Name, received.Payload),
            Stimulus.WorkflowCompleted child => CompleteDispatched(child),
            Stimulus.Cancel => Cancel(),
            _ => Retry(),
        };
        if (!isTaken)
        {
            return null;
        }

        if (instance.Status == WorkflowStatus.Running)
        {
            RunScheduled();
        }

        if (instance.Status == WorkflowStatus.Finished && !(isStopped && instance.SubStatus == WorkflowSubStatus.Faulted))
        {
            effects.Add(new Effect.Finish(instance.SubStatus, instance.Output.DeepClone().AsObject()));
        }

        return new(instance, journal, effects, Ignored: false);
    }

    private void RunScheduled()
    {
        instance.SubStatus = WorkflowSubStatus.Executing;
        for (var executions = 1; instance.SubStatus == WorkflowSubStatus.Executing && instance.Scheduled.Count > 0; executions++)
        {
            var item = instance.Scheduled[0];
            instance.Scheduled.RemoveAt(0);
            Begin(item, isAllowed: executions <= Limits.ExecutionsPerBurst);
        }

        if (instance.SubStatus == WorkflowSubStatus.Executing)
        {
            instance.SubStatus = instance.Bookmarks.Count > 0 ? WorkflowSubStatus.Suspended : WorkflowSubStatus.Faulted;
        }
    }

    private void Begin(WorkItem item, bool isAllowed)
    {
        var activity = definition.Activity(item.ActivityId);
        var begun = new ActivityInstance
        {
            Id = NextId(),
            ActivityId = item.ActivityId,
            ParentId = item.OwnerId,
            Backward = item.Backward,
            Variables = activity == definition.Workflow ? null : Variable.InitialValues(activity.Variables),
            FlowScope = activity.Type == "Elsa.Flowchart" ? new() { StartActivityId = StartOf(activity) } : null,
        };
        instance.Activities.Add(begun);
        Write(begun, JournalEvents.Started);
        if (isAllowed)
        {
            Attempt(begun, () => Execute(activity, begun));
        }
        else
        {
            Fail(begun, new($"De stroom blijft rondgaan zonder te wachten: na {Limits.ExecutionsPerBurst} stappen is hij stilgezet."));
            instance.SubStatus = WorkflowSubStatus.Faulted;
        }
    }

    private void Schedule(Activity activity, ActivityInstance? owner, bool backward = false) =>
        instance.Scheduled.Add(new(activity.Id, owner?.Id, backward));

    /// <summary>Carries something out on account of an activity: what goes wrong is its fault.</summary>
    private void Attempt(ActivityInstance activity, Action action)
    {
        try
        {
            action();
        }
        catch (ActivityFault fault)
        {
            Fail(activity, fault);
        }
    }

    private void Fail(ActivityInstance failed, ActivityFault fault)
    {
        RemoveBookmarks(failed);
        failed.Faulted = true;
        var activity = ActivityOf(failed);
        instance.Incidents =
        [
            .. instance.Incidents,
            new(activity.Id, activity.Name, activity.Type, activity.NodeId, failed.Id, fault.Message, fault.Line, fault.Column, now),
        ];
        Write(failed, JournalEvents.Faulted, fault.Message);
        if (!definition.ContinuesWithIncidents)
        {
            instance.SubStatus = WorkflowSubStatus.Faulted;
        }
    }

    private void Complete(ActivityInstance completed, IReadOnlyList<string>? outcomes = null, string? message = null)
    {
        outcomes ??= Done;
        Close(completed, outcomes, message);
        if (instance.Parent(completed) is { } parent)
        {
            Continue(parent, completed, outcomes);
        }
        else
        {
            instance.SubStatus = WorkflowSubStatus.Finished;
        }
    }

    /// <summary>Ends an activity that has done its work, with whatever still runs inside it.</summary>
    private void Close(ActivityInstance completed, IReadOnlyList<string> outcomes, string? message = null)
    {
        foreach (var child in ChildrenOf(completed))
        {
            Withdraw(child);
        }

        Write(completed, JournalEvents.Completed, message, new() { ["outcomes"] = new JsonArray([.. outcomes.Select(o => JsonValue.Create(o))]) });
        Remove(completed);
    }

    /// <summary>Ends an activity that has not done its work, and everything inside it.</summary>
    private void Withdraw(ActivityInstance withdrawn)
    {
        foreach (var child in ChildrenOf(withdrawn))
        {
            Withdraw(child);
        }

        Write(withdrawn, JournalEvents.Canceled);
        Remove(withdrawn);
    }

    private void Remove(ActivityInstance ended)
    {
        RemoveBookmarks(ended);
        instance.Activities.Remove(ended);
        instance.Scheduled.RemoveAll(item => item.OwnerId == ended.Id);
        instance.Incidents = [.. instance.Incidents.Where(i => i.ActivityInstanceId != ended.Id)];
    }

    private Bookmark Wait(Activity activity, ActivityInstance waiting, JsonObject? payload = null)
    {
        var bookmark = new Bookmark(NextId(), activity.Type, activity.Id, activity.DisplayName, activity.NodeId, waiting.Id, payload, now);
        instance.Bookmarks = [.. instance.Bookmarks, bookmark];
        newBookmarks.Add(bookmark.Id);
        Write(waiting, JournalEvents.Suspended);
        return bookmark;
    }

    private void RemoveBookmarks(ActivityInstance waiting)
    {
        foreach (var bookmark in instance.Bookmarks.Where(b => b.ActivityInstanceId == waiting.Id))
        {
            if (newBookmarks.Contains(bookmark.Id))
            {
                effects.RemoveAll(e => e is Effect.RunStep step && step.Bookmark.Id == bookmark.Id
                    || e is Effect.StartTimer timer && timer.BookmarkId == bookmark.Id
                    || e is Effect.DispatchWorkflow dispatch && dispatch.BookmarkId == bookmark.Id);
            }
            else
            {
                effects.Add(new Effect.BookmarkRemoved(bookmark.Id));
            }
        }

        instance.Bookmarks = [.. instance.Bookmarks.Where(b => b.ActivityInstanceId != waiting.Id)];
    }

    private JsonNode? Evaluate(Activity activity, ActivityInstance at, string name) =>
        activity.Inputs.TryGetValue(name, out var input) ? Evaluate(input, at) : null;

    private JsonNode? Evaluate(Input input, ActivityInstance at) => Values.Convert(Evaluate(input.Expression, at), input.Type);

    private JsonNode? Evaluate(Expression expression, ActivityInstance at) => expression.Evaluate(new(instance, at, now));

    private string? Text(Activity activity, ActivityInstance at, string name) => Evaluate(activity, at, name)?.ToString();

    private string RequiredText(Activity activity, ActivityInstance at, string name) =>
        Text(activity, at, name) is { Length: > 0 } text ? text : throw new ActivityFault($"'{name}' heeft geen waarde.");

    private bool IsTrue(Activity activity, ActivityInstance at, string name) => Evaluate(activity, at, name)?.GetValue<bool>() == true;

    /// <summary>Puts an output where it was drawn to go.</summary>
    private void SetOutput(Activity activity, ActivityInstance at, string name, JsonNode? value)
    {
        value = Values.Admit(value);
        if (name == "result")
        {
            instance.LastResult = value?.DeepClone();
        }

        if (definition.ReadOutputs.Contains(activity.Id))
        {
            instance.ActivityOutputs.TryAdd(activity.Id, []);
            instance.ActivityOutputs[activity.Id][name] = value?.DeepClone();
        }

        foreach (var output in activity.Outputs.Where(o => o.Name == name))
        {
            if (output.Variable is { } variable)
            {
                instance.ContainerOf(at, variable.Name)[variable.Name] = Values.Convert(value, variable.Type)?.DeepClone();
            }
            else
            {
                instance.Output[output.WorkflowOutput!] = value?.DeepClone();
            }
        }
    }

    private Activity ActivityOf(ActivityInstance activity) => definition.Activity(activity.ActivityId);

    private List<ActivityInstance> ChildrenOf(ActivityInstance owner) => instance.Activities.FindAll(a => a.ParentId == owner.Id);

    private string NextId() => $"{instance.Id}-{++instance.LastId}";

    private void Write(ActivityInstance subject, string eventName, string? message = null, JsonObject? payload = null)
    {
        var activity = ActivityOf(subject);
        journal.Add(new(instance.JournalLength++, activity.Id, subject.Id, subject.ParentId, activity.Type, activity.Name, activity.NodeId, eventName, now, message, payload));
    }
}
