using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NetwerkRegie.Messaging;

/// <summary>Figures that stand in a database and that nobody counts along the way: looked up now and then, and only while somebody listens.</summary>
/// <param name="first">One of the figures; whoever listens to one listens to all.</param>
public abstract class Figures<TDb>(IServiceScopeFactory scopes, TimeProvider time, Instrument first, ILogger<Figures<TDb>> log) : BackgroundService
    where TDb : ServiceDbContext
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected abstract Task MeasureAsync(TDb db, DateTimeOffset now, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (first.Enabled)
                    await MeasureAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Meten lukt niet ({Reden}); over {Wachttijd} opnieuw", e.GetType().Name, Interval);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
            }

            await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MeasureAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await MeasureAsync(scope.ServiceProvider.GetRequiredService<TDb>(), time.GetUtcNow(), ct);
    }
}

/// <summary>Whether the messages of a service leave, and whether somebody must look at one.</summary>
internal sealed class MessageFigures<TDb>(string service, IServiceScopeFactory scopes, TimeProvider time, ILogger<Figures<TDb>> log)
    : Figures<TDb>(scopes, time, MessageFigures.OldestInOutbox, log)
    where TDb : ServiceDbContext
{
    private readonly KeyValuePair<string, object?> _dienst = new("dienst", service);

    protected override async Task MeasureAsync(TDb db, DateTimeOffset now, CancellationToken ct)
    {
        var oldest = await db.Outbox.OrderBy(m => m.Volgnr).Select(m => (DateTimeOffset?)m.AangemaaktOp).FirstOrDefaultAsync(ct);
        MessageFigures.OldestInOutbox.Record(oldest is { } moment ? Math.Max(0, (now - moment).TotalSeconds) : 0, _dienst);
        MessageFigures.Undeliverable.Record(await db.OnverwerkbareBerichten.CountAsync(ct), _dienst);
    }
}

internal static class MessageFigures
{
    public static readonly Gauge<double> OldestInOutbox = Telemetry.Meter.CreateGauge<double>("netwerkregie.outbox.oldest", "s", "Age of the oldest message that has not left");

    public static readonly Gauge<int> Undeliverable = Telemetry.Meter.CreateGauge<int>("netwerkregie.messages.undeliverable", "{message}", "Messages that nobody could handle and that wait for a person");
}
