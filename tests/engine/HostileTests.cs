using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Tests;

/// <summary>Definitions that nobody draws: refused with their place, or an incident, quickly and in little memory.</summary>
public sealed class HostileTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(20);

    private const long LittleMemory = 400_000_000;

    [Theory]
    [InlineData(101, false)]
    [InlineData(100, true)]
    public void Containers_nest_so_deep_and_no_deeper(int depth, bool isAllowed)
    {
        var text = new StringBuilder();
        for (var i = 0; i < depth - 1; i++)
        {
            text.Append($$"""{"id":"r{{i}}","type":"Elsa.Sequence","activities":[""");
        }

        text.Append("""{"id":"a","type":"Elsa.WriteLine"}""").Insert(text.Length, "]}", depth - 1);
        var json = Workflow(text.ToString());

        if (isAllowed)
        {
            Play.Of(WorkflowDefinition.Parse(json)).Finished();
        }
        else
        {
            var fault = Assert.Single(Within(() => WorkflowDefinition.Check(json)));
            Assert.Equal(("a", "Stappen mogen niet meer dan 100 niveaus diep in elkaar zitten."), (fault.ActivityId, fault.Message));
            Assert.StartsWith("root.activities[0].activities[0]", fault.Path, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(2_000_000)]
    public void Brackets_without_end_are_refused(int depth) =>
        Assert.Single(Within(() => WorkflowDefinition.Check(Workflow(new string('[', depth)))));

    [Fact]
    public void A_text_of_ten_megabytes_is_refused() =>
        Assert.Equal("Een stroom mag niet groter zijn dan 5000000 tekens.", Assert.Single(Within(() => WorkflowDefinition.Check(Workflow($$"""{"id":"a","type":"Elsa.WriteLine","x":"{{new string('x', 10_000_000)}}"}""")))).Message);

    [Fact]
    public void A_text_that_is_too_long_for_a_value_is_refused_at_its_place()
    {
        var fault = Assert.Single(Within(() => WorkflowDefinition.Check(Workflow($$"""{"id":"a","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"Literal","value":"{{new string('x', 2_000_000)}}"} } }"""))));

        Assert.Equal("root.text", fault.Path);
        Assert.Contains("niet groter zijn dan 1000000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_cases_are_refused()
    {
        var json = Switch(1_000_000);

        Assert.Single(Within(() => WorkflowDefinition.Check(json)));
    }

    [Fact]
    public void More_cases_than_a_list_can_have_are_refused_at_their_place()
    {
        var fault = Assert.Single(Within(() => WorkflowDefinition.Check(Switch(20_000))));

        Assert.Equal("root.cases", fault.Path);
        Assert.Equal("Bij de stap 's' heeft 'cases' 20000 onderdelen, en meer dan 10000 kan niet.", fault.Message);
    }

    [Fact]
    public void More_faults_than_anyone_reads_are_not_all_told()
    {
        var activities = Enumerable.Range(0, 9_000).Select(i => $$"""{"id":"e{{i}}","type":"Elsa.Event"}""");

        Assert.Equal(Limits.Faults, Within(() => WorkflowDefinition.Check(Workflow($$"""{"id":"f","type":"Elsa.Flowchart","activities":[{{string.Join(',', activities)}}]}"""))).Count);
    }

    [Fact]
    public void More_variables_than_anyone_knows_are_refused()
    {
        var variables = Enumerable.Range(0, 9_000).Select(i => $$"""{"id":"v{{i}}","name":"v{{i}}"}""");

        Assert.Contains(Within(() => WorkflowDefinition.Check($$"""{"id":"a-1","definitionId":"a","variables":[{{string.Join(',', variables)}}],"root":{"id":"r","type":"Elsa.Sequence"} }""")), f => f.Message == "Een stap kan niet meer dan 1000 variabelen zien.");
    }

    [Fact]
    public void A_drawing_of_nothing_but_ways_back_is_read_and_run()
    {
        var activities = Enumerable.Range(0, 2_000).Select(i => $$"""{"id":"a{{i}}","type":"NetwerkRegie.Stap"}""");
        var connections = Enumerable.Range(0, 9_000).Select(i => $$"""{"source":{"activity":"a{{i % 2_000}}","port":"p{{i}}"},"target":{"activity":"a{{i * 7 % (1 + (i % 2_000))}}"} }""")
            .Append("""{"source":{"activity":"a0"},"target":{"activity":"a1"}}""");
        var json = Workflow($$"""{"id":"f","type":"Elsa.Flowchart","activities":[{{string.Join(',', activities)}}],"connections":[{{string.Join(',', connections)}}]}""");

        var play = Within(() => Play.Of(WorkflowDefinition.Parse(json)));
        Within(() => play.Answer(play.Waiting));
    }

    [Theory]
    [InlineData("true", "a: De stroom blijft rondgaan")]
    [InlineData("'x'.padStart(900000).length > 0", "lus: De stroom vraagt in één keer te veel rekenwerk.")]
    public void A_loop_without_a_wait_ends(string condition, string incident)
    {
        var play = Within(() => Play.Of(new Flow().Parse(Flow.Activity("lus", "Elsa.While", new()
        {
            ["condition"] = Flow.JavaScript(condition, "Boolean"),
            ["body"] = Flow.Activity("a", "Elsa.WriteLine"),
        }))));

        Assert.StartsWith(incident, Assert.Single(play.Instance.Incidents.Select(i => $"{i.ActivityName}: {i.Message}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_each_fit_do_not_add_up_to_all_memory() =>
        Assert.Equal("De stroom vraagt in één keer te veel rekenwerk.", Assert.Single(Within(() => Play.Of(new Flow().Parse(Flow.Activity("lus", "Elsa.While", new()
        {
            ["condition"] = Flow.Literal(true, "Boolean"),
            ["body"] = Flow.Activity("a", "Elsa.WriteLine", new() { ["text"] = Flow.JavaScript("'x'.padStart(400000)") }),
        })))).Instance.Incidents).Message);

    [Theory]
    [InlineData("Elsa.ParallelForEach", "items")]
    [InlineData("Elsa.BulkDispatchWorkflows", "items")]
    public void A_million_at_once_is_an_incident(string type, string input)
    {
        var items = Enumerable.Repeat<JsonNode?>(1, 900_000).Select(n => n?.DeepClone()).ToArray();
        var flow = new Flow().Parse(Flow.Activity("p", type, new()
        {
            ["workflowDefinitionId"] = Flow.Literal("kind"),
            [input] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Input", ["value"] = new JsonObject { ["name"] = "items" } } },
            ["body"] = Flow.Activity("a", "Elsa.WriteLine"),
        }), "items");

        var play = Within(() => Play.Of(flow, new() { ["items"] = new JsonArray(items) }));

        Assert.Equal("900000 tegelijk beginnen kan niet: hoogstens 5000.", Assert.Single(play.Instance.Incidents).Message);
    }

    [Fact]
    public void As_many_as_may_be_at_once_are_quick_also_when_each_is_answered()
    {
        var play = Within(() => Play.Of(new Flow().Parse(Flow.Activity("p", "Elsa.ParallelForEach", new()
        {
            ["items"] = Flow.JavaScript($"'1,'.padStart({2 * (Limits.Parallel - 1)}, '1,').split(',')"),
            ["body"] = Flow.Activity("e", "Elsa.Event", new() { ["eventName"] = Flow.Literal("verder") }),
        }))));
        Assert.Equal(Limits.Parallel, play.Instance.Bookmarks.Count);

        Within(() => play.Event("verder")).Finished();
    }

    [Fact]
    public void Great_variables_in_every_round_do_not_add_up_to_all_memory()
    {
        var container = Flow.Activity("r", "Elsa.Sequence", new()
        {
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "v", ["name"] = "v", ["typeName"] = "String", ["value"] = new string('x', 500_000) }),
            ["activities"] = new JsonArray(Flow.Activity("s", "NetwerkRegie.Stap")),
        });
        var play = Within(() => Play.Of(new Flow().Parse(Flow.Activity("p", "Elsa.ParallelForEach", new()
        {
            ["items"] = Flow.JavaScript("'1,'.padStart(4000, '1,').split(',')"),
            ["body"] = container,
        }))));

        Assert.Equal("De stroom vraagt in één keer te veel rekenwerk.", Assert.Single(play.Instance.Incidents).Message);
    }

    private static string Workflow(string root) => $$"""{"id":"a-1","definitionId":"a","root":{{root}}}""";

    private static string Switch(int cases) =>
        Workflow($$"""{"id":"s","type":"Elsa.Switch","cases":[{{string.Join(',', Enumerable.Repeat("""{"label":"a","condition":{"type":"Literal","value":true}}""", cases))}}]}""");

    private static T Within<T>(Func<T> action)
    {
        var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        var result = action();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Quick);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LittleMemory);
        return result;
    }
}
