using System.Globalization;

namespace NetwerkRegie.Toezicht;

/// <summary>Tijdstippen zoals een lezer in Nederland ze leest.</summary>
internal static class Wanneer
{
    private static readonly TimeZoneInfo Nederland = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private static readonly string[] Maanden = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];

    /// <summary>Een tijdstip zoals iemand in Nederland het invult.</summary>
    public static DateTimeOffset Hier(DateTime lokaal) => new(DateTime.SpecifyKind(lokaal, DateTimeKind.Unspecified), Nederland.GetUtcOffset(lokaal));

    /// <summary>Zoals een formulier het weer invult.</summary>
    public static string Invoer(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Nederland).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Bijvoorbeeld <c>2 maart 2026 om 10:15</c>.</summary>
    public static string Tekst(DateTimeOffset moment)
    {
        var hier = Hier(moment);
        return $"{Dag(hier)} om {hier:HH:mm}";
    }

    /// <summary>Bijvoorbeeld <c>2 maart 2026</c>.</summary>
    public static string Dag(DateTimeOffset moment)
    {
        var hier = Hier(moment);
        return $"{hier.Day} {Maanden[hier.Month - 1]} {hier.Year}";
    }

    public static string Dag(DateOnly dag) => $"{dag.Day} {Maanden[dag.Month - 1]} {dag.Year}";

    /// <summary>Bijvoorbeeld <c>2 mrt</c>.</summary>
    public static string KorteDag(DateTimeOffset hier) => $"{hier.Day} {(hier.Month == 3 ? "mrt" : Maanden[hier.Month - 1][..3])}";

    public static DateTimeOffset Hier(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Nederland);

    /// <summary>Wanneer iets klaar moet zijn, gezien vanaf nu.</summary>
    /// <param name="teLaatOp">Het eerste moment waarop het te laat is.</param>
    public static string Uiterlijk(DateTimeOffset teLaatOp, DateTimeOffset nu) =>
        teLaatOp <= nu ? $"te laat: moest {LaatsteDag(teLaatOp)}{Uur(teLaatOp)} klaar zijn"
        : (Hier(teLaatOp.AddTicks(-1)).Date - Hier(nu).Date).Days switch
        {
            0 => $"vandaag{Uur(teLaatOp)}",
            1 => $"morgen{Uur(teLaatOp)}",
            _ => Uiterlijk(teLaatOp),
        };

    /// <inheritdoc cref="Uiterlijk(DateTimeOffset, DateTimeOffset)"/>
    public static string Uiterlijk(DateTimeOffset teLaatOp) => $"uiterlijk {LaatsteDag(teLaatOp)}{Uur(teLaatOp)}";

    // What ends at midnight has to be done the day before.
    private static string LaatsteDag(DateTimeOffset teLaatOp) => Dag(Hier(teLaatOp.AddTicks(-1)));

    private static string Uur(DateTimeOffset teLaatOp) => Hier(teLaatOp) is var hier && hier.TimeOfDay == TimeSpan.Zero ? "" : $" voor {hier:HH:mm}";

    /// <summary>Zoals iemand een dag en een tijd intikt; null als het er geen zijn.</summary>
    public static DateTimeOffset? Lees(string datum, string tijd) =>
        DateTime.TryParseExact($"{datum.Trim().Replace('/', '-')} {tijd.Trim().Replace('.', ':')}", ["d-M-yyyy H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hier) && !Nederland.IsInvalidTime(hier)
            ? new DateTimeOffset(hier, Nederland.GetUtcOffset(hier)).ToUniversalTime()
            : null;
}
