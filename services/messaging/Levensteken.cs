using MassTransit;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Regie;

namespace NetwerkRegie.Messaging;

/// <summary>
/// Says that a service works: it heard the question on the bus, its database answered, and its word goes out. It names its queues that
/// nobody takes from. Outside the outbox and the inbox, because a sign of life that was kept for later is none.
/// </summary>
public sealed class LevenstekenConsumer<TDb>(TDb db, IBusControl bus, BusTraffic traffic) : IConsumer<LevenstekenVragen>
    where TDb : ServiceDbContext
{
    public async Task Consume(ConsumeContext<LevenstekenVragen> context)
    {
        var oldest = await db.Outbox.OrderBy(m => m.Volgnr).Select(m => (DateTimeOffset?)m.AangemaaktOp).FirstOrDefaultAsync(context.CancellationToken);
        var service = Queue(context.ReceiveContext.InputAddress).Split('-')[0];
        var unheard = bus.CheckHealth().Endpoints.Values.Where(e => e.Status != BusHealthStatus.Healthy).Select(e => Queue(e.InputAddress)).Where(queue => queue.StartsWith($"{service}-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        await traffic.PublishAsync(context, new LevenstekenGegeven(service, context.Message.Op, oldest, unheard), context.CancellationToken);
    }

    private static string Queue(Uri address) => address.AbsolutePath.Split('/')[^1];
}

/// <summary>What every service listens to for whoever oversees the flows.</summary>
public static class Bewaakt
{
    public static IReadOnlyList<Type> In<TDb>()
        where TDb : ServiceDbContext => [typeof(LevenstekenConsumer<TDb>), typeof(BerichtOpnieuwAanbiedenConsumer<TDb>)];
}
