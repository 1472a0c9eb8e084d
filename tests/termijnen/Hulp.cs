using System.Globalization;

namespace NetwerkRegie.Termijnen.Tests;

internal static class Hulp
{
    public static DateOnly Dag(string dag) => DateOnly.ParseExact(dag, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>"2026-03-02 10:15" is what the clock in Amsterdam shows; with an offset or Z it is that instant.</summary>
    public static DateTimeOffset Moment(string moment) => moment.Length == 16
        ? NederlandseKalender.Moment(Dag(moment[..10]), TimeOnly.ParseExact(moment[11..], "HH:mm", CultureInfo.InvariantCulture))
        : DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);

    public static Termijn Losse(int aantal, Eenheid eenheid, Rekenwijze rekenwijze) =>
        new("proef", "proef", "begin", aantal, eenheid, rekenwijze, Soort.Ontwerp, "-", "proef", []);
}
