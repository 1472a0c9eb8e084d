namespace NetwerkRegie.Engine;

/// <summary>
/// Elsa's state machine. In a state it runs the entry, then waits for the triggers of all transitions that leave it; the
/// first whose condition holds withdraws the others, and then come the exit of the state, the action and the next state.
/// </summary>
internal sealed partial class Burst
{
    private void BeginStateMachine(Activity activity, ActivityInstance at)
    {
        var machine = activity.StateMachine!;
        if (machine.InitialState is { } initial && machine.States.ContainsKey(initial))
        {
            Enter(machine, at, initial);
        }
        else
        {
            Complete(at);
        }
    }

    private void ContinueStateMachine(StateMachine machine, ActivityInstance at, ActivityInstance completed)
    {
        var state = machine.States[at.State!];
        var done = completed.ActivityId;
        if (state.Entry?.Id == done)
        {
            AwaitTriggers(machine, at);
        }
        else if (state.Exit?.Id == done)
        {
            Act(machine, at);
        }
        else if (machine.Transitions.FirstOrDefault(t => t.Trigger?.Id == done) is { } triggered)
        {
            if (Holds(triggered, at))
            {
                Take(machine, at, triggered);
            }
            else
            {
                Schedule(triggered.Trigger!, at);
            }
        }
        else
        {
            Enter(machine, at, machine.Transitions[at.Position].To);
        }
    }

    private void Enter(StateMachine machine, ActivityInstance at, string state)
    {
        at.State = state;
        if (machine.States[state].Entry is { } entry)
        {
            Schedule(entry, at);
        }
        else
        {
            AwaitTriggers(machine, at);
        }
    }

    private void AwaitTriggers(StateMachine machine, ActivityInstance at)
    {
        var outbound = machine.Transitions.Where(t => t.From == at.State).ToList();
        if (outbound.Count == 0)
        {
            Complete(at);
            return;
        }

        if (outbound.FirstOrDefault(t => t.Trigger is null && Holds(t, at)) is { } automatic)
        {
            Take(machine, at, automatic);
            return;
        }

        var triggers = outbound.Select(t => t.Trigger).OfType<Activity>().ToList();
        if (triggers.Count == 0)
        {
            // Elsa waits here for ever, without a word.
            throw new ActivityFault($"Uit de toestand '{at.State}' is er geen overgang waarvan de voorwaarde geldt.");
        }

        foreach (var trigger in triggers)
        {
            Schedule(trigger, at);
        }
    }

    private bool Holds(Transition transition, ActivityInstance at) =>
        transition.Condition is null || Values.Convert(Evaluate(transition.Condition, at), DataType.Boolean)?.GetValue<bool>() == true;

    private void Take(StateMachine machine, ActivityInstance at, Transition transition)
    {
        foreach (var other in ChildrenOf(at))
        {
            Withdraw(other);
        }

        instance.Scheduled.RemoveAll(item => item.OwnerId == at.Id);
        at.Position = machine.Transitions.Index().First(t => ReferenceEquals(t.Item, transition)).Index;
        if (machine.States[transition.From].Exit is { } exit)
        {
            Schedule(exit, at);
        }
        else
        {
            Act(machine, at);
        }
    }

    private void Act(StateMachine machine, ActivityInstance at)
    {
        var transition = machine.Transitions[at.Position];
        if (transition.Action is { } action)
        {
            Schedule(action, at);
        }
        else
        {
            Enter(machine, at, transition.To);
        }
    }
}
