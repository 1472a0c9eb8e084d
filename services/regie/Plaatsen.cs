using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een kind gaat ergens anders wonen, of weer naar huis. Kader en regie bewegen niet.</summary>
internal static class Plaatsen
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/casussen/{id:guid}/plaatsingen", Vastleggen).Voor(Rollen.Beroepskrachten).WithTags("Kader")
            .WithSummary("Leg vast dat een kind met een machtiging ergens anders gaat wonen, of weer naar huis gaat");

    internal static async Task<Created<PlaatsingAntwoord>> Vastleggen(Guid id, PlaatsingInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, TimeProvider time, CancellationToken ct)
    {
        var eis = new Invoer()
            .EisTekst(invoer.KindRef, "/kindRef", "Om welk kind het gaat", 100)
            .Eis(Plaatsingen.Alle.Contains(invoer.Naar), "/naar", $"Kies een plaatsing uit {string.Join(", ", Plaatsingen.Alle)}.")
            .EisTekst(invoer.Bron, "/bron", "Waar dit vastligt", 200);
        (invoer.Beschikking?.Toets(eis, time.Nu()) ?? eis).Klaar();
        await Toegang.EisAsync(db, id, actor, ct);
        return await runner.RunAsync(id, async burst =>
        {
            var casus = await burst.CasusMetMaatregelenAsync();
            var machtiging = invoer.Beschikking is null ? null : await invoer.Beschikking.LeesAsync(burst);
            var wissel = casus.Plaatsen(actor, invoer.KindRef!, invoer.Naar!, machtiging, invoer.Raadsmelding, invoer.Bron!, invoer.Vanaf ?? burst.Nu, burst.Nu);
            await Maatregelen.VolgAsync(burst, casus, wissel);
            await burst.LoopUitAsync();
            var plaatsing = casus.PlaatsingVan(invoer.KindRef!)!;
            return TypedResults.Created($"/v1/casussen/{id}/lijnen/{Lijnen.Plaatsing}", new PlaatsingAntwoord(id, plaatsing.KindRef, plaatsing.Waarde, plaatsing.BeschikkingId, plaatsing.Vanaf));
        }, ct);
    }
}

/// <summary>Een wisseling van plaatsing.</summary>
/// <param name="Naar">thuis, uhp of gesloten.</param>
/// <param name="Beschikking">De machtiging van de kinderrechter; alleen naar huis gaat zonder.</param>
/// <param name="Raadsmelding">Bij naar huis gaan: waar vastligt dat de Raad het vooraf hoorde, of dat de rechter het besliste.</param>
/// <param name="Vanaf">Wanneer het inging; leeg is nu.</param>
public sealed record PlaatsingInvoer(string? KindRef, string? Naar, BeschikkingInvoer? Beschikking, string? Raadsmelding, string? Bron, DateTimeOffset? Vanaf);

/// <summary>Waar een kind nu woont.</summary>
public sealed record PlaatsingAntwoord(Guid CasusId, string KindRef, string Plaatsing, Guid? BeschikkingId, DateTimeOffset Vanaf);
