using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>Toestemming van een persoon voor een doel, een soort gegevens en een ontvanger. Blijft bewaard nadat zij is ingetrokken.</summary>
public sealed class Toestemming
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string PersoonRef { get; init; }
    public required string Leeftijdsband { get; init; }
    public required string Doel { get; init; }
    public required string Gegevens { get; init; }
    public required string Ontvanger { get; init; }
    public required bool BetrokkeneStemtIn { get; init; }
    public required bool OuderMetGezagStemtIn { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset GegevenOp { get; init; }
    public DateTimeOffset? GeldigTot { get; init; }
    public DateTimeOffset? IngetrokkenOp { get; private set; }

    /// <summary>Intrekken kan altijd, en een tweede keer verandert niets.</summary>
    internal void Intrekken(DateTimeOffset op) => IngetrokkenOp ??= op;

    internal string StatusOp(DateTimeOffset moment) =>
        IngetrokkenOp <= moment ? "ingetrokken" : GeldigTot <= moment ? "verlopen" : "actief";
}

/// <param name="PersoonRef">De verwijzing naar de persoon binnen de casus.</param>
/// <param name="Leeftijdsband">Bepaalt wie moet instemmen; loopt niet over 12 of 16 jaar heen.</param>
/// <param name="Gegevens">De soort gegevens, bijvoorbeeld <c>plan</c>.</param>
/// <param name="Ontvanger">De organisatie of rol die de gegevens mag krijgen.</param>
/// <param name="GeldigTot">Leeg tot zij wordt ingetrokken.</param>
public sealed record ToestemmingInvoer(
    Guid? CasusId,
    string? PersoonRef,
    string? Leeftijdsband,
    string? Doel,
    string? Gegevens,
    string? Ontvanger,
    bool BetrokkeneStemtIn = false,
    bool OuderMetGezagStemtIn = false,
    DateTimeOffset? GeldigTot = null);

/// <param name="Status"><c>actief</c>, <c>verlopen</c> of <c>ingetrokken</c>.</param>
public sealed record ToestemmingWeergave(
    Guid Id,
    Guid CasusId,
    string PersoonRef,
    string Leeftijdsband,
    string Doel,
    string Gegevens,
    string Ontvanger,
    bool BetrokkeneStemtIn,
    bool OuderMetGezagStemtIn,
    string Status,
    DateTimeOffset GegevenOp,
    DateTimeOffset? GeldigTot = null,
    DateTimeOffset? IngetrokkenOp = null);

/// <summary>Geven, tonen en intrekken van toestemming. Het gezin ziet wat het zelf gaf; wie nu de regie houdt ziet die van de casus.</summary>
internal static class Toestemmingen
{
    // Who reported is shared with nobody, so it is not in the list.
    private static readonly string[] SoortenGegevens = ["regie-feiten", "plan", "veiligheid", "gezondheid", "strafrechtelijk", "onderwijs"];

    public static async Task<Created<ToestemmingWeergave>> Post(ToestemmingInvoer invoer, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct)
    {
        var nu = time.Nu();
        var leeftijd = Leeftijdsband.Lees(invoer.Leeftijdsband);
        new Invoer()
            .Eis(invoer.CasusId is not null, "/casusId", "De casus ontbreekt.")
            .EisPersoon(invoer.PersoonRef, leeftijd)
            .EisTekst(invoer.Doel, "/doel", "Het doel", 200)
            .EisSchoneTekst(invoer.Doel, "/doel")
            .EisTekst(invoer.Ontvanger, "/ontvanger", "De ontvanger", 100)
            .EisSchoneTekst(invoer.Ontvanger, "/ontvanger")
            .Eis(SoortenGegevens.Contains(invoer.Gegevens), "/gegevens", $"Kies uit {string.Join(", ", SoortenGegevens)}.")
            .Eis(!(invoer.GeldigTot <= nu), "/geldigTot", "Dit is al voorbij.")
            .Klaar();
        if (Bezwaar(leeftijd!.Value.Fase!.Value, invoer.BetrokkeneStemtIn, invoer.OuderMetGezagStemtIn) is { } bezwaar)
            throw new Geweigerd(bezwaar);
        await db.EisCasusAsync(invoer.CasusId!.Value, actor, ct);

        var toestemming = new Toestemming
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = invoer.CasusId.Value,
            PersoonRef = invoer.PersoonRef!,
            Leeftijdsband = invoer.Leeftijdsband!,
            Doel = invoer.Doel!,
            Gegevens = invoer.Gegevens!,
            Ontvanger = invoer.Ontvanger!,
            BetrokkeneStemtIn = invoer.BetrokkeneStemtIn,
            OuderMetGezagStemtIn = invoer.OuderMetGezagStemtIn,
            VastgelegdDoorId = actor.Id,
            GegevenOp = nu,
            GeldigTot = invoer.GeldigTot?.OpMicroseconde(),
        };
        db.Toestemmingen.Add(toestemming);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/toestemmingen/{toestemming.Id}", Weergave(toestemming, nu));
    }

    public static async Task<Ok<Lijst<ToestemmingWeergave>>> GetAlle(Guid casusId, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct)
    {
        var toestemmingen = await Zichtbaar(db, actor).AsNoTracking().Where(t => t.CasusId == casusId).OrderBy(t => t.GegevenOp).ThenBy(t => t.Id).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<ToestemmingWeergave>([.. toestemmingen.Select(t => Weergave(t, time.Nu()))]));
    }

    public static async Task<Ok<ToestemmingWeergave>> Get(Guid id, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct) =>
        TypedResults.Ok(Weergave(await Zoek(db, id, actor, ct), time.Nu()));

    /// <summary>Trekt alles in wat hetzelfde toestaat: wie "nee" zegt, hoeft niet te weten hoe vaak er "ja" is genoteerd.</summary>
    public static async Task<Ok<ToestemmingWeergave>> Intrekken(Guid id, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct)
    {
        var nu = time.Nu();
        var toestemming = await Zoek(db, id, actor, ct);
        var zelfde = await db.Toestemmingen
            .Where(t => t.CasusId == toestemming.CasusId && t.PersoonRef == toestemming.PersoonRef && t.Doel == toestemming.Doel
                && t.Gegevens == toestemming.Gegevens && t.Ontvanger == toestemming.Ontvanger)
            .ToListAsync(ct);
        zelfde.ForEach(t => t.Intrekken(nu));
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Weergave(toestemming, nu));
    }

    /// <summary>Waarom deze instemming niet genoeg is; null als zij dat wel is. Jeugdwet art. 7.3.4.</summary>
    internal static string? Bezwaar(Leeftijdsfase fase, bool betrokkeneStemtIn, bool ouderMetGezagStemtIn) => (fase, betrokkeneStemtIn, ouderMetGezagStemtIn) switch
    {
        (Leeftijdsfase.Onder12, _, false) => "Voor een kind onder de 12 geeft een ouder met gezag toestemming.",
        (Leeftijdsfase.Van12Tot16, false, _) or (Leeftijdsfase.Van12Tot16, _, false) => "Tussen 12 en 16 jaar geven het kind en een ouder met gezag allebei toestemming.",
        (Leeftijdsfase.Vanaf16, false, _) => "Vanaf 16 jaar geeft iemand zelf toestemming.",
        _ => null,
    };

    private static IQueryable<Toestemming> Zichtbaar(IntakeDbContext db, Actor actor) =>
        actor.Rol == Rol.Gezin
            ? db.Toestemmingen.Where(t => t.VastgelegdDoorId == actor.Id)
            : db.Toestemmingen.Where(t => db.Set<Regisseur>().Any(r => r.CasusId == t.CasusId && r.RegisseurId == actor.Id));

    private static async Task<Toestemming> Zoek(IntakeDbContext db, Guid id, Actor actor, CancellationToken ct) =>
        await Zichtbaar(db, actor).SingleOrDefaultAsync(t => t.Id == id, ct) ?? throw Geweigerd.NietGevonden("Deze toestemming");

    private static ToestemmingWeergave Weergave(Toestemming t, DateTimeOffset nu) =>
        new(t.Id, t.CasusId, t.PersoonRef, t.Leeftijdsband, t.Doel, t.Gegevens, t.Ontvanger, t.BetrokkeneStemtIn, t.OuderMetGezagStemtIn, t.StatusOp(nu), t.GegevenOp, t.GeldigTot, t.IngetrokkenOp);

    /// <summary>Een persoon binnen de casus, met een leeftijd die zegt wie er beslist.</summary>
    internal static Invoer EisPersoon(this Invoer invoer, string? persoonRef, Leeftijdsband? leeftijd) => invoer
        .EisTekst(persoonRef, "/persoonRef", "De verwijzing naar de persoon", 64)
        .Eis(string.IsNullOrWhiteSpace(persoonRef) || ObjectLezer.IsVerwijzing(persoonRef), "/persoonRef", "Een verwijzing heeft alleen letters, cijfers, punten en streepjes.")
        .EisSchoneTekst(persoonRef, "/persoonRef")
        .Eis(leeftijd is not null, "/leeftijdsband", Leeftijdsband.Uitleg)
        .Eis(leeftijd is not { Fase: null }, "/leeftijdsband", "Kies een leeftijdsband die niet over 12 of 16 jaar heen loopt.");

    private static Invoer EisSchoneTekst(this Invoer invoer, string? tekst, string plaats) =>
        tekst is not null && VrijeTekst.Bezwaar(tekst) is { } bezwaar ? invoer.Eis(false, plaats, bezwaar) : invoer;
}
