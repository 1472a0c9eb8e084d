using System.Net;
using NetwerkRegie.Contracts.Intake;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Een gezin verhuist: de regie blijft, en wie haar houdt ziet dat er misschien een overdracht nodig is.</summary>
public sealed class VerhuizingTests(GezinOpstelling regie) : IClassFixture<GezinOpstelling>
{
    [Fact]
    public async Task Een_verhuizing_verplaatst_geen_regie_en_is_bij_de_casus_te_zien_tot_de_regie_is_overgedragen()
    {
        var gezin = await regie.Gezin();
        var (tweede, per) = (DateOnly.FromDateTime(regie.Nu.Date).AddDays(20), DateOnly.FromDateTime(regie.Nu.Date).AddDays(9));
        Assert.False((await gezin.Regisseur.Get($"/v1/casussen/{gezin.Casus}")).Json.TryGetProperty("verhuisdPer", out _));

        await regie.Bericht(new GemeenteGewijzigd(gezin.Casus, Guid.CreateVersion7(), tweede));
        await regie.Bericht(new GemeenteGewijzigd(gezin.Casus, Guid.CreateVersion7(), per));

        var casus = (await gezin.Regisseur.Get($"/v1/casussen/{gezin.Casus}")).Is(HttpStatusCode.OK);
        Assert.Equal((gezin.Regisseur.Id, $"{per:yyyy-MM-dd}"), (casus["regisseur"].GetProperty("id").GetGuid(), casus["verhuisdPer"].GetString()));
        Assert.Equal("casussen.gemeente-gewijzigd", (await gezin.Regisseur.Get($"/v1/casussen/{gezin.Casus}/gebeurtenissen")).Items[^1].GetProperty("type").GetString());
        Assert.DoesNotContain("verhuisd", (await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}")).Is(HttpStatusCode.OK).Tekst, StringComparison.Ordinal);

        var (ander, _) = await regie.Overgedragen(gezin, "andere gemeente");

        Assert.False((await ander.Get($"/v1/casussen/{gezin.Casus}")).Is(HttpStatusCode.OK).Json.TryGetProperty("verhuisdPer", out _));
    }
}
