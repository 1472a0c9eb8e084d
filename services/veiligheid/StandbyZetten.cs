using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>Zet een maatregel klaar. Zij wordt nooit vanzelf toegepast, en staat nooit klaar zonder einde of moment van toetsen.</summary>
/// <param name="TotOp">Wanneer zij vanzelf vervalt.</param>
/// <param name="ToetsOp">Wanneer het RVT opnieuw kijkt.</param>
public sealed record StandbyZetten(Guid? CasusId, string? Maatregel, DateTimeOffset? TotOp = null, DateTimeOffset? ToetsOp = null)
{
    internal static async Task<Created<StandbyBeeld>> Post(StandbyZetten verzoek, Actor actor, VeiligheidDbContext db, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        verzoek.Controleer(nu);
        var maatregel = await Zet(db, verzoek, actor.Id, nu, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/standbymaatregelen?casusId={maatregel.CasusId}", maatregel.Beeld(metInhoud: true));
    }

    internal static async Task<Ok<Lijst<StandbyBeeld>>> Get(Guid? casusId, Actor actor, VeiligheidDbContext db, CancellationToken ct)
    {
        new Invoer().Eis(casusId is not null, "/casusId", "Vermeld van welke casus.").Klaar();
        var hoortErbij = await db.HoortBij(casusId!.Value, actor, ct);
        if (!hoortErbij && actor.Rol != Rol.Toezichthouder)
            throw Geweigerd.NietGevonden("Deze casus");
        var maatregelen = await db.Standbymaatregelen.AsNoTracking().Where(s => s.CasusId == casusId).OrderBy(s => s.GezetOp).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<StandbyBeeld>([.. maatregelen.Select(s => s.Beeld(hoortErbij))]));
    }

    internal static async Task<Standbymaatregel> Zet(VeiligheidDbContext db, StandbyZetten verzoek, Guid doorId, DateTimeOffset nu, CancellationToken ct)
    {
        var maatregel = new Standbymaatregel { Id = Guid.CreateVersion7(nu), CasusId = verzoek.CasusId!.Value, Maatregel = verzoek.Maatregel!, TotOp = verzoek.TotOp, ToetsOp = verzoek.ToetsOp, GezetDoorId = doorId, GezetOp = nu };
        db.Standbymaatregelen.Add(maatregel);
        await db.SetAlarmAsync(maatregel.CasusId, VeiligheidWekker.Standby, maatregel.Id, maatregel.KijkOp, ct);
        db.Publish(new StandbyGezet(maatregel.CasusId, maatregel.Id, maatregel.TotOp, maatregel.ToetsOp), maatregel.CasusId, nu);
        return maatregel;
    }

    /// <summary>Het moment van toetsen of het einde is voorbij: het eerste is een signaal, het tweede beëindigt het klaarstaan.</summary>
    internal static async Task Verstreken(VeiligheidDbContext db, Guid id, DateTimeOffset nu, CancellationToken ct)
    {
        var maatregel = await db.Standbymaatregelen.SingleAsync(s => s.Id == id, ct);
        if (maatregel.OpgehevenOp is not null)
            return;
        if (maatregel.TotOp <= nu)
        {
            maatregel.Opheffen(null, "De afgesproken tijd is voorbij.", nu);
            db.Publish(new StandbyOpgeheven(maatregel.CasusId, id), maatregel.CasusId, nu);
            return;
        }

        db.Publish(new StandbyToetsVerstreken(maatregel.CasusId, id), maatregel.CasusId, nu);
        await db.SetAlarmAsync(maatregel.CasusId, VeiligheidWekker.Standby, id, maatregel.TotOp, ct);
    }

    internal void Controleer(DateTimeOffset nu) =>
        new Invoer()
            .Eis(CasusId is not null && CasusId != Guid.Empty, "/casusId", "Vermeld om welke casus het gaat.")
            .EisTekst(Maatregel, "/maatregel", "De maatregel die klaarstaat", hooguit: 500)
            .Eis(TotOp is not null || ToetsOp is not null, "/totOp", "Vermeld tot wanneer de maatregel klaarstaat, of wanneer u opnieuw kijkt.")
            .Eis(!(TotOp <= nu), "/totOp", "Dit moment ligt niet in de toekomst.")
            .Eis(!(ToetsOp <= nu), "/toetsOp", "Dit moment ligt niet in de toekomst.")
            .Klaar();
}

/// <summary>Een maatregel staat niet meer klaar.</summary>
public sealed record StandbyOpheffen(string? Reden)
{
    internal static async Task<Ok<StandbyBeeld>> Post(Guid id, StandbyOpheffen verzoek, Actor actor, VeiligheidDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        new Invoer().EisTekst(verzoek.Reden, "/reden", "De reden").Klaar();
        if (await db.Standbymaatregelen.Where(s => s.Id == id).Select(s => (Guid?)s.CasusId).SingleOrDefaultAsync(ct) is not { } casusId)
            throw Geweigerd.NietGevonden("Deze maatregel");
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, casusId, ct);
        var maatregel = await db.Standbymaatregelen.SingleAsync(s => s.Id == id, ct);
        maatregel.Opheffen(actor.Id, verzoek.Reden!, nu);
        await db.SetAlarmAsync(casusId, VeiligheidWekker.Standby, id, null, ct);
        db.Publish(new StandbyOpgeheven(casusId, id), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(maatregel.Beeld(metInhoud: true));
    }
}

/// <summary>Wat klaarstaat voor als het misgaat. Klaarstaan is geen toepassen: kader en regie veranderen er niet door.</summary>
public sealed class Standbymaatregel
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string Maatregel { get; init; }
    public required DateTimeOffset? TotOp { get; init; }
    public required DateTimeOffset? ToetsOp { get; init; }
    public required Guid GezetDoorId { get; init; }
    public required DateTimeOffset GezetOp { get; init; }
    public DateTimeOffset? OpgehevenOp { get; private set; }

    /// <summary>Leeg als de afgesproken tijd voorbijging.</summary>
    public Guid? OpgehevenDoorId { get; private set; }
    public string? RedenOpheffing { get; private set; }

    /// <summary>Het eerste moment waarop er iets mee moet.</summary>
    internal DateTimeOffset? KijkOp => ToetsOp is { } toets && !(TotOp < toets) ? toets : TotOp;

    internal StandbyBeeld Beeld(bool metInhoud) => new(Id, CasusId, OpgehevenOp is null ? "gezet" : "opgeheven", GezetOp, TotOp, ToetsOp, metInhoud ? Maatregel : null, OpgehevenOp, metInhoud ? RedenOpheffing : null);

    public void Opheffen(Guid? doorId, string reden, DateTimeOffset op)
    {
        if (OpgehevenOp is not null)
            throw new Geweigerd("Deze maatregel staat al niet meer klaar.");
        (OpgehevenDoorId, RedenOpheffing, OpgehevenOp) = (doorId, reden, op);
    }
}

/// <summary>Een maatregel die klaarstaat of stond.</summary>
/// <param name="Status"><c>gezet</c> of <c>opgeheven</c>.</param>
public sealed record StandbyBeeld(
    Guid Id, Guid CasusId, string Status, DateTimeOffset GezetOp, DateTimeOffset? TotOp = null, DateTimeOffset? ToetsOp = null,
    string? Maatregel = null, DateTimeOffset? OpgehevenOp = null, string? RedenOpheffing = null);
