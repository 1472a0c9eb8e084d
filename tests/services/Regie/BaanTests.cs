using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Naast de regie: het vaste gezicht, de procesregie en de nazorg. Geen daarvan is regie.</summary>
public sealed class BaanTests(RegieProces proces) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Het_vaste_gezicht_blijft_als_de_regie_overgaat()
    {
        var (samira, joris, naomi, petra) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"), await proces.Iemand("Naomi Terpstra"), await proces.Iemand("Petra Hoogland"));
        var casus = await proces.Casus();
        Assert.Equal(samira.Id, (Guid)(await samira.Ziet($"casussen/{casus}"))["vastGezicht"]!["persoonId"]!);

        var overdracht = (Guid)(await samira.Doet($"casussen/{casus}/overdrachten", new { naarId = joris.Id, reden = "andere wijk" }, 201))["id"]!;
        var gepland = (await proces.InDatabase((db, _) => Task.FromResult(db.Casussen.Single(c => c.Id == casus).GeopendOp))) + TimeSpan.FromDays(1);
        Assert.Equal("gesprek-gepland", (string)(await joris.Doet($"overdrachten/{overdracht}/aanvaarding", new { geplandOp = gepland }))["status"]!);
        await proces.Later(TimeSpan.FromMinutes(1));
        await samira.Doet($"overdrachten/{overdracht}/gesprek", new { beeindigdOp = gepland - TimeSpan.FromDays(1) + TimeSpan.FromSeconds(50), gezinAanwezig = true });

        var na = await joris.Ziet($"casussen/{casus}");
        Assert.Equal((joris.Id, samira.Id), ((Guid)na["regisseur"]!["id"]!, (Guid)na["vastGezicht"]!["persoonId"]!));
        Assert.Equal(samira.Id, (Guid)na["nazorg"]!.AsArray().Single()!["persoonId"]!);
        Assert.Null(na["procesregie"]);

        await samira.Schrijft($"casussen/{casus}/vast-gezicht", new { persoonId = naomi.Id, reden = "verhuisd" }, 403);
        await joris.Schrijft($"casussen/{casus}/vast-gezicht", new { persoonId = naomi.Id }, 400);
        await joris.Schrijft($"casussen/{casus}/vast-gezicht", new { persoonId = samira.Id, reden = "blijft" }, 409);
        await petra.Schrijft($"casussen/{casus}/vast-gezicht", new { persoonId = naomi.Id, reden = "verhuisd" });
        await joris.Schrijft($"casussen/{casus}/procesregie", new { persoonId = petra.Id, reden = "zij zit de tafel voor" });

        Assert.Equal([samira.Id, naomi.Id], await Houders("vast-gezicht"));
        Assert.Equal([petra.Id], await Houders("procesregie"));
        Assert.Equal([$"{samira.Id}", $"{joris.Id}"], await petra.Regielijn(casus));

        async Task<IEnumerable<Guid>> Houders(string lijn) => (await joris.Ziet($"casussen/{casus}/lijnen/{lijn}"))["perioden"]!.AsArray().Select(p => (Guid)p!["houder"]!);
    }

    [Fact]
    public async Task Na_een_kennismaking_telt_de_dag_van_het_gesprek_en_zonder_kennismaking_tien_dagen()
    {
        var (samira, joris) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"));
        var (kennis, geenKennis) = (await Overdracht(), await Overdracht());
        await proces.Later(TimeSpan.FromDays(7));
        await samira.Doet($"overdrachten/{kennis.Id}/gesprek", new { kennismakingOp = kennis.Begin + TimeSpan.FromDays(30) }, 409);
        Assert.Equal("gesprek-gepland", (string)(await joris.Doet($"overdrachten/{kennis.Id}/gesprek", new { kennismakingOp = kennis.Begin + TimeSpan.FromDays(6), geplandOp = kennis.Begin + TimeSpan.FromDays(20) }))["status"]!);
        await joris.Doet($"overdrachten/{geenKennis.Id}/gesprek", new { geplandOp = kennis.Begin + TimeSpan.FromDays(20) });

        await proces.Later(TimeSpan.FromDays(5));

        Assert.Contains("bewaking.wacht-te-lang", await proces.Gebeurd(geenKennis.Casus));
        Assert.DoesNotContain("bewaking.wacht-te-lang", await proces.Gebeurd(kennis.Casus));
        await proces.Later(TimeSpan.FromDays(10));
        Assert.Contains("bewaking.wacht-te-lang", await proces.Gebeurd(kennis.Casus));
        Assert.Equal([$"{samira.Id}"], await samira.Regielijn(kennis.Casus));

        async Task<(Guid Id, Guid Casus, DateTimeOffset Begin)> Overdracht()
        {
            await proces.Later(TimeSpan.Zero);
            var casus = await proces.Casus();
            var id = (Guid)(await samira.Doet($"casussen/{casus}/overdrachten", new { naarId = joris.Id, reden = "andere wijk" }, 201))["id"]!;
            await joris.Doet($"overdrachten/{id}/aanvaarding");
            return (id, casus, (DateTimeOffset)(await samira.Ziet($"casussen/{casus}"))["geopendOp"]!);
        }
    }
}
