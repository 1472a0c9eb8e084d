using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Termijnen;
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
    public required DateTimeOffset VerlooptOp { get; set; }

    /// <summary>Sinds wanneer de vrager weet dat het antwoord later komt.</summary>
    public DateTimeOffset? UitgesteldOp { get; private set; }
    public string? UitstelReden { get; private set; }
    public string? Besluit { get; private set; }

    /// <summary>Wat er niet bij is, elk met waarom.</summary>
    public IReadOnlyList<GeweigerdOnderdeel> Geweigerd { get; private set; } = [];
    public Guid? BeantwoordDoorId { get; private set; }
    public DateTimeOffset? BeantwoordOp { get; private set; }

    public const string Betrokkene = "betrokkene";
    public const string Vertegenwoordiger = "wettelijk-vertegenwoordiger";
    public const string Verleend = "verleend";
    public const string DeelsGeweigerd = "deels-geweigerd";

    internal string StatusOp(DateTimeOffset moment) => Besluit ?? (VerlooptOp <= moment ? "te-laat" : UitgesteldOp is not null ? "uitgesteld" : "loopt");

    /// <summary>Een keer, en alleen zolang de eerste termijn loopt.</summary>
    internal void Uitstellen(string reden, DateTimeOffset tot, DateTimeOffset op)
    {
        EisOnbeantwoord();
        if (UitgesteldOp is not null)
            throw new Geweigerd("Dit antwoord is al een keer uitgesteld; een tweede keer mag niet.");
        if (VerlooptOp <= op)
            throw new Geweigerd("De eerste maand is voorbij; uitstellen kan alleen daarbinnen. Geef nu antwoord.");
        (UitgesteldOp, UitstelReden, VerlooptOp) = (op, reden, tot);
    }

    internal void Beantwoorden(string besluit, IReadOnlyList<GeweigerdOnderdeel> geweigerd, Guid door, DateTimeOffset op)
    {
        EisOnbeantwoord();
        (Besluit, Geweigerd, BeantwoordDoorId, BeantwoordOp) = (besluit, geweigerd, door, op);
    }

    private void EisOnbeantwoord()
    {
        if (Besluit is not null)
            throw new Geweigerd("Dit verzoek is al beantwoord.");
    }
}

/// <summary>Een deel dat de vrager niet te zien krijgt, en waarom.</summary>
/// <param name="Onderdeel">Wat er niet bij is, zo gezegd dat het niet alsnog wordt verteld.</param>
/// <param name="Grond">Een van <see cref="InzageBeantwoorden.Gronden"/>.</param>
public sealed record GeweigerdOnderdeel(string Onderdeel, string Grond, string Uitleg);

/// <param name="PersoonRef">Over wie de inzage gaat.</param>
/// <param name="GevraagdDoor"><c>betrokkene</c> of <c>wettelijk-vertegenwoordiger</c>.</param>
public sealed record InzageverzoekInvoer(Guid? CasusId, string? PersoonRef, string? Leeftijdsband, string? GevraagdDoor);

/// <param name="Status"><c>loopt</c>, <c>uitgesteld</c>, <c>te-laat</c>, <c>verleend</c> of <c>deels-geweigerd</c>.</param>
/// <param name="VerlooptOp">Wanneer er antwoord hoort te zijn, met het uitstel erbij.</param>
/// <param name="Geweigerd">Bij deels geweigerd: wat er niet bij is, en waarom.</param>
public sealed record InzageverzoekWeergave(
    Guid Id, Guid CasusId, string PersoonRef, string GevraagdDoor, DateTimeOffset IngediendOp, string Termijn, DateTimeOffset VerlooptOp, string Status,
    DateTimeOffset? UitgesteldOp = null, string? UitstelReden = null, DateTimeOffset? BeantwoordOp = null, IReadOnlyList<GeweigerdOnderdeel>? Geweigerd = null);

/// <summary>Vragen om inzage, en zien welke vragen er lopen.</summary>
internal static class Inzageverzoeken
{
    public static async Task<Created<InzageverzoekWeergave>> Post(
        InzageverzoekInvoer invoer, Actor actor, IntakeDbContext db, Database database, Termijnboek termijnboek, TimeProvider time, CancellationToken ct)
    {
        var nu = time.Nu();
        var leeftijd = Leeftijdsband.Lees(invoer.Leeftijdsband);
        new Invoer()
            .Eis(invoer.CasusId is not null, "/casusId", "De casus ontbreekt.")
            .EisPersoon(invoer.PersoonRef, leeftijd)
            .Eis(invoer.GevraagdDoor is Inzageverzoek.Betrokkene or Inzageverzoek.Vertegenwoordiger, "/gevraagdDoor", $"Kies uit {Inzageverzoek.Betrokkene}, {Inzageverzoek.Vertegenwoordiger}.")
            .Klaar();
        if (Bezwaar(leeftijd!.Value.Fase!.Value, invoer.GevraagdDoor == Inzageverzoek.Betrokkene) is { } bezwaar)
            throw new Geweigerd(bezwaar);
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, invoer.CasusId!.Value, ct);
        await db.EisCasusAsync(invoer.CasusId.Value, actor, ct);

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
        await db.SetAlarmAsync(verzoek.CasusId, IntakeWekker.Inzage, verzoek.Id, verzoek.VerlooptOp, ct);
        db.Publish(new InzageAangevraagd(verzoek.CasusId, verzoek.Id, verzoek.VerlooptOp), verzoek.CasusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/inzageverzoeken/{verzoek.Id}", Weergave(verzoek, nu));
    }

    public static async Task<Ok<Lijst<InzageverzoekWeergave>>> GetAlle(Guid casusId, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct)
    {
        var verzoeken = await Zichtbaar(db, actor).Where(v => v.CasusId == casusId).OrderBy(v => v.IngediendOp).ThenBy(v => v.Id).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<InzageverzoekWeergave>([.. verzoeken.Select(v => Weergave(v, time.Nu()))]));
    }

    public static async Task<Ok<InzageverzoekWeergave>> Get(Guid id, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct) =>
        TypedResults.Ok(Weergave(await Zichtbaar(db, actor).SingleOrDefaultAsync(v => v.Id == id, ct) ?? throw NietGevonden, time.Nu()));

    /// <summary>
    /// Verandert iets aan een verzoek waarvan de casus wordt vastgehouden. De eerste keer lezen is alleen om te weten welke.
    /// </summary>
    /// <exception cref="Geweigerd">De actor houdt de regie van deze casus niet, of het verzoek bestaat niet: dat verschil gaat hem niet aan.</exception>
    internal static async Task<Ok<InzageverzoekWeergave>> Wijzig(
        IntakeDbContext db, Database database, Guid id, Actor actor, DateTimeOffset nu, Action<Inzageverzoek> wijziging, CancellationToken ct)
    {
        var casusId = await db.Inzageverzoeken.Where(v => v.Id == id).Select(v => (Guid?)v.CasusId).SingleOrDefaultAsync(ct) ?? throw NietGevonden;
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, casusId, ct);
        if (!await db.HoudtRegieAsync(casusId, actor, ct))
            throw NietGevonden;
        var verzoek = await db.Inzageverzoeken.SingleAsync(v => v.Id == id, ct);
        wijziging(verzoek);
        await db.SetAlarmAsync(casusId, IntakeWekker.Inzage, id, verzoek.Besluit is null ? verzoek.VerlooptOp : null, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(Weergave(verzoek, nu));
    }

    /// <summary>Er is op tijd geen antwoord gegeven. Het recht blijft: antwoorden kan nog steeds.</summary>
    internal static async Task Verlopen(IntakeDbContext db, Guid id, DateTimeOffset nu, CancellationToken ct)
    {
        var verzoek = await db.Inzageverzoeken.AsNoTracking().SingleAsync(v => v.Id == id, ct);
        db.Publish(new InzageWachtTeLang(verzoek.CasusId, id), verzoek.CasusId, nu);
    }

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

    private static InzageverzoekWeergave Weergave(Inzageverzoek v, DateTimeOffset nu) => new(
        v.Id, v.CasusId, v.PersoonRef, v.GevraagdDoor, v.IngediendOp, v.UitgesteldOp is null ? Inzageverzoek.TermijnId : InzageUitstellen.TermijnId, v.VerlooptOp, v.StatusOp(nu),
        v.UitgesteldOp, v.UitstelReden, v.BeantwoordOp, v.Geweigerd.Count > 0 ? v.Geweigerd : null);

    private static Geweigerd NietGevonden => Geweigerd.NietGevonden("Dit verzoek");
}
