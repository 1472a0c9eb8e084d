using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using NetwerkRegie.Web;

namespace NetwerkRegie.Toezicht;

/// <summary>The HTTP API of the services, asked in the name of whoever looks at the page.</summary>
internal sealed class Api(IHttpClientFactory clients, IServer server, IHttpContextAccessor context, ApiAdres adres, IHostApplicationLifetime host)
{
    /// <summary>The address of a flow.</summary>
    public static string Stroom(string id) => $"/v1/stromen/{Uri.EscapeDataString(id)}";

    /// <exception cref="ApiNee">The answer is no.</exception>
    public Task<T> GetAsync<T>(string path, CancellationToken ct) => SendAsync<T>(HttpMethod.Get, path, null, ct);

    /// <summary>A part of a page: null where the answer is that it is not there, or not for this reader.</summary>
    public async Task<T?> GetIfAllowedAsync<T>(string path, CancellationToken ct)
        where T : class
    {
        try
        {
            return await GetAsync<T>(path, ct);
        }
        catch (ApiNee nee) when (nee.Status is 403 or 404)
        {
            return null;
        }
    }

    /// <summary>A list to its end.</summary>
    public async Task<IReadOnlyList<T>> GetAllAsync<T>(string path, CancellationToken ct)
    {
        var items = new List<T>();
        for (var next = path; next is not null;)
        {
            var page = await GetAsync<Lijst<T>>(next, ct);
            items.AddRange(page.Items);
            next = page.Volgende;
        }

        return items;
    }

    /// <inheritdoc cref="GetAsync"/>
    /// <param name="volgnummer">Twice the same act with the same number counts once.</param>
    public Task<T> PostAsync<T>(string path, object? body, CancellationToken ct, int? volgnummer = null) => SendAsync<T>(HttpMethod.Post, path, JsonContent.Create(body), ct, volgnummer);

    /// <inheritdoc cref="GetAsync"/>
    public Task<T> PutAsync<T>(string path, object? body, CancellationToken ct) => SendAsync<T>(HttpMethod.Put, path, JsonContent.Create(body), ct);

    /// <summary>An answer that goes on and on, passed along as it comes.</summary>
    public async Task StreamAsync(string path, CancellationToken reader)
    {
        // Somebody who watches must not keep the program from stopping.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(reader, host.ApplicationStopping);
        var ct = end.Token;
        using var client = clients.CreateClient();
        using var request = Request(HttpMethod.Get, path, null);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var page = context.HttpContext!.Response;
        (page.StatusCode, page.ContentType) = ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString());
        try
        {
            await using var answer = await response.Content.ReadAsStreamAsync(ct);
            var part = new byte[4096];
            for (int read; (read = await answer.ReadAsync(part, ct)) > 0; await page.Body.FlushAsync(ct))
                await page.Body.WriteAsync(part.AsMemory(0, read), ct);
        }
        // The reader went to another page, or we stop.
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, new Uri(adres.Elders ?? Own(), path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", PageCookie.Read(context.HttpContext!.Request));
        return request;
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken ct, int? volgnummer = null)
    {
        using var client = clients.CreateClient();
        using var request = Request(method, path, content);
        if (volgnummer is { } nummer)
            request.Headers.Add("Volgnummer", nummer.ToString(CultureInfo.InvariantCulture));
        using var response = await client.SendAsync(request, ct);
        if (response.StatusCode == HttpStatusCode.NoContent)
            return default!;
        if (response.IsSuccessStatusCode)
            return (await response.Content.ReadFromJsonAsync<T>(ct))!;
        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? await response.Content.ReadFromJsonAsync<Probleem>(JsonSerializerOptions.Web, ct) : null;
        throw new ApiNee((int)response.StatusCode, problem?.Detail ?? "Er ging bij ons iets mis. Probeer het later opnieuw.", problem?.Fouten ?? []);
    }

    // Never the address that the browser named: the token goes along.
    private Uri Own() => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal));

    private sealed record Probleem(string? Detail, IReadOnlyList<Fout>? Fouten);
}

/// <param name="Elders">Where the services are, if not in this process.</param>
internal sealed record ApiAdres(Uri? Elders);

/// <summary>De dienst zegt nee, met een zin voor wie het vroeg.</summary>
public sealed class ApiNee(int status, string zin, IReadOnlyList<Fout> fouten) : Exception(zin)
{
    public int Status { get; } = status;

    public IReadOnlyList<Fout> Fouten { get; } = fouten;

    /// <summary>Wie het vroeg kan iets anders invullen of opnieuw kijken; haar pagina blijft daarvoor staan.</summary>
    public bool IsTeHerstellen => Status is 400 or 409;

    public string Titel => Status switch { 401 or 403 => "Dit mag u niet", 404 => "Niet gevonden", >= 500 => "Storing", _ => "Dit kan niet" };
}
