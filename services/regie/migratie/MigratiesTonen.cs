using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Welke migraties er waren, door wie en waarom, en wat er met elke stroom gebeurde.</summary>
internal static class MigratiesTonen
{
    private const int Bladzijde = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var migraties = routes.MapGroup("/v1/migraties").WithTags("Migraties").Voor(StudioApi.Lezers);
        migraties.MapGet("", Lijst).WithSummary("De migraties, de laatste bovenaan");
        migraties.MapGet("/{id:guid}", Tonen).WithSummary("Een migratie, met wat er met elke stroom gebeurde");
    }

    /// <param name="gebleven">Wat zojuist niet kon worden teruggezet, met de redenen.</param>
    internal static async Task<MigratieAntwoord> AntwoordAsync(RegieDbContext db, Migratie migratie, CancellationToken ct, IReadOnlyDictionary<Guid, IReadOnlyList<string>>? gebleven = null)
    {
        var stromen = await db.MigratieStromen.AsNoTracking().Where(s => s.MigratieId == migratie.Id).OrderBy(s => s.StroomId).ToListAsync(ct);
        return new(migratie.Id, migratie.DefinitieId, migratie.Van, migratie.Naar, migratie.Reden, migratie.DoorId, migratie.Op,
            [.. stromen.Select(s => new MigratieStroomAntwoord(s.CasusId, s.StroomId, s.Uitkomst, gebleven?.GetValueOrDefault(s.StroomId) ?? s.Redenen, s.TerugOp, s.TerugDoorId, s.TerugReden))]);
    }

    private static async Task<Ok<Lijst<MigratieKort>>> Lijst(RegieDbContext db, Guid? voor, CancellationToken ct)
    {
        var migraties = await db.Migraties.Where(m => voor == null || m.Id.CompareTo(voor.Value) < 0).OrderByDescending(m => m.Id).Take(Bladzijde + 1)
            .Select(m => new MigratieKort(
                m.Id, m.DefinitieId, m.Van, m.Naar, m.Reden, m.DoorId, m.Op,
                db.MigratieStromen.Count(s => s.MigratieId == m.Id && s.ToestandVoor != null && s.TerugOp == null),
                db.MigratieStromen.Count(s => s.MigratieId == m.Id && s.ToestandVoor == null),
                db.MigratieStromen.Count(s => s.MigratieId == m.Id && s.TerugOp != null)))
            .ToListAsync(ct);
        return TypedResults.Ok(new Lijst<MigratieKort>([.. migraties.Take(Bladzijde)], migraties.Count > Bladzijde ? $"/v1/migraties?voor={migraties[Bladzijde - 1].Id}" : null));
    }

    private static async Task<Ok<MigratieAntwoord>> Tonen(Guid id, RegieDbContext db, CancellationToken ct) =>
        TypedResults.Ok(await AntwoordAsync(db, await db.Migraties.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) ?? throw Geweigerd.NietGevonden("Deze migratie"), ct));
}

/// <summary>Een migratie in een lijst, met hoeveel stromen zijn overgezet, gebleven en weer teruggezet.</summary>
/// <param name="Stroom">De naam van de tekening.</param>
public sealed record MigratieKort(Guid Id, string Stroom, int Van, int Naar, string Reden, Guid DoorId, DateTimeOffset Op, int Overgezet, int Gebleven, int Teruggezet);

/// <summary>Een migratie.</summary>
/// <param name="Stroom">De naam van de tekening.</param>
public sealed record MigratieAntwoord(Guid Id, string Stroom, int Van, int Naar, string Reden, Guid DoorId, DateTimeOffset Op, IReadOnlyList<MigratieStroomAntwoord> Stromen);

/// <summary>Wat er bij een migratie met een stroom gebeurde.</summary>
/// <param name="Uitkomst">overgezet, gebleven of teruggezet.</param>
/// <param name="Redenen">Waarom zij bleef, of waarom zij niet kon worden teruggezet.</param>
public sealed record MigratieStroomAntwoord(Guid CasusId, Guid StroomId, string Uitkomst, IReadOnlyList<string> Redenen, DateTimeOffset? TeruggezetOp, Guid? TeruggezetDoorId, string? TeruggezetReden);
