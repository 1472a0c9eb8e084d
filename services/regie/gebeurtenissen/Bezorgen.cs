using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// Bezorgt aan elk abonnement wat het nog niet had, in de volgorde van de stroom. Elk abonnement gaat zijn eigen gang: wie traag is of
/// weg, houdt niemand op. Hoe ver het is staat in de database; na een uitval komt hooguit de laatste gebeurtenis nog eens.
/// </summary>
internal sealed class Bezorgen(IServiceScopeFactory scopes, Database database, Ontvanger ontvanger, Afzender afzender, Regio regio, Kop kop, TimeProvider time, ILogger<Bezorgen> log) : BackgroundService, IAlarm
{
    private const int Bladzijde = 20;

    // One refusal may be an accident of the receiver.
    private const int PogingenBijWeigering = 3;

    // How late a next attempt may be noticed.
    private static readonly TimeSpan Kijken = TimeSpan.FromMilliseconds(250);

    // Longer than one delivery may take; a replica that dies leaves its subscriptions alone for so long.
    private static readonly TimeSpan Huur = TimeSpan.FromMinutes(1);

    // A weekend and a day: then somebody should know.
    private static readonly TimeSpan Geduld = TimeSpan.FromDays(3);

    // Who may know what is looked at again, also within one batch.
    private static readonly TimeSpan Vers = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, Task> _bezig = new();

    public void Wake() => kop.Meld();

    public async Task<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        if (_bezig.Values.Any(taak => !taak.IsCompleted))
            return time.Nu();
        await using var scope = scopes.CreateAsyncScope();
        var teDoen = await (await TeDoenAsync(scope.ServiceProvider.GetRequiredService<RegieDbContext>(), ct)).Select(a => new { a.VolgendePogingOp, a.BezetTot }).ToListAsync(ct);
        // What another replica holds is its business, until it has held it too long.
        return teDoen.Count == 0 ? null : teDoen.Min(a => a.VolgendePogingOp > a.BezetTot ? a.VolgendePogingOp : a.BezetTot);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isEerste = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var nieuws = kop.Nieuws;
            try
            {
                // Files are of one process: what an earlier one held is free.
                if (isEerste && database.IsEmbedded)
                    await LaatLosAsync(null, stoppingToken);
                isEerste = false;
                foreach (var id in await AanDeBeurtAsync(stoppingToken))
                    if (!_bezig.TryGetValue(id, out var taak) || taak.IsCompleted)
                        _bezig[id] = Task.Run(() => BezorgAsync(id, stoppingToken), CancellationToken.None);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Abonnementen bekijken lukt niet ({Reden})", e.GetType().Name);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }

            await Kop.WachtAsync(nieuws, Kijken, stoppingToken);
        }

        await Task.WhenAll(_bezig.Values);
    }

    private static async Task<IQueryable<Abonnement>> TeDoenAsync(RegieDbContext db, CancellationToken ct)
    {
        var tot = await Feed.KopAsync(db, ct);
        return db.Abonnementen.Where(a => a.Status == Abonnement.Aangevraagd
            || (a.Status == Abonnement.Actief && (a.Positie < tot || db.Onbezorgd.Any(o => o.AbonnementId == a.Id && o.IsOpnieuw))));
    }

    private async Task<List<Guid>> AanDeBeurtAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var nu = time.Nu();
        return await (await TeDoenAsync(scope.ServiceProvider.GetRequiredService<RegieDbContext>(), ct)).Where(a => a.VolgendePogingOp <= nu && a.BezetTot <= nu).Select(a => a.Id).ToListAsync(ct);
    }

    private async Task LaatLosAsync(Guid? id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RegieDbContext>().Abonnementen.Where(a => id == null || a.Id == id)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.BezetTot, DateTimeOffset.UnixEpoch), ct);
    }

    private async Task BezorgAsync(Guid id, CancellationToken ct)
    {
        try
        {
            if (!await NeemAsync(id, ct))
                return;
            try
            {
                while (await StapAsync(id, ct))
                {
                }
            }
            // Who stops lets go, and another replica goes on at once.
            catch (Exception) when (ct.IsCancellationRequested)
            {
            }

            await LaatLosAsync(id, CancellationToken.None);
        }
        catch (Exception e)
        {
            if (!ct.IsCancellationRequested)
                log.LogWarning("Abonnement {AbonnementId}: bezorgen lukt niet ({Reden}); na {Wachttijd} opnieuw", id, e.GetType().Name, Huur);
        }
    }

    /// <summary>Van de replica's die het willen bezorgen, krijgt een het.</summary>
    private async Task<bool> NeemAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var nu = time.Nu();
        return await scope.ServiceProvider.GetRequiredService<RegieDbContext>().Abonnementen.Where(a => a.Id == id && a.BezetTot <= nu)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.BezetTot, nu + Huur), ct) == 1;
    }

    /// <returns>Of er meteen meer te doen kan zijn.</returns>
    private async Task<bool> StapAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
        var abonnement = await db.Abonnementen.SingleAsync(a => a.Id == id, ct);
        abonnement.BezetTot = time.Nu() + Huur;
        if (abonnement.Status is not (Abonnement.Aangevraagd or Abonnement.Actief) || abonnement.VolgendePogingOp > time.Nu())
            return false;
        if (abonnement.Status == Abonnement.Aangevraagd)
            return await VraagToestemmingAsync(db, abonnement, ct);

        if (Publiek.AfnemerVan(regio, abonnement.Actor) is not { } afnemer)
        {
            abonnement.Pauzeren("De organisatie is in deze regio geen afnemer meer.", null, time.Nu());
            await db.SaveChangesAsync(ct);
            return false;
        }

        var begonnen = TimeProvider.System.GetTimestamp();
        var publiek = await Publiek.VanAsync(db, afnemer, ct);
        var opnieuw = await db.Onbezorgd.Where(o => o.AbonnementId == id && o.IsOpnieuw).OrderBy(o => o.Positie).Take(Bladzijde).ToListAsync(ct);
        return opnieuw.Count > 0
            ? await HerbezorgAsync(db, abonnement, publiek, opnieuw, ct)
            : await VerderAsync(db, abonnement, publiek, begonnen, ct);
    }

    private async Task<bool> VraagToestemmingAsync(RegieDbContext db, Abonnement abonnement, CancellationToken ct)
    {
        var antwoord = await ontvanger.VraagToestemmingAsync(abonnement, ct);
        // The receiver may have confirmed by itself while we asked; that counts, whatever it answered us.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, abonnement.Id, ct);
        await db.Entry(abonnement).ReloadAsync(ct);
        var isVerder = abonnement.Status != Abonnement.Aangevraagd || await VerwerkAsync(db, abonnement, antwoord, ct);
        await transaction.CommitAsync(ct);
        return isVerder;
    }

    private async Task<bool> VerderAsync(RegieDbContext db, Abonnement abonnement, Publiek publiek, long begonnen, CancellationToken ct)
    {
        var blad = await Feed.LeesAsync(db, publiek, abonnement.Positie, abonnement.Soorten.Count > 0 ? abonnement.Soorten : null, abonnement.CasusId, Bladzijde, ct);
        foreach (var (regel, sequence) in blad.Regels)
        {
            if (TimeProvider.System.GetElapsedTime(begonnen) > Vers)
                return true;
            if (await db.Onbezorgd.AnyAsync(o => o.AbonnementId == abonnement.Id && o.CasusId == regel.CasusId, ct))
                Bewaar(db, abonnement, regel, "Wacht op een eerdere gebeurtenis van deze casus.");
            else
            {
                var ontvangst = await ontvanger.BezorgAsync(abonnement, afzender.Van(regel, sequence), ct);
                if (ontvangst.Soort == OntvangstSoort.Geweigerd && abonnement.Pogingen + 1 >= PogingenBijWeigering)
                {
                    Bewaar(db, abonnement, regel, ontvangst.Zin);
                    log.LogWarning("Abonnement {AbonnementId}: gebeurtenis {Positie} van casus {CasusId} is geweigerd en blijft onbezorgd", abonnement.Id, regel.Positie, regel.CasusId);
                    abonnement.Lukte();
                }
                else if (!await VerwerkAsync(db, abonnement, ontvangst, ct))
                    return false;
            }

            abonnement.Positie = regel.Positie!.Value;
            abonnement.BezetTot = time.Nu() + Huur;
            await db.SaveChangesAsync(ct);
        }

        abonnement.Positie = blad.Tot;
        await db.SaveChangesAsync(ct);
        return blad.Regels.Count > 0;
    }

    private async Task<bool> HerbezorgAsync(RegieDbContext db, Abonnement abonnement, Publiek publiek, List<Onbezorgd> opnieuw, CancellationToken ct)
    {
        var zichtbaar = (await Feed.OpAsync(db, publiek, [.. opnieuw.Select(o => o.Positie)], ct)).ToDictionary(r => r.Regel.Positie!.Value);
        foreach (var rij in opnieuw.Where(o => o.IsOpnieuw))
        {
            // What may no longer be known is not delivered after all.
            var ontvangst = zichtbaar.GetValueOrDefault(rij.Positie) is { } regel
                ? await ontvanger.BezorgAsync(abonnement, afzender.Van(regel.Regel, regel.Sequence), ct)
                : new(OntvangstSoort.Gelukt, "niet meer voor deze afnemer");
            if (ontvangst.Soort == OntvangstSoort.Geweigerd)
            {
                rij.Reden = ontvangst.Zin;
                await db.SaveChangesAsync(ct);
                await db.Onbezorgd.Where(o => o.AbonnementId == abonnement.Id && o.CasusId == rij.CasusId).ExecuteUpdateAsync(o => o.SetProperty(x => x.IsOpnieuw, false), ct);
                // The others of this casus in the batch have changed too.
                return true;
            }

            if (!await VerwerkAsync(db, abonnement, ontvangst, ct))
                return false;
            db.Onbezorgd.Remove(rij);
            await db.SaveChangesAsync(ct);
        }

        return true;
    }

    /// <returns>Of de ontvanger het heeft.</returns>
    private async Task<bool> VerwerkAsync(RegieDbContext db, Abonnement abonnement, Ontvangst ontvangst, CancellationToken ct)
    {
        var nu = time.Nu();
        if (ontvangst.Soort == OntvangstSoort.Gelukt)
        {
            abonnement.Lukte();
            abonnement.Bevestigen(nu);
        }
        else if (ontvangst.Soort == OntvangstSoort.Voorbij)
            abonnement.Beeindigen(ontvangst.Zin, null, nu);
        else
        {
            abonnement.Mislukte(ontvangst.Zin, ontvangst.NietVoor, nu);
            if (nu - abonnement.MisluktSinds >= Geduld)
                GeefOp(abonnement, ontvangst.Zin, nu);
        }

        await db.SaveChangesAsync(ct);
        return ontvangst.Soort == OntvangstSoort.Gelukt;
    }

    private void GeefOp(Abonnement abonnement, string zin, DateTimeOffset nu)
    {
        var reden = $"Het lukt al {Geduld.Days} dagen niet. {zin}";
        if (abonnement.Status == Abonnement.Aangevraagd)
            abonnement.Beeindigen(reden, null, nu);
        else
            abonnement.Pauzeren(reden, null, nu);
        log.LogWarning("Abonnement {AbonnementId} is {Status}: het lukt al {Dagen} dagen niet", abonnement.Id, abonnement.Status, Geduld.Days);
    }

    private void Bewaar(RegieDbContext db, Abonnement abonnement, LogboekRegel regel, string reden) => db.Onbezorgd.Add(new()
    {
        AbonnementId = abonnement.Id,
        Positie = regel.Positie!.Value,
        CasusId = regel.CasusId,
        Reden = reden,
        Sinds = time.Nu(),
    });
}
