using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// Lets terms pass. Terms are stored instants, so a restart forgets none and a stop of a day only makes them late. Several
/// replicas may look at once: the casus' lock decides who acts, and the other finds nothing left to do.
/// </summary>
internal sealed class TermijnenBewaken(IServiceScopeFactory scopes, TimeProvider time, ILogger<TermijnenBewaken> log) : BackgroundService, IAlarm
{
    private const int BatchSize = 200;
    private const int Naast = 4;

    // How late a term may be noticed; a term is never less than minutes.
    private static readonly TimeSpan Kijken = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] OpnieuwNa = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    private readonly Signal _wakker = new();

    public void Wake() => _wakker.Set();

    public async Task<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
        return await db.Wachtpunten.Where(w => w.AfgehandeldOp == null && w.VerlooptOp != null).OrderBy(w => w.VerlooptOp).Select(w => w.VerlooptOp).FirstOrDefaultAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var verlopen = 0;
            try
            {
                verlopen = await LaatVerlopenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Termijnen bewaken lukt niet ({Reden}); over {Wachttijd} opnieuw", e.GetType().Name, Kijken);
            }

            if (verlopen == 0)
                await _wakker.WaitAsync(Kijken, stoppingToken);
        }
    }

    private async Task<int> LaatVerlopenAsync(CancellationToken ct)
    {
        List<(Guid Id, Guid CasusId, DateTimeOffset Op)> verlopen;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
            var nu = time.Nu();
            verlopen = [.. (await db.Wachtpunten.Where(w => w.AfgehandeldOp == null && w.VerlooptOp <= nu).OrderBy(w => w.VerlooptOp).Take(BatchSize).Select(w => new { w.Id, w.CasusId, w.VerlooptOp }).ToListAsync(ct)).Select(w => (w.Id, w.CasusId, w.VerlooptOp!.Value))];
        }

        await Parallel.ForEachAsync(verlopen.GroupBy(w => w.CasusId), new ParallelOptions { MaxDegreeOfParallelism = Naast, CancellationToken = ct }, async (casus, stop) =>
        {
            foreach (var (id, casusId, op) in casus)
            {
                Telemetry.Lateness.Record((time.Nu() - op).TotalSeconds);
                await LaatVerlopenAsync(id, casusId, stop);
            }
        });
        return verlopen.Count;
    }

    private async Task LaatVerlopenAsync(Guid wachtpuntId, Guid casusId, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var runner = scope.ServiceProvider.GetRequiredService<CasusRunner>();
            await runner.RunAsync(casusId, async burst =>
            {
                await burst.VerloopAsync(wachtpuntId);
                return true;
            }, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "Casus {CasusId}: wachtpunt {WachtpuntId} kon niet verlopen", casusId, wachtpuntId);
            await StelUitAsync(wachtpuntId, ct);
        }
    }

    // A fault of ours must not keep the other terms waiting.
    private async Task StelUitAsync(Guid wachtpuntId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
        if (await db.Wachtpunten.SingleOrDefaultAsync(w => w.Id == wachtpuntId && w.AfgehandeldOp == null, ct) is not { } wachtpunt)
            return;
        wachtpunt.VerlooptOp = time.Nu() + OpnieuwNa[Math.Min(wachtpunt.Pogingen, OpnieuwNa.Length - 1)];
        wachtpunt.Pogingen++;
        await db.SaveChangesAsync(ct);
    }
}
