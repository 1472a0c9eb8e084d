using System.Collections.Concurrent;
using MassTransit;

namespace NetwerkRegie.Messaging;

/// <summary>
/// Knows who listens to what, and follows messages from the outbox to their last consumer. The in-memory bus forgets what it
/// held when the process dies, so there a message counts as delivered only when every consumer is done with it.
/// </summary>
public sealed class BusTraffic(IEnumerable<Service> services) : IReceiveObserver
{
    // A broker need not keep for a service that is away what is about now.
    private static readonly TimeSpan Passing = TimeSpan.FromMinutes(5);

    private readonly Dictionary<Type, string[]> _listeners = services
        .SelectMany(service => service.Consumers.SelectMany(consumer => MessagesOf(consumer).Select(message => (message, queue: service.QueueName(consumer)))))
        .Distinct()
        .GroupBy(subscription => subscription.message)
        .ToDictionary(group => group.Key, group => group.Select(subscription => subscription.queue).ToArray());

    private readonly ConcurrentDictionary<Guid, Delivery> _underway = new();
    private long _expected;
    private long _handled;

    /// <summary>Deliveries that sent messages should lead to, over all queues, since the start of this process.</summary>
    public long Expected => Volatile.Read(ref _expected);

    /// <summary>Deliveries that consumers in this process have finished, well or not.</summary>
    public long Handled => Volatile.Read(ref _handled);

    /// <summary>In how many queues a message of this type ends, in all services together.</summary>
    public int Listeners(Type message) => Queues(message).Count;

    /// <summary>The queues in which a message of this type ends.</summary>
    public IReadOnlyList<string> Queues(Type message) => _listeners.GetValueOrDefault(message) ?? [];

    /// <summary>The message types a consumer handles.</summary>
    public static IEnumerable<Type> MessagesOf(Type consumer) =>
        consumer.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>))
            .Select(i => i.GetGenericArguments()[0]);

    /// <summary>Publishes something that may get lost, past the outbox, and counts it along.</summary>
    public Task PublishAsync<T>(IPublishEndpoint bus, T message, CancellationToken ct)
        where T : class
    {
        Sent(Listeners(typeof(T)));
        return bus.Publish(message, context => context.TimeToLive = Passing, ct);
    }

    internal void Sent(int listeners) => Interlocked.Add(ref _expected, listeners);

    /// <summary>Completes when <paramref name="listeners"/> consumers in this process have finished the message.</summary>
    internal Task WhenDelivered(Guid messageId, int listeners)
    {
        if (listeners == 0)
            return Task.CompletedTask;
        var delivery = new Delivery(listeners);
        _underway[messageId] = delivery;
        return delivery.Done.Task;
    }

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostReceive(ReceiveContext context) => Finished(context);

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception) => Finished(context);

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) => Task.CompletedTask;

    private Task Finished(ReceiveContext context)
    {
        Interlocked.Increment(ref _handled);
        if (context.GetMessageId() is { } id && _underway.TryGetValue(id, out var delivery) && delivery.OneMore())
            _underway.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    private sealed class Delivery(int listeners)
    {
        private int _left = listeners;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool OneMore()
        {
            if (Interlocked.Decrement(ref _left) > 0)
                return false;
            Done.TrySetResult();
            return true;
        }
    }
}
