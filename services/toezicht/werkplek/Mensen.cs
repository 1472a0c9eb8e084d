using System.Globalization;

namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>Namen bij nummers. Van wie niet in de regio werkt, weten wij geen naam.</summary>
public sealed class Mensen(IReadOnlyDictionary<Guid, Mens> bekend)
{
    private const int Tegelijk = 100;

    public string this[Guid? id] => id is { } wie && bekend.TryGetValue(wie, out var mens) ? mens.Naam : "iemand buiten de regio";

    public Mens? Zoek(Guid id) => bekend.GetValueOrDefault(id);

    internal static async Task<Mensen> VanAsync(Api api, IEnumerable<Guid> ids, CancellationToken ct)
    {
        var bekend = new Dictionary<Guid, Mens>();
        foreach (var deel in ids.Distinct().Chunk(Tegelijk))
            foreach (var mens in (await api.GetAsync<Lijst<Mens>>($"/v1/professionals?{string.Join('&', deel.Select(id => $"id={id}"))}", ct)).Items)
                bekend[mens.Id] = mens;
        return new(bekend);
    }
}

public sealed record Mens(Guid Id, string Naam, string Rol, string Organisatie);

/// <summary>Waarden van de diensten, zoals iemand ze zegt.</summary>
internal static class Woorden
{
    private static readonly Dictionary<string, string> Bekend = new()
    {
        ["vots"] = "voorlopige ondertoezichtstelling",
        ["ots"] = "ondertoezichtstelling",
        ["gezag-geschorst"] = "gezag geschorst",
        ["regie-over"] = "regie bij het RVT",
        ["lokaal"] = "lokaal team",
        ["uhp"] = "uit huis geplaatst",
        ["gesloten"] = "gesloten jeugdhulp",
        ["waarnemend"] = "neemt waar",
        ["noodhouder"] = "in laatste instantie",
        ["vast-gezicht"] = "vast gezicht",
        ["gesprek-gepland"] = "gesprek gepland",
        ["gesprek-gevoerd"] = "gesprek gevoerd",
        ["effectief"] = "van kracht",
        ["in-opbouw"] = "in opbouw",
        ["WACHT"] = "wacht",
        ["WACHT_TE_LANG"] = "wacht te lang",
        ["risicos"] = "risico's",
        ["wie-is-wie"] = "wie is wie",
        ["rvt"] = "RVT",
        ["ggz"] = "GGZ",
        ["gi"] = "GI",
    };

    public static string Zeg(string waarde) => Bekend.GetValueOrDefault(waarde, waarde);

    /// <summary>Bij wie een knelpunt ligt.</summary>
    public static string Laag(string niveau) => niveau switch { "tactisch" => "de managers", "strategisch" => "de bestuurders", _ => "het team" };

    public static string Hoofdletter(string tekst) => tekst.Length == 0 ? tekst : char.ToUpper(tekst[0], CultureInfo.InvariantCulture) + tekst[1..];

    /// <summary>Zoals <c>kind K1 en K2</c>.</summary>
    public static string Kinderen(IReadOnlyList<string> refs) => refs.Count switch { 0 => "geen kind", 1 => $"kind {refs[0]}", _ => $"kind {string.Join(", ", refs.SkipLast(1))} en {refs[^1]}" };
}
