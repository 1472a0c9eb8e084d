using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Het vaste gezicht van een gezin, en wie de procesregie doet. Geen van beide verplaatst de regie.</summary>
internal static class BaanGeven
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/casussen/{id:guid}/vast-gezicht", (Guid id, BaanInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct) => Geven(Banen.VastGezicht, id, invoer, actor, db, runner, ct))
            .Voor(Rollen.Beroepskrachten).WithTags("Casussen").WithSummary("Kies het vaste gezicht voor het gezin; de regie blijft waar zij is");
        routes.MapPut("/v1/casussen/{id:guid}/procesregie", (Guid id, BaanInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct) => Geven(Banen.Procesregie, id, invoer, actor, db, runner, ct))
            .Voor(Rollen.Beroepskrachten).WithTags("Casussen").WithSummary("Wijs aan wie de procesregie doet; de casusregie blijft waar zij is");
    }

    private static async Task<Ok<BaanAntwoord>> Geven(string baan, Guid id, BaanInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer().Eis(invoer.PersoonId is not null, "/persoonId", "Wie het wordt ontbreekt.").EisTekst(invoer.Reden, "/reden", "De reden").Klaar();
        await Toegang.EisAsync(db, id, actor, ct);
        return TypedResults.Ok(await runner.RunAsync(id, async burst =>
        {
            var persoon = await db.Professionals.SingleOrDefaultAsync(p => p.Id == invoer.PersoonId, ct) ?? throw Geweigerd.NietGevonden("Deze persoon");
            var casus = await burst.CasusAsync();
            await db.LaadAsync(casus, c => c.Baanperioden, ct);
            return BaanAntwoord.Van(casus.BaanGeven(baan, actor, await burst.TeamAsync(), persoon, invoer.Reden!, burst.Nu))!;
        }, ct));
    }
}

public sealed record BaanInvoer(Guid? PersoonId, string? Reden);

/// <summary>Wie een baan naast de regie heeft.</summary>
public sealed record BaanAntwoord(Guid PersoonId, DateTimeOffset Vanaf, string Reden)
{
    internal static BaanAntwoord? Van(Baanperiode? b) => b is null ? null : new(b.PersoonId, b.Vanaf, b.Reden);
}
