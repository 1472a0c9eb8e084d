using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Veiligheid;

/// <summary>Wie nu de regie houdt: die mag het advies lezen en bevestigt incidenten.</summary>
public sealed class Regisseur
{
    public required Guid CasusId { get; init; }
    public required Guid RegisseurId { get; set; }
    public required DateTimeOffset Vanaf { get; set; }
}

/// <summary>Volgt de regielijn. Berichten mogen door elkaar komen: de laatste ingang telt.</summary>
public abstract class RegieVolgen<TFeit>(VeiligheidDbContext db, Database database, ConsumerTools tools, Func<TFeit, Regisseur> lees) : OnceConsumer<TFeit>(db, tools)
    where TFeit : class
{
    protected sealed override async Task Handle(TFeit message, CancellationToken ct)
    {
        var feit = lees(message);
        // Two facts of one casus may be handled at once; the older one must not be written last.
        await database.LockAsync(db, feit.CasusId, ct);
        if (await db.Regisseurs.FindAsync([feit.CasusId], ct) is not { } bekend)
            db.Regisseurs.Add(feit);
        else if (feit.Vanaf > bekend.Vanaf)
            (bekend.RegisseurId, bekend.Vanaf) = (feit.RegisseurId, feit.Vanaf);
    }
}

public sealed class RegieToegekendConsumer(VeiligheidDbContext db, Database database, ConsumerTools tools)
    : RegieVolgen<RegieToegekend>(db, database, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.RegisseurId, Vanaf = m.Vanaf });

public sealed class RegieOvergedragenConsumer(VeiligheidDbContext db, Database database, ConsumerTools tools)
    : RegieVolgen<RegieOvergedragen>(db, database, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.NaarId, Vanaf = m.Vanaf });

public sealed class VervangingGestartConsumer(VeiligheidDbContext db, Database database, ConsumerTools tools)
    : RegieVolgen<VervangingGestart>(db, database, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.WaarnemerId, Vanaf = m.Vanaf });

public sealed class VervangingBeeindigdConsumer(VeiligheidDbContext db, Database database, ConsumerTools tools)
    : RegieVolgen<VervangingBeeindigd>(db, database, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.RegisseurId, Vanaf = m.Vanaf });

public sealed class NoodhouderAangewezenConsumer(VeiligheidDbContext db, Database database, ConsumerTools tools)
    : RegieVolgen<NoodhouderAangewezen>(db, database, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.NoodhouderId, Vanaf = m.Vanaf });
