using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace NetwerkRegie.Engine.Tests;

public sealed class DefinitionTests
{
    private static readonly string Studio = Path.Combine(AppContext.BaseDirectory, "studio");

    public static TheoryData<string> StudioExports => [.. Directory.GetFiles(Studio).Select(Path.GetFileName).OfType<string>()];

    [Theory, MemberData(nameof(StudioExports))]
    public void A_Studio_export_comes_out_as_it_went_in(string file)
    {
        var text = File.ReadAllText(Path.Combine(Studio, file));
        var definition = WorkflowDefinition.Parse(text);

        Assert.Equal(text, definition.ToJson());
        Assert.Equal(definition.Activities.Select(a => a.Id), WorkflowDefinition.Parse(definition.ToJson()).Activities.Select(a => a.Id));
    }

    [Fact]
    public void There_are_exports_to_compare() => Assert.True(StudioExports.Count >= 3);

    [Fact]
    public void What_an_export_says_is_read()
    {
        var definition = WorkflowDefinition.Parse(File.ReadAllText(Path.Combine(Studio, "melding-tot-regisseur.json")));

        Assert.Equal(("3d3412c458178fff", "93277d4cd53f2dfc", "Melding tot regisseur", 14), (definition.DefinitionId, definition.Id, definition.Name, definition.Version));
        var trigger = Assert.Single(definition.Activities, a => a.CanStartWorkflow);
        Assert.Equal(("NetwerkRegie.MeldingOntvangen", true, "Workflow1:8d3ecf38f4425d86:a1"), (trigger.Type, trigger.IsOwnStep, trigger.NodeId));
        Assert.Equal("Noord", definition.Activities.Single(a => a.Id == "a2").LiteralInput("wijk")?.ToString());
        Assert.Equal(8, definition.Activities.Count());
    }

    [Theory]
    [InlineData("", "Dit is geen geldige JSON.")]
    [InlineData("{", "Dit is geen geldige JSON.")]
    [InlineData("[]", "Dit is geen stroomdefinitie.")]
    [InlineData("null", "Dit is geen stroomdefinitie.")]
    [InlineData("""{"id":"a","id":"b"}""", "Dit is geen geldige JSON.")]
    [InlineData("""{"definitionId":"a","root":{"id":"r","type":"Elsa.Flowchart"}}""", "De stroom heeft geen id.")]
    [InlineData("""{"id":"a","definitionId":"a"}""", "De stroom heeft geen inhoud (root).")]
    [InlineData("""{"id":"a","definitionId":"a","root":{"type":"Elsa.Flowchart"}}""", "Een stap heeft geen id.")]
    [InlineData("""{"id":"a","definitionId":"a","root":{"id":"Workflow1","type":"Elsa.Flowchart"}}""", "Het id 'Workflow1' komt meer dan één keer voor.")]
    [InlineData("""{"id":"a","definitionId":"a","root":{"id":"r"}}""", "De stap 'r' heeft geen soort (type).")]
    [InlineData("""{"id":"a","definitionId":"a","variables":[{"name":"n","typeName":"Int32","value":"x"}],"root":{"id":"r","type":"Elsa.Flowchart"}}""", "De beginwaarde van de variabele 'n' klopt niet: 'x' is geen heel getal.")]
    [InlineData("""{"id":"a","definitionId":"a","variables":[{"name":"n"},{"name":"n"}],"root":{"id":"r","type":"Elsa.Flowchart"}}""", "De variabele 'n' bestaat hier al.")]
    public void A_text_that_is_no_workflow_is_refused(string json, string message) =>
        Assert.Equal(message, Assert.Single(Assert.Throws<DefinitionException>(() => WorkflowDefinition.Parse(json)).Faults).Message);

    [Fact]
    public void A_text_that_nests_without_end_is_refused() =>
        Assert.Throws<DefinitionException>(() => WorkflowDefinition.Parse(new string('[', 100_000)));

    [Fact]
    public void Every_fault_is_told_at_once_with_its_place()
    {
        var flow = new Flow()
            .Variable("n", "Int32")
            .With("a", "Elsa.HttpEndpoint")
            .With("b", "Elsa.FlowDecision", new() { ["condition"] = Flow.JavaScript("true &&\n  variables.m", "Boolean") })
            .With("c", "Elsa.Delay", new() { ["timeSpan"] = Flow.Literal("72:00:00", "TimeSpan") })
            .With("d", "Elsa.Event", new() { ["eventName"] = Flow.Literal("") })
            .With("e", "Elsa.FlowJoin", new() { ["mode"] = Flow.JavaScript("'WaitAll'") })
            .With("f", "Elsa.WriteLine", new() { ["text"] = Flow.Expression("Liquid", "{{ x }}") })
            .With("g", "NetwerkRegie.Stap", new() { ["wie"] = Flow.To("m"), ["wat"] = Flow.Expression("Variable", new JsonObject { ["name"] = "m" }), ["hoe"] = Flow.Expression("Input", "bsn") })
            .With("h", "Elsa.SetVariable", new() { ["variable"] = new JsonObject { ["id"] = "id-m" }, ["value"] = Flow.Literal(1) })
            .With("i", "Elsa.FlowSwitch", new() { ["cases"] = new JsonArray(new JsonObject { ["label"] = "x", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "1 +" } }) })
            .With("j", "NetwerkRegie.Stap", new() { ["lijst"] = Flow.Expression("Object", "[1,", "Object[]"), ["moment"] = Flow.Literal("overmorgen", "DateTimeOffset") })
            .With("k", "Elsa.Delay", new() { ["timeSpan"] = Flow.JavaScript("variables.n + 1", "TimeSpan") })
            .With("j", "Elsa.Start")
            .Connect("a -> weg");

        var faults = Assert.Throws<DefinitionException>(flow.Parse).Faults;

        Assert.Equal(
            [
                "root.activities[11] [j]: Het id 'j' komt meer dan één keer voor.",
                "root.activities[0].type [a]: De stap 'a' is van het soort Elsa.HttpEndpoint, en dat kan hier niet worden uitgevoerd.",
                "root.activities[1].condition [b] (2,13): Bij de stap 'b', 'condition': De variabele 'm' bestaat hier niet.",
                "root.activities[2].timeSpan [c]: Bij de stap 'c', 'timeSpan': '72:00:00' is geen tijdsduur zoals 30.00:00:00 (dagen.uren:minuten:seconden).",
                "root.activities[3].eventName [d]: Bij de stap 'd' is 'eventName' niet ingevuld.",
                "root.activities[4].mode [e]: Bij de stap 'e' moet 'mode' vast gekozen zijn uit: WaitAny, WaitAll, WaitAllActive.",
                "root.activities[5].text [f]: Bij de stap 'f', 'text': Uitdrukkingen van het soort 'Liquid' worden hier niet uitgevoerd.",
                "root.activities[6].wat [g]: Bij de stap 'g', 'wat': De variabele 'm' bestaat hier niet.",
                "root.activities[6].hoe [g]: Bij de stap 'g', 'hoe': De invoer 'bsn' bestaat niet.",
                "root.activities[6].wie [g]: De uitkomst 'wie' van de stap 'g' gaat naar een variabele die hier niet bestaat.",
                "root.activities[7].variable [h]: De stap 'h' zet een variabele die hier niet bestaat.",
                "root.activities[8].cases[0] [i] (1,4): Bij de stap 'i', 'cases[0]': De uitdrukking is niet af.",
                "root.activities[9].lijst [j] (1,3): Bij de stap 'j', 'lijst': De tekst is geen geldige JSON.",
                "root.activities[9].moment [j]: Bij de stap 'j', 'moment': 'overmorgen' is geen tijdstip zoals 2026-03-02T10:15:00+01:00.",
                "root.activities[10].timeSpan [k] (1,1): Bij de stap 'k', 'timeSpan': De uitkomst hiervan kan geen tijdsduur zoals 30.00:00:00 (dagen.uren:minuten:seconden) zijn.",
                "root.connections[0] [stroom]: Een verbinding in 'stroom' begint of eindigt bij een stap die er niet is.",
            ],
            faults.Select(f => $"{f.Path} [{f.ActivityName}]{(f.Line is null ? "" : $" ({f.Line},{f.Column})")}: {f.Message}"));
    }

    [Fact]
    public void Inputs_that_are_declared_are_the_only_ones()
    {
        var json = JsonNode.Parse(new Flow().With("w", "Elsa.WriteLine", new() { ["text"] = Flow.JavaScript("getInput('Bsn') + input.bns", "String") }).ToJson())!;
        WorkflowDefinition.Parse(json.ToJsonString());

        json["inputs"] = new JsonArray(new JsonObject { ["name"] = "Bsn", ["type"] = "String" });
        var fault = Assert.Single(Assert.Throws<DefinitionException>(() => WorkflowDefinition.Parse(json.ToJsonString())).Faults);
        Assert.Equal(("Bij de stap 'w', 'text': De invoer 'bns' bestaat niet.", 25), (fault.Message, fault.Column));
    }

    [Fact]
    public void An_output_can_go_to_an_output_of_the_workflow()
    {
        var json = JsonNode.Parse(new Flow().With("s", "NetwerkRegie.Stap", new() { ["wie"] = new JsonObject { ["typeName"] = "String", ["memoryReference"] = new JsonObject { ["id"] = "Regisseur" } } }).ToJson())!;
        json["outputs"] = new JsonArray(new JsonObject { ["name"] = "Regisseur", ["type"] = "String" });
        var play = Play.Of(WorkflowDefinition.Parse(json.ToJsonString())).Answer("s", result: new JsonObject { ["wie"] = "Noor" });

        Assert.Equal("""{"Regisseur":"Noor"}""", play.Finished().Instance.Output.ToJsonString());
    }

    [Fact]
    public void A_draft_can_be_looked_at_while_it_is_wrong()
    {
        var flow = new Flow().Variable("klaar", "Boolean").Decide("besluit", "variables.klaar &&").Event("wacht");

        var fault = Assert.Single(WorkflowDefinition.Check(flow.ToJson()));

        Assert.Equal(("besluit", 1, 19), (fault.ActivityId, fault.Line, fault.Column));
        Assert.Empty(WorkflowDefinition.Check(new Flow().Event("wacht").ToJson()));
        Assert.Equal("Dit is geen geldige JSON.", Assert.Single(WorkflowDefinition.Check("{")).Message);
    }

    [Theory]
    [InlineData("AllowAlways", "c", true)]
    [InlineData("Singleton", "c", false)]
    [InlineData("Singleton", null, false)]
    [InlineData("CorrelatedSingleton", "c", false)]
    [InlineData("CorrelatedSingleton", "d", true)]
    [InlineData("CorrelatedSingleton", "e", true)]
    [InlineData("CorrelatedSingleton", null, true)]
    [InlineData("Correlation", "c", false)]
    [InlineData("Correlation", "d", false)]
    [InlineData("Correlation", "e", true)]
    [InlineData("Correlation", null, true)]
    public void Whether_one_may_start_beside_those_that_run_is_up_to_its_strategy(string strategy, string? correlationId, bool may)
    {
        var flow = new Flow().Write("a");
        flow.Options["activationStrategyType"] = $"Elsa.Workflows.Runtime.ActivationValidators.{strategy}Strategy, Elsa.Workflows.Runtime";

        Assert.Equal(may, flow.Parse().MayStart(correlationId, [("proef", "c"), ("anders", "d"), ("proef", null)]));
        Assert.True(flow.Parse().MayStart(correlationId, []));
    }

    [Theory]
    [InlineData("0 0 9 * * *", "2026-03-02T09:15:00+01:00", "2026-03-02T09:00:00+00:00")]
    [InlineData("0 9 * * *", "2026-03-02T09:00:00Z", "2026-03-03T09:00:00+00:00")]
    [InlineData("30 59 23 31 12 ?", "2026-12-31T23:59:30Z", "2027-12-31T23:59:30+00:00")]
    [InlineData("0 0 0 1,15 JAN-MAR *", "2026-01-15T00:00:00Z", "2026-02-01T00:00:00+00:00")]
    [InlineData("5/20 10-12 * * 7", "2026-03-07T00:00:00Z", "2026-03-08T10:05:00+00:00")]
    [InlineData("0 0 0 29 2 MON", "2026-03-02T00:00:00Z", "2044-02-29T00:00:00+00:00")]
    [InlineData("0 0 0 31 4 *", "2026-03-02T00:00:00Z", null)]
    [InlineData("* * * * * *", "9999-12-31T23:59:59Z", null)]
    [InlineData("x", "2026-03-02T00:00:00Z", null)]
    [InlineData("0 0 0 L * *", "2026-03-02T00:00:00Z", null)]
    [InlineData("5-1 * * * *", "2026-03-02T00:00:00Z", null)]
    [InlineData("*/0 * * * *", "2026-03-02T00:00:00Z", null)]
    [InlineData("1//2 * * * *", "2026-03-02T00:00:00Z", null)]
    public void Cron_gives_the_next_moment_in_UTC(string expression, string after, string? next) =>
        Assert.Equal(next is null ? null : DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), Cron.Next(expression, DateTimeOffset.Parse(after, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_damaged_export_is_refused_or_runs_and_never_surprises()
    {
        string?[] junk = [null, "null", "\"\"", "\"x\"", "1", "-1.5", "true", "[]", "{}", "[null]", "[[]]", "{\"type\":7}", "{\"expression\":{\"type\":\"JavaScript\",\"value\":\"input.a.b\"}}"];
        var exports = Directory.GetFiles(Studio).Select(File.ReadAllText)
            .Concat(ConformanceCase.Read(Path.Combine(AppContext.BaseDirectory, "conformiteit")).Select(c => c.Definition()))
            .ToList();
        var damage =
            from export in Gen.Elements<string>(exports)
            from count in Gen.Choose(1, 3)
            from places in Gen.ArrayOf(Gen.Choose(0, 10_000), count)
            from pieces in Gen.ArrayOf(Gen.Elements(junk), count)
            select places.Zip(pieces).Aggregate(export, (text, hit) => Damage(text, hit.First, hit.Second));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(damage.ToArbitrary(), RefuseOrRun));
    }

    private static void RefuseOrRun(string json)
    {
        WorkflowDefinition definition;
        try
        {
            definition = WorkflowDefinition.Parse(json);
        }
        catch (DefinitionException refused)
        {
            Assert.NotEmpty(refused.Faults);
            return;
        }

        var play = Play.Of(definition, trigger: definition.Activities.FirstOrDefault(a => a.CanStartWorkflow)?.Id);
        for (var i = 0; i < 10 && play.Instance.Bookmarks is [var bookmark, ..]; i++)
        {
            play.Send(bookmark.Type switch
            {
                "Elsa.Event" => new Stimulus.EventReceived(bookmark.Payload?["eventName"]?.ToString() ?? "", i),
                "Elsa.Delay" or "Elsa.StartAt" or "Elsa.Timer" or "Elsa.Cron" => new Stimulus.TimerElapsed(bookmark.Id),
                _ when definition.Activity(bookmark.ActivityId).StartsWorkflows => new Stimulus.WorkflowCompleted(bookmark.Id, i % 2 == 0, new() { ["x"] = i }),
                _ => new Stimulus.Resume(bookmark.Id, i % 2 == 0 ? "GeenBeschikbaar" : null, new JsonArray(i)),
            });
            Assert.False(play.Last.Ignored);
        }
    }

    /// <summary>Puts something else at one place of a JSON text, or takes it away.</summary>
    private static string Damage(string json, int place, string? piece)
    {
        var root = JsonNode.Parse(json)!;
        var nodes = Below(root).ToList();
        if (nodes.Count == 0)
        {
            return json;
        }

        var hit = nodes[place % nodes.Count];
        var replacement = piece is null ? null : JsonNode.Parse(piece);
        switch (hit.Parent)
        {
            case JsonObject members when piece is null:
                members.Remove(hit.GetPropertyName());
                break;
            case JsonArray elements when piece is null:
                elements.RemoveAt(hit.GetElementIndex());
                break;
            case JsonObject members:
                members[hit.GetPropertyName()] = replacement;
                break;
            case JsonArray elements:
                elements[hit.GetElementIndex()] = replacement;
                break;
        }

        return root.ToJsonString();
    }

    private static IEnumerable<JsonNode> Below(JsonNode node)
    {
        var children = node switch
        {
            JsonObject members => members.Select(m => m.Value),
            JsonArray elements => elements,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(child => Below(child).Prepend(child));
    }
}
