using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Hoe het met de regie staat: welke overdrachten er lopen, wie waarneemt, wie haar in laatste instantie houdt, wie hoeveel draagt, en waar het bijna misging.</summary>
internal static class RegieBewaken
{
    private const int Hooguit = 200;
    private static readonly string[] Lopend = [Overdracht.Voorgesteld, Overdracht.Aanvaard, Overdracht.GesprekGepland, Overdracht.GesprekGevoerd];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/bewaking/regie", Tonen).Voor(StromenBewaken.Kijkers).WithTags("Bewaking")
            .WithSummary("Lopende overdrachten, waarnemers, houders in laatste instantie, caseloads en waar het bijna misging");

    private static async Task<Ok<RegieOverzicht>> Tonen(RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        var nu = time.Nu();
        var namen = await db.Professionals.AsNoTracking().ToDictionaryAsync(p => p.Id, ct);
        var regie = db.Perioden.AsNoTracking().Where(p => p.Lijn == Lijnen.Regie && p.IsOpen);
        var overdrachten = await db.Overdrachten.AsNoTracking().Where(o => Lopend.Contains(o.Status)).OrderBy(o => o.VoorgesteldOp).Take(Hooguit).ToListAsync(ct);
        var waarnemend = await regie.Where(p => p.PrincipaalId != null && p.Merk != Merken.Noodhouder).OrderBy(p => p.Vanaf).Take(Hooguit).ToListAsync(ct);
        var noodhouders = await regie.Where(p => p.Merk == Merken.Noodhouder).OrderBy(p => p.Vanaf).Take(Hooguit).ToListAsync(ct);
        var lasten = await regie.GroupBy(p => p.Waarde).Select(g => new { g.Key, Aantal = g.Count(), Waarnemend = g.Count(p => p.PrincipaalId != null) }).ToListAsync(ct);
        var zonderVervanger = await Nachtcontrole.OnveiligAsync(db, ct);
        var gemeld = await db.Stromen.Where(s => s.DefinitieId == Nachtcontrole.Stroom && s.AfgerondOp == null).OrderBy(s => s.GestartOp).Take(Hooguit).Select(s => s.CasusId).ToListAsync(ct);
        var weg = lasten.Where(l => Guid.TryParse(l.Key, out var id) && namen.GetValueOrDefault(id)?.IsActief == false).Select(l => l.Key).ToList();
        var houderWeg = await regie.Where(p => weg.Contains(p.Waarde)).OrderBy(p => p.Vanaf).Take(Hooguit).Select(p => p.CasusId).ToListAsync(ct);

        return TypedResults.Ok(new RegieOverzicht(
            [.. overdrachten.Select(o => new LopendeOverdracht(o.Id, o.CasusId, Naam(o.VanId), Naam(o.NaarId), o.Status, o.VoorgesteldOp, o.Status == Overdracht.Voorgesteld ? o.AntwoordVoor : o.GesprekGeplandOp))],
            [.. waarnemend.Select(p => new RegieHouder(p.CasusId, Naam(Guid.Parse(p.Waarde)), Naam(p.PrincipaalId!.Value), p.Vanaf))],
            [.. noodhouders.Select(p => new RegieHouder(p.CasusId, Naam(Guid.Parse(p.Waarde)), null, p.Vanaf))],
            [.. lasten.Select(l => new CaseloadVan(Guid.Parse(l.Key), Naam(Guid.Parse(l.Key)), l.Aantal, l.Waarnemend)).OrderByDescending(l => l.AantalCasussen).ThenBy(l => l.Naam, StringComparer.Ordinal)],
            [
                .. houderWeg.Select(c => new BijnaMis(c, "Wie de regie houdt is uit dienst.")),
                .. zonderVervanger.Concat(gemeld).Distinct().Take(Hooguit).Select(c => new BijnaMis(c, "Wie de regie houdt heeft geen geldige vervanger, of er is geen houder in laatste instantie.")),
                .. overdrachten.Where(o => o.Status == Overdracht.Voorgesteld && o.AntwoordVoor < nu.AddDays(1)).Select(o => new BijnaMis(o.CasusId, $"Het antwoord op een overdracht moet uiterlijk {Wachtzin.Moment(o.AntwoordVoor!.Value)} komen.")),
            ]));

        string Naam(Guid id) => namen.GetValueOrDefault(id)?.Naam ?? "onbekend";
    }
}

/// <summary>Hoe het met de regie staat.</summary>
/// <param name="Bijna">Waar de regie nog niet viel, en dat wel zou kunnen.</param>
public sealed record RegieOverzicht(IReadOnlyList<LopendeOverdracht> Overdrachten, IReadOnlyList<RegieHouder> Waarnemers, IReadOnlyList<RegieHouder> Noodhouders, IReadOnlyList<CaseloadVan> Caseloads, IReadOnlyList<BijnaMis> Bijna);

/// <param name="Uiterlijk">Wanneer het antwoord of het gesprek wordt verwacht.</param>
public sealed record LopendeOverdracht(Guid Id, Guid CasusId, string Van, string Naar, string Status, DateTimeOffset VoorgesteldOp, DateTimeOffset? Uiterlijk);

/// <param name="Namens">Voor wie zij waarneemt.</param>
public sealed record RegieHouder(Guid CasusId, string Houder, string? Namens, DateTimeOffset Vanaf);

public sealed record CaseloadVan(Guid Id, string Naam, int AantalCasussen, int WaarvanWaarnemend);

public sealed record BijnaMis(Guid CasusId, string Zin);
