using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// Geeft elke regel van het logboek na haar commit een plaats in de ene stroom naar buiten: oplopend, zonder gaten en voor altijd. Wie
/// tot een plaats heeft gelezen, heeft alles daarvoor gezien.
/// </summary>
/// <remarks>
/// A number taken while writing would not do: of two transactions the later number can commit first, and a reader would step over the
/// other. Here one replica at a time numbers what is committed, and a batch of numbers appears at once.
/// </remarks>
internal sealed class Nummering(IServiceScopeFactory scopes, Database database, Kop kop, TimeProvider time, ILogger<Nummering> log) : BackgroundService, IAlarm, IDbTransactionInterceptor
{
    // Known to every replica, and to no casus.
    private static readonly Guid Slot = new("a8f0c3d2-7b1e-4c55-9a64-5e0d2f1b7c90");

    private const string Nieuws = "gebeurtenissen";
    private const int Portie = 500;

    // Only the safety net: what a replica wrote that died before it numbered, and news that was told while nobody could listen.
    private static readonly TimeSpan Kijken = TimeSpan.FromSeconds(1);

    // Entries of one casus keep their order, whatever a clock did that was set back.
    private static readonly FormattableString Nummeren = $"""
        update gebeurtenissen set positie = n.positie
        from (
          select casus_id, volgnr, (select coalesce(max(positie), 0) from gebeurtenissen) + row_number() over (order by aan_de_beurt, casus_id, volgnr) as positie
          from (
            select casus_id, volgnr, max(op) over (partition by casus_id order by volgnr) as aan_de_beurt
            from (select casus_id, volgnr, op from gebeurtenissen where positie is null order by casus_id, volgnr limit {Portie}) as nieuw
          ) as gesorteerd
        ) as n
        where gebeurtenissen.casus_id = n.casus_id and gebeurtenissen.volgnr = n.volgnr
        """;

    private readonly Signal _geschreven = new();
    private long _tot;

    public void Wake() => _geschreven.Set();

    public async Task<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await IsAllesGenummerdAsync(scope.ServiceProvider.GetRequiredService<RegieDbContext>(), ct) ? null : time.Nu();
    }

    void IDbTransactionInterceptor.TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        if (eventData.Context is RegieDbContext { HeeftGelogd: true } db)
        {
            db.HeeftGelogd = false;
            _geschreven.Set();
        }
    }

    Task IDbTransactionInterceptor.TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken)
    {
        ((IDbTransactionInterceptor)this).TransactionCommitted(transaction, eventData);
        return Task.CompletedTask;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        // Told by the one replica that numbers, so that readers at another hear of it at once.
        SteedsAsync("Luisteren naar nieuwe gebeurtenissen", ct => database.ListenAsync(RegieService.Naam, Nieuws, kop.Meld, ct), stoppingToken),
        SteedsAsync("Gebeurtenissen nummeren", NummerAsync, stoppingToken));

    private async Task SteedsAsync(string wat, Func<CancellationToken, Task> doe, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await doe(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                log.LogWarning("{Wat} lukt niet ({Reden}); over {Wachttijd} opnieuw", wat, e.GetType().Name, Kijken);
                await Task.Delay(Kijken, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task NummerAsync(CancellationToken ct)
    {
        while (true)
        {
            await using (var scope = scopes.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
                int genummerd;
                do
                {
                    genummerd = await NummerAsync(db, ct);
                    if (genummerd > 0 || await IsVerderAsync(db, ct))
                        kop.Meld();
                }
                while (genummerd == Portie);
            }

            await _geschreven.WaitAsync(Kijken, ct);
            ct.ThrowIfCancellationRequested();
        }
    }

    // Another replica numbered, and nobody was told.
    private async Task<bool> IsVerderAsync(RegieDbContext db, CancellationToken ct) => _tot != (_tot = await Feed.KopAsync(db, ct));

    private async Task<int> NummerAsync(RegieDbContext db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var genummerd = await db.Database.ExecuteSqlAsync(database.Holding(Slot, Nummeren), ct);
        if (genummerd > 0)
            await database.TellAsync(db, Nieuws, ct);
        await transaction.CommitAsync(ct);
        return genummerd;
    }

    private static async Task<bool> IsAllesGenummerdAsync(RegieDbContext db, CancellationToken ct) => !await db.Logboek.AnyAsync(g => g.Positie == null, ct);
}

/// <summary>Laat wie op de volgende gebeurtenis wacht weten dat er een bij is; ook als een andere replica haar een plaats gaf.</summary>
internal sealed class Kop
{
    private TaskCompletionSource _nieuws = Leeg();

    /// <summary>Neem dit voordat je leest: dan mis je niets.</summary>
    public Task Nieuws => Volatile.Read(ref _nieuws).Task;

    public void Meld() => Interlocked.Exchange(ref _nieuws, Leeg()).SetResult();

    /// <summary>Wacht op <paramref name="nieuws"/>, of tot <paramref name="hooguit"/> voorbij is.</summary>
    public static async Task WachtAsync(Task nieuws, TimeSpan hooguit, CancellationToken ct)
    {
        using var genoeg = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(nieuws, Task.Delay(hooguit, genoeg.Token));
        await genoeg.CancelAsync();
    }

    private static TaskCompletionSource Leeg() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
