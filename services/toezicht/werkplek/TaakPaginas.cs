using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>De handelingen waarmee een taak klaar is. Welke dat zijn staat bij <see cref="Taaksoort"/>.</summary>
internal static class TaakPaginas
{
    /// <summary>Wat er staat als een formulier nog eens wordt verstuurd.</summary>
    private const string Voorbij = "voorbij";

    public static void Map(RouteGroupBuilder paginas)
    {
        var taak = paginas.MapGroup("/werkplek/taken/{id:guid}");
        taak.MapGet("/{pad}", async (Guid id, string pad, Api api, HttpContext http, CancellationToken ct) =>
            await ZoekAsync(id, api, http, ct) is { } gevonden ? await Vraag(gevonden, Zoek(gevonden, pad), api, Formulier.Leeg(), null, ct) : throw new ApiNee(404, "Deze taak staat niet meer open, of is niet aan u.", []));
        taak.MapPost("/{pad}", Doe);
    }

    /// <summary>Wat er is gedaan, zoals de werkplek het zegt.</summary>
    public static string? Gelukt(string? gedaan) =>
        gedaan is null ? null
        : gedaan == Voorbij ? "Deze taak stond al niet meer open. Er is niets dubbel vastgelegd."
        : gedaan.Split('-') is [var soort, var pad] && Taaksoort.Alle.TryGetValue(soort, out var taaksoort) && taaksoort.Handelingen.FirstOrDefault(h => h.Pad == pad) is { } handeling ? handeling.Gelukt
        : gedaan.Split('-', 2) is [CasusHandelingen.Soort, var naam] && CasusHandelingen.Alle.FirstOrDefault(h => h.Pad == naam) is { } casushandeling ? casushandeling.Gelukt
        : $"Afgerond: {gedaan}.";

    private static async Task<Taak?> ZoekAsync(Guid id, Api api, HttpContext http, CancellationToken ct) => (await Taaksoort.TakenAsync(api, Actor.From(http.User)!, ct)).FirstOrDefault(t => t.Id == id);

    private static Handeling<Taak> Zoek(Taak taak, string pad) => Taaksoort.Van(taak).Handelingen.FirstOrDefault(h => h.Pad == pad) ?? throw new ApiNee(404, "Deze pagina bestaat niet.", []);

    private static async Task<IResult> Vraag(Taak taak, Handeling<Taak> handeling, Api api, Formulier formulier, ApiNee? nee, CancellationToken ct)
    {
        var casus = await api.GetIfAllowedAsync<CasusBeeld>($"/v1/casussen/{taak.CasusId}", ct);
        var (velden, soort) = (handeling.Velden, Taaksoort.Van(taak));
        foreach (var (lijst, vraag) in new[] { (VeldSoort.Collega, "collegas"), (VeldSoort.Leidinggevende, "leidinggevenden") })
            if (velden.Any(v => v.Soort == lijst))
            {
                IReadOnlyList<Keuze> mensen = [.. (await api.GetAsync<Lijst<Mens>>($"/v1/professionals?{vraag}=true", ct)).Items.Select(m => new Keuze(m.Id.ToString(), m.Naam, lijst == VeldSoort.Collega ? Woorden.Zeg(m.Rol) : m.Organisatie))];
                velden = [.. velden.Select(v => v.Soort == lijst ? v with { Keuzes = mensen } : v)];
            }

        return Paginas.Pagina<HandelingPagina>(new
        {
            Titel = taak.KindRefs.Count == 0 ? handeling.Titel : $"{handeling.Titel}: {Woorden.Kinderen(taak.KindRefs)}",
            handeling.Uitleg,
            handeling.Knop,
            Velden = velden,
            Actie = $"/werkplek/taken/{taak.Id}/{handeling.Pad}",
            Terug = casus is null ? "/werkplek" : $"/werkplek/casussen/{casus.Id}",
            TerugNaam = casus?.GezinRef,
            Formulier = formulier,
            Nee = nee,
            Feiten = soort.Feiten is { } feiten ? await feiten(api, taak, ct) : [],
            FeitenKop = soort.Kop,
        });
    }

    private static async Task<IResult> Doe(Guid id, string pad, Api api, HttpContext http, CancellationToken ct)
    {
        if (await ZoekAsync(id, api, http, ct) is not { } taak)
            return Results.Redirect($"/werkplek?gedaan={Voorbij}");
        var handeling = Zoek(taak, pad);
        return await handeling.DoeAsync(api, taak, http.Request,
            (formulier, nee) => Vraag(taak, handeling, api, formulier, nee, ct),
            () => Task.FromResult(Results.Redirect($"/werkplek?gedaan={taak.Soort}-{pad}")), ct);
    }
}
