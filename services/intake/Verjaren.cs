using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Intake;

/// <summary>
/// Wie 12 of 16 wordt, beslist vanaf het begin van die dag (mee). Wat anderen eerder toestonden wordt dan opnieuw gevraagd; wat alleen op
/// de ouder rust, houdt op als het gesprek er niet op tijd is.
/// </summary>
internal sealed class Verjaren(IServiceScopeFactory scopes, TimeProvider time, ILogger<Verjaren> log) : BackgroundService, IAlarm
{
    private const string Termijn = "toestemming-herbevestigen";

    // A birthday starts a term of days; a second late changes nobody's rights, for those are reckoned from the day itself.
    private static readonly TimeSpan Kijken = TimeSpan.FromSeconds(1);

    private readonly Signal _wakker = new();

    public void Wake() => _wakker.Set();

    public async Task<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IntakeDbContext>().Betrokkenen.Where(b => b.VolgendeVerjaardagOp != null).OrderBy(b => b.VolgendeVerjaardagOp)
            .Select(b => b.VolgendeVerjaardagOp).FirstOrDefaultAsync(ct);
    }

    /// <summary>Vraagt opnieuw wat onder een jongere leeftijd is gegeven, en plant de volgende verjaardag. Binnen een transactie die de casus vasthoudt.</summary>
    internal static async Task HerzieAsync(IntakeDbContext db, Betrokkene betrokkene, DateTimeOffset nu, Termijnboek termijnboek, CancellationToken ct)
    {
        var sinds = betrokkene.VolgendeVerjaardagOp ?? nu;
        betrokkene.PlanVerjaardag(sinds);
        if (!betrokkene.IsJongere)
            return;
        var fase = betrokkene.FaseOp(sinds);
        var opnieuw = (await db.Toestemmingen.Where(t => t.CasusId == betrokkene.CasusId && t.PersoonRef == betrokkene.Ref && t.IngetrokkenOp == null && t.VervangenOp == null).OrderBy(t => t.GegevenOp).ToListAsync(ct))
            .Where(t => t.GeldtOp(sinds) && t.Herbevestigen(fase, sinds, termijnboek[Termijn].Verloopt(sinds)))
            .Select(t => new Herbevestiging(t.Id, t.DelenTot))
            .ToList();
        if (opnieuw.Count > 0)
            db.Publish(new HerbevestigingNodig(betrokkene.CasusId, betrokkene.Ref, opnieuw), betrokkene.CasusId, nu);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await LaatVerjarenAsync(stoppingToken))
                    continue;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Verjaardagen bewaken lukt niet ({Reden}); over {Wachttijd} opnieuw", e.GetType().Name, Kijken);
            }

            await _wakker.WaitAsync(Kijken, stoppingToken);
        }
    }

    private async Task<bool> LaatVerjarenAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, database, termijnboek) = (scope.ServiceProvider.GetRequiredService<IntakeDbContext>(), scope.ServiceProvider.GetRequiredService<Database>(), scope.ServiceProvider.GetRequiredService<Termijnboek>());
        var nu = time.Nu();
        var eerste = await db.Betrokkenen.AsNoTracking().Where(b => b.VolgendeVerjaardagOp <= nu).OrderBy(b => b.VolgendeVerjaardagOp).FirstOrDefaultAsync(ct);
        if (eerste is null)
            return false;
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, eerste.CasusId, ct);
        // Another replica may have been first.
        if (await db.Betrokkenen.SingleOrDefaultAsync(b => b.Id == eerste.Id && b.VolgendeVerjaardagOp == eerste.VolgendeVerjaardagOp, ct) is { } betrokkene)
            await HerzieAsync(db, betrokkene, nu, termijnboek, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return true;
    }
}
