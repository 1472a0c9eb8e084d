using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Handelingen komen dubbel, te laat en door elkaar; ze tellen een keer en in de volgorde van wie ze stuurde.</summary>
public sealed class HandelingTests(RegieProces proces) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Een_weigering_die_driemaal_komt_is_er_een_en_raakt_een_later_voorstel_niet()
    {
        var (samira, fenne, suze) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Fenne Visbeen"), await proces.Iemand("Suze Roording"));
        var casus = await proces.Casus();
        var eerste = (Guid)(await Op(samira, $"casussen/{casus}/overdrachten", new { naarId = fenne.Id, reden = "gevaar" }, 41, status: 201))["id"]!;
        Assert.Equal(eerste, (Guid)(await Op(samira, $"casussen/{casus}/overdrachten", new { naarId = fenne.Id, reden = "gevaar" }, 41))["id"]!);
        var weigering = new { reden = "geen capaciteit", alternatief = "twee consulten" };
        for (var keer = 0; keer < 3; keer++)
            Assert.Equal("geweigerd", (string)(await Op(suze, $"overdrachten/{eerste}/weigering", weigering, 42, na: 41))["status"]!);

        Assert.Single((await samira.Ziet($"casussen/{casus}/knelpunten"))["items"]!.AsArray());
        Assert.Equal(
            ["regie.overdracht-voorgesteld", "bewaking.bericht-dubbel", "regie.overdracht-geweigerd", "knelpunten.gemeld", "knelpunten.bemiddeling-gestart", "bewaking.bericht-dubbel", "bewaking.bericht-dubbel"],
            (await proces.Gebeurd(casus))[2..]);
        var tweede = (Guid)(await Op(samira, $"casussen/{casus}/overdrachten", new { naarId = fenne.Id, reden = "gevaar" }, 47, na: 42, status: 201))["id"]!;
        await Op(fenne, $"overdrachten/{tweede}/aanvaarding", new { }, 48, na: 47);

        // De oude weigering nog eens, en hetzelfde nummer voor iets anders.
        await Op(suze, $"overdrachten/{eerste}/weigering", weigering, 42, na: 41);
        await Op(suze, $"overdrachten/{tweede}/weigering", weigering, 42, na: 41, status: 409);
        Assert.Equal("aanvaard", (string)(await samira.Ziet($"overdrachten/{tweede}"))["status"]!);
        Assert.Equal([$"{samira.Id}"], await samira.Regielijn(casus));
    }

    [Fact]
    public async Task Het_gesprek_voor_de_planning_wordt_geparkeerd_en_gaat_dan_in_op_het_einde_van_het_gesprek()
    {
        var (samira, joris) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"));
        var (casus, overdracht, begin) = await Aanvaard(samira, joris);
        await proces.Later(TimeSpan.FromMinutes(30));
        var gesprek = begin + TimeSpan.FromMinutes(28);
        var gevoerd = new { beeindigdOp = gesprek, gezinAanwezig = true };

        Assert.Equal("geparkeerd", (string)(await Op(samira, $"overdrachten/{overdracht}/gesprek", gevoerd, 51, na: 50, status: 202))["status"]!);
        await Op(samira, $"overdrachten/{overdracht}/gesprek", gevoerd, 51, na: 50, status: 202);
        Assert.Equal([$"{samira.Id}"], await samira.Regielijn(casus));
        await proces.Later(TimeSpan.FromMinutes(2));
        await Op(samira, $"overdrachten/{overdracht}/gesprek", new { geplandOp = gesprek }, 50);
        Assert.Equal("nazorg", (string)(await Op(samira, $"overdrachten/{overdracht}/gesprek", gevoerd, 51, na: 50))["status"]!);

        var perioden = (await joris.Ziet($"casussen/{casus}/lijnen/regie"))["perioden"]!.AsArray();
        Assert.Equal([$"{samira.Id}", $"{joris.Id}"], perioden.Select(p => (string)p!["houder"]!));
        Assert.Equal(gesprek, (DateTimeOffset)perioden[1]!["vanaf"]!);
        Assert.True((DateTimeOffset)perioden[1]!["vastgelegdOp"]! >= begin + TimeSpan.FromMinutes(31));

        // Wie had wanneer wat geweten?
        Assert.Equal($"{samira.Id}", await Houder(gesprek.AddMinutes(1), bekend: gesprek.AddMinutes(2)));
        Assert.Equal($"{joris.Id}", await Houder(gesprek.AddMinutes(1), bekend: begin + TimeSpan.FromMinutes(40)));
        Assert.DoesNotContain("Wachten op", string.Join(' ', await joris.Taken(casus)));

        async Task<string> Houder(DateTimeOffset geldig, DateTimeOffset bekend) =>
            (string)(await joris.Ziet($"casussen/{casus}/lijnen/regie?geldigOp={Uri.EscapeDataString(geldig.ToString("O"))}&bekendOp={Uri.EscapeDataString(bekend.ToString("O"))}"))["perioden"]!.AsArray().Single()!["houder"]!;
    }

    [Fact]
    public async Task Komt_de_voorganger_niet_dan_zoekt_een_mens_het_uit_en_wordt_er_niets_geraden()
    {
        var (samira, joris) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"));
        var (casus, overdracht, begin) = await Aanvaard(samira, joris);
        await proces.Later(TimeSpan.FromMinutes(1));
        var gevoerd = new { beeindigdOp = begin + TimeSpan.FromSeconds(50), gezinAanwezig = true };
        await Op(samira, $"overdrachten/{overdracht}/gesprek", gevoerd, 51, na: 50, status: 202);

        await proces.Later(TimeSpan.FromMinutes(11));

        Assert.Contains(await samira.Taken(casus), titel => titel.StartsWith("Een handeling kwam zonder", StringComparison.Ordinal));
        await Op(samira, $"overdrachten/{overdracht}/gesprek", new { geplandOp = begin }, 50);
        await Op(samira, $"overdrachten/{overdracht}/gesprek", gevoerd, 51, na: 50, status: 409);
        Assert.Equal([$"{samira.Id}"], await samira.Regielijn(casus));
        await Op(samira, $"overdrachten/{overdracht}/gesprek", gevoerd, 52, na: 50);
        Assert.Equal([$"{samira.Id}", $"{joris.Id}"], await samira.Regielijn(casus));
    }

    [Fact]
    public async Task Wat_dan_niet_meer_kan_houdt_de_voorganger_niet_tegen()
    {
        var (samira, joris) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"));
        var (casus, overdracht, _) = await Aanvaard(samira, joris);
        await Op(joris, $"overdrachten/{overdracht}/weigering", new { reden = "r", alternatief = "a" }, 61, na: 60, status: 202);

        Assert.Equal("ingetrokken", (string)(await Op(samira, $"overdrachten/{overdracht}/intrekking", new { reden = "r" }, 60))["status"]!);

        Assert.Empty((await samira.Ziet($"casussen/{casus}/knelpunten"))["items"]!.AsArray());
        Assert.Contains(await samira.Taken(casus), titel => titel.StartsWith("Een handeling kwam zonder", StringComparison.Ordinal));
        await Op(samira, $"overdrachten/{overdracht}/intrekking", new { reden = "r" }, 5, na: 9, status: 400);
    }

    [Fact]
    public async Task Van_een_geparkeerde_handeling_die_halverwege_wordt_geweigerd_blijft_niets_over()
    {
        var (samira, joris) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Joris Veldkamp"));
        var (casus, overdracht, begin) = await Aanvaard(samira, joris);
        await Op(samira, $"overdrachten/{overdracht}/intrekking", new { reden = "toch niet" }, 71, na: 70, status: 202);
        // The flow no longer waits for it, so that the act is refused after it changed the overdracht.
        await proces.InDatabase((db, _) => db.Database.ExecuteSqlRawAsync("update wachtpunten set afgehandeld_op = sinds where stap = 'NetwerkRegie.GesprekAfwachten' and sleutel = {0}", $"{overdracht}"));

        var gepland = await Op(samira, $"overdrachten/{overdracht}/gesprek", new { geplandOp = begin.AddDays(3) }, 70);

        Assert.Equal("gesprek-gepland", (string)gepland["status"]!);
        Assert.Equal("gesprek-gepland", (string)(await samira.Ziet($"overdrachten/{overdracht}"))["status"]!);
        Assert.DoesNotContain("regie.overdracht-ingetrokken", await proces.Gebeurd(casus));
        Assert.Contains("regie.gesprek-gepland", await proces.Gebeurd(casus));
        Assert.Contains(await samira.Taken(casus), titel => titel.StartsWith("Een handeling kwam zonder", StringComparison.Ordinal));
    }

    private async Task<(Guid Casus, Guid Overdracht, DateTimeOffset Begin)> Aanvaard(Iemand van, Iemand naar)
    {
        await proces.Later(TimeSpan.Zero);
        var casus = await proces.Casus();
        var overdracht = (Guid)(await van.Doet($"casussen/{casus}/overdrachten", new { naarId = naar.Id, reden = "andere wijk" }, 201))["id"]!;
        await naar.Doet($"overdrachten/{overdracht}/aanvaarding");
        return (casus, overdracht, (DateTimeOffset)(await van.Ziet($"casussen/{casus}"))["geopendOp"]!);
    }

    private static async Task<JsonObject> Op(Iemand wie, string pad, object inhoud, int volgnummer, int? na = null, int status = 200)
    {
        using var vraag = new HttpRequestMessage(HttpMethod.Post, $"/v1/{pad}") { Content = JsonContent.Create(inhoud) };
        vraag.Headers.Add("Volgnummer", $"{volgnummer}");
        if (na is not null)
            vraag.Headers.Add("Na-Volgnummer", $"{na}");
        return await wie.Http.SendAsync(vraag).Json(status);
    }
}
