using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Wat een gezin van de eigen casus ziet: wie mijn regisseur is, wie waarneemt, welk kader, waarop we wachten.</summary>
internal static class CasusVoorGezin
{
    /// <summary>De lijnen die ook van het gezin zijn.</summary>
    public static readonly string[] EigenLijnen = [Lijnen.Regie, Lijnen.Kader];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/casussen/{id:guid}/berichten", Berichten).Voor(Rol.Gezin).WithTags("Berichten")
            .WithSummary("Wanneer er voor het gezin iets te lezen kwam, het laatste eerst");

    /// <summary>Alleen de kinderen die deze persoon aangaan: een jongere ziet zichzelf, een ouder alle kinderen.</summary>
    public static async Task<Func<string, bool>> KinderenVanAsync(RegieDbContext db, Guid casusId, Actor actor, CancellationToken ct)
    {
        var ik = await db.Betrokkenen.AsNoTracking().FirstAsync(b => b.CasusId == casusId && b.PersoonId == actor.Id && b.TotOp == null, ct);
        return kind => ik.Relatie != Betrokkene.Jongere || kind == ik.Ref;
    }

    public static async Task<GezinCasusAntwoord> TonenAsync(RegieDbContext db, Actor actor, CasusAntwoord casus, IReadOnlyList<Periode> perioden, CancellationToken ct)
    {
        var mijn = await KinderenVanAsync(db, casus.Id, actor, ct);
        var waarnemers = await db.Professionals.AsNoTracking().Where(p => casus.VervangerIds.Contains(p.Id)).ToListAsync(ct);
        return new(
            casus.Id,
            casus.Status,
            casus.Regisseur,
            [.. casus.VervangerIds.Select(id => new WaarnemerAntwoord(id, waarnemers.SingleOrDefault(p => p.Id == id)?.Naam))],
            [.. casus.Kinderen.Where(k => mijn(k.Ref)).Select(k => new GezinKindAntwoord(k.Ref, k.Kader, perioden.Last(p => p.Lijn == Lijnen.Kader && p.Onderdeel == k.Ref).Vanaf))],
            $"/v1/kernteams/{casus.Id}/plannen",
            casus.WachtOp,
            casus.GeopendOp,
            casus.AfgeslotenOp);
    }

    private static async Task<Ok<Lijst<GezinsberichtAntwoord>>> Berichten(Guid id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        await Toegang.EisAsync(db, id, actor, ct);
        var berichten = await db.Gezinsberichten.AsNoTracking().Where(b => b.CasusId == id).OrderByDescending(b => b.GestuurdOp).ThenByDescending(b => b.Id).Take(100).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<GezinsberichtAntwoord>([.. berichten.Select(b => new GezinsberichtAntwoord(b.Id, b.GestuurdOp, $"/v1/casussen/{id}"))]));
    }
}

/// <summary>De eigen casus, zoals het gezin haar ziet.</summary>
/// <param name="Waarnemers">Wie er is als de regisseur er niet is, in volgorde.</param>
/// <param name="Afspraken">Waar het plan met de afspraken staat.</param>
/// <param name="WachtOp">Waar de casus nu op wacht.</param>
public sealed record GezinCasusAntwoord(
    Guid Id, string Status, RegisseurAntwoord Regisseur, IReadOnlyList<WaarnemerAntwoord> Waarnemers, IReadOnlyList<GezinKindAntwoord> Kinderen, string Afspraken,
    IReadOnlyList<WachtAntwoord> WachtOp, DateTimeOffset GeopendOp, DateTimeOffset? AfgeslotenOp);

public sealed record WaarnemerAntwoord(Guid Id, string? Naam);

/// <param name="Vanaf">Sinds wanneer dit kader geldt.</param>
public sealed record GezinKindAntwoord(string Ref, string Kader, DateTimeOffset Vanaf);

/// <param name="Waar">Waar het te lezen is.</param>
public sealed record GezinsberichtAntwoord(Guid Id, DateTimeOffset Op, string Waar);
