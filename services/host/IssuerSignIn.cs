using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using NetwerkRegie.Web;

namespace NetwerkRegie.Host;

/// <summary>
/// Signing in to the pages with the region's own issuer: OpenID Connect, an authorization code with PKCE (RFC 7636). The program has
/// no secret; the access token is the one that every call is checked by.
/// </summary>
internal sealed class IssuerSignIn(DiscoveredIssuer issuer, string clientId, IHttpClientFactory clients)
{
    public const string Return = "/aanmelden/terug";

    private const string Cookie = "netwerkregie-aanmelding";

    // How long somebody may take at the issuer.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public async Task<IResult> BeginAsync(HttpContext http, string page)
    {
        var (state, verifier) = (Random(), Random());
        // Lax: coming back from the issuer is a visit from another site.
        http.Response.Cookies.Append(Cookie, $"{state}.{verifier}.{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(page))}", Options(http));
        return Results.Redirect(QueryHelpers.AddQueryString((await issuer.EndpointsAsync(http.RequestAborted)).Authorization, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = clientId,
            ["redirect_uri"] = ReturnAddress(http),
            ["scope"] = "openid",
            ["state"] = state,
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        }));
    }

    /// <summary>Exchanges the code that the issuer sent along for a token.</summary>
    /// <returns>The page that it was about.</returns>
    /// <exception cref="Geweigerd">The sign-in did not begin here, took too long, or the issuer says no.</exception>
    public async Task<string> CompleteAsync(HttpContext http, string? code, string? state)
    {
        var begun = http.Request.Cookies[Cookie]?.Split('.');
        http.Response.Cookies.Delete(Cookie, Options(http));
        if (begun is not [var expected, var verifier, var page] || string.IsNullOrEmpty(code) || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(state ?? "")))
            throw Geweigerd.GeenRecht("Het aanmelden is niet gelukt of duurde te lang; begin opnieuw.");
        using var client = clients.CreateClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = clientId,
            ["redirect_uri"] = ReturnAddress(http),
            ["code"] = code,
            ["code_verifier"] = verifier,
        });
        using var answer = await client.PostAsync(new Uri((await issuer.EndpointsAsync(http.RequestAborted)).Token), form, http.RequestAborted);
        if (!answer.IsSuccessStatusCode || (await answer.Content.ReadFromJsonAsync<JsonElement>(http.RequestAborted)).TryGetProperty("access_token", out var token) is false)
            throw Geweigerd.GeenRecht("De uitgever van tokens heeft u niet aangemeld; begin opnieuw.");
        PageCookie.Write(http, token.GetString()!);
        return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(page));
    }

    private static string ReturnAddress(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}{Return}";

    private static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = Return, MaxAge = Patience, IsEssential = true };
}
