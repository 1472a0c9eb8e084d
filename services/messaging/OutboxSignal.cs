using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NetwerkRegie.Messaging;

/// <summary>Wakes the dispatcher as soon as a transaction of <typeparamref name="TDb"/> with messages has committed; nothing waits for a poll.</summary>
internal sealed class OutboxSignal<TDb> : DbTransactionInterceptor
    where TDb : ServiceDbContext
{
    private readonly Signal _signal = new();

    public void Set() => _signal.Set();

    /// <summary>Waits for a commit, but not longer than <paramref name="longest"/>: another replica may have died with rows left.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken ct) => _signal.WaitAsync(longest, ct);

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        // Only for messages: the dispatcher's own commits must not wake it to look at an empty outbox.
        if (eventData.Context is ServiceDbContext { HasPublished: true } db)
        {
            db.HasPublished = false;
            Set();
        }
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionCommitted(transaction, eventData);
        return Task.CompletedTask;
    }
}
