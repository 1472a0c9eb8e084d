using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace NetwerkRegie.Web;

/// <summary>Wie iets doet. Elke aanroep heeft een actor; zonder actor wordt alles geweigerd.</summary>
/// <param name="Id">Verwijzing naar de persoon of dienst; geen naam, geen BSN.</param>
/// <param name="Rol">In welke rol de actor nu handelt.</param>
/// <param name="Organisatie">Namens welke organisatie.</param>
public sealed record Actor(Guid Id, Rol Rol, string Organisatie)
{
    public const string RolClaim = "rol";
    public const string OrganisatieClaim = "organisatie";

    /// <summary>Lets a route ask for the actor as a parameter.</summary>
    public static ValueTask<Actor?> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));

    /// <summary>The actor a token speaks for; null if it names no known role or no usable subject.</summary>
    public static Actor? From(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue("sub"), out var id) && Rollen.Lees(user.FindFirstValue(RolClaim)) is { } rol
            ? new Actor(id, rol, user.FindFirstValue(OrganisatieClaim) ?? "")
            : null;
}

/// <summary>De rollen waarin iemand kan handelen.</summary>
public enum Rol
{
    Melder,
    Regisseur,
    Rvt,
    School,
    Gi,
    Leidinggevende,
    Bestuurder,
    Ontwerper,
    Toezichthouder,
    Gezin,
    Dienst,
}

public static class Rollen
{
    /// <summary>Wie beroepsmatig bij een casus betrokken kan zijn.</summary>
    public static readonly Rol[] Beroepskrachten = [Rol.Regisseur, Rol.Rvt, Rol.Gi, Rol.Leidinggevende];

    public static Rol? Lees(string? rol) =>
        Enum.TryParse<Rol>(rol, ignoreCase: true, out var gevonden) && Enum.IsDefined(gevonden) && !int.TryParse(rol, out _) ? gevonden : null;

    public static string Naam(this Rol rol) => rol.ToString().ToLowerInvariant();
}
