using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Tests;

/// <summary>
/// Lives of instances as an earlier version of the engine wrote them down. Each step starts from the state that was
/// stored then and must give the state, the effects and the journal of then. A change that breaks one of these would
/// break running instances: it is a new version of the engine beside this one, and not a new file here.
/// </summary>
public sealed class ReplayTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static TheoryData<string> Histories => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "histories")).Select(f => Path.GetFileName(f)!)];

    [Theory, MemberData(nameof(Histories))]
    public void A_history_goes_as_it_went(string file)
    {
        var history = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "histories", file)))!;
        var definition = WorkflowDefinition.Parse(history["definition"]!.ToJsonString());
        var state = history["state"]!;

        foreach (var step in history["steps"]!.AsArray().OfType<JsonObject>())
        {
            var result = Interpreter.Advance(definition, WorkflowInstance.FromJson(state.ToJsonString()), StimulusOf(step), step["now"]!.GetValue<DateTimeOffset>());

            AssertSame(step["result"]!, Show(result));
            state = step["result"]!["state"]!;
        }
    }

    [Fact]
    public void There_are_histories_to_replay() => Assert.True(Histories.Count >= 4);

    private static Stimulus StimulusOf(JsonObject step)
    {
        var (kind, value) = step["stimulus"]!.AsObject().Single();
        return (Stimulus)value.Deserialize(typeof(Stimulus).GetNestedType(kind)!, Json)!;
    }

    private static JsonObject Show(AdvanceResult result) => new()
    {
        ["ignored"] = result.Ignored,
        ["effects"] = new JsonArray([.. result.Effects.Select(e => new JsonObject { [e.GetType().Name] = JsonSerializer.SerializeToNode(e, e.GetType(), Json) })]),
        ["journal"] = new JsonArray([.. result.Journal.Select(e => (JsonNode)$"{e.Sequence} {e.ActivityName ?? e.ActivityId} {e.EventName} {e.Message}".TrimEnd())]),
        ["state"] = JsonNode.Parse(result.Instance.ToJson()),
    };

    private static void AssertSame(JsonNode expected, JsonNode actual)
    {
        if (!JsonNode.DeepEquals(expected, actual))
        {
            Assert.Equal(expected.ToJsonString(Json), actual.ToJsonString(Json));
        }
    }
}
