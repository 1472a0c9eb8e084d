using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Het plan begint bij het gezin: wie helpt nu, wie eerder, wie is er om hen heen, wie kan meedenken.</summary>
/// <param name="Kernvraag">Wat dit gezin nodig heeft om zelf verder te kunnen.</param>
public sealed record GezinSpreken(DateTimeOffset? GevoerdOp, string? WieHelptNu, string? WieHielpEerder, string? Netwerk, string? WieDenktMee, string? Kernvraag)
{
    internal static async Task<Ok<Lijst<GezinsgesprekBeeld>>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        var gesprekken = await db.Gezinsgesprekken.AsNoTracking().Where(g => g.CasusId == casusId).OrderByDescending(g => g.GevoerdOp).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<GezinsgesprekBeeld>([.. gesprekken.Select(g => g.Beeld)]));
    }

    internal static async Task<Created<GezinsgesprekBeeld>> Post(
        Guid casusId, GezinSpreken verzoek, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        verzoek.Controleer(nu);
        var gesprek = new Gezinsgesprek
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = casusId,
            GevoerdOp = verzoek.GevoerdOp!.Value,
            WieHelptNu = verzoek.WieHelptNu!,
            WieHielpEerder = verzoek.WieHielpEerder!,
            Netwerk = verzoek.Netwerk!,
            WieDenktMee = verzoek.WieDenktMee!,
            Kernvraag = verzoek.Kernvraag!,
            VastgelegdDoorId = actor.Id,
            VastgelegdOp = nu,
        };
        db.Gezinsgesprekken.Add(gesprek);
        db.Publish(new PlanBesprokenMetGezin(casusId), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/gezinsgesprekken", gesprek.Beeld);
    }

    internal void Controleer(DateTimeOffset nu) =>
        new Invoer()
            .Eis(GevoerdOp is not null, "/gevoerdOp", "Wanneer het gesprek was, ontbreekt.")
            .Eis(!(GevoerdOp > nu), "/gevoerdOp", "Dit gesprek ligt in de toekomst.")
            .EisTekst(WieHelptNu, "/wieHelptNu", "Wie nu helpt")
            .EisTekst(WieHielpEerder, "/wieHielpEerder", "Wie eerder hielp")
            .EisTekst(Netwerk, "/netwerk", "Wie het gezin om zich heen heeft")
            .EisTekst(WieDenktMee, "/wieDenktMee", "Wie kan meedenken")
            .EisTekst(Kernvraag, "/kernvraag", "De kernvraag")
            .Klaar();
}

public sealed class Gezinsgesprek
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required DateTimeOffset GevoerdOp { get; init; }
    public required string WieHelptNu { get; init; }
    public required string WieHielpEerder { get; init; }
    public required string Netwerk { get; init; }
    public required string WieDenktMee { get; init; }
    public required string Kernvraag { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }

    internal GezinsgesprekBeeld Beeld => new(Id, GevoerdOp, WieHelptNu, WieHielpEerder, Netwerk, WieDenktMee, Kernvraag, VastgelegdDoorId, VastgelegdOp);
}

public sealed record GezinsgesprekBeeld(
    Guid Id, DateTimeOffset GevoerdOp, string WieHelptNu, string WieHielpEerder, string Netwerk, string WieDenktMee, string Kernvraag, Guid VastgelegdDoorId, DateTimeOffset VastgelegdOp);
