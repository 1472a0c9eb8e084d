using System.Diagnostics;
using System.Text.Json.Nodes;
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
/// How many answers of another service are handled per second, each in a durable burst of its own: by the product, and by bare
/// Npgsql doing the same work on the same tables. The two take turns in one run.
/// </summary>
internal sealed class Bursts : IAsyncDisposable
{
    private const int Flows = 1000;
    private const int Rounds = 3;

    private readonly ServiceProvider _services;
    private readonly string _database;
    private readonly Servers _servers;
    private readonly FloorBursts _floor;
    private readonly int? _postmaster;
    private readonly Flow[] _productFlows;
    private readonly Flow[] _floorFlows;
    private readonly TimeSpan _duration;

    private Bursts(ServiceProvider services, string database, Servers servers, FloorBursts floor, int? postmaster, Flow[] productFlows, Flow[] floorFlows, TimeSpan duration) =>
        (_services, _database, _servers, _floor, _postmaster, _productFlows, _floorFlows, _duration) = (services, database, servers, floor, postmaster, productFlows, floorFlows, duration);

    /// <summary>What a number of workers reached, per second, and what one burst cost.</summary>
    public sealed record Outcome(int Workers, Speed Floor, Speed Product, string Load)
    {
        public double Ratio => Product.PerSecond / Floor.PerSecond;
    }

    /// <summary>Processor time is per burst.</summary>
    public sealed record Speed(double PerSecond, TimeSpan Client, TimeSpan? Server);

    public static async Task<Bursts> PrepareAsync(Servers servers, TimeSpan duration)
    {
        var name = $"bursts_{Environment.ProcessId}";
        var setting = Database.Parse($"{servers.Postgres};Database={name}");
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
        await using (var scope = services.CreateAsyncScope())
        {
            // Written beside the gate: a flow that goes round without an end is not published.
            var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
            if (!await db.Definities.AnyAsync(d => d.DefinitieId == "lus"))
                db.Definities.Add(new Definitie { DefinitieId = "lus", Versie = 1, Inhoud = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "lus", "lus.json")), IsActueel = true, GepubliceerdOp = TimeProvider.System.GetUtcNow() });
            await db.SaveChangesAsync();
        }

        var productFlows = await StartFlowsAsync(services);
        var floorFlows = await StartFlowsAsync(services);
        // The product says what a burst writes; the floor writes the same.
        await AnswerAsync(services, floorFlows[0]);
        var connection = servers.Connection($"{name}_regie");
        var floor = await FloorBursts.PrepareAsync(connection, floorFlows[0]);
        return new Bursts(services, $"{name}_regie", servers, floor, await floor.PostmasterAsync(), productFlows, floorFlows, duration);
    }

    public async Task<Outcome> MeasureAsync(int workers)
    {
        var load = Report.Load;
        List<Speed> floor = [], product = [];
        await RunAsync(_floor.AnswerAsync, _floorFlows, workers);
        await RunAsync(flow => AnswerAsync(_services, flow), _productFlows, workers);
        for (var round = 0; round < Rounds; round++)
        {
            floor.Add(await RunAsync(_floor.AnswerAsync, _floorFlows, workers));
            product.Add(await RunAsync(flow => AnswerAsync(_services, flow), _productFlows, workers));
        }

        await _floor.CheckAsync(2 * Flows, _productFlows.Concat(_floorFlows).Sum(flow => flow.Answered));
        return new Outcome(workers, Median(floor), Median(product), load);
    }

    public async ValueTask DisposeAsync()
    {
        await _floor.DisposeAsync();
        await _services.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await _servers.DropAsync(_database);
    }

    private static async Task<Flow[]> StartFlowsAsync(ServiceProvider services)
    {
        var flows = new Flow[Flows];
        for (var i = 0; i < flows.Length; i++)
        {
            await using var scope = services.CreateAsyncScope();
            var input = new JsonObject { ["regisseurId"] = Guid.CreateVersion7().ToString() };
            await scope.ServiceProvider.GetRequiredService<CasusRunner>().RunAsync(Guid.CreateVersion7(), async burst =>
            {
                await burst.StartAsync("lus", input);
                return true;
            }, default);
            flows[i] = new Flow(Waiting(scope));
        }

        return flows;
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

    private async Task<Speed> RunAsync(Func<Flow, Task> answer, Flow[] flows, int workers)
    {
        // No two workers meet on one casus.
        var own = flows.Length / workers;
        var cpu = Cpu.Used(_postmaster);
        var begin = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(begin) < _duration; count++)
                await answer(flows[(worker * own) + (count % own)]);
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
