using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>Waar een beroepskracht begint: wat zij moet doen, en haar casussen.</summary>
internal static class WerkplekPaginas
{
    public static void Map(RouteGroupBuilder paginas)
    {
        var werkplek = paginas.MapGroup("/werkplek");
        werkplek.MapGet("", (string? gedaan, Api api, HttpContext http, TimeProvider time, CancellationToken ct) => Werkplek(api, http, time, gedaan, null, null, ct));
        werkplek.MapPost("/taken/{id:guid}", Afronden);
        werkplek.MapGet("/casussen/{id:guid}", Casus);
    }

    private static async Task<IResult> Werkplek(Api api, HttpContext http, TimeProvider time, string? gedaan, Guid? taakMetFout, ApiNee? nee, CancellationToken ct)
    {
        var actor = Actor.From(http.User)!;
        var taken = await Taaksoort.TakenAsync(api, actor, ct);
        // A director decides about knelpunten and sees no casus.
        var casussen = actor.Rol is Rol.Bestuurder ? [] : await api.GetAllAsync<CasusKort>("/v1/casussen", ct);
        var teams = (await api.GetIfAllowedAsync<Lijst<KernteamKort>>("/v1/kernteams", ct))?.Items ?? [];
        var ik = actor.Id;
        return Paginas.Pagina<WerkplekPagina>(new
        {
            Taken = taken,
            Casussen = MijnCasus.Van(casussen, teams, taken, ik, await Mensen.VanAsync(api, casussen.SelectMany(c => new[] { c.RegisseurId, c.NamensId ?? ik }), ct)),
            Nu = time.GetUtcNow(),
            Gelukt = TaakPaginas.Gelukt(gedaan),
            TaakMetFout = taakMetFout,
            Nee = nee,
        });
    }

    private static async Task<IResult> Afronden(Guid id, Api api, HttpContext http, TimeProvider time, CancellationToken ct)
    {
        var formulier = await Formulier.VanAsync(http.Request, ct);
        try
        {
            var taak = await api.PostAsync<Taak>($"/v1/taken/{id}/uitkomst", new { uitkomst = formulier["uitkomst"] }, ct);
            return Results.Redirect($"/werkplek?gedaan={Uri.EscapeDataString(taak.Titel)}");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Werkplek(api, http, time, null, id, nee, ct);
        }
    }

    private static async Task<IResult> Casus(Guid id, string? op, Api api, HttpContext http, TimeProvider time, CancellationToken ct)
    {
        // What was known on a day is what was known when it ended.
        var bekendOp = Wanneer.Lees(op ?? "", "0:00")?.AddDays(1);
        var bekend = bekendOp is { } moment ? $"?bekendOp={Uri.EscapeDataString(moment.UtcDateTime.ToString("O"))}" : "";
        var casus = await api.GetIfAllowedAsync<CasusBeeld>($"/v1/casussen/{id}", ct);
        var kernteam = await api.GetIfAllowedAsync<Kernteam>($"/v1/kernteams/{id}", ct);
        if (casus is null && kernteam is null)
            throw new ApiNee(404, "Deze casus bestaat niet, of u hebt er geen toegang toe.", []);

        // Whoever is only at the table sees the table.
        var lijnen = casus is null ? null : await api.GetAsync<AlleLijnen>($"/v1/casussen/{id}/lijnen{bekend}", ct);
        var gebeurd = casus is null ? [] : await api.GetAllAsync<Gebeurtenis>($"/v1/casussen/{id}/gebeurtenissen", ct);
        var knelpunten = casus is null ? [] : (await api.GetAsync<Lijst<Knelpunt>>($"/v1/casussen/{id}/knelpunten", ct)).Items;
        var taken = (await Taaksoort.TakenAsync(api, Actor.From(http.User)!, ct)).Where(t => t.CasusId == id).ToList();
        // Only who holds the regie gets any.
        var inzage = (await api.GetIfAllowedAsync<Lijst<InzageVraag>>($"/v1/inzageverzoeken?casusId={id}", ct))?.Items ?? [];
        var verzuim = (await api.GetIfAllowedAsync<Lijst<Verzuim>>($"/v1/verzuimmeldingen?casusId={id}", ct))?.Items ?? [];
        var plan = await api.GetIfAllowedAsync<Plan>($"/v1/kernteams/{id}/plannen", ct);
        var acties = (await api.GetIfAllowedAsync<Lijst<Actie>>($"/v1/kernteams/{id}/acties", ct))?.Items ?? [];
        var stappen = (await api.GetIfAllowedAsync<Lijst<Koersstap>>($"/v1/kernteams/{id}/stappen", ct))?.Items ?? [];
        var wie = Wie(casus, kernteam, lijnen).Concat(gebeurd.SelectMany(g => Zinnen.Wie(g.Inhoud))).Concat(acties.Select(a => Guid.TryParse(a.WieRef, out var lid) ? lid : Guid.Empty));
        var mensen = await Mensen.VanAsync(api, wie, ct);
        var nu = time.GetUtcNow();
        return Paginas.Pagina<CasusPagina>(new
        {
            Id = id,
            Ik = Actor.From(http.User)!,
            Casus = casus,
            Kernteam = kernteam,
            Tekening = casus is null ? null : Lijntekening.Van(casus, lijnen!.Lijnen, mensen, bekendOp, nu),
            Gebeurd = Zinnen.Regels(gebeurd.Where(g => bekendOp is null || g.Op < bekendOp), mensen),
            Knelpunten = knelpunten,
            Taken = taken,
            Plan = plan,
            Acties = acties,
            Stappen = stappen.Where(s => s is { TegenPunt: not null, BesluitId: null }).ToList(),
            Verzuim = verzuim.Where(v => v.Antwoord is null).ToList(),
            Inzageverzoeken = inzage.Where(v => v.BeantwoordOp is null).ToList(),
            Mensen = mensen,
            Nu = nu,
            Op = op,
            BekendOp = bekendOp?.AddDays(-1),
        });
    }

    private static IEnumerable<Guid> Wie(CasusBeeld? casus, Kernteam? kernteam, AlleLijnen? lijnen)
    {
        Guid?[] vast = casus is null ? [] : [casus.Regisseur.Id, casus.HouderInLaatsteInstantieId, casus.VastGezicht?.PersoonId, casus.Procesregie?.PersoonId, .. casus.Kinderen.Select(k => k.UitvoerderId)];
        return vast.OfType<Guid>()
            .Concat(casus?.VervangerIds ?? [])
            .Concat(casus?.Overdrachten.SelectMany(o => new[] { o.VanId, o.NaarId }) ?? [])
            .Concat(kernteam?.Leden.Select(l => l.LidId) ?? [])
            .Concat(lijnen?.Lijnen.Values.SelectMany(l => l).SelectMany(p => new[] { Guid.TryParse(p.Houder, out var houder) ? houder : Guid.Empty, p.NamensId ?? Guid.Empty }) ?? []);
    }
}

public enum Casusgroep
{
    Regie,
    Betrokken,
    Meelezen,
    Afgesloten,
}

/// <summary>Een casus, en wat de lezer ermee te maken heeft.</summary>
public sealed record MijnCasus(Guid Id, string Naam, string Rol, string Toelichting, Casusgroep Bij)
{
    public static IReadOnlyList<MijnCasus> Van(IReadOnlyList<CasusKort> casussen, IReadOnlyList<KernteamKort> teams, IReadOnlyList<Taak> taken, Guid ik, Mensen mensen)
    {
        var stoelen = teams.ToDictionary(t => t.CasusId, t => t.Stoelen);
        var eigen = casussen.Select(casus => Van(casus, stoelen.GetValueOrDefault(casus.Id), taken.Any(t => t.CasusId == casus.Id && t.Overdracht is not null), ik, mensen));
        // At the table without more: regie says nothing of such a casus.
        var aanTafel = teams.Where(t => casussen.All(c => c.Id != t.CasusId)).Select(t => new MijnCasus(t.CasusId, $"Kernteam {t.CasusId.ToString()[^8..]}", AanTafel(t.Stoelen), $"Kernteam: {Woorden.Zeg(t.Status)}", Casusgroep.Betrokken));
        return [.. eigen.Concat(aanTafel).OrderBy(c => c.Bij).ThenBy(c => c.Naam, StringComparer.Ordinal)];
    }

    private static MijnCasus Van(CasusKort casus, IReadOnlyList<string>? stoelen, bool isAangeboden, Guid ik, Mensen mensen)
    {
        var houdt = $"{mensen[casus.RegisseurId]} houdt de regie.";
        var (rol, groep) = casus switch
        {
            { Status: not "open" } => ($"{mensen[casus.RegisseurId]} hield het laatst de regie.", Casusgroep.Afgesloten),
            _ when casus.RegisseurId == ik && casus.Merk == "waarnemend" => ($"U neemt de regie waar namens {mensen[casus.NamensId]}.", Casusgroep.Regie),
            _ when casus.RegisseurId == ik && casus.Merk == "noodhouder" => ("U houdt de regie in laatste instantie, tot er een regisseur is.", Casusgroep.Regie),
            _ when casus.RegisseurId == ik => ("U houdt de regie.", Casusgroep.Regie),
            _ when casus.NamensId == ik => ($"{mensen[casus.RegisseurId]} neemt de regie voor u waar.", Casusgroep.Betrokken),
            _ when isAangeboden => ($"De regie is u aangeboden. {houdt}", Casusgroep.Betrokken),
            _ when stoelen is not null => ($"{AanTafel(stoelen)} {houdt}", Casusgroep.Betrokken),
            _ => (houdt, Casusgroep.Meelezen),
        };
        return new(casus.Id, casus.GezinRef, rol, $"Schaal: {Woorden.Zeg(casus.Schaal)}. Geopend op {Wanneer.Dag(casus.GeopendOp)}.", groep);
    }

    private static string AanTafel(IReadOnlyList<string> stoelen) => $"U zit aan tafel als {string.Join(" en ", stoelen.Select(Woorden.Zeg))}.";
}
