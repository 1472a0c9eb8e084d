using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>Wat wie de regie houdt, of de leidinggevende, uit zichzelf met een casus doet.</summary>
internal static class CasusHandelingen
{
    /// <summary>Staat voor het pad in wat de werkplek over het gelukte zegt.</summary>
    public const string Soort = "casus";

    public static readonly Handeling<CasusDeel> Vervanging = new("vervanging", "Een vervanger regelen", "Wie als eerste kan vervangen neemt de regie waar, namens de regisseur. Is de afwezigheid gepland, dan blijft de regie waar zij is tot die begint.", "Regel een vervanger", "De vervanging is geregeld.",
        [
            new("soort", "Wanneer begint de afwezigheid?", VeldSoort.Keuze, Keuzes: [new("gepland", "Later", "De waarnemer wordt eerst aan het gezin voorgesteld."), new("acuut", "Nu meteen", "De regie gaat nu naar de waarnemer.")]),
            new("vanaf", "Vanaf wanneer?", VeldSoort.Moment, "Alleen als de afwezigheid later begint.", IsVerplicht: false),
            new("reden", "Waarom is er een vervanger nodig?"),
        ],
        deel => $"/v1/casussen/{deel.CasusId}/vervangingen",
        (f, _) => new { soort = f.Tekst("soort"), vanaf = f.Moment("vanaf", isVerplicht: false), reden = f.Tekst("reden") });

    public static readonly Handeling<CasusDeel> Noodoverdracht = new("noodoverdracht", "De regie in nood overdragen", "De regie gaat nu meteen over. Het warme gesprek met het gezin volgt alsnog, binnen de termijn.", "Draag de regie in nood over", "De regie is in nood overgegaan. Het warme gesprek volgt alsnog.",
        [
            new("naarId", "Aan wie gaat de regie over?", VeldSoort.Kandidaat),
            new("reden", "Waarom moet dit?"),
            new("bewijs", "Waaruit blijkt dat dit niet kan wachten?"),
        ],
        deel => $"/v1/casussen/{deel.CasusId}/noodoverdrachten",
        (f, _) => new { naarId = f.Id("naarId"), reden = f.Tekst("reden"), bewijs = f.Tekst("bewijs") });

    public static readonly Handeling<CasusDeel> Ritme = new("ritme", "Het ritme van het kernteam afspreken", "Vanaf nu hoort u het als een bijeenkomst is gemist. De regie verandert er niet door.", "Spreek een ritme af", "Het ritme van het kernteam is afgesproken.",
        [
            new("ritme", "Hoe vaak komt het kernteam bij elkaar?", VeldSoort.Keuze, Keuzes: [new("wekelijks", "Elke week"), new("maandelijks", "Elke maand")]),
            new("reden", "Waarom verandert het?", Uitleg: "Alleen als er al een ritme is.", IsVerplicht: false),
        ],
        deel => $"/v1/kernteams/{deel.CasusId}/ritme",
        (f, _) => new { ritme = f.Tekst("ritme"), reden = f.Tekst("reden") });

    public static readonly Handeling<CasusDeel> Stap = new("stap", "Een stap vragen aan het kernteam", "Gaat de stap in tegen de koers, dan wacht zij op een besluit van het kernteam; bij acuut gevaar kan zij meteen. De regie verandert er niet door.", "Vraag een stap", "De stap is gevraagd. Op de pagina van de casus staat of zij op een besluit wacht.",
        [
            new("wat", "Welke stap is dat?"),
            new("tegenPunt", "Tegen welk punt van de koers gaat zij in?", VeldSoort.Getal, "Het nummer van het punt. Laat dit leeg als de stap bij de koers past.", IsVerplicht: false),
            new("acuteReden", "Welk acuut gevaar is er?", Uitleg: "Alleen als de stap tegen de koers ingaat en niet op een besluit kan wachten.", IsVerplicht: false),
        ],
        deel => $"/v1/kernteams/{deel.CasusId}/stappen",
        (f, _) => new { wat = f.Tekst("wat"), tegenPunt = f.Getal("tegenPunt"), acuteReden = f.Tekst("acuteReden") });

    public static readonly Handeling<CasusDeel> Verhuizing = new("verhuizing", "Een verhuizing vastleggen", "Het gezin gaat naar een andere gemeente. De regie blijft waar zij is, tot er een warm gesprek is gevoerd.", "Leg een verhuizing vast", "De verhuizing is vastgelegd. De regie bleef waar zij was.",
        [
            new("gemeente", "Naar welke gemeente?", Uitleg: "Het nummer van de gemeente, zoals GM0363. Alleen wie de regie houdt ziet waarheen."),
            new("per", "Vanaf welke dag?", VeldSoort.Dag, "Bijvoorbeeld 24-11-2026."),
        ],
        _ => "/v1/verhuizingen",
        (f, deel) => new { casusId = deel.CasusId, gemeente = f.Tekst("gemeente"), per = f.Dag("per") });

    public static readonly Handeling<CasusDeel> StapMeteen = new("stap-meteen", "Een stap laten doorgaan om acuut gevaar", "De stap wacht niet langer. Het kernteam besluit er alsnog over, binnen 24 uur. De regie verandert er niet door.", "Laat de stap doorgaan", "De stap kan door. Het kernteam besluit er alsnog over.",
        [new("acuteReden", "Welk acuut gevaar is er?")],
        deel => $"/v1/kernteams/{deel.CasusId}/stappen/{deel.Onderwerp}/acuut",
        (f, _) => new { acuteReden = f.Tekst("acuteReden") });

    public static readonly Handeling<CasusDeel> Inzage = new("inzage", "Een vraag om inzage beantwoorden", "Weigeren kan alleen voor een deel, en met uitleg. Wie het vroeg leest uw antwoord; de regie verandert er niet door.", "Beantwoord de vraag", "De vraag om inzage is beantwoord.",
        [
            new("besluit", "Wat is uw antwoord?", VeldSoort.Keuze, Keuzes: [new("verleend", "Alles is te zien"), new("deels-geweigerd", "Een deel is niet te zien")]),
            new("geweigerd.0.onderdeel", "Welk deel is niet te zien?", Uitleg: "Alleen als u een deel weigert.", IsVerplicht: false),
            new("geweigerd.0.grond", "Waarom mag dat?", VeldSoort.Keuze, "Alleen als u een deel weigert.", IsVerplicht: false, Keuzes:
            [
                new("privacy-ander", "Het gaat over iemand anders"), new("belang-jeugdige", "Het belang van de jongere", "Alleen als een ouder of voogd het vraagt."),
                new("geweld-stoppen-of-onderzoeken", "Om geweld te stoppen of te onderzoeken", "Alleen Veilig Thuis."),
            ]),
            new("geweigerd.0.uitleg", "Leg dat uit", Uitleg: "Alleen als u een deel weigert. Wie het vroeg leest dit.", IsVerplicht: false),
        ],
        deel => $"/v1/inzageverzoeken/{deel.Onderwerp}/antwoord",
        (f, _) => new { besluit = f.Tekst("besluit"), geweigerd = f.Tekst("besluit") == "deels-geweigerd" ? new[] { new { onderdeel = f.Tekst("geweigerd.0.onderdeel"), grond = f.Tekst("geweigerd.0.grond"), uitleg = f.Tekst("geweigerd.0.uitleg") } } : null });

    public static readonly Handeling<CasusDeel> InzageUitstel = new("inzage-uitstel", "Het antwoord op een vraag om inzage uitstellen", "Dat kan een keer, binnen de eerste maand, met twee maanden. Wie het vroeg leest de reden; de regie verandert er niet door.", "Stel het antwoord uit", "Het antwoord is uitgesteld.",
        [new("reden", "Waarom is er meer tijd nodig?")],
        deel => $"/v1/inzageverzoeken/{deel.Onderwerp}/uitstel",
        (f, _) => new { reden = f.Tekst("reden") });

    public static readonly Handeling<CasusDeel> Terugkoppeling = new("terugkoppeling", "De school laten weten wat er met haar melding gebeurt", "De school leest dit ene antwoord en dat u haar contactpersoon bent, en niets anders. De regie verandert er niet door.", "Laat het de school weten", "De school weet wat er met haar melding gebeurt.",
        [new("antwoord", "Wat leest de school?", VeldSoort.Keuze, Keuzes: [new("ontvangen", "Uw melding is gezien"), new("in-behandeling", "Wij gaan ermee aan de slag"), new("geen-actie-nodig", "U hoeft niets te doen")])],
        deel => $"/v1/verzuimmeldingen/{deel.Onderwerp}/terugkoppeling",
        (f, _) => new { antwoord = f.Tekst("antwoord") });

    public static readonly IReadOnlyList<Handeling<CasusDeel>> Alle = [Vervanging, Noodoverdracht, Ritme, Stap, Verhuizing, StapMeteen, Inzage, InzageUitstel, Terugkoppeling];

    public static void Map(RouteGroupBuilder paginas)
    {
        foreach (var handeling in Alle)
        {
            var pagina = paginas.MapGroup($"/werkplek/casussen/{{id:guid}}/{handeling.Pad}/{{onderwerp:guid?}}");
            pagina.MapGet("", (Guid id, Guid? onderwerp, Api api, CancellationToken ct) => Vraag(new(id, onderwerp), handeling, api, Formulier.Leeg(), null, ct));
            pagina.MapPost("", (Guid id, Guid? onderwerp, HttpRequest request, Api api, CancellationToken ct) => handeling.DoeAsync(api, new(id, onderwerp), request,
                (formulier, nee) => Vraag(new(id, onderwerp), handeling, api, formulier, nee, ct),
                () => Task.FromResult(Results.Redirect($"/werkplek?gedaan={Soort}-{handeling.Pad}")), ct));
        }
    }

    /// <summary>Het adres van de pagina.</summary>
    public static string Adres(Handeling<CasusDeel> handeling, CasusDeel deel) => $"/werkplek/casussen/{deel.CasusId}/{handeling.Pad}{(deel.Onderwerp is { } onderwerp ? $"/{onderwerp}" : "")}";

    private static async Task<IResult> Vraag(CasusDeel deel, Handeling<CasusDeel> handeling, Api api, Formulier formulier, ApiNee? nee, CancellationToken ct)
    {
        var casus = await api.GetAsync<CasusBeeld>($"/v1/casussen/{deel.CasusId}", ct);
        return Paginas.Pagina<HandelingPagina>(new
        {
            handeling.Titel,
            handeling.Uitleg,
            handeling.Knop,
            Velden = await OverdrachtPaginas.MetKandidatenAsync(api, deel.CasusId, handeling.Velden, ct),
            Actie = Adres(handeling, deel),
            Terug = $"/werkplek/casussen/{deel.CasusId}",
            TerugNaam = casus.GezinRef,
            Formulier = formulier,
            Nee = nee,
        });
    }
}

/// <summary>Waar een handeling over gaat.</summary>
/// <param name="Onderwerp">Een stap, een vraag om inzage of een verzuimmelding; leeg als het over de hele casus gaat.</param>
public sealed record CasusDeel(Guid CasusId, Guid? Onderwerp = null);
