using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Kernteam;

/// <summary>Waar het kernteam vanzelf aan herinnerd wordt.</summary>
internal sealed class KernteamWekker(IServiceScopeFactory scopes, Database database, TimeProvider time, Termijnboek termijnen, ILogger<KernteamWekker> log)
    : AlarmClock<KernteamDbContext>(scopes, database, time, log)
{
    public const string Actie = "actie";
    public const string Herijking = "herijking";
    public const string Koersbesluit = "koersbesluit";
    public const string Ritme = "ritme";

    protected override Task RingAsync(KernteamDbContext db, Alarm alarm, DateTimeOffset now, CancellationToken ct) => alarm.Soort switch
    {
        Actie => ActieAfspreken.Verlopen(db, alarm.OnderwerpId, termijnen, now, ct),
        Ritme => RitmeAfspreken.Verstreken(db, alarm.CasusId, now),
        Koersbesluit => StapVragen.Verstreken(db, alarm.OnderwerpId, now, ct),
        Herijking => PlanHerijken.Verstreken(db, alarm.OnderwerpId, now, ct),
        _ => throw new InvalidOperationException($"Onbekende wekker '{alarm.Soort}'."),
    };
}
