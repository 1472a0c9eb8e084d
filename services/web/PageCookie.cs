using Microsoft.AspNetCore.Http;

namespace NetwerkRegie.Web;

/// <summary>
/// The token of somebody who works in the pages. In the browser it travels in a cookie: out of reach of scripts, only read for the
/// pages and for what the designer calls, and never along with a request from another site.
/// </summary>
public static class PageCookie
{
    private const string Name = "netwerkregie";

    private static readonly PathString[] Paths = ["/studio", "/elsa", "/stromen", "/migraties", "/werkplek", "/gezin", "/terugkijken", "/bewaking"];

    public static void Write(HttpContext context, string token) => context.Response.Cookies.Append(Name, token, Options(context));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    /// <summary>The token, if this request may use it.</summary>
    public static string? Read(HttpRequest request) =>
        (request.Path == "/" || Array.Exists(Paths, path => request.Path.StartsWithSegments(path))) && (IsHarmless(request) || IsSameOrigin(request)) ? request.Cookies[Name] : null;

    /// <summary>The browser says that one of our own pages asks.</summary>
    public static bool IsSameOrigin(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site ? site == "same-origin"
        : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value;

    // Opening a web socket is a GET too, and what goes over it is not held by SameSite once it is open.
    private static bool IsHarmless(HttpRequest request) => (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Upgrade.Count == 0;

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
