using System.Diagnostics;
using System.Text;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Onderwijs;
using RabbitMQ.Client;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>What RabbitMQ adds: queues that wait, clients that know nothing of us, and a broker that is not always there.</summary>
public abstract class OutboxOnRabbitMq(bool postgres) : OutboxConformance(postgres, rabbitMq: true)
{
    [SuiteFact]
    public async Task Message_waits_until_its_consumer_exists()
    {
        var later = Later();
        await using var sender = await TestProcess.StartAsync(Place, [Service], all: [Service, later]);
        var message = Message();
        await sender.Save<FirstDb>(message);
        await sender.OutboxIsEmpty<FirstDb>();

        await using var receiver = await TestProcess.StartAsync(Place, [later]);

        await receiver.HasEffect<SecondDb>(message);
    }

    [SuiteFact]
    public async Task Message_that_no_queue_takes_stays_in_the_outbox_until_one_does()
    {
        var later = Later();
        var sender = new TestService<FirstDb>($"{Place.Name}-zender");
        // Whatever queue another test may have bound, nobody takes this message now.
        await Place.WithRabbitMq(async channel =>
        {
            await channel.ExchangeDeleteAsync($"{typeof(VerzuimGemeld).Namespace}:{nameof(VerzuimGemeld)}");
            return true;
        });
        await using var process = await TestProcess.StartAsync(Place, [sender], all: [sender, later], prepare: [sender]);
        var message = Message();
        await process.Save<FirstDb>(message);
        await Eventually.IsTrue(() => Task.FromResult(!process.Replica.Refused.IsEmpty), "the broker says that no queue takes it");
        Assert.Equal(1, await process.In<FirstDb, int>(db => db.Outbox.CountAsync()));

        await using var receiver = await TestProcess.StartAsync(Place, [later]);

        await receiver.HasEffect<SecondDb>(message);
        await process.OutboxIsEmpty<FirstDb>();
    }

    [SuiteFact]
    public async Task Message_that_nobody_can_handle_is_in_the_error_queue_with_the_reason()
    {
        await using var process = await Start();
        var poison = Message() with { KindRef = RecordingConsumer.Poison };

        await process.Save<FirstDb>(poison);

        var set = await SetAside("_error");
        Assert.Contains(poison.VerzuimId.ToString(), Encoding.UTF8.GetString(set.Body.Span), StringComparison.Ordinal);
        Assert.Equal("Dit bericht verdraagt niemand.", Header(set, "MT-Fault-Message"));
        Assert.Equal(typeof(InvalidOperationException).FullName, Header(set, "MT-Fault-ExceptionType"));
    }

    [SuiteTheory]
    [InlineData("dit is geen JSON", "application/vnd.masstransit+json")]
    [InlineData("dit is geen JSON", null)]
    [InlineData("{\"kindRef\":", "application/json")]
    [InlineData("{}", "application/vnd.masstransit+json")]
    [InlineData("{\"messageType\":[\"urn:message:Iets:Anders\"],\"message\":{}}", "application/vnd.masstransit+json")]
    [InlineData("{\"messageType\":[\"urn:message:NetwerkRegie.Contracts.Onderwijs:VerzuimGemeld\"],\"message\":{\"casusId\":\"geen nummer\"}}", "application/vnd.masstransit+json")]
    public async Task Message_that_nobody_can_read_is_kept_and_the_next_is_handled(string body, string? contentType)
    {
        await using var process = await Start();
        var next = Message();

        await Place.WithRabbitMq(async channel =>
        {
            await channel.BasicPublishAsync("", Service.Queues.Single(), mandatory: true, new BasicProperties { ContentType = contentType }, Encoding.UTF8.GetBytes(body));
            return true;
        });
        await process.Save<FirstDb>(next);

        await process.HasEffect<FirstDb>(next);
        var kept = await Kept(process);
        Assert.Equal((Service.Queues.Single(), body), (kept.Wachtrij, kept.Inhoud));
        Assert.NotEmpty(kept.Reden);
        Assert.Equal(body, Encoding.UTF8.GetString((await SetAside("_error", "_skipped")).Body.Span));
    }

    [SuiteTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Channel_that_closes_as_a_message_is_done_opens_again(bool answersTooLate)
    {
        await using var process = await Start();
        var messages = new[] { Message(), Message() };
        // The broker closes a channel on which it is asked for a queue that is not there.
        process.Replica.OnFirstDone = context => context.GetPayload<ChannelContext>().QueueDeclarePassive($"{Place.Name}-geen");
        if (answersTooLate)
            process.Replica.OnNextChannel = () => throw new OperationCanceledException();

        foreach (var message in messages)
        {
            await process.Save<FirstDb>(message);
            await process.HasEffect<FirstDb>(message);
        }

        Assert.Null(process.Replica.OnFirstDone);
        Assert.Null(process.Replica.OnNextChannel);
        Assert.Equal((2, 0), await process.In<FirstDb, (int, int)>(async db => (await db.Effects.CountAsync(), await db.OnverwerkbareBerichten.CountAsync())));
    }

    [SuiteFact]
    public async Task Broker_that_goes_away_and_comes_back_loses_nothing()
    {
        // A broker of its own: the others go on.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Place.Name));
        await Servers("start", folder);
        try
        {
            var address = File.ReadLines(Path.Combine(folder.FullName, "servers.env")).Single(line => line.StartsWith("RABBITMQ=", StringComparison.Ordinal)).Split('\'')[1];
            await using var place = new Place(Place.IsPostgres, rabbitMq: true) { Bus = address };
            await using var process = await TestProcess.StartAsync(place, [Service]);
            var messages = Enumerable.Range(0, 300).Select(_ => Message()).ToList();

            await process.Save<FirstDb>(messages[0]);
            await process.HasEffect<FirstDb>(messages[0]);
            foreach (var together in messages.Skip(1).Take(149).Chunk(10))
                await process.Save<FirstDb>(together);
            // Properly: what a single node of RabbitMQ 3.10 does with its quorum queues after its own kill -9 is not ours to promise.
            await Servers("stop", folder);
            foreach (var together in messages.Skip(150).Chunk(10))
                await process.Save<FirstDb>(together);
            await Servers("start", folder);

            await process.HasEffect<FirstDb>(messages);
            await process.OutboxIsEmpty<FirstDb>();
            Assert.Equal((messages.Count, 0), await process.In<FirstDb, (int, int)>(async db => (await db.Effects.CountAsync(), await db.OnverwerkbareBerichten.CountAsync())));
        }
        finally
        {
            await Servers("stop", folder);
            folder.Delete(recursive: true);
        }

        static async Task Servers(string action, DirectoryInfo folder)
        {
            using var script = Process.Start(Path.Combine(AppContext.BaseDirectory, "servers"), [action, folder.FullName, "rabbitmq"]);
            await script.WaitForExitAsync();
            Assert.Equal(0, script.ExitCode);
        }
    }

    private TestService<SecondDb> Later()
    {
        var later = new TestService<SecondDb>($"{Place.Name}-later", typeof(Second.RecordConsumer));
        Place.Owns(later.Queues);
        return later;
    }

    /// <summary>The message in one of the queues in which MassTransit puts what it cannot handle.</summary>
    private async Task<BasicGetResult> SetAside(params string[] suffixes)
    {
        BasicGetResult? found = null;
        await Eventually.IsTrue(async () =>
        {
            foreach (var suffix in suffixes)
                found ??= await Place.WithRabbitMq(async channel =>
                {
                    try
                    {
                        return await channel.BasicGetAsync(Service.Queues.Single() + suffix, autoAck: true);
                    }
                    // MassTransit makes the queue when it needs it.
                    catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
                    {
                        return null;
                    }
                });
            return found is not null;
        }, "the message is set aside");
        return found!;
    }

    private static string Header(BasicGetResult message, string name) => Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers![name]!);
}

[Needs("RABBITMQ")]
public sealed class OutboxOnSqliteAndRabbitMq() : OutboxOnRabbitMq(postgres: false);

[Needs("POSTGRES", "RABBITMQ")]
public sealed class OutboxOnPostgresAndRabbitMq() : OutboxOnRabbitMq(postgres: true)
{
    [SuiteFact]
    public async Task Several_replicas_share_the_work_and_send_each_message_once()
    {
        await using var one = await TestProcess.StartAsync(Place, [Service], replica: "een");
        await using var two = await TestProcess.StartAsync(Place, [Service], replica: "twee");
        await using var three = await TestProcess.StartAsync(Place, [Service], replica: "drie");
        TestProcess[] replicas = [one, two, three];
        var messages = Enumerable.Range(0, 900).Select(_ => Message()).ToList();

        await Task.WhenAll(messages.Chunk(messages.Count / replicas.Length).Zip(replicas, async (share, replica) =>
        {
            foreach (var together in share.Chunk(5))
                await replica.Save<FirstDb>(together);
        }));

        await one.HasEffect<FirstDb>(messages);
        await one.OutboxIsEmpty<FirstDb>();
        Assert.Equal(messages.Select(m => m.VerzuimId).Order(), replicas.SelectMany(r => r.Replica.Left).Select(m => m.VerzuimId).Order());
        Assert.All(replicas, replica => Assert.NotEmpty(replica.Replica.Left));
        var handled = await one.In<FirstDb, Dictionary<string, int>>(db => db.Effects.GroupBy(e => e.Replica).ToDictionaryAsync(g => g.Key, g => g.Count()));
        Assert.Equal(["drie", "een", "twee"], handled.Keys.Order());
        Assert.Equal(messages.Count, handled.Values.Sum());
    }
}
