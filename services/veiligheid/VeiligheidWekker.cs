using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Veiligheid;

/// <summary>Waar veiligheid vanzelf naar kijkt. Geen van deze klokken staat stil als het kernteam op stop drukt.</summary>
internal sealed class VeiligheidWekker(IServiceScopeFactory scopes, Database database, TimeProvider time, Regio regio, Termijnboek termijnen, ILogger<VeiligheidWekker> log)
    : AlarmClock<VeiligheidDbContext>(scopes, database, time, log)
{
    public const string Incident = "incident";
    public const string Standby = "standby";
    public const string Kindcontact = "kindcontact";

    protected override Task RingAsync(VeiligheidDbContext db, Alarm alarm, DateTimeOffset now, CancellationToken ct) => alarm.Soort switch
    {
        Incident => IncidentMelden.NietBevestigd(db, alarm.OnderwerpId, regio, termijnen, now, ct),
        Standby => StandbyZetten.Verstreken(db, alarm.OnderwerpId, now, ct),
        Kindcontact => KindcontactVastleggen.Verlopen(db, alarm.OnderwerpId, now, ct),
        _ => throw new InvalidOperationException($"Onbekende wekker '{alarm.Soort}'."),
    };
}
