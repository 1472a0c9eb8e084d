using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using RabbitMQ.Client;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>Where one test keeps its data and how its services hear each other: databases and queues of its own, on servers that tests share.</summary>
public sealed class Place : IAsyncDisposable
{
    private static int _count;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netwerkregie-");
    private readonly List<string> _queues = [];

    public Place(bool postgres, bool rabbitMq)
    {
        (IsPostgres, IsRabbitMq) = (postgres, rabbitMq);
        Database = postgres ? $"{Environment.GetEnvironmentVariable("POSTGRES")};Database={Name};Maximum Pool Size=40" : $"sqlite:{_folder.FullName}";
        Bus = rabbitMq ? Environment.GetEnvironmentVariable("RABBITMQ")! : "memory";
    }

    /// <summary>Different for each test.</summary>
    public string Name { get; } = $"proef{Environment.ProcessId}x{Interlocked.Increment(ref _count)}";

    public bool IsPostgres { get; }

    public bool IsRabbitMq { get; }

    /// <summary>The value of the setting; a test may bring its own.</summary>
    public string Database { get; init; }

    /// <inheritdoc cref="Database"/>
    public string Bus { get; init; }

    public string Folder => _folder.FullName;

    /// <summary>A channel as a client has that knows nothing of MassTransit.</summary>
    public async Task<T> WithRabbitMq<T>(Func<IChannel, Task<T>> work)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(Bus) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await work(channel);
    }

    /// <summary>These queues are gone after the test.</summary>
    public void Owns(IEnumerable<string> queues) => _queues.AddRange(queues);

    public async ValueTask DisposeAsync()
    {
        if (IsRabbitMq && _queues.Count > 0)
            await WithRabbitMq(async channel =>
            {
                foreach (var name in _queues.Distinct().SelectMany(queue => new[] { queue, queue + "_error", queue + "_skipped" }))
                {
                    await channel.QueueDeleteAsync(name);
                    await channel.ExchangeDeleteAsync(name);
                }

                return true;
            });
        if (IsPostgres)
            await DropDatabases();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task DropDatabases()
    {
        var server = new NpgsqlConnectionStringBuilder(Database["postgres:".Length..]) { Database = "postgres", Pooling = false };
        await using var source = NpgsqlDataSource.Create(server);
        var names = new List<string>();
        await using (var find = source.CreateCommand("select datname from pg_database where starts_with(datname, $1)"))
        {
            find.Parameters.Add(new() { Value = Name + "_" });
            await using var reader = await find.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                names.Add(reader.GetString(0));
        }

        foreach (var name in names)
        {
            await using var drop = source.CreateCommand($"drop database \"{name}\" with (force)");
            await drop.ExecuteNonQueryAsync();
        }
    }
}

/// <summary>The only place in these tests where something waits.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Looks until it is so.</summary>
    /// <param name="story">What the reader of a failed test wants to know.</param>
    public static async Task IsTrue(Func<Task<bool>> look, string what, Func<Task<string>>? story = null)
    {
        var begin = Stopwatch.GetTimestamp();
        while (!await look())
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
                throw new TimeoutException($"Not within {Patience.TotalSeconds} seconds: {what}. {(story is null ? "" : await story())}");
            await Task.Delay(Pause);
        }
    }
}
