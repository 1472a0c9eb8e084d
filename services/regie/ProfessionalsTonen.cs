using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Wie er achter een nummer zit: elders staan van beroepskrachten alleen nummers, en een mens leest een naam.</summary>
internal static class ProfessionalsTonen
{
    private const int Hooguit = 100;

    private static readonly string[] Beroepskrachten = [.. Rollen.Beroepskrachten.Select(rol => rol.Naam())];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/professionals", Tonen).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder, Rol.Bestuurder, Rol.Gezin]).WithTags("Professionals")
            .WithSummary("De namen bij nummers van beroepskrachten (id, hooguit 100 keer), de beroepskrachten van uw eigen organisatie (collegas), of wie in de regio leiding geeft (leidinggevenden)");

    private static async Task<Ok<Lijst<ProfessionalAntwoord>>> Tonen(Guid[] id, bool? collegas, bool? leidinggevenden, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        new Invoer().Eis(collegas == true || leidinggevenden == true ? id.Length == 0 : id.Length is > 0 and <= Hooguit, "/id", $"Vraag naar een tot {Hooguit} nummers, naar uw collega's, of naar de leidinggevenden.").Klaar();
        var wie = collegas == true ? db.Professionals.Where(p => p.IsActief && p.Organisatie == actor.Organisatie && Beroepskrachten.Contains(p.Rol))
            : leidinggevenden == true ? db.Professionals.Where(p => p.IsActief && db.Teams.Any(t => t.LeidinggevendeId == p.Id))
            : db.Professionals.Where(p => id.Contains(p.Id));
        return TypedResults.Ok(new Lijst<ProfessionalAntwoord>(
            await wie.AsNoTracking().OrderBy(p => p.Volgorde).Select(p => new ProfessionalAntwoord(p.Id, p.Naam, p.Rol, p.Organisatie)).ToListAsync(ct)));
    }
}

/// <summary>Een beroepskracht.</summary>
public sealed record ProfessionalAntwoord(Guid Id, string Naam, string Rol, string Organisatie);
