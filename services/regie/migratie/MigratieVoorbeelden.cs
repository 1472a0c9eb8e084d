using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Engine;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Vooraf zien wat een migratie met elke stroom zou doen. Er verandert niets.</summary>
internal static class MigratieVoorbeelden
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/stromen/{id}/migratievoorbeelden", Bekijken).Voor(StudioApi.Lezers).WithTags("Migraties")
            .WithSummary("Zie per stroom wat overzetten naar een andere versie zou doen; er verandert niets")
            .WithDescription("Zonder naar: de versie waarop nieuwe stromen beginnen.");

    private static async Task<Ok<Lijst<Migratievoorbeeld>>> Bekijken(string id, MigratievoorbeeldInvoer invoer, RegieDbContext db, CasusRunner runner, Definities definities, StapCatalogus stappen, CancellationToken ct)
    {
        var actueel = invoer.Naar ?? await db.Definities.Where(d => d.DefinitieId == id && d.IsActueel).Select(d => (int?)d.Versie).SingleOrDefaultAsync(ct);
        var (van, naar) = await Versies.LeesAsync(db, definities, id, invoer.Van, actueel, new Invoer(), ct);
        var voorbeelden = new List<Migratievoorbeeld>();
        foreach (var stroomId in await LopendeStroom.Op(db, id, van.Version).OrderBy(s => s.Id).Select(s => s.Id).ToListAsync(ct))
        {
            db.ChangeTracker.Clear();
            // It may have ended or moved on while we looked at the others.
            if (await LopendeStroom.Op(db, id, van.Version).SingleOrDefaultAsync(s => s.Id == stroomId, ct) is { } rij)
                voorbeelden.Add(Migratievoorbeeld.Van(await LopendeStroom.LaadAsync(db, rij, ct), van, naar, stappen));
        }

        var meegaand = voorbeelden.Count(v => v.KanMee);
        await runner.MeldAsync(new MigratieDroogloop(IGebeurtenis.GeenCasus, id, van.Version, naar.Version, meegaand, voorbeelden.Count - meegaand), ct);
        return TypedResults.Ok(new Lijst<Migratievoorbeeld>(voorbeelden));
    }
}

/// <summary>De twee versies waar een migratie tussen gaat.</summary>
internal static class Versies
{
    /// <param name="invoer">Wat verder niet klopt, wordt samen hiermee verteld.</param>
    /// <exception cref="Geweigerd">De stroom bestaat niet.</exception>
    /// <exception cref="OngeldigeInvoer">Een versie bestaat niet, of is niet gepubliceerd.</exception>
    public static async Task<(WorkflowDefinition Van, WorkflowDefinition Naar)> LeesAsync(RegieDbContext db, Definities definities, string id, int? van, int? naar, Invoer invoer, CancellationToken ct)
    {
        var versies = await db.Definities.Where(d => d.DefinitieId == id).Select(d => new { d.Versie, IsVerwijderd = d.VerwijderdOp != null }).ToListAsync(ct);
        if (versies.Count == 0)
            throw Geweigerd.NietGevonden("Deze stroom");
        invoer
            .Eis(versies.Any(v => v.Versie == van), "/van", "Geef de versie waarop de stromen nu lopen.")
            .Eis(versies.Any(v => v.Versie == naar && !v.IsVerwijderd), "/naar", "Geef een versie die is gepubliceerd.")
            .Eis(van is null || van != naar, "/naar", "De stromen lopen al op deze versie.")
            .Klaar();
        return (await definities.LeesAsync(db, id, van!.Value, ct), await definities.LeesAsync(db, id, naar!.Value, ct));
    }
}

/// <param name="Van">De versie waarop de stromen nu lopen.</param>
/// <param name="Naar">De versie waar zij naartoe zouden gaan; leeg is de versie waarop nieuwe stromen beginnen.</param>
public sealed record MigratievoorbeeldInvoer(int? Van, int? Naar);

/// <summary>Wat een migratie met een stroom zou doen.</summary>
/// <param name="Redenen">Waarom zij moet blijven; leeg als zij mee kan.</param>
/// <param name="WordtMogelijk">Wat er vanaf hier alleen in de andere versie nog kan gebeuren.</param>
/// <param name="Vervalt">Wat er vanaf hier alleen in deze versie nog kan gebeuren.</param>
public sealed record Migratievoorbeeld(Guid CasusId, Guid StroomId, bool KanMee, IReadOnlyList<string> Redenen, RegieVoorbeeld Regie, IReadOnlyList<WachtVoorbeeld> Wacht, IReadOnlyList<string> WordtMogelijk, IReadOnlyList<string> Vervalt)
{
    internal static Migratievoorbeeld Van(LopendeStroom stroom, WorkflowDefinition van, WorkflowDefinition naar, StapCatalogus stappen)
    {
        var (na, redenen, volgende) = MigratieToets.Toets(stroom, van, naar, stappen);
        var eerst = volgende.Count == 0 ? volgende : MigratieToets.Vooruit(stroom, stroom.Instance, van, stappen).Volgende;
        // No step of a flow runs because of a migration, so no line moves.
        var houder = stroom.Casus?.HouderId;
        return new(
            stroom.Rij.CasusId,
            stroom.Rij.Id,
            redenen.Count == 0,
            redenen,
            new(houder, houder),
            [.. stroom.Instance.Bookmarks.Select(b => WachtVoorbeeld.Van(b, stroom, na, van, naar, stappen))],
            [.. naar.Activities.Where(a => volgende.Contains(a.Id) && !eerst.Contains(a.Id)).Select(a => $"Hierna kan ook '{a.DisplayName}' aan de beurt komen.")],
            [.. van.Activities.Where(a => eerst.Contains(a.Id) && !volgende.Contains(a.Id)).Select(a => $"Hierna komt '{a.DisplayName}' niet meer aan de beurt.")]);
    }
}

/// <summary>Wie de regie houdt; een migratie verlegt geen lijn.</summary>
public sealed record RegieVoorbeeld(Guid? Voor, Guid? Na);

/// <summary>Waar een stroom wacht, en wat daar met de andere versie van wordt.</summary>
/// <param name="StapVoor">Hoe de stap nu heet.</param>
/// <param name="StapNa">Hoe hij in de andere versie heet; leeg als hij daar niet is.</param>
/// <param name="Taak">De titel van wat er open staat; dat blijft.</param>
/// <param name="WachtOp">regisseur, rvt, leidinggevende, een dienst, de klok of een persoon.</param>
/// <param name="VerlooptOp">De termijn zoals die is toegezegd; die blijft.</param>
/// <param name="TermijnVoor">De termijn zoals die nu in de stap staat.</param>
/// <param name="TermijnNa">De termijn zoals die in de andere versie in de stap staat.</param>
/// <param name="AntwoordDoor">Wat de stroom verder kan brengen: mens, bericht, klok of stroom.</param>
/// <param name="WordtBereikt">Of dat ook na de migratie hier aankomt.</param>
/// <param name="Toelichting">Wat blijft en wat anders wordt, in zinnen.</param>
public sealed record WachtVoorbeeld(string StapVoor, string? StapNa, string? Taak, string? WachtOp, Guid? PersoonId, DateTimeOffset? Sinds, DateTimeOffset? VerlooptOp, string? TermijnVoor, string? TermijnNa, IReadOnlyList<string> AntwoordDoor, bool WordtBereikt, IReadOnlyList<UitgangVoorbeeld> Uitgangen, IReadOnlyList<string> Toelichting)
{
    private static readonly string[] Termijnen = ["termijn", "timeSpan", "interval", "dateTime", "cronExpression"];

    internal static WachtVoorbeeld Van(Bookmark bookmark, LopendeStroom stroom, WorkflowInstance? na, WorkflowDefinition van, WorkflowDefinition naar, StapCatalogus stappen)
    {
        var (eerst, dan) = (van.Activities.Single(a => a.Id == bookmark.ActivityId), naar.Activities.SingleOrDefault(a => a.Id == bookmark.ActivityId && a.Type == bookmark.Type));
        var wachtpunt = stroom.Wachtpunten.SingleOrDefault(w => w.Bookmark == bookmark.Id);
        var stap = stappen.Vind(bookmark.Type);
        var doorWie = stroom.DoorWie(bookmark);
        return new(
            eerst.DisplayName,
            dan?.DisplayName,
            wachtpunt?.Titel,
            wachtpunt?.VoorRol ?? (wachtpunt?.VoorId is null ? null : "persoon"),
            wachtpunt?.VoorId,
            wachtpunt?.Sinds,
            wachtpunt?.VerlooptOp,
            Termijn(eerst),
            Termijn(dan),
            doorWie,
            doorWie.Count > 0 && na?.Bookmarks.Any(b => b.Id == bookmark.Id) == true,
            [.. UitgangVoorbeeld.Van(bookmark, wachtpunt, stap, van, naar)],
            dan is null ? [] : [.. Zinnen(wachtpunt, stap, eerst, dan)]);
    }

    private static IEnumerable<string> Zinnen(Wachtpunt? wachtpunt, Stap? stap, Activity eerst, Activity dan)
    {
        if (wachtpunt is not null)
            yield return $"'{wachtpunt.Titel}' blijft open, voor wie het nu is en met dezelfde keuzes.";
        if (Termijn(eerst) is var termijn && Termijn(dan) is var nieuw && termijn != nieuw)
            yield return $"De toegezegde termijn blijft; in de andere versie staat hier {nieuw ?? "geen termijn"} in plaats van {termijn ?? "geen termijn"}.";
        foreach (var veld in (stap?.Invoer ?? []).Where(v => !Termijnen.Contains(v.Naam)))
            if (Ingevuld(eerst, veld.Naam) is var oud && Ingevuld(dan, veld.Naam) is var anders && oud != anders)
                yield return $"In de andere versie staat hier bij {veld.Titel} {anders ?? "niets"} in plaats van {oud ?? "niets"}.";
    }

    private static string? Termijn(Activity? activiteit) => activiteit is null ? null : Termijnen.Select(naam => Ingevuld(activiteit, naam)).FirstOrDefault(t => t is not null);

    private static string? Ingevuld(Activity activiteit, string naam) =>
        activiteit.LiteralInput(naam) is { } waarde ? waarde is System.Text.Json.Nodes.JsonArray lijst ? string.Join(", ", lijst) : $"{waarde}"
        : activiteit.HasInput(naam) ? "een berekening"
        : null;
}

/// <summary>Een uitgang van een stap die wacht.</summary>
/// <param name="TeKiezen">Of hij nu te kiezen is; dat verandert niet zolang de stroom hier wacht.</param>
/// <param name="Voor">Welke stap er nu op volgt; leeg als hij nergens heen gaat.</param>
/// <param name="Na">Welke stap er in de andere versie op volgt; leeg als hij nergens heen gaat.</param>
public sealed record UitgangVoorbeeld(string Naam, bool TeKiezen, string? Voor, string? Na)
{
    internal static IEnumerable<UitgangVoorbeeld> Van(Bookmark bookmark, Wachtpunt? wachtpunt, Stap? stap, WorkflowDefinition van, WorkflowDefinition naar)
    {
        var (eerst, dan) = (Exits(van), Exits(naar));
        var teKiezen = wachtpunt?.Uitgangen ?? [.. eerst.Keys];
        return teKiezen.Union(dan.Keys).Select(naam => new UitgangVoorbeeld(naam, teKiezen.Contains(naam), eerst.GetValueOrDefault(naam), dan.GetValueOrDefault(naam)));

        Dictionary<string, string> Exits(WorkflowDefinition definitie) => (definitie.Exits(bookmark.ActivityId) ?? [])
            .GroupBy(e => e.Outcome)
            .ToDictionary(e => e.Key, e => string.Join(" en ", e.Select(exit => definitie.Activities.Single(a => a.Id == exit.Target).DisplayName)));
    }
}
