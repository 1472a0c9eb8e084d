using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;
using Xunit;
using static Microsoft.Playwright.Assertions;
using static NetwerkRegie.Browser.Tests.Bezoek;

namespace NetwerkRegie.Browser.Tests;

/// <summary>
/// A supervisor comes in on Monday. Among many running casussen some stand still, in five ways: a person who left, a term that passed, a
/// message that was lost, one that could not be handled, and a casus that was closed. She finds, understands and repairs every one of them
/// from the pages, with a keyboard; nobody tells her which.
/// </summary>
public sealed class MaandagochtendTests(StudioPagina site) : IClassFixture<StudioPagina>
{
    private const string Taakstroom = "vervanger-ontbreekt";

    // A burst for each of them; whoever has the minutes asks for ten thousand.
    private static readonly int Lopend = int.TryParse(Environment.GetEnvironmentVariable("MAANDAG_CASUSSEN"), out var aantal) ? aantal : 300;

    private static readonly int PerWijze = Lopend < 10_000 ? 2 : 8;

    [BrowserFact]
    public async Task Everything_that_stands_still_is_found_and_repaired_from_the_pages()
    {
        for (var i = 0; i < Lopend; i++)
            await Casus(Taakstroom);
        var vast = new List<Guid>();
        for (var i = 0; i < PerWijze; i++)
            vast.AddRange([await VanWieWegIs(), await TermijnVoorbij(), await BerichtKwijt(), await BerichtOnverwerkbaar(), await CasusDicht()]);
        await Uiteindelijk(async () => (await Vast()).SetEquals(vast), "exactly these stand still");
        var (page, faults) = await site.MeldAan("toezichthouder");

        await Opens(page, "/bewaking/berichten", "Vastgelopen berichten");
        await Changes(page, "Reden", "de storing is voorbij");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync($"{PerWijze} berichten zijn opnieuw aangeboden");

        // What it says on the page is all that she goes by.
        for (var ronde = 0; ronde < vast.Count - PerWijze; ronde++)
        {
            await Opens(page, "/bewaking?toestand=GEBLOKKEERD", "Toezicht");
            if (await page.GetByText("Hier staat nu niets.").CountAsync() > 0)
                await Opens(page, "/bewaking?toestand=WACHT_TE_LANG", "Toezicht");
            var link = page.GetByRole(AriaRole.List, new() { Name = "Stromen", Exact = true }).GetByRole(AriaRole.Link).First;
            await page.GotoAsync(site.Adres + await link.GetAttributeAsync("href"));
            var zin = await page.Locator(".kern").InnerTextAsync();
            var (wat, invullen) = zin switch
            {
                _ when zin.Contains("werkt hier niet meer", StringComparison.Ordinal) => ("aan een ander geven", ""),
                _ when zin.Contains("al afgesloten", StringComparison.Ordinal) => ("Stroom afbreken", ""),
                _ when zin.Contains("de dienst kernteam", StringComparison.Ordinal) => ("opnieuw vragen", ""),
                _ when zin.Contains("had uiterlijk", StringComparison.Ordinal) => ("Meer tijd geven", "2040-01-01T12:00"),
                _ => throw new InvalidOperationException($"She does not know what to do with: {zin}"),
            };
            var keuze = page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = wat }) });
            if (invullen.Length > 0)
                await keuze.GetByLabel("Tot wanneer").FillAsync(invullen);
            await ByKeyboard(page, keuze.GetByRole(AriaRole.Button, new() { Name = "Bekijk wat er gebeurt" }));
            await Expect(page.GetByText("Er is nog niets veranderd.")).ToBeVisibleAsync();
            await Changes(page, "Reden", "maandagochtend");
            await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("hersteld zoals het voorbeeld liet zien");
        }

        await Uiteindelijk(async () => (await Vast()).Count == 0, "nothing stands still any more");
        Assert.Equal(vast.Count - PerWijze, await site.InRegie((db, _) => db.Herstellingen.CountAsync()));
        Assert.Equal(0, await site.InRegie((db, _) => db.OnverwerkbareBerichten.CountAsync()));
        // Each open casus has its one holder, and whoever is waited for has a term and somebody who can help.
        Assert.Equal(0, await site.InRegie((db, _) => db.Casussen.CountAsync(c => c.IsOpen && db.Perioden.Count(p => p.CasusId == c.Id && p.Lijn == Lijnen.Regie && p.IsOpen) != 1)));
        Assert.Equal(0, await site.InRegie((db, _) => db.Wachtpunten.CountAsync(w => w.AfgehandeldOp == null && w.VoorRol != "klok" && (w.VerlooptOp == null || w.Vlottrekker == null))));
        Assert.Empty(faults);
    }

    private Task<HashSet<Guid>> Vast() => site.InRegie(async (db, _) => (await db.Stromen.Where(s => s.Stand == Toestanden.Geblokkeerd || s.Stand == Toestanden.WachtTeLang || s.Stand == Toestanden.Herstel).Select(s => s.Id).ToListAsync()).ToHashSet());

    /// <returns>The flow.</returns>
    private Task<Guid> Casus(string tekening) => site.InRegie(async (db, runner) =>
    {
        var id = Guid.CreateVersion7();
        var houder = await db.Professionals.OrderBy(p => p.Volgorde).FirstAsync(p => p.Rol == "regisseur" && p.TeamId != null);
        return await runner.RunAsync(id, async burst =>
        {
            burst.Geopend(NetwerkRegie.Regie.Casus.Openen(id, Guid.CreateVersion7(), $"GZN-{id}", "Zilverdam", houder.TeamId!, [new("K1", "4-7")], houder.Id, isNoodhouder: false, versieVanStroom: 1, burst.Nu));
            await burst.StartAsync(tekening, []);
            await burst.LoopUitAsync();
            return db.Stromen.Local.Single(s => s.CasusId == id).Id;
        }, default);
    });

    private async Task<Guid> VanWieWegIs()
    {
        var stroom = await Casus(Taakstroom);
        return await site.InRegie(async (db, _) =>
        {
            var weg = Guid.CreateVersion7();
            db.Professionals.Add(new Professional { Id = weg, Naam = "Wies Vertrokken", Rol = "regisseur", Organisatie = "Lokaal team", Volgorde = 99, IsActief = false });
            await db.SaveChangesAsync();
            await Open(db, stroom).ExecuteUpdateAsync(s => s.SetProperty(w => w.VoorRol, (string?)null).SetProperty(w => w.VoorId, weg));
            await Standen.HerberekenVoorAsync(db, weg, default);
            return stroom;
        });
    }

    private async Task<Guid> TermijnVoorbij()
    {
        var stroom = await Casus(Taakstroom);
        var nu = TimeProvider.System.GetUtcNow();
        await site.InRegie((db, _) => Open(db, stroom).ExecuteUpdateAsync(s => s.SetProperty(w => w.VerlooptOp, nu)));
        return stroom;
    }

    // The question and the one after it never reached the service.
    private Task<Guid> BerichtKwijt() => site.InRegie(async (db, runner) =>
    {
        var id = Guid.CreateVersion7();
        await ZonderBerichten(db, () => runner.InBurstAsync(id, async burst =>
        {
            var melding = new Contracts.Intake.MeldingGerouteerd(Guid.CreateVersion7(), "lokaal-team", "regulier", $"GZN-{id}", "Zilverdam", [new("K1", "4-7")], null, burst.Nu);
            await burst.StartAsync("melding-tot-regisseur", new JsonObject { ["melding"] = System.Text.Json.JsonSerializer.SerializeToNode(melding, System.Text.Json.JsonSerializerOptions.Web) });
            return true;
        }, default));
        var stroom = await db.Stromen.Where(s => s.CasusId == id).Select(s => s.Id).SingleAsync();
        db.ChangeTracker.Clear();
        await ZonderBerichten(db, () => runner.InBurstAsync(id, async burst =>
        {
            var wachtpunt = await Open(db, stroom).SingleAsync();
            wachtpunt.VerlooptOp = burst.Nu;
            await burst.VerloopAsync(wachtpunt.Id);
            return true;
        }, default));
        return stroom;
    });

    private async Task<Guid> BerichtOnverwerkbaar()
    {
        var stroom = await Casus(Taakstroom);
        return await site.InRegie(async (db, _) =>
        {
            var (bericht, nu, type) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow(), typeof(WachtTeLang).FullName!);
            var casus = await db.Stromen.Where(s => s.Id == stroom).Select(s => s.CasusId).SingleAsync();
            db.OnverwerkbareBerichten.Add(new UndeliverableMessage { Id = bericht, Wachtrij = "regie-gebeurtenissen", Type = type, Reden = "TimeoutException: te druk", Inhoud = $"{{\"message\":{{\"casusId\":\"{casus}\",\"stroomId\":\"{stroom}\",\"wachtpunt\":\"x\"}}}}", Op = nu });
            db.Publish(new BerichtVastgelopen("regie-gebeurtenissen", bericht, type, "TimeoutException: te druk", casus, stroom, nu), bericht, nu);
            await db.SaveChangesAsync();
            return stroom;
        });
    }

    private async Task<Guid> CasusDicht()
    {
        var stroom = await Casus(Taakstroom);
        return await site.InRegie(async (db, _) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var casus = (await db.Stromen.Where(s => s.Id == stroom).Select(s => s.CasusId).SingleAsync()).ToString().ToUpperInvariant();
            await db.Database.ExecuteSqlAsync($"update perioden set is_open = 0, tot = '2040-01-01 00:00:00.000000Z', einde_vastgelegd_op = '2040-01-01 00:00:00.000000Z' where casus_id = {casus} and is_open");
            await db.Database.ExecuteSqlAsync($"update kinderen set is_open = 0 where casus_id = {casus}");
            await db.Database.ExecuteSqlAsync($"update casussen set is_open = 0, afgesloten_op = '2040-01-01 00:00:00.000000Z' where id = {casus}");
            await Standen.HerberekenAsync(db, db.Stromen.Where(s => s.Id == stroom), default);
            await transaction.CommitAsync();
            return stroom;
        });
    }

    private static async Task ZonderBerichten(RegieDbContext db, Func<Task> doe)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await doe();
        await db.SaveChangesAsync();
        await db.Outbox.Where(m => m.Type == typeof(KernteamSamenstellen).FullName).ExecuteDeleteAsync();
        await transaction.CommitAsync();
    }

    private static IQueryable<Wachtpunt> Open(RegieDbContext db, Guid stroom) => db.Wachtpunten.Where(w => w.StroomId == stroom && w.AfgehandeldOp == null);

    private static async Task Uiteindelijk(Func<Task<bool>> isZo, string wat)
    {
        for (var begin = Stopwatch.GetTimestamp(); !await isZo(); await Task.Delay(200))
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(60), $"Not within a minute: {wat}.");
    }

    private Task Opens(IPage page, string path, string heading) => Bezoek.Opens(page, site.Adres + path, heading);
}
