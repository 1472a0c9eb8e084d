using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <param name="PersoonId">Het nummer waarmee deze persoon inlogt; wie er geen heeft, krijgt van de casus niets te zien.</param>
/// <param name="Ref">De verwijzing binnen de casus, bij een jongere die van het kind; geen naam.</param>
/// <param name="Relatie"><c>jongere</c>, <c>ouder</c>, <c>verzorger</c> of <c>netwerk</c>.</param>
/// <param name="TwaalfOp">Bij een jongere: de twaalfde verjaardag.</param>
/// <param name="ZestienOp">Mag erbij; is vier jaar later.</param>
public sealed record BetrokkeneInvoer(Guid? CasusId, string? Ref, string? Relatie, Guid? PersoonId = null, DateOnly? TwaalfOp = null, DateOnly? ZestienOp = null);

/// <param name="KindRef">Over welk kind.</param>
/// <param name="Gezag"><c>ja</c> of <c>nee</c>, zoals het register zegt.</param>
/// <param name="Bron">Waar is gekeken, bijvoorbeeld <c>gezagsregister</c>.</param>
/// <param name="NagegaanOp">Wanneer is gekeken.</param>
public sealed record GezagInvoer(string? KindRef, string? Gezag, string? Bron, DateTimeOffset? NagegaanOp);

public sealed record BetrokkeneVertrek(string? Reden);

/// <summary>Iemand die bij de casus hoort.</summary>
/// <param name="Gezag">Per kind wat het laatst is nagegaan; een kind dat er niet staat is niet nagegaan.</param>
public sealed record BetrokkeneWeergave(
    Guid Id, Guid CasusId, string Ref, string Relatie, Guid? PersoonId, DateOnly? TwaalfOp, DateOnly? ZestienOp, IReadOnlyList<GezagWeergave> Gezag, DateTimeOffset VanafOp, DateTimeOffset? TotOp = null);

public sealed record GezagWeergave(string KindRef, string Gezag, string Bron, DateTimeOffset NagegaanOp);

/// <summary>Wie er van het gezin en het eigen netwerk bij een casus hoort, en wie gezag heeft over welk kind.</summary>
internal static class Betrokkenen
{
    public static async Task<Ok<Lijst<BetrokkeneWeergave>>> GetAlle(Guid casusId, Actor actor, IntakeDbContext db, CancellationToken ct)
    {
        await db.EisCasusAsync(casusId, actor, ct);
        // Who else belongs to it may itself be a secret within a family: each sees the own row.
        var betrokkenen = await db.VanCasus(casusId).AsNoTracking().Where(b => actor.Rol != Rol.Gezin || b.PersoonId == actor.Id).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<BetrokkeneWeergave>([.. betrokkenen.OrderBy(b => b.Ref, StringComparer.Ordinal).ThenBy(b => b.VanafOp).Select(Weergave)]));
    }

    public static async Task<Created<BetrokkeneWeergave>> Post(
        BetrokkeneInvoer invoer, Actor actor, IntakeDbContext db, Database database, Termijnboek termijnboek, TimeProvider time, CancellationToken ct)
    {
        Controleer(invoer);
        var casusId = invoer.CasusId!.Value;
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, casusId, ct);
        await db.EisRegieAsync(casusId, actor, ct);
        if (await db.Betrokkenen.AnyAsync(b => b.CasusId == casusId && b.Ref == invoer.Ref && b.TotOp == null, ct))
            throw new Geweigerd("Onder deze verwijzing staat al iemand bij deze casus.");
        if (invoer.PersoonId is not null && await db.Betrokkenen.AnyAsync(b => b.CasusId == casusId && b.PersoonId == invoer.PersoonId && b.TotOp == null, ct))
            throw new Geweigerd("Deze persoon staat al bij deze casus.");

        var nu = time.Nu();
        var betrokkene = new Betrokkene
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = casusId,
            PersoonId = invoer.PersoonId,
            Ref = invoer.Ref!,
            Relatie = invoer.Relatie!,
            TwaalfOp = invoer.TwaalfOp,
            VastgelegdDoorId = actor.Id,
            VanafOp = nu,
        };
        db.Betrokkenen.Add(betrokkene);
        await Verjaren.HerzieAsync(db, betrokkene, nu, nu, termijnboek, ct);
        Vertel(db, betrokkene, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/betrokkenen?casusId={casusId}", Weergave(betrokkene));
    }

    public static async Task<Ok<BetrokkeneWeergave>> Gezag(Guid id, GezagInvoer invoer, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct)
    {
        var nu = time.Nu();
        new Invoer()
            .EisVerwijzing(invoer.KindRef, "/kindRef", "De verwijzing naar het kind")
            .Eis(invoer.Gezag is "ja" or "nee", "/gezag", "Kies uit ja, nee; wie het niet weet, legt niets vast.")
            .EisTekst(invoer.Bron, "/bron", "De bron", 100)
            .EisSchoneTekst(invoer.Bron, "/bron")
            .Eis(invoer.NagegaanOp is not null, "/nagegaanOp", "Vermeld wanneer dit is nagegaan.")
            .Eis(!(invoer.NagegaanOp > nu), "/nagegaanOp", "Dit moment ligt in de toekomst.")
            .Klaar();
        var betrokkene = await Zoek(db, id, actor, ct);
        if (betrokkene.IsJongere)
            throw new Geweigerd("Een jongere heeft geen gezag over een ander kind.");
        var controle = new Gezagscontrole
        {
            Id = Guid.CreateVersion7(nu),
            BetrokkeneId = id,
            KindRef = invoer.KindRef!,
            HeeftGezag = invoer.Gezag == "ja",
            Bron = invoer.Bron!,
            NagegaanOp = invoer.NagegaanOp!.Value.OpMicroseconde(),
            VastgelegdDoorId = actor.Id,
            VastgelegdOp = nu,
        };
        betrokkene.GezagNagaan(controle);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Weergave(betrokkene));
    }

    /// <summary>Wie niet meer bij de casus hoort, ziet er meteen niets meer van. Wat hij of zij tekende blijft staan tot het wordt ingetrokken.</summary>
    public static async Task<Ok<BetrokkeneWeergave>> Vertrek(Guid id, BetrokkeneVertrek invoer, Actor actor, IntakeDbContext db, TimeProvider time, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Reden, "/reden", "De reden", 200).EisSchoneTekst(invoer.Reden, "/reden").Klaar();
        var betrokkene = await Zoek(db, id, actor, ct);
        if (betrokkene.TotOp is null)
        {
            var nu = time.Nu();
            betrokkene.Vertrekt(invoer.Reden!, nu);
            Vertel(db, betrokkene, nu);
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.Ok(Weergave(betrokkene));
    }

    private static void Controleer(BetrokkeneInvoer invoer)
    {
        var isJongere = invoer.Relatie == Betrokkene.Jongere;
        new Invoer()
            .Eis(invoer.CasusId is not null, "/casusId", "De casus ontbreekt.")
            .EisVerwijzing(invoer.Ref, "/ref", "De verwijzing naar de persoon")
            .Eis(Betrokkene.Relaties.Contains(invoer.Relatie), "/relatie", $"Kies uit {string.Join(", ", Betrokkene.Relaties)}.")
            .Eis(invoer.PersoonId != Guid.Empty, "/persoonId", "Dit is niemand.")
            .Eis(!isJongere || invoer.TwaalfOp is { Year: > 1950 and < 2100 }, "/twaalfOp", "Vermeld bij een jongere de dag waarop hij of zij 12 wordt of werd.")
            .Eis(isJongere || invoer.TwaalfOp is null, "/twaalfOp", "Alleen van een jongere is de leeftijd nodig.")
            .Eis(invoer.ZestienOp is null || invoer.ZestienOp == invoer.TwaalfOp?.AddYears(4), "/zestienOp", "De zestiende verjaardag is vier jaar na de twaalfde.")
            .Klaar();
    }

    private static async Task<Betrokkene> Zoek(IntakeDbContext db, Guid id, Actor actor, CancellationToken ct) =>
        await db.Betrokkenen.Include(b => b.Gezag).SingleOrDefaultAsync(b => b.Id == id, ct) is { } betrokkene && await db.HoudtRegieAsync(betrokkene.CasusId, actor, ct)
            ? betrokkene
            : throw Geweigerd.NietGevonden("Deze persoon");

    private static void Vertel(IntakeDbContext db, Betrokkene b, DateTimeOffset nu)
    {
        if (b.PersoonId is { } persoonId)
            db.Publish(new BetrokkeneVastgelegd(b.CasusId, b.Id, persoonId, b.Relatie, b.Ref, b.TotOp), b.CasusId, nu);
    }

    private static BetrokkeneWeergave Weergave(Betrokkene b) => new(
        b.Id, b.CasusId, b.Ref, b.Relatie, b.PersoonId, b.TwaalfOp, b.ZestienOp,
        [.. b.Gezag.GroupBy(g => g.KindRef, (_, keren) => keren.OrderBy(g => g.NagegaanOp).ThenBy(g => g.VastgelegdOp).Last()).OrderBy(g => g.KindRef, StringComparer.Ordinal)
            .Select(g => new GezagWeergave(g.KindRef, g.HeeftGezag ? "ja" : "nee", g.Bron, g.NagegaanOp))],
        b.VanafOp, b.TotOp);
}
