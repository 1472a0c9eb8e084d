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

    internal static Task<Ok<OverdrachtAntwoord>> Aanvaarden(Guid id, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct) =>
        Doe(id, actor, db, runner, async (burst, casus) =>
        {
            casus.OverdrachtAanvaarden(id, actor, burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.AntwoordAfwachten", id, AntwoordAfwachten.Aanvaard);
        }, ct);

    internal static Task<Ok<OverdrachtAntwoord>> Weigeren(Guid id, OverdrachtWeigering weigering, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer().EisTekst(weigering.Reden, "/reden", "De reden").EisTekst(weigering.Alternatief, "/alternatief", "Wat u wel kunt doen").Klaar();
        return Doe(id, actor, db, runner, async (burst, casus) =>
        {
            var naarId = casus.Overdrachten.Single(o => o.Id == id).NaarId;
            var leidinggevende = await db.Professionals.Where(p => p.Id == naarId).Join(db.Teams, p => p.TeamId, t => t.Id, (_, t) => (Guid?)t.LeidinggevendeId).SingleOrDefaultAsync(burst.Ct);
            casus.OverdrachtWeigeren(id, actor, leidinggevende, weigering.Reden!, weigering.Alternatief!, burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.AntwoordAfwachten", id, Stap.Geweigerd);
        }, ct);
    }

    internal static Task<Ok<OverdrachtAntwoord>> Intrekken(Guid id, OverdrachtIntrekking intrekking, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct) =>
        Doe(id, actor, db, runner, async (burst, casus) =>
        {
            var wacht = casus.Overdrachten.Single(o => o.Id == id).Status == Overdracht.Voorgesteld ? "NetwerkRegie.AntwoordAfwachten" : "NetwerkRegie.GesprekAfwachten";
            casus.OverdrachtIntrekken(id, actor, await burst.TeamAsync(), intrekking.Reden, burst.Nu);
            await burst.VervolgAsync(wacht, id, AntwoordAfwachten.Ingetrokken);
        }, ct);

    /// <summary>Doet iets met een overdracht, in de burst van haar casus.</summary>
    internal static async Task<Ok<OverdrachtAntwoord>> Doe(Guid id, Actor actor, RegieDbContext db, CasusRunner runner, Func<Burst, Casus, Task> handeling, CancellationToken ct)
    {
        var casusId = await db.Overdrachten.Where(o => o.Id == id).Select(o => (Guid?)o.CasusId).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze overdracht");
        await Toegang.EisAsync(db, casusId, actor, ct);
        return TypedResults.Ok(await runner.RunAsync(casusId, handeling, casus => OverdrachtAntwoord.Van(casus.Overdrachten.Single(o => o.Id == id)), ct));
    }
}

/// <summary>Een weigering zegt ook wat wel kan.</summary>
public sealed record OverdrachtWeigering(string? Reden, string? Alternatief);

public sealed record OverdrachtIntrekking(string? Reden);
