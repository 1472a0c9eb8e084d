using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace NetwerkRegie.Engine.Tests;

public sealed class FlowchartTests
{
    [Fact]
    public void Activities_run_in_the_order_of_their_connections() =>
        Assert.Equal("a b c", Play.Of(new Flow().Write("c", "a", "b").Connect("a -> b -> c")).Finished().Order);

    [Fact]
    public void An_empty_flowchart_is_finished_at_once() =>
        Assert.Equal("", Play.Of(new Flow()).Finished().Order);

    [Fact]
    public void Branches_run_in_turn_and_not_one_after_the_other() =>
        Assert.Equal("a b c b2 c2", Play.Of(new Flow().Write("a", "b", "b2", "c", "c2").Connect("a -> b -> b2", "a -> c -> c2")).Finished().Order);

    [Fact]
    public void A_connection_that_is_drawn_twice_is_followed_once() =>
        Assert.Equal("a b", Play.Of(new Flow().Write("a", "b").Connect("a -> b", "a -> b")).Finished().Order);

    [Theory]
    [InlineData("true", "besluit ja")]
    [InlineData("false", "besluit nee")]
    public void A_decision_follows_its_outcome(string condition, string order) =>
        Assert.Equal(order, Play.Of(new Flow().Decide("besluit", condition).Write("ja", "nee").Connect("besluit:True -> ja", "besluit:False -> nee")).Finished().Order);

    [Fact]
    public void An_outcome_without_a_connection_ends_that_branch() =>
        Assert.Equal("a besluit", Play.Of(new Flow().Write("a", "b").Decide("besluit", "false").Connect("a -> besluit:True -> b")).Finished().Order);

    [Fact]
    public void Branches_of_a_decision_meet_again_without_a_join_activity() =>
        Assert.Equal("d ja z", Play.Of(new Flow().Decide("d", "true").Write("ja", "nee", "z").Connect("d:True -> ja -> z", "d:False -> nee -> z")).Finished().Order);

    [Fact]
    public void A_fork_follows_all_of_its_branches() =>
        Assert.Equal("f a b", Play.Of(new Flow().Fork("f", "Een", "Twee").Write("a", "b", "c").Connect("f:Een -> a", "f:Twee -> b", "f:Drie -> c")).Finished().Order);

    [Fact]
    public void A_fork_without_branches_is_done() =>
        Assert.Equal("f a", Play.Of(new Flow().With("f", "Elsa.FlowFork").Write("a").Connect("f -> a")).Finished().Order);

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public void A_join_waits_for_every_branch(string mode)
    {
        var play = Play.Of(new Flow().Write("a", "e").Step("b", "c").Join("d", mode).Connect("a -> b -> d -> e", "a -> c -> d"));
        Assert.Equal("b c", play.Waiting);

        play.Answer("c");
        Assert.Equal("a c", play.Order);

        Assert.Equal("a c b d e", play.Answer("b").Finished().Order);
    }

    [Fact]
    public void An_activity_with_several_connections_into_it_waits_for_all_that_are_active()
    {
        var play = Play.Of(new Flow().Write("a", "z").Step("b", "c").Decide("d", "false").Connect("a -> b -> z", "a -> c -> z", "a -> d:True -> z"));

        Assert.Equal("a d b", play.Answer("b").Order);
        Assert.Equal("a d b c z", play.Answer("c").Finished().Order);
    }

    [Fact]
    public void Wait_all_is_passed_over_when_one_branch_does_not_come() =>
        Assert.Equal("a b d", Play.Of(new Flow().Write("a", "b", "z").Decide("d", "false").Join("j", "WaitAll").Connect("a -> b -> j -> z", "a -> d:True -> j")).Finished().Order);

    [Fact]
    public void Wait_all_active_goes_on_with_the_branches_that_come() =>
        Assert.Equal("a b d j z", Play.Of(new Flow().Write("a", "b", "z").Decide("d", "false").Join("j", "WaitAllActive").Connect("a -> b -> j -> z", "a -> d:True -> j")).Finished().Order);

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    [InlineData("WaitAny")]
    public void A_join_that_nothing_reaches_is_passed_over(string mode) =>
        Assert.Equal("a d", Play.Of(new Flow().Write("a", "b", "c", "z").Decide("d", "false").Join("j", mode).Connect("a -> d:True -> b -> j -> z", "d:True -> c -> j")).Finished().Order);

    [Fact]
    public void Wait_any_goes_on_at_the_first_and_withdraws_the_others()
    {
        var play = Play.Of(new Flow().Write("a", "z").Step("b", "c").Join("j", "WaitAny").Connect("a -> b -> j -> z", "a -> c -> j"));
        var (b, c) = (play.BookmarkAt("b"), play.BookmarkAt("c"));

        Assert.Equal("a c j z", play.Answer("c").Finished().Order);
        Assert.Equal([new Effect.BookmarkRemoved(c), new Effect.BookmarkRemoved(b)], play.Effects.OfType<Effect.BookmarkRemoved>());
        Assert.Contains(play.Journal, e => e.ActivityName == "b" && e.EventName == JournalEvents.Canceled);
        Assert.True(play.Send(new Stimulus.Resume(b, null, null)).Last.Ignored);
    }

    [Fact]
    public void Wait_any_is_the_mode_of_a_join_that_says_nothing() =>
        Assert.Equal("a b j z", Play.Of(new Flow().Write("a", "z").Step("b", "c").With("j", "Elsa.FlowJoin").Connect("a -> b -> j -> z", "a -> c -> j")).Answer("b").Finished().Order);

    [Fact]
    public void Wait_any_lets_the_branches_that_do_not_lead_to_it_be()
    {
        var play = Play.Of(new Flow().Write("a", "z").Step("b", "c", "elders").Join("j", "WaitAny").Connect("a -> b -> j -> z", "a -> c -> j", "a -> elders"));

        Assert.Equal("elders", play.Answer("b").Waiting);
        play.Answer("elders").Finished();
    }

    [Fact]
    public void Wait_any_fires_once_when_a_branch_begins_to_wait_after_it_was_decided()
    {
        // The first branch reaches the join while the second is still to begin: the join ends it, and that must not count as an arrival.
        var play = Play.Of(new Flow().Write("a", "b", "z").Step("c").Join("j", "WaitAny").Connect("a -> b -> j -> z", "a -> c -> j"));

        Assert.Equal("a b j z", play.Finished().Order);
        Assert.DoesNotContain(play.Effects, e => e is Effect.RunStep or Effect.BookmarkRemoved);
    }

    [Fact]
    public void Work_that_was_scheduled_before_wait_any_fired_still_runs_as_in_Elsa() =>
        Assert.Equal("a b c j c2 z", Play.Of(new Flow().Write("a", "b", "c", "c2", "z").Join("j", "WaitAny").Connect("a -> b -> j -> z", "a -> c -> c2 -> j")).Finished().Order);

    [Fact]
    public void Wait_any_in_a_loop_fires_once_in_every_round()
    {
        var play = Play.Of(new Flow()
            .Variable("n", "Int32", 0)
            .Set("tel", "n", Flow.JavaScript("variables.n + 1"))
            .Step("b", "c").Join("j", "WaitAny").Decide("klaar", "variables.n == 2").Write("z")
            .Connect("tel -> b -> j -> klaar:True -> z", "tel -> c -> j", "klaar:False -> tel"));

        Assert.Equal("tel b j klaar tel c j klaar z", play.Answer("b").Answer("c").Finished().Order);
    }

    [Fact]
    public void Wait_any_in_a_loop_does_not_take_the_arrival_of_the_round_before()
    {
        var play = Play.Of(new Flow().Write("a", "x", "z").Step("b", "goed").Decide("d", "false").Join("j", "WaitAny")
            .Connect("a -> d:True -> x -> j -> goed:Ja -> z", "a -> b -> j", "goed:Nee -> a"));

        Assert.Equal("b", play.Answer("b").Answer("goed", "Nee").Waiting);
        Assert.Equal("a d b j goed a d b j goed z", play.Answer("b").Answer("goed", "Ja").Finished().Order);
    }

    [Fact]
    public void Branch_that_ends_with_a_fault_runs_beside_its_siblings_until_then()
    {
        var play = Play.Of(new Flow()
            .Write("A", "B", "C", "D", "E", "F").Decide("besluit", "false").With("fout", "Elsa.Fault").Join("j", "WaitAll")
            .Connect("A -> C -> j -> F", "A -> B -> j", "A -> D -> besluit:True -> E -> j", "besluit:False -> fout"));

        Assert.Equal("A C B D besluit", play.Order);
        Assert.Equal(WorkflowSubStatus.Faulted, play.Instance.SubStatus);
    }

    [Fact]
    public void A_dead_path_is_passed_over_to_its_end() =>
        Assert.Equal("d n j z", Play.Of(new Flow()
            .Decide("d", "false").Write("a", "b", "c", "n", "z").Join("j", "WaitAllActive")
            .Connect("d:True -> a -> b -> c -> j -> z", "d:False -> n -> j")).Finished().Order);

    [Fact]
    public void A_dead_path_does_not_go_back() =>
        Assert.Equal("a d z", Play.Of(new Flow().Write("a", "b", "z").Decide("d", "false").Connect("a -> d:True -> b -> a", "d:False -> z")).Finished().Order);

    [Fact]
    public void A_loop_goes_round_until_its_decision_is_true()
    {
        var play = Play.Of(new Flow()
            .Variable("n", "Int32", 0)
            .Write("a", "z").Set("tel", "n", Flow.JavaScript("getN() + 1")).Decide("klaar", "variables.n >= 3")
            .Connect("a -> tel -> klaar:True -> z", "klaar:False -> tel"));

        Assert.Equal("a tel klaar tel klaar tel klaar z", play.Finished().Order);
    }

    [Fact]
    public void A_step_can_lead_back_to_itself() =>
        Assert.Equal("a a a z", Play.Of(new Flow().Step("a").Write("z").Connect("a:Nogmaals -> a", "a:Klaar -> z"))
            .Answer("a", "Nogmaals").Answer("a", "Nogmaals").Answer("a", "Klaar").Finished().Order);

    [Fact]
    public void A_join_inside_a_loop_waits_again_in_every_round()
    {
        var play = Play.Of(new Flow()
            .Write("a", "z").Step("b", "c", "goed").Join("j", "WaitAll")
            .Connect("a -> b -> j -> goed:Ja -> z", "a -> c -> j", "goed:Nee -> a"));

        play.Answer("b").Answer("c").Answer("goed", "Nee").Answer("b");
        Assert.Equal("c", play.Waiting);
        Assert.Equal("a b c j goed a b c j goed z", play.Answer("c").Answer("goed", "Ja").Finished().Order);
    }

    [Fact]
    public void A_way_back_from_inside_a_branch_counts_as_an_answer_at_the_join_as_in_Elsa()
    {
        // The decision passes its way out while it goes back, so an implicit join takes the branch for dead. The publish gate has to refuse this drawing.
        var play = Play.Of(new Flow()
            .Write("a").Step("b", "c", "z").Decide("d", "variables.klaar").Variable("klaar", "Boolean", false)
            .Connect("a -> b -> d:True -> z", "d:False -> b", "a -> c -> z"));

        Assert.Equal("z b", play.Answer("c").Answer("b").Waiting);
    }

    [Fact]
    public void Going_back_past_the_fork_is_an_incident_that_keeps_the_work_that_was_done()
    {
        var play = Play.Of(new Flow().Step("a").Write("b", "c", "z").Connect("a -> b", "a:Terug -> c", "b -> z", "c -> z", "z -> b"));
        play.Answer("a");

        var incident = Assert.Single(play.Instance.Incidents);
        Assert.Equal("z", incident.ActivityName);
        Assert.Equal("De lijn terug naar 'b' kan niet: niet elke weg naar 'z' komt daar langs.", incident.Message);

        play.Send(new Stimulus.Retry());
        Assert.Equal("a b z", play.Order);
        Assert.Single(play.Instance.Incidents);
    }

    [Fact]
    public void Sixteen_decisions_in_series_with_a_way_back_cost_as_much_as_their_number()
    {
        Assert.Equal(35, Steps(16));
        Assert.Equal(67, Steps(32));
        Assert.Equal(2 * (Cost(32) - Cost(16)), Cost(64) - Cost(32));

        static int Steps(int decisions) => Play.Of(Diamonds(decisions)).Finished().Order.Split(' ').Length;

        static int Cost(int decisions) => Diamonds(decisions).Parse().Root.GraphFrom("begin").ConnectionsExamined;
    }

    [Fact]
    public void A_way_back_is_valid_exactly_when_every_path_to_its_source_passes_its_target()
    {
        var edges = Gen.ListOf(from source in Gen.Choose(0, 6) from target in Gen.Choose(0, 6) select new Connection($"{source}", "Done", $"{target}"), 11);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(edges.ToArbitrary(), drawn =>
        {
            var connections = drawn.Distinct().ToList();
            var graph = new FlowGraph(connections, "0");
            var forward = connections.Where(graph.IsForward).ToList();
            foreach (var back in connections.Where(c => !graph.IsForward(c)))
            {
                var paths = PathsTo(back.Source, ["0"]).ToList();
                Assert.Equal(paths.Count > 0 && paths.TrueForAll(p => p.Contains(back.Target)), graph.IsValidBackward(back));
            }

            IEnumerable<List<string>> PathsTo(string end, List<string> path) => path[^1] == end
                ? [path]
                : forward.Where(c => c.Source == path[^1]).SelectMany(c => PathsTo(end, [.. path, c.Target]));
        }));
    }

    [Fact]
    public void Connections_go_forward_until_they_close_a_circle()
    {
        var edges = Gen.ListOf(from source in Gen.Choose(0, 5) from target in Gen.Choose(0, 5) select new Connection($"{source}", "Done", $"{target}"), 10);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(edges.ToArbitrary(), drawn =>
        {
            var connections = drawn.Distinct().ToList();
            var graph = new FlowGraph(connections, "0");
            var reached = new List<string> { "0" };
            var forward = new List<Connection>();
            for (var i = 0; i < reached.Count; i++)
            {
                foreach (var connection in connections.Where(c => c.Source == reached[i] && !Leads(c.Target, reached[i], forward)))
                {
                    forward.Add(connection);
                    reached = reached.Contains(connection.Target) ? reached : [.. reached, connection.Target];
                }
            }

            Assert.Equal(forward.ToHashSet(), connections.Where(graph.IsForward).ToHashSet());
        }));

        static bool Leads(string from, string to, List<Connection> over) =>
            from == to || over.Exists(c => c.Source == from && Leads(c.Target, to, over));
    }

    [Fact]
    public void A_nested_flowchart_is_one_activity_of_the_outer_one()
    {
        var inner = new Flow().Write("x", "y").Connect("x -> y").ToFlowchart("binnen");
        var play = Play.Of(new Flow().Write("a", "z").With("binnen", "Elsa.Flowchart", inner).Connect("a -> binnen -> z"));

        Assert.Equal("a x y z", play.Finished().Order);
        Assert.Equal("Workflow1:stroom:binnen:y", play.Journal.First(e => e.ActivityName == "y").NodeId);
    }

    [Fact]
    public void End_ends_the_flowchart_that_it_is_in_and_what_still_waits_there()
    {
        var inner = new Flow().Write("x", "y").Step("w").With("einde", "Elsa.End").Connect("x -> w", "x -> einde", "x -> y").ToFlowchart("binnen");
        var play = Play.Of(new Flow().With("binnen", "Elsa.Flowchart", inner).Write("z").Connect("binnen -> z"));

        Assert.Equal("x einde z", play.Finished().Order);
    }

    [Theory]
    [InlineData("e")]
    [InlineData("d")]
    [InlineData("c")]
    [InlineData("b")]
    public void The_start_is_the_trigger_then_the_chosen_one_then_Start_then_one_that_may_start(string expected)
    {
        // Each is at the end of the file, before the one that wins from it; "a" is what nothing leads to.
        var flow = new Flow().Write("a").With("b", "Elsa.WriteLine", new() { ["customProperties"] = new JsonObject { ["canStartWorkflow"] = true } });
        if (expected != "b")
        {
            flow.With("c", "Elsa.Start");
        }

        flow.Write("d", "e");
        var root = flow.ToFlowchart("stroom");
        root["start"] = expected is "d" or "e" ? "d" : null;

        Assert.Equal(expected, Play.Of(flow.Parse(root), trigger: expected == "e" ? "e" : null).Finished().Order);
    }

    [Fact]
    public void Without_any_sign_the_start_is_what_nothing_leads_to() =>
        Assert.Equal("b a", Play.Of(new Flow().Write("a", "b").Connect("b -> a")).Finished().Order);

    [Fact]
    public void In_a_circle_the_start_is_the_first_of_the_file() =>
        Assert.Equal("a b", Play.Of(new Flow().Step("a", "b").Connect("a -> b", "b:Terug -> a")).Answer("a").Answer("b").Finished().Order);

    private static Flow Diamonds(int count)
    {
        var flow = new Flow().Variable("rond", "Boolean", true).Write("begin", "eind").Decide("opnieuw", "false").Connect("opnieuw:True -> begin", "opnieuw:False -> eind");
        var previous = "begin";
        for (var i = 0; i < count; i++)
        {
            flow.Decide($"d{i}", "variables.rond").Connect($"{previous} -> d{i}");
            flow.Write($"j{i}", $"n{i}").Connect($"d{i}:True -> j{i}", $"d{i}:False -> n{i} -> j{i}");
            previous = $"j{i}";
        }

        return flow.Connect($"{previous} -> opnieuw");
    }
}
