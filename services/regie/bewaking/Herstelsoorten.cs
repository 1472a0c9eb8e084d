using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Engine;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Wat een toezichthouder aan een stroom kan doen, en wat niet. De regels van de casus blijven die van de casus.</summary>
internal static class Herstelsoorten
{
    public const string Opnieuw = "opnieuw";
    public const string Antwoorden = "antwoorden";
    public const string Terugzetten = "terugzetten";
    public const string Verlengen = "verlengen";
    public const string OpnieuwVersturen = "opnieuw-versturen";
    public const string Toewijzen = "toewijzen";
    public const string Afbreken = "afbreken";

    public const string Taak = "NetwerkRegie.Taak";

    /// <summary>Doet het, binnen de burst.</summary>
    /// <returns>Wat er is gedaan, en of een dienst daarop moet antwoorden.</returns>
    /// <exception cref="Geweigerd">Dit kan of mag niet.</exception>
    public static async Task<(string Zin, bool Verstuurt)> DoeAsync(Burst burst, Opname nu, HerstelInvoer invoer, Actor actor, Gereedschap met, IReadOnlyDictionary<Guid, Professional> namen)
    {
        var stroom = nu.Stroom;
        switch (invoer.Soort)
        {
            case Opnieuw:
                if (nu.Instance.Incidents.Count == 0)
                    throw new Geweigerd("In deze stroom is geen storing.");
                await burst.OpnieuwAsync(stroom.Id, null);
                return ($"Wat vastliep wordt opnieuw geprobeerd: {string.Join(" en ", nu.Instance.Incidents.Select(i => $"'{i.ActivityName ?? i.ActivityId}'"))}.", false);
            case Antwoorden:
                {
                    var taak = await TaakAsync();
                    var keuzes = taak.Uitgangen.Where(u => u != Stap.Verlopen).ToList();
                    new Invoer().Eis(keuzes.Contains(invoer.Uitkomst ?? ""), "/uitkomst", $"Kies een uitkomst uit {string.Join(", ", keuzes)}.").Klaar();
                    await burst.VervolgAsync(taak, invoer.Uitkomst!, new JsonObject { ["doorId"] = actor.Id.ToString() });
                    return ($"De taak '{taak.Titel}' van {Wachtzin.Wie(taak, namen)} is afgerond met '{invoer.Uitkomst}'.", false);
                }

            case Terugzetten:
                {
                    var definitie = await met.Definities.LeesAsync(burst.Db, stroom.DefinitieId, stroom.Versie, burst.Ct);
                    var begonnen = (await InstanceState.EntriesAsync(stroom.Id, burst.Db, burst.Ct)).Where(e => e.EventName == JournalEvents.Started).Select(e => e.ActivityId).ToHashSet();
                    var van = invoer.WachtpuntId is null ? null : await WachtpuntAsync();
                    if (van is null && nu.Instance.Incidents.Count == 0)
                        throw new OngeldigeInvoer([new("/wachtpuntId", "Zeg welk wachten ophoudt.")]);
                    var naar = Eerder(definitie, met.Stappen, begonnen).SingleOrDefault(a => a.Id == invoer.ActiviteitId) ?? throw new Geweigerd("Terug kan alleen naar een stap die op iemand wacht en waar deze stroom al is geweest.");
                    await burst.ZetBijAsync(stroom.Id, van, naar.Id);
                    return ($"De stroom gaat terug naar '{naar.DisplayName}'{(van is null ? "" : $"; op '{van.Titel}' wordt niet meer gewacht")}.", false);
                }

            case Verlengen:
                {
                    var wachtpunt = await WachtpuntAsync();
                    if (!KanVerlengen(wachtpunt, met.Stappen))
                        throw new Geweigerd("Deze datum is aan anderen toegezegd of ligt vast; die verschuift niet.") { Afspraak = "R10" };
                    new Invoer().Eis(invoer.Tot > burst.Nu && (wachtpunt.VerlooptOp is null || invoer.Tot > wachtpunt.VerlooptOp), "/tot", "Kies een moment dat later is dan de termijn van nu.").Klaar();
                    wachtpunt.Verlengen(invoer.Tot!.Value);
                    return ($"Op '{wachtpunt.Titel}' wordt tot {Wachtzin.Moment(invoer.Tot.Value)} gewacht.", false);
                }

            case OpnieuwVersturen:
                {
                    var wachtpunt = await WachtpuntAsync();
                    if (wachtpunt.Dienst is null)
                        throw new Geweigerd("Hier wordt niet op een dienst gewacht.");
                    await burst.ZetBijAsync(stroom.Id, wachtpunt, wachtpunt.ActiviteitId);
                    return ($"'{wachtpunt.Titel}' wordt opnieuw aan {Wachtzin.Wie(wachtpunt, namen)} gevraagd.", true);
                }

            case Toewijzen:
                {
                    var taak = await TaakAsync();
                    var kandidaten = await KandidatenAsync(burst.Db, taak, burst.Ct);
                    new Invoer().Eis(invoer.VoorId is not null, "/voorId", "Zeg wie de taak krijgt.").Klaar();
                    if (!kandidaten.Any(k => k.Id == invoer.VoorId))
                        throw new Geweigerd("Deze persoon heeft niets met deze casus te maken of is uit dienst, en kan haar niet inzien.");
                    taak.Toewijzen(invoer.VoorId!.Value);
                    return ($"De taak '{taak.Titel}' gaat naar {Wachtzin.Wie(taak, namen)}.", false);
                }

            case Afbreken:
                if (!nu.CasusIsDicht)
                    throw new Geweigerd("Zolang de casus open is wordt een stroom niet afgebroken: de casus zou zonder vervolg blijven.") { Afspraak = "R7" };
                await burst.BreekAfAsync(stroom.Id);
                return ("De stroom wordt afgebroken, want de casus is al afgesloten.", false);
            default:
                throw new OngeldigeInvoer([new("/soort", $"Kies uit {Opnieuw}, {Antwoorden}, {Terugzetten}, {Verlengen}, {OpnieuwVersturen}, {Toewijzen} of {Afbreken}.")]);
        }

        async Task<Wachtpunt> WachtpuntAsync() =>
            await burst.Db.Wachtpunten.SingleOrDefaultAsync(w => w.Id == invoer.WachtpuntId && w.StroomId == stroom.Id && w.AfgehandeldOp == null, burst.Ct)
            ?? throw new Geweigerd("Daar wordt niet of niet meer op gewacht.");

        async Task<Wachtpunt> TaakAsync() => await WachtpuntAsync() is { Stap: Taak } taak ? taak
            : throw new Geweigerd("Dit kan alleen bij een taak; wat iemand zelf moet doen, zoals een overdracht aanvaarden of het warme gesprek voeren, kan niemand namens haar doen.");
    }

    /// <summary>Wat er nu kan; wat nooit zou mogen wordt niet aangeboden.</summary>
    public static IEnumerable<Herstelmogelijkheid> Mogelijk(Stroom stroom, WorkflowInstance? instance, WorkflowDefinition definitie, StapCatalogus stappen, IReadOnlyList<Wachtpunt> open, IReadOnlySet<string> begonnen, ILookup<Guid, Keuze> kandidaten, bool casusIsDicht)
    {
        if (stroom.IsKlaar || instance is null)
            yield break;
        var terug = Eerder(definitie, stappen, begonnen).Select(a => new Keuze(a.Id, a.DisplayName)).ToList();
        if (casusIsDicht)
            yield return new(Afbreken, "Stroom afbreken", null, []);
        if (instance.Incidents.Count > 0)
        {
            yield return new(Opnieuw, "Opnieuw proberen", null, []);
            if (terug.Count > 0)
                yield return new(Terugzetten, "Terug naar een eerdere stap", null, terug);
        }

        foreach (var w in open)
        {
            if (w.Dienst is not null)
                yield return new(OpnieuwVersturen, $"'{w.Titel}' opnieuw vragen", w.Id, []);
            if (w.Stap == Taak)
            {
                yield return new(Antwoorden, $"'{w.Titel}' afronden namens een ander", w.Id, [.. w.Uitgangen.Where(u => u != Stap.Verlopen).Select(u => new Keuze(u, u))]);
                if (kandidaten[w.Id].Any())
                    yield return new(Toewijzen, $"'{w.Titel}' aan een ander geven", w.Id, [.. kandidaten[w.Id]]);
            }

            if (KanVerlengen(w, stappen))
                yield return new(Verlengen, $"Meer tijd geven voor '{w.Titel}'", w.Id, []);
            if (terug.Where(t => t.Waarde != w.ActiviteitId).ToList() is { Count: > 0 } elders && !w.Stap.StartsWith("Elsa.", StringComparison.Ordinal))
                yield return new(Terugzetten, $"Van '{w.Titel}' terug naar een eerdere stap", w.Id, elders);
        }
    }

    /// <summary>Wie een taak van deze casus kan krijgen: wie er al mee te maken heeft en hier werkt.</summary>
    public static async Task<IReadOnlyList<Professional>> KandidatenAsync(RegieDbContext db, Wachtpunt taak, CancellationToken ct)
    {
        var team = await db.Casussen.Where(c => c.Id == taak.CasusId).Select(c => c.TeamId).SingleOrDefaultAsync(ct);
        var regie = await db.Perioden.AsNoTracking().SingleOrDefaultAsync(p => p.CasusId == taak.CasusId && p.Lijn == Lijnen.Regie && p.IsOpen, ct);
        var houder = regie is null ? Guid.Empty : Guid.Parse(regie.Waarde);
        var namens = regie?.PrincipaalId ?? houder;
        var isRvt = taak.VoorRol == "rvt" || (taak.VoorId is { } was && await db.Professionals.AnyAsync(p => p.Id == was && p.Rol == "rvt", ct));
        return await db.Professionals.AsNoTracking().Where(p => p.IsActief && (
            p.Id == houder || p.Id == namens
            || db.Vervangers.Any(v => v.VervangerId == p.Id && v.ProfessionalId == namens)
            || db.Teams.Any(t => t.Id == team && t.LeidinggevendeId == p.Id)
            || (isRvt && p.Rol == "rvt"))).OrderBy(p => p.Volgorde).ToListAsync(ct);
    }

    // Steps that wait and move no line: whatever else a step does is held by the casus' own rules, and by the proof from there.
    private static IEnumerable<Activity> Eerder(WorkflowDefinition definitie, StapCatalogus stappen, IReadOnlySet<string> begonnen) =>
        definitie.Activities.Where(a => begonnen.Contains(a.Id) && stappen.Vind(a.Type) is { Wacht: true, Verlegt: null });

    // What others were told, what the law says and what a court set is no wait of ours alone.
    private static bool KanVerlengen(Wachtpunt w, StapCatalogus stappen) => w.Stap == Taak || stappen.Vind(w.Stap) is OpdrachtStap;
}

/// <summary>Iets dat nu te herstellen is.</summary>
/// <param name="WachtpuntId">Het wachten waar het over gaat.</param>
/// <param name="Keuzes">Waaruit te kiezen is: uitkomsten of stappen.</param>
public sealed record Herstelmogelijkheid(string Soort, string Titel, Guid? WachtpuntId, IReadOnlyList<Keuze> Keuzes);

public sealed record Keuze(string Waarde, string Naam);
