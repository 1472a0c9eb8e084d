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

    /// <summary>Eigen databases, en een eigen deel van RabbitMQ, op de servers van deze testrun.</summary>
    public static async Task<Opslag> InServers()
    {
        var servers = await Servers.Gestart;
        var naam = $"stad_{Interlocked.Increment(ref _volgnummer)}";
        await servers.RabbitMq($"rabbit_vhost:add(<<\"{naam}\">>, <<>>), rabbit_auth_backend_internal:set_permissions(<<\"guest\">>, <<\"{naam}\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<>>).");
        return new Opslag(
            [$"--Database=postgres:{servers.Postgres};Database={naam};Maximum Pool Size=30", $"--Bus={servers.Amqp}{naam}"],
            dienst => servers.Database($"{naam}_{dienst}"),
            async () =>
            {
                await servers.RabbitMq($"rabbit_vhost:delete(<<\"{naam}\">>, <<>>).");
                await using var server = servers.Database("postgres");
                await server.OpenAsync();
                foreach (var dienst in Diensten)
                {
                    await using var drop = new NpgsqlCommand($"drop database if exists \"{naam}_{dienst}\" with (force)", server);
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

    /// <summary>Waar er sinds een telling rijen bij kwamen of af gingen, bijvoorbeeld <c>regie.gebeurtenissen +1</c>.</summary>
    public async Task<IReadOnlyList<string>> Sinds(IReadOnlyDictionary<string, long> telling) =>
        [.. (await Rijentelling()).Where(nu => nu.Value != telling[nu.Key]).Select(nu => $"{nu.Key} {nu.Value - telling[nu.Key]:+0;-0}")];

    public async ValueTask DisposeAsync() => await _opruimen();
}

/// <summary>De eigen PostgreSQL en RabbitMQ van deze testrun, gestart zodra een test ze nodig heeft.</summary>
internal sealed class Servers
{
    private static readonly Lazy<Task<Servers>> Een = new(Start);

    private readonly Dictionary<string, string> _instellingen;

    private Servers(string map) =>
        _instellingen = new[] { "ports.env", "servers.env" }.SelectMany(bestand => File.ReadAllLines(Path.Combine(map, bestand))).Select(regel => regel.Split('=', 2)).ToDictionary(deel => deel[0], deel => deel[1].Trim('\''));

    public static Task<Servers> Gestart => Een.Value;

    public string Postgres => _instellingen["POSTGRES"]["postgres:".Length..];

    public string Amqp => _instellingen["RABBITMQ"];

    public NpgsqlConnection Database(string naam) => new(new NpgsqlConnectionStringBuilder(Postgres) { Database = naam, Pooling = false }.ToString());

    /// <summary>Laat de beheerder van RabbitMQ iets doen: zo krijgt elke test een broker die leeg is.</summary>
    public async Task RabbitMq(string opdracht)
    {
        var node = $"netwerkregie{_instellingen["RABBITMQ_PORT"]}";
        var start = new ProcessStartInfo("/usr/lib/rabbitmq/bin/rabbitmqctl", ["--quiet", "-n", $"{node}@localhost", "--erlang-cookie", node, "eval", opdracht]) { RedirectStandardOutput = true };
        start.Environment["HOME"] = Path.GetTempPath();
        start.Environment["ERL_EPMD_PORT"] = _instellingen["EPMD_PORT"];
        using var beheer = Process.Start(start)!;
        var uitvoer = await beheer.StandardOutput.ReadToEndAsync();
        await beheer.WaitForExitAsync();
        if (beheer.ExitCode != 0 || uitvoer.Trim() != "ok")
            throw new InvalidOperationException($"RabbitMQ doet dit niet: {opdracht} {uitvoer}");
    }

    private static async Task<Servers> Start()
    {
        // Not a map for this user alone: both servers run as users of their own, who must be able to reach their part of it.
        var map = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"netwerkregie-servers-{Environment.ProcessId}")).FullName;
        // Nobody waits for this: it ends the servers also after the test run is gone.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Process.Start("bash", ["-c", "\"$0\" stop \"$1\" && rm -r \"$1\"", Script, map]);
        using var start = Process.Start(Script, ["start", map]);
        await start.WaitForExitAsync();
        return start.ExitCode == 0 ? new(map) : throw new InvalidOperationException("PostgreSQL en RabbitMQ zijn niet te starten; zie deploy/servers.");
    }

    private static string Script => Path.Combine(Repository.Map, "deploy", "servers");
}
