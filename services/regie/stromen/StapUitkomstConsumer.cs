using System.Text.Json;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>Takes the answer of another service to the flow that asked; one class for every outcome there is or will be.</summary>
internal sealed class StapUitkomstConsumer<TUitkomst>(RegieDbContext db, ConsumerTools tools, CasusRunner runner) : OnceConsumer<TUitkomst>(db, tools)
    where TUitkomst : class, IUitkomst
{
    protected override Guid? Holds(TUitkomst message) => message.Stap.CasusId;

    protected override Task Handle(TUitkomst message, CancellationToken ct) =>
        runner.InBurstOnHeldAsync(message.Stap.CasusId, async burst =>
        {
            if (await burst.AntwoordAsync(message.Stap, typeof(TUitkomst).Name, JsonSerializer.SerializeToNode(message, JsonSerializerOptions.Web)!))
                burst.Gebeurd(message);
            return true;
        }, ct);
}
