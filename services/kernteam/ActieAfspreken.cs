using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Spreek een actie af.</summary>
/// <param name="WieRef">Verwijzing naar wie het doet; ook iemand uit het gezin of het eigen netwerk. Nooit een naam.</param>
/// <param name="Opbrengst">Hoe de opbrengst eruitziet, zodat later te zeggen is of het gelukt is.</param>
public sealed record ActieAfspreken(string? WieRef, string? Wat, string? Opbrengst, DateTimeOffset? UiterlijkOp)
{
    internal static async Task<Ok<Lijst<ActieBeeld>>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        var acties = await db.Acties.AsNoTracking().Where(a => a.CasusId == casusId).OrderBy(a => a.UiterlijkOp).ThenBy(a => a.Id).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<ActieBeeld>([.. acties.Select(a => a.Beeld)]));
    }

    internal static async Task<Created<ActieBeeld>> Post(
        Guid casusId, ActieAfspreken verzoek, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        verzoek.Controleer(nu);
        if (await db.Stops.AnyAsync(s => s.CasusId == casusId && s.OpgehevenOp == null, ct))
            throw new Geweigerd("De stopknop is ingedrukt; beantwoord eerst samen de drie stopvragen.");

        var actie = new Actie
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = casusId,
            WieRef = verzoek.WieRef!,
            Wat = verzoek.Wat!,
            Opbrengst = verzoek.Opbrengst!,
            UiterlijkOp = verzoek.UiterlijkOp!.Value,
            AfgesprokenDoorId = actor.Id,
            AfgesprokenOp = nu,
        };
        db.Acties.Add(actie);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/acties", actie.Beeld);
    }

    internal void Controleer(DateTimeOffset nu) =>
        new Invoer()
            .Eis(WieRef is { Length: > 0 and <= 64 } && WieRef.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'), "/wieRef", "Vermeld met een verwijzing (letters, cijfers, streepjes) wie de actie doet.")
            .EisTekst(Wat, "/wat", "Wat er gaat gebeuren")
            .EisTekst(Opbrengst, "/opbrengst", "De opbrengst")
            .Eis(UiterlijkOp > nu, "/uiterlijkOp", "Vermeld een moment in de toekomst waarop de actie klaar is.")
            .Klaar();
}

public sealed class Actie
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string WieRef { get; init; }
    public required string Wat { get; init; }
    public required string Opbrengst { get; init; }
    public required DateTimeOffset UiterlijkOp { get; init; }
    public required Guid AfgesprokenDoorId { get; init; }
    public required DateTimeOffset AfgesprokenOp { get; init; }
    public bool? Gelukt { get; private set; }
    public string? Terugkoppeling { get; private set; }
    public Guid? AfgerondDoorId { get; private set; }
    public DateTimeOffset? AfgerondOp { get; private set; }

    internal ActieBeeld Beeld => new(Id, WieRef, Wat, Opbrengst, UiterlijkOp, AfgesprokenDoorId, AfgesprokenOp, Gelukt, Terugkoppeling, AfgerondDoorId, AfgerondOp);

    public void Afronden(bool gelukt, string? terugkoppeling, Guid door, DateTimeOffset op)
    {
        if (AfgerondOp is not null)
            throw new Geweigerd("Deze actie is al afgerond.");
        (Gelukt, Terugkoppeling, AfgerondDoorId, AfgerondOp) = (gelukt, terugkoppeling, door, op);
    }
}

public sealed record ActieBeeld(
    Guid Id, string WieRef, string Wat, string Opbrengst, DateTimeOffset UiterlijkOp, Guid AfgesprokenDoorId, DateTimeOffset AfgesprokenOp,
    bool? Gelukt = null, string? Terugkoppeling = null, Guid? AfgerondDoorId = null, DateTimeOffset? AfgerondOp = null);
