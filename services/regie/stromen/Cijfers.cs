using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>Hoe het met de stromen en de regie staat, in getallen. Minuten zonder regie zijn er nooit; dat blijkt hier, en niet uit de code die het belooft.</summary>
internal sealed class Cijfers(IServiceScopeFactory scopes, TimeProvider time, ILogger<Figures<RegieDbContext>> log) : Figures<RegieDbContext>(scopes, time, Vast, log)
{
    /// <summary>From the moment a casus is held until everything is written down; the commit is its owner's.</summary>
    public static readonly Histogram<double> Burst = Telemetry.Meter.CreateHistogram<double>("netwerkregie.burst.duration", "s", "How long a burst took, without waiting for the casus and without the commit");

    private static readonly Gauge<int> Vast = Telemetry.Meter.CreateGauge<int>("netwerkregie.stromen.vast", "{stroom}", "Flows that a person must look at: over their term, or faulted");

    private static readonly Gauge<double> ZonderRegie = Telemetry.Meter.CreateGauge<double>("netwerkregie.regie.zonder", "min", "Minutes that open casussen have been without a regisseur, all together; must be 0");

    // A term that passes is handled within seconds; after this something keeps it.
    private static readonly TimeSpan Speling = TimeSpan.FromMinutes(1);

    protected override async Task MeasureAsync(RegieDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var teLaat = now - Speling;
        Vast.Record(await db.Stromen.CountAsync(s => s.AfgerondOp == null
            && (s.Storingen > 0 || db.Wachtpunten.Any(w => w.StroomId == s.Id && w.AfgehandeldOp == null && w.VerlooptOp < teLaat)), ct));
        ZonderRegie.Record(await ZonderRegieAsync(db, now, ct));
    }

    /// <summary>De minuten die open casussen zonder regisseur waren, tussen twee houders en sinds de laatste.</summary>
    internal static async Task<double> ZonderRegieAsync(RegieDbContext db, DateTimeOffset nu, CancellationToken ct)
    {
        var regie = db.Perioden.Where(p => p.Lijn == Lijnen.Regie);
        var zonder = await db.Casussen.Where(c => c.IsOpen && !regie.Any(p => p.CasusId == c.Id && p.IsOpen))
            .Select(c => regie.Where(p => p.CasusId == c.Id).Max(p => p.Tot) ?? c.GeopendOp).ToListAsync(ct);
        var gaten = await regie.Join(regie, p => new { p.CasusId, Volgnr = p.Volgnr + 1 }, v => new { v.CasusId, v.Volgnr }, (p, v) => new { p.Tot, v.Vanaf })
            .Where(g => g.Tot < g.Vanaf).ToListAsync(ct);
        return zonder.Sum(sinds => (nu - sinds).TotalMinutes) + gaten.Sum(g => (g.Vanaf - g.Tot!.Value).TotalMinutes);
    }
}
