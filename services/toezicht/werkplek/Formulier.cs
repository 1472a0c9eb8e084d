using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using NetwerkRegie.Web;

namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>Wat iemand invulde. Wat niet te lezen is, of ontbreekt, wordt bij het veld gezegd, samen met wat de dienst ervan vindt.</summary>
public sealed class Formulier(IReadOnlyDictionary<string, string> ingevuld)
{
    /// <summary>Dat iets twee keer is verstuurd, ziet de dienst aan dit nummer.</summary>
    public const string Volgnummer = "volgnummer";

    private readonly List<Fout> _fouten = [];

    public static Formulier Leeg() => new(new Dictionary<string, string> { [Volgnummer] = $"{RandomNumberGenerator.GetInt32(1, int.MaxValue)}" });

    public static async Task<Formulier> VanAsync(HttpRequest request, CancellationToken ct) =>
        new((await request.ReadFormAsync(ct)).ToDictionary(veld => veld.Key, veld => veld.Value.ToString()));

    public string this[string naam] => ingevuld.GetValueOrDefault(naam, "");

    public int? Nummer => int.TryParse(this[Volgnummer], out var nummer) ? nummer : null;

    public string? Tekst(string naam) => string.IsNullOrWhiteSpace(this[naam]) ? null : this[naam];

    public bool? JaNee(string naam) => this[naam] switch { "ja" => true, "nee" => false, _ => null };

    public Guid? Id(string naam) => Guid.TryParse(this[naam], out var id) ? id : null;

    /// <summary>Een heel getal; leeg als er niets is ingevuld.</summary>
    public int? Getal(string naam)
    {
        if (Tekst(naam) is not { } tekst)
            return null;
        if (int.TryParse(tekst.Replace(".", "", StringComparison.Ordinal), NumberStyles.None | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var getal))
            return getal;
        _fouten.Add(new(Invulveld.PlaatsVan(naam), "Vul een heel getal in, in cijfers."));
        return null;
    }

    public DateOnly? Dag(string naam)
    {
        if (Wanneer.Lees(this[naam], "0:00") is { } dag)
            return DateOnly.FromDateTime(Wanneer.Hier(dag).DateTime);
        _fouten.Add(new(Invulveld.PlaatsVan(naam), "Vul een datum in als 24-11-2026."));
        return null;
    }

    public DateTimeOffset? Moment(string naam, bool isVerplicht)
    {
        var (datum, tijd) = (this[$"{naam}-datum"], this[$"{naam}-tijd"]);
        if (!isVerplicht && datum.Length == 0 && tijd.Length == 0)
            return null;
        if (Wanneer.Lees(datum, tijd) is { } moment)
            return moment;
        _fouten.Add(new(Invulveld.PlaatsVan(naam), "Vul een datum in als 24-11-2026 en een tijd als 14:30."));
        return null;
    }

    /// <exception cref="ApiNee">Er was iets niet te lezen.</exception>
    public void Klaar()
    {
        if (_fouten.Count > 0)
            throw new ApiNee(400, "Er is nog niets opgeslagen.", _fouten);
    }
}

public enum VeldSoort
{
    Tekst,
    Getal,

    /// <summary>Een dag zonder tijd.</summary>
    Dag,
    Moment,
    JaNee,
    Keuze,

    /// <summary>Iemand uit de eigen organisatie.</summary>
    Collega,

    /// <summary>Wie in de regio leiding geeft.</summary>
    Leidinggevende,

    /// <summary>Iemand die de regie van de casus kan krijgen.</summary>
    Kandidaat,
}

/// <summary>Wat iemand kan kiezen.</summary>
/// <param name="KanNiet">Wel te zien, niet te kiezen.</param>
public sealed record Keuze(string Waarde, string Titel, string? Uitleg = null, bool KanNiet = false);

public sealed record Invulveld(string Naam, string Titel, VeldSoort Soort = VeldSoort.Tekst, string? Uitleg = null, bool IsVerplicht = true, IReadOnlyList<Keuze>? Keuzes = null)
{
    /// <summary>Waar de dienst het veld zoekt.</summary>
    public string Plaats => PlaatsVan(Naam);

    public static string PlaatsVan(string naam) => $"/{naam.Replace('.', '/')}";
}

public sealed record Feit(string Kop, string Tekst);
