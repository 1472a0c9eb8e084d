using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Maakt in een handeling een concept van een retrospectief. Na een week is het vanzelf definitief.</summary>
internal static class RetrospectiefMaken
{
    private static readonly string WachtTeLang = Logboek.NaamVan<WachtTeLang>();

    // What was told about the machine, and notices that there was something to read. A wait that took too long did happen.
    private static readonly string[] NietUitDeCasus = ["bewaking.", "berichten."];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/casussen/{id:guid}/retrospectieven", Maken).Voor(Rollen.Beroepskrachten).WithTags("Leren")
            .WithSummary("Maak een concept van een retrospectief uit wat er in de casus gebeurde");

    private static async Task<Created<RetrospectiefKort>> Maken(Guid id, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        await Retrospectief.LeestAllesAsync(db, id, actor, ct);
        var gemaakt = await runner.RunAsync(id, async burst =>
        {
            var casus = await burst.CasusAsync();
            await db.LaadAsync(casus, c => c.Baanperioden, ct);
            var perioden = await db.Perioden.AsNoTracking().Where(p => p.CasusId == id && p.Merk != Merken.Afgesloten).OrderBy(p => p.Volgnr).ToListAsync(ct);
            if (perioden.Last(p => p.Lijn == Lijnen.Regie).Waarde != actor.Id.ToString() && casus.OpBaan(Banen.Procesregie)?.PersoonId != actor.Id)
                throw Geweigerd.GeenRecht("Alleen wie de regie houdt of het laatst hield, of wie de procesregie doet, kan een retrospectief maken.");
            if (await db.Retrospectieven.AnyAsync(r => r.CasusId == id && r.DefinitiefOp == null, ct))
                throw new Geweigerd("Er is al een concept; na de week voor reacties kunt u een nieuw retrospectief maken.");

            var retrospectief = new Retrospectief
            {
                Id = Guid.CreateVersion7(burst.Nu),
                CasusId = id,
                GemaaktDoorId = actor.Id,
                GemaaktOp = burst.Nu,
                ReactiesTot = burst.Termijnen[Retrospectief.Termijn].Verloopt(burst.Nu),
                Inhoud = JsonSerializer.Serialize(await KijkTerugAsync(db, casus, perioden, burst.Nu, ct), JsonSerializerOptions.Web),
            };
            db.Retrospectieven.Add(retrospectief);
            await db.SetAlarmAsync(id, RegieWekker.Retrospectief, retrospectief.Id, retrospectief.ReactiesTot, ct);
            burst.Meld(new RetrospectiefConcept(id, retrospectief.Id, retrospectief.ReactiesTot));
            return RetrospectiefKort.Van(retrospectief);
        }, ct);
        return TypedResults.Created($"/v1/retrospectieven/{gemaakt.Id}", gemaakt);
    }

    /// <summary>De week is voorbij: wat er staat, met wat erbij is gezegd, blijft zo.</summary>
    internal static async Task Definitief(RegieDbContext db, Guid id, DateTimeOffset nu, CancellationToken ct)
    {
        var retrospectief = await db.Retrospectieven.SingleAsync(r => r.Id == id, ct);
        retrospectief.DefinitiefOp = nu;
        var verteld = new RetrospectiefDefinitief(retrospectief.CasusId, id);
        db.Publish(verteld, retrospectief.CasusId, nu);
        await Logboek.SchrijfAsync(db, retrospectief.CasusId, [verteld], nu, ct);
    }

    private static async Task<Terugblik> KijkTerugAsync(RegieDbContext db, Casus casus, IReadOnlyList<Periode> perioden, DateTimeOffset nu, CancellationToken ct)
    {
        var tot = casus.AfgeslotenOp ?? nu;
        var gebeurd = await db.Logboek.AsNoTracking().Where(g => g.CasusId == casus.Id).OrderBy(g => g.Volgnr).ToListAsync(ct);
        var wachtpunten = await db.Wachtpunten.AsNoTracking().Where(w => w.CasusId == casus.Id && w.VoorRol != Wachtpunt.VoorKlok).OrderBy(w => w.Sinds).ThenBy(w => w.Id).ToListAsync(ct);
        var regie = perioden.Where(p => p.Lijn == Lijnen.Regie).ToList();
        var gezichten = casus.Baanperioden.Where(b => b.Baan == Banen.VastGezicht).Select(b => b.PersoonId).Concat(regie.Select(p => Guid.Parse(p.Waarde)));
        return new(
            casus.GeopendOp,
            tot,
            [.. perioden.OrderBy(p => Array.IndexOf(Lijnen.Alle, p.Lijn)).ThenBy(p => p.Onderdeel, StringComparer.Ordinal).ThenBy(p => p.Volgnr).Select(Stuk), .. casus.Baanperioden.OrderBy(b => b.Baan, StringComparer.Ordinal).ThenBy(b => b.Volgnr).Select(b => new Lijnstuk(b.Baan, null, b.PersoonId, null, null, null, b.Vanaf, b.Tot))],
            [.. casus.Overdrachten.OrderBy(o => o.VoorgesteldOp).Select(o => new Overdrachtstuk(o.Id, o.VanId, o.NaarId, o.Status, o.VoorgesteldOp, o.BeantwoordOp, o.GesprekBeeindigdOp))],
            [.. gebeurd.Where(g => g.Type == WachtTeLang || !NietUitDeCasus.Any(begin => g.Type.StartsWith(begin, StringComparison.Ordinal))).Select(GebeurtenisAntwoord.Van)],
            [.. wachtpunten.Select(w => new Wachttijd(w.Titel, w.Sinds, w.AfgehandeldOp, w.VerlooptOp, w.Stap))],
            new(
                casus.Overdrachten.Count(o => o.GesprekBeeindigdOp is not null),
                regie.Count(p => p.Merk == Merken.Waarnemend),
                regie.Count(p => p.Merk == Merken.Nood),
                gezichten.Distinct().Count(),
                ZonderRegie(await OpenTijdenAsync(db, casus, tot, ct), regie),
                wachtpunten.Count(w => w.VerlooptOp < (w.AfgehandeldOp ?? tot))));
    }

    /// <summary>Hoeveel minuten de casus open was zonder dat iemand de regie hield; naar boven afgerond, zodat een seconde ook telt.</summary>
    internal static int ZonderRegie(IEnumerable<(DateTimeOffset Van, DateTimeOffset Tot)> open, IReadOnlyList<Periode> regie) => (int)Math.Ceiling(open.Sum(stuk =>
    {
        var gehouden = regie.Sum(p => Math.Max(0, (Eerste(p.Tot ?? stuk.Tot, stuk.Tot) - Laatste(p.Vanaf, stuk.Van)).TotalMinutes));
        return Math.Max(0, (stuk.Tot - stuk.Van).TotalMinutes - gehouden);
    }));

    private static async Task<IReadOnlyList<(DateTimeOffset Van, DateTimeOffset Tot)>> OpenTijdenAsync(RegieDbContext db, Casus casus, DateTimeOffset tot, CancellationToken ct)
    {
        var open = new List<(DateTimeOffset, DateTimeOffset)>();
        var van = casus.GeopendOp;
        foreach (var dicht in await db.Afsluitingen.AsNoTracking().Where(a => a.CasusId == casus.Id).OrderBy(a => a.Op).ToListAsync(ct))
        {
            open.Add((van, dicht.Op));
            van = dicht.HeropendOp ?? tot;
        }

        return [.. open, (van, tot)];
    }

    private static Lijnstuk Stuk(Periode p) => p.Lijn == Lijnen.Regie
        ? new(p.Lijn, null, Guid.Parse(p.Waarde), null, p.Merk, p.PrincipaalId, p.Vanaf, p.Tot)
        : new(p.Lijn, p.Onderdeel.Length == 0 ? null : p.Onderdeel, null, p.Waarde, p.Merk, null, p.Vanaf, p.Tot);

    private static DateTimeOffset Eerste(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Laatste(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
