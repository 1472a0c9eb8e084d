using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.StaticFiles;
using NetwerkRegie.Contracts;
using NetwerkRegie.Web;

namespace NetwerkRegie.Host;

/// <summary>
/// The designer: a page of ours around the components of Elsa Studio, which come from npm at one exact version. Whoever works in
/// it signs in first; what it may do is decided by the API that it calls.
/// </summary>
internal static class Studio
{
    // WebAssembly has to be compiled, the editor starts its workers from a blob, and two components of this version of
    // Studio bring a script of their own (for hotkeys): those two, by their hash. Nothing comes from elsewhere.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts=' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc='; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static readonly Rol[] WieMag = [Rol.Ontwerper, Rol.Toezichthouder];

    private static readonly FileExtensionContentTypeProvider ContentTypes = new() { Mappings = { [".dat"] = "application/octet-stream", [".wasm"] = "application/wasm", [".pdb"] = "application/octet-stream" } };

    /// <summary>Where the npm package is: beside a published program, or where this one was built.</summary>
    private static readonly string? Package = new[] { Path.Combine(AppContext.BaseDirectory, "studio"), BuiltFrom() }.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "index.html")));

    public static void Map(WebApplication app, Regio regio)
    {
        var studio = app.MapGroup("/studio").AllowAnonymous().ExcludeFromDescription();
        studio.MapGet("", () => Results.Redirect("/studio/stromen"));
        foreach (var page in new[] { "/stromen", "/stromen/{id}", "/lopend", "/lopend/{id}" })
            studio.MapGet(page, (HttpContext http) => Page(http, regio));
        studio.MapGet("/{**file}", Serve);
    }

    private static IResult Page(HttpContext http, Regio regio)
    {
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        var actor = Actor.From(http.User);
        if (Package is null)
            return Html(Resource("melding.html").Replace("{{zin}}", "De ontwerper (Elsa Studio) staat niet op deze computer: installeer Node.js met npm en start het programma opnieuw met dotnet run.", StringComparison.Ordinal));
        if (actor is null || !WieMag.Contains(actor.Rol))
            return Aanmelden.First(http);
        return Html(Resource("studio.html").Replace("{{wie}}", WebUtility.HtmlEncode(regio.Professionals.FirstOrDefault(p => p.Id == actor.Id)?.Naam ?? actor.Rol.Naam()), StringComparison.Ordinal).Replace("{{rol}}", actor.Rol.Naam(), StringComparison.Ordinal));
    }

    /// <summary>A file of ours, or of the package; compressed as it was shipped, if the browser takes that.</summary>
    private static IResult Serve(string file, HttpContext http)
    {
        if (file is "studio.js" or "studio.css")
            return Results.Text(Resource(file), ContentType(file));
        if (Package is null || Path.GetFullPath(Path.Combine(Package, file)) is var path && (!path.StartsWith(Package, StringComparison.Ordinal) || !File.Exists(path)))
            return Results.NotFound();
        // Names in _framework carry a hash of what is in them, but for the one that begins.
        http.Response.Headers.CacheControl = file.StartsWith("_framework/", StringComparison.Ordinal) && file.EndsWith(".wasm", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.Headers.Vary = "Accept-Encoding";
        if (http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal) && File.Exists(path + ".br"))
        {
            http.Response.Headers.ContentEncoding = "br";
            path += ".br";
        }

        var written = new FileInfo(path);
        return Results.File(path, ContentType(file), lastModified: written.LastWriteTimeUtc, entityTag: new($"\"{written.LastWriteTimeUtc.Ticks:x}-{written.Length:x}\""));
    }

    private static string ContentType(string file) => ContentTypes.TryGetContentType(file, out var type) ? type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type : "application/octet-stream";

    private static IResult Html(string text) => Results.Text(text, "text/html; charset=utf-8");

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Studio).Assembly.GetManifestResourceStream($"studio/{name}")!);
        return reader.ReadToEnd();
    }

    private static string BuiltFrom() => typeof(Studio).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "StudioFolder").Value!;
}
