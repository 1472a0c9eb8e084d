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
        foreach (var flow in new[] { "Afschaling", "Kaderovergang", "Knelpunt", "Melding tot regisseur", "Opschaling", "Vervanging van de regisseur", "Warme overdracht van de regie" })
            await Expect(page.GetByRole(AriaRole.Cell, new() { Name = flow, Exact = true })).ToBeVisibleAsync();
        await Photo(page, "stromen");

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

    private static (int Version, bool IsPublished) Version(JsonObject model) => ((int)model["version"]!, (bool)model["isPublished"]!);

    /// <summary>Until Studio has sent what was done and has the answer.</summary>
    private static Task<IResponse> Saved(IPage page, Func<Task> act) => page.RunAndWaitForResponseAsync(act, answer => answer.Request.Method == "POST" && answer.Url.EndsWith("/elsa/api/workflow-definitions", StringComparison.Ordinal) && answer.Status == 200);

    private static Task<byte[]> Photo(IPage page, string name) => page.ScreenshotAsync(new() { Path = StudioPagina.Foto(name) });
}
