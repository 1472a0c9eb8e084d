namespace NetwerkRegie.Termijnen;

/// <summary>
/// Welke dag het in Nederland is, en of er dan gewerkt wordt.
/// Feestdagen zijn die van artikel 3 van de Algemene termijnenwet (Atw): nieuwjaarsdag, tweede paasdag, Hemelvaartsdag,
/// tweede pinksterdag, beide kerstdagen, Koningsdag en, elk jaar, 5 mei; lid 2 stelt Goede Vrijdag daarmee gelijk.
/// </summary>
/// <remarks>
/// Voor wettelijke termijnen is die lijst dus wet. Dat ook een afspraak in werkdagen Goede Vrijdag en 5 mei overslaat, is
/// een keuze van dit systeem: wie belt, vindt dan dikwijls niemand, en twee lijsten leiden tot vergissingen.
/// Dagen die de Kroon apart gelijkstelt (lid 3, zoals een vrijdag na Hemelvaart) zitten er niet in; een termijn eindigt dan
/// hooguit eerder dan hij mag, nooit later.
/// </remarks>
public static class NederlandseKalender
{
    private static readonly Lazy<TimeZoneInfo> Amsterdam = new(() => Tijdzone("Europe/Amsterdam"));

    /// <summary>De namen van de maanden, januari eerst.</summary>
    public static IReadOnlyList<string> Maanden { get; } = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];

    /// <summary>Een dag zoals een mens haar schrijft: <c>3 maart 2026</c>.</summary>
    public static string Voluit(DateOnly dag) => $"{dag.Day} {Maanden[dag.Month - 1]} {dag.Year}";

    public static bool IsFeestdag(DateOnly dag) =>
        (dag.Month, dag.Day) is (1, 1) or (5, 5) or (12, 25) or (12, 26)
        || dag == Koningsdag(dag.Year)
        || (dag.DayNumber - Pasen(dag.Year).DayNumber) is GoedeVrijdag or TweedePaasdag or Hemelvaartsdag or TweedePinksterdag;

    public static bool IsWerkdag(DateOnly dag) =>
        dag.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsFeestdag(dag);

    /// <summary>De eerste werkdag ná deze dag, ook als de dag zelf een werkdag is.</summary>
    public static DateOnly VolgendeWerkdag(DateOnly dag) => TelWerkdagen(dag, 1);

    /// <summary>De zoveelste werkdag na deze dag, of ervoor bij een negatief aantal. De dag zelf telt niet mee.</summary>
    public static DateOnly TelWerkdagen(DateOnly dag, int aantal)
    {
        for (var nog = Math.Abs(aantal); nog > 0;)
        {
            dag = dag.AddDays(Math.Sign(aantal));
            if (IsWerkdag(dag))
            {
                nog--;
            }
        }

        return dag;
    }

    /// <summary>Eerste paasdag: de eerste zondag na de eerste kerkelijke volle maan van de lente.</summary>
    public static DateOnly Pasen(int jaar)
    {
        var eeuw = jaar / 100;
        var geenSchrikkeljaar = eeuw - (eeuw / 4);                      // days the Gregorian calendar dropped
        var maancorrectie = ((8 * eeuw) + 13) / 25;                     // drift of the 19-year cycle of the moon
        var epacta = ((19 * (jaar % 19)) + geenSchrikkeljaar - maancorrectie + 15) % 30;
        // The full moon never falls later than 18 April, and not on that day twice within one cycle.
        if (epacta == 29 || (epacta == 28 && jaar % 19 > 10))
        {
            epacta--;
        }

        var volleMaan = new DateOnly(jaar, 3, 21).AddDays(epacta);
        return volleMaan.AddDays(7 - (int)volleMaan.DayOfWeek);
    }

    /// <summary>Hetzelfde moment, zoals de klok in Amsterdam het aanwijst.</summary>
    public static DateTimeOffset LokaalAls(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Amsterdam.Value);

    /// <summary>De dag die het op dit moment in Amsterdam is.</summary>
    public static DateOnly DatumVan(DateTimeOffset moment) => DateOnly.FromDateTime(LokaalAls(moment).DateTime);

    /// <summary>Het begin van de dag: 00:00 in Amsterdam, als moment in UTC.</summary>
    public static DateTimeOffset Begin(DateOnly dag) => Moment(dag, TimeOnly.MinValue);

    /// <summary>
    /// Het moment, in UTC, waarop de klok in Amsterdam deze tijd voor het eerst aanwijst. Een tijd die door de zomertijd
    /// wordt overgeslagen, valt op het verspringen zelf.
    /// </summary>
    public static DateTimeOffset Moment(DateOnly dag, TimeOnly tijd)
    {
        var zone = Amsterdam.Value;
        var lokaal = dag.ToDateTime(tijd);
        if (zone.IsInvalidTime(lokaal))
        {
            // European clocks leap over exactly one whole hour.
            lokaal = dag.ToDateTime(new TimeOnly(tijd.Hour + 1, 0));
        }

        var verschil = zone.IsAmbiguousTime(lokaal) ? zone.GetAmbiguousTimeOffsets(lokaal).Max() : zone.GetUtcOffset(lokaal);
        return new DateTimeOffset(lokaal, verschil).ToUniversalTime();
    }

    internal static TimeZoneInfo Tijdzone(string naam)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(naam);
        }
        catch (Exception oorzaak) when (oorzaak is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new InvalidOperationException($"De tijdzone {naam} ontbreekt op deze machine; installeer het pakket tzdata.", oorzaak);
        }
    }

    // Days counted from Easter Sunday.
    private const int GoedeVrijdag = -2;
    private const int TweedePaasdag = 1;
    private const int Hemelvaartsdag = 39;
    private const int TweedePinksterdag = 50;

    // Until 2014 it was Koninginnedag, on 30 April. On a Sunday it is celebrated the day before.
    private static DateOnly Koningsdag(int jaar)
    {
        var dag = new DateOnly(jaar, 4, jaar < 2014 ? 30 : 27);
        return dag.DayOfWeek == DayOfWeek.Sunday ? dag.AddDays(-1) : dag;
    }
}
