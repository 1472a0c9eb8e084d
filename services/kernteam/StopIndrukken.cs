using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>
/// Druk op de stopknop. Nieuwe acties wachten dan tot het kernteam heeft stilgestaan, en ook het ritme staat stil; al het
/// andere gaat door, en klokken voor veiligheid en wet lopen altijd door.
/// </summary>
public sealed record StopIndrukken(string? Reden = null)
{
    internal static async Task<Ok<Lijst<StopBeeld>>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        var stops = await db.Stops.AsNoTracking().Where(s => s.CasusId == casusId).OrderByDescending(s => s.IngedruktOp).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<StopBeeld>([.. stops.Select(s => s.Beeld)]));
    }

    /// <summary>Wie drukt terwijl er al een stop loopt, krijgt die te zien.</summary>
    internal static async Task<Results<Created<StopBeeld>, Ok<StopBeeld>>> Post(
        Guid casusId, StopIndrukken? verzoek, Actor actor, KernteamDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        var team = (await db.OmVastTeLeggen(casusId, actor, ct)).Team;
        var reden = verzoek?.Reden;
        new Invoer().Eis(reden is null || reden.Length <= 2000, "/reden", "De reden is langer dan 2000 tekens.").Klaar();
        if (await db.Stops.SingleOrDefaultAsync(s => s.CasusId == casusId && s.OpgehevenOp == null, ct) is { } lopend)
            return TypedResults.Ok(lopend.Beeld);

        var stop = new Stop { Id = Guid.CreateVersion7(nu), CasusId = casusId, Reden = reden, IngedruktDoorId = actor.Id, IngedruktOp = nu };
        db.Stops.Add(stop);
        db.Publish(new StopknopIngedrukt(casusId), casusId, nu);
        await RitmeAfspreken.TelAsync(db, team, null, termijnen, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/stops", stop.Beeld);
    }
}

public sealed class Stop
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string? Reden { get; init; }
    public required Guid IngedruktDoorId { get; init; }
    public required DateTimeOffset IngedruktOp { get; init; }
    public string? NodigVoorDoorbraak { get; private set; }
    public string? InhoudEnVoorwaarden { get; private set; }
    public string? WieDoetWat { get; private set; }
    public Guid? OpgehevenDoorId { get; private set; }
    public DateTimeOffset? OpgehevenOp { get; private set; }

    public static Geweigerd Geldt => new("De stopknop is ingedrukt; beantwoord eerst samen de drie stopvragen.");

    internal StopBeeld Beeld => new(Id, IngedruktDoorId, IngedruktOp, Reden, NodigVoorDoorbraak, InhoudEnVoorwaarden, WieDoetWat, OpgehevenDoorId, OpgehevenOp);

    public void Opheffen(string nodigVoorDoorbraak, string inhoudEnVoorwaarden, string wieDoetWat, Guid door, DateTimeOffset op)
    {
        if (OpgehevenOp is not null)
            throw new Geweigerd("Deze stop is al opgeheven.");
        (NodigVoorDoorbraak, InhoudEnVoorwaarden, WieDoetWat) = (nodigVoorDoorbraak, inhoudEnVoorwaarden, wieDoetWat);
        (OpgehevenDoorId, OpgehevenOp) = (door, op);
    }
}

public sealed record StopBeeld(
    Guid Id, Guid IngedruktDoorId, DateTimeOffset IngedruktOp, string? Reden = null,
    string? NodigVoorDoorbraak = null, string? InhoudEnVoorwaarden = null, string? WieDoetWat = null, Guid? OpgehevenDoorId = null, DateTimeOffset? OpgehevenOp = null);
