using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een keer dat iemand iets van een casus las, en waarom dat mocht.</summary>
public sealed class Inzage
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }

    /// <summary>Het geheim waaruit is gelezen; dan zien alleen de lezers daarvan deze regel.</summary>
    public Guid? GeheimId { get; init; }
    public required Guid PersoonId { get; init; }
    public required string Rol { get; init; }
    public required string Organisatie { get; init; }

    /// <summary>De relatie met de casus op dat moment.</summary>
    public required string Doel { get; init; }
    public required string Wat { get; init; }
    public required DateTimeOffset GelezenOp { get; init; }
}

/// <summary>Wie heeft gekeken: het gezin en wie de regie houdt lezen het na.</summary>
internal static class Inzagelog
{
    private const int Bladzijde = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/casussen/{id:guid}/inzagelog", Tonen).Voor([.. Rollen.Beroepskrachten, Rol.Gezin]).WithTags("Inzage")
            .WithSummary("Wie wat heeft gelezen, wanneer en waarom; de laatste keer eerst");

    /// <summary>Wie dit van een casus leest, komt in het inzagelog: eerst vastgelegd, dan pas te lezen.</summary>
    public static RouteHandlerBuilder Gelezen(this RouteHandlerBuilder route, string wat) => route.AddEndpointFilter(async (context, next) =>
    {
        var antwoord = await next(context);
        var http = context.HttpContext;
        if (Actor.From(http.User) is { } actor && Guid.TryParse($"{http.GetRouteValue("id")}", out var casusId))
            await NoteerAsync(http.RequestServices.GetRequiredService<RegieDbContext>(), casusId, actor, wat, http.RequestServices.GetRequiredService<TimeProvider>().Nu(), http.RequestAborted);
        return antwoord;
    });

    internal static async Task NoteerAsync(RegieDbContext db, Guid casusId, Actor actor, string wat, DateTimeOffset nu, CancellationToken ct, Guid? geheimId = null)
    {
        db.Inzagen.Add(new Inzage
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = casusId,
            GeheimId = geheimId,
            PersoonId = actor.Id,
            Rol = actor.Rol.Naam(),
            Organisatie = actor.Organisatie,
            Doel = await Toegang.RelatieAsync(db, casusId, actor, ct),
            Wat = wat,
            GelezenOp = nu,
        });
        await db.SaveChangesAsync(ct);
    }

    private static async Task<Ok<Lijst<InzageAntwoord>>> Tonen(Guid id, DateTimeOffset? voor, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        await Toegang.EisAsync(db, id, actor, ct);
        if (actor.Rol != Rol.Gezin && !await db.Perioden.AnyAsync(p => p.CasusId == id && p.Lijn == Lijnen.Regie && p.IsOpen && p.Waarde == actor.Id.ToString(), ct))
            throw Geweigerd.GeenRecht("Het inzagelog is voor het gezin en voor wie nu de regie houdt.");
        var leesbaar = Geheimen.VanLezer(db, actor).Select(g => g.Id);
        var regels = await (
            from inzage in db.Inzagen.AsNoTracking()
            where inzage.CasusId == id && (inzage.GeheimId == null || leesbaar.Contains(inzage.GeheimId.Value)) && (voor == null || inzage.GelezenOp < voor)
            orderby inzage.GelezenOp descending, inzage.Id descending
            select new { inzage, Naam = db.Professionals.Where(p => p.Id == inzage.PersoonId).Select(p => p.Naam).FirstOrDefault() }).Take(Bladzijde + 1).ToListAsync(ct);
        var items = regels.Take(Bladzijde).Select(r => new InzageAntwoord(r.inzage.PersoonId, r.Naam, r.inzage.Rol, r.inzage.Organisatie, r.inzage.Wat, r.inzage.Doel, r.inzage.GelezenOp)).ToList();
        return TypedResults.Ok(new Lijst<InzageAntwoord>(items, regels.Count > Bladzijde ? $"/v1/casussen/{id}/inzagelog?voor={items[^1].GelezenOp.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}" : null));
    }
}

/// <summary>Iemand las iets.</summary>
/// <param name="Naam">Van wie er beroepsmatig las.</param>
/// <param name="Doel">Waarom het mocht: de relatie met de casus op dat moment.</param>
public sealed record InzageAntwoord(Guid PersoonId, string? Naam, string Rol, string Organisatie, string Wat, string Doel, DateTimeOffset GelezenOp);
