using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Regie;
using NetwerkRegie.Web;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>De regels van de casus, zonder database of stroom.</summary>
public sealed class CasusTests
{
    private static readonly DateTimeOffset Maandag = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);
    private static readonly Mensen Mensen = new();

    [Fact]
    public void Een_geopende_casus_heeft_meteen_een_regisseur_en_voor_elk_kind_een_kader()
    {
        var casus = Geopend();

        Assert.Equal(Mensen.Regisseur.Id, casus.HouderId);
        Assert.Equal(Maandag, casus.Regie.Vanaf);
        Assert.Equal(Schalen.Lokaal, casus.Schaal);
        Assert.All(casus.Kinderen, kind => Assert.Equal(Kaders.Vrijwillig, casus.Lopend(Lijnen.Kader, kind.Ref).Waarde));
        Assert.Contains(casus.Gebeurtenissen, g => g is CasusGeopend);
        Assert.Contains(casus.Gebeurtenissen, g => g is RegieToegekend);
    }

    [Fact]
    public void Aanvaarden_verplaatst_niets()
    {
        var casus = Geopend();
        var overdracht = Voorstel(casus);

        casus.OverdrachtAanvaarden(overdracht.Id, Mensen.AlsOntvanger, Maandag.AddDays(1));

        Assert.Equal(Mensen.Regisseur.Id, casus.HouderId);
    }

    [Fact]
    public void Het_gesprek_verplaatst_de_regie_vanaf_het_einde_van_het_gesprek()
    {
        var casus = Geopend();
        var overdracht = Voorstel(casus);
        var gesprek = Maandag.AddDays(2);
        casus.OverdrachtAanvaarden(overdracht.Id, Mensen.AlsOntvanger, Maandag.AddDays(1));

        casus.GesprekVoeren(overdracht.Id, Mensen.AlsRegisseur, Mensen.Team, new WarmGesprek(gesprek, true, true, null), gesprek.AddMinutes(4));
        casus.RegieOverdragen(overdracht.Id, gesprek.AddMinutes(4));

        Assert.Equal(Mensen.Ontvanger.Id, casus.HouderId);
        Assert.Equal((gesprek, gesprek.AddMinutes(4)), (casus.Regie.Vanaf, casus.Regie.VastgelegdOp));
        var vorige = casus.Perioden.Single(p => p.Lijn == Lijnen.Regie && !p.IsOpen);
        Assert.Equal(gesprek, vorige.Tot);
    }

    [Fact]
    public void Zonder_gezin_heeft_een_gesprek_een_reden_nodig()
    {
        var casus = Geopend();
        var overdracht = Voorstel(casus);
        casus.OverdrachtAanvaarden(overdracht.Id, Mensen.AlsOntvanger, Maandag.AddDays(1));

        Weigert("Leg vast waarom", () => casus.GesprekVoeren(overdracht.Id, Mensen.AlsRegisseur, Mensen.Team, new WarmGesprek(Maandag.AddDays(2), false, true, null), Maandag.AddDays(2)));
        casus.GesprekVoeren(overdracht.Id, Mensen.AlsRegisseur, Mensen.Team, new WarmGesprek(Maandag.AddDays(2), false, true, "opname"), Maandag.AddDays(2));
    }

    [Fact]
    public void Een_gesprek_van_voor_het_aanvaarden_telt_niet()
    {
        var casus = Geopend();
        var overdracht = Voorstel(casus);
        casus.OverdrachtAanvaarden(overdracht.Id, Mensen.AlsOntvanger, Maandag.AddDays(1));

        Weigert("voor het aanvaarden", () => casus.GesprekVoeren(overdracht.Id, Mensen.AlsRegisseur, Mensen.Team, new WarmGesprek(Maandag.AddHours(1), true, true, null), Maandag.AddDays(2)));
    }

    [Fact]
    public void Er_is_maar_een_voorstel_tegelijk()
    {
        var casus = Geopend();
        Voorstel(casus);

        Weigert("Er loopt al een voorstel", () => Voorstel(casus));
    }

    [Fact]
    public void Wie_geen_vervanger_heeft_kan_geen_regisseur_worden() =>
        Weigert("geen geldige vervanger", () => Geopend().OverdrachtVoorstellen(Guid.CreateVersion7(Maandag), Mensen.AlsRegisseur, Mensen.Ontvanger, naarHeeftVervanger: false, Mensen.Team, "andere wijk", Maandag));

    [Fact]
    public void Een_ander_kan_niet_voor_de_ontvanger_antwoorden()
    {
        var casus = Geopend();
        var overdracht = Voorstel(casus);

        Assert.Equal(403, Weigert("Alleen wie is voorgesteld", () => casus.OverdrachtAanvaarden(overdracht.Id, Mensen.AlsRegisseur, Maandag)).Status);
    }

    [Fact]
    public void Een_waarnemer_houdt_de_regie_tot_een_gesprek()
    {
        var casus = Geopend();
        var vervanging = casus.VervangingPlannen(Guid.CreateVersion7(Maandag), Mensen.AlsRegisseur, Mensen.Team, Mensen.Ontvanger.Id, Vervanging.Gepland, "verlof", Maandag.AddDays(7), Maandag.AddDays(28), Maandag);

        casus.VervangingStarten(vervanging.Id, Mensen.Team, Maandag.AddDays(7));
        Assert.Equal((Mensen.Ontvanger.Id.ToString(), Merken.Waarnemend, (Guid?)Mensen.Regisseur.Id), (casus.Regie.Waarde, casus.Regie.Merk, casus.Regie.PrincipaalId));

        casus.TerugkeerBespreken(vervanging.Id, Mensen.AlsRegisseur, Mensen.Team, Maandag.AddDays(30), Maandag.AddDays(30));
        Assert.Equal((Mensen.Regisseur.Id, (string?)null), (casus.HouderId, casus.Regie.Merk));
    }

    [Fact]
    public void Is_er_niemand_anders_dan_houdt_de_leidinggevende_de_regie_als_noodhouder()
    {
        var casus = Geopend();
        var vervanging = casus.VervangingPlannen(Guid.CreateVersion7(Maandag), Mensen.AlsRegisseur, Mensen.Team, Mensen.Team.LeidinggevendeId, Vervanging.Acuut, "ziek", Maandag, null, Maandag.AddHours(1));

        casus.VervangingStarten(vervanging.Id, Mensen.Team, Maandag.AddHours(1));

        Assert.Equal(Merken.Noodhouder, casus.Regie.Merk);
        Assert.Contains(casus.Gebeurtenissen, g => g is NoodhouderAangewezen);
    }

    [Fact]
    public void Een_kaderwissel_vraagt_al_het_bewijs_en_verplaatst_geen_regie()
    {
        var casus = Geopend();
        var fouten = Assert.Throws<OngeldigeInvoer>(() => Drang(casus, [])).Fouten;
        Assert.Equal(["/bewijs/analyse", "/bewijs/voorwaarden", "/bewijs/zienswijzeGezin", "/bewijs/rvtConsult"], fouten.Select(f => f.Plaats));

        var overgang = Drang(casus, new() { ["analyse"] = "a", ["voorwaarden"] = "b", ["zienswijzeGezin"] = "oneens", ["rvtConsult"] = "c" });
        casus.KaderWijzigen(overgang.Id, Maandag.AddDays(1));

        Assert.Equal((Kaders.Drang, Kaders.Vrijwillig), (casus.Lopend(Lijnen.Kader, "K1").Waarde, casus.Lopend(Lijnen.Kader, "K2").Waarde));
        Assert.Equal((1, Mensen.Regisseur.Id), (casus.Regie.Volgnr, casus.HouderId));
    }

    [Fact]
    public void Een_maatregel_gaat_niet_zonder_rechter() =>
        Weigert("beschikking van de rechter", () => Geopend().KaderovergangVastleggen(Guid.CreateVersion7(Maandag), Mensen.AlsRegisseur, "K1", Kaders.Ots, new Dictionary<string, string>(), "{}", "x", Maandag, Maandag));

    [Fact]
    public void Advies_tijdens_een_duo_maakt_het_netwerk_niet_lichter()
    {
        var casus = Geopend();
        casus.Opschalen(Vraag(casus, Schalen.Duo).Id, Mensen.Rvt.Id, Maandag.AddHours(1));

        casus.Opschalen(Vraag(casus, Schalen.Consult).Id, Mensen.Rvt.Id, Maandag.AddHours(2));

        Assert.Equal(Schalen.Duo, casus.Schaal);
    }

    [Fact]
    public void Regie_over_kan_pas_als_het_rvt_de_regie_heeft() =>
        Weigert("warm gesprek", () =>
        {
            var casus = Geopend();
            casus.Opschalen(Vraag(casus, Schalen.RegieOver).Id, Mensen.Rvt.Id, Maandag.AddHours(1));
        });

    [Fact]
    public void Een_knelpunt_is_pas_opgelost_als_melder_en_gezin_het_weten()
    {
        var casus = Geopend();
        var knelpunt = casus.KnelpuntMelden(Guid.CreateVersion7(Maandag), null, "wie", "geweigerd", Maandag);
        Weigert("besluit de leidinggevende", () => casus.KnelpuntBesluiten(knelpunt.Id, Mensen.AlsRegisseur, [Mensen.Team.LeidinggevendeId], new("oplossen", "r"), Maandag));
        casus.KnelpuntBesluiten(knelpunt.Id, Mensen.AlsLeidinggevende, [Mensen.Team.LeidinggevendeId], new("oplossen", "r"), Maandag);

        Weigert("pas opgelost", () => casus.KnelpuntOplossen(knelpunt.Id, Mensen.AlsRegisseur, true, true, false));
        casus.KnelpuntOplossen(knelpunt.Id, Mensen.AlsRegisseur, true, true, true);

        Assert.Equal(Knelpunt.Opgelost, knelpunt.Status);
    }

    [Fact]
    public void Wie_het_minst_heeft_wordt_regisseur_en_anders_wie_het_langst_geen_nieuwe_kreeg()
    {
        CasusOpenen.Kandidaat Met(string naam, int aantal, bool vervanger = true, bool actief = true, int volgorde = 0, int? dagenGeleden = null)
        {
            var p = new Professional { Id = Guid.CreateVersion7(Maandag), Naam = naam, Rol = "regisseur", Organisatie = "LT", Volgorde = volgorde, IsActief = actief };
            if (dagenGeleden is { } dagen)
                p.KrijgtCasus(Maandag.AddDays(-dagen));
            return new(p, vervanger, aantal);
        }

        Assert.Equal("rustig", CasusOpenen.Kies([Met("druk", 9), Met("rustig", 2), Met("zonder vervanger", 0, vervanger: false), Met("uit dienst", 0, actief: false)])?.Professional.Naam);
        Assert.Equal("lang geleden", CasusOpenen.Kies([Met("gisteren", 2, dagenGeleden: 1), Met("lang geleden", 2, dagenGeleden: 40)])?.Professional.Naam);
        Assert.Equal("eerste", CasusOpenen.Kies([Met("tweede", 2, volgorde: 2), Met("eerste", 2, volgorde: 1)])?.Professional.Naam);
        Assert.Null(CasusOpenen.Kies([]));
    }

    internal static Casus Geopend() => Casus.Openen(
        Guid.CreateVersion7(Maandag), Guid.CreateVersion7(Maandag), "GZN-TEST", "Zilverdam", Mensen.Team.Id, [new("K1", "4-7"), new("K2", "8-11")], Mensen.Regisseur.Id, isNoodhouder: false, versieVanStroom: 1, Maandag);

    private static Overdracht Voorstel(Casus casus)
    {
        var overdracht = casus.OverdrachtVoorstellen(Guid.CreateVersion7(Maandag), Mensen.AlsRegisseur, Mensen.Ontvanger, naarHeeftVervanger: true, Mensen.Team, "andere wijk", Maandag);
        casus.OverdrachtAanbieden(overdracht.Id, Maandag.AddDays(7));
        return overdracht;
    }

    private static Kaderovergang Drang(Casus casus, Dictionary<string, string> bewijs) =>
        casus.KaderovergangVastleggen(Guid.CreateVersion7(Maandag), Mensen.AlsRegisseur, "K1", Kaders.Drang, bewijs, "{}", "gespreksverslag", Maandag.AddHours(3), Maandag.AddDays(1));

    private static Opschaling Vraag(Casus casus, string naar)
    {
        var opschaling = new Opschaling { Id = Guid.CreateVersion7(Maandag), CasusId = casus.Id, Van = casus.Schaal, Naar = naar, Reden = "r", IsAcuut = false, GevraagdDoorId = Mensen.Regisseur.Id, GevraagdOp = Maandag };
        casus.OpschalingVragen(opschaling, Mensen.AlsRegisseur);
        return opschaling;
    }

    private static Geweigerd Weigert(string deelVanZin, Action handeling)
    {
        var nee = Assert.Throws<Geweigerd>(handeling);
        Assert.Contains(deelVanZin, nee.Message, StringComparison.Ordinal);
        return nee;
    }
}

/// <summary>De mensen van een team, en als wie zij handelen.</summary>
internal sealed class Mensen
{
    private static readonly DateTimeOffset Ooit = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Professional Regisseur { get; } = Iemand("regisseur");
    public Professional Ontvanger { get; } = Iemand("regisseur");
    public Professional Rvt { get; } = Iemand("rvt");
    public Professional Leidinggevende { get; } = Iemand("leidinggevende");
    public Team Team { get; }

    public Mensen() => Team = new Team { Id = "lokaal", Naam = "Lokaal team", Routes = ["lokaal-team"], Gemeenten = [], LeidinggevendeId = Leidinggevende.Id };

    public Actor AlsRegisseur => new(Regisseur.Id, Rol.Regisseur, "LT");
    public Actor AlsOntvanger => new(Ontvanger.Id, Rol.Regisseur, "LT");
    public Actor AlsRvt => new(Rvt.Id, Rol.Rvt, "RVT");
    public Actor AlsLeidinggevende => new(Leidinggevende.Id, Rol.Leidinggevende, "LT");

    private static Professional Iemand(string rol) => new() { Id = Guid.CreateVersion7(Ooit), Naam = rol, Rol = rol, Organisatie = "LT", Volgorde = 0 };
}
