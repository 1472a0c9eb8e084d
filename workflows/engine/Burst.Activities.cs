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
            case "Elsa.Parallel" or "Elsa.Fork": BeginParallel(activity, at); break;
            case "Elsa.FlowNode": BeginBody(activity, at, "body"); break;
            case "Elsa.If": If(activity, at); break;
            case "Elsa.Switch": Switch(activity, at); break;
            case "Elsa.While": ContinueWhile(activity, at); break;
            case "Elsa.For": BeginFor(activity, at); break;
            case "Elsa.ForEach": BeginForEach(activity, at); break;
            case "Elsa.ParallelForEach": BeginParallelForEach(activity, at); break;
            case "Elsa.Break": Break(at); break;
            case "Elsa.StateMachine": BeginStateMachine(activity, at); break;

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
            case "Elsa.Timer": Timer(activity, at); break;
            case "Elsa.Cron": WaitForCron(activity, at); break;
            case "Elsa.Event": Wait(activity, at, new() { ["eventName"] = RequiredText(activity, at, "eventName") }); break;
            case "Elsa.PublishEvent": PublishEvent(activity, at); break;
            case "Elsa.DispatchWorkflow" or "Elsa.ExecuteWorkflow": DispatchWorkflow(activity, at); break;
            case "Elsa.BulkDispatchWorkflows": BulkDispatchWorkflows(activity, at); break;
            case "Elsa.RunTask": RunTask(activity, at); break;
            case var _ when activity.WorkflowDefinitionId is { } workflow: RunWorkflow(activity, at, workflow); break;
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
            case "Elsa.Fork" when activity.WaitsForOne: Complete(container); break;
            case "Elsa.Parallel" or "Elsa.Fork" or "Elsa.Switch" or "Elsa.ParallelForEach": CompleteIfIdle(container); break;
            case "Elsa.While": ContinueWhile(activity, container); break;
            case "Elsa.For": ContinueFor(activity, container); break;
            case "Elsa.ForEach": ContinueForEach(activity, container); break;
            case "Elsa.StateMachine": ContinueStateMachine(activity.StateMachine!, container, completed); break;
            case "Elsa.BulkDispatchWorkflows": CompleteBulkDispatch(container); break;
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
        return activity.Type is "Elsa.Event" or "Elsa.StartAt" or "Elsa.Timer" or "Elsa.Cron" || (activity.IsOwnStep && activity.CanStartWorkflow);
    }

    private void FlowSwitch(Activity activity, ActivityInstance at)
    {
        var chosen = Matching(activity, at).ConvertAll(c => c.Label);
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

        workflowOutcomes = ReferenceEquals(outcomes, Done) ? null : outcomes;
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
        SetWorkflowOutput(RequiredText(activity, at, "outputName"), Evaluate(activity, at, "outputValue"));
        Complete(at);
    }

    private void SetVariable(Activity activity, ActivityInstance at)
    {
        SetOutput(activity, at, "value", Evaluate(activity, at, "value"));
        Complete(at);
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
