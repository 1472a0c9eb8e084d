using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Host;
using NetwerkRegie.Intake;
using NetwerkRegie.Regisseurs;
using Xunit;

namespace NetwerkRegie.Services.Tests.Intake;

/// <summary>Intake alone, for real: HTTP on a free port, SQLite in a folder of its own, the bus in memory.</summary>
public sealed class IntakeProces : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("intake-").FullName;
    private readonly ConcurrentQueue<string> _logboek = [];
    private WebApplication _app = null!;

    /// <summary>What intake has told the others.</summary>
    public ConcurrentQueue<MeldingGerouteerd> Verteld { get; } = [];

    public string Logboek => string.Join('\n', _logboek);

    public async Task InitializeAsync()
    {
        _app = HostApplication.Build(["--urls=http://127.0.0.1:0", "--services=intake", $"--Database={_folder}", "--proef", $"--DemoSleutel={Path.Combine(_folder, "sleutel.pem")}"]);
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new Notulist(_logboek));
        await _app.StartAsync();
        var luisteraar = _app.Services.GetRequiredService<IBusControl>().ConnectReceiveEndpoint("luisteraar", endpoint => endpoint.Handler<MeldingGerouteerd>(context =>
        {
            Verteld.Enqueue(context.Message);
            return Task.CompletedTask;
        }));
        await luisteraar.Ready;
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    public async Task<HttpClient> Als(string rol, string organisatie = "Lokaal team Noord", string? naam = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        var antwoord = await client.PostAsJsonAsync("/proef/tokens", new { rol, naam = naam ?? rol, organisatie });
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await antwoord.Content.ReadFromJsonAsync<JsonObject>())!["token"]!);
        return client;
    }

    public async Task<T> InDatabase<T>(Func<IntakeDbContext, Task<T>> vraag)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await vraag(scope.ServiceProvider.GetRequiredService<IntakeDbContext>());
    }

    public Task<int> AantalMeldingen() => InDatabase(db => db.Meldingen.CountAsync());

    public Task Vertel<T>(T bericht)
        where T : class =>
        _app.Services.GetRequiredService<IBus>().Publish(bericht, context => context.MessageId = Guid.CreateVersion7());

    /// <summary>The subject of the token that this client works with.</summary>
    public static Guid Nummer(HttpClient client) => Guid.Parse(new JsonWebToken(client.DefaultRequestHeaders.Authorization!.Parameter).Subject);

    /// <summary>Intake has heard that this person holds the regie of the casus from now on.</summary>
    public async Task HoudtRegie(HttpClient persoon, Guid casusId)
    {
        var id = Nummer(persoon);
        await Vertel(new Contracts.Regie.RegieOvergedragen(casusId, Guid.CreateVersion7(), Guid.CreateVersion7(), id, TimeProvider.System.GetUtcNow()));
        await Uiteindelijk(() => InDatabase(db => db.Set<Regisseur>().AnyAsync(r => r.CasusId == casusId && r.RegisseurId == id)));
    }

    /// <summary>A casus of which intake knows, because a melding belongs to it; whoever has the role <c>regisseur</c> here holds its regie.</summary>
    public async Task<Guid> Casus()
    {
        var casusId = Guid.CreateVersion7();
        var melding = await Antwoord(await (await Als("melder")).PostAsync("/v1/meldingen", Voorbeeld.Regel(0).Nieuw().AlsInhoud()));
        await Vertel(new Contracts.Regie.CasusGeopend(casusId, (Guid)melding["id"]!, "GZN-1001", ["K1", "K2"], 1));
        await Uiteindelijk(() => InDatabase(db => db.Meldingen.AnyAsync(m => m.CasusId == casusId)));
        await HoudtRegie(await Als("regisseur"), casusId);
        return casusId;
    }

    public static async Task Uiteindelijk(Func<Task<bool>> klopt)
    {
        for (var poging = 0; poging < 500; poging++)
        {
            if (await klopt())
                return;
            await Task.Delay(10);
        }

        Assert.Fail("Na vijf seconden klopt het nog niet.");
    }

    public static async Task<JsonObject> Antwoord(HttpResponseMessage antwoord) => (await antwoord.Content.ReadFromJsonAsync<JsonObject>())!;

    private sealed class Notulist(ConcurrentQueue<string> logboek) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logboek.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>The fourteen lines of <c>meldingen.jsonl</c>, and small changes to them.</summary>
internal static class Voorbeeld
{
    public static readonly IReadOnlyList<string> Regels = Lees("meldingen.jsonl");
    public static readonly IReadOnlyList<JsonObject> Verwacht = [.. Lees("meldingen.verwacht.jsonl").Select(regel => JsonNode.Parse(regel)!.AsObject())];

    private static int _volgnummer;

    public static JsonObject Regel(int index) => JsonNode.Parse(Regels[index])!.AsObject();

    public static JsonObject VanType(string type) => Regels.Take(11).Select(regel => JsonNode.Parse(regel)!.AsObject()).First(melding => (string)melding["type"]! == type);

    /// <summary>The same report under a number that was never used.</summary>
    public static JsonObject Nieuw(this JsonObject melding) => melding.Met("meldingId", $"NIEUW-{Interlocked.Increment(ref _volgnummer)}");

    public static JsonObject Met(this JsonObject melding, string veld, JsonNode? waarde)
    {
        melding[veld] = waarde;
        return melding;
    }

    public static HttpContent AlsInhoud(this JsonNode melding) => AlsInhoud(Encoding.UTF8.GetBytes(melding.ToJsonString()));

    public static HttpContent AlsInhoud(byte[] inhoud) => new ByteArrayContent(inhoud) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static string[] Lees(string bestand, [CallerFilePath] string hier = "") =>
        [.. File.ReadAllLines(Path.Combine(Path.GetDirectoryName(hier)!, bestand)).Where(regel => regel.Length > 0)];
}
