using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine;

/// <summary>Activities that hold others: in a row, side by side, by choice, and over and over.</summary>
internal sealed partial class Burst
{
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

    private void BeginParallel(Activity parallel, ActivityInstance at)
    {
        foreach (var branch in parallel.Activities)
        {
            Schedule(branch, at);
        }

        CompleteIfIdle(at);
    }

    private void BeginBody(Activity activity, ActivityInstance at, string port, JsonObject? variables = null)
    {
        if (activity.Ports.TryGetValue(port, out var body))
        {
            Schedule(body, at, variables: variables);
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
        BeginBody(activity, at, isTrue ? "then" : "else");
    }

    private void Switch(Activity activity, ActivityInstance at)
    {
        var chosen = Matching(activity, at).Select(c => c.Activity).ToList();
        if (chosen.Count == 0)
        {
            BeginBody(activity, at, "default");
            return;
        }

        foreach (var next in chosen.OfType<Activity>())
        {
            Schedule(next, at);
        }

        CompleteIfIdle(at);
    }

    /// <summary>Elsa evaluates every case, also those after the one that it follows; what is not followed cannot fail here.</summary>
    private List<SwitchCase> Matching(Activity activity, ActivityInstance at)
    {
        var matches = activity.Cases.Where(c => Values.Convert(Evaluate(c.Condition, at), DataType.Boolean)?.GetValue<bool>() == true);
        return [.. Text(activity, at, "mode") == "MatchAny" ? matches : matches.Take(1)];
    }

    private void ContinueWhile(Activity loop, ActivityInstance at)
    {
        if (IsTrue(loop, at, "condition"))
        {
            BeginBody(loop, at, "body");
        }
        else
        {
            Complete(at);
        }
    }

    private void BeginFor(Activity loop, ActivityInstance at)
    {
        var (start, end, step) = (Integer(loop, at, "start", 0), Integer(loop, at, "end", 0), Integer(loop, at, "step", 1));
        if (step <= 0)
        {
            throw new ActivityFault("'step' moet groter dan nul zijn.");
        }

        var isInclusive = !loop.Inputs.ContainsKey("outerBoundInclusive") || IsTrue(loop, at, "outerBoundInclusive");
        at.Items = [start, end, step, isInclusive];
        ContinueFor(loop, at);
    }

    /// <summary>Down when the end lies below the start, as Elsa does; whole numbers of any size that JSON keeps.</summary>
    private void ContinueFor(Activity loop, ActivityInstance at)
    {
        var (start, end, step) = ((decimal)at.Items![0]!.GetValue<long>(), (decimal)at.Items[1]!.GetValue<long>(), (decimal)at.Items[2]!.GetValue<long>());
        var value = start <= end ? start + (at.Position * step) : start - (at.Position * step);
        var goesOn = start <= end ? value < end : value > end;
        if (!goesOn && !(value == end && at.Items[3]!.GetValue<bool>()))
        {
            Complete(at);
            return;
        }

        SetOutput(loop, at, "currentValue", (long)value);
        at.Position++;
        BeginBody(loop, at, "body", new() { ["CurrentValue"] = (long)value });
    }

    private long Integer(Activity activity, ActivityInstance at, string name, long otherwise) =>
        Evaluate(activity, at, name) is { } value ? (long)Values.ToDouble(value) : otherwise;

    private void BeginForEach(Activity loop, ActivityInstance at)
    {
        at.Items = Evaluate(loop, at, "items") as JsonArray ?? [];
        ContinueForEach(loop, at);
    }

    private void ContinueForEach(Activity loop, ActivityInstance at)
    {
        if (at.Position >= at.Items!.Count)
        {
            Complete(at);
            return;
        }

        var variables = Round(at.Position, at.Items[at.Position]);
        SetOutput(loop, at, "currentValue", at.Items[at.Position]);
        at.Position++;
        BeginBody(loop, at, "body", variables);
    }

    private void BeginParallelForEach(Activity loop, ActivityInstance at)
    {
        if (loop.Ports.TryGetValue("body", out var body))
        {
            foreach (var (index, item) in Items(loop, at).Index())
            {
                Schedule(body, at, variables: Round(index, item));
            }
        }

        CompleteIfIdle(at);
    }

    /// <summary>What is begun all at once has to fit in one burst.</summary>
    private JsonArray Items(Activity activity, ActivityInstance at)
    {
        var items = Evaluate(activity, at, "items") as JsonArray ?? [];
        return items.Count <= Limits.Parallel
            ? items
            : throw new ActivityFault($"{items.Count} tegelijk beginnen kan niet: hoogstens {Limits.Parallel}.");
    }

    private static JsonObject Round(int index, JsonNode? value) => new() { ["CurrentIndex"] = index, ["CurrentValue"] = value?.DeepClone() };

    /// <summary>Ends the nearest loop around it, with whatever runs inside. Without a loop it ends the container that it is in.</summary>
    private void Break(ActivityInstance at)
    {
        var loop = instance.Parent(at);
        while (loop is not null && !ActivityOf(loop).IsLoop)
        {
            loop = instance.Parent(loop);
        }

        var ended = loop ?? instance.Parent(at);
        if (loop is not null || (ended is not null && ActivityOf(ended).Type is "Elsa.Flowchart" or "Elsa.Sequence"))
        {
            Close(at, Done);
            Complete(ended!);
        }
        else
        {
            Complete(at);
        }
    }

    private void CompleteIfIdle(ActivityInstance container)
    {
        if (!IsBusy(container))
        {
            Complete(container);
        }
    }

    private bool IsBusy(ActivityInstance container) =>
        instance.Scheduled.Exists(item => item.OwnerId == container.Id) || instance.Activities.Exists(a => a.ParentId == container.Id);
}
