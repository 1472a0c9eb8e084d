using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace NetwerkRegie.Toezicht;

/// <summary>De stromen lezen, en er zonder tekenen een termijn, een mens of een tekst in wijzigen.</summary>
internal static class StromenPaginas
{
    public static void Map(RouteGroupBuilder paginas)
    {
        var stromen = paginas.MapGroup("/stromen");
        stromen.MapGet("", async (Api api, CancellationToken ct) =>
            Paginas.Pagina<StromenPagina>(new { Stromen = (await api.GetAsync<Lijst<StroomKort>>("/v1/stromen", ct)).Items }));
        stromen.MapGet("/{id}", async (string id, int? versie, string? bewaard, int? gepubliceerd, Api api, HttpContext http, CancellationToken ct) =>
            await Stroom(id, versie, api, http, ct, gepubliceerd is not null ? $"Versie {gepubliceerd} is gepubliceerd. Nieuwe casussen beginnen ermee; lopende blijven op hun versie." : bewaard is not null ? $"De wijziging bij '{bewaard}' is bewaard in het ontwerp." : null));
        stromen.MapGet("/{id}/verschillen", Verschillen);
        stromen.MapGet("/{id}/stappen/{stap}", (string id, string stap, Api api, CancellationToken ct) => Stap(id, stap, api, null, null, ct));
        stromen.MapPost("/{id}/stappen/{stap}", Bewaar);
        stromen.MapPost("/{id}/publicatie", Publiceer);
    }

    private static async Task<IResult> Stroom(string id, int? versie, Api api, HttpContext http, CancellationToken ct, string? gelukt = null, ApiNee? nee = null)
    {
        var tekst = await api.GetAsync<StroomTekst>($"{Api.Stroom(id)}/tekst{(versie is null ? "" : $"?versie={versie}")}", ct);
        var versies = (await api.GetAsync<Lijst<VersieKort>>($"{Api.Stroom(id)}/versies", ct)).Items;
        var actueel = versies.FirstOrDefault(v => v.IsActueel);
        var verschillen = tekst.IsOntwerp && actueel is not null
            ? (await api.GetAsync<Lijst<string>>($"{Api.Stroom(id)}/verschillen?van={actueel.Versie}&tot={tekst.Versie}", ct)).Items : [];
        return Paginas.Pagina<StroomPagina>(new
        {
            Stroom = tekst,
            Versies = versies,
            Verschillen = verschillen,
            MagWijzigen = Paginas.IsOntwerper(http) && tekst.Versie == versies[0].Versie,
            Gelukt = gelukt,
            Nee = nee,
        });
    }

    private static async Task<IResult> Verschillen(string id, int? van, int? tot, Api api, CancellationToken ct)
    {
        var versies = (await api.GetAsync<Lijst<VersieKort>>($"{Api.Stroom(id)}/versies", ct)).Items;
        var (eerst, dan) = (van ?? versies[^1].Versie, tot ?? versies[0].Versie);
        var verschillen = await api.GetAsync<Lijst<string>>($"{Api.Stroom(id)}/verschillen?van={eerst}&tot={dan}", ct);
        return Paginas.Pagina<VerschillenPagina>(new { Id = id, Versies = versies, Van = eerst, Tot = dan, Verschillen = verschillen.Items });
    }

    private static async Task<IResult> Stap(string id, string stap, Api api, IReadOnlyDictionary<string, string?>? ingevuld, ApiNee? nee, CancellationToken ct)
    {
        var stroom = await api.GetAsync<StroomTekst>($"{Api.Stroom(id)}/tekst", ct);
        return Paginas.Pagina<StapPagina>(new
        {
            Stroom = stroom,
            Stap = stroom.Stappen.SingleOrDefault(s => s.Id == stap) ?? throw new ApiNee(404, "Deze stap bestaat niet.", []),
            Termijnen = (await api.GetAsync<Lijst<TermijnKort>>("/v1/termijnen", ct)).Items,
            Ingevuld = ingevuld,
            Nee = nee,
        });
    }

    private static async Task<IResult> Bewaar(string id, string stap, HttpRequest request, Api api, CancellationToken ct)
    {
        var formulier = await request.ReadFormAsync(ct);
        var velden = formulier.Where(v => v.Key.StartsWith("veld-", StringComparison.Ordinal)).ToDictionary(v => v.Key["veld-".Length..], v => (string?)v.Value.ToString());
        try
        {
            var stroom = await api.PostAsync<StroomTekst>($"{Api.Stroom(id)}/wijzigingen", new { kenmerk = formulier["kenmerk"].ToString(), stap, velden }, ct);
            return Results.Redirect($"/stromen/{Uri.EscapeDataString(id)}?bewaard={Uri.EscapeDataString(stroom.Stappen.Single(s => s.Id == stap).Naam)}");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Stap(id, stap, api, velden, nee, ct);
        }
    }

    private static async Task<IResult> Publiceer(string id, Api api, HttpContext http, CancellationToken ct)
    {
        try
        {
            var versie = await api.PostAsync<VersieKort>($"{Api.Stroom(id)}/publicaties", null, ct);
            return Results.Redirect($"/stromen/{Uri.EscapeDataString(id)}?gepubliceerd={versie.Versie}");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Stroom(id, null, api, http, ct, nee: nee);
        }
    }
}
