using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Onderwijs;

/// <summary>Toestemming om iets met een school te delen, zoals intake die vertelt. Berichten mogen door elkaar komen: het vroegste einde telt.</summary>
public sealed class Toestemming
{
    /// <summary>De soort gegevens die het minimale contract met een school draagt.</summary>
    public const string Soort = "onderwijs";

    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }

    /// <summary>Leeg zolang alleen het einde bekend is; dan geldt zij niet.</summary>
    public string? PersoonRef { get; private set; }
    public Guid? OntvangerSleutel { get; private set; }
    public DateTimeOffset? VanafOp { get; private set; }
    public DateTimeOffset? TotOp { get; private set; }

    internal void Verleend(ToestemmingVerleend bericht)
    {
        (PersoonRef, OntvangerSleutel, VanafOp) = (bericht.PersoonRef, bericht.OntvangerSleutel, bericht.Vanaf);
        Eindigt(bericht.GeldigTot);
    }

    internal void Eindigt(DateTimeOffset? op) => TotOp = TotOp is null || op < TotOp ? op : TotOp;

    internal static async Task<Toestemming> ZoekAsync(OnderwijsDbContext db, Guid id, Guid casusId, CancellationToken ct)
    {
        if (await db.Toestemmingen.FindAsync([id], ct) is { } bekend)
            return bekend;
        var nieuw = new Toestemming { Id = id, CasusId = casusId };
        db.Toestemmingen.Add(nieuw);
        return nieuw;
    }
}

public sealed class ToestemmingVerleendConsumer(OnderwijsDbContext db, ConsumerTools tools) : OnceConsumer<ToestemmingVerleend>(db, tools)
{
    protected override Guid? Holds(ToestemmingVerleend message) => message.CasusId;

    protected override async Task Handle(ToestemmingVerleend message, CancellationToken ct)
    {
        if (message.Gegevens == Toestemming.Soort)
            (await Toestemming.ZoekAsync(db, message.ToestemmingId, message.CasusId, ct)).Verleend(message);
    }
}

/// <summary>Wat een einde aan toestemming betekent voor wat er met scholen wordt gedeeld.</summary>
public abstract class ToestemmingEindigtConsumer<TFeit>(OnderwijsDbContext db, ConsumerTools tools, Func<TFeit, (Guid CasusId, IEnumerable<(Guid Id, DateTimeOffset? Op)> Einden)> lees)
    : OnceConsumer<TFeit>(db, tools)
    where TFeit : class
{
    protected sealed override Guid? Holds(TFeit message) => lees(message).CasusId;

    protected sealed override async Task Handle(TFeit message, CancellationToken ct)
    {
        var (casusId, einden) = lees(message);
        foreach (var (id, op) in einden.Where(e => e.Op is not null))
            (await Toestemming.ZoekAsync(db, id, casusId, ct)).Eindigt(op);
        // What is told to others follows at once; what a school reads was already decided by the consent itself.
        await db.Toestemmingen.Where(t => t.CasusId == casusId).LoadAsync(ct);
        var over = db.Toestemmingen.Local.Where(t => t.CasusId == casusId && t.VanafOp is not null && (t.TotOp is null || t.TotOp > Now)).ToList();
        foreach (var school in await db.BetrokkenScholen.Where(s => s.CasusId == casusId && s.BeeindigdOp == null).ToListAsync(ct))
            if (!over.Any(t => t.PersoonRef == school.KindRef && t.OntvangerSleutel == school.SchoolSleutel))
                DelenBeeindigen.Beeindig(db, school, Now);
    }
}

public sealed class ToestemmingIngetrokkenConsumer(OnderwijsDbContext db, ConsumerTools tools)
    : ToestemmingEindigtConsumer<ToestemmingIngetrokken>(db, tools, m => (m.CasusId, [(m.ToestemmingId, m.Op)]));

public sealed class HerbevestigingNodigConsumer(OnderwijsDbContext db, ConsumerTools tools)
    : ToestemmingEindigtConsumer<HerbevestigingNodig>(db, tools, m => (m.CasusId, m.Toestemmingen.Select(t => (t.ToestemmingId, t.DelenTot))));
