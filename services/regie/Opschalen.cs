using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Meer expertise vragen: advies, meekijken, samen of regie over. Met reden, doel, wat het gezin vindt en wanneer het stopt.</summary>
internal static class OpschalingVragen
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/casussen/{id:guid}/opschalingen", Vragen).Voor(Rollen.Beroepskrachten).WithTags("Op- en afschalen")
            .WithSummary("Vraag om op te schalen; de regie verandert er niet door");

    internal static async Task<Accepted<OpschalingAntwoord>> Vragen(Guid id, OpschalingInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        var advies = invoer.Naar == Schalen.Consult;
        var eis = new Invoer()
            .Eis(Schalen.OpTeSchalen.Contains(invoer.Naar), "/naar", $"Kies een schaal uit {string.Join(", ", Schalen.OpTeSchalen)}.")
            .EisTekst(invoer.Reden, "/reden", "De reden");
        // Bij acuut gevaar mag het bewijs later; om advies vragen is vrij.
        if (!advies && invoer.IsAcuut != true)
            eis.EisTekst(invoer.Doel, "/doel", "Het doel")
                .EisTekst(invoer.Gezinsstandpunt, "/gezinsstandpunt", "Wat het gezin ervan vindt")
                .EisTekst(invoer.Tegenargument, "/tegenargument", "Het tegenargument")
                .EisTekst(invoer.Stopcriterium, "/stopcriterium", "Het stopcriterium")
                .Eis(invoer.EvaluatieOp is not null, "/evaluatieOp", "Wanneer u evalueert ontbreekt.");
        eis.Klaar();
        await Toegang.EisAsync(db, id, actor, ct);

        return TypedResults.Accepted($"/v1/casussen/{id}", await runner.RunAsync(id, async burst =>
        {
            var casus = await burst.CasusAsync();
            var opschaling = new Opschaling
            {
                Id = Guid.CreateVersion7(burst.Nu),
                CasusId = id,
                Van = casus.Schaal,
                Naar = invoer.Naar!,
                Reden = invoer.Reden!,
                Doel = invoer.Doel,
                Gezinsstandpunt = invoer.Gezinsstandpunt,
                Tegenargument = invoer.Tegenargument,
                EvaluatieOp = invoer.EvaluatieOp,
                Stopcriterium = invoer.Stopcriterium,
                IsAcuut = invoer.IsAcuut == true,
                GevraagdDoorId = actor.Id,
                GevraagdOp = burst.Nu,
            };
            casus.OpschalingVragen(opschaling, actor);
            await burst.StartAsync("opschaling", new JsonObject { ["opschalingId"] = opschaling.Id.ToString(), ["naar"] = opschaling.Naar, ["evaluatieOp"] = opschaling.EvaluatieOp?.ToString("O"), ["acuut"] = opschaling.IsAcuut && !advies ? "ja" : "nee" });
            await burst.LoopUitAsync();
            return OpschalingAntwoord.Bij(opschaling);
        }, ct));
    }
}

/// <summary>Het RVT doet mee of heeft advies gegeven: de schaal gaat omhoog.</summary>
internal sealed class Opschalen : Stap
{
    public override string Titel => "Opschalen";

    public override string Uitleg => "Het RVT doet mee of heeft advies gegeven: de schaal gaat omhoog. De regie beweegt niet.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("opschalingId", "Opschaling"), new("rvtId", "Wie van het RVT", "Het nummer van wie meedoet.")];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Opschaling, Opschaling.Gevraagd, Klaar, Onderwerp.Dicht),
        new(Onderwerp.Opschaling, Opschaling.Gevraagd, Geweigerd, Opschaling.Gevraagd),
    ];

    public override string Verlegt => Lijnen.Schaal;

    public override IReadOnlyList<string> Uitgangen => [Klaar, Geweigerd];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        (await stap.Burst.CasusAsync()).Opschalen(stap.EisId("opschalingId"), stap.Id("rvtId"), stap.Nu);
        return Uitkomst.Klaar;
    }
}

/// <summary>Het RVT doet niet mee; de schaal blijft.</summary>
internal sealed class OpschalingAfwijzen : Stap
{
    public override string Titel => "Opschaling afwijzen";

    public override string Uitleg => "De schaal blijft wat zij is.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("opschalingId", "Opschaling")];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Opschaling, Opschaling.Gevraagd, Klaar, Onderwerp.Dicht),
    ];

    public override IReadOnlyList<string> Uitgangen => [Klaar];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        (await stap.Burst.CasusAsync()).OpschalingAfwijzen(stap.EisId("opschalingId"));
        return Uitkomst.Klaar;
    }
}

/// <summary>Een verzoek om op te schalen.</summary>
/// <param name="Naar">consult, meekijken, duo of regie-over.</param>
/// <param name="IsAcuut">Acuut gevaar: het bewijs volgt.</param>
public sealed record OpschalingInvoer(string? Naar, string? Reden, string? Doel, string? Gezinsstandpunt, string? Tegenargument, DateTimeOffset? EvaluatieOp, string? Stopcriterium, bool? IsAcuut);

/// <summary>Een opschaling en hoe ver zij is.</summary>
/// <param name="Status">gevraagd, ingegaan of afgewezen.</param>
/// <param name="BewijsVoor">Bij een acute opschaling: tot wanneer het bewijs op tijd is.</param>
public sealed record OpschalingAntwoord(Guid Id, Guid CasusId, string Van, string Naar, string Status, DateTimeOffset GevraagdOp, DateTimeOffset? BewijsVoor, DateTimeOffset? BewijsOp, DateTimeOffset? EvaluatieOp)
{
    internal static OpschalingAntwoord Bij(Opschaling o) => new(o.Id, o.CasusId, o.Van, o.Naar, o.Status, o.GevraagdOp, o.BewijsVoor, o.BewijsOp, o.EvaluatieOp);
}
