using System.Net;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Contracts.Veiligheid;
using Xunit;

namespace NetwerkRegie.Services.Tests.Veiligheid;

/// <summary>Wat klaarstaat heeft een einde, en een kind raakt niet uit het oog.</summary>
public sealed class KlokkenTests(VeiligheidOpstelling veiligheid) : IClassFixture<VeiligheidOpstelling>
{
    private readonly Guid _casus = Guid.CreateVersion7();

    [Fact]
    public async Task Wat_klaarstaat_heeft_een_einde_of_een_moment_van_toetsen()
    {
        var (fenne, samira) = (await veiligheid.Als("rvt", "Fenne"), await veiligheid.Als("regisseur", "Samira"));

        Assert.Equal(["/totOp"], (await fenne.Post("/v1/standbymaatregelen", new { casusId = _casus, maatregel = "Crisisbed" })).Is(HttpStatusCode.BadRequest).Fouten);
        (await samira.Post("/v1/standbymaatregelen", new { casusId = _casus, maatregel = "Crisisbed" })).Is(HttpStatusCode.Forbidden);
        (await samira.Get($"/v1/standbymaatregelen?casusId={_casus}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Een_vergeten_toets_is_een_signaal_en_na_het_einde_staat_er_niets_meer_klaar()
    {
        var fenne = await veiligheid.Als("rvt", "Fenne");
        var begin = veiligheid.Nu;
        var id = (await fenne.Post("/v1/standbymaatregelen", new { casusId = _casus, maatregel = "Crisisbed", toetsOp = begin.AddDays(7), totOp = begin.AddDays(30) })).Is(HttpStatusCode.Created)["id"].GetGuid();

        await veiligheid.Klok(begin.AddDays(7));
        Assert.Single(await veiligheid.Uitgezonden<StandbyToetsVerstreken>(m => m.StandbyId == id, 1));
        Assert.Equal("gezet", await Status());
        await veiligheid.Klok(begin.AddDays(30));

        Assert.Single(await veiligheid.Uitgezonden<StandbyOpgeheven>(m => m.StandbyId == id, 1));
        Assert.Equal("opgeheven", await Status());
        Assert.Equal("Deze maatregel staat al niet meer klaar.", (await fenne.Post($"/v1/standbymaatregelen/{id}/opheffing", new { reden = "Rust" })).Is(HttpStatusCode.Conflict)["detail"].GetString());

        async Task<string?> Status() => (await fenne.Get($"/v1/standbymaatregelen?casusId={_casus}")).Items.Single().GetProperty("status").GetString();
    }

    [Fact]
    public async Task Wie_een_kind_te_lang_niet_ziet_krijgt_dat_een_keer_te_horen()
    {
        var samira = await veiligheid.Als("regisseur", "Samira");
        await Geopend(samira);
        var begin = veiligheid.Nu;

        await veiligheid.Klok(begin.AddDays(20));
        Assert.Empty(await veiligheid.Uitgezonden<KindcontactVerlopen>(m => m.CasusId == _casus, 0));
        var gezien = (await Zie(samira)).Is(HttpStatusCode.OK);
        Assert.Equal(veiligheid.Nu.AddDays(14), gezien["uiterlijkOp"].GetDateTimeOffset());
        await veiligheid.Klok(veiligheid.Nu.AddDays(40));

        Assert.Equal(gezien["laatsteOp"].GetDateTimeOffset(), (await veiligheid.Uitgezonden<KindcontactVerlopen>(m => m.CasusId == _casus, 1)).Single().LaatsteContactOp);
        (await (await veiligheid.Als("regisseur", "Naomi")).Post("/v1/kindcontacten", new { casusId = _casus, kindRef = "K1", gezienOp = veiligheid.Nu, alleen = true })).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Onder_een_maatregel_is_dat_een_week_en_na_het_afsluiten_niets()
    {
        var samira = await veiligheid.Als("regisseur", "Samira");
        await Geopend(samira);
        await veiligheid.Bericht(new KaderGewijzigd(_casus, "K1", "drang", "ots", "beschikking", veiligheid.Nu));

        var gezien = (await Zie(samira)).Is(HttpStatusCode.OK);
        Assert.Equal(veiligheid.Nu.AddDays(7), gezien["uiterlijkOp"].GetDateTimeOffset());
        await veiligheid.Bericht(new CasusAfgesloten(_casus, veiligheid.Nu.AddDays(1)));
        await veiligheid.Klok(veiligheid.Nu.AddDays(30));

        Assert.Empty(await veiligheid.Uitgezonden<KindcontactVerlopen>(m => m.CasusId == _casus, 0));
        (await Zie(samira)).Is(HttpStatusCode.NotFound);
    }

    private async Task Geopend(Persoon regisseur)
    {
        await veiligheid.Bericht(new CasusGeopend(_casus, Guid.CreateVersion7(), "GZN-K", ["K1"], 1));
        await veiligheid.Bericht(new RegieToegekend(_casus, regisseur.Id, veiligheid.Nu));
    }

    private Task<Antwoord> Zie(Persoon wie) => wie.Post("/v1/kindcontacten", new { casusId = _casus, kindRef = "K1", gezienOp = veiligheid.Nu, alleen = true });
}
