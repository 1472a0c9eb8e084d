using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Engine;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Wat er al gebeurd is, als verhaal. Van een stroom blijft over waarmee zij begon, wat wanneer hoe afliep en welke tijd er
/// tussen zat; mensen zijn rollen geworden en teksten zijn weg.
/// </summary>
internal static class Naspelen
{
    private const int Hooguit = 50;
    private const int Gewoon = 20;

    private static readonly TimeSpan Geduld = TimeSpan.FromMinutes(1);

    // Inputs of a flow that are words of the system; anything else may be about somebody.
    private static readonly HashSet<string> Systeemwoorden = [.. Schalen.VanLichtNaarZwaar, .. Kaders.Alle, .. Knelpunt.Soorten, "true", "false"];

    internal static async Task<Ok<Naspeelverslag>> Spelen(string id, NaspeelInvoer invoer, RegieDbContext db, Regio regio, Termijnboek termijnen, StapCatalogus stappen, Definities definities, CancellationToken ct)
    {
        new Invoer().Eis(invoer.Laatste is null or (>= 1 and <= Hooguit), "/laatste", $"Kies 1 tot en met {Hooguit}.").Klaar();
        var (ontwerp, gepubliceerd) = await Proefdraaien.DecorAsync(id, invoer.Versie, db, regio, termijnen, stappen, ct);
        if (gepubliceerd is null)
            throw new Geweigerd("Er is geen andere versie om mee te vergelijken; bewaar eerst een ontwerp.");
        var stromen = await db.Stromen.AsNoTracking().Where(s => s.DefinitieId == id && s.Toestand != "").OrderByDescending(s => s.GestartOp).Take(invoer.Laatste ?? Gewoon).ToListAsync(ct);
        using var haast = Proefdraaien.Haast(Geduld, ct);
        var nagespeeld = new List<NagespeeldeStroom>();
        foreach (var stroom in stromen)
        {
            var tekst = await AlsVerhaalAsync(stroom, db, stappen, definities, ct);
            nagespeeld.Add(await SpeelAsync(stroom, tekst, ontwerp, gepubliceerd, haast.Token));
        }

        return TypedResults.Ok(new Naspeelverslag(ontwerp.Versie, gepubliceerd.Versie, nagespeeld.Count(n => n.IsGelijk == true), nagespeeld.Count(n => n.IsGelijk == false), nagespeeld));
    }

    private static async Task<NagespeeldeStroom> SpeelAsync(Stroom stroom, string tekst, Decor ontwerp, Decor gepubliceerd, CancellationToken ct)
    {
        var (isGelijk, zin) = ((bool?)null, "");
        try
        {
            var verslag = await Proefverslag.SpeelAsync(Verhaal.Lees(tekst, ontwerp.Regio, ontwerp.Termijnen, ontwerp.Stappen), ontwerp, gepubliceerd, ct);
            var vast = verslag.Regels.FirstOrDefault(r => r.Gepubliceerd is { Klopt: false });
            (isGelijk, zin) = verslag.EersteVerschil is { } verschil ? (false, verschil)
                : vast is null ? (true, $"In versie {ontwerp.Versie} en in versie {gepubliceerd.Versie} gaat dit hetzelfde.")
                : ((bool?)null, $"Vanaf regel {vast.Nummer} is dit verloop niet na te spelen: {vast.Gepubliceerd!.Afgebroken ?? vast.Gepubliceerd.Geweigerd ?? vast.Gepubliceerd.WatErWas}");
        }
        catch (OngeldigeInvoer niet)
        {
            zin = $"Dit verloop is niet na te spelen: {niet.Fouten[0].Melding}";
        }

        return new(stroom.Id, stroom.Versie, stroom.GestartOp, isGelijk, zin, tekst);
    }

    private static async Task<string> AlsVerhaalAsync(Stroom stroom, RegieDbContext db, StapCatalogus stappen, Definities definities, CancellationToken ct)
    {
        var verhaal = new StringBuilder($"Verhaal: wat er in stroom {stroom.Id} gebeurde\n");
        var casus = await db.Casussen.AsNoTracking().Include(c => c.Kinderen).Include(c => c.Overdrachten).Include(c => c.Vervangingen).Include(c => c.Opschalingen).Include(c => c.Kaderovergangen).Include(c => c.Knelpunten).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == stroom.CasusId, ct);
        var kinderen = casus?.Kinderen.Select(k => k.Ref).Order(StringComparer.Ordinal).ToList() ?? ["K1"];
        var gemeenten = await db.Teams.AsNoTracking().Where(t => casus != null && t.Id == casus.TeamId).Select(t => t.Gemeenten).SingleOrDefaultAsync(ct);
        var heeftCasus = casus?.GeopendOp < stroom.GestartOp;
        var klok = Afgerond(stroom.GestartOp, naarBoven: false);
        verhaal.AppendLine($"Gegeven een gezin{(heeftCasus ? "" : " zonder casus")} met {Math.Max(1, kinderen.Count)} {(kinderen.Count > 1 ? "kinderen" : "kind")} in {(gemeenten is [var gemeente, ..] ? gemeente : "de regio")} op {Tijdtaal.Tekst(klok)}");
        if (heeftCasus)
            foreach (var p in (await db.Perioden.AsNoTracking().Where(p => p.CasusId == stroom.CasusId && p.Vanaf < stroom.GestartOp && (p.Tot == null || p.Tot >= stroom.GestartOp)).ToListAsync(ct)).OrderBy(p => p.Onderdeel, StringComparer.Ordinal))
                verhaal.Append((p.Lijn, p.Waarde) switch
                {
                    (Lijnen.Schaal, not Schalen.Lokaal) => $"En de schaal is {p.Waarde}\n",
                    (Lijnen.Kader, not Kaders.Vrijwillig) => $"En het kader van {KindVan(p.Onderdeel)} is {p.Waarde}\n",
                    _ => "",
                });
        verhaal.AppendLine(Aanleiding(WorkflowInstance.FromJson(stroom.Toestand).Input, casus, KindVan));

        var definitie = await definities.LeesAsync(db, stroom.DefinitieId, stroom.Versie, ct);
        var namen = definitie.Activities.ToDictionary(a => a.Id, a => a.DisplayName);
        var wachtpunten = (await db.Wachtpunten.AsNoTracking().Where(w => w.StroomId == stroom.Id).ToListAsync(ct)).OrderBy(w => w.AfgehandeldOp ?? DateTimeOffset.MaxValue).ThenBy(w => w.Sinds).ToList();
        foreach (var w in wachtpunten)
        {
            if (w.AfgehandeldOp is { } op && Afgerond(op, naarBoven: true) is var moment && moment > klok && op > stroom.GestartOp)
                verhaal.AppendLine($"Als het {Tijdtaal.Tekst(klok = moment)} is");
            if (w.IsOpen)
                verhaal.AppendLine($"Dan wacht '{namen[w.ActiviteitId]}'");
            else if (w.Uitgang is { } uitgang && uitgang != stappen.Vind(w.Stap)?.BijVerlopen)
                verhaal.AppendLine($"Als '{namen[w.ActiviteitId]}' wordt beantwoord met '{uitgang}'");
        }

        return verhaal.ToString();

        string KindVan(string verwijzing) => $"K{kinderen.IndexOf(verwijzing) + 1}";
    }

    // What happened to the casus that made this flow begin.
    private static string Aanleiding(System.Text.Json.Nodes.JsonObject invoer, Casus? casus, Func<string, string> kindVan)
    {
        if (invoer["melding"] is { } melding)
            return $"Als een melding binnenkomt via {melding["route"]}{(melding["verlooptOp"]?.GetValue<DateTimeOffset>() is { } tot ? $" met termijn tot {Tijdtaal.Tekst(tot)}" : "")}";
        if (casus is not null && Van("overdrachtId", casus.Overdrachten, o => o.Id) is not null)
            return "Als de regisseur een overdracht voorstelt aan een collega";
        if (casus is not null && Van("vervangingId", casus.Vervangingen, v => v.Id) is { } vervanging)
            return $"Als de regisseur {(vervanging.Soort == Vervanging.Acuut ? "uitvalt" : $"weg is van {Tijdtaal.Tekst(vervanging.Vanaf)}")}{(vervanging.VerwachtTot is { } verwacht ? $" tot {Tijdtaal.Tekst(verwacht)}" : "")}";
        if (casus is not null && Van("opschalingId", casus.Opschalingen, o => o.Id) is { } opschaling)
            return $"Als de regisseur opschaalt naar {opschaling.Naar}{(opschaling.EvaluatieOp is { } op ? $" met evaluatie op {Tijdtaal.Tekst(op)}" : "")}";
        if (casus is not null && Van("kaderovergangId", casus.Kaderovergangen, k => k.Id) is { } kader)
            return $"Als de regisseur het kader van {kindVan(kader.KindRef)} wijzigt naar {kader.Naar}";
        if (casus is not null && Van("knelpuntId", casus.Knelpunten, k => k.Id) is { } knelpunt)
            return $"Als de regisseur een knelpunt meldt over {knelpunt.Soort}";
        var woorden = invoer.Select(i => $"{i.Key} = {(Systeemwoorden.Contains($"{i.Value}") ? $"{i.Value}" : "proef")}").ToList();
        return $"Als deze stroom begint{(woorden.Count == 0 ? "" : $" met {string.Join(", ", woorden)}")}";

        T? Van<T>(string naam, IReadOnlyList<T> alle, Func<T, Guid> nummer)
            where T : class => Guid.TryParse($"{invoer[naam]}", out var id) ? alle.SingleOrDefault(a => nummer(a) == id) : null;
    }

    // Stories are told in whole seconds; what was due is due by then.
    private static DateTimeOffset Afgerond(DateTimeOffset op, bool naarBoven) =>
        new((op.UtcTicks + (naarBoven ? TimeSpan.TicksPerSecond - 1 : 0)) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}

/// <summary>Hoeveel er wordt nagespeeld.</summary>
/// <param name="Versie">Leeg is de laatste, ook als die nog niet is gepubliceerd.</param>
/// <param name="Laatste">De laatste zoveel stromen, hooguit 50; leeg is 20.</param>
public sealed record NaspeelInvoer(int? Versie, int? Laatste);

/// <summary>Wat er al gebeurd is, opnieuw gespeeld.</summary>
public sealed record Naspeelverslag(int Versie, int GepubliceerdeVersie, int AantalGelijk, int AantalAnders, IReadOnlyList<NagespeeldeStroom> Items);

/// <summary>Een stroom die opnieuw is gespeeld.</summary>
/// <param name="Versie">De versie waarop zij echt liep.</param>
/// <param name="IsGelijk">Leeg als het niet is na te spelen.</param>
/// <param name="Zin">Waar het voor het eerst anders gaat, of dat het hetzelfde gaat.</param>
/// <param name="Verhaal">Wat er gebeurde, om zelf te spelen en naast elkaar te zien.</param>
public sealed record NagespeeldeStroom(Guid StroomId, int Versie, DateTimeOffset GestartOp, bool? IsGelijk, string Zin, string Verhaal);
