using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Engine;
using NetwerkRegie.Regie;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Elsa's HTTP API on our flows, as Studio asks it.</summary>
public sealed class StudioTests(RegieProces regie) : IClassFixture<RegieProces>
{
    private static readonly string[] Stromen = ["afschaling", "besluit-niet-verwerkt", "geparkeerde-handeling", "horen", "kaderovergang", "knelpunt", "maatregel", "melding-tot-regisseur", "noodoverdracht", "opschaling", "overdracht", "raadsonderzoek", "toestemming-herbevestigen", "uitvoerder", "verlenging", "vervanger-ontbreekt", "vervanging"];

    private HttpClient Ontwerper => regie.Ontwerper;

    [Theory]
    [InlineData("/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=&IsSystem=False&OrderDirection=Ascending", "totalCount")]
    [InlineData("/workflow-definitions?versionOptions=Published", "totalCount")]
    [InlineData("/workflow-definitions?versionOptions=LatestOrPublished", "totalCount")]
    [InlineData("/workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=10&DefinitionIds=opschaling&OrderBy=Version&OrderDirection=Descending", "totalCount")]
    [InlineData("/workflow-definitions?versionOptions=&Ids=opschaling-1", "totalCount")]
    [InlineData("/descriptors/activities?Refresh=True", "count")]
    [InlineData("/descriptors/expression-descriptors", "count")]
    [InlineData("/descriptors/workflow-activation-strategies", "count")]
    [InlineData("/descriptors/log-persistence-strategies", "count")]
    [InlineData("/descriptors/incident-strategies", "count")]
    [InlineData("/descriptors/commit-strategies/workflows", "count")]
    [InlineData("/descriptors/storage-drivers", "count")]
    [InlineData("/descriptors/variables", "count")]
    [InlineData("/features/installed", "count")]
    public async Task What_Studio_asks_first_has_the_envelope_that_it_expects(string path, string count)
    {
        foreach (var client in new[] { Ontwerper, regie.Toezichthouder })
        {
            var answer = await client.Vraag(path);
            Assert.IsType<JsonArray>(answer["items"]);
            Assert.True((int)answer[count]! >= answer["items"]!.AsArray().Count);
        }
    }

    [Fact]
    public async Task The_list_has_our_seven_flows_and_each_opens_as_its_file()
    {
        var items = (await Ontwerper.Vraag("/workflow-definitions?versionOptions=Published"))["items"]!.AsArray();
        Assert.Subset(items.Select(i => (string)i!["definitionId"]!).ToHashSet(), Stromen.ToHashSet());
        foreach (var stroom in Stromen)
        {
            var file = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path($"workflows/definities/{stroom}.json")))!;
            var model = await Ontwerper.Vraag($"/workflow-definitions/by-definition-id/{stroom}?versionOptions=Version 1");
            foreach (var property in file.AsObject().Where(p => p.Key is not ("isLatest" or "isPublished")))
                Assert.True(JsonNode.DeepEquals(property.Value, model[property.Key]), $"{stroom}: {property.Key}");
        }
    }

    [Fact]
    public async Task Every_activity_that_the_engine_runs_has_a_descriptor_in_Dutch_and_none_that_it_refuses()
    {
        var items = (await Ontwerper.Vraag("/descriptors/activities"))["items"]!.AsArray().ToDictionary(i => (string)i!["typeName"]!);
        Assert.Equal(WorkflowDefinition.ElsaActivities.Order(), items.Keys.Where(t => t.StartsWith("Elsa.", StringComparison.Ordinal)).Order());
        Assert.Equal(new StapCatalogus().Alle.Select(s => s.Type).Order(), items.Keys.Where(t => t.StartsWith("NetwerkRegie.", StringComparison.Ordinal)).Order());
        Assert.DoesNotContain(items.Values, i => string.IsNullOrWhiteSpace((string?)i!["description"]) || string.IsNullOrWhiteSpace((string?)i["displayName"]));

        var taak = items["NetwerkRegie.Taak"]!;
        var inputs = taak["inputs"]!.AsArray().ToDictionary(i => (string)i!["name"]!, i => i!);
        Assert.Equal("dropdown", (string?)inputs["Voor"]["uiHint"]);
        Assert.Contains("rvt", inputs["Voor"]["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray().Select(i => (string?)i!["value"]));
        Assert.Contains("nazorg", inputs["Termijn"]["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray().Select(i => (string?)i!["value"]));
        Assert.Equal("dynamic-outcomes", (string?)inputs["Uitkomsten"]["uiHint"]);
        Assert.Equal(["Klaar", "Geweigerd"], items["NetwerkRegie.Opschalen"]!["ports"]!.AsArray().Select(p => (string)p!["name"]!));
    }

    [Fact]
    public async Task Descriptors_that_did_not_change_are_not_sent_again_and_a_flow_that_is_a_box_is_among_them()
    {
        using var first = await Ontwerper.GetAsync("/elsa/api/descriptors/activities?Refresh=True");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/elsa/api/descriptors/activities?Refresh=True");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(304, (int)(await Ontwerper.SendAsync(again)).StatusCode);

        var box = RegieProces.Kort("als-blokje");
        (box["options"]!["usableAsActivity"], box["name"]) = (true, "Nog een keer");
        await Ontwerper.Bewaar(box, publish: true);
        var descriptor = (await Ontwerper.Vraag("/descriptors/activities"))["items"]!.AsArray().Single(i => (string)i!["typeName"]! == "NogEenKeer")!;
        Assert.Equal("als-blokje", (string?)descriptor["constructionProperties"]!["workflowDefinitionId"]);
    }

    [Fact]
    public async Task Saving_a_published_version_begins_a_draft_that_takes_every_next_save_and_publishing_makes_it_current()
    {
        var id = "versies";
        await Ontwerper.Bewaar(RegieProces.Kort(id, "een"), publish: true);
        var draft = await Ontwerper.Bewaar(RegieProces.Kort(id, "twee"));
        Assert.Equal((2, true, false), Stand(draft["workflowDefinition"]!));
        Assert.Equal((2, true, false), Stand((await Ontwerper.Bewaar(RegieProces.Kort(id, "drie")))["workflowDefinition"]!));
        Assert.Equal((1, false, true), Stand(await Ontwerper.Vraag($"/workflow-definitions/by-definition-id/{id}?versionOptions=Published")));
        Assert.Equal(1, (await regie.Begint(id)).Versie);

        var published = await Ontwerper.Doe($"/workflow-definitions/{id}/publish");
        Assert.False((bool)published["alreadyPublished"]!);
        Assert.Equal((2, true, true), Stand(published["workflowDefinition"]!));
        Assert.Equal(2, (await regie.Begint(id)).Versie);
        Assert.True((bool)(await Ontwerper.Doe($"/workflow-definitions/{id}/publish"))["alreadyPublished"]!);

        await Ontwerper.Doe($"/workflow-definitions/{id}/revert/1");
        var reverted = await Ontwerper.Vraag($"/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");
        Assert.Equal((3, true, false), Stand(reverted));
        Assert.Equal("een", (string?)reverted["root"]!["activities"]![0]!["text"]!["expression"]!["value"]);

        await Ontwerper.Doe($"/workflow-definitions/{id}/retract");
        await Assert.ThrowsAsync<InvalidOperationException>(() => regie.Begint(id));
        Assert.Equal([3, 2, 1], (await Ontwerper.Vraag($"/workflow-definitions?versionOptions=AllVersions&DefinitionIds={id}&OrderBy=Version&OrderDirection=Descending"))["items"]!.AsArray().Select(i => (int)i!["version"]!));
        var who = await regie.InDatabase((db, _) => db.Definities.Where(d => d.DefinitieId == id).Select(d => d.GepubliceerdDoor).ToListAsync());
        Assert.All(who, door => Assert.Equal(new Guid("0197a000-0000-7000-8000-000000000062"), door));
    }

    [Fact]
    public async Task A_new_flow_moves_tokens_and_one_that_says_otherwise_keeps_its_way()
    {
        Assert.Equal("TokenBased", (string?)(await New([]))["Flowchart:ExecutionMode"]);
        Assert.Equal("CounterBased", (string?)(await New(new() { ["Flowchart:ExecutionMode"] = "CounterBased" }))["Flowchart:ExecutionMode"]);

        async Task<JsonNode> New(JsonObject own)
        {
            var drawing = RegieProces.Kort("nieuw");
            (drawing["definitionId"], drawing["customProperties"]) = (null, own);
            return (await Ontwerper.Bewaar(drawing))["workflowDefinition"]!["customProperties"]!;
        }
    }

    [Fact]
    public async Task Whatever_stands_in_a_file_comes_back_out_after_import()
    {
        var file = RegieProces.Kort("reis");
        file["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";
        file["root"]!["activities"]![0]!["onbekend"] = JsonNode.Parse("""{ "getal": 1.0E+2, "leeg": null, "tekst": "é < \" \\ 😀" }""");
        await Ontwerper.Doe("/workflow-definitions/import", file);
        var export = await Ontwerper.Vraag("/workflow-definitions/reis/export?versionOptions=Latest");
        foreach (var node in new JsonNode[] { file["root"]!["activities"]![0]!.AsObject(), export["root"]!["activities"]![0]!.AsObject() })
            node.AsObject().Remove("nodeId");
        file["root"]!.AsObject().Remove("nodeId");
        Assert.Equal("Workflow1:schema", (string?)export["root"]!["nodeId"]);
        export["root"]!.AsObject().Remove("nodeId");
        foreach (var property in file)
            Assert.True(JsonNode.DeepEquals(property.Value, export[property.Key]), property.Key);
        Assert.Contains("1.0E+2", export.ToJsonString(), StringComparison.Ordinal);

        var unknown = RegieProces.Kort("onbekend-blokje");
        unknown["root"]!["activities"]![0]!["type"] = "Elsa.HttpEndpoint";
        Assert.Contains("'Regel'", (await Ontwerper.PostAsJsonAsync("/elsa/api/workflow-definitions/import", unknown).Json(400))["errors"]!.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await Ontwerper.GetAsync(new Uri("/elsa/api/workflow-definitions/by-definition-id/onbekend-blokje", UriKind.Relative))).StatusCode);

        using var form = new MultipartFormDataContent { { new StringContent(RegieProces.Kort("uit-formulier").ToJsonString()), "files", "stroom.json" } };
        Assert.Equal(1, (int)(await Ontwerper.PostAsync("/elsa/api/workflow-definitions/import-files", form).Json())["count"]!);
        Assert.False((bool)(await Ontwerper.Vraag("/workflow-definitions/by-definition-id/uit-formulier"))["isPublished"]!);
    }

    [Fact]
    public async Task A_flow_that_cannot_run_can_be_kept_as_a_draft_and_is_refused_at_publication_with_place_and_name()
    {
        var flow = RegieProces.Kort("kapot");
        (flow["root"]!["activities"]![0]!["type"], flow["root"]!["activities"]![0]!["name"]) = ("Elsa.HttpEndpoint", "Voordeur");
        await Ontwerper.Bewaar(flow.DeepClone().AsObject());
        var refused = await Ontwerper.Bewaar(flow, publish: true, status: 400);
        Assert.Contains("'Voordeur'", (string?)refused["errors"]!["regel"]![0], StringComparison.Ordinal);
        Assert.Equal("regel", (string?)refused["validationErrors"]![0]!["activityId"]);
        Assert.False((bool)(await Ontwerper.Vraag("/workflow-definitions/by-definition-id/kapot"))["isPublished"]!);

        var bare = RegieProces.Wachtend("zonder-afspraak");
        bare["root"]!["activities"]![0]!.AsObject().Remove("termijn");
        Assert.Contains("Termijn niet ingevuld", (await Ontwerper.Bewaar(bare, publish: true, status: 400))["errors"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_box_in_a_box_is_found_with_the_way_to_it()
    {
        var flow = RegieProces.Kort("genest");
        var inner = flow["root"]!["activities"]![0]!.DeepClone().AsObject();
        (inner["id"], inner["name"]) = ("binnen", "Binnen");
        inner.Remove("nodeId");
        flow["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "elk", ["type"] = "Elsa.While", ["name"] = "Elk", ["version"] = 1, ["body"] = new JsonObject { ["id"] = "reeks", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray(inner) } });
        await Ontwerper.Bewaar(flow);

        var tree = await Ontwerper.Vraag("/workflow-definitions/subgraph/genest-1?parentNodeId=Workflow1:schema:elk");
        Assert.Equal(("elk", "Body", "binnen"), ((string?)tree["activity"]!["id"], (string?)tree["children"]![0]!["port"], (string?)tree["children"]![0]!["children"]![0]!["activity"]!["id"]));
        var way = await Ontwerper.Vraag("/workflow-definitions/subgraph/segments/genest-1?childNodeId=Workflow1:schema:elk:reeks:binnen");
        Assert.Equal([("elk", "Body"), ("reeks", "Activities")], way["pathSegments"]!.AsArray().Select(s => ((string)s!["activityId"]!, (string)s["portName"]!)));
        Assert.Equal("reeks", (string?)way["container"]!["activity"]!["id"]);
        Assert.Equal("binnen", (string?)way["childNode"]!["activity"]!["id"]);
        Assert.Equal("schema", (string?)(await Ontwerper.Vraag("/workflow-definitions/subgraph/genest-1"))["activity"]!["id"]);
    }

    [Fact]
    public async Task The_editor_of_expressions_knows_what_the_flow_has_and_nothing_that_the_engine_does_not()
    {
        var flow = RegieProces.Kort("uitdrukkingen");
        flow["inputs"] = JsonNode.Parse("""[{ "type": "String", "name": "naar" }]""");
        flow["variables"] = JsonNode.Parse("""[{ "id": "v1", "name": "teller", "typeName": "Int32" }]""");
        await Ontwerper.Bewaar(flow.DeepClone().AsObject());
        using var answer = await Ontwerper.PostAsJsonAsync("/elsa/api/scripting/javascript/type-definitions/uitdrukkingen", new { });
        var types = await answer.Content.ReadAsStringAsync();
        Assert.Contains("getInput(name: \"naar\")", types, StringComparison.Ordinal);
        Assert.Contains("readonly teller: number;", types, StringComparison.Ordinal);

        foreach (var call in types.Split('\n').Where(line => line.StartsWith("declare function", StringComparison.Ordinal)).Select(line => System.Text.RegularExpressions.Regex.Match(line, @"function (\w+)\((.*?)\):")))
        {
            var argument = call.Groups[2].Value switch { "" => "", var names when names.Contains('"', StringComparison.Ordinal) => $"'{names.Split('"')[1]}'", _ => "1" };
            flow["root"]!["activities"]![0]!["text"]!["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = $"{call.Groups[1].Value}({argument})" };
            Assert.Empty(WorkflowDefinition.Check(Genummerd(flow).ToJsonString()));
        }
    }

    [Fact]
    public async Task A_flow_that_starts_another_is_published_when_that_one_is()
    {
        var starter = RegieProces.Kort("begint-een-ander");
        starter["root"]!["activities"]![0] = JsonNode.Parse("""
            { "id": "ander", "type": "Elsa.DispatchWorkflow", "name": "Ander", "version": 1, "workflowDefinitionId": { "typeName": "String", "expression": { "type": "Literal", "value": "komt-later" } } }
            """);
        var refused = await Ontwerper.Bewaar(starter.DeepClone().AsObject(), publish: true, status: 400);
        Assert.Contains("start de stroom 'komt-later', en die is er niet", (string?)refused["errors"]!["stroom"]![0], StringComparison.Ordinal);

        await Ontwerper.Bewaar(RegieProces.Kort("komt-later"));
        await Ontwerper.Bewaar(starter.DeepClone().AsObject(), publish: true, status: 400);
        await Ontwerper.Doe("/workflow-definitions/komt-later/publish");
        await Ontwerper.Bewaar(starter, publish: true);
    }

    [Fact]
    public async Task An_input_or_variable_that_is_chosen_in_Studio_is_understood()
    {
        var flow = RegieProces.Kort("gekozen");
        flow["inputs"] = JsonNode.Parse("""[{ "type": "String", "name": "tekst", "displayName": "Tekst" }]""");
        flow["variables"] = JsonNode.Parse("""[{ "id": "v1", "name": "Naam", "typeName": "String" }]""");
        foreach (var (type, value) in new[] { ("Input", """{"uiHint":"singleline","type":"String","name":"tekst","displayName":"Tekst"}"""), ("Variable", """{"id":"v1","name":"Naam","typeName":"String"}""") })
        {
            flow["root"]!["activities"]![0]!["text"]!["expression"] = new JsonObject { ["type"] = type, ["value"] = value };
            await Ontwerper.Bewaar(flow.DeepClone().AsObject(), publish: true);
        }

        flow["root"]!["activities"]![0]!["text"]!["expression"] = new JsonObject { ["type"] = "Input", ["value"] = """{"name":"weg"}""" };
        Assert.Contains("De invoer 'weg' bestaat niet", (string?)(await Ontwerper.Bewaar(flow, publish: true, status: 400))["errors"]!["regel"]![0], StringComparison.Ordinal);
        // Who watches hears that it was refused.
        Assert.Contains(await regie.InDatabase((db, _) => db.Logboek.Where(g => g.CasusId == Guid.Empty && g.Type == "bewaking.invariant-geweigerd").Select(g => g.Inhoud).ToListAsync()), g => g.Contains("\"afspraak\":\"keuring\",\"stroom\":\"gekozen\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_published_in_one_replica_holds_in_the_other_at_once()
    {
        await Ontwerper.Bewaar(RegieProces.Kort("twee-plekken", "een"), publish: true);
        var replica = await regie.Replica();
        try
        {
            Assert.Equal(1, (await replica.Begint("twee-plekken")).Versie);
            await Ontwerper.Bewaar(RegieProces.Kort("twee-plekken", "twee"), publish: true);
            Assert.Equal(2, (await replica.Begint("twee-plekken")).Versie);
            await replica.Ontwerper.Bewaar(RegieProces.Kort("twee-plekken", "drie"), publish: true);
            Assert.Equal(3, (await regie.Begint("twee-plekken")).Versie);
        }
        finally
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_file_becomes_a_version_only_when_it_changed_and_leaves_the_designers_version_in_the_history()
    {
        var folder = Directory.CreateTempSubdirectory("stroom-").FullName;
        async Task<(int Version, int Count)> Deploy(string tekst)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "stroom.json"), Genummerd(RegieProces.Kort("uit-bestand", tekst)).ToJsonString());
            return await regie.InDatabase(async (db, services) =>
            {
                await services.GetRequiredService<Definities>().PublicerenAsync(db, folder, TimeProvider.System.GetUtcNow(), default);
                return (await Definities.ActueelAsync(db, "uit-bestand", default), await db.Definities.CountAsync(d => d.DefinitieId == "uit-bestand"));
            });
        }

        Assert.Equal((1, 1), await Deploy("een"));
        await Ontwerper.Bewaar(RegieProces.Kort("uit-bestand", "van de ontwerper"), publish: true);
        Assert.Equal((2, 2), await Deploy("een"));
        Assert.Equal((3, 3), await Deploy("twee"));
        Assert.Equal("van de ontwerper", (string?)(await Ontwerper.Vraag("/workflow-definitions/by-id/uit-bestand-2"))["root"]!["activities"]![0]!["text"]!["expression"]!["value"]);
        await Ontwerper.DeleteAsync("/elsa/api/workflow-definitions/uit-bestand").Json(409);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_flow_on_which_a_casus_runs_is_not_deleted_and_one_that_ended_stays_in_the_history()
    {
        await Ontwerper.Bewaar(RegieProces.Wachtend("loopt-nog"), publish: true);
        await regie.Begint("loopt-nog");
        Assert.Contains("lopen nog casussen", (string?)(await Ontwerper.DeleteAsync("/elsa/api/workflow-definitions/loopt-nog").Json(409))["detail"], StringComparison.Ordinal);

        await Ontwerper.Bewaar(RegieProces.Kort("is-af"), publish: true);
        var ended = await regie.Begint("is-af");
        await Ontwerper.DeleteAsync("/elsa/api/workflow-definitions/is-af").Json(204);
        await Ontwerper.Vraag("/workflow-definitions/by-definition-id/is-af", 404);
        Assert.Equal("is-af-1", (string?)(await Ontwerper.Vraag("/workflow-definitions/by-id/is-af-1"))["id"]);
        Assert.Equal("is-af", (string?)(await Ontwerper.Vraag($"/workflow-instances/{ended.Id}"))["definitionId"]);
        Assert.Equal(2, (int)(await Ontwerper.Bewaar(RegieProces.Kort("is-af")))["workflowDefinition"]!["version"]!);
    }

    [Fact]
    public async Task An_instance_shows_where_it_waits_and_how_it_came_there_but_not_what_was_filled_in()
    {
        await Ontwerper.Bewaar(RegieProces.Wachtend("in-beeld"), publish: true);
        var stroom = await regie.Begint("in-beeld");
        var reader = regie.Toezichthouder;

        var item = (await reader.Doe("/workflow-instances", new { page = 0, pageSize = 10, definitionIds = new[] { "in-beeld" }, statuses = new[] { "Running" }, subStatuses = new[] { "Suspended" }, hasIncidents = false }))["items"]!.AsArray().Single()!;
        Assert.Equal((stroom.Id.ToString(), stroom.CasusId.ToString(), "in-beeld-1", "Suspended"), ((string)item["id"]!, (string)item["correlationId"]!, (string)item["definitionVersionId"]!, (string)item["subStatus"]!));
        Assert.Empty((await reader.Doe("/workflow-instances", new { definitionId = "in-beeld", status = "Finished" }))["items"]!.AsArray());

        var journal = (await reader.Doe($"/workflow-instances/{stroom.Id}/journal?skip=0&take=100", new { filter = new { excludedActivityTypes = new[] { "Elsa.Workflow", "Elsa.Flowchart" } } }))["items"]!.AsArray();
        Assert.Equal(["Started", "Suspended"], journal.Select(e => (string)e!["eventName"]!));
        Assert.All(journal, e => Assert.Equal(("bellen", "Workflow1:schema:bellen"), ((string)e!["activityId"]!, (string)e["nodeId"]!)));

        var state = (await reader.Vraag($"/workflow-instances/{stroom.Id}"))["workflowState"]!;
        Assert.Equal("bellen", (string?)state["bookmarks"]!.AsArray().Single()!["activityId"]);
        Assert.Empty(state["input"]!.AsObject());
        Assert.Equal("Suspended", (string?)(await reader.Vraag($"/workflow-instances/{stroom.Id}/execution-state"))["subStatus"]);
        var run = (await reader.Vraag($"/activity-executions/list?WorkflowInstanceId={stroom.Id}&ActivityNodeId=Workflow1:schema:bellen"))["items"]!.AsArray().Single()!;
        Assert.Equal(("Running", true), ((string)run["status"]!, (bool)run["hasBookmarks"]!));
        Assert.Equal((string?)run["id"], (string?)(await reader.Vraag($"/activity-executions/by-id?id={run["id"]}"))["id"]);
        var stats = (await reader.Doe("/activity-executions/report", new { workflowInstanceId = stroom.Id, activityNodeIds = new[] { "Workflow1:schema:bellen" } }))["stats"]!.AsArray().Single()!;
        Assert.Equal((1, 0, true), ((int)stats["startedCount"]!, (int)stats["completedCount"]!, (bool)stats["isBlocked"]!));
    }

    [Fact]
    public async Task Who_looks_at_an_instance_hears_that_it_went_on_also_in_another_replica()
    {
        await Ontwerper.Bewaar(RegieProces.Wachtend("wordt-bekeken"), publish: true);
        var stroom = await regie.Begint("wordt-bekeken");
        using var hub = new ClientWebSocket();
        hub.Options.SetRequestHeader("Authorization", $"Bearer {await regie.Token("toezichthouder")}");
        await hub.ConnectAsync(new UriBuilder(regie.Adres) { Scheme = "ws", Path = "/elsa/hubs/workflow-instance" }.Uri, default);
        await Send("""{"protocol":"json","version":1}""");
        await Send($$"""{"type":1,"target":"ObserveInstanceAsync","arguments":["{{stroom.Id}}"]}""");
        await Hears("WorkflowInstanceUpdatedAsync", stroom.Id.ToString());

        var replica = await regie.Replica();
        try
        {
            await replica.InDatabase((_, services) => services.GetRequiredService<CasusRunner>().RunAsync(stroom.CasusId, async burst =>
            {
                await burst.VervolgAsync(await burst.Db.Wachtpunten.SingleAsync(w => w.StroomId == stroom.Id), "Gebeld", null);
                return true;
            }, default));
            await Hears("ActivityExecutionLogUpdatedAsync", "\"completedCount\":1");
        }
        finally
        {
            await replica.DisposeAsync();
        }

        Task Send(string message) => hub.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, default);

        async Task Hears(string target, string what)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var text = new StringBuilder();
            var buffer = new byte[64 * 1024];
            while (!text.ToString().Split('\u001e').Any(m => m.Contains(target, StringComparison.Ordinal) && m.Contains(what, StringComparison.Ordinal)))
                text.Append(Encoding.UTF8.GetString(buffer, 0, (await hub.ReceiveAsync(buffer, patience.Token)).Count));
        }
    }

    [Theory]
    [InlineData("POST", "/workflow-definitions/opschaling/execute", "regisseur opschaling vraagt")]
    [InlineData("POST", "/workflow-definitions/melding-tot-regisseur/dispatch", "met een melding")]
    [InlineData("POST", "/tests/activities", "Proefdraaien")]
    public async Task What_would_strand_a_casus_is_refused_in_one_sentence(string method, string path, string sentence)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/elsa/api" + path) { Content = JsonContent.Create(new { }) };
        var refused = await Ontwerper.SendAsync(request).Json(409);
        Assert.Contains(sentence, (string?)refused["detail"], StringComparison.Ordinal);
        Assert.Equal((string?)refused["detail"], (string?)refused["errors"]!["stroom"]![0]);
    }

    [Fact]
    public async Task A_flow_that_is_about_no_casus_is_started_stopped_and_deleted_by_hand()
    {
        var flow = RegieProces.Kort("los");
        flow["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{ "id": "wacht", "type": "Elsa.Delay", "name": "Wacht", "version": 1, "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "1.00:00:00" } } }"""));
        flow["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{ "id": "klaar", "type": "Elsa.Finish", "name": "Klaar", "version": 1 }"""));
        flow["root"]!["connections"] = JsonNode.Parse("""[{ "source": { "activity": "regel", "port": "Done" }, "target": { "activity": "wacht", "port": "In" } }, { "source": { "activity": "wacht", "port": "Done" }, "target": { "activity": "klaar", "port": "In" } }]""");
        await Ontwerper.Bewaar(flow, publish: true);

        using var started = await Ontwerper.PostAsJsonAsync("/elsa/api/workflow-definitions/los/execute", new { });
        Assert.Equal(200, (int)started.StatusCode);
        var id = started.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        Assert.Equal("Suspended", (string?)(await Ontwerper.Vraag($"/workflow-instances/{id}"))["subStatus"]);

        Assert.Equal(409, (int)(await Ontwerper.DeleteAsync(new Uri($"/elsa/api/workflow-instances/{id}", UriKind.Relative))).StatusCode);
        await Ontwerper.Doe($"/cancel/workflow-instances/{id}");
        Assert.Equal("Cancelled", (string?)(await Ontwerper.Vraag($"/workflow-instances/{id}"))["subStatus"]);
        Assert.Equal(200, (int)(await Ontwerper.DeleteAsync(new Uri($"/elsa/api/workflow-instances/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(404, (int)(await Ontwerper.GetAsync(new Uri($"/elsa/api/workflow-instances/{id}", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_flow_of_a_casus_is_not_stopped_or_deleted_by_hand()
    {
        await Ontwerper.Bewaar(RegieProces.Wachtend("van-een-casus"), publish: true);
        var casus = CasusTests.Geopend();
        await regie.InDatabase(async (db, _) =>
        {
            db.Casussen.Add(casus);
            return await db.SaveChangesAsync();
        });
        var stroom = await regie.Begint("van-een-casus", casus.Id);
        Assert.Contains("zonder vervolg", (string?)(await Ontwerper.PostAsJsonAsync($"/elsa/api/cancel/workflow-instances/{stroom.Id}", new { }).Json(409))["detail"], StringComparison.Ordinal);
        Assert.Contains("blijft bewaard", (string?)(await Ontwerper.DeleteAsync(new Uri($"/elsa/api/workflow-instances/{stroom.Id}", UriKind.Relative)).Json(409))["detail"], StringComparison.Ordinal);
    }

    private static JsonObject Genummerd(JsonObject flow)
    {
        flow["id"] = $"{flow["definitionId"]}-1";
        return flow;
    }

    private static (int Version, bool IsLatest, bool IsPublished) Stand(JsonNode model) => ((int)model["version"]!, (bool)model["isLatest"]!, (bool)model["isPublished"]!);
}
