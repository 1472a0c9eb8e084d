using static NetwerkRegie.Termijnen.Tests.Hulp;

namespace NetwerkRegie.Termijnen.Tests;

public sealed class RekenregelsTests
{
    [Theory]
    [InlineData(5, Eenheid.Dag, "2026-02-02", "2026-02-09")] // Saturday
    [InlineData(5, Eenheid.Dag, "2026-02-03", "2026-02-09")] // Sunday
    [InlineData(14, Eenheid.Dag, "2026-03-20", "2026-04-07")] // Good Friday, and all of Easter behind it
    [InlineData(2, Eenheid.Week, "2026-04-21", "2026-05-06")] // 5 May
    [InlineData(10, Eenheid.Week, "2026-02-16", "2026-04-28")] // Koningsdag
    [InlineData(1, Eenheid.Maand, "2026-11-26", "2026-12-28")] // 26 December on a Saturday
    [InlineData(1, Eenheid.Week, "2026-02-02", "2026-02-09")] // a working day stays
    public void Artikel_1_verschuift_een_vrije_laatste_dag_naar_de_eerstvolgende_werkdag(int aantal, Eenheid eenheid, string start, string laatsteDag) =>
        Assert.Equal(Dag(laatsteDag), Losse(aantal, eenheid, Rekenwijze.Atw).LaatsteDag(Moment($"{start} 12:00")));

    [Theory]
    [InlineData("gi-niet-verlengen-melden", "2026-11-16", "2026-09-16")]
    [InlineData("gi-niet-verlengen-melden", "2026-07-05", "2026-05-05")] // a holiday
    [InlineData("gi-uhp-beeindigen-melden", "2026-09-14", "2026-08-14")]
    [InlineData("gi-advies-rvdk-2jr", "2026-09-15", "2026-07-15")]
    [InlineData("gi-advies-rvdk-2jr", "2026-10-11", "2026-08-11")]
    [InlineData("gi-niet-verlengen-melden", "2026-04-30", "2026-02-28")] // a Saturday
    public void Artikel_1_lid_2_laat_terugtellen_met_rust(string id, string einde, string dag) =>
        Assert.Equal(Dag(dag), Termijnboek.Standaard[id].LaatsteDag(NederlandseKalender.Begin(Dag(einde))));

    [Theory]
    [InlineData(3, "2026-02-05", "2026-02-09")] // Thursday: Friday and Monday
    [InlineData(3, "2026-02-06", "2026-02-10")] // Friday: Monday and Tuesday
    [InlineData(4, "2026-04-02", "2026-04-08")] // the Thursday before Easter: Tuesday and Wednesday
    [InlineData(3, "2026-12-23", "2026-12-28")] // 24 and 28 December
    [InlineData(2, "2026-02-06", "2026-02-09")] // too short for the rule: article 1 only
    [InlineData(3, "2026-02-02", "2026-02-05")] // has them already
    public void Artikel_2_geeft_een_termijn_vanaf_drie_dagen_twee_werkdagen(int dagen, string start, string laatsteDag) =>
        Assert.Equal(Dag(laatsteDag), Losse(dagen, Eenheid.Dag, Rekenwijze.Atw).LaatsteDag(Moment($"{start} 12:00")));

    [Fact]
    public void Zonder_Atw_geldt_artikel_2_niet() =>
        Assert.Equal(Dag("2026-02-08"), Losse(3, Eenheid.Dag, Rekenwijze.Kalenderdagen).LaatsteDag(Moment("2026-02-05 12:00")));

    [Theory]
    // Each of the first pairs ends on the Monday after; the second ends where it ends.
    [InlineData(90, Eenheid.Dag, "2026-02-08", "2026-05-11")]
    [InlineData(91, Eenheid.Dag, "2026-02-07", "2026-05-09")]
    [InlineData(12, Eenheid.Week, "2026-02-14", "2026-05-11")]
    [InlineData(13, Eenheid.Week, "2026-02-14", "2026-05-16")]
    [InlineData(3, Eenheid.Maand, "2026-02-09", "2026-05-11")]
    [InlineData(4, Eenheid.Maand, "2026-02-13", "2026-06-13")]
    [InlineData(1, Eenheid.Jaar, "2026-05-09", "2027-05-09")]
    public void Artikel_4_laat_lange_termijnen_met_rust(int aantal, Eenheid eenheid, string start, string laatsteDag) =>
        Assert.Equal(Dag(laatsteDag), Losse(aantal, eenheid, Rekenwijze.Atw).LaatsteDag(Moment($"{start} 12:00")));

    [Fact]
    public void Artikel_4_houdt_ook_bij_een_afspraak_van_de_regio()
    {
        var langer = Termijnboek.Standaard.Met([new("vt-onderzoek-oordeel", "13 weken", "regio")]);

        Assert.Equal(Dag("2026-05-16"), langer["vt-onderzoek-oordeel"].LaatsteDag(Moment("2026-02-14 12:00")));
    }

    [Fact]
    public void Het_huisverbod_is_van_de_Atw_uitgezonderd_en_eindigt_op_de_klok() =>
        Assert.Equal(Moment("2026-02-15 21:40"), Termijnboek.Standaard["huisverbod"].Verloopt(Moment("2026-02-05 21:40"))); // a Sunday

    [Theory]
    [InlineData(1, "2026-01-31", "2026-02-28")]
    [InlineData(1, "2028-01-31", "2028-02-29")]
    [InlineData(3, "2026-11-30", "2027-02-28")]
    [InlineData(-1, "2026-03-31", "2026-02-28")]
    [InlineData(12, "2028-02-29", "2029-02-28")]
    public void Een_maand_eindigt_hooguit_op_de_laatste_dag_van_de_maand(int maanden, string start, string laatsteDag) =>
        Assert.Equal(Dag(laatsteDag), Losse(maanden, Eenheid.Maand, Rekenwijze.Kalenderdagen).LaatsteDag(Moment($"{start} 12:00")));

    [Fact]
    public void Een_schrikkeldag_wordt_een_jaar_later_28_februari() =>
        Assert.Equal(Dag("2029-02-28"), Losse(1, Eenheid.Jaar, Rekenwijze.Kalenderdagen).LaatsteDag(Moment("2028-02-29 12:00")));

    [Theory]
    [InlineData("2026-03-27", "2026-03-29", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-23", "2026-10-25", "2026-10-25T23:00:00Z")]
    public void Een_dagtermijn_eindigt_ook_na_het_verspringen_van_de_klok_om_middernacht(string start, string laatsteDag, string verloopt)
    {
        var termijn = Losse(2, Eenheid.Dag, Rekenwijze.Kalenderdagen);

        Assert.Equal(Dag(laatsteDag), termijn.LaatsteDag(Moment($"{start} 15:00")));
        Assert.Equal(Moment(verloopt), termijn.Verloopt(Moment($"{start} 15:00")));
    }

    [Theory]
    [InlineData("2026-03-28 12:00", "2026-03-31 13:00")]
    [InlineData("2026-10-24 12:00", "2026-10-27 11:00")]
    [InlineData("2026-06-01 12:00", "2026-06-04 12:00")]
    public void Tweeenzeventig_uur_zijn_werkelijke_uren(string start, string verloopt) =>
        Assert.Equal(Moment(verloopt), Termijnboek.Standaard["noodoverdracht-herstel"].Verloopt(Moment(start)));

    [Theory]
    [InlineData("2026-10-25T00:50:00Z", "2026-10-25T01:05:00Z")] // from the first 02:50 to the second 02:05
    [InlineData("2026-03-29T00:50:00Z", "2026-03-29T01:05:00Z")] // from 01:50 to 03:05
    public void Een_kwartier_duurt_ook_bij_het_verspringen_een_kwartier(string start, string verloopt) =>
        Assert.Equal(Moment(verloopt), Termijnboek.Standaard["veiligheidsbevestiging-acuut"].Verloopt(Moment(start)));

    [Fact]
    public void Een_kloktijd_die_niet_bestaat_valt_op_het_verspringen() =>
        Assert.Equal(Moment("2026-03-29T01:00:00Z"), Termijnboek.Standaard["kindcontact-maatregel"].Verloopt(Moment("2026-03-22 02:30")));

    [Theory]
    [InlineData("vots", "2026-01-31 16:00", "2026-04-30 00:00")]
    [InlineData("muhp", "2025-09-16 11:00", "2026-09-16 00:00")]
    [InlineData("ots-verlenging", "2027-06-26 00:00", "2028-06-26 00:00")]
    [InlineData("schorsing-gezag", "2026-02-09 09:00", "2026-05-09 00:00")] // a Saturday
    public void De_eerste_dag_van_een_maatregel_telt_mee_en_het_einde_verschuift_nooit(string id, string start, string verloopt) =>
        Assert.Equal(Moment(verloopt), Termijnboek.Standaard[id].Verloopt(Moment(start)));

    [Fact]
    public void Een_verlenging_sluit_aan_op_de_laatste_dag()
    {
        var laatsteDag = Termijnboek.Standaard["avg-verzoek"].LaatsteDag(Moment("2026-01-15 09:00"));

        Assert.Equal(Dag("2026-04-15"), Termijnboek.Standaard["avg-verlenging"].LaatsteDag(NederlandseKalender.Begin(laatsteDag)));
    }

    [Fact]
    public void Het_begin_telt_naar_de_datum_in_Amsterdam_en_niet_in_UTC() =>
        Assert.Equal(Dag("2026-07-09"), Losse(7, Eenheid.Dag, Rekenwijze.Kalenderdagen).LaatsteDag(Moment("2026-07-01T22:30:00Z")));

    [Fact]
    public void Een_termijn_zonder_aantal_zegt_dat_de_regio_hem_moet_invullen()
    {
        var fout = Assert.Throws<InvalidOperationException>(() => Termijnboek.Standaard["vt-voorwaarden-vervolg"].Verloopt(Moment("2026-03-02 09:00")));

        Assert.Equal("Termijn 'vt-voorwaarden-vervolg' heeft nog geen aantal; de regio moet het invullen.", fout.Message);
    }

    [Fact]
    public void Een_telling_heeft_geen_einde_op_de_kalender()
    {
        var fout = Assert.Throws<InvalidOperationException>(() => Termijnboek.Standaard["verzuim-drempel"].Verloopt(Moment("2026-03-02 09:00")));

        Assert.Contains("verzuim-drempel", fout.Message, StringComparison.Ordinal);
    }
}
