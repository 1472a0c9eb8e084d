using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>De regie in nood overdragen: zij gaat meteen over, en het warme gesprek volgt alsnog.</summary>
internal static class NoodoverdrachtRegelen
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/casussen/{id:guid}/noodoverdrachten", Melden).Voor(Rollen.Beroepskrachten).WithTags("Overdrachten")
            .WithSummary("Draag de regie in nood over: zij gaat meteen, en het gesprek met het gezin volgt binnen de hersteltermijn");
        routes.MapGet("/v1/noodoverdrachten/{id:guid}", Tonen).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder]).WithTags("Overdrachten")
            .WithSummary("Een noodoverdracht en of het gesprek er al was");
        routes.MapPost("/v1/noodoverdrachten/{id:guid}/gesprek", Bespreken).Voor(Rollen.Beroepskrachten).WithTags("Overdrachten")
            .WithSummary("Leg vast dat het warme gesprek alsnog is gevoerd");
    }

    internal static async Task<Created<NoodoverdrachtAntwoord>> Melden(Guid id, NoodoverdrachtInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .Eis(invoer.NaarId is not null, "/naarId", "Aan wie de regie overgaat ontbreekt.")
            .EisTekst(invoer.Reden, "/reden", "De reden")
            .EisTekst(invoer.Bewijs, "/bewijs", "Waaruit blijkt dat dit niet kan wachten")
            .Klaar();
        await Toegang.EisAsync(db, id, actor, ct);
        var antwoord = await runner.RunAsync(id, async burst =>
        {
            await burst.NiemandVertrektAsync();
            var naar = await db.Professionals.SingleOrDefaultAsync(p => p.Id == invoer.NaarId, ct) ?? throw Geweigerd.NietGevonden("Deze persoon");
            var casus = await burst.CasusAsync();
            await db.LaadAsync(casus, c => c.Noodoverdrachten, ct);
            var lopend = casus.Overdrachten.SingleOrDefault(o => o.IsLopend);
            var nood = casus.NoodoverdrachtMelden(Guid.CreateVersion7(burst.Nu), actor, naar, await Toegang.HeeftVervangerAsync(db, naar.Id, ct), await burst.TeamAsync(), invoer.Reden!, invoer.Bewijs!, burst.Nu);
            if (lopend is not null)
                await burst.VervolgAsync(lopend.BeantwoordOp is null ? "NetwerkRegie.AntwoordAfwachten" : "NetwerkRegie.GesprekAfwachten", lopend.Id, AntwoordAfwachten.Ingetrokken);
            await burst.StartAsync("noodoverdracht", new JsonObject { ["noodoverdrachtId"] = nood.Id.ToString() });
            await burst.LoopUitAsync();
            return NoodoverdrachtAntwoord.Van(nood);
        }, ct);
        return TypedResults.Created($"/v1/noodoverdrachten/{antwoord.Id}", antwoord);
    }

    private static async Task<Ok<NoodoverdrachtAntwoord>> Tonen(Guid id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var nood = await db.Noodoverdrachten.AsNoTracking().SingleOrDefaultAsync(n => n.Id == id, ct) ?? throw Geweigerd.NietGevonden("Deze noodoverdracht");
        await Toegang.EisAsync(db, nood.CasusId, actor, ct);
        return TypedResults.Ok(NoodoverdrachtAntwoord.Van(nood));
    }

    internal static async Task<Ok<NoodoverdrachtAntwoord>> Bespreken(Guid id, NoodgesprekInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .Eis(invoer.BeeindigdOp is not null, "/beeindigdOp", "Wanneer het gesprek eindigde ontbreekt.")
            .Eis(invoer.GezinAanwezig is not null, "/gezinAanwezig", "Of het gezin erbij was ontbreekt.")
            .Klaar();
        var casusId = await db.Noodoverdrachten.Where(n => n.Id == id).Select(n => (Guid?)n.CasusId).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze noodoverdracht");
        await Toegang.EisAsync(db, casusId, actor, ct);
        return TypedResults.Ok(await runner.RunAsync(casusId, async (burst, casus) =>
        {
            await db.LaadAsync(casus, c => c.Noodoverdrachten, ct);
            casus.NoodgesprekVoeren(id, actor, await burst.TeamAsync(), new WarmGesprek(invoer.BeeindigdOp!.Value, invoer.GezinAanwezig!.Value, invoer.OudeRegisseurAanwezig ?? true, invoer.RedenAfwezig), burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.NoodgesprekAfwachten", id, GesprekAfwachten.Gevoerd);
        }, casus => NoodoverdrachtAntwoord.Van(casus.Noodoverdrachten.Single(n => n.Id == id)), ct));
    }
}

/// <summary>Verplaatst de regie meteen.</summary>
internal sealed class NoodOverdragen : Stap
{
    public override string Titel => "Regie in nood overdragen";

    public override string Uitleg => "Verplaatst de regie meteen naar wie haar in nood krijgt. Is zij intussen overgegaan, dan vervalt de noodoverdracht.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("noodoverdrachtId", "Noodoverdracht")];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Noodoverdracht, Noodoverdracht.Gemeld, Klaar, Noodoverdracht.Effectief),
        new(Onderwerp.Noodoverdracht, Noodoverdracht.Gemeld, Geweigerd, Onderwerp.Dicht),
    ];

    public override string Verlegt => Lijnen.Regie;

    public override IReadOnlyList<string> Uitgangen => [Klaar, Geweigerd];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var noodoverdrachtId = stap.EisId("noodoverdrachtId");
        try
        {
            await NoodgesprekAfwachten.LaatVerleggenAsync(stap.Burst, casus => casus.NoodOverdragen(noodoverdrachtId, stap.Nu));
            return Uitkomst.Klaar;
        }
        catch (Geweigerd)
        {
            (await stap.Burst.CasusAsync()).NoodoverdrachtVervalt(noodoverdrachtId, stap.Nu);
            throw;
        }
    }
}

/// <summary>Wacht op het warme gesprek dat na een noodoverdracht alsnog volgt.</summary>
internal sealed class NoodgesprekAfwachten : Stap
{
    public const string Vervallen = "Vervallen";

    public override string Titel => "Gesprek na noodoverdracht afwachten";

    public override string Uitleg => "Wacht op het warme gesprek dat na een noodoverdracht alsnog volgt. De regie is al over.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("noodoverdrachtId", "Noodoverdracht"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Noodoverdracht, Noodoverdracht.Effectief, GesprekAfwachten.Gevoerd, Onderwerp.Dicht),
        new(Onderwerp.Noodoverdracht, Noodoverdracht.Effectief, Vervallen, Onderwerp.Dicht),
        new(Onderwerp.Noodoverdracht, Noodoverdracht.Effectief, Verlopen, Noodoverdracht.Effectief),
    ];

    public override IReadOnlyList<string> Uitgangen => [GesprekAfwachten.Gevoerd, Vervallen, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var (casus, noodoverdrachtId) = (await stap.Burst.CasusAsync(), stap.EisId("noodoverdrachtId"));
        await stap.Burst.Db.LaadAsync(casus, c => c.Noodoverdrachten, stap.Burst.Ct);
        var termijn = stap.Termijn() ?? throw new InvalidOperationException("Op het gesprek na een noodoverdracht wachten heeft een termijn.");
        casus.NoodgesprekVragen(noodoverdrachtId, termijn);
        return stap.Wacht("Het warme gesprek na de noodoverdracht voeren, met het gezin erbij", Uitgangen, noodoverdrachtId.ToString(), voorId: casus.Noodoverdrachten.Single(n => n.Id == noodoverdrachtId).NaarId);
    }

    /// <summary>Verlegt de regie; wie waarnam of nog een gesprek schuldig was, hoeft daarna nergens meer op te wachten.</summary>
    internal static async Task LaatVerleggenAsync(Burst burst, Action<Casus> verleg)
    {
        var casus = await burst.CasusAsync();
        await burst.Db.LaadAsync(casus, c => c.Noodoverdrachten, burst.Ct);
        var schuldig = casus.Noodoverdrachten.Where(n => n.Status == Noodoverdracht.Effectief).Select(n => n.Id).ToList();
        await VervangingStarten.LaatEindigenAsync(burst, casus, () =>
        {
            verleg(casus);
            return Task.CompletedTask;
        });
        foreach (var id in schuldig)
            if (await burst.WachtpuntAsync("NetwerkRegie.NoodgesprekAfwachten", id.ToString()) is { } wachtpunt)
                await burst.VervolgAsync(wachtpunt, Vervallen, null);
    }
}

/// <summary>Een noodoverdracht.</summary>
/// <param name="Bewijs">Waaruit blijkt dat dit niet kan wachten.</param>
public sealed record NoodoverdrachtInvoer(Guid? NaarId, string? Reden, string? Bewijs);

/// <param name="RedenAfwezig">Verplicht als het gezin of de oude regisseur er niet bij was.</param>
public sealed record NoodgesprekInvoer(DateTimeOffset? BeeindigdOp, bool? GezinAanwezig, bool? OudeRegisseurAanwezig, string? RedenAfwezig);

/// <summary>Een noodoverdracht en hoe ver zij is.</summary>
/// <param name="Status">effectief, afgesloten of vervallen.</param>
/// <param name="HerstelVoor">Tot wanneer het gesprek op tijd is.</param>
public sealed record NoodoverdrachtAntwoord(Guid Id, Guid CasusId, Guid VanId, Guid NaarId, string Status, DateTimeOffset? Vanaf, DateTimeOffset? HerstelVoor, DateTimeOffset? GesprekBeeindigdOp)
{
    internal static NoodoverdrachtAntwoord Van(Noodoverdracht n) => new(n.Id, n.CasusId, n.VanId, n.NaarId, n.Status, n.Vanaf, n.HerstelVoor, n.GesprekBeeindigdOp);
}
