using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Who may do what in the designer. A route that is not in the table fails, and so does one that is open to anybody else.</summary>
public sealed class StudioRechtenTests(RegieProces regie) : IClassFixture<RegieProces>
{
    private const string Cookie = "netwerkregie";

    private static readonly string[] Rollen = ["melder", "regisseur", "rvt", "school", "gi", "leidinggevende", "bestuurder", "ontwerper", "toezichthouder", "gezin", "dienst"];

    private static readonly string[] Lezen =
    [
        "GET /workflow-definitions", "GET /workflow-definitions/by-definition-id/{definitionId}", "GET /workflow-definitions/{definitionId}",
        "GET /workflow-definitions/{definitionId}/versions", "GET /workflow-definitions/by-id/{id}", "GET /workflow-definitions/many-by-id",
        "GET /workflow-definitions/validation/is-name-unique", "GET /workflow-definitions/query/count", "GET /workflow-definitions/{definitionId}/consumers",
        "GET /workflow-definitions/subgraph/{id}", "GET /workflow-definitions/subgraph/segments/{id}", "POST /scripting/javascript/type-definitions/{definitionId}",
        "GET /workflow-definitions/{definitionId}/export", "POST /bulk-actions/export/workflow-definitions",
        "GET /descriptors/activities", "GET /descriptors/activities/{typeName}", "POST /descriptors/activities/{typeName}/options/{property}",
        "GET /descriptors/expression-descriptors", "GET /descriptors/variables", "GET /descriptors/storage-drivers", "GET /descriptors/incident-strategies",
        "GET /descriptors/workflow-activation-strategies", "GET /descriptors/log-persistence-strategies", "GET /descriptors/commit-strategies/workflows",
        "GET /descriptors/commit-strategies/activities", "GET /descriptors/output-converters", "GET /features/installed", "GET /features/installed/{fullName}", "GET /package/version",
        "GET /workflow-instances", "POST /workflow-instances", "GET /workflow-instances/{id:guid}", "GET /workflow-instances/{id:guid}/execution-state",
        "GET /workflow-instances/{id:guid}/variables", "GET /workflow-instances/{id:guid}/journal", "POST /workflow-instances/{id:guid}/journal", "GET /workflow-instances/{id:guid}/journal/{activityId}",
        "GET /activity-executions/list", "GET /activity-execution-summaries/list", "GET /activity-executions/count", "GET /activity-executions/by-id",
        "GET /activity-executions/{id}/call-stack", "POST /activity-executions/report",
    ];

    private static readonly string[] Wijzigen =
    [
        "POST /workflow-definitions", "POST /workflow-definitions/{definitionId}/publish", "POST /workflow-definitions/{definitionId}/retract",
        "POST /workflow-definitions/{definitionId}/revert/{version:int}", "POST /workflow-definitions/{definitionId}/update-references",
        "DELETE /workflow-definitions/{definitionId}", "DELETE /workflow-definition-versions/{id}",
        "POST /bulk-actions/publish/workflow-definitions/by-definition-ids", "POST /bulk-actions/retract/workflow-definitions/by-definition-ids",
        "POST /bulk-actions/delete/workflow-definitions/by-definition-id", "POST /bulk-actions/delete/workflow-definitions/by-id",
        "POST /workflow-definitions/import", "POST /workflow-definitions/{definitionId}/import", "PUT /workflow-definitions/{definitionId}/import", "POST /workflow-definitions/import-files",
        "POST /workflow-definitions/{definitionId}/execute", "GET /workflow-definitions/{definitionId}/execute", "POST /workflow-definitions/{definitionId}/dispatch", "POST /workflow-definitions/{definitionId}/bulk-dispatch",
        "POST /cancel/workflow-instances/{id:guid}", "POST /bulk-actions/cancel/workflow-instances", "DELETE /workflow-instances/{id:guid}", "POST /bulk-actions/delete/workflow-instances/by-id",
        "POST /alterations/workflows/retry", "POST /tests/activities",
    ];

    [Fact]
    public async Task Every_route_is_closed_to_who_is_not_in_the_table()
    {
        var routes = regie.Routes.OfType<RouteEndpoint>().Where(r => r.RoutePattern.RawText!.StartsWith("/elsa/", StringComparison.Ordinal))
            .Where(r => !r.RoutePattern.RawText!.StartsWith("/elsa/hubs/workflow-instance", StringComparison.Ordinal))
            .SelectMany(r => r.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {r.RoutePattern.RawText!["/elsa/api".Length..].TrimEnd('/')}")).Order(StringComparer.Ordinal);
        Assert.Equal(Lezen.Concat(Wijzigen).Order(StringComparer.Ordinal), routes);

        using var nobody = regie.Niemand();
        var clients = new Dictionary<string, HttpClient>();
        foreach (var rol in Rollen)
            clients[rol] = await regie.Als(rol);
        var wrong = new List<string>();
        foreach (var route in Lezen.Concat(Wijzigen))
        {
            await Expect(nobody, "without a token", 401);
            string[] may = Lezen.Contains(route) ? ["ontwerper", "toezichthouder"] : ["ontwerper"];
            foreach (var rol in Rollen.Except(may))
                await Expect(clients[rol], rol, 403);

            async Task Expect(HttpClient client, string who, int status)
            {
                using var request = Request(route);
                using var answer = await client.SendAsync(request);
                if ((int)answer.StatusCode != status)
                    wrong.Add($"{route} {who}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(401, (int)(await nobody.PostAsync("/elsa/hubs/workflow-instance/negotiate?negotiateVersion=1", null)).StatusCode);
        Assert.Equal(403, (int)(await clients["regisseur"].PostAsync("/elsa/hubs/workflow-instance/negotiate?negotiateVersion=1", null)).StatusCode);
        Assert.Equal(200, (int)(await clients["toezichthouder"].PostAsync("/elsa/hubs/workflow-instance/negotiate?negotiateVersion=1", null)).StatusCode);
    }

    [Fact]
    public async Task A_cookie_works_for_the_designer_alone_and_changes_nothing_for_another_site()
    {
        using var browser = regie.Niemand();
        var token = await regie.Token("ontwerper");

        Assert.Equal(200, await Ask(HttpMethod.Get, "/elsa/api/features/installed"));
        Assert.Equal(401, await Ask(HttpMethod.Get, "/v1/taken"));
        Assert.Equal(401, await Ask(HttpMethod.Post, "/elsa/api/workflow-definitions"));
        Assert.Equal(401, await Ask(HttpMethod.Post, "/elsa/api/workflow-definitions", ("Sec-Fetch-Site", "cross-site"), ("Origin", regie.Adres.GetLeftPart(UriPartial.Authority))));
        Assert.Equal(401, await Ask(HttpMethod.Post, "/elsa/api/workflow-definitions", ("Origin", "https://elders.example")));
        Assert.Equal(400, await Ask(HttpMethod.Post, "/elsa/api/workflow-definitions", ("Sec-Fetch-Site", "same-origin")));
        Assert.Equal(400, await Ask(HttpMethod.Post, "/elsa/api/workflow-definitions", ("Origin", regie.Adres.GetLeftPart(UriPartial.Authority))));

        async Task<int> Ask(HttpMethod method, string path, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(method, path) { Headers = { { "Cookie", $"{Cookie}={token}" } } };
            if (method == HttpMethod.Post)
                request.Content = JsonContent.Create(new { });
            foreach (var (name, value) in headers)
                request.Headers.Add(name, value);
            return (int)(await browser.SendAsync(request)).StatusCode;
        }
    }

    [Fact]
    public async Task Signing_in_gives_a_cookie_that_no_script_can_read_and_only_from_our_own_page()
    {
        using var browser = regie.Niemand();
        using var elsewhere = await SignIn("cross-site");
        Assert.Equal(403, (int)elsewhere.StatusCode);
        using var here = await SignIn("same-origin");
        Assert.Equal("/studio/stromen", here.Headers.Location?.ToString());
        var cookie = Assert.Single(here.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(Cookie, cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);

        using var first = await browser.GetAsync("/studio/stromen");
        Assert.Equal("/aanmelden?naar=%2Fstudio%2Fstromen", first.Headers.Location?.ToString());
        using var open = new HttpRequestMessage(HttpMethod.Get, "/studio/stromen") { Headers = { { "Cookie", cookie.Split(';')[0] } } };
        using var page = await browser.SendAsync(open);
        Assert.Contains("lang=\"nl\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("'wasm-unsafe-eval'", string.Join(' ', page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        using var api = await regie.Ontwerper.GetAsync("/elsa/api/features/installed");
        Assert.DoesNotContain("wasm", string.Join(' ', api.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await browser.GetAsync("/studio/..%2f..%2f..%2fpackage.json")).StatusCode);

        async Task<HttpResponseMessage> SignIn(string site)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/aanmelden") { Headers = { { "Sec-Fetch-Site", site } }, Content = new FormUrlEncodedContent([KeyValuePair.Create("id", "0197a000-0000-7000-8000-000000000062"), KeyValuePair.Create("naar", "/studio/stromen")]) };
            return await browser.SendAsync(request);
        }
    }

    private static HttpRequestMessage Request(string route)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        path = path.Replace("{id:guid}", "01a20185-ea37-7a58-9e36-4c68a09ecb9e", StringComparison.Ordinal).Replace("{version:int}", "1", StringComparison.Ordinal);
        foreach (var name in new[] { "{definitionId}", "{id}", "{typeName}", "{property}", "{fullName}", "{activityId}" })
            path = path.Replace(name, "iets", StringComparison.Ordinal);
        return new(new HttpMethod(method), "/elsa/api" + path) { Content = method == "GET" ? null : JsonContent.Create(new { }) };
    }
}
