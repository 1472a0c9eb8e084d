using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Host;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace NetwerkRegie.Benchmarks;

/// <summary>
/// How long it takes from a report at the door until someone else hears who holds the regie: through the product, and through
/// bare clients that do the same hops. One report at a time; the two take turns in one run.
/// </summary>
internal static class Keten
{
    private const int Blocks = 6;
    private const int WarmUp = 50;

    // What a report sets going after its answer must be over before the other side begins.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static int _reports;

    /// <summary>What one form of the product needed, and the floor beside it.</summary>
    public sealed record Outcome(string Form, int Reports, Latency Floor, Latency Product, string Load)
    {
        public double Ratio => Product.Median / Floor.Median;
    }

    /// <summary>In milliseconds.</summary>
    public sealed record Latency(double Median, double P99, double Highest)
    {
        public static Latency Of(List<double> times)
        {
            times.Sort();
            return new Latency(times[times.Count / 2], times[(int)(times.Count * 0.99)], times[^1]);
        }
    }

    /// <summary>All services in one process: this one.</summary>
    public static async Task<Outcome> MeasureTogetherAsync(Servers servers, int reports)
    {
        var name = $"keten_{Environment.ProcessId}";
        var key = Path.Combine(Path.GetTempPath(), $"{name}.pem");
        await using (var app = HostApplication.Build([$"--Database={servers.Postgres};Database={name}", $"--Bus={servers.RabbitMq}", "--Regio=demonstratie", $"--DemoSleutel={key}", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]))
        {
            await app.StartAsync();
            var outcome = await MeasureAsync("one process", AddressOf(app), servers, reports);
            await app.StopAsync();
            File.Delete(key);
            NpgsqlConnection.ClearAllPools();
            foreach (var service in HostApplication.All)
                await servers.DropAsync($"{name}_{service.Name}");
            return outcome;
        }
    }

    /// <summary>A process per service, as deploy/gesplitst starts them, with servers of their own.</summary>
    public static async Task<Outcome> MeasureSplitAsync(int reports)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"netwerkregie-gesplitst-{Environment.ProcessId}")).FullName;
        Environment.SetEnvironmentVariable("HOST_DLL", typeof(HostApplication).Assembly.Location);
        try
        {
            await Servers.ScriptAsync("gesplitst", "start", folder, "--Logging:LogLevel:Default=Warning");
            return await MeasureAsync("a process per service", new Uri(Servers.Read(Path.Combine(folder, "adressen.env"))["INTAKE"]), Servers.In(folder), reports);
        }
        finally
        {
            await Servers.ScriptAsync("gesplitst", "stop", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static async Task<Outcome> MeasureAsync(string form, Uri intake, Servers servers, int reports)
    {
        var load = Report.Load;
        await using var floor = await FloorKeten.StartAsync(servers);
        await using var connection = await new ConnectionFactory { Uri = servers.RabbitMq }.CreateConnectionAsync();
        // MassTransit's exchange of a message has the name of its type.
        await using var regieToegekend = await Subscriber.ListenAsync(connection, $"{typeof(RegieToegekend).Namespace}:{nameof(RegieToegekend)}");
        await using var floorAnswer = await Subscriber.ListenAsync(connection, FloorKeten.LastExchange);
        using var product = new HttpClient { BaseAddress = intake };
        using var bare = new HttpClient { BaseAddress = floor.Address };
        product.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(product));
        var example = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Servers.Repository, "docs", "voorbeelden", "hulpvraag.json")))!;

        List<double> floorTimes = [], productTimes = [];
        await BlockAsync(bare, floorAnswer, example, WarmUp);
        await BlockAsync(product, regieToegekend, example, WarmUp);
        for (var block = 0; block < Blocks; block++)
        {
            floorTimes.AddRange(await BlockAsync(bare, floorAnswer, example, reports / Blocks));
            productTimes.AddRange(await BlockAsync(product, regieToegekend, example, reports / Blocks));
        }

        return new Outcome(form, productTimes.Count, Latency.Of(floorTimes), Latency.Of(productTimes), load);
    }

    private static async Task<List<double>> BlockAsync(HttpClient http, Subscriber subscriber, JsonNode example, int reports)
    {
        await Task.Delay(Pause);
        var times = new List<double>();
        for (var i = 0; i < reports; i++)
        {
            // A family without a casus each time: each report opens one.
            var number = ++_reports;
            var report = example.DeepClone();
            report["meldingId"] = $"PRESTATIE-{number}";
            report["betreft"]!["gezinRef"] = $"GZN-{number}";
            using var body = JsonContent.Create(report);
            var heard = subscriber.NextAsync();
            var begin = Stopwatch.GetTimestamp();
            using var response = await http.PostAsync(new Uri("/v1/meldingen", UriKind.Relative), body);
            response.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(begin, await heard.WaitAsync(Patience)).TotalMilliseconds);
        }

        return times;
    }

    private static async Task<string> TokenAsync(HttpClient http)
    {
        using var response = await http.PostAsJsonAsync(new Uri("/demo/tokens", UriKind.Relative), new { rol = "melder" });
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!["token"]!.GetValue<string>();
    }
}

/// <summary>Hears what is published on one exchange.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly IChannel _channel;
    private TaskCompletionSource<long> _next = new();

    private Subscriber(IChannel channel) => _channel = channel;

    public static async Task<Subscriber> ListenAsync(IConnection connection, string exchange)
    {
        var channel = await connection.CreateChannelAsync();
        var subscriber = new Subscriber(channel);
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, exchange, "");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, _) =>
        {
            subscriber._next.SetResult(Stopwatch.GetTimestamp());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return subscriber;
    }

    /// <summary>The moment of the next message; asked before it is caused.</summary>
    public Task<long> NextAsync() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
