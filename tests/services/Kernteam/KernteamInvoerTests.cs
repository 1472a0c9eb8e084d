using NetwerkRegie.Kernteam;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;
using Xunit;

namespace NetwerkRegie.Services.Tests.Kernteam;

public sealed class KernteamInvoerTests
{
    private static readonly DateTimeOffset Nu = new(2026, 4, 1, 13, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(-1, null, true)]
    [InlineData(0, null, true)]
    [InlineData(1, null, false)]
    [InlineData(null, "Diederik zwerft buiten.", true)]
    [InlineData(null, "  ", false)]
    public void Een_bijeenkomst_komt_na_het_gesprek_met_het_gezin_tenzij_iets_acuut_is(int? besprokenNaUren, string? acuteReden, bool mag)
    {
        Assert.Equal(mag, BijeenkomstVastleggen.IsNaHetGezin(Nu, besprokenNaUren is { } uren ? Nu.AddHours(uren) : null, acuteReden));
    }

    [Fact]
    public void Alle_fouten_van_een_bijeenkomst_komen_tegelijk()
    {
        var verzoek = new BijeenkomstVastleggen(Nu.AddMinutes(1), [], new Agenda(true, "Rustige week", " ", null, new string('x', 2001), true), null);

        Assert.Equal(
            ["/gehoudenOp", "/aanwezigen", "/agenda/koers", "/agenda/terugkoppelingActies", "/agenda/volgendeStappen"],
            Fouten(() => verzoek.Controleer(Nu)));
    }

    [Fact]
    public void De_eerste_versie_van_het_plan_is_met_het_gezin_besproken()
    {
        Assert.Equal(["/besprokenMetGezinOp"], Fouten(() => new PlanVastleggen("Wat is nodig?").Controleer(isBesproken: false, Nu)));
        Assert.Equal(["/besprokenMetGezinOp"], Fouten(() => new PlanVastleggen("Wat is nodig?", Nu.AddDays(1)).Controleer(isBesproken: true, Nu)));
        new PlanVastleggen("Wat is nodig?", Afspraken: "Logeren bij tante").Controleer(isBesproken: true, Nu);
    }

    [Fact]
    public void Een_koers_verandert_openlijk()
    {
        var punten = new[] { "Stem van het kind is leidend" };

        new KoersVaststellen(punten, null).Controleer(isEerste: true);
        Assert.Equal(["/reden"], Fouten(() => new KoersVaststellen(punten, null).Controleer(isEerste: false)));
        Assert.Equal(["/punten"], Fouten(() => new KoersVaststellen([], null).Controleer(isEerste: true)));
        Assert.Equal(["/punten/1"], Fouten(() => new KoersVaststellen(["Een", null], null).Controleer(isEerste: true)));
    }

    [Fact]
    public void Een_actie_heeft_een_wie_een_wat_een_opbrengst_en_een_wanneer()
    {
        Assert.Equal(["/wieRef", "/wat", "/opbrengst", "/uiterlijkOp"], Fouten(() => new ActieAfspreken(null, null, null, null).Controleer(Nu, Termijnboek.Standaard)));
        Assert.Equal(["/wieRef"], Fouten(() => new ActieAfspreken("tante Hanneke", "Logeren", "Twee nachten rust", Nu.AddDays(7)).Controleer(Nu, Termijnboek.Standaard)));
        Assert.Equal(["/termijn"], Fouten(() => new ActieAfspreken("ggz", "Dossier", "Een beeld", Termijn: "gauw").Controleer(Nu, Termijnboek.Standaard)));
    }

    [Fact]
    public void Wat_niet_lukte_krijgt_een_terugkoppeling()
    {
        new ActieAfronden(true, null).Controleer();
        Assert.Equal(["/terugkoppeling"], Fouten(() => new ActieAfronden(false, null).Controleer()));
        Assert.Equal(["/gelukt"], Fouten(() => new ActieAfronden(null, null).Controleer()));
    }

    [Fact]
    public void Een_herijking_heeft_drie_antwoorden()
    {
        Assert.Equal(["/zelfdeDoel", "/bijdragenKloppen", "/anderenNodig"], Fouten(() => new PlanHerijken(null, " ", null).Controleer()));
        new PlanHerijken("Ja", "Ja", "Iemand die weet van hoogbegaafdheid").Controleer();
    }

    [Fact]
    public void Een_stop_eindigt_met_drie_antwoorden()
    {
        Assert.Equal(
            ["/nodigVoorDoorbraak", "/inhoudEnVoorwaarden", "/wieDoetWat"],
            Fouten(() => new StopOpheffen(null, "", " ").Controleer()));
    }

    private static IEnumerable<string> Fouten(Action controle) => Assert.Throws<OngeldigeInvoer>(controle).Fouten.Select(fout => fout.Plaats);
}
