using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Host;

/// <summary>
/// The demonstration region's own issuer: gives anyone who asks a token for one of its personas. It says so in its name and in
/// every token. Processes of one demonstration share its key file.
/// </summary>
internal sealed class DemoIssuer : TokenIssuer, IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    // A test plays years with one token.
    private static readonly TimeSpan ProefLifetime = TimeSpan.FromDays(20 * 366);

    private static readonly TimeSpan SlotPatience = TimeSpan.FromSeconds(10);

    private readonly Regio _regio;
    private readonly TimeProvider _time;
    private readonly bool _proef;
    private readonly ECDsa _key;
    private readonly ECDsaSecurityKey _securityKey;

    public DemoIssuer(Regio regio, string keyFile, bool proef, TimeProvider time)
    {
        (_regio, _time, _proef) = (regio, time, proef);
        _key = ECDsa.Create();
        _key.ImportFromPem(ReadOrCreate(keyFile));
        _securityKey = new ECDsaSecurityKey(_key) { KeyId = Convert.ToHexString(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()))[..16] };
    }

    public override string Name => "urn:netwerkregie:demonstratie-niet-voor-echt-gebruik";

    public override ValueTask<IEnumerable<SecurityKey>> KeysAsync(string? keyId, CancellationToken ct) => new([_securityKey]);

    /// <summary>A token for a persona of the region, by role and the beginning of a name; without a name the first in that role.</summary>
    /// <exception cref="OngeldigeInvoer">There is no such role.</exception>
    public string Token(string? rolNaam, string? naam, string? organisatie)
    {
        var rol = Rollen.Lees(rolNaam);
        new Invoer().Eis(rol is not null, "/rol", $"Kies een rol uit {string.Join(", ", Enum.GetValues<Rol>().Select(r => r.Naam()))}.").Klaar();

        var persona = _regio.Professionals.FirstOrDefault(p =>
            p.Rol == rol!.Value.Naam()
            && (naam is null || p.Naam.StartsWith(naam, StringComparison.OrdinalIgnoreCase))
            && (organisatie is null || p.Organisatie == organisatie));
        var id = persona?.Id ?? Derived($"{rol!.Value.Naam()}|{naam}|{organisatie}");

        var now = _time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = Audience,
            // A test may still move its clock back to the start of a story.
            NotBefore = _proef ? DateTime.UnixEpoch : now,
            IssuedAt = now,
            Expires = now + (_proef ? ProefLifetime : Lifetime),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = id.ToString(),
                [Actor.RolClaim] = rol!.Value.Naam(),
                [Actor.OrganisatieClaim] = persona?.Organisatie ?? organisatie ?? "",
            },
            SigningCredentials = new SigningCredentials(_securityKey, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public void Dispose() => _key.Dispose();

    private static Guid Derived(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static string ReadOrCreate(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                // Of several processes that start at once one makes the key, and the others wait for it.
                using var alone = Alone($"{file}.slot");
                if (!File.Exists(file))
                    Create(file);
            }

            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Het sleutelbestand '{file}' (DemoSleutel) is niet te gebruiken: {e.Message}");
        }
    }

    // Under another name first: whoever finds the file finds all of it.
    private static void Create(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var own = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(own, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(own, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(own, file);
    }

    private static FileStream Alone(string slot)
    {
        FileStream? alone = null;
        return SpinWait.SpinUntil(() => (alone = TryOpen()) is not null, SlotPatience) ? alone! : throw new IOException($"'{slot}' komt niet vrij.");

        FileStream? TryOpen()
        {
            try
            {
                return new FileStream(slot, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
