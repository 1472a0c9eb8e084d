using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een voorstel aanvaarden, weigeren of intrekken. Geen van drieen verplaatst de regie.</summary>
internal static class OverdrachtBeantwoorden
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var groep = routes.MapGroup("/v1/overdrachten/{id:guid}").WithTags("Overdrachten");
        groep.MapPost("/aanvaarding", Aanvaarden).Voor(Rollen.Beroepskrachten).WithSummary("Aanvaard het voorstel; de regie gaat pas over na het warme gesprek");
        groep.MapPost("/weigering", Weigeren).Voor(Rollen.Beroepskrachten).WithSummary("Weiger het voorstel; de regie blijft en er opent een knelpunt");
        groep.MapPost("/intrekking", Intrekken).Voor(Rollen.Beroepskrachten).WithSummary("Trek het voorstel in; de regie blijft");
    }

    internal static Task<Results<Ok<OverdrachtAntwoord>, Accepted<HandelingAntwoord>>> Aanvaarden(Guid id, OverdrachtAanvaarding? aanvaarding, [AsParameters] Volgorde volgorde, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct) =>
        Handelingen.OntvangAsync("aanvaarding", id, aanvaarding ?? new(null), volgorde, actor, db, runner, ct);

    internal static async Task<Overdracht> AanvaardAsync(Guid id, OverdrachtAanvaarding aanvaarding, Actor actor, Burst burst, Casus casus)
    {
        casus.OverdrachtAanvaarden(id, actor, burst.Nu);
        await burst.VervolgAsync("NetwerkRegie.AntwoordAfwachten", id, AntwoordAfwachten.Aanvaard);
        if (aanvaarding.GeplandOp is { } op)
            casus.GesprekPlannen(id, actor, op);
        return casus.Overdrachten.Single(o => o.Id == id);
    }

    internal static Task<Results<Ok<OverdrachtAntwoord>, Accepted<HandelingAntwoord>>> Weigeren(Guid id, OverdrachtWeigering weigering, [AsParameters] Volgorde volgorde, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer().EisTekst(weigering.Reden, "/reden", "De reden").EisTekst(weigering.Alternatief, "/alternatief", "Wat u wel kunt doen").Klaar();
        return Handelingen.OntvangAsync("weigering", id, weigering, volgorde, actor, db, runner, ct);
    }

    internal static async Task<Overdracht> WeigerAsync(Guid id, OverdrachtWeigering weigering, Actor actor, Burst burst, Casus casus)
    {
        var overdracht = casus.Overdrachten.Single(o => o.Id == id);
        var leidinggevende = await burst.Db.Professionals.Where(p => p.Id == overdracht.NaarId).Join(burst.Db.Teams, p => p.TeamId, t => t.Id, (_, t) => (Guid?)t.LeidinggevendeId).SingleOrDefaultAsync(burst.Ct);
        casus.OverdrachtWeigeren(id, actor, leidinggevende, weigering.Reden!, weigering.Alternatief!, burst.Nu);
        await burst.VervolgAsync("NetwerkRegie.AntwoordAfwachten", id, Stap.Geweigerd);
        return overdracht;
    }

    internal static Task<Results<Ok<OverdrachtAntwoord>, Accepted<HandelingAntwoord>>> Intrekken(Guid id, OverdrachtIntrekking intrekking, [AsParameters] Volgorde volgorde, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct) =>
        Handelingen.OntvangAsync("intrekking", id, intrekking, volgorde, actor, db, runner, ct);

    internal static async Task<Overdracht> TrekInAsync(Guid id, OverdrachtIntrekking intrekking, Actor actor, Burst burst, Casus casus)
    {
        var overdracht = casus.Overdrachten.Single(o => o.Id == id);
        var wacht = overdracht.Status == Overdracht.Voorgesteld ? "NetwerkRegie.AntwoordAfwachten" : "NetwerkRegie.GesprekAfwachten";
        casus.OverdrachtIntrekken(id, actor, await burst.TeamAsync(), intrekking.Reden, burst.Nu);
        await burst.VervolgAsync(wacht, id, AntwoordAfwachten.Ingetrokken);
        return overdracht;
    }

    /// <summary>Doet iets met een overdracht, in de burst van haar casus.</summary>
    internal static async Task<Ok<T>> Doe<T>(Guid id, Actor actor, RegieDbContext db, CasusRunner runner, Func<Burst, Casus, Task<T>> handeling, CancellationToken ct)
    {
        var casusId = await db.Overdrachten.Where(o => o.Id == id).Select(o => (Guid?)o.CasusId).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze overdracht");
        await Toegang.EisAsync(db, casusId, actor, ct);
        return TypedResults.Ok(await runner.RunAsync(casusId, async burst => await handeling(burst, await burst.CasusAsync()), ct));
    }
}

/// <summary>Ja op een voorstel.</summary>
/// <param name="GeplandOp">Als u het warme gesprek meteen plant.</param>
public sealed record OverdrachtAanvaarding(DateTimeOffset? GeplandOp);

/// <summary>Een weigering zegt ook wat wel kan.</summary>
public sealed record OverdrachtWeigering(string? Reden, string? Alternatief);

public sealed record OverdrachtIntrekking(string? Reden);
