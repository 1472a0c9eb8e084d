using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Intake;

/// <summary>Wat intake vanzelf doet als het moment er is.</summary>
internal sealed class IntakeWekker(IServiceScopeFactory scopes, Database database, TimeProvider time, Termijnboek termijnboek, ILogger<IntakeWekker> log)
    : AlarmClock<IntakeDbContext>(scopes, database, time, log)
{
    public const string Verjaardag = "verjaardag";
    public const string Inzage = "inzage";

    protected override Task RingAsync(IntakeDbContext db, Alarm alarm, DateTimeOffset now, CancellationToken ct) => alarm.Soort switch
    {
        Verjaardag => Verjaren.Jarig(db, alarm, now, termijnboek, ct),
        Inzage => Inzageverzoeken.Verlopen(db, alarm.OnderwerpId, now, ct),
        _ => throw new InvalidOperationException($"Onbekende wekker '{alarm.Soort}'."),
    };
}
