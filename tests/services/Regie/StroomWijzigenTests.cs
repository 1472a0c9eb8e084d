using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Een stroom lezen en wijzigen zonder te tekenen.</summary>
public sealed class StroomWijzigenTests(RegieProces regie) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Een_andere_termijn_staat_in_het_ontwerp_en_geldt_pas_na_publicatie()
    {
        var gelezen = await Lees("opschaling");
        Assert.Equal((1, false), ((int)gelezen["versie"]!, (bool)gelezen["isOntwerp"]!));

        var ontwerp = await Wijzig("opschaling", gelezen, "consult", new() { ["termijn"] = " 3 werkdagen ", ["vlottrekker"] = "de coordinator" }).Lukt();
        Assert.Equal((2, true, "3 werkdagen"), ((int)ontwerp["versie"]!, (bool)ontwerp["isOntwerp"]!, Waarde(ontwerp, "consult", "termijn")));
        Assert.Equal([(2, false, true), (1, true, false)], await Versies("opschaling"));

        var vervolg = await Wijzig("opschaling", ontwerp, "opschalen-kan-niet", new() { ["termijn"] = "2 weken" }, stapNaam: "Opschalen kan nog niet").Lukt();
        Assert.Equal(2, (int)vervolg["versie"]!);
        Assert.Equal(2, (int)(await Publiceer("opschaling").Lukt())["versie"]!);
        Assert.Equal([(2, true, false), (1, false, false)], await Versies("opschaling"));
        var verschillen = (await regie.Ontwerper.GetFromJsonAsync<JsonObject>("/v1/stromen/opschaling/verschillen?van=1&tot=2"))!["items"]!.AsArray().Select(v => (string)v!).ToList();
        Assert.Equal(3, verschillen.Count);
        Assert.Contains("Bij 'Consult vragen' was Vlottrekker leidinggevende van het RVT, en nu de coordinator.", verschillen);
    }

    [Fact]
    public async Task Wie_niet_zag_wat_een_ander_wijzigde_wijzigt_niets()
    {
        var gelezen = await Lees("afschaling");
        var stap = gelezen["stappen"]!.AsArray().First(s => s!["velden"]!.AsArray().Any(v => (string)v!["naam"]! == "termijn"))!;
        await Wijzig("afschaling", gelezen, (string)stap["id"]!, new() { ["termijn"] = "2 weken" }).Lukt();

        var nee = await Wijzig("afschaling", gelezen, (string)stap["id"]!, new() { ["termijn"] = "3 weken" });

        Assert.Equal(409, (int)nee.StatusCode);
        Assert.Equal("2 weken", Waarde(await Lees("afschaling"), (string)stap["id"]!, "termijn"));
    }

    [Fact]
    public async Task Wat_niet_kan_wordt_geweigerd_met_alle_fouten_en_er_verandert_niets()
    {
        var gelezen = await Lees("vervanging");
        var stap = (string)gelezen["stappen"]!.AsArray().First(s => s!["velden"]!.AsArray().Any(v => (string)v!["naam"]! == "termijn"))!["id"]!;

        Assert.Equal(["/velden/sinds", "/velden/uitkomsten"], await Fouten(Wijzig("vervanging", gelezen, stap, new() { ["sinds"] = "nu", ["uitkomsten"] = "Ja", ["termijn"] = "2 weken" }), 400));
        Assert.Equal(["/kenmerk", "/stap", "/velden"], await Fouten(regie.Ontwerper.PostAsJsonAsync("/v1/stromen/vervanging/wijzigingen", new { }), 400));
        Assert.Equal(404, (int)(await Wijzig("vervanging", gelezen, "bestaat-niet", new() { ["termijn"] = "2 weken" })).StatusCode);
        Assert.Equal(404, (int)(await Wijzig("bestaat-niet", gelezen, stap, new() { ["termijn"] = "2 weken" })).StatusCode);
        Assert.Equal(gelezen.ToJsonString(), (await Lees("vervanging")).ToJsonString());

        await Wijzig("vervanging", gelezen, stap, new() { ["termijn"] = "ooit" }).Lukt();
        Assert.Equal([$"/stappen/{stap}"], await Fouten(Publiceer("vervanging"), 400));
        Assert.Equal([(2, false, true), (1, true, false)], await Versies("vervanging"));
    }

    [Fact]
    public async Task Een_bladzijde_is_er_alleen_voor_wie_is_aangemeld_en_neemt_niets_aan_van_een_andere_site()
    {
        using var browser = regie.Niemand();
        using var onbekend = await browser.GetAsync("/stromen/knelpunt?versie=1");
        Assert.Equal("/aanmelden?naar=%2Fstromen%2Fknelpunt%3Fversie%3D1", onbekend.Headers.Location?.ToString());
        using var elders = await Vraag(HttpMethod.Post, "/stromen/knelpunt/publicatie", "cross-site");
        Assert.StartsWith("/aanmelden", elders.Headers.Location?.ToString(), StringComparison.Ordinal);
        using var pagina = await Vraag(HttpMethod.Get, "/stromen/knelpunt", "same-origin");
        Assert.Equal(200, (int)pagina.StatusCode);
        Assert.DoesNotContain("script-src", string.Join(' ', pagina.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", await pagina.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // Who signs in goes to a page of ours.
        foreach (var (naar, komt) in new[] { ("/studio/lopend", "/studio/lopend"), ("//elders.example", "/"), ("https://elders.example", "/"), ("/\\elders.example", "/"), ("", "/") })
        {
            using var aanmelding = new HttpRequestMessage(HttpMethod.Post, "/aanmelden") { Headers = { { "Sec-Fetch-Site", "same-origin" } }, Content = new FormUrlEncodedContent([KeyValuePair.Create("id", "0197a000-0000-7000-8000-000000000062"), KeyValuePair.Create("naar", naar)]) };
            using var antwoord = await browser.SendAsync(aanmelding);
            Assert.Equal(komt, antwoord.Headers.Location?.ToString());
        }

        async Task<HttpResponseMessage> Vraag(HttpMethod methode, string pad, string site)
        {
            using var vraag = new HttpRequestMessage(methode, pad) { Headers = { { "Sec-Fetch-Site", site }, { "Cookie", $"netwerkregie={await regie.Token("ontwerper")}" } } };
            return await browser.SendAsync(vraag);
        }
    }

    private async Task<JsonObject> Lees(string id) => (await regie.Ontwerper.GetFromJsonAsync<JsonObject>($"/v1/stromen/{id}/tekst"))!;

    private Task<HttpResponseMessage> Wijzig(string id, JsonObject gelezen, string stap, Dictionary<string, string?> velden, string? stapNaam = null) =>
        regie.Ontwerper.PostAsJsonAsync($"/v1/stromen/{id}/wijzigingen", new
        {
            kenmerk = (string)gelezen["kenmerk"]!,
            stap = stapNaam is null ? stap : (string)gelezen["stappen"]!.AsArray().Single(s => (string)s!["naam"]! == stapNaam)!["id"]!,
            velden,
        });

    private Task<HttpResponseMessage> Publiceer(string id) => regie.Ontwerper.PostAsync(new Uri($"/v1/stromen/{id}/publicaties", UriKind.Relative), null);

    private async Task<IReadOnlyList<(int Versie, bool IsActueel, bool IsOntwerp)>> Versies(string id) =>
        [.. (await regie.Ontwerper.GetFromJsonAsync<JsonObject>($"/v1/stromen/{id}/versies"))!["items"]!.AsArray().Select(v => ((int)v!["versie"]!, (bool)v["isActueel"]!, (bool)v["isOntwerp"]!))];

    private static string? Waarde(JsonObject tekst, string stap, string veld) =>
        (string?)tekst["stappen"]!.AsArray().Single(s => (string)s!["id"]! == stap)!["velden"]!.AsArray().Single(v => (string)v!["naam"]! == veld)!["waarde"];

    private static async Task<IReadOnlyList<string>> Fouten(Task<HttpResponseMessage> bezig, int status)
    {
        using var antwoord = await bezig;
        Assert.Equal(status, (int)antwoord.StatusCode);
        return [.. (await antwoord.Content.ReadFromJsonAsync<JsonObject>())!["fouten"]!.AsArray().Select(f => (string)f!["plaats"]!).Order(StringComparer.Ordinal)];
    }
}

internal static class StroomAntwoorden
{
    public static async Task<JsonObject> Lukt(this Task<HttpResponseMessage> bezig)
    {
        using var antwoord = await bezig;
        Assert.True(antwoord.IsSuccessStatusCode, await antwoord.Content.ReadAsStringAsync());
        return (await antwoord.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
