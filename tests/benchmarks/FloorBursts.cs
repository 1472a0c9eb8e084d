using System.Data.Common;
using NetwerkRegie.Contracts;

namespace NetwerkRegie.Benchmarks;

/// <summary>
/// The least that a durable burst asks of a database: the rows of the product, with texts of the product, read and written by a bare
/// client in one transaction. Computes nothing.
/// </summary>
internal abstract class FloorBursts : IAsyncDisposable
{
    protected const string Receipt = "insert into inbox (bericht_id, consumer, ontvangen_op) values ($1, $2, $3) on conflict do nothing";
    protected const string Wait = "select * from wachtpunten where stroom_id = $1 and bookmark = $2";
    protected const string State = "select * from stromen where id = $1";
    protected const string NewState = "update stromen set toestand = $1, laatste_burst = $2, bijgewerkt_op = $3 where id = $4";
    protected const string Answered = "update wachtpunten set afgehandeld_op = $1, uitgang = $2 where stroom_id = $3 and bookmark = $4";
    protected const string NewWait =
        "insert into wachtpunten (stroom_id, bookmark, id, casus_id, stap, activiteit_id, titel, sleutel, voor_rol, voor_id, vlottrekker, uitgangen, sinds, verloopt_op, pogingen, afgehandeld_op, uitgang) values ($1, $2, $3, $4, $5, $6, $7, null, $8, null, $9, $10, $11, $12, 0, null, null)";
    protected const string Journal = "insert into journaal (stroom_id, burst, op, regels) values ($1, $2, $3, $4)";
    protected const string Message = "insert into outbox (id, sleutel, type, inhoud, aangemaakt_op) values ($1, $2, $3, $4, $5) returning volgnr";
    protected const string NewFlow =
        "insert into stromen (id, casus_id, definitie_id, versie, status, toestand, ouder_id, ouder_wachtpunt, storingen, laatste_burst, gestart_op, bijgewerkt_op, afgerond_op) values ($1, $2, $3, 1, 'Finished', $4, null, null, 0, 1, $5, $5, $5)";

    private const string ExampleQuery = """
        select s.toestand, w.stap, w.activiteit_id, w.titel, w.voor_rol, w.vlottrekker, w.uitgangen, j.regels, o.type, o.inhoud
        from stromen s
        join wachtpunten w on w.stroom_id = s.id and w.afgehandeld_op is null
        join journaal j on j.stroom_id = s.id and j.burst = s.laatste_burst
        join outbox o on o.sleutel = s.casus_id
        where w.bookmark = $1
        order by o.volgnr desc limit 1
        """;

    private const string ShortQuery = "select s.toestand, j.regels from stromen s join journaal j on j.stroom_id = s.id where s.definitie_id = 'kort' limit 1";

    /// <summary>The texts that a burst of the product wrote.</summary>
    protected Row Burst { get; private set; } = null!;

    /// <summary>The texts of a short flow that the product ran.</summary>
    protected (string State, string Journal) Short { get; private set; }

    /// <summary>The server's main process, if there is a server and it runs here.</summary>
    public virtual Task<int?> PostmasterAsync() => Task.FromResult<int?>(null);

    /// <param name="example">A flow that the product has answered.</param>
    public async Task LearnAsync(Flow example)
    {
        await using var connection = await OpenAsync();
        Burst = await ReadAsync(connection, ExampleQuery, r => new Row(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6), r.GetString(7), r.GetString(8), r.GetString(9)), example.Waiting.Wachtpunt);
        Short = await ReadAsync(connection, ShortQuery, r => (r.GetString(0), r.GetString(1)));
    }

    /// <summary>Puts flows beside <paramref name="example"/> that differ from it only in their numbers.</summary>
    public async Task<IReadOnlyList<Flow>> CopyAsync(StapRef example, int count)
    {
        List<Flow> copies = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).Select(id => new Flow(new StapRef(Guid.CreateVersion7(), id, example.Wachtpunt.Replace(example.StroomId.ToString(), id.ToString(), StringComparison.Ordinal))))];
        foreach (var chunk in copies.Chunk(50_000))
            await CopyAsync(example, chunk);
        return copies;
    }

    /// <summary>Lets the database come to rest after many rows at once, so that what is measured does not pay for them.</summary>
    public abstract Task SettleAsync();

    /// <summary>What an answer of another service does to a flow that waits.</summary>
    public abstract Task AnswerAsync(Flow flow);

    /// <summary>What a flow leaves that runs to its end at once.</summary>
    public abstract Task RunShortAsync();

    /// <summary>Every answer, of either side, left exactly the rows that it should.</summary>
    /// <param name="flows">All flows that wait, of both sides.</param>
    /// <param name="started">How many of those the product started itself, each with a message.</param>
    /// <param name="shorts">How many ran to their end.</param>
    public async Task CheckAsync(int flows, int started, int answers, int shorts)
    {
        await using var connection = await OpenAsync();
        foreach (var (table, rows) in new[]
        {
            ("inbox", answers), ("stromen", flows + shorts), ("journaal", flows + answers + shorts), ("wachtpunten", flows + answers), ("outbox", started + answers),
            ("wachtpunten where afgehandeld_op is null", flows),
        })
        {
            if (await ReadAsync(connection, $"select count(*) from {table}", r => r.GetInt64(0)) is var found && found != rows)
                throw new InvalidOperationException($"{table} has {found} rows instead of {rows}.");
        }
    }

    public abstract ValueTask DisposeAsync();

    protected abstract Task<DbConnection> OpenAsync();

    protected abstract Task CopyAsync(StapRef example, IReadOnlyList<Flow> copies);

    /// <summary>As long as those of the product, and as unique.</summary>
    protected static string Next(Guid stroomId, int bursts) => $"{stroomId}-{(2 * bursts) + 1}";

    private static async Task<T> ReadAsync<T>(DbConnection connection, string query, Func<DbDataReader, T> read, string? argument = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        if (argument is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.Value, parameter.ParameterName) = (argument, command is Npgsql.NpgsqlCommand ? "" : "$1");
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return read(reader);
    }

    protected sealed record Row(string Toestand, string Stap, string ActiviteitId, string Titel, string VoorRol, string Vlottrekker, string Uitgangen, string Regels, string Type, string Inhoud);
}
