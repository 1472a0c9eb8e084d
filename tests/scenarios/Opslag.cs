using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>De databases van een stad, om in te kijken: wat vaststaat is wat daar staat, niet wat een proces zegt.</summary>
public sealed class Opslag : IAsyncDisposable
{
    private static readonly string[] Diensten = ["intake", "regie", "kernteam", "veiligheid", "onderwijs"];
    private static int _volgnummer;

    private readonly Func<string, DbConnection> _verbinding;
    private readonly Func<Task> _opruimen;

    private Opslag(IReadOnlyList<string> instellingen, Func<string, DbConnection> verbinding, Func<Task> opruimen) =>
        (Instellingen, _verbinding, _opruimen) = (instellingen, verbinding, opruimen);

    /// <summary>Hiermee gebruikt een host deze databases en de bus die erbij hoort.</summary>
    public IReadOnlyList<string> Instellingen { get; }

    public static Opslag InBestanden(string map) => new(
        [$"--Database=sqlite:{map}", "--Bus=memory"],
        dienst => new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(map, dienst + ".db"), Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 60 }.ToString()),
        () => Task.CompletedTask);

    /// <summary>Eigen databases op de servers van deze test.</summary>
    public static async Task<Opslag> InServers()
    {
        var servers = await Servers.Gestart;
        var voorvoegsel = $"stad_{Environment.ProcessId}_{Interlocked.Increment(ref _volgnummer)}";
        var verbinding = new NpgsqlConnectionStringBuilder(servers.Postgres["postgres:".Length..]) { Pooling = false };
        return new Opslag(
            [$"--Database={servers.Postgres};Database={voorvoegsel};Maximum Pool Size=30", $"--Bus={servers.RabbitMq}"],
            dienst => new NpgsqlConnection(new NpgsqlConnectionStringBuilder(verbinding.ToString()) { Database = $"{voorvoegsel}_{dienst}" }.ToString()),
            async () =>
            {
                await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(verbinding.ToString()) { Database = "postgres" }.ToString());
                await server.OpenAsync();
                foreach (var dienst in Diensten)
                {
                    await using var drop = new NpgsqlCommand($"drop database if exists \"{voorvoegsel}_{dienst}\" with (force)", server);
                    await drop.ExecuteNonQueryAsync();
                }
            });
    }

    /// <summary>Een verbinding met de database van een dienst.</summary>
    public async Task<DbConnection> Open(string dienst)
    {
        var verbinding = _verbinding(dienst);
        await verbinding.OpenAsync();
        return verbinding;
    }

    /// <summary>Wat een vraag oplevert, als tekst.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> Rijen(string dienst, string vraag)
    {
        await using var verbinding = await Open(dienst);
        await using var opdracht = verbinding.CreateCommand();
        opdracht.CommandText = vraag;
        await using var lezer = await opdracht.ExecuteReaderAsync();
        var rijen = new List<IReadOnlyList<string>>();
        while (await lezer.ReadAsync())
            rijen.Add([.. Enumerable.Range(0, lezer.FieldCount).Select(i => Convert.ToString(lezer.GetValue(i), null) ?? "")]);
        return rijen;
    }

    /// <summary>Het ene getal dat een vraag oplevert.</summary>
    public async Task<long> Aantal(string dienst, string vraag) => long.Parse((await Rijen(dienst, vraag))[0][0], null);

    /// <summary>Hoeveel rijen elke tabel heeft: zo blijkt dat iets niets veranderde.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Rijentelling()
    {
        var telling = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var dienst in Diensten)
        {
            await using var verbinding = await Open(dienst);
            var tabellen = verbinding is SqliteConnection
                ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
                : "select table_name from information_schema.tables where table_schema = 'public'";
            foreach (var tabel in await Rijen(dienst, tabellen))
                telling[$"{dienst}.{tabel[0]}"] = await Aantal(dienst, $"select count(*) from {tabel[0]}");
        }

        return telling;
    }

    public async ValueTask DisposeAsync() => await _opruimen();
}

/// <summary>PostgreSQL en RabbitMQ: die van <c>./test</c>, of eigen servers voor deze testrun.</summary>
internal sealed record Servers(string Postgres, string RabbitMq)
{
    private static readonly Lazy<Task<Servers>> Een = new(Zoek);

    public static Task<Servers> Gestart => Een.Value;

    private static async Task<Servers> Zoek()
    {
        if (Environment.GetEnvironmentVariable("POSTGRES") is { Length: > 0 } postgres && Environment.GetEnvironmentVariable("RABBITMQ") is { Length: > 0 } rabbit)
            return new(postgres, rabbit);

        var map = Directory.CreateTempSubdirectory("netwerkregie-servers-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Script("stop", map).WaitForExit();
        using var start = Script("start", map);
        await start.WaitForExitAsync();
        if (start.ExitCode != 0)
            throw new InvalidOperationException("PostgreSQL en RabbitMQ zijn niet te starten; zie deploy/servers.");
        var instellingen = (await File.ReadAllLinesAsync(Path.Combine(map, "servers.env"))).Select(regel => regel.Split('=', 2)).ToDictionary(deel => deel[0], deel => deel[1].Trim('\''));
        return new(instellingen["POSTGRES"], instellingen["RABBITMQ"]);
    }

    private static Process Script(string wat, string map) => Process.Start(Path.Combine(Repository.Map, "deploy", "servers"), [wat, map]);
}
