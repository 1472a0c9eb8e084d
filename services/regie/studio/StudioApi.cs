using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// The part of Elsa's HTTP API that Elsa Studio uses, in Elsa's words, on our flows. Looking is for designers and supervisors,
/// changing for designers.
/// </summary>
internal static class StudioApi
{
    public static readonly Rol[] Lezers = [Rol.Ontwerper, Rol.Toezichthouder];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var elsa = routes.MapGroup("/elsa/api").ExcludeFromDescription().AddEndpointFilter(TellProblems);
        DefinitionList.Map(elsa);
        DefinitionSave.Map(elsa);
        DefinitionActs.Map(elsa);
        DefinitionFiles.Map(elsa);
        DefinitionGraph.Map(elsa);
        TypeDefinitions.Map(elsa);
        ActivityDescriptors.Map(elsa);
        Descriptors.Map(elsa);
        InstanceList.Map(elsa);
        InstanceState.Map(elsa);
        ActivityExecutions.Map(elsa);
        InstanceActs.Map(elsa);
        routes.MapHub<InstanceHub>(InstanceHub.Path).VoorLezers();
    }

    public static TBuilder VoorLezers<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.Voor(Lezers);

    public static TBuilder VoorOntwerpers<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.Voor(Rol.Ontwerper);

    // Studio shows what stands in `errors` and nothing else of a problem.
    private static async ValueTask<object?> TellProblems(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (NietGepubliceerd niet)
        {
            return Problem(400, "Niet gepubliceerd", "De stroom is niet gepubliceerd.", niet.Bevindingen.Select(b => (b.ActiviteitId ?? "stroom", b.Tekst)));
        }
        catch (OngeldigeInvoer ongeldig)
        {
            return Problem(400, "Ongeldige invoer", ongeldig.Message, ongeldig.Fouten.Select(f => (f.Plaats, f.Melding)));
        }
        catch (Geweigerd geweigerd)
        {
            return Problem(geweigerd.Status, "Geweigerd", geweigerd.Message, [("stroom", geweigerd.Message)]);
        }
    }

    private static IResult Problem(int status, string title, string detail, IEnumerable<(string Plaats, string Zin)> zinnen)
    {
        var alle = zinnen.ToList();
        return Results.Problem(detail, statusCode: status, title: title, type: "about:blank", extensions: new Dictionary<string, object?>
        {
            ["errors"] = alle.GroupBy(z => z.Plaats).ToDictionary(g => g.Key, g => g.Select(z => z.Zin).ToArray()),
            ["validationErrors"] = alle.Select(z => new { activityId = z.Plaats, message = z.Zin }),
        });
    }
}

/// <summary>Elsa's envelope of a list that comes whole.</summary>
internal sealed record ListResponse<T>(IReadOnlyList<T> Items)
{
    public int Count => Items.Count;
}

/// <summary>Elsa's envelope of one page of a list.</summary>
internal sealed record PagedListResponse<T>(IReadOnlyList<T> Items, long TotalCount);
