using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Wie van gebeurtenissen hoort: van welke casussen, en welke soorten. Wordt bepaald op het moment van afleveren, niet toen er om werd
/// gevraagd. Welke soorten een publiek mag weten staat vast; daarom kan zijn nummering per casus zonder gaten zijn.
/// </summary>
/// <param name="Casussen">Alleen deze; null is elke casus.</param>
/// <param name="Soorten">Alleen deze namen uit de catalogus; null is elke soort.</param>
internal sealed record Publiek(IQueryable<Casus>? Casussen, IReadOnlyList<string>? Soorten)
{
    private static readonly IReadOnlyList<string> VoorGezin = ["berichten.beschikbaar"];

    /// <exception cref="Geweigerd">De organisatie van deze dienst is geen afnemer in deze regio.</exception>
    public static async Task<Publiek> VanAsync(RegieDbContext db, Regio regio, Actor actor, CancellationToken ct) => actor.Rol switch
    {
        Rol.Toezichthouder => new(null, null),
        // Even a name such as "kader gewijzigd" would tell something; what there is to read, the family reads in its casus.
        Rol.Gezin => new(await Toegang.ZichtbaarAsync(db, actor, ct), VoorGezin),
        Rol.Dienst => await VanAsync(db, AfnemerVan(regio, actor) ?? throw Geweigerd.GeenRecht("Uw organisatie is in deze regio geen afnemer van gebeurtenissen."), ct),
        _ => new(await Toegang.ZichtbaarAsync(db, actor, ct), null),
    };

    public static async Task<Publiek> VanAsync(RegieDbContext db, Afnemer afnemer, CancellationToken ct) => new(
        afnemer.AlleCasussen ? null : await Toegang.VanOrganisatieAsync(db, afnemer.Organisatie, ct),
        afnemer.Soorten is { } soorten ? [.. Logboek.Soorten.Where(naam => soorten.Any(soort => Past(naam, soort)))] : null);

    public static Afnemer? AfnemerVan(Regio regio, Actor actor) => regio.Afnemers?.FirstOrDefault(a => a.Organisatie == actor.Organisatie);

    /// <summary>Een naam, of alles over een onderwerp: <c>regie.overgedragen</c>, <c>regie</c>, of zoals het type in een CloudEvent heet.</summary>
    public static bool Past(string naam, string soort) =>
        naam == soort || naam.StartsWith($"{soort}.", StringComparison.Ordinal) || CloudEvent.TypeVan(naam) == soort;

    /// <summary>Elke soort waar een lezer om vraagt bestaat.</summary>
    public static IEnumerable<(bool Klopt, string Plaats, string Melding)> Eisen(IReadOnlyList<string?>? gevraagd, string plaats) =>
        (gevraagd ?? []).Select((soort, i) => (soort is not null && Logboek.Soorten.Any(naam => Past(naam, soort)), $"{plaats}/{i}", "Deze soort gebeurtenis bestaat niet."));

    /// <summary>De namen waar een lezer om vraagt; null als hij alles wil.</summary>
    /// <exception cref="Geweigerd">Een soort is niet voor dit publiek.</exception>
    public IReadOnlyList<string>? Kies(IReadOnlyList<string?>? gevraagd)
    {
        if (gevraagd is not { Count: > 0 })
            return null;
        var namen = gevraagd.Select(soort => Logboek.Soorten.Where(naam => Past(naam, soort!)).ToList()).ToList();
        if (Soorten is not null && namen.Any(gevonden => !gevonden.Any(Soorten.Contains)))
            throw Geweigerd.GeenRecht("Een van deze soorten gebeurtenissen is niet voor uw organisatie.");
        return [.. namen.SelectMany(gevonden => gevonden).Distinct()];
    }

    /// <summary>Van welke casus een lezer wil horen; voor wie haar niet mag zien bestaat zij niet.</summary>
    public async Task EisAsync(RegieDbContext db, Guid? casusId, CancellationToken ct)
    {
        if (casusId is { } id && !await (Casussen ?? db.Casussen).AnyAsync(c => c.Id == id, ct))
            throw Geweigerd.NietGevonden("Deze casus");
    }
}
