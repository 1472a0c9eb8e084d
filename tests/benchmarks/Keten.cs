using System.Collections.Concurrent;
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

    // As reports come at a door: what follows from one is over before the next is made.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
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

    /// <summary>A part of the way of a report: its medians, in milliseconds after the report was posted.</summary>
    public sealed record Part(string Name, double Begins, double Takes);

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
    public static async Task<(IReadOnlyList<Outcome> Outcomes, IReadOnlyList<Part> Profile)> MeasureTogetherAsync(Servers servers, int reports)
    {
        var name = $"keten_{Environment.ProcessId}";
        var key = Path.Combine(Path.GetTempPath(), $"{name}.pem");
        await using (var app = HostApplication.Build([$"--Database={servers.Postgres};Database={name}", $"--Bus={servers.RabbitMq}", "--Regio=demonstratie", $"--DemoSleutel={key}", $"--Afleversleutel={key}.aflever", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]))
        {
            await app.StartAsync();
            var outcomes = await MeasureAsync("one process", AddressOf(app), AddressOf(app), servers, reports);
            var profile = await ProfileAsync(AddressOf(app), reports / Blocks);
            await app.StopAsync();
            File.Delete(key);
            File.Delete($"{key}.aflever");
            NpgsqlConnection.ClearAllPools();
            foreach (var service in HostApplication.All)
                await servers.DropAsync($"{name}_{service.Name}");
            return (outcomes, profile);
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

    /// <summary>Follows the trace of each report through this process, after what was measured: being followed costs time too.</summary>
    private static async Task<IReadOnlyList<Part>> ProfileAsync(Uri address, int reports)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Telemetry.Name or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = await TokenAsync(http, "melder");
        await using var stream = await Subscriber.OnStreamAsync(new Uri(address, $"/v1/gebeurtenissen/stroom?type={Kind}"), await TokenAsync(http, "dienst"));
        var side = new Side(http, stream);
        var example = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Servers.Repository, "docs", "voorbeelden", "hulpvraag.json")))!;
        var parts = new List<Part>();
        await Task.Delay(Pause);
        for (var i = 0; i < reports; i++)
        {
            spans.Clear();
            using var root = new Activity("report").Start();
            var heard = await ReportAsync(side, example);
            root.Stop();
            foreach (var span in spans.Where(s => s.TraceId == root.TraceId).OrderBy(s => s.StartTimeUtc))
                parts.Add(new(span.Source.Name == Telemetry.Name ? span.DisplayName : "POST /v1/meldingen", (span.StartTimeUtc - root.StartTimeUtc).TotalMilliseconds, span.Duration.TotalMilliseconds));
            parts.Add(new("heard by the subscriber", heard[0], 0));
        }

        return [.. parts.GroupBy(p => p.Name).Where(g => g.Count() > reports / 2).Select(g => new Part(g.Key, Median(g.Select(p => p.Begins)), Median(g.Select(p => p.Takes)))).OrderBy(p => p.Begins)];

        static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
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

        List<double[]> floorTimes = [], productTimes = [];
        for (var block = 0; block < Blocks; block++)
        {
            floorTimes.AddRange(await BlockAsync(floorSide, example, reports / Blocks));
            productTimes.AddRange(await BlockAsync(productSide, example, reports / Blocks));
        }

        foreach (var subscriber in floorSide.Subscribers.Concat(productSide.Subscribers))
            await subscriber.DisposeAsync();
        return [.. new[] { "server-sent events", "AMQP topic" }.Select((to, i) => new Outcome(form, to, productTimes.Count, Latency.Of([.. floorTimes.Select(t => t[i])]), Latency.Of([.. productTimes.Select(t => t[i])]), load))];
    }

    private static async Task<List<double[]>> BlockAsync(Side side, JsonNode example, int reports)
    {
        await Task.Delay(Pause);
        List<double[]> times = [];
        for (var i = 0; i < reports; i++)
        {
            times.Add(await ReportAsync(side, example));
            await Task.Delay(Between);
        }

        return times;
    }

    /// <returns>After how many milliseconds each subscriber heard.</returns>
    private static async Task<double[]> ReportAsync(Side side, JsonNode example)
    {
        // A family without a casus each time: each report opens one.
        var number = ++_reports;
        var report = example.DeepClone();
        report["meldingId"] = $"PRESTATIE-{number}";
        report["betreft"]!["gezinRef"] = $"GZN-{number}";
        using var body = JsonContent.Create(report);
        var heard = side.Subscribers.Select(subscriber => subscriber.NextAsync()).ToArray();
        var begin = Stopwatch.GetTimestamp();
        using var response = await side.Http.PostAsync(new Uri("/v1/meldingen", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
        return [.. (await Task.WhenAll(heard).WaitAsync(Patience)).Select(moment => Stopwatch.GetElapsedTime(begin, moment).TotalMilliseconds)];
    }

    private static async Task<AuthenticationHeaderValue> TokenAsync(HttpClient http, string rol)
    {
        using var response = await http.PostAsJsonAsync(new Uri("/demo/tokens", UriKind.Relative), new { rol });
        return new("Bearer", (await response.Content.ReadFromJsonAsync<JsonNode>())!["token"]!.GetValue<string>());
    }

    /// <summary>Where reports go, and who hears of them.</summary>
    private sealed record Side(HttpClient Http, params Subscriber[] Subscribers);
}
