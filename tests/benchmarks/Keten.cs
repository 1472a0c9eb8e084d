using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Host;
using NetwerkRegie.Messaging;
using Npgsql;
using RabbitMQ.Client;

namespace NetwerkRegie.Benchmarks;

/// <summary>
/// How long it takes from a report at the door until a subscriber hears that the regie was given: through the product, and through
/// bare clients that do the same hops. One report at a time; the two take turns in one run.
/// </summary>
internal static class Keten
{
    private const int Blocks = 6;
    private const int WarmUp = 50;

    // What a subscriber hears: the regie was given.
    private const string Kind = "regie.toegekend";

    // What a report sets going after its answer must be over before the other side begins.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static int _reports;

    /// <summary>What one form of the product needed to reach one kind of subscriber, and the floor beside it.</summary>
    public sealed record Outcome(string Form, string To, int Reports, Latency Floor, Latency Product, string Load)
    {
        public double Median => Product.Median / Floor.Median;
        public double P99 => Product.P99 / Floor.P99;
    }

    /// <summary>What a process of the split form holds of the memory of the computer, in MB.</summary>
    public sealed record Memory(string Process, long AtRest, long AfterLoad);

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
    public static async Task<IReadOnlyList<Outcome>> MeasureTogetherAsync(Servers servers, int reports)
    {
        var name = $"keten_{Environment.ProcessId}";
        var key = Path.Combine(Path.GetTempPath(), $"{name}.pem");
        await using (var app = HostApplication.Build([$"--Database={servers.Postgres};Database={name}", $"--Bus={servers.RabbitMq}", "--Regio=demonstratie", $"--DemoSleutel={key}", $"--Afleversleutel={key}.aflever", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]))
        {
            await app.StartAsync();
            var outcomes = await MeasureAsync("one process", AddressOf(app), AddressOf(app), servers, reports);
            await app.StopAsync();
            File.Delete(key);
            File.Delete($"{key}.aflever");
            NpgsqlConnection.ClearAllPools();
            foreach (var service in HostApplication.All)
                await servers.DropAsync($"{name}_{service.Name}");
            return outcomes;
        }
    }

    /// <summary>A process per service, as deploy/gesplitst starts them, with servers of their own.</summary>
    public static async Task<(IReadOnlyList<Outcome> Outcomes, IReadOnlyList<Memory> Memory)> MeasureSplitAsync(int reports)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"netwerkregie-gesplitst-{Environment.ProcessId}")).FullName;
        Environment.SetEnvironmentVariable("HOST_DLL", typeof(HostApplication).Assembly.Location);
        try
        {
            await Servers.ScriptAsync("gesplitst", "start", folder, "--Logging:LogLevel:Default=Warning");
            var addresses = Servers.Read(Path.Combine(folder, "adressen.env"));
            await Task.Delay(Rest);
            var atRest = addresses.Keys.ToDictionary(name => name, Resident);
            var outcomes = await MeasureAsync("a process per service", new Uri(addresses["INTAKE"]), new Uri(addresses["REGIE"]), Servers.In(folder), reports);
            return (outcomes, [.. addresses.Keys.Select(name => new Memory(name.ToLowerInvariant(), atRest[name], Resident(name)))]);
        }
        finally
        {
            await Servers.ScriptAsync("gesplitst", "stop", folder);
            Directory.Delete(folder, recursive: true);
        }

        long Resident(string process) => Processes.Resident(int.Parse(File.ReadAllText(Path.Combine(folder, $"{process.ToLowerInvariant()}.pid")), CultureInfo.InvariantCulture));
    }

    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static async Task<IReadOnlyList<Outcome>> MeasureAsync(string form, Uri intake, Uri regie, Servers servers, int reports)
    {
        var load = Report.Load;
        await using var floor = await FloorKeten.StartAsync(servers);
        await using var connection = await new ConnectionFactory { Uri = servers.RabbitMq }.CreateConnectionAsync();
        using var product = new HttpClient { BaseAddress = intake };
        using var bare = new HttpClient { BaseAddress = floor.Address };
        product.DefaultRequestHeaders.Authorization = await TokenAsync(product, "melder");

        Side floorSide = new(bare,
            await Subscriber.OnStreamAsync(new Uri(floor.Address, "/v1/gebeurtenissen/stroom"), null),
            await Subscriber.OnExchangeAsync(connection, FloorKeten.LastExchange, ExchangeType.Fanout, ""));
        Side productSide = new(product,
            await Subscriber.OnStreamAsync(new Uri(regie, $"/v1/gebeurtenissen/stroom?type={Kind}"), await TokenAsync(product, "dienst")),
            await Subscriber.OnExchangeAsync(connection, EventExchange.Name, ExchangeType.Topic, $"partnersysteem.{Kind}.*"));
        var example = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Servers.Repository, "docs", "voorbeelden", "hulpvraag.json")))!;
        foreach (var side in new[] { floorSide, productSide })
            await BlockAsync(side, example, WarmUp);

        List<(double Stream, double Exchange)> floorTimes = [], productTimes = [];
        for (var block = 0; block < Blocks; block++)
        {
            floorTimes.AddRange(await BlockAsync(floorSide, example, reports / Blocks));
            productTimes.AddRange(await BlockAsync(productSide, example, reports / Blocks));
        }

        foreach (var subscriber in new[] { floorSide.Stream, floorSide.Exchange, productSide.Stream, productSide.Exchange })
            await subscriber.DisposeAsync();
        return
        [
            new(form, "server-sent events", productTimes.Count, Latency.Of([.. floorTimes.Select(t => t.Stream)]), Latency.Of([.. productTimes.Select(t => t.Stream)]), load),
            new(form, "AMQP topic", productTimes.Count, Latency.Of([.. floorTimes.Select(t => t.Exchange)]), Latency.Of([.. productTimes.Select(t => t.Exchange)]), load),
        ];
    }

    private static async Task<List<(double Stream, double Exchange)>> BlockAsync(Side side, JsonNode example, int reports)
    {
        await Task.Delay(Pause);
        List<(double Stream, double Exchange)> times = [];
        for (var i = 0; i < reports; i++)
        {
            // A family without a casus each time: each report opens one.
            var number = ++_reports;
            var report = example.DeepClone();
            report["meldingId"] = $"PRESTATIE-{number}";
            report["betreft"]!["gezinRef"] = $"GZN-{number}";
            using var body = JsonContent.Create(report);
            var (stream, exchange) = (side.Stream.NextAsync(), side.Exchange.NextAsync());
            var begin = Stopwatch.GetTimestamp();
            using var response = await side.Http.PostAsync(new Uri("/v1/meldingen", UriKind.Relative), body);
            response.EnsureSuccessStatusCode();
            times.Add((Stopwatch.GetElapsedTime(begin, await stream.WaitAsync(Patience)).TotalMilliseconds, Stopwatch.GetElapsedTime(begin, await exchange.WaitAsync(Patience)).TotalMilliseconds));
        }

        return times;
    }

    private static async Task<AuthenticationHeaderValue> TokenAsync(HttpClient http, string rol)
    {
        using var response = await http.PostAsJsonAsync(new Uri("/demo/tokens", UriKind.Relative), new { rol });
        return new("Bearer", (await response.Content.ReadFromJsonAsync<JsonNode>())!["token"]!.GetValue<string>());
    }

    /// <summary>Where reports go, and who hears of them.</summary>
    private sealed record Side(HttpClient Http, Subscriber Stream, Subscriber Exchange);
}
