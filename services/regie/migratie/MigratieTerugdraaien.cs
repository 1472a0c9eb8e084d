using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Engine;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een migratie ongedaan maken: elke stroom terug in precies de toestand van ervoor. Alleen zolang er sindsdien niets in is gebeurd,
/// want wat gebeurd is wordt nooit teruggedraaid.
/// </summary>
internal static class MigratieTerugdraaien
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/migraties/{id:guid}/terugdraaiing", Terugdraaien).Voor(Rol.Ontwerper).WithTags("Migraties")
            .WithSummary("Zet terug wat is overgezet, waar sindsdien niets is gebeurd; de rest blijft, met de reden");

    private static async Task<Ok<MigratieAntwoord>> Terugdraaien(Guid id, TerugdraaiingInvoer invoer, Actor actor, RegieDbContext db, Definities definities, PerStroom perStroom, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Reden, "/reden", "De reden").Klaar();
        var migratie = await db.Migraties.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) ?? throw Geweigerd.NietGevonden("Deze migratie");
        if (await db.Definities.AnyAsync(d => d.DefinitieId == migratie.DefinitieId && d.Versie == migratie.Van && d.VerwijderdOp != null, ct))
            throw new Geweigerd($"Versie {migratie.Van} is intussen verwijderd; terug kan niet meer.");
        var definitie = await definities.LeesAsync(db, migratie.DefinitieId, migratie.Van, ct);

        var gebleven = new Dictionary<Guid, IReadOnlyList<string>>();
        foreach (var overgezet in await db.MigratieStromen.Where(s => s.MigratieId == id && s.ToestandVoor != null && s.TerugOp == null).OrderBy(s => s.StroomId).Select(s => new { s.StroomId, s.CasusId }).ToListAsync(ct))
            if (await perStroom.ProbeerAsync(overgezet.CasusId, burst => ZetTerugAsync(overgezet.StroomId, burst), ct) is not [] and var redenen)
                gebleven[overgezet.StroomId] = redenen ?? ["Door een storing bij ons is deze stroom niet teruggezet; probeer het later opnieuw."];
        return TypedResults.Ok(await MigratiesTonen.AntwoordAsync(db, migratie, ct, gebleven));

        async Task<IReadOnlyList<string>> ZetTerugAsync(Guid stroomId, Burst burst)
        {
            var regel = await burst.Db.MigratieStromen.SingleAsync(s => s.MigratieId == id && s.StroomId == stroomId, ct);
            // Somebody else was just before us.
            if (!regel.IsOvergezet)
                return [];
            var rij = await burst.Db.Stromen.SingleAsync(s => s.Id == stroomId, ct);
            if (rij.LaatsteBurst != regel.Burst)
                return ["Er is sindsdien iets gebeurd in deze stroom; zij gaat verder zoals zij is."];
            if (MigratieToets.WaaromWachten(await LopendeStroom.LaadAsync(burst.Db, rij, ct)).ToList() is { Count: > 0 } redenen)
                return redenen;
            burst.ZetOver(rij, definitie, WorkflowInstance.FromJson(regel.ToestandVoor!), $"Teruggezet van versie {migratie.Naar} naar versie {migratie.Van} door {actor.Rol.Naam()} {actor.Id}: {invoer.Reden}");
            burst.Meld(new MigratieTeruggedraaid(burst.CasusId, stroomId, id));
            regel.Terugdraaien(actor.Id, invoer.Reden!, burst.Nu);
            return [];
        }
    }
}

public sealed record TerugdraaiingInvoer(string? Reden);
