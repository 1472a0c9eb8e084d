using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Host;
using NetwerkRegie.Regie;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>Two replicas of the regie service on one database.</summary>
public abstract class RegieReplicas(bool postgres) : IAsyncLifetime
{
    private readonly List<WebApplication> _replicas = [];
    private readonly List<HttpClient> _https = [];

    private Place Place { get; } = new(postgres, rabbitMq: false);

    protected IReadOnlyList<WebApplication> Replicas => _replicas;

    /// <summary>One for each replica.</summary>
    protected IReadOnlyList<HttpClient> Https => _https;

    public virtual async Task InitializeAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var replica = HostApplication.Build(
                ["--urls=http://127.0.0.1:0", "--services=regie", $"--Database={Place.Database}", "--Regio=demonstratie", $"--DemoSleutel={Path.Combine(Place.Folder, "sleutel.pem")}", "--Logging:LogLevel:Default=Error"]);
            await replica.StartAsync();
            _replicas.Add(replica);
            _https.Add(new HttpClient { BaseAddress = new Uri(replica.Urls.First()) });
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var http in _https)
            http.Dispose();
        foreach (var replica in _replicas)
        {
            await replica.StopAsync();
            await replica.DisposeAsync();
        }

        await Place.DisposeAsync();
    }

    /// <summary>Good for every replica.</summary>
    protected async Task<string> Token(string rol, string? naam = null)
    {
        using var antwoord = await _https[0].PostAsJsonAsync("/demo/tokens", new { rol, naam });
        return (string)(await antwoord.Content.ReadFromJsonAsync<JsonObject>())!["token"]!;
    }

    /// <summary>Each replica hears its part of the messages, as it would on one queue.</summary>
    protected IBus Bus(int i) => _replicas[i % _replicas.Count].Services.GetRequiredService<IBus>();

    private protected async Task<T> In<T>(Func<RegieDbContext, Task<T>> vraag, int replica = 0)
    {
        await using var scope = _replicas[replica % _replicas.Count].Services.CreateAsyncScope();
        return await vraag(scope.ServiceProvider.GetRequiredService<RegieDbContext>());
    }
}
