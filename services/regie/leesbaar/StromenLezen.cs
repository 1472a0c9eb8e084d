using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>De stromen lezen in plaats van bekijken: welke er zijn, wat erin staat, en wat er tussen twee versies veranderde.</summary>
internal static class StromenLezen
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var stromen = routes.MapGroup("/v1/stromen").WithTags("Stromen").Voor(StudioApi.Lezers);
        stromen.MapGet("", Lijst).WithSummary("De gepubliceerde stromen");
        stromen.MapGet("/{id}/tekst", Lezen).WithSummary("Een stroom in woorden: stappen, termijnen, wie, en hoe het verder gaat")
            .WithDescription("Zonder versie de laatste, ook als die nog niet is gepubliceerd.");
        stromen.MapGet("/{id}/verschillen", Vergelijken).WithSummary("Wat er tussen twee versies van een stroom veranderde, in woorden");
    }

    private static async Task<Ok<Lijst<StroomKort>>> Lijst(RegieDbContext db, CancellationToken ct)
    {
        var actueel = await db.Definities.AsNoTracking().Where(d => d.IsActueel).OrderBy(d => d.DefinitieId).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<StroomKort>([.. actueel.Select(d => new StroomKort(d.DefinitieId, Tekening.Tekst(Tekening.Lees(d.Inhoud), "name") ?? d.DefinitieId, d.Versie, d.GepubliceerdOp))]));
    }

    private static async Task<Ok<StroomTekst>> Lezen(string id, int? versie, RegieDbContext db, StapCatalogus stappen, Termijnboek termijnen, CancellationToken ct) =>
        TypedResults.Ok(await TekstAsync(id, versie, db, stappen, termijnen, ct));

    private static async Task<Ok<Lijst<string>>> Vergelijken(string id, int? van, int? tot, RegieDbContext db, StapCatalogus stappen, Termijnboek termijnen, CancellationToken ct)
    {
        new Invoer().Eis(van is not null, "/van", "De oude versie ontbreekt.").Klaar();
        return TypedResults.Ok(new Lijst<string>(StroomTekst.Verschillen(await TekstAsync(id, van, db, stappen, termijnen, ct), await TekstAsync(id, tot, db, stappen, termijnen, ct))));
    }

    private static async Task<StroomTekst> TekstAsync(string id, int? versie, RegieDbContext db, StapCatalogus stappen, Termijnboek termijnen, CancellationToken ct)
    {
        var gepubliceerd = await db.Definities.AsNoTracking().Where(d => d.DefinitieId == id && d.VerwijderdOp == null && (versie == null || d.Versie == versie)).OrderByDescending(d => d.Versie).Select(d => new { d.Versie, d.Inhoud }).FirstOrDefaultAsync(ct);
        var ontwerp = await db.Ontwerpen.AsNoTracking().Where(o => o.DefinitieId == id && (versie == null || o.Versie == versie)).OrderByDescending(o => o.Versie).Select(o => new { o.Versie, o.Inhoud }).FirstOrDefaultAsync(ct);
        var laatste = ontwerp is not null && !(ontwerp.Versie < gepubliceerd?.Versie) ? ontwerp : gepubliceerd;
        return laatste is null ? throw Geweigerd.NietGevonden("Deze versie van de stroom") : StroomTekst.Van(Tekening.Lees(laatste.Inhoud), stappen, termijnen);
    }
}

/// <summary>Een stroom in een lijst.</summary>
/// <param name="Versie">De versie waarop nieuwe casussen beginnen.</param>
public sealed record StroomKort(string Id, string Naam, int Versie, DateTimeOffset GepubliceerdOp);
