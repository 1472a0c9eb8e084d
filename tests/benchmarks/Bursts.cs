using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;
using Npgsql;

namespace NetwerkRegie.Benchmarks;

/// <summary>
/// How many durable bursts there are per second, answers of another service and short flows from begin to end: by the product, and by
/// a bare client doing the same work on the same tables. The two take turns in one run.
/// </summary>
internal sealed class Bursts : IAsyncDisposable
{
    private const int Rounds = 3;
    private const int WarmUp = 3;

    // The others that wait are copies of one of these.
    private const int Started = 100;

    private readonly ServiceProvider _services;
    private readonly Func<Task> _drop;
    private readonly FloorBursts _floor;
    private readonly int? _postmaster;
    private readonly string _kind;
    private readonly Flow[] _productFlows;
    private readonly Flow[] _floorFlows;
    private readonly TimeSpan _duration;
    private int _shorts;

    private Bursts(ServiceProvider services, Func<Task> drop, FloorBursts floor, int? postmaster, string kind, Flow[] productFlows, Flow[] floorFlows, TimeSpan duration) =>
        (_services, _drop, _floor, _postmaster, _kind, _productFlows, _floorFlows, _duration, _shorts) = (services, drop, floor, postmaster, kind, productFlows, floorFlows, duration, 1);

    public IServiceProvider Services => _services;
    public IReadOnlyList<Flow> ProductFlows => _productFlows;
    public IReadOnlyList<Flow> FloorFlows => _floorFlows;

    /// <summary>The database of regie, on PostgreSQL.</summary>
    public static string DatabaseName(int waiting) => $"bursts_{Environment.ProcessId}_{waiting}_regie";

    /// <summary>What a number of workers reached, per second, and what one burst cost.</summary>
    /// <param name="What">A resume, or a short flow.</param>
    public sealed record Outcome(string What, string Kind, int Waiting, int Workers, Speed Floor, Speed Product, string Load)
    {
        public double Ratio => Product.PerSecond / Floor.PerSecond;
    }

    /// <summary>Processor time is per burst.</summary>
    public sealed record Speed(double PerSecond, TimeSpan Client, TimeSpan? Server);

    /// <param name="waiting">How many flows wait, of both sides together.</param>
    public static async Task<Bursts> OnPostgresAsync(Servers servers, int waiting, TimeSpan duration)
    {
        var name = DatabaseName(waiting);
        return await PrepareAsync("PostgreSQL", $"{servers.Postgres};Database={name[..^"_regie".Length]}", new PostgresFloor(servers.Connection(name)), waiting, duration, () =>
        {
            NpgsqlConnection.ClearAllPools();
            return servers.DropAsync(name);
        });
    }

    /// <inheritdoc cref="OnPostgresAsync"/>
    public static async Task<Bursts> OnSqliteAsync(int waiting, TimeSpan duration)
    {
        var folder = Directory.CreateTempSubdirectory("bursts-").FullName;
        return await PrepareAsync("SQLite", $"sqlite:{folder}", new SqliteFloor(Path.Combine(folder, "regie.db")), waiting, duration, () =>
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    /// <summary>Answers of another service, each to a flow that waits for it.</summary>
    public async Task<Outcome> ResumeAsync(int workers) => await MeasureAsync("resume", workers,
        async (worker, n, own) => await _floor.AnswerAsync(_floorFlows[(worker * own) + (n % own)]),
        async (worker, n, own) => await AnswerAsync(_services, _productFlows[(worker * own) + (n % own)]));

    /// <summary>Flows of five steps that run to their end at once.</summary>
    public async Task<Outcome> RunShortAsync(int workers) => await MeasureAsync("short flow", workers,
        async (_, _, _) =>
        {
            await _floor.RunShortAsync();
            Interlocked.Increment(ref _shorts);
        },
        async (_, _, _) =>
        {
            await RunShortAsync(_services);
            Interlocked.Increment(ref _shorts);
        });

    public async ValueTask DisposeAsync()
    {
        await _floor.DisposeAsync();
        await _services.DisposeAsync();
        await _drop();
    }

    private static async Task<Bursts> PrepareAsync(string kind, string database, FloorBursts floor, int waiting, TimeSpan duration, Func<Task> drop)
    {
        var setting = Database.Parse(database);
        var regie = new RegieService();
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddSingleton(setting)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new Regio("Prestaties", IsDemonstratie: true, [], []))
            .AddSingleton(new ConsumerTools(setting, TimeProvider.System, new CrashPoints(null), new Protections()))
            .AddScoped<StapUitkomstConsumer<KernteamSamengesteld>>();
        regie.AddServices(collection, new ConfigurationBuilder().Build(), setting);
        var services = collection.BuildServiceProvider();

        await regie.PrepareAsync(setting, default);
        await InDatabaseAsync(services, async db =>
        {
            // Written beside the gate: a flow that goes round without an end is not published.
            foreach (var id in new[] { "lus", "kort" })
                db.Definities.Add(new Definitie { DefinitieId = id, Versie = 1, Inhoud = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "stromen", $"{id}.json")), IsActueel = true, GepubliceerdOp = TimeProvider.System.GetUtcNow() });
            await db.SaveChangesAsync();
        });

        var productFlows = await StartFlowsAsync(services, floor, waiting / 2);
        var floorFlows = await StartFlowsAsync(services, floor, waiting / 2);
        await floor.SettleAsync();
        // The product says what a burst writes; the floor writes the same.
        await AnswerAsync(services, floorFlows[0]);
        await RunShortAsync(services);
        await floor.LearnAsync(floorFlows[0]);
        return new Bursts(services, drop, floor, await floor.PostmasterAsync(), kind, productFlows, floorFlows, duration);
    }

    private static async Task<Flow[]> StartFlowsAsync(ServiceProvider services, FloorBursts floor, int count)
    {
        var flows = new List<Flow>(count);
        while (flows.Count < Started)
        {
            await using var scope = services.CreateAsyncScope();
            var input = new JsonObject { ["regisseurId"] = Guid.CreateVersion7().ToString() };
            await scope.ServiceProvider.GetRequiredService<CasusRunner>().RunAsync(Guid.CreateVersion7(), async burst =>
            {
                await burst.StartAsync("lus", input);
                return true;
            }, default);
            flows.Add(new Flow(Waiting(scope)));
        }

        flows.AddRange(await floor.CopyAsync(flows[^1].Waiting, count - flows.Count));
        return [.. flows];
    }

    private static async Task RunShortAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CasusRunner>().RunAsync(Guid.CreateVersion7(), async burst =>
        {
            await burst.StartAsync("kort", []);
            return true;
        }, default);
    }

    /// <summary>The way of the product from the moment that the bus has delivered an answer.</summary>
    private static async Task AnswerAsync(ServiceProvider services, Flow flow)
    {
        await using var scope = services.CreateAsyncScope();
        var consumer = scope.ServiceProvider.GetRequiredService<StapUitkomstConsumer<KernteamSamengesteld>>();
        await consumer.HandleOnceAsync(Guid.CreateVersion7(), new KernteamSamengesteld(flow.Waiting), default);
        flow.Next(Waiting(scope));
    }

    private static StapRef Waiting(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<RegieDbContext>().ChangeTracker.Entries<Wachtpunt>().Single(entry => entry.Entity.IsOpen).Entity.Ref;

    private static async Task InDatabaseAsync(ServiceProvider services, Func<RegieDbContext, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<RegieDbContext>());
    }

    private async Task<Outcome> MeasureAsync(string what, int workers, Func<int, int, int, Task> floorAct, Func<int, int, int, Task> productAct)
    {
        var load = Report.Load;
        List<Speed> floor = [], product = [];
        await RunAsync(floorAct, workers);
        // The product is the larger program: it is compiled for real later.
        for (var round = 0; round < WarmUp; round++)
            await RunAsync(productAct, workers);
        for (var round = 0; round < Rounds; round++)
        {
            floor.Add(await RunAsync(floorAct, workers));
            product.Add(await RunAsync(productAct, workers));
        }

        await _floor.CheckAsync(_productFlows.Length + _floorFlows.Length, 2 * Started, _productFlows.Concat(_floorFlows).Sum(flow => flow.Answered), _shorts);
        return new Outcome(what, _kind, _productFlows.Length + _floorFlows.Length, workers, Median(floor), Median(product), load);
    }

    private async Task<Speed> RunAsync(Func<int, int, int, Task> act, int workers)
    {
        // No two workers meet on one casus.
        var own = _productFlows.Length / workers;
        var cpu = Cpu.Used(_postmaster);
        var begin = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(begin) < _duration; count++)
                await act(worker, count, own);
            return count;
        })));
        var elapsed = Stopwatch.GetElapsedTime(begin);
        var used = Cpu.Used(_postmaster);
        var bursts = counts.Sum();
        return new Speed(bursts / elapsed.TotalSeconds, (used.Client - cpu.Client) / bursts, (used.Server - cpu.Server) / bursts);
    }

    private static Speed Median(List<Speed> speeds) => speeds.OrderBy(speed => speed.PerSecond).ElementAt(speeds.Count / 2);
}

/// <summary>A running flow and the place where it waits now.</summary>
internal sealed class Flow(StapRef waiting)
{
    public StapRef Waiting { get; private set; } = waiting;

    /// <summary>How many answers it has had; starting it was its first burst.</summary>
    public int Answered { get; private set; }

    public void Next(StapRef waiting) => (Waiting, Answered) = (waiting, Answered + 1);
}
