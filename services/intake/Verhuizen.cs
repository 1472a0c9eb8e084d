using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>
/// Het gezin gaat naar een andere gemeente. De regie blijft waar zij is; wel kan een andere gemeente verantwoordelijk worden
/// (woonplaatsbeginsel, Jeugdwet art. 1.1). Waarheen blijft hier: ook dat kan binnen een gezin een geheim zijn.
/// </summary>
public sealed class Verhuizing
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }

    /// <summary>De gemeentecode van het CBS.</summary>
    public required string Gemeente { get; init; }

    /// <summary>De eerste dag in de nieuwe gemeente.</summary>
    public required DateOnly Per { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }
}

/// <param name="Gemeente">De gemeentecode van het CBS, zoals <c>GM0363</c>.</param>
/// <param name="Per">De eerste dag in de nieuwe gemeente; mag kort vooruit.</param>
public sealed record VerhuizingInvoer(Guid? CasusId, string? Gemeente, DateOnly? Per);

public sealed record VerhuizingWeergave(Guid Id, Guid CasusId, string Gemeente, DateOnly Per, Guid VastgelegdDoorId, DateTimeOffset VastgelegdOp);

/// <summary>Vastleggen en zien dat een gezin naar een andere gemeente gaat.</summary>
internal static partial class Verhuizen
{
    private const string Vooraf = "verhuizing-vooraf";

    private static readonly DateOnly Eerste = new(2000, 1, 1);

    public static async Task<Created<VerhuizingWeergave>> Post(
        VerhuizingInvoer invoer, Actor actor, IntakeDbContext db, Database database, Termijnboek termijnboek, TimeProvider time, CancellationToken ct)
    {
        var nu = time.Nu();
        var uiterlijk = termijnboek[Vooraf].LaatsteDag(nu);
        new Invoer()
            .Eis(invoer.CasusId is not null, "/casusId", "De casus ontbreekt.")
            .Eis(invoer.Gemeente is not null && Gemeentecode().IsMatch(invoer.Gemeente), "/gemeente", "Vermeld de gemeentecode van het CBS, zoals GM0363.")
            .Eis(invoer.Per >= Eerste, "/per", "Vermeld vanaf welke dag het gezin daar woont.")
            .Eis(!(invoer.Per > uiterlijk), "/per", $"Dit is te ver vooruit; het kan tot en met {uiterlijk:dd-MM-yyyy}.")
            .Klaar();
        var casusId = invoer.CasusId!.Value;
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, casusId, ct);
        await db.EisRegieAsync(casusId, actor, ct);
        var vorige = await db.Verhuizingen.AsNoTracking().Where(v => v.CasusId == casusId).OrderByDescending(v => v.VastgelegdOp).ThenByDescending(v => v.Id).FirstOrDefaultAsync(ct);
        if (vorige?.Gemeente == invoer.Gemeente)
            throw new Geweigerd("Deze gemeente is al vastgelegd voor dit gezin.");
        if (invoer.Per < vorige?.Per)
            throw new Geweigerd("Dit ligt voor de vorige verhuizing van dit gezin.");

        var verhuizing = new Verhuizing { Id = Guid.CreateVersion7(nu), CasusId = casusId, Gemeente = invoer.Gemeente!, Per = invoer.Per!.Value, VastgelegdDoorId = actor.Id, VastgelegdOp = nu };
        db.Verhuizingen.Add(verhuizing);
        db.Publish(new GemeenteGewijzigd(casusId, verhuizing.Id, verhuizing.Per), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/verhuizingen?casusId={casusId}", Weergave(verhuizing));
    }

    public static async Task<Ok<Lijst<VerhuizingWeergave>>> GetAlle(Guid casusId, Actor actor, IntakeDbContext db, CancellationToken ct)
    {
        await db.EisRegieAsync(casusId, actor, ct);
        var verhuizingen = await db.Verhuizingen.AsNoTracking().Where(v => v.CasusId == casusId).OrderBy(v => v.VastgelegdOp).ThenBy(v => v.Id).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<VerhuizingWeergave>([.. verhuizingen.Select(Weergave)]));
    }

    private static VerhuizingWeergave Weergave(Verhuizing v) => new(v.Id, v.CasusId, v.Gemeente, v.Per, v.VastgelegdDoorId, v.VastgelegdOp);

    [GeneratedRegex(@"^GM(?!0000)[0-9]{4}\z")]
    private static partial Regex Gemeentecode();
}
