using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace NetwerkRegie.Messaging;

/// <summary>
/// Where a service keeps its data: SQLite files in a folder (<c>sqlite:data</c>, the default) or PostgreSQL, one database
/// per service (<c>postgres:Host=…</c>). This is the only place that knows there is a choice.
/// </summary>
public abstract class Database
{
    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">The setting names neither a folder nor a PostgreSQL server.</exception>
    public static Database Parse(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return new SqliteFiles("data");
        if (After("sqlite:") is { } folder)
            return new SqliteFiles(folder);
        if (After("postgres:") is { } connection)
            return new PostgresDatabase(connection);
        if (setting.Contains('=', StringComparison.Ordinal) || setting.Contains("://", StringComparison.Ordinal))
            throw new SettingException($"De instelling Database begint met 'sqlite:' of 'postgres:', niet met '{setting.Split(':', '=')[0]}'.");
        return new SqliteFiles(setting);

        string? After(string prefix) => setting.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? setting[prefix.Length..] : null;
    }

    /// <summary>Folder of the numbered SQL files for this database.</summary>
    internal abstract string Dialect { get; }

    /// <summary>Points a context at the database of <paramref name="service"/>.</summary>
    public abstract void Configure(DbContextOptionsBuilder options, string service);

    /// <summary>Makes the database of <paramref name="service"/> if it is not there.</summary>
    internal abstract Task CreateAsync(string service, CancellationToken ct);

    /// <summary>Opens a transaction that no other migration runs beside.</summary>
    internal abstract Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken ct);

    /// <summary>Takes outbox rows that no other replica is sending; holds them until the transaction ends.</summary>
    internal abstract IQueryable<OutboxMessage> TakeOutbox(ServiceDbContext db, int count);

    /// <summary>True when several processes may send from one outbox, so that a batch is sent inside a transaction.</summary>
    internal abstract bool IsShared { get; }

    /// <summary>True for files of this process alone: the form that needs no server.</summary>
    public bool IsEmbedded => !IsShared;

    /// <summary>
    /// Waits until no other transaction works on <paramref name="key"/> and holds it until this one ends.
    /// The key need not exist as a row, so a casus that is about to be opened can be held too.
    /// </summary>
    public abstract Task LockAsync(DbContext db, Guid key, CancellationToken ct);

    /// <summary>
    /// The same, together with others that hold it this way: they do not wait for each other, only for who holds it alone, and
    /// who wants it alone waits for all of them.
    /// </summary>
    public abstract Task LockSharedAsync(DbContext db, Guid key, CancellationToken ct);

    /// <summary>The same lock and then <paramref name="statement"/>, in one round trip.</summary>
    public abstract FormattableString Holding(Guid key, FormattableString statement);

    /// <summary>Says to who listens in any replica of this service, when this transaction commits, that there is news on <paramref name="subject"/>.</summary>
    public abstract Task TellAsync(DbContext db, string subject, CancellationToken ct);

    /// <summary>
    /// Calls <paramref name="hear"/> at each <see cref="TellAsync"/>, and once as soon as it listens, because nothing that was told
    /// before is told again. It ends when the connection does: who depends on it listens again, and looks for itself meanwhile.
    /// </summary>
    public abstract Task ListenAsync(string service, string subject, Action hear, CancellationToken ct);
}

/// <summary>SQLite, wherever it keeps its data.</summary>
public abstract class SqliteDatabase : Database
{
    private protected SqliteDatabase()
    {
    }

    internal override string Dialect => "sqlite";
    internal override bool IsShared => false;

    internal override async Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken ct) =>
        await connection.BeginTransactionAsync(ct);

    internal override IQueryable<OutboxMessage> TakeOutbox(ServiceDbContext db, int count) =>
        db.Outbox.AsNoTracking().OrderBy(m => m.Volgnr).Take(count);

    // A SQLite transaction that may write is the only one (BEGIN IMMEDIATE), so it holds every key already.
    public override Task LockAsync(DbContext db, Guid key, CancellationToken ct) => Task.CompletedTask;

    public override Task LockSharedAsync(DbContext db, Guid key, CancellationToken ct) => Task.CompletedTask;

    public override FormattableString Holding(Guid key, FormattableString statement) => statement;

    // A file is of one process, where nobody has to be told.
    public override Task TellAsync(DbContext db, string subject, CancellationToken ct) => Task.CompletedTask;

    public override Task ListenAsync(string service, string subject, Action hear, CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, ct);
}

internal sealed class SqliteFiles(string folder) : SqliteDatabase
{
    public override void Configure(DbContextOptionsBuilder options, string service) =>
        options.UseSqlite(ConnectionString(service)).AddInterceptors(BusyTimeout.Instance);

    internal override async Task CreateAsync(string service, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(folder);
            await using var connection = new SqliteConnection(ConnectionString(service));
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "pragma journal_mode = wal";
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new SettingException($"De map '{folder}' uit de instelling Database is niet te gebruiken: {e.Message}");
        }
    }

    private string ConnectionString(string service) =>
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, service + ".db"), ForeignKeys = true, DefaultTimeout = 30 }.ToString();

    /// <summary>Lets SQLite itself wait for a busy file: in steps of milliseconds, where the provider's own retry waits 150 ms.</summary>
    private sealed class BusyTimeout : Microsoft.EntityFrameworkCore.Diagnostics.DbConnectionInterceptor
    {
        public static readonly BusyTimeout Instance = new();

        public override void ConnectionOpened(DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        private static void Set(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "pragma busy_timeout = 30000";
            command.ExecuteNonQuery();
        }
    }
}

/// <summary>
/// A database in memory that is gone when it is disposed, for a play that must leave no trace. It is one connection, so one
/// context at a time.
/// </summary>
public sealed class MemoryDatabase : SqliteDatabase, IAsyncDisposable
{
    private readonly SqliteConnection _connection = new(new SqliteConnectionStringBuilder { DataSource = ":memory:", ForeignKeys = true, Pooling = false }.ToString());

    public override void Configure(DbContextOptionsBuilder options, string service) => options.UseSqlite(_connection);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    internal override Task CreateAsync(string service, CancellationToken ct) => _connection.OpenAsync(ct);
}

internal sealed class PostgresDatabase : Database
{
    private readonly NpgsqlConnectionStringBuilder _server;

    public PostgresDatabase(string connection)
    {
        try
        {
            // Prepared statements: the same handful of queries runs for every message. No reset between two users of one
            // connection: nobody changes its session, and all locks are of a transaction.
            _server = new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 100, NoResetOnClose = true, IncludeErrorDetail = false };
        }
        catch (ArgumentException)
        {
            throw new SettingException("De instelling Database is geen geldige verbinding met PostgreSQL; verwacht 'postgres:Host=…;Username=…'.");
        }
    }

    internal override string Dialect => "postgres";
    internal override bool IsShared => true;

    public override void Configure(DbContextOptionsBuilder options, string service) => options.UseNpgsql(ConnectionString(service));

    internal override async Task CreateAsync(string service, CancellationToken ct)
    {
        var name = DatabaseName(service);
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = "postgres", Pooling = false }.ToString());
            await connection.OpenAsync(ct);
            await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
            if (await exists.ExecuteScalarAsync(ct) is not null)
                return;
            await using var create = new NpgsqlCommand($"create database \"{name}\"", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
        // Another process was first.
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
        }
        catch (NpgsqlException e)
        {
            throw new SettingException($"PostgreSQL is niet bereikbaar op {_server.Host}:{_server.Port}: {e.Message}");
        }
    }

    internal override async Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken ct)
    {
        var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select pg_advisory_xact_lock(hashtextextended('netwerkregie migraties', 0))";
        await command.ExecuteNonQueryAsync(ct);
        return transaction;
    }

    internal override IQueryable<OutboxMessage> TakeOutbox(ServiceDbContext db, int count) =>
        db.Outbox.FromSql($"select * from outbox order by volgnr limit {count} for update skip locked").AsNoTracking();

    public override Task LockAsync(DbContext db, Guid key, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({key.ToString()}, 0))", ct);

    public override Task LockSharedAsync(DbContext db, Guid key, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared(hashtextextended({key.ToString()}, 0))", ct);

    public override FormattableString Holding(Guid key, FormattableString statement) =>
        FormattableStringFactory.Create($"select pg_advisory_xact_lock(hashtextextended({{{statement.ArgumentCount}}}, 0)); {statement.Format}", [.. statement.GetArguments(), key.ToString()]);

    public override Task TellAsync(DbContext db, string subject, CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_notify({subject}, '')", ct);

    public override async Task ListenAsync(string service, string subject, Action hear, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString(service)) { Pooling = false, KeepAlive = 30 }.ToString());
        connection.Notification += (_, _) => hear();
        await connection.OpenAsync(ct);
        await using (var listen = new NpgsqlCommand($"listen \"{subject}\"", connection))
            await listen.ExecuteNonQueryAsync(ct);
        hear();
        while (true)
            await connection.WaitAsync(ct);
    }

    private string ConnectionString(string service) =>
        new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = DatabaseName(service), ApplicationName = service }.ToString();

    private string DatabaseName(string service) => $"{_server.Database ?? "netwerkregie"}_{service}";
}
