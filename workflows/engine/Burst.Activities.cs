using System.Globalization;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine;

/// <summary>What each kind of activity does when it begins, and what a container does when one of its children ends.</summary>
internal sealed partial class Burst
{
    private void Execute(Activity activity, ActivityInstance at)
    {
        if (IsTrigger(activity))
        {
            SetOutputs(activity, at, instance.Input);
            Complete(at);
            return;
        }

        switch (activity.Type)
        {
            case "Elsa.Workflow": Schedule(definition.Root, at); break;
            case "Elsa.Flowchart": BeginFlowchart(activity, at); break;
            case "Elsa.Sequence": ContinueSequence(activity, at); break;
            case "Elsa.If": If(activity, at); break;

            case "Elsa.FlowDecision": Complete(at, [IsTrue(activity, at, "condition") ? "True" : "False"]); break;
            case "Elsa.FlowSwitch": FlowSwitch(activity, at); break;
            case "Elsa.FlowFork": FlowFork(activity, at); break;
            case "Elsa.FlowJoin": FlowJoin(at); break;

            case "Elsa.Complete": CompleteWorkflow(at, Names(Evaluate(activity, at, "outcomes"))); break;
            case "Elsa.Finish": CompleteWorkflow(at, Done); break;
            case "Elsa.Fault": throw new ActivityFault(FaultMessage(activity, at));
            case "Elsa.Start" or "Elsa.End": Complete(at); break;

            case "Elsa.Correlate": Correlate(activity, at); break;
            case "Elsa.SetName": SetName(activity, at); break;
            case "Elsa.SetOutput": SetWorkflowOutput(activity, at); break;
            case "Elsa.SetVariable": SetVariable(activity, at); break;
            case "Elsa.WriteLine": Complete(at, message: Text(activity, at, "text")); break;

            case "Elsa.Delay": Delay(activity, at); break;
            case "Elsa.StartAt": StartAt(activity, at); break;
            case "Elsa.Event": Wait(activity, at, new() { ["eventName"] = RequiredText(activity, at, "eventName") }); break;
            case "Elsa.PublishEvent": PublishEvent(activity, at); break;
            case "Elsa.DispatchWorkflow" or "Elsa.ExecuteWorkflow": DispatchWorkflow(activity, at); break;
            case "Elsa.RunTask": RunTask(activity, at); break;
            default: RunStep(activity, at); break;
        }
    }

    private void Continue(ActivityInstance container, ActivityInstance completed, IReadOnlyList<string> outcomes)
    {
        var activity = ActivityOf(container);
        switch (activity.Type)
        {
            case "Elsa.Flowchart": ContinueFlowchart(activity, container, completed, outcomes); break;
            case "Elsa.Sequence": ContinueSequence(activity, container); break;
            default: Complete(container); break;
        }
    }

    /// <summary>Whether the start itself was the answer that this activity would wait for; the next time round it does wait.</summary>
    private bool IsTrigger(Activity activity)
    {
        if (instance.TriggerActivityId != activity.Id)
        {
            return false;
        }

        instance.TriggerActivityId = null;
        return activity.Type is "Elsa.Event" or "Elsa.StartAt" || (activity.IsOwnStep && activity.CanStartWorkflow);
    }

    private void ContinueSequence(Activity sequence, ActivityInstance at)
    {
        if (at.Position < sequence.Activities.Count)
        {
            Schedule(sequence.Activities[at.Position++], at);
        }
        else
        {
            Complete(at);
        }
    }

    private void If(Activity activity, ActivityInstance at)
    {
        var isTrue = IsTrue(activity, at, "condition");
        SetOutput(activity, at, "result", isTrue);
        if (activity.Ports.TryGetValue(isTrue ? "then" : "else", out var next))
        {
            Schedule(next, at);
        }
        else
        {
            Complete(at);
        }
    }

    /// <summary>Elsa evaluates every case, also those after the one that it follows; what is not followed cannot fail here.</summary>
    private void FlowSwitch(Activity activity, ActivityInstance at)
    {
        var matches = activity.Cases
            .Where(c => Values.Convert(Evaluate(c.Condition, at), DataType.Boolean)?.GetValue<bool>() == true)
            .Select(c => c.Label);
        var chosen = (Text(activity, at, "mode") == "MatchAny" ? matches : matches.Take(1)).ToList();
        Complete(at, chosen.Count > 0 ? chosen : ["Default"]);
    }

    private void FlowFork(Activity activity, ActivityInstance at)
    {
        var branches = Names(Evaluate(activity, at, "branches"));
        Complete(at, branches.Count > 0 ? branches : Done);
    }

    /// <summary>Ends the whole workflow from within, from the inside out, and with it everything that runs or waits elsewhere.</summary>
    private void CompleteWorkflow(ActivityInstance at, IReadOnlyList<string> outcomes)
    {
        for (var ending = at; ending is not null; ending = instance.Parent(ending))
        {
            Close(ending, outcomes);
        }

        instance.SubStatus = WorkflowSubStatus.Finished;
    }

    private string FaultMessage(Activity activity, ActivityInstance at)
    {
        var message = Text(activity, at, "message") is { Length: > 0 } text ? text : "De stroom is bewust afgebroken.";
        return Text(activity, at, "code") is { Length: > 0 } code ? $"{message} ({code})" : message;
    }

    private void Correlate(Activity activity, ActivityInstance at)
    {
        instance.CorrelationId = Text(activity, at, "correlationId");
        Complete(at);
    }

    private void SetName(Activity activity, ActivityInstance at)
    {
        instance.Name = Text(activity, at, "value");
        Complete(at);
    }

    private void SetWorkflowOutput(Activity activity, ActivityInstance at)
    {
        instance.Output[RequiredText(activity, at, "outputName")] = Evaluate(activity, at, "outputValue");
        Complete(at);
    }

    private void SetVariable(Activity activity, ActivityInstance at)
    {
        SetOutput(activity, at, "value", Evaluate(activity, at, "value"));
        Complete(at);
    }

    private void Delay(Activity activity, ActivityInstance at)
    {
        var text = RequiredText(activity, at, "timeSpan");
        if (!Values.TryTimeSpan(text, out var delay) || delay > DateTimeOffset.MaxValue - now)
        {
            throw new ActivityFault($"'{text}' is te lang om op te wachten.");
        }

        WaitUntil(delay > TimeSpan.Zero ? now + delay : now, activity, at);
    }

    private void StartAt(Activity activity, ActivityInstance at)
    {
        Values.TryDateTime(RequiredText(activity, at, "dateTime"), out var moment);
        WaitUntil(moment, activity, at);
    }

    /// <summary>What is due already needs no timer: it goes on in this burst.</summary>
    private void WaitUntil(DateTimeOffset moment, Activity activity, ActivityInstance at)
    {
        if (moment <= now)
        {
            Complete(at);
            return;
        }

        var due = moment.ToUniversalTime();
        var bookmark = Wait(activity, at, new() { ["resumeAt"] = due.ToString("O", CultureInfo.InvariantCulture) });
        effects.Add(new Effect.StartTimer(bookmark.Id, due));
    }

    private void PublishEvent(Activity activity, ActivityInstance at)
    {
        var name = RequiredText(activity, at, "eventName");
        var payload = Evaluate(activity, at, "payload");
        var correlationId = Text(activity, at, "correlationId");
        var isLocal = IsTrue(activity, at, "isLocalEvent");
        Complete(at);
        if (isLocal)
        {
            Receive(name, payload);
        }
        else
        {
            effects.Add(new Effect.PublishEvent(name, correlationId, payload));
        }
    }

    /// <summary>Elsa runs the other workflow here and now; for us it is one more instance that others start.</summary>
    private void DispatchWorkflow(Activity activity, ActivityInstance at)
    {
        var definitionId = RequiredText(activity, at, "workflowDefinitionId");
        var input = Evaluate(activity, at, "input") switch
        {
            null => [],
            JsonObject members => members,
            _ => throw new ActivityFault("De invoer voor een andere stroom moet een object zijn."),
        };
        var correlationId = Text(activity, at, "correlationId");
        if (activity.Type == "Elsa.ExecuteWorkflow")
        {
            correlationId ??= instance.CorrelationId;
            input = input.Count > 0 ? input : instance.Input.DeepClone().AsObject();
        }

        input["ParentInstanceId"] = instance.Id;
        if (IsTrue(activity, at, "waitForCompletion"))
        {
            var bookmark = Wait(activity, at, new() { ["workflowDefinitionId"] = definitionId });
            effects.Add(new Effect.DispatchWorkflow(bookmark.Id, definitionId, correlationId, input));
        }
        else
        {
            effects.Add(new Effect.DispatchWorkflow(null, definitionId, correlationId, input));
            Complete(at);
        }
    }

    private void RunTask(Activity activity, ActivityInstance at)
    {
        var taskId = NextId();
        var task = new JsonObject
        {
            ["taskId"] = taskId,
            ["taskName"] = RequiredText(activity, at, "taskName"),
            ["payload"] = Evaluate(activity, at, "payload"),
        };
        SetOutput(activity, at, "taskId", taskId);
        Wait(activity, at, task);
    }

    private void RunStep(Activity activity, ActivityInstance at)
    {
        var inputs = new JsonObject();
        foreach (var input in activity.Inputs.Values)
        {
            inputs[input.Name] = Evaluate(input, at);
        }

        effects.Add(new Effect.RunStep(Wait(activity, at), inputs));
    }

    private static List<string> Names(JsonNode? value) => value switch
    {
        null => [],
        JsonArray names => [.. names.Select(n => n?.ToString()).OfType<string>()],
        _ => [value.ToString()],
    };
}
