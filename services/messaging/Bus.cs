using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace NetwerkRegie.Messaging;

/// <summary>
/// How services hear each other: inside one process (<c>memory</c>, the default) or over RabbitMQ (<c>amqp://…</c>).
/// This is the only place that knows there is a choice.
/// </summary>
public sealed class Bus
{
    // One casus is never handled twice at once, so more than this only lengthens the queue for the database.
    private const int ConcurrentMessages = 16;

    // A broker that starts together with us may take this long; after that somebody wants to know.
    private static readonly TimeSpan BrokerPatience = TimeSpan.FromSeconds(30);

    // To listen to a queue that is just being read back may take a busy broker longer than the client's own 20 seconds.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(1);

    private readonly Uri? _rabbit;

    private Bus(Uri? rabbit) => _rabbit = rabbit;

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">The setting is neither <c>memory</c> nor an AMQP address.</exception>
    public static Bus Parse(string? setting)
    {
        if (setting is null or "" or "memory")
            return new Bus(null);
        if (Uri.TryCreate(setting, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps")
            return new Bus(uri);
        throw new SettingException("De instelling Bus is 'memory' of een adres dat begint met 'amqp://'.");
    }

    /// <summary>True when services hear each other inside this process: the form that needs no server.</summary>
    public bool IsEmbedded => _rabbit is null;

    /// <summary>True when messages underway are lost with the process.</summary>
    internal bool ForgetsOnRestart => IsEmbedded;

    /// <summary>Where others hear what happens; null when there is no broker for them to come to.</summary>
    public EventExchange? Exchange() => _rabbit is null ? null : new(_rabbit);

    /// <summary>Connects the consumers of <paramref name="services"/>.</summary>
    internal void Connect(IServiceCollection collection, IEnumerable<Service> services, bool topologyOnly = false) => collection.AddMassTransit(bus =>
    {
        bus.DisableUsageTelemetry();
        foreach (var service in services)
            foreach (var consumer in service.Consumers)
                bus.AddConsumer(consumer).Endpoint(endpoint => endpoint.Name = service.QueueName(consumer));

        bus.AddConfigureEndpointsCallback((_, _, endpoint) =>
        {
            endpoint.ConcurrentMessageLimit = ConcurrentMessages;
            endpoint.PrefetchCount = ConcurrentMessages * 2;
            // Quorum queues: what a broker has confirmed survives the loss of that broker.
            if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            {
                rabbit.SetQuorumQueue();
                rabbit.ConfigureChannel(channel => channel.UseFilter(new LateAnswer()));
            }

            // A database that is away for a while is no reason to give a message up; a fault in the message or in us soon is.
            endpoint.UseMessageRetry(retry =>
            {
                retry.Handle<Exception>(IsPassing);
                retry.Exponential(12, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100));
            });
            endpoint.UseMessageRetry(retry =>
            {
                retry.Ignore<Exception>(IsPassing);
                retry.Intervals(20, 100, 500);
            });
        });

        if (_rabbit is null)
            bus.UsingInMemory((context, config) => config.ConfigureEndpoints(context));
        else
        {
            collection.AddReceiveObserver<InterruptedChannel>();
            bus.UsingRabbitMq((context, config) =>
            {
                config.Host(_rabbit, host => host.ContinuationTimeout(AnswerPatience));
                config.DeployTopologyOnly = topologyOnly;
                config.ConfigureEndpoints(context);
            });
        }
    });

    /// <summary>
    /// Declares every queue and binding of <paramref name="services"/>, also of those that never ran yet: a message to a
    /// service that starts later must find its queue.
    /// </summary>
    internal async Task DeployAsync(IReadOnlyList<Service> services, CancellationToken ct)
    {
        if (_rabbit is null)
            return;
        var collection = new ServiceCollection();
        collection.AddLogging();
        Connect(collection, services, topologyOnly: true);
        await using var provider = collection.BuildServiceProvider();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(BrokerPatience);
        try
        {
            await provider.GetRequiredService<IBusControl>().DeployAsync(patience.Token);
            await using var exchange = Exchange()!;
            await exchange.OpenAsync(patience.Token);
        }
        catch (Exception e) when (e is RabbitMqConnectionException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new SettingException($"RabbitMQ is niet bereikbaar op {_rabbit.Host}:{_rabbit.Port}.");
        }
    }

    private static bool IsPassing(Exception e) =>
        e is NpgsqlException { IsTransient: true } or TimeoutException or SqliteException { SqliteErrorCode: 5 or 6 }
        || e.InnerException is { } inner && IsPassing(inner);
}
