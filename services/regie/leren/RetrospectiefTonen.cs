using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een retrospectief lezen: wat er gebeurde, met daarnaast wat wie erbij was ervan zegt.</summary>
internal static class RetrospectiefTonen
{
    private static readonly Rol[] Lezers = [.. Rollen.Beroepskrachten, Rol.Toezichthouder, Rol.Gezin];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/casussen/{id:guid}/retrospectieven", Alle).Voor(Lezers).Gelezen("de retrospectieven").WithTags("Leren")
            .WithSummary("De retrospectieven van een casus, het eerste eerst");
        routes.MapGet("/v1/retrospectieven/{id:guid}", Een).Voor(Lezers).WithTags("Leren")
            .WithSummary("Een retrospectief: de lijnen, wat er gebeurde, hoe lang er werd gewacht, en de reacties");
    }

    private static async Task<Ok<Lijst<RetrospectiefKort>>> Alle(Guid id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        await Retrospectief.LeestAllesAsync(db, id, actor, ct);
        var alle = await db.Retrospectieven.AsNoTracking().Where(r => r.CasusId == id).OrderBy(r => r.GemaaktOp).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<RetrospectiefKort>([.. alle.Select(RetrospectiefKort.Van)]));
    }

    private static async Task<Ok<RetrospectiefAntwoord>> Een(Guid id, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        var retrospectief = await db.Retrospectieven.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw NietGevonden;
        var nu = time.Nu();
        var alles = await Retrospectief.LeestAllesAsync(db, retrospectief.CasusId, actor, ct);
        var terugblik = alles ? retrospectief.Lees() : await VoorGezinAsync(db, retrospectief, actor, nu, ct);
        var reacties = await db.Retrospectiefreacties.AsNoTracking().Where(r => r.RetrospectiefId == id).OrderBy(r => r.Op).ThenBy(r => r.Id).ToListAsync(ct);
        await Inzagelog.NoteerAsync(db, retrospectief.CasusId, actor, "een retrospectief", nu, ct);
        return TypedResults.Ok(new RetrospectiefAntwoord(
            id, retrospectief.CasusId, retrospectief.Status, retrospectief.GemaaktDoorId, retrospectief.GemaaktOp, retrospectief.ReactiesTot, retrospectief.DefinitiefOp,
            terugblik.Van, terugblik.Tot, terugblik.Lijnen, terugblik.Overdrachten, terugblik.Gebeurtenissen, terugblik.Wachttijden, terugblik.Getallen,
            [.. reacties.Select(RetrospectiefreactieAntwoord.Van)]));
    }

    internal static Geweigerd NietGevonden => Geweigerd.NietGevonden("Dit retrospectief");

    /// <summary>Wat het gezin van deze casus mag weten: de eigen lijnen en wat hem is verteld, over de kinderen die de lezer aangaan.</summary>
    private static async Task<Terugblik> VoorGezinAsync(RegieDbContext db, Retrospectief retrospectief, Actor actor, DateTimeOffset nu, CancellationToken ct)
    {
        var terugblik = retrospectief.Lees();
        var isGezin = await db.Betrokkenen.AnyAsync(b => b.CasusId == retrospectief.CasusId && b.PersoonId == actor.Id && b.TotOp == null, ct);
        var mijn = isGezin ? await CasusVoorGezin.KinderenVanAsync(db, retrospectief.CasusId, actor, ct) : _ => true;
        var nietVerteld = await KaartUitstellen.NietVerteldAsync(db, retrospectief.CasusId, nu, ct);
        return terugblik with
        {
            Lijnen = [.. terugblik.Lijnen.Where(l => CasusVoorGezin.EigenLijnen.Contains(l.Lijn) && (l.KindRef is null || (mijn(l.KindRef) && IsVerteld(l.KindRef, l.Vanaf)))).Select(l => l.KindRef is not null && l.Tot is { } tot && !IsVerteld(l.KindRef, tot) ? l with { Tot = null } : l)],
            Overdrachten = [.. terugblik.Overdrachten.Where(o => o.GesprekBeeindigdOp is not null)],
            Gebeurtenissen = [.. terugblik.Gebeurtenissen.Where(g => Logboek.PerSoort[g.Type].Any(soort => soort.IsAssignableTo(typeof(IVoorGezin))) && Kinderen(g.Inhoud).All(kind => mijn(kind) && IsVerteld(kind, g.Op)))],
            Wachttijden = [.. terugblik.Wachttijden.Where(w => nietVerteld.Count == 0 || w.Stap != "NetwerkRegie.KaartAfwachten")],
        };

        bool IsVerteld(string kind, DateTimeOffset op) => !nietVerteld.TryGetValue(kind, out var sinds) || op < sinds;
    }

    private static IEnumerable<string> Kinderen(JsonElement inhoud) =>
        inhoud.EnumerateObject().Where(veld => veld.Name is "kindRef" or "kindRefs")
            .SelectMany(veld => veld.Value.ValueKind == JsonValueKind.Array ? veld.Value.EnumerateArray().Select(kind => kind.GetString()!) : [veld.Value.GetString()!]);
}

/// <summary>Een retrospectief in een lijst.</summary>
/// <param name="Status">concept of definitief.</param>
/// <param name="ReactiesTot">Vanaf dan kan niemand meer reageren.</param>
public sealed record RetrospectiefKort(Guid Id, Guid CasusId, string Status, Guid GemaaktDoorId, DateTimeOffset GemaaktOp, DateTimeOffset ReactiesTot, DateTimeOffset? DefinitiefOp)
{
    internal static RetrospectiefKort Van(Retrospectief r) => new(r.Id, r.CasusId, r.Status, r.GemaaktDoorId, r.GemaaktOp, r.ReactiesTot, r.DefinitiefOp);
}

/// <summary>Een retrospectief: feiten en getallen, met daarnaast de reacties. De namen bij de nummers staan bij de professionals.</summary>
/// <param name="Status">concept of definitief.</param>
/// <param name="Tot">Tot waar is teruggekeken.</param>
/// <param name="Lijnen">De vier lijnen en de banen, zoals zij toen bekend waren; het gezin ziet de regie en het kader.</param>
/// <param name="Gebeurtenissen">Wat er gebeurde, op volgorde; het gezin ziet wat hem is verteld.</param>
public sealed record RetrospectiefAntwoord(
    Guid Id, Guid CasusId, string Status, Guid GemaaktDoorId, DateTimeOffset GemaaktOp, DateTimeOffset ReactiesTot, DateTimeOffset? DefinitiefOp,
    DateTimeOffset Van, DateTimeOffset Tot, IReadOnlyList<Lijnstuk> Lijnen, IReadOnlyList<Overdrachtstuk> Overdrachten, IReadOnlyList<GebeurtenisAntwoord> Gebeurtenissen,
    IReadOnlyList<Wachttijd> Wachttijden, Terugblikgetallen Getallen, IReadOnlyList<RetrospectiefreactieAntwoord> Reacties);

/// <param name="Soort">aanvulling of bezwaar.</param>
public sealed record RetrospectiefreactieAntwoord(Guid Id, string Soort, string Tekst, Guid DoorId, string DoorRol, DateTimeOffset Op)
{
    internal static RetrospectiefreactieAntwoord Van(Retrospectiefreactie r) => new(r.Id, r.Soort, r.Tekst, r.DoorId, r.DoorRol, r.Op);
}
