using Microsoft.EntityFrameworkCore;

namespace NetwerkRegie.Regie;

/// <summary>Leest de stroom van gebeurtenissen vanaf een plaats, zoals een publiek haar mag zien.</summary>
internal static class Feed
{
    /// <summary>Hoe ver de stroom is.</summary>
    public static async Task<long> KopAsync(RegieDbContext db, CancellationToken ct) => await db.Logboek.MaxAsync(g => g.Positie, ct) ?? 0;

    /// <param name="soorten">Waar de lezer om vraagt, binnen wat hij mag weten.</param>
    public static async Task<FeedBlad> LeesAsync(RegieDbContext db, Publiek publiek, long na, IReadOnlyList<string>? soorten, Guid? casusId, int aantal, CancellationToken ct)
    {
        // Looked at first: what is numbered meanwhile is for the next time.
        var kop = await KopAsync(db, ct);
        if (kop <= na)
            return new([], na);
        var zichtbaar = Zichtbaar(db, publiek).Where(g => g.Positie > na && g.Positie <= kop);
        if (soorten is not null)
            zichtbaar = zichtbaar.Where(g => soorten.Contains(g.Type));
        if (casusId is not null)
            zichtbaar = zichtbaar.Where(g => g.CasusId == casusId);
        var regels = await MetNummer(db, publiek, zichtbaar.OrderBy(g => g.Positie).Take(aantal)).ToListAsync(ct);
        return new([.. regels.OrderBy(r => r.Regel.Positie)], regels.Count < aantal ? kop : regels.Max(r => r.Regel.Positie!.Value));
    }

    /// <summary>De regels op deze plaatsen die dit publiek nu mag zien.</summary>
    public static async Task<IReadOnlyList<FeedRegel>> OpAsync(RegieDbContext db, Publiek publiek, IReadOnlyList<long> plaatsen, CancellationToken ct)
    {
        var regels = await MetNummer(db, publiek, Zichtbaar(db, publiek).Where(g => plaatsen.Contains(g.Positie!.Value))).ToListAsync(ct);
        return [.. regels.OrderBy(r => r.Regel.Positie)];
    }

    private static IQueryable<LogboekRegel> Zichtbaar(RegieDbContext db, Publiek publiek)
    {
        var zichtbaar = db.Logboek.AsNoTracking().Where(g => g.Positie != null);
        if (publiek.Casussen is { } casussen)
            zichtbaar = zichtbaar.Where(g => casussen.Any(c => c.Id == g.CasusId));
        if (publiek.Soorten is { } mag)
            zichtbaar = zichtbaar.Where(g => mag.Contains(g.Type));
        return zichtbaar;
    }

    // Counted within what this audience may know of a casus: a number that is missing is something it can still fetch.
    private static IQueryable<FeedRegel> MetNummer(RegieDbContext db, Publiek publiek, IQueryable<LogboekRegel> regels) => publiek.Soorten is { } mag
        ? regels.Select(g => new FeedRegel(g, db.Logboek.Count(eerder => eerder.CasusId == g.CasusId && eerder.Volgnr <= g.Volgnr && mag.Contains(eerder.Type))))
        : regels.Select(g => new FeedRegel(g, g.Volgnr));
}

/// <param name="Sequence">Het hoeveelste dit in de casus is voor dit publiek.</param>
internal sealed record FeedRegel(LogboekRegel Regel, int Sequence);

/// <param name="Tot">Tot hier is alles bekeken, ook wat er voor dit publiek niet bij zat.</param>
internal sealed record FeedBlad(IReadOnlyList<FeedRegel> Regels, long Tot);
