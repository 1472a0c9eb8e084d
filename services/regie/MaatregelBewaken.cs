using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Begint wat bij een beschikking hoort, en beeindigt wat over een beschikking ging die voor niemand meer geldt.</summary>
internal static class Maatregelen
{
    public static async Task VolgAsync(Burst burst, Casus casus, Maatregelwissel wissel)
    {
        foreach (var id in wissel.Eindigt)
            await burst.BreekAfOverAsync(id);
        if (wissel.Begint is not { } beschikking)
            return;
        var nummer = beschikking.Id.ToString();
        if (beschikking.Einddatum is not null)
            await burst.StartAsync("maatregel", new JsonObject { ["beschikkingId"] = nummer });
        if (beschikking is { IsSpoed: true, GehoordOp: null })
            await burst.StartAsync("horen", new JsonObject { ["horenVoorId"] = nummer });
        if (Kaders.IsGedwongen(beschikking.Besluit) && casus.Kaderovergangen.Any(o => o.BeschikkingId == beschikking.Id && casus.UitvoerderVan(o.KindRef) is null))
            await burst.StartAsync("uitvoerder", new JsonObject { ["uitvoerderVoorId"] = nummer });
    }

    /// <summary>De beschikking loopt af; de stroom van elke overgang voert haar uit.</summary>
    public static async Task LaatAflopenAsync(Burst burst, Guid beschikkingId, DateTimeOffset op)
    {
        var casus = await burst.CasusMetMaatregelenAsync();
        foreach (var overgang in casus.BeschikkingLatenAflopen(beschikkingId, op, burst.Nu))
            await burst.StartAsync("kaderovergang", new JsonObject { ["kaderovergangId"] = overgang.Id.ToString() });
        if (casus.KinderenOnder(beschikkingId).Count == 0)
            await burst.BreekAfOverAsync(beschikkingId);
    }
}

/// <summary>Wacht tot het einde van een maatregel zo ver weg is als de termijn zegt, om negen uur op die dag. Is die dag al geweest, dan gaat de stroom door.</summary>
internal sealed class EindeZienAankomen : Stap
{
    private static readonly TimeOnly Negen = new(9, 0);

    public override string Titel => "Einde van een maatregel zien aankomen";

    public override string Uitleg => "Wacht tot het einde zo ver weg is als de termijn zegt, waarschuwt dan, en vraagt de eerste keer om een besluit over verlengen.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("beschikkingId", "Beschikking"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } = [new(Onderwerp.Beschikking, Onderwerp.Beschikking.Begin, "Gezien", Onderwerp.Beschikking.Begin)];

    public override IReadOnlyList<string> Uitgangen => [BijVerlopen];

    public override string BijVerlopen => "Gezien";

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var beschikking = (await stap.Burst.CasusMetMaatregelenAsync()).BeschikkingMet(stap.EisId("beschikkingId"));
        var dag = stap.Burst.Termijnen.Lees(stap.EisTekst("termijn")).LaatsteDag(beschikking.Einde!.Value);
        var moment = NederlandseKalender.Moment(dag, Negen);
        return moment <= stap.Nu
            ? new Uitkomst(BijVerlopen)
            : stap.Wacht("Wachten tot het einde van de maatregel in zicht is", Uitgangen, beschikking.Id.ToString(), Wachtpunt.VoorKlok, verlooptOp: moment);
    }

    public override async Task Verloop(Burst burst, Wachtpunt wachtpunt)
    {
        var casus = await burst.CasusMetMaatregelenAsync();
        var beschikking = casus.BeschikkingMet(Guid.Parse(wachtpunt.Sleutel!));
        if (!casus.EindeZienAankomen(beschikking.Id))
            return;
        // The date is the court's and never moves; who must decide starts on a working day.
        var vandaag = NederlandseKalender.DatumVan(burst.Nu);
        var begin = NederlandseKalender.IsWerkdag(vandaag) ? burst.Nu : NederlandseKalender.Begin(NederlandseKalender.VolgendeWerkdag(vandaag));
        await burst.StartAsync("verlenging", new JsonObject
        {
            ["verlengingVoorId"] = beschikking.Id.ToString(),
            ["besluitVoor"] = burst.Termijnen["verlenging-besluit"].Verloopt(begin).ToString("O"),
            ["raadMeldenVoor"] = burst.Termijnen["gi-niet-verlengen-melden"].Verloopt(beschikking.Einde!.Value).ToString("O"),
        });
    }
}

/// <summary>Wacht op de einddatum van de rechter: 00:00 in Amsterdam, ook in een weekend. Dan eindigt de maatregel vanzelf.</summary>
internal sealed class BeschikkingLatenAflopen : Stap
{
    public override string Titel => "Maatregel laten aflopen";

    public override string Uitleg => "Wacht op de einddatum van de rechter. Dan eindigt de maatregel vanzelf; de regie beweegt niet.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("beschikkingId", "Beschikking"), Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } = [new(Onderwerp.Beschikking, Onderwerp.Beschikking.Begin, "Afgelopen", Onderwerp.Dicht)];

    public override IReadOnlyList<string> Uitgangen => [BijVerlopen];

    public override string BijVerlopen => "Afgelopen";

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var beschikking = (await stap.Burst.CasusMetMaatregelenAsync()).BeschikkingMet(stap.EisId("beschikkingId"));
        return stap.Wacht("Wachten op het einde van de maatregel", Uitgangen, beschikking.Id.ToString(), Wachtpunt.VoorKlok, verlooptOp: beschikking.Einde);
    }

    public override async Task Verloop(Burst burst, Wachtpunt wachtpunt) => await Maatregelen.LaatAflopenAsync(burst, Guid.Parse(wachtpunt.Sleutel!), wachtpunt.VerlooptOp!.Value);
}

/// <summary>Wacht tot het gezin na een spoedbeschikking alsnog is gehoord; gebeurt dat niet op tijd, dan vervalt zij.</summary>
internal sealed class HorenAfwachten : Stap
{
    public const string Gehoord = "Gehoord";

    public override string Titel => "Horen na spoed afwachten";

    public override string Uitleg => "Wacht tot het gezin na een spoedbeschikking alsnog is gehoord. Gebeurt dat niet op tijd, dan vervalt de beschikking.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("horenVoorId", "Beschikking"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Horen, Onderwerp.Horen.Begin, Gehoord, Onderwerp.Dicht),
        new(Onderwerp.Horen, Onderwerp.Horen.Begin, Verlopen, Onderwerp.Dicht),
    ];

    public override IReadOnlyList<string> Uitgangen => [Gehoord, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var beschikking = (await stap.Burst.CasusMetMaatregelenAsync()).BeschikkingMet(stap.EisId("horenVoorId"));
        return stap.Wacht("Vastleggen dat het gezin alsnog is gehoord", Uitgangen, beschikking.Id.ToString(), "regisseur", verlooptOp: stap.Burst.Termijnen.Lees(stap.EisTekst("termijn")).Verloopt(NederlandseKalender.Begin(beschikking.Datum)));
    }

    public override async Task Verloop(Burst burst, Wachtpunt wachtpunt) => await Maatregelen.LaatAflopenAsync(burst, Guid.Parse(wachtpunt.Sleutel!), wachtpunt.VerlooptOp!.Value);
}

/// <summary>Vastleggen dat het gezin na een spoedbeschikking alsnog is gehoord.</summary>
internal static class HorenVastleggen
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/casussen/{id:guid}/horingen", Vastleggen).Voor(Rollen.Beroepskrachten).WithTags("Kader")
            .WithSummary("Leg vast dat het gezin na een spoedbeschikking alsnog is gehoord");

    internal static async Task<NoContent> Vastleggen(Guid id, HoringInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .Eis(invoer.BeschikkingId is not null, "/beschikkingId", "Om welke beschikking het gaat ontbreekt.")
            .Eis(invoer.GehoordOp is not null, "/gehoordOp", "Wanneer het gezin is gehoord ontbreekt.")
            .Klaar();
        await Toegang.EisAsync(db, id, actor, ct);
        return await runner.RunAsync(id, async burst =>
        {
            (await burst.CasusMetMaatregelenAsync()).HorenVastleggen(invoer.BeschikkingId!.Value, actor, invoer.GehoordOp!.Value, burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.HorenAfwachten", invoer.BeschikkingId.Value, HorenAfwachten.Gehoord);
            return TypedResults.NoContent();
        }, ct);
    }
}

/// <summary>Dat het gezin is gehoord.</summary>
public sealed record HoringInvoer(Guid? BeschikkingId, DateTimeOffset? GehoordOp);
