using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace NetwerkRegie.Messaging;

/// <summary>Handles each message once: its effect, its receipt and the messages it leads to commit in one transaction.</summary>
public abstract class OnceConsumer<TMessage>(ServiceDbContext db, ConsumerTools tools) : IConsumer<TMessage>
    where TMessage : class
{
    /// <summary>The moment of handling.</summary>
    protected DateTimeOffset Now { get; } = tools.Time.GetUtcNow();

    public async Task Consume(ConsumeContext<TMessage> context)
    {
        using var span = Telemetry.Continue($"handle {typeof(TMessage).Name}", ActivityKind.Consumer, context.Headers.Get<string>(Telemetry.Header));
        span?.SetTag("messaging.message.id", context.MessageId).SetTag(Telemetry.Casus, Holds(context.Message));
        try
        {
            await HandleOnceAsync(context.MessageId!.Value, context.Message, context.CancellationToken);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    internal async Task HandleOnceAsync(Guid messageId, TMessage message, CancellationToken ct)
    {
        // A save that fails ends the whole transaction: a savepoint before it would be two round trips for nothing.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await IsFirstAsync(messageId, Holds(message), ct) && tools.Protections.Inbox)
            return;

        await Handle(message, ct);
        await db.SaveChangesAsync(ct);
        tools.CrashPoints.Reach(CrashPoint.AfterHandleBeforeCommit);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Changes the service's own state and publishes through its context. No <c>SaveChanges</c>, no commit, no other side effect.</summary>
    protected abstract Task Handle(TMessage message, CancellationToken ct);

    /// <summary>What is locked while this message is handled, mostly its casus; null for nothing.</summary>
    protected virtual Guid? Holds(TMessage message) => null;

    // The row is written before the work: of two deliveries at once the second waits here for the first, and then finds it.
    private async Task<bool> IsFirstAsync(Guid messageId, Guid? held, CancellationToken ct)
    {
        FormattableString receipt = $"insert into inbox (bericht_id, consumer, ontvangen_op) values ({db.Stored(messageId)}, {GetType().Name}, {db.Stored(Now)}) on conflict do nothing";
        return await db.Database.ExecuteSqlAsync(held is { } key ? tools.Database.Holding(key, receipt) : receipt, ct) == 1;
    }
}

/// <summary>What every consumer works with.</summary>
public sealed record ConsumerTools(Database Database, TimeProvider Time, CrashPoints CrashPoints, Protections Protections);

/// <summary>
/// Switches for the negative controls of the chaos tests: a test of a protection proves something only if it fails without it.
/// Off is refused outside <c>--proef</c>.
/// </summary>
/// <param name="Inbox">Redelivered messages are recognised.</param>
/// <param name="Outbox">What was left in the outbox at a crash is offered again.</param>
public sealed record Protections(bool Inbox = true, bool Outbox = true)
{
    /// <exception cref="SettingException">There is no such protection.</exception>
    public static Protections Without(string? setting) => setting switch
    {
        null or "" => new(),
        "inbox" => new(Inbox: false),
        "outbox" => new(Outbox: false),
        _ => throw new SettingException($"Onbekende bescherming '{setting}' in ZonderBescherming; kies uit inbox, outbox."),
    };
}
