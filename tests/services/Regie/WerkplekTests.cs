using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Wat de pagina van een beroepskracht vraagt en een ander systeem ook zou willen: veel in een antwoord, en namen bij nummers.</summary>
public sealed class WerkplekTests(RegieProces proces) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Alle_lijnen_in_een_keer_zijn_dezelfde_als_elke_lijn_apart_en_het_gezin_leest_dat_er_een_keer_is_gekeken()
    {
        var samira = await proces.Iemand("Samira Bouazza");
        var casus = await proces.Casus();

        var samen = (await samira.Ziet($"casussen/{casus}/lijnen"))["lijnen"]!.AsObject();
        Assert.Single((await samira.Ziet($"casussen/{casus}/inzagelog"))["items"]!.AsArray());

        Assert.Equal(["regie", "schaal", "kader", "bevoegdheid", "plaatsing", "vast-gezicht", "procesregie"], samen.Select(l => l.Key));
        foreach (var (lijn, perioden) in samen)
            Assert.Equal((await samira.Ziet($"casussen/{casus}/lijnen/{lijn}"))["perioden"]!.ToJsonString(), perioden!.ToJsonString());
        Assert.All((await samira.Ziet($"casussen/{casus}/lijnen?bekendOp=2020-01-01T00:00:00Z"))["lijnen"]!.AsObject().Where(l => l.Key != "plaatsing"), l => Assert.Empty(l.Value!.AsArray()));
    }

    [Fact]
    public async Task Bij_een_nummer_hoort_een_naam_en_wie_niets_vraagt_krijgt_een_fout()
    {
        var (samira, petra) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Petra Hoogland"));

        var namen = (await samira.Ziet($"professionals?id={petra.Id}&id={samira.Id}&id={Guid.CreateVersion7()}"))["items"]!.AsArray();

        Assert.Equal(["Samira Bouazza, Lokaal team Noord", "Petra Hoogland, Lokaal team Noord"], namen.Select(n => $"{n!["naam"]}, {n["organisatie"]}"));
        Assert.Equal("/id", (string)(await samira.Ziet("professionals", 400))["fouten"]![0]!["plaats"]!);
    }

    [Fact]
    public async Task Een_taak_zegt_hoe_zij_klaar_komt_en_een_casus_waarop_zij_wacht()
    {
        var (samira, joris) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"));
        var casus = await proces.Casus();
        await samira.Doet($"casussen/{casus}/overdrachten", new { naarId = joris.Id, reden = "andere wijk" }, 201);

        var taak = (await joris.Ziet("taken"))["items"]!.AsArray().Single(t => (Guid)t!["casusId"]! == casus)!;
        Assert.Equal("AntwoordAfwachten", (string)taak["soort"]!);
        Assert.Contains((await samira.Ziet($"casussen/{casus}"))["wachtOp"]!.AsArray(), w => (string)w!["wat"]! == (string)taak["titel"]!);
        var kort = (await samira.Ziet("casussen"))["items"]!.AsArray().Single(c => (Guid)c!["id"]! == casus)!;
        Assert.Equal((samira.Id, $"GZN-{casus}", null), ((Guid)kort["regisseurId"]!, (string)kort["gezinRef"]!, kort["merk"]));
    }
}
