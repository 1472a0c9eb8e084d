using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>
/// Reads one JSON object field by field and notes what is wrong with each, so that the sender hears everything at once.
/// After a fault it hands out a harmless value; <see cref="Invoer.Klaar"/> sees to it that nobody ever uses that.
/// </summary>
internal sealed partial class ObjectLezer(JsonElement element, string plaats, Invoer invoer)
{
    // The calendar of terms is right in these years; a year outside them is a typing error.
    private const int EersteJaar = 2000;
    private const int LaatsteJaar = 2100;

    public string Tekst(string naam, int hooguit) => TekstOfNull(naam, hooguit, verplicht: true) ?? "";

    public string? TekstOfNull(string naam, int hooguit, bool verplicht = false)
    {
        if (Waarde(naam, verplicht) is not { } waarde)
            return null;
        if (waarde.ValueKind != JsonValueKind.String)
            return Fout<string>(naam, "Hier hoort tekst.");
        var tekst = waarde.GetString()!;
        Eis(!string.IsNullOrWhiteSpace(tekst), naam, "Deze tekst is leeg.");
        Eis(tekst.Length <= hooguit, naam, $"Deze tekst is langer dan {hooguit} tekens.");
        return tekst;
    }

    /// <summary>Een verwijzing reist mee in berichten, dus er past geen naam of zin in.</summary>
    public string Verwijzing(string naam)
    {
        var tekst = Tekst(naam, 64);
        Eis(tekst.Length == 0 || IsVerwijzing(tekst), naam, "Een verwijzing heeft alleen letters, cijfers, punten en streepjes.");
        return tekst;
    }

    public string Keuze(string naam, IReadOnlyList<string> keuzes)
    {
        var tekst = Tekst(naam, 64);
        Eis(tekst.Length == 0 || keuzes.Contains(tekst), naam, $"Kies uit {string.Join(", ", keuzes)}.");
        return tekst;
    }

    public int Getal(string naam, int minstens, int hooguit) => GetalOfNull(naam, minstens, hooguit, verplicht: true) ?? minstens;

    public int? GetalOfNull(string naam, int minstens, int hooguit, bool verplicht = false)
    {
        if (Waarde(naam, verplicht) is not { } waarde)
            return null;
        return IsGetal(waarde, minstens, hooguit, out var getal) ? getal : Fout<int?>(naam, $"Hier hoort een geheel getal van {minstens} tot en met {hooguit}.");
    }

    public IReadOnlyList<int> Getallen(string naam, int minstens, int hooguit)
    {
        var getallen = new List<int>();
        if (Waarde(naam, verplicht: true) is not { } waarde)
            return getallen;
        if (waarde.ValueKind != JsonValueKind.Array)
            return Fout(naam, "Hier hoort een lijst.", getallen);
        foreach (var een in waarde.EnumerateArray())
        {
            if (!IsGetal(een, minstens, hooguit, out var getal) || getallen.Contains(getal))
                return Fout(naam, $"Hier horen verschillende gehele getallen van {minstens} tot en met {hooguit}.", getallen);
            getallen.Add(getal);
        }

        return getallen;
    }

    public bool JaNee(string naam)
    {
        if (Waarde(naam, verplicht: true) is not { } waarde)
            return false;
        Eis(waarde.ValueKind is JsonValueKind.True or JsonValueKind.False, naam, "Hier hoort true of false.");
        return waarde.ValueKind == JsonValueKind.True;
    }

    /// <summary>Een tijdstip naar RFC 3339: met tijdzone, want anders is het een gok welk moment bedoeld is.</summary>
    public DateTimeOffset? Moment(string naam, bool verplicht = true)
    {
        if (Waarde(naam, verplicht) is not { } waarde)
            return null;
        if (waarde.ValueKind != JsonValueKind.String || !Rfc3339().IsMatch(waarde.GetString()!)
            || !DateTimeOffset.TryParse(waarde.GetString()!.ToUpperInvariant(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment))
            return Fout<DateTimeOffset?>(naam, "Hier hoort een tijdstip met tijdzone (RFC 3339), zoals 2026-11-03T02:41:00+01:00.");
        Eis(moment.Year is >= EersteJaar and < LaatsteJaar, naam, $"Dit tijdstip ligt niet tussen {EersteJaar} en {LaatsteJaar}.");
        return moment.OpMicroseconde();
    }

    public DateOnly? Datum(string naam, bool verplicht = true)
    {
        if (Waarde(naam, verplicht) is not { } waarde)
            return null;
        if (waarde.ValueKind != JsonValueKind.String
            || !DateOnly.TryParseExact(waarde.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var datum))
            return Fout<DateOnly?>(naam, "Hier hoort een datum, zoals 2026-11-03.");
        Eis(datum.Year is >= EersteJaar and < LaatsteJaar, naam, $"Deze datum ligt niet tussen {EersteJaar} en {LaatsteJaar}.");
        return datum;
    }

    public T? Object<T>(string naam, Func<ObjectLezer, T> lees, bool verplicht = true)
        where T : class
    {
        if (Waarde(naam, verplicht) is not { } waarde)
            return null;
        return waarde.ValueKind == JsonValueKind.Object ? lees(new(waarde, Plaats(naam), invoer)) : Fout<T>(naam, "Hier hoort een object.");
    }

    public IReadOnlyList<T> Lijst<T>(string naam, int minstens, int hooguit, Func<ObjectLezer, T> lees)
    {
        if (Waarde(naam, verplicht: true) is not { } waarde)
            return [];
        if (waarde.ValueKind != JsonValueKind.Array)
            return Fout<IReadOnlyList<T>>(naam, "Hier hoort een lijst.", []);
        var aantal = waarde.GetArrayLength();
        if (aantal < minstens || aantal > hooguit)
            return Fout<IReadOnlyList<T>>(naam, $"Hier horen minstens {minstens} en hooguit {hooguit} te staan.", []);

        var gelezen = new List<T>(aantal);
        foreach (var (nummer, een) in waarde.EnumerateArray().Index())
        {
            var ergens = $"{Plaats(naam)}/{nummer}";
            if (een.ValueKind == JsonValueKind.Object)
                gelezen.Add(lees(new(een, ergens, invoer)));
            else
                invoer.Eis(false, ergens, "Hier hoort een object.");
        }

        return gelezen;
    }

    /// <summary>Een regel over het geheel, of over een veld ervan.</summary>
    public void Eis(bool klopt, string naam, string melding) => invoer.Eis(klopt, Plaats(naam), melding);

    internal static bool IsVerwijzing(string tekst) => VormVanVerwijzing().IsMatch(tekst);

    private string Plaats(string naam) => $"{plaats}/{naam}";

    private JsonElement? Waarde(string naam, bool verplicht)
    {
        if (element.TryGetProperty(naam, out var waarde) && waarde.ValueKind != JsonValueKind.Null)
            return waarde;
        Eis(!verplicht, naam, "Dit veld ontbreekt.");
        return null;
    }

    private T? Fout<T>(string naam, string melding) => Fout<T?>(naam, melding, default);

    private T Fout<T>(string naam, string melding, T waarde)
    {
        Eis(false, naam, melding);
        return waarde;
    }

    private static bool IsGetal(JsonElement waarde, int minstens, int hooguit, out int getal)
    {
        getal = 0;
        return waarde.ValueKind == JsonValueKind.Number && waarde.TryGetInt32(out getal) && getal >= minstens && getal <= hooguit;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex VormVanVerwijzing();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Rfc3339();
}
