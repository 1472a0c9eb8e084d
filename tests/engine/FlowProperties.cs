using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace NetwerkRegie.Engine.Tests;

/// <summary>What holds for every flow, whatever is drawn and in whatever order answers come.</summary>
public sealed class FlowProperties
{
    private const int Answers = 200;

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact]
    public void The_same_input_has_the_same_output() => Holds(story =>
    {
        var (one, other) = (story.Begin(), story.Begin());
        foreach (var stimulus in story.Run(one))
        {
            other.Send(stimulus);
            Assert.Equal(Show(one.Last), Show(other.Last));
        }
    });

    [Fact]
    public void An_answer_that_comes_twice_or_late_changes_nothing() => Holds(story =>
    {
        var play = story.Begin();
        var past = new List<Stimulus> { new Stimulus.Start(null, null) };
        foreach (var stimulus in story.Run(play))
        {
            past.Add(stimulus);
            Assert.All(past, old => Assert.True(play.Send(old).Last.Ignored));
        }
    });

    [Fact]
    public void Without_a_way_back_each_activity_and_so_each_join_runs_once() => Holds(story =>
    {
        var straight = story.WithoutWaysBack();
        var play = straight.Begin();
        foreach (var _ in straight.Run(play))
        {
        }

        Assert.Distinct(play.Journal.Where(e => e.EventName == JournalEvents.Started).Select(e => e.ActivityId));
    });

    [Fact]
    public void An_instance_where_nothing_waits_is_finished_and_each_comes_there() => Holds(story =>
    {
        var play = story.Begin();
        foreach (var _ in story.Run(play))
        {
            Assert.Equal(play.Instance.Bookmarks.Count > 0 ? WorkflowSubStatus.Suspended : WorkflowSubStatus.Finished, play.Instance.SubStatus);
            Assert.Empty(play.Instance.Scheduled);
        }

        play.Finished();
        Assert.IsType<Effect.Finish>(play.Effects[^1]);
        Assert.Single(play.Effects, e => e is Effect.Finish);
    });

    [Fact]
    public void In_memory_it_goes_as_through_JSON() => Holds(story =>
    {
        var play = story.Begin();
        var instance = Interpreter.Advance(play.Definition, WorkflowInstance.Create(play.Definition, "i", "c"), new Stimulus.Start(null, null), play.Now).Instance;
        foreach (var stimulus in story.Run(play))
        {
            var before = instance.ToJson();
            var next = Interpreter.Advance(play.Definition, instance, stimulus, play.Now).Instance;
            Assert.Equal(before, instance.ToJson());
            instance = next;
            Assert.Equal(play.Instance.ToJson(), instance.ToJson());
        }
    });

    [Fact]
    public void Cancelling_at_any_moment_leaves_nothing() => Holds(story =>
    {
        var play = story.Begin();
        foreach (var _ in story.Run(play).Take(story.Choices[0].Which % 5))
        {
        }

        if (play.Instance.Status == WorkflowStatus.Running)
        {
            var waiting = play.Instance.Bookmarks.Select(b => b.Id).ToHashSet();
            play.Send(new Stimulus.Cancel());
            Assert.Equal(waiting, play.Effects.OfType<Effect.BookmarkRemoved>().Select(e => e.BookmarkId).ToHashSet());
            Assert.Equal(WorkflowSubStatus.Cancelled, play.Instance.SubStatus);
            Assert.Empty(play.Instance.Bookmarks);
            Assert.Empty(play.Instance.Activities);
            Assert.Empty(play.Instance.Scheduled);
        }
    });

    [Fact]
    public void State_survives_JSON_at_every_step() => Holds(story =>
    {
        var play = story.Begin();
        foreach (var _ in story.Run(play))
        {
            var json = play.Instance.ToJson();
            Assert.Equal(json, WorkflowInstance.FromJson(json).ToJson());
        }
    });

    [Fact]
    public void Whoever_follows_the_effects_knows_what_is_waited_for() => Holds(story =>
    {
        var play = story.Begin();
        var waiting = new HashSet<string>();
        Follow();
        foreach (var _ in story.Run(play))
        {
            Follow();
        }

        void Follow()
        {
            foreach (var effect in play.Effects)
            {
                Assert.True(effect switch
                {
                    Effect.RunStep step => waiting.Add(step.Bookmark.Id),
                    Effect.BookmarkRemoved removed => waiting.Remove(removed.BookmarkId),
                    _ => true,
                });
            }

            Assert.Equal(play.Instance.Bookmarks.Select(b => b.Id).ToHashSet(), waiting);
        }
    });

    [Fact]
    public void Everything_that_begins_ends_once() => Holds(story =>
    {
        var play = story.Begin();
        foreach (var _ in story.Run(play))
        {
        }

        Assert.All(play.Journal.GroupBy(e => e.ActivityInstanceId), activity =>
        {
            Assert.Single(activity, e => e.EventName == JournalEvents.Started);
            Assert.Single(activity, e => e.EventName is JournalEvents.Completed or JournalEvents.Canceled);
        });
        Assert.Equal(Enumerable.Range(0, play.Journal.Count).Select(n => (long)n), play.Journal.Select(e => e.Sequence));
    });

    private static void Holds(Action<Story> property) => Check.One(Thorough, Prop.ForAll(Story.Arbitrary, property));

    private static string Show(AdvanceResult result) => string.Join(
        '\n',
        [result.Instance.ToJson(), .. result.Journal.Select(e => JsonSerializer.Serialize(e)), .. result.Effects.Select(e => JsonSerializer.Serialize<object>(e))]);

    /// <summary>One activity of a drawing, and which earlier ones lead to it over which of their ports.</summary>
    internal sealed record Drawn(string Kind, string Merge, IReadOnlyList<(int From, int Port)> Inbound);

    /// <summary>A flow, and in which order and with which outcomes its steps are answered.</summary>
    internal sealed record Story(IReadOnlyList<Drawn> Drawing, bool UsesTokens, IReadOnlyList<(int Which, int Outcome)> Choices)
    {
        private static readonly string[] Kinds = ["Write", "Step", "Step", "Again", "True", "False", "Fork", "WaitAll", "WaitAllActive", "WaitAny", "Loop", "Each", "Nested", "Either"];

        // Twice Merge, since what runs per token runs ever more often.
        private static readonly string[] Modes = ["Stream", "Merge", "Merge", "Converge", "Race", "Race", "Cascade"];

        /// <summary>Shrinks to fewer activities: nothing leads to a later one, so every beginning of a drawing is a drawing.</summary>
        public static Arbitrary<Story> Arbitrary { get; } = Arb.From(
            from size in Gen.Choose(1, 14)
            from usesTokens in Gen.Elements(false, true)
            from drawing in Gen.CollectToSequence(Enumerable.Range(0, usesTokens ? Math.Min(size, 7) : size), OneDrawn)
            from choices in Gen.ArrayOf(Choice, Answers)
            select new Story([.. drawing], usesTokens, choices),
            story => story.Drawing.Count > 1 ? [story with { Drawing = [.. story.Drawing.SkipLast(1)] }] : []);

        private static Gen<(int Which, int Outcome)> Choice =>
            from which in Gen.Choose(0, 99)
            from outcome in Gen.Choose(0, 2)
            select (which, outcome);

        /// <summary>With nothing that may run more than once: no way back, no loop, and no token that comes by itself.</summary>
        public Story WithoutWaysBack() => this with { UsesTokens = false, Drawing = [.. Drawing.Select(d => d.Kind is "Again" or "Loop" or "Each" ? d with { Kind = "Step" } : d)] };

        public Play Begin() => Play.Of(new Flow().Parse(ToFlow().ToFlowchart("stroom", UsesTokens)));

        /// <summary>Answers until nothing waits, giving each answer after it was sent.</summary>
        public IEnumerable<Stimulus> Run(Play play)
        {
            foreach (var (which, outcome) in Choices)
            {
                if (play.Instance.Bookmarks.Count == 0)
                {
                    yield break;
                }

                var bookmark = play.Instance.Bookmarks[which % play.Instance.Bookmarks.Count];
                var answer = new Stimulus.Resume(bookmark.Id, outcome switch { 0 => "Anders", 1 => "Nogmaals", _ => null }, null);
                play.Send(answer);
                yield return answer;
            }
        }

        public override string ToString() =>
            (UsesTokens ? "tokens: " : "") + string.Join("; ", Drawing.Select((d, i) => $"{i} {d.Kind} {(UsesTokens ? d.Merge : "")} <- {string.Join(',', d.Inbound.Select(e => $"{e.From}:{PortOf(e.From, e.Port)}"))}"))
            + " | " + string.Join(' ', Choices.Take(20).Select(c => $"{c.Which}/{c.Outcome}"));

        private static Gen<Drawn> OneDrawn(int index) =>
            from kind in Gen.Elements(Kinds)
            from merge in Gen.Elements(Modes)
            from count in Gen.Choose(1, 3)
            from inbound in Gen.ArrayOf(from source in Gen.Choose(0, Math.Max(0, index - 1)) from port in Gen.Choose(0, 2) select (source, port), count)
            select new Drawn(kind, merge, index == 0 ? [] : inbound);

        private string PortOf(int from, int port) => Drawing[from].Kind switch
        {
            "Step" or "Again" => port == 0 ? "Anders" : "Done",
            "True" or "False" => port == 0 ? "False" : "True",
            "Fork" => port == 0 ? "Links" : "Rechts",
            _ => "Done",
        };

        private static JsonObject Inside(string id) => new Flow()
            .Fork($"{id}f", "Links", "Rechts").Step($"{id}l", $"{id}r").Join($"{id}j", "WaitAny")
            .Connect($"{id}f:Links -> {id}l -> {id}j", $"{id}f:Rechts -> {id}r -> {id}j").ToFlowchart($"{id}i");

        private Flow ToFlow()
        {
            var flow = new Flow();
            foreach (var (index, drawn) in Drawing.Index())
            {
                var id = $"n{index}";
                _ = drawn.Kind switch
                {
                    "Write" => flow.Write(id),
                    "Step" or "Again" => flow.Step(id),
                    "True" or "False" => flow.Decide(id, drawn.Kind == "True" ? "true" : "false"),
                    "Fork" => flow.Fork(id, "Links", "Rechts"),
                    "Loop" => flow.With(id, "Elsa.For", new() { ["end"] = Flow.Literal(1), ["body"] = Flow.Activity($"{id}b", "NetwerkRegie.Stap") }),
                    "Each" => flow.With(id, "Elsa.ParallelForEach", new() { ["items"] = Flow.Literal(new JsonArray(1, 2)), ["body"] = Inside(id) }),
                    "Nested" => flow.With(id, "Elsa.Sequence", new() { ["activities"] = new JsonArray(Flow.Activity($"{id}w", "Elsa.WriteLine"), Inside(id)) }),
                    "Either" => flow.With(id, "Elsa.Fork", new() { ["joinMode"] = "WaitAny", ["branches"] = new JsonArray(Flow.Activity($"{id}w", "NetwerkRegie.Stap"), Inside(id)) }),
                    _ => flow.Join(id, drawn.Kind),
                };
                if (UsesTokens)
                {
                    flow.Merge(drawn.Merge);
                }

                foreach (var (from, port) in drawn.Inbound)
                {
                    flow.Connect($"n{from}:{PortOf(from, port)} -> {id}");
                }

                if (drawn.Kind == "Again")
                {
                    flow.Connect($"{id}:Nogmaals -> {id}");
                }
            }

            return flow;
        }
    }
}
