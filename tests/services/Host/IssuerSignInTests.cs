using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NetwerkRegie.Host;
using Xunit;

namespace NetwerkRegie.Services.Tests.Host;

/// <summary>Signing in with an issuer of the region's own, over HTTP: an OpenID Connect issuer of which only the login form is missing.</summary>
public sealed class IssuerSignInTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netwerkregie-").FullName;
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "een" };
    private readonly Dictionary<string, string> _challenges = [];
    private WebApplication _issuer = null!;
    private WebApplication _app = null!;

    [Fact]
    public async Task Whoever_signs_in_at_the_issuer_comes_back_to_the_page_with_a_cookie_that_works()
    {
        using var browser = Browser();
        var away = await browser.GetAsync("/stromen/opschaling");
        Assert.Equal("/aanmelden?naar=%2Fstromen%2Fopschaling", away.Headers.Location?.ToString());
        var toIssuer = await browser.GetAsync(away.Headers.Location);
        Assert.StartsWith($"{_issuer.Urls.Single()}/authorize", toIssuer.Headers.Location?.ToString(), StringComparison.Ordinal);
        var back = await browser.GetAsync(toIssuer.Headers.Location);
        var welcome = await browser.GetAsync(back.Headers.Location);

        Assert.Contains("url=/stromen/opschaling", await welcome.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var page = await browser.GetAsync("/stromen/opschaling");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Aangemeld als ontwerper", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // The same answer of the issuer once more, or one that began elsewhere, signs nobody in.
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(back.Headers.Location)).StatusCode);
        using var other = Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(back.Headers.Location)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/stromen")).StatusCode);
    }

    [Fact]
    public async Task A_code_that_the_issuer_does_not_know_signs_nobody_in()
    {
        using var browser = Browser();
        var toIssuer = await browser.GetAsync("/aanmelden");
        var state = QueryHelpers.ParseQuery(toIssuer.Headers.Location!.Query)["state"].ToString();

        var refused = await browser.GetAsync($"/aanmelden/terug?code=verzonnen&state={state}");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/stromen")).StatusCode);
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _issuer = builder.Build();
        _issuer.Urls.Add("http://127.0.0.1:0");
        _issuer.MapGet("/.well-known/openid-configuration", () => new { jwks_uri = $"{Issuer}/keys", authorization_endpoint = $"{Issuer}/authorize", token_endpoint = $"{Issuer}/token" });
        _issuer.MapGet("/keys", () => new { keys = new[] { Public() } });
        _issuer.MapGet("/authorize", (string redirect_uri, string state, string code_challenge) =>
        {
            var code = $"code-{_challenges.Count}";
            _challenges[code] = code_challenge;
            return Results.Redirect(QueryHelpers.AddQueryString(redirect_uri, new Dictionary<string, string?> { ["code"] = code, ["state"] = state }));
        });
        _issuer.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var verified = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            return _challenges.Remove(form["code"].ToString(), out var challenge) && challenge == verified && form["client_id"] == "de-paginas"
                ? Results.Json(new { access_token = Token(), token_type = "Bearer" })
                : Results.BadRequest(new { error = "invalid_grant" });
        });
        await _issuer.StartAsync();
        _app = HostApplication.Build(["--urls=http://127.0.0.1:0", "--services=regie", $"--Database={_folder}", "--Regio=demonstratie", $"--Issuer={Issuer}", "--ClientId=de-paginas"]);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _issuer.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private string Issuer => _issuer.Urls.Single();

    private HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.Single()) };

    private string Token() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = "netwerkregie",
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        Claims = new Dictionary<string, object> { ["sub"] = "0197a000-0000-7000-8000-000000000062", ["rol"] = "ontwerper", ["organisatie"] = "regio" },
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
    });

    private object Public()
    {
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(_key);
        return new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, kid = _key.KeyId, use = "sig" };
    }
}
