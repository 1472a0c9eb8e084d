using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Tests;

public sealed class StimulusTests
{
    private static Flow OneStep => new Flow().Step("stap").Write("z").Connect("stap -> z");

    [Fact]
    public void An_instance_is_started_once() =>
        Assert.True(Play.Of(OneStep).Send(new Stimulus.Start(null, null)).Last.Ignored);

    [Fact]
    public void An_ignored_stimulus_returns_the_very_same_instance()
    {
        var play = Play.Of(OneStep);
        var result = Interpreter.Advance(play.Definition, play.Instance, new Stimulus.EventReceived("Onbekend", null), play.Now);

        Assert.True(result.Ignored);
        Assert.Same(play.Instance, result.Instance);
        Assert.Empty(result.Effects);
        Assert.Empty(result.Journal);
    }

    [Fact]
    public void The_instance_that_is_given_stays_as_it_was()
    {
        var play = Play.Of(new Flow().Variable("n", "Int32", 0).Step("stap").Set("zet", "n", Flow.Literal(1)).Connect("stap -> zet"));
        var before = play.Instance.ToJson();

        Interpreter.Advance(play.Definition, play.Instance, new Stimulus.Resume(play.BookmarkAt("stap"), null, null), play.Now);

        Assert.Equal(before, play.Instance.ToJson());
    }

    [Fact]
    public void The_second_answer_is_ignored()
    {
        var play = Play.Of(new Flow().Step("a", "b").Connect("a -> b"));
        var answer = new Stimulus.Resume(play.BookmarkAt("a"), null, null);

        Assert.False(play.Send(answer).Last.Ignored);
        Assert.True(play.Send(answer).Last.Ignored);
        Assert.Equal("b", play.Waiting);
    }

    [Fact]
    public void An_answer_after_the_end_is_ignored()
    {
        var play = Play.Of(OneStep);
        var answer = new Stimulus.Resume(play.BookmarkAt("stap"), null, null);
        play.Send(answer).Finished();

        Assert.True(play.Send(answer).Last.Ignored);
        Assert.True(play.Send(new Stimulus.Cancel()).Last.Ignored);
        Assert.True(play.Send(new Stimulus.Retry()).Last.Ignored);
    }

    [Fact]
    public void A_wait_takes_only_the_kind_of_answer_that_it_waits_for()
    {
        var play = Play.Of(new Flow().Write("a").Step("stap").Delay("wacht", "01:00:00").Event("e").Connect("a -> stap", "a -> wacht", "a -> e"));

        Assert.True(play.Send(new Stimulus.TimerElapsed(play.BookmarkAt("stap"))).Last.Ignored);
        Assert.True(play.Send(new Stimulus.Resume(play.BookmarkAt("wacht"), null, null)).Last.Ignored);
        Assert.True(play.Send(new Stimulus.Resume(play.BookmarkAt("e"), null, null)).Last.Ignored);
        Assert.True(play.Send(new Stimulus.WorkflowCompleted(play.BookmarkAt("stap"), false, null)).Last.Ignored);
        Assert.Equal("stap wacht e", play.Waiting);
    }

    [Fact]
    public void Two_events_at_once_both_finish()
    {
        var flow = new Flow().Write("a", "z").Event("A", "B").Join("j", "WaitAll").Connect("a -> A -> j -> z", "a -> B -> j");

        Assert.Equal("a A B j z", Play.Of(flow).Event("A").Event("B").Finished().Order);
        Assert.Equal("a B A j z", Play.Of(flow).Event("B").Event("A").Finished().Order);
    }

    [Fact]
    public void Cancel_withdraws_whatever_is_waited_for()
    {
        var play = Play.Of(new Flow().Write("a").Step("b").Delay("c", "01:00:00").Connect("a -> b", "a -> c"));
        var waits = play.Instance.Bookmarks.Select(b => b.Id).ToList();
        play.Send(new Stimulus.Cancel());

        Assert.Equal((WorkflowStatus.Finished, WorkflowSubStatus.Cancelled), (play.Instance.Status, play.Instance.SubStatus));
        Assert.Equal(waits, play.Effects.OfType<Effect.BookmarkRemoved>().Select(e => e.BookmarkId));
        Assert.Equal(WorkflowSubStatus.Cancelled, Assert.IsType<Effect.Finish>(play.Effects[^1]).SubStatus);
        Assert.Equal(["b", "c", "stroom", "Workflow1"], play.Last.Journal.Select(e => e.ActivityId));
    }

    [Fact]
    public void A_fault_says_where_it_is_and_stops_the_instance()
    {
        var play = Play.Of(new Flow().Variable("x").With("w", "Elsa.WriteLine", new() { ["text"] = Flow.JavaScript("'a' +\n  variables.x.naam", "String") }).Write("z").Connect("w -> z"));

        var incident = Assert.Single(play.Instance.Incidents);
        Assert.Equal(("w", "Elsa.WriteLine", 2, 15), (incident.ActivityId, incident.ActivityType, incident.Line, incident.Column));
        Assert.Equal("'naam' kan niet worden gelezen, want er is geen waarde (null).", incident.Message);
        Assert.Equal(WorkflowSubStatus.Faulted, Assert.IsType<Effect.Finish>(Assert.Single(play.Effects)).SubStatus);
        Assert.Equal(JournalEvents.Faulted, play.Journal[^1].EventName);
    }

    [Fact]
    public void Retry_runs_the_faulted_activity_again_and_no_other()
    {
        var play = Play.Of(new Flow().Variable("x").Step("stap").With("w", "Elsa.WriteLine", new() { ["text"] = Flow.JavaScript("variables.x.naam", "String") })
            .With("herstel", "Elsa.Event", new() { ["eventName"] = Flow.Literal("Herstel"), ["result"] = Flow.To("x") }).Write("z", "y").Connect("stap -> w -> z", "stap -> herstel -> y"));
        play.Answer("stap");
        Assert.Equal(WorkflowSubStatus.Faulted, play.Instance.SubStatus);

        play.Send(new Stimulus.Retry());
        Assert.Equal("stap", play.Order);
        Assert.Single(play.Instance.Incidents);

        // The other branch was scheduled when the fault came, and began at the retry.
        Assert.Equal("herstel", play.Waiting);
        play.Event("Herstel", new JsonObject { ["naam"] = "Noor" });
        Assert.Equal("stap herstel", play.Order);

        Assert.Equal("stap herstel y w z", play.Send(new Stimulus.Retry()).Finished().Order);
    }

    [Fact]
    public void An_answer_that_comes_while_a_fault_stops_the_instance_is_not_lost()
    {
        var play = Play.Of(new Flow().Write("a", "z").Step("b", "c").Decide("d", "variables.x.y").Variable("x").Join("j", "WaitAll").Connect("a -> b -> j -> z", "a -> c -> d:False -> j"));
        play.Answer("c", result: "iets").Answer("b");

        Assert.False(play.Last.Ignored);
        Assert.Equal(WorkflowSubStatus.Faulted, play.Instance.SubStatus);
        Assert.Equal("a c b", play.Order);
        Assert.DoesNotContain(play.Effects, e => e is Effect.Finish);
        Assert.Empty(play.Instance.Bookmarks);

        play.Instance.Variables["x"] = new JsonObject { ["y"] = false };
        Assert.Equal("a c b d j z", play.Send(new Stimulus.Retry()).Finished().Order);
    }

    [Fact]
    public void A_faulted_instance_can_be_given_up()
    {
        var play = Play.Of(new Flow().With("f", "Elsa.Fault")).Send(new Stimulus.Cancel());

        Assert.Equal(WorkflowSubStatus.Cancelled, play.Instance.SubStatus);
        Assert.Empty(play.Instance.Incidents);
        Assert.IsType<Effect.Finish>(Assert.Single(play.Effects));
    }

    [Fact]
    public void With_continue_the_other_branches_go_on_and_the_fault_can_be_retried_meanwhile()
    {
        var flow = new Flow().Variable("x").Write("a", "y").Step("b").Decide("d", "variables.x.y").Connect("a -> d:False -> y", "a -> b");
        flow.Options["incidentStrategyType"] = "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core";
        var play = Play.Of(flow);

        Assert.Equal((WorkflowSubStatus.Suspended, "b"), (play.Instance.SubStatus, play.Waiting));
        play.Send(new Stimulus.Retry());
        Assert.Single(play.Instance.Incidents);

        play.Answer("b");
        Assert.Equal(WorkflowSubStatus.Faulted, play.Instance.SubStatus);
        Assert.Equal(WorkflowSubStatus.Faulted, Assert.IsType<Effect.Finish>(play.Effects[^1]).SubStatus);
    }

    [Fact]
    public void An_answer_that_does_not_fit_is_an_incident_at_its_step()
    {
        var play = Play.Of(new Flow().Variable("n", "Int32").With("stap", "NetwerkRegie.Stap", new() { ["aantal"] = Flow.To("n") }));
        play.Answer("stap", result: new JsonObject { ["aantal"] = "veel" });

        Assert.Equal("'veel' is geen heel getal.", Assert.Single(play.Instance.Incidents).Message);
        Assert.IsType<Effect.RunStep>(Assert.Single(play.Send(new Stimulus.Retry()).Effects));
    }

    [Fact]
    public void A_flow_that_goes_round_without_waiting_is_stopped()
    {
        var play = Play.Of(new Flow().Write("a", "b").Connect("a -> b -> a"));

        Assert.StartsWith("De stroom blijft rondgaan zonder te wachten", Assert.Single(play.Instance.Incidents).Message, StringComparison.Ordinal);
        Assert.Equal(Limits.ExecutionsPerBurst - 2, play.Order.Split(' ').Length);
        Assert.Equal(WorkflowSubStatus.Faulted, play.Send(new Stimulus.Retry()).Instance.SubStatus);
    }

    [Theory]
    [InlineData(40, 1)]
    [InlineData(1, 1_000_001)]
    public void A_value_that_is_too_large_is_an_incident_wherever_it_comes_from(int depth, int length)
    {
        JsonNode value = new string('x', length);
        for (var i = 0; i < depth; i++)
        {
            value = new JsonArray(value);
        }

        var start = Play.Of(OneStep, new() { ["x"] = value.DeepClone() });
        var answer = Play.Of(OneStep).Answer("stap", result: value.DeepClone());
        var received = Play.Of(new Flow().Event("e")).Event("e", value.DeepClone());

        Assert.All([start, answer, received], play =>
        {
            Assert.StartsWith("Een waarde mag niet", Assert.Single(play.Instance.Incidents).Message, StringComparison.Ordinal);
            Assert.Equal(WorkflowSubStatus.Faulted, play.Instance.SubStatus);
        });
    }

    [Fact]
    public void A_variable_that_doubles_in_every_round_is_stopped_before_it_hurts()
    {
        var play = Play.Of(new Flow().Variable("x", "String", "0123456789").Set("a", "x", Flow.JavaScript("variables.x + variables.x")).Write("b").Connect("a -> b -> a"));

        Assert.Equal("Deze uitdrukking vraagt te veel rekenwerk.", Assert.Single(play.Instance.Incidents).Message);
    }

    [Fact]
    public void A_variable_that_nests_in_every_round_is_stopped_before_it_hurts()
    {
        var play = Play.Of(new Flow().Variable("x").Set("a", "x", Flow.JavaScript("[variables.x]")).Write("b").Connect("a -> b -> a"));

        Assert.StartsWith("Een waarde mag niet meer dan", Assert.Single(play.Instance.Incidents).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_waits_is_asked_once_more_and_the_first_answer_comes_too_late()
    {
        var play = Play.Of(InTokens(new Flow().Step("a", "b").Connect("a -> b")));
        var late = new Stimulus.Resume(play.BookmarkAt("a"), null, null);

        play.Send(Move(play, "a", "a"));
        Assert.Single(play.Effects.OfType<Effect.RunStep>());
        Assert.Single(play.Effects.OfType<Effect.BookmarkRemoved>());

        Assert.True(play.Send(late).Last.Ignored);
        Assert.Equal("b", play.Answer("a").Waiting);
    }

    [Fact]
    public void A_workflow_goes_back_to_an_earlier_step_and_a_join_waits_for_it_again()
    {
        var play = Play.Of(InTokens(new Flow().Step("begin", "links", "links-twee", "rechts", "einde").Connect("begin -> links -> links-twee -> einde", "begin -> rechts -> einde")));
        play.Answer("begin").Answer("links").Answer("rechts");
        Assert.Equal("links-twee", play.Waiting);

        play.Send(Move(play, "links-twee", "links"));
        Assert.Equal("links", play.Waiting);
        Assert.Equal("einde", play.Answer("links").Answer("links-twee").Waiting);
        play.Answer("einde").Finished();
    }

    [Fact]
    public void A_move_to_what_is_not_there_or_from_what_does_not_wait_is_ignored()
    {
        var play = Play.Of(InTokens(new Flow().Step("a").Event("b").Connect("a -> b")));
        Assert.True(play.Send(Move(play, "a", "c")).Last.Ignored);
        Assert.True(play.Send(new Stimulus.Move("onbekend", "a")).Last.Ignored);
        play.Answer("a");
        Assert.True(play.Send(Move(play, "b", "a")).Last.Ignored);
        var counting = Play.Of(OneStep);
        Assert.True(counting.Send(Move(counting, "stap", "stap")).Last.Ignored);
    }

    private static WorkflowDefinition InTokens(Flow flow) => flow.Parse(flow.ToFlowchart("stroom", usesTokens: true));

    private static Stimulus.Move Move(Play play, string from, string to) => new(play.Instance.Bookmarks.First(b => b.ActivityName == from).ActivityInstanceId, to);
}
