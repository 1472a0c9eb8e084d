using System.Net;
using FsCheck;
using FsCheck.Fluent;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Intake;
using NetwerkRegie.Termijnen;
using Xunit;

namespace NetwerkRegie.Services.Tests.Intake;

/// <summary>Wie voor een kind tekent: elke leeftijd, elk gezag, elke handtekening.</summary>
public sealed class HandtekeningProperties
{
    private static readonly DateTimeOffset Nu = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Er_wordt_alleen_gedeeld_met_de_handtekeningen_die_de_wet_vraagt() => Prop.ForAll(Gevallen.ToArbitrary(), geval =>
    {
        var kind = Iemand("K1", Betrokkene.Jongere, geval.TwaalfOp);
        var ouders = geval.Gezag.Select((gezag, i) => Ouder($"O{i}", gezag)).ToList();
        var tekenden = ouders.Where((_, i) => geval.Tekent[i]).Concat(geval.KindTekent ? [kind] : []).ToList();

        var (bezwaar, zelf, ouder) = kind.Beoordeel(tekenden);
        var geldt = bezwaar is null && Toestemmingen.Bezwaar(kind.FaseOp(Nu), zelf, ouder) is null;

        // Said again, as the law does: by age in whole years, and by custody that was looked up.
        var vandaag = NederlandseKalender.DatumVan(Nu);
        var jaren = 12 + vandaag.Year - geval.TwaalfOp.Year - (vandaag < geval.TwaalfOp.AddYears(vandaag.Year - geval.TwaalfOp.Year) ? 1 : 0);
        var gezagTekent = geval.Gezag.Where((g, i) => geval.Tekent[i] && g == true).Any();
        var allenMogen = !geval.Gezag.Where((g, i) => geval.Tekent[i] && g != true).Any();
        var verwacht = allenMogen && (jaren < 12 ? gezagTekent : jaren < 16 ? gezagTekent && geval.KindTekent : geval.KindTekent);
        return geldt == verwacht && bezwaar is null == allenMogen && bezwaar?.EndsWith('.') != false;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Na_een_verjaardag_wordt_er_nooit_langer_dan_de_termijn_op_de_ouder_alleen_gedeeld() => Prop.ForAll(Gevallen.ToArbitrary(), geval =>
    {
        var kind = Iemand("K1", Betrokkene.Jongere, geval.TwaalfOp);
        var gegeven = Nu.AddDays(-400);
        var (zelf, ouder) = (geval.KindTekent, geval.Tekent[0]);
        if (Toestemmingen.Bezwaar(kind.FaseOp(gegeven), zelf, ouder) is not null)
            return true;
        var band = kind.FaseOp(gegeven) switch { Leeftijdsfase.Onder12 => "0-11", Leeftijdsfase.Van12Tot16 => "12-15", _ => "16+" };
        var toestemming = new Toestemming { Id = Guid.CreateVersion7(), CasusId = Guid.Empty, PersoonRef = "K1", Leeftijdsband = band, Doel = "x", Gegevens = "plan", Ontvanger = "y", BetrokkeneStemtIn = zelf, OuderMetGezagStemtIn = ouder, VastgelegdDoorId = Guid.Empty, GegevenOp = gegeven };
        foreach (var dag in kind.Verjaardagen.Where(dag => dag > gegeven))
            toestemming.Herbevestigen(kind.FaseOp(dag), dag, dag.AddDays(14));

        return Enumerable.Range(0, 400).Select(d => gegeven.AddDays(d * 5)).All(op => !toestemming.GeldtOp(op)
            || Toestemmingen.Bezwaar(kind.FaseOp(op), zelf, ouder) is null
            || Toestemmingen.Bezwaar(kind.FaseOp(op.AddDays(-14)), zelf, ouder) is null);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static readonly Gen<Geval> Gevallen =
        from dagen in Gen.Choose(-8 * 365, 8 * 365)
        from opDeDag in Gen.Elements(false, false, true)
        from gezag in Gen.Elements<bool?>(true, false, null).ArrayOf(3)
        from tekent in Gen.Elements(true, false).ArrayOf(3)
        from kind in Gen.Elements(true, false)
        select new Geval(opDeDag ? NederlandseKalender.DatumVan(Nu).AddYears(-4 * (dagen & 1)) : NederlandseKalender.DatumVan(Nu).AddDays(dagen), gezag, tekent, kind);

    private static Betrokkene Ouder(string wie, bool? gezag)
    {
        var ouder = Iemand(wie, "ouder", null);
        // Looked up twice; the last time counts.
        if (gezag is { } heeft)
            foreach (var (uitkomst, dagen) in new[] { (heeft, 1), (!heeft, 9) })
                ouder.GezagNagaan(new() { Id = Guid.CreateVersion7(), BetrokkeneId = ouder.Id, KindRef = "K1", HeeftGezag = uitkomst, Bron = "gezagsregister", NagegaanOp = Nu.AddDays(-dagen), VastgelegdDoorId = Guid.Empty, VastgelegdOp = Nu });
        return ouder;
    }

    private static Betrokkene Iemand(string wie, string relatie, DateOnly? twaalfOp) =>
        new() { Id = Guid.CreateVersion7(), CasusId = Guid.Empty, Ref = wie, Relatie = relatie, TwaalfOp = twaalfOp, VastgelegdDoorId = Guid.Empty, VanafOp = Nu };

    private sealed record Geval(DateOnly TwaalfOp, bool?[] Gezag, bool[] Tekent, bool KindTekent);
}

public sealed class BetrokkenenTests(IntakeOpstelling intake) : IClassFixture<IntakeOpstelling>
{
    [Fact]
    public async Task Wie_van_het_gezin_is_wordt_verteld_zonder_leeftijd_en_ziet_alleen_zichzelf()
    {
        var (casus, samira) = await intake.Casus();
        var moeder = await intake.Als("gezin", $"moeder {casus}");
        await Leg(samira, casus, "K1", "jongere", twaalfOp: "2024-11-14");
        var id = (await Leg(samira, casus, "moeder", "ouder", moeder.Id))["id"].GetGuid();

        var verteld = Assert.Single(await intake.Uitgezonden<BetrokkeneVastgelegd>(m => m.CasusId == casus, 1));
        Assert.Equal(new(casus, id, moeder.Id, "ouder", "moeder"), verteld);
        Assert.Equal(["K1", "moeder"], Refs(await samira.Get($"/v1/betrokkenen?casusId={casus}")));
        (await moeder.Get($"/v1/betrokkenen?casusId={casus}")).Is(HttpStatusCode.NotFound);

        (await samira.Post($"/v1/betrokkenen/{id}/vertrek", new { reden = "verhuisd" })).Is(HttpStatusCode.OK);
        Assert.Equal(intake.Nu, (await intake.Uitgezonden<BetrokkeneVastgelegd>(m => m.CasusId == casus, 2))[1].TotOp);
    }

    [Fact]
    public async Task Alleen_wie_de_regie_houdt_legt_betrokkenen_vast_en_hoort_alle_fouten_tegelijk()
    {
        var (casus, samira) = await intake.Casus();
        var vreemde = await intake.Als("regisseur", "Wessel");

        Assert.Equal(
            ["/casusId", "/ref", "/relatie", "/twaalfOp"],
            (await samira.Post("/v1/betrokkenen", new { @ref = "Jan Jansen", relatie = "buurman", twaalfOp = "2024-11-14" })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal(["/twaalfOp"], (await samira.Post("/v1/betrokkenen", new { casusId = casus, @ref = "K1", relatie = "jongere" })).Is(HttpStatusCode.BadRequest).Fouten);
        (await vreemde.Post("/v1/betrokkenen", new { casusId = casus, @ref = "V1", relatie = "ouder" })).Is(HttpStatusCode.NotFound);
        (await vreemde.Get($"/v1/betrokkenen?casusId={casus}")).Is(HttpStatusCode.NotFound);
        var v1 = (await Leg(samira, casus, "V1", "ouder"))["id"].GetGuid();
        (await samira.Post("/v1/betrokkenen", new { casusId = casus, @ref = "V1", relatie = "ouder" })).Is(HttpStatusCode.Conflict);
        (await vreemde.Post($"/v1/betrokkenen/{v1}/gezag", Gezag("ja"))).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Gezag_telt_pas_als_het_is_nagegaan()
    {
        var (casus, samira) = await intake.Casus();
        await Leg(samira, casus, "K1", "jongere", twaalfOp: "2024-11-14");
        var moeder = (await Leg(samira, casus, "moeder", "ouder"))["id"].GetGuid();
        var stiefvader = (await Leg(samira, casus, "stiefvader", "verzorger"))["id"].GetGuid();
        await Gaat(samira, moeder, "ja");

        var onbekend = (await samira.Post("/v1/toestemmingen", Toestemming(casus, "K1", "stiefvader"))).Is(HttpStatusCode.Conflict);
        Assert.Equal("Van een ondertekenaar is niet nagegaan of die gezag heeft over dit kind; kijk eerst in het gezagsregister.", onbekend["detail"].GetString());
        await Gaat(samira, stiefvader, "nee");
        (await samira.Post("/v1/toestemmingen", Toestemming(casus, "K1", "stiefvader"))).Is(HttpStatusCode.Conflict);
        (await samira.Post("/v1/toestemmingen", Toestemming(casus, "moeder"))).Is(HttpStatusCode.Conflict);
        (await samira.Post("/v1/toestemmingen", Toestemming(casus, "K1"))).Is(HttpStatusCode.Conflict);
        // Once somebody is recorded, a tick in a box says nothing any more.
        (await samira.Post("/v1/toestemmingen", new { casusId = casus, persoonRef = "K1", leeftijdsband = "12-15", doel = "x", gegevens = "plan", ontvanger = "y", betrokkeneStemtIn = true, ouderMetGezagStemtIn = true })).Is(HttpStatusCode.Conflict);
        Assert.Empty((await samira.Get($"/v1/toestemmingen?casusId={casus}")).Items);

        var gegeven = (await samira.Post("/v1/toestemmingen", Toestemming(casus, "K1", "moeder"))).Is(HttpStatusCode.Created);
        Assert.Equal(("12-15", "actief"), (gegeven["leeftijdsband"].GetString(), gegeven["status"].GetString()));
        var verteld = Assert.Single(await intake.Uitgezonden<ToestemmingVerleend>(m => m.CasusId == casus, 1));
        Assert.Equal((gegeven["id"].GetGuid(), ToestemmingVerleend.SleutelVan("sportclub")), (verteld.ToestemmingId, verteld.OntvangerSleutel));
    }

    [Fact]
    public async Task Het_gezin_tekent_voor_zichzelf_en_de_jongere_ziet_wat_over_hem_is_toegestaan()
    {
        var (casus, samira) = await intake.Casus();
        // Intake knows a casus by its report.
        var melding = (await (await intake.Als("melder")).Post("/v1/meldingen", Voorbeeld.Regel(0).Nieuw())).Is(HttpStatusCode.Created)["id"].GetGuid();
        await intake.Bericht(new CasusGeopend(casus, melding, "GZN-1", ["K1"], 1));
        var (jongen, moeder, ander) = (await intake.Als("gezin", $"jongen {casus}"), await intake.Als("gezin", $"moeder {casus}"), await intake.Als("gezin", $"ander {casus}"));
        await Leg(samira, casus, "K1", "jongere", jongen.Id, "2020-01-01");
        await Leg(samira, casus, "moeder", "ouder", moeder.Id);

        (await moeder.Post("/v1/toestemmingen", Toestemming(casus, "K1"))).Is(HttpStatusCode.Conflict);
        var gegeven = (await samira.Post("/v1/toestemmingen", Toestemming(casus, "K1"))).Is(HttpStatusCode.Created)["id"].GetGuid();

        Assert.Equal([gegeven], (await jongen.Get($"/v1/toestemmingen?casusId={casus}")).Items.Select(t => t.GetProperty("id").GetGuid()));
        Assert.Empty((await moeder.Get($"/v1/toestemmingen?casusId={casus}")).Items);
        (await ander.Post("/v1/toestemmingen", Toestemming(casus, "K1"))).Is(HttpStatusCode.NotFound);
        (await moeder.Post($"/v1/toestemmingen/{gegeven}/intrekking")).Is(HttpStatusCode.NotFound);
        (await jongen.Post($"/v1/toestemmingen/{gegeven}/intrekking")).Is(HttpStatusCode.OK);
        Assert.Equal(gegeven, Assert.Single(await intake.Uitgezonden<ToestemmingIngetrokken>(m => m.CasusId == casus, 1)).ToestemmingId);
    }

    [Fact]
    public async Task Op_de_twaalfde_verjaardag_wordt_opnieuw_gevraagd_en_na_de_termijn_houdt_delen_op()
    {
        var (casus, samira) = await intake.Casus();
        var dag = NederlandseKalender.DatumVan(intake.Nu).AddDays(20);
        var begin = NederlandseKalender.Begin(dag);
        await Leg(samira, casus, "K1", "jongere", twaalfOp: $"{dag:yyyy-MM-dd}");
        await Gaat(samira, (await Leg(samira, casus, "moeder", "ouder"))["id"].GetGuid(), "ja");
        var school = (await samira.Post("/v1/toestemmingen", Toestemming(casus, "moeder") with { ontvanger = "school" })).Is(HttpStatusCode.Created)["id"].GetGuid();
        await intake.Klok(intake.Nu.AddSeconds(1));
        var club = (await samira.Post("/v1/toestemmingen", Toestemming(casus, "moeder"))).Is(HttpStatusCode.Created)["id"].GetGuid();

        await intake.Klok(begin.AddSeconds(-1));
        Assert.Equal(["actief", "actief"], await Statussen(samira, casus));
        await intake.Klok(begin);

        var nodig = Assert.Single(await intake.Uitgezonden<HerbevestigingNodig>(m => m.CasusId == casus, 1));
        Assert.Equal([school, club], nodig.Toestemmingen.Select(t => t.ToestemmingId));
        Assert.Equal(["herbevestigen", "herbevestigen"], await Statussen(samira, casus));

        await intake.Klok(begin.AddDays(7));
        (await samira.Post("/v1/toestemmingen", Toestemming(casus, "K1", "moeder") with { ontvanger = "school" })).Is(HttpStatusCode.Created);
        (await samira.Post($"/v1/toestemmingen/{club}/intrekking")).Is(HttpStatusCode.OK);
        Assert.Equal(["vervangen", "ingetrokken", "actief"], await Statussen(samira, casus));

        await intake.Klok(begin.AddDays(30));
        Assert.Single(await intake.Uitgezonden<HerbevestigingNodig>(m => m.CasusId == casus, 1));
    }

    [Fact]
    public async Task Een_verjaardag_die_mislukt_houdt_de_andere_niet_op()
    {
        var (casus, samira) = await intake.Casus();
        var dag = NederlandseKalender.DatumVan(intake.Nu).AddDays(4);
        await Leg(samira, casus, "K1", "jongere", twaalfOp: $"{dag:yyyy-MM-dd}");
        await Gaat(samira, (await Leg(samira, casus, "moeder", "ouder"))["id"].GetGuid(), "ja");
        await samira.Post("/v1/toestemmingen", Toestemming(casus, "moeder"));
        var onbekend = Guid.CreateVersion7();
        await intake.Database(async db =>
        {
            db.Add(new NetwerkRegie.Messaging.Alarm { OnderwerpId = onbekend, Soort = IntakeWekker.Verjaardag, CasusId = casus, Op = NederlandseKalender.Begin(dag).AddHours(-1) });
            return await db.SaveChangesAsync();
        });

        await intake.Klok(NederlandseKalender.Begin(dag));

        Assert.Single(await intake.Uitgezonden<HerbevestigingNodig>(m => m.CasusId == casus, 1));
        // It is tried again, and not forgotten.
        Assert.True(await intake.Database(db => Task.FromResult(db.Set<NetwerkRegie.Messaging.Alarm>().Any(a => a.OnderwerpId == onbekend && a.Op > NederlandseKalender.Begin(dag)))));
        await intake.Database(db => Task.FromResult(db.Remove(db.Set<NetwerkRegie.Messaging.Alarm>().Single(a => a.OnderwerpId == onbekend)).Context.SaveChanges()));
    }

    [Fact]
    public async Task Zonder_gesprek_houdt_het_delen_op_de_ouder_na_veertien_dagen_op()
    {
        var (casus, samira) = await intake.Casus();
        var dag = NederlandseKalender.DatumVan(intake.Nu).AddDays(3);
        await Leg(samira, casus, "K1", "jongere", twaalfOp: $"{dag:yyyy-MM-dd}");
        await Gaat(samira, (await Leg(samira, casus, "moeder", "ouder"))["id"].GetGuid(), "ja");
        await samira.Post("/v1/toestemmingen", Toestemming(casus, "moeder"));

        await intake.Klok(NederlandseKalender.Begin(dag.AddDays(14)));
        Assert.Equal(["herbevestigen"], await Statussen(samira, casus));
        await intake.Klok(NederlandseKalender.Begin(dag.AddDays(15)));
        Assert.Equal(["verlopen"], await Statussen(samira, casus));
    }

    [Fact]
    public async Task Op_de_zestiende_verjaardag_houdt_op_wat_de_school_mag_weten_en_blijft_wat_de_jongere_zelf_tekende()
    {
        var (casus, samira) = await intake.Casus();
        var dag = NederlandseKalender.DatumVan(intake.Nu).AddDays(3);
        await Leg(samira, casus, "K1", "jongere", twaalfOp: $"{dag.AddYears(-4):yyyy-MM-dd}");
        await Gaat(samira, (await Leg(samira, casus, "moeder", "ouder"))["id"].GetGuid(), "ja");
        await samira.Post("/v1/toestemmingen", Toestemming(casus, "K1", "moeder"));
        await intake.Klok(intake.Nu.AddSeconds(1));
        await samira.Post("/v1/toestemmingen", Toestemming(casus, "K1", "moeder") with { gegevens = "onderwijs" });

        await intake.Klok(NederlandseKalender.Begin(dag));

        Assert.Equal(["herbevestigen", "verlopen"], await Statussen(samira, casus));
        var nodig = Assert.Single(await intake.Uitgezonden<HerbevestigingNodig>(m => m.CasusId == casus, 1));
        Assert.Equal([null, NederlandseKalender.Begin(dag)], nodig.Toestemmingen.Select(t => t.DelenTot));
        await intake.Klok(NederlandseKalender.Begin(dag.AddDays(40)));
        Assert.Equal(["herbevestigen", "verlopen"], await Statussen(samira, casus));
    }

    internal static async Task<Antwoord> Leg(Persoon door, Guid casusId, string wie, string relatie, Guid? persoonId = null, string? twaalfOp = null) =>
        (await door.Post("/v1/betrokkenen", new { casusId, @ref = wie, relatie, persoonId, twaalfOp })).Is(HttpStatusCode.Created);

    internal static async Task Gaat(Persoon door, Guid betrokkene, string gezag) => (await door.Post($"/v1/betrokkenen/{betrokkene}/gezag", Gezag(gezag))).Is(HttpStatusCode.OK);

    internal static ToestemmingVraag Toestemming(Guid casus, params string[] ondertekenaars) => new(casus, "K1", "sporten", "plan", "sportclub", ondertekenaars);

    internal sealed record ToestemmingVraag(Guid casusId, string persoonRef, string doel, string gegevens, string ontvanger, string[] ondertekenaars);

    private static object Gezag(string gezag) => new { kindRef = "K1", gezag, bron = "gezagsregister", nagegaanOp = "2026-03-01T09:00:00Z" };

    private static IEnumerable<string?> Refs(Antwoord antwoord) => antwoord.Is(HttpStatusCode.OK).Items.Select(b => b.GetProperty("ref").GetString());

    private static async Task<IEnumerable<string?>> Statussen(Persoon wie, Guid casus) => (await wie.Get($"/v1/toestemmingen?casusId={casus}")).Items.Select(t => t.GetProperty("status").GetString());
}

public sealed class VerstrekkingTests(IntakeOpstelling intake) : IClassFixture<IntakeOpstelling>
{
    [Fact]
    public async Task Zonder_grondslag_wordt_niets_gedeeld_en_hoort_de_vrager_waarom()
    {
        var (casus, samira) = await intake.Casus();

        var geweigerd = (await samira.Post("/v1/verstrekkingen", Vraag(casus))).Is(HttpStatusCode.Conflict);

        Assert.StartsWith("Hiervoor is geen toestemming", geweigerd["detail"].GetString(), StringComparison.Ordinal);
        Assert.Equal(new(casus, samira.Id), Assert.Single(await intake.Uitgezonden<GrondslagGeweigerd>(m => m.CasusId == casus, 1)));
        Assert.False(await intake.Database(async db => await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AnyAsync(db.Verstrekkingen, v => v.CasusId == casus)));
        (await (await intake.Als("regisseur", "Wessel")).Post("/v1/verstrekkingen", Vraag(casus))).Is(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("gezondheid")]
    [InlineData("signaal-drugs")]
    [InlineData("diagnose")]
    public async Task Een_school_mag_niet_meer_weten_dan_aanwezigheid_en_een_contactpersoon(string gegevens)
    {
        var (casus, samira) = await intake.Casus();
        var mentor = await intake.Als("school", "mentor", "Basisschool De Vlieger");
        await Toegestaan(samira, casus, "Basisschool De Vlieger");

        var gevraagd = (await mentor.Post("/v1/verstrekkingen", new { casusId = casus, persoonRef = "K1", doel = "begeleiding", gegevens })).Is(HttpStatusCode.Conflict);
        var aangeboden = (await samira.Post("/v1/verstrekkingen", Vraag(casus) with { ontvanger = "basisschool de vlieger", gegevens = gegevens, artikel = "Wmo 2015 art. 5.2.6", reden = "haast" })).Is(HttpStatusCode.Conflict);

        Assert.All([gevraagd, aangeboden], a => Assert.StartsWith("De school mag alleen aanwezigheid en een contactpersoon weten; ", a["detail"].GetString(), StringComparison.Ordinal));
        Assert.Equal([samira.Id], (await intake.Uitgezonden<GrondslagGeweigerd>(m => m.CasusId == casus, 1)).Select(g => g.VragerId));
    }

    [Fact]
    public async Task Wat_klaarstaat_wordt_geleverd_als_de_ontvanger_het_opent_en_de_grondslag_er_dan_is()
    {
        var (casus, samira) = await intake.Casus();
        var (club, ander) = (await intake.Als("melder", organisatie: Club(casus)), await intake.Als("melder", organisatie: "elders"));
        var toestemming = await Toegestaan(samira, casus, Club(casus));
        var id = (await samira.Post("/v1/verstrekkingen", Vraag(casus))).Is(HttpStatusCode.Created)["id"].GetGuid();
        Assert.Equal("wacht", (await samira.Get($"/v1/verstrekkingen/{id}"))["status"].GetString());

        (await ander.Get($"/v1/verstrekkingen/{id}")).Is(HttpStatusCode.NotFound);
        var wachtend = Assert.Single((await club.Get("/v1/verstrekkingen")).Items);
        Assert.Equal(["id", "sinds"], wachtend.EnumerateObject().Select(p => p.Name));
        Assert.Equal("het plan voor deze week", (await club.Get($"/v1/verstrekkingen/{id}")).Is(HttpStatusCode.OK)["inhoud"].GetString());
        await club.Get($"/v1/verstrekkingen/{id}");

        Assert.Equal(new(casus, id, "toestemming"), Assert.Single(await intake.Uitgezonden<GrondslagVastgelegd>(m => m.CasusId == casus, 1)));
        var gedeeld = Assert.Single((await samira.Get($"/v1/verstrekkingen?casusId={casus}")).Items);
        Assert.Equal(("geleverd", toestemming), (gedeeld.GetProperty("status").GetString(), gedeeld.GetProperty("toestemmingId").GetGuid()));

        // Read again after a withdrawal: no longer.
        (await samira.Post($"/v1/toestemmingen/{toestemming}/intrekking")).Is(HttpStatusCode.OK);
        (await club.Get($"/v1/verstrekkingen/{id}")).Is(HttpStatusCode.NotFound);
        Assert.Empty((await club.Get("/v1/verstrekkingen")).Items);
    }

    [Fact]
    public async Task Vervalt_de_toestemming_voor_het_leveren_dan_wordt_het_onderdrukt_en_leest_de_afzender_waarom()
    {
        var (casus, samira) = await intake.Casus();
        var club = await intake.Als("melder", organisatie: Club(casus));
        var toestemming = await Toegestaan(samira, casus, Club(casus));
        var ingetrokken = (await samira.Post("/v1/verstrekkingen", Vraag(casus))).Is(HttpStatusCode.Created)["id"].GetGuid();
        (await samira.Post($"/v1/toestemmingen/{toestemming}/intrekking")).Is(HttpStatusCode.OK);

        await Toegestaan(samira, casus, Club(casus), intake.Nu.AddHours(1));
        var verlopen = (await samira.Post("/v1/verstrekkingen", Vraag(casus))).Is(HttpStatusCode.Created)["id"].GetGuid();
        await intake.Klok(intake.Nu.AddHours(1));

        foreach (var id in new[] { ingetrokken, verlopen })
        {
            (await club.Get($"/v1/verstrekkingen/{id}")).Is(HttpStatusCode.NotFound);
            var gezien = await samira.Get($"/v1/verstrekkingen/{id}");
            Assert.Equal("onderdrukt", gezien["status"].GetString());
            Assert.Contains("; ", gezien["uitleg"].GetString(), StringComparison.Ordinal);
        }

        Assert.Equal([ingetrokken, verlopen], (await intake.Uitgezonden<BerichtOnderdrukt>(m => m.CasusId == casus, 2)).Select(b => b.VerstrekkingId));
    }

    [Fact]
    public async Task De_wet_kan_delen_toestaan_met_een_artikel_en_een_reden()
    {
        var (casus, samira) = await intake.Casus();
        var vt = await intake.Als("melder", organisatie: Club(casus));
        Assert.Equal(["/reden"], (await samira.Post("/v1/verstrekkingen", Vraag(casus) with { artikel = "Wmo 2015 art. 5.2.6" })).Is(HttpStatusCode.BadRequest).Fouten);

        var id = (await samira.Post("/v1/verstrekkingen", Vraag(casus) with { artikel = "Wmo 2015 art. 5.2.6", reden = "geweld stoppen" })).Is(HttpStatusCode.Created)["id"].GetGuid();

        (await vt.Get($"/v1/verstrekkingen/{id}")).Is(HttpStatusCode.OK);
        Assert.Equal("wet", Assert.Single(await intake.Uitgezonden<GrondslagVastgelegd>(m => m.CasusId == casus, 1)).Grond);
    }

    private static async Task<Guid> Toegestaan(Persoon door, Guid casus, string ontvanger, DateTimeOffset? geldigTot = null) =>
        (await door.Post("/v1/toestemmingen", new { casusId = casus, persoonRef = "K1", leeftijdsband = "16+", doel = "samenwerken", gegevens = "plan", ontvanger, betrokkeneStemtIn = true, geldigTot })).Is(HttpStatusCode.Created)["id"].GetGuid();

    // Without digits: nine of them may be the number of a citizen.
    private static string Club(Guid casus) => $"club {string.Concat(casus.ToString("N").Select(teken => char.IsDigit(teken) ? (char)(teken - '0' + 'g') : teken))}";

    private static VerstrekkingVraag Vraag(Guid casus) => new(casus, "K1", "samenwerken", "plan", Club(casus), "het plan voor deze week");

    private sealed record VerstrekkingVraag(Guid casusId, string persoonRef, string doel, string gegevens, string ontvanger, string inhoud, string? artikel = null, string? reden = null);
}
