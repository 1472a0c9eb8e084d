using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace NetwerkRegie.Toezicht;

/// <summary>Lopende stromen overzetten naar een andere versie: eerst zien wat het doet, dan doen, en terug kunnen.</summary>
internal static class MigratiePaginas
{
    public static void Map(RouteGroupBuilder paginas)
    {
        paginas.MapGet("/stromen/{id}/overzetten", (string id, int? van, int? naar, Api api, HttpContext http, CancellationToken ct) => Voorbeeld(id, van, naar, null, api, http, ct));
        paginas.MapPost("/stromen/{id}/overzetten", Overzetten);
        paginas.MapGet("/migraties", async (Api api, CancellationToken ct) => Paginas.Pagina<MigratiesPagina>(new { Migraties = (await api.GetAsync<Lijst<MigratieKort>>("/v1/migraties", ct)).Items }));
        paginas.MapGet("/migraties/{id:guid}", async (Guid id, Api api, HttpContext http, CancellationToken ct) => Toon(await api.GetAsync<Migratie>($"/v1/migraties/{id}", ct), http));
        paginas.MapPost("/migraties/{id:guid}/terugdraaiing", Terugdraaien);
    }

    private static async Task<IResult> Voorbeeld(string id, int? van, int? naar, ApiNee? nee, Api api, HttpContext http, CancellationToken ct)
    {
        var versies = (await api.GetAsync<Lijst<VersieKort>>($"{Api.Stroom(id)}/versies", ct)).Items.Where(v => !v.IsOntwerp).ToList();
        var (eerst, dan) = (van ?? versies.LastOrDefault(v => v.Lopend > 0 && !v.IsActueel)?.Versie, naar ?? versies.FirstOrDefault(v => v.IsActueel)?.Versie);
        IReadOnlyList<Migratievoorbeeld> voorbeelden = [];
        if (eerst is not null && dan is not null && eerst != dan)
            try
            {
                voorbeelden = (await api.PostAsync<Lijst<Migratievoorbeeld>>($"{Api.Stroom(id)}/migratievoorbeelden", new { van = eerst, naar = dan }, ct)).Items;
            }
            catch (ApiNee fout) when (fout.Status is 400)
            {
                nee ??= fout;
            }

        return Paginas.Pagina<OverzettenPagina>(new { Id = id, Versies = versies, Van = eerst, Naar = dan, Voorbeelden = voorbeelden, MagOverzetten = Paginas.IsOntwerper(http), Nee = nee });
    }

    private static async Task<IResult> Overzetten(string id, HttpContext http, Api api, CancellationToken ct)
    {
        var formulier = await http.Request.ReadFormAsync(ct);
        var (van, naar) = (Getal("van"), Getal("naar"));
        try
        {
            var migratie = await api.PostAsync<Migratie>($"{Api.Stroom(id)}/migraties", new { van, naar, reden = formulier["reden"].ToString(), stromen = formulier["stroom"].Where(s => Guid.TryParse(s, out _)).ToList() }, ct);
            return Results.Redirect($"/migraties/{migratie.Id}");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Voorbeeld(id, van, naar, nee, api, http, ct);
        }

        int? Getal(string naam) => int.TryParse(formulier[naam], NumberStyles.None, CultureInfo.InvariantCulture, out var getal) ? getal : null;
    }

    private static async Task<IResult> Terugdraaien(Guid id, HttpContext http, Api api, CancellationToken ct)
    {
        var reden = (await http.Request.ReadFormAsync(ct))["reden"].ToString();
        try
        {
            return Toon(await api.PostAsync<Migratie>($"/v1/migraties/{id}/terugdraaiing", new { reden }, ct), http);
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return Toon(await api.GetAsync<Migratie>($"/v1/migraties/{id}", ct), http, nee);
        }
    }

    private static RazorComponentResult Toon(Migratie migratie, HttpContext http, ApiNee? nee = null) => Paginas.Pagina<MigratiePagina>(new { Migratie = migratie, MagTerug = Paginas.IsOntwerper(http), Nee = nee });
}
