using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Iemand die iets doet, over HTTP en met een eigen token. Of het mag, blijkt uit het antwoord.</summary>
public sealed class Persoon(Stad stad, string rol, string naam, Guid id)
{
    private string? _token;

    public string Rol => rol;
    public string Naam => naam;
    public Guid Id => id;

    public Task<Antwoord> Meldt(JsonNode melding) => Post("/v1/meldingen", melding);

    public Task<Antwoord> Ziet(Guid casus) => Get($"/v1/casussen/{casus}");

    public Task<Antwoord> SteltOverdrachtVoor(Guid casus, Persoon aan) => Post($"/v1/casussen/{casus}/overdrachten", new { naarId = aan.Id, reden = "het gezin verhuist naar een andere wijk" });

    public Task<Antwoord> Aanvaardt(Guid overdracht) => Post($"/v1/overdrachten/{overdracht}/aanvaarding");

    public Task<Antwoord> Weigert(Guid overdracht, string? alternatief = "ik denk een keer mee") => Post($"/v1/overdrachten/{overdracht}/weigering", new { reden = "geen ruimte", alternatief });

    public Task<Antwoord> TrektIn(Guid overdracht) => Post($"/v1/overdrachten/{overdracht}/intrekking", new { reden = "de verhuizing gaat niet door" });

    public Task<Antwoord> LegtGesprekVast(Guid overdracht, string beeindigdOp) => Post($"/v1/overdrachten/{overdracht}/gesprek", new { beeindigdOp = Stad.Moment(beeindigdOp), gezinAanwezig = true });

    public Task<Antwoord> RegeltAcuteVervanging(Guid casus) => Post($"/v1/casussen/{casus}/vervangingen", new { soort = "acuut", reden = "ziek" });

    public Task<Antwoord> PlantVervanging(Guid casus, Persoon waarnemer, string vanaf, string tot) =>
        Post($"/v1/casussen/{casus}/vervangingen", new { soort = "gepland", reden = "verlof", waarnemerId = waarnemer.Id, vanaf = Stad.Moment(vanaf), verwachtTot = Stad.Moment(tot) });

    public Task<Antwoord> LegtTerugkeerVast(Guid vervanging, string beeindigdOp) => Post($"/v1/vervangingen/{vervanging}/terugkeer", new { beeindigdOp = Stad.Moment(beeindigdOp) });

    public Task<Antwoord> VraagtAdvies(Guid casus) => Post($"/v1/casussen/{casus}/opschalingen", new { naar = "consult", reden = "veiligheid vroeg meenemen" });

    public Task<Antwoord> SchaaltOp(Guid casus, string naar, string evaluatieOp) => Post($"/v1/casussen/{casus}/opschalingen", new
    {
        naar,
        reden = "de afspraken houden niet",
        doel = "rust in huis",
        gezinsstandpunt = "eens",
        tegenargument = "weer een nieuw gezicht",
        stopcriterium = "acht weken zonder incident",
        evaluatieOp = Stad.Moment(evaluatieOp),
    });

    public Task<Antwoord> SchaaltAf(Guid casus) => Post($"/v1/casussen/{casus}/afschalingen", new { naar = "lokaal", resultaat = "acht weken rust", terugkomweg = "bel de regisseur", metNazorg = true });

    public Task<Antwoord> WijzigtKader(Guid casus, string kind, string naar, params (string Stuk, string Inhoud)[] bewijs) =>
        Post($"/v1/casussen/{casus}/kaderovergangen", new { kindRef = kind, naar, bron = "gespreksverslag", bewijs = bewijs.ToDictionary(b => b.Stuk, b => b.Inhoud) });

    public async Task<Antwoord> BeantwoordtConsult(Guid casus)
    {
        var consulten = await Get("/v1/consulten?status=open").Lukt();
        var consult = consulten.Items.Single(c => c.Nummer("casusId") == casus).Nummer("id");
        return await Post($"/v1/consulten/{consult}/antwoord", new { advies = "blijf nabij", veiligheidsafspraken = "elke avond bellen" });
    }

    public Task<Antwoord> GeeftToestemming(Guid casus, string persoon, string gegevens, string ontvanger, params string[] ondertekenaars) =>
        Post("/v1/toestemmingen", new { casusId = casus, persoonRef = persoon, doel = "samen optrekken", gegevens, ontvanger, ondertekenaars });

    /// <summary>De titels van de eigen open taken in deze casus.</summary>
    public async Task<IReadOnlyList<string>> Taken(Guid casus) =>
        [.. (await Get("/v1/taken").Lukt()).Items.Where(t => t.Nummer("casusId") == casus).Select(t => t.Tekst("titel"))];

    public async Task<Antwoord> RondtAf(Guid casus, string titel, string uitkomst)
    {
        var taken = await Get("/v1/taken").Lukt();
        var taak = taken.Items.Single(t => t.Nummer("casusId") == casus && t.Tekst("titel") == titel);
        return await Post($"/v1/taken/{taak.Nummer("id")}/uitkomst", new { uitkomst });
    }

    public Task<Antwoord> Get(string pad) => Vraag(HttpMethod.Get, pad, null);

    public Task<Antwoord> Post(string pad, object? inhoud = null) => Vraag(HttpMethod.Post, pad, inhoud is null ? null : JsonContent.Create(inhoud));

    /// <summary>Met de plaats van de handeling in de rij van wie haar stuurt.</summary>
    public Task<Antwoord> PostOpVolgorde(int volgnummer, int? na, string pad, object inhoud)
    {
        var json = JsonContent.Create(inhoud);
        json.Headers.Add("Volgnummer", $"{volgnummer}");
        if (na is not null)
            json.Headers.Add("Na-Volgnummer", $"{na}");
        return Vraag(HttpMethod.Post, pad, json);
    }

    public async Task<Antwoord> Vraag(HttpMethod methode, string pad, HttpContent? inhoud) => await stad.Vraag(methode, pad, inhoud, _token ??= await stad.Token(rol, naam));

    public override string ToString() => $"{naam} ({rol})";
}

/// <summary>Wat er terugkwam.</summary>
/// <param name="Locatie">Waar staat wat er is gemaakt.</param>
public sealed record Antwoord(int Status, string Vraag, string Tekst, JsonElement Json, Uri? Locatie = null)
{
    public Guid Id => Json.Nummer("id");

    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("items").EnumerateArray()];

    /// <summary>Waar de invoer niet klopte.</summary>
    public IReadOnlyList<string> Fouten => [.. Json.GetProperty("fouten").EnumerateArray().Select(f => f.Tekst("plaats"))];

    public static async Task<Antwoord> Van(HttpResponseMessage antwoord)
    {
        var tekst = await antwoord.Content.ReadAsStringAsync();
        var isJson = antwoord.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        return new((int)antwoord.StatusCode, $"{antwoord.RequestMessage!.Method} {antwoord.RequestMessage.RequestUri}", tekst, isJson ? JsonDocument.Parse(tekst).RootElement : default, antwoord.Headers.Location);
    }
}

public static class Antwoorden
{
    public static async Task<Antwoord> Lukt(this Task<Antwoord> bezig)
    {
        var antwoord = await bezig;
        Assert.True(antwoord.Status is 200 or 201 or 202, $"{antwoord.Vraag} gaf {antwoord.Status}: {antwoord.Tekst}");
        return antwoord;
    }

    /// <summary>Het antwoord is nee, met een Nederlandse zin waarom.</summary>
    public static async Task<Antwoord> Faalt(this Task<Antwoord> bezig, int status)
    {
        var antwoord = await bezig;
        Assert.True(antwoord.Status == status, $"{antwoord.Vraag} gaf {antwoord.Status} in plaats van {status}: {antwoord.Tekst}");
        Assert.EndsWith(".", antwoord.Json.Tekst("detail"), StringComparison.Ordinal);
        return antwoord;
    }

    public static string Tekst(this JsonElement json, string naam) => json.GetProperty(naam).GetString()!;

    public static Guid Nummer(this JsonElement json, string naam) => json.GetProperty(naam).GetGuid();
}
