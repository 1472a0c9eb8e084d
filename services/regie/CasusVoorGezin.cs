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

    /// <summary>Wat ervan verteld is: wie nog niet van een kaderwissel weet, ziet ook niet dat er op de kaderkaart wordt gewacht.</summary>
    public static async Task<IQueryable<Wachtpunt>> VerteldAsync(RegieDbContext db, Guid casusId, IQueryable<Wachtpunt> wachtOp, DateTimeOffset nu, CancellationToken ct) =>
        (await KaartUitstellen.NietVerteldAsync(db, casusId, nu, ct)).Count == 0 ? wachtOp : wachtOp.Where(w => w.Stap != "NetwerkRegie.KaartAfwachten");

    public static async Task<GezinCasusAntwoord> TonenAsync(RegieDbContext db, Actor actor, CasusAntwoord casus, IReadOnlyList<Periode> perioden, DateTimeOffset nu, CancellationToken ct)
    {
        var mijn = await KinderenVanAsync(db, casus.Id, actor, ct);
        var nietVerteld = await KaartUitstellen.NietVerteldAsync(db, casus.Id, nu, ct);
        var genoemd = casus.VervangerIds.Concat(casus.Kinderen.SelectMany(k => new[] { k.UitvoerderId, k.UitvoerderVervangerId }).OfType<Guid>()).ToList();
        var namen = await db.Professionals.AsNoTracking().Where(p => genoemd.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Naam, ct);
        return new(
            casus.Id,
            casus.Status,
            casus.Regisseur,
            [.. casus.VervangerIds.Select(id => new WaarnemerAntwoord(id, Naam(id)))],
            [.. casus.Kinderen.Where(k => mijn(k.Ref)).Select(Kind)],
            $"/v1/kernteams/{casus.Id}/plannen",
            casus.WachtOp,
            casus.GeopendOp,
            casus.AfgeslotenOp);

        GezinKindAntwoord Kind(KindAntwoord kind)
        {
            var kader = perioden.Where(p => p.Lijn == Lijnen.Kader && p.Onderdeel == kind.Ref).ToList();
            return nietVerteld.TryGetValue(kind.Ref, out var sinds) && kader.LastOrDefault(p => p.Vanaf < sinds) is { } bekend
                ? new(kind.Ref, bekend.Waarde, bekend.Vanaf, null, null)
                : new(kind.Ref, kind.Kader, kader[^1].Vanaf, kind.KaderTot, Bevoegd(kind));
        }

        string? Naam(Guid? id) => id is { } persoon ? namen.GetValueOrDefault(persoon) : null;

        BevoegdAntwoord? Bevoegd(KindAntwoord kind) => kind.Bevoegdheid == Casus.GeenBevoegdheid ? null : new(kind.Bevoegdheid, Naam(kind.UitvoerderId), Naam(kind.UitvoerderVervangerId));
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
/// <param name="Tot">De einddatum van de rechter: de eerste dag waarop het niet meer geldt. Leeg als er geen is.</param>
/// <param name="Bevoegd">Wie de macht van de maatregel mag gebruiken; leeg zonder maatregel.</param>
public sealed record GezinKindAntwoord(string Ref, string Kader, DateTimeOffset Vanaf, DateOnly? Tot, BevoegdAntwoord? Bevoegd);

/// <param name="Uitvoerder">Wie namens de organisatie de maatregel uitvoert; leeg zolang die niet is aangewezen.</param>
/// <param name="Vervanger">Wie er is als de uitvoerder er niet is.</param>
public sealed record BevoegdAntwoord(string Organisatie, string? Uitvoerder, string? Vervanger);

/// <param name="Waar">Waar het te lezen is.</param>
public sealed record GezinsberichtAntwoord(Guid Id, DateTimeOffset Op, string Waar);
