using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>Iemand wil zien wat er over hem of haar is vastgelegd.</summary>
public sealed class Inzageverzoek
{
    public const string TermijnId = "avg-verzoek";

    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string PersoonRef { get; init; }
    public required string GevraagdDoor { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset IngediendOp { get; init; }
    public required DateTimeOffset VerlooptOp { get; init; }
}

/// <param name="PersoonRef">Over wie de inzage gaat.</param>
/// <param name="GevraagdDoor"><c>betrokkene</c> of <c>wettelijk-vertegenwoordiger</c>.</param>
public sealed record InzageverzoekInvoer(Guid? CasusId, string? PersoonRef, string? Leeftijdsband, string? GevraagdDoor);

public sealed record InzageverzoekWeergave(Guid Id, Guid CasusId, string PersoonRef, string GevraagdDoor, DateTimeOffset IngediendOp, string Termijn, DateTimeOffset VerlooptOp);

/// <summary>Vragen om inzage, en zien welke vragen er lopen.</summary>
internal static class Inzageverzoeken
{
    private const string Betrokkene = "betrokkene";
    private const string Vertegenwoordiger = "wettelijk-vertegenwoordiger";

    public static async Task<Created<InzageverzoekWeergave>> Post(
        InzageverzoekInvoer invoer, Actor actor, IntakeDbContext db, Termijnboek termijnboek, TimeProvider time, CancellationToken ct)
    {
        var nu = time.Nu();
        var leeftijd = Leeftijdsband.Lees(invoer.Leeftijdsband);
        new Invoer()
            .Eis(invoer.CasusId is not null, "/casusId", "De casus ontbreekt.")
            .EisPersoon(invoer.PersoonRef, leeftijd)
            .Eis(invoer.GevraagdDoor is Betrokkene or Vertegenwoordiger, "/gevraagdDoor", $"Kies uit {Betrokkene}, {Vertegenwoordiger}.")
            .Klaar();
        if (Bezwaar(leeftijd!.Value.Fase!.Value, invoer.GevraagdDoor == Betrokkene) is { } bezwaar)
            throw new Geweigerd(bezwaar);
        await db.EisCasusAsync(invoer.CasusId!.Value, actor, ct);

        var verzoek = new Inzageverzoek
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = invoer.CasusId.Value,
            PersoonRef = invoer.PersoonRef!,
            GevraagdDoor = invoer.GevraagdDoor!,
            VastgelegdDoorId = actor.Id,
            IngediendOp = nu,
            VerlooptOp = termijnboek[Inzageverzoek.TermijnId].Verloopt(nu),
        };
        db.Inzageverzoeken.Add(verzoek);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/inzageverzoeken/{verzoek.Id}", Weergave(verzoek));
    }

    public static async Task<Ok<Lijst<InzageverzoekWeergave>>> GetAlle(Guid casusId, Actor actor, IntakeDbContext db, CancellationToken ct)
    {
        var verzoeken = await Zichtbaar(db, actor).Where(v => v.CasusId == casusId).OrderBy(v => v.IngediendOp).ThenBy(v => v.Id).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<InzageverzoekWeergave>([.. verzoeken.Select(Weergave)]));
    }

    public static async Task<Ok<InzageverzoekWeergave>> Get(Guid id, Actor actor, IntakeDbContext db, CancellationToken ct) =>
        TypedResults.Ok(Weergave(await Zichtbaar(db, actor).SingleOrDefaultAsync(v => v.Id == id, ct) ?? throw Geweigerd.NietGevonden("Dit verzoek")));

    /// <summary>Waarom deze persoon de inzage niet kan vragen; null als het mag. Jeugdwet art. 7.3.10, Wmo 2015 art. 5.3.2.</summary>
    internal static string? Bezwaar(Leeftijdsfase fase, bool vraagtZelf) => (fase, vraagtZelf) switch
    {
        (Leeftijdsfase.Onder12, true) => "Voor een kind onder de 12 vraagt een wettelijk vertegenwoordiger om inzage.",
        (Leeftijdsfase.Vanaf16, false) => "Vanaf 16 jaar vraagt iemand zelf om inzage.",
        _ => null,
    };

    private static IQueryable<Inzageverzoek> Zichtbaar(IntakeDbContext db, Actor actor) =>
        actor.Rol == Rol.Gezin
            ? db.Inzageverzoeken.AsNoTracking().Where(v => v.VastgelegdDoorId == actor.Id)
            : db.Inzageverzoeken.AsNoTracking().Where(v => db.Set<Regisseur>().Any(r => r.CasusId == v.CasusId && r.RegisseurId == actor.Id));

    private static InzageverzoekWeergave Weergave(Inzageverzoek v) =>
        new(v.Id, v.CasusId, v.PersoonRef, v.GevraagdDoor, v.IngediendOp, Inzageverzoek.TermijnId, v.VerlooptOp);
}
