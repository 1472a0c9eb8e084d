using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NetwerkRegie.Contracts;

namespace NetwerkRegie.Benchmarks;

/// <summary>Bare Microsoft.Data.Sqlite: pooled connections, a transaction that may write from its first statement, and a commit.</summary>
internal sealed class SqliteFloor(string file) : FloorBursts
{
    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 }.ToString();

    public override async Task AnswerAsync(Flow flow)
    {
        var (casusId, stroomId, wachtpunt) = flow.Waiting;
        var now = Instant(TimeProvider.System.GetUtcNow());
        await using var connection = (SqliteConnection)await OpenAsync();
        await using var transaction = connection.BeginTransaction();

        Write(transaction, Receipt, Id(Guid.CreateVersion7()), "StapUitkomstConsumer`1", now);
        Read(transaction, Wait, "bookmark", Id(stroomId), wachtpunt);
        var bursts = (int)(long)Read(transaction, State, "laatste_burst", Id(stroomId)) + 1;
        var next = Next(stroomId, bursts);
        Write(transaction, NewState, Burst.Toestand, bursts, now, Id(stroomId));
        Write(transaction, Answered, now, "KernteamSamengesteld", Id(stroomId), wachtpunt);
        Write(transaction, NewWait, Id(stroomId), next, Id(Guid.CreateVersion7()), Id(casusId), Burst.Stap, Burst.ActiviteitId, Burst.Titel, Burst.VoorRol, Burst.Vlottrekker, Burst.Uitgangen, now, Instant(TimeProvider.System.GetUtcNow().AddHours(4)));
        Write(transaction, Journal, Id(stroomId), bursts, now, Burst.Regels);
        Write(transaction, Message, Id(Guid.CreateVersion7()), Id(casusId), Burst.Type, Burst.Inhoud, now);
        await transaction.CommitAsync();
        flow.Next(new StapRef(casusId, stroomId, next));
    }

    public override async Task RunShortAsync()
    {
        var (stroomId, now) = (Id(Guid.CreateVersion7()), Instant(TimeProvider.System.GetUtcNow()));
        await using var connection = (SqliteConnection)await OpenAsync();
        await using var transaction = connection.BeginTransaction();
        Write(transaction, NewFlow, stroomId, Id(Guid.CreateVersion7()), "kort", Short.State, now);
        Write(transaction, Journal, stroomId, 1, now, Short.Journal);
        await transaction.CommitAsync();
    }

    public override Task SettleAsync() => Task.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override async Task<DbConnection> OpenAsync()
    {
        var connection = new SqliteConnection(_connection);
        await connection.OpenAsync();
        await using var patience = connection.CreateCommand();
        patience.CommandText = "pragma busy_timeout = 30000";
        await patience.ExecuteNonQueryAsync();
        return connection;
    }

    protected override async Task CopyAsync(StapRef example, IReadOnlyList<Flow> copies)
    {
        await using var connection = (SqliteConnection)await OpenAsync();
        await using var transaction = connection.BeginTransaction();
        var (from, fromCasus) = (example.StroomId.ToString(), example.CasusId.ToString());
        var columns = new[] { "stromen", "wachtpunten", "journaal" }.ToDictionary(table => table, table => Columns(transaction, table));
        foreach (var (casusId, stroomId, _) in copies.Select(flow => flow.Waiting))
            foreach (var (table, key) in new[] { ("stromen", "id"), ("wachtpunten", "stroom_id"), ("journaal", "stroom_id") })
            {
                var values = columns[table].Select(column => (table, column) switch
                {
                    ("stromen", "id") or (_, "stroom_id") => "$1",
                    (_, "casus_id") => "$2",
                    ("wachtpunten", "id") => "$3",
                    (_, "toestand" or "regels" or "bookmark") => $"replace(replace({column}, $4, $5), $6, $7)",
                    _ => column,
                });
                Write(transaction, $"insert into {table} select {string.Join(", ", values)} from {table} where {key} = $8", Id(stroomId), Id(casusId), Id(Guid.CreateVersion7()), from, stroomId.ToString(), fromCasus, casusId.ToString(), Id(example.StroomId));
            }

        await transaction.CommitAsync();
    }

    private static List<string> Columns(SqliteTransaction transaction, string table)
    {
        using var command = Command(transaction, "select name from pragma_table_info($1) order by cid", [table]);
        using var reader = command.ExecuteReader();
        List<string> columns = [];
        while (reader.Read())
            columns.Add(reader.GetString(0));
        return columns;
    }

    private static void Write(SqliteTransaction transaction, string sql, params object[] values)
    {
        using var command = Command(transaction, sql, values);
        command.ExecuteNonQuery();
    }

    private static object Read(SqliteTransaction transaction, string sql, string column, params object[] values)
    {
        using var command = Command(transaction, sql, values);
        using var reader = command.ExecuteReader();
        reader.Read();
        var row = new object[reader.FieldCount];
        reader.GetValues(row);
        return row[reader.GetOrdinal(column)];
    }

    private static SqliteCommand Command(SqliteTransaction transaction, string sql, object[] values)
    {
        var command = transaction.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        return command;
    }

    private static string Id(Guid id) => id.ToString().ToUpperInvariant();

    private static string Instant(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
}
