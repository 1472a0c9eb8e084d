using System.Net;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Kernteam;
using Xunit;

namespace NetwerkRegie.Services.Tests.Kernteam;

public sealed class KernteamOpstelling() : Proefopstelling<KernteamDbContext>("kernteam")
{
    /// <summary>Een casus met een kernteam rond deze regisseur.</summary>
    public async Task<Guid> Kernteam(Persoon regisseur)
    {
        var casus = Guid.CreateVersion7();
        await Bericht(new KernteamSamenstellen(Stap(casus), regisseur.Id));
        return casus;
    }

    public static StapRef Stap(Guid casus, string wachtpunt = "w1") => new(casus, Guid.CreateVersion7(), wachtpunt);

    protected override void Luister(IReceiveEndpointConfigurator endpoint)
    {
        Hoor<KernteamSamengesteld>(endpoint);
        Hoor<KernteamUitgebreid>(endpoint);
        foreach (var hoor in new Action<IReceiveEndpointConfigurator>[] { Hoor<KernteamIngesteld>, Hoor<StoelenBezet>, Hoor<LidGewisseld>, Hoor<RugdekkingBevestigd>, Hoor<KernteamActief>, Hoor<KernteamOpgeheven>, Hoor<BijeenkomstGehouden>, Hoor<EvaluatieGehouden>, Hoor<PlanBesprokenMetGezin>, Hoor<PlanVastgesteld>, Hoor<PlanHerijkt>, Hoor<PlanTermijnVerstreken>, Hoor<ActieToegewezen>, Hoor<ActieAfgerond>, Hoor<ActieWachtTeLang>, Hoor<ActieVerlopen>, Hoor<ActiesHersteld>, Hoor<RitmeGewijzigd>, Hoor<BijeenkomstGemist>, Hoor<KoersafwijkingGeblokkeerd>, Hoor<KoersbesluitWachtTeLang> })
            hoor(endpoint);
    }
}

public sealed class KernteamTests(KernteamOpstelling kernteam) : IClassFixture<KernteamOpstelling>
{
    [Fact]
    public async Task Een_casus_heeft_een_kernteam_hoe_vaak_het_ook_wordt_gevraagd()
    {
        var (samira, joris) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("regisseur", "Joris"));
        var casus = Guid.CreateVersion7();
        var (eerste, tweede) = (KernteamOpstelling.Stap(casus, "w1"), KernteamOpstelling.Stap(casus, "w2"));

        await kernteam.Bericht(new KernteamSamenstellen(eerste, samira.Id));
        await kernteam.Bericht(new KernteamSamenstellen(tweede, joris.Id));

        Assert.Equal([eerste, tweede], (await kernteam.Uitgezonden<KernteamSamengesteld>(m => m.Stap.CasusId == casus, 2)).Select(m => m.Stap).OrderBy(s => s.Wachtpunt));
        var lid = Assert.Single((await samira.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.OK)["leden"].EnumerateArray());
        Assert.Equal((samira.Id, "regisseur"), (lid.GetProperty("lidId").GetGuid(), lid.GetProperty("stoel").GetString()));
    }

    [Fact]
    public async Task Wie_een_stoel_krijgt_hoort_erbij_ook_als_het_kernteam_er_nog_niet_was()
    {
        var (samira, fenne) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("rvt", "Fenne"));
        var casus = Guid.CreateVersion7();

        await kernteam.Bericht(new KernteamUitbreiden(KernteamOpstelling.Stap(casus), "rvt", fenne.Id));
        (await fenne.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.NotFound);
        await kernteam.Bericht(new KernteamSamenstellen(KernteamOpstelling.Stap(casus), samira.Id));
        await kernteam.Bericht(new KernteamUitbreiden(KernteamOpstelling.Stap(casus), "rvt", fenne.Id));

        Assert.Equal(["regisseur", "rvt"], await Stoelen(fenne, casus));
        await kernteam.Uitgezonden<KernteamUitgebreid>(m => m.Stap.CasusId == casus, 2);
    }

    [Fact]
    public async Task De_stoel_van_de_regisseur_is_niet_te_vergeven()
    {
        var fenne = await kernteam.Als("rvt", "Fenne");
        var casus = await kernteam.Kernteam(await kernteam.Als("regisseur"));
        var bericht = Guid.CreateVersion7();

        await kernteam.Bericht(new KernteamUitbreiden(KernteamOpstelling.Stap(casus), "regisseur", fenne.Id), bericht);

        (await fenne.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.NotFound);
        Assert.Equal("kernteam-kernteam-uitbreiden", await kernteam.Database(db => db.OnverwerkbareBerichten.Where(m => m.Id == bericht).Select(m => m.Wachtrij).SingleAsync()));
    }

    [Fact]
    public async Task Wie_na_een_overdracht_komt_zit_op_de_stoel_van_de_regisseur_al_kwam_het_bericht_voor_het_kernteam()
    {
        var (samira, tamar) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("gi", "Tamar"));
        var casus = Guid.CreateVersion7();

        await kernteam.Bericht(new RegieOvergedragen(casus, Guid.CreateVersion7(), samira.Id, tamar.Id, kernteam.Nu.AddMinutes(30)));
        await kernteam.Bericht(new KernteamSamenstellen(KernteamOpstelling.Stap(casus), samira.Id));

        Assert.Equal(["regisseur", "vast-gezicht"], await Stoelen(samira, casus));
        Assert.Equal(tamar.Id, await Regisseur(tamar, casus));
    }

    [Fact]
    public async Task De_waarnemer_hoort_erbij_zolang_hij_waarneemt()
    {
        var (samira, joris) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("regisseur", "Joris"));
        var casus = await kernteam.Kernteam(samira);
        var vervanging = Guid.CreateVersion7();

        await kernteam.Bericht(new VervangingGestart(casus, vervanging, samira.Id, joris.Id, kernteam.Nu.AddHours(1)));
        Assert.Equal(joris.Id, await Regisseur(samira, casus));
        await kernteam.Bericht(new VervangingBeeindigd(casus, vervanging, samira.Id, kernteam.Nu.AddHours(2)));

        Assert.Equal(samira.Id, await Regisseur(samira, casus));
        (await joris.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task De_noodhouder_neemt_de_stoel_over()
    {
        var petra = await kernteam.Als("leidinggevende", "Petra");
        var casus = await kernteam.Kernteam(await kernteam.Als("regisseur"));

        await kernteam.Bericht(new NoodhouderAangewezen(casus, petra.Id, kernteam.Nu.AddHours(1)));

        Assert.Equal(petra.Id, await Regisseur(petra, casus));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/plannen")]
    [InlineData("/koers")]
    [InlineData("/bijeenkomsten")]
    [InlineData("/acties")]
    [InlineData("/stops")]
    public async Task Wie_geen_lid_is_ziet_niet_eens_dat_er_een_kernteam_is(string deel)
    {
        var buitenstaander = await kernteam.Als("regisseur", "Naomi");
        var casus = await kernteam.Kernteam(await kernteam.Als("regisseur", "Samira"));

        var antwoord = (await buitenstaander.Get($"/v1/kernteams/{casus}{deel}")).Is(HttpStatusCode.NotFound);
        Assert.Equal((await buitenstaander.Get($"/v1/kernteams/{Guid.CreateVersion7()}{deel}"))["detail"].GetString(), antwoord["detail"].GetString());
    }

    [Theory]
    [InlineData("/plannen")]
    [InlineData("/koers")]
    [InlineData("/bijeenkomsten")]
    [InlineData("/acties")]
    [InlineData("/stops")]
    public async Task Wie_geen_lid_is_legt_niets_vast(string deel)
    {
        var buitenstaander = await kernteam.Als("regisseur", "Naomi");
        var casus = await kernteam.Kernteam(await kernteam.Als("regisseur", "Samira"));

        (await buitenstaander.Post($"/v1/kernteams/{casus}{deel}", new { })).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Wie_aan_tafel_zit_vindt_dat_kernteam_terug_en_een_ander_niet()
    {
        var (samira, naomi) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("regisseur", "Naomi"));
        var casus = await kernteam.Kernteam(samira);

        var eigen = (await samira.Get("/v1/kernteams")).Is(HttpStatusCode.OK)["items"].EnumerateArray().Single(k => k.GetProperty("casusId").GetGuid() == casus);

        Assert.Equal(["regisseur"], eigen.GetProperty("stoelen").EnumerateArray().Select(s => s.GetString()));
        Assert.DoesNotContain(casus.ToString(), (await naomi.Get("/v1/kernteams")).Is(HttpStatusCode.OK).Tekst, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Toezicht_ziet_wie_er_zit_en_dat_er_is_gestopt_maar_niet_waarom_en_niet_het_plan()
    {
        var (samira, toezicht) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("toezichthouder"));
        var casus = await kernteam.Kernteam(samira);
        (await samira.Post($"/v1/kernteams/{casus}/stops", new { reden = "We zijn brandjes aan het blussen." })).Is(HttpStatusCode.Created);

        var beeld = (await toezicht.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.OK);

        Assert.Equal(samira.Id, beeld["stop"].GetProperty("ingedruktDoorId").GetGuid());
        Assert.DoesNotContain("brandjes", beeld.Tekst, StringComparison.Ordinal);
        (await toezicht.Get($"/v1/kernteams/{casus}/plannen")).Is(HttpStatusCode.Forbidden);
        (await toezicht.Get($"/v1/kernteams/{casus}/stops")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Eerst_het_gesprek_met_het_gezin_dan_de_bijeenkomst()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await kernteam.Kernteam(samira);

        var geweigerd = (await samira.Post($"/v1/kernteams/{casus}/bijeenkomsten", Bijeenkomst(samira))).Is(HttpStatusCode.Conflict);
        Assert.Equal("Bespreek het plan eerst met het gezin; zonder dat gesprek kan een bijeenkomst alleen om een acute reden.", geweigerd["detail"].GetString());
        (await samira.Post($"/v1/kernteams/{casus}/bijeenkomsten", Bijeenkomst(samira, -2, acuteReden: "Hij is niet thuisgekomen."))).Is(HttpStatusCode.Created);

        (await samira.Post($"/v1/kernteams/{casus}/plannen", new { besprokenMetGezinOp = kernteam.Nu.AddHours(-1), kernvraag = "Wat heeft dit gezin nodig om zelf verder te kunnen?" })).Is(HttpStatusCode.Created);
        (await samira.Post($"/v1/kernteams/{casus}/bijeenkomsten", Bijeenkomst(samira))).Is(HttpStatusCode.Created);

        var bijeenkomsten = (await samira.Get($"/v1/kernteams/{casus}/bijeenkomsten")).Is(HttpStatusCode.OK).Items;
        Assert.Equal([false, true], bijeenkomsten.Select(b => b.TryGetProperty("acuteReden", out _)));
        Assert.Equal(samira.Id, bijeenkomsten[0].GetProperty("aanwezigen")[0].GetGuid());
        Assert.Equal("Nog op koers", bijeenkomsten[0].GetProperty("agenda").GetProperty("koers").GetString());
    }

    [Fact]
    public async Task Er_is_een_plan_en_dat_krijgt_versies()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await kernteam.Kernteam(samira);

        (await samira.Get($"/v1/kernteams/{casus}/plannen")).Is(HttpStatusCode.NotFound);
        Assert.Equal(["/besprokenMetGezinOp", "/kernvraag"], (await samira.Post($"/v1/kernteams/{casus}/plannen", new { })).Is(HttpStatusCode.BadRequest).Fouten);
        (await samira.Post($"/v1/kernteams/{casus}/plannen", new { besprokenMetGezinOp = kernteam.Nu, kernvraag = "Hoe verder?" })).Is(HttpStatusCode.Created);
        (await samira.Post($"/v1/kernteams/{casus}/plannen", new { kernvraag = "Hoe verder?", afspraken = "Hulp voor moeder; logeren bij tante." })).Is(HttpStatusCode.Created);

        Assert.Equal(2, (await samira.Get($"/v1/kernteams/{casus}/plannen"))["versie"].GetInt32());
    }

    [Fact]
    public async Task Wie_tegelijk_de_koers_vaststelt_krijgt_een_eigen_versie()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await kernteam.Kernteam(samira);

        var antwoorden = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            samira.Post($"/v1/kernteams/{casus}/koers", new { punten = new[] { "Geen gesloten setting" }, reden = "Dit geldt nu." })));

        Assert.Equal(Enumerable.Range(1, 8), antwoorden.Select(a => a.Is(HttpStatusCode.Created)["versie"].GetInt32()).Order());
        Assert.Equal(8, (await samira.Get($"/v1/kernteams/{casus}/koers"))["versie"].GetInt32());
    }

    [Fact]
    public async Task Een_stop_houdt_nieuwe_acties_tegen_tot_de_drie_vragen_zijn_beantwoord()
    {
        var (samira, fenne) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("rvt", "Fenne"));
        var casus = await kernteam.Kernteam(samira);
        await kernteam.Bericht(new KernteamUitbreiden(KernteamOpstelling.Stap(casus), "rvt", fenne.Id));
        var lopend = (await samira.Post($"/v1/kernteams/{casus}/acties", Actie(samira))).Is(HttpStatusCode.Created)["id"].GetGuid();

        var stop = (await fenne.Post($"/v1/kernteams/{casus}/stops")).Is(HttpStatusCode.Created)["id"].GetGuid();
        Assert.Equal(stop, (await samira.Post($"/v1/kernteams/{casus}/stops", new { reden = "Te snel" })).Is(HttpStatusCode.OK)["id"].GetGuid());
        (await samira.Post($"/v1/kernteams/{casus}/acties", Actie(samira))).Is(HttpStatusCode.Conflict);
        (await samira.Post($"/v1/kernteams/{casus}/acties/{lopend}/afronding", new { gelukt = false, terugkoppeling = "Geen plek vrij." })).Is(HttpStatusCode.OK);

        Assert.Equal(3, (await samira.Post($"/v1/kernteams/{casus}/stops/{stop}/opheffing", new { })).Is(HttpStatusCode.BadRequest).Fouten.Count);
        var vragen = new { nodigVoorDoorbraak = "Rust in huis", inhoudEnVoorwaarden = "Een plek om te logeren", wieDoetWat = "Tante vangt op" };
        (await samira.Post($"/v1/kernteams/{casus}/stops/{stop}/opheffing", vragen)).Is(HttpStatusCode.OK);
        (await samira.Post($"/v1/kernteams/{casus}/stops/{stop}/opheffing", vragen)).Is(HttpStatusCode.Conflict);

        (await samira.Post($"/v1/kernteams/{casus}/acties", Actie(samira))).Is(HttpStatusCode.Created);
        Assert.Equal("Rust in huis", (await fenne.Get($"/v1/kernteams/{casus}/stops")).Items.Single().GetProperty("nodigVoorDoorbraak").GetString());
    }

    [Fact]
    public async Task Een_actie_wordt_een_keer_afgerond_en_hoort_bij_haar_eigen_casus()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var (casus, andere) = (await kernteam.Kernteam(samira), await kernteam.Kernteam(samira));
        var actie = (await samira.Post($"/v1/kernteams/{casus}/acties", Actie(samira)))["id"].GetGuid();

        (await samira.Post($"/v1/kernteams/{andere}/acties/{actie}/afronding", new { gelukt = true })).Is(HttpStatusCode.NotFound);
        (await samira.Post($"/v1/kernteams/{casus}/acties/{actie}/afronding", new { gelukt = true })).Is(HttpStatusCode.OK);
        (await samira.Post($"/v1/kernteams/{casus}/acties/{actie}/afronding", new { gelukt = true })).Is(HttpStatusCode.Conflict);

        Assert.True((await samira.Get($"/v1/kernteams/{casus}/acties")).Items.Single().GetProperty("gelukt").GetBoolean());
    }

    [Fact]
    public async Task Het_gezin_leest_mee_en_mag_op_de_stopknop_drukken_als_het_een_stoel_heeft()
    {
        var (samira, gezin) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("gezin"));
        var casus = await kernteam.Kernteam(samira);
        await kernteam.Bericht(new KernteamUitbreiden(KernteamOpstelling.Stap(casus), "gezin", gezin.Id));

        (await gezin.Get($"/v1/kernteams/{casus}/acties")).Is(HttpStatusCode.OK);
        (await gezin.Post($"/v1/kernteams/{casus}/stops")).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Na_het_afsluiten_van_de_casus_komt_er_niets_meer_bij()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await kernteam.Kernteam(samira);

        await kernteam.Bericht(new CasusAfgesloten(casus, kernteam.Nu));

        Assert.Equal(kernteam.Nu, (await samira.Get($"/v1/kernteams/{casus}"))["opgehevenOp"].GetDateTimeOffset());
        (await samira.Post($"/v1/kernteams/{casus}/koers", new { punten = new[] { "Een" } })).Is(HttpStatusCode.Conflict);
        (await samira.Get($"/v1/kernteams/{casus}/bijeenkomsten")).Is(HttpStatusCode.OK);
    }

    private object Bijeenkomst(Persoon aanwezig, int naUren = 0, string? acuteReden = null) => new
    {
        gehoudenOp = kernteam.Nu.AddHours(naUren),
        aanwezigen = new[] { aanwezig.Id },
        agenda = new { incheck = true, actualiteit = "Rustige week", koers = "Nog op koers", terugkoppelingActies = "Twee gelukt", volgendeStappen = "School bellen", checkUit = true },
        acuteReden,
    };

    private object Actie(Persoon wie) => new { wieRef = wie.Id.ToString(), wat = "Plek zoeken", opbrengst = "Een bed voor drie nachten", uiterlijkOp = kernteam.Nu.AddDays(7) };

    private static async Task<IEnumerable<string?>> Stoelen(Persoon lid, Guid casus) =>
        (await lid.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.OK)["leden"].EnumerateArray().Select(l => l.GetProperty("stoel").GetString());

    private static async Task<Guid> Regisseur(Persoon lid, Guid casus) =>
        (await lid.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.OK)["leden"][0].GetProperty("lidId").GetGuid();
}
