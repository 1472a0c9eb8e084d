using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>Wat regie vanzelf doet als het moment er is, buiten de stromen om.</summary>
internal sealed class RegieWekker(IServiceScopeFactory scopes, Database database, TimeProvider time, ILogger<RegieWekker> log)
    : AlarmClock<RegieDbContext>(scopes, database, time, log)
{
    public const string Retrospectief = "retrospectief";

    protected override Task RingAsync(RegieDbContext db, Alarm alarm, DateTimeOffset now, CancellationToken ct) => alarm.Soort switch
    {
        Retrospectief => RetrospectiefMaken.Definitief(db, alarm.OnderwerpId, now, ct),
        _ => throw new InvalidOperationException($"Onbekende wekker '{alarm.Soort}'."),
    };
}
