using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NetwerkRegie.Web;

/// <summary>Who makes the tokens, and the keys to check them with.</summary>
public abstract class TokenIssuer
{
    /// <summary>The audience that every token must name.</summary>
    public const string Audience = "netwerkregie";

    /// <summary>Value of <c>iss</c>.</summary>
    public abstract string Name { get; }

    /// <param name="keyId">The key a token asks for; an issuer may look again if it does not know it yet.</param>
    public abstract ValueTask<IEnumerable<SecurityKey>> KeysAsync(string? keyId, CancellationToken ct);
}

/// <summary>
/// A small authentication handler around <see cref="JsonWebTokenHandler"/>: bearer tokens of one issuer, signature, audience
/// and lifetime checked, by the clock that the whole process follows. The designer in the browser carries its token in a cookie.
/// </summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenIssuer issuer, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if ((FromHeader() ?? PageCookie.Read(Request)) is not { } text)
            return AuthenticateResult.NoResult();
        JsonWebToken token;
        try
        {
            token = Handler.ReadJsonWebToken(text);
        }
        // Also something with two dots in it that is no token inside.
        catch (ArgumentException)
        {
            return AuthenticateResult.Fail("unreadable");
        }

        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.Name,
            ValidAudience = TokenIssuer.Audience,
            IssuerSigningKeys = await issuer.KeysAsync(token.Kid, Context.RequestAborted),
            LifetimeValidator = (from, to, _, parameters) =>
                to is not null && time.GetUtcNow() < to + parameters.ClockSkew && (from is null || time.GetUtcNow() > from - parameters.ClockSkew),
            ClockSkew = TimeSpan.FromMinutes(1),
            NameClaimType = "sub",
            RoleClaimType = Actor.RolClaim,
        });
        if (!result.IsValid || Actor.From(new ClaimsPrincipal(result.ClaimsIdentity)) is null)
            return AuthenticateResult.Fail("invalid");
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(result.ClaimsIdentity), SchemeName));
    }

    private string? FromHeader() => Request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Write(StatusCodes.Status401Unauthorized, "Niet aangemeld", "Stuur een geldig token mee in de header Authorization.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Write(StatusCodes.Status403Forbidden, "Niet toegestaan", "Uw rol mag dit niet.");

    private Task Write(int status, string title, string detail)
    {
        Response.StatusCode = status;
        return Response.WriteAsJsonAsync(Problemen.Problem(status, title, detail), options: null, contentType: "application/problem+json");
    }
}
