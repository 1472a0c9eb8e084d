using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace NetwerkRegie.Benchmarks;

/// <summary>Somebody else's program that hears something, and when.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private Func<ValueTask> _close = () => ValueTask.CompletedTask;
    private TaskCompletionSource<long> _next = new();

    private Subscriber()
    {
    }

    /// <summary>An AMQP client with a queue of its own on an exchange.</summary>
    public static async Task<Subscriber> OnExchangeAsync(IConnection connection, string exchange, string kind, string routingKey)
    {
        var channel = await connection.CreateChannelAsync();
        var subscriber = new Subscriber { _close = channel.DisposeAsync };
        await channel.ExchangeDeclareAsync(exchange, kind, durable: true);
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, exchange, routingKey);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, _) =>
        {
            subscriber.Heard();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return subscriber;
    }

    /// <summary>An HTTP client that follows server-sent events.</summary>
    public static async Task<Subscriber> OnStreamAsync(Uri address, AuthenticationHeaderValue? token)
    {
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = token;
        var stream = await http.GetStreamAsync(address);
        var end = new CancellationTokenSource();
        var subscriber = new Subscriber();
        var reading = ReadAsync();
        subscriber._close = async () =>
        {
            await end.CancelAsync();
            await reading;
            end.Dispose();
            http.Dispose();
        };
        return subscriber;

        async Task ReadAsync()
        {
            try
            {
                await foreach (var _ in SseParser.Create(stream).EnumerateAsync(end.Token))
                    subscriber.Heard();
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    /// <summary>The moment of the next message; asked before it is caused.</summary>
    public Task<long> NextAsync() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public ValueTask DisposeAsync() => _close();

    private void Heard() => _next.TrySetResult(Stopwatch.GetTimestamp());
}
