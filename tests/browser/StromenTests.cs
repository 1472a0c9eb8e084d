using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;
using static NetwerkRegie.Browser.Tests.Lezer;

namespace NetwerkRegie.Browser.Tests;

/// <summary>The pages on which a flow is read and changed without drawing, as their readers use them.</summary>
public sealed class StromenTests(StudioPagina site) : IClassFixture<StudioPagina>
{
    [BrowserFact]
    public async Task A_designer_changes_a_term_by_keyboard_and_publishes_and_a_term_that_is_none_is_refused()
    {
        var (page, faults) = await site.MeldAan("ontwerper");
        await Opens(page, "/stromen", "Stromen");
        await Follows(page, "Opschaling");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Consult vragen" })).ToBeVisibleAsync();
        await Seen(page, "stroom");

        await Follows(page, "Wijzig Consult vragen");
        await Seen(page, "stap");
        await Changes(page, "Termijn", "ooit een keer");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De wijziging bij 'Consult vragen' is bewaard");
        await Presses(page, "Publiceer versie 2");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("staat de termijn 'ooit een keer'");
        await Seen(page, "niet-gepubliceerd");

        await Follows(page, "Wijzig Consult vragen");
        await Changes(page, "Termijn", "3 werkdagen");
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Bij 'Consult vragen' was Termijn rvt-reactie" })).ToContainTextAsync("en nu 3 werkdagen");
        await Seen(page, "ontwerp");
        await Presses(page, "Publiceer versie 2");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Versie 2 is gepubliceerd");
        Assert.Equal(2, (int)(await site.Vraag("/workflow-definitions/by-definition-id/opschaling?versionOptions=Published"))["version"]!);

        await Follows(page, "Vergelijk twee versies");
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "en nu 3 werkdagen" })).ToBeVisibleAsync();
        await Seen(page, "verschillen");
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task A_supervisor_reads_and_is_offered_no_change()
    {
        var (page, faults) = await site.MeldAan("toezichthouder");
        await Opens(page, "/stromen/overdracht", "Warme overdracht van de regie");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Wijzig" })).ToHaveCountAsync(0);
        await Seen(page, "lezen");
        await Opens(page, "/stromen/bestaat-niet", "Niet gevonden");
        await Seen(page, "niet-gevonden");
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task Whoever_is_not_signed_in_comes_back_to_the_page_that_was_asked_for()
    {
        var (page, _) = await site.MeldAan("toezichthouder");
        await page.Context.ClearCookiesAsync();
        await Opens(page, "/stromen/vervanging?versie=1", "Aanmelden");
        await Seen(page, "aanmelden");
        await Presses(page, "toezichthouder");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Vervanging van de regisseur");
        Assert.EndsWith("/stromen/vervanging?versie=1", page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_designer_plays_a_story_on_a_draft_and_sees_where_it_goes_otherwise_than_what_is_published()
    {
        var (page, faults) = await site.MeldAan("ontwerper");
        await Opens(page, "/stromen/afschaling", "Afschaling");
        await Follows(page, "Wijzig Terugkomweg vertellen");
        await Changes(page, "Termijn", "3 weken");
        await Follows(page, "Proefdraaien");
        await Seen(page, "proefdraaien");

        await Tells(page, "Verhaal: zomaar iets\nEr was eens een gezin\nAls alles goed komt");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Regel 2");
        await Seen(page, "verhaal-onleesbaar");

        await Tells(page, await File.ReadAllTextAsync(StudioPagina.Verhaal("afschaling/van-duo-naar-lokaal.txt")));
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Het eerste verschil");
        await Expect(page.GetByText("Hier verschillen de versies.").First).ToBeVisibleAsync();
        await Seen(page, "verhaal-gespeeld");

        await Presses(page, "Speel het verleden na");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Er is nog niets gebeurd");
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task A_designer_sees_what_moving_a_casus_to_another_version_does_and_moves_it_and_takes_it_back()
    {
        var (_, stroom) = await site.Begint("melding-tot-regisseur");
        var (page, faults) = await site.MeldAan("ontwerper");
        await Opens(page, "/stromen/melding-tot-regisseur", "Melding tot regisseur");
        await Follows(page, "Wijzig Eerste contact met het gezin");
        await Changes(page, "Termijn", "2 weken");
        await Presses(page, "Publiceer versie 2");
        await Follows(page, "Lopende stromen overzetten");
        await Expect(page.GetByText("De toegezegde termijn blijft").First).ToBeVisibleAsync();
        await Seen(page, "overzetten");

        await Changes(page, "Reden", "het gezin heeft meer tijd nodig");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 overgezet.");
        Assert.Equal(2, (int)(await site.Vraag($"/workflow-instances/{stroom}"))["version"]!);
        await Seen(page, "overgezet");

        await Changes(page, "Reden", "het was een vergissing");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 teruggezet.");
        Assert.Equal(1, (int)(await site.Vraag($"/workflow-instances/{stroom}"))["version"]!);
        await Follows(page, "Migraties", first: true);
        await Seen(page, "migraties");
        Assert.Empty(faults);
    }

    private static async Task Tells(IPage page, string story)
    {
        await page.GetByLabel("Verhaal").FillAsync(story);
        await Presses(page, "Speel het verhaal");
    }

    private Task Opens(IPage page, string path, string heading) => Lezer.Opens(page, site.Adres + path, heading);
}
