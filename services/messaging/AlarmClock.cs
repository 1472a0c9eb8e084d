using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NetwerkRegie.Messaging;

/// <summary>A stored instant at which a service has to look at something by itself. It rings once.</summary>
public sealed class Alarm
{
    public required Guid OnderwerpId { get; init; }

    /// <summary>What it is for, in a word of the service.</summary>
    public required string Soort { get; init; }
    public required Guid CasusId { get; init; }
    public required DateTimeOffset Op { get; set; }
}

public static class AlarmExtensions
{
    /// <summary>The table <c>wekkers</c>, which the service makes in its own SQL.</summary>
    public static void MapAlarms(this ModelBuilder model) => model.Entity<Alarm>().ToTable("wekkers").HasKey(a => new { a.OnderwerpId, a.Soort });

    /// <summary>Sets the alarm of this subject, or moves it; null stops it.</summary>
    public static async Task SetAlarmAsync(this ServiceDbContext db, Guid casusId, string soort, Guid onderwerpId, DateTimeOffset? op, CancellationToken ct)
    {
        var alarm = await db.Set<Alarm>().FindAsync([onderwerpId, soort], ct);
        if (op is null && alarm is not null)
            db.Remove(alarm);
        else if (op is { } moment && alarm is not null)
            alarm.Op = moment;
        else if (op is { } first)
            db.Add(new Alarm { OnderwerpId = onderwerpId, Soort = soort, CasusId = casusId, Op = first });
    }
}

/// <summary>
/// Lets the alarms of a service ring. They are stored instants: a restart forgets none, a stop of a day only makes them late. Several
/// replicas may look at once; the casus' lock decides who acts, and the other finds the alarm gone.
/// </summary>
public abstract class AlarmClock<TDb>(IServiceScopeFactory scopes, Database database, TimeProvider time, ILogger<AlarmClock<TDb>> log) : BackgroundService, IAlarm
    where TDb : ServiceDbContext
{
    private const int BatchSize = 200;

    // How late an alarm may be noticed; a term is never less than minutes.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // What cannot be handled now must not keep the other alarms waiting.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    private readonly Signal _awake = new();

    public void Wake() => _awake.Set();

    public async Task<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TDb>().Set<Alarm>().OrderBy(a => a.Op).Select(a => (DateTimeOffset?)a.Op).FirstOrDefaultAsync(ct);
    }

    /// <summary>
    /// Does what is due, in a transaction that holds the casus. The alarm is already gone; what has to ring again is set again.
    /// </summary>
    /// <param name="now">When it rings; never before <see cref="Alarm.Op"/>.</param>
    protected abstract Task RingAsync(TDb db, Alarm alarm, DateTimeOffset now, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var rung = 0;
            try
            {
                rung = await RingDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Wekkers bekijken lukt niet ({Reden}); over {Wachttijd} opnieuw", e.GetType().Name, Look);
            }

            if (rung == 0)
                await _awake.WaitAsync(Look, stoppingToken);
        }
    }

    private async Task<int> RingDueAsync(CancellationToken ct)
    {
        List<Alarm> due;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var now = time.GetUtcNow();
            due = await scope.ServiceProvider.GetRequiredService<TDb>().Set<Alarm>().AsNoTracking().Where(a => a.Op <= now).OrderBy(a => a.Op).Take(BatchSize).ToListAsync(ct);
        }

        foreach (var alarm in due)
        {
            try
            {
                await RingAsync(alarm, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogError(e, "Casus {CasusId}: wekker {Soort} van {OnderwerpId} lukt niet", alarm.CasusId, alarm.Soort, alarm.OnderwerpId);
                await PostponeAsync(alarm, ct);
            }
        }

        return due.Count;
    }

    private async Task RingAsync(Alarm seen, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, seen.CasusId, ct);
        var now = time.GetUtcNow();
        if (await db.Set<Alarm>().FindAsync([seen.OnderwerpId, seen.Soort], ct) is not { } alarm || alarm.Op > now)
            return;
        Telemetry.Lateness.Record((now - alarm.Op).TotalSeconds);
        using var span = Telemetry.Source.StartActivity($"alarm {alarm.Soort}");
        span?.SetTag(Telemetry.Casus, alarm.CasusId);
        db.Remove(alarm);
        await db.SaveChangesAsync(ct);
        await RingAsync(db, alarm, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task PostponeAsync(Alarm alarm, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var later = time.GetUtcNow() + RetryAfter;
        await scope.ServiceProvider.GetRequiredService<TDb>().Set<Alarm>().Where(a => a.OnderwerpId == alarm.OnderwerpId && a.Soort == alarm.Soort)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.Op, later), ct);
    }
}
