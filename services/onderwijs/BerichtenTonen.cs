using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Web;

namespace NetwerkRegie.Onderwijs;

/// <summary>Een bericht zoals de school het leest.</summary>
/// <param name="VerzuimId">De eigen melding waarop dit een antwoord is.</param>
/// <param name="Antwoord">ontvangen, in-behandeling of geen-actie-nodig.</param>
public sealed record BerichtBeeld(Guid Id, Guid CasusId, Guid ContactpersoonId, DateTimeOffset Op, Guid? VerzuimId = null, string? Antwoord = null);

internal static class BerichtenTonen
{
    /// <summary>Of er nog gedeeld wordt, telt op het moment van lezen, niet op het moment van klaarleggen.</summary>
    public static async Task<Ok<Lijst<BerichtBeeld>>> Get(Actor actor, OnderwijsDbContext db, Regio regio, TimeProvider time, CancellationToken ct)
    {
        var scholen = db.ScholenWaarmeeGedeeld(regio, time.GetUtcNow()).Where(s => s.SchoolRef == actor.Organisatie && s.MagContactpersoon);
        var berichten = await db.Berichten
            .Join(scholen, b => b.BetrokkenSchoolId, s => s.Id, (b, s) => new { Bericht = b, School = s })
            .Where(x => x.Bericht.VerzuimId == null || x.School.MagVerzuimafspraken)
            .Select(x => new BerichtBeeld(x.Bericht.Id, x.School.CasusId, x.Bericht.ContactpersoonId, x.Bericht.Op, x.Bericht.VerzuimId, x.Bericht.Antwoord))
            .ToListAsync(ct);
        return TypedResults.Ok(new Lijst<BerichtBeeld>([.. berichten.OrderByDescending(b => b.Op)]));
    }
}
