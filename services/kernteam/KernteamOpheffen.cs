using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Kernteam;

/// <summary>Met de casus eindigt het kernteam. Wat is vastgelegd, blijft voor de leden te lezen.</summary>
public sealed class CasusAfgeslotenConsumer(KernteamDbContext db, ConsumerTools tools) : OnceConsumer<CasusAfgesloten>(db, tools)
{
    protected override Guid? Holds(CasusAfgesloten message) => message.CasusId;

    protected override async Task Handle(CasusAfgesloten message, CancellationToken ct)
    {
        if (await db.Kernteams.FindAsync([message.CasusId], ct) is not { } team)
            return;
        team.Opheffen(message.Op);
        if (team.OpgehevenOp is null)
            return;
        await db.Set<Alarm>().Where(a => a.CasusId == message.CasusId).ExecuteDeleteAsync(ct);
        db.Publish(new KernteamOpgeheven(message.CasusId), message.CasusId, Now);
    }
}

/// <summary>Met de casus is ook het kernteam er weer, met wie er dan de regie houdt.</summary>
public sealed class CasusHeropendConsumer(KernteamDbContext db, ConsumerTools tools, Termijnboek termijnen) : OnceConsumer<CasusHeropend>(db, tools)
{
    protected override Guid? Holds(CasusHeropend message) => message.CasusId;

    protected override async Task Handle(CasusHeropend message, CancellationToken ct)
    {
        if (await db.Kernteams.FindAsync([message.CasusId], ct) is { } team)
        {
            team.Heropenen(message.Op);
            if (team.OpgehevenOp is null && !await db.IsGestopt(message.CasusId, ct))
                await RitmeAfspreken.TelAsync(db, team, message.Op, termijnen, ct);
        }

        if (await db.Regiewissels.FindAsync([message.CasusId, message.Op, message.RegisseurId], ct) is null)
            db.Regiewissels.Add(new Regiewissel(message.CasusId, message.Op, message.RegisseurId, null));
    }
}
