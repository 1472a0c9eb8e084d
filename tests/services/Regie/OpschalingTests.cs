using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Bij acuut gevaar gaat de schaal meteen omhoog en volgt het bewijs; terug gaat het gecontroleerd. De regie beweegt niet.</summary>
public sealed class OpschalingTests(RegieProces proces) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Bij_acuut_gevaar_gaat_de_schaal_meteen_omhoog_en_volgt_het_bewijs()
    {
        var (samira, joris, fenne) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"), await proces.Iemand("Fenne Visbeen"));
        await proces.Later(TimeSpan.Zero);
        var casus = await proces.Casus();

        var acuut = await joris.Doet($"casussen/{casus}/opschalingen", new { naar = "duo", reden = "nieuw geweld", isAcuut = true }, 202);

        Assert.Equal("ingegaan", (string)acuut["status"]!);
        Assert.NotNull(acuut["bewijsVoor"]);
        Assert.Equal("duo", (string)(await samira.Ziet($"casussen/{casus}"))["schaal"]!);
        Assert.Equal(["Een casus is acuut opgeschaald: wie van het RVT doet mee?"], await fenne.Taken(casus));
        var bewijs = new { doel = "rust", gezinsstandpunt = "oneens", tegenargument = "het kan ook zonder", stopcriterium = "vier weken rust", evaluatieOp = (DateTimeOffset)acuut["gevraagdOp"]! + TimeSpan.FromDays(14) };
        Assert.Equal(5, (await samira.Doet($"opschalingen/{acuut["id"]}/bewijs", new { }, 400))["fouten"]!.AsArray().Count);
        await joris.Doet($"opschalingen/{acuut["id"]}/bewijs", bewijs, 403);
        await samira.Doet($"opschalingen/{acuut["id"]}/bewijs", bewijs with { evaluatieOp = (DateTimeOffset)acuut["gevraagdOp"]! }, 409);

        var geleverd = await samira.Doet($"opschalingen/{acuut["id"]}/bewijs", bewijs);

        Assert.NotNull(geleverd["bewijsOp"]);
        Assert.Equal(bewijs.evaluatieOp, (DateTimeOffset)geleverd["evaluatieOp"]!);
        await samira.Doet($"opschalingen/{acuut["id"]}/bewijs", bewijs, 409);
        Assert.DoesNotContain("Het bewijs van de acute opschaling leveren", await samira.Taken(casus));
        Assert.Equal([$"{samira.Id}"], await samira.Regielijn(casus));
    }

    [Fact]
    public async Task Wie_niet_acuut_opschaalt_heeft_niets_achteraf_te_bewijzen()
    {
        var samira = await proces.Iemand("Samira Bouazza");
        var casus = await proces.Casus();
        var gewoon = await samira.Doet($"casussen/{casus}/opschalingen", new { naar = "duo", reden = "r", doel = "d", gezinsstandpunt = "g", tegenargument = "t", stopcriterium = "s", evaluatieOp = DateTimeOffset.MaxValue }, 202);

        Assert.Equal(("gevraagd", null), ((string)gewoon["status"]!, (string?)gewoon["bewijsVoor"]));
        await samira.Doet($"opschalingen/{gewoon["id"]}/bewijs", new { doel = "d", gezinsstandpunt = "g", tegenargument = "t", stopcriterium = "s", evaluatieOp = DateTimeOffset.MaxValue }, 409);
    }

    [Fact]
    public async Task Afschalen_zegt_hoe_het_gezin_terug_kan_komen()
    {
        var samira = await proces.Iemand("Samira Bouazza");
        var casus = await proces.Casus();
        await samira.Doet($"casussen/{casus}/opschalingen", new { naar = "meekijken", reden = "gevaar", isAcuut = true }, 202);
        await samira.Doet($"casussen/{casus}/afschalingen", new { naar = "lokaal", resultaat = "rust" }, 400);

        var terug = await samira.Doet($"casussen/{casus}/afschalingen", new { naar = "lokaal", resultaat = "vier weken rust", terugkomweg = "bel de regisseur", metNazorg = true });

        Assert.Equal(("lokaal", true, "bel de regisseur"), ((string)terug["schaal"]!, (bool)terug["isNazorg"]!, (string)terug["terugkomweg"]!));
        Assert.Equal([$"{samira.Id}"], await samira.Regielijn(casus));
    }
}
