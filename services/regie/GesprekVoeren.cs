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

    internal static Task<Results<Ok<OverdrachtAntwoord>, Accepted<HandelingAntwoord>>> Vastleggen(Guid id, GesprekInvoer gesprek, [AsParameters] Volgorde volgorde, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .Eis(gesprek.BeeindigdOp is not null != (gesprek.GeplandOp is not null || gesprek.KennismakingOp is not null), "", "Geef geplandOp of kennismakingOp om te plannen, of beeindigdOp als het gesprek is gevoerd.")
            .Eis(gesprek.BeeindigdOp is null || gesprek.GezinAanwezig is not null, "/gezinAanwezig", "Of het gezin erbij was ontbreekt.")
            .Klaar();
        return Handelingen.OntvangAsync("gesprek", id, gesprek, volgorde, actor, db, runner, ct);
    }

    internal static async Task<Overdracht> DoeAsync(Guid id, GesprekInvoer gesprek, Actor actor, Burst burst, Casus casus)
    {
        if (gesprek.BeeindigdOp is { } beeindigdOp)
        {
            casus.GesprekVoeren(id, actor, await burst.TeamAsync(), new WarmGesprek(beeindigdOp, gesprek.GezinAanwezig!.Value, gesprek.OudeRegisseurAanwezig ?? true, gesprek.RedenAfwezig, await DossierVullen.OngelezenAsync(burst.Db, id, burst.Ct), gesprek.RedenOngelezen), burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.GesprekAfwachten", id, GesprekAfwachten.Gevoerd);
            return casus.Overdrachten.Single(o => o.Id == id);
        }

        if (gesprek.KennismakingOp is { } kennismakingOp)
            casus.Kennismaken(id, actor, kennismakingOp, burst.Nu);
        if (gesprek.GeplandOp is { } geplandOp)
            casus.GesprekPlannen(id, actor, geplandOp);
        var overdracht = casus.Overdrachten.Single(o => o.Id == id);
        // Heeft men kennisgemaakt, dan is het pas te laat na de dag van het gesprek.
        if (GesprekAfwachten.PasTeLaatOp(overdracht, burst) is { } op)
            await burst.PasTeLaatOpAsync("NetwerkRegie.GesprekAfwachten", id, op);
        return overdracht;
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
        return stap.Wacht("Het warme gesprek voeren, met het gezin erbij", Uitgangen, overdrachtId.ToString(), voorId: overdracht.NaarId, verlooptOp: PasTeLaatOp(overdracht, stap.Burst));
    }

    /// <summary>Na een kennismaking telt de dag waarop het gesprek is gepland; daarvoor, en als die dag voorbij is, de gewone termijn.</summary>
    internal static DateTimeOffset? PasTeLaatOp(Overdracht overdracht, Burst burst) =>
        overdracht is { KennisgemaaktOp: not null, GesprekGeplandOp: { } gepland } && burst.Termijnen.Lees("1 dag").Verloopt(gepland) is { } op && op > burst.Nu ? op : null;
}

/// <summary>Het warme gesprek.</summary>
/// <param name="KennismakingOp">Wanneer de nieuwe regisseur met het gezin kennismaakte; het gesprek zelf kan dan later.</param>
/// <param name="GeplandOp">Wanneer het gesprek is gepland.</param>
/// <param name="BeeindigdOp">Wanneer het gevoerde gesprek eindigde; vanaf dan houdt de nieuwe regisseur de regie.</param>
/// <param name="OudeRegisseurAanwezig">Of de oude regisseur erbij was; niet ingevuld is ja.</param>
/// <param name="RedenAfwezig">Verplicht als het gezin of de oude regisseur er niet bij was.</param>
/// <param name="RedenOngelezen">Waarom de regie overgaat terwijl secties van het dossier nog ongelezen zijn.</param>
public sealed record GesprekInvoer(DateTimeOffset? GeplandOp, DateTimeOffset? BeeindigdOp, bool? GezinAanwezig, bool? OudeRegisseurAanwezig, string? RedenAfwezig, string? RedenOngelezen = null, DateTimeOffset? KennismakingOp = null);
