using MassTransit;
using MassTransit.RabbitMqTransport;

namespace NetwerkRegie.Messaging;

/// <summary>
/// Lets a queue be listened to again when the broker answers too late, as one does that has just started and is busy. To
/// MassTransit 8.4 a cancelled call means that somebody stops the process, and the queue would have no listener until the next start.
/// </summary>
internal sealed class LateAnswer : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        try
        {
            await next.Send(context);
        }
        catch (OperationCanceledException e) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw new RabbitMqConnectionException("The broker did not answer in time.", e);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope(nameof(LateAnswer));
}
