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
    public async Task Wie_iemand_moet_aanwijzen_ziet_om_welk_kind_het_gaat_en_uit_wie_zij_kiest()
    {
        var (samira, lia) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Lia Kraaijenhof"));
        var casus = await proces.Casus();
        var dag = DateOnly.FromDateTime((await proces.Nu()).Date);
        await samira.Doet($"casussen/{casus}/kaderovergangen", new
        {
            kindRef = "K1",
            naar = "ots",
            bron = "beschikking",
            verzoekDoor = "raad-voor-de-kinderbescherming",
            bewijs = new { bedreigingen = "zie beschikking" },
            beschikking = new { nummer = "C/26/9", datum = dag, einddatum = dag.AddMonths(6), gi = "Gecertificeerde instelling" },
        }, 201);

        var taak = (await lia.Ziet("taken"))["items"]!.AsArray().Single(t => (Guid)t!["casusId"]! == casus)!;
        Assert.Equal(("UitvoerderAfwachten", "K1"), ((string)taak["soort"]!, (string)Assert.Single(taak["kindRefs"]!.AsArray())!));
        Assert.Equal(["K1"], (await samira.Ziet("taken"))["items"]!.AsArray().Where(t => (Guid)t!["casusId"]! == casus).SelectMany(t => t!["kindRefs"]!.AsArray()).Select(k => (string)k!));

        var collegas = (await lia.Ziet("professionals?collegas=true"))["items"]!.AsArray();
        Assert.Equal(["Tamar Vossenberg", "Rik Maasdam", "Lia Kraaijenhof"], collegas.Select(c => (string)c!["naam"]!));
        await lia.Doet($"casussen/{casus}/uitvoerders", new { kindRefs = taak["kindRefs"], uitvoerderId = collegas[0]!["id"], vervangerId = collegas[1]!["id"] }, 201);
        Assert.Empty(await lia.Taken(casus));
    }

    [Fact]
    public async Task Dezelfde_uitreiking_van_de_kaderkaart_nog_eens_telt_een_keer()
    {
        var samira = await proces.Iemand("Samira Bouazza");
        var casus = await proces.Casus();
        var kaart = $"casussen/{casus}/kinderen/K1/kaderkaart";
        var uitreiking = new { hoe = "gesprek thuis", isAfgetekend = true, op = await proces.Nu() };

        var eerste = await samira.Doet($"{kaart}/uitreikingen", uitreiking, 201);
        Assert.Equal((Guid)eerste["id"]!, (Guid)(await samira.Doet($"{kaart}/uitreikingen", uitreiking, 201))["id"]!);
        await samira.Doet($"{kaart}/uitreikingen", uitreiking with { isAfgetekend = false }, 201);

        Assert.Equal([true, false], (await samira.Ziet(kaart))["uitreikingen"]!.AsArray().Select(u => (bool)u!["isAfgetekend"]!));
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
