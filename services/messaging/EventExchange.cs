using RabbitMQ.Client;

namespace NetwerkRegie.Messaging;

/// <summary>
/// The topic exchange where others hear what happens, with AMQP clients of their own. What is published has been confirmed by the
/// broker; a queue that is not bound to it gets nothing, which is the business of who made the queue.
/// </summary>
public sealed class EventExchange : IAsyncDisposable
{
    public const string Name = "netwerkregie.gebeurtenissen";

    private readonly Uri _rabbit;
    private IConnection? _connection;
    private IChannel? _channel;

    internal EventExchange(Uri rabbit) => _rabbit = rabbit;

    /// <summary>Opens what the last failure closed.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        if (_channel is { IsOpen: true })
            return;
        await DisposeAsync();
        _connection = await new ConnectionFactory { Uri = _rabbit, AutomaticRecoveryEnabled = false, ClientProvidedName = Name }.CreateConnectionAsync(ct);
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
        await _channel.ExchangeDeclareAsync(Name, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: ct);
    }

    /// <summary>Returns when the broker has it.</summary>
    /// <param name="attributes">What a reader wants to know before it reads the body.</param>
    public async Task PublishAsync(string routingKey, string id, string contentType, IEnumerable<KeyValuePair<string, string>> attributes, ReadOnlyMemory<byte> body, CancellationToken ct) =>
        await _channel!.BasicPublishAsync(Name, routingKey, mandatory: false, new BasicProperties
        {
            MessageId = id,
            ContentType = contentType,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = attributes.ToDictionary(a => a.Key, object? (a) => a.Value),
        }, body, ct);

    public async ValueTask DisposeAsync()
    {
        var (connection, channel) = (_connection, _channel);
        (_connection, _channel) = (null, null);
        if (channel is not null)
            await channel.DisposeAsync();
        if (connection is not null)
            await connection.DisposeAsync();
    }
}
