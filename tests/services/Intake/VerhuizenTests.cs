using System.Net;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Termijnen;
using Xunit;

namespace NetwerkRegie.Services.Tests.Intake;

public sealed class VerhuizenTests(IntakeOpstelling intake) : IClassFixture<IntakeOpstelling>
{
    private DateOnly Vandaag => NederlandseKalender.DatumVan(intake.Nu);

    [Fact]
    public async Task Een_verhuizing_wordt_verteld_zonder_waarheen_en_wie_de_regie_houdt_leest_haar()
    {
        var (casus, samira) = await intake.Casus();
        var per = Vandaag.AddMonths(3);

        var verhuizing = (await samira.Post("/v1/verhuizingen", new { casusId = casus, gemeente = "GM0363", per })).Is(HttpStatusCode.Created);
        await intake.Klok(intake.Nu.AddSeconds(1));
        (await samira.Post("/v1/verhuizingen", new { casusId = casus, gemeente = "GM0402", per })).Is(HttpStatusCode.Created);

        Assert.Contains(new(casus, verhuizing["id"].GetGuid(), per), await intake.Uitgezonden<GemeenteGewijzigd>(m => m.CasusId == casus, 2));
        var gelezen = (await samira.Get($"/v1/verhuizingen?casusId={casus}")).Items;
        Assert.Equal(["GM0363", "GM0402"], gelezen.Select(v => v.GetProperty("gemeente").GetString()));
        Assert.Equal((samira.Id, intake.Nu), (gelezen[1].GetProperty("vastgelegdDoorId").GetGuid(), gelezen[1].GetProperty("vastgelegdOp").GetDateTimeOffset()));

        var joris = await intake.Als("regisseur", "Joris");
        await intake.Bericht(new RegieOvergedragen(casus, Guid.CreateVersion7(), samira.Id, joris.Id, intake.Nu.AddSeconds(1)));
        (await samira.Get($"/v1/verhuizingen?casusId={casus}")).Is(HttpStatusCode.NotFound);
        Assert.Equal(2, (await joris.Get($"/v1/verhuizingen?casusId={casus}")).Items.Count);
    }

    [Theory]
    [InlineData("0363")]
    [InlineData("gm0363")]
    [InlineData("GM03633")]
    [InlineData("GM0000")]
    [InlineData("Amsterdam")]
    [InlineData(null)]
    public async Task Een_gemeente_is_een_code_van_het_CBS(string? gemeente)
    {
        var (casus, samira) = await intake.Casus();

        Assert.Equal(["/gemeente"], (await samira.Post("/v1/verhuizingen", new { casusId = casus, gemeente, per = Vandaag })).Is(HttpStatusCode.BadRequest).Fouten);
    }

    [Fact]
    public async Task Wat_niet_kan_verandert_niets()
    {
        var (casus, samira) = await intake.Casus();
        var ander = await intake.Als("regisseur", "ander");
        (await samira.Post("/v1/verhuizingen", new { casusId = casus, gemeente = "GM0363", per = Vandaag })).Is(HttpStatusCode.Created);

        Assert.Equal(["/casusId", "/gemeente", "/per"], (await samira.Post("/v1/verhuizingen", new { })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal(["/per"], (await samira.Post("/v1/verhuizingen", new { casusId = casus, gemeente = "GM0402", per = Vandaag.AddMonths(3).AddDays(1) })).Is(HttpStatusCode.BadRequest).Fouten);
        (await samira.Post("/v1/verhuizingen", new { casusId = casus, gemeente = "GM0363", per = Vandaag.AddDays(1) })).Is(HttpStatusCode.Conflict);
        (await samira.Post("/v1/verhuizingen", new { casusId = casus, gemeente = "GM0402", per = Vandaag.AddDays(-1) })).Is(HttpStatusCode.Conflict);
        (await ander.Post("/v1/verhuizingen", new { casusId = casus, gemeente = "GM0402", per = Vandaag })).Is(HttpStatusCode.NotFound);
        (await ander.Get($"/v1/verhuizingen?casusId={casus}")).Is(HttpStatusCode.NotFound);

        Assert.Single((await samira.Get($"/v1/verhuizingen?casusId={casus}")).Items);
        Assert.Single(await intake.Uitgezonden<GemeenteGewijzigd>(m => m.CasusId == casus, 1));
    }
}
