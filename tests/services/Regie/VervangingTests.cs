using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Valt iemand uit, dan houdt een ander met een naam de regie; ook als die op zijn beurt uitvalt.</summary>
public sealed class VervangingTests(RegieProces proces) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Ook_als_de_waarnemers_uitvallen_is_er_altijd_een_houder_en_de_regisseur_blijft_dezelfde()
    {
        var (samira, joris, naomi, petra) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"), await proces.Iemand("Naomi Terpstra"), await proces.Iemand("Petra Hoogland"));
        var casus = await proces.Casus();
        var eerste = (Guid)(await samira.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "ziek" }, 201))["id"]!;

        // Twee keer op de knop is geen tweede uitval; zeggen wie er uitviel wel.
        await petra.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "ziek" }, 409);
        await petra.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "ziek", uitgevallenId = samira.Id }, 409);
        await joris.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "ook ziek" }, 201);
        var derde = await petra.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "ook ziek", uitgevallenId = naomi.Id }, 201);
        await petra.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "en nu ik" }, 409);

        Assert.Equal((samira.Id, petra.Id), ((Guid)derde["principaalId"]!, (Guid)derde["waarnemerId"]!));
        await petra.Doet($"vervangingen/{eerste}/terugkeer", new { beeindigdOp = DateTimeOffset.MinValue.AddYears(2025) }, 409);
        await proces.Later(TimeSpan.FromHours(1));
        var nu = (DateTimeOffset)derde["gestartOp"]! + TimeSpan.FromMinutes(10);
        await samira.Doet($"vervangingen/{derde["id"]}/terugkeer", new { beeindigdOp = nu });

        Assert.Equal([$"{samira.Id}", $"{joris.Id} waarnemend", $"{naomi.Id} waarnemend", $"{petra.Id} noodhouder", $"{samira.Id}"], await samira.Regielijn(casus));
        Assert.Empty((await joris.Taken(casus)).Concat(await naomi.Taken(casus)).Concat(await petra.Taken(casus)));
        Assert.Equal(["regie.vervanging-gestart", "regie.vervanging-gestart", "regie.vervanging-gestart", "regie.noodhouder-aangewezen", "regie.gesprek-gevoerd", "regie.vervanging-beeindigd", "regie.overgedragen"], (await proces.Gebeurd(casus))[^7..]);
    }

    [Fact]
    public async Task Alleen_wie_zegt_ik_neem_waar_neemt_waar()
    {
        var (samira, joris, wessel) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"), await proces.Iemand("Wessel Dijkman"));
        var casus = await proces.Casus();

        await joris.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "zij neemt niet op" }, 403);
        await joris.Doet($"casussen/{casus}/vervangingen", new { soort = "gepland", vanaf = DateTimeOffset.MaxValue, reden = "zij neemt niet op", ikNeemWaar = true }, 400);
        await wessel.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "zij neemt niet op", ikNeemWaar = true }, 404);
        Assert.Equal([$"{samira.Id}"], await samira.Regielijn(casus));

        await joris.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "zij neemt niet op en er moet nu besloten worden", ikNeemWaar = true }, 201);
        await joris.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "nog een keer", ikNeemWaar = true }, 409);

        Assert.Equal([$"{samira.Id}", $"{joris.Id} waarnemend"], await samira.Regielijn(casus));
    }

    [Fact]
    public async Task Voor_verlof_wordt_de_waarnemer_voorgesteld_en_de_terugkeer_wordt_gepland()
    {
        var (samira, joris, naomi) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"), await proces.Iemand("Naomi Terpstra"));
        await proces.Later(TimeSpan.Zero);
        var (warm, koud) = (await Verlof(), await Verlof());
        await proces.Later(TimeSpan.FromHours(1));
        await naomi.Doet($"vervangingen/{warm.Id}/kennismaking", new { beeindigdOp = warm.Begin + TimeSpan.FromMinutes(30) }, 403);
        await samira.Doet($"vervangingen/{warm.Id}/kennismaking", new { beeindigdOp = warm.Begin + TimeSpan.FromDays(1) }, 409);
        await samira.Doet($"vervangingen/{warm.Id}/kennismaking", new { beeindigdOp = warm.Begin + TimeSpan.FromMinutes(30) });
        Assert.Equal([$"{samira.Id}"], await samira.Regielijn(warm.Casus));

        await proces.Later(TimeSpan.FromDays(7));

        // Zonder kennismaking begint de vervanging ook, maar het blijft niet ongezien.
        Assert.Equal(["regie.gesprek-gevoerd", "regie.vervanging-gestart"], (await proces.Gebeurd(warm.Casus))[2..]);
        Assert.Equal(["regie.vervanging-gestart", "bewaking.wacht-te-lang"], (await proces.Gebeurd(koud.Casus))[2..]);
        await joris.Doet($"vervangingen/{warm.Id}/terugkeer", new { geplandOp = warm.Begin + TimeSpan.FromDays(20) });
        await joris.Doet($"vervangingen/{warm.Id}/terugkeer", new { }, 400);
        Assert.Equal("regie.gesprek-gepland", (await proces.Gebeurd(warm.Casus))[^1]);
        Assert.Equal(2, (await samira.Regielijn(warm.Casus)).Count);

        async Task<(Guid Id, Guid Casus, DateTimeOffset Begin)> Verlof()
        {
            var casus = await proces.Casus();
            var begin = (DateTimeOffset)(await samira.Ziet($"casussen/{casus}"))["geopendOp"]!;
            return ((Guid)(await samira.Doet($"casussen/{casus}/vervangingen", new { soort = "gepland", vanaf = begin + TimeSpan.FromDays(7), reden = "verlof" }, 201))["id"]!, casus, begin);
        }
    }

    [Fact]
    public async Task Plotseling_uitvallen_gaat_voor_wat_was_gepland()
    {
        var (samira, naomi) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Naomi Terpstra"));
        var casus = await proces.Casus();
        await proces.Later(TimeSpan.Zero);
        var vanaf = (DateTimeOffset)(await samira.Ziet($"casussen/{casus}"))["geopendOp"]! + TimeSpan.FromDays(7);
        var gepland = await samira.Doet($"casussen/{casus}/vervangingen", new { soort = "gepland", vanaf, reden = "verlof", waarnemerId = naomi.Id }, 201);

        var acuut = await samira.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "ziek" }, 201);
        // Wat niet doorging telt niet als uitgevallen, en wie nu waarneemt krijgt een antwoord: plannen kan niet zolang er een vervanging loopt.
        var joris = await proces.Iemand("Joris Veldkamp");
        Assert.Equal(joris.Id, (Guid)acuut["waarnemerId"]!);
        await joris.Doet($"casussen/{casus}/vervangingen", new { soort = "gepland", vanaf = vanaf.AddDays(30), reden = "verlof" }, 409);
        await proces.Later(TimeSpan.FromDays(8));

        Assert.Equal(2, (await samira.Regielijn(casus)).Count);
        await samira.Doet($"vervangingen/{gepland["id"]}/intrekking", status: 409);
    }
}
