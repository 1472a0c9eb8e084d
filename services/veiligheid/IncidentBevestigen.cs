using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>Een mens heeft het incident. Dat zegt niets over wie de regie houdt.</summary>
internal static class IncidentBevestigen
{
    /// <summary>Wie het eerst bevestigt, telt; wie daarna komt, ziet wie dat was.</summary>
    public static async Task<Ok<IncidentBeeld>> Post(Guid id, Actor actor, VeiligheidDbContext db, TimeProvider time, CancellationToken ct)
    {
        var casusId = await db.Incidenten.Where(i => i.Id == id).Select(i => (Guid?)i.CasusId).SingleOrDefaultAsync(ct);
        if (casusId is null || !await db.HoortBij(casusId.Value, actor, ct))
            throw Geweigerd.NietGevonden("Dit incident");

        var (door, op) = ((Guid?)actor.Id, (DateTimeOffset?)time.GetUtcNow());
        await db.Incidenten.Where(i => i.Id == id && i.BevestigdOp == null)
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.BevestigdDoorId, door).SetProperty(x => x.BevestigdOp, op), ct);
        return TypedResults.Ok(IncidentBeeld.Van(await db.Incidenten.AsNoTracking().SingleAsync(i => i.Id == id, ct), metInhoud: true));
    }
}
