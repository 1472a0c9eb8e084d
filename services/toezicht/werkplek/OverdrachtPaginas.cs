using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>De regie aanbieden, aannemen, weigeren of terugnemen, het warme gesprek, en het dossier dat erbij hoort.</summary>
internal static class OverdrachtPaginas
{
    private static readonly Dictionary<string, Handeling<Guid>> Handelingen = new Handeling<Guid>[]
    {
        new("aanvaarding", "De regie aannemen", "U zegt ja. De regie gaat pas over na het warme gesprek met het gezin.", "Neem de regie aan", "U hebt de regie aangenomen. Zij gaat over na het warme gesprek.",
            [new("geplandOp", "Wanneer is het warme gesprek?", VeldSoort.Moment, "Als u dat al weet. U kunt het later ook plannen.", IsVerplicht: false)],
            Naar("aanvaarding"),
            (f, _) => new { geplandOp = f.Moment("geplandOp", isVerplicht: false) }),
        new("weigering", "De regie niet aannemen", "De regie blijft waar zij is. Er gaat een knelpunt naar de leidinggevende, die samen met de teams een oplossing zoekt.", "Weiger het voorstel", "U hebt het voorstel geweigerd. De regie blijft waar zij is.",
            [new("reden", "Waarom kunt u de regie niet aannemen?"), new("alternatief", "Wat kunt u wel doen?", Uitleg: "Bijvoorbeeld vanaf wanneer het wel kan, of wie het wel kan.")],
            Naar("weigering"),
            (f, _) => new { reden = f.Tekst("reden"), alternatief = f.Tekst("alternatief") }),
        new("intrekking", "Het voorstel intrekken", "De regie blijft waar zij is.", "Trek het voorstel in", "Het voorstel is ingetrokken. De regie blijft waar zij is.",
            [new("reden", "Waarom trekt u het in?", IsVerplicht: false)],
            Naar("intrekking"),
            (f, _) => new { reden = f.Tekst("reden") }),
        new("gesprek", "Het warme gesprek plannen", "De regie blijft waar zij is tot het gesprek is gevoerd.", "Plan het gesprek", "Het warme gesprek is gepland.",
            [new("geplandOp", "Wanneer is het warme gesprek?", VeldSoort.Moment)],
            Naar("gesprek"),
            (f, _) => new { geplandOp = f.Moment("geplandOp", isVerplicht: true) }),
        new("gevoerd", "Het warme gesprek vastleggen", "Vanaf het einde van dit gesprek houdt de nieuwe regisseur de regie.", "Leg het gesprek vast", "Het gesprek is vastgelegd. De regie is overgegaan.",
            [
                new("beeindigdOp", "Wanneer eindigde het gesprek?", VeldSoort.Moment),
                new("gezinAanwezig", "Was het gezin erbij?", VeldSoort.JaNee),
                new("oudeRegisseurAanwezig", "Was de oude regisseur erbij?", VeldSoort.JaNee),
                new("redenAfwezig", "Waarom was het gezin of de oude regisseur er niet bij?", Uitleg: "Alleen als een van beiden er niet bij was.", IsVerplicht: false),
                new("redenOngelezen", "Waarom is het dossier nog niet helemaal gelezen?", Uitleg: "Alleen als de nieuwe regisseur nog niet alles heeft gelezen.", IsVerplicht: false),
            ],
            Naar("gesprek"),
            (f, _) => new { beeindigdOp = f.Moment("beeindigdOp", isVerplicht: true), gezinAanwezig = f.JaNee("gezinAanwezig"), oudeRegisseurAanwezig = f.JaNee("oudeRegisseurAanwezig"), redenAfwezig = f.Tekst("redenAfwezig"), redenOngelezen = f.Tekst("redenOngelezen") }),
    }.ToDictionary(h => h.Pad);

    private static Func<Guid, string> Naar(string pad) => id => $"/v1/overdrachten/{id}/{pad}";

    public static void Map(RouteGroupBuilder paginas)
    {
        paginas.MapGet("/werkplek/casussen/{id:guid}/overdragen", (Guid id, Api api, CancellationToken ct) => Voorstellen(id, api, Formulier.Leeg(), null, ct));
        paginas.MapPost("/werkplek/casussen/{id:guid}/overdragen", StelVoor);
        var overdracht = paginas.MapGroup("/werkplek/overdrachten/{id:guid}");
        overdracht.MapGet("", Toon);
        overdracht.MapGet("/{pad}", (Guid id, string pad, Api api, CancellationToken ct) => Vraag(id, Zoek(pad), api, Formulier.Leeg(), null, ct));
        overdracht.MapPost("/{pad}", Doe);
        overdracht.MapGet("/dossier/{sectie}", (Guid id, string sectie, Api api, CancellationToken ct) => Schrijven(id, sectie, api, null, null, ct));
        overdracht.MapPost("/dossier/{sectie}", Schrijf);
        overdracht.MapPost("/dossier/{sectie}/gelezen", async (Guid id, string sectie, Api api, CancellationToken ct) =>
        {
            await api.PostAsync<Dossier>($"/v1/overdrachten/{id}/dossier/{Uri.EscapeDataString(sectie)}/gelezen", null, ct);
            return Results.Redirect($"/werkplek/overdrachten/{id}#sectie-{Uri.EscapeDataString(sectie)}");
        });
    }

    private static Handeling<Guid> Zoek(string pad) => Handelingen.GetValueOrDefault(pad) ?? throw new ApiNee(404, "Deze pagina bestaat niet.", []);

    private static async Task<IResult> Toon(Guid id, string? gedaan, Api api, HttpContext http, TimeProvider time, CancellationToken ct)
    {
        var overdracht = await api.GetAsync<Overdracht>($"/v1/overdrachten/{id}", ct);
        var casus = await api.GetAsync<CasusBeeld>($"/v1/casussen/{overdracht.CasusId}", ct);
        return Paginas.Pagina<OverdrachtPagina>(new
        {
            Overdracht = overdracht,
            Casus = casus,
            Dossier = await api.GetIfAllowedAsync<Dossier>($"/v1/overdrachten/{id}/dossier", ct),
            Mensen = await Mensen.VanAsync(api, [overdracht.VanId, overdracht.NaarId, casus.Regisseur.Id], ct),
            Ik = Actor.From(http.User)!,
            Nu = time.GetUtcNow(),
            Gelukt = gedaan == "voorstel" ? "Het voorstel is verstuurd. De regie blijft waar zij is tot na het warme gesprek."
                : gedaan == "dossier" ? "De sectie is bewaard." : gedaan is null ? null : Handelingen.GetValueOrDefault(gedaan)?.Gelukt,
        });
    }

    private static async Task<IResult> Vraag(Guid id, Handeling<Guid> handeling, Api api, Formulier formulier, ApiNee? nee, CancellationToken ct)
    {
        var overdracht = await api.GetAsync<Overdracht>($"/v1/overdrachten/{id}", ct);
        var mensen = await Mensen.VanAsync(api, [overdracht.VanId, overdracht.NaarId], ct);
        return Pagina(handeling.Titel, $"Van {mensen[overdracht.VanId]} naar {mensen[overdracht.NaarId]}. {handeling.Uitleg}", handeling.Knop, handeling.Velden, $"/werkplek/overdrachten/{id}/{handeling.Pad}", $"/werkplek/overdrachten/{id}", "De overdracht", formulier, nee);
    }

    private static Task<IResult> Doe(Guid id, string pad, HttpRequest request, Api api, CancellationToken ct)
    {
        var handeling = Zoek(pad);
        // Whoever refused or handed over may no longer see it.
        return handeling.DoeAsync(api, id, request,
            (formulier, nee) => Vraag(id, handeling, api, formulier, nee, ct),
            async () => await api.GetIfAllowedAsync<Overdracht>($"/v1/overdrachten/{id}", ct) is null
                ? Results.Redirect($"/werkplek?gedaan={Uri.EscapeDataString(handeling.Titel)}")
                : Results.Redirect($"/werkplek/overdrachten/{id}?gedaan={pad}"), ct);
    }

    private static async Task<IResult> Voorstellen(Guid id, Api api, Formulier formulier, ApiNee? nee, CancellationToken ct)
    {
        var velden = await MetKandidatenAsync(api, id, [new("naarId", "Aan wie biedt u de regie aan?", VeldSoort.Kandidaat), new("reden", "Waarom draagt u de regie over?", Uitleg: "Dit leest degene die u vraagt.")], ct);
        return Pagina("De regie overdragen", "U biedt de regie aan. Zij blijft waar zij is tot de ander ja zegt en het warme gesprek met het gezin is gevoerd.", "Verstuur het voorstel", velden, $"/werkplek/casussen/{id}/overdragen", $"/werkplek/casussen/{id}", "De casus", formulier, nee);
    }

    /// <summary>De velden, met uit wie te kiezen is waar om een kandidaat wordt gevraagd.</summary>
    public static async Task<IReadOnlyList<Invulveld>> MetKandidatenAsync(Api api, Guid casusId, IReadOnlyList<Invulveld> velden, CancellationToken ct)
    {
        if (velden.All(v => v.Soort != VeldSoort.Kandidaat))
            return velden;
        var kandidaten = await api.GetAsync<Lijst<Kandidaat>>($"/v1/casussen/{casusId}/kandidaten", ct);
        IReadOnlyList<Keuze> keuzes = [.. kandidaten.Items.Select(k => new Keuze(k.Id.ToString(), k.Naam, Over(k), KanNiet: !k.HeeftVervanger))];
        return [.. velden.Select(v => v.Soort == VeldSoort.Kandidaat ? v with { Keuzes = keuzes } : v)];
    }

    private static string Over(Kandidaat k) =>
        $"{k.Organisatie}, {(k.Caseload.AantalCasussen == 1 ? "1 casus" : $"{k.Caseload.AantalCasussen} casussen")}{(k.Caseload.WaarvanWaarnemend == 0 ? "" : $", waarvan {k.Caseload.WaarvanWaarnemend} namens een ander")}{(k.HeeftVervanger ? "" : "; heeft geen vervanger en kan de regie daarom nu niet krijgen")}";

    private static async Task<IResult> StelVoor(Guid id, HttpRequest request, Api api, CancellationToken ct)
    {
        var formulier = await Formulier.VanAsync(request, ct);
        try
        {
            var overdracht = await api.PostAsync<Overdracht>($"/v1/casussen/{id}/overdrachten", new { naarId = formulier.Id("naarId"), reden = formulier.Tekst("reden") }, ct, formulier.Nummer);
            return Results.Redirect($"/werkplek/overdrachten/{overdracht.Id}?gedaan=voorstel");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Voorstellen(id, api, formulier, nee, ct);
        }
    }

    private static async Task<IResult> Schrijven(Guid id, string sectie, Api api, Formulier? formulier, ApiNee? nee, CancellationToken ct)
    {
        var dossier = await api.GetAsync<Dossier>($"/v1/overdrachten/{id}/dossier", ct);
        var deel = dossier.Secties.SingleOrDefault(s => s.Naam == sectie) ?? throw new ApiNee(404, "Deze sectie bestaat niet.", []);
        return Pagina($"Dossier: {Woorden.Zeg(sectie)}", "Wat moet de nieuwe regisseur hiervan vanaf de eerste dag weten? Wie het al las, leest het opnieuw.", "Bewaar deze sectie", [new("tekst", Woorden.Hoofdletter(Woorden.Zeg(sectie)))],
            $"/werkplek/overdrachten/{id}/dossier/{sectie}", $"/werkplek/overdrachten/{id}", "De overdracht", formulier ?? new(new Dictionary<string, string> { ["tekst"] = deel.Tekst ?? "" }), nee);
    }

    private static async Task<IResult> Schrijf(Guid id, string sectie, HttpRequest request, Api api, CancellationToken ct)
    {
        var formulier = await Formulier.VanAsync(request, ct);
        try
        {
            await api.PutAsync<Dossier>($"/v1/overdrachten/{id}/dossier/{Uri.EscapeDataString(sectie)}", new { tekst = formulier.Tekst("tekst") }, ct);
            return Results.Redirect($"/werkplek/overdrachten/{id}?gedaan=dossier#sectie-{Uri.EscapeDataString(sectie)}");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Schrijven(id, sectie, api, formulier, nee, ct);
        }
    }

    private static RazorComponentResult Pagina(string titel, string uitleg, string knop, IReadOnlyList<Invulveld> velden, string actie, string terug, string terugNaam, Formulier formulier, ApiNee? nee) =>
        Paginas.Pagina<HandelingPagina>(new { Titel = titel, Uitleg = uitleg, Knop = knop, Velden = velden, Actie = actie, Terug = terug, TerugNaam = terugNaam, Formulier = formulier, Nee = nee });
}
