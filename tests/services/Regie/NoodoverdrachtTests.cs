using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>In nood gaat de regie meteen over; het gesprek met het gezin blijft zij schuldig.</summary>
public sealed class NoodoverdrachtTests(RegieProces proces) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task De_regie_gaat_meteen_over_en_het_gesprek_lost_de_schuld_in()
    {
        var (samira, joris, petra) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"), await proces.Iemand("Petra Hoogland"));
        var casus = await proces.Casus();
        var inhoud = new { naarId = joris.Id, reden = "bedreigd door een buurman", bewijs = "aangifte 12" };
        await samira.Doet($"casussen/{casus}/noodoverdrachten", inhoud, 403);
        Assert.Equal(["/naarId", "/reden", "/bewijs"], (await petra.Doet($"casussen/{casus}/noodoverdrachten", new { }, 400))["fouten"]!.AsArray().Select(f => (string)f!["plaats"]!));
        await petra.Doet($"casussen/{casus}/noodoverdrachten", inhoud with { naarId = samira.Id }, 409);

        var nood = await petra.Doet($"casussen/{casus}/noodoverdrachten", inhoud, 201);

        Assert.Equal([$"{samira.Id}", $"{joris.Id} noodoverdracht"], await petra.Regielijn(casus));
        Assert.Equal(72.0, ((DateTimeOffset)nood["herstelVoor"]! - (DateTimeOffset)nood["vanaf"]!).TotalHours, precision: 3);
        Assert.Contains("regie.noodoverdracht", await proces.Gebeurd(casus));
        await samira.Doet($"noodoverdrachten/{nood["id"]}/gesprek", new { beeindigdOp = (DateTimeOffset)nood["vanaf"]! - TimeSpan.FromHours(1), gezinAanwezig = true }, 409);
        await proces.Later(TimeSpan.FromHours(2));
        var gesprek = (DateTimeOffset)nood["vanaf"]! + TimeSpan.FromHours(1);
        await joris.Doet($"noodoverdrachten/{nood["id"]}/gesprek", new { beeindigdOp = gesprek, gezinAanwezig = false }, 409);
        Assert.Equal("afgesloten", (string)(await joris.Doet($"noodoverdrachten/{nood["id"]}/gesprek", new { beeindigdOp = gesprek, gezinAanwezig = true }))["status"]!);
        Assert.Empty(await joris.Taken(casus));
        Assert.Equal(2, (await petra.Regielijn(casus)).Count);
    }

    [Fact]
    public async Task Na_tweeenzeventig_uur_is_het_een_knelpunt_en_de_regie_blijft()
    {
        var (joris, petra) = (await proces.Iemand("Joris Veldkamp"), await proces.Iemand("Petra Hoogland"));
        var casus = await proces.Casus();
        await petra.Doet($"casussen/{casus}/noodoverdrachten", new { naarId = joris.Id, reden = "r", bewijs = "b" }, 201);

        await proces.Later(TimeSpan.FromHours(73));

        Assert.Equal("gemeld", (string)(await petra.Ziet($"casussen/{casus}/knelpunten"))["items"]!.AsArray().Single()!["status"]!);
        Assert.Equal(["bewaking.wacht-te-lang", "knelpunten.gemeld"], (await proces.Gebeurd(casus))[^2..]);
        Assert.Equal(2, (await petra.Regielijn(casus)).Count);
        Assert.Equal(["Het warme gesprek na de noodoverdracht voeren, met het gezin erbij"], await joris.Taken(casus));
    }

    [Fact]
    public async Task Een_lopend_voorstel_en_een_waarneming_vervallen()
    {
        var (samira, joris, naomi, petra) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"), await proces.Iemand("Naomi Terpstra"), await proces.Iemand("Petra Hoogland"));
        var casus = await proces.Casus();
        await samira.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "ziek" }, 201);
        var voorstel = (Guid)(await joris.Doet($"casussen/{casus}/overdrachten", new { naarId = naomi.Id, reden = "andere wijk" }, 201))["id"]!;

        await petra.Doet($"casussen/{casus}/noodoverdrachten", new { naarId = naomi.Id, reden = "r", bewijs = "b" }, 201);

        Assert.Equal("ingetrokken", (string)(await petra.Ziet($"overdrachten/{voorstel}"))["status"]!);
        await naomi.Doet($"overdrachten/{voorstel}/aanvaarding", status: 409);
        Assert.Empty(await joris.Taken(casus));
        Assert.Equal([$"{samira.Id}", $"{joris.Id} waarnemend", $"{naomi.Id} noodoverdracht"], await petra.Regielijn(casus));

        // Gaat de regie daarna gewoon over, dan is dat het gesprek.
        var terug = (Guid)(await naomi.Doet($"casussen/{casus}/overdrachten", new { naarId = samira.Id, reden = "terug" }, 201))["id"]!;
        var aanvaard = await samira.Doet($"overdrachten/{terug}/aanvaarding");
        await proces.Later(TimeSpan.FromMinutes(1));
        await naomi.Doet($"overdrachten/{terug}/gesprek", new { beeindigdOp = (DateTimeOffset)aanvaard["voorgesteldOp"]! + TimeSpan.FromSeconds(20), gezinAanwezig = true });
        Assert.DoesNotContain("Het warme gesprek na de noodoverdracht voeren, met het gezin erbij", await naomi.Taken(casus));
    }
}
