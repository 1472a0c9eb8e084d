using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een geheim zetten, er een stuk in leggen, een stuk voor een persoon openen, en lezen wat u mag lezen. Niemand anders hoort ervan.</summary>
internal static class Geheimen
{
    private const string Regisseur = "regisseur";

    private static readonly Rol[] Lezers = [.. Rollen.Beroepskrachten, Rol.Gezin, Rol.School];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var geheimen = routes.MapGroup("/v1/casussen/{id:guid}/geheimen").WithTags("Geheimen");
        geheimen.MapPost("", Zetten).Voor(Rollen.Beroepskrachten).WithSummary("Scherm iets in een gezin af: alleen de lezers weten dat het er is");
        geheimen.MapGet("", Tonen).Voor(Lezers).WithSummary("De geheimen waarvan u lezer bent");
        geheimen.MapPost("/{geheimId:guid}/lezers", LezerToevoegen).Voor(Rollen.Beroepskrachten).WithSummary("Laat iemand meelezen, met de reden");
        geheimen.MapPost("/{geheimId:guid}/lezers/intrekking", LezerIntrekken).Voor(Rollen.Beroepskrachten).WithSummary("Laat iemand niet langer meelezen, met de reden; die vindt er dan niets meer van");
        geheimen.MapGet("/{geheimId:guid}/lezers", Wijzigingen).Voor(Lezers).WithSummary("Wie er lezer werd of dat niet meer is, door wie en waarom");
        geheimen.MapPost("/{geheimId:guid}/stukken", Toevoegen).Voor(Lezers).WithSummary("Leg een stuk vast dat alleen de lezers zien");
        geheimen.MapGet("/{geheimId:guid}/stukken", Lezen).Voor(Lezers).WithSummary("De stukken die u mag lezen");
        geheimen.MapPost("/{geheimId:guid}/stukken/{stukId:guid}/openingen", Openen).Voor(Lezers).WithSummary("Laat een persoon dit ene stuk lezen");
    }

    /// <summary>De geheimen waarvan de actor nu lezer is. Wie waarneemt leest mee zolang dat duurt, en de regisseur voor wie wordt waargenomen ook.</summary>
    internal static IQueryable<Geheim> VanLezer(RegieDbContext db, Actor actor)
    {
        var ik = actor.Id.ToString();
        return db.Geheimen.Where(g => g.Lezers.Any(l => l.PersoonId == actor.Id)
            || (g.RegisseurLeest && db.Perioden.Any(p => p.CasusId == g.CasusId && p.Lijn == Lijnen.Regie && p.IsOpen && (p.Waarde == ik || p.PrincipaalId == actor.Id))));
    }

    /// <summary>De stukken die de actor nu mag lezen: als lezer, of omdat dit ene stuk voor hem is geopend.</summary>
    internal static IQueryable<Geheimstuk> StukkenVoor(RegieDbContext db, Actor actor)
    {
        var geheimen = VanLezer(db, actor).Select(g => g.Id);
        return db.Geheimstukken.Where(s => geheimen.Contains(s.GeheimId) || s.Openingen.Any(o => o.PersoonId == actor.Id));
    }

    private static async Task<Created<GeheimAntwoord>> Zetten(Guid id, GeheimInvoer invoer, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        var lezers = invoer.Lezers ?? [];
        new Invoer()
            .EisTekst(invoer.Naam, "/naam", "De naam", 60)
            .EisTekst(invoer.Reden, "/reden", "De reden")
            .Eis(lezers.Count > 0, "/lezers", "Vermeld wie het mag lezen.")
            .EisAlles(lezers.Select((lezer, i) => (lezer == Regisseur || Guid.TryParse(lezer, out _), $"/lezers/{i}", "Vermeld een persoon, of regisseur voor wie de regie houdt.")))
            .Klaar();
        await Toegang.EisAsync(db, id, actor, ct);
        if (!await HoudtRegieAsync(db, id, actor, ct))
            throw Geweigerd.GeenRecht("Alleen wie nu de regie houdt kan iets afschermen.");
        var nu = time.Nu();
        var geheim = Geheim.Zetten(
            Guid.CreateVersion7(nu), id, invoer.Naam!, invoer.Reden!, lezers.Where(l => l != Regisseur).Select(l => Guid.Parse(l!)), lezers.Contains(Regisseur), actor, nu);
        db.Geheimen.Add(geheim);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/casussen/{id}/geheimen/{geheim.Id}/stukken", GeheimAntwoord.Van(geheim));
    }

    private static async Task<Ok<Lijst<GeheimAntwoord>>> Tonen(Guid id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var geheimen = await VanLezer(db, actor).AsNoTracking().Include(g => g.Lezers).Where(g => g.CasusId == id).OrderBy(g => g.GezetOp).ThenBy(g => g.Id).ToListAsync(ct);
        if (geheimen.Count == 0)
            await Toegang.EisAsync(db, id, actor, ct);
        return TypedResults.Ok(new Lijst<GeheimAntwoord>([.. geheimen.Select(GeheimAntwoord.Van)]));
    }

    private static async Task<Created<GeheimstukAntwoord>> Toevoegen(Guid id, Guid geheimId, GeheimstukInvoer invoer, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Tekst, "/tekst", "De tekst", 10_000).Klaar();
        var geheim = await VanLezer(db, actor).SingleOrDefaultAsync(g => g.Id == geheimId && g.CasusId == id, ct) ?? throw NietGevonden;
        var nu = time.Nu();
        var stuk = geheim.Toevoegen(Guid.CreateVersion7(nu), invoer.Tekst!, actor, nu);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/casussen/{id}/geheimen/{geheimId}/stukken", GeheimstukAntwoord.Van(stuk, metOpeningen: true));
    }

    /// <summary>Elke keer dat er gelezen is, staat vast; dat zien alleen de lezers.</summary>
    private static async Task<Ok<Lijst<GeheimstukAntwoord>>> Lezen(Guid id, Guid geheimId, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        var isLezer = await VanLezer(db, actor).AnyAsync(g => g.Id == geheimId && g.CasusId == id, ct);
        var stukken = await StukkenVoor(db, actor).AsNoTracking().Include(s => s.Openingen)
            .Where(s => s.GeheimId == geheimId && db.Geheimen.Any(g => g.Id == geheimId && g.CasusId == id)).OrderBy(s => s.VastgelegdOp).ThenBy(s => s.Id).ToListAsync(ct);
        if (!isLezer && stukken.Count == 0)
            throw NietGevonden;
        await Inzagelog.NoteerAsync(db, id, actor, "een afgeschermd stuk", time.Nu(), ct, geheimId);
        return TypedResults.Ok(new Lijst<GeheimstukAntwoord>([.. stukken.Select(s => GeheimstukAntwoord.Van(s, isLezer))]));
    }

    private static async Task<Ok<GeheimstukAntwoord>> Openen(Guid id, Guid geheimId, Guid stukId, OpeningInvoer invoer, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        new Invoer().Eis(invoer.PersoonId is not null && invoer.PersoonId != Guid.Empty, "/persoonId", "Vermeld voor wie u dit stuk opent.").Klaar();
        var geheimen = VanLezer(db, actor).Where(g => g.CasusId == id).Select(g => g.Id);
        var stuk = await db.Geheimstukken.Include(s => s.Openingen).SingleOrDefaultAsync(s => s.Id == stukId && s.GeheimId == geheimId && geheimen.Contains(s.GeheimId), ct) ?? throw NietGevonden;
        stuk.Openen(invoer.PersoonId!.Value, actor, time.Nu());
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(GeheimstukAntwoord.Van(stuk, metOpeningen: true));
    }

    private static Task<Ok<GeheimAntwoord>> LezerToevoegen(Guid id, Guid geheimId, LezerInvoer invoer, Actor actor, RegieDbContext db, Database database, TimeProvider time, CancellationToken ct) =>
        LezersWijzigen(id, geheimId, invoer, actor, db, database, geheim => geheim.LezerToevoegen(Guid.CreateVersion7(time.Nu()), invoer.PersoonId, invoer.Reden!, actor, time.Nu()), ct);

    private static Task<Ok<GeheimAntwoord>> LezerIntrekken(Guid id, Guid geheimId, LezerInvoer invoer, Actor actor, RegieDbContext db, Database database, TimeProvider time, CancellationToken ct) =>
        LezersWijzigen(id, geheimId, invoer, actor, db, database, geheim => geheim.LezerIntrekken(Guid.CreateVersion7(time.Nu()), invoer.PersoonId, invoer.Reden!, actor, time.Nu()), ct);

    /// <summary>Wie het geheim zette, of wie nu de regie houdt: en alleen als die zelf leest, want een ander weet niet dat het er is.</summary>
    private static async Task<Ok<GeheimAntwoord>> LezersWijzigen(Guid id, Guid geheimId, LezerInvoer invoer, Actor actor, RegieDbContext db, Database database, Action<Geheim> wijzig, CancellationToken ct)
    {
        new Invoer()
            .Eis(invoer.Lezer == Regisseur || invoer.PersoonId is not null, "/lezer", "Vermeld een persoon, of regisseur voor wie de regie houdt.")
            .EisTekst(invoer.Reden, "/reden", "De reden")
            .Klaar();
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, id, ct);
        var geheim = await VanLezer(db, actor).Include(g => g.Lezers).Include(g => g.Stukken).ThenInclude(s => s.Openingen).AsSplitQuery().SingleOrDefaultAsync(g => g.Id == geheimId && g.CasusId == id, ct) ?? throw NietGevonden;
        if (geheim.GezetDoorId != actor.Id && !await HoudtRegieAsync(db, id, actor, ct))
            throw Geweigerd.GeenRecht("Wie er meeleest bepaalt wie dit afschermde, of wie nu de regie houdt.");
        wijzig(geheim);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(GeheimAntwoord.Van(geheim));
    }

    private static async Task<Ok<Lijst<LezerwijzigingAntwoord>>> Wijzigingen(Guid id, Guid geheimId, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var geheim = await VanLezer(db, actor).AsNoTracking().Include(g => g.Wijzigingen).SingleOrDefaultAsync(g => g.Id == geheimId && g.CasusId == id, ct) ?? throw NietGevonden;
        return TypedResults.Ok(new Lijst<LezerwijzigingAntwoord>([.. geheim.Wijzigingen.OrderBy(w => w.Op).ThenBy(w => w.Id).Select(w => new LezerwijzigingAntwoord(w.PersoonId?.ToString() ?? Regisseur, w.Soort, w.Reden, w.DoorId, w.Op))]));
    }

    private static Task<bool> HoudtRegieAsync(RegieDbContext db, Guid casusId, Actor actor, CancellationToken ct)
    {
        var ik = actor.Id.ToString();
        return db.Perioden.AnyAsync(p => p.CasusId == casusId && p.Lijn == Lijnen.Regie && p.IsOpen && p.Waarde == ik, ct);
    }

    private static Geweigerd NietGevonden => Geweigerd.NietGevonden("Dit stuk");
}

/// <param name="Naam">Een neutrale naam.</param>
/// <param name="Lezers">Personen, of <c>regisseur</c>: wie de regie houdt, zolang die haar houdt.</param>
public sealed record GeheimInvoer(string? Naam, IReadOnlyList<string?>? Lezers, string? Reden);

public sealed record GeheimAntwoord(Guid Id, string Naam, IReadOnlyList<string> Lezers, Guid GezetDoorId, DateTimeOffset GezetOp)
{
    internal static GeheimAntwoord Van(Geheim g) =>
        new(g.Id, g.Naam, [.. g.RegisseurLeest ? ["regisseur"] : Array.Empty<string>(), .. g.Lezers.Select(l => l.PersoonId.ToString()).Order(StringComparer.Ordinal)], g.GezetDoorId, g.GezetOp);
}

/// <param name="Lezer">Een persoon, of <c>regisseur</c> voor wie de regie houdt.</param>
public sealed record LezerInvoer(string? Lezer, string? Reden)
{
    internal Guid? PersoonId => Guid.TryParse(Lezer, out var id) ? id : null;
}

/// <param name="Soort">toegevoegd of ingetrokken.</param>
public sealed record LezerwijzigingAntwoord(string Lezer, string Soort, string Reden, Guid DoorId, DateTimeOffset Op);

public sealed record GeheimstukInvoer(string? Tekst);

public sealed record OpeningInvoer(Guid? PersoonId);

/// <param name="GeopendVoor">Alleen voor lezers: wie dit ene stuk ook mag lezen.</param>
public sealed record GeheimstukAntwoord(Guid Id, string Tekst, Guid VastgelegdDoorId, DateTimeOffset VastgelegdOp, IReadOnlyList<Guid>? GeopendVoor = null)
{
    internal static GeheimstukAntwoord Van(Geheimstuk s, bool metOpeningen) =>
        new(s.Id, s.Tekst, s.VastgelegdDoorId, s.VastgelegdOp, metOpeningen ? [.. s.Openingen.OrderBy(o => o.GeopendOp).Select(o => o.PersoonId)] : null);
}
