using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using NetwerkRegie.Host;
using NetwerkRegie.Messaging;
using Xunit;

namespace NetwerkRegie.Services.Tests;

/// <summary>One service in the real host, on a SQLite file of its own, with a clock that stands still until a test moves it.</summary>
public abstract class Proefopstelling<TDb>(string services) : IAsyncLifetime
    where TDb : ServiceDbContext
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 10, 15, 0, TimeSpan.FromHours(1));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netwerkregie-");
    private readonly ConcurrentQueue<object> _uitgezonden = new();
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public DateTimeOffset Nu { get; private set; } = Begin;

    public async Task InitializeAsync()
    {
        _app = HostApplication.Build(
            ["--urls=http://127.0.0.1:0", $"--services={services}", $"--Database={_folder.FullName}", $"--DemoSleutel={Path.Combine(_folder.FullName, "sleutel.pem")}", "--Logging:LogLevel:Default=Error", "--proef"]);
        await _app.StartAsync();
        _http = _app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        _http.BaseAddress = new Uri(_app.Urls.First());
        await Klok(Begin);
        await _app.Services.GetRequiredService<IBusControl>().ConnectReceiveEndpoint("proef", Luister).Ready;
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public async Task Klok(DateTimeOffset nu)
    {
        (await _http.PostAsJsonAsync("/proef/klok", new { nu })).EnsureSuccessStatusCode();
        Nu = nu;
    }

    /// <summary>Somebody with a token.</summary>
    public async Task<Persoon> Als(string rol, string? naam = null, string? organisatie = null)
    {
        var answer = await _http.PostAsJsonAsync("/proef/tokens", new { rol, naam, organisatie });
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        return new Persoon(_http, token, Guid.Parse(new JsonWebToken(token).Subject));
    }

    /// <summary>Puts a message on the bus and returns when the service has handled it, or has put it aside for a person.</summary>
    public async Task Bericht(object message, Guid? id = null)
    {
        var messageId = id ?? Guid.CreateVersion7();
        // Counted as the outbox would: a clock that is moved waits until all that was sent has been handled.
        var traffic = _app.Services.GetRequiredService<BusTraffic>();
        traffic.Sent(traffic.Listeners(message.GetType()));
        await _app.Services.GetRequiredService<IBus>().Publish(message, message.GetType(), context => context.MessageId = messageId);
        await Uiteindelijk(async () =>
            await Database(async db => await db.Inbox.AnyAsync(m => m.BerichtId == messageId) || await db.OnverwerkbareBerichten.AnyAsync(m => m.Id == messageId)) ? this : null);
    }

    /// <summary>The messages of this type that the service has sent, as soon as there are enough and nothing is left to send.</summary>
    public Task<IReadOnlyList<T>> Uitgezonden<T>(Func<T, bool> welke, int aantal) => Uiteindelijk<IReadOnlyList<T>>(async () =>
    {
        var leeg = !await Database(db => db.Outbox.AnyAsync());
        var gevonden = _uitgezonden.OfType<T>().Where(welke).ToList();
        return leeg && gevonden.Count >= aantal ? gevonden : null;
    });

    public async Task<TResult> Database<TResult>(Func<TDb, Task<TResult>> vraag)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await vraag(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    /// <summary>What the service sends to others; the test listens as another service would.</summary>
    protected abstract void Luister(IReceiveEndpointConfigurator endpoint);

    protected void Hoor<T>(IReceiveEndpointConfigurator endpoint)
        where T : class =>
        endpoint.Handler<T>(context =>
        {
            _uitgezonden.Enqueue(context.Message);
            _app.Services.GetRequiredService<BusTraffic>().Sent(1);
            return Task.CompletedTask;
        });

    private static async Task<T> Uiteindelijk<T>(Func<Task<T?>> zoek)
        where T : class
    {
        using var genoeg = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await zoek() is { } gevonden)
                return gevonden;
            if (genoeg.IsCancellationRequested)
                throw new TimeoutException("Dit gebeurt niet.");
            await Task.Delay(5);
        }
    }
}

/// <summary>Iemand die iets doet over HTTP.</summary>
public sealed class Persoon(HttpClient http, string token, Guid id)
{
    public Guid Id { get; } = id;

    public Task<Antwoord> Get(string pad) => Doe(HttpMethod.Get, pad, null);

    public Task<Antwoord> Post(string pad, object? inhoud = null) => Doe(HttpMethod.Post, pad, inhoud);

    private async Task<Antwoord> Doe(HttpMethod method, string pad, object? inhoud)
    {
        using var request = new HttpRequestMessage(method, pad) { Content = inhoud is null ? null : JsonContent.Create(inhoud) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Antwoord(response.StatusCode, text, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}

public sealed record Antwoord(HttpStatusCode Status, string Tekst, JsonElement Json)
{
    /// <summary>Where the input was wrong.</summary>
    public IReadOnlyList<string> Fouten => [.. Json.GetProperty("fouten").EnumerateArray().Select(f => f.GetProperty("plaats").GetString()!)];

    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("items").EnumerateArray()];

    public JsonElement this[string naam] => Json.GetProperty(naam);

    public Antwoord Is(HttpStatusCode verwacht)
    {
        Assert.True(Status == verwacht, $"{(int)Status} in plaats van {(int)verwacht}: {Tekst}");
        return this;
    }
}
