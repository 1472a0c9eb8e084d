using Microsoft.AspNetCore.Http.HttpResults;
using NetwerkRegie.Contracts;
using NetwerkRegie.Toezicht;
using NetwerkRegie.Web;

namespace NetwerkRegie.Host;

/// <summary>Signing in to the pages: with the region's own issuer, or in the demonstration region by choosing whom to be.</summary>
internal static class Aanmelden
{
    private const string Begin = "/";

    private static readonly Dictionary<string, string> WieMag = new()
    {
        [Rol.Regisseur.Naam()] = "werkt aan eigen casussen",
        [Rol.Rvt.Naam()] = "denkt mee over veiligheid",
        [Rol.Gi.Naam()] = "voert maatregelen uit",
        [Rol.Leidinggevende.Naam()] = "staat achter een team",
        [Rol.Gezin.Naam()] = "ziet de eigen casus",
        [Rol.Ontwerper.Naam()] = "mag stromen wijzigen",
        [Rol.Toezichthouder.Naam()] = "ziet wat vastzit en maakt het vlot",
        [Rol.Bestuurder.Naam()] = "ziet hoe het er voor staat",
    };

    public static void Map(WebApplication app, TokenIssuer issuer, Settings settings)
    {
        // Both are for people who are not known yet; a post from another site is refused here itself.
        var routes = app.MapGroup("").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        routes.MapPost("/afmelden", (Func<HttpContext, IResult>)SignOut);
        if (issuer is DemoIssuer demo)
        {
            routes.MapGet("/aanmelden", (string? naar, HttpContext http) => Page(http, new AanmeldKeuze(Ours(naar), [.. Personas(settings.Regio)])));
            routes.MapPost("/aanmelden", (Func<HttpContext, Task<IResult>>)(http => SignIn(http, demo, settings.Regio)));
        }
        else
        {
            var signIn = new IssuerSignIn((DiscoveredIssuer)issuer, settings.ClientId, app.Services.GetRequiredService<IHttpClientFactory>());
            routes.MapGet("/aanmelden", (string? naar, HttpContext http) => signIn.BeginAsync(http, Ours(naar)));
            // The cookie is not sent along on a visit that another site began; one step of our own later it is.
            routes.MapGet(IssuerSignIn.Return, async (string? code, string? state, HttpContext http) => Page(http, new AanmeldKeuze(Ours(await signIn.CompleteAsync(http, code, state)), [])));
        }
    }

    /// <summary>To the sign-in page, and from there back.</summary>
    public static IResult First(HttpContext http) => Results.Redirect($"/aanmelden?naar={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");

    private static RazorComponentResult<AanmeldPagina> Page(HttpContext http, AanmeldKeuze keuze)
    {
        http.Response.Headers.ContentSecurityPolicy = Paginas.ContentSecurityPolicy;
        return new(new { Keuze = keuze });
    }

    private static async Task<IResult> SignIn(HttpContext http, DemoIssuer demo, Regio regio)
    {
        if (!PageCookie.IsSameOrigin(http.Request))
            throw Geweigerd.GeenRecht("Aanmelden kan alleen vanaf de aanmeldpagina zelf.");
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        var persona = Personas(regio).FirstOrDefault(p => p.Id.ToString() == form?["id"].ToString());
        if (persona is null)
            throw Geweigerd.NietGevonden("Deze persona");
        PageCookie.Write(http, demo.Token(persona.Rol, persona.Naam, null));
        return Results.Redirect(Ours(form?["naar"]));
    }

    private static IResult SignOut(HttpContext http)
    {
        if (!PageCookie.IsSameOrigin(http.Request))
            throw Geweigerd.GeenRecht("Afmelden kan alleen vanuit de pagina's zelf.");
        PageCookie.Remove(http);
        return Results.Redirect("/aanmelden");
    }

    // A page of ours and nothing else: who signs in is not sent on to another site.
    private static string Ours(string? path) => path is ['/', not ('/' or '\\'), ..] && !path.Any(char.IsControl) ? path : Begin;

    private static IEnumerable<Persona> Personas(Regio regio) =>
        regio.Professionals.Where(p => WieMag.ContainsKey(p.Rol)).Select(p => new Persona(p.Id, p.Naam, p.Rol, WieMag[p.Rol]));
}
