using System.Globalization;
using System.Text.RegularExpressions;

namespace NetwerkRegie.Intake;

/// <summary>Wat niet in een tekst van een ander mag staan.</summary>
internal static partial class VrijeTekst
{
    public const string BevatBsn = "Hier staat een burgerservicenummer; laat het weg.";
    public const string BevatStuurteken = "Hier staat een teken dat geen tekst is.";

    /// <summary>Waarom deze tekst geweigerd wordt; null als er niets mis is. Herhaalt nooit de tekst zelf.</summary>
    public static string? Bezwaar(string tekst) =>
        HeeftBsn(tekst) ? BevatBsn
        : tekst.Any(teken => char.IsControl(teken) && teken is not ('\n' or '\r' or '\t')) ? BevatStuurteken
        : null;

    /// <summary>Negen cijfers die de elfproef doorstaan, ook met punten, spaties of streepjes ertussen. Een datum met een getal erachter is er geen.</summary>
    public static bool HeeftBsn(string tekst) =>
        NegenCijfers().Matches(Datum().Replace(tekst, "|")).Any(gevonden => DoorstaatElfproef(gevonden.Groups[1].ValueSpan));

    private static bool DoorstaatElfproef(ReadOnlySpan<char> tekst)
    {
        var (som, gewicht) = (0, 9);
        foreach (var teken in tekst)
            if (CharUnicodeInfo.GetDecimalDigitValue(teken) is var cijfer and >= 0)
                som += cijfer * (gewicht-- is var factor and > 1 ? factor : -1);
        return som != 0 && som % 11 == 0;
    }

    // In a lookahead, so that "100 999 990 342" is tried from every number in it and not only from the first.
    [GeneratedRegex(@"(?<!\d)(?=(\d(?:[ .\-\u00A0\u2010-\u2015]{0,2}\d){8})(?!\d))", RegexOptions.CultureInvariant)]
    private static partial Regex NegenCijfers();

    // Dates, and instants down to their nanoseconds.
    [GeneratedRegex(@"(?<!\d)(?:(?:19|20)\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])(?:[Tt]\d\d:\d\d:\d\d(?:\.\d+)?)?|(?:[0-2]?\d|3[01])[-.](?:0?\d|1[0-2])[-.](?:19|20)\d\d)(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Datum();
}
