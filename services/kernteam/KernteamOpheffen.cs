using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Kernteam;

/// <summary>Met de casus eindigt het kernteam. Wat is vastgelegd, blijft voor de leden te lezen.</summary>
public sealed class CasusAfgeslotenConsumer(KernteamDbContext db, ConsumerTools tools) : OnceConsumer<CasusAfgesloten>(db, tools)
{
    protected override async Task Handle(CasusAfgesloten message, CancellationToken ct)
    {
        if (await db.Kernteams.FindAsync([message.CasusId], ct) is { } team)
            team.Opheffen(message.Op);
    }
}
