using System.Net;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Contracts.Veiligheid;
using Xunit;

namespace NetwerkRegie.Services.Tests.Veiligheid;

public sealed class IncidentTests(VeiligheidOpstelling veiligheid) : IClassFixture<VeiligheidOpstelling>
{
    private readonly Guid _casus = Guid.CreateVersion7();

    [Theory]
    [InlineData(true, 15)]
    [InlineData(false, 240)]
    public async Task Een_mens_moet_een_incident_op_tijd_bevestigen(bool acuut, int minuten)
    {
        var melder = await veiligheid.Als("melder");

        var incident = (await melder.Post("/v1/incidenten", new { casusId = _casus, aard = "Ruzie thuis", acuut })).Is(HttpStatusCode.Created);

        Assert.Equal(veiligheid.Nu.AddMinutes(minuten), incident["bevestigenVoor"].GetDateTimeOffset());
        (await melder.Get($"/v1/incidenten?casusId={_casus}")).Is(HttpStatusCode.Forbidden);
        (await melder.Post($"/v1/incidenten/{incident["id"].GetGuid()}/bevestiging")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task De_waarnemer_bevestigt_en_niet_wie_hij_vervangt()
    {
        var (samira, joris, fenne) = (await veiligheid.Als("regisseur", "Samira"), await veiligheid.Als("regisseur", "Joris"), await veiligheid.Als("rvt"));
        await veiligheid.Bericht(new RegieToegekend(_casus, samira.Id, veiligheid.Nu));
        await veiligheid.Bericht(new VervangingGestart(_casus, Guid.CreateVersion7(), samira.Id, joris.Id, veiligheid.Nu.AddSeconds(1)));
        var id = (await fenne.Post("/v1/incidenten", new { casusId = _casus, aard = "Ruzie thuis", acuut = true }))["id"].GetGuid();

        (await samira.Post($"/v1/incidenten/{id}/bevestiging")).Is(HttpStatusCode.NotFound);
        (await joris.Post($"/v1/incidenten/{id}/bevestiging")).Is(HttpStatusCode.OK);

        var nogEens = (await fenne.Post($"/v1/incidenten/{id}/bevestiging")).Is(HttpStatusCode.OK);
        Assert.Equal(joris.Id, nogEens["bevestigdDoorId"].GetGuid());
        Assert.Equal(veiligheid.Nu, nogEens["bevestigdOp"].GetDateTimeOffset());
    }

    [Fact]
    public async Task Zonder_bevestiging_gaat_het_de_rij_langs_tot_een_mens_het_heeft()
    {
        var samira = await veiligheid.Als("regisseur", "Samira");
        var (joris, fenne, suze) = (await veiligheid.Als("regisseur", "Joris"), await veiligheid.Als("rvt", "Fenne"), await veiligheid.Als("leidinggevende", "Suze"));
        await veiligheid.Bericht(new RegieToegekend(_casus, samira.Id, veiligheid.Nu));
        var melder = await veiligheid.Als("melder");
        var id = (await melder.Post("/v1/incidenten", new { casusId = _casus, aard = "Ruzie thuis", acuut = true })).Is(HttpStatusCode.Created)["id"].GetGuid();
        var begin = veiligheid.Nu;

        await veiligheid.Klok(begin.AddMinutes(15));
        (await joris.Post($"/v1/incidenten/{id}/bevestiging")).Is(HttpStatusCode.NotFound);
        await veiligheid.Klok(begin.AddMinutes(16));
        Assert.Equal(joris.Id, (await joris.Get($"/v1/incidenten?casusId={_casus}")).Is(HttpStatusCode.OK).Items.Single().GetProperty("voorId").GetGuid());
        await veiligheid.Klok(begin.AddMinutes(61));

        Assert.Equal([(2, joris.Id), (3, fenne.Id), (4, suze.Id), (5, suze.Id)], (await veiligheid.Uitgezonden<BerichtNietBevestigd>(m => m.OnderwerpId == id, 4)).Select(m => (m.Trede, m.VoorId!.Value)));
        (await suze.Post($"/v1/incidenten/{id}/bevestiging", new { afspraak = "Drie nachten bij familie", lichtereWeg = "Geen crisisplaats; logeren volstaat" })).Is(HttpStatusCode.OK);
        await veiligheid.Klok(begin.AddHours(5));

        Assert.Single(await veiligheid.Uitgezonden<IncidentBevestigd>(m => m.IncidentId == id, 1));
        Assert.Equal(4, (await veiligheid.Uitgezonden<BerichtNietBevestigd>(m => m.OnderwerpId == id, 4)).Count);
        Assert.Equal(samira.Id, (await veiligheid.Uitgezonden<IncidentGemeld>(m => m.IncidentId == id, 1)).Single().VoorId);
        Assert.Equal("Geen crisisplaats; logeren volstaat", (await samira.Get($"/v1/incidenten?casusId={_casus}")).Items.Single().GetProperty("lichtereWeg").GetString());
    }

    [Fact]
    public async Task Toezicht_ziet_dat_er_iets_is_maar_niet_wat()
    {
        var (fenne, naomi, toezicht) = (await veiligheid.Als("rvt"), await veiligheid.Als("regisseur", "Naomi"), await veiligheid.Als("toezichthouder"));
        await fenne.Post("/v1/incidenten", new { casusId = _casus, aard = "Ruzie thuis", acuut = false });

        Assert.Equal("Ruzie thuis", (await fenne.Get($"/v1/incidenten?casusId={_casus}")).Items.Single().GetProperty("aard").GetString());
        var gezien = (await toezicht.Get($"/v1/incidenten?casusId={_casus}")).Is(HttpStatusCode.OK);
        Assert.Single(gezien.Items);
        Assert.DoesNotContain("Ruzie", gezien.Tekst, StringComparison.Ordinal);
        (await naomi.Get($"/v1/incidenten?casusId={_casus}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Alle_fouten_komen_tegelijk()
    {
        var samira = await veiligheid.Als("regisseur");

        Assert.Equal(["/casusId", "/aard", "/acuut"], (await samira.Post("/v1/incidenten", new { })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal(["/casusId"], (await samira.Get("/v1/incidenten")).Is(HttpStatusCode.BadRequest).Fouten);
    }
}
