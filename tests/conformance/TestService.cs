using System.Collections.Concurrent;
using MassTransit;
using MassTransit.DependencyInjection;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NetwerkRegie.Contracts.Onderwijs;
using NetwerkRegie.Messaging;
using Bus = NetwerkRegie.Messaging.Bus;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>The database of a test service: what its consumers did.</summary>
public abstract class TestDbContext(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<Effect> Effects => Set<Effect>();

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Effect>().ToTable("effecten").HasKey(e => e.Volgnr);
        model.Entity<Effect>().Property(e => e.Volgnr).ValueGeneratedOnAdd();
    }
}

/// <summary>A message had its effect.</summary>
public sealed class Effect
{
    public long Volgnr { get; init; }
    public required Guid BerichtId { get; init; }

    /// <summary>The process in which it happened.</summary>
    public required string Replica { get; init; }
}

public sealed class FirstDb(DbContextOptions<FirstDb> options) : TestDbContext(options);

public sealed class SecondDb(DbContextOptions<SecondDb> options) : TestDbContext(options);

/// <summary>A service that does nothing but record which messages had an effect.</summary>
public sealed class TestService<TDb>(string name, params Type[] consumers) : Service<TDb>
    where TDb : TestDbContext
{
    public override string Name => name;

    public override string Title => name;

    public override IReadOnlyList<Type> Consumers => consumers;

    public IEnumerable<string> Queues => consumers.Select(consumer => $"{Name}-{QueueOf(consumer)}");

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}

/// <summary>Records that the message had its effect. A message about <see cref="Poison"/> nobody can handle.</summary>
public abstract class RecordingConsumer(TestDbContext db, ConsumerTools tools, Replica replica) : OnceConsumer<VerzuimGemeld>(db, tools)
{
    public const string Poison = "gif";

    protected override Task Handle(VerzuimGemeld message, CancellationToken ct)
    {
        replica.Attempts.AddOrUpdate(message.VerzuimId, 1, (_, n) => n + 1);
        if (message.KindRef == Poison)
            throw new InvalidOperationException("Dit bericht verdraagt niemand.");
        db.Effects.Add(new Effect { BerichtId = message.VerzuimId, Replica = replica.Name });
        return Task.CompletedTask;
    }
}

/// <summary>The consumers of one service; another service has one of the same name.</summary>
public static class First
{
    public sealed class RecordConsumer(FirstDb db, ConsumerTools tools, Replica replica) : RecordingConsumer(db, tools, replica);
}

/// <inheritdoc cref="First"/>
public static class Second
{
    public sealed class RecordConsumer(SecondDb db, ConsumerTools tools, Replica replica) : RecordingConsumer(db, tools, replica);
}

/// <summary>One process: its name, and what its bus sent and received.</summary>
public sealed class Replica(string name) : IReceiveObserver, IPublishObserver, IConfigureReceiveEndpoint
{
    public string Name => name;

    /// <summary>How often the consumers began with each message.</summary>
    public ConcurrentDictionary<Guid, int> Attempts { get; } = new();

    /// <summary>What happens, once, when a message is done.</summary>
    public Func<ReceiveContext, Task>? OnFirstDone { get; set; }

    /// <summary>What happens, once, when a queue is about to be declared and listened to again.</summary>
    public Action? OnNextChannel { get; set; }

    /// <summary>How often each message arrived here.</summary>
    public ConcurrentDictionary<Guid, int> Arrived { get; } = new();

    /// <summary>What left from here, in order.</summary>
    public ConcurrentQueue<VerzuimGemeld> Left { get; } = new();

    /// <summary>What the bus did not take.</summary>
    public ConcurrentQueue<VerzuimGemeld> Refused { get; } = new();

    void IConfigureReceiveEndpoint.Configure(string name, IReceiveEndpointConfigurator configurator)
    {
        if (configurator is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.ConfigureChannel(channel => channel.UseExecute(_ =>
            {
                var act = OnNextChannel;
                OnNextChannel = null;
                act?.Invoke();
            }));
    }

    Task IPublishObserver.PrePublish<T>(PublishContext<T> context) => Task.CompletedTask;

    Task IPublishObserver.PostPublish<T>(PublishContext<T> context)
    {
        if (context.Message is VerzuimGemeld message)
            Left.Enqueue(message);
        return Task.CompletedTask;
    }

    Task IPublishObserver.PublishFault<T>(PublishContext<T> context, Exception exception)
    {
        if (context.Message is VerzuimGemeld message)
            Refused.Enqueue(message);
        return Task.CompletedTask;
    }

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostReceive(ReceiveContext context)
    {
        if (context.GetMessageId() is { } id)
            Arrived.AddOrUpdate(id, 1, (_, n) => n + 1);
        var act = OnFirstDone;
        OnFirstDone = null;
        return act is null ? Task.CompletedTask : act(context);
    }

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) => Task.CompletedTask;

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}

/// <summary>A process with test services, as the host makes one.</summary>
public sealed class TestProcess : IAsyncDisposable
{
    private readonly IHost _host;

    private TestProcess(IHost host, Replica replica) => (_host, Replica) = (host, replica);

    public Replica Replica { get; }

    public IBus Transport => _host.Services.GetRequiredService<IBus>();

    /// <param name="chosen">The services in this process.</param>
    /// <param name="all">All services there are; without it only those of this process.</param>
    /// <param name="prepare">Whose queues are declared first; without it those of all.</param>
    public static async Task<TestProcess> StartAsync(Place place, IReadOnlyList<Service> chosen, IReadOnlyList<Service>? all = null, IReadOnlyList<Service>? prepare = null, string? crashPoint = null, Protections? protections = null, string replica = "een")
    {
        var (database, bus) = (Database.Parse(place.Database), Bus.Parse(place.Bus));
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        var observer = new Replica(replica);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(observer);
        foreach (var service in chosen)
            service.AddServices(builder.Services, builder.Configuration, database);
        builder.Services.AddMessaging(database, bus, chosen, all ?? chosen, new CrashPoints(crashPoint), protections ?? new(), Deliveries.Parse(null));
        builder.Services.AddReceiveObserver(_ => observer).AddPublishObserver(_ => observer).AddSingleton(Bind<IBus>.Create<IConfigureReceiveEndpoint>(observer));

        await MessagingSetup.PrepareAsync(database, bus, chosen, prepare ?? all ?? chosen, CancellationToken.None);
        var host = builder.Build();
        await host.StartAsync();
        return new TestProcess(host, observer);
    }

    /// <summary>Changes the database and tells others, in one transaction.</summary>
    public Task Save<TDb>(params IEnumerable<VerzuimGemeld> messages)
        where TDb : TestDbContext => In<TDb, bool>(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            foreach (var message in messages)
                db.Publish(message, message.CasusId, TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return true;
        });

    public async Task<TResult> In<TDb, TResult>(Func<TDb, Task<TResult>> work)
        where TDb : TestDbContext
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    /// <summary>The effects of a message.</summary>
    public Task<int> Effects<TDb>(VerzuimGemeld message)
        where TDb : TestDbContext => In<TDb, int>(db => db.Effects.CountAsync(e => e.BerichtId == message.VerzuimId));

    public Task HasEffect<TDb>(params IReadOnlyList<VerzuimGemeld> messages)
        where TDb : TestDbContext
    {
        var ids = messages.Select(m => m.VerzuimId).ToArray();
        return Eventually.IsTrue(() => In<TDb, bool>(async db => await db.Effects.Where(e => ids.Contains(e.BerichtId)).Select(e => e.BerichtId).Distinct().CountAsync() == ids.Length), "every message had its effect", Story<TDb>);
    }

    public Task OutboxIsEmpty<TDb>()
        where TDb : TestDbContext => Eventually.IsTrue(() => In<TDb, bool>(async db => !await db.Outbox.AnyAsync()), "the outbox is empty");

    private Task<string> Story<TDb>()
        where TDb : TestDbContext => In<TDb, string>(async db =>
            $"Outbox {await db.Outbox.CountAsync()}, sent {Replica.Left.Count}, effects {await db.Effects.CountAsync()}, kept {await db.OnverwerkbareBerichten.CountAsync()}; the bus: {_host.Services.GetRequiredService<IBusControl>().CheckHealth().Description}");

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }
}
