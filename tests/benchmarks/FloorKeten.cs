using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace NetwerkRegie.Benchmarks;

/// <summary>
/// The hops of a report by bare clients: HTTP, a row and a commit, a confirmed message through a quorum queue, a read, a row and
/// a commit, its place in the feed and a commit, a read, and then a line to who follows and a confirmed message to who listens.
/// </summary>
internal sealed class FloorKeten : IAsyncDisposable
{
    public const string LastExchange = "prestaties-vloer-klaar";
    private const string Exchange = "prestaties-vloer";

    private static readonly byte[] Connected = ": verbonden\n\n"u8.ToArray();

    private readonly Servers _servers;
    private readonly string _database;
    private readonly WebApplication _app;
    private readonly NpgsqlDataSource _source;
    private readonly IConnection _connection;

    private FloorKeten(Servers servers, string database, WebApplication app, NpgsqlDataSource source, IConnection connection) =>
        (_servers, _database, _app, _source, _connection) = (servers, database, app, source, connection);

    public Uri Address => Keten.AddressOf(_app);

    public static async Task<FloorKeten> StartAsync(Servers servers)
    {
        var database = $"keten_vloer_{Environment.ProcessId}";
        await servers.CreateAsync(database);
        var source = NpgsqlDataSource.Create(servers.Connection(database));
        await using (var tables = source.CreateCommand("create table meldingen (id uuid primary key, inhoud text not null); create table casussen (id uuid primary key, melding_id uuid not null, inhoud text not null, positie bigint unique)"))
            await tables.ExecuteNonQueryAsync();

        var connection = await new ConnectionFactory { Uri = servers.RabbitMq }.CreateConnectionAsync();
        // One follower; what nobody takes yet waits.
        var feed = Channel.CreateUnbounded<Guid>();
        await ConsumeAsync(source, connection, feed.Writer);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var channel = await ConfirmingAsync(connection);
        app.MapPost("/v1/meldingen", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var id = Guid.CreateVersion7();
            await ExecuteAsync(source, "insert into meldingen (id, inhoud) values ($1, $2)", id, await reader.ReadToEndAsync());
            await PublishAsync(channel, Exchange, id);
            return Results.Created($"/v1/meldingen/{id}", null);
        });
        app.MapGet("/v1/gebeurtenissen/stroom", async (HttpContext http) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Connected, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await foreach (var id in feed.Reader.ReadAllAsync(http.RequestAborted))
            {
                await http.Response.WriteAsync($"id: {id}\ndata: {id}\n\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        });
        await app.StartAsync();
        return new FloorKeten(servers, database, app, source, connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
        await _servers.DropAsync(_database);
    }

    private static async Task ConsumeAsync(NpgsqlDataSource source, IConnection connection, ChannelWriter<Guid> feed)
    {
        var channel = await ConfirmingAsync(connection);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true);
        await channel.ExchangeDeclareAsync(LastExchange, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync(Exchange, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(Exchange, Exchange, "");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var id = new Guid(delivery.Body.Span);
            var casus = Guid.CreateVersion7();
            await ExecuteAsync(source, "insert into casussen (id, melding_id, inhoud) values ($1, $2, $3)", casus, id, await ReadAsync(source, "select inhoud from meldingen where id = $1", id));
            await ExecuteAsync(source, "update casussen set positie = (select coalesce(max(positie), 0) + 1 from casussen) where id = $1", casus);
            await ReadAsync(source, "select inhoud from casussen where id = $1", casus);
            await feed.WriteAsync(id);
            await PublishAsync(channel, LastExchange, id);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(Exchange, autoAck: false, consumer);
    }

    private static Task<IChannel> ConfirmingAsync(IConnection connection) =>
        connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));

    private static async Task<object> ReadAsync(NpgsqlDataSource source, string sql, Guid id)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        return (await command.ExecuteScalarAsync())!;
    }

    // A statement of its own is a transaction of its own.
    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    private static ValueTask PublishAsync(IChannel channel, string exchange, Guid id) =>
        channel.BasicPublishAsync(exchange, "", mandatory: true, new BasicProperties { Persistent = true }, id.ToByteArray());
}
