using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using NetwerkRegie.Messaging;
using Database = NetwerkRegie.Messaging.Database;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>Tables are made once, whoever starts, and completely or not at all.</summary>
public abstract class MigrationsConformance(bool postgres) : IAsyncLifetime
{
    private Place Place { get; } = new(postgres, rabbitMq: false);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Place.DisposeAsync();

    [SuiteFact]
    public async Task Processes_that_start_at_once_migrate_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var host = Path.Combine(AppContext.BaseDirectory, "NetwerkRegie.Host.dll");
            var start = new ProcessStartInfo("dotnet", [host, "prepare", $"--Database={Place.Database}", "--Regio=demonstratie", $"--DemoSleutel={Path.Combine(Place.Folder, "sleutel.pem")}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, Text: await output + await errors);
        }));

        Assert.All(outcomes, outcome => Assert.True(outcome.ExitCode == 0, outcome.Text));
        await using var db = Open("regie");
        Assert.Equal(
            [.. Migrations(typeof(ServiceDbContext)), .. Migrations(typeof(Regie.RegieDbContext))],
            await db.Database.SqlQueryRaw<string>("select naam as \"Value\" from schema_versies order by eigenaar, nummer").ToListAsync());
    }

    [SuiteFact]
    public async Task Failed_migration_leaves_nothing()
    {
        var service = new TestService<FirstDb>("vol");
        await using var db = Open(service.Name);
        await db.GetService<IRelationalDatabaseCreator>().CreateAsync();
        // In the way of the last table that the service needs.
        await db.Database.ExecuteSqlRawAsync("create table effecten (iets integer)");

        await Assert.ThrowsAnyAsync<DbException>(() => Prepare(service));

        Assert.Equal(["effecten"], await Tables(db));
        await db.Database.ExecuteSqlRawAsync("drop table effecten");
        await Prepare(service);
        Assert.Equal(["effecten", "inbox", "onverwerkbare_berichten", "outbox", "schema_versies"], await Tables(db));
    }

    private Task Prepare(Service service) => MessagingSetup.PrepareAsync(Database.Parse(Place.Database), Bus.Parse(null), [service], [service], CancellationToken.None);

    private FirstDb Open(string service)
    {
        var options = new DbContextOptionsBuilder<FirstDb>();
        Database.Parse(Place.Database).Configure(options, service);
        return new FirstDb(options.Options);
    }

    private Task<List<string>> Tables(FirstDb db) => db.Database.SqlQueryRaw<string>(Place.IsPostgres
        ? "select table_name::text as \"Value\" from information_schema.tables where table_schema = 'public' order by 1"
        : "select name as \"Value\" from sqlite_master where type = 'table' and name not like 'sqlite_%' order by 1").ToListAsync();

    private IEnumerable<string> Migrations(Type owner)
    {
        var folder = $"sql/{(Place.IsPostgres ? "postgres" : "sqlite")}/";
        return owner.Assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Select(name => name[folder.Length..]).Order(StringComparer.Ordinal);
    }
}

public sealed class MigrationsOnSqlite() : MigrationsConformance(postgres: false);

[Needs("POSTGRES")]
public sealed class MigrationsOnPostgres() : MigrationsConformance(postgres: true);
