using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NetwerkRegie.Intake;
using Xunit;

namespace NetwerkRegie.Services.Tests.Intake;

public sealed class ToestemmingenTests(IntakeProces intake) : IClassFixture<IntakeProces>
{
    [Theory]
    [InlineData("0-3", false, true, true)]
    [InlineData("8-11", true, false, false)]
    [InlineData("12-15", true, true, true)]
    [InlineData("12-15", true, false, false)]
    [InlineData("12-15", false, true, false)]
    [InlineData("16-17", true, false, true)]
    [InlineData("16-17", false, true, false)]
    [InlineData("18+", true, false, true)]
    public void Wie_moet_instemmen_hangt_van_de_leeftijd_af(string band, bool zelf, bool ouder, bool genoeg) =>
        Assert.Equal(genoeg, Toestemmingen.Bezwaar(Leeftijdsband.Lees(band)!.Value.Fase!.Value, zelf, ouder) is null);

    [Theory]
    [InlineData("8-11", true, false)]
    [InlineData("8-11", false, true)]
    [InlineData("12-15", true, true)]
    [InlineData("12-15", false, true)]
    [InlineData("16-17", true, true)]
    [InlineData("16-17", false, false)]
    public void Wie_om_inzage_vraagt_hangt_van_de_leeftijd_af(string band, bool zelf, bool mag) =>
        Assert.Equal(mag, Inzageverzoeken.Bezwaar(Leeftijdsband.Lees(band)!.Value.Fase!.Value, zelf) is null);

    [Fact]
    public async Task Toestemming_wordt_gegeven_getoond_en_met_alle_gelijke_ingetrokken()
    {
        var casus = await intake.Casus();
        var regisseur = await intake.Als("regisseur");
        var eerste = await regisseur.PostAsJsonAsync("/v1/toestemmingen", Geldig(casus));
        await regisseur.PostAsJsonAsync("/v1/toestemmingen", Geldig(casus));
        Assert.Equal(HttpStatusCode.Created, eerste.StatusCode);
        Assert.Equal("actief", (string?)(await IntakeProces.Antwoord(await regisseur.GetAsync(eerste.Headers.Location)))["status"]);

        var ingetrokken = await IntakeProces.Antwoord(await regisseur.PostAsync($"{eerste.Headers.Location}/intrekking", null));
        var nogEens = await IntakeProces.Antwoord(await regisseur.PostAsync($"{eerste.Headers.Location}/intrekking", null));

        Assert.Equal("ingetrokken", (string?)ingetrokken["status"]);
        Assert.Equal((string?)ingetrokken["ingetrokkenOp"], (string?)nogEens["ingetrokkenOp"]);
        Assert.Equal(["ingetrokken", "ingetrokken"], (await Alle(regisseur, casus)).Select(t => (string?)t!["status"]));
    }

    [Fact]
    public async Task Toestemming_verloopt_vanzelf()
    {
        var casus = await intake.Casus();
        var regisseur = await intake.Als("regisseur");
        var nu = DateTimeOffset.Parse((string)(await IntakeProces.Antwoord(await regisseur.GetAsync("/proef/klok")))["nu"]!, null);
        await regisseur.PostAsJsonAsync("/v1/toestemmingen", Geldig(casus).Met("geldigTot", nu.AddDays(30)));

        await regisseur.PostAsJsonAsync("/proef/klok", new { nu = nu.AddDays(31) });

        Assert.Equal("verlopen", (string?)Assert.Single(await Alle(regisseur, casus))!["status"]);
    }

    [Fact]
    public async Task Een_weigering_zegt_in_een_zin_waarom_en_bewaart_niets()
    {
        var casus = await intake.Casus();
        var regisseur = await intake.Als("regisseur");

        var geweigerd = await regisseur.PostAsJsonAsync("/v1/toestemmingen", Geldig(casus).Met("ouderMetGezagStemtIn", false));
        var onbekend = await regisseur.PostAsJsonAsync("/v1/toestemmingen", Geldig(Guid.CreateVersion7()));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound), (geweigerd.StatusCode, onbekend.StatusCode));
        Assert.Equal("Tussen 12 en 16 jaar geven het kind en een ouder met gezag allebei toestemming.", (string?)(await IntakeProces.Antwoord(geweigerd))["detail"]);
        Assert.Empty(await Alle(regisseur, casus));
    }

    [Fact]
    public async Task Alle_fouten_in_een_toestemming_komen_tegelijk()
    {
        var antwoord = await (await intake.Als("regisseur")).PostAsJsonAsync("/v1/toestemmingen", new JsonObject
        {
            ["leeftijdsband"] = "10-13",
            ["doel"] = "voor 999990342",
            ["gegevens"] = "identiteit-melder",
            ["ontvanger"] = "school\u0000",
            ["persoonRef"] = "Jan Jansen",
            ["geldigTot"] = "2001-01-01T00:00:00Z",
        });

        Assert.Equal(HttpStatusCode.BadRequest, antwoord.StatusCode);
        Assert.Equal(
            ["/casusId", "/persoonRef", "/leeftijdsband", "/doel", "/ontvanger", "/gegevens", "/geldigTot"],
            (await IntakeProces.Antwoord(antwoord))["fouten"]!.AsArray().Select(fout => (string?)fout!["plaats"]));
    }

    [Fact]
    public async Task Het_gezin_ziet_en_trekt_alleen_in_wat_het_zelf_gaf()
    {
        var casus = await intake.Casus();
        var regisseur = await intake.Als("regisseur");
        var gezin = await intake.Als("gezin");
        var vanDeRegisseur = (await regisseur.PostAsJsonAsync("/v1/toestemmingen", Geldig(casus))).Headers.Location;
        await gezin.PostAsJsonAsync("/v1/toestemmingen", Geldig(casus).Met("ontvanger", "sportclub"));

        Assert.Equal("sportclub", (string?)Assert.Single(await Alle(gezin, casus))!["ontvanger"]);
        Assert.Equal(2, (await Alle(regisseur, casus)).Count);
        Assert.Equal(HttpStatusCode.NotFound, (await gezin.PostAsync($"{vanDeRegisseur}/intrekking", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await intake.Als("melder")).GetAsync($"/v1/toestemmingen?casusId={casus}")).StatusCode);
    }

    [Fact]
    public async Task Alleen_wie_nu_de_regie_houdt_ziet_en_geeft_namens_een_casus()
    {
        var casus = await intake.Casus();
        var (was, wordt) = (await intake.Als("regisseur"), await intake.Als("regisseur", naam: "Joris"));
        var toestemming = (await was.PostAsJsonAsync("/v1/toestemmingen", Geldig(casus))).Headers.Location;
        await was.PostAsJsonAsync("/v1/inzageverzoeken", new { casusId = casus, persoonRef = "V1", leeftijdsband = "18+", gevraagdDoor = "betrokkene" });
        await Ziet(was, 1, HttpStatusCode.OK, HttpStatusCode.Created);
        await Ziet(wordt, 0, HttpStatusCode.NotFound, HttpStatusCode.NotFound);

        await intake.HoudtRegie(wordt, casus);

        await Ziet(wordt, 2, HttpStatusCode.OK, HttpStatusCode.Created);
        await Ziet(was, 0, HttpStatusCode.NotFound, HttpStatusCode.NotFound);

        async Task Ziet(HttpClient wie, int aantal, HttpStatusCode een, HttpStatusCode nieuw)
        {
            Assert.Equal(aantal, (await Alle(wie, casus)).Count);
            Assert.Equal(Math.Min(aantal, 1), (await IntakeProces.Antwoord(await wie.GetAsync($"/v1/inzageverzoeken?casusId={casus}")))["items"]!.AsArray().Count);
            Assert.Equal(een, (await wie.GetAsync(toestemming)).StatusCode);
            Assert.Equal(nieuw, (await wie.PostAsJsonAsync("/v1/toestemmingen", Geldig(casus))).StatusCode);
        }
    }

    [Fact]
    public async Task Een_inzageverzoek_krijgt_een_maand()
    {
        var casus = await intake.Casus();
        var gezin = await intake.Als("gezin");
        var verzoek = new { casusId = casus, persoonRef = "K1", leeftijdsband = "12-15", gevraagdDoor = "betrokkene" };

        var antwoord = await gezin.PostAsJsonAsync("/v1/inzageverzoeken", verzoek);
        var json = await IntakeProces.Antwoord(antwoord);

        Assert.Equal((HttpStatusCode.Created, "avg-verzoek"), (antwoord.StatusCode, (string?)json["termijn"]));
        var duur = (DateTimeOffset)json["verlooptOp"]! - (DateTimeOffset)json["ingediendOp"]!;
        Assert.InRange(duur.TotalDays, 28, 32);
        Assert.Equal(json.ToJsonString(), (await IntakeProces.Antwoord(await gezin.GetAsync(antwoord.Headers.Location))).ToJsonString());
        Assert.Single((await IntakeProces.Antwoord(await gezin.GetAsync($"/v1/inzageverzoeken?casusId={casus}")))["items"]!.AsArray());

        var teJong = await gezin.PostAsJsonAsync("/v1/inzageverzoeken", verzoek with { leeftijdsband = "4-7" });
        var onzin = await gezin.PostAsJsonAsync("/v1/inzageverzoeken", verzoek with { gevraagdDoor = "buurman", persoonRef = "" });
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.BadRequest), (teJong.StatusCode, onzin.StatusCode));
    }

    private static JsonObject Geldig(Guid casusId) => new()
    {
        ["casusId"] = casusId,
        ["persoonRef"] = "K1",
        ["leeftijdsband"] = "12-15",
        ["doel"] = "afspraken over verzuim",
        ["gegevens"] = "onderwijs",
        ["ontvanger"] = "school",
        ["betrokkeneStemtIn"] = true,
        ["ouderMetGezagStemtIn"] = true,
    };

    private static async Task<JsonArray> Alle(HttpClient client, Guid casus) =>
        (await IntakeProces.Antwoord(await client.GetAsync($"/v1/toestemmingen?casusId={casus}")))["items"]!.AsArray();
}
