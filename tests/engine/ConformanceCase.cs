using System.Globalization;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Tests;

/// <summary>
/// One case of <c>conformiteit/*.json</c>: a small workflow, what happens to it, and what must come of it. Written short:
/// <c>"type": "While"</c> is Elsa.While; <c>"=text": "a"</c> is an input with a literal, <c>"js:…"</c> one in JavaScript,
/// <c>"expr:…"</c> one with its expression written out and <c>"->result": "x"</c> an output to variable x; <c>"a:True -> b"</c>
/// is a connection; a name is the id.
/// </summary>
public sealed class ConformanceCase(string file, JsonObject source)
{
    public string Name => source["naam"]!.ToString();

    public string File => file;

    /// <summary>The features that it shows, beside the activities that it uses.</summary>
    public IEnumerable<string> Features => source["toont"]?.AsArray().Select(f => f!.ToString()) ?? [];

    /// <summary>What we chose where nothing is known of Elsa.</summary>
    public string? Choice => source["keuze"]?.ToString();

    /// <summary>The kinds of Elsa's activities in it.</summary>
    public IEnumerable<string> ActivityTypes =>
        Workflows.SelectMany(w => TypesIn(w.Value!)).Where(t => t.StartsWith("Elsa.", StringComparison.Ordinal)).Distinct();

    public IReadOnlyList<JsonObject> Steps => [.. source["verloop"]?.AsArray().Select(s => s!.AsObject()) ?? []];

    public JsonObject Expected => source["verwacht"]?.AsObject() ?? [];

    /// <summary>The faults with which it is refused, as "path: message".</summary>
    public IReadOnlyList<string>? Refusals => source["geweigerd"]?.AsArray().Select(f => f!.ToString()).ToList();

    private IEnumerable<KeyValuePair<string, JsonNode?>> Workflows =>
        (source["andere"]?.AsObject() ?? []).Prepend(new("stroom", source["stroom"]))
            .Concat(Steps.Where(s => s.ContainsKey("versie")).Select(s => new KeyValuePair<string, JsonNode?>("versie", s["versie"])));

    public static IEnumerable<ConformanceCase> Read(string folder) =>
        from path in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
        from one in JsonNode.Parse(System.IO.File.ReadAllText(path))!.AsArray()
        select new ConformanceCase(Path.GetFileNameWithoutExtension(path), one!.AsObject());

    public string Definition() => Definition("stroom", 1, source["stroom"]!.AsObject());

    public IEnumerable<WorkflowDefinition> Others() =>
        (source["andere"]?.AsObject() ?? []).Select(o => WorkflowDefinition.Parse(Definition(o.Key, 1, o.Value!.AsObject())));

    /// <summary>Elsa's JSON from the short form.</summary>
    public static string Definition(string id, int version, JsonObject workflow)
    {
        var full = workflow.DeepClone().AsObject();
        var root = full["root"] as JsonObject ?? new JsonObject { ["type"] = "Flowchart" };
        foreach (var moved in new[] { "activities", "connections" })
        {
            if (full.TryGetPropertyValue(moved, out var value))
            {
                full.Remove(moved);
                root[moved] = value;
            }
        }

        root["id"] ??= "root";
        full["root"] = Activity(root);
        full["id"] = $"{id}-{version}";
        full["definitionId"] = id;
        full["version"] = version;
        full["variables"] = Variables(full["variables"]);
        return full.ToJsonString();
    }

    private static IEnumerable<string> TypesIn(JsonNode node) => node switch
    {
        JsonObject members => members.Where(m => m.Value is not null).SelectMany(m => m.Key == "type" && m.Value is JsonValue ? [TypeName(m.Value.ToString())] : TypesIn(m.Value!))
            .Concat(members.ContainsKey("activities") && !members.ContainsKey("type") ? ["Elsa.Flowchart"] : []),
        JsonArray elements => elements.OfType<JsonNode>().SelectMany(TypesIn),
        _ => [],
    };

    private static string TypeName(string type) => type.Contains('.', StringComparison.Ordinal) || type.Length == 0 || char.IsLower(type[0]) ? type : $"Elsa.{type}";

    private static JsonObject Activity(JsonObject brief)
    {
        var full = new JsonObject();
        var isWorkflow = brief.ContainsKey("workflowDefinitionId");
        foreach (var (key, value) in brief)
        {
            var (mark, name) = key switch
            {
                _ when key.StartsWith('=') => ("=", key[1..]),
                _ when key.StartsWith("js:", StringComparison.Ordinal) => ("js", key[3..]),
                _ when key.StartsWith("expr:", StringComparison.Ordinal) => ("expr", key[5..]),
                _ when key.StartsWith("->", StringComparison.Ordinal) => ("->", key[2..]),
                _ => ("", key),
            };
            full[name] = mark switch
            {
                "=" => Wrapped("Literal", value),
                "js" => Wrapped("JavaScript", value),
                "expr" => new JsonObject { ["typeName"] = "Object", ["expression"] = value?.DeepClone() },
                "->" => new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = value?.DeepClone() } },
                _ => Plain(name, value, isWorkflow),
            };
        }

        full["name"] ??= full["id"]?.DeepClone();
        return full;
    }

    private static JsonNode? Plain(string name, JsonNode? value, bool isWorkflow) => (name, value) switch
    {
        ("type", JsonValue type) => isWorkflow ? type.DeepClone() : TypeName(type.ToString()),
        ("variables", JsonObject) => Variables(value),
        ("connections", JsonArray paths) => new JsonArray([.. paths.SelectMany(p => Connections(p!.ToString()))]),
        ("variable", JsonValue variable) => new JsonObject { ["id"] = variable.ToString(), ["name"] = variable.ToString() },
        ("activities" or "branches" or "cases" or "states" or "transitions", JsonArray list) => new JsonArray([.. list.Select(e => e is JsonObject element ? Activity(element) : e?.DeepClone())]),
        ("condition", JsonObject condition) => condition.DeepClone(),
        (not "customProperties" and not "metadata", JsonObject child) when child.ContainsKey("type") => Activity(child),
        _ => value?.DeepClone(),
    };

    /// <summary>{"n": 1} or {"n": ["Int32", 1, "MemoryStorageDriver"]}.</summary>
    private static JsonNode? Variables(JsonNode? brief) => brief is not JsonObject variables ? brief?.DeepClone() : new JsonArray([.. variables.Select(v => new JsonObject
    {
        ["id"] = v.Key,
        ["name"] = v.Key,
        ["typeName"] = v.Value is JsonArray typed ? typed[0]?.DeepClone() : "Object",
        ["value"] = v.Value is JsonArray of ? of.ElementAtOrDefault(1)?.DeepClone() : v.Value?.DeepClone(),
        ["storageDriverTypeName"] = v.Value is JsonArray { Count: > 2 } stored ? stored[2]?.DeepClone() : "WorkflowInstanceStorageDriver",
    })]);

    private static IEnumerable<JsonNode> Connections(string path)
    {
        var stops = path.Split(" -> ");
        return stops.Zip(stops.Skip(1), (from, to) => new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = from.Split(':')[0], ["port"] = from.Contains(':', StringComparison.Ordinal) ? from[(from.IndexOf(':', StringComparison.Ordinal) + 1)..] : "Done" },
            ["target"] = new JsonObject { ["activity"] = to.Split(':')[0], ["port"] = "In" },
        });
    }

    private static JsonObject Wrapped(string type, JsonNode? value) =>
        new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value?.DeepClone() } };
}

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
