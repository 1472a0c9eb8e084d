using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een stroom in woorden: genummerde stappen, wie aan zet is, hoe lang dat mag duren en hoe het verder gaat. Altijd hetzelfde
/// bij dezelfde tekening, en ook te lezen als zij nog niet af is.
/// </summary>
/// <param name="Kenmerk">Hoort bij precies deze inhoud: wie iets wijzigt, zegt ermee wat hij zag.</param>
public sealed partial record StroomTekst(string Id, string Naam, string? Omschrijving, int Versie, bool IsOntwerp, string Kenmerk, IReadOnlyList<StapTekst> Stappen)
{
    private const int LangsteUitdrukking = 120;

    internal static StroomTekst Van(StroomVersie versie, StapCatalogus stappen, Termijnboek termijnen)
    {
        var tekening = Tekening.Lees(versie.Inhoud);
        var elsa = ActivityDescriptors.OfElsa.ToDictionary(d => (string)d["typeName"]!, d => (string)d["displayName"]!);
        var wortel = tekening["root"] as JsonObject ?? [];
        var activiteiten = (wortel["activities"] as JsonArray ?? []).OfType<JsonObject>().Where(a => Tekening.Tekst(a, "id") is not null).ToList();
        var lijnen = (wortel["connections"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(c => (Van: Tekening.Tekst(c["source"], "activity"), Uitgang: Tekening.Tekst(c["source"], "port") ?? "Done", Naar: Tekening.Tekst(c["target"], "activity")))
            .ToLookup(c => c.Van, c => (c.Uitgang, c.Naar));
        var volgorde = Volgorde(activiteiten, lijnen, Tekening.Tekst(wortel, "start"));
        var nummers = volgorde.Select((a, i) => (Id: Tekening.Tekst(a, "id")!, Nummer: i + 1)).ToDictionary(a => a.Id, a => a.Nummer);

        return new(versie.Id, versie.Naam, Tekening.Tekst(tekening, "description"), versie.Nummer, versie.IsOntwerp, versie.Kenmerk, [.. volgorde.Select(Beschrijf)]);

        StapTekst Beschrijf(JsonObject activiteit)
        {
            var id = Tekening.Tekst(activiteit, "id")!;
            var type = Tekening.Tekst(activiteit, "type") ?? "";
            var stap = stappen.Vind(type);
            var regels = (stap?.Invoer ?? []).Where(v => activiteit.ContainsKey(v.Naam)).Select(v => $"{v.Titel}: {Waarde(activiteit[v.Naam], v)}")
                .Concat((activiteit["cases"] as JsonArray ?? []).OfType<JsonObject>().Select(c => $"{Tekening.Tekst(c, "label")}: als {Uitdrukking(c["condition"])}"))
                .Concat(stap is null && activiteit["condition"] is { } voorwaarde ? [$"Voorwaarde: {Waarde(voorwaarde, null)}"] : []);
            var uitgangen = lijnen[id].Select(l => new UitgangTekst(Uitgang(l.Uitgang), l.Naar is { } naar && nummers.TryGetValue(naar, out var nummer) ? nummer : null));
            return new(id, nummers[id], NaamVan(activiteit), stap?.Titel ?? elsa.GetValueOrDefault(type, type), [.. regels], [.. uitgangen], StapVelden.Van(activiteit, stap));
        }

        string Waarde(JsonNode? invoer, Veld? veld)
        {
            var tekst = Uitdrukking((invoer as JsonObject)?["expression"]);
            return veld?.Soort == VeldSoort.Termijn && termijnen.Alle.FirstOrDefault(t => t.Id == tekst) is { Aantal: not null } termijn
                ? $"{tekst} ({termijn.Naam}: {Duur(termijn)})"
                : tekst;
        }
    }

    /// <summary>Wat er tussen twee versies veranderde, in woorden; leeg als er voor de lezer niets anders is.</summary>
    internal static IReadOnlyList<string> Verschillen(StroomTekst oud, StroomTekst nieuw)
    {
        var verschillen = new List<string>();
        if (oud.Naam != nieuw.Naam)
            verschillen.Add($"De stroom heette '{oud.Naam}' en heet nu '{nieuw.Naam}'.");
        foreach (var weg in oud.Stappen.ExceptBy(nieuw.Stappen.Select(s => s.Id), s => s.Id))
            verschillen.Add($"Vervallen: '{weg.Naam}'.");
        foreach (var stap in nieuw.Stappen)
        {
            if (oud.Stappen.SingleOrDefault(s => s.Id == stap.Id) is not { } was)
            {
                verschillen.Add($"Nieuw: '{stap.Naam}' ({stap.Soort}).{(stap.Regels.Count == 0 ? "" : $" {string.Join(". ", stap.Regels)}.")}");
                continue;
            }

            if (was.Naam != stap.Naam)
                verschillen.Add($"'{was.Naam}' heet nu '{stap.Naam}'.");
            foreach (var (kop, eerst, nu) in Regels(was, stap))
                verschillen.Add(eerst is null ? $"Bij '{stap.Naam}' is ingevuld: {kop}: {nu}." : nu is null ? $"Bij '{stap.Naam}' is leeggemaakt: {kop}." : $"Bij '{stap.Naam}' was {kop} {eerst}, en nu {nu}.");
            foreach (var naam in was.Uitgangen.Concat(stap.Uitgangen).Select(u => u.Naam).Distinct())
            {
                var (eerst, nu) = (Doel(oud, was, naam), Doel(nieuw, stap, naam));
                if (eerst != nu)
                    verschillen.Add($"Na '{stap.Naam}' met '{naam}' {(eerst is null ? "ging het nergens heen" : $"kwam '{eerst}'")}, en nu {(nu is null ? "nergens" : $"'{nu}'")}.");
            }
        }

        return verschillen;
    }

    private static IEnumerable<(string Kop, string? Eerst, string? Nu)> Regels(StapTekst was, StapTekst stap)
    {
        var (oud, nieuw) = (Koppen(was), Koppen(stap));
        return oud.Keys.Union(nieuw.Keys).Select(kop => (kop, oud.GetValueOrDefault(kop), nieuw.GetValueOrDefault(kop))).Where(r => r.Item2 != r.Item3);

        static Dictionary<string, string> Koppen(StapTekst tekst) => tekst.Regels.Select(r => r.Split(": ", 2)).GroupBy(r => r[0]).ToDictionary(g => g.Key, g => g.Last()[^1]);
    }

    private static string? Doel(StroomTekst stroom, StapTekst stap, string uitgang) =>
        stap.Uitgangen.FirstOrDefault(u => u.Naam == uitgang)?.Naar is { } nummer ? stroom.Stappen[nummer - 1].Naam : null;

    // From the start along the lines, nearest first; what no line leads to comes last.
    private static List<JsonObject> Volgorde(List<JsonObject> activiteiten, ILookup<string?, (string Uitgang, string? Naar)> lijnen, string? start)
    {
        var opId = activiteiten.DistinctBy(a => Tekening.Tekst(a, "id")).ToDictionary(a => Tekening.Tekst(a, "id")!);
        var bereikt = activiteiten.SelectMany(a => lijnen[Tekening.Tekst(a, "id")].Select(l => l.Naar)).ToHashSet();
        var wachtrij = new Queue<string>(opId.Keys.OrderBy(id => id != start).Where((id, i) => id == start || !bereikt.Contains(id) || (i == 0 && start is null)));
        var gezien = new List<JsonObject>();
        while (wachtrij.TryDequeue(out var id))
        {
            if (!opId.Remove(id, out var activiteit))
                continue;
            gezien.Add(activiteit);
            foreach (var (_, naar) in lijnen[id])
                if (naar is not null)
                    wachtrij.Enqueue(naar);
            if (wachtrij.Count == 0 && opId.Count > 0)
                wachtrij.Enqueue(opId.Keys.First());
        }

        return gezien;
    }

    private static string NaamVan(JsonObject activiteit) =>
        Tekening.Tekst(activiteit["metadata"], "displayText") is { Length: > 0 } titel ? titel : Tekening.Tekst(activiteit, "name") is { Length: > 0 } naam ? naam : Tekening.Tekst(activiteit, "id")!;

    private static string Uitgang(string uitgang) => uitgang switch
    {
        "Done" => "daarna",
        "True" => "waar",
        "False" => "niet waar",
        "Default" => "anders",
        Stap.Verlopen => "termijn voorbij",
        // The contract that answers has given its name to the exit.
        _ => Hoofdletter().Replace(uitgang, letter => $" {letter.Value.ToLowerInvariant()}"),
    };

    private static string Uitdrukking(JsonNode? expressie)
    {
        var waarde = (expressie as JsonObject)?["value"];
        var tekst = waarde switch
        {
            JsonObject verwijzing => Tekening.Tekst(verwijzing, "name") ?? Tekening.Tekst(verwijzing, "id") ?? "",
            JsonValue => $"{waarde}".Trim(),
            _ => waarde?.ToJsonString() ?? "",
        };
        if (tekst.StartsWith('[') && Lijst(tekst) is { } onderdelen)
            tekst = string.Join(", ", onderdelen);
        if (tekst.StartsWith("return ", StringComparison.Ordinal))
            tekst = tekst["return ".Length..].TrimEnd(';');
        if (Vergelijking().Match(tekst) is { Success: true } v)
            tekst = $"{v.Groups["naam"]} is {(v.Groups["niet"].Length > 0 ? "niet " : "")}'{v.Groups["waarde"]}'";
        if (tekst.Length > LangsteUitdrukking)
            tekst = $"{tekst[..LangsteUitdrukking]}…";
        return Tekening.Tekst(expressie, "type") switch
        {
            "Input" => $"uit de invoer '{tekst}'",
            "Variable" => $"uit '{tekst}'",
            _ => tekst,
        };
    }

    private static IEnumerable<string>? Lijst(string tekst)
    {
        try
        {
            return (JsonNode.Parse(tekst) as JsonArray)?.Select(onderdeel => $"{onderdeel}");
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("(?<=[a-z])[A-Z](?=[a-z])")]
    private static partial Regex Hoofdletter();

    // The comparison of a value with a text, as our flows and Studio's examples write it; anything else stays as it was written.
    [GeneratedRegex("""^(?:getInput\('(?<naam>\w+)'\)|getVariable\('(?<naam>\w+)'\)|variables\.(?<naam>\w+)) ?(?:(?<niet>!)|=)==? ?'(?<waarde>[^']*)'$""")]
    private static partial Regex Vergelijking();

    /// <summary>Hoe lang een termijn duurt, bijvoorbeeld <c>5 werkdagen</c>.</summary>
    internal static string Duur(Termijn termijn) => $"{termijn.Aantal} {Eenheden(termijn)}";

    private static string Eenheden(Termijn termijn) => (termijn.Rekenwijze, termijn.Eenheid, Math.Abs(termijn.Aantal!.Value)) switch
    {
        (Rekenwijze.Werkdagen, _, 1) => "werkdag",
        (Rekenwijze.Werkdagen, _, _) => "werkdagen",
        (_, Eenheid.Minuut, 1) => "minuut",
        (_, Eenheid.Minuut, _) => "minuten",
        (_, Eenheid.Uur, _) => "uur",
        (_, Eenheid.Dag, 1) => "dag",
        (_, Eenheid.Dag, _) => "dagen",
        (_, Eenheid.Week, 1) => "week",
        (_, Eenheid.Week, _) => "weken",
        (_, Eenheid.Maand, 1) => "maand",
        (_, Eenheid.Maand, _) => "maanden",
        _ => "jaar",
    };
}

/// <summary>Een stap in woorden.</summary>
/// <param name="Regels">Wat is ingevuld, elk als <c>kop: waarde</c>.</param>
/// <param name="Velden">Wat hier zonder tekenen te wijzigen is: termijnen, mensen en teksten.</param>
public sealed record StapTekst(string Id, int Nummer, string Naam, string Soort, IReadOnlyList<string> Regels, IReadOnlyList<UitgangTekst> Uitgangen, IReadOnlyList<VeldTekst> Velden);

/// <param name="Naar">Het nummer van de stap die dan komt; leeg als de lijn nergens heen gaat.</param>
public sealed record UitgangTekst(string Naam, int? Naar);
