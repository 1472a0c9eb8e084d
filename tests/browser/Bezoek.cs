using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace NetwerkRegie.Browser.Tests;

/// <summary>Going through our pages as somebody does who has no mouse.</summary>
internal static class Bezoek
{
    public static async Task Opens(IPage page, string address, string heading)
    {
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
    }

    /// <param name="first">There are more, and any will do.</param>
    /// <param name="moves">To another page, and not to a place on this one.</param>
    public static Task Follows(IPage page, string link, bool first = false, bool moves = true) =>
        ByKeyboard(page, page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }) is var links && first ? links.First : links, moves);

    public static Task Presses(IPage page, string button) => ByKeyboard(page, page.GetByRole(AriaRole.Button, new() { Name = button }));

    public static async Task Changes(IPage page, string field, string text)
    {
        await Types(page, field, text);
        await Moves(page, () => page.Keyboard.PressAsync("Enter"));
    }

    public static async Task Types(IPage page, string field, string text)
    {
        await page.GetByLabel(field, new() { Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>From the top of the page with Tab until it has the focus, and then Enter.</summary>
    public static async Task ByKeyboard(IPage page, ILocator target, bool moves = true)
    {
        await Reaches(page, target);
        if (moves)
            await Moves(page, () => page.Keyboard.PressAsync("Enter"));
        else
            await page.Keyboard.PressAsync("Enter");
    }

    private static async Task Reaches(IPage page, ILocator target)
    {
        await Expect(target).ToHaveCountAsync(1);
        for (var presses = 0; !await target.EvaluateAsync<bool>("e => e === document.activeElement"); presses++)
        {
            Assert.True(presses < 200, "The keyboard does not get there.");
            await page.Keyboard.PressAsync("Tab");
        }
    }

    /// <summary>One of a few, with the arrows; the keyboard enters the group where it begins or was left.</summary>
    public static async Task Chooses(IPage page, string group, string choice)
    {
        var target = page.GetByRole(AriaRole.Group, new() { Name = group }).GetByRole(AriaRole.Radio, new() { Name = choice, Exact = true });
        await Reaches(page, page.GetByRole(AriaRole.Group, new() { Name = group }).GetByRole(AriaRole.Radio).Locator("nth=0"));
        await page.Keyboard.PressAsync("Space");
        for (var presses = 0; !await target.IsCheckedAsync(); presses++)
        {
            Assert.True(presses < 50, "The arrows do not get there.");
            await page.Keyboard.PressAsync("ArrowDown");
        }
    }

    /// <summary>Until there is another page.</summary>
    private static async Task Moves(IPage page, Func<Task> act)
    {
        await page.EvaluateAsync("() => document.documentElement.dataset.before = ''");
        await act();
        await Expect(page.Locator("html[data-before]")).ToHaveCountAsync(0);
        // Asked of the page itself: Playwright's own wait for "load" misses the event that comes just before it begins to listen.
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }

    /// <summary>Nothing against WCAG 2.2 AA, wide and narrow, and nothing to scroll sideways for; with a picture of both.</summary>
    public static async Task Seen(IPage page, string name)
    {
        foreach (var width in new[] { 1280, 320 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.ScreenshotAsync(new() { Path = StudioPagina.Foto($"{name}-{width}"), FullPage = true });
            await page.EvaluateAsync(await File.ReadAllTextAsync(StudioPagina.Axe));
            var findings = await page.EvaluateAsync<string[]>("async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' | ')}`)");
            Assert.True(findings.Length == 0, $"{name} at {width}: {string.Join("\n", findings)}");
            Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }

        await page.SetViewportSizeAsync(1280, 900);
    }
}
