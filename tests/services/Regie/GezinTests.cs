using System.Net;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Regie;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

public sealed class GezinOpstelling() : Proefopstelling<RegieDbContext>("regie")
{
    /// <summary>A family with a casus: who holds the regie, and a mother and two children who sign in.</summary>
    internal async Task<Gezin> Gezin()
    {
        var gezinRef = $"GZN-{Guid.CreateVersion7()}";
        await Bericht(new MeldingGerouteerd(Guid.CreateVersion7(), "lokaal-team", "regulier", gezinRef, "Zilverdam", [new("K1", "12-15"), new("K2", "8-11")], null, Nu));
        var casus = await Database(db => db.Casussen.Where(c => c.GezinRef == gezinRef).Select(c => c.Id).SingleAsync());
        var gezin = new Gezin(casus, await Houder(casus), await Als("gezin", $"moeder {casus}"), await Als("gezin", $"kind {casus}"), await Als("gezin", $"stiefvader {casus}"));
        await Bericht(new BetrokkeneVastgelegd(casus, Guid.CreateVersion7(), gezin.Moeder.Id, "ouder", "moeder"));
        await Bericht(new BetrokkeneVastgelegd(casus, Guid.CreateVersion7(), gezin.Kind.Id, "jongere", "K1"));
        await Bericht(new BetrokkeneVastgelegd(casus, Guid.CreateVersion7(), gezin.Stiefvader.Id, "verzorger", "stiefvader"));
        return gezin;
    }

    internal async Task<Persoon> Houder(Guid casus)
    {
        var houder = await Database(async db => Guid.Parse(await db.Perioden.Where(p => p.CasusId == casus && p.Lijn == Lijnen.Regie && p.IsOpen).Select(p => p.Waarde).SingleAsync()));
        return await Als("regisseur", await Database(db => db.Professionals.Where(p => p.Id == houder).Select(p => p.Naam).SingleAsync()));
    }

    /// <summary>The regie goes over to a colleague, with a warm conversation that ends now.</summary>
    internal async Task<(Persoon Ander, DateTimeOffset Einde)> Overgedragen(Gezin gezin, string reden)
    {
        var ander = await Als("regisseur", await Database(db => db.Professionals.Where(p => p.Rol == "regisseur" && p.TeamId == "lokaal-noord" && p.Id != gezin.Regisseur.Id).OrderBy(p => p.Volgorde).Select(p => p.Naam).FirstAsync()));
        var overdracht = (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/overdrachten", new { naarId = ander.Id, reden })).Is(HttpStatusCode.Created)["id"].GetGuid();
        await Klok(Nu.AddDays(1));
        (await ander.Post($"/v1/overdrachten/{overdracht}/aanvaarding", new { geplandOp = Nu.AddDays(1) })).Is(HttpStatusCode.OK);
        await Klok(Nu.AddDays(1));
        (await gezin.Regisseur.Post($"/v1/overdrachten/{overdracht}/gesprek", new { beeindigdOp = Nu, gezinAanwezig = true })).Is(HttpStatusCode.OK);
        return (ander, Nu);
    }

    protected override void Luister(IReceiveEndpointConfigurator endpoint) => Hoor<BerichtBeschikbaar>(endpoint);
}

internal sealed record Gezin(Guid Casus, Persoon Regisseur, Persoon Moeder, Persoon Kind, Persoon Stiefvader);

public sealed class GezinTests(GezinOpstelling regie) : IClassFixture<GezinOpstelling>
{
    [Fact]
    public async Task Een_ouder_ziet_wie_de_regisseur_is_wie_waarneemt_welk_kader_en_waarop_we_wachten()
    {
        var gezin = await regie.Gezin();

        var casus = (await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}")).Is(HttpStatusCode.OK);

        Assert.Equal(gezin.Regisseur.Id, casus["regisseur"].GetProperty("id").GetGuid());
        Assert.NotEqual("", casus["waarnemers"][0].GetProperty("naam").GetString());
        Assert.Equal(["K1 vrijwillig", "K2 vrijwillig"], casus["kinderen"].EnumerateArray().Select(k => $"{k.GetProperty("ref").GetString()} {k.GetProperty("kader").GetString()}"));
        Assert.Contains(casus["wachtOp"].EnumerateArray(), w => w.GetProperty("sinds").GetDateTimeOffset() == regie.Nu);
        Assert.False(casus.Json.TryGetProperty("overdrachten", out _));
        Assert.Equal(gezin.Casus, Assert.Single((await gezin.Moeder.Get("/v1/casussen")).Items).GetProperty("id").GetGuid());
        (await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}/lijnen/regie")).Is(HttpStatusCode.OK);
        (await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}/lijnen/schaal")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Het_gezin_ziet_tot_wanneer_de_rechter_een_maatregel_gaf_en_wie_haar_macht_mag_gebruiken()
    {
        var gezin = await regie.Gezin();
        var (tamar, rik) = (await regie.Als("gi", "Tamar Vossenberg"), await regie.Als("gi", "Rik Maasdam"));
        var dag = DateOnly.FromDateTime(regie.Nu.Date);
        (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/kaderovergangen", new
        {
            kindRef = "K1",
            naar = "ots",
            bron = "beschikking",
            verzoekDoor = "raad-voor-de-kinderbescherming",
            bewijs = new { bedreigingen = "zie beschikking" },
            beschikking = new { nummer = "C/26/5", datum = dag, einddatum = dag.AddMonths(6), gi = "Gecertificeerde instelling" },
        })).Is(HttpStatusCode.Created);
        var k1 = await Kind("K1");
        Assert.Equal($"{dag.AddMonths(6):yyyy-MM-dd}", k1.GetProperty("tot").GetString());
        Assert.Equal(["organisatie"], k1.GetProperty("bevoegd").EnumerateObject().Select(p => p.Name));

        (await tamar.Post($"/v1/casussen/{gezin.Casus}/uitvoerders", new { kindRef = "K1", uitvoerderId = tamar.Id, vervangerId = rik.Id })).Is(HttpStatusCode.Created);

        Assert.Equal(["Gecertificeerde instelling", "Tamar Vossenberg", "Rik Maasdam"], (await Kind("K1")).GetProperty("bevoegd").EnumerateObject().Select(p => p.Value.GetString()));
        Assert.Equal(["ref", "kader", "vanaf"], (await Kind("K2")).EnumerateObject().Select(p => p.Name));

        async Task<System.Text.Json.JsonElement> Kind(string kindRef) =>
            (await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}")).Is(HttpStatusCode.OK)["kinderen"].EnumerateArray().Single(k => k.GetProperty("ref").GetString() == kindRef);
    }

    [Fact]
    public async Task Is_vertellen_gevaarlijk_dan_hoort_het_gezin_het_later_en_daar_beslissen_twee_mensen_over()
    {
        var gezin = await regie.Gezin();
        var fenne = await regie.Als("rvt", "Fenne Visbeen");
        var leidinggevende = await regie.Als("leidinggevende", await regie.Database(db => db.Casussen.Where(c => c.Id == gezin.Casus).Join(db.Teams, c => c.TeamId, t => t.Id, (_, t) => t.LeidinggevendeId).Join(db.Professionals, id => id, p => p.Id, (_, p) => p.Naam).SingleAsync()));
        var kaart = $"/v1/casussen/{gezin.Casus}/kinderen/K1/kaderkaart";
        Assert.Equal("Voor dit kind hoeft er nu geen kaderkaart te worden verteld.", (await gezin.Regisseur.Post($"{kaart}/uitstel", Uitstel(7))).Is(HttpStatusCode.Conflict)["detail"].GetString());
        await regie.Klok(regie.Nu.AddSeconds(1));
        (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/kaderovergangen", new
        {
            kindRef = "K1",
            naar = "drang",
            bron = "gespreksverslag",
            bewijs = new { analyse = "gemaakt", voorwaarden = "afgesproken", zienswijzeGezin = "gehoord", rvtConsult = fenne.Id },
        })).Is(HttpStatusCode.Created);
        Assert.Equal("drang", await Kader());

        Assert.Equal(["/reden", "/tot"], (await gezin.Regisseur.Post($"{kaart}/uitstel", new { })).Is(HttpStatusCode.BadRequest).Fouten);
        (await leidinggevende.Post($"{kaart}/uitstel", Uitstel(7))).Is(HttpStatusCode.Forbidden);
        Assert.StartsWith("Het vertellen kan hooguit tot en met ", (await gezin.Regisseur.Post($"{kaart}/uitstel", Uitstel(40))).Is(HttpStatusCode.Conflict)["detail"].GetString(), StringComparison.Ordinal);
        (await gezin.Regisseur.Post($"{kaart}/uitstel", Uitstel(7))).Is(HttpStatusCode.OK);
        Assert.Equal("drang", await Kader());
        (await gezin.Regisseur.Post($"{kaart}/uitstel/akkoord")).Is(HttpStatusCode.Forbidden);
        var tot = (await leidinggevende.Post($"{kaart}/uitstel/akkoord")).Is(HttpStatusCode.OK)["tot"].GetDateTimeOffset();

        Assert.Equal("vrijwillig", await Kader());
        Assert.DoesNotContain("drang", (await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}/lijnen/kader")).Is(HttpStatusCode.OK).Tekst, StringComparison.Ordinal);
        Assert.Contains("drang", (await gezin.Regisseur.Get($"/v1/casussen/{gezin.Casus}/lijnen/kader")).Tekst, StringComparison.Ordinal);
        Assert.Equal(leidinggevende.Id, Assert.Single((await gezin.Regisseur.Get(kaart))["uitstellen"].EnumerateArray()).GetProperty("akkoordDoorId").GetGuid());
        var berichten = await Berichten();
        await regie.Klok(tot.AddSeconds(-1));
        Assert.Equal(("vrijwillig", berichten), (await Kader(), await Berichten()));

        await regie.Klok(tot);

        Assert.Equal(("drang", berichten + 1), (await Kader(), await Berichten()));

        object Uitstel(int dagen) => new { reden = "vader dreigt met geweld als hij het hoort", tot = regie.Nu.AddDays(dagen) };
        async Task<string?> Kader() => (await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}")).Is(HttpStatusCode.OK)["kinderen"].EnumerateArray().First().GetProperty("kader").GetString();
        async Task<int> Berichten() => (await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}/berichten")).Is(HttpStatusCode.OK).Items.Count;
    }

    [Fact]
    public async Task Een_jongere_ziet_zichzelf_en_wie_niet_of_niet_meer_bij_het_gezin_hoort_ziet_niets()
    {
        var (gezin, ander) = (await regie.Gezin(), await regie.Gezin());
        var (tante, weg) = (await regie.Als("gezin", $"tante {gezin.Casus}"), await regie.Als("gezin", $"weg {gezin.Casus}"));
        await regie.Bericht(new BetrokkeneVastgelegd(gezin.Casus, Guid.CreateVersion7(), tante.Id, "netwerk", "tante"));
        var vertrek = new BetrokkeneVastgelegd(gezin.Casus, Guid.CreateVersion7(), weg.Id, "ouder", "weg", regie.Nu);
        await regie.Bericht(vertrek);
        // The older message comes last, and changes nothing.
        await regie.Bericht(vertrek with { TotOp = null });

        Assert.Equal(["K1"], (await gezin.Kind.Get($"/v1/casussen/{gezin.Casus}")).Is(HttpStatusCode.OK)["kinderen"].EnumerateArray().Select(k => k.GetProperty("ref").GetString()));
        Assert.Equal(["K1"], (await gezin.Kind.Get($"/v1/casussen/{gezin.Casus}/lijnen/kader"))["perioden"].EnumerateArray().Select(p => p.GetProperty("kindRef").GetString()));
        foreach (var vreemde in new[] { tante, weg, ander.Moeder })
        {
            (await vreemde.Get($"/v1/casussen/{gezin.Casus}")).Is(HttpStatusCode.NotFound);
            (await vreemde.Get($"/v1/casussen/{gezin.Casus}/lijnen/regie")).Is(HttpStatusCode.NotFound);
            (await vreemde.Get($"/v1/casussen/{gezin.Casus}/inzagelog")).Is(HttpStatusCode.NotFound);
            (await vreemde.Get($"/v1/casussen/{gezin.Casus}/berichten")).Is(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Het_gezin_hoort_een_keer_dat_er_iets_te_lezen_is_en_niet_wat()
    {
        var gezin = await regie.Gezin();

        Assert.Equal(new(gezin.Casus, "gezin"), Assert.Single(await regie.Uitgezonden<BerichtBeschikbaar>(m => m.CasusId == gezin.Casus, 1)));
        var bericht = Assert.Single((await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}/berichten")).Is(HttpStatusCode.OK).Items);
        Assert.Equal(["id", "op", "waar"], bericht.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Wie_keek_staat_in_het_inzagelog_met_naam_en_waarom()
    {
        var gezin = await regie.Gezin();
        var toezicht = await regie.Als("toezichthouder");
        await gezin.Regisseur.Get($"/v1/casussen/{gezin.Casus}");
        await regie.Klok(regie.Nu.AddSeconds(1));
        await toezicht.Get($"/v1/casussen/{gezin.Casus}/lijnen/regie");
        (await (await regie.Als("gi")).Get($"/v1/casussen/{gezin.Casus}")).Is(HttpStatusCode.NotFound);

        var log = (await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}/inzagelog")).Is(HttpStatusCode.OK).Items;

        Assert.Equal(["toezicht: een lijn van de casus", "regie: de casus"], log.Select(r => $"{r.GetProperty("doel").GetString()}: {r.GetProperty("wat").GetString()}"));
        Assert.All(log, r => Assert.NotEqual("", r.GetProperty("naam").GetString()));
        (await gezin.Regisseur.Get($"/v1/casussen/{gezin.Casus}/inzagelog")).Is(HttpStatusCode.OK);
        (await toezicht.Get($"/v1/casussen/{gezin.Casus}/inzagelog")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Na_een_verjaardag_krijgt_de_regisseur_een_gesprek_op_de_lijst_en_het_gezin_een_bericht()
    {
        var gezin = await regie.Gezin();

        await regie.Bericht(new HerbevestigingNodig(gezin.Casus, "K1", [new(Guid.CreateVersion7(), regie.Nu.AddDays(14))]));
        await regie.Klok(regie.Nu);

        Assert.Contains((await gezin.Regisseur.Get("/v1/taken")).Items, t => t.GetProperty("casusId").GetGuid() == gezin.Casus && t.GetProperty("titel").GetString() == "Bespreek met de jongere en de ouders wat er gedeeld mag worden");
        Assert.Equal(2, (await regie.Uitgezonden<BerichtBeschikbaar>(m => m.CasusId == gezin.Casus, 2)).Count);
    }
}

public sealed class GeheimTests(GezinOpstelling regie) : IClassFixture<GezinOpstelling>
{
    [Fact]
    public async Task Voor_wie_geen_lezer_is_bestaat_een_geheim_niet()
    {
        var gezin = await regie.Gezin();
        var (rvt, vreemdeRvt) = (await regie.Als("rvt", "Suzan van het RVT"), await regie.Als("rvt", "Een ander van het RVT"));
        var (geheim, stuk) = await Zet(gezin, "regisseur", $"{gezin.Moeder.Id}", $"{rvt.Id}");
        var (mentor, toezicht) = (await regie.Als("school"), await regie.Als("toezichthouder"));
        var leidinggevende = await Leidinggevende(gezin.Casus);

        foreach (var lezer in new[] { gezin.Regisseur, gezin.Moeder, rvt })
        {
            Assert.Equal(geheim, Assert.Single((await lezer.Get(Geheimen(gezin))).Is(HttpStatusCode.OK).Items).GetProperty("id").GetGuid());
            Assert.Equal(Tekst(gezin), Assert.Single((await lezer.Get(Stukken(gezin, geheim))).Is(HttpStatusCode.OK).Items).GetProperty("tekst").GetString());
            Assert.Equal([stuk], await Zoek(lezer, Zoekvraag(gezin)));
        }

        foreach (var ander in new[] { gezin.Kind, gezin.Stiefvader, leidinggevende })
        {
            Assert.Empty((await ander.Get(Geheimen(gezin))).Is(HttpStatusCode.OK).Items);
            await ZietNiets(ander, gezin, geheim, stuk);
            Assert.DoesNotContain(Tekst(gezin), (await ander.Get($"/v1/casussen/{gezin.Casus}")).Tekst, StringComparison.Ordinal);
        }

        foreach (var vreemde in new[] { mentor, vreemdeRvt })
        {
            Assert.Equal((await vreemde.Get($"/v1/casussen/{Guid.CreateVersion7()}/geheimen"))["detail"].GetString(), (await vreemde.Get(Geheimen(gezin))).Is(HttpStatusCode.NotFound)["detail"].GetString());
            await ZietNiets(vreemde, gezin, geheim, stuk);
        }

        Assert.Empty(await Zoek(toezicht, Zoekvraag(gezin)));
        (await leidinggevende.Post(Geheimen(gezin), new { naam = "iets", lezers = new[] { "regisseur" }, reden = "r" })).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Wie_waarneemt_leest_zolang_dat_duurt_en_daarna_niet_meer()
    {
        var gezin = await regie.Gezin();
        var (geheim, stuk) = await Zet(gezin, "regisseur");
        var vervanging = (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/vervangingen", new { soort = "acuut", reden = "ziek" })).Is(HttpStatusCode.Created)["id"].GetGuid();
        var waarnemer = await regie.Houder(gezin.Casus);
        Assert.NotEqual(gezin.Regisseur.Id, waarnemer.Id);

        Assert.Equal([stuk], await Zoek(waarnemer, Zoekvraag(gezin)));
        (await waarnemer.Get(Stukken(gezin, geheim))).Is(HttpStatusCode.OK);
        (await gezin.Regisseur.Get(Stukken(gezin, geheim))).Is(HttpStatusCode.OK);
        await regie.Klok(regie.Nu.AddDays(2));
        (await waarnemer.Post($"/v1/vervangingen/{vervanging}/terugkeer", new { beeindigdOp = regie.Nu.AddHours(-1) })).Is(HttpStatusCode.OK);

        await ZietNiets(waarnemer, gezin, geheim, stuk);
        (await gezin.Regisseur.Get(Stukken(gezin, geheim))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Een_lezer_opent_een_stuk_voor_een_persoon_en_de_rest_blijft_dicht()
    {
        var gezin = await regie.Gezin();
        var (geheim, stuk) = await Zet(gezin, "regisseur", $"{gezin.Moeder.Id}");
        var ander = (await gezin.Moeder.Post(Stukken(gezin, geheim), new { tekst = $"Dit vertel ik later {gezin.Casus}" })).Is(HttpStatusCode.Created)["id"].GetGuid();

        (await gezin.Stiefvader.Post($"{Stukken(gezin, geheim)}/{stuk}/openingen", new { persoonId = gezin.Stiefvader.Id })).Is(HttpStatusCode.NotFound);
        (await gezin.Moeder.Post($"{Stukken(gezin, geheim)}/{stuk}/openingen", new { persoonId = gezin.Stiefvader.Id })).Is(HttpStatusCode.OK);

        var gelezen = Assert.Single((await gezin.Stiefvader.Get(Stukken(gezin, geheim))).Is(HttpStatusCode.OK).Items);
        Assert.Equal(["id", "tekst", "vastgelegdDoorId", "vastgelegdOp"], gelezen.EnumerateObject().Select(p => p.Name));
        Assert.Equal([stuk], await Zoek(gezin.Stiefvader, $"{gezin.Casus}"));
        Assert.Empty((await gezin.Stiefvader.Get(Geheimen(gezin))).Items);
        (await gezin.Stiefvader.Post(Stukken(gezin, geheim), new { tekst = "en ik" })).Is(HttpStatusCode.NotFound);
        (await gezin.Stiefvader.Post($"{Stukken(gezin, geheim)}/{ander}/openingen", new { persoonId = gezin.Kind.Id })).Is(HttpStatusCode.NotFound);
        await ZietNiets(gezin.Kind, gezin, geheim, stuk);
    }

    [Fact]
    public async Task Wie_lezer_wordt_leest_meteen_en_wie_het_niet_meer_is_vindt_niets_meer()
    {
        var gezin = await regie.Gezin();
        var (geheim, stuk) = await Zet(gezin, "regisseur", $"{gezin.Moeder.Id}");
        var lezers = $"{Geheimen(gezin)}/{geheim}/lezers";
        var gebeurd = await Gebeurd();
        (await gezin.Moeder.Post($"{Stukken(gezin, geheim)}/{stuk}/openingen", new { persoonId = gezin.Kind.Id })).Is(HttpStatusCode.OK);

        Assert.Equal(["/lezer", "/reden"], (await gezin.Regisseur.Post(lezers, new { lezer = "iedereen" })).Is(HttpStatusCode.BadRequest).Fouten);
        (await gezin.Regisseur.Post(lezers, new { lezer = gezin.Stiefvader.Id, reden = "hij zorgt nu mee" })).Is(HttpStatusCode.OK);
        Assert.Equal([stuk], await Zoek(gezin.Stiefvader, Zoekvraag(gezin)));
        Assert.Single((await gezin.Stiefvader.Get(Geheimen(gezin))).Items);

        foreach (var wie in new[] { gezin.Stiefvader, gezin.Kind })
        {
            await regie.Klok(regie.Nu.AddSeconds(1));
            (await gezin.Regisseur.Post($"{lezers}/intrekking", new { lezer = wie.Id, reden = "moeder wil het niet" })).Is(HttpStatusCode.OK);
            await ZietNiets(wie, gezin, geheim, stuk);
            Assert.Empty((await wie.Get(Geheimen(gezin))).Is(HttpStatusCode.OK).Items);
            (await wie.Get(lezers)).Is(HttpStatusCode.NotFound);
            Assert.DoesNotContain("afgeschermd", (await wie.Get($"/v1/casussen/{gezin.Casus}/inzagelog")).Tekst, StringComparison.Ordinal);
        }

        Assert.Equal(["toegevoegd: hij zorgt nu mee", "ingetrokken: moeder wil het niet", "ingetrokken: moeder wil het niet"], (await gezin.Moeder.Get(lezers)).Is(HttpStatusCode.OK).Items.Select(w => $"{w.GetProperty("soort").GetString()}: {w.GetProperty("reden").GetString()}"));
        Assert.Equal(gebeurd, await Gebeurd());

        Task<int> Gebeurd() => regie.Database(db => db.Logboek.CountAsync(g => g.CasusId == gezin.Casus));
    }

    [Fact]
    public async Task Alleen_wie_afschermde_of_de_regie_houdt_bepaalt_de_lezers_en_er_blijft_er_altijd_een()
    {
        var gezin = await regie.Gezin();
        var rvt = await regie.Als("rvt", "Suzan van het RVT");
        var (geheim, _) = await Zet(gezin, "regisseur", $"{rvt.Id}");
        var lezers = $"{Geheimen(gezin)}/{geheim}/lezers";

        (await rvt.Post(lezers, new { lezer = gezin.Kind.Id, reden = "r" })).Is(HttpStatusCode.Forbidden);
        (await (await Leidinggevende(gezin.Casus)).Post(lezers, new { lezer = gezin.Kind.Id, reden = "r" })).Is(HttpStatusCode.NotFound);
        (await gezin.Regisseur.Post($"{lezers}/intrekking", new { lezer = gezin.Kind.Id, reden = "r" })).Is(HttpStatusCode.NotFound);
        (await gezin.Regisseur.Post($"{lezers}/intrekking", new { lezer = rvt.Id, reden = "r" })).Is(HttpStatusCode.OK);
        Assert.Equal("Er moet iemand blijven die dit kan lezen; voeg eerst een ander toe.", (await gezin.Regisseur.Post($"{lezers}/intrekking", new { lezer = "regisseur", reden = "r" })).Is(HttpStatusCode.Conflict)["detail"].GetString());
        (await rvt.Get(lezers)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Wie_een_geheim_las_zien_alleen_de_lezers_ervan()
    {
        var gezin = await regie.Gezin();
        var (geheim, _) = await Zet(gezin, "regisseur", $"{gezin.Moeder.Id}");
        await gezin.Moeder.Get(Stukken(gezin, geheim));

        Assert.Contains("een afgeschermd stuk", await Gelezen(gezin.Moeder), StringComparison.Ordinal);
        Assert.Contains("een afgeschermd stuk", await Gelezen(gezin.Regisseur), StringComparison.Ordinal);
        Assert.DoesNotContain("afgeschermd", await Gelezen(gezin.Kind), StringComparison.Ordinal);

        async Task<string> Gelezen(Persoon wie) => (await wie.Get($"/v1/casussen/{gezin.Casus}/inzagelog")).Is(HttpStatusCode.OK).Tekst;
    }

    [Fact]
    public async Task Wie_een_casus_vond_bij_zoeken_staat_in_het_inzagelog_en_waarnaar_hij_zocht_niet()
    {
        var gezin = await regie.Gezin();
        var (_, stuk) = await Zet(gezin, "regisseur", $"{gezin.Moeder.Id}");
        var zin = $"wachtlijst {gezin.Casus}";
        (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/knelpunten", new { soort = "capaciteit", omschrijving = zin, overbrugging = "de praktijkondersteuner" })).Is(HttpStatusCode.Created);

        await Zoek(await Leidinggevende(gezin.Casus), zin);
        Assert.Equal([stuk], await Zoek(gezin.Regisseur, Zoekvraag(gezin)));
        await Zoek(gezin.Regisseur, $"niets {Guid.CreateVersion7()}");

        Assert.Equal(["leiding", "regie"], await Gevonden(gezin.Moeder));
        // The find of a secret is itself of that secret.
        Assert.Equal(["leiding"], await Gevonden(gezin.Kind));

        async Task<IEnumerable<string?>> Gevonden(Persoon wie)
        {
            var log = (await wie.Get($"/v1/casussen/{gezin.Casus}/inzagelog")).Is(HttpStatusCode.OK);
            Assert.DoesNotContain("wachtlijst", log.Tekst, StringComparison.OrdinalIgnoreCase);
            return log.Items.Where(r => r.GetProperty("wat").GetString() == "gevonden bij zoeken").Select(r => r.GetProperty("doel").GetString()).Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Alle_fouten_in_een_geheim_komen_tegelijk()
    {
        var gezin = await regie.Gezin();

        Assert.Equal(["/naam", "/reden", "/lezers/1"], (await gezin.Regisseur.Post(Geheimen(gezin), new { lezers = new[] { "regisseur", "iedereen" } })).Is(HttpStatusCode.BadRequest).Fouten);
    }

    [Fact]
    public async Task Zoeken_vindt_een_knelpunt_alleen_bij_wie_de_casus_ziet()
    {
        var (gezin, ander) = (await regie.Gezin(), await regie.Gezin());
        var zin = $"wachtlijst {gezin.Casus}";
        var knelpunt = (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/knelpunten", new { soort = "capaciteit", omschrijving = zin, overbrugging = "de praktijkondersteuner" })).Is(HttpStatusCode.Created)["id"].GetGuid();

        Assert.Equal([knelpunt], await Zoek(gezin.Regisseur, zin.ToUpperInvariant()));
        Assert.Empty(await Zoek(gezin.Moeder, zin));
        Assert.Empty(await Zoek(ander.Moeder, zin));
        Assert.Empty(await Zoek(await regie.Als("toezichthouder"), zin));
    }

    private static async Task<(Guid Geheim, Guid Stuk)> Zet(Gezin gezin, params string[] lezers)
    {
        var geheim = (await gezin.Regisseur.Post(Geheimen(gezin), new { naam = "map 1", lezers, reden = "veiligheid van moeder" })).Is(HttpStatusCode.Created)["id"].GetGuid();
        return (geheim, (await gezin.Regisseur.Post(Stukken(gezin, geheim), new { tekst = Tekst(gezin) })).Is(HttpStatusCode.Created)["id"].GetGuid());
    }

    private static async Task ZietNiets(Persoon wie, Gezin gezin, Guid geheim, Guid stuk)
    {
        var nooit = (await wie.Get(Stukken(gezin, Guid.CreateVersion7()))).Is(HttpStatusCode.NotFound)["detail"].GetString();
        Assert.Equal(nooit, (await wie.Get(Stukken(gezin, geheim))).Is(HttpStatusCode.NotFound)["detail"].GetString());
        (await wie.Post(Stukken(gezin, geheim), new { tekst = "x" })).Is(HttpStatusCode.NotFound);
        (await wie.Post($"{Stukken(gezin, geheim)}/{stuk}/openingen", new { persoonId = wie.Id })).Is(HttpStatusCode.NotFound);
        // Nothing, and not "no access": exactly what a search for nonsense gives.
        var gevonden = await wie.Post("/v1/zoekvragen", new { q = Zoekvraag(gezin) });
        Assert.Equal((await wie.Post("/v1/zoekvragen", new { q = "xyzzy plugh" })).Tekst, gevonden.Is(HttpStatusCode.OK).Tekst);
    }

    private static async Task<IReadOnlyList<Guid>> Zoek(Persoon wie, string q) =>
        [.. (await wie.Post("/v1/zoekvragen", new { q })).Is(HttpStatusCode.OK).Items.Select(t => t.GetProperty("id").GetGuid())];

    private async Task<Persoon> Leidinggevende(Guid casus)
    {
        var naam = await regie.Database(db => (from c in db.Casussen join t in db.Teams on c.TeamId equals t.Id join p in db.Professionals on t.LeidinggevendeId equals p.Id where c.Id == casus select p.Naam).SingleAsync());
        return await regie.Als("leidinggevende", naam);
    }

    private static string Tekst(Gezin gezin) => $"De biologische vader van {gezin.Casus} mag het adres niet weten";

    private static string Zoekvraag(Gezin gezin) => $"BIOLOGISCHE vader van {gezin.Casus}";

    private static string Geheimen(Gezin gezin) => $"/v1/casussen/{gezin.Casus}/geheimen";

    private static string Stukken(Gezin gezin, Guid geheim) => $"{Geheimen(gezin)}/{geheim}/stukken";
}
