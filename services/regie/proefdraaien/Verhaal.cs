using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NetwerkRegie.Contracts;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een klein verhaal over een gezin: wat gegeven is, wat er gebeurt, en wat er dan moet zijn. Zie docs/proefdraaien.md.</summary>
internal sealed partial record Verhaal(string Titel, IReadOnlyList<Verhaalregel> Regels)
{
    public const int HoogsteAantalRegels = 300;
    public const int LangsteRegel = 500;

    private static readonly string[] Soorten = ["gegeven", "als", "dan"];

    /// <summary>De wachtpunten die het verhaal bij naam noemt. Daar gebeurt alleen wat het verhaal zegt.</summary>
    public required IReadOnlySet<string> Genoemd { get; init; }

    /// <summary>De antwoorden die het verhaal van diensten geeft.</summary>
    public required IReadOnlyList<(string Dienst, string Uitgang)> Antwoorden { get; init; }

    /// <summary>De diensten die in dit verhaal niets van zich laten horen.</summary>
    public required IReadOnlySet<string> Stil { get; init; }

    /// <exception cref="OngeldigeInvoer">Er zijn regels die niet te begrijpen zijn; elke met haar nummer en wat wel kan.</exception>
    public static Verhaal Lees(string tekst, Regio regio, Termijnboek termijnen, StapCatalogus stappen)
    {
        var fouten = new List<Fout>();
        var regels = new List<Verhaalregel>();
        var vangst = new Vangst(regio, termijnen, stappen);
        var (titel, soort) = ("een verhaal zonder titel", "");
        foreach (var (ruw, nummer) in tekst.ReplaceLineEndings("\n").Split('\n').Select((r, i) => (r, i + 1)))
        {
            var zin = Netjes(ruw);
            if (zin.Length == 0 || zin[0] == '#')
                continue;
            if (nummer > HoogsteAantalRegels || zin.Length > LangsteRegel)
            {
                fouten.Add(new("/verhaal", $"Regel {nummer}: een verhaal heeft hooguit {HoogsteAantalRegels} regels van {LangsteRegel} tekens."));
                break;
            }

            if (zin.StartsWith("Verhaal:", StringComparison.OrdinalIgnoreCase))
            {
                titel = zin["Verhaal:".Length..].Trim();
                continue;
            }

            var woord = zin.Split(' ')[0].ToLowerInvariant();
            var vorige = soort;
            soort = woord is "en" or "maar" ? vorige : woord;
            if (!Soorten.Contains(soort))
            {
                fouten.Add(new("/verhaal", $"Regel {nummer}: een regel begint met Verhaal:, Gegeven, Als, Dan of En."));
                soort = vorige;
                continue;
            }

            var inhoud = zin[zin.Split(' ')[0].Length..].Trim();
            var bedoeld = Zinnen.Vind(soort, inhoud, vangst);
            if (soort == "gegeven" && vorige is not ("" or "gegeven"))
                fouten.Add(new("/verhaal", $"Regel {nummer}: wat gegeven is staat voor wat er gebeurt."));
            else if (bedoeld is null && vorige.Length > 0)
                fouten.Add(new("/verhaal", $"Regel {nummer}: dit is niet te begrijpen; schrijf bijvoorbeeld: {Zinnen.Lijkend(soort, inhoud)}."));
            else if (bedoeld is null || bedoeld == Zinnen.Gezin != (vorige.Length == 0))
                fouten.Add(new("/verhaal", $"Regel {nummer}: een verhaal begint met het gezin, en met een: {Zinnen.Gezin.Voorbeeld}."));
            else
            {
                regels.Add(new(nummer, zin, soort, bedoeld.Lees(vangst), bedoeld == Zinnen.Weigering));
                fouten.AddRange(vangst.Fouten.Select(f => new Fout("/verhaal", $"Regel {nummer}: {f}")));
            }
        }

        if (regels.Count == 0 && fouten.Count == 0)
            fouten.Add(new("/verhaal", $"Het verhaal is leeg; begin met het gezin: {Zinnen.Gezin.Voorbeeld}."));
        return fouten.Count > 0 ? throw new OngeldigeInvoer(fouten) : new Verhaal(titel, regels) { Genoemd = vangst.Genoemd, Antwoorden = vangst.Antwoorden, Stil = vangst.Stil };
    }

    /// <summary>Of het verhaal verwacht dat wat op deze plaats gebeurt wordt geweigerd.</summary>
    public bool VerwachtWeigering(int plaats) => Regels.Skip(plaats + 1).TakeWhile(r => r.Soort == "dan").Any(r => r.IsWeigering);

    // Spaces, curly quotes and a full stop are how a text was typed, not what it says.
    internal static string Netjes(string regel) => Spaties().Replace(regel.Trim().TrimEnd('.'), " ").Replace('\u2018', '\'').Replace('\u2019', '\'').Replace('\u201C', '\'').Replace('\u201D', '\'').Replace('"', '\'').Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaties();
}

/// <summary>Een regel van een verhaal.</summary>
/// <param name="Soort">gegeven, als of dan.</param>
/// <param name="Speel">Doet wat er staat. Van een Dan-regel is het antwoord wat er in plaats daarvan was; leeg als het klopt.</param>
internal sealed record Verhaalregel(int Nummer, string Tekst, string Soort, Func<Spel, Task<string?>> Speel, bool IsWeigering);

/// <summary>Wat er op de open plaatsen van een zin stond, omgezet in wat het betekent.</summary>
internal sealed class Vangst(Regio regio, Termijnboek termijnen, StapCatalogus stappen)
{
    private static readonly string[] Getallen = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"];
    private static readonly HashSet<string> Berichten = [.. typeof(StapRef).Assembly.GetExportedTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.GetProperty("CasusId") is not null || t.IsAssignableTo(typeof(IOpdracht))).Select(t => t.Name)];

    private static readonly string[] Rollen = ["regisseur", "leidinggevende", "rvt", "collega", "ontvanger", "bestuurder", "contactpersoon", Regie.Wachtpunt.VoorKlok];

    private Match _match = Match.Empty;

    private IReadOnlyList<string> Diensten { get; } = [.. stappen.Alle.OfType<OpdrachtStap>().Select(s => s.Dienst).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Wat er in de zin die nu gelezen wordt niet klopt.</summary>
    public List<string> Fouten { get; } = [];
    public HashSet<string> Genoemd { get; } = [];
    public List<(string Dienst, string Uitgang)> Antwoorden { get; } = [];
    public HashSet<string> Stil { get; } = [];

    public bool Neem(Match match)
    {
        _match = match;
        Fouten.Clear();
        return match.Success;
    }

    public bool Heeft(string naam) => _match.Groups[naam].Success;

    public string Tekst(string naam) => _match.Groups[naam].Value.Trim().Trim('\'').Trim();

    private string Dienst() => Keuze("dienst", "dienst", Diensten);

    public string? Misschien(string naam) => Heeft(naam) ? Tekst(naam) : null;

    /// <summary>Een wachtpunt waar het verhaal zelf over gaat.</summary>
    public string Wachtpunt()
    {
        var naam = Tekst("wachtpunt");
        Genoemd.Add(naam);
        return naam;
    }

    public DateTimeOffset Moment(string naam = "moment", int uur = 0)
    {
        if (Tijdtaal.Lees(Tekst(naam), uur) is { } moment)
            return moment;
        Fouten.Add("dit is geen moment; schrijf een dag met een maand en een jaar, en zo nodig een tijd, zoals 2 maart 2026 10:15.");
        return default;
    }

    public DateTimeOffset? MisschienMoment(string naam = "moment") => Heeft(naam) ? Moment(naam) : null;

    public Termijn Duur()
    {
        var tekst = Tekst("duur");
        var woord = tekst.Split(' ')[0].Replace("één", "een", StringComparison.OrdinalIgnoreCase).ToLowerInvariant();
        try
        {
            return termijnen.Lees(Array.IndexOf(Getallen, woord) is var getal and > 0 ? $"{getal}{tekst[tekst.IndexOf(' ', StringComparison.Ordinal)..]}" : tekst);
        }
        catch (FormatException)
        {
            Fouten.Add("dit is geen duur; schrijf een aantal met een eenheid, zoals 3 werkdagen, 2 weken of 1 jaar.");
            return termijnen.Alle[0];
        }
    }

    public int Aantal(string naam = "aantal")
    {
        var tekst = Tekst(naam).ToLowerInvariant();
        var getal = int.TryParse(tekst, out var cijfers) ? cijfers : tekst is "één" ? 1 : Array.IndexOf(Getallen, tekst);
        if (getal is < 1 or > 20)
            Fouten.Add("kies 1 tot en met 20.");
        return getal;
    }

    public string Keuze(string naam, string wat, IEnumerable<string> uit)
    {
        var keuzes = uit.ToList();
        var tekst = Tekst(naam);
        if (keuzes.FirstOrDefault(k => k.Equals(tekst, StringComparison.OrdinalIgnoreCase) || k.Replace('-', ' ').Equals(tekst, StringComparison.OrdinalIgnoreCase)) is { } gekozen)
            return gekozen;
        Fouten.Add($"dit is geen {wat}; kies uit {string.Join(", ", keuzes)}.");
        return "";
    }

    public string StilleDienst()
    {
        var dienst = Dienst();
        Stil.Add(dienst);
        return dienst;
    }

    public (string Dienst, string Uitgang) Antwoord()
    {
        Antwoorden.Add((Dienst(), Tekst("uitgang")));
        return Antwoorden[^1];
    }

    /// <summary>Tot en met een dag is tot het begin van de volgende.</summary>
    public DateTimeOffset? Tot() => MisschienMoment() is not { } moment ? null : Tekst("tot") == "tot" ? moment : NederlandseKalender.Begin(NederlandseKalender.DatumVan(moment).AddDays(1));

    public JsonObject Invoer()
    {
        var invoer = new JsonObject();
        foreach (var deel in (Misschien("invoer") ?? "").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (deel.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } naam, var waarde])
                invoer[naam] = waarde.Trim('\'');
            else
                Fouten.Add("dit is geen invoer; schrijf naam = waarde, met komma's ertussen.");
        return invoer;
    }

    public string Bericht()
    {
        var tekst = Tekst("bericht").Replace(" ", "", StringComparison.Ordinal);
        if (Berichten.FirstOrDefault(b => b.Equals(tekst, StringComparison.OrdinalIgnoreCase)) is { } bericht)
            return bericht;
        var lijkend = Berichten.Where(b => tekst.Length > 3 && b.StartsWith(tekst[..4], StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        Fouten.Add($"dit bericht bestaat niet{(lijkend.Count > 0 ? $"; wel {string.Join(", ", lijkend)}" : "")}.");
        return "";
    }

    /// <summary>Iemand: in een rol die pas tijdens het spelen blijkt, of met een naam uit de regio.</summary>
    public Volgorde Volgorde() => new() { Volgnummer = Heeft("aantal") ? Aantal() : null, Na = Heeft("aantal2") ? Aantal("aantal2") : null };

    public Wie Wie(string naam = "wie")
    {
        var tekst = Tekst(naam);
        var woorden = tekst.ToLowerInvariant().Split(' ').SkipWhile(w => w is "de" or "het" or "een" or "iemand" or "van" or "dienst").ToList();
        var rol = woorden is [var woord] && (Rollen.Contains(woord) ? woord : Diensten.Contains(woord) ? Regie.Wachtpunt.VoorDienst + woord : null) is { } bekend ? bekend : null;
        if (rol is not null)
            return new(rol, null);
        var genoemd = regio.Professionals.Where(p => p.Naam.Equals(tekst, StringComparison.OrdinalIgnoreCase) || p.Naam.Split(' ')[0].Equals(tekst, StringComparison.OrdinalIgnoreCase)).ToList();
        if (genoemd.Count != 1)
            Fouten.Add(genoemd.Count > 1 ? "zo heten er meer; schrijf de hele naam." : "deze persoon werkt niet in deze regio; schrijf een naam van wie dat wel doet, of de regisseur, een collega, de ontvanger, het RVT, de leidinggevende of de bestuurder.");
        return new("", genoemd.FirstOrDefault()?.Id);
    }
}

/// <summary>Iemand in een verhaal: in een rol, of op naam.</summary>
internal sealed record Wie(string Rol, Guid? Id);

/// <summary>Momenten zoals een mens ze schrijft, op de klok van Amsterdam.</summary>
internal static partial class Tijdtaal
{
    public static string Tekst(DateTimeOffset moment)
    {
        var lokaal = NederlandseKalender.LokaalAls(moment);
        return new StringBuilder(NederlandseKalender.Voluit(DateOnly.FromDateTime(lokaal.DateTime))).Append(' ').Append(lokaal.Hour).Append(':').Append($"{lokaal.Minute:00}").Append(lokaal.Second == 0 ? "" : $":{lokaal.Second:00}").ToString();
    }

    /// <param name="uur">Als er geen tijd bij staat.</param>
    public static DateTimeOffset? Lees(string tekst, int uur)
    {
        if (Vorm().Match(tekst) is not { Success: true } match || NederlandseKalender.Maanden.ToList().FindIndex(m => m.Equals(match.Groups["maand"].Value, StringComparison.OrdinalIgnoreCase)) is not (>= 0 and var maand))
            return null;
        var (dag, jaar) = (int.Parse(match.Groups["dag"].Value, null), int.Parse(match.Groups["jaar"].Value, null));
        var (u, m, s) = match.Groups["uur"].Success ? (Getal("uur"), Getal("minuut"), match.Groups["seconde"].Success ? Getal("seconde") : 0) : (uur, 0, 0);
        if (jaar is < 2000 or > 2100 || dag < 1 || dag > DateTime.DaysInMonth(jaar, maand + 1) || u > 23 || m > 59 || s > 59)
            return null;
        return NederlandseKalender.Moment(new DateOnly(jaar, maand + 1, dag), new TimeOnly(u, m, s));

        int Getal(string naam) => int.Parse(match.Groups[naam].Value, null);
    }

    [GeneratedRegex(@"^(?<dag>\d{1,2}) (?<maand>\p{L}+) (?<jaar>\d{4})(?:,? (?:om )?(?<uur>\d{1,2})[:.](?<minuut>\d{2})(?:[:.](?<seconde>\d{2}))?)?(?: uur)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Vorm();
}
