using System.Text.Json.Nodes;
using NetwerkRegie.Engine.Expressions;

namespace NetwerkRegie.Engine;

/// <summary>Workflows that start workflows.</summary>
internal sealed partial class Burst
{
    /// <summary>Elsa runs the other workflow here and now; for us it is one more instance that others start.</summary>
    private void DispatchWorkflow(Activity activity, ActivityInstance at)
    {
        var definitionId = RequiredText(activity, at, "workflowDefinitionId");
        var input = InputFor(activity, at);
        var correlationId = Text(activity, at, "correlationId");
        if (activity.Type == "Elsa.ExecuteWorkflow")
        {
            correlationId ??= instance.CorrelationId;
            input = input.Count > 0 ? input : instance.Input.DeepClone().AsObject();
        }

        var waits = IsTrue(activity, at, "waitForCompletion");
        Dispatch(activity, at, definitionId, correlationId, input, waits);
        if (!waits)
        {
            Complete(at);
        }
    }

    /// <summary>A workflow that was drawn as an activity: run as an instance of its own, with the inputs of the activity.</summary>
    private void RunWorkflow(Activity activity, ActivityInstance at, string definitionId)
    {
        var input = new JsonObject();
        foreach (var given in activity.Inputs.Values)
        {
            input[given.Name] = Evaluate(given, at);
        }

        Dispatch(activity, at, definitionId, instance.CorrelationId, input, waits: true);
    }

    private void BulkDispatchWorkflows(Activity activity, ActivityInstance at)
    {
        var definitionId = RequiredText(activity, at, "workflowDefinitionId");
        var items = Items(activity, at);
        var shared = InputFor(activity, at);
        var key = Text(activity, at, "defaultItemInputKey") is { Length: > 0 } name ? name : "Item";
        var waits = !activity.Inputs.ContainsKey("waitForCompletion") || IsTrue(activity, at, "waitForCompletion");
        foreach (var item in items)
        {
            var input = shared.DeepClone().AsObject();
            foreach (var (member, value) in item as JsonObject ?? new() { [key] = item?.DeepClone() })
            {
                input[member] = value?.DeepClone();
            }

            budget.Spend(Values.Measure(input));
            Dispatch(activity, at, definitionId, CorrelationOf(activity, at, item), input, waits);
        }

        if (!waits || items.Count == 0)
        {
            Complete(at);
        }
    }

    private string? CorrelationOf(Activity activity, ActivityInstance at, JsonNode? item) =>
        activity.Inputs.TryGetValue("correlationIdFunction", out var function)
            ? Values.Convert(Evaluate(function.Expression, at, Js.FromJson(item)), DataType.String)?.ToString()
            : null;

    /// <summary>Each workflow has its own wait, so that an answer that comes twice cannot count for another.</summary>
    private void ContinueBulkDispatch(Activity activity, ActivityInstance at, Stimulus.WorkflowCompleted child)
    {
        if (activity.Ports.TryGetValue(child.Faulted ? "childFaulted" : "childCompleted", out var next))
        {
            Schedule(next, at, variables: new() { ["ChildInstanceId"] = child.InstanceId, ["WorkflowOutput"] = Values.Admit(child.Output) });
        }
        else
        {
            CompleteBulkDispatch(at);
        }
    }

    private void CompleteBulkDispatch(ActivityInstance at)
    {
        if (!IsBusy(at) && !instance.Bookmarks.Any(b => b.ActivityInstanceId == at.Id))
        {
            Complete(at, ["Completed", "Done"]);
        }
    }

    private void Dispatch(Activity activity, ActivityInstance at, string definitionId, string? correlationId, JsonObject input, bool waits)
    {
        if (instance.Depth >= Limits.DispatchDepth)
        {
            throw new ActivityFault($"Stromen mogen elkaar niet meer dan {Limits.DispatchDepth} keer achter elkaar starten.");
        }

        input["ParentInstanceId"] = instance.Id;
        var bookmark = waits ? Wait(activity, at, new() { ["workflowDefinitionId"] = definitionId }) : null;
        effects.Add(new Effect.DispatchWorkflow(bookmark?.Id, definitionId, correlationId, input));
    }

    private JsonObject InputFor(Activity activity, ActivityInstance at) => Evaluate(activity, at, "input") switch
    {
        null => [],
        JsonObject members => members,
        _ => throw new ActivityFault("De invoer voor een andere stroom moet een object zijn."),
    };
}
