using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace NetwerkRegie.Messaging;

/// <summary>How a host puts services on a bus.</summary>
public static class MessagingSetup
{
    /// <summary>Adds the bus, with the consumers of the services that run in this process.</summary>
    /// <param name="chosen">The services of this process.</param>
    /// <param name="all">All services there are: who listens to what is known even of those that run elsewhere.</param>
    public static IServiceCollection AddMessaging(this IServiceCollection services, Database database, Bus bus, IReadOnlyList<Service> chosen, IReadOnlyList<Service> all, CrashPoints crashPoints, Protections protections, Deliveries deliveries)
    {
        services.AddSingleton(database).AddSingleton(bus).AddSingleton(crashPoints).AddSingleton(protections).AddSingleton(deliveries);
        services.AddSingleton(new BusTraffic(bus.ForgetsOnRestart ? chosen : all));
        services.AddReceiveObserver(provider => provider.GetRequiredService<BusTraffic>());
        services.AddReceiveObserver(provider => ActivatorUtilities.CreateInstance<UndeliverableObserver>(provider, new UndeliverableObserver.Owners(chosen)));
        services.AddSingleton<ConsumerTools>();
        bus.Connect(services, chosen);
        return services;
    }

    /// <summary>
    /// Makes what the services need before any of them runs: databases, tables, queues and bindings. Safe to repeat, and
    /// safe for several processes at once.
    /// </summary>
    /// <exception cref="SettingException">The database or the broker cannot be reached.</exception>
    public static async Task PrepareAsync(Database database, Bus bus, IReadOnlyList<Service> chosen, IReadOnlyList<Service> all, CancellationToken ct)
    {
        foreach (var service in chosen)
            await service.PrepareAsync(database, ct);
        await bus.DeployAsync(all, ct);
    }
}
