using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// Zet de stroom op de topic exchange van RabbitMQ, voor elke afnemer onder zijn eigen naam: wie daar mag luisteren bepaalt de broker aan
/// het eerste woord van de routing key. De broker heeft bevestigd voordat de plaats opschuift; na een uitval komt een stuk dubbel, nooit
/// te weinig.
/// </summary>
internal sealed class Publiceren(IServiceScopeFactory scopes, Bus bus, Database database, Afzender afzender, Regio regio, Kop kop, TimeProvider time, ILogger<Publiceren> log) : BackgroundService, IAlarm
{
    private const string Naam = EventExchange.Name;
    private const int Bladzijde = 200;

    private static readonly Guid Slot = new("5d9e1c07-3a42-4f8b-8f1d-0b6a7c2e94d1");

    // How late it tries again after a fault.
    private static readonly TimeSpan Kijken = TimeSpan.FromSeconds(1);

    // Publishing waits for a broker that is away; our transaction must not wait along.
    private static readonly TimeSpan Geduld = TimeSpan.FromSeconds(10);

    public void Wake() => kop.Meld();

    public async Task<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return !bus.IsEmbedded && await IsErMeerAsync(scope.ServiceProvider.GetRequiredService<RegieDbContext>(), ct) ? time.Nu() : null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var exchange = bus.Exchange();
        while (exchange is not null && !stoppingToken.IsCancellationRequested)
        {
            var nieuws = kop.Nieuws;
            try
            {
                if (await PubliceerAsync(exchange, stoppingToken))
                    continue;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Gebeurtenissen op {Exchange} zetten lukt niet ({Reden}); zo opnieuw", Naam, e.GetType().Name);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Kop.WachtAsync(nieuws, Kijken, stoppingToken);
        }
    }

    private static async Task<bool> IsErMeerAsync(RegieDbContext db, CancellationToken ct) =>
        await Feed.KopAsync(db, ct) > (await db.Publicaties.AsNoTracking().SingleOrDefaultAsync(p => p.Naam == Naam, ct) is { } tot ? tot.Positie : 0);

    private async Task<bool> PubliceerAsync(EventExchange exchange, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
        if (!await IsErMeerAsync(db, ct))
            return false;
        // One replica at a time; a database in a file is of one process, and must not be held while the broker thinks.
        await using var transaction = database.IsEmbedded ? null : await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, Slot, ct);
        var tot = await db.Publicaties.SingleOrDefaultAsync(p => p.Naam == Naam, ct);
        if (tot is null)
            db.Publicaties.Add(tot = new() { Naam = Naam, Positie = 0 });
        var plaatsen = await db.Logboek.Where(g => g.Positie > tot.Positie).OrderBy(g => g.Positie).Take(Bladzijde).Select(g => g.Positie!.Value).ToListAsync(ct);
        if (plaatsen.Count == 0)
            return false;

        var berichten = new List<(string Afnemer, FeedRegel Regel)>();
        foreach (var afnemer in regio.Afnemers ?? [])
            berichten.AddRange((await Feed.OpAsync(db, await Publiek.VanAsync(db, afnemer, ct), plaatsen, ct)).Select(regel => (afnemer.Naam, regel)));
        using var genoeg = CancellationTokenSource.CreateLinkedTokenSource(ct);
        genoeg.CancelAfter(Geduld);
        await exchange.OpenAsync(genoeg.Token);
        await Task.WhenAll(berichten.GroupBy(b => (b.Afnemer, b.Regel.Regel.CasusId)).Select(async opVolgorde =>
        {
            foreach (var (afnemer, (regel, sequence)) in opVolgorde)
            {
                var gebeurtenis = afzender.Van(regel, sequence);
                await exchange.PublishAsync($"{afnemer}.{regel.Type}.{regel.CasusId}", gebeurtenis.Id, CloudEvent.Json, gebeurtenis.Kenmerken(), gebeurtenis.AlsJson(), genoeg.Token);
            }
        }));

        tot.Positie = plaatsen[^1];
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return true;
    }
}
