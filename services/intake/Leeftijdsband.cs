using System.Globalization;
using System.Text.RegularExpressions;

namespace NetwerkRegie.Intake;

/// <summary>Hoe oud iemand ongeveer is, zoals <c>8-11</c> of <c>18+</c>: genoeg voor de regels van 12 en 16, te weinig om iemand aan te herkennen.</summary>
internal readonly partial record struct Leeftijdsband(int Vanaf, int Tot)
{
    public const string Uitleg = "Schrijf een leeftijdsband, zoals 8-11 of 18+.";

    /// <summary>Wie mag beslissen; null als de band over een grens heen loopt en dat dus niet zegt.</summary>
    public Leeftijdsfase? Fase => this switch
    {
        { Tot: < 12 } => Leeftijdsfase.Onder12,
        { Vanaf: >= 12, Tot: < 16 } => Leeftijdsfase.Van12Tot16,
        { Vanaf: >= 16 } => Leeftijdsfase.Vanaf16,
        _ => null,
    };

    public static Leeftijdsband? Lees(string? tekst)
    {
        if (tekst is null || Vorm().Match(tekst) is not { Success: true } vorm)
            return null;
        var vanaf = int.Parse(vorm.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var tot = vorm.Groups[2].Success ? int.Parse(vorm.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : int.MaxValue;
        return vanaf <= tot ? new(vanaf, tot) : null;
    }

    [GeneratedRegex(@"^([0-9]{1,2})(?:-([0-9]{1,2})|\+)\z")]
    private static partial Regex Vorm();
}

/// <summary>De leeftijden waarop de wet iemand zelf laat beslissen (Jeugdwet art. 7.3.4 en 7.3.10).</summary>
internal enum Leeftijdsfase
{
    Onder12,
    Van12Tot16,
    Vanaf16,
}
