using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>Iemand zag of sprak het kind. De klok telt vanaf het laatste contact, ook tijdens een stop of een overdracht.</summary>
/// <param name="Alleen">Of het kind alleen is gesproken.</param>
public sealed record KindcontactVastleggen(Guid? CasusId, string? KindRef, DateTimeOffset? GezienOp, bool? Alleen)
{
    internal static async Task<Ok<KindcontactBeeld>> Post(
        KindcontactVastleggen verzoek, Actor actor, VeiligheidDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        verzoek.Controleer(time.GetUtcNow());
        var casusId = verzoek.CasusId!.Value;
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, casusId, ct);
        if (!await db.HoortBij(casusId, actor, ct) || await db.Kindcontacten.SingleOrDefaultAsync(k => k.CasusId == casusId && k.KindRef == verzoek.KindRef, ct) is not { } kind)
            throw Geweigerd.NietGevonden("Dit kind");
        if (kind.Gezien(verzoek.GezienOp!.Value, verzoek.Alleen!.Value, actor.Id))
            await Wek(db, kind, termijnen, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(kind.Beeld(termijnen));
    }

    internal static async Task<Ok<Lijst<KindcontactBeeld>>> Get(Guid? casusId, Actor actor, VeiligheidDbContext db, Termijnboek termijnen, CancellationToken ct)
    {
        new Invoer().Eis(casusId is not null, "/casusId", "Vermeld van welke casus.").Klaar();
        if (!await db.HoortBij(casusId!.Value, actor, ct) && actor.Rol != Rol.Toezichthouder)
            throw Geweigerd.NietGevonden("Deze casus");
        var kinderen = await db.Kindcontacten.AsNoTracking().Where(k => k.CasusId == casusId).OrderBy(k => k.KindRef).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<KindcontactBeeld>([.. kinderen.Select(k => k.Beeld(termijnen))]));
    }

    internal static async Task Verlopen(VeiligheidDbContext db, Guid id, DateTimeOffset nu, CancellationToken ct)
    {
        var kind = await db.Kindcontacten.SingleAsync(k => k.Id == id, ct);
        db.Publish(new KindcontactVerlopen(kind.CasusId, kind.KindRef, kind.LaatsteOp), kind.CasusId, nu);
    }

    internal static Task Wek(VeiligheidDbContext db, Kindcontact kind, Termijnboek termijnen, CancellationToken ct) =>
        db.SetAlarmAsync(kind.CasusId, VeiligheidWekker.Kindcontact, kind.Id, kind.UiterlijkOp(termijnen), ct);

    internal void Controleer(DateTimeOffset nu) =>
        new Invoer()
            .Eis(CasusId is not null && CasusId != Guid.Empty, "/casusId", "Vermeld om welke casus het gaat.")
            .EisTekst(KindRef, "/kindRef", "Om welk kind het gaat", hooguit: 100)
            .Eis(GezienOp is not null, "/gezienOp", "Wanneer het kind is gezien of gesproken, ontbreekt.")
            .Eis(!(GezienOp > nu), "/gezienOp", "Dit moment ligt in de toekomst.")
            .Eis(Alleen is not null, "/alleen", "Vermeld of het kind alleen is gesproken.")
            .Klaar();
}

/// <summary>Wanneer een kind voor het laatst is gezien, en hoe lang dat mag duren.</summary>
public sealed class Kindcontact
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string KindRef { get; init; }
    public bool IsMaatregel { get; private set; }
    public DateTimeOffset? KaderVanaf { get; private set; }
    public bool IsGesloten { get; private set; }
    public DateTimeOffset? CasusSinds { get; private set; }
    public DateTimeOffset? LaatsteOp { get; private set; }

    /// <summary>Het begin van een maatregel of het heropenen van de casus, als dat later was dan het laatste contact.</summary>
    public DateTimeOffset? TeltVanaf { get; private set; }
    public bool? Alleen { get; private set; }
    public Guid? DoorId { get; private set; }

    internal KindcontactBeeld Beeld(Termijnboek termijnen) => new(CasusId, KindRef, LaatsteOp, Alleen, DoorId, UiterlijkOp(termijnen));

    /// <summary>Leeg zolang er geen eerste contact was, en als de casus is afgesloten.</summary>
    internal DateTimeOffset? UiterlijkOp(Termijnboek termijnen) =>
        IsGesloten || (LaatsteOp > TeltVanaf ? LaatsteOp : TeltVanaf ?? LaatsteOp) is not { } sinds ? null : termijnen[IsMaatregel ? "kindcontact-maatregel" : "kindcontact"].Verloopt(sinds);

    /// <returns>Of dit het laatste contact is; een eerder contact dat later wordt vastgelegd verandert niets.</returns>
    public bool Gezien(DateTimeOffset op, bool alleen, Guid doorId)
    {
        if (op <= LaatsteOp)
            return false;
        (LaatsteOp, Alleen, DoorId) = (op, alleen, doorId);
        return true;
    }

    /// <summary>Onder een maatregel wordt een kind vaker gezien; de klok begint dan bij de maatregel.</summary>
    public bool Kader(bool isMaatregel, DateTimeOffset vanaf)
    {
        if (vanaf <= KaderVanaf)
            return false;
        (IsMaatregel, KaderVanaf) = (isMaatregel, vanaf);
        if (isMaatregel)
            TeltVanaf = vanaf;
        return true;
    }

    /// <summary>Een afgesloten casus heeft geen klok; een heropende begint opnieuw te tellen.</summary>
    public bool Casus(bool isGesloten, DateTimeOffset op)
    {
        if (op <= CasusSinds)
            return false;
        (IsGesloten, CasusSinds) = (isGesloten, op);
        if (!isGesloten)
            TeltVanaf = op;
        return true;
    }
}

/// <summary>Wanneer een kind het laatst is gezien.</summary>
/// <param name="UiterlijkOp">Wanneer het opnieuw gezien moet zijn.</param>
public sealed record KindcontactBeeld(Guid CasusId, string KindRef, DateTimeOffset? LaatsteOp, bool? Alleen, Guid? DoorId, DateTimeOffset? UiterlijkOp);

/// <summary>Elk kind van een nieuwe casus heeft een klok.</summary>
public sealed class CasusGeopendConsumer(VeiligheidDbContext db, ConsumerTools tools) : OnceConsumer<CasusGeopend>(db, tools)
{
    protected override Guid? Holds(CasusGeopend message) => message.CasusId;

    protected override async Task Handle(CasusGeopend message, CancellationToken ct)
    {
        foreach (var kind in message.Kinderen)
            await db.KindVan(message.CasusId, kind, Now, ct);
    }
}

/// <summary>Onder een maatregel loopt de klok sneller.</summary>
public sealed class KaderGewijzigdConsumer(VeiligheidDbContext db, ConsumerTools tools, Termijnboek termijnen) : OnceConsumer<KaderGewijzigd>(db, tools)
{
    protected override Guid? Holds(KaderGewijzigd message) => message.CasusId;

    protected override async Task Handle(KaderGewijzigd message, CancellationToken ct)
    {
        var kind = await db.KindVan(message.CasusId, message.KindRef, Now, ct);
        if (kind.Kader(message.Naar is not ("vrijwillig" or "drang"), message.Vanaf))
            await KindcontactVastleggen.Wek(db, kind, termijnen, ct);
    }
}

/// <summary>Met de casus stopt de klok.</summary>
public sealed class CasusAfgeslotenConsumer(VeiligheidDbContext db, ConsumerTools tools, Termijnboek termijnen) : OnceConsumer<CasusAfgesloten>(db, tools)
{
    protected override Guid? Holds(CasusAfgesloten message) => message.CasusId;

    protected override Task Handle(CasusAfgesloten message, CancellationToken ct) => db.CasusVolgen(message.CasusId, isGesloten: true, message.Op, termijnen, ct);
}

/// <summary>Met de casus begint de klok opnieuw.</summary>
public sealed class CasusHeropendConsumer(VeiligheidDbContext db, ConsumerTools tools, Termijnboek termijnen) : OnceConsumer<CasusHeropend>(db, tools)
{
    protected override Guid? Holds(CasusHeropend message) => message.CasusId;

    protected override Task Handle(CasusHeropend message, CancellationToken ct) => db.CasusVolgen(message.CasusId, isGesloten: false, message.Op, termijnen, ct);
}
