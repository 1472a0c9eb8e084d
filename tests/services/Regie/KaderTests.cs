using FsCheck;
using FsCheck.Fluent;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Regie;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Wat er met het kader van een kind kan, met welk bewijs, en wat een beschikking verder verandert. Nooit de regie.</summary>
public sealed class KaderTests
{
    private const string Gi = "Gecertificeerde instelling";
    private static readonly DateTimeOffset Maandag = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);
    private static readonly Mensen Mensen = new();
    private static readonly Actor AlsGi = new(Guid.CreateVersion7(Maandag), Rol.Gi, Gi);

    // Written down apart from the rules: from, to, who may ask, what must be there.
    private static readonly Dictionary<(string Van, string Naar), (string Wie, string Bewijs)> Toegestaan = new()
    {
        [("vrijwillig", "drang")] = ("lokaal-team rvt", "analyse voorwaarden zienswijzeGezin rvtConsult"),
        [("drang", "vrijwillig")] = ("lokaal-team rvt", "evaluatie zienswijzeGezin"),
        [("vrijwillig", "vots")] = ("raad om ouder", "bedreiging"),
        [("drang", "vots")] = ("raad om ouder", "bedreiging"),
        [("ots", "vots")] = ("raad om ouder", "bedreiging"),
        [("gezag-geschorst", "vots")] = ("raad om ouder", "bedreiging"),
        [("voogdij", "vots")] = ("raad om ouder", "bedreiging"),
        [("vrijwillig", "ots")] = ("raad om ouder", "bedreigingen"),
        [("drang", "ots")] = ("raad om ouder", "bedreigingen"),
        [("vots", "ots")] = ("raad om ouder", "bedreigingen"),
        [("vots", "vrijwillig")] = ("kinderrechter", ""),
        [("vots", "drang")] = ("kinderrechter", ""),
        [("ots", "ots")] = ("gi raad om ouder", ""),
        [("ots", "vrijwillig")] = ("gi raad ouder minderjarige", "warmeOverdracht"),
        [("ots", "gezag-geschorst")] = ("raad om pleegouder", ""),
        [("vots", "gezag-geschorst")] = ("raad om pleegouder", ""),
        [("ots", "voogdij")] = ("raad om pleegouder", ""),
        [("gezag-geschorst", "voogdij")] = ("raad om pleegouder", ""),
        [("voogdij", "ots")] = ("ouder", ""),
        [("voogdij", "vrijwillig")] = ("ouder", ""),
    };

    private static readonly string[] Verzoekers = ["lokaal-team", "rvt", "raad-voor-de-kinderbescherming", "openbaar-ministerie", "gecertificeerde-instelling", "ouder", "minderjarige", "pleegouder", "kinderrechter"];
    private static readonly string[] Stukken = ["analyse", "voorwaarden", "zienswijzeGezin", "rvtConsult", "evaluatie", "bedreiging", "bedreigingen", "warmeOverdracht", "raadVerzoektNiet", "giVerzoektNiet"];

    [Fact]
    public void Alleen_wat_in_de_tabel_staat_kan_en_alleen_met_al_het_bewijs()
    {
        foreach (var van in Kaders.Alle)
            foreach (var naar in Kaders.Alle)
                foreach (var verzoekDoor in Verzoekers)
                {
                    var mag = Toegestaan.TryGetValue((van, naar), out var regel) && regel.Wie.Split(' ').Contains(Kort(verzoekDoor));
                    Assert.Equal(mag, Lukt(van, naar, verzoekDoor, Stukken));
                    if (!mag)
                        continue;
                    var nodig = regel.Bewijs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(NietZelf(van, naar, verzoekDoor)).ToArray();
                    Assert.True(Lukt(van, naar, verzoekDoor, nodig), $"{van} naar {naar} door {verzoekDoor}");
                    Assert.All(nodig, stuk => Assert.False(Lukt(van, naar, verzoekDoor, nodig.Except([stuk])), $"{van} naar {naar} door {verzoekDoor} zonder {stuk}"));
                }
    }

    [Fact]
    public void Wat_er_ook_wordt_gevraagd_het_mag_of_er_verandert_niets_en_de_regie_nooit()
    {
        var vraag = from kind in Gen.Elements("K1", "K2")
                    from naar in Gen.Elements(Kaders.Alle)
                    from wie in Gen.Elements(Verzoekers)
                    from stukken in Gen.SubListOf(Stukken)
                    from dagen in Gen.Choose(-5, 120)
                    from soort in Gen.Choose(0, 9)
                    from actor in Gen.Choose(0, 4)
                    select (kind, naar, wie, stukken, dagen, soort, actor);
        var gelukt = 0;
        Prop.ForAll(Gen.ListOf(vraag).ToArbitrary(), vragen =>
        {
            var casus = CasusTests.Geopend();
            var houder = casus.Regie;
            var nu = Maandag;
            Actor[] actoren = [Houder(casus), Mensen.AlsRvt, AlsGi, Mensen.AlsOntvanger, new(Guid.Empty, Rol.Dienst, "")];
            foreach (var v in vragen)
            {
                nu = nu.AddHours(7);
                var (voor, van) = (Beeld(casus), casus.Lopend(Lijnen.Kader, v.kind).Waarde);
                var bewijs = (v.soort < 7 ? Stukken : [.. v.stukken]).ToDictionary(s => s, s => s);
                var vandaag = NederlandseKalender.DatumVan(nu);
                var uitspraak = v.soort == 9 ? null : new Uitspraak(Guid.CreateVersion7(nu), "C/1", vandaag, vandaag.AddDays(v.dagen), v.soort == 8 ? null : Gi, false, Termijnboek.Standaard);
                try
                {
                    var overgang = casus.KaderovergangVastleggen(Guid.CreateVersion7(nu), actoren[v.actor], v.kind, v.naar, bewijs, "{}", "bron", nu, nu, v.wie, uitspraak);
                    Assert.True(Toegestaan.TryGetValue((van, v.naar), out var regel) && regel.Wie.Split(' ').Contains(Kort(v.wie)), $"{van} naar {v.naar} door {v.wie}");
                    casus.KaderWijzigen(overgang.Id, nu);
                    gelukt++;
                }
                catch (Exception nee) when (nee is Geweigerd or OngeldigeInvoer)
                {
                    Assert.Equal(voor, Beeld(casus));
                }

                Assert.Same(houder, casus.Regie);
                foreach (var kind in casus.Kinderen)
                    Assert.Equal(Kaders.IsGedwongen(casus.Lopend(Lijnen.Kader, kind.Ref).Waarde), casus.Lopend(Lijnen.Bevoegdheid, kind.Ref).Waarde == Gi);
                Assert.Equal(casus.Kinderen.Any(k => Kaders.IsGedwongen(casus.Lopend(Lijnen.Kader, k.Ref).Waarde)), casus.Schaal == Schalen.Maatregel);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600).WithEndSize(60));
        Assert.True(gelukt > 300, $"Er lukte maar {gelukt} keer iets; zo bewijst dit weinig.");
    }

    [Theory]
    [InlineData("vots", "2026-06-02", true)]
    [InlineData("vots", "2026-06-03", false)]
    [InlineData("ots", "2027-03-02", true)]
    [InlineData("ots", "2027-03-03", false)]
    [InlineData("ots", "2026-03-02", false)]
    public void Een_einddatum_na_het_wettelijk_maximum_is_een_vergissing(string kader, string einddatum, bool mag)
    {
        var casus = CasusTests.Geopend();
        if (mag)
        {
            LegOp(casus, "K1", kader, einddatum);
            Assert.Equal(kader, casus.Lopend(Lijnen.Kader, "K1").Waarde);
            return;
        }

        var fout = Assert.Single(Assert.Throws<OngeldigeInvoer>(() => LegOp(casus, "K1", kader, einddatum)).Fouten);
        Assert.Equal("/beschikking/einddatum", fout.Plaats);
        Assert.EndsWith(".", fout.Melding, StringComparison.Ordinal);
    }

    [Fact]
    public void De_zin_bij_een_te_late_einddatum_noemt_het_maximum() =>
        Assert.Contains("1 jaar, dus tot 2 maart 2027", Assert.Throws<OngeldigeInvoer>(() => LegOp(CasusTests.Geopend(), "K1", Kaders.Ots, "2028-01-01")).Fouten.Single().Melding, StringComparison.Ordinal);

    [Fact]
    public void Een_beschikking_verlegt_kader_bevoegdheid_en_schaal_en_niet_de_regie()
    {
        var casus = CasusTests.Geopend();
        var regie = casus.Regie;

        LegOp(casus, "K1", Kaders.Ots, "2027-03-02");

        Assert.Equal((Kaders.Ots, Gi, Schalen.Maatregel), (casus.Lopend(Lijnen.Kader, "K1").Waarde, casus.Lopend(Lijnen.Bevoegdheid, "K1").Waarde, casus.Schaal));
        Assert.Equal((Kaders.Vrijwillig, Casus.GeenBevoegdheid), (casus.Lopend(Lijnen.Kader, "K2").Waarde, casus.Lopend(Lijnen.Bevoegdheid, "K2").Waarde));
        Assert.Same(regie, casus.Regie);
    }

    [Fact]
    public void Aan_het_einde_is_alles_vrijwillig_pas_als_geen_kind_meer_een_maatregel_heeft()
    {
        var casus = CasusTests.Geopend();
        var kort = LegOp(casus, "K1", Kaders.Ots, "2026-09-05");
        var lang = LegOp(casus, "K2", Kaders.Ots, "2027-02-27");

        Loop(casus, kort);
        Assert.Equal((Kaders.Vrijwillig, Casus.GeenBevoegdheid, Schalen.Maatregel), (casus.Lopend(Lijnen.Kader, "K1").Waarde, casus.Lopend(Lijnen.Bevoegdheid, "K1").Waarde, casus.Schaal));
        Loop(casus, lang);

        Assert.Equal((Schalen.Lokaal, true), (casus.Schaal, casus.IsNazorg));
        // Een zaterdag in de winter: 00:00 in Amsterdam, en niet de maandag erna.
        Assert.Equal(new DateTimeOffset(2027, 2, 26, 23, 0, 0, TimeSpan.Zero), casus.Lopend(Lijnen.Kader, "K2").Vanaf);
        Assert.Equal(2, casus.Gebeurtenissen.OfType<KaderBeeindigd>().Count());
    }

    [Theory]
    [InlineData("2026-03-29", "2026-03-28T23:00Z")]
    [InlineData("2026-03-30", "2026-03-29T22:00Z")]
    [InlineData("2026-10-25", "2026-10-24T22:00Z")]
    [InlineData("2026-10-26", "2026-10-25T23:00Z")]
    public void Een_maatregel_eindigt_om_middernacht_in_nederland_ook_als_de_klok_verspringt(string einddatum, string moment)
    {
        var casus = CasusTests.Geopend();

        var beschikking = LegOp(casus, "K1", Kaders.Ots, einddatum);

        Assert.Equal(DateTimeOffset.Parse(moment, null), beschikking.Einde);
    }

    [Fact]
    public void Een_verlenging_telt_vanaf_de_einddatum_die_wordt_verlengd_en_houdt_de_gi()
    {
        var casus = CasusTests.Geopend();
        var eerste = LegOp(casus, "K1", Kaders.Ots, "2026-09-02");

        Assert.Throws<OngeldigeInvoer>(() => LegOp(casus, "K1", Kaders.Ots, "2026-09-02", "gecertificeerde-instelling", 30));
        Assert.Throws<OngeldigeInvoer>(() => LegOp(casus, "K1", Kaders.Ots, "2027-09-03", "gecertificeerde-instelling", 30));
        var tweede = LegOp(casus, "K1", Kaders.Ots, "2027-09-02", "gecertificeerde-instelling", 30, gi: null);

        Assert.Equal((Gi, Gi), (tweede.Organisatie, casus.Lopend(Lijnen.Bevoegdheid, "K1").Waarde));
        Assert.Empty(casus.BeschikkingLatenAflopen(eerste.Id, eerste.Einde!.Value, eerste.Einde.Value));
        Assert.Equal(Kaders.Ots, casus.Lopend(Lijnen.Kader, "K1").Waarde);
    }

    [Fact]
    public void Na_een_voorlopige_maatregel_geldt_weer_wat_eronder_lag()
    {
        var casus = CasusTests.Geopend();
        var ots = LegOp(casus, "K1", Kaders.Ots, "2027-03-02");
        var vots = LegOp(casus, "K1", Kaders.Vots, "2026-05-02", dagen: 10);

        Loop(casus, vots);

        Assert.Equal((Kaders.Ots, ots.Id), (casus.Lopend(Lijnen.Kader, "K1").Waarde, casus.Kinderen.Single(k => k.Ref == "K1").BeschikkingId));
        Assert.Equal(Gi, casus.Lopend(Lijnen.Bevoegdheid, "K1").Waarde);
    }

    [Fact]
    public void Een_plaatsing_staat_los_van_het_kader_maar_niet_zonder_maatregel_en_machtiging()
    {
        var casus = CasusTests.Geopend();
        Weigert("ondertoezichtstelling", () => Plaats(casus, Plaatsingen.UitHuis, "2026-06-02"));
        var ots = LegOp(casus, "K1", Kaders.Ots, "2027-03-02");
        Weigert("machtiging", () => casus.Plaatsen(AlsGi, "K1", Plaatsingen.UitHuis, null, null, "bron", Maandag.AddDays(1), Maandag.AddDays(1)));
        Assert.Throws<OngeldigeInvoer>(() => Plaats(casus, Plaatsingen.UitHuis, "2027-03-03"));
        Weigert("niet binnen drie maanden", () => Plaats(casus, Plaatsingen.UitHuis, "2026-12-02", dagenLater: 100));

        Plaats(casus, Plaatsingen.UitHuis, "2026-12-02");
        Assert.Equal((Plaatsingen.UitHuis, Kaders.Ots), (casus.PlaatsingVan("K1")!.Waarde, casus.Lopend(Lijnen.Kader, "K1").Waarde));
        Loop(casus, ots);

        Assert.Equal(Plaatsingen.Thuis, casus.PlaatsingVan("K1")!.Waarde);
        Assert.Equal(1, casus.Regie.Volgnr);
    }

    [Fact]
    public void Alleen_de_gi_met_de_bevoegdheid_wijst_aan_wie_de_maatregel_uitvoert()
    {
        var casus = CasusTests.Geopend();
        Weigert("geen maatregel", () => casus.UitvoerderAanwijzen(["K1"], AlsGi, AlsGi.Id, Mensen.Rvt.Id, Maandag));
        var ots = LegOp(casus, "K1", Kaders.Ots, "2027-03-02");
        Weigert("Alleen de GI", () => casus.UitvoerderAanwijzen(["K1"], AlsGi with { Organisatie = "Een andere" }, AlsGi.Id, Mensen.Rvt.Id, Maandag));
        Weigert("zichzelf", () => casus.UitvoerderAanwijzen(["K1"], AlsGi, AlsGi.Id, AlsGi.Id, Maandag));

        Assert.Equal([ots], casus.UitvoerderAanwijzen(["K1"], AlsGi, AlsGi.Id, Mensen.Rvt.Id, Maandag.AddDays(2)));
        Loop(casus, ots);

        Assert.Null(casus.UitvoerderVan("K1"));
        Weigert("geen maatregel", () => casus.UitvoerderAanwijzen(["K1"], AlsGi, AlsGi.Id, Mensen.Rvt.Id, ots.Einde!.Value));
    }

    [Fact]
    public void De_kaderkaart_heeft_negen_punten_en_zegt_dat_drang_geen_maatregel_is()
    {
        var drang = Kaderkaart.Punten(new(Kaders.Drang, Plaatsingen.Thuis, new(2026, 3, 2), true, null, "Samira", "Joris", null), Termijnboek.Standaard);
        Assert.Equal(Enumerable.Range(1, 9), drang.Select(p => p.Nummer));
        Assert.Contains("vrijwillig", drang[0].Tekst, StringComparison.Ordinal);
        Assert.Contains("geen maatregel", drang[0].Tekst, StringComparison.Ordinal);

        var casus = CasusTests.Geopend();
        var ots = Kaderkaart.Punten(new(Kaders.Ots, Plaatsingen.Thuis, new(2026, 3, 2), false, LegOp(casus, "K1", Kaders.Ots, "2027-03-02"), "Samira", null, null), Termijnboek.Standaard);
        Assert.Contains("gedwongen", ots[0].Tekst, StringComparison.Ordinal);
        Assert.Contains("2 maart 2027", ots[2].Tekst, StringComparison.Ordinal);
        Assert.Contains("2 juni 2026", ots[7].Tekst, StringComparison.Ordinal);
    }

    private static Actor Houder(Casus casus) => new(casus.HouderId, Rol.Regisseur, "LT");

    private static string Kort(string verzoekDoor) => verzoekDoor switch { "raad-voor-de-kinderbescherming" => "raad", "openbaar-ministerie" => "om", "gecertificeerde-instelling" => "gi", _ => verzoekDoor };

    // Who may ask only when another does not, has to show that.
    private static string[] NietZelf(string van, string naar, string verzoekDoor) => (naar, verzoekDoor) switch
    {
        ("ots", not "gecertificeerde-instelling") when van == "ots" => ["giVerzoektNiet"],
        ("vots", "ouder") or (_, "pleegouder") => ["raadVerzoektNiet"],
        ("ots", "ouder") when van != "voogdij" => ["raadVerzoektNiet"],
        _ => [],
    };

    private static bool Lukt(string van, string naar, string verzoekDoor, IEnumerable<string> stukken)
    {
        var casus = In(van);
        var (voor, nu) = (Beeld(casus), Maandag.AddDays(3));
        try
        {
            var overgang = casus.KaderovergangVastleggen(Guid.CreateVersion7(nu), Houder(casus), "K1", naar, stukken.ToDictionary(s => s, s => s), "{}", "bron", nu, nu, verzoekDoor, Uitspraak(nu, "2026-06-01"));
            casus.KaderWijzigen(overgang.Id, nu);
            return true;
        }
        catch (Exception nee) when (nee is Geweigerd or OngeldigeInvoer)
        {
            Assert.Equal(voor, Beeld(casus));
            return false;
        }
    }

    private static Casus In(string kader)
    {
        var casus = CasusTests.Geopend();
        string[] weg = kader switch
        {
            Kaders.Vrijwillig => [],
            Kaders.GezagGeschorst or Kaders.Voogdij => [Kaders.Ots, kader],
            _ => [kader],
        };
        foreach (var (naar, dag) in weg.Select((k, i) => (k, i)))
            LegOp(casus, "K1", naar, "2026-05-01", dagen: dag);
        return casus;
    }

    private static Beschikking LegOp(Casus casus, string kind, string naar, string einddatum, string? door = null, int dagen = 0, string? gi = Gi)
    {
        var nu = Maandag.AddDays(dagen).AddMinutes(1);
        var van = casus.Lopend(Lijnen.Kader, kind).Waarde;
        var overgang = casus.KaderovergangVastleggen(Guid.CreateVersion7(nu), Houder(casus), kind, naar, Stukken.ToDictionary(s => s, s => s), "{}", "bron", nu, nu, door ?? Kaders.Regel(van, naar)!.Verzoekers[0].Naam, Uitspraak(nu, einddatum, gi));
        casus.KaderWijzigen(overgang.Id, nu);
        return overgang.BeschikkingId is { } id ? casus.BeschikkingMet(id) : null!;
    }

    private static Uitspraak Uitspraak(DateTimeOffset nu, string einddatum, string? gi = Gi) =>
        new(Guid.CreateVersion7(nu), "C/1", NederlandseKalender.DatumVan(nu), DateOnly.Parse(einddatum, null), gi, false, Termijnboek.Standaard);

    private static void Plaats(Casus casus, string naar, string einddatum, int dagenLater = 1)
    {
        var nu = Maandag.AddDays(dagenLater);
        casus.Plaatsen(AlsGi, "K1", naar, Uitspraak(Maandag, einddatum), null, "bron", nu, nu);
    }

    private static void Loop(Casus casus, Beschikking beschikking)
    {
        foreach (var overgang in casus.BeschikkingLatenAflopen(beschikking.Id, beschikking.Einde!.Value, beschikking.Einde.Value))
            casus.KaderWijzigen(overgang.Id, beschikking.Einde.Value);
    }

    private static void Weigert(string deelVanZin, Action handeling) =>
        Assert.Contains(deelVanZin, Assert.Throws<Geweigerd>(handeling).Message, StringComparison.Ordinal);

    private static string Beeld(Casus casus) =>
        string.Join(";", casus.Perioden.Select(p => $"{p.Lijn}{p.Onderdeel}{p.Volgnr}{p.Waarde}{p.Tot:O}")) + casus.Kaderovergangen.Count + casus.Beschikkingen.Count + casus.PlaatsingLijn.Count + casus.Gebeurtenissen.Count;
}
