using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NetwerkRegie.Voorbeelden;

/// <summary>A subscriber in C#, with nothing but .NET: is a delivery by webhook ours, and follow what happens live.</summary>
public static class Ontvangen
{
    // Older than this may be somebody who recorded it.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>Whether a delivery was signed with the secret of the subscription (Standard Webhooks). Ask this before anything else.</summary>
    public static bool IsGenuine(string secret, string id, string timestamp, string signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, out var seconds) || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Fresh)
            return false;
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret["whsec_".Length..]));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes($"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}"), Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>What happens after <paramref name="lastId"/>, until the connection ends; then call it again with the id of the last one you had.</summary>
    public static async IAsyncEnumerable<JsonElement> FollowAsync(HttpClient http, string token, string lastId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/gebeurtenissen/stroom");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Last-Event-ID", lastId);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(ct)).EnumerateAsync(ct))
            yield return JsonDocument.Parse(item.Data).RootElement;
    }
}
