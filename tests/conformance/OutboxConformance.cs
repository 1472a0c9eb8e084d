using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Onderwijs;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>What every service may rely on, whatever the database and the bus: at least once in, once in effect.</summary>
public abstract class OutboxConformance(bool postgres, bool rabbitMq) : IAsyncLifetime
{
    private TestService<FirstDb> _service = null!;

    protected Place Place { get; } = new(postgres, rabbitMq);

    public Task InitializeAsync()
    {
        _service = new TestService<FirstDb>($"{Place.Name}-een", typeof(First.RecordConsumer));
        Place.Owns(_service.Queues);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await Place.DisposeAsync();

    [SuiteFact]
    public async Task Message_of_a_rolled_back_change_is_never_sent()
    {
        await using var process = await Start();
        var (undone, done) = (Message(), Message());
        await process.In<FirstDb, int>(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(undone, undone.CasusId, TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return 0;
        });

        await process.Save<FirstDb>(done with { CasusId = undone.CasusId });

        await process.HasEffect<FirstDb>(done);
        Assert.Equal([done.VerzuimId], process.Replica.Left.Select(m => m.VerzuimId));
        Assert.Equal(0, await process.Effects<FirstDb>(undone));
    }

    [SuiteFact]
    public async Task Message_of_a_saved_change_is_sent_at_once()
    {
        const int Messages = 10;
        await using var process = await Start();
        await Arrives();

        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < Messages; i++)
            await Arrives();

        // Without a signal each would wait for the next poll, a second after the one before.
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(Messages * 0.5));

        async Task Arrives()
        {
            var message = Message();
            await process.Save<FirstDb>(message);
            await process.HasEffect<FirstDb>(message);
        }
    }

    [SuiteTheory]
    [InlineData(CrashPoint.AfterHandleBeforeCommit)]
    [InlineData(CrashPoint.AfterCommitBeforeSend)]
    [InlineData(CrashPoint.AfterSendBeforeMark)]
    [InlineData(CrashPoint.DuringReoffer)]
    public async Task Message_of_a_saved_change_is_sent_after_a_crash_and_has_one_effect(CrashPoint point)
    {
        var promised = await Die(point == CrashPoint.DuringReoffer ? CrashPoint.AfterCommitBeforeSend : point);
        if (point == CrashPoint.DuringReoffer)
            promised = [.. promised.UnionBy(await Die(point), m => m.VerzuimId)];

        await using var process = await Start();

        await process.HasEffect<FirstDb>(promised);
        await process.OutboxIsEmpty<FirstDb>();
        Assert.Equal(promised.Count, await process.In<FirstDb, int>(db => db.Effects.CountAsync()));
    }

    [SuiteFact]
    public async Task Without_the_outbox_a_crash_loses_the_message()
    {
        var promised = await Die(CrashPoint.AfterCommitBeforeSend);
        var later = Message();

        await using var process = await Start(new Protections(Outbox: false));
        await process.OutboxIsEmpty<FirstDb>();
        await process.Save<FirstDb>(later);

        await process.HasEffect<FirstDb>(later);
        Assert.Equal(0, await process.Effects<FirstDb>(promised[^1]));
    }

    [SuiteFact]
    public async Task Redelivered_message_has_no_second_effect() => Assert.Equal(1, await Redelivered(new Protections(), times: 2));

    [SuiteFact]
    public async Task Message_delivered_many_times_at_once_has_one_effect() => Assert.Equal(1, await Redelivered(new Protections(), times: 16, atOnce: true));

    [SuiteFact]
    public async Task Without_the_inbox_a_redelivered_message_has_a_second_effect() => Assert.Equal(2, await Redelivered(new Protections(Inbox: false), times: 2));

    [SuiteFact]
    public async Task Two_services_with_an_equally_named_consumer_each_get_every_message()
    {
        var second = new TestService<SecondDb>($"{Place.Name}-twee", typeof(Second.RecordConsumer));
        Place.Owns(second.Queues);
        await using var process = await TestProcess.StartAsync(Place, [_service, second]);
        var messages = Enumerable.Range(0, 50).Select(_ => Message()).ToList();

        await process.Save<FirstDb>(messages);

        await process.HasEffect<FirstDb>(messages);
        await process.HasEffect<SecondDb>(messages);
    }

    [SuiteFact]
    public async Task Messages_of_one_key_leave_in_the_order_in_which_they_were_recorded()
    {
        await using var process = await Start();
        var keys = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToList();
        // More than one batch, and more than one transaction.
        var messages = Enumerable.Range(0, 300).Select(i => Message() with { CasusId = keys[i % keys.Count] }).ToList();

        foreach (var together in messages.Chunk(60))
            await process.Save<FirstDb>(together);

        await process.HasEffect<FirstDb>(messages);
        await process.OutboxIsEmpty<FirstDb>();
        foreach (var key in keys)
            Assert.Equal(messages.Where(m => m.CasusId == key), process.Replica.Left.Where(m => m.CasusId == key));
    }

    [SuiteFact]
    public async Task Message_that_nobody_can_handle_is_kept_with_the_reason_and_the_next_is_handled()
    {
        await using var process = await Start();
        var (poison, next) = (Message() with { KindRef = RecordingConsumer.Poison }, Message());

        await process.Save<FirstDb>(poison, next);

        await process.HasEffect<FirstDb>(next);
        var kept = await Kept(process);
        Assert.Equal(_service.Queues.Single(), kept.Wachtrij);
        Assert.Equal(typeof(VerzuimGemeld).FullName, kept.Type);
        Assert.Contains("Dit bericht verdraagt niemand.", kept.Reden, StringComparison.Ordinal);
        Assert.Contains(poison.VerzuimId.ToString(), kept.Inhoud, StringComparison.Ordinal);
        Assert.Equal(4, process.Replica.Attempts[poison.VerzuimId]);
        await process.OutboxIsEmpty<FirstDb>();
    }

    protected static VerzuimGemeld Message() => new(Guid.CreateVersion7(), Guid.CreateVersion7(), "K1");

    protected TestService<FirstDb> Service => _service;

    protected Task<TestProcess> Start(Protections? protections = null) => TestProcess.StartAsync(Place, [_service], protections: protections);

    /// <summary>The one message that waits for a person.</summary>
    protected static async Task<UndeliverableMessage> Kept(TestProcess process)
    {
        await Eventually.IsTrue(() => process.In<FirstDb, bool>(db => db.OnverwerkbareBerichten.AnyAsync()), "the message is kept");
        return await process.In<FirstDb, UndeliverableMessage>(db => db.OnverwerkbareBerichten.SingleAsync());
    }

    private async Task<int> Redelivered(Protections protections, int times, bool atOnce = false)
    {
        await using var process = await Start(protections);
        var (message, messageId) = (Message(), Guid.CreateVersion7());

        if (atOnce)
            await Task.WhenAll(Enumerable.Range(0, times).Select(_ => Deliver()));
        else
            for (var i = 1; i <= times; i++)
            {
                await Deliver();
                await Arrived(i);
            }

        await Arrived(times);
        return await process.Effects<FirstDb>(message);

        Task Deliver() => process.Transport.Publish(message, context => context.MessageId = messageId);

        Task Arrived(int n) => Eventually.IsTrue(() => Task.FromResult(process.Replica.Arrived.GetValueOrDefault(messageId) == n), "every delivery has been handled");
    }

    /// <summary>Another process runs the service, promises messages, and loses power at <paramref name="point"/>.</summary>
    /// <returns>What it had promised; the last is the one it died over.</returns>
    private async Task<IReadOnlyList<VerzuimGemeld>> Die(CrashPoint point)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OutboxConformance).Assembly.Location, Place.Database, Place.Bus, _service.Name, point.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 128 + 9, $"The process ended with {process.ExitCode}: {await errors}");

        // It may have died before it could tell of the last; then that one is still in its outbox.
        var options = new DbContextOptionsBuilder<FirstDb>();
        Database.Parse(Place.Database).Configure(options, _service.Name);
        await using var db = new FirstDb(options.Options);
        var left = (await db.Outbox.OrderBy(m => m.Volgnr).ToListAsync()).Select(m => JsonSerializer.Deserialize<VerzuimGemeld>(m.Inhoud, JsonSerializerOptions.Web)!);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => Message() with { VerzuimId = Guid.Parse(id) }).Concat(left).DistinctBy(m => m.VerzuimId)];
    }
}

public sealed class OutboxOnSqliteAndMemory() : OutboxConformance(postgres: false, rabbitMq: false);

[Needs("POSTGRES")]
public sealed class OutboxOnPostgresAndMemory() : OutboxConformance(postgres: true, rabbitMq: false);
