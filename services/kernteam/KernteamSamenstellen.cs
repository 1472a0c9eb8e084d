using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Kernteam;

/// <summary>Stelt het kernteam samen rond de regisseur. Wie het nog eens vraagt, krijgt hetzelfde kernteam.</summary>
public sealed class KernteamSamenstellenConsumer(KernteamDbContext db, ConsumerTools tools) : OnceConsumer<KernteamSamenstellen>(db, tools)
{
    protected override async Task Handle(KernteamSamenstellen message, CancellationToken ct)
    {
        if (await db.Kernteams.FindAsync([message.Stap.CasusId], ct) is null)
            db.Kernteams.Add(new Kernteam { CasusId = message.Stap.CasusId, EersteRegisseurId = message.RegisseurId, SamengesteldOp = Now });
        db.Publish(new KernteamSamengesteld(message.Stap), Now);
    }
}
