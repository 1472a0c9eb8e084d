using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace NetwerkRegie.Web;

/// <summary>De wereld zegt nee: een regel staat dit niet toe. Er is niets veranderd.</summary>
/// <param name="zin">Waarom, in een Nederlandse zin die de aanvrager kan lezen.</param>
/// <param name="status">409 tenzij de actor dit niet mag (403) of het er niet is (404).</param>
public sealed class Geweigerd(string zin, int status = StatusCodes.Status409Conflict) : Exception(zin)
{
    public int Status { get; } = status;

    /// <summary>Welke afspraak dit zou breken (<c>R1</c> tot en met <c>R10</c>, of <c>kader</c>); dan hoort wie toeziet ervan. Leeg bij een gewone weigering.</summary>
    public string? Afspraak { get; init; }

    public static Geweigerd NietGevonden(string wat) => new($"{wat} bestaat niet, of u hebt er geen toegang toe.", StatusCodes.Status404NotFound);

    public static Geweigerd GeenRecht(string zin) => new(zin, StatusCodes.Status403Forbidden);
}

/// <summary>Een fout in wat er is ingestuurd.</summary>
/// <param name="Plaats">JSON Pointer naar het veld; leeg voor het geheel.</param>
/// <param name="Melding">Wat er mis is. Herhaalt nooit de waarde zelf: daar kan van alles in staan.</param>
public sealed record Fout(string Plaats, string Melding);

/// <summary>De invoer is ongeldig; alle fouten tegelijk. Er is niets opgeslagen.</summary>
public sealed class OngeldigeInvoer(IReadOnlyList<Fout> fouten) : Exception("De invoer is ongeldig.")
{
    public IReadOnlyList<Fout> Fouten { get; } = fouten;
}

/// <summary>Verzamelt fouten, zodat de aanvrager ze in een keer ziet.</summary>
public sealed class Invoer
{
    private readonly List<Fout> _fouten = [];

    public Invoer Eis(bool klopt, string plaats, string melding)
    {
        if (!klopt)
            _fouten.Add(new(plaats, melding));
        return this;
    }

    public Invoer EisTekst(string? waarde, string plaats, string naam, int hooguit = 2000) =>
        Eis(!string.IsNullOrWhiteSpace(waarde), plaats, $"{naam} ontbreekt.")
        .Eis(waarde is null || waarde.Length <= hooguit, plaats, $"{naam} is langer dan {hooguit} tekens.");

    public Invoer EisAlles(IEnumerable<(bool Klopt, string Plaats, string Melding)> eisen)
    {
        foreach (var (klopt, plaats, melding) in eisen)
            Eis(klopt, plaats, melding);
        return this;
    }

    /// <exception cref="OngeldigeInvoer">Er was minstens een fout.</exception>
    public void Klaar()
    {
        if (_fouten.Count > 0)
            throw new OngeldigeInvoer(_fouten);
    }
}

/// <summary>Turns refusals and bad input into problem+json (RFC 9457), in Dutch. Anything else is a fault of ours and says nothing about itself.</summary>
public sealed class Problemen(IProblemDetailsService writer) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            Geweigerd geweigerd => Problem(geweigerd.Status, Titel(geweigerd.Status), geweigerd.Message),
            OngeldigeInvoer ongeldig => Problem(400, "Ongeldige invoer", "De invoer is ongeldig; er is niets opgeslagen.", ongeldig.Fouten),
            BadHttpRequestException { StatusCode: 413 } => Problem(413, "Te groot", "De inhoud is groter dan 64 KiB; er is niets opgeslagen."),
            BadHttpRequestException bad => Problem(400, "Ongeldige invoer", "De inhoud is niet te lezen; er is niets opgeslagen.", [new(bad.InnerException is JsonException json ? Pointer(json.Path) : "", "Dit is geen geldige JSON van de verwachte vorm.")]),
            _ => Problem(500, "Storing", "Er ging bij ons iets mis; er is niets opgeslagen. Probeer het later opnieuw."),
        };
        httpContext.Response.StatusCode = problem.Status!.Value;
        return await writer.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    internal static ProblemDetails Problem(int status, string title, string detail, IReadOnlyList<Fout>? fouten = null)
    {
        var problem = new ProblemDetails { Type = "about:blank", Status = status, Title = title, Detail = detail };
        if (fouten is not null)
            problem.Extensions["fouten"] = fouten;
        return problem;
    }

    private static string Titel(int status) => status switch
    {
        StatusCodes.Status403Forbidden => "Niet toegestaan",
        StatusCodes.Status404NotFound => "Niet gevonden",
        _ => "Geweigerd",
    };

    // "$.betreft.kinderen[0].ref" -> "/betreft/kinderen/0/ref"
    private static string Pointer(string? path) => (path ?? "").TrimStart('$').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
}
