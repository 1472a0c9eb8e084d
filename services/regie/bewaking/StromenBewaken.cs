using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using NetwerkRegie.Engine;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Hoe alle stromen ervoor staan: wie een kind met het hoogste risico heeft bovenaan, en daarbinnen wie het langst wacht.</summary>
internal static class StromenBewaken
{
    private const int Bladzijde = 50;
    private static readonly TimeSpan Kijken = TimeSpan.FromSeconds(3);

    /// <summary>Wie mag zien hoe het staat; herstellen doet alleen de toezichthouder.</summary>
    public static readonly Rol[] Kijkers = [Rol.Toezichthouder, Rol.Bestuurder];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var stromen = routes.MapGroup("/v1/bewaking/stromen").WithTags("Bewaking").Voor(Kijkers);
        stromen.MapGet("", Lijst)
            .WithSummary("Hoe alle lopende stromen ervoor staan, het hoogste risico voor een kind bovenaan")
            .WithDescription("toestand (meer keren mag) kiest uit LOOPT, WACHT, WACHT_TE_LANG, GEBLOKKEERD, HERSTEL en GEEN_GEGEVENS; zoek is het nummer van een casus of stroom, of een deel van de naam van de tekening; na is het nummer van de laatste stroom van de vorige bladzijde.");
        stromen.MapGet("/wijzigingen", IResult (RegieDbContext db, StapCatalogus stappen, TimeProvider time, IHostApplicationLifetime host, CancellationToken ct) =>
                TypedResults.ServerSentEvents(VolgAsync(db, stappen, time, host.ApplicationStopping, ct)))
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .WithSummary("Een bericht zodra de aantallen veranderen, als server-sent events");
    }

    /// <summary>Hoeveel stromen er in elke toestand zijn.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> AantallenAsync(RegieDbContext db, IReadOnlySet<string> onzeker, CancellationToken ct)
    {
        var groepen = await db.Stromen.Where(s => s.Stand != null).GroupBy(s => new { s.Stand, s.Dienst }).Select(g => new { g.Key.Stand, g.Key.Dienst, Aantal = g.Count() }).ToListAsync(ct);
        return Toestanden.Alle.ToDictionary(t => t, t => groepen.Where(g => Toestanden.Van(g.Stand!, g.Dienst, onzeker) == t).Sum(g => g.Aantal));
    }

    public static async Task<IReadOnlyDictionary<Guid, Professional>> NamenAsync(RegieDbContext db, IEnumerable<Wachtpunt> wachten, CancellationToken ct)
    {
        var ids = wachten.Select(w => w.VoorId).OfType<Guid>().Distinct().ToList();
        return ids.Count == 0 ? new Dictionary<Guid, Professional>() : await db.Professionals.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
    }

    private static async Task<Ok<StromenAntwoord>> Lijst(string[]? toestand, string? zoek, Guid? na, RegieDbContext db, StapCatalogus stappen, TimeProvider time, CancellationToken ct)
    {
        var gekozen = toestand ?? [];
        new Invoer().Eis(gekozen.All(Toestanden.Alle.Contains), "/toestand", $"Kies uit {string.Join(", ", Toestanden.Alle)}.").Klaar();
        var diensten = await DienstenBewaken.DienstenAsync(db, stappen, time.Nu(), ct);
        var onzeker = DienstenBewaken.Onzeker(diensten);

        var rijen = await (await KiesAsync(db, gekozen, zoek?.Trim(), na, [.. onzeker], ct)).OrderByDescending(s => s.Risico).ThenBy(s => s.StandSinds).ThenBy(s => s.Id).Take(Bladzijde + 1).Select(Stroom.ZonderToestand).ToListAsync(ct);
        var items = rijen.Take(Bladzijde).ToList();
        var ids = items.Select(s => s.Id).ToList();
        var wachten = await db.Wachtpunten.AsNoTracking().Where(w => ids.Contains(w.StroomId) && w.AfgehandeldOp == null).ToListAsync(ct);
        var storingen = await StoringenAsync(db, [.. items.Where(s => s.Storingen > 0).Select(s => s.Id)], ct);
        var (perStroom, namen, perDienst) = (wachten.ToLookup(w => w.StroomId), await NamenAsync(db, wachten, ct), diensten.ToDictionary(d => d.Naam));

        return TypedResults.Ok(new StromenAntwoord(
            [.. items.Select(Bewaakt)],
            await AantallenAsync(db, onzeker, ct),
            diensten,
            rijen.Count > Bladzijde ? $"/v1/bewaking/stromen?{string.Concat(gekozen.Select(t => $"toestand={t}&"))}{(zoek is null ? "" : $"zoek={Uri.EscapeDataString(zoek)}&")}na={items[^1].Id}" : null));

        BewaakteStroom Bewaakt(Stroom s)
        {
            var toestandNu = Toestanden.Van(s.Stand!, s.Dienst, onzeker);
            return new(s.Id, s.CasusId, s.DefinitieId, toestandNu, s.Risico, Risicos.Zin(s.Risico), s.StandSinds, Wachtzin.Van(s, toestandNu, storingen.GetValueOrDefault(s.Id, []), [.. perStroom[s.Id]], namen, perDienst));
        }
    }

    private static async Task<Dictionary<Guid, IReadOnlyList<Incident>>> StoringenAsync(RegieDbContext db, IReadOnlyList<Guid> stuk, CancellationToken ct) => stuk.Count == 0
        ? []
        : (await db.Stromen.AsNoTracking().Where(s => stuk.Contains(s.Id)).ToListAsync(ct)).ToDictionary(s => s.Id, s => s.LeesToestand()?.Incidents ?? []);

    private static async Task<IQueryable<Stroom>> KiesAsync(RegieDbContext db, string[] gekozen, string? zoek, Guid? na, string[] onzeker, CancellationToken ct)
    {
        var query = db.Stromen.AsNoTracking().Where(s => s.Stand != null);
        if (gekozen.Length > 0)
        {
            var wilOnbekend = gekozen.Contains(Toestanden.GeenGegevens);
            // First what an index can find.
            var mogelijk = gekozen.Concat(wilOnbekend ? Toestanden.HangtAfVanDienst : []).ToArray();
            query = query.Where(s => mogelijk.Contains(s.Stand));
            query = query.Where(s => s.Dienst != null && onzeker.Contains(s.Dienst) && Toestanden.HangtAfVanDienst.Contains(s.Stand) ? wilOnbekend : gekozen.Contains(s.Stand));
        }

        if (Guid.TryParse(zoek, out var nummer))
            query = query.Where(s => s.Id == nummer || s.CasusId == nummer);
        else if (zoek is { Length: > 0 })
        {
            var naam = zoek.ToLowerInvariant().Replace(' ', '-');
            var tekeningen = await db.Definities.Where(d => d.DefinitieId.Contains(naam)).Select(d => d.DefinitieId).Distinct().ToListAsync(ct);
            query = query.Where(s => tekeningen.Contains(s.DefinitieId));
        }

        if (na is not null && await db.Stromen.Where(s => s.Id == na).Select(s => new { s.Risico, s.StandSinds, s.Id }).SingleOrDefaultAsync(ct) is { } vorige)
            query = query.Where(s => s.Risico <= vorige.Risico && (s.Risico < vorige.Risico || s.StandSinds > vorige.StandSinds || (s.StandSinds == vorige.StandSinds && s.Id.CompareTo(vorige.Id) > 0)));
        return query;
    }

    /// <param name="stop">Whoever watches must not keep the program from stopping; the page looks again by itself.</param>
    private static async IAsyncEnumerable<SseItem<IReadOnlyDictionary<string, int>>> VolgAsync(RegieDbContext db, StapCatalogus stappen, TimeProvider time, CancellationToken stop, [EnumeratorCancellation] CancellationToken ct)
    {
        using var klok = new PeriodicTimer(Kijken);
        using var einde = stop.Register(klok.Dispose);
        for (string? vorige = null; vorige is null || await klok.WaitForNextTickAsync(ct);)
        {
            var onzeker = DienstenBewaken.Onzeker(await DienstenBewaken.DienstenAsync(db, stappen, time.Nu(), ct));
            var aantallen = await AantallenAsync(db, onzeker, ct);
            var nu = string.Join(' ', aantallen.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key}={a.Value}")));
            if (nu != vorige)
                yield return new(aantallen, "aantallen");
            vorige = nu;
        }
    }
}

/// <summary>De stromen, met hoeveel er in elke toestand zijn en of de diensten waar zij op wachten werken.</summary>
public sealed record StromenAntwoord(IReadOnlyList<BewaakteStroom> Items, IReadOnlyDictionary<string, int> Aantallen, IReadOnlyList<DienstAntwoord> Diensten, string? Volgende);

/// <summary>Een lopende stroom.</summary>
/// <param name="Toestand">LOOPT, WACHT, WACHT_TE_LANG, GEBLOKKEERD, HERSTEL of GEEN_GEGEVENS.</param>
/// <param name="Risico">Hoger gaat voor.</param>
/// <param name="RisicoZin">Wat een kind in deze casus loopt; leeg als daar niets van bekend is.</param>
/// <param name="Sinds">Sinds wanneer er wordt gewacht.</param>
/// <param name="Zin">Op wie, sinds wanneer, tot wanneer en wie kan vlottrekken.</param>
public sealed record BewaakteStroom(Guid Id, Guid CasusId, string Stroom, string Toestand, int Risico, string? RisicoZin, DateTimeOffset Sinds, string Zin);
