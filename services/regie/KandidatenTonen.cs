using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Aan wie de regie kan worden overgedragen, met hoeveel diegene al heeft: te zien voordat u iemand voorstelt.</summary>
internal static class KandidatenTonen
{
    private static readonly string[] Regierollen = ["regisseur", "rvt", "gi"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/casussen/{id:guid}/kandidaten", Tonen).Voor(Rollen.Beroepskrachten).WithTags("Overdrachten")
            .WithSummary("Wie de regie kan krijgen, met haar caseload en of er iemand voor haar waarneemt");

    private static async Task<Ok<Lijst<KandidaatAntwoord>>> Tonen(Guid id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        await Toegang.EisAsync(db, id, actor, ct);
        var casus = await db.Casussen.AsNoTracking().Include(c => c.Perioden.Where(p => p.IsOpen)).SingleAsync(c => c.Id == id, ct);
        var leidinggevende = await db.Teams.Where(t => t.Id == casus.TeamId).Select(t => t.LeidinggevendeId).SingleAsync(ct);
        if (actor.Id != leidinggevende && !(casus.IsOpen && actor.Id == casus.HouderId))
            throw Geweigerd.GeenRecht("Alleen wie nu de regie houdt, of de leidinggevende, ziet wie de regie kan krijgen.");

        var professionals = await db.Professionals.AsNoTracking().Where(p => p.IsActief && p.TeamId != null && Regierollen.Contains(p.Rol)).OrderBy(p => p.Volgorde).ToListAsync(ct);
        var caseload = await CaseloadAsync(db, professionals.Select(p => p.Id), ct);
        var metVervanger = await db.Vervangers.Where(v => db.Professionals.Any(p => p.Id == v.VervangerId && p.IsActief)).Select(v => v.ProfessionalId).Distinct().ToListAsync(ct);
        return TypedResults.Ok(new Lijst<KandidaatAntwoord>([.. professionals
            .Where(p => !casus.IsOpen || p.Id != casus.HouderId)
            .OrderBy(p => p.TeamId != casus.TeamId).ThenBy(p => caseload[p.Id].AantalCasussen)
            .Select(p => new KandidaatAntwoord(p.Id, p.Naam, p.Organisatie, p.TeamId!, metVervanger.Contains(p.Id), caseload[p.Id]))]));
    }

    /// <summary>Van hoeveel casussen iemand de regie houdt, en bij hoeveel daarvan namens een ander.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, CaseloadAntwoord>> CaseloadAsync(RegieDbContext db, IEnumerable<Guid> professionalIds, CancellationToken ct)
    {
        var ids = professionalIds.ToDictionary(id => id.ToString());
        var regie = (await db.Perioden.Where(p => p.Lijn == Lijnen.Regie && p.IsOpen && ids.Keys.Contains(p.Waarde)).Select(p => new { p.Waarde, Waarnemend = p.PrincipaalId != null }).ToListAsync(ct)).ToLookup(p => p.Waarde);
        return ids.ToDictionary(i => i.Value, i => new CaseloadAntwoord(regie[i.Key].Count(), regie[i.Key].Count(p => p.Waarnemend)));
    }
}

/// <summary>Wie de regie kan krijgen.</summary>
/// <param name="HeeftVervanger">Zonder vervanger kan iemand de regie niet krijgen.</param>
public sealed record KandidaatAntwoord(Guid Id, string Naam, string Organisatie, string TeamId, bool HeeftVervanger, CaseloadAntwoord Caseload);

/// <summary>Hoeveel regie iemand al draagt.</summary>
/// <param name="WaarvanWaarnemend">Bij hoeveel daarvan namens een ander.</param>
public sealed record CaseloadAntwoord(int AantalCasussen, int WaarvanWaarnemend);
