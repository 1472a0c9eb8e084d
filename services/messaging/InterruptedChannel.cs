using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace NetwerkRegie.Messaging;

/// <summary>
/// Lets a process connect again after RabbitMQ was away. When a message is done after its channel has closed, MassTransit 8.4
/// closes that channel from within the consumer and waits for it; RabbitMQ.Client waits there until every consumer of the
/// channel is done, this one too, so both wait forever and nobody hears that the connection is gone. This closes the channel
/// without waiting and reports another exception, to which MassTransit has no such answer. MassTransit 8.5 does the same itself.
/// </summary>
internal sealed class InterruptedChannel : IReceiveObserver
{
    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        if (exception is not (OperationInterruptedException or EndOfStreamException) || !context.TryGetPayload<ChannelContext>(out var channel))
            return Task.CompletedTask;
        // What was not confirmed comes again on the next channel.
        _ = Task.Run(() => channel.Channel.CloseAsync(Constants.ReplySuccess, "Interrupted", abort: true));
        return Task.FromException(new TransportUnavailableException("The channel closed before the message was done.", exception));
    }
}
