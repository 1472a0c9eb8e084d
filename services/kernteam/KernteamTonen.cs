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
    DateTimeOffset? OpgehevenOp = null, LopendeStop? Stop = null, RitmeStand? Ritme = null);

/// <summary>Hoe ver het plan is.</summary>
/// <param name="Status"><c>geen</c>, <c>concept</c> (besproken met het gezin) of <c>vastgesteld</c>.</param>
public sealed record PlanStand(string Status, int? Versie = null, DateTimeOffset? HerijkenVoor = null);

/// <summary>De stop die nu geldt.</summary>
public sealed record LopendeStop(Guid Id, Guid IngedruktDoorId, DateTimeOffset IngedruktOp);

/// <summary>Een kernteam waarin u zit.</summary>
/// <param name="Stoelen">Uw stoelen.</param>
/// <param name="Status">Als bij <see cref="KernteamBeeld"/>.</param>
public sealed record KernteamKort(Guid CasusId, IReadOnlyList<string> Stoelen, string Status);

internal static class KernteamTonen
{
    public static async Task<Ok<Lijst<KernteamKort>>> Eigen(Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        var teams = await db.Kernteams.AsNoTracking().Where(k => k.OpgehevenOp == null && (
            k.EersteRegisseurId == actor.Id
            || db.Stoelen.Any(s => s.CasusId == k.CasusId && s.LidId == actor.Id)
            || db.Regiewissels.Any(w => w.CasusId == k.CasusId && (w.NaarId == actor.Id || w.VanId == actor.Id)))).OrderBy(k => k.CasusId).ToListAsync(ct);
        var ids = teams.Select(t => t.CasusId).ToList();
        var stoelen = (await db.Stoelen.AsNoTracking().Where(s => ids.Contains(s.CasusId)).ToListAsync(ct)).ToLookup(s => s.CasusId);
        var wissels = (await db.Regiewissels.AsNoTracking().Where(w => ids.Contains(w.CasusId)).ToListAsync(ct)).ToLookup(w => w.CasusId);
        var gestopt = await db.Stops.Where(s => ids.Contains(s.CasusId) && s.OpgehevenOp == null).Select(s => s.CasusId).ToListAsync(ct);
        var kort = teams.Select(team => new KernteamKort(
            team.CasusId,
            [.. Samenstelling.Van(team, [.. stoelen[team.CasusId]], [.. wissels[team.CasusId]]).Leden.Where(lid => lid.LidId == actor.Id).Select(lid => lid.Stoel)],
            team.Status(gestopt.Contains(team.CasusId))));
        return TypedResults.Ok(new Lijst<KernteamKort>([.. kort.Where(k => k.Stoelen.Count > 0)]));
    }

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
        var nu = time.GetUtcNow();
        var vorigeBijeenkomst = await db.Bijeenkomsten.Where(b => b.CasusId == casusId).MaxAsync(b => (DateTimeOffset?)b.GehoudenOp, ct);
        var ritme = await RitmeAfspreken.Laatste(casusId, db, ct) is { } afgesproken ? RitmeStand.Van(afgesproken, team.RitmeVanaf, vorigeBijeenkomst, termijnen, nu) : null;
        var (gezondheid, wachtOp) = Gezondheid.Van(samenstelling, stoelen, acties, await StapVragen.Wachtend(casusId, db, ct), plan, ritme, regio, termijnen, nu);
        var stand = plan?.HerijkenVoor is not null ? new PlanStand("vastgesteld", plan.Versie, plan.HerijkenVoor)
            : new PlanStand(await db.BesprokenMetGezinOp(casusId, ct) is null ? "geen" : "concept", plan?.Versie);
        return TypedResults.Ok(new KernteamBeeld(
            casusId, samenstelling.Leden, team.SamengesteldOp, team.Status(stop is not null), gezondheid, wachtOp, [.. stoelen.Select(StoelBeeld.Van)], stand, team.OpgehevenOp, stop, ritme));
    }

    private static bool MagZien(Actor actor, Samenstelling samenstelling, Regio regio) =>
        actor.Rol is Rol.Toezichthouder || samenstelling.IsLid(actor.Id) || samenstelling.Leden.Any(lid => actor.IsLeidinggevendeVan(lid.LidId, regio));
}
