using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;

namespace NetwerkRegie.Regie;

/// <summary>
/// Opent de casus, benoemt de regisseur en legt de waarnemers vast, in een transactie. Heeft het gezin al een casus, dan wordt de
/// melding daaraan gekoppeld.
/// </summary>
internal sealed class CasusOpenen : Stap
{
    public const string Geopend = "Geopend";
    public const string Gekoppeld = "Gekoppeld";

    public override string Titel => "Casus openen";

    public override string Uitleg => "Opent een casus voor de melding, met een regisseur en waarnemers; heeft het gezin al een casus, dan hoort de melding daarbij.";

    public override IReadOnlyList<Veld> Invoer { get; } = [new("melding", "Melding", "De melding die intake doorgaf.", VeldSoort.Object) { IsVerplicht = true }];

    public override IReadOnlyList<Veld> Uitvoer { get; } = [new("casusId", "Casus", "Het nummer van de casus."), new("regisseurId", "Regisseur", "Wie de regie houdt.")];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Casus, Onderwerp.GeenCasus, Geopend, Onderwerp.Casus.Begin),
        new(Onderwerp.Casus, Onderwerp.Casus.Begin, Gekoppeld, Onderwerp.Casus.Begin),
        new(Onderwerp.Melding, Onderwerp.Melding.Begin, Geopend, Onderwerp.Dicht),
        new(Onderwerp.Melding, Onderwerp.Melding.Begin, Gekoppeld, Onderwerp.Dicht),
    ];

    public override string Verlegt => Lijnen.Regie;

    public override IReadOnlyList<string> Uitgangen => [Geopend, Gekoppeld];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var burst = stap.Burst;
        var melding = stap.Invoer["melding"].Deserialize<MeldingGerouteerd>(JsonSerializerOptions.Web)!;
        if (await burst.ProbeerCasusAsync() is { } lopend)
        {
            lopend.Koppelen(melding.MeldingId);
            return new Uitkomst(Gekoppeld, Resultaat(lopend));
        }

        var teams = await burst.Db.Teams.ToListAsync(burst.Ct);
        var team = teams.Where(t => t.Bedient(melding.Route, melding.Gemeente)).OrderBy(t => t.Id, StringComparer.Ordinal).FirstOrDefault()
            ?? throw new InvalidOperationException($"Geen team bedient de route '{melding.Route}' in deze gemeente.");
        await burst.NiemandVertrektAsync();
        var kandidaten = await KandidatenAsync(burst.Db, team.Id, burst.Ct);
        var gekozen = Kies(kandidaten);
        gekozen?.Professional.KrijgtCasus(burst.Nu);

        var casus = Casus.Openen(burst.CasusId, melding.MeldingId, melding.GezinRef, melding.Gemeente, team.Id, melding.Kinderen, gekozen?.Professional.Id ?? team.LeidinggevendeId, isNoodhouder: gekozen is null, stap.Versie, burst.Nu);
        burst.Geopend(casus);
        return new Uitkomst(Geopend, Resultaat(casus));
    }

    /// <summary>
    /// Wie de minste casussen heeft; bij gelijke stand wie het langst geen nieuwe kreeg, en daarna wie het eerst in de regio staat.
    /// Alleen wie in dienst is en een geldige vervanger heeft, telt mee.
    /// </summary>
    internal static Kandidaat? Kies(IEnumerable<Kandidaat> kandidaten) =>
        kandidaten
            .Where(k => k.Professional.IsActief && k.HeeftVervanger)
            .OrderBy(k => k.AantalCasussen)
            .ThenBy(k => k.Professional.LaatstToegewezenOp ?? DateTimeOffset.MinValue)
            .ThenBy(k => k.Professional.Volgorde)
            .FirstOrDefault();

    private static async Task<IReadOnlyList<Kandidaat>> KandidatenAsync(RegieDbContext db, string teamId, CancellationToken ct)
    {
        var professionals = await db.Professionals.Where(p => p.TeamId == teamId && p.Rol == "regisseur").ToListAsync(ct);
        var ids = professionals.Select(p => p.Id.ToString()).ToArray();
        var metVervanger = await db.Vervangers.Where(v => db.Professionals.Any(p => p.Id == v.VervangerId && p.IsActief)).Select(v => v.ProfessionalId).Distinct().ToListAsync(ct);
        var aantallen = await db.Perioden.Where(p => p.Lijn == Lijnen.Regie && p.IsOpen && ids.Contains(p.Waarde)).GroupBy(p => p.Waarde).Select(g => new { g.Key, Aantal = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Aantal, ct);
        return [.. professionals.Select(p => new Kandidaat(p, metVervanger.Contains(p.Id), aantallen.GetValueOrDefault(p.Id.ToString())))];
    }

    private static JsonObject Resultaat(Casus casus) => new() { ["casusId"] = casus.Id.ToString(), ["regisseurId"] = casus.HouderId.ToString() };

    /// <summary>Wie regisseur kan worden, met wat daarvoor telt.</summary>
    internal sealed record Kandidaat(Professional Professional, bool HeeftVervanger, int AantalCasussen);
}
