using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Toezicht.Werkplek;
using NetwerkRegie.Web;

namespace NetwerkRegie.Toezicht.Terugkijken;

/// <summary>Samen terugkijken op een casus: voor wie er beroepsmatig bij was, en voor het gezin.</summary>
internal static class TerugkijkPaginas
{
    public static void Map(RouteGroupBuilder paginas)
    {
        var casus = paginas.MapGroup("/terugkijken/{casusId:guid}");
        casus.MapGet("", (Guid casusId, Api api, HttpContext http, CancellationToken ct) => Alle(casusId, null, api, http, ct));
        casus.MapPost("", Maken);
        casus.MapGet("/{id:guid}", (Guid casusId, Guid id, string? gedaan, Api api, HttpContext http, TimeProvider time, CancellationToken ct) => Een(casusId, id, gedaan is not null, Formulier.Leeg(), null, api, http, time, ct));
        casus.MapPost("/{id:guid}", Reageren);
    }

    private static async Task<IResult> Alle(Guid casusId, ApiNee? nee, Api api, HttpContext http, CancellationToken ct) => Paginas.Pagina<TerugkijkenPagina>(new
    {
        CasusId = casusId,
        Rol = Actor.From(http.User)!.Rol,
        Alle = (await api.GetAsync<Lijst<RetrospectiefKort>>($"/v1/casussen/{casusId}/retrospectieven", ct)).Items,
        Nee = nee,
    });

    private static async Task<IResult> Maken(Guid casusId, Api api, HttpContext http, CancellationToken ct)
    {
        try
        {
            var gemaakt = await api.PostAsync<RetrospectiefKort>($"/v1/casussen/{casusId}/retrospectieven", new { }, ct);
            return Results.Redirect($"/terugkijken/{casusId}/{gemaakt.Id}");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Alle(casusId, nee, api, http, ct);
        }
    }

    private static async Task<IResult> Een(Guid casusId, Guid id, bool isGereageerd, Formulier formulier, ApiNee? nee, Api api, HttpContext http, TimeProvider time, CancellationToken ct)
    {
        var terugblik = await api.GetAsync<Retrospectief>($"/v1/retrospectieven/{id}", ct);
        var wie = terugblik.Lijnen.Select(l => l.HouderId ?? Guid.Empty).Append(terugblik.GemaaktDoorId).Concat(terugblik.Gebeurtenissen.SelectMany(g => Zinnen.Wie(g.Inhoud)));
        var mensen = await Mensen.VanAsync(api, wie.Where(w => w != Guid.Empty), ct);
        return Paginas.Pagina<TerugblikPagina>(new
        {
            CasusId = casusId,
            Rol = Actor.From(http.User)!.Rol,
            Terugblik = terugblik,
            Mensen = mensen,
            Gebeurd = Zinnen.Regels(terugblik.Gebeurtenissen, mensen),
            Nu = time.GetUtcNow(),
            IsGereageerd = isGereageerd,
            Formulier = formulier,
            Nee = nee,
        });
    }

    private static async Task<IResult> Reageren(Guid casusId, Guid id, Api api, HttpContext http, TimeProvider time, CancellationToken ct)
    {
        var formulier = await Formulier.VanAsync(http.Request, ct);
        try
        {
            await api.PostAsync<object?>($"/v1/retrospectieven/{id}/reacties", new { soort = formulier.Tekst("soort"), tekst = formulier.Tekst("tekst") }, ct);
            return Results.Redirect($"/terugkijken/{casusId}/{id}?gedaan=reactie");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Een(casusId, id, false, formulier, nee, api, http, time, ct);
        }
    }
}

public sealed record RetrospectiefKort(Guid Id, string Status, DateTimeOffset GemaaktOp, DateTimeOffset ReactiesTot, DateTimeOffset? DefinitiefOp);

public sealed record Retrospectief(
    Guid Id, string Status, Guid GemaaktDoorId, DateTimeOffset GemaaktOp, DateTimeOffset ReactiesTot, DateTimeOffset Van, DateTimeOffset Tot,
    IReadOnlyList<Lijnstuk> Lijnen, IReadOnlyList<Werkplek.Gebeurtenis> Gebeurtenissen, IReadOnlyList<Wachttijd> Wachttijden, Getallen Getallen, IReadOnlyList<Reactie> Reacties);

public sealed record Lijnstuk(string Lijn, string? KindRef, Guid? HouderId, string? Waarde, string? Merk, DateTimeOffset Vanaf, DateTimeOffset? Tot);

public sealed record Wachttijd(string Wat, DateTimeOffset Sinds, DateTimeOffset? Tot, DateTimeOffset? VerwachtOp);

public sealed record Getallen(int Overdrachten, int Waarnemingen, int Noodoverdrachten, int Gezichten, int MinutenZonderRegie, int LangerDanAfgesproken);

public sealed record Reactie(string Soort, string Tekst, string DoorRol, DateTimeOffset Op);
