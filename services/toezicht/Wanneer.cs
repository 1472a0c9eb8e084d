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
        var hier = TimeZoneInfo.ConvertTime(moment, Nederland);
        return $"{hier.Day} {Maanden[hier.Month - 1]} {hier.Year} om {hier:HH:mm}";
    }
}
