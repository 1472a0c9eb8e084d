using System.Net;
using MassTransit;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Onderwijs;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Onderwijs;
using NetwerkRegie.Web;
using Xunit;

namespace NetwerkRegie.Services.Tests.Onderwijs;

public sealed class OnderwijsOpstelling() : Proefopstelling<OnderwijsDbContext>("onderwijs")
{
    protected override void Luister(IReceiveEndpointConfigurator endpoint)
    {
        Hoor<VerzuimGemeld>(endpoint);
        Hoor<SchoolGeinformeerd>(endpoint);
        Hoor<GeenSchoolBetrokken>(endpoint);
        Hoor<SchoolBetrokken>(endpoint);
        Hoor<DelenBeeindigd>(endpoint);
        Hoor<GrondslagVastgelegd>(endpoint);
        Hoor<GrondslagGeweigerd>(endpoint);
        Hoor<BerichtBeschikbaar>(endpoint);
        Hoor<TerugkoppelingGegeven>(endpoint);
    }
}

public sealed class VerzuimTests(OnderwijsOpstelling onderwijs) : IClassFixture<OnderwijsOpstelling>
{
    private readonly Guid _casus = Guid.CreateVersion7();

    [Fact]
    public async Task Hetzelfde_nummer_van_dezelfde_school_telt_een_keer()
    {
        var (vlieger, linde) = (await onderwijs.Als("school", organisatie: "De Vlieger"), await onderwijs.Als("school", organisatie: "De Linde"));

        var antwoorden = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => vlieger.Post("/v1/verzuimmeldingen", Verzuim())));
        (await vlieger.Post("/v1/verzuimmeldingen", Verzuim(uren: 20))).Is(HttpStatusCode.Conflict);
        var andereSchool = (await linde.Post("/v1/verzuimmeldingen", Verzuim())).Is(HttpStatusCode.Created);

        var eerste = Assert.Single(antwoorden, a => a.Status == HttpStatusCode.Created)["id"].GetGuid();
        Assert.All(antwoorden, a => Assert.Equal(eerste, a["id"].GetGuid()));
        var gemeld = await onderwijs.Uitgezonden<VerzuimGemeld>(m => m.CasusId == _casus, 2);
        Assert.Equal([new(_casus, eerste, "K1"), new(_casus, andereSchool["id"].GetGuid(), "K1")], gemeld);
    }

    [Fact]
    public async Task Een_school_meldt_voor_zichzelf_en_een_systeem_zegt_voor_welke_school()
    {
        var (school, systeem) = (await onderwijs.Als("school", organisatie: "De Vlieger"), await onderwijs.Als("dienst"));

        (await school.Post("/v1/verzuimmeldingen", Verzuim(school: "De Linde"))).Is(HttpStatusCode.Forbidden);
        Assert.Equal(["/schoolRef"], (await systeem.Post("/v1/verzuimmeldingen", Verzuim())).Is(HttpStatusCode.BadRequest).Fouten);
        var viaSysteem = (await systeem.Post("/v1/verzuimmeldingen", Verzuim(school: "De Vlieger", nummer: "V-2"))).Is(HttpStatusCode.Created);
        Assert.Equal(viaSysteem["id"].GetGuid(), (await school.Post("/v1/verzuimmeldingen", Verzuim(nummer: "V-2"))).Is(HttpStatusCode.OK)["id"].GetGuid());
    }

    [Fact]
    public void Alle_fouten_komen_tegelijk()
    {
        var verzoek = new VerzuimMelden(null, Guid.Empty, " ", 0, null, new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 1));

        Assert.Equal(
            ["/schoolRef", "/nummer", "/casusId", "/kindRef", "/uren", "/lesweken", "/tot"],
            Assert.Throws<OngeldigeInvoer>(() => verzoek.Controleer(null)).Fouten.Select(f => f.Plaats));
    }

    private object Verzuim(int uren = 19, string nummer = "V-1", string? school = null) =>
        new { schoolRef = school, nummer, casusId = _casus, kindRef = "K1", uren, lesweken = 4, van = "2026-02-02", tot = "2026-02-27" };
}

public sealed class SchoolTests(OnderwijsOpstelling onderwijs) : IClassFixture<OnderwijsOpstelling>, IAsyncLifetime
{
    private static readonly string[] Alles = ["verzuimafspraken", "contactpersoon"];

    private readonly StapRef _stap = new(Guid.CreateVersion7(), Guid.CreateVersion7(), "w1");
    private readonly string _school = $"School {Guid.CreateVersion7()}";
    private Persoon _samira = null!;
    private Persoon _mentor = null!;

    public async Task InitializeAsync()
    {
        _samira = await onderwijs.Als("regisseur", "Samira");
        _mentor = await onderwijs.Als("school", organisatie: _school);
        await onderwijs.Bericht(new RegieToegekend(_stap.CasusId, _samira.Id, onderwijs.Nu));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Zonder_school_is_er_niemand_om_te_informeren()
    {
        await onderwijs.Bericht(new SchoolInformeren(_stap, _samira.Id));

        await onderwijs.Uitgezonden<GeenSchoolBetrokken>(m => m.Stap == _stap, 1);
    }

    [Fact]
    public async Task De_school_leest_wie_haar_contactpersoon_is_en_een_andere_school_leest_niets()
    {
        var andere = await onderwijs.Als("school", organisatie: "De Linde");
        (await Betrek(Alles)).Is(HttpStatusCode.Created);

        await onderwijs.Bericht(new SchoolInformeren(_stap, _samira.Id));

        await onderwijs.Uitgezonden<SchoolGeinformeerd>(m => m.Stap == _stap, 1);
        var bericht = Assert.Single((await _mentor.Get("/v1/berichten")).Is(HttpStatusCode.OK).Items);
        Assert.Equal(["casusId", "contactpersoonId", "id", "op"], bericht.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(_samira.Id, bericht.GetProperty("contactpersoonId").GetGuid());
        Assert.Empty((await andere.Get("/v1/berichten")).Items);
        (await _samira.Get("/v1/berichten")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Wie_alleen_van_verzuimafspraken_mag_weten_hoort_geen_contactpersoon()
    {
        (await Betrek(["verzuimafspraken"])).Is(HttpStatusCode.Created);

        await onderwijs.Bericht(new SchoolInformeren(_stap, _samira.Id));

        await onderwijs.Uitgezonden<GeenSchoolBetrokken>(m => m.Stap == _stap, 1);
        Assert.Empty((await _mentor.Get("/v1/berichten")).Items);
    }

    [Fact]
    public async Task Delen_houdt_vanzelf_op_ook_met_wat_al_klaarstond()
    {
        (await Betrek(Alles, totOver: TimeSpan.FromHours(1))).Is(HttpStatusCode.Created);
        await onderwijs.Bericht(new SchoolInformeren(_stap, _samira.Id));
        await onderwijs.Uitgezonden<SchoolGeinformeerd>(m => m.Stap == _stap, 1);

        await onderwijs.Klok(onderwijs.Nu.AddHours(1).AddSeconds(-1));
        Assert.Single((await _mentor.Get("/v1/berichten")).Items);
        await onderwijs.Klok(onderwijs.Nu.AddSeconds(1));
        Assert.Empty((await _mentor.Get("/v1/berichten")).Items);

        var opnieuw = _stap with { Wachtpunt = "w2" };
        await onderwijs.Bericht(new SchoolInformeren(opnieuw, _samira.Id));
        await onderwijs.Uitgezonden<GeenSchoolBetrokken>(m => m.Stap == opnieuw, 1);
        (await Betrek(Alles)).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Wie_het_delen_beeindigt_laat_de_school_meteen_niets_meer_zien()
    {
        var school = (await Betrek(Alles)).Is(HttpStatusCode.Created)["id"].GetGuid();
        (await Betrek(Alles)).Is(HttpStatusCode.Conflict);
        await onderwijs.Bericht(new SchoolInformeren(_stap, _samira.Id));
        var joris = await onderwijs.Als("regisseur", "Joris");

        (await joris.Post($"/v1/scholen/{school}/beeindiging")).Is(HttpStatusCode.NotFound);
        (await _samira.Post($"/v1/scholen/{school}/beeindiging")).Is(HttpStatusCode.OK);

        Assert.Empty((await _mentor.Get("/v1/berichten")).Items);
        Assert.True((await _samira.Get($"/v1/scholen?casusId={_stap.CasusId}")).Items.Single().TryGetProperty("beeindigdOp", out _));
    }

    [Fact]
    public async Task Een_school_mag_nooit_meer_weten_dan_twee_dingen_en_nooit_zonder_einde()
    {
        var geweigerd = (await _samira.Post("/v1/scholen", new { casusId = _stap.CasusId, schoolRef = _school, kindRef = "K1", magWeten = new[] { "contactpersoon", "signaal-drugs" } })).Is(HttpStatusCode.BadRequest);

        Assert.Equal(["/totOp", "/magWeten/1"], geweigerd.Fouten);
        Assert.DoesNotContain("drugs", geweigerd.Tekst, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alleen_wie_nu_de_regie_houdt_betrekt_een_school()
    {
        var tamar = await onderwijs.Als("gi", "Tamar");

        (await Betrek(Alles, door: tamar)).Is(HttpStatusCode.NotFound);
        await onderwijs.Bericht(new RegieOvergedragen(_stap.CasusId, Guid.CreateVersion7(), _samira.Id, tamar.Id, onderwijs.Nu.AddSeconds(1)));

        (await Betrek(Alles)).Is(HttpStatusCode.NotFound);
        (await Betrek(Alles, door: tamar)).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Met_de_casus_eindigt_het_delen()
    {
        (await Betrek(Alles)).Is(HttpStatusCode.Created);
        await onderwijs.Bericht(new SchoolInformeren(_stap, _samira.Id));
        Assert.Single((await _mentor.Get("/v1/berichten")).Items);

        await onderwijs.Bericht(new CasusAfgesloten(_stap.CasusId, onderwijs.Nu.AddMinutes(1)));
        await onderwijs.Klok(onderwijs.Nu);

        Assert.Empty((await _mentor.Get("/v1/berichten")).Items);
        (await Betrek(Alles)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Voor_een_kind_is_toestemming_nodig_en_intrekken_houdt_het_delen_op()
    {
        (await BetrekVoorKind()).Is(HttpStatusCode.Conflict);
        Assert.Single(await onderwijs.Uitgezonden<GrondslagGeweigerd>(m => m.CasusId == _stap.CasusId, 1));
        var toestemming = await Verleend(_school);
        await Verleend("De Linde");
        var school = (await BetrekVoorKind()).Is(HttpStatusCode.Created)["id"].GetGuid();
        Assert.Equal(new(_stap.CasusId, school, "toestemming"), Assert.Single(await onderwijs.Uitgezonden<GrondslagVastgelegd>(m => m.CasusId == _stap.CasusId, 1)));
        Assert.Equal(new(_stap.CasusId, school), Assert.Single(await onderwijs.Uitgezonden<SchoolBetrokken>(m => m.CasusId == _stap.CasusId, 1)));
        await onderwijs.Bericht(new SchoolInformeren(_stap, _samira.Id));
        Assert.Equal(new(_stap.CasusId, "school"), Assert.Single(await onderwijs.Uitgezonden<BerichtBeschikbaar>(m => m.CasusId == _stap.CasusId, 1)));
        Assert.Single((await _mentor.Get("/v1/berichten")).Items);

        await onderwijs.Bericht(new ToestemmingIngetrokken(_stap.CasusId, toestemming, onderwijs.Nu));
        await onderwijs.Bericht(new ToestemmingIngetrokken(_stap.CasusId, toestemming, onderwijs.Nu));

        Assert.Empty((await _mentor.Get("/v1/berichten")).Items);
        Assert.Equal(new(_stap.CasusId, school), Assert.Single(await onderwijs.Uitgezonden<DelenBeeindigd>(m => m.CasusId == _stap.CasusId, 1)));
        (await BetrekVoorKind()).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Een_convenant_alleen_is_geen_grond_om_met_een_school_te_delen()
    {
        await Verleend(_school);
        Assert.Equal(["/kindRef"], (await BetrekVoor(null, Alles, TimeSpan.FromDays(90), _samira)).Is(HttpStatusCode.BadRequest).Fouten);

        // One from before a child had to be named.
        await onderwijs.Database(async db =>
        {
            db.Add(new BetrokkenSchool { Id = Guid.CreateVersion7(), CasusId = _stap.CasusId, SchoolRef = _school, MagVerzuimafspraken = true, MagContactpersoon = true, VanafOp = onderwijs.Nu, TotOp = onderwijs.Nu.AddDays(90), BetrokkenDoorId = _samira.Id });
            return await db.SaveChangesAsync();
        });
        await onderwijs.Bericht(new SchoolInformeren(_stap, _samira.Id));

        await onderwijs.Uitgezonden<GeenSchoolBetrokken>(m => m.Stap == _stap, 1);
        Assert.Empty((await _mentor.Get("/v1/berichten")).Items);
    }

    [Fact]
    public async Task Een_intrekking_die_voor_de_toestemming_aankomt_telt_ook()
    {
        var toestemming = Guid.CreateVersion7();
        await onderwijs.Bericht(new ToestemmingIngetrokken(_stap.CasusId, toestemming, onderwijs.Nu));

        await Verleend(_school, toestemming);

        (await BetrekVoorKind()).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Op_de_zestiende_verjaardag_houdt_het_delen_op_en_binnen_de_bedenktijd_nog_niet()
    {
        var toestemming = await Verleend(_school);
        (await BetrekVoorKind()).Is(HttpStatusCode.Created);
        await onderwijs.Bericht(new SchoolInformeren(_stap, _samira.Id));

        await onderwijs.Bericht(new HerbevestigingNodig(_stap.CasusId, "K1", [new(toestemming, onderwijs.Nu.AddDays(14))]));
        Assert.Single((await _mentor.Get("/v1/berichten")).Items);
        await onderwijs.Bericht(new HerbevestigingNodig(_stap.CasusId, "K1", [new(toestemming, onderwijs.Nu)]));
        Assert.Empty((await _mentor.Get("/v1/berichten")).Items);
    }

    [Fact]
    public async Task De_school_hoort_dat_haar_melding_is_gezien_en_bij_wie_zij_terechtkan_en_meer_niet()
    {
        var verzuim = await Meld("K1");
        var joris = await onderwijs.Als("regisseur", "Joris");
        (await Betrek(Alles)).Is(HttpStatusCode.Created);

        (await _mentor.Post($"/v1/verzuimmeldingen/{verzuim}/terugkoppeling", new { antwoord = "ontvangen" })).Is(HttpStatusCode.Forbidden);
        var onbekend = (await _samira.Post($"/v1/verzuimmeldingen/{Guid.CreateVersion7()}/terugkoppeling", new { antwoord = "ontvangen" })).Is(HttpStatusCode.NotFound);
        Assert.Equal(onbekend["detail"].GetString(), (await Terug(verzuim, "ontvangen", joris)).Is(HttpStatusCode.NotFound)["detail"].GetString());
        var vrij = (await Terug(verzuim, "Moeder is opgenomen")).Is(HttpStatusCode.BadRequest);
        Assert.Equal(["/antwoord"], vrij.Fouten);
        Assert.DoesNotContain("Moeder", vrij.Tekst, StringComparison.Ordinal);
        Assert.Empty((await _mentor.Get("/v1/berichten")).Items);

        // Wie de regie houdt ziet wat er is doorgegeven, en dat de school nog niets hoorde.
        Assert.False((await _samira.Get($"/v1/verzuimmeldingen?casusId={_stap.CasusId}")).Is(HttpStatusCode.OK).Items.Single().TryGetProperty("antwoord", out _));
        (await joris.Get($"/v1/verzuimmeldingen?casusId={_stap.CasusId}")).Is(HttpStatusCode.NotFound);
        (await _mentor.Get($"/v1/verzuimmeldingen?casusId={_stap.CasusId}")).Is(HttpStatusCode.Forbidden);

        (await Terug(verzuim, "ontvangen")).Is(HttpStatusCode.Created);
        Assert.Equal("ontvangen", (await _samira.Get($"/v1/verzuimmeldingen?casusId={_stap.CasusId}")).Items.Single().GetProperty("antwoord").GetString());
        (await Terug(verzuim, "ontvangen")).Is(HttpStatusCode.OK);
        await onderwijs.Klok(onderwijs.Nu.AddMinutes(1));
        (await Terug(verzuim, "in-behandeling")).Is(HttpStatusCode.Created);

        var berichten = (await _mentor.Get("/v1/berichten")).Is(HttpStatusCode.OK).Items;
        Assert.Equal(["in-behandeling", "ontvangen"], berichten.Select(b => b.GetProperty("antwoord").GetString()));
        Assert.All(berichten, b => Assert.Equal(["antwoord", "casusId", "contactpersoonId", "id", "op", "verzuimId"], b.EnumerateObject().Select(p => p.Name).Order()));
        Assert.All(berichten, b => Assert.Equal((_samira.Id, verzuim), (b.GetProperty("contactpersoonId").GetGuid(), b.GetProperty("verzuimId").GetGuid())));
        Assert.Empty((await (await onderwijs.Als("school", organisatie: "De Linde")).Get("/v1/berichten")).Items);
        Assert.All(await onderwijs.Uitgezonden<TerugkoppelingGegeven>(m => m.CasusId == _stap.CasusId, 2), m => Assert.Equal(verzuim, m.VerzuimId));
        Assert.Equal(2, (await onderwijs.Uitgezonden<BerichtBeschikbaar>(m => m == new BerichtBeschikbaar(_stap.CasusId, "school"), 2)).Count);
    }

    [Fact]
    public async Task Zonder_grond_gaat_er_niets_terug_naar_de_school_en_na_een_intrekking_is_niets_meer_te_lezen()
    {
        var (verzuim, anderKind) = (await Meld("K1"), await Meld("K2"));
        var geweigerd = (await Terug(verzuim, "ontvangen")).Is(HttpStatusCode.Conflict);
        Assert.Equal("Een terugkoppeling gaat over verzuim en noemt de contactpersoon; spreek eerst met de school af dat zij beide mag weten.", geweigerd["detail"].GetString());
        var toestemming = await Verleend(_school);
        (await BetrekVoorKind()).Is(HttpStatusCode.Created);
        (await Terug(anderKind, "ontvangen")).Is(HttpStatusCode.Conflict);
        (await Terug(verzuim, "ontvangen")).Is(HttpStatusCode.Created);
        Assert.Single((await _mentor.Get("/v1/berichten")).Items);

        await onderwijs.Bericht(new ToestemmingIngetrokken(_stap.CasusId, toestemming, onderwijs.Nu));

        Assert.Empty((await _mentor.Get("/v1/berichten")).Items);
        (await Terug(verzuim, "in-behandeling")).Is(HttpStatusCode.Conflict);
        Assert.Single(await onderwijs.Uitgezonden<TerugkoppelingGegeven>(m => m.CasusId == _stap.CasusId, 1));
        Assert.Equal(3, (await onderwijs.Uitgezonden<GrondslagGeweigerd>(m => m == new GrondslagGeweigerd(_stap.CasusId, _samira.Id), 3)).Count);
    }

    [Theory, InlineData("verzuimafspraken"), InlineData("contactpersoon")]
    public async Task Een_school_die_een_van_beide_niet_mag_weten_hoort_niets_terug(string magWeten)
    {
        var verzuim = await Meld("K1");
        (await Betrek([magWeten])).Is(HttpStatusCode.Created);

        (await Terug(verzuim, "geen-actie-nodig")).Is(HttpStatusCode.Conflict);

        Assert.Empty((await _mentor.Get("/v1/berichten")).Items);
        Assert.Empty(await onderwijs.Uitgezonden<TerugkoppelingGegeven>(m => m.CasusId == _stap.CasusId, 0));
    }

    private async Task<Guid> Meld(string kindRef) =>
        (await _mentor.Post("/v1/verzuimmeldingen", new { nummer = $"V-{kindRef}", casusId = _stap.CasusId, kindRef, uren = 19, lesweken = 4, van = "2026-02-02", tot = "2026-02-27" })).Is(HttpStatusCode.Created)["id"].GetGuid();

    private Task<Antwoord> Terug(Guid verzuim, string antwoord, Persoon? door = null) => (door ?? _samira).Post($"/v1/verzuimmeldingen/{verzuim}/terugkoppeling", new { antwoord });

    private Task<Antwoord> BetrekVoorKind() =>
        BetrekVoor("K1", Alles, TimeSpan.FromDays(90), _samira);

    private async Task<Guid> Verleend(string ontvanger, Guid? id = null)
    {
        var toestemming = id ?? Guid.CreateVersion7();
        await onderwijs.Bericht(new ToestemmingVerleend(_stap.CasusId, toestemming, "K1", "onderwijs", ToestemmingVerleend.SleutelVan(ontvanger), onderwijs.Nu, null));
        return toestemming;
    }

    /// <summary>Met de toestemming die daarvoor nodig is.</summary>
    private async Task<Antwoord> Betrek(string[] magWeten, TimeSpan? totOver = null, Persoon? door = null)
    {
        await Verleend(_school);
        return await BetrekVoor("K1", magWeten, totOver ?? TimeSpan.FromDays(90), door ?? _samira);
    }

    private Task<Antwoord> BetrekVoor(string? kindRef, string[] magWeten, TimeSpan totOver, Persoon door) =>
        door.Post("/v1/scholen", new { casusId = _stap.CasusId, schoolRef = _school, kindRef, magWeten, totOp = onderwijs.Nu + totOver });
}

public sealed class ConvenantTests
{
    private static readonly DateTimeOffset Nu = new(2026, 3, 2, 10, 15, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Zonder_convenant_dat_nu_geldt_wordt_er_niet_gedeeld_en_de_laatste_dag_telt_mee()
    {
        Assert.Null(Convenanten.Einde(Regio(), Nu));
        Assert.Null(Convenanten.Einde(Regio(new DateOnly(2026, 3, 1)), Nu));
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.FromHours(1)), Convenanten.Einde(Regio(new DateOnly(2026, 3, 2), new DateOnly(2026, 1, 1)), Nu));
    }

    private static Contracts.Regio Regio(params DateOnly[] einden) => new("Proef", false, [], [], [], [.. einden.Select(e => new Convenant("zorg", e))]);
}
