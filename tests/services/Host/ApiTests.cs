using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using NetwerkRegie.Host;
using Xunit;

namespace NetwerkRegie.Services.Tests.Host;

/// <summary>What others were built on stays: the descriptions of the API and of the events may grow, and nothing in them may break.</summary>
public sealed class ApiTests(Alles alles) : IClassFixture<Alles>
{
    [Fact]
    public async Task Api_breaks_nobody_who_was_built_on_the_approved_one() =>
        Assert.Empty(BreakingChanges.InOpenApi(await Approved("openapi"), await Now("openapi")));

    [Fact]
    public async Task Events_break_nobody_who_was_built_on_the_approved_ones() =>
        Assert.Empty(BreakingChanges.InAsyncApi(await Approved("asyncapi"), await Now("asyncapi")));

    [Theory]
    [InlineData("message regie-overgedragen is gone", "components/messages/regie-overgedragen")]
    [InlineData("vanId is gone", "components/schemas/RegieOvergedragen/properties/vanId")]
    [InlineData("type was \"string\"", "components/schemas/RegieOvergedragen/properties/naarId/type", "\"integer\"")]
    [InlineData("subject may now be missing", "components/schemas/CloudEvent/required", """["id","source","specversion","type","time","dataref","sequence","data","datacontenttype","sequencetype"]""")]
    [InlineData("name was", "components/messages/kaders-gewijzigd/name", "\"nl.netwerkregie.kaders.anders.v1\"")]
    [InlineData("channel stroom is gone", "channels/stroom")]
    [InlineData("address was", "channels/stroom/address", "\"/v2/stroom\"")]
    [InlineData(null, "components/schemas/RegieOvergedragen/properties/nieuw", """{"type":"string"}""")]
    [InlineData(null, "components/messages/regie-nieuw", """{"name":"nl.netwerkregie.regie.nieuw.v1"}""")]
    [InlineData(null, "components/schemas/RegieOvergedragen/description", "\"Anders gezegd.\"")]
    public async Task A_change_of_the_events_is_seen_if_it_breaks(string? finding, string place, string? value = null)
    {
        var (was, @is) = (await Now("asyncapi"), await Now("asyncapi"));
        Put(@is, place, value);

        Check(finding, BreakingChanges.InAsyncApi(was, @is));
    }

    [Theory]
    [InlineData("/gebeurtenissen is gone", "paths//gebeurtenissen")]
    [InlineData("delete is gone", "paths//abonnementen/{id}/delete")]
    [InlineData("parameter na in query is gone", "paths//gebeurtenissen/get/parameters", "[]")]
    [InlineData("storing is gone", "components/schemas/AbonnementAntwoord/properties/storing")]
    [InlineData("casusId is now required", "components/schemas/AbonnementInvoer/required", """["adres","casusId"]""")]
    [InlineData("answer 201 is gone", "paths//abonnementen/post/responses/201")]
    [InlineData("status: type was", "components/schemas/AbonnementAntwoord/properties/status/type", "\"integer\"")]
    [InlineData(null, "paths//nieuw", """{"get":{"responses":{}}}""")]
    [InlineData(null, "components/schemas/AbonnementAntwoord/properties/nieuw", """{"type":"string"}""")]
    public async Task A_change_of_the_api_is_seen_if_it_breaks(string? finding, string place, string? value = null)
    {
        var (was, @is) = (await Now("openapi"), await Now("openapi"));
        Put(@is, place, value);

        Check(finding, BreakingChanges.InOpenApi(was, @is));
    }

    [Fact]
    public async Task Description_of_the_events_says_of_each_what_it_means()
    {
        var messages = (await Now("asyncapi"))["components"]!["messages"]!.AsObject();

        Assert.True(messages.Count > 60);
        Assert.All(messages, message => Assert.NotEmpty((string)message.Value!["summary"]!));
    }

    private static void Check(string? finding, IReadOnlyList<string> found)
    {
        if (finding is null)
            Assert.Empty(found);
        else
            Assert.Contains(found, f => f.Contains(finding, StringComparison.Ordinal));
    }

    // A path in OpenAPI begins with a slash of its own: "paths//gebeurtenissen".
    private static void Put(JsonObject document, string place, string? value)
    {
        var steps = place.StartsWith("paths//", StringComparison.Ordinal) ? Paths(place["paths/".Length..]) : place.Split('/');
        var owner = steps[..^1].Aggregate((JsonNode)document, (at, step) => at[step]!).AsObject();
        owner.Remove(steps[^1]);
        if (value is not null)
            owner[steps[^1]] = JsonNode.Parse(value);
    }

    private static string[] Paths(string rest)
    {
        var at = new[] { "/get", "/post", "/delete" }.Select(m => rest.IndexOf(m, StringComparison.Ordinal)).Where(i => i > 0).DefaultIfEmpty(rest.Length).Min();
        return ["paths", rest[..at], .. rest[at..].Split('/', StringSplitOptions.RemoveEmptyEntries)];
    }

    // Every refusal looks the same; what is left out here is what nobody compares.
    private async Task<JsonObject> Now(string name)
    {
        var document = await alles.Document(name);
        foreach (var responses in document["paths"]?.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!["responses"]!.AsObject()) ?? [])
            foreach (var status in responses.Select(r => r.Key).Where(status => status[0] != '2').ToList())
                responses.Remove(status);
        return document;
    }

    /// <summary>To approve a breaking change on purpose, or to hold what was added: delete the file, run this test, and look at the difference before committing it.</summary>
    private async Task<JsonObject> Approved(string name)
    {
        var file = Repository.Path($"tests/services/{name}.approved.json");
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, (await Now(name)).ToJsonString(new(System.Text.Json.JsonSerializerOptions.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
            Assert.Fail("The description was written anew; look at the difference and run this again.");
        }

        return JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
    }
}

/// <summary>All services in one process, for what they say of themselves.</summary>
public sealed class Alles : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("api-");
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        _app = HostApplication.Build(["--urls=http://127.0.0.1:0", $"--Database={_folder.FullName}", "--proef", $"--DemoSleutel={Path.Combine(_folder.FullName, "sleutel.pem")}", "--Logging:LogLevel:Default=Error"]);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    public async Task<JsonObject> Document(string name)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        return JsonNode.Parse(await http.GetStringAsync($"/v1/{name}.json"))!.AsObject();
    }
}
