using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Tests;

/// <summary>One instance that is brought further step by step, through JSON each time, with what came of it.</summary>
internal sealed class Play
{
    private readonly List<JournalEntry> journal = [];

    private Play(WorkflowDefinition definition)
    {
        Definition = definition;
        Instance = WorkflowInstance.Create(definition, "i", "c");
    }

    public WorkflowDefinition Definition { get; }

    public WorkflowInstance Instance { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);

    public IReadOnlyList<JournalEntry> Journal => journal;

    public AdvanceResult Last { get; private set; } = null!;

    public IReadOnlyList<Effect> Effects => Last.Effects;

    /// <summary>The activities that ended with their work done, in order, without the containers.</summary>
    public string Order => string.Join(' ', journal
        .Where(e => e.EventName == JournalEvents.Completed && e.ActivityType is not ("Elsa.Workflow" or "Elsa.Flowchart" or "Elsa.Sequence"))
        .Select(e => e.ActivityName));

    /// <summary>Where it waits, in order.</summary>
    public string Waiting => string.Join(' ', Instance.Bookmarks.Select(b => b.ActivityName));

    public static Play Of(Flow flow, JsonObject? input = null, string? trigger = null) => Of(flow.Parse(), input, trigger);

    public static Play Of(WorkflowDefinition definition, JsonObject? input = null, string? trigger = null) =>
        new Play(definition).Send(new Stimulus.Start(input, trigger));

    public Play Send(Stimulus stimulus)
    {
        var before = Instance.ToJson();
        Last = Interpreter.Advance(Definition, WorkflowInstance.FromJson(before), stimulus, Now);
        Instance = Last.Instance;
        journal.AddRange(Last.Journal);
        if (Last.Ignored)
        {
            Assert.Equal(before, Instance.ToJson());
        }

        return this;
    }

    public Play Answer(string activity, string? outcome = null, JsonNode? result = null) =>
        Send(new Stimulus.Resume(BookmarkAt(activity), outcome, result));

    public Play Event(string name, JsonNode? payload = null) => Send(new Stimulus.EventReceived(name, payload));

    public Play Elapse(string activity) => Send(new Stimulus.TimerElapsed(BookmarkAt(activity)));

    public string BookmarkAt(string activity) => Instance.Bookmarks.First(b => b.ActivityName == activity).Id;

    public Play Finished()
    {
        Assert.Empty(Instance.Incidents.Select(i => $"{i.ActivityName}: {i.Message}"));
        Assert.Equal(WorkflowSubStatus.Finished, Instance.SubStatus);
        Assert.Empty(Instance.Activities);
        Assert.Empty(Instance.Bookmarks);
        return this;
    }
}
