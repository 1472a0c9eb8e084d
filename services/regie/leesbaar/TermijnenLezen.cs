using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>De termijnen zoals zij in deze regio gelden.</summary>
internal static class TermijnenLezen
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/termijnen", (Termijnboek boek) => TypedResults.Ok(new Lijst<TermijnKort>(
        [.. boek.Alle.Where(t => t.Aantal is not null).Select(t => new TermijnKort(t.Id, t.Naam, StroomTekst.Duur(t), t.Bron))])))
        .Voor([.. StudioApi.Lezers, .. Rollen.Beroepskrachten]).WithTags("Termijnen").WithSummary("De termijnen van deze regio, met hun duur en bron");
}

/// <summary>Een termijn uit het boek.</summary>
/// <param name="Id">De naam waarmee een stroom naar deze termijn verwijst.</param>
/// <param name="Duur">Bijvoorbeeld <c>5 werkdagen</c>.</param>
/// <param name="Bron">De wet, het protocol of de afspraak.</param>
public sealed record TermijnKort(string Id, string Naam, string Duur, string Bron);
