using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Toezicht;

/// <summary>Toezicht: vinden wat vastzit, begrijpen waarom, en het herstellen na een voorbeeld.</summary>
internal static class BewakingPaginas
{
    public static void Map(RouteGroupBuilder paginas)
    {
        paginas.MapGet("/bewaking", Overzicht);
        paginas.MapGet("/bewaking/wijzigingen", (Api api, CancellationToken ct) => api.StreamAsync("/v1/bewaking/stromen/wijzigingen", ct));
        paginas.MapGet("/bewaking/stromen/{id:guid}", (Guid id, bool? hersteld, Api api, HttpContext http, CancellationToken ct) => Stroom(id, hersteld == true ? "De stroom is hersteld zoals het voorbeeld liet zien." : null, null, api, http, ct));
        paginas.MapPost("/bewaking/stromen/{id:guid}/voorbeeld", Voorbeeld);
        paginas.MapPost("/bewaking/stromen/{id:guid}/herstel", Herstel);
        paginas.MapGet("/bewaking/berichten", (int? aangeboden, Api api, HttpContext http, CancellationToken ct) => Berichten(aangeboden is { } aantal ? $"{aantal} {(aantal == 1 ? "bericht is" : "berichten zijn")} opnieuw aangeboden." : null, null, api, http, ct));
        paginas.MapPost("/bewaking/berichten", Aanbieden);
        paginas.MapGet("/bewaking/abonnementen", (string? gedaan, Api api, CancellationToken ct) => Abonnementen(gedaan switch
        {
            "hervattingen" => "De bezorging gaat verder waar zij ophield.",
            "herbezorgingen" => "Wat onbezorgd bleef wordt nog eens bezorgd, in volgorde.",
            _ => null,
        }, null, api, ct));
        paginas.MapPost("/bewaking/abonnementen/{id:guid}/{wat:regex(^(hervattingen|herbezorgingen)$)}", Bezorgen);
        paginas.MapGet("/bewaking/regie", async (Api api, CancellationToken ct) => Paginas.Pagina<RegiePagina>(new { Overzicht = await api.GetAsync<RegieOverzicht>("/v1/bewaking/regie", ct) }));
    }

    private static async Task<IResult> Overzicht(string? toestand, string? zoek, Guid? na, Api api, HttpContext http, CancellationToken ct)
    {
        var gekozen = toestand is null or "" ? Toestand.VraagtAandacht : toestand == "alle" ? [] : [toestand];
        var vraag = string.Concat(gekozen.Select(t => $"toestand={Uri.EscapeDataString(t)}&")) + (string.IsNullOrWhiteSpace(zoek) ? "" : $"zoek={Uri.EscapeDataString(zoek)}&") + (na is null ? "" : $"na={na}");
        var bewaking = await api.GetAsync<Bewaking>($"/v1/bewaking/stromen?{vraag}", ct);
        // Only a script of our own, that says that something changed; the page works without it.
        http.Response.Headers.ContentSecurityPolicy = $"{Paginas.ContentSecurityPolicy}; script-src 'self'; connect-src 'self'";
        return Paginas.Pagina<OverzichtPagina>(new { Bewaking = bewaking, Gekozen = toestand ?? "", Zoek = zoek ?? "", MagHerstellen = MagHerstellen(http) });
    }

    private static async Task<RazorComponentResult> Stroom(Guid id, string? gelukt, ApiNee? nee, Api api, HttpContext http, CancellationToken ct) =>
        Paginas.Pagina<BewaaktPagina>(new { Stroom = await api.GetAsync<StroomDetail>($"/v1/bewaking/stromen/{id}", ct), MagHerstellen = MagHerstellen(http), Gelukt = gelukt, Nee = nee });

    private static async Task<IResult> Voorbeeld(Guid id, HttpContext http, Api api, CancellationToken ct)
    {
        var vraag = Vraag(await http.Request.ReadFormAsync(ct));
        try
        {
            return await ToonVoorbeeld(id, vraag, null, null, api, ct);
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Stroom(id, null, nee, api, http, ct);
        }
    }

    private static async Task<IResult> Herstel(Guid id, HttpContext http, Api api, CancellationToken ct)
    {
        var formulier = await http.Request.ReadFormAsync(ct);
        var vraag = Vraag(formulier);
        var (reden, kenmerk) = (formulier["reden"].ToString(), formulier["kenmerk"].ToString());
        try
        {
            await api.PostAsync<Herstelling>($"/v1/bewaking/stromen/{id}/herstellingen", new { vraag.Soort, vraag.WachtpuntId, vraag.Uitkomst, vraag.ActiviteitId, vraag.Tot, vraag.VoorId, reden, kenmerk }, ct);
            return Results.Redirect($"/bewaking/stromen/{id}?hersteld=true");
        }
        catch (ApiNee nee) when (nee.Status is StatusCodes.Status400BadRequest)
        {
            return await ToonVoorbeeld(id, vraag, reden, nee, api, ct);
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Stroom(id, null, nee, api, http, ct);
        }
    }

    private static async Task<IResult> ToonVoorbeeld(Guid id, HerstelVraag vraag, string? reden, ApiNee? nee, Api api, CancellationToken ct) => Paginas.Pagina<VoorbeeldPagina>(new
    {
        Stroom = await api.GetAsync<StroomDetail>($"/v1/bewaking/stromen/{id}", ct),
        Vraag = vraag,
        Voorbeeld = await api.PostAsync<Herstelvoorbeeld>($"/v1/bewaking/stromen/{id}/herstelvoorbeelden", vraag, ct),
        Reden = reden ?? "",
        Nee = nee,
    });

    private static async Task<RazorComponentResult> Berichten(string? gelukt, ApiNee? nee, Api api, HttpContext http, CancellationToken ct) =>
        Paginas.Pagina<BerichtenPagina>(new { Berichten = (await api.GetAsync<Lijst<VastgelopenBericht>>("/v1/bewaking/berichten", ct)).Items, MagAanbieden = MagHerstellen(http), Gelukt = gelukt, Nee = nee });

    private static async Task<IResult> Aanbieden(HttpContext http, Api api, CancellationToken ct)
    {
        var formulier = await http.Request.ReadFormAsync(ct);
        var aantal = 0;
        try
        {
            foreach (var bericht in formulier["bericht"].OfType<string>())
            {
                await api.PostAsync<VastgelopenBericht>($"/v1/bewaking/berichten/{bericht}/aanbiedingen", new { reden = formulier["reden"].ToString() }, ct);
                aantal++;
            }

            return Results.Redirect($"/bewaking/berichten?aangeboden={aantal}");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Berichten(null, nee, api, http, ct);
        }
    }

    private static async Task<RazorComponentResult> Abonnementen(string? gelukt, ApiNee? nee, Api api, CancellationToken ct)
    {
        var stokkend = new List<(Abonnement, IReadOnlyList<OnbezorgdeGebeurtenis>)>();
        foreach (var a in await api.GetAllAsync<Abonnement>("/v1/abonnementen", ct))
            if (a.IsGepauzeerd || a.Onbezorgd > 0 || a.Storing is not null)
                stokkend.Add((a, a.Onbezorgd == 0 ? [] : (await api.GetAsync<Lijst<OnbezorgdeGebeurtenis>>($"/v1/abonnementen/{a.Id}/onbezorgd", ct)).Items));
        return Paginas.Pagina<AbonnementenPagina>(new { Stokkend = (IReadOnlyList<(Abonnement, IReadOnlyList<OnbezorgdeGebeurtenis>)>)stokkend, Gelukt = gelukt, Nee = nee });
    }

    private static async Task<IResult> Bezorgen(Guid id, string wat, HttpContext http, Api api, CancellationToken ct)
    {
        try
        {
            await api.PostAsync<Abonnement>($"/v1/abonnementen/{id}/{wat}", new { reden = (await http.Request.ReadFormAsync(ct))["reden"].ToString() }, ct);
            return Results.Redirect($"/bewaking/abonnementen?gedaan={wat}");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Abonnementen(null, nee, api, ct);
        }
    }

    private static bool MagHerstellen(HttpContext http) => Actor.From(http.User)?.Rol == Rol.Toezichthouder;

    private static HerstelVraag Vraag(IFormCollection formulier)
    {
        var (soort, keuze) = (formulier["soort"].ToString(), formulier["keuze"].ToString());
        return new(
            soort,
            Guid.TryParse(formulier["wachtpuntId"], out var wachtpunt) ? wachtpunt : null,
            soort == "antwoorden" ? keuze : null,
            soort == "terugzetten" ? keuze : null,
            DateTime.TryParse(formulier["tot"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var tot) ? Wanneer.Hier(tot) : null,
            soort == "toewijzen" && Guid.TryParse(keuze, out var persoon) ? persoon : null);
    }
}
