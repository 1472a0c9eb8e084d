using MassTransit;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Host;

/// <summary>
/// What whoever runs the program asks it. <c>/leeft</c>: the process answers; if not, start it anew. <c>/gezond</c>: it can do its work; if
/// not, send it no requests, and see which part is missing.
/// </summary>
internal static class Gezondheid
{
    // Who asks looks again within seconds; an answer that comes after that is none.
    private static readonly TimeSpan Geduld = TimeSpan.FromSeconds(3);

    public static void Map(WebApplication app, IReadOnlyList<Service> services)
    {
        var routes = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().DisableHttpMetrics();
        routes.MapGet("/leeft", () => new { leeft = true });
        routes.MapGet("/gezond", async (IBusControl bus, IServiceProvider provider, CancellationToken ct) =>
        {
            var delen = new List<Deel> { new("bus", bus.CheckHealth().Status == BusHealthStatus.Healthy ? null : "De bus is niet verbonden: berichten wachten tot dat weer zo is.") };
            delen.AddRange(await Task.WhenAll(services.Select(service => DatabaseAsync(service, provider, ct))));
            var gereed = delen.TrueForAll(deel => deel.Gereed);
            return Results.Json(new { gereed, delen }, statusCode: gereed ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }

    private static async Task<Deel> DatabaseAsync(Service service, IServiceProvider provider, CancellationToken ct)
    {
        using var genoeg = CancellationTokenSource.CreateLinkedTokenSource(ct);
        genoeg.CancelAfter(Geduld);
        var antwoordt = false;
        try
        {
            antwoordt = await service.HasDatabaseAsync(provider, genoeg.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
        }

        return new($"database {service.Name}", antwoordt ? null : "De database antwoordt niet.");
    }

    /// <param name="Naam">Bijvoorbeeld <c>database regie</c>.</param>
    /// <param name="Reden">Waarom het niet gereed is, in een zin.</param>
    private sealed record Deel(string Naam, string? Reden)
    {
        public bool Gereed => Reden is null;
    }
}
