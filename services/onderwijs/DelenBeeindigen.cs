using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Onderwijs;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Onderwijs;

/// <summary>Vanaf nu ziet de school niets meer, ook niet wat er al klaarstond.</summary>
internal static class DelenBeeindigen
{
    public static async Task<Ok<SchoolBeeld>> Post(Guid id, Actor actor, OnderwijsDbContext db, TimeProvider time, CancellationToken ct)
    {
        var school = await db.BetrokkenScholen.SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw Geweigerd.NietGevonden("Deze school");
        await db.EisRegieAsync(school.CasusId, actor, ct);
        Beeindig(db, school, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(school.Beeld);
    }

    /// <summary>Een keer, en dan horen anderen het.</summary>
    internal static void Beeindig(OnderwijsDbContext db, BetrokkenSchool school, DateTimeOffset nu)
    {
        if (school.BeeindigdOp is not null)
            return;
        school.Beeindigen(nu);
        db.Publish(new DelenBeeindigd(school.CasusId, school.Id), school.CasusId, nu);
    }
}

/// <summary>Met de casus eindigt ook wat met scholen werd gedeeld.</summary>
public sealed class CasusAfgeslotenConsumer(OnderwijsDbContext db, ConsumerTools tools) : OnceConsumer<CasusAfgesloten>(db, tools)
{
    protected override async Task Handle(CasusAfgesloten message, CancellationToken ct)
    {
        // What a reopened casus shares again is agreed on again, and stays.
        foreach (var school in await db.BetrokkenScholen.Where(s => s.CasusId == message.CasusId && s.VanafOp <= message.Op).ToListAsync(ct))
            DelenBeeindigen.Beeindig(db, school, message.Op);
    }
}
