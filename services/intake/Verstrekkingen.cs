using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>
/// Gegevens die aan een ontvanger worden verstrekt, met waarop dat rust. Of het mag telt op het moment waarop de ontvanger leest: wat
/// klaarstaat en dan niet meer mag, wordt onderdrukt.
/// </summary>
public sealed class Verstrekking
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }

    /// <summary>Over wie het gaat.</summary>
    public required string PersoonRef { get; init; }
    public required string Doel { get; init; }
    public required string Gegevens { get; init; }
    public required string Ontvanger { get; init; }
    public required Guid OntvangerSleutel { get; init; }
    public required string Inhoud { get; init; }
    public required string Grond { get; init; }

    /// <summary>Bij <see cref="Wet"/>: het artikel dat het delen toestaat.</summary>
    public string? Artikel { get; init; }

    /// <summary>Waarom zonder toestemming.</summary>
    public string? Reden { get; init; }
    public required Guid GevraagdDoorId { get; init; }
    public required DateTimeOffset GevraagdOp { get; init; }
    public string Status { get; private set; } = Wacht;

    /// <summary>De toestemming waarop bij het leveren is geleverd.</summary>
    public Guid? ToestemmingId { get; private set; }
    public DateTimeOffset? GeleverdOp { get; private set; }
    public DateTimeOffset? OnderdruktOp { get; private set; }

    public const string Wacht = "wacht";
    public const string Geleverd = "geleverd";
    public const string Onderdrukt = "onderdrukt";

    public const string OpToestemming = "toestemming";
    public const string Wet = "wet";

    internal void Leveren(Guid? toestemmingId, DateTimeOffset op) => (Status, ToestemmingId, GeleverdOp) = (Geleverd, toestemmingId, op);

    internal void Onderdrukken(DateTimeOffset op) => (Status, OnderdruktOp) = (Onderdrukt, op);

    /// <summary>De toestemming die dit nu draagt; null als er geen is.</summary>
    internal Toestemming? Draagt(IEnumerable<Toestemming> toestemmingen, DateTimeOffset nu) => toestemmingen.FirstOrDefault(t =>
        t.CasusId == CasusId && t.PersoonRef == PersoonRef && t.Gegevens == Gegevens && t.GeldtOp(nu)
        && string.Equals(t.Doel.Trim(), Doel.Trim(), StringComparison.OrdinalIgnoreCase) && ToestemmingVerleend.SleutelVan(t.Ontvanger) == OntvangerSleutel);
}

/// <param name="PersoonRef">Over wie het gaat.</param>
/// <param name="Gegevens">De soort gegevens; wat niet bestaat is er ook geen grondslag voor.</param>
/// <param name="Ontvanger">De organisatie die het krijgt. Een school laat dit weg: zij vraagt voor zichzelf.</param>
/// <param name="Artikel">Het wetsartikel, als het zonder toestemming mag.</param>
/// <param name="Reden">Waarom het zonder toestemming moet.</param>
public sealed record VerstrekkingInvoer(
    Guid? CasusId, string? PersoonRef, string? Doel, string? Gegevens, string? Ontvanger = null, string? Inhoud = null, string? Artikel = null, string? Reden = null);

/// <param name="Status"><c>wacht</c>, <c>geleverd</c> of <c>onderdrukt</c>.</param>
/// <param name="Grond"><c>toestemming</c> of <c>wet</c>.</param>
/// <param name="Uitleg">Bij onderdrukt: waarom het niet is geleverd, en wat er wel kan.</param>
public sealed record VerstrekkingWeergave(
    Guid Id, Guid CasusId, string PersoonRef, string Doel, string Gegevens, string Ontvanger, string Grond, string Status, DateTimeOffset GevraagdOp, Guid? ToestemmingId = null,
    string? Artikel = null, string? Reden = null, DateTimeOffset? GeleverdOp = null, DateTimeOffset? OnderdruktOp = null, string? Uitleg = null);

/// <summary>Wat de ontvanger leest.</summary>
public sealed record OntvangenVerstrekking(Guid Id, Guid CasusId, string PersoonRef, string Doel, string Gegevens, string Inhoud, DateTimeOffset GeleverdOp);

/// <summary>Er is iets te lezen; de inhoud komt pas als de ontvanger haar opent.</summary>
public sealed record WachtendeVerstrekking(Guid Id, DateTimeOffset Sinds);

/// <summary>Vragen om iets te delen, zien wat ervan werd, en als ontvanger lezen wat mag.</summary>
internal static class Verstrekkingen
{
    private const string GeenToestemming = "Hiervoor is geen toestemming van wie daarover beslist; vraag die eerst, of vermeld het wetsartikel dat het zonder toestemming toestaat.";
    private const string SchoolTeVeel = "De school mag alleen aanwezigheid en een contactpersoon weten; bespreek met het gezin of het zelf meer wil vertellen.";
    private const string Vervallen = "De toestemming hiervoor geldt niet meer, daarom is het niet geleverd; vraag het gezin opnieuw, of laat het gezin het zelf vertellen.";

    public static async Task<Created<VerstrekkingWeergave>> Post(VerstrekkingInvoer invoer, Actor actor, IntakeDbContext db, Database database, Regio regio, TimeProvider time, CancellationToken ct)
    {
        var isSchool = actor.Rol == Rol.School;
        var ontvanger = isSchool ? actor.Organisatie : invoer.Ontvanger;
        new Invoer()
            .Eis(invoer.CasusId is not null, "/casusId", "De casus ontbreekt.")
            .EisVerwijzing(invoer.PersoonRef, "/persoonRef", "De verwijzing naar de persoon")
            .EisTekst(invoer.Doel, "/doel", "Het doel", 200)
            .EisSchoneTekst(invoer.Doel, "/doel")
            .EisTekst(invoer.Gegevens, "/gegevens", "De soort gegevens", 100)
            .EisTekst(ontvanger, "/ontvanger", "De ontvanger", 100)
            .Eis(isSchool || !string.IsNullOrWhiteSpace(invoer.Inhoud), "/inhoud", "De inhoud ontbreekt.")
            .Eis(invoer.Inhoud is null || invoer.Inhoud.Length <= 10_000, "/inhoud", "De inhoud is langer dan 10000 tekens.")
            .EisSchoneTekst(invoer.Inhoud, "/inhoud")
            .Eis(invoer.Artikel is null || !string.IsNullOrWhiteSpace(invoer.Reden), "/reden", "Vermeld waarom het zonder toestemming moet.")
            .Klaar();
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, invoer.CasusId!.Value, ct);
        var nu = time.Nu();
        if (!isSchool)
            await db.EisRegieAsync(invoer.CasusId.Value, actor, ct);

        var verstrekking = new Verstrekking
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = invoer.CasusId.Value,
            PersoonRef = invoer.PersoonRef!,
            Doel = invoer.Doel!,
            Gegevens = invoer.Gegevens!,
            Ontvanger = ontvanger!,
            OntvangerSleutel = ToestemmingVerleend.SleutelVan(ontvanger!),
            Inhoud = invoer.Inhoud ?? "",
            Grond = invoer.Artikel is null ? Verstrekking.OpToestemming : Verstrekking.Wet,
            Artikel = invoer.Artikel,
            Reden = invoer.Reden,
            GevraagdDoorId = actor.Id,
            GevraagdOp = nu,
        };
        var toestemmingen = await db.Toestemmingen.Where(t => t.CasusId == verstrekking.CasusId).ToListAsync(ct);
        if (Bezwaar(verstrekking, isSchool, IsSchool(regio, ontvanger!), toestemmingen, nu) is { } bezwaar)
        {
            // Nothing was stored, but that it was asked is told.
            if (!isSchool || await db.Meldingen.AnyAsync(m => m.CasusId == verstrekking.CasusId, ct))
                db.Publish(new GrondslagGeweigerd(verstrekking.CasusId, actor.Id), verstrekking.CasusId, nu);
            await db.SaveChangesAsync(ct);
            await transactie.CommitAsync(ct);
            throw new Geweigerd(bezwaar);
        }

        db.Verstrekkingen.Add(verstrekking);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/verstrekkingen/{verstrekking.Id}", Weergave(verstrekking));
    }

    /// <summary>Met een casus: wat er van die casus is gedeeld. Zonder: wat er voor uw organisatie te lezen is.</summary>
    public static async Task<Results<Ok<Lijst<VerstrekkingWeergave>>, Ok<Lijst<WachtendeVerstrekking>>>> GetAlle(Guid? casusId, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct)
    {
        if (casusId is { } casus)
        {
            await db.EisRegieAsync(casus, actor, ct);
            var gedeeld = await db.Verstrekkingen.AsNoTracking().Where(v => v.CasusId == casus).OrderBy(v => v.GevraagdOp).ThenBy(v => v.Id).ToListAsync(ct);
            return TypedResults.Ok(new Lijst<VerstrekkingWeergave>([.. gedeeld.Select(Weergave)]));
        }

        var nu = time.Nu();
        var sleutel = ToestemmingVerleend.SleutelVan(actor.Organisatie);
        var voorMij = await db.Verstrekkingen.AsNoTracking().Where(v => v.OntvangerSleutel == sleutel && v.Status != Verstrekking.Onderdrukt).OrderBy(v => v.GevraagdOp).ToListAsync(ct);
        var casussen = voorMij.Select(v => v.CasusId).Distinct().ToList();
        var toestemmingen = await db.Toestemmingen.AsNoTracking().Where(t => casussen.Contains(t.CasusId)).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<WachtendeVerstrekking>([.. voorMij.Where(v => Mag(v, toestemmingen, nu)).Select(v => new WachtendeVerstrekking(v.Id, v.GevraagdOp))]));
    }

    /// <summary>Wie vroeg ziet wat ervan werd. Opent de ontvanger het, dan wordt er geleverd, of onderdrukt als het niet meer mag.</summary>
    public static async Task<Results<Ok<VerstrekkingWeergave>, Ok<OntvangenVerstrekking>>> Get(Guid id, Actor actor, IntakeDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        var casusId = await db.Verstrekkingen.Where(v => v.Id == id).Select(v => (Guid?)v.CasusId).SingleOrDefaultAsync(ct) ?? throw NietGevonden;
        await database.LockAsync(db, casusId, ct);
        var verstrekking = await db.Verstrekkingen.SingleAsync(v => v.Id == id, ct);
        if (await db.HoudtRegieAsync(casusId, actor, ct))
            return TypedResults.Ok(Weergave(verstrekking));
        if (verstrekking.OntvangerSleutel != ToestemmingVerleend.SleutelVan(actor.Organisatie))
            throw NietGevonden;

        var nu = time.Nu();
        var toestemmingen = await db.Toestemmingen.Where(t => t.CasusId == casusId).ToListAsync(ct);
        var mag = verstrekking.Status != Verstrekking.Onderdrukt && Mag(verstrekking, toestemmingen, nu);
        if (verstrekking.Status == Verstrekking.Wacht)
        {
            if (mag)
            {
                verstrekking.Leveren(verstrekking.Draagt(toestemmingen, nu)?.Id, nu);
                db.Publish(new GrondslagVastgelegd(casusId, id, verstrekking.Grond), casusId, nu);
            }
            else
            {
                Onderdruk(db, verstrekking, nu);
            }

            await db.SaveChangesAsync(ct);
            await transactie.CommitAsync(ct);
        }

        return mag
            ? TypedResults.Ok(new OntvangenVerstrekking(id, casusId, verstrekking.PersoonRef, verstrekking.Doel, verstrekking.Gegevens, verstrekking.Inhoud, verstrekking.GeleverdOp!.Value))
            : throw NietGevonden;
    }

    /// <summary>Wat klaarstond en nu niet meer mag. De afzender hoort het meteen, niet pas als de ontvanger ernaar vraagt.</summary>
    internal static async Task OnderdrukVervallenAsync(IntakeDbContext db, Guid casusId, DateTimeOffset nu, CancellationToken ct)
    {
        var toestemmingen = await db.Toestemmingen.Where(t => t.CasusId == casusId).ToListAsync(ct);
        foreach (var verstrekking in await db.Verstrekkingen.Where(v => v.CasusId == casusId && v.Status == Verstrekking.Wacht).ToListAsync(ct))
            if (!Mag(verstrekking, toestemmingen, nu))
                Onderdruk(db, verstrekking, nu);
    }

    /// <summary>Waarom dit niet gedeeld mag worden; null als het mag.</summary>
    internal static string? Bezwaar(Verstrekking verstrekking, bool doorSchool, bool aanSchool, IEnumerable<Toestemming> toestemmingen, DateTimeOffset nu) =>
        (doorSchool || aanSchool) && verstrekking.Gegevens != Toestemmingen.Onderwijs ? SchoolTeVeel
        : aanSchool && verstrekking.Grond == Verstrekking.Wet ? SchoolTeVeel
        : doorSchool ? "Wat u mag weten staat bij uw berichten, zolang het gezin het deelt; vraag de contactpersoon als u iets mist."
        : !Toestemmingen.SoortenGegevens.Contains(verstrekking.Gegevens) ? "Voor deze soort gegevens bestaat geen grondslag om te delen."
        : Mag(verstrekking, toestemmingen, nu) ? null
        : GeenToestemming;

    private static bool Mag(Verstrekking verstrekking, IEnumerable<Toestemming> toestemmingen, DateTimeOffset nu) =>
        verstrekking.Grond == Verstrekking.Wet || verstrekking.Draagt(toestemmingen, nu) is not null;

    private static void Onderdruk(IntakeDbContext db, Verstrekking verstrekking, DateTimeOffset nu)
    {
        verstrekking.Onderdrukken(nu);
        db.Publish(new BerichtOnderdrukt(verstrekking.CasusId, verstrekking.Id), verstrekking.CasusId, nu);
    }

    private static bool IsSchool(Regio regio, string ontvanger)
    {
        var sleutel = ToestemmingVerleend.SleutelVan(ontvanger);
        return regio.Professionals.Any(p => Rollen.Lees(p.Rol) == Rol.School && ToestemmingVerleend.SleutelVan(p.Organisatie) == sleutel);
    }

    private static Geweigerd NietGevonden => Geweigerd.NietGevonden("Deze verstrekking");

    private static VerstrekkingWeergave Weergave(Verstrekking v) => new(
        v.Id, v.CasusId, v.PersoonRef, v.Doel, v.Gegevens, v.Ontvanger, v.Grond, v.Status, v.GevraagdOp, v.ToestemmingId,
        v.Artikel, v.Reden, v.GeleverdOp, v.OnderdruktOp, v.Status == Verstrekking.Onderdrukt ? Vervallen : null);
}
