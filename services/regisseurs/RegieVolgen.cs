using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regisseurs;

/// <summary>Volgt de regielijn. Berichten mogen door elkaar komen: de laatste ingang telt.</summary>
public static class RegieVolgen
{
    /// <summary>What a service listens to that keeps <see cref="Regisseur"/> in <typeparamref name="TDb"/>.</summary>
    public static IReadOnlyList<Type> In<TDb>()
        where TDb : ServiceDbContext =>
    [
        typeof(RegieToegekendConsumer<TDb>),
        typeof(RegieOvergedragenConsumer<TDb>),
        typeof(VervangingGestartConsumer<TDb>),
        typeof(VervangingBeeindigdConsumer<TDb>),
        typeof(NoodhouderAangewezenConsumer<TDb>),
        typeof(NoodoverdrachtGedaanConsumer<TDb>),
        typeof(RegieAfgeslotenConsumer<TDb>),
    ];
}

/// <inheritdoc cref="RegieVolgen"/>
public abstract class RegieVolgen<TDb, TFeit>(TDb db, ConsumerTools tools, Func<TFeit, Regisseur> lees) : OnceConsumer<TFeit>(db, tools)
    where TDb : ServiceDbContext
    where TFeit : class
{
    // Two facts of one casus may be handled at once; the older one must not be written last.
    protected sealed override Guid? Holds(TFeit message) => lees(message).CasusId;

    protected sealed override async Task Handle(TFeit message, CancellationToken ct)
    {
        var feit = lees(message);
        if (await db.Set<Regisseur>().FindAsync([feit.CasusId], ct) is not { } bekend)
            db.Add(feit);
        else if (feit.Vanaf > bekend.Vanaf)
            (bekend.RegisseurId, bekend.Vanaf) = (feit.RegisseurId, feit.Vanaf);
    }
}

public sealed class RegieToegekendConsumer<TDb>(TDb db, ConsumerTools tools)
    : RegieVolgen<TDb, RegieToegekend>(db, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.RegisseurId, Vanaf = m.Vanaf })
    where TDb : ServiceDbContext;

public sealed class RegieOvergedragenConsumer<TDb>(TDb db, ConsumerTools tools)
    : RegieVolgen<TDb, RegieOvergedragen>(db, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.NaarId, Vanaf = m.Vanaf })
    where TDb : ServiceDbContext;

public sealed class VervangingGestartConsumer<TDb>(TDb db, ConsumerTools tools)
    : RegieVolgen<TDb, VervangingGestart>(db, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.WaarnemerId, Vanaf = m.Vanaf })
    where TDb : ServiceDbContext;

public sealed class VervangingBeeindigdConsumer<TDb>(TDb db, ConsumerTools tools)
    : RegieVolgen<TDb, VervangingBeeindigd>(db, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.RegisseurId, Vanaf = m.Vanaf })
    where TDb : ServiceDbContext;

public sealed class NoodhouderAangewezenConsumer<TDb>(TDb db, ConsumerTools tools)
    : RegieVolgen<TDb, NoodhouderAangewezen>(db, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.NoodhouderId, Vanaf = m.Vanaf })
    where TDb : ServiceDbContext;

public sealed class NoodoverdrachtGedaanConsumer<TDb>(TDb db, ConsumerTools tools)
    : RegieVolgen<TDb, NoodoverdrachtGedaan>(db, tools, m => new() { CasusId = m.CasusId, RegisseurId = m.NaarId, Vanaf = m.Vanaf })
    where TDb : ServiceDbContext;

/// <summary>Van een afgesloten casus houdt niemand de regie.</summary>
public sealed class RegieAfgeslotenConsumer<TDb>(TDb db, ConsumerTools tools)
    : RegieVolgen<TDb, CasusAfgesloten>(db, tools, m => new() { CasusId = m.CasusId, RegisseurId = Guid.Empty, Vanaf = m.Op })
    where TDb : ServiceDbContext;
