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
        stromen.MapGet("/{id}/versies", Versies).WithSummary("De versies van een stroom, de nieuwste eerst");
        stromen.MapGet("/{id}/tekst", Lezen).WithSummary("Een stroom in woorden: stappen, termijnen, wie, en hoe het verder gaat")
            .WithDescription("Zonder versie de laatste, ook als die nog niet is gepubliceerd.");
        stromen.MapGet("/{id}/verschillen", Vergelijken).WithSummary("Wat er tussen twee versies van een stroom veranderde, in woorden");
    }

    private static async Task<Ok<Lijst<StroomKort>>> Lijst(RegieDbContext db, CancellationToken ct)
    {
        var actueel = await db.Definities.AsNoTracking().Where(d => d.IsActueel).OrderBy(d => d.DefinitieId).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<StroomKort>([.. actueel.Select(d => new StroomKort(d.DefinitieId, Tekening.Tekst(Tekening.Lees(d.Inhoud), "name") ?? d.DefinitieId, d.Versie, d.GepubliceerdOp))]));
    }

    private static async Task<Ok<Lijst<VersieKort>>> Versies(string id, RegieDbContext db, CancellationToken ct)
    {
        var gepubliceerd = await db.Definities.Where(d => d.DefinitieId == id && d.VerwijderdOp == null).Select(d => new { d.Versie, IsOntwerp = false, d.IsActueel, Op = d.GepubliceerdOp }).ToListAsync(ct);
        var ontwerpen = await db.Ontwerpen.Where(o => o.DefinitieId == id).Select(o => new { o.Versie, IsOntwerp = true, IsActueel = false, Op = o.BewaardOp }).ToListAsync(ct);
        if (gepubliceerd.Count + ontwerpen.Count == 0)
            throw Geweigerd.NietGevonden("Deze stroom");
        var lopend = await db.Stromen.Where(s => s.DefinitieId == id && s.AfgerondOp == null).GroupBy(s => s.Versie).Select(g => new { g.Key, Aantal = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Aantal, ct);
        return TypedResults.Ok(new Lijst<VersieKort>([.. gepubliceerd.Concat(ontwerpen).OrderByDescending(v => v.Versie).Select(v => new VersieKort(v.Versie, v.IsOntwerp, v.IsActueel, v.Op, lopend.GetValueOrDefault(v.Versie)))]));
    }

    private static async Task<Ok<StroomTekst>> Lezen(string id, int? versie, RegieDbContext db, StapCatalogus stappen, Termijnboek termijnen, CancellationToken ct) =>
        TypedResults.Ok(await TekstAsync(id, versie, db, stappen, termijnen, ct));

    private static async Task<Ok<Lijst<string>>> Vergelijken(string id, int? van, int? tot, RegieDbContext db, StapCatalogus stappen, Termijnboek termijnen, CancellationToken ct)
    {
        new Invoer().Eis(van is not null, "/van", "De oude versie ontbreekt.").Klaar();
        return TypedResults.Ok(new Lijst<string>(StroomTekst.Verschillen(await TekstAsync(id, van, db, stappen, termijnen, ct), await TekstAsync(id, tot, db, stappen, termijnen, ct))));
    }

    private static async Task<StroomTekst> TekstAsync(string id, int? versie, RegieDbContext db, StapCatalogus stappen, Termijnboek termijnen, CancellationToken ct) =>
        StroomTekst.Van(await StroomVersie.LeesAsync(db, id, versie, ct), stappen, termijnen);
}

/// <summary>Een stroom in een lijst.</summary>
/// <param name="Versie">De versie waarop nieuwe casussen beginnen.</param>
public sealed record StroomKort(string Id, string Naam, int Versie, DateTimeOffset GepubliceerdOp);

/// <summary>Een versie van een stroom.</summary>
/// <param name="IsOntwerp">Nog niet gepubliceerd.</param>
/// <param name="IsActueel">Nieuwe casussen beginnen hiermee.</param>
/// <param name="Op">Wanneer zij is gepubliceerd, of voor het laatst bewaard.</param>
/// <param name="Lopend">Hoeveel stromen er nu op deze versie lopen.</param>
public sealed record VersieKort(int Versie, bool IsOntwerp, bool IsActueel, DateTimeOffset Op, int Lopend);
