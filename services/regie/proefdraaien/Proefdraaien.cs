using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een ontwerp proefdraaien voor het wordt gepubliceerd: op een verhaal, of op wat er al gebeurd is. Er verandert niets door.</summary>
internal static class Proefdraaien
{
    private const int LangsteVerhaal = 50_000;

    // Somebody is waiting for the answer, and real cases are waiting for the machine.
    private static readonly TimeSpan Geduld = TimeSpan.FromSeconds(20);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var stromen = routes.MapGroup("/v1/stromen/{id}").WithTags("Stromen").Voor(StudioApi.Lezers);
        stromen.MapPost("/proeven", Spelen).WithSummary("Speel een verhaal op een ontwerp, naast de gepubliceerde versie")
            .WithDescription("Zonder versie de laatste, ook als die nog niet is gepubliceerd. Er verandert niets en er gaat niets uit.");
        stromen.MapPost("/naspelen", Naspelen.Spelen).WithSummary("Speel wat er al gebeurd is opnieuw, op een ontwerp en op de gepubliceerde versie")
            .WithDescription("Van elke stroom alleen wat er gebeurde en wanneer; wie het waren en wat zij schreven speelt niet mee.");
    }

    internal static async Task<(Decor Ontwerp, Decor? Gepubliceerd)> DecorAsync(string id, int? versie, RegieDbContext db, Regio regio, Termijnboek termijnen, StapCatalogus stappen, CancellationToken ct)
    {
        var gekozen = await StroomVersie.LeesAsync(db, id, versie, ct);
        var gepubliceerd = await db.Definities.AsNoTracking().Where(d => d.IsActueel).OrderBy(d => d.DefinitieId).ToListAsync(ct);
        return Decor.Paar(gekozen, [.. gepubliceerd.Select(StroomVersie.Van)], regio, termijnen, stappen);
    }

    internal static CancellationTokenSource Haast(TimeSpan geduld, CancellationToken ct)
    {
        var haast = CancellationTokenSource.CreateLinkedTokenSource(ct);
        haast.CancelAfter(geduld);
        return haast;
    }

    private static async Task<Ok<Proefverslag>> Spelen(string id, ProefInvoer invoer, RegieDbContext db, Regio regio, Termijnboek termijnen, StapCatalogus stappen, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Verhaal, "/verhaal", "Het verhaal", LangsteVerhaal).Klaar();
        var (ontwerp, gepubliceerd) = await DecorAsync(id, invoer.Versie, db, regio, termijnen, stappen, ct);
        var verhaal = Verhaal.Lees(invoer.Verhaal!, regio, termijnen, stappen);
        using var haast = Haast(Geduld, ct);
        return TypedResults.Ok(await Proefverslag.SpeelAsync(verhaal, ontwerp, gepubliceerd, haast.Token));
    }
}

/// <summary>Een verhaal om te spelen.</summary>
/// <param name="Verhaal">Een regel per zin: Gegeven, Als, Dan.</param>
/// <param name="Versie">Leeg is de laatste, ook als die nog niet is gepubliceerd.</param>
public sealed record ProefInvoer(string? Verhaal, int? Versie);
