using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>Wat wie de regie houdt, of de leidinggevende, uit zichzelf met een casus doet.</summary>
internal static class CasusHandelingen
{
    /// <summary>Staat voor het pad in wat de werkplek over het gelukte zegt.</summary>
    public const string Soort = "casus";

    public static readonly Handeling<Guid> Vervanging = new("vervanging", "Een vervanger regelen", "Wie als eerste kan vervangen neemt de regie waar, namens de regisseur. Is de afwezigheid gepland, dan blijft de regie waar zij is tot die begint.", "Regel een vervanger", "De vervanging is geregeld.",
        [
            new("soort", "Wanneer begint de afwezigheid?", VeldSoort.Keuze, Keuzes: [new("gepland", "Later", "De waarnemer wordt eerst aan het gezin voorgesteld."), new("acuut", "Nu meteen", "De regie gaat nu naar de waarnemer.")]),
            new("vanaf", "Vanaf wanneer?", VeldSoort.Moment, "Alleen als de afwezigheid later begint.", IsVerplicht: false),
            new("reden", "Waarom is er een vervanger nodig?"),
        ],
        id => $"/v1/casussen/{id}/vervangingen",
        (f, _) => new { soort = f.Tekst("soort"), vanaf = f.Moment("vanaf", isVerplicht: false), reden = f.Tekst("reden") });

    public static readonly Handeling<Guid> Noodoverdracht = new("noodoverdracht", "De regie in nood overdragen", "De regie gaat nu meteen over. Het warme gesprek met het gezin volgt alsnog, binnen de termijn.", "Draag de regie in nood over", "De regie is in nood overgegaan. Het warme gesprek volgt alsnog.",
        [
            new("naarId", "Aan wie gaat de regie over?", VeldSoort.Kandidaat),
            new("reden", "Waarom moet dit?"),
            new("bewijs", "Waaruit blijkt dat dit niet kan wachten?"),
        ],
        id => $"/v1/casussen/{id}/noodoverdrachten",
        (f, _) => new { naarId = f.Id("naarId"), reden = f.Tekst("reden"), bewijs = f.Tekst("bewijs") });

    public static readonly Handeling<Guid> Ritme = new("ritme", "Het ritme van het kernteam afspreken", "Vanaf nu hoort u het als een bijeenkomst is gemist. De regie verandert er niet door.", "Spreek een ritme af", "Het ritme van het kernteam is afgesproken.",
        [
            new("ritme", "Hoe vaak komt het kernteam bij elkaar?", VeldSoort.Keuze, Keuzes: [new("wekelijks", "Elke week"), new("maandelijks", "Elke maand")]),
            new("reden", "Waarom verandert het?", Uitleg: "Alleen als er al een ritme is.", IsVerplicht: false),
        ],
        id => $"/v1/kernteams/{id}/ritme",
        (f, _) => new { ritme = f.Tekst("ritme"), reden = f.Tekst("reden") });

    public static readonly IReadOnlyList<Handeling<Guid>> Alle = [Vervanging, Noodoverdracht, Ritme];

    public static void Map(RouteGroupBuilder paginas)
    {
        foreach (var handeling in Alle)
        {
            paginas.MapGet($"/werkplek/casussen/{{id:guid}}/{handeling.Pad}", (Guid id, Api api, CancellationToken ct) => Vraag(id, handeling, api, Formulier.Leeg(), null, ct));
            paginas.MapPost($"/werkplek/casussen/{{id:guid}}/{handeling.Pad}", (Guid id, HttpRequest request, Api api, CancellationToken ct) => Doe(id, handeling, request, api, ct));
        }
    }

    private static async Task<IResult> Vraag(Guid id, Handeling<Guid> handeling, Api api, Formulier formulier, ApiNee? nee, CancellationToken ct)
    {
        var casus = await api.GetAsync<CasusBeeld>($"/v1/casussen/{id}", ct);
        return Paginas.Pagina<HandelingPagina>(new
        {
            handeling.Titel,
            handeling.Uitleg,
            handeling.Knop,
            Velden = await OverdrachtPaginas.MetKandidatenAsync(api, id, handeling.Velden, ct),
            Actie = $"/werkplek/casussen/{id}/{handeling.Pad}",
            Terug = $"/werkplek/casussen/{id}",
            TerugNaam = casus.GezinRef,
            Formulier = formulier,
            Nee = nee,
        });
    }

    private static async Task<IResult> Doe(Guid id, Handeling<Guid> handeling, HttpRequest request, Api api, CancellationToken ct)
    {
        var formulier = await Formulier.VanAsync(request, ct);
        try
        {
            await handeling.DoeAsync(api, id, formulier, ct);
            return Results.Redirect($"/werkplek?gedaan={Soort}-{handeling.Pad}");
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await Vraag(id, handeling, api, formulier, nee, ct);
        }
    }
}
