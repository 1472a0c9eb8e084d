using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Het warme gesprek plannen en vastleggen. Alleen een gevoerd gesprek verplaatst de regie, vanaf het einde van dat gesprek.</summary>
internal static class GesprekVoeren
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/overdrachten/{id:guid}/gesprek", Vastleggen).Voor(Rollen.Beroepskrachten).WithTags("Overdrachten")
            .WithSummary("Plan het warme gesprek (geplandOp), of leg vast dat het is gevoerd (beeindigdOp)");

    internal static Task<Ok<OverdrachtAntwoord>> Vastleggen(Guid id, GesprekInvoer gesprek, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .Eis(gesprek.GeplandOp is null != gesprek.BeeindigdOp is null, "", "Geef geplandOp om te plannen, of beeindigdOp als het gesprek is gevoerd.")
            .Eis(gesprek.BeeindigdOp is null || gesprek.GezinAanwezig is not null, "/gezinAanwezig", "Of het gezin erbij was ontbreekt.")
            .Klaar();

        return OverdrachtBeantwoorden.Doe(id, actor, db, runner, async (burst, casus) =>
        {
            if (gesprek.GeplandOp is { } op)
            {
                casus.GesprekPlannen(id, actor, op);
                return;
            }

            casus.GesprekVoeren(id, actor, await burst.TeamAsync(), new WarmGesprek(gesprek.BeeindigdOp!.Value, gesprek.GezinAanwezig!.Value, gesprek.OudeRegisseurAanwezig ?? true, gesprek.RedenAfwezig), burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.GesprekAfwachten", id, GesprekAfwachten.Gevoerd);
        }, ct);
    }
}

/// <summary>Wacht tot het warme gesprek is gevoerd. Duurt dat te lang, dan verandert er niets aan de regie.</summary>
internal sealed class GesprekAfwachten : Stap
{
    public const string Gevoerd = "Gevoerd";

    public override string Titel => "Warm gesprek afwachten";

    public override string Uitleg => "Wacht tot het warme gesprek is gevoerd. De regie blijft zolang waar zij is.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("overdrachtId", "Overdracht"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Overdracht, Overdracht.Aanvaard, Gevoerd, Overdracht.GesprekGevoerd),
        new(Onderwerp.Overdracht, Overdracht.Aanvaard, AntwoordAfwachten.Ingetrokken, Onderwerp.Dicht),
        new(Onderwerp.Overdracht, Overdracht.Aanvaard, Verlopen, Overdracht.Aanvaard),
    ];

    public override IReadOnlyList<string> Uitgangen => [Gevoerd, AntwoordAfwachten.Ingetrokken, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var overdrachtId = stap.EisId("overdrachtId");
        var overdracht = (await stap.Burst.CasusAsync()).Overdrachten.Single(o => o.Id == overdrachtId);
        return stap.Wacht("Het warme gesprek voeren, met het gezin erbij", Uitgangen, overdrachtId.ToString(), voorId: overdracht.NaarId);
    }
}

/// <summary>Het warme gesprek.</summary>
/// <param name="GeplandOp">Wanneer het gesprek is gepland.</param>
/// <param name="BeeindigdOp">Wanneer het gevoerde gesprek eindigde; vanaf dan houdt de nieuwe regisseur de regie.</param>
/// <param name="OudeRegisseurAanwezig">Of de oude regisseur erbij was; niet ingevuld is ja.</param>
/// <param name="RedenAfwezig">Verplicht als het gezin of de oude regisseur er niet bij was.</param>
public sealed record GesprekInvoer(DateTimeOffset? GeplandOp, DateTimeOffset? BeeindigdOp, bool? GezinAanwezig, bool? OudeRegisseurAanwezig, string? RedenAfwezig);
