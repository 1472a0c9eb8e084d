using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using NetwerkRegie.Contracts;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Hoe het afliep bij een ontvanger.</summary>
/// <param name="Zin">Wat er was, zoals een beheerder het leest.</param>
/// <param name="NietVoor">Wanneer de ontvanger weer gevraagd wil worden (Retry-After).</param>
internal sealed record Ontvangst(OntvangstSoort Soort, string Zin, DateTimeOffset? NietVoor = null);

internal enum OntvangstSoort
{
    Gelukt,

    /// <summary>De ontvanger is er niet of kan nu niet; later opnieuw.</summary>
    Mislukt,

    /// <summary>De ontvanger wil deze ene gebeurtenis niet.</summary>
    Geweigerd,

    /// <summary>De ontvanger wil niets meer (410).</summary>
    Voorbij,
}

/// <summary>
/// Spreekt met het adres van een abonnement. Dat adres koos een ander: er gaat niets naar binnen in ons netwerk, een doorverwijzing
/// wordt niet gevolgd, het antwoord wordt niet gelezen en niemand wacht er lang op.
/// </summary>
internal sealed class Ontvanger : IDisposable
{
    private static readonly TimeSpan Verbinden = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Geduld = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _http;
    private readonly Afleversleutel _sleutel;
    private readonly Afzender _afzender;
    private readonly TimeProvider _time;
    private readonly bool _magLokaal;

    public Ontvanger(Regio regio, Afleversleutel sleutel, Afzender afzender, TimeProvider time)
    {
        (_sleutel, _afzender, _time, _magLokaal) = (sleutel, afzender, time, regio.IsDemonstratie);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = Verbinden,
            // The answer is its status; what else it says stays unread.
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = VerbindAsync,
        });
    }

    /// <summary>Een adres waar naartoe mag worden bezorgd: https, of in de demonstratie ook op deze computer zelf.</summary>
    public static bool MagNaar(string? adres, Regio regio) =>
        Uri.TryCreate(adres, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && regio.IsDemonstratie));

    /// <summary>Bezorgt een gebeurtenis.</summary>
    public Task<Ontvangst> BezorgAsync(Abonnement abonnement, CloudEvent gebeurtenis, CancellationToken ct)
    {
        var inhoud = gebeurtenis.AlsJson();
        var tijdstip = _time.GetUtcNow().ToUnixTimeSeconds();
        var vraag = new HttpRequestMessage(HttpMethod.Post, abonnement.Adres) { Content = new ByteArrayContent(inhoud) };
        vraag.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(CloudEvent.Json);
        vraag.Headers.Add("webhook-id", gebeurtenis.Id);
        vraag.Headers.Add("webhook-timestamp", tijdstip.ToString(CultureInfo.InvariantCulture));
        vraag.Headers.Add("webhook-signature", _sleutel.Teken(abonnement.Id, gebeurtenis.Id, tijdstip, inhoud));
        if (gebeurtenis.Traceparent is { } spoor)
            vraag.Headers.Add("traceparent", spoor);
        return VraagAsync(vraag, antwoord => (int)antwoord.StatusCode switch
        {
            >= 200 and < 300 => new(OntvangstSoort.Gelukt, "bezorgd"),
            410 => new(OntvangstSoort.Voorbij, "De ontvanger wil niets meer ontvangen (410)."),
            400 or 413 or 422 => new(OntvangstSoort.Geweigerd, $"De ontvanger weigerde deze gebeurtenis ({(int)antwoord.StatusCode})."),
            var status => new(OntvangstSoort.Mislukt, $"De ontvanger antwoordde {status}."),
        }, ct);
    }

    /// <summary>Vraagt of de ontvanger wil ontvangen (CloudEvents HTTP WebHook). Hij kan dat ook later zeggen, op het adres dat hij krijgt.</summary>
    public Task<Ontvangst> VraagToestemmingAsync(Abonnement abonnement, CancellationToken ct)
    {
        var vraag = new HttpRequestMessage(HttpMethod.Options, abonnement.Adres);
        vraag.Headers.Add("WebHook-Request-Origin", _afzender.Herkomst);
        vraag.Headers.Add("WebHook-Request-Callback", _afzender.VolledigAdres($"/v1/abonnementen/{abonnement.Id}/bevestiging?sleutel={_sleutel.Bevestiging(abonnement.Id)}"));
        return VraagAsync(vraag, antwoord => antwoord.IsSuccessStatusCode && antwoord.Headers.TryGetValues("WebHook-Allowed-Origin", out var mag) && mag.Any(m => m is "*" || m == _afzender.Herkomst)
            ? new(OntvangstSoort.Gelukt, "bevestigd")
            : antwoord.StatusCode == HttpStatusCode.Gone ? new(OntvangstSoort.Voorbij, "De ontvanger wil niets ontvangen (410).")
            : new(OntvangstSoort.Mislukt, $"De ontvanger heeft nog niet bevestigd ({(int)antwoord.StatusCode})."), ct);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Ontvangst> VraagAsync(HttpRequestMessage vraag, Func<HttpResponseMessage, Ontvangst> lees, CancellationToken ct)
    {
        using var _ = vraag;
        using var genoeg = CancellationTokenSource.CreateLinkedTokenSource(ct);
        genoeg.CancelAfter(Geduld);
        try
        {
            using var antwoord = await _http.SendAsync(vraag, genoeg.Token);
            return lees(antwoord) with { NietVoor = antwoord.Headers.RetryAfter is { } na ? na.Date ?? _time.Nu() + na.Delta : null };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(OntvangstSoort.Mislukt, "De ontvanger antwoordde niet op tijd.");
        }
        catch (HttpRequestException e)
        {
            return new(OntvangstSoort.Mislukt, e.InnerException is Geweigerd nee ? nee.Message : "De ontvanger is niet bereikbaar.");
        }
    }

    // Where a name leads is looked at when connecting: a name may lead elsewhere than when it was registered.
    private async ValueTask<Stream> VerbindAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var adressen = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var mag = adressen.Where(a => IsOpenbaar(a) || (_magLokaal && IPAddress.IsLoopback(a))).ToArray();
        if (mag.Length == 0)
            throw new Geweigerd("Het adres van de ontvanger is niet openbaar.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(mag, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Een adres op het internet; niet van een computer, een eigen netwerk of een wolk zelf.</summary>
    internal static bool IsOpenbaar(IPAddress adres)
    {
        if (adres.IsIPv4MappedToIPv6)
            adres = adres.MapToIPv4();
        var b = adres.GetAddressBytes();
        if (adres.AddressFamily == AddressFamily.InterNetworkV6)
            // Global unicast, without the ranges that carry an IPv4 address along.
            return (b[0] & 0xE0) == 0x20 && !(b[0] == 0x20 && b[1] == 0x02) && !(b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0);
        return !(b[0] is 0 or 10 or 127 or >= 224
            || (b[0] == 100 && (b[1] & 0xC0) == 64)
            || (b[0] == 169 && b[1] == 254)
            || (b[0] == 172 && (b[1] & 0xF0) == 16)
            || (b[0] == 192 && ((b[1] == 0 && b[2] is 0 or 2) || (b[1] == 88 && b[2] == 99) || b[1] == 168))
            || (b[0] == 198 && (b[1] is 18 or 19 || (b[1] == 51 && b[2] == 100)))
            || (b[0] == 203 && b[1] == 0 && b[2] == 113));
    }
}
