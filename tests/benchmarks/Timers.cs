using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Regie;
using Npgsql;

namespace NetwerkRegie.Benchmarks;

/// <summary>Very many terms that pass in the same minute: how late is the last, and how many per second.</summary>
internal static class Timers
{
    // As many side by side as the product lets pass.
    private const int Connections = 4;
    private const int BatchSize = 200;
    private const double PerMinute = 100_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>What happened to the terms of one side. Late is in seconds.</summary>
    public sealed record Passed(double PerSecond, double MedianLate, double LastLate);

    public sealed record Outcome(int Count, Passed Floor, Passed Product, string Load)
    {
        public double Ratio => Product.PerSecond / Floor.PerSecond;
    }

    public static async Task<Outcome> MeasureAsync(Servers servers, int count)
    {
        var load = Report.Load;
        await using var bursts = await Bursts.OnPostgresAsync(servers, 2 * count, default);
        await using var source = NpgsqlDataSource.Create(servers.Connection(Bursts.DatabaseName(2 * count)));
        var floor = await PassAsync(source, bursts.FloorFlows, async ct =>
        {
            while (!ct.IsCancellationRequested)
                if (await FloorAsync(source) == 0)
                    await Task.Delay(Look, CancellationToken.None);
        });
        var clock = bursts.Services.GetRequiredService<TermijnenBewaken>();
        var product = await PassAsync(source, bursts.ProductFlows, async ct =>
        {
            await clock.StartAsync(ct);
            await Task.Delay(Timeout.InfiniteTimeSpan, ct).ContinueWith(_ => { }, TaskScheduler.Default);
            await clock.StopAsync(CancellationToken.None);
        });
        return new Outcome(count, floor, product, load);
    }

    // Spread over the time in which they pass, so that being late says something.
    private static async Task<Passed> PassAsync(NpgsqlDataSource source, IReadOnlyList<Flow> flows, Func<CancellationToken, Task> work)
    {
        var ids = flows.Select(flow => flow.Waiting.StroomId).ToArray();
        await ExecuteAsync(source, "update wachtpunten set verloopt_op = now() + interval '5 s' + random() * make_interval(secs => $1) where stroom_id = any($2) and afgehandeld_op is null", 60 * ids.Length / PerMinute, ids);
        await ExecuteAsync(source, "analyze wachtpunten");
        using var done = new CancellationTokenSource();
        var working = work(done.Token);
        while (await OpenAsync(source, ids) > 0)
            await Task.Delay(Look);
        await done.CancelAsync();
        await working;

        await using var command = Command(source, """
            select count(*) / extract(epoch from max(afgehandeld_op) - min(verloopt_op))::float8,
              percentile_cont(0.5) within group (order by extract(epoch from afgehandeld_op - verloopt_op))::float8,
              (max(extract(epoch from afgehandeld_op)) - max(extract(epoch from verloopt_op)))::float8
            from wachtpunten where stroom_id = any($1) and uitgang = 'Verlopen'
            """, ids);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new Passed(reader.GetDouble(0), reader.GetDouble(1), reader.GetDouble(2));
    }

    private static async Task<int> FloorAsync(NpgsqlDataSource source)
    {
        List<Guid> due = [];
        await using (var command = Command(source, "select id from wachtpunten where afgehandeld_op is null and verloopt_op <= now() order by verloopt_op limit $1", BatchSize))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                due.Add(reader.GetGuid(0));
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (id, _) =>
            await ExecuteAsync(source, "update wachtpunten set afgehandeld_op = now(), uitgang = 'Verlopen' where id = $1", id));
        return due.Count;
    }

    private static async Task<long> OpenAsync(NpgsqlDataSource source, Guid[] ids)
    {
        // Cheap while many wait: the index of terms is read from its front.
        await using var command = Command(source, "select count(*) from (select 1 from wachtpunten where afgehandeld_op is null and verloopt_op < now() + interval '1 hour' and stroom_id = any($1) limit 1) as een", ids);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, params object[] values)
    {
        await using var command = Command(source, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlDataSource source, string sql, params object[] values)
    {
        var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
