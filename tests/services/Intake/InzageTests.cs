using System.Net;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Intake;
using NetwerkRegie.Termijnen;
using Xunit;

namespace NetwerkRegie.Services.Tests.Intake;

public sealed class InzageTests(IntakeOpstelling intake) : IClassFixture<IntakeOpstelling>
{
    private static readonly object[] EenDeel = [new { onderdeel = "Twee zinnen over een ander", grond = "privacy-ander", uitleg = "Zij gaan alleen over die ander." }];

    [Theory]
    [InlineData("privacy-ander", "betrokkene", false, true)]
    [InlineData("belang-jeugdige", "wettelijk-vertegenwoordiger", false, true)]
    [InlineData("belang-jeugdige", "betrokkene", true, false)]
    [InlineData("geweld-stoppen-of-onderzoeken", "betrokkene", true, true)]
    [InlineData("geweld-stoppen-of-onderzoeken", "wettelijk-vertegenwoordiger", false, false)]
    public void Een_deel_wordt_alleen_geweigerd_op_een_grond_die_hier_geldt(string grond, string gevraagdDoor, bool isVeiligThuis, bool kan) =>
        Assert.Equal(kan, InzageBeantwoorden.Bezwaar(grond, gevraagdDoor, isVeiligThuis) is null);

    [Fact]
    public async Task Wie_om_inzage_vraagt_leest_het_antwoord_en_een_ander_van_het_gezin_niet()
    {
        var (casus, samira) = await intake.Casus();
        var melding = (await (await intake.Als("melder")).Post("/v1/meldingen", Voorbeeld.Regel(0).Nieuw())).Is(HttpStatusCode.Created)["id"].GetGuid();
        await intake.Bericht(new CasusGeopend(casus, melding, "GZN-1", ["K1"], 1));
        var (moeder, vader) = (await intake.Als("gezin", $"moeder {casus}"), await intake.Als("gezin", $"vader {casus}"));
        var verzoek = (await moeder.Post("/v1/inzageverzoeken", Vraag(casus))).Is(HttpStatusCode.Created);
        var id = verzoek["id"].GetGuid();
        Assert.Equal(("loopt", "avg-verzoek"), (verzoek["status"].GetString(), verzoek["termijn"].GetString()));
        Assert.Equal(new(casus, id, verzoek["verlooptOp"].GetDateTimeOffset()), Assert.Single(await intake.Uitgezonden<InzageAangevraagd>(m => m.CasusId == casus, 1)));
        (await moeder.Post($"/v1/inzageverzoeken/{id}/antwoord", new { besluit = "verleend" })).Is(HttpStatusCode.Forbidden);

        (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", new { besluit = "verleend" })).Is(HttpStatusCode.OK);

        Assert.Equal(new(casus, id), Assert.Single(await intake.Uitgezonden<InzageVerleend>(m => m.CasusId == casus, 1)));
        var gelezen = (await moeder.Get($"/v1/inzageverzoeken/{id}")).Is(HttpStatusCode.OK);
        Assert.Equal(("verleend", intake.Nu), (gelezen["status"].GetString(), gelezen["beantwoordOp"].GetDateTimeOffset()));
        (await vader.Get($"/v1/inzageverzoeken/{id}")).Is(HttpStatusCode.NotFound);
        Assert.Empty((await vader.Get($"/v1/inzageverzoeken?casusId={casus}")).Items);
    }

    [Fact]
    public async Task Een_deel_wordt_geweigerd_met_grond_en_uitleg_die_de_vrager_leest()
    {
        var (casus, samira) = await intake.Casus();
        var id = await Gevraagd(samira, casus);

        var antwoord = (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", new { besluit = "deels-geweigerd", geweigerd = EenDeel })).Is(HttpStatusCode.OK);

        var deel = Assert.Single(antwoord["geweigerd"].EnumerateArray());
        Assert.Equal(("privacy-ander", "Zij gaan alleen over die ander."), (deel.GetProperty("grond").GetString(), deel.GetProperty("uitleg").GetString()));
        Assert.Equal(antwoord.Tekst, (await samira.Get($"/v1/inzageverzoeken/{id}")).Tekst);
        Assert.Equal(new(casus, id), Assert.Single(await intake.Uitgezonden<InzageDeelsGeweigerd>(m => m.CasusId == casus, 1)));
        Assert.Empty(await intake.Uitgezonden<InzageVerleend>(m => m.CasusId == casus, 0));
    }

    [Fact]
    public async Task Een_antwoord_dat_de_wet_niet_kent_verandert_niets()
    {
        var (casus, samira) = await intake.Casus();
        var id = await Gevraagd(samira, casus);
        var ander = await intake.Als("regisseur", "ander");

        Assert.Equal(["/besluit"], (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", new { besluit = "geweigerd" })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal(["/geweigerd"], (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", new { besluit = "deels-geweigerd" })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal(["/geweigerd"], (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", new { besluit = "verleend", geweigerd = EenDeel })).Is(HttpStatusCode.BadRequest).Fouten);
        var slordig = new { besluit = "deels-geweigerd", geweigerd = new object?[] { null, new { onderdeel = "van 111222333", grond = "te veel werk", uitleg = " " } } };
        Assert.Equal(
            ["/geweigerd/0/onderdeel", "/geweigerd/0/grond", "/geweigerd/0/uitleg", "/geweigerd/1/onderdeel", "/geweigerd/1/grond", "/geweigerd/1/uitleg"],
            (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", slordig)).Is(HttpStatusCode.BadRequest).Fouten);
        foreach (var grond in new[] { "belang-jeugdige", "geweld-stoppen-of-onderzoeken" })
            (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", new { besluit = "deels-geweigerd", geweigerd = new[] { new { onderdeel = "a", grond, uitleg = "b" } } })).Is(HttpStatusCode.Conflict);
        foreach (var handeling in new[] { "antwoord", "uitstel" })
            (await ander.Post($"/v1/inzageverzoeken/{id}/{handeling}", new { besluit = "verleend", reden = "te veel" })).Is(HttpStatusCode.NotFound);

        Assert.Equal("loopt", (await samira.Get($"/v1/inzageverzoeken/{id}"))["status"].GetString());
        (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", new { besluit = "verleend" })).Is(HttpStatusCode.OK);
        (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", new { besluit = "deels-geweigerd", geweigerd = EenDeel })).Is(HttpStatusCode.Conflict);
        (await samira.Post($"/v1/inzageverzoeken/{id}/uitstel", new { reden = "te veel" })).Is(HttpStatusCode.Conflict);
        Assert.Empty(await intake.Uitgezonden<InzageDeelsGeweigerd>(m => m.CasusId == casus, 0));
    }

    [Fact]
    public async Task Wat_niet_op_tijd_is_beantwoord_wordt_een_keer_verteld_en_kan_nog_worden_beantwoord()
    {
        var (casus, samira) = await intake.Casus();
        var opTijd = await Gevraagd(samira, casus);
        var id = await Gevraagd(samira, casus);
        var einde = (await samira.Get($"/v1/inzageverzoeken/{id}"))["verlooptOp"].GetDateTimeOffset();
        Assert.Equal(NederlandseKalender.Begin(NederlandseKalender.DatumVan(intake.Nu).AddMonths(1).AddDays(1)), einde);
        await samira.Post($"/v1/inzageverzoeken/{opTijd}/antwoord", new { besluit = "verleend" });

        await intake.Klok(einde.AddSeconds(-1));
        Assert.Empty(await intake.Uitgezonden<InzageWachtTeLang>(m => m.CasusId == casus, 0));
        await intake.Klok(einde);

        Assert.Equal(new(casus, id), Assert.Single(await intake.Uitgezonden<InzageWachtTeLang>(m => m.CasusId == casus, 1)));
        Assert.Equal("te-laat", (await samira.Get($"/v1/inzageverzoeken/{id}"))["status"].GetString());
        (await samira.Post($"/v1/inzageverzoeken/{id}/uitstel", new { reden = "alsnog" })).Is(HttpStatusCode.Conflict);
        (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", new { besluit = "verleend" })).Is(HttpStatusCode.OK);
        await intake.Klok(einde.AddDays(100));
        Assert.Single(await intake.Uitgezonden<InzageWachtTeLang>(m => m.CasusId == casus, 1));
    }

    [Fact]
    public async Task Een_moeilijk_verzoek_krijgt_een_keer_twee_maanden_langer_met_de_reden()
    {
        var (casus, samira) = await intake.Casus();
        var id = await Gevraagd(samira, casus);
        var laatste = NederlandseKalender.DatumVan(intake.Nu).AddMonths(1);
        Assert.Equal(["/reden"], (await samira.Post($"/v1/inzageverzoeken/{id}/uitstel", new { })).Is(HttpStatusCode.BadRequest).Fouten);

        await intake.Klok(NederlandseKalender.Begin(laatste.AddDays(1)).AddSeconds(-1));
        var uitgesteld = (await samira.Post($"/v1/inzageverzoeken/{id}/uitstel", new { reden = "Het dossier ligt bij vier organisaties." })).Is(HttpStatusCode.OK);

        var einde = NederlandseKalender.Begin(laatste.AddMonths(2).AddDays(1));
        Assert.Equal(("uitgesteld", "avg-verlenging", einde), (uitgesteld["status"].GetString(), uitgesteld["termijn"].GetString(), uitgesteld["verlooptOp"].GetDateTimeOffset()));
        Assert.Equal("Het dossier ligt bij vier organisaties.", uitgesteld["uitstelReden"].GetString());
        (await samira.Post($"/v1/inzageverzoeken/{id}/uitstel", new { reden = "nog eens" })).Is(HttpStatusCode.Conflict);
        await intake.Klok(einde.AddSeconds(-1));
        Assert.Empty(await intake.Uitgezonden<InzageWachtTeLang>(m => m.CasusId == casus, 0));
        await intake.Klok(einde);
        Assert.Single(await intake.Uitgezonden<InzageWachtTeLang>(m => m.CasusId == casus, 1));
    }

    [Fact]
    public async Task Alleen_Veilig_Thuis_weigert_een_deel_om_geweld_te_onderzoeken()
    {
        var (casus, samira) = await intake.Casus();
        var id = await Gevraagd(samira, casus);
        var antwoord = new { besluit = "deels-geweigerd", geweigerd = new[] { new { onderdeel = "Een bezoek", grond = "geweld-stoppen-of-onderzoeken", uitleg = "Het onderzoek loopt nog." } } };
        (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", antwoord)).Is(HttpStatusCode.Conflict);

        var nora = await intake.Als("regisseur", "Nora Linders");
        await intake.Bericht(new RegieOvergedragen(casus, Guid.CreateVersion7(), samira.Id, nora.Id, intake.Nu.AddSeconds(1)));

        (await samira.Post($"/v1/inzageverzoeken/{id}/antwoord", antwoord)).Is(HttpStatusCode.NotFound);
        (await nora.Post($"/v1/inzageverzoeken/{id}/antwoord", antwoord)).Is(HttpStatusCode.OK);
    }

    private static object Vraag(Guid casus) => new { casusId = casus, persoonRef = "V1", leeftijdsband = "18+", gevraagdDoor = "betrokkene" };

    private static async Task<Guid> Gevraagd(Persoon door, Guid casus) => (await door.Post("/v1/inzageverzoeken", Vraag(casus))).Is(HttpStatusCode.Created)["id"].GetGuid();
}
