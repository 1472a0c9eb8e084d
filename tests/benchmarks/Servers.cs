using System.Diagnostics;
using System.Reflection;
using System.Text;
using Npgsql;
using RabbitMQ.Client;

namespace NetwerkRegie.Benchmarks;

/// <summary>The PostgreSQL and RabbitMQ to measure on: those of the environment, or a private pair in a temporary folder.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly string? _folder;

    private Servers(string postgres, Uri rabbitMq, string? folder) => (Postgres, RabbitMq, _folder) = (postgres, rabbitMq, folder);

    /// <summary>The value for the setting Database, without the name of a database.</summary>
    public string Postgres { get; }

    public Uri RabbitMq { get; }

    public static async Task<Servers> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("POSTGRES") is { } postgres && Environment.GetEnvironmentVariable("RABBITMQ") is { } rabbit)
            return new Servers(postgres, new Uri(rabbit), null);

        // Both servers run as users of their own, who must be able to reach their part of it.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"netwerkregie-prestaties-{Environment.ProcessId}")).FullName;
        await ScriptAsync("servers", "start", folder);
        return In(folder, isOwner: true);
    }

    /// <summary>Those that a script of <c>deploy/</c> runs in this folder.</summary>
    public static Servers In(string folder, bool isOwner = false)
    {
        var settings = Read(Path.Combine(folder, "servers.env"));
        return new Servers(settings["POSTGRES"], new Uri(settings["RABBITMQ"]), isOwner ? folder : null);
    }

    /// <summary>A connection string for one database.</summary>
    public string Connection(string database) =>
        new NpgsqlConnectionStringBuilder(Postgres["postgres:".Length..]) { Database = database, MaxAutoPrepare = 100, NoResetOnClose = true }.ToString();

    public Task CreateAsync(string database) => ExecuteAsync($"create database \"{database}\"");

    public Task DropAsync(string database) => ExecuteAsync($"drop database \"{database}\" with (force)");

    /// <summary>Which PostgreSQL and RabbitMQ these are.</summary>
    public async Task<string> VersionsAsync()
    {
        await using var source = NpgsqlDataSource.Create(Connection("postgres"));
        await using var connection = await source.OpenConnectionAsync();
        await using var broker = await new ConnectionFactory { Uri = RabbitMq }.CreateConnectionAsync();
        return $"PostgreSQL {connection.PostgreSqlVersion}, RabbitMQ {Encoding.UTF8.GetString((byte[])broker.ServerProperties!["version"]!)}";
    }

    /// <summary>Runs a script of <c>deploy/</c>.</summary>
    public static async Task ScriptAsync(string name, params string[] arguments)
    {
        using var process = Process.Start(Path.Combine(Repository, "deploy", name), arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"deploy/{name} {string.Join(' ', arguments)} ends with code {process.ExitCode}.");
    }

    /// <summary>The settings in a file of <c>deploy/</c>.</summary>
    public static Dictionary<string, string> Read(string file) =>
        File.ReadAllLines(file).Select(line => line.Split('=', 2)).ToDictionary(part => part[0], part => part[1].Trim('\''));

    public static string Repository { get; } =
        typeof(Servers).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Repository").Value!;

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Connection("postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
            return;
        await ScriptAsync("servers", "stop", _folder);
        Directory.Delete(_folder, recursive: true);
    }
}
