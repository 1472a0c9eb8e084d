using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// Waarmee een bezorging wordt getekend (Standard Webhooks). Het geheim van een abonnement wordt uit het ene sleutelbestand afgeleid en
/// nergens bewaard: wie de database leest, kan er niets mee tekenen. Replica's delen het bestand.
/// </summary>
internal sealed class Afleversleutel
{
    private const int Bytes = 32;

    private readonly Lazy<byte[]> _sleutel;

    /// <exception cref="SettingException">Er is geen sleutelbestand, en dit is geen demonstratie.</exception>
    public Afleversleutel(IConfiguration configuration, Regio regio)
    {
        var bestand = configuration["Afleversleutel"] ?? Path.Combine("data", "afleversleutel");
        if (!regio.IsDemonstratie && !File.Exists(bestand))
            throw new SettingException($"Het sleutelbestand '{bestand}' (Afleversleutel) is er niet; maak het met {Bytes} willekeurige bytes en deel het met alle processen van regie.");
        _sleutel = new(() => LeesOfMaak(bestand));
    }

    /// <summary>Het geheim zoals de afnemer het een keer te zien krijgt.</summary>
    public string Geheim(Guid abonnementId) => $"whsec_{Convert.ToBase64String(Van("webhook", abonnementId))}";

    /// <summary>Wat in het adres staat waarmee een ontvanger bevestigt dat hij wil ontvangen.</summary>
    public string Bevestiging(Guid abonnementId) => Convert.ToHexStringLower(Van("bevestiging", abonnementId));

    /// <summary>De handtekening onder een bezorging.</summary>
    public string Teken(Guid abonnementId, string id, long tijdstip, ReadOnlySpan<byte> inhoud)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Van("webhook", abonnementId));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{tijdstip}."));
        hmac.AppendData(inhoud);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }

    private byte[] Van(string waarvoor, Guid abonnementId) => HMACSHA256.HashData(_sleutel.Value, Encoding.UTF8.GetBytes($"{waarvoor} {abonnementId}"));

    // Under another name first: of several processes that start at once one makes the file, and nobody reads half of it.
    private static byte[] LeesOfMaak(string bestand)
    {
        try
        {
            if (!File.Exists(bestand))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(bestand))!);
                var eigen = $"{bestand}.{Environment.ProcessId}";
                File.WriteAllBytes(eigen, RandomNumberGenerator.GetBytes(Bytes));
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(eigen, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                try
                {
                    File.Move(eigen, bestand);
                }
                catch (IOException) when (File.Exists(bestand))
                {
                    File.Delete(eigen);
                }
            }

            return File.ReadAllBytes(bestand) is { Length: >= Bytes } sleutel ? sleutel : throw new SettingException($"Het sleutelbestand '{bestand}' (Afleversleutel) heeft minder dan {Bytes} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Het sleutelbestand '{bestand}' (Afleversleutel) is niet te gebruiken: {e.Message}");
        }
    }
}
