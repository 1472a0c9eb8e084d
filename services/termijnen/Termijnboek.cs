using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetwerkRegie.Termijnen;

/// <summary>De eigen afspraak van een regio over een termijn uit het boek.</summary>
/// <param name="Duur">Een aantal met een eenheid, zoals "5 werkdagen". Een termijn die terugtelt, blijft dat doen.</param>
/// <param name="Bron">Waar de afspraak staat.</param>
public sealed record Aanpassing(string Id, string Duur, string Bron);

/// <summary>Alle termijnen van het systeem, elk met een naam en een bron. Wie ergens op wacht, haalt de termijn hier.</summary>
public sealed class Termijnboek
{
    /// <summary>Meer is een tikfout, in welke eenheid ook.</summary>
    private const int HoogsteAantal = 1000;

    private static readonly string WatMag = $"een aantal van 1 tot en met {HoogsteAantal} met een eenheid, zoals '5 werkdagen' of '72 uur'";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Dictionary<string, Termijn> opId;

    private Termijnboek(IReadOnlyList<Termijn> alle)
    {
        Alle = alle;
        opId = alle.ToDictionary(t => t.Id, StringComparer.Ordinal);
    }

    /// <summary>De standaardwaarden, voordat een regio eigen afspraken maakt.</summary>
    public static Termijnboek Standaard { get; } = UitBestand();

    /// <summary>In de volgorde van het bestand: bij elkaar wat bij elkaar hoort.</summary>
    public IReadOnlyList<Termijn> Alle { get; }

    public Termijn this[string id] =>
        opId.TryGetValue(id, out var termijn) ? termijn : throw new KeyNotFoundException($"Termijn '{id}' staat niet in het termijnboek.");

    public bool Bevat(string id) => opId.ContainsKey(id);

    /// <summary>
    /// Een nieuw boek waarin de afspraken van de regio gelden. De zekerheid vervalt: die hoorde bij de oude bron.
    /// </summary>
    public Termijnboek Met(IEnumerable<Aanpassing> regio)
    {
        var aangepast = new Dictionary<string, Termijn>(StringComparer.Ordinal);
        foreach (var aanpassing in regio)
        {
            aangepast[aanpassing.Id] = Aangepast(this[aanpassing.Id], aanpassing);
        }

        return new Termijnboek([.. Alle.Select(t => aangepast.GetValueOrDefault(t.Id, t))]);
    }

    /// <summary>
    /// Een termijn zoals die in een stroom staat: een naam uit het boek ("overdracht-acceptatie"), of een aantal
    /// ("5 werkdagen", "28 dagen", "15 minuten"). Een los aantal is een afspraak, geen wet: het einde ervan verschuift nooit.
    /// </summary>
    /// <exception cref="FormatException">De tekst is geen van beide; de melding zegt wat wel mag.</exception>
    public Termijn Lees(string termijn)
    {
        var tekst = termijn.Trim();
        if (opId.TryGetValue(tekst, out var bekend))
        {
            return bekend;
        }

        if (Ontleed(tekst) is var (aantal, eenheid))
        {
            return new Termijn(tekst, tekst, "begin van de stap", aantal, eenheid, RekenwijzeVoor(eenheid, Rekenwijze.Kalenderdagen), Soort.Ontwerp, "-", "de stroom zelf", []);
        }

        throw new FormatException($"'{tekst}' is geen termijn: gebruik een naam uit het termijnboek, of {WatMag}.");
    }

    private static (int Aantal, Eenheid Eenheid)? Ontleed(string tekst) =>
        tekst.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var getal, var woord]
        && int.TryParse(getal, NumberStyles.None, CultureInfo.InvariantCulture, out var aantal)
        && aantal is > 0 and <= HoogsteAantal
        && EenheidVan(woord) is { } eenheid
            ? (aantal, eenheid)
            : null;

    private static Eenheid? EenheidVan(string woord) => woord.ToUpperInvariant() switch
    {
        "MINUUT" or "MINUTEN" => Eenheid.Minuut,
        "UUR" or "UREN" => Eenheid.Uur,
        "DAG" or "DAGEN" => Eenheid.Dag,
        "WERKDAG" or "WERKDAGEN" => Eenheid.Werkdag,
        "WEEK" or "WEKEN" => Eenheid.Week,
        "MAAND" or "MAANDEN" => Eenheid.Maand,
        "JAAR" or "JAREN" => Eenheid.Jaar,
        _ => null,
    };

    private static Termijn Aangepast(Termijn termijn, Aanpassing aanpassing)
    {
        if (termijn.Rekenwijze == Rekenwijze.Telling)
        {
            throw new FormatException($"Termijn '{termijn.Id}' telt lesuren en kan geen andere duur krijgen.");
        }

        if (Ontleed(aanpassing.Duur) is not var (aantal, eenheid))
        {
            throw new FormatException($"Termijn '{termijn.Id}' kan niet '{aanpassing.Duur}' duren: geef {WatMag}.");
        }

        return termijn with
        {
            Aantal = termijn.TeltTerug ? -aantal : aantal,
            Eenheid = eenheid,
            Rekenwijze = RekenwijzeVoor(eenheid, termijn.Rekenwijze),
            Bron = aanpassing.Bron,
            Zekerheid = "-",
        };
    }

    /// <summary>Uren en werkdagen laten geen keus; dagen en langer houden de rekenwijze die de termijn had.</summary>
    private static Rekenwijze RekenwijzeVoor(Eenheid eenheid, Rekenwijze anders) => eenheid switch
    {
        Eenheid.Minuut or Eenheid.Uur => Rekenwijze.Uren,
        Eenheid.Werkdag => Rekenwijze.Werkdagen,
        _ => anders is Rekenwijze.Uren or Rekenwijze.Werkdagen ? Rekenwijze.Kalenderdagen : anders,
    };

    private static Termijnboek UitBestand()
    {
        using var bestand = typeof(Termijnboek).Assembly.GetManifestResourceStream("termijnen.json")!;
        return new Termijnboek(JsonSerializer.Deserialize<List<Termijn>>(bestand, Json)!);
    }
}
