using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NetwerkRegie.Toezicht.Gezin;
using NetwerkRegie.Toezicht.Terugkijken;
using NetwerkRegie.Toezicht.Werkplek;
using NetwerkRegie.Web;

namespace NetwerkRegie.Toezicht;

/// <summary>
/// The pages: made on the server, and working without script, on the HTTP API of the services. They own nothing and may do nothing of
/// themselves: each call carries the token of whoever looks.
/// </summary>
public static class Paginas
{
    /// <summary>What a page of ours may load: its own style, and no script at all.</summary>
    public const string ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly Assembly Assembly = typeof(Paginas).Assembly;

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <param name="api">Where the API of the services is; null for this process itself.</param>
    public static IServiceCollection AddPaginas(this IServiceCollection services, Uri? api)
    {
        services.AddRazorComponents();
        services.TryAddSingleton<IHttpContextAccessor, HttpContextAccessor>();
        return services.AddScoped(provider => ActivatorUtilities.CreateInstance<Api>(provider, new ApiAdres(api)));
    }

    public static void MapPaginas(this IEndpointRouteBuilder routes)
    {
        // Whether somebody may see something is for the API to say. Another site cannot post here: from there the cookie is not read.
        var paginas = routes.MapGroup("").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription().AddEndpointFilter(Show);
        paginas.MapGet("/", (HttpContext http) => Results.Redirect(Begin(Actor.From(http.User)!.Rol)));
        StromenPaginas.Map(paginas);
        ProefPaginas.Map(paginas);
        MigratiePaginas.Map(paginas);
        WerkplekPaginas.Map(paginas);
        TaakPaginas.Map(paginas);
        CasusHandelingen.Map(paginas);
        OverdrachtPaginas.Map(paginas);
        GezinPaginas.Map(paginas);
        TerugkijkPaginas.Map(paginas);
        BewakingPaginas.Map(paginas);
        routes.MapGet("/opmaak/{bestand}", Style).AllowAnonymous().ExcludeFromDescription();
    }

    internal static RazorComponentResult Pagina<TComponent>(object parameters)
        where TComponent : IComponent => new(typeof(TComponent), parameters);

    internal static bool IsOntwerper(HttpContext http) => Actor.From(http.User)?.Rol == Rol.Ontwerper;

    // Everybody begins where their own work is.
    private static string Begin(Rol rol) =>
        Rollen.Beroepskrachten.Contains(rol) ? "/werkplek"
        : rol is Rol.Gezin ? "/gezin"
        : rol is Rol.Toezichthouder or Rol.Bestuurder ? "/bewaking"
        : rol is Rol.Ontwerper ? "/stromen"
        : throw new ApiNee(404, "Voor uw rol is hier nog geen pagina.", []);

    private static async ValueTask<object?> Show(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        if (Actor.From(http.User) is null)
            return Results.Redirect($"/aanmelden?naar={Uri.EscapeDataString(HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString : "/")}");
        try
        {
            return await next(context);
        }
        catch (ApiNee nee)
        {
            var pagina = Pagina<NeePagina>(new { Nee = nee });
            pagina.StatusCode = nee.Status;
            return pagina;
        }
    }

    private static IResult Style(string bestand, HttpContext http)
    {
        if (Assembly.GetManifestResourceStream($"opmaak/{bestand}") is not { } css)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Stream(css, ContentTypes.TryGetContentType(bestand, out var type) ? $"{type}; charset=utf-8" : null, entityTag: new($"\"{Assembly.ManifestModule.ModuleVersionId:N}\""));
    }
}
