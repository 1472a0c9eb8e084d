using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Engine;

namespace NetwerkRegie.Regie;

/// <summary>
/// Of een stroom die loopt naar een andere versie kan. Dezelfde toets voor het voorbeeld en, in de transactie van de casus, voor het
/// overzetten zelf.
/// </summary>
internal static class MigratieToets
{
    /// <summary>
    /// Hoe de stroom er in de andere versie voor staat (null als de engine dat niet kan), waarom zij moet blijven (leeg als zij mee
    /// kan), en welke stappen dan nog kunnen beginnen. Alles wat er vanaf daar kan gebeuren wordt nagelopen, zoals bij publiceren
    /// vanaf het begin.
    /// </summary>
    public static (WorkflowInstance? Na, IReadOnlyList<string> Redenen, IReadOnlySet<string> Volgende) Toets(LopendeStroom stroom, WorkflowDefinition van, WorkflowDefinition naar, StapCatalogus stappen)
    {
        var (na, bezwaren) = Migration.Migrate(van, naar, stroom.Instance);
        var vast = stroom.Instance.Bookmarks.Where(b => stroom.DoorWie(b).Count == 0).Select(b => $"Bij '{b.ActivityName}' wacht de stroom op niets of niemand; zo komt zij niet verder.").ToList();
        var (bevindingen, volgende) = na is null || vast.Count > 0 ? ([], new HashSet<string>()) : Vooruit(stroom, na, naar, stappen);
        return (na, [.. WaaromWachten(stroom), .. bezwaren.Select(b => b.Message), .. vast, .. bevindingen.Select(b => $"In versie {naar.Version} is niet zeker dat dit goed afloopt. {b.Tekst}")], volgende);
    }

    /// <summary>
    /// Wanneer een casus blijft waar zij is, ook al past de nieuwe versie. Dat is onze keuze: wie midden in een handeling met
    /// rechtsgevolg zit, krijgt onderweg geen andere spelregels, en wat stilstaat of op een ander wacht wordt eerst afgemaakt.
    /// Een overdracht telt tot de regie over is; de nazorg erna niet. Een vervanging telt van de planning tot de terugkeer. Het
    /// geldt voor alle stromen van de casus, heen en terug.
    /// </summary>
    public static IEnumerable<string> WaaromWachten(LopendeStroom stroom)
    {
        if (stroom.Casus is { } casus)
        {
            if (casus.Overdrachten.Any(o => o.IsLopend))
                yield return "Er loopt een overdracht van de regie; daarna kan deze casus mee.";
            if (casus.Vervangingen.Any(v => v.Status is Vervanging.Gepland or Vervanging.Actief))
                yield return "Er loopt een vervanging van de regisseur; daarna kan deze casus mee.";
            if (casus.Kaderovergangen.Any(k => stroom.LopendeKaderovergangen.Contains(k.Id.ToString()) && casus.Lopend(Lijnen.Kader, k.KindRef).VastgelegdOp < k.VastgelegdOp))
                yield return "Een vastgelegde kaderovergang is nog niet uitgevoerd; daarna kan deze casus mee.";
        }

        if (stroom.Instance.Incidents.Count > 0)
            yield return "De stroom staat stil door een storing; los die eerst op.";
        if (stroom.Instance.Bookmarks.Any(b => stroom.Deelstromen.Contains(b.Id)))
            yield return "De stroom wacht op een andere stroom; is die klaar, dan kan zij mee.";
        if (stroom.Rij.OuderWachtpunt is not null)
            yield return "Een andere stroom wacht op de afloop van deze; zij maakt haar versie af.";
    }

    /// <summary>Wat er vanaf hier nog mis kan gaan, en welke stappen nog kunnen beginnen.</summary>
    public static (IReadOnlyList<Bevinding> Bevindingen, IReadOnlySet<string> Volgende) Vooruit(LopendeStroom stroom, WorkflowInstance instance, WorkflowDefinition definitie, StapCatalogus stappen) =>
        Verkenning.Vanaf(definitie, stappen, instance, stroom.Journaal, stroom.Wachtpunten, stroom.Casus is not null);
}

/// <summary>Een stroom die loopt, met alles wat bij een migratie telt.</summary>
/// <param name="Wachtpunten">De open wachtpunten.</param>
/// <param name="Deelstromen">De bookmarks waar zij op een andere stroom wacht.</param>
/// <param name="LopendeKaderovergangen">De kaderovergangen van de casus waarvan de stroom nog loopt.</param>
internal sealed record LopendeStroom(Stroom Rij, WorkflowInstance Instance, Casus? Casus, IReadOnlyList<Wachtpunt> Wachtpunten, IReadOnlyList<JournalEntry> Journaal, IReadOnlySet<string> Deelstromen, IReadOnlySet<string> LopendeKaderovergangen)
{
    public const string DoorBericht = "bericht";
    public const string DoorKlok = "klok";
    public const string DoorMens = "mens";
    public const string DoorStroom = "stroom";

    /// <summary>De stromen van een versie die niet zijn afgelopen; ook wat stilstaat door een storing is niet afgelopen.</summary>
    public static IQueryable<Stroom> Op(RegieDbContext db, string definitieId, int versie) =>
        Lopend(db).Where(s => s.DefinitieId == definitieId && s.Versie == versie);

    public static async Task<LopendeStroom> LaadAsync(RegieDbContext db, Stroom rij, CancellationToken ct)
    {
        var deelstromen = await db.Stromen.Where(s => s.OuderId == rij.Id && s.OuderWachtpunt != null).Select(s => s.OuderWachtpunt!).ToListAsync(ct);
        var kaderovergangen = await Lopend(db).Where(s => s.CasusId == rij.CasusId && s.DefinitieId == "kaderovergang").Select(s => s.Toestand).ToListAsync(ct);
        return new(
            rij,
            WorkflowInstance.FromJson(rij.Toestand),
            await db.CasusMetAllesAsync(rij.CasusId, ct),
            await db.Wachtpunten.Where(w => w.StroomId == rij.Id && w.AfgehandeldOp == null).OrderBy(w => w.Id).ToListAsync(ct),
            await InstanceState.EntriesAsync(rij.Id, db, ct),
            deelstromen.ToHashSet(),
            kaderovergangen.Select(toestand => $"{WorkflowInstance.FromJson(toestand).Input["kaderovergangId"]}").ToHashSet());
    }

    /// <summary>Wie of wat de stroom hier verder kan brengen.</summary>
    public IReadOnlyList<string> DoorWie(Bookmark bookmark)
    {
        var wachtpunt = Wachtpunten.SingleOrDefault(w => w.Bookmark == bookmark.Id);
        return
        [
            .. wachtpunt is null or { VoorRol: null, VoorId: null } or { VoorRol: Wachtpunt.VoorKlok } ? Array.Empty<string>() : [wachtpunt.Dienst is null ? DoorMens : DoorBericht],
            .. wachtpunt?.VerlooptOp is null ? Array.Empty<string>() : [DoorKlok],
            .. Deelstromen.Contains(bookmark.Id) ? [DoorStroom] : Array.Empty<string>(),
        ];
    }

    private static IQueryable<Stroom> Lopend(RegieDbContext db) => db.Stromen.Where(s => s.AfgerondOp == null || s.Status == nameof(WorkflowSubStatus.Faulted));
}
