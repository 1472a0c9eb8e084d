using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regisseurs;

/// <summary>
/// Wie nu de regie van een casus houdt, zoals een dienst dat in haar eigen database bijhoudt om te weten wie bij een casus hoort.
/// De regielijn zelf is van de dienst regie.
/// </summary>
public sealed class Regisseur
{
    public required Guid CasusId { get; init; }
    public required Guid RegisseurId { get; set; }
    public required DateTimeOffset Vanaf { get; set; }
}

public static class RegisseurExtensions
{
    /// <summary>The table <c>regisseurs</c>, which the service makes in its own SQL.</summary>
    public static void MapRegisseurs(this ModelBuilder model) => model.Entity<Regisseur>().ToTable("regisseurs").HasKey(r => r.CasusId);

    /// <summary>Of de actor nu de regie van deze casus houdt; ook als waarnemer of noodhouder.</summary>
    public static Task<bool> HoudtRegieAsync(this ServiceDbContext db, Guid casusId, Actor actor, CancellationToken ct) =>
        db.Set<Regisseur>().AnyAsync(r => r.CasusId == casusId && r.RegisseurId == actor.Id, ct);

    /// <exception cref="Geweigerd">De actor houdt de regie van deze casus niet, of de casus bestaat niet: dat verschil gaat hem niet aan.</exception>
    public static async Task EisRegieAsync(this ServiceDbContext db, Guid casusId, Actor actor, CancellationToken ct)
    {
        if (!await db.HoudtRegieAsync(casusId, actor, ct))
            throw Geweigerd.NietGevonden("Deze casus");
    }

    /// <summary>Of de actor leiding geeft aan het team van deze beroepskracht.</summary>
    public static bool IsLeidinggevendeVan(this Actor actor, Guid professionalId, Regio regio) =>
        regio.Professionals.FirstOrDefault(p => p.Id == professionalId)?.TeamId is { } team && regio.Teams.Any(t => t.Id == team && t.LeidinggevendeId == actor.Id);
}
