using System.Text.Json.Nodes;
using NetwerkRegie.Contracts;
using NetwerkRegie.Engine;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een soort blokje dat een ontwerper in een stroom kan slepen. Een stap loopt in de transactie van de burst: de lijnen,
/// de stroom en de berichten veranderen samen of niet.
/// </summary>
internal abstract class Stap
{
    /// <summary>Het type in het bestand van de stroom.</summary>
    public virtual string Type => $"NetwerkRegie.{GetType().Name}";

    /// <summary>De naam op het blokje.</summary>
    public abstract string Titel { get; }

    /// <summary>Wat het blokje doet, voor wie het sleept.</summary>
    public abstract string Uitleg { get; }

    /// <summary>Wat een ontwerper invult.</summary>
    public virtual IReadOnlyList<Veld> Invoer => [];

    /// <summary>Wat er uit het blokje komt.</summary>
    public virtual IReadOnlyList<Veld> Uitvoer => [];

    /// <summary>Hoe het verder kan.</summary>
    public abstract IReadOnlyList<string> Uitgangen { get; }

    /// <summary>De uitgangen bij wat er is ingevuld.</summary>
    public virtual IReadOnlyList<string> UitgangenBij(JsonObject invoer) => Uitgangen;

    /// <summary>Of de stroom hier op iemand of iets kan wachten. Dan hoort er een wachtafspraak bij: tot wanneer, wie kan vlottrekken, wat dan.</summary>
    public bool Wacht => Uitgangen.Contains(BijVerlopen);

    /// <summary>Hoe ver onderwerpen van de casus moeten zijn, en hoe ver zij na een uitgang zijn. Hiermee rekent de keuring.</summary>
    public virtual IReadOnlyList<Overgang> Overgangen => [];

    /// <summary>De lijn die de stap kan verleggen.</summary>
    public virtual string? Verlegt => null;

    /// <summary>De uitgang als de termijn van een wachtende stap voorbij is.</summary>
    public virtual string BijVerlopen => Verlopen;

    public const string Klaar = "Klaar";
    public const string Geweigerd = "Geweigerd";
    public const string Verlopen = "Verlopen";

    /// <summary>Doet de stap, of begint te wachten.</summary>
    /// <returns>De uitgang, of <see cref="Uitkomst.Wacht"/>.</returns>
    public abstract Task<Uitkomst> Begin(StapContext stap);

    /// <summary>Legt vast dat de termijn voorbij is, voor de stroom verder gaat.</summary>
    public virtual Task Verloop(Burst burst, Wachtpunt wachtpunt) => Task.CompletedTask;
}

/// <summary>Hoe een stap afliep.</summary>
/// <param name="Uitgang">Null als de stap wacht.</param>
internal sealed record Uitkomst(string? Uitgang, JsonNode? Resultaat = null)
{
    public static readonly Uitkomst Wacht = new((string?)null);
    public static readonly Uitkomst Klaar = new(Stap.Klaar);
}

/// <summary>Waarmee een stap begint: de burst, en wat de ontwerper heeft ingevuld.</summary>
internal sealed class StapContext(Burst burst, Bookmark bookmark, Guid stroomId, int versie, JsonObject invoer)
{
    public Burst Burst => burst;
    public DateTimeOffset Nu => burst.Nu;
    public JsonObject Invoer => invoer;

    /// <summary>De versie van de stroom.</summary>
    public int Versie => versie;
    public StapRef Ref => new(burst.CasusId, stroomId, bookmark.Id);

    /// <summary>Een ingevulde tekst; leeg is niet ingevuld.</summary>
    public string? Tekst(string naam) => invoer[naam] is JsonValue waarde && waarde.ToString() is { Length: > 0 } tekst ? tekst : null;

    public string EisTekst(string naam) => Tekst(naam) ?? throw new InvalidOperationException($"Bij '{bookmark.ActivityName}' is '{naam}' niet ingevuld.");

    public Guid EisId(string naam) => Guid.TryParse(EisTekst(naam), out var id) ? id : throw new InvalidOperationException($"Bij '{bookmark.ActivityName}' is '{naam}' geen nummer.");

    public Guid? Id(string naam) => Guid.TryParse(Tekst(naam), out var id) ? id : null;

    /// <summary>Wanneer de ingevulde termijn voorbij is, gerekend vanaf nu; null zonder termijn.</summary>
    public DateTimeOffset? Termijn(string naam = "termijn") => Termijn(naam, Nu);

    /// <summary>Dezelfde, gerekend vanaf de laatste dag van de termijn die net voorbij ging: stond alles even stil, dan schuift niets op.</summary>
    public DateTimeOffset? AansluitendeTermijn() => Termijn("termijn", burst.VerlopenOp(stroomId)?.AddTicks(-1) ?? Nu);

    private DateTimeOffset? Termijn(string naam, DateTimeOffset vanaf) => Tekst(naam) is { } termijn ? burst.Termijnen.Lees(termijn).Verloopt(vanaf) : null;

    /// <summary>Een ingevuld moment, als dat nog moet komen.</summary>
    public DateTimeOffset? Moment(string naam) => DateTimeOffset.TryParse(Tekst(naam), null, System.Globalization.DateTimeStyles.RoundtripKind, out var moment) && moment > Nu ? moment : null;

    /// <summary>Begint te wachten; bij een mens wordt dit een taak.</summary>
    /// <param name="verlooptOp">Anders dan de ingevulde termijn.</param>
    public Uitkomst Wacht(string titel, IReadOnlyList<string> uitgangen, string? sleutel = null, string? voorRol = null, Guid? voorId = null, DateTimeOffset? verlooptOp = null, IEnumerable<Guid>? voorIds = null)
    {
        burst.Wacht(new Wachtpunt
        {
            Id = Guid.CreateVersion7(Nu),
            StroomId = stroomId,
            Bookmark = bookmark.Id,
            CasusId = burst.CasusId,
            Stap = bookmark.Type,
            ActiviteitId = bookmark.ActivityId,
            Titel = titel,
            Sleutel = sleutel,
            VoorRol = voorRol,
            VoorId = voorId,
            VoorIds = voorIds is null ? null : string.Join(' ', voorIds),
            Vlottrekker = Tekst("vlottrekker"),
            Uitgangen = uitgangen,
            Sinds = Nu,
            VerlooptOp = verlooptOp ?? Termijn(),
        });
        return Uitkomst.Wacht;
    }
}
