using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace NetwerkRegie.Web;

/// <summary>Any OpenID Connect issuer: its keys come from its discovery document, and are fetched again when a token names a key we do not know.</summary>
/// <param name="authority">Address of the issuer, without <c>/.well-known</c>.</param>
public sealed class DiscoveredIssuer(Uri authority, HttpClient http, TimeProvider time) : TokenIssuer, IDisposable
{
    // An unknown key is a reason to look again, but not for each of a thousand forged tokens.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1);
    private IReadOnlyList<SecurityKey> _keys = [];
    private DateTimeOffset _fetchedAt = DateTimeOffset.MinValue;

    public override string Name { get; } = authority.ToString().TrimEnd('/');

    public override async ValueTask<IEnumerable<SecurityKey>> KeysAsync(string? keyId, CancellationToken ct)
    {
        if (Known(keyId))
            return _keys;
        await _gate.WaitAsync(ct);
        try
        {
            if (!Known(keyId) && time.GetUtcNow() - _fetchedAt > LookAgainAfter)
            {
                _fetchedAt = time.GetUtcNow();
                using var discovery = await DiscoverAsync(ct);
                var keys = await http.GetStringAsync(new Uri(discovery.RootElement.GetProperty("jwks_uri").GetString()!), ct);
                _keys = [.. new JsonWebKeySet(keys).GetSigningKeys()];
            }
        }
        finally
        {
            _gate.Release();
        }

        return _keys;
    }

    /// <summary>Where somebody signs in, and where the code of that is exchanged for a token.</summary>
    public async Task<(string Authorization, string Token)> EndpointsAsync(CancellationToken ct)
    {
        using var discovery = await DiscoverAsync(ct);
        return (discovery.RootElement.GetProperty("authorization_endpoint").GetString()!, discovery.RootElement.GetProperty("token_endpoint").GetString()!);
    }

    public void Dispose() => _gate.Dispose();

    private async Task<JsonDocument> DiscoverAsync(CancellationToken ct) => JsonDocument.Parse(await http.GetStringAsync(new Uri($"{Name}/.well-known/openid-configuration"), ct));

    private bool Known(string? keyId) => _keys.Any(key => key.KeyId == keyId);
}
