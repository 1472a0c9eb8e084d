using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Runs bursts: one casus never twice at once, on however many replicas; different cases side by side.</summary>
internal sealed class CasusRunner(RegieDbContext db, Database database, StapCatalogus stappen, Definities definities, Termijnboek termijnen, TimeProvider time)
{
    /// <summary>Runs <paramref name="handeling"/> and what follows from it in a transaction of its own.</summary>
    public Task<T> RunAsync<T>(Guid casusId, Func<Burst, Task<T>> handeling, CancellationToken ct) => InTransactionAsync(casusId, () => InBurstAsync(casusId, handeling, ct), ct);

    /// <summary>A transaction for who runs more than one burst in it.</summary>
    public async Task<T> InTransactionAsync<T>(Guid casusId, Func<Task<T>> bursts, CancellationToken ct)
    {
        try
        {
            db.Database.AutoSavepointsEnabled = false;
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var resultaat = await bursts();
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return resultaat;
        }
        catch (Geweigerd nee) when (nee.Afspraak is not null)
        {
            await MeldAsync(new InvariantGeweigerd(casusId, nee.Afspraak), ct);
            throw;
        }
    }

    /// <summary>Tells something in a transaction of its own. Nothing goes along of what was loaded or changed before, and not saved.</summary>
    public Task MeldAsync(IGebeurtenis gebeurtenis, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        return RunAsync(gebeurtenis.CasusId, burst =>
        {
            burst.Meld(gebeurtenis);
            return Task.FromResult(true);
        }, ct);
    }

    /// <summary>The same for an act on the casus itself.</summary>
    /// <param name="antwoord">What there is to say of the casus when everything that follows has happened.</param>
    public Task<T> RunAsync<T>(Guid casusId, Func<Burst, Casus, Task> handeling, Func<Casus, T> antwoord, CancellationToken ct) => RunAsync(casusId, async burst =>
    {
        var casus = await burst.CasusAsync();
        await handeling(burst, casus);
        await burst.LoopUitAsync();
        return antwoord(casus);
    }, ct);

    /// <summary>The same within a transaction that is already there; its owner saves and commits.</summary>
    public async Task<T> InBurstAsync<T>(Guid casusId, Func<Burst, Task<T>> handeling, CancellationToken ct)
    {
        await database.LockAsync(db, casusId, ct);
        return await InBurstOnHeldAsync(casusId, handeling, ct);
    }

    /// <summary>The same for who already holds the casus.</summary>
    public async Task<T> InBurstOnHeldAsync<T>(Guid casusId, Func<Burst, Task<T>> handeling, CancellationToken ct)
    {
        using var span = Telemetry.Source.StartActivity("burst");
        span?.SetTag(Telemetry.Casus, casusId);
        var begin = TimeProvider.System.GetTimestamp();
        try
        {
            // Only now: whoever held the casus before us has a moment that lies before ours.
            var burst = new Burst(db, database, casusId, time.Nu(), stappen, definities, termijnen, ct);
            var resultaat = await handeling(burst);
            await burst.AfrondenAsync();
            return resultaat;
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
        finally
        {
            Cijfers.Burst.Record(TimeProvider.System.GetElapsedTime(begin).TotalSeconds);
        }
    }

    /// <summary>
    /// A burst in the transaction of who already holds the casus, of which nothing remains if it is refused: not in the database, and
    /// not in what was loaded, so that the transaction can go on.
    /// </summary>
    /// <returns>Why not; null if it was done.</returns>
    public async Task<string?> ProbeerOnHeldAsync(Guid casusId, Func<Burst, Task> handeling, CancellationToken ct)
    {
        const string Hier = "probeer";
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("Proberen kan alleen binnen een transactie.");
        await transaction.CreateSavepointAsync(Hier, ct);
        try
        {
            await InBurstOnHeldAsync(casusId, async burst =>
            {
                await handeling(burst);
                return true;
            }, ct);
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (Exception nee) when (nee is Geweigerd or OngeldigeInvoer)
        {
            await transaction.RollbackToSavepointAsync(Hier, ct);
            return nee is OngeldigeInvoer ongeldig ? string.Join(' ', ongeldig.Fouten.Select(f => f.Melding)) : nee.Message;
        }
        finally
        {
            // What the next burst reads of the casus, it reads fresh.
            db.ChangeTracker.Clear();
        }
    }
}

internal static class Klok
{
    /// <summary>Now, in whole milliseconds: what is stored reads back as the same moment, on every database.</summary>
    public static DateTimeOffset Nu(this TimeProvider time)
    {
        var nu = time.GetUtcNow();
        return nu.AddTicks(-(nu.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
