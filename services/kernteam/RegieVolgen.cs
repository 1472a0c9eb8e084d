using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Kernteam;

/// <summary>Bewaart een feit van de regielijn, ook als het kernteam er nog niet is. Zie <see cref="Samenstelling"/>.</summary>
public abstract class RegieVolgen<TFeit>(KernteamDbContext db, ConsumerTools tools, Func<TFeit, Regiewissel> lees) : OnceConsumer<TFeit>(db, tools)
    where TFeit : class
{
    protected sealed override Guid? Holds(TFeit message) => lees(message).CasusId;

    protected sealed override async Task Handle(TFeit message, CancellationToken ct)
    {
        var wissel = lees(message);
        if (await db.Regiewissels.FindAsync([wissel.CasusId, wissel.Vanaf, wissel.NaarId], ct) is not null)
            return;
        db.Regiewissels.Add(wissel);
        await Ingegaan(db, wissel, ct);
    }

    /// <summary>Wat er verder volgt als dit feit nieuw is.</summary>
    protected virtual Task Ingegaan(KernteamDbContext db, Regiewissel wissel, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>
/// De regie ging voorgoed naar een ander. Is dat een andere organisatie, dan staat die nog niet achter de stoel van de regisseur en wordt
/// haar rugdekking gevraagd; wie eenmaal is gevraagd, wordt bij elke volgende regisseur opnieuw gevraagd.
/// </summary>
public abstract class RegieGingOver<TFeit>(KernteamDbContext db, ConsumerTools tools, Regio regio, Func<TFeit, Regiewissel> lees) : RegieVolgen<TFeit>(db, tools, lees)
    where TFeit : class
{
    protected sealed override async Task Ingegaan(KernteamDbContext db, Regiewissel wissel, CancellationToken ct)
    {
        if (wissel.VanId is not { } vanId || Organisatie(wissel.NaarId) is not { } organisatie || await db.Kernteams.FindAsync([wissel.CasusId], ct) is not { IngesteldOp: not null })
            return;
        var stoel = await db.Stoelen.SingleOrDefaultAsync(s => s.CasusId == wissel.CasusId && s.Naam == Stoel.Regisseur, ct);
        // Facts come in any order: the last one counts.
        if (stoel is null ? Organisatie(vanId) == organisatie : stoel.Sinds >= wissel.Vanaf)
            return;
        if (stoel is not null)
            db.Stoelen.Remove(stoel);
        db.Stoelen.Add(new Stoel(wissel.CasusId, Stoel.Regisseur, wissel.NaarId, wissel.Vanaf) { Organisatie = organisatie });
    }

    private string? Organisatie(Guid id) => regio.Professionals.FirstOrDefault(p => p.Id == id)?.Organisatie;
}

/// <summary>Wie overdroeg, houdt een stoel als vast gezicht; wie alleen waarnam niet.</summary>
public sealed class RegieOvergedragenConsumer(KernteamDbContext db, ConsumerTools tools, Regio regio)
    : RegieGingOver<RegieOvergedragen>(db, tools, regio, m => new(m.CasusId, m.Vanaf, m.NaarId, m.IsTerugkeer ? null : m.VanId));

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
public sealed class NoodoverdrachtGedaanConsumer(KernteamDbContext db, ConsumerTools tools, Regio regio)
    : RegieGingOver<NoodoverdrachtGedaan>(db, tools, regio, m => new(m.CasusId, m.Vanaf, m.NaarId, m.VanId));
