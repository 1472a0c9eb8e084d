using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;
using Xunit;
using static Microsoft.Playwright.Assertions;
using static NetwerkRegie.Browser.Tests.Bezoek;

namespace NetwerkRegie.Browser.Tests;

/// <summary>A supervisor finds what is stuck, understands why, and repairs it after a look, with a keyboard.</summary>
public sealed class BewakingTests(StudioPagina site) : IClassFixture<StudioPagina>
{
    [BrowserFact]
    public async Task A_supervisor_finds_a_task_of_somebody_who_left_and_gives_it_to_another()
    {
        var (casus, stroom) = await site.Begint("melding-tot-regisseur");
        await WachtOpTaak(stroom);
        await Vertrekt(Guid.Parse(stroom));
        var (page, faults) = await site.MeldAan("toezichthouder");
        await Opens(page, "/bewaking", "Toezicht");
        await Expect(page.GetByText("Die werkt hier niet meer").First).ToBeVisibleAsync();
        await Seen(page, "toezicht");

        await Follows(page, $"Melding tot regisseur van casus {casus}");
        await Expect(page.GetByText("Geblokkeerd.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Eerste contact met het gezin: staat hier")).ToBeVisibleAsync();
        await Seen(page, "toezicht-stroom");
        await PressesIn(page, "aan een ander geven");
        await Expect(page.GetByText("Er is nog niets veranderd.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Definition).Filter(new() { HasText = "Blijft bij" })).ToBeVisibleAsync();
        await Seen(page, "toezicht-voorbeeld");

        await Changes(page, "Reden", "zij werkt hier niet meer");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("hersteld zoals het voorbeeld liet zien");
        await Expect(page.GetByText("Reden: zij werkt hier niet meer")).ToBeVisibleAsync();
        await Seen(page, "toezicht-hersteld");
        Assert.Equal("WACHT", await site.InRegie((db, _) => db.Stromen.Where(s => s.Id == Guid.Parse(stroom)).Select(s => s.Stand).SingleAsync()));
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task A_supervisor_offers_a_message_again_that_nobody_could_handle_and_reads_how_regie_is_doing()
    {
        var (casus, stroom) = await site.Begint("melding-tot-regisseur");
        await WachtOpTaak(stroom);
        var bericht = Guid.CreateVersion7();
        await site.InRegie(async (db, _) =>
        {
            var (nu, type) = (TimeProvider.System.GetUtcNow(), typeof(WachtTeLang).FullName!);
            db.OnverwerkbareBerichten.Add(new UndeliverableMessage { Id = bericht, Wachtrij = "regie-gebeurtenissen", Type = type, Reden = "TimeoutException: te druk", Inhoud = $"{{\"message\":{{\"casusId\":\"{casus}\",\"stroomId\":\"{stroom}\",\"wachtpunt\":\"x\"}}}}", Op = nu });
            db.Publish(new BerichtVastgelopen("regie-gebeurtenissen", bericht, type, "TimeoutException: te druk", casus, Guid.Parse(stroom), nu), bericht, nu);
            return await db.SaveChangesAsync();
        });
        var (page, faults) = await site.MeldAan("toezichthouder");
        await Opens(page, "/bewaking", "Toezicht");
        // The page says that something changed; it does not change under the reader's hands.
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Melding tot regisseur van casus {casus}" }).Or(page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link)).First).ToBeVisibleAsync();
        await Opens(page, "/bewaking?toestand=GEBLOKKEERD", "Toezicht");
        await Follows(page, $"Melding tot regisseur van casus {casus}");
        await Follows(page, "Bied het vastgelopen bericht opnieuw aan");
        await Seen(page, "toezicht-berichten");
        await Changes(page, "Reden", "het is weer rustig");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("opnieuw aangeboden");
        for (var i = 0; i < 100 && await site.InRegie((db, _) => db.OnverwerkbareBerichten.AnyAsync(m => m.Id == bericht)); i++)
            await Task.Delay(50);
        Assert.False(await site.InRegie((db, _) => db.OnverwerkbareBerichten.AnyAsync(m => m.Id == bericht)));

        await Opens(page, "/bewaking/regie", "Hoe het met de regie staat");
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
        await Seen(page, "toezicht-regie");
        await Opens(page, "/bewaking?toestand=alle", "Toezicht");
        await Seen(page, "toezicht-alle");
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task A_supervisor_reads_what_a_subscriber_did_not_get_and_lets_it_be_delivered_after_all()
    {
        var antwoord = 422;
        await using var afnemer = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]).Build();
        afnemer.MapMethods("/haak", ["OPTIONS"], (HttpContext http) => http.Response.Headers["WebHook-Allowed-Origin"] = http.Request.Headers["WebHook-Request-Origin"]);
        afnemer.MapPost("/haak", () => Results.StatusCode(antwoord));
        await afnemer.StartAsync();
        using var dienst = await site.Als("dienst");
        using var aangevraagd = await dienst.PostAsJsonAsync("/v1/abonnementen", new { adres = $"{afnemer.Urls.Single()}/haak", na = "0" });
        var abonnement = (Guid)(await aangevraagd.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
        await site.Begint("melding-tot-regisseur");
        await Tot(a => a.Onbezorgd > 0);
        var (page, faults) = await site.MeldAan("toezichthouder");
        await Opens(page, "/bewaking", "Toezicht");
        await Follows(page, "Wat afnemers niet kregen");
        await Expect(page.GetByText("De ontvanger weigerde deze gebeurtenis (422).").First).ToBeVisibleAsync();
        await Seen(page, "toezicht-abonnementen");

        // A subscription that somebody paused is taken up again first.
        using var toezicht = await site.Als("toezichthouder");
        (await toezicht.PostAsJsonAsync($"/v1/abonnementen/{abonnement}/pauzeringen", new { reden = "De afnemer verhuist." })).EnsureSuccessStatusCode();
        await Opens(page, "/bewaking/abonnementen", "Wat afnemers niet kregen");
        await Expect(page.GetByText("De afnemer verhuist. Wat intussen gebeurt blijft bewaard. Laat eerst verder bezorgen")).ToBeVisibleAsync();
        await Seen(page, "toezicht-abonnement-gepauzeerd");
        antwoord = 204;
        await Types(page, "Reden", "de afnemer is verhuisd");
        await Presses(page, "Bezorg verder");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De bezorging gaat verder waar zij ophield.");

        await Changes(page, "Reden", "de afnemer is hersteld");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("wordt nog eens bezorgd");
        await Tot(a => a.Onbezorgd == 0);
        await Opens(page, "/bewaking/abonnementen", "Wat afnemers niet kregen");
        await Expect(page.GetByText("Nergens: alles is bezorgd.")).ToBeVisibleAsync();
        Assert.Empty(faults);

        async Task Tot(Func<AbonnementAntwoord, bool> isZo)
        {
            for (var i = 0; !isZo((await dienst.GetFromJsonAsync<AbonnementAntwoord>($"/v1/abonnementen/{abonnement}"))!); i++)
            {
                Assert.True(i < 600, "The delivery does not get there.");
                await Task.Delay(100);
            }
        }
    }

    [BrowserFact]
    public async Task The_overview_tells_that_something_changed_and_leaves_the_page_as_it_is()
    {
        var (page, faults) = await site.MeldAan("toezichthouder");
        await Opens(page, "/bewaking?toestand=alle", "Toezicht");
        var voor = await page.GetByRole(AriaRole.List, new() { Name = "Stromen" }).CountAsync() == 0 ? "" : await page.GetByRole(AriaRole.List, new() { Name = "Stromen" }).InnerTextAsync();
        await page.GetByLabel("Toestand", new() { Exact = true }).FocusAsync();

        await site.Begint("melding-tot-regisseur");

        await Expect(page.Locator("#wijzigingen")).ToContainTextAsync("Ververs");
        Assert.True(await page.GetByLabel("Toestand", new() { Exact = true }).EvaluateAsync<bool>("e => e === document.activeElement"));
        Assert.Equal(voor, await page.GetByRole(AriaRole.List, new() { Name = "Stromen" }).CountAsync() == 0 ? "" : await page.GetByRole(AriaRole.List, new() { Name = "Stromen" }).InnerTextAsync());
        Assert.Empty(faults);
    }

    private static Task PressesIn(IPage page, string title) =>
        ByKeyboard(page, page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = title }) }).GetByRole(AriaRole.Button, new() { Name = "Bekijk wat er gebeurt" }));

    private Task Opens(IPage page, string path, string heading) => Bezoek.Opens(page, site.Adres + path, heading);

    private async Task WachtOpTaak(string stroom)
    {
        var id = Guid.Parse(stroom);
        for (var i = 0; i < 600 && !await site.InRegie((db, _) => db.Wachtpunten.AnyAsync(w => w.StroomId == id && w.ActiviteitId == "eerste-contact" && w.AfgehandeldOp == null)); i++)
            await Task.Delay(100);
    }

    // The task was of somebody by name, and that person left.
    private Task<bool> Vertrekt(Guid stroom) => site.InRegie(async (db, _) =>
    {
        var weg = Guid.CreateVersion7();
        db.Professionals.Add(new Professional { Id = weg, Naam = "Wies Vertrokken", Rol = "regisseur", Organisatie = "Lokaal team", Volgorde = 99, IsActief = false });
        await db.SaveChangesAsync();
        await db.Wachtpunten.Where(w => w.StroomId == stroom && w.AfgehandeldOp == null).ExecuteUpdateAsync(s => s.SetProperty(w => w.VoorRol, (string?)null).SetProperty(w => w.VoorId, weg));
        await Standen.HerberekenVoorAsync(db, weg, default);
        return true;
    });
}
