using System.Net;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Contracts.Veiligheid;
using Xunit;

namespace NetwerkRegie.Services.Tests.Veiligheid;

/// <summary>Een verzoek aan de Raad en een besluit van de rechter: wat anderen ervan horen, elk een keer en zonder inhoud.</summary>
public sealed class VtoTests(VeiligheidOpstelling veiligheid) : IClassFixture<VeiligheidOpstelling>
{
    private readonly Guid _casus = Guid.CreateVersion7();

    [Fact]
    public async Task Een_verzoek_is_pas_verzonden_als_een_mens_het_bevestigt_en_corv_een_nummer_geeft()
    {
        var samira = await Regisseur();
        var vto = (await samira.Post("/v1/vtos", Verzoek())).Is(HttpStatusCode.Created);
        var pad = $"/v1/vtos/{vto["id"].GetGuid()}";
        Assert.Equal("opgesteld", vto["status"].GetString());
        Assert.False(vto.Json.TryGetProperty("berichtId", out _));
        (await (await veiligheid.Als("dienst")).Post(pad + "/ontvangst", new { })).Is(HttpStatusCode.Conflict);

        var bevestigd = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => samira.Post(pad + "/bevestiging")));

        Assert.All(bevestigd, b => Assert.Equal(("verzonden", "CORV-simulator", 1), (b.Is(HttpStatusCode.OK)["status"].GetString(), b["verzondenVia"].GetString(), b["keerVerzonden"].GetInt32())));
        var verzonden = Assert.Single(await veiligheid.Uitgezonden<VtoVerzonden>(m => m.CasusId == _casus, 1));
        Assert.Equal((vto["id"].GetGuid(), bevestigd[0]["berichtId"].GetString()), (verzonden.VtoId, verzonden.BerichtId));
        Assert.DoesNotContain("dreiging", bevestigd[0].Tekst, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opnieuw_versturen_houdt_hetzelfde_bericht_en_de_raad_bevestigt_een_keer()
    {
        var (samira, raad) = (await Regisseur(), await veiligheid.Als("dienst"));
        var id = (await samira.Post("/v1/vtos", Verzoek()))["id"].GetGuid();
        var bericht = (await samira.Post($"/v1/vtos/{id}/bevestiging"))["berichtId"].GetString();
        var stap = new StapRef(_casus, Guid.CreateVersion7(), "w1");

        await veiligheid.Bericht(new VtoOpnieuwVersturen(stap, id));
        Assert.Equal([new VtoOpnieuwVerstuurd(stap, id)], await veiligheid.Uitgezonden<VtoOpnieuwVerstuurd>(m => m.VtoId == id, 1));
        var ontvangen = (await raad.Post($"/v1/vtos/{id}/ontvangst", new { })).Is(HttpStatusCode.OK);
        (await raad.Post($"/v1/vtos/{id}/ontvangst", new { })).Is(HttpStatusCode.OK);

        Assert.Equal((2, bericht), (ontvangen["keerVerzonden"].GetInt32(), ontvangen["berichtId"].GetString()));
        // 56 dagen na maandag 2 maart is maandag 27 april, tot en met.
        Assert.Equal(new DateTimeOffset(2026, 4, 27, 22, 0, 0, TimeSpan.Zero), ontvangen["rapportVoor"].GetDateTimeOffset());
        Assert.Single(await veiligheid.Uitgezonden<VtoBevestigd>(m => m.VtoId == id, 1));
        (await raad.Post($"/v1/vtos/{id}/rapport", new { verzoektMaatregel = true })).Is(HttpStatusCode.OK);
        (await raad.Post($"/v1/vtos/{id}/rapport", new { verzoektMaatregel = false })).Is(HttpStatusCode.Conflict);
        Assert.True(Assert.Single(await veiligheid.Uitgezonden<OnderzoekAfgerond>(m => m.VtoId == id, 1)).VerzoektMaatregel);
    }

    [Fact]
    public async Task Voor_wie_niet_bij_de_casus_hoort_is_er_geen_verzoek()
    {
        var (samira, naomi) = (await Regisseur(), await veiligheid.Als("regisseur", "Naomi"));
        (await naomi.Post("/v1/vtos", Verzoek())).Is(HttpStatusCode.NotFound);
        var id = (await samira.Post("/v1/vtos", Verzoek()))["id"].GetGuid();

        (await naomi.Post($"/v1/vtos/{id}/bevestiging")).Is(HttpStatusCode.NotFound);
        (await naomi.Get($"/v1/vtos/{id}")).Is(HttpStatusCode.NotFound);
        Assert.Equal(["/casusId", "/kindRefs", "/bedreiging", "/hulpNietAanvaard", "/zienswijzeOuders"], (await samira.Post("/v1/vtos", new { })).Is(HttpStatusCode.BadRequest).Fouten);
    }

    [Fact]
    public async Task Een_beschikking_gaat_een_keer_door_en_zonder_wat_erin_staat()
    {
        await Regisseur();
        var dienst = await veiligheid.Als("dienst");
        var beschikking = new { casusId = _casus, kindRefs = new[] { "K2", "K1" }, naar = "ots", verzoekDoor = "raad-voor-de-kinderbescherming", nummer = "C/26/1", datum = "2026-03-02", einddatum = "2027-03-02", gi = "Gecertificeerde instelling", bewijs = new { bedreigingen = "iets ergs" } };

        (await dienst.Post("/v1/beschikkingen", beschikking)).Is(HttpStatusCode.Accepted);
        (await dienst.Post("/v1/beschikkingen", beschikking)).Is(HttpStatusCode.OK);

        var besluit = Assert.Single(await veiligheid.Uitgezonden<BesluitOntvangen>(m => m.CasusId == _casus, 1));
        Assert.Equal(["K1", "K2"], besluit.KindRefs);
        Assert.Equal(["bedreigingen"], besluit.Bewijs);
        Assert.DoesNotContain("ergs", System.Text.Json.JsonSerializer.Serialize(besluit), StringComparison.Ordinal);
        Assert.Equal(["/casusId", "/kindRefs", "/naar", "/verzoekDoor", "/nummer", "/datum"], (await dienst.Post("/v1/beschikkingen", new { })).Is(HttpStatusCode.BadRequest).Fouten);
    }

    [Fact]
    public async Task De_raad_begint_uit_zichzelf_een_onderzoek_en_alleen_de_raad_kan_dat()
    {
        var (samira, raad) = (await Regisseur(), await veiligheid.Als("dienst"));
        var begin = new { casusId = _casus, kindRefs = new[] { "K1" }, mededeling = "brief aan het college van 2 maart" };
        (await samira.Post("/v1/raadsonderzoeken", begin)).Is(HttpStatusCode.Forbidden);
        (await raad.Post("/v1/raadsonderzoeken", begin with { casusId = Guid.CreateVersion7() })).Is(HttpStatusCode.NotFound);
        Assert.Equal(["/casusId", "/kindRefs", "/mededeling"], (await raad.Post("/v1/raadsonderzoeken", new { })).Is(HttpStatusCode.BadRequest).Fouten);

        var id = (await raad.Post("/v1/raadsonderzoeken", begin)).Is(HttpStatusCode.Created)["id"].GetGuid();
        Assert.Equal(id, (await raad.Post("/v1/raadsonderzoeken", begin)).Is(HttpStatusCode.OK)["id"].GetGuid());

        var begonnen = Assert.Single(await veiligheid.Uitgezonden<OnderzoekBegonnen>(m => m.CasusId == _casus, 1));
        Assert.Equal((id, veiligheid.Nu), (begonnen.VtoId, begonnen.Op));
        (await raad.Post($"/v1/raadsonderzoeken/{id}/rapport", new { verzoektMaatregel = false })).Is(HttpStatusCode.OK);
        (await raad.Post($"/v1/raadsonderzoeken/{id}/rapport", new { verzoektMaatregel = true })).Is(HttpStatusCode.Conflict);
        Assert.False(Assert.Single(await veiligheid.Uitgezonden<OnderzoekAfgerond>(m => m.VtoId == id, 1)).VerzoektMaatregel);
        Assert.False((await samira.Get($"/v1/raadsonderzoeken/{id}")).Is(HttpStatusCode.OK)["verzoektMaatregel"].GetBoolean());
        (await (await veiligheid.Als("regisseur", "Naomi")).Get($"/v1/raadsonderzoeken/{id}")).Is(HttpStatusCode.NotFound);
    }

    private object Verzoek() => new { casusId = _casus, kindRefs = new[] { "K1" }, bedreiging = "dreiging", hulpNietAanvaard = "dreiging", zienswijzeOuders = "oneens" };

    private async Task<Persoon> Regisseur()
    {
        var samira = await veiligheid.Als("regisseur", "Samira");
        await veiligheid.Bericht(new RegieToegekend(_casus, samira.Id, veiligheid.Nu));
        return samira;
    }
}
