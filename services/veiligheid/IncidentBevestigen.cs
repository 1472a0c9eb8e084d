using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>Een mens heeft het incident. Dat zegt niets over wie de regie houdt.</summary>
/// <param name="Afspraak">Wat meteen is afgesproken.</param>
/// <param name="LichtereWeg">De lichtere weg die is gekozen of overwogen.</param>
public sealed record IncidentBevestigen(string? Afspraak = null, string? LichtereWeg = null)
{
    /// <summary>Wie het eerst bevestigt, telt; wie daarna komt, ziet wie dat was.</summary>
    internal static async Task<Ok<IncidentBeeld>> Post(
        Guid id, IncidentBevestigen? verzoek, Actor actor, VeiligheidDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        if (await db.Incidenten.Where(i => i.Id == id).Select(i => (Guid?)i.CasusId).SingleOrDefaultAsync(ct) is not { } casusId)
            throw Geweigerd.NietGevonden("Dit incident");
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, casusId, ct);
        var incident = await db.Incidenten.SingleAsync(i => i.Id == id, ct);
        if (incident.VoorId != actor.Id && !await db.HoortBij(casusId, actor, ct))
            throw Geweigerd.NietGevonden("Dit incident");
        new Invoer()
            .Eis(verzoek?.Afspraak is null or { Length: <= 2000 }, "/afspraak", "De afspraak is langer dan 2000 tekens.")
            .Eis(verzoek?.LichtereWeg is null or { Length: <= 2000 }, "/lichtereWeg", "De lichtere weg is langer dan 2000 tekens.")
            .Klaar();

        var nu = time.GetUtcNow();
        if (incident.Bevestigen(actor.Id, verzoek, nu))
        {
            await db.SetAlarmAsync(casusId, VeiligheidWekker.Incident, id, null, ct);
            db.Publish(new IncidentBevestigd(casusId, id), casusId, nu);
            await db.SaveChangesAsync(ct);
            await transactie.CommitAsync(ct);
        }

        return TypedResults.Ok(IncidentBeeld.Van(incident, metInhoud: true));
    }
}
