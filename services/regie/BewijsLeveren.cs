using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Bij acuut gevaar gaat de schaal meteen omhoog; waarom, waarvoor en tot wanneer volgt binnen de termijn.</summary>
internal static class BewijsLeveren
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/opschalingen/{id:guid}/bewijs", Leveren).Voor(Rollen.Beroepskrachten).WithTags("Op- en afschalen")
            .WithSummary("Lever achteraf het bewijs van een acute opschaling");

    internal static async Task<Ok<OpschalingAntwoord>> Leveren(Guid id, BewijsInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .EisTekst(invoer.Doel, "/doel", "Het doel")
            .EisTekst(invoer.Gezinsstandpunt, "/gezinsstandpunt", "Wat het gezin ervan vindt")
            .EisTekst(invoer.Tegenargument, "/tegenargument", "Het tegenargument")
            .EisTekst(invoer.Stopcriterium, "/stopcriterium", "Het stopcriterium")
            .Eis(invoer.EvaluatieOp is not null, "/evaluatieOp", "Wanneer u evalueert ontbreekt.")
            .Klaar();
        var casusId = await db.Set<Opschaling>().Where(o => o.Id == id).Select(o => (Guid?)o.CasusId).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze opschaling");
        await Toegang.EisAsync(db, casusId, actor, ct);
        return TypedResults.Ok(await runner.RunAsync(casusId, async (burst, casus) =>
        {
            casus.BewijsLeveren(id, actor, invoer.Doel!, invoer.Gezinsstandpunt!, invoer.Tegenargument!, invoer.Stopcriterium!, invoer.EvaluatieOp!.Value, burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.BewijsAfwachten", id, BewijsAfwachten.Geleverd, new JsonObject { ["evaluatieOp"] = invoer.EvaluatieOp.Value.ToString("O") });
        }, casus => OpschalingAntwoord.Bij(casus.Opschalingen.Single(o => o.Id == id)), ct));
    }
}

/// <summary>Wacht op het bewijs van een acute opschaling.</summary>
internal sealed class BewijsAfwachten : Stap
{
    public const string Geleverd = "Geleverd";

    public override string Titel => "Bewijs van acute opschaling afwachten";

    public override string Uitleg => "De schaal is bij acuut gevaar meteen omhoog gegaan. Wacht op de onderbouwing van de regisseur.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("opschalingId", "Opschaling"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Veld> Uitvoer { get; } = [new("evaluatieOp", "Evalueren op", "Wanneer de opschaling wordt geevalueerd.", VeldSoort.Moment)];

    public override IReadOnlyList<string> Uitgangen => [Geleverd, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var opschalingId = stap.EisId("opschalingId");
        (await stap.Burst.CasusAsync()).BewijsVragen(opschalingId, stap.Termijn() ?? throw new InvalidOperationException("Op bewijs wachten heeft een termijn."));
        return stap.Wacht("Het bewijs van de acute opschaling leveren", Uitgangen, opschalingId.ToString(), "regisseur");
    }
}

/// <summary>De onderbouwing van een acute opschaling.</summary>
public sealed record BewijsInvoer(string? Doel, string? Gezinsstandpunt, string? Tegenargument, string? Stopcriterium, DateTimeOffset? EvaluatieOp);
