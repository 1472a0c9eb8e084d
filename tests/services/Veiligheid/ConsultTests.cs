using System.Net;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Veiligheid;
using NetwerkRegie.Web;
using Xunit;

namespace NetwerkRegie.Services.Tests.Veiligheid;

public sealed class VeiligheidOpstelling() : Proefopstelling<VeiligheidDbContext>("veiligheid")
{
    protected override void Luister(IReceiveEndpointConfigurator endpoint)
    {
        Hoor<ConsultGegeven>(endpoint);
        Hoor<IncidentGemeld>(endpoint);
        Hoor<IncidentBevestigd>(endpoint);
        Hoor<BerichtNietBevestigd>(endpoint);
        Hoor<StandbyGezet>(endpoint);
        Hoor<StandbyOpgeheven>(endpoint);
        Hoor<StandbyToetsVerstreken>(endpoint);
        Hoor<KindcontactVerlopen>(endpoint);
        Hoor<VtoVerzonden>(endpoint);
        Hoor<VtoOpnieuwVerstuurd>(endpoint);
        Hoor<VtoBevestigd>(endpoint);
        Hoor<OnderzoekBegonnen>(endpoint);
        Hoor<OnderzoekAfgerond>(endpoint);
        Hoor<BesluitOntvangen>(endpoint);
    }
}

public sealed class ConsultTests(VeiligheidOpstelling veiligheid) : IClassFixture<VeiligheidOpstelling>
{
    private readonly StapRef _stap = new(Guid.CreateVersion7(), Guid.CreateVersion7(), "w1");

    [Fact]
    public async Task Een_gevraagd_consult_staat_open_tot_twee_werkdagen_later_en_zonder_inhoud_in_de_lijst()
    {
        var fenne = await veiligheid.Als("rvt");
        await veiligheid.Bericht(new ConsultVragen(_stap));
        var gevraagdOp = veiligheid.Nu;

        var consult = await Open(fenne);

        Assert.Equal(gevraagdOp, consult.GetProperty("gevraagdOp").GetDateTimeOffset());
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.FromHours(1)), consult.GetProperty("antwoordVoor").GetDateTimeOffset());
        Assert.Equal(["/status"], (await fenne.Get("/v1/consulten?status=ooit")).Is(HttpStatusCode.BadRequest).Fouten);
    }

    [Fact]
    public async Task Nog_eens_vragen_herinnert_en_het_antwoord_gaat_naar_wie_het_laatst_vroeg()
    {
        var fenne = await veiligheid.Als("rvt", "Fenne");
        await veiligheid.Bericht(new ConsultVragen(_stap));
        var eerste = await Open(fenne);
        await veiligheid.Bericht(new ConsultVragen(_stap with { Wachtpunt = "w2" }));

        var herinnerd = await Open(fenne);
        Assert.Equal(eerste.GetProperty("id").GetGuid(), herinnerd.GetProperty("id").GetGuid());
        Assert.Equal(1, herinnerd.GetProperty("herinneringen").GetInt32());

        var id = herinnerd.GetProperty("id").GetGuid();
        (await fenne.Post($"/v1/consulten/{id}/antwoord", Advies())).Is(HttpStatusCode.Created);
        Assert.Equal([new ConsultGegeven(_stap with { Wachtpunt = "w2" }, id, fenne.Id)], await Gegeven(1));
    }

    [Fact]
    public async Task Hetzelfde_antwoord_nog_eens_geeft_het_eerste_en_een_ander_antwoord_wordt_geweigerd()
    {
        var (fenne, otto) = (await veiligheid.Als("rvt", "Fenne"), await veiligheid.Als("rvt", "Otto"));
        await veiligheid.Bericht(new ConsultVragen(_stap));
        var id = (await Open(fenne)).GetProperty("id").GetGuid();
        var advies = Advies(new { maatregel = "Crisisbed", totOp = "2027-01-01T12:00:00.1234567+01:00" });

        var antwoorden = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => fenne.Post($"/v1/consulten/{id}/antwoord", advies)));
        var nogEens = (await otto.Post($"/v1/consulten/{id}/antwoord", advies)).Is(HttpStatusCode.OK);

        Assert.Single(antwoorden, a => a.Status == HttpStatusCode.Created);
        Assert.Equal(4, antwoorden.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(fenne.Id, nogEens["rvtId"].GetGuid());
        (await otto.Post($"/v1/consulten/{id}/antwoord", Advies())).Is(HttpStatusCode.Conflict);
        Assert.Single(await Gegeven(1));
    }

    [Fact]
    public async Task Is_het_rvt_te_laat_dan_ziet_wie_daar_leiding_geeft_het_consult()
    {
        var (suze, petra) = (await veiligheid.Als("leidinggevende", "Suze"), await veiligheid.Als("leidinggevende", "Petra"));
        await veiligheid.Bericht(new ConsultVragen(_stap));
        Assert.DoesNotContain((await suze.Get("/v1/consulten?status=open")).Items, c => c.GetProperty("casusId").GetGuid() == _stap.CasusId);

        await veiligheid.Bericht(new ConsultVragen(_stap with { Wachtpunt = "w2" }));

        Assert.Contains((await suze.Get("/v1/consulten?status=open")).Items, c => c.GetProperty("casusId").GetGuid() == _stap.CasusId);
        Assert.DoesNotContain((await petra.Get("/v1/consulten?status=open")).Items, c => c.GetProperty("casusId").GetGuid() == _stap.CasusId);
        Assert.Equal((2, suze.Id), (await veiligheid.Uitgezonden<BerichtNietBevestigd>(m => m.CasusId == _stap.CasusId, 1)).Select(m => (m.Trede, m.VoorId!.Value)).Single());
    }

    [Fact]
    public async Task Wat_bij_een_advies_klaarstaat_is_een_standbymaatregel()
    {
        var fenne = await veiligheid.Als("rvt", "Fenne");
        await veiligheid.Bericht(new ConsultVragen(_stap));
        var id = (await Open(fenne)).GetProperty("id").GetGuid();

        (await fenne.Post($"/v1/consulten/{id}/antwoord", Advies(new { maatregel = "Crisisbed", totOp = "2026-12-31T12:00:00+01:00" }))).Is(HttpStatusCode.Created);

        var gezet = (await fenne.Get($"/v1/standbymaatregelen?casusId={_stap.CasusId}")).Is(HttpStatusCode.OK).Items.Single();
        Assert.Equal(("gezet", "Crisisbed"), (gezet.GetProperty("status").GetString(), gezet.GetProperty("maatregel").GetString()));
        await veiligheid.Uitgezonden<StandbyGezet>(m => m.CasusId == _stap.CasusId, 1);
    }

    [Fact]
    public async Task Na_een_antwoord_is_een_vraag_van_dezelfde_stroom_een_nieuw_consult()
    {
        var fenne = await veiligheid.Als("rvt");
        await veiligheid.Bericht(new ConsultVragen(_stap));
        var eerste = (await Open(fenne)).GetProperty("id").GetGuid();
        (await fenne.Post($"/v1/consulten/{eerste}/antwoord", Advies())).Is(HttpStatusCode.Created);

        await veiligheid.Bericht(new ConsultVragen(_stap with { Wachtpunt = "w2" }));

        Assert.NotEqual(eerste, (await Open(fenne)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Alleen_het_rvt_en_wie_nu_de_regie_houdt_lezen_het_advies()
    {
        var (fenne, samira, joris, toezicht) = (await veiligheid.Als("rvt"), await veiligheid.Als("regisseur", "Samira"), await veiligheid.Als("regisseur", "Joris"), await veiligheid.Als("toezichthouder"));
        await veiligheid.Bericht(new ConsultVragen(_stap));
        var pad = $"/v1/consulten/{(await Open(fenne)).GetProperty("id").GetGuid()}";
        (await fenne.Post(pad + "/antwoord", Advies())).Is(HttpStatusCode.Created);

        (await samira.Get(pad)).Is(HttpStatusCode.NotFound);
        await veiligheid.Bericht(new VervangingGestart(_stap.CasusId, Guid.CreateVersion7(), samira.Id, joris.Id, veiligheid.Nu.AddDays(1)));
        await veiligheid.Bericht(new RegieToegekend(_stap.CasusId, samira.Id, veiligheid.Nu));

        Assert.Equal("Blijf dichtbij.", (await joris.Get(pad)).Is(HttpStatusCode.OK)["advies"].GetString());
        (await samira.Get(pad)).Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain("Blijf dichtbij", (await toezicht.Get(pad)).Is(HttpStatusCode.OK).Tekst, StringComparison.Ordinal);
        Assert.DoesNotContain("Blijf dichtbij", (await toezicht.Get("/v1/consulten")).Is(HttpStatusCode.OK).Tekst, StringComparison.Ordinal);
        (await samira.Post(pad + "/antwoord", Advies())).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task De_laatste_ingang_telt_hoe_de_berichten_ook_door_elkaar_komen()
    {
        var casussen = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToArray();
        var laatste = Guid.CreateVersion7();

        await Task.WhenAll(casussen.SelectMany(casus => new object[]
        {
            new RegieOvergedragen(casus, Guid.CreateVersion7(), Guid.CreateVersion7(), laatste, veiligheid.Nu.AddDays(4)),
            new VervangingBeeindigd(casus, Guid.CreateVersion7(), Guid.CreateVersion7(), veiligheid.Nu.AddDays(3)),
            new NoodhouderAangewezen(casus, Guid.CreateVersion7(), veiligheid.Nu.AddDays(2)),
            new VervangingGestart(casus, Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), veiligheid.Nu.AddDays(1)),
            new RegieToegekend(casus, Guid.CreateVersion7(), veiligheid.Nu),
        }).Select(bericht => veiligheid.Bericht(bericht)));

        Assert.Equal(casussen.Length, await veiligheid.Database(db => db.Set<Regisseur>().CountAsync(r => casussen.Contains(r.CasusId) && r.RegisseurId == laatste)));
    }

    [Fact]
    public void Alle_fouten_van_een_advies_komen_tegelijk_en_wat_klaarstaat_heeft_een_einde()
    {
        var fouten = Assert.Throws<OngeldigeInvoer>(() => new ConsultBeantwoorden(null, " ", new Standby("Crisisbed", null)).Controleer(veiligheid.Nu)).Fouten;

        Assert.Equal(["/advies", "/veiligheidsafspraken", "/standby/totOp"], fouten.Select(f => f.Plaats));
    }

    [Fact]
    public async Task Een_ongeldig_advies_laat_het_consult_open()
    {
        var fenne = await veiligheid.Als("rvt");
        await veiligheid.Bericht(new ConsultVragen(_stap));
        var id = (await Open(fenne)).GetProperty("id").GetGuid();

        Assert.Equal(["/standby/totOp"], (await fenne.Post($"/v1/consulten/{id}/antwoord", Advies(new { maatregel = "Crisisbed", totOp = veiligheid.Nu }))).Is(HttpStatusCode.BadRequest).Fouten);

        Assert.Equal("open", (await Open(fenne)).GetProperty("status").GetString());
        Assert.False(await veiligheid.Database(db => db.Outbox.AnyAsync()));
    }

    private static object Advies(object? standby = null) => new { advies = "Blijf dichtbij.", veiligheidsafspraken = "Deze week elke avond bellen.", standby };

    private async Task<System.Text.Json.JsonElement> Open(Persoon rvt) =>
        (await rvt.Get("/v1/consulten?status=open")).Is(HttpStatusCode.OK).Items.Single(c => c.GetProperty("casusId").GetGuid() == _stap.CasusId);

    private Task<IReadOnlyList<ConsultGegeven>> Gegeven(int aantal) => veiligheid.Uitgezonden<ConsultGegeven>(m => m.Stap.StroomId == _stap.StroomId, aantal);
}
