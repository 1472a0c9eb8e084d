using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een stroom wijzigen zonder te tekenen: een termijn, wie aan zet is, een tekst. En haar daarna publiceren.</summary>
internal static class StroomWijzigen
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var stromen = routes.MapGroup("/v1/stromen/{id}").WithTags("Stromen").Voor(Rol.Ontwerper);
        stromen.MapPost("/wijzigingen", Wijzigen).WithSummary("Wijzig wat bij een stap is ingevuld; het wordt bewaard als ontwerp")
            .WithDescription("Het kenmerk is dat van de tekst die u las: heeft iemand anders de stroom intussen gewijzigd, dan verandert er niets.");
        stromen.MapPost("/publicaties", Publiceren).WithSummary("Publiceer het ontwerp: nieuwe casussen beginnen ermee, lopende blijven op hun versie");
    }

    private static async Task<Ok<StroomTekst>> Wijzigen(string id, StapWijziging invoer, Actor actor, Ontwerpen ontwerpen, StapCatalogus stappen, Termijnboek termijnen, CancellationToken ct)
    {
        new Invoer()
            .EisTekst(invoer.Kenmerk, "/kenmerk", "Het kenmerk")
            .EisTekst(invoer.Stap, "/stap", "De stap")
            .Eis(invoer.Velden is { Count: > 0 }, "/velden", "Er is niets gewijzigd.")
            .EisAlles((invoer.Velden ?? []).Select(v => (!(v.Value?.Length > 2000), $"/velden/{v.Key}", "Dit is langer dan 2000 tekens.")))
            .Klaar();
        var ontwerp = await ontwerpen.WijzigAsync(id, invoer.Kenmerk!, tekening => StapVelden.Wijzig(Activiteit(tekening, invoer.Stap!), stappen, invoer.Velden!), actor.Id, ct);
        return TypedResults.Ok(StroomTekst.Van(StroomVersie.Van(ontwerp), stappen, termijnen));
    }

    private static async Task<Ok<VersieKort>> Publiceren(string id, Actor actor, Ontwerpen ontwerpen, CancellationToken ct)
    {
        try
        {
            var (definitie, _) = await ontwerpen.PubliceerAsync(id, actor.Id, ct);
            return TypedResults.Ok(new VersieKort(definitie.Versie, IsOntwerp: false, definitie.IsActueel, definitie.GepubliceerdOp, Lopend: 0));
        }
        catch (NietGepubliceerd niet)
        {
            throw new OngeldigeInvoer([.. niet.Bevindingen.Select(b => new Fout(b.ActiviteitId is null ? "" : $"/stappen/{b.ActiviteitId}", b.Tekst))]);
        }
    }

    private static JsonObject Activiteit(JsonObject tekening, string stap) =>
        (tekening["root"]?["activities"] as JsonArray ?? []).OfType<JsonObject>().SingleOrDefault(a => Tekening.Tekst(a, "id") == stap) ?? throw Geweigerd.NietGevonden("Deze stap");
}

/// <summary>Wat er bij een stap anders wordt.</summary>
/// <param name="Kenmerk">Van de tekst die u las.</param>
/// <param name="Stap">Het id van de stap.</param>
/// <param name="Velden">De nieuwe waarde per veld; leeg maakt het veld leeg.</param>
public sealed record StapWijziging(string? Kenmerk, string? Stap, Dictionary<string, string?>? Velden);
