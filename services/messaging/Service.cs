using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace NetwerkRegie.Messaging;

/// <summary>One service: its name, its consumers, its routes, its own database. A host runs one or several.</summary>
public abstract class Service
{
    /// <summary>Lower case; also the name of its database, the front of its queue names and a value of <c>--services</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Title of its API, in Dutch.</summary>
    public abstract string Title { get; }

    /// <summary>Everything it listens to: the table of contents of what it does for others.</summary>
    public abstract IReadOnlyList<Type> Consumers { get; }

    public abstract void MapRoutes(IEndpointRouteBuilder routes);

    /// <summary>Adds what its consumers and routes need.</summary>
    /// <exception cref="SettingException">A setting of this service is wrong.</exception>
    public abstract void AddServices(IServiceCollection services, IConfiguration configuration, Database database);

    /// <summary>Whether its database answers.</summary>
    public async Task<bool> HasDatabaseAsync(IServiceProvider provider, CancellationToken ct) =>
        await ((DbContext)provider.GetRequiredService(ContextType)).Database.CanConnectAsync(ct);

    internal abstract Type ContextType { get; }

    internal abstract Task PrepareAsync(Database database, CancellationToken ct);

    /// <summary>Two services may listen to the same event: with one queue name they would each get half of it.</summary>
    internal string QueueName(Type consumer) => $"{Name}-{QueueOf(consumer)}";

    /// <summary>Adds what acts by itself, and at once when the clock is moved.</summary>
    protected static void AddLoop<T>(IServiceCollection services)
        where T : class, IHostedService, IAlarm
    {
        services.AddSingleton<T>().AddSingleton<IAlarm>(provider => provider.GetRequiredService<T>());
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    /// <summary>A consumer's queue, without the service's name. Consumers that share a queue return the same name.</summary>
    protected virtual string QueueOf(Type consumer) =>
        KebabCaseEndpointNameFormatter.Instance.SanitizeName(consumer.Name.Split('`')[0].Replace("Consumer", "", StringComparison.Ordinal));
}

/// <inheritdoc/>
public abstract class Service<TDb> : Service
    where TDb : ServiceDbContext
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services, IConfiguration configuration, Database database)
    {
        services.AddSingleton<OutboxSignal<TDb>>();
        services.AddDbContextPool<TDb>((provider, options) =>
        {
            database.Configure(options, Name);
            options.AddInterceptors(provider.GetRequiredService<OutboxSignal<TDb>>());
        });
        services.AddSingleton<OutboxDispatcher<TDb>>();
        services.AddSingleton<IOutboxDispatcher>(provider => provider.GetRequiredService<OutboxDispatcher<TDb>>());
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher<TDb>>());
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<MessageFigures<TDb>>(provider, Name));
    }

    internal override Type ContextType => typeof(TDb);

    internal override async Task PrepareAsync(Database database, CancellationToken ct)
    {
        await database.CreateAsync(Name, ct);
        var options = new DbContextOptionsBuilder<TDb>();
        database.Configure(options, Name);
        await using var db = (TDb)Activator.CreateInstance(typeof(TDb), options.Options)!;
        await Migrations.ApplyAsync(database, db, ct);
    }
}
