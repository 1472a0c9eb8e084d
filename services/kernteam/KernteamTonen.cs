using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Wie er aan tafel zit, voor wie er zit, hun leidinggevenden en toezicht. Wie de stopknop indrukte en wanneer staat erbij; waarom niet, dat lezen alleen de leden.</summary>
public sealed record KernteamBeeld(
    Guid CasusId, IReadOnlyList<Lid> Leden, DateTimeOffset SamengesteldOp, DateTimeOffset? OpgehevenOp = null, LopendeStop? Stop = null);

/// <summary>De stop die nu geldt.</summary>
public sealed record LopendeStop(Guid Id, Guid IngedruktDoorId, DateTimeOffset IngedruktOp);

internal static class KernteamTonen
{
    public static async Task<Ok<KernteamBeeld>> Get(Guid casusId, Actor actor, KernteamDbContext db, Regio regio, CancellationToken ct)
    {
        if (await db.Zoek(casusId, ct) is not { } samenstelling || !MagZien(actor, samenstelling, regio))
            throw Kernteam.NietGevonden;
        var stop = await db.Stops.Where(s => s.CasusId == casusId && s.OpgehevenOp == null)
            .Select(s => new LopendeStop(s.Id, s.IngedruktDoorId, s.IngedruktOp)).SingleOrDefaultAsync(ct);
        return TypedResults.Ok(new KernteamBeeld(casusId, samenstelling.Leden, samenstelling.Team.SamengesteldOp, samenstelling.Team.OpgehevenOp, stop));
    }

    private static bool MagZien(Actor actor, Samenstelling samenstelling, Regio regio) =>
        actor.Rol is Rol.Toezichthouder || samenstelling.IsLid(actor.Id) || samenstelling.Leden.Any(lid => actor.IsLeidinggevendeVan(lid.LidId, regio));
}
