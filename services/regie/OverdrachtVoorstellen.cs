using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>De regie aanbieden aan een persoon met een naam. Er verplaatst niets.</summary>
internal static class OverdrachtVoorstellen
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/casussen/{id:guid}/overdrachten", Voorstellen).Voor(Rollen.Beroepskrachten).WithTags("Overdrachten")
            .WithSummary("Stel voor de regie over te dragen; de regie blijft waar zij is");
        routes.MapGet("/v1/overdrachten/{id:guid}", Tonen).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder]).WithTags("Overdrachten")
            .WithSummary("Een overdracht en hoe ver zij is");
    }

    internal static async Task<Results<Created<OverdrachtAntwoord>, Ok<OverdrachtAntwoord>, Accepted<HandelingAntwoord>>> Voorstellen(Guid id, OverdrachtVoorstel voorstel, [AsParameters] Volgorde volgorde, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer().Eis(voorstel.NaarId is not null, "/naarId", "Aan wie u de regie wilt overdragen ontbreekt.").EisTekst(voorstel.Reden, "/reden", "De reden").Klaar();
        var (overdracht, geparkeerd, isHerhaling) = await Handelingen.OntvangAsync("voorstel", id, null, voorstel, volgorde, actor, db, runner, ct);
        if (overdracht is null)
            return TypedResults.Accepted($"/v1/casussen/{id}", HandelingAntwoord.Van(geparkeerd!));
        var antwoord = overdracht with { CaseloadOntvanger = (await KandidatenTonen.CaseloadAsync(db, [overdracht.NaarId], ct))[overdracht.NaarId] };
        return isHerhaling ? TypedResults.Ok(antwoord) : TypedResults.Created($"/v1/overdrachten/{antwoord.Id}", antwoord);
    }

    internal static async Task<Overdracht> DoeAsync(OverdrachtVoorstel voorstel, Actor actor, Burst burst, Casus casus)
    {
        await burst.NiemandVertrektAsync();
        var naar = await burst.Db.Professionals.SingleOrDefaultAsync(p => p.Id == voorstel.NaarId, burst.Ct) ?? throw Geweigerd.NietGevonden("Deze persoon");
        var heeftVervanger = await Toegang.HeeftVervangerAsync(burst.Db, naar.Id, burst.Ct);
        var overdracht = casus.OverdrachtVoorstellen(Guid.CreateVersion7(burst.Nu), actor, naar, heeftVervanger, await burst.TeamAsync(), voorstel.Reden!, burst.Nu);
        await burst.StartAsync("overdracht", new JsonObject { ["overdrachtId"] = overdracht.Id.ToString() });
        return overdracht;
    }

    private static async Task<Ok<OverdrachtAntwoord>> Tonen(Guid id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var overdracht = await db.Overdrachten.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw Geweigerd.NietGevonden("Deze overdracht");
        await Toegang.EisAsync(db, overdracht.CasusId, actor, ct);
        return TypedResults.Ok(OverdrachtAntwoord.Van(overdracht));
    }
}

/// <summary>Wacht op het antwoord van wie is voorgesteld.</summary>
internal sealed class AntwoordAfwachten : Stap
{
    public const string Aanvaard = "Aanvaard";
    public const string Ingetrokken = "Ingetrokken";

    public override string Titel => "Antwoord op overdracht afwachten";

    public override string Uitleg => "Biedt de regie aan wie is voorgesteld en wacht op het antwoord. De regie blijft waar zij is.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("overdrachtId", "Overdracht"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Overdracht, Overdracht.Voorgesteld, Aanvaard, Overdracht.Aanvaard),
        new(Onderwerp.Overdracht, Overdracht.Voorgesteld, Geweigerd, Onderwerp.Dicht),
        new(Onderwerp.Overdracht, Overdracht.Voorgesteld, Ingetrokken, Onderwerp.Dicht),
        new(Onderwerp.Overdracht, Overdracht.Voorgesteld, Verlopen, Onderwerp.Dicht),
    ];

    public override IReadOnlyList<string> Uitgangen => [Aanvaard, Geweigerd, Ingetrokken, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var casus = await stap.Burst.CasusAsync();
        var overdrachtId = stap.EisId("overdrachtId");
        var termijn = stap.Termijn() ?? throw new InvalidOperationException("Op een antwoord wachten heeft een termijn.");
        casus.OverdrachtAanbieden(overdrachtId, termijn);
        return stap.Wacht("Antwoord op het voorstel om de regie over te nemen", Uitgangen, overdrachtId.ToString(), voorId: casus.Overdrachten.Single(o => o.Id == overdrachtId).NaarId);
    }

    public override async Task Verloop(Burst burst, Wachtpunt wachtpunt) =>
        (await burst.CasusAsync()).OverdrachtVerlopen(Guid.Parse(wachtpunt.Sleutel!), burst.Nu);
}

/// <summary>Een voorstel om de regie over te dragen.</summary>
/// <param name="NaarId">De persoon die de regie zou krijgen.</param>
public sealed record OverdrachtVoorstel(Guid? NaarId, string? Reden);

/// <summary>Een overdracht en hoe ver zij is.</summary>
/// <param name="Status">voorgesteld, aanvaard, gesprek-gepland, gesprek-gevoerd, effectief, nazorg, afgesloten, geweigerd, verlopen of ingetrokken.</param>
/// <param name="AntwoordVoor">Tot wanneer de ontvanger kan antwoorden.</param>
/// <param name="SamenvattingKlopt">Of de samenvatting volgens het gezin klopt; leeg als zij nog niet is besproken.</param>
/// <param name="CaseloadOntvanger">Wat de ontvanger al draagt; alleen in het antwoord op een voorstel.</param>
public sealed record OverdrachtAntwoord(Guid Id, Guid CasusId, Guid VanId, Guid NaarId, string Status, string Reden, DateTimeOffset VoorgesteldOp, DateTimeOffset? AntwoordVoor, string? Toelichting, string? Alternatief, DateTimeOffset? KennisgemaaktOp, DateTimeOffset? GesprekGeplandOp, DateTimeOffset? GesprekBeeindigdOp, DateTimeOffset? NazorgTot, bool? SamenvattingKlopt, CaseloadAntwoord? CaseloadOntvanger = null)
{
    internal static OverdrachtAntwoord Van(Overdracht o) => new(o.Id, o.CasusId, o.VanId, o.NaarId, o.Status, o.Reden, o.VoorgesteldOp, o.AntwoordVoor, o.Toelichting, o.Alternatief, o.KennisgemaaktOp, o.GesprekGeplandOp, o.GesprekBeeindigdOp, o.NazorgTot, o.SamenvattingKlopt);
}
