using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NetwerkRegie.Contracts;
using NetwerkRegie.Host;
using NetwerkRegie.Regie;
using Xunit;

namespace NetwerkRegie.Browser.Tests;

/// <summary>The whole program in this process, and a real browser in front of it.</summary>
public sealed class StudioPagina : IAsyncLifetime
{
    /// <summary>Debian's; a test elsewhere says where its own is.</summary>
    private static readonly string Chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>In milliseconds, for whatever is waited for.</summary>
    private const float Patience = 60_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("studio-").FullName;
    private WebApplication _app = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private int _gezinnen;

    /// <summary>What cannot be here is said once and clearly, not by a time-out.</summary>
    public static string? Ontbreekt =>
        !File.Exists(Chromium) ? "Chromium is er niet; ./test installeert het."
        : !File.Exists(Path.Combine(Here(), "../../services/host/studio/node_modules/@elsa-workflows/elsa-studio-wasm/index.html")) ? "Elsa Studio is niet opgehaald; bouw services/host met npm."
        : !File.Exists(Axe) ? "axe-core is niet opgehaald; ./test doet het."
        : null;

    /// <summary>What holds a page to WCAG.</summary>
    public static string Axe => Path.Combine(Here(), "../node_modules/axe-core/axe.min.js");

    /// <summary>A story that belongs to one of our flows.</summary>
    public static string Verhaal(string naam) => Path.Combine(Here(), "../../workflows/verhalen", naam);

    /// <summary>Pictures of what was seen.</summary>
    public static string Foto(string naam) => Path.Combine(Path.GetTempPath(), "netwerkregie-studio", naam + ".png");

    public string Adres => _app.Urls.Single();

    public async Task InitializeAsync()
    {
        if (Ontbreekt is not null)
            return;
        _app = HostApplication.Build(["--urls=http://127.0.0.1:0", $"--Database={_folder}", "--proef", $"--DemoSleutel={Path.Combine(_folder, "sleutel.pem")}"]);
        await _app.StartAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_app is null)
            return;
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A browser in which somebody has just signed in; it fails when the page breaks a rule of its own.</summary>
    /// <param name="wie">A role that one persona has, or a name.</param>
    internal async Task<(IPage Pagina, List<string> Fouten)> MeldAan(string wie, string naar = "/studio")
    {
        var pagina = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1600, Height = 1000 }, Locale = "nl-NL" });
        pagina.SetDefaultTimeout(Patience);
        var fouten = new List<string>();
        pagina.Console += (_, bericht) =>
        {
            if (bericht.Type == "error" && (bericht.Text.Contains("Content Security Policy", StringComparison.Ordinal) || bericht.Text.Contains("crit:", StringComparison.Ordinal)))
                fouten.Add(bericht.Text);
        };
        await pagina.GotoAsync(Adres + naar);
        await pagina.GetByRole(AriaRole.Button, new() { Name = wie }).ClickAsync();
        return (pagina, fouten);
    }

    internal async Task<JsonObject> Vraag(string pad)
    {
        using var http = await Als("ontwerper");
        return (await http.GetFromJsonAsync<JsonObject>("/elsa/api" + pad))!;
    }

    /// <summary>Somebody reports; a flow begins.</summary>
    internal async Task<Guid> Melding(string? gezin = null)
    {
        using var http = await Als("melder");
        var melding = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Here(), "../../docs/voorbeelden/hulpvraag.json")))!;
        if (gezin is not null)
            (melding["meldingId"], melding["betreft"]!["gezinRef"]) = ($"MLD-{gezin}", gezin);
        using var antwoord = await http.PostAsJsonAsync("/v1/meldingen", melding);
        antwoord.EnsureSuccessStatusCode();
        return (Guid)(await antwoord.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
    }

    /// <summary>A casus of a family that was not known yet.</summary>
    /// <returns>The casus, and the flow that runs on it.</returns>
    internal async Task<(Guid Casus, string Stroom)> Begint(string definitie)
    {
        var melding = await Melding($"GZN-{Interlocked.Increment(ref _gezinnen)}");
        using var http = await Als("melder");
        for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin).TotalMilliseconds < Patience; await Task.Delay(50))
            if ((Guid?)(await http.GetFromJsonAsync<JsonObject>($"/v1/meldingen/{melding}"))!["casusId"] is { } casus
                && (await Vraag($"/workflow-instances?CorrelationId={casus}&DefinitionId={definitie}"))["items"]!.AsArray() is [{ } stroom, ..])
                return (casus, (string)stroom["id"]!);
        throw new TimeoutException($"Not within {Patience} ms: melding {melding} begins '{definitie}'.");
    }

    /// <summary>Something happens in regie that no page does.</summary>
    internal async Task<T> InRegie<T>(Func<RegieDbContext, CasusRunner, Task<T>> doe)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await doe(scope.ServiceProvider.GetRequiredService<RegieDbContext>(), scope.ServiceProvider.GetRequiredService<CasusRunner>());
    }

    /// <summary>A number that the database of another service gives.</summary>
    internal async Task<int> Tel<TDb>(FormattableString vraag)
        where TDb : DbContext
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TDb>().Database.SqlQuery<int>(vraag).SingleAsync();
    }

    /// <summary>Whoever holds the regie of the casus says how its only open task ended.</summary>
    internal async Task RondtAf(Guid casus, string uitkomst)
    {
        using var toezicht = await Als("toezichthouder");
        var regisseur = (string)(await toezicht.GetFromJsonAsync<JsonObject>($"/v1/casussen/{casus}"))!["regisseur"]!["id"]!;
        using var http = await Als("regisseur", regisseur);
        var taken = (await http.GetFromJsonAsync<JsonObject>("/v1/taken"))!["items"]!.AsArray();
        var taak = (string)taken.Single(t => (Guid)t!["casusId"]! == casus)!["id"]!;
        (await http.PostAsJsonAsync($"/v1/taken/{taak}/uitkomst", new { uitkomst })).EnsureSuccessStatusCode();
    }

    /// <summary>Who holds the regie of a casus, by name.</summary>
    internal async Task<string> Regisseur(Guid casus)
    {
        using var toezicht = await Als("toezichthouder");
        return (string)(await toezicht.GetFromJsonAsync<JsonObject>($"/v1/casussen/{casus}"))!["regisseur"]!["naam"]!;
    }

    /// <summary>By the name in the region, so with the persona's own number.</summary>
    internal Task<HttpClient> AlsPersoon(string naam)
    {
        var persoon = _app.Services.GetRequiredService<Regio>().Professionals.Single(p => p.Naam == naam);
        return Als(persoon.Rol, persoon.Id.ToString());
    }

    /// <summary>The clock of the program stands still at this instant.</summary>
    internal async Task Klok(DateTimeOffset nu)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Adres) };
        (await http.PostAsJsonAsync("/proef/klok", new { nu })).EnsureSuccessStatusCode();
    }

    /// <summary>From here on the clock of the program stands still, later than it was by this much; what is underway does not matter.</summary>
    internal async Task Verstrijkt(TimeSpan duur)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Adres) };
        var nu = (await http.GetFromJsonAsync<JsonObject>("/proef/klok"))!["nu"]!.GetValue<DateTimeOffset>();
        (await http.PutAsJsonAsync("/proef/stand", new { nu = nu + duur })).EnsureSuccessStatusCode();
    }

    /// <summary>What listens to these queues stops doing so, or begins again.</summary>
    internal async Task Luistert(Func<string, bool> wachtrij, bool wel)
    {
        var health = _app.Services.GetRequiredService<IBusControl>().CheckHealth();
        foreach (var endpoint in health.Endpoints.Values.Where(e => wachtrij(e.InputAddress.AbsolutePath.Split('/')[^1])))
            if (!wel)
                await endpoint.ReceiveEndpoint.Stop(default);
            else if (endpoint.Status != BusHealthStatus.Healthy)
                await endpoint.ReceiveEndpoint.Start(default).Ready;
    }

    internal async Task<HttpClient> Als(string rol, string? id = null)
    {
        var http = new HttpClient { BaseAddress = new Uri(Adres) };
        var naam = id is null ? null : _app.Services.GetRequiredService<Regio>().Professionals.Single(p => p.Id == Guid.Parse(id)).Naam;
        var token = await (await http.PostAsJsonAsync("/proef/tokens", new { rol, naam })).Content.ReadFromJsonAsync<JsonObject>();
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string)token!["token"]!);
        return http;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

/// <summary>Skipped, with the reason, where there is no browser or no Studio.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = StudioPagina.Ontbreekt;
}
