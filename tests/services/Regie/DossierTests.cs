using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Wie de regie krijgt weet wat er speelt, en dat is af te lezen.</summary>
public sealed class DossierTests(RegieProces proces) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task De_regie_gaat_niet_over_zolang_er_iets_ongelezen_is()
    {
        var (samira, joris, naomi) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"), await proces.Iemand("Naomi Terpstra"));
        var casus = await proces.Casus();
        var id = (Guid)(await samira.Doet($"casussen/{casus}/overdrachten", new { naarId = joris.Id, reden = "andere wijk" }, 201))["id"]!;
        await samira.Schrijft($"overdrachten/{id}/dossier/risicos", new { tekst = "de voordeur blijft op slot" });
        await samira.Schrijft($"overdrachten/{id}/dossier/beloften", new { tekst = "elke vrijdag bellen" });
        await samira.Schrijft($"overdrachten/{id}/dossier/verzonnen", new { tekst = "x" }, 404);
        await samira.Schrijft($"overdrachten/{id}/dossier/gezin", new { tekst = " " }, 400);
        await joris.Schrijft($"overdrachten/{id}/dossier/gezin", new { tekst = "x" }, 403);
        await naomi.Ziet($"overdrachten/{id}/dossier", 403);
        await samira.Doet($"overdrachten/{id}/dossier/risicos/gelezen", status: 403);
        await joris.Doet($"overdrachten/{id}/dossier/gezin/gelezen", status: 409);
        await joris.Doet($"overdrachten/{id}/dossier/risicos/gelezen");
        await joris.Doet($"overdrachten/{id}/aanvaarding");
        await proces.Later(TimeSpan.FromMinutes(1));

        var gesprek = new { beeindigdOp = (DateTimeOffset)(await joris.Ziet($"casussen/{casus}"))["geopendOp"]! + TimeSpan.FromSeconds(50), gezinAanwezig = true };
        Assert.Contains("beloften", (string)(await samira.Doet($"overdrachten/{id}/gesprek", gesprek, 409))["detail"]!);
        await joris.Doet($"overdrachten/{id}/dossier/beloften/gelezen");

        // Wat is aangevuld is weer ongelezen.
        await samira.Schrijft($"overdrachten/{id}/dossier/risicos", new { tekst = "de voordeur en de achterdeur blijven op slot" });
        await samira.Doet($"overdrachten/{id}/gesprek", gesprek, 409);
        var dossier = await joris.Doet($"overdrachten/{id}/dossier/risicos/gelezen");
        Assert.Equal(8, dossier["secties"]!.AsArray().Count);
        Assert.Equal(["risicos", "beloften"], dossier["secties"]!.AsArray().Where(s => s!["gelezenOp"] is not null).Select(s => (string)s!["sectie"]!));

        Assert.True((bool)(await samira.Doet($"overdrachten/{id}/samenvatting", new { klopt = true, op = gesprek.beeindigdOp }))["samenvattingKlopt"]!);
        Assert.Equal("nazorg", (string)(await samira.Doet($"overdrachten/{id}/gesprek", gesprek))["status"]!);
        Assert.Equal([$"{samira.Id}", $"{joris.Id}"], await joris.Regielijn(casus));

        // Van wat er staat gaat niets naar buiten.
        Assert.DoesNotContain(await proces.InDatabase((db, _) => Task.FromResult(db.Logboek.Select(g => g.Inhoud).ToList())), inhoud => inhoud.Contains("voordeur", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Met_een_reden_gaat_de_regie_ook_over_als_er_iets_ongelezen_is()
    {
        var (samira, joris) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"));
        var casus = await proces.Casus();
        var id = (Guid)(await samira.Doet($"casussen/{casus}/overdrachten", new { naarId = joris.Id, reden = "andere wijk" }, 201))["id"]!;
        await samira.Schrijft($"overdrachten/{id}/dossier/risicos", new { tekst = "de voordeur blijft op slot" });
        await joris.Doet($"overdrachten/{id}/aanvaarding");
        await proces.Later(TimeSpan.FromMinutes(1));

        await samira.Doet($"overdrachten/{id}/samenvatting", new { klopt = false, op = DateTimeOffset.UnixEpoch }, 409);
        await joris.Doet($"overdrachten/{id}/gesprek", new { beeindigdOp = (DateTimeOffset)(await joris.Ziet($"casussen/{casus}"))["geopendOp"]! + TimeSpan.FromSeconds(50), gezinAanwezig = true, redenOngelezen = "samen hardop doorgenomen" });

        Assert.Equal([$"{samira.Id}", $"{joris.Id}"], await joris.Regielijn(casus));
    }

    [Fact]
    public async Task Wie_voorstelt_ziet_hoeveel_een_ander_al_draagt()
    {
        var (samira, joris, petra) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"), await proces.Iemand("Petra Hoogland"));
        var casus = await proces.Casus();
        var voor = await Caseload();
        var ziek = await proces.Casus();
        await petra.Doet($"casussen/{ziek}/vervangingen", new { soort = "acuut", reden = "ziek" }, 201);

        Assert.Equal((voor.Aantal + 1, voor.Waarnemend + 1), await Caseload());
        await joris.Ziet($"casussen/{casus}/kandidaten", 403);
        var voorstel = await samira.Doet($"casussen/{casus}/overdrachten", new { naarId = joris.Id, reden = "andere wijk" }, 201);
        Assert.Equal(voor.Aantal + 1, (int)voorstel["caseloadOntvanger"]!["aantalCasussen"]!);

        async Task<(int Aantal, int Waarnemend)> Caseload()
        {
            var kandidaten = (await samira.Ziet($"casussen/{casus}/kandidaten"))["items"]!.AsArray();
            Assert.DoesNotContain(kandidaten, k => (Guid)k!["id"]! == samira.Id);
            var kandidaat = kandidaten.Single(k => (Guid)k!["id"]! == joris.Id)!;
            Assert.True((bool)kandidaat["heeftVervanger"]!);
            return ((int)kandidaat["caseload"]!["aantalCasussen"]!, (int)kandidaat["caseload"]!["waarvanWaarnemend"]!);
        }
    }
}
