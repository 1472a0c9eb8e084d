using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Leg een versie vast van het ene plan. De eerste versie is die welke met het gezin is besproken.</summary>
/// <param name="Kernvraag">Wat dit gezin nodig heeft om zelf verder te kunnen.</param>
/// <param name="BesprokenMetGezinOp">Wanneer het plan met het gezin is besproken; verplicht bij de eerste versie.</param>
/// <param name="Afspraken">Wie wat doet, zodra dat is afgesproken.</param>
public sealed record PlanVastleggen(string? Kernvraag, DateTimeOffset? BesprokenMetGezinOp = null, string? Afspraken = null)
{
    internal static async Task<Ok<PlanBeeld>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        return TypedResults.Ok((await Laatste(casusId, db, ct) ?? throw Geweigerd.NietGevonden("Het plan")).Beeld);
    }

    internal static async Task<Created<PlanBeeld>> Post(
        Guid casusId, PlanVastleggen verzoek, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        var vorige = await Laatste(casusId, db, ct);
        verzoek.Controleer(isEerste: vorige is null, nu);

        var plan = new Plan
        {
            CasusId = casusId,
            Versie = (vorige?.Versie ?? 0) + 1,
            BesprokenMetGezinOp = verzoek.BesprokenMetGezinOp,
            Kernvraag = verzoek.Kernvraag!,
            Afspraken = verzoek.Afspraken,
            VastgelegdDoorId = actor.Id,
            VastgelegdOp = nu,
        };
        db.Plannen.Add(plan);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/plannen", plan.Beeld);
    }

    internal void Controleer(bool isEerste, DateTimeOffset nu) =>
        new Invoer()
            .Eis(!isEerste || BesprokenMetGezinOp is not null, "/besprokenMetGezinOp", "Bespreek het plan eerst met het gezin en vermeld wanneer dat was.")
            .Eis(!(BesprokenMetGezinOp > nu), "/besprokenMetGezinOp", "Dit gesprek ligt in de toekomst.")
            .EisTekst(Kernvraag, "/kernvraag", "De kernvraag")
            .Eis(Afspraken is null || Afspraken.Length <= 4000, "/afspraken", "De afspraken zijn langer dan 4000 tekens.")
            .Klaar();

    private static Task<Plan?> Laatste(Guid casusId, KernteamDbContext db, CancellationToken ct) =>
        db.Plannen.AsNoTracking().Where(p => p.CasusId == casusId).OrderByDescending(p => p.Versie).FirstOrDefaultAsync(ct);
}

/// <summary>Een versie van het plan. Er is er een; een tweede plan naast het eerste bestaat niet.</summary>
public sealed class Plan
{
    public required Guid CasusId { get; init; }
    public required int Versie { get; init; }
    public required DateTimeOffset? BesprokenMetGezinOp { get; init; }
    public required string Kernvraag { get; init; }
    public required string? Afspraken { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }

    internal PlanBeeld Beeld => new(Versie, Kernvraag, VastgelegdDoorId, VastgelegdOp, BesprokenMetGezinOp, Afspraken);
}

public sealed record PlanBeeld(
    int Versie, string Kernvraag, Guid VastgelegdDoorId, DateTimeOffset VastgelegdOp, DateTimeOffset? BesprokenMetGezinOp = null, string? Afspraken = null);
