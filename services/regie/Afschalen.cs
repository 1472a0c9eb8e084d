using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Gecontroleerd terug naar een lichtere schaal, met het resultaat, een weg terug en zo nodig nazorg.</summary>
internal static class AfschalingVragen
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/casussen/{id:guid}/afschalingen", Vragen).Voor(Rollen.Beroepskrachten).WithTags("Op- en afschalen")
            .WithSummary("Schaal af; de regie verandert er niet door");

    internal static async Task<Ok<AfschalingAntwoord>> Vragen(Guid id, AfschalingInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .Eis(Schalen.VanLichtNaarZwaar.Contains(invoer.Naar), "/naar", $"Kies een schaal uit {string.Join(", ", Schalen.VanLichtNaarZwaar)}.")
            .EisTekst(invoer.Resultaat, "/resultaat", "Het resultaat tegen het stopcriterium")
            .EisTekst(invoer.Terugkomweg, "/terugkomweg", "Hoe het gezin terug kan komen")
            .Klaar();
        await Toegang.EisAsync(db, id, actor, ct);

        return TypedResults.Ok(await runner.RunAsync(id, async (burst, casus) =>
        {
            var houderId = casus.HouderId;
            var rvtHoudtRegie = await db.Professionals.AnyAsync(p => p.Id == houderId && p.Rol == "rvt", ct);
            casus.AfschalingVragen(new Afschaling
            {
                Id = Guid.CreateVersion7(burst.Nu),
                CasusId = id,
                Van = casus.Schaal,
                Naar = invoer.Naar!,
                Resultaat = invoer.Resultaat!,
                Terugkomweg = invoer.Terugkomweg!,
                MetNazorg = invoer.MetNazorg == true,
                DoorId = actor.Id,
                GevraagdOp = burst.Nu,
            }, actor, rvtHoudtRegie);
            await burst.StartAsync("afschaling", new JsonObject
            {
                ["naar"] = invoer.Naar,
                ["resultaat"] = invoer.Resultaat,
                ["terugkomweg"] = invoer.Terugkomweg,
                ["metNazorg"] = (invoer.MetNazorg == true).ToString().ToLowerInvariant(),
            });
        }, casus => new AfschalingAntwoord(id, casus.Schaal, casus.IsNazorg, invoer.Terugkomweg!), ct));
    }
}

/// <summary>Brengt de casus naar een lichtere schaal.</summary>
internal sealed class Afschalen : Stap
{
    public override string Titel => "Afschalen";

    public override string Uitleg => "Brengt de casus naar een lichtere schaal.";

    public override IReadOnlyList<Veld> Invoer { get; } = [new("naar", "Naar", "De lichtere schaal.") { IsVerplicht = true }, new("resultaat", "Resultaat", "Wat er is bereikt.") { IsVerplicht = true }, new("metNazorg", "Met nazorg", "Of er nazorg is.", VeldSoort.JaNee)];

    public override string Verlegt => Lijnen.Schaal;

    public override IReadOnlyList<string> Uitgangen => [Klaar, Geweigerd];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        (await stap.Burst.CasusAsync()).Afschalen(stap.EisTekst("naar"), stap.Tekst("metNazorg") == "true", stap.EisTekst("resultaat"), stap.Nu);
        return Uitkomst.Klaar;
    }
}

/// <summary>Een verzoek om af te schalen.</summary>
/// <param name="Resultaat">Wat er is bereikt, tegen het stopcriterium.</param>
/// <param name="Terugkomweg">Hoe het gezin terug kan komen als het toch weer moeilijk wordt.</param>
public sealed record AfschalingInvoer(string? Naar, string? Resultaat, string? Terugkomweg, bool? MetNazorg);

/// <summary>De schaal na het afschalen.</summary>
public sealed record AfschalingAntwoord(Guid CasusId, string Schaal, bool IsNazorg, string Terugkomweg);
