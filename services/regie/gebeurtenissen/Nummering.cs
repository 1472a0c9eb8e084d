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

    // What another replica wrote or numbered is seen this much later.
    private static readonly TimeSpan Kijken = TimeSpan.FromMilliseconds(250);

    // Entries of one casus keep their order, whatever a clock did that was set back.
    private static readonly FormattableString Nummeren = $"""
        update gebeurtenissen set positie = n.positie
        from (
          select casus_id, volgnr, (select coalesce(max(positie), 0) from gebeurtenissen) + row_number() over (order by aan_de_beurt, casus_id, volgnr) as positie
          from (
            select casus_id, volgnr, max(op) over (partition by casus_id order by volgnr) as aan_de_beurt
            from (select casus_id, volgnr, op from gebeurtenissen where positie is null order by casus_id, volgnr limit 500) as nieuw
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await NummerAsync(stoppingToken) > 0)
                    continue;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Gebeurtenissen nummeren lukt niet ({Reden}); over {Wachttijd} opnieuw", e.GetType().Name, Kijken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await _geschreven.WaitAsync(Kijken, stoppingToken);
        }
    }

    private async Task<int> NummerAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
        var genummerd = 0;
        if (!await IsAllesGenummerdAsync(db, ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await database.LockAsync(db, Slot, ct);
            genummerd = await db.Database.ExecuteSqlAsync(Nummeren, ct);
            await transaction.CommitAsync(ct);
        }

        if (await Feed.KopAsync(db, ct) is var tot && tot != _tot)
        {
            _tot = tot;
            kop.Meld();
        }

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
