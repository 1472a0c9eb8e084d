using NetwerkRegie.Intake;
using NetwerkRegie.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Onderwijs;
using NetwerkRegie.Regie;
using NetwerkRegie.Toezicht;
using NetwerkRegie.Veiligheid;
using NetwerkRegie.Web;

namespace NetwerkRegie.Host;

/// <summary>Puts the chosen services, the bus and the HTTP surface together in one process.</summary>
public static class HostApplication
{
    /// <summary>All services there are, in the order in which a melding meets them.</summary>
    public static IReadOnlyList<Service> All { get; } = [new IntakeService(), new RegieService(), new KernteamService(), new VeiligheidService(), new OnderwijsService()];

    /// <exception cref="SettingException">A setting is wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        args = Settings.Normalise(args);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        Settings.AddGeheimen(builder.Configuration);
        var settings = Settings.Read(builder.Configuration, args, All);
        var time = settings.Proef ? new ProefKlok(settings.Klok) : TimeProvider.System;
        TokenIssuer issuer = settings.Issuer is { } authority
            ? new DiscoveredIssuer(authority, new HttpClient(), time)
            : new DemoIssuer(settings.Regio, settings.DemoSleutel, settings.Proef, time);

        builder.Services.AddSingleton(settings).AddSingleton(settings.Regio).AddSingleton(time);
        if (time is ProefKlok klok)
            builder.Services.AddSingleton(klok).AddSingleton<Proef>();
        builder.Services.AddHttpClient();
        if (settings.HeeftPaginas)
            builder.Services.AddPaginas(settings.Api);
        builder.Services.AddWeb(issuer, $"NetwerkRegie: {string.Join(", ", settings.Services.Select(s => s.Title.ToLowerInvariant()))}");
        builder.AddTelemetrie(settings);
        builder.Services.AddHostedService<Preparation>();
        foreach (var service in settings.Services)
            service.AddServices(builder.Services, builder.Configuration, settings.Database);
        builder.Services.AddMessaging(settings.Database, settings.Bus, settings.Services, All, settings.CrashPoints, settings.Protections, settings.Deliveries);

        var app = builder.Build();
        app.UseWeb();
        Gezondheid.Map(app, settings.Services);
        foreach (var service in settings.Services)
            service.MapRoutes(app);
        if (settings.Services.Any(s => s is RegieService))
            Studio.Map(app, settings.Regio);
        if (settings.HeeftPaginas)
        {
            Aanmelden.Map(app, issuer, settings);
            app.MapPaginas();
        }

        if (issuer is DemoIssuer demo)
        {
            app.MapPost("/demo/tokens", (DemoTokenVerzoek verzoek) => new { token = demo.Token(verzoek.Rol, verzoek.Naam, null), letOp = "Alleen voor de demonstratieregio." }).AllowAnonymous().ExcludeFromDescription();
            if (settings.Proef)
                Proef.Map(app, demo);
        }

        return app;
    }

    private sealed record DemoTokenVerzoek(string? Rol, string? Naam);

    /// <summary>Databases, tables, queues and bindings are there before the first service starts.</summary>
    private sealed class Preparation(Settings settings) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) =>
            MessagingSetup.PrepareAsync(settings.Database, settings.Bus, settings.PrepareOnly ? All : settings.Services, All, cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
