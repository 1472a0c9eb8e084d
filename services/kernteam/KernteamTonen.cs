using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Wie er aan tafel zit, voor wie er zit, hun leidinggevenden en toezicht. Wie de stopknop indrukte en wanneer staat erbij; waarom niet, dat lezen alleen de leden.</summary>
/// <param name="Status">in-opbouw, ingesteld, actief, gepauzeerd of opgeheven.</param>
/// <param name="Gezondheid">LOOPT, WACHT of WACHT_TE_LANG.</param>
/// <param name="WachtOp">Waarop wordt gewacht: op wie, sinds wanneer, tot wanneer, en wie kan vlottrekken.</param>
public sealed record KernteamBeeld(
    Guid CasusId, IReadOnlyList<Lid> Leden, DateTimeOffset SamengesteldOp, string Status, string Gezondheid, IReadOnlyList<string> WachtOp, IReadOnlyList<StoelBeeld> Stoelen, PlanStand Plan,
    DateTimeOffset? OpgehevenOp = null, LopendeStop? Stop = null);

/// <summary>Hoe ver het plan is.</summary>
/// <param name="Status"><c>geen</c>, <c>concept</c> (besproken met het gezin) of <c>vastgesteld</c>.</param>
public sealed record PlanStand(string Status, int? Versie = null, DateTimeOffset? HerijkenVoor = null);

/// <summary>De stop die nu geldt.</summary>
public sealed record LopendeStop(Guid Id, Guid IngedruktDoorId, DateTimeOffset IngedruktOp);

internal static class KernteamTonen
{
    public static async Task<Ok<KernteamBeeld>> Get(Guid casusId, Actor actor, KernteamDbContext db, Regio regio, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        if (await db.Zoek(casusId, ct) is not { } samenstelling || !MagZien(actor, samenstelling, regio))
            throw Kernteam.NietGevonden;
        var stop = await db.Stops.Where(s => s.CasusId == casusId && s.OpgehevenOp == null)
            .Select(s => new LopendeStop(s.Id, s.IngedruktDoorId, s.IngedruktOp)).SingleOrDefaultAsync(ct);
        var team = samenstelling.Team;
        var stoelen = await db.StoelenVan(casusId, ct);
        var acties = await db.Acties.AsNoTracking().Where(a => a.CasusId == casusId && a.AfgerondOp == null).ToListAsync(ct);
        var plan = await PlanVastleggen.Laatste(casusId, db, ct);
        var (gezondheid, wachtOp) = Gezondheid.Van(samenstelling, stoelen, acties, plan, regio, termijnen, time.GetUtcNow());
        var stand = plan?.HerijkenVoor is not null ? new PlanStand("vastgesteld", plan.Versie, plan.HerijkenVoor)
            : new PlanStand(await db.BesprokenMetGezinOp(casusId, ct) is null ? "geen" : "concept", plan?.Versie);
        return TypedResults.Ok(new KernteamBeeld(
            casusId, samenstelling.Leden, team.SamengesteldOp, team.Status(stop is not null), gezondheid, wachtOp, [.. stoelen.Select(StoelBeeld.Van)], stand, team.OpgehevenOp, stop));
    }

    private static bool MagZien(Actor actor, Samenstelling samenstelling, Regio regio) =>
        actor.Rol is Rol.Toezichthouder || samenstelling.IsLid(actor.Id) || samenstelling.Leden.Any(lid => actor.IsLeidinggevendeVan(lid.LidId, regio));
}
