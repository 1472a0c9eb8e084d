using System.Globalization;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Tests;

/// <summary>Plays a case with the workflows that it starts, as a runner would: effects out, stimuli back.</summary>
internal sealed class ConformancePlay
{
    private readonly Dictionary<string, WorkflowDefinition> published;
    private readonly List<Running> all = [];
    private readonly List<string> effects = [];
    private readonly List<string> order = [];
    private readonly List<string> journal = [];
    private readonly bool throughJson;
    private DateTimeOffset now = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);

    public ConformancePlay(ConformanceCase one, bool throughJson)
    {
        this.throughJson = throughJson;
        published = one.Others().Append(WorkflowDefinition.Parse(one.Definition())).ToDictionary(d => d.DefinitionId);
        var steps = one.Steps;
        var isStarted = steps.Count > 0 && steps[0].ContainsKey("begin");
        var main = new Running(published["stroom"], WorkflowInstance.Create(published["stroom"], "i", "c"), null, null);
        all.Add(main);
        if (!isStarted)
        {
            Send(main, new Stimulus.Start(null, null));
        }

        foreach (var step in steps)
        {
            Do(step, main);
        }
    }

    /// <summary>Everything that a case can say about the end.</summary>
    public JsonObject Show()
    {
        var main = all[0].Instance;
        return new()
        {
            ["volgorde"] = string.Join(' ', order),
            ["verslag"] = string.Join(' ', journal),
            ["status"] = main.SubStatus.ToString(),
            ["wacht"] = string.Join(' ', all.SelectMany(r => r.Instance.Bookmarks).Select(b => b.ActivityName)),
            ["uitvoer"] = main.Output.DeepClone(),
            ["variabelen"] = main.Variables.DeepClone(),
            ["fouten"] = new JsonArray([.. all.SelectMany(r => r.Instance.Incidents).Select(i => (JsonNode)$"{i.ActivityName ?? i.ActivityId}{(i.Line is null ? "" : $" ({i.Line}:{i.Column})")}: {i.Message}")]),
            ["gevolgen"] = new JsonArray([.. effects.Select(e => (JsonNode)e)]),
            ["correlatie"] = main.CorrelationId,
            ["naam"] = main.Name,
        };
    }

    private void Do(JsonObject step, Running main)
    {
        if (step["op"] is { } moment)
        {
            now = DateTimeOffset.Parse(moment.ToString(), CultureInfo.InvariantCulture);
        }

        switch (step.First(s => s.Key != "op"))
        {
            case ("begin", var input):
                Send(main, new Stimulus.Start(input?.DeepClone().AsObject(), step["met"]?.ToString()));
                break;
            case ("antwoord", { } activity):
                Answer(activity.ToString(), b => new Stimulus.Resume(b.Id, step["uitgang"]?.ToString(), step["resultaat"]?.DeepClone()));
                break;
            case ("klok", { } activity):
                Answer(activity.ToString(), b => new Stimulus.TimerElapsed(b.Id));
                break;
            case ("gebeurtenis", { } name):
                foreach (var running in all.ToList())
                {
                    Send(running, new Stimulus.EventReceived(name.ToString(), step["inhoud"]?.DeepClone()));
                }

                break;
            case ("kindAnnuleren", { } activity):
                Send(all.First(r => r.Instance.Bookmarks.Any(b => b.ActivityName == activity.ToString())), new Stimulus.Cancel());
                break;
            case ("annuleer", _):
                Send(main, new Stimulus.Cancel());
                break;
            case ("herhaal", var ids):
                Send(main, new Stimulus.Retry(ids is JsonArray only ? [.. only.Select(i => i!.ToString())] : null));
                break;
            case ("versie", { } next):
                var id = step["van"]?.ToString() ?? "stroom";
                published[id] = WorkflowDefinition.Parse(ConformanceCase.Definition(id, published[id].Version + 1, next.AsObject()));
                break;
            case ("verhuis", _):
                var (moved, faults) = Migration.Migrate(main.Definition, published["stroom"], main.Instance);
                order.AddRange(faults.Select(f => $"[{f.Message}]"));
                (main.Definition, main.Instance) = moved is null ? (main.Definition, main.Instance) : (published["stroom"], moved);
                break;
            case ("wacht", { } waiting):
                Assert.Equal(waiting.ToString(), Show()["wacht"]!.ToString());
                break;
            case ("volgorde", { } expected):
                Assert.Equal(expected.ToString(), Show()["volgorde"]!.ToString());
                break;
            case (var other, _):
                throw new InvalidOperationException($"A case cannot do '{other}'.");
        }
    }

    private void Answer(string activity, Func<Bookmark, Stimulus> answer)
    {
        var running = all.First(r => r.Instance.Bookmarks.Any(b => b.ActivityName == activity));
        var stimulus = answer(running.Instance.Bookmarks.First(b => b.ActivityName == activity));
        SendTwice(running, stimulus);
    }

    private void SendTwice(Running running, Stimulus stimulus)
    {
        Send(running, stimulus);
        var after = running.Instance;
        Send(running, stimulus);
        Assert.Same(after, running.Instance);
    }

    private void Send(Running running, Stimulus stimulus)
    {
        var before = running.Instance.ToJson();
        var result = Interpreter.Advance(running.Definition, throughJson ? WorkflowInstance.FromJson(before) : running.Instance, stimulus, now);
        Assert.Equal(before, running.Instance.ToJson());
        if (result.Ignored)
        {
            return;
        }

        running.Instance = result.Instance;
        if (result.Instance.SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Cancelled)
        {
            Assert.Empty(result.Instance.Bookmarks);
            Assert.Empty(result.Instance.Activities);
            Assert.Empty(result.Instance.Scheduled);
        }

        foreach (var entry in result.Journal.Where(e => e.ActivityType != "Elsa.Workflow"))
        {
            var name = entry.ActivityName ?? entry.ActivityId;
            journal.Add($"{name}.{entry.EventName}");
            if (entry is { EventName: JournalEvents.Completed, ActivityType: not ("Elsa.Flowchart" or "Elsa.Sequence") })
            {
                order.Add(entry.Message is { } text && text != name ? $"{name}={text}" : name);
            }
        }

        foreach (var effect in result.Effects)
        {
            CarryOut(running, effect);
        }
    }

    private void CarryOut(Running running, Effect effect)
    {
        switch (effect)
        {
            case Effect.RunStep step:
                effects.Add($"stap {step.Bookmark.ActivityName} {step.Inputs.ToJsonString(Values.Relaxed)}");
                break;
            case Effect.StartTimer timer:
                effects.Add($"klok {running.Instance.Bookmarks.First(b => b.Id == timer.BookmarkId).ActivityName} {timer.DueAt:yyyy-MM-dd'T'HH:mm:ss'Z'}");
                break;
            case Effect.PublishEvent published:
                effects.Add($"gebeurtenis {published.Name} {published.CorrelationId} {published.Payload?.ToJsonString(Values.Relaxed)}".TrimEnd());
                break;
            case Effect.DispatchWorkflow dispatch:
                effects.Add($"start {dispatch.DefinitionId} {dispatch.CorrelationId} {dispatch.Input.ToJsonString(Values.Relaxed)}".Replace("  ", " ", StringComparison.Ordinal));
                if (published.TryGetValue(dispatch.DefinitionId, out var definition))
                {
                    var child = new Running(definition, WorkflowInstance.Create(definition, $"k{all.Count}", dispatch.CorrelationId, running.Instance.Depth + 1), running, dispatch.BookmarkId);
                    all.Add(child);
                    Send(child, new Stimulus.Start(dispatch.Input, null));
                }

                break;
            case Effect.Finish { SubStatus: not WorkflowSubStatus.Faulted } finish when running is { Parent: { } parent, Bookmark: { } bookmark }:
                SendTwice(parent, new Stimulus.WorkflowCompleted(bookmark, finish.SubStatus == WorkflowSubStatus.Cancelled, finish.Output, finish.Outcomes, running.Instance.Id));
                break;
        }
    }

    private sealed class Running(WorkflowDefinition definition, WorkflowInstance instance, Running? parent, string? bookmark)
    {
        public WorkflowDefinition Definition { get; set; } = definition;

        public WorkflowInstance Instance { get; set; } = instance;

        public Running? Parent => parent;

        public string? Bookmark => bookmark;
    }
}
