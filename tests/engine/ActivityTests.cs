using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Tests;

public sealed class ActivityTests
{
    [Fact]
    public void A_sequence_runs_its_activities_one_after_the_other()
    {
        var sequence = Flow.Activity("reeks", "Elsa.Sequence", new()
        {
            ["activities"] = new JsonArray(
                Flow.Activity("a", "Elsa.WriteLine"), Flow.Activity("b", "NetwerkRegie.Stap"), Flow.Activity("c", "Elsa.WriteLine")),
        });
        var play = Play.Of(new Flow().Parse(sequence));

        Assert.Equal("a", play.Order);
        Assert.Equal("a b c", play.Answer("b", "Wat dan ook").Finished().Order);
    }

    [Fact]
    public void An_empty_sequence_is_done() =>
        Play.Of(new Flow().Parse(Flow.Activity("reeks", "Elsa.Sequence"))).Finished();

    [Theory]
    [InlineData(true, "ja als z")]
    [InlineData(false, "nee als z")]
    public void If_runs_the_side_of_its_condition(bool condition, string order)
    {
        var play = Play.Of(new Flow().With("als", "Elsa.If", new()
        {
            ["condition"] = Flow.Literal(condition, "Boolean"),
            ["then"] = Flow.Activity("ja", "Elsa.WriteLine"),
            ["else"] = Flow.Activity("nee", "Elsa.WriteLine"),
        }).Write("z").Connect("als -> z"));

        Assert.Equal(order, play.Finished().Order);
    }

    [Fact]
    public void If_without_the_side_of_its_condition_is_done() =>
        Assert.Equal("als", Play.Of(new Flow().With("als", "Elsa.If", new() { ["condition"] = Flow.Literal(false, "Boolean") })).Finished().Order);

    [Theory]
    [InlineData("MatchFirst", 7, "s midden")]
    [InlineData("MatchAny", 7, "s midden hoog")]
    [InlineData("MatchAny", 3, "s midden")]
    [InlineData("MatchFirst", 1, "s anders")]
    [InlineData("MatchAny", 1, "s anders")]
    public void A_switch_follows_the_first_or_every_case_that_holds(string mode, int score, string order)
    {
        var flow = new Flow().Variable("score", "Int32", score).With("s", "Elsa.FlowSwitch", new()
        {
            ["mode"] = Flow.Literal(mode),
            ["cases"] = new JsonArray(
                new JsonObject { ["label"] = "Midden", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "variables.score > 2" } },
                new JsonObject { ["label"] = "Hoog", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "variables.score > 5" } }),
        });

        Assert.Equal(order, Play.Of(flow.Write("midden", "hoog", "anders").Connect("s:Midden -> midden", "s:Hoog -> hoog", "s:Default -> anders")).Finished().Order);
    }

    [Fact]
    public void SetVariable_makes_the_value_what_the_variable_is()
    {
        var play = Play.Of(new Flow().Variable("n", "Int32").Set("zet", "n", Flow.Literal("5", "String")));

        Assert.Equal("""{"n":5}""", play.Finished().Instance.Variables.ToJsonString());
    }

    [Fact]
    public void SetVariable_with_a_value_that_does_not_fit_is_an_incident() =>
        Assert.Equal("'vijf' is geen heel getal.", IncidentOf(new Flow().Variable("n", "Int32").Set("zet", "n", Flow.Literal("vijf"))).Message);

    [Fact]
    public void Variables_begin_with_the_value_that_was_drawn()
    {
        var instance = WorkflowInstance.Create(
            new Flow().Variable("n", "Int32", "3").Variable("lijst", "String[]", """["a"]""").Variable("leeg", "Boolean", "").Variable("tekst", "String", "").Parse(), "i", null);

        Assert.Equal("""{"n":3,"lijst":["a"],"leeg":null,"tekst":""}""", instance.Variables.ToJsonString());
    }

    [Fact]
    public void A_variable_of_a_container_lives_as_long_as_the_container()
    {
        var inner = new Flow().Step("w").Set("zet", "binnen", Flow.JavaScript("variables.binnen + 1"))
            .Write("x").Connect("w -> zet -> x").ToFlowchart("deel");
        inner["variables"] = new JsonArray(new JsonObject { ["id"] = "id-binnen", ["name"] = "binnen", ["typeName"] = "Int32", ["value"] = 1 });
        var play = Play.Of(new Flow().With("deel", "Elsa.Flowchart", inner).Connect("deel:Done -> deel"));

        Assert.Equal(1, (int)play.Instance.Activities.Single(a => a.ActivityId == "deel").Variables!["binnen"]!);
        play.Answer("w");
        Assert.Equal(1, (int)play.Instance.Activities.Single(a => a.ActivityId == "deel").Variables!["binnen"]!);
        Assert.Equal("{}", play.Instance.Variables.ToJsonString());
    }

    [Theory]
    [InlineData("30.00:00:00", "2026-04-01T09:15:00+00:00")]
    [InlineData("1096.00:00:00", "2029-03-02T09:15:00+00:00")]
    [InlineData("00:00:01", "2026-03-02T09:15:01+00:00")]
    public void A_delay_of_any_length_is_a_timer_at_an_instant(string delay, string due)
    {
        var play = Play.Of(new Flow().Write("a", "z").Delay("wacht", delay).Connect("a -> wacht -> z"));

        var timer = Assert.IsType<Effect.StartTimer>(Assert.Single(play.Effects));
        Assert.Equal(DateTimeOffset.Parse(due), timer.DueAt);
        Assert.Equal(play.BookmarkAt("wacht"), timer.BookmarkId);

        play.Now = timer.DueAt;
        Assert.Equal("a wacht z", play.Elapse("wacht").Finished().Order);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-00:10:00")]
    public void A_delay_of_nothing_is_over_at_once(string delay) =>
        Assert.Equal("wacht z", Play.Of(new Flow().Delay("wacht", delay).Write("z").Connect("wacht -> z")).Finished().Order);

    [Fact]
    public void A_delay_beyond_the_calendar_is_an_incident() =>
        Assert.Equal("'10000000.00:00:00' is te lang om op te wachten.", IncidentOf(new Flow().Delay("wacht", "10000000.00:00:00")).Message);

    [Fact]
    public void StartAt_waits_for_its_moment()
    {
        var play = Play.Of(StartAt("2026-03-02T11:15:00+01:00"));

        Assert.Equal(new(2026, 3, 2, 10, 15, 0, TimeSpan.Zero), Assert.IsType<Effect.StartTimer>(Assert.Single(play.Effects)).DueAt);
        Assert.Equal("op z", play.Elapse("op").Finished().Order);
    }

    [Theory]
    [InlineData("2026-03-02T09:15:00Z")]
    [InlineData("2020-01-01")]
    public void StartAt_in_the_past_goes_on_at_once(string moment) =>
        Assert.Equal("op z", Play.Of(StartAt(moment)).Finished().Order);

    [Fact]
    public void StartAt_as_the_trigger_does_not_wait_again() =>
        Assert.Equal("op z", Play.Of(StartAt("2030-01-01"), trigger: "op").Finished().Order);

    [Fact]
    public void An_event_waits_for_its_name_and_keeps_what_came_with_it()
    {
        var play = Play.Of(new Flow().Variable("x").With("wacht", "Elsa.Event", new() { ["eventName"] = Flow.Literal("Beoordeeld"), ["result"] = Flow.To("x") }));

        Assert.Equal("""{"eventName":"Beoordeeld"}""", Assert.Single(play.Instance.Bookmarks).Payload?.ToJsonString());
        Assert.True(play.Event("Iets anders").Last.Ignored);
        play.Event("Beoordeeld", new JsonObject { ["cijfer"] = 7 }).Finished();
        Assert.Equal("""{"x":{"cijfer":7}}""", play.Instance.Variables.ToJsonString());
    }

    [Fact]
    public void An_event_reaches_every_wait_for_it_at_once()
    {
        var flow = new Flow().Write("a", "z").With("e1", "Elsa.Event", new() { ["eventName"] = Flow.Literal("E") }).With("e2", "Elsa.Event", new() { ["eventName"] = Flow.Literal("E") });

        Assert.Equal("a e1 e2 z", Play.Of(flow.Connect("a -> e1 -> z", "a -> e2 -> z")).Event("E").Finished().Order);
    }

    [Fact]
    public void An_event_that_starts_the_workflow_is_not_waited_for_the_first_time_only()
    {
        var play = Play.Of(new Flow().Variable("x").With("e", "Elsa.Event", new() { ["eventName"] = Flow.Literal("E"), ["result"] = Flow.To("x") }).Step("b").Connect("e -> b", "b -> e"),
            new() { ["n"] = 1 }, trigger: "e");

        Assert.Equal("""{"x":{"n":1}}""", play.Instance.Variables.ToJsonString());
        Assert.Equal("e", play.Answer("b").Waiting);
    }

    [Fact]
    public void PublishEvent_is_an_effect()
    {
        var play = Play.Of(new Flow().With("p", "Elsa.PublishEvent", new()
        {
            ["eventName"] = Flow.Literal("Klaar", "String"),
            ["correlationId"] = Flow.JavaScript("getCorrelationId()", "String"),
            ["payload"] = Flow.JavaScript("({ n: 1 + 1 })"),
        }));

        var published = Assert.IsType<Effect.PublishEvent>(play.Finished().Effects[0]);
        Assert.Equal(("Klaar", "c", """{"n":2}"""), (published.Name, published.CorrelationId, published.Payload?.ToJsonString()));
    }

    [Fact]
    public void PublishEvent_within_the_instance_reaches_its_own_waits()
    {
        var flow = new Flow().Write("a", "y", "z").Event("E").With("p", "Elsa.PublishEvent", new() { ["eventName"] = Flow.Literal("E"), ["isLocalEvent"] = Flow.Literal(true, "Boolean") });
        var play = Play.Of(flow.Connect("a -> E -> z", "a -> p -> y"));

        Assert.Equal("a p E y z", play.Finished().Order);
        Assert.DoesNotContain(play.Effects, e => e is Effect.PublishEvent);
    }

    [Fact]
    public void WriteLine_writes_in_the_journal() =>
        Assert.Equal("Beste Noor, 2", Play.Of(new Flow().Variable("naam", "String", "Noor")
            .With("w", "Elsa.WriteLine", new() { ["text"] = Flow.JavaScript("`Beste ${getNaam()}, ${1 + 1}`", "String") }))
            .Journal.Single(e => e is { ActivityName: "w", EventName: JournalEvents.Completed }).Message);

    [Fact]
    public void Correlate_SetName_and_SetOutput_change_the_instance()
    {
        var play = Play.Of(new Flow()
            .With("c", "Elsa.Correlate", new() { ["correlationId"] = Flow.Literal("casus-7", "String") })
            .With("n", "Elsa.SetName", new() { ["value"] = Flow.Literal("Kees", "String") })
            .With("o", "Elsa.SetOutput", new() { ["outputName"] = Flow.Literal("uit"), ["outputValue"] = Flow.Literal(3, "Int32") })
            .Connect("c -> n -> o"));

        Assert.Equal(("casus-7", "Kees"), (play.Finished().Instance.CorrelationId, play.Instance.Name));
        Assert.Equal("""{"uit":3}""", Assert.IsType<Effect.Finish>(Assert.Single(play.Effects)).Output.ToJsonString());
    }

    [Fact]
    public void Finish_ends_everything()
    {
        var play = Play.Of(new Flow().Write("a", "z").Step("b", "c").With("klaar", "Elsa.Finish").Connect("a -> b", "a -> c -> klaar -> z"));
        var b = play.BookmarkAt("b");

        Assert.Equal("a c klaar", play.Answer("c").Finished().Order);
        Assert.Contains(new Effect.BookmarkRemoved(b), play.Effects);
    }

    [Fact]
    public void Complete_ends_the_workflow_with_its_outcomes()
    {
        var inner = new Flow().With("af", "Elsa.Complete", new() { ["outcomes"] = Flow.Literal("Afgewezen") }).Write("x").Connect("af -> x").ToFlowchart("binnen");
        var play = Play.Of(new Flow().With("binnen", "Elsa.Flowchart", inner).Write("z").Connect("binnen -> z"));

        Assert.Equal("af", play.Finished().Order);
        Assert.Equal("""{"outcomes":["Afgewezen"]}""", play.Journal[^1].Payload?.ToJsonString());
        Assert.Equal("Workflow1", play.Journal[^1].ActivityId);
    }

    [Fact]
    public void Start_and_End_only_mark_their_place() =>
        Assert.Equal("s a e", Play.Of(new Flow().Write("a").With("e", "Elsa.End").With("s", "Elsa.Start").Connect("s -> a -> e")).Finished().Order);

    [Fact]
    public void Fault_is_an_incident_in_its_own_words() =>
        Assert.Equal("Dit kan niet (110002)", IncidentOf(new Flow().With("f", "Elsa.Fault", new() { ["message"] = Flow.Literal("Dit kan niet"), ["code"] = Flow.Literal("110002") })).Message);

    [Fact]
    public void DispatchWorkflow_starts_another_and_goes_on()
    {
        var play = Play.Of(Dispatch("Elsa.DispatchWorkflow", waits: false).Write("z").Connect("start -> z"));

        var dispatched = Assert.IsType<Effect.DispatchWorkflow>(play.Finished().Effects[0]);
        Assert.Equal((null, "ander", null), (dispatched.BookmarkId, dispatched.DefinitionId, dispatched.CorrelationId));
        Assert.Equal("""{"n":1,"ParentInstanceId":"i"}""", dispatched.Input.ToJsonString());
    }

    [Theory]
    [InlineData("Elsa.DispatchWorkflow")]
    [InlineData("Elsa.ExecuteWorkflow")]
    public void The_other_workflow_can_be_waited_for(string type)
    {
        var play = Play.Of(Dispatch(type, waits: true));

        Assert.Equal(play.BookmarkAt("start"), Assert.IsType<Effect.DispatchWorkflow>(Assert.Single(play.Effects)).BookmarkId);
        play.Send(new Stimulus.WorkflowCompleted(play.BookmarkAt("start"), false, new() { ["m"] = 2 })).Finished();
        Assert.Equal("""{"x":{"m":2}}""", play.Instance.Variables.ToJsonString());
    }

    [Fact]
    public void The_other_workflow_that_failed_is_an_incident_here()
    {
        var play = Play.Of(Dispatch("Elsa.DispatchWorkflow", waits: true));
        play.Send(new Stimulus.WorkflowCompleted(play.BookmarkAt("start"), true, null));

        Assert.Equal("De stroom die hier werd gestart, is mislukt.", Assert.Single(play.Instance.Incidents).Message);
        Assert.IsType<Effect.DispatchWorkflow>(play.Send(new Stimulus.Retry()).Effects[0]);
    }

    [Fact]
    public void ExecuteWorkflow_passes_on_its_own_input_and_correlation_when_it_has_none()
    {
        var play = Play.Of(new Flow().With("start", "Elsa.ExecuteWorkflow", new() { ["workflowDefinitionId"] = Flow.Literal("ander") }), new() { ["bsn"] = "x" });

        var dispatched = Assert.IsType<Effect.DispatchWorkflow>(play.Effects[0]);
        Assert.Equal(("c", """{"bsn":"x","ParentInstanceId":"i"}"""), (dispatched.CorrelationId, dispatched.Input.ToJsonString()));
    }

    [Fact]
    public void RunTask_waits_with_its_task_and_takes_the_answer()
    {
        var play = Play.Of(new Flow().Variable("x").Variable("id").With("taak", "Elsa.RunTask", new()
        {
            ["taskName"] = Flow.Literal("Beoordelen", "String"),
            ["payload"] = Flow.Expression("Object", """{"a":1}""", "ObjectDictionary"),
            ["taskId"] = Flow.To("id"),
            ["result"] = Flow.To("x"),
        }));

        Assert.Equal("""{"taskId":"i-4","taskName":"Beoordelen","payload":{"a":1}}""", Assert.Single(play.Instance.Bookmarks).Payload?.ToJsonString());
        play.Answer("taak", result: "goed").Finished();
        Assert.Equal("""{"x":"goed","id":"i-4"}""", play.Instance.Variables.ToJsonString());
    }

    [Fact]
    public void One_of_our_own_steps_is_handed_out_with_its_inputs()
    {
        var play = Play.Of(new Flow().Variable("wijk", "String", "Noord").With("stap", "NetwerkRegie.RegisseurToewijzen", new()
        {
            ["wijk"] = Flow.Expression("Variable", new JsonObject { ["id"] = "id-wijk", ["name"] = "wijk" }, "String"),
            ["aantal"] = Flow.Literal("2", "Int32"),
            ["spoed"] = Flow.JavaScript("variables.wijk == 'Noord'", "Boolean"),
            ["leeg"] = null,
        }));

        var step = Assert.IsType<Effect.RunStep>(Assert.Single(play.Effects));
        Assert.Equal("""{"wijk":"Noord","aantal":2,"spoed":true}""", step.Inputs.ToJsonString());
        Assert.Equal(
            new("i-4", "NetwerkRegie.RegisseurToewijzen", "stap", "stap", "Workflow1:stroom:stap", "i-3", null, play.Now),
            step.Bookmark);
    }

    [Fact]
    public void The_outcome_of_our_own_step_is_its_exit_and_its_answer_fills_its_outputs()
    {
        var flow = new Flow().Variable("wie").Variable("alles").With("stap", "NetwerkRegie.Stap", new() { ["regisseur"] = Flow.To("wie"), ["result"] = Flow.To("alles") })
            .Write("gevonden", "geen").Connect("stap:Toegewezen -> gevonden", "stap:GeenBeschikbaar -> geen");
        var play = Play.Of(flow).Answer("stap", "Toegewezen", new JsonObject { ["regisseur"] = "Noor", ["anders"] = 1 });

        Assert.Equal("stap gevonden", play.Finished().Order);
        Assert.Equal("""{"wie":"Noor","alles":{"regisseur":"Noor","anders":1}}""", play.Instance.Variables.ToJsonString());
    }

    [Fact]
    public void Our_own_step_that_may_start_the_workflow_takes_the_start_as_its_answer()
    {
        var flow = new Flow().Variable("m").With("melding", "NetwerkRegie.MeldingOntvangen", new()
        {
            ["melding"] = Flow.To("m"),
            ["customProperties"] = new JsonObject { ["canStartWorkflow"] = true },
        });

        Assert.Equal("""{"m":"x"}""", Play.Of(flow, new() { ["melding"] = "x" }, "melding").Finished().Instance.Variables.ToJsonString());
        Assert.Equal("melding", Play.Of(flow).Waiting);
    }

    [Fact]
    public void An_output_of_an_earlier_step_can_be_read_without_a_variable()
    {
        var play = Play.Of(new Flow().Step("stap").With("w", "Elsa.WriteLine", new() { ["text"] = Flow.JavaScript("getOutputFrom('stap', 'Wie') + ' ' + getLastResult().wie", "String") }).Connect("stap -> w"))
            .Answer("stap", result: new JsonObject { ["wie"] = "Noor" });

        Assert.Equal("Noor Noor", play.Finished().Journal.Single(e => e is { ActivityName: "w", EventName: JournalEvents.Completed }).Message);
    }

    [Fact]
    public void The_journal_reads_as_that_of_Elsa()
    {
        var play = Play.Of(new Flow().Write("a").Event("e").Connect("a -> e"));

        Assert.Equal(
            [
                "0 Workflow1 Started i-1 -", "1 stroom Started i-2 i-1", "2 a Started i-3 i-2", "3 a Completed i-3 i-2", "4 e Started i-4 i-2", "5 e Suspended i-4 i-2",
            ],
            play.Journal.Select(e => $"{e.Sequence} {e.ActivityId} {e.EventName} {e.ActivityInstanceId} {e.ParentActivityInstanceId ?? "-"}"));
        Assert.Equal(["e Resumed", "e Completed", "stroom Completed", "Workflow1 Completed"], play.Event("e").Last.Journal.Select(e => $"{e.ActivityId} {e.EventName}"));
    }

    private static Flow StartAt(string moment) =>
        new Flow().With("op", "Elsa.StartAt", new() { ["dateTime"] = Flow.Literal(moment, "DateTimeOffset") }).Write("z").Connect("op -> z");

    private static Flow Dispatch(string type, bool waits) => new Flow().Variable("x").With("start", type, new()
    {
        ["workflowDefinitionId"] = Flow.Literal("ander", "String"),
        ["input"] = Flow.JavaScript("({ n: 1 })", "ObjectDictionary"),
        ["waitForCompletion"] = Flow.Literal(waits, "Boolean"),
        ["result"] = Flow.To("x"),
    });

    private static Incident IncidentOf(Flow flow)
    {
        var play = Play.Of(flow);
        Assert.Equal(WorkflowSubStatus.Faulted, play.Instance.SubStatus);
        return Assert.Single(play.Instance.Incidents);
    }
}
