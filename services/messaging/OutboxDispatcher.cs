using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts;

namespace NetwerkRegie.Messaging;

/// <summary>What the outside may know of a dispatcher.</summary>
public interface IOutboxDispatcher
{
    /// <summary>True when every promised message has arrived.</summary>
    Task<bool> IsEmptyAsync(CancellationToken ct);
}

/// <summary>Moves committed outbox rows to the bus, at once and in order per key. Sending twice is allowed, losing one is not.</summary>
internal sealed class OutboxDispatcher<TDb>(
    IServiceScopeFactory scopes,
    Bus bus,
    IBusControl transport,
    Database database,
    BusTraffic traffic,
    OutboxSignal<TDb> signal,
    CrashPoints crashPoints,
    Protections protections,
    Deliveries deliveries,
    TimeProvider time,
    ILogger<OutboxDispatcher<TDb>> log) : BackgroundService, IOutboxDispatcher
    where TDb : ServiceDbContext
{
    private const int BatchSize = 100;

    // Only the safety net: rows of a replica that died between commit and send.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // A send waits for a broker that is away; our transaction, and the rows it holds, must not wait along.
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(10);

    // Longer than any broker keeps a message it may deliver again; until then a receipt must stay.
    private static readonly TimeSpan InboxRetention = TimeSpan.FromDays(60);

    // Rows that are on the in-memory bus: sent, but not finished by every consumer yet.
    private readonly ConcurrentDictionary<long, bool> _underway = new();

    public async Task<bool> IsEmptyAsync(CancellationToken ct) => await InScope(db => db.Outbox.CountAsync(ct)) == 0;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!protections.Outbox)
            await InScope(db => db.Outbox.ExecuteDeleteAsync(stoppingToken));
        // The in-memory bus drops what nobody listens to yet. RabbitMQ has its queues from before the start.
        if (bus.ForgetsOnRestart)
            await transport.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
        var cleanedOn = DateOnly.MinValue;
        var crashPoint = CrashPoint.DuringReoffer;

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await deliveries.GatherAsync(stoppingToken);
                var taken = await InScope(db => SendBatchAsync(db, crashPoint, stoppingToken));
                if (taken < BatchSize)
                {
                    // Everything that an earlier process left has been offered again; from here on rows are new.
                    crashPoint = CrashPoint.AfterCommitBeforeSend;
                    await signal.WaitAsync(PollInterval, stoppingToken);
                }

                var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
                if (today > cleanedOn)
                {
                    await InScope(db => db.Inbox.Where(m => m.OntvangenOp < time.GetUtcNow() - InboxRetention).ExecuteDeleteAsync(stoppingToken));
                    cleanedOn = today;
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Outbox van {Service}: verzenden lukt niet ({Reden}); opnieuw over {Wachttijd}", typeof(TDb).Name, e.GetType().Name, PollInterval);
                await signal.WaitAsync(PollInterval, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // Whatever the stop cut short is still in the outbox.
            }
        }
    }

    /// <returns>How many rows were taken; less than a batch means that the outbox is empty for now.</returns>
    private async Task<int> SendBatchAsync(TDb db, CrashPoint crashPoint, CancellationToken ct)
    {
        // With several replicas the batch is held by row locks until it is sent; a replica that dies lets go of it.
        await using var hold = database.IsShared ? await db.Database.BeginTransactionAsync(ct) : null;
        // Noted before looking: a row that arrives while we look is gone from here, and would seem to be new.
        var underway = _underway.Keys.ToHashSet();
        var taken = await database.TakeOutbox(db, BatchSize + underway.Count).ToListAsync(ct);
        var batch = taken.Where(row => !underway.Contains(row.Volgnr)).ToList();
        if (batch.Count == 0)
            return 0;

        crashPoints.Reach(crashPoint);
        var sent = new ConcurrentBag<long>();
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(SendPatience);
            await Task.WhenAll(deliveries.InOrder(batch).Select(async sameKey =>
            {
                foreach (var row in sameKey)
                {
                    await SendAsync(row, patience.Token);
                    sent.Add(row.Volgnr);
                }
            }));
        }
        finally
        {
            // One message that cannot leave is no reason to send the others again.
            crashPoints.Reach(CrashPoint.AfterSendBeforeMark);
            if (!bus.ForgetsOnRestart)
                await DeleteAsync(db, sent, CancellationToken.None);
            if (hold is not null)
                await hold.CommitAsync(CancellationToken.None);
        }

        return batch.Count;
    }

    private async Task SendAsync(OutboxMessage row, CancellationToken ct)
    {
        var type = typeof(StapRef).Assembly.GetType(row.Type) ?? throw new InvalidOperationException($"Onbekend berichttype {row.Type}");
        var listeners = traffic.Listeners(type);
        if (bus.ForgetsOnRestart)
            DeleteWhenDelivered(row, traffic.WhenDelivered(row.Id, listeners));

        using var span = Telemetry.Continue($"send {type.Name}", ActivityKind.Producer, row.Traceparent);
        span?.SetTag("messaging.message.id", row.Id).SetTag("messaging.destination.name", row.Type);
        for (var copy = 0; copy < deliveries.Copies; copy++)
        {
            traffic.Sent(listeners);
            await transport.Publish(JsonSerializer.Deserialize(row.Inhoud, type, JsonSerializerOptions.Web)!, type, context =>
            {
                context.MessageId = row.Id;
                if ((span?.Id ?? row.Traceparent) is { } trace)
                    context.Headers.Set(Telemetry.Header, trace);
                // A broker drops what no queue is bound to, without a word. Mandatory makes it say so, and the row stays.
                if (listeners > 0 && context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                    rabbit.Mandatory = true;
            }, ct);
        }
    }

    private void DeleteWhenDelivered(OutboxMessage row, Task delivered)
    {
        _underway[row.Volgnr] = true;
        _ = Delete();

        async Task Delete()
        {
            await delivered;
            try
            {
                await InScope(db => DeleteAsync(db, [row.Volgnr], CancellationToken.None));
            }
            catch (Exception e) when (e is System.Data.Common.DbException or ObjectDisposedException)
            {
                // The row stays and is offered again at the next start, where the inbox recognises it.
                log.LogWarning("Outbox van {Service}: rij {Volgnr} is afgeleverd maar niet te wissen ({Reden})", typeof(TDb).Name, row.Volgnr, e.GetType().Name);
            }

            _underway.TryRemove(row.Volgnr, out _);
        }
    }

    private static Task<int> DeleteAsync(TDb db, IEnumerable<long> rows, CancellationToken ct)
    {
        var numbers = rows.ToArray();
        return db.Outbox.Where(m => numbers.Contains(m.Volgnr)).ExecuteDeleteAsync(ct);
    }

    private async Task<int> InScope(Func<TDb, Task<int>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TDb>());
    }
}
