using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Wie erbij was vult een concept aan of maakt bezwaar. Het concept zelf verandert niet: de reactie komt ernaast te staan.</summary>
internal static class RetrospectiefAanvullen
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/retrospectieven/{id:guid}/reacties", Reageren).Voor([.. Rollen.Beroepskrachten, Rol.Gezin]).WithTags("Leren")
            .WithSummary("Vul een concept aan of maak bezwaar; ieder die het retrospectief leest, leest ook dit");

    private static async Task<Created<RetrospectiefreactieAntwoord>> Reageren(Guid id, RetrospectiefreactieInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .Eis(Retrospectiefreactie.Soorten.Contains(invoer.Soort), "/soort", $"Kies uit {string.Join(", ", Retrospectiefreactie.Soorten)}.")
            .EisTekst(invoer.Tekst, "/tekst", "Uw reactie")
            .Klaar();
        var casusId = await db.Retrospectieven.Where(r => r.Id == id).Select(r => (Guid?)r.CasusId).SingleOrDefaultAsync(ct) ?? throw RetrospectiefTonen.NietGevonden;
        await Retrospectief.LeestAllesAsync(db, casusId, actor, ct);
        var reactie = await runner.RunAsync(casusId, async burst =>
        {
            var retrospectief = await db.Retrospectieven.AsNoTracking().SingleAsync(r => r.Id == id, ct);
            if (burst.Nu >= retrospectief.ReactiesTot)
                throw new Geweigerd("De week voor reacties is voorbij; dit retrospectief is definitief.");
            var nieuw = new Retrospectiefreactie { Id = Guid.CreateVersion7(burst.Nu), RetrospectiefId = id, Soort = invoer.Soort!, Tekst = invoer.Tekst!, DoorId = actor.Id, DoorRol = actor.Rol.Naam(), Op = burst.Nu };
            db.Retrospectiefreacties.Add(nieuw);
            return RetrospectiefreactieAntwoord.Van(nieuw);
        }, ct);
        return TypedResults.Created($"/v1/retrospectieven/{id}", reactie);
    }
}

/// <param name="Soort">aanvulling of bezwaar.</param>
public sealed record RetrospectiefreactieInvoer(string? Soort, string? Tekst);
