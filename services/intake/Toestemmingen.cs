using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
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

    /// <summary>De verwijzingen van wie er tekenden, met spaties ertussen; leeg als alleen is genoteerd dat er is ingestemd.</summary>
    public string Ondertekenaars { get; init; } = "";
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset GegevenOp { get; init; }

    /// <summary>Leeg als zij meteen geldt.</summary>
    public DateTimeOffset? VanafOp { get; init; }
    public DateTimeOffset? GeldigTot { get; init; }
    public DateTimeOffset? IngetrokkenOp { get; private set; }

    /// <summary>Sinds wanneer de jongere zelf (mee) mag beslissen en dit opnieuw wordt gevraagd.</summary>
    public DateTimeOffset? HerbevestigenSinds { get; private set; }

    /// <summary>Tot wanneer er zonder herbevestiging nog gedeeld mag worden.</summary>
    public DateTimeOffset? DelenTot { get; private set; }

    /// <summary>Er is opnieuw toestemming gegeven; die geldt sindsdien.</summary>
    public DateTimeOffset? VervangenOp { get; private set; }

    /// <summary>Intrekken kan altijd, en een tweede keer verandert niets.</summary>
    internal void Intrekken(DateTimeOffset op) => IngetrokkenOp ??= op;

    internal void Vervangen(DateTimeOffset op) => VervangenOp ??= op;

    /// <summary>
    /// De jongere kwam in een volgende leeftijdsfase. Wat eerder is gegeven wordt opnieuw gevraagd, en houdt op als de handtekening van de jongere
    /// er nu niet onder staat. Wat de school mag weten houdt op de zestiende verjaardag meteen op.
    /// </summary>
    /// <returns>Of er iets opnieuw te vragen is.</returns>
    internal bool Herbevestigen(Leeftijdsfase fase, DateTimeOffset sinds, DateTimeOffset uiterlijk)
    {
        if (Intake.Leeftijdsband.Lees(Leeftijdsband)!.Value.Fase >= fase)
            return false;
        HerbevestigenSinds = sinds;
        DateTimeOffset? einde = fase == Leeftijdsfase.Vanaf16 && Gegevens == Toestemmingen.Onderwijs ? sinds
            : Toestemmingen.Bezwaar(fase, BetrokkeneStemtIn, OuderMetGezagStemtIn) is not null ? uiterlijk
            : null;
        DelenTot = einde < DelenTot || DelenTot is null ? einde : DelenTot;
        return true;
    }

    /// <summary>Of er op dit moment op deze toestemming gedeeld mag worden.</summary>
    internal bool GeldtOp(DateTimeOffset moment) => StatusOp(moment) is Actief or TeHerbevestigen;

    internal string StatusOp(DateTimeOffset moment) =>
        IngetrokkenOp <= moment ? "ingetrokken"
        : VervangenOp <= moment ? "vervangen"
        : GeldigTot <= moment || DelenTot <= moment ? "verlopen"
        : VanafOp > moment ? "toekomstig"
        : HerbevestigenSinds <= moment ? TeHerbevestigen
        : Actief;

    private const string Actief = "actief";
    private const string TeHerbevestigen = "herbevestigen";
}

/// <param name="PersoonRef">De verwijzing naar de persoon binnen de casus.</param>
/// <param name="Leeftijdsband">Bepaalt wie moet instemmen; loopt niet over 12 of 16 jaar heen.</param>
/// <param name="Gegevens">De soort gegevens, bijvoorbeeld <c>plan</c>.</param>
/// <param name="Ontvanger">De organisatie of rol die de gegevens mag krijgen.</param>
/// <param name="GeldigTot">Leeg tot zij wordt ingetrokken.</param>
/// <param name="Ondertekenaars">De verwijzingen van wie er tekenden. Verplicht zodra deze persoon bij de casus is vastgelegd; leeftijdsband en instemming volgen er dan uit.</param>
/// <param name="VanafOp">Leeg als zij meteen geldt.</param>
public sealed record ToestemmingInvoer(
    Guid? CasusId,
    string? PersoonRef,
    string? Leeftijdsband,
    string? Doel,
    string? Gegevens,
    string? Ontvanger,
    bool BetrokkeneStemtIn = false,
    bool OuderMetGezagStemtIn = false,
    DateTimeOffset? GeldigTot = null,
    IReadOnlyList<string>? Ondertekenaars = null,
    DateTimeOffset? VanafOp = null);

/// <param name="Status"><c>actief</c>, <c>toekomstig</c>, <c>herbevestigen</c>, <c>vervangen</c>, <c>verlopen</c> of <c>ingetrokken</c>.</param>
/// <param name="DelenTot">Tot wanneer er zonder herbevestiging nog gedeeld mag worden.</param>
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
    DateTimeOffset? IngetrokkenOp = null,
    IReadOnlyList<string>? Ondertekenaars = null,
    DateTimeOffset? VanafOp = null,
    DateTimeOffset? HerbevestigenSinds = null,
    DateTimeOffset? DelenTot = null);

/// <summary>
/// Geven, tonen en intrekken van toestemming. Het gezin ziet wat het zelf gaf of tekende en wat over de jongere zelf gaat; wie nu de regie
/// houdt ziet die van de casus.
/// </summary>
internal static class Toestemmingen
{
    public const string Onderwijs = "onderwijs";

    // Who reported is shared with nobody, so it is not in the list.
    public static readonly string[] SoortenGegevens = ["regie-feiten", "plan", "veiligheid", "gezondheid", "strafrechtelijk", Onderwijs];

    public static async Task<Created<ToestemmingWeergave>> Post(ToestemmingInvoer invoer, Actor actor, IntakeDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var nu = time.Nu();
        var leeftijd = Leeftijdsband.Lees(invoer.Leeftijdsband);
        var isGetekend = invoer.Ondertekenaars is not null;
        new Invoer()
            .Eis(invoer.CasusId is not null, "/casusId", "De casus ontbreekt.")
            .EisVerwijzing(invoer.PersoonRef, "/persoonRef", "De verwijzing naar de persoon")
            .EisLeeftijd(leeftijd, isGetekend && invoer.Leeftijdsband is null)
            .EisTekst(invoer.Doel, "/doel", "Het doel", 200)
            .EisSchoneTekst(invoer.Doel, "/doel")
            .EisTekst(invoer.Ontvanger, "/ontvanger", "De ontvanger", 100)
            .EisSchoneTekst(invoer.Ontvanger, "/ontvanger")
            .Eis(SoortenGegevens.Contains(invoer.Gegevens), "/gegevens", $"Kies uit {string.Join(", ", SoortenGegevens)}.")
            .Eis(!(invoer.GeldigTot <= nu), "/geldigTot", "Dit is al voorbij.")
            .Eis(!(invoer.VanafOp >= invoer.GeldigTot), "/vanafOp", "Dit ligt niet voor het einde.")
            .EisAlles((invoer.Ondertekenaars ?? []).Select((o, i) => (ObjectLezer.IsVerwijzing(o ?? ""), $"/ondertekenaars/{i}", "Een verwijzing heeft alleen letters, cijfers, punten en streepjes.")))
            .Klaar();
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, invoer.CasusId!.Value, ct);
        var (fase, zelf, ouder) = isGetekend
            ? await Getekend(invoer, actor, db, nu, ct)
            : (leeftijd!.Value.Fase!.Value, invoer.BetrokkeneStemtIn, invoer.OuderMetGezagStemtIn);
        if (Bezwaar(fase, zelf, ouder) is { } bezwaar)
            throw new Geweigerd(bezwaar);
        await db.EisCasusAsync(invoer.CasusId.Value, actor, ct);
        if (!isGetekend && await db.Betrokkenen.AnyAsync(b => b.CasusId == invoer.CasusId && b.Ref == invoer.PersoonRef && b.TotOp == null, ct))
            throw new Geweigerd("Deze persoon is bij de casus vastgelegd; vermeld wie er tekenden.");

        var toestemming = new Toestemming
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = invoer.CasusId.Value,
            PersoonRef = invoer.PersoonRef!,
            Leeftijdsband = isGetekend ? BandVan(fase) : invoer.Leeftijdsband!,
            Doel = invoer.Doel!,
            Gegevens = invoer.Gegevens!,
            Ontvanger = invoer.Ontvanger!,
            BetrokkeneStemtIn = zelf,
            OuderMetGezagStemtIn = ouder,
            Ondertekenaars = string.Join(' ', (invoer.Ondertekenaars ?? []).Distinct()),
            VastgelegdDoorId = actor.Id,
            GegevenOp = nu,
            VanafOp = invoer.VanafOp?.OpMicroseconde(),
            GeldigTot = invoer.GeldigTot?.OpMicroseconde(),
        };
        (await Gelijke(db, toestemming, ct)).Where(t => t.HerbevestigenSinds is not null).ToList().ForEach(t => t.Vervangen(nu));
        db.Toestemmingen.Add(toestemming);
        db.Publish(
            new ToestemmingVerleend(toestemming.CasusId, toestemming.Id, toestemming.PersoonRef, toestemming.Gegevens, ToestemmingVerleend.SleutelVan(toestemming.Ontvanger), toestemming.VanafOp ?? nu, toestemming.GeldigTot),
            toestemming.CasusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/toestemmingen/{toestemming.Id}", Weergave(toestemming, nu));
    }

    public static async Task<Ok<Lijst<ToestemmingWeergave>>> GetAlle(Guid casusId, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct)
    {
        var toestemmingen = await Zichtbaar(db, casusId, actor, time.Nu(), ct);
        return TypedResults.Ok(new Lijst<ToestemmingWeergave>([.. toestemmingen.Select(t => Weergave(t, time.Nu()))]));
    }

    public static async Task<Ok<ToestemmingWeergave>> Get(Guid id, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct) =>
        TypedResults.Ok(Weergave(await Zoek(db, id, actor, time.Nu(), ct), time.Nu()));

    /// <summary>Trekt alles in wat hetzelfde toestaat: wie "nee" zegt, hoeft niet te weten hoe vaak er "ja" is genoteerd. Wat erop wachtte wordt niet meer geleverd.</summary>
    public static async Task<Ok<ToestemmingWeergave>> Intrekken(Guid id, Actor actor, IntakeDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var casusId = await db.Toestemmingen.Where(t => t.Id == id).Select(t => (Guid?)t.CasusId).SingleOrDefaultAsync(ct) ?? throw NietGevonden;
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        // Held by a delivery too: what is delivered after this sees it.
        await database.LockAsync(db, casusId, ct);
        var nu = time.Nu();
        var toestemming = await Zoek(db, id, actor, nu, ct);
        foreach (var een in (await Gelijke(db, toestemming, ct)).Where(t => t.IngetrokkenOp is null))
        {
            een.Intrekken(nu);
            db.Publish(new ToestemmingIngetrokken(casusId, een.Id, nu), casusId, nu);
        }

        await Verstrekkingen.OnderdrukVervallenAsync(db, casusId, nu, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
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

    private static async Task<(Leeftijdsfase Fase, bool Zelf, bool Ouder)> Getekend(ToestemmingInvoer invoer, Actor actor, IntakeDbContext db, DateTimeOffset nu, CancellationToken ct)
    {
        await db.EisCasusAsync(invoer.CasusId!.Value, actor, ct);
        var betrokkenen = await db.VanCasus(invoer.CasusId.Value).Where(b => b.TotOp == null).ToListAsync(ct);
        var persoon = betrokkenen.SingleOrDefault(b => b.Ref == invoer.PersoonRef) ?? throw new Geweigerd("Deze persoon is nog niet bij de casus vastgelegd; doe dat eerst.");
        var tekenden = invoer.Ondertekenaars!.Distinct().Select(o => betrokkenen.SingleOrDefault(b => b.Ref == o) ?? throw new Geweigerd("Een ondertekenaar is nog niet bij de casus vastgelegd; doe dat eerst.")).ToList();
        if (actor.Rol == Rol.Gezin && tekenden.Any(t => t.PersoonId != actor.Id))
            throw new Geweigerd("U kunt alleen voor uzelf tekenen; de regisseur legt vast wat u samen tekent.");
        var (bezwaar, zelf, ouder) = persoon.Beoordeel(tekenden);
        return bezwaar is null ? (persoon.FaseOp(nu), zelf, ouder) : throw new Geweigerd(bezwaar);
    }

    private static string BandVan(Leeftijdsfase fase) => fase switch
    {
        Leeftijdsfase.Onder12 => "0-11",
        Leeftijdsfase.Van12Tot16 => "12-15",
        _ => "16+",
    };

    private static Task<List<Toestemming>> Gelijke(IntakeDbContext db, Toestemming toestemming, CancellationToken ct) => db.Toestemmingen
        .Where(t => t.CasusId == toestemming.CasusId && t.PersoonRef == toestemming.PersoonRef && t.Doel == toestemming.Doel
            && t.Gegevens == toestemming.Gegevens && t.Ontvanger == toestemming.Ontvanger)
        .ToListAsync(ct);

    private static async Task<IReadOnlyList<Toestemming>> Zichtbaar(IntakeDbContext db, Guid casusId, Actor actor, DateTimeOffset nu, CancellationToken ct)
    {
        if (actor.Rol != Rol.Gezin && !await db.HoudtRegieAsync(casusId, actor, ct))
            return [];
        var alle = await db.Toestemmingen.Where(t => t.CasusId == casusId).OrderBy(t => t.GegevenOp).ThenBy(t => t.Id).ToListAsync(ct);
        if (actor.Rol != Rol.Gezin)
            return alle;
        var ik = await db.Betrokkenen.SingleOrDefaultAsync(b => b.CasusId == casusId && b.PersoonId == actor.Id && b.TotOp == null, ct);
        return [.. alle.Where(t => t.VastgelegdDoorId == actor.Id || (ik is not null && (t.Ondertekenaars.Split(' ').Contains(ik.Ref) || (t.PersoonRef == ik.Ref && ik.FaseOp(nu) > Leeftijdsfase.Onder12))))];
    }

    private static async Task<Toestemming> Zoek(IntakeDbContext db, Guid id, Actor actor, DateTimeOffset nu, CancellationToken ct)
    {
        var casusId = await db.Toestemmingen.Where(t => t.Id == id).Select(t => (Guid?)t.CasusId).SingleOrDefaultAsync(ct);
        return (casusId is { } casus ? await Zichtbaar(db, casus, actor, nu, ct) : []).SingleOrDefault(t => t.Id == id) ?? throw NietGevonden;
    }

    private static Geweigerd NietGevonden => Geweigerd.NietGevonden("Deze toestemming");

    private static ToestemmingWeergave Weergave(Toestemming t, DateTimeOffset nu) => new(
        t.Id, t.CasusId, t.PersoonRef, t.Leeftijdsband, t.Doel, t.Gegevens, t.Ontvanger, t.BetrokkeneStemtIn, t.OuderMetGezagStemtIn, t.StatusOp(nu), t.GegevenOp, t.GeldigTot, t.IngetrokkenOp,
        t.Ondertekenaars.Length > 0 ? t.Ondertekenaars.Split(' ') : null, t.VanafOp, t.HerbevestigenSinds, t.DelenTot);

    /// <summary>Een persoon binnen de casus, met een leeftijd die zegt wie er beslist.</summary>
    internal static Invoer EisPersoon(this Invoer invoer, string? persoonRef, Leeftijdsband? leeftijd) => invoer
        .EisVerwijzing(persoonRef, "/persoonRef", "De verwijzing naar de persoon")
        .EisLeeftijd(leeftijd, magOntbreken: false);

    internal static Invoer EisVerwijzing(this Invoer invoer, string? verwijzing, string plaats, string naam) => invoer
        .EisTekst(verwijzing, plaats, naam, 64)
        .Eis(string.IsNullOrWhiteSpace(verwijzing) || ObjectLezer.IsVerwijzing(verwijzing), plaats, "Een verwijzing heeft alleen letters, cijfers, punten en streepjes.")
        .EisSchoneTekst(verwijzing, plaats);

    private static Invoer EisLeeftijd(this Invoer invoer, Leeftijdsband? leeftijd, bool magOntbreken) => invoer
        .Eis(magOntbreken || leeftijd is not null, "/leeftijdsband", Leeftijdsband.Uitleg)
        .Eis(leeftijd is not { Fase: null }, "/leeftijdsband", "Kies een leeftijdsband die niet over 12 of 16 jaar heen loopt.");

    internal static Invoer EisSchoneTekst(this Invoer invoer, string? tekst, string plaats) =>
        tekst is not null && VrijeTekst.Bezwaar(tekst) is { } bezwaar ? invoer.Eis(false, plaats, bezwaar) : invoer;
}
