using static NetwerkRegie.Termijnen.Tests.Hulp;

namespace NetwerkRegie.Termijnen.Tests;

public sealed class KalenderTests
{
    [Theory]
    [InlineData("2000-04-23")]
    [InlineData("2008-03-23")]
    [InlineData("2011-04-24")]
    [InlineData("2016-03-27")]
    [InlineData("2019-04-21")]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2028-04-16")]
    [InlineData("2038-04-25")]
    [InlineData("2049-04-18")]
    [InlineData("2076-04-19")]
    [InlineData("2095-04-24")]
    [InlineData("2100-03-28")]
    public void Pasen_valt_op_de_bekende_datum(string pasen) => Assert.Equal(Dag(pasen), NederlandseKalender.Pasen(Dag(pasen).Year));

    [Theory]
    [InlineData(2026, "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26")]
    [InlineData(2027, "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26")]
    [InlineData(2013, "01-01 03-29 04-01 04-30 05-05 05-09 05-20 12-25 12-26")]
    public void Een_jaar_heeft_deze_feestdagen_en_geen_andere(int jaar, string dagen)
    {
        var feestdagen = Enumerable.Range(0, 365).Select(new DateOnly(jaar, 1, 1).AddDays).Where(NederlandseKalender.IsFeestdag);

        Assert.Equal(dagen.Split(' ').Select(d => Dag($"{jaar}-{d}")), feestdagen);
    }

    [Theory]
    [InlineData("2025-04-26", true)]
    [InlineData("2025-04-27", false)]
    [InlineData("2031-04-26", true)]
    [InlineData("2031-04-27", false)]
    public void Koningsdag_op_zondag_wordt_een_dag_eerder_gevierd(string dag, bool isFeestdag) =>
        Assert.Equal(isFeestdag, NederlandseKalender.IsFeestdag(Dag(dag)));

    [Theory]
    [InlineData("2026-04-01", "2026-04-02")]
    [InlineData("2026-04-02", "2026-04-07")] // Good Friday, Easter
    [InlineData("2026-12-24", "2026-12-28")]
    [InlineData("2026-12-31", "2027-01-04")]
    [InlineData("2027-05-04", "2027-05-07")] // 5 May and Ascension Day
    public void De_volgende_werkdag_slaat_weekend_en_feestdagen_over(string dag, string volgende) =>
        Assert.Equal(Dag(volgende), NederlandseKalender.VolgendeWerkdag(Dag(dag)));

    [Theory]
    [InlineData("2026-03-01T22:59:59Z", "2026-03-01")]
    [InlineData("2026-03-01T23:00:00Z", "2026-03-02")]
    [InlineData("2026-07-01T21:59:59Z", "2026-07-01")]
    [InlineData("2026-07-01T22:00:00Z", "2026-07-02")]
    [InlineData("2026-07-02T00:30:00+09:00", "2026-07-01")]
    public void De_datum_is_die_van_Amsterdam(string moment, string dag) => Assert.Equal(Dag(dag), NederlandseKalender.DatumVan(Moment(moment)));

    [Theory]
    [InlineData("2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("2026-03-30", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-25", "2026-10-24T22:00:00Z")]
    [InlineData("2026-10-26", "2026-10-25T23:00:00Z")]
    public void De_dag_begint_om_middernacht_in_Amsterdam(string dag, string begin)
    {
        Assert.Equal(Moment(begin), NederlandseKalender.Begin(Dag(dag)));
        Assert.Equal(TimeSpan.Zero, NederlandseKalender.Begin(Dag(dag)).Offset);
    }

    [Theory]
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30:00Z")] // this half hour comes twice
    [InlineData("2026-10-25 03:00", "2026-10-25T02:00:00Z")]
    [InlineData("2026-03-29 01:59", "2026-03-29T00:59:00Z")]
    [InlineData("2026-03-29 02:30", "2026-03-29T01:00:00Z")] // this half hour does not exist
    [InlineData("2026-03-29 03:00", "2026-03-29T01:00:00Z")]
    public void Een_kloktijd_valt_de_eerste_keer_dat_de_klok_hem_aanwijst(string kloktijd, string moment) =>
        Assert.Equal(Moment(moment), Moment(kloktijd));

    [Theory]
    [InlineData("2026-10-25T00:30:00Z", 2)]
    [InlineData("2026-10-25T01:30:00Z", 1)]
    public void De_twee_uren_van_de_wintertijd_houden_elk_hun_verschil_met_UTC(string moment, int uren)
    {
        var lokaal = NederlandseKalender.LokaalAls(Moment(moment));

        Assert.Equal(new DateTime(2026, 10, 25, 2, 30, 0), lokaal.DateTime);
        Assert.Equal(TimeSpan.FromHours(uren), lokaal.Offset);
    }

    [Fact]
    public void Een_machine_zonder_tijdzones_krijgt_een_duidelijke_fout()
    {
        var fout = Assert.Throws<InvalidOperationException>(() => NederlandseKalender.Tijdzone("Europe/Atlantis"));

        Assert.Equal("De tijdzone Europe/Atlantis ontbreekt op deze machine; installeer het pakket tzdata.", fout.Message);
    }
}
