using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>
/// Vraag om een stap. Gaat zij tegen de koers in, dan wordt zij vastgehouden tot het kernteam er samen over besluit. Bij acuut gevaar kan zij
/// altijd meteen, en volgt het besluit daarna. De regie blijft waar zij is.
/// </summary>
/// <param name="TegenPunt">Tegen welk punt van de koers de stap ingaat, geteld vanaf 1; leeg als zij erbij past.</param>
/// <param name="AcuteReden">Welk acuut gevaar maakt dat de stap niet op een besluit kan wachten.</param>
public sealed record StapVragen(string? Wat, int? TegenPunt = null, string? AcuteReden = null)
{
    internal static async Task<Ok<Lijst<StapBeeld>>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        var stappen = await db.Stappen.AsNoTracking().Where(s => s.CasusId == casusId).OrderByDescending(s => s.GevraagdOp).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<StapBeeld>([.. stappen.Select(s => s.Beeld)]));
    }

    internal static async Task<Created<StapBeeld>> Post(
        Guid casusId, StapVragen verzoek, Actor actor, KernteamDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        var koers = await KoersVaststellen.Laatste(casusId, db, ct);
        verzoek.Controleer(koers);
        if (verzoek.TegenPunt is null && await db.IsGestopt(casusId, ct))
            throw Stop.Geldt;

        var stap = new Koersstap
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = casusId,
            Wat = verzoek.Wat!,
            TegenPunt = verzoek.TegenPunt,
            KoersVersie = verzoek.TegenPunt is null ? null : koers!.Versie,
            GevraagdDoorId = actor.Id,
            GevraagdOp = nu,
        };
        db.Stappen.Add(stap);
        if (verzoek.AcuteReden is { } reden)
            await StapDoorlaten.MeteenAsync(db, stap, reden, actor, termijnen, nu, ct);
        else if (stap.WachtOpBesluit)
            db.Publish(new KoersafwijkingGeblokkeerd(casusId, stap.Id), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/stappen", stap.Beeld);
    }

    internal static async Task<IReadOnlyList<Koersstap>> Wachtend(Guid casusId, KernteamDbContext db, CancellationToken ct) =>
        await db.Stappen.AsNoTracking().Where(s => s.CasusId == casusId && s.TegenPunt != null && s.BesluitId == null).OrderBy(s => s.GevraagdOp).ToListAsync(ct);

    /// <summary>Het besluit over een stap die om acuut gevaar is gezet, bleef uit.</summary>
    internal static async Task Verstreken(KernteamDbContext db, Guid id, DateTimeOffset nu, CancellationToken ct)
    {
        var stap = await db.Stappen.SingleAsync(s => s.Id == id, ct);
        db.Publish(new KoersbesluitWachtTeLang(stap.CasusId, id), stap.CasusId, nu);
    }

    internal void Controleer(Koers? koers) =>
        new Invoer()
            .EisTekst(Wat, "/wat", "Welke stap er wordt gevraagd")
            .Eis(TegenPunt is null || (koers is not null && TegenPunt > 0 && TegenPunt <= koers.Punten.Length), "/tegenPunt", "Dit punt staat niet in de koers.")
            .Eis(AcuteReden is null || TegenPunt is not null, "/acuteReden", "Een acute reden is alleen nodig voor een stap tegen de koers.")
            .Eis(AcuteReden is null || !string.IsNullOrWhiteSpace(AcuteReden), "/acuteReden", "Vermeld het acute gevaar, of laat dit weg.")
            .Eis(AcuteReden is null || AcuteReden.Length <= 2000, "/acuteReden", "De acute reden is langer dan 2000 tekens.")
            .Klaar();
}

/// <summary>Een stap die wacht wordt om acuut gevaar toch meteen gezet; dat kan altijd, ook bij een stop.</summary>
public sealed record StapDoorlaten(string? AcuteReden)
{
    internal static async Task<Ok<StapBeeld>> Post(
        Guid casusId, Guid id, StapDoorlaten verzoek, Actor actor, KernteamDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        new Invoer().EisTekst(verzoek.AcuteReden, "/acuteReden", "Het acute gevaar").Klaar();
        var stap = await db.Stappen.SingleOrDefaultAsync(s => s.Id == id && s.CasusId == casusId, ct) ?? throw Koersstap.NietGevonden;
        await MeteenAsync(db, stap, verzoek.AcuteReden!, actor, termijnen, time.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(stap.Beeld);
    }

    internal static async Task MeteenAsync(KernteamDbContext db, Koersstap stap, string reden, Actor actor, Termijnboek termijnen, DateTimeOffset nu, CancellationToken ct)
    {
        stap.Meteen(reden, actor.Id, nu, termijnen["koers-besluit-achteraf"].Verloopt(nu));
        await db.SetAlarmAsync(stap.CasusId, KernteamWekker.Koersbesluit, stap.Id, stap.BesluitVoor, ct);
    }
}

/// <summary>Een gevraagde stap, getoetst aan de koers.</summary>
public sealed class Koersstap
{
    public const string Vastgehouden = "vastgehouden";
    public const string UitgevoerdAcuut = "uitgevoerd-acuut";
    public const string Toegestaan = "toegestaan";
    public const string Afgewezen = "afgewezen";

    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string Wat { get; init; }
    public required int? TegenPunt { get; init; }

    /// <summary>De koers waarin dat punt staat.</summary>
    public required int? KoersVersie { get; init; }
    public required Guid GevraagdDoorId { get; init; }
    public required DateTimeOffset GevraagdOp { get; init; }
    public string? AcuteReden { get; private set; }
    public Guid? AcuutDoorId { get; private set; }
    public DateTimeOffset? AcuutOp { get; private set; }

    /// <summary>Wanneer het kernteam over een acute stap besloten moet hebben.</summary>
    public DateTimeOffset? BesluitVoor { get; private set; }
    public Guid? BesluitId { get; private set; }
    public bool? IsToegelaten { get; private set; }

    public static Geweigerd NietGevonden => Geweigerd.NietGevonden("Deze stap");

    public bool WachtOpBesluit => TegenPunt is not null && BesluitId is null;

    internal StapBeeld Beeld => new(Id, Wat, Status, Zin, GevraagdDoorId, GevraagdOp, TegenPunt, KoersVersie, AcuteReden, AcuutDoorId, AcuutOp, BesluitVoor, BesluitId);

    private string Status => this switch
    {
        { WachtOpBesluit: true, AcuutOp: null } => Vastgehouden,
        { WachtOpBesluit: true } => UitgevoerdAcuut,
        { IsToegelaten: false } => Afgewezen,
        _ => Toegestaan,
    };

    private string Zin => (Status, AcuutOp) switch
    {
        (Vastgehouden, _) => $"Deze stap gaat in tegen punt {TegenPunt} van de koers en wacht op een besluit van het kernteam; bij acuut gevaar kan zij met een reden meteen.",
        (UitgevoerdAcuut, _) => $"Deze stap ging om acuut gevaar in tegen punt {TegenPunt} van de koers; het kernteam besluit er alsnog over.",
        (Afgewezen, null) => "Het kernteam besloot samen dat deze stap niet doorgaat.",
        (Afgewezen, _) => "Het kernteam staat achteraf niet achter deze stap.",
        _ when TegenPunt is null => "Deze stap past bij de koers en kan door.",
        (_, null) => "Het kernteam besloot samen dat deze stap door kan.",
        _ => "Het kernteam staat ook achteraf achter deze stap.",
    };

    public void Meteen(string reden, Guid door, DateTimeOffset op, DateTimeOffset besluitVoor)
    {
        if (!WachtOpBesluit || AcuutOp is not null)
            throw new Geweigerd("Deze stap wordt niet vastgehouden.");
        (AcuteReden, AcuutDoorId, AcuutOp, BesluitVoor) = (reden, door, op, besluitVoor);
    }

    public void Besluiten(Besluit besluit, bool isToegelaten)
    {
        if (!WachtOpBesluit)
            throw new Geweigerd("Deze stap wacht niet op een besluit.");
        if (besluit.GenomenOp < GevraagdOp)
            throw new Geweigerd("Dit besluit is genomen voordat de stap werd gevraagd.");
        (BesluitId, IsToegelaten) = (besluit.Id, isToegelaten);
    }
}

/// <param name="Status">vastgehouden, uitgevoerd-acuut, toegestaan of afgewezen.</param>
/// <param name="Zin">Wat er met de stap is, voor wie erom vroeg.</param>
/// <param name="BesluitVoor">Wanneer het kernteam over een acute stap besloten moet hebben.</param>
public sealed record StapBeeld(
    Guid Id, string Wat, string Status, string Zin, Guid GevraagdDoorId, DateTimeOffset GevraagdOp, int? TegenPunt = null, int? KoersVersie = null,
    string? AcuteReden = null, Guid? AcuutDoorId = null, DateTimeOffset? AcuutOp = null, DateTimeOffset? BesluitVoor = null, Guid? BesluitId = null);
