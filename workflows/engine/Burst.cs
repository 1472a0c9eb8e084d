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
    private readonly HashSet<JsonObject> owned = [];
    private readonly Budget budget = new();
    private IReadOnlyList<string>? workflowOutcomes;

    /// <summary>The result, or null when the stimulus meant nothing to this instance.</summary>
    public AdvanceResult? Run(Stimulus stimulus)
    {
        // An answer that comes while a fault has stopped the instance is kept: it goes on from there at the retry.
        var isStopped = instance.SubStatus == WorkflowSubStatus.Faulted && stimulus is not (Stimulus.Retry or Stimulus.Move);
        var isTaken = stimulus switch
        {
            Stimulus.Start start => Start(start),
            Stimulus.Resume answer => Resume(answer),
            Stimulus.TimerElapsed timer => Elapse(timer),
            Stimulus.EventReceived received => Receive(received.Name, received.Payload),
            Stimulus.WorkflowCompleted child => CompleteDispatched(child),
            Stimulus.Cancel => Cancel(),
            Stimulus.Retry retry => Retry(retry.ActivityIds),
            Stimulus.Move move => Move(move),
            _ => false,
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
            effects.Add(new Effect.Finish(instance.SubStatus, instance.Output.DeepClone().AsObject()) { Outcomes = workflowOutcomes });
        }

        Forget();
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
            Variables = item.Variables?.DeepClone().AsObject(),
            FlowScope = activity.Type == "Elsa.Flowchart" ? new() { StartActivityId = StartOf(activity), Tokens = activity.UsesTokens ? [] : null } : null,
        };
        instance.Add(begun);
        Write(begun, JournalEvents.Started);
        if (isAllowed)
        {
            Attempt(begun, () =>
            {
                Declare(activity, begun);
                Execute(activity, begun);
            });
        }
        else
        {
            Fail(begun, new($"De stroom blijft rondgaan zonder te wachten: na {Limits.ExecutionsPerBurst} stappen is hij stilgezet."));
            instance.SubStatus = WorkflowSubStatus.Faulted;
        }
    }

    /// <summary>The variables of a container begin with what was drawn; those of the workflow did when it was created.</summary>
    private void Declare(Activity activity, ActivityInstance begun)
    {
        if (activity != definition.Workflow && Variable.InitialValues(activity.Variables) is { } values)
        {
            budget.Spend(Values.Measure(values));
            foreach (var (name, value) in begun.Variables ?? [])
            {
                values.TryAdd(name, value?.DeepClone());
            }

            begun.Variables = values;
        }
    }

    /// <summary>What Elsa keeps in memory only has its first value again in the next burst.</summary>
    private void Forget()
    {
        foreach (var variable in definition.Variables.Where(v => v.IsForgotten))
        {
            Assign(null, variable.Name, variable.Default);
        }

        foreach (var running in instance.Activities.Where(a => a.Variables is not null))
        {
            foreach (var variable in ActivityOf(running).Variables.Where(v => v.IsForgotten))
            {
                Assign(running, variable.Name, variable.Default);
            }
        }
    }

    private void Schedule(Activity activity, ActivityInstance? owner, bool backward = false, JsonObject? variables = null) =>
        instance.Scheduled.Add(new(activity.Id, owner?.Id, backward, variables));

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

    /// <param name="blamed">The container that could not go on, when it was not the activity itself that failed.</param>
    private void Fail(ActivityInstance failed, ActivityFault fault, Activity? blamed = null)
    {
        RemoveBookmarks(failed);
        failed.Faulted = true;
        var activity = blamed ?? ActivityOf(failed);
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
            GoOn(parent, completed, outcomes);
        }
        else
        {
            instance.SubStatus = WorkflowSubStatus.Finished;
        }
    }

    /// <summary>What goes wrong here is the fault of the container; the work of the activity stays done.</summary>
    private void GoOn(ActivityInstance container, ActivityInstance completed, IReadOnlyList<string> outcomes)
    {
        try
        {
            Continue(container, completed, outcomes);
        }
        catch (ActivityFault fault)
        {
            Hold(completed, outcomes, fault, ActivityOf(container));
        }
    }

    /// <summary>Keeps an activity that has done its work until its container can go on from there.</summary>
    private void Hold(ActivityInstance completed, IReadOnlyList<string> outcomes, ActivityFault fault, Activity? blamed = null)
    {
        completed.Outcomes = outcomes;
        instance.Add(completed);
        Fail(completed, fault, blamed);
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
        instance.Remove(ended);
        if (ActivityOf(ended).IsContainer)
        {
            instance.Scheduled.RemoveAll(item => item.OwnerId == ended.Id);
        }

        if (instance.Incidents.Count > 0)
        {
            instance.Incidents = [.. instance.Incidents.Where(i => i.ActivityInstanceId != ended.Id)];
        }
    }

    private Bookmark Wait(Activity activity, ActivityInstance waiting, JsonObject? payload = null)
    {
        var bookmark = new Bookmark(NextId(), activity.Type, activity.Id, activity.DisplayName, activity.NodeId, waiting.Id, payload, now);
        instance.Add(bookmark);
        newBookmarks.Add(bookmark.Id);
        Write(waiting, JournalEvents.Suspended);
        return bookmark;
    }

    private void RemoveBookmarks(ActivityInstance waiting) => RemoveBookmarks(b => b.ActivityInstanceId == waiting.Id);

    private void RemoveBookmarks(Predicate<Bookmark> isGone)
    {
        var unseen = new HashSet<string>();
        foreach (var bookmark in instance.RemoveBookmarks(isGone))
        {
            if (newBookmarks.Contains(bookmark.Id))
            {
                unseen.Add(bookmark.Id);
            }
            else
            {
                effects.Add(new Effect.BookmarkRemoved(bookmark.Id));
            }
        }

        if (unseen.Count > 0)
        {
            effects.RemoveAll(e => e switch
            {
                Effect.RunStep step => unseen.Contains(step.Bookmark.Id),
                Effect.StartTimer timer => unseen.Contains(timer.BookmarkId),
                Effect.DispatchWorkflow { BookmarkId: { } id } => unseen.Contains(id),
                _ => false,
            });
        }
    }

    private JsonNode? Evaluate(Activity activity, ActivityInstance at, string name) =>
        activity.Inputs.TryGetValue(name, out var input) ? Evaluate(input, at) : null;

    private JsonNode? Evaluate(Input input, ActivityInstance at) => Values.Convert(Evaluate(input.Expression, at), input.Type);

    private JsonNode? Evaluate(Expression expression, ActivityInstance at, params object?[] arguments)
    {
        var value = expression.Evaluate(new(instance, at, now, budget) { Arguments = arguments });
        budget.Spend(Values.Measure(value));
        return value;
    }

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
            // Replaced and not changed: the instance before shares it.
            var outputs = instance.ActivityOutputs.GetValueOrDefault(activity.Id)?.DeepClone().AsObject() ?? [];
            outputs[name] = value?.DeepClone();
            instance.ActivityOutputs[activity.Id] = outputs;
        }

        foreach (var output in activity.Outputs.Where(o => o.Name == name))
        {
            if (output.Variable is { } variable)
            {
                Assign(instance.ScopeOf(at, variable.Name), variable.Name, Values.Convert(value, variable.Type));
            }
            else
            {
                SetWorkflowOutput(output.WorkflowOutput!, value);
            }
        }
    }

    private void Assign(ActivityInstance? scope, string variable, JsonNode? value)
    {
        if (scope is null)
        {
            instance.Variables = With(instance.Variables, variable, value);
        }
        else
        {
            scope.Variables = With(scope.Variables!, variable, value);
        }
    }

    private void SetWorkflowOutput(string name, JsonNode? value) => instance.Output = With(instance.Output, name, value);

    /// <summary>The first change in a burst makes a copy, since the instance before has the same object; from then on it is ours.</summary>
    private JsonObject With(JsonObject values, string name, JsonNode? value)
    {
        if (!owned.Contains(values))
        {
            values = values.DeepClone().AsObject();
            owned.Add(values);
        }

        values[name] = value?.DeepClone();
        return values;
    }

    private Activity ActivityOf(ActivityInstance activity) => definition.Activity(activity.ActivityId);

    private List<ActivityInstance> ChildrenOf(ActivityInstance owner) =>
        ActivityOf(owner).IsContainer ? instance.Activities.FindAll(a => a.ParentId == owner.Id) : [];

    private string NextId() => $"{instance.Id}-{++instance.LastId}";

    private void Write(ActivityInstance subject, string eventName, string? message = null, JsonObject? payload = null)
    {
        var activity = ActivityOf(subject);
        journal.Add(new(instance.JournalLength++, activity.Id, subject.Id, subject.ParentId, activity.Type, activity.Name, activity.NodeId, eventName, now, message, payload));
    }
}
