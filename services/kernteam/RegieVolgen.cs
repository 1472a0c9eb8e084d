using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Kernteam;

/// <summary>Bewaart een feit van de regielijn, ook als het kernteam er nog niet is. Zie <see cref="Samenstelling"/>.</summary>
public abstract class RegieVolgen<TFeit>(KernteamDbContext db, ConsumerTools tools, Func<TFeit, Regiewissel> lees) : OnceConsumer<TFeit>(db, tools)
    where TFeit : class
{
    protected sealed override async Task Handle(TFeit message, CancellationToken ct)
    {
        var wissel = lees(message);
        if (await db.Regiewissels.FindAsync([wissel.CasusId, wissel.Vanaf, wissel.NaarId], ct) is null)
            db.Regiewissels.Add(wissel);
    }
}

/// <summary>Wie overdroeg, houdt een stoel als vast gezicht; wie alleen waarnam niet.</summary>
public sealed class RegieOvergedragenConsumer(KernteamDbContext db, ConsumerTools tools)
    : RegieVolgen<RegieOvergedragen>(db, tools, m => new(m.CasusId, m.Vanaf, m.NaarId, m.IsTerugkeer ? null : m.VanId));

/// <summary>Wie wordt vervangen, blijft intussen het vaste gezicht.</summary>
public sealed class VervangingGestartConsumer(KernteamDbContext db, ConsumerTools tools)
    : RegieVolgen<VervangingGestart>(db, tools, m => new(m.CasusId, m.Vanaf, m.WaarnemerId, m.RegisseurId));

/// <summary>De waarnemer gaat van tafel.</summary>
public sealed class VervangingBeeindigdConsumer(KernteamDbContext db, ConsumerTools tools)
    : RegieVolgen<VervangingBeeindigd>(db, tools, m => new(m.CasusId, m.Vanaf, m.RegisseurId, null));

/// <summary>De houder in laatste instantie neemt de stoel over.</summary>
public sealed class NoodhouderAangewezenConsumer(KernteamDbContext db, ConsumerTools tools)
    : RegieVolgen<NoodhouderAangewezen>(db, tools, m => new(m.CasusId, m.Vanaf, m.NoodhouderId, null));

/// <summary>Wie de regie in nood overdroeg, houdt een stoel als vast gezicht.</summary>
public sealed class NoodoverdrachtGedaanConsumer(KernteamDbContext db, ConsumerTools tools)
    : RegieVolgen<NoodoverdrachtGedaan>(db, tools, m => new(m.CasusId, m.Vanaf, m.NaarId, m.VanId));
