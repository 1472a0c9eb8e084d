using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Host;

/// <summary>The clock of a process under <c>--proef</c>: the system's until a test sets it, and then wherever the test put it.</summary>
internal sealed class ProefKlok(DateTimeOffset? begin) : TimeProvider
{
    private long _ticks = begin?.UtcTicks ?? 0;

    public override DateTimeOffset GetUtcNow() => Volatile.Read(ref _ticks) is var ticks and not 0 ? new(ticks, TimeSpan.Zero) : System.GetUtcNow();

    public bool IsGezet => Volatile.Read(ref _ticks) != 0;

    public void Zet(DateTimeOffset nu) => Volatile.Write(ref _ticks, nu.UtcTicks);
}

/// <summary>Where one process stands.</summary>
/// <param name="Volgende">The first instant at which it will act by itself.</param>
/// <param name="Leeg">No promised message is left.</param>
/// <param name="Verwacht">Deliveries its messages should lead to, everywhere.</param>
/// <param name="Verwerkt">Deliveries its consumers have finished.</param>
internal sealed record Stand(DateTimeOffset Nu, DateTimeOffset? Volgende, bool Leeg, long Verwacht, long Verwerkt);

/// <summary>
/// Plays time for tests. A jump of a year stops at every instant at which something is due, lets everything finish, and goes
/// on, so that what happens in March happens in March; with several processes their clocks move together.
/// </summary>
internal sealed class Proef(ProefKlok klok, IEnumerable<IAlarm> alarms, IEnumerable<IOutboxDispatcher> outboxes, BusTraffic traffic, Settings settings, IHttpClientFactory http) : IDisposable
{
    private static readonly TimeSpan Kijkpauze = TimeSpan.FromMilliseconds(25);

    // A process that was killed forgot what it counted; then a long silence has to do, once.
    private static readonly TimeSpan LangeStilte = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Geduld = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _eenTegelijk = new(1);

    // Deliveries expected and never to be handled, or the reverse: what processes that are gone had counted.
    private long _vergeten;

    public static void Map(WebApplication app, DemoIssuer issuer)
    {
        var routes = app.MapGroup("/proef").ExcludeFromDescription().AllowAnonymous();
        routes.MapGet("/klok", (ProefKlok klok) => new { nu = klok.GetUtcNow() });
        routes.MapPost("/klok", async (KlokVerzoek verzoek, Proef proef, CancellationToken ct) =>
        {
            await proef.Zet(verzoek.Nu, ct);
            return new { nu = verzoek.Nu };
        });
        routes.MapGet("/stand", (Proef proef, CancellationToken ct) => proef.EigenStand(ct));
        routes.MapPut("/stand", (KlokVerzoek verzoek, Proef proef) => proef.ZetHier(verzoek.Nu));
        routes.MapPut("/crashpunt", (CrashpuntVerzoek verzoek, CrashPoints crashPoints) => crashPoints.Arm(verzoek.Punt));
        routes.MapPost("/tokens", (TokenVerzoek verzoek) => new { token = issuer.Token(verzoek.Rol, verzoek.Naam, verzoek.Organisatie) });
    }

    public void Dispose() => _eenTegelijk.Dispose();

    private async Task Zet(DateTimeOffset doel, CancellationToken ct)
    {
        await _eenTegelijk.WaitAsync(ct);
        try
        {
            if (klok.IsGezet && doel < klok.GetUtcNow())
                throw new Geweigerd($"De klok staat op {klok.GetUtcNow():O} en gaat alleen vooruit.");
            if (klok.IsGezet)
                for (var volgende = await Stil(ct); volgende <= doel; volgende = await Stil(ct))
                    await ZetOveral(volgende > klok.GetUtcNow() ? volgende.Value : klok.GetUtcNow(), ct);
            await ZetOveral(doel, ct);
            await Stil(ct);
        }
        finally
        {
            _eenTegelijk.Release();
        }
    }

    private void ZetHier(DateTimeOffset nu)
    {
        klok.Zet(nu);
        foreach (var alarm in alarms)
            alarm.Wake();
    }

    private async Task ZetOveral(DateTimeOffset nu, CancellationToken ct)
    {
        ZetHier(nu);
        foreach (var deelnemer in settings.Deelnemers)
            (await http.CreateClient().PutAsJsonAsync(new Uri(deelnemer, "/proef/stand"), new KlokVerzoek(nu), ct)).EnsureSuccessStatusCode();
    }

    private async Task<Stand> EigenStand(CancellationToken ct)
    {
        DateTimeOffset? volgende = null;
        foreach (var alarm in alarms)
            if (await alarm.NextAsync(ct) is { } moment && (volgende is null || moment < volgende))
                volgende = moment;
        // Handled is read before expected: a message sent in between then counts as underway, never as done.
        var verwerkt = traffic.Handled;
        var leeg = true;
        foreach (var outbox in outboxes)
            leeg &= await outbox.IsEmptyAsync(ct);
        return new Stand(klok.GetUtcNow(), volgende, leeg, traffic.Expected, verwerkt);
    }

    /// <summary>Waits until nothing is underway anywhere.</summary>
    /// <returns>The first instant at which something is due.</returns>
    private async Task<DateTimeOffset?> Stil(CancellationToken ct)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var stilSinds = begin;
        IReadOnlyList<Stand> vorige = [];
        while (true)
        {
            var nu = await Task.WhenAll(settings.Deelnemers
                .Select(async d => (await http.CreateClient().GetFromJsonAsync<Stand>(new Uri(d, "/proef/stand"), ct))!)
                .Prepend(EigenStand(ct)));
            if (!nu.SequenceEqual(vorige))
                stilSinds = TimeProvider.System.GetTimestamp();
            else if (nu.All(s => s.Leeg && !(s.Volgende <= s.Nu))
                && (nu.Sum(s => s.Verwacht - s.Verwerkt) == _vergeten || TimeProvider.System.GetElapsedTime(stilSinds) > LangeStilte))
            {
                _vergeten = nu.Sum(s => s.Verwacht - s.Verwerkt);
                return nu.Min(s => s.Volgende);
            }

            if (TimeProvider.System.GetElapsedTime(begin) > Geduld)
                throw new TimeoutException("Het wordt niet stil.");
            vorige = nu;
            await Task.Delay(Kijkpauze, ct);
        }
    }

    private sealed record KlokVerzoek(DateTimeOffset Nu);

    private sealed record CrashpuntVerzoek(string? Punt);

    private sealed record TokenVerzoek(string? Rol, string? Naam, string? Organisatie);
}
