using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Regie;

/// <summary>Runs bursts: one casus never twice at once, on however many replicas; different cases side by side.</summary>
internal sealed class CasusRunner(RegieDbContext db, Database database, StapCatalogus stappen, Definities definities, Termijnboek termijnen, TimeProvider time)
{
    /// <summary>Runs <paramref name="handeling"/> and what follows from it in a transaction of its own.</summary>
    public async Task<T> RunAsync<T>(Guid casusId, Func<Burst, Task<T>> handeling, CancellationToken ct)
    {
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var resultaat = await InBurstAsync(casusId, handeling, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return resultaat;
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
            var burst = new Burst(db, casusId, time.Nu(), stappen, definities, termijnen, ct);
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
