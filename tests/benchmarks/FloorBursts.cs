using NetwerkRegie.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace NetwerkRegie.Benchmarks;

/// <summary>
/// The least that a durable burst asks of PostgreSQL: pooled connections, prepared statements, two batches and a commit. It
/// reads and writes the rows of the product, with texts of the product, and computes nothing.
/// </summary>
internal sealed class FloorBursts : IAsyncDisposable
{
    private const string ExampleQuery = """
        select s.toestand, w.stap, w.activiteit_id, w.titel, w.voor_rol, w.vlottrekker, w.uitgangen, j.regels, o.type, o.inhoud
        from stromen s
        join wachtpunten w on w.stroom_id = s.id and w.afgehandeld_op is null
        join journaal j on j.stroom_id = s.id and j.burst = s.laatste_burst
        join outbox o on o.sleutel = s.casus_id
        where s.id = $1
        order by o.volgnr desc limit 1
        """;

    private readonly NpgsqlDataSource _source;
    private readonly Row _row;

    private FloorBursts(NpgsqlDataSource source, Row row) => (_source, _row) = (source, row);

    /// <param name="example">A flow that the product has answered.</param>
    public static async Task<FloorBursts> PrepareAsync(string connection, Flow example)
    {
        var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(ExampleQuery);
        command.Parameters.Add(Uuid(example.Waiting.StroomId));
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new FloorBursts(source, new Row(Column(0), Column(1), Column(2), Column(3), Column(4), Column(5), Column(6), Column(7), Column(8), Column(9)));

        string Column(int number) => reader.GetString(number);
    }

    public async Task AnswerAsync(Flow flow)
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
                Command("insert into inbox (bericht_id, consumer, ontvangen_op) values ($1, $2, $3) on conflict do nothing", Uuid(Guid.CreateVersion7()), Text("StapUitkomstConsumer`1"), Instant(now)),
                Command("select * from wachtpunten where stroom_id = $1 and bookmark = $2", Uuid(stroomId), Text(wachtpunt)),
                Command("select * from stromen where id = $1", Uuid(stroomId)),
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

        // As long as those of the product, and as unique.
        var next = $"{stroomId}-{(2 * bursts) + 1}";
        await using var write = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                Command("update stromen set toestand = $1, laatste_burst = $2, bijgewerkt_op = $3 where id = $4", Text(_row.Toestand), Number(bursts), Instant(now), Uuid(stroomId)),
                Command("update wachtpunten set afgehandeld_op = $1, uitgang = $2 where stroom_id = $3 and bookmark = $4", Instant(now), Text("KernteamSamengesteld"), Uuid(stroomId), Text(wachtpunt)),
                Command(
                    "insert into wachtpunten (stroom_id, bookmark, id, casus_id, stap, activiteit_id, titel, sleutel, voor_rol, voor_id, vlottrekker, uitgangen, sinds, verloopt_op, pogingen, afgehandeld_op, uitgang) values ($1, $2, $3, $4, $5, $6, $7, null, $8, null, $9, $10, $11, $12, 0, null, null)",
                    Uuid(stroomId), Text(next), Uuid(Guid.CreateVersion7()), Uuid(casusId), Text(_row.Stap), Text(_row.ActiviteitId), Text(_row.Titel), Text(_row.VoorRol), Text(_row.Vlottrekker), Text(_row.Uitgangen), Instant(now), Instant(now.AddHours(4))),
                Command("insert into journaal (stroom_id, burst, op, regels) values ($1, $2, $3, $4)", Uuid(stroomId), Number(bursts), Instant(now), Text(_row.Regels)),
                Command("insert into outbox (id, sleutel, type, inhoud, aangemaakt_op) values ($1, $2, $3, $4, $5) returning volgnr", Uuid(Guid.CreateVersion7()), Uuid(casusId), Text(_row.Type), Text(_row.Inhoud), Instant(now)),
            },
        };
        await write.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        flow.Next(new StapRef(casusId, stroomId, next));
    }

    /// <summary>Every answer, of either side, left exactly the rows that it should.</summary>
    /// <param name="flows">All flows of both sides, each started once.</param>
    public async Task CheckAsync(int flows, int answers)
    {
        foreach (var (table, rows) in new[] { ("inbox", answers), ("journaal", flows + answers), ("wachtpunten", flows + answers), ("outbox", flows + answers), ("wachtpunten where afgehandeld_op is null", flows) })
        {
            await using var count = _source.CreateCommand($"select count(*) from {table}");
            if (await count.ExecuteScalarAsync() is var found && !Equals(found, (long)rows))
                throw new InvalidOperationException($"{table} has {found} rows instead of {rows}.");
        }
    }

    /// <summary>The server's main process, if it runs here.</summary>
    public async Task<int?> PostmasterAsync()
    {
        await using var command = _source.CreateCommand("select pg_backend_pid()");
        return Cpu.Postmaster((int)(await command.ExecuteScalarAsync())!);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

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

    /// <summary>The texts that a burst of the product wrote.</summary>
    private sealed record Row(string Toestand, string Stap, string ActiviteitId, string Titel, string VoorRol, string Vlottrekker, string Uitgangen, string Regels, string Type, string Inhoud);
}
