using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace NetwerkRegie.Browser.Tests;

/// <summary>The real Elsa Studio in a real browser, on our flows.</summary>
public sealed class StudioTests(StudioPagina studio) : IClassFixture<StudioPagina>
{
    [BrowserFact]
    public async Task A_designer_changes_a_term_and_publishes_and_the_proof_refuses_a_drawing_with_a_hole()
    {
        var (page, faults) = await studio.MeldAan("ontwerper");
        foreach (var flow in new[] { "Afschaling", "Kaderovergang", "Knelpunt", "Melding tot regisseur", "Noodoverdracht" })
            await Expect(page.GetByRole(AriaRole.Cell, new() { Name = flow, Exact = true })).ToBeVisibleAsync();
        await Photo(page, "stromen");

        // There are more than fit on a page.
        await page.GetByPlaceholder("Search").Or(page.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Search") })).First.FillAsync("opschaling");

        await page.GetByRole(AriaRole.Cell, new() { Name = "Opschaling", Exact = true }).ClickAsync();
        await Expect(page.Locator(".activity-label")).Not.ToHaveCountAsync(0);
        var labels = await page.Locator(".activity-label").AllInnerTextsAsync();
        var drawn = (await studio.Vraag("/workflow-definitions/by-definition-id/opschaling"))["root"]!["activities"]!.AsArray().Select(a => (string)a!["name"]!).ToList();
        Assert.Equal(drawn.Order(), labels.Order());
        await Expect(page.Locator("#werkblad").GetByText("Wacht te lang melden").Last).ToBeVisibleAsync();

        await page.GetByText("RVT in het kernteam").ClickAsync();
        var term = page.Locator(".mud-input-control").Filter(new() { Has = page.Locator("label", new() { HasTextRegex = new("^Termijn$") }) }).Last;
        await Expect(term).ToContainTextAsync("4 uur");
        await Saved(page, async () =>
        {
            await term.Locator(".mud-input-slot").First.ClickAsync();
            await page.Locator(".mud-popover-open").GetByText("(overdracht-acceptatie)").ClickAsync();
        });
        Assert.Equal((2, false), Version(await studio.Vraag("/workflow-definitions/by-definition-id/opschaling")));
        await Photo(page, "termijn");

        await Saved(page, () => page.Locator("button.mud-icon-button.mud-primary-text").First.ClickAsync());
        await Expect(page.GetByText("Workflow published")).ToBeVisibleAsync();
        var published = await studio.Vraag("/workflow-definitions/by-definition-id/opschaling?versionOptions=Published");
        Assert.Equal((2, true), Version(published));
        Assert.Equal("overdracht-acceptatie", (string?)published["root"]!["activities"]!.AsArray().Single(a => (string)a!["id"]! == "kernteam")!["termijn"]!["expression"]!["value"]);
        await Photo(page, "gepubliceerd");

        await page.Locator("button.mud-icon-button.mud-success-text").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "als de regisseur opschaling vraagt" })).ToBeVisibleAsync();
        await Photo(page, "niet-starten");

        await page.ReloadAsync();
        await page.GetByText("RVT in het kernteam").ClickAsync();
        await Saved(page, () => page.Keyboard.PressAsync("Delete"));
        await page.Locator("button.mud-icon-button.mud-primary-text").First.ClickAsync();
        await Expect(page.GetByText("gaat nergens heen").First).ToBeVisibleAsync();
        await Photo(page, "afgekeurd");
        Assert.Equal((2, true), Version(await studio.Vraag("/workflow-definitions/by-definition-id/opschaling?versionOptions=Published")));
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task A_supervisor_sees_where_a_flow_is_and_how_it_came_there_and_can_change_nothing()
    {
        await studio.Melding();
        var (page, faults) = await studio.MeldAan("toezichthouder");
        await page.GetByRole(AriaRole.Link, new() { Name = "Lopend" }).ClickAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "Melding tot regisseur" }).First.ClickAsync();
        await Expect(page.Locator(".activity-label").GetByText("Eerste contact met het gezin")).ToBeVisibleAsync();
        await Expect(page.GetByText("Casus openen").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Completed").First).ToBeVisibleAsync();
        await Photo(page, "lopend");

        await page.GotoAsync($"{studio.Adres}/studio/stromen/overdracht");
        await Expect(page.GetByText("read-only mode")).ToBeVisibleAsync();
        await Photo(page, "meekijken");
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task A_designer_draws_a_step_into_a_flow_and_a_casus_that_begins_runs_on_it_and_is_seen_as_it_goes()
    {
        var (page, faults) = await studio.MeldAan("ontwerper");
        await page.GotoAsync($"{studio.Adres}/studio/stromen/melding-tot-regisseur");
        await Expect(page.Locator(".activity-label")).Not.ToHaveCountAsync(0);

        // The whole drawing in sight.
        await page.Locator(".mud-toolbar button.mud-icon-button").First.ClickAsync();

        // Added beside the last step, and moved.
        await page.GetByPlaceholder("Search").FillAsync("Wacht te lang");
        await page.Locator(".mud-expand-panel-header").Filter(new() { HasText = "Casus" }).ClickAsync();
        var canvas = page.Locator(".x6-graph").First;
        var (there, beside) = ((await canvas.BoundingBoxAsync())!, (await page.Locator(".x6-node[data-cell-id='beoordelen-te-laat']").BoundingBoxAsync())!);
        await Photo(page, "in-beeld");
        await Saved(page, () => page.Locator("[draggable=true]").Filter(new() { HasText = "Wacht te lang melden" })
            .DragToAsync(canvas, new() { TargetPosition = new() { X = beside.X + (2 * beside.Width) - there.X, Y = beside.Y - there.Y } }));
        var added = await Added();
        var before = Position(await Drawn(added));
        await Saved(page, () => Drag(page, $".x6-node[data-cell-id='{added}'] .activity-label", (0, 20)));
        Assert.NotEqual(before, Position(await Drawn(added)));
        await Photo(page, "toegevoegd");

        // The line from what happens when it takes too long is taken away, and the publication is refused with what that would do to a family.
        await canvas.ClickAsync(new() { Position = new() { X = 5, Y = 5 } });
        var line = await page.Locator(".x6-edge[data-cell-id]").Last.EvaluateAsync<float[]>("e => { const p = e.querySelector('path'), at = p.getPointAtLength(p.getTotalLength() * 0.6), m = p.getScreenCTM(); return [at.x * m.a + m.e, at.y * m.d + m.f]; }");
        await page.Mouse.ClickAsync(line[0], line[1]);
        await Saved(page, () => page.Keyboard.PressAsync("Delete"));
        await page.Locator("button.mud-icon-button.mud-primary-text").First.ClickAsync();
        await Expect(page.GetByText("gaat nergens heen").First).ToBeVisibleAsync();
        await Photo(page, "zonder-lijn");

        // Connected: over the new step, and back.
        await canvas.ClickAsync(new() { Position = new() { X = 5, Y = 5 } });
        await Saved(page, () => Drag(page, Out("beoordelen-te-laat"), In(added)));
        await Saved(page, () => Drag(page, Out(added), In("beoordelen")));
        var lines = (await studio.Vraag("/workflow-definitions/by-definition-id/melding-tot-regisseur"))["root"]!["connections"]!.AsArray().Select(c => ((string)c!["source"]!["activity"]!, (string)c["target"]!["activity"]!)).ToList();
        Assert.Contains(("beoordelen-te-laat", added), lines);
        Assert.Contains((added, "beoordelen"), lines);
        Assert.DoesNotContain(("beoordelen-te-laat", "beoordelen"), lines);
        await Saved(page, () => page.Locator("button.mud-icon-button.mud-primary-text").First.ClickAsync());
        await Expect(page.GetByText("Workflow published")).ToBeVisibleAsync();
        await Photo(page, "getekend");

        // A casus begins on it, and the page of its flow follows without being asked.
        var (melding, instance) = await studio.Begint("melding-tot-regisseur");
        Assert.Equal(2, (int)(await studio.Vraag($"/workflow-instances/{instance}"))["version"]!);
        await page.GotoAsync($"{studio.Adres}/studio/lopend/{instance}");
        await Expect(page.Locator(".activity-label").GetByText("Eerste contact met het gezin")).ToBeVisibleAsync();
        var state = page.Locator("tr").Filter(new() { Has = page.GetByText("Sub status", new() { Exact = true }) });
        await Expect(state).ToContainTextAsync("Suspended");
        await Photo(page, "loopt");
        await studio.RondtAf(melding, "Contact gehad");
        await Expect(state).ToContainTextAsync("Finished");
        await Expect(page.GetByText("Klaar", new() { Exact = true }).First).ToBeVisibleAsync();
        await Photo(page, "loopt-af");
        Assert.Empty(faults);

        async Task<string> Added() => (await page.Locator(".x6-node[data-cell-id]").EvaluateAllAsync<string[]>("e => e.map(n => n.getAttribute('data-cell-id'))"))[^1];

        async Task<JsonNode> Drawn(string id) => (await studio.Vraag("/workflow-definitions/by-definition-id/melding-tot-regisseur"))["root"]!["activities"]!.AsArray().Single(a => (string)a!["id"]! == id)!;

        static (double, double) Position(JsonNode activity) => ((double)activity["metadata"]!["designer"]!["position"]!["x"]!, (double)activity["metadata"]!["designer"]!["position"]!["y"]!);

        static string Out(string id) => $".x6-node[data-cell-id='{id}'] .x6-port-out .x6-port-body";

        static string In(string id) => $".x6-node[data-cell-id='{id}'] .x6-port-in .x6-port-body";
    }

    private static async Task Drag(IPage page, string from, string to)
    {
        var target = (await page.Locator(to).BoundingBoxAsync())!;
        var begin = (await page.Locator(from).BoundingBoxAsync())!;
        await Drag(page, from, (target.X + target.Width / 2 - begin.X - begin.Width / 2, target.Y + target.Height / 2 - begin.Y - begin.Height / 2));
    }

    private static async Task Drag(IPage page, string from, (float X, float Y) by)
    {
        var begin = (await page.Locator(from).BoundingBoxAsync())!;
        var (x, y) = (begin.X + begin.Width / 2, begin.Y + begin.Height / 2);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + by.X, y + by.Y, new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }

    private static (int Version, bool IsPublished) Version(JsonObject model) => ((int)model["version"]!, (bool)model["isPublished"]!);

    /// <summary>Until Studio has sent what was done and has the answer.</summary>
    private static Task<IResponse> Saved(IPage page, Func<Task> act) => page.RunAndWaitForResponseAsync(act, answer => answer.Request.Method == "POST" && answer.Url.EndsWith("/elsa/api/workflow-definitions", StringComparison.Ordinal) && answer.Status == 200);

    private static Task<byte[]> Photo(IPage page, string name) => page.ScreenshotAsync(new() { Path = StudioPagina.Foto(name) });
}
