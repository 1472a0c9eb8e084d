using System.Data.Common;
using NetwerkRegie.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace NetwerkRegie.Benchmarks;

/// <summary>Bare Npgsql: pooled connections, prepared statements, two batches and a commit.</summary>
internal sealed class PostgresFloor(string connectionString) : FloorBursts
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public override async Task<int?> PostmasterAsync()
    {
        await using var command = _source.CreateCommand("select pg_backend_pid()");
        return Cpu.Postmaster((int)(await command.ExecuteScalarAsync())!);
    }

    public override async Task AnswerAsync(Flow flow)
    {
        var (casusId, stroomId, wachtpunt) = flow.Waiting;
        var now = TimeProvider.System.GetUtcNow();
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        int bursts;
        await using (var read = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                Command("select pg_advisory_xact_lock(hashtextextended($1, 0))", Text(casusId.ToString())),
                Command(Receipt, Uuid(Guid.CreateVersion7()), Text("StapUitkomstConsumer`1"), Instant(now)),
                Command(Wait, Uuid(stroomId), Text(wachtpunt)),
                Command(State, Uuid(stroomId)),
            },
        })
        {
            await using var reader = await read.ExecuteReaderAsync();
            await ReadRowAsync(reader);
            await reader.NextResultAsync();
            await ReadRowAsync(reader);
            await reader.NextResultAsync();
            bursts = (int)(await ReadRowAsync(reader))[reader.GetOrdinal("laatste_burst")] + 1;
        }

        var next = Next(stroomId, bursts);
        await using var write = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                Command(NewState, Text(Burst.Toestand), Number(bursts), Instant(now), Uuid(stroomId)),
                Command(Answered, Instant(now), Text("KernteamSamengesteld"), Uuid(stroomId), Text(wachtpunt)),
                Command(NewWait, Uuid(stroomId), Text(next), Uuid(Guid.CreateVersion7()), Uuid(casusId), Text(Burst.Stap), Text(Burst.ActiviteitId), Text(Burst.Titel), Text(Burst.VoorRol), Text(Burst.Vlottrekker), Text(Burst.Uitgangen), Instant(now), Instant(now.AddHours(4))),
                Command(Journal, Uuid(stroomId), Number(bursts), Instant(now), Text(Burst.Regels)),
                Command(Message, Uuid(Guid.CreateVersion7()), Uuid(casusId), Text(Burst.Type), Text(Burst.Inhoud), Instant(now)),
            },
        };
        await write.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        flow.Next(new StapRef(casusId, stroomId, next));
    }

    public override async Task RunShortAsync()
    {
        var (casusId, stroomId, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var write = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                Command("select pg_advisory_xact_lock(hashtextextended($1, 0))", Text(casusId.ToString())),
                Command(NewFlow, Uuid(stroomId), Uuid(casusId), Text("kort"), Text(Short.State), Instant(now)),
                Command(Journal, Uuid(stroomId), Number(1), Instant(now), Text(Short.Journal)),
            },
        };
        await write.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public override async Task SettleAsync()
    {
        foreach (var statement in new[] { "vacuum (analyze)", "checkpoint" })
        {
            await using var command = _source.CreateCommand(statement);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync();
        }
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    protected override async Task<DbConnection> OpenAsync() => await _source.OpenConnectionAsync();

    protected override async Task CopyAsync(StapRef example, IReadOnlyList<Flow> copies)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // These rows are right: checking each reference again at the commit takes longer than writing them.
        await ExecuteAsync(connection, "set local session_replication_role = replica; create temp table nieuw (stroom uuid, casus uuid) on commit drop");
        await using (var import = await connection.BeginBinaryImportAsync("copy nieuw from stdin (format binary)"))
        {
            foreach (var flow in copies)
            {
                await import.StartRowAsync();
                await import.WriteAsync(flow.Waiting.StroomId);
                await import.WriteAsync(flow.Waiting.CasusId);
            }

            await import.CompleteAsync();
        }

        await ExecuteAsync(connection, Copies("stromen", "t.id", "'id', stroom, 'casus_id', casus, 'toestand', replace(replace(toestand, van, stroom::text), van_casus, casus::text)"), example);
        await ExecuteAsync(connection, Copies("wachtpunten", "t.stroom_id", "'id', gen_random_uuid(), 'stroom_id', stroom, 'casus_id', casus, 'bookmark', replace(bookmark, van, stroom::text)"), example);
        await ExecuteAsync(connection, Copies("journaal", "t.stroom_id", "'stroom_id', stroom, 'regels', replace(replace(regels, van, stroom::text), van_casus, casus::text)"), example);
        await transaction.CommitAsync();
    }

    private static string Copies(string table, string flow, string own) => $"""
        insert into {table}
        select (jsonb_populate_record(t, jsonb_build_object({own}))).*
        from {table} t, nieuw, (select $1::text as van, $2::text as van_casus) as voorbeeld
        where {flow} = van::uuid
        """;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, StapRef? example = null)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        if (example is not null)
        {
            command.Parameters.Add(Text(example.StroomId.ToString()));
            command.Parameters.Add(Text(example.CasusId.ToString()));
        }

        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object[]> ReadRowAsync(NpgsqlDataReader reader)
    {
        await reader.ReadAsync();
        var values = new object[reader.FieldCount];
        reader.GetValues(values);
        return values;
    }

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter<Guid> Uuid(Guid value) => new() { TypedValue = value };

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<int> Number(int value) => new() { TypedValue = value };

    private static NpgsqlParameter<DateTime> Instant(DateTimeOffset value) => new() { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
