using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace NetwerkRegie.Toezicht;

/// <summary>Een ontwerp proefdraaien: op een verhaal, of op wat er al gebeurd is.</summary>
internal static class ProefPaginas
{
    private const string Begin = """
        Verhaal: hoe het gaat

        Gegeven een gezin met 2 kinderen in Zilverdam op 2 maart 2026 10:15
        Dan houdt de regisseur de regie
        """;

    public static void Map(RouteGroupBuilder paginas)
    {
        var stroom = paginas.MapGroup("/stromen/{id}");
        stroom.MapGet("/proefdraaien", (string id, Api api, CancellationToken ct) => Toon(id, Begin, null, null, null, api, ct));
        stroom.MapPost("/proefdraaien", Speel);
        stroom.MapPost("/naspelen", Naspelen);
    }

    private static async Task<IResult> Speel(string id, HttpRequest request, Api api, CancellationToken ct)
    {
        // A browser sends its lines with both ends; the story counts them by one.
        var verhaal = (await request.ReadFormAsync(ct))["verhaal"].ToString().ReplaceLineEndings("\n");
        try
        {
            return await Toon(id, verhaal, await api.PostAsync<Proefverslag>($"{Api.Stroom(id)}/proeven", new { verhaal }, ct), null, null, api, ct);
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Toon(id, verhaal, null, null, nee, api, ct);
        }
    }

    private static async Task<IResult> Naspelen(string id, Api api, CancellationToken ct)
    {
        try
        {
            return await Toon(id, Begin, null, await api.PostAsync<Naspeelverslag>($"{Api.Stroom(id)}/naspelen", new { }, ct), null, api, ct);
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Toon(id, Begin, null, null, nee, api, ct);
        }
    }

    private static async Task<IResult> Toon(string id, string verhaal, Proefverslag? verslag, Naspeelverslag? nagespeeld, ApiNee? nee, Api api, CancellationToken ct) => Paginas.Pagina<ProefPagina>(new
    {
        Stroom = await api.GetAsync<StroomTekst>($"{Api.Stroom(id)}/tekst", ct),
        Verhaal = verhaal,
        Verslag = verslag,
        Nagespeeld = nagespeeld,
        Nee = nee,
    });
}
