using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Toezicht.Werkplek;
using NetwerkRegie.Web;

namespace NetwerkRegie.Toezicht.Gezin;

/// <summary>Wat een gezin van de eigen casus ziet, in gewone taal.</summary>
internal static class GezinPaginas
{
    public static void Map(RouteGroupBuilder paginas) => paginas.MapGet("/gezin", async (Api api, HttpContext http, TimeProvider time, CancellationToken ct) =>
    {
        var casussen = new List<GezinCasus>();
        foreach (var kort in await api.GetAllAsync<CasusKort>("/v1/casussen", ct))
            casussen.Add(await VanAsync(kort.Id, api, Actor.From(http.User)!.Id, ct));
        return Paginas.Pagina<GezinPagina>(new { Casussen = casussen, Nu = time.GetUtcNow() });
    });

    private static async Task<GezinCasus> VanAsync(Guid id, Api api, Guid ik, CancellationToken ct)
    {
        var beeld = await api.GetAsync<GezinBeeld>($"/v1/casussen/{id}", ct);
        var lijnen = (await api.GetAsync<AlleLijnen>($"/v1/casussen/{id}/lijnen", ct)).Lijnen;
        var regie = lijnen.GetValueOrDefault("regie", []);
        return new(
            beeld,
            regie,
            lijnen.GetValueOrDefault("kader", []),
            await api.GetIfAllowedAsync<Plan>($"/v1/kernteams/{id}/plannen", ct),
            (await api.GetIfAllowedAsync<Lijst<Inzageverzoek>>($"/v1/inzageverzoeken?casusId={id}", ct))?.Items ?? [],
            [.. (await api.GetAsync<Lijst<Inzage>>($"/v1/casussen/{id}/inzagelog", ct)).Items.Where(i => i.PersoonId != ik)],
            await Mensen.VanAsync(api, regie.Select(p => Guid.Parse(p.Houder!)), ct));
    }
}

public sealed record GezinBeeld(Guid Id, string Status, Regisseur Regisseur, IReadOnlyList<Waarnemer> Waarnemers, IReadOnlyList<GezinKind> Kinderen, IReadOnlyList<Wacht> WachtOp, DateTimeOffset GeopendOp, DateTimeOffset? AfgeslotenOp);

public sealed record Waarnemer(Guid Id, string? Naam);

public sealed record GezinKind(string Ref, string Kader, DateTimeOffset Vanaf);

public sealed record Inzage(Guid PersoonId, string? Naam, string Rol, string Organisatie, string Wat, string Doel, DateTimeOffset GelezenOp);

public sealed record Inzageverzoek(string Status, DateTimeOffset IngediendOp, DateTimeOffset VerlooptOp, string? UitstelReden, DateTimeOffset? BeantwoordOp, IReadOnlyList<GeweigerdOnderdeel>? Geweigerd)
{
    /// <summary>Hoe het met de vraag staat.</summary>
    public string Zin => Status switch
    {
        "verleend" => $"U mag alles zien; dat antwoord kwam op {Wanneer.Dag(BeantwoordOp!.Value)}. Uw regisseur spreekt met u af hoe.",
        "deels-geweigerd" => $"U mag het zien, behalve wat hieronder staat; dat antwoord kwam op {Wanneer.Dag(BeantwoordOp!.Value)}. Uw regisseur spreekt met u af hoe.",
        "uitgesteld" => $"Het antwoord duurt langer: het komt {Wanneer.Uiterlijk(VerlooptOp)}. De reden: {UitstelReden}",
        "te-laat" => "Het antwoord is te laat. Vraag uw regisseur waar het blijft.",
        _ => $"Het antwoord komt {Wanneer.Uiterlijk(VerlooptOp)}.",
    };
}

public sealed record GeweigerdOnderdeel(string Onderdeel, string Uitleg);

/// <summary>Een casus van een gezin, met alles wat de pagina ervan zegt.</summary>
/// <param name="Gevraagd">De vragen van de lezer zelf om te zien wat er is vastgelegd.</param>
/// <param name="Gekeken">Wie er keken; het gezin zelf niet.</param>
public sealed record GezinCasus(GezinBeeld Beeld, IReadOnlyList<Periode> Regie, IReadOnlyList<Periode> Kader, Plan? Plan, IReadOnlyList<Inzageverzoek> Gevraagd, IReadOnlyList<Inzage> Gekeken, Mensen Mensen)
{
    /// <summary>Wat er is veranderd, het laatste eerst.</summary>
    public IEnumerable<(DateTimeOffset Op, string Zin)> Veranderd =>
        Regie.Select(p => (p.Vanaf, p.NamensId is null ? $"{Mensen[Guid.Parse(p.Houder!)]} werd uw regisseur." : $"{Mensen[Guid.Parse(p.Houder!)]} nam waar voor uw regisseur."))
            .Concat(Kader.Select(p => (p.Vanaf, $"De hulp voor kind {p.KindRef} werd: {Woorden.Zeg(p.Waarde!)}.")))
            .OrderByDescending(v => v.Item1);

    /// <summary>Wat een kader voor een gezin betekent.</summary>
    public static string Uitleg(string kader) => kader switch
    {
        "vrijwillig" => "De hulp is vrijwillig. U kiest zelf of u hulp wilt.",
        "drang" => "De hulp is vrijwillig, maar er zijn wel afspraken. Uw regisseur vertelt wat er gebeurt als een afspraak niet lukt.",
        "vots" => "Een rechter heeft beslist, voor een korte tijd. Een jeugdbeschermer denkt en beslist mee over de veiligheid van uw kind.",
        "ots" => "Een rechter heeft beslist. Een jeugdbeschermer denkt en beslist mee over de veiligheid van uw kind.",
        "gezag-geschorst" => "Een rechter heeft beslist dat de ouders nu geen beslissingen over dit kind nemen. Dat is tijdelijk.",
        "voogdij" => "Een rechter heeft beslist dat een voogd de beslissingen over dit kind neemt.",
        _ => "Vraag uw regisseur wat dit betekent.",
    };

    /// <summary>Waarom iemand mocht kijken.</summary>
    public static string Reden(string doel) => doel switch
    {
        "regie" => "omdat dit uw regisseur is",
        "waarneming" => "om waar te kunnen nemen voor uw regisseur",
        "overdracht" => "omdat aan deze persoon is gevraagd uw regisseur te worden",
        "nazorg" => "omdat deze persoon na een overdracht bereikbaar blijft",
        "leiding" => "omdat deze persoon achter het team van uw regisseur staat",
        "toezicht" => "om te kijken of de hulp doorgaat",
        "meelezen" => "om mee te denken",
        _ => $"met als reden: {doel}",
    };
}
