using System.Net;
using System.Text.Json.Nodes;
using NetwerkRegie.Contracts.Regie;
using Xunit;

namespace NetwerkRegie.Services.Tests.Intake;

public sealed class MeldingTonenTests(IntakeProces intake) : IClassFixture<IntakeProces>
{
    [Fact]
    public async Task De_melder_en_zijn_collegas_zien_de_melding_en_een_ander_niet()
    {
        var adres = await Gemeld("School De Linde");

        foreach (var (rol, organisatie, verwacht) in new[]
        {
            ("melder", "School De Linde", HttpStatusCode.OK),
            ("school", "School De Linde", HttpStatusCode.OK),
            ("melder", "School Het Kompas", HttpStatusCode.NotFound),
            ("dienst", "School Het Kompas", HttpStatusCode.NotFound),
            ("gi", "GI De Veste", HttpStatusCode.NotFound),
            ("regisseur", "Lokaal team", HttpStatusCode.OK),
            ("rvt", "RVT", HttpStatusCode.OK),
            ("leidinggevende", "Lokaal team", HttpStatusCode.OK),
            ("toezichthouder", "Inspectie", HttpStatusCode.OK),
            ("bestuurder", "Gemeente", HttpStatusCode.Forbidden),
        })
            Assert.Equal((rol, verwacht), (rol, (await (await intake.Als(rol, organisatie)).GetAsync(adres)).StatusCode));

        Assert.Equal(HttpStatusCode.NotFound, (await (await intake.Als("regisseur")).GetAsync($"/v1/meldingen/{Guid.Empty}")).StatusCode);
    }

    [Fact]
    public async Task Zodra_er_een_casus_is_leest_alleen_wie_meldde_en_wie_de_regie_houdt_de_tekst()
    {
        var adres = await Gemeld("School De Linde");
        var casus = Guid.CreateVersion7();
        var (regisseur, collega, rvt, melder) = (await intake.Als("regisseur"), await intake.Als("regisseur", naam: "Joris"), await intake.Als("rvt"), await intake.Als("melder", "School De Linde"));
        await intake.Vertel(new MeldingGekoppeld(casus, Guid.Parse(adres.Split('/')[^1])));
        await intake.HoudtRegie(regisseur, casus);
        await IntakeProces.Uiteindelijk(async () => (string?)(await IntakeProces.Antwoord(await melder.GetAsync(adres)))["status"] == "in-behandeling");

        foreach (var (wie, leest) in new[] { (regisseur, true), (melder, true), (collega, false), (rvt, false) })
            Assert.Equal(leest, (await IntakeProces.Antwoord(await wie.GetAsync(adres))).ContainsKey("samenvatting"));
    }

    [Fact]
    public async Task Een_toezichthouder_ziet_geen_vrije_tekst()
    {
        var adres = await Gemeld("School De Linde");

        var toezicht = await IntakeProces.Antwoord(await (await intake.Als("toezichthouder")).GetAsync(adres));
        var regisseur = await IntakeProces.Antwoord(await (await intake.Als("regisseur")).GetAsync(adres));

        Assert.Equal((false, false), (toezicht.ContainsKey("samenvatting"), toezicht.ContainsKey("gevraagdeActie")));
        Assert.StartsWith("Nachtelijke inzet", (string?)regisseur["samenvatting"], StringComparison.Ordinal);
        Assert.DoesNotContain("Waterkamp (fictief)", regisseur.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zodra_er_een_casus_is_ziet_de_melder_dat_en_een_tweede_bericht_verandert_niets()
    {
        var adres = await Gemeld("School De Linde");
        var melder = await intake.Als("melder", "School De Linde");
        var id = Guid.Parse(adres.Split('/')[^1]);
        Assert.Equal("geregistreerd", (string?)(await Toon())["status"]);

        var (casus, andere) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await intake.Vertel(new MeldingGekoppeld(casus, id));
        await IntakeProces.Uiteindelijk(async () => (string?)(await Toon())["status"] == "in-behandeling");
        Assert.Equal(casus, (Guid?)(await Toon())["casusId"]);

        var laatste = Guid.Parse((await Gemeld("School De Linde")).Split('/')[^1]);
        await intake.Vertel(new CasusGeopend(andere, id, "GZN-1001", ["K1"], 1));
        await intake.Vertel(new CasusGeopend(andere, laatste, "GZN-1001", ["K1"], 1));
        await IntakeProces.Uiteindelijk(async () => (string?)(await IntakeProces.Antwoord(await melder.GetAsync($"/v1/meldingen/{laatste}")))["status"] == "in-behandeling");
        Assert.Equal(casus, (Guid?)(await Toon())["casusId"]);

        async Task<JsonObject> Toon() => await IntakeProces.Antwoord(await melder.GetAsync(adres));
    }

    private async Task<string> Gemeld(string organisatie) =>
        (await (await intake.Als("melder", organisatie)).PostAsync("/v1/meldingen", Voorbeeld.Regel(0).Nieuw().AlsInhoud())).Headers.Location!.ToString();
}
