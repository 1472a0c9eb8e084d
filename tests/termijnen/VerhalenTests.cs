using static NetwerkRegie.Termijnen.Tests.Hulp;

namespace NetwerkRegie.Termijnen.Tests;

/// <summary>Elke termijn uit de casusverhalen, met de afspraken van de regio waarin zij spelen.</summary>
public sealed class VerhalenTests
{
    private static readonly Termijnboek Regio = Termijnboek.Standaard.Met([new("knelpunt-strategisch", "10 werkdagen", "convenant van de regio")]);

    [Theory]
    // Diederik
    [InlineData("rvt-consult", "2026-03-02", "2026-03-04")]
    [InlineData("dossier-opvragen", "2026-03-05", "2026-03-19")]
    [InlineData("knelpunt-operationeel", "2026-06-15", "2026-06-22")]
    [InlineData("herijking", "2026-04-08", "2026-05-20")]
    [InlineData("herijking", "2026-05-20", "2026-07-01")]
    [InlineData("herijking", "2026-07-01", "2026-08-12")]
    // Meisje X
    [InlineData("verslag-feedback", "2026-01-22", "2026-01-29")]
    [InlineData("knelpunt-bemiddeling", "2026-03-24", "2026-03-27")]
    [InlineData("overdracht-acceptatie", "2026-04-14", "2026-04-21")]
    [InlineData("kennismaking", "2026-04-20", "2026-04-30")]
    [InlineData("overdracht-acceptatie", "2026-07-03", "2026-07-10")]
    [InlineData("kennismaking", "2026-07-08", "2026-07-18")]
    [InlineData("nazorg", "2026-09-14", "2026-10-12")]
    [InlineData("nazorg", "2026-04-29", "2026-05-27")]
    // Noah en Lieke
    [InlineData("vt-triage", "2026-01-12", "2026-01-19")]
    [InlineData("overdracht-acceptatie", "2026-01-16", "2026-01-23")]
    [InlineData("nazorg", "2026-01-22", "2026-02-19")]
    [InlineData("vto-ontvangst", "2026-04-15", "2026-04-16")]
    [InlineData("rvdk-onderzoek", "2026-04-16", "2026-06-11")]
    [InlineData("gi-eerste-contact", "2026-06-26", "2026-07-03")]
    [InlineData("overdracht-acceptatie", "2027-05-18", "2027-05-25")]
    [InlineData("kennismaking", "2027-05-21", "2027-05-31")]
    [InlineData("nazorg", "2027-06-10", "2027-07-08")]
    // Bram valt uit
    [InlineData("noodhouder-vervangen", "2026-05-11", "2026-05-13")]
    [InlineData("vervanging-bellen", "2026-05-11", "2026-05-13")]
    [InlineData("overdracht-acceptatie", "2026-06-08", "2026-06-15")]
    // Sem
    [InlineData("knelpunt-operationeel", "2026-12-14", "2026-12-21")]
    [InlineData("knelpunt-bemiddeling", "2026-12-21", "2026-12-24")]
    [InlineData("knelpunt-tactisch", "2026-12-24", "2027-01-11")]
    [InlineData("knelpunt-strategisch", "2027-01-11", "2027-01-25")]
    // Kamal
    [InlineData("overdracht-acceptatie", "2026-09-01", "2026-09-08")]
    [InlineData("knelpunt-operationeel", "2026-09-04", "2026-09-11")]
    [InlineData("knelpunt-bemiddeling", "2026-09-04", "2026-09-09")]
    [InlineData("overdracht-acceptatie", "2026-09-14", "2026-09-21")]
    [InlineData("kennismaking", "2026-09-16", "2026-09-26")]
    [InlineData("nazorg", "2026-09-24", "2026-10-22")]
    // Achtendertig casussen op een nieuwe versie
    [InlineData("rvdk-onderzoek", "2026-08-18", "2026-10-13")]
    [InlineData("nazorg", "2026-09-07", "2026-10-05")]
    // Jayden, in het weekend van de wintertijd
    [InlineData("rvt-consult", "2026-10-24", "2026-10-27")]
    public void Een_termijn_loopt_tot_en_met_de_laatste_dag_hoe_laat_hij_ook_begon(string id, string start, string laatsteDag)
    {
        foreach (var tijd in (string[])["00:00", "10:15", "23:59"])
        {
            var begin = Moment($"{start} {tijd}");

            Assert.Equal(Dag(laatsteDag), Regio[id].LaatsteDag(begin));
            Assert.Equal(NederlandseKalender.Begin(Dag(laatsteDag).AddDays(1)), Regio[id].Verloopt(begin));
        }
    }

    [Theory]
    [InlineData("kader-einde-12w", "2026-09-16", "2026-06-24")]
    [InlineData("kader-einde-8w", "2026-09-16", "2026-07-22")]
    [InlineData("kader-einde-12w", "2027-06-26", "2027-04-03")] // a Saturday
    [InlineData("kader-einde-8w", "2027-06-26", "2027-05-01")] // a Saturday
    [InlineData("kader-einde-4w", "2027-06-26", "2027-05-29")]
    public void Een_signaal_voor_het_einde_van_een_maatregel_komt_als_de_dag_begint(string id, string einde, string dag)
    {
        var begin = NederlandseKalender.Begin(Dag(einde));

        Assert.Equal(Dag(dag), Regio[id].LaatsteDag(begin));
        Assert.Equal(NederlandseKalender.Begin(Dag(dag)), Regio[id].Verloopt(begin));
    }

    [Theory]
    [InlineData("kernteam-gemist", "2026-04-02 15:00", "2026-04-10 15:00")] // Good Friday does not stop it
    [InlineData("kindcontact-maatregel", "2026-03-15 10:30", "2026-03-22 10:30")]
    [InlineData("kindcontact-maatregel", "2026-10-18 11:00", "2026-10-25 11:00")]
    [InlineData("kindcontact-maatregel", "2026-10-24 23:30", "2026-10-31 23:30")]
    [InlineData("kindcontact-maatregel", "2026-10-18 02:30", "2026-10-25T00:30:00Z")] // the first of two
    [InlineData("veiligheidsbevestiging", "2026-10-24 17:55", "2026-10-24 21:55")]
    [InlineData("veiligheidsbevestiging-acuut", "2026-03-14 01:30", "2026-03-14 01:45")]
    public void Een_klok_loopt_af_op_het_moment_zelf(string id, string start, string verloopt)
    {
        Assert.Equal(Moment(verloopt), Regio[id].Verloopt(Moment(start)));
        Assert.Equal(NederlandseKalender.DatumVan(Moment(verloopt)), Regio[id].LaatsteDag(Moment(start)));
    }

    [Fact]
    public void De_maatregel_van_Noah_en_Lieke_duurt_hooguit_tot_zaterdag_26_juni()
    {
        var beschikking = Moment("2026-06-26 16:00");

        Assert.Equal(Moment("2027-06-26 00:00"), Regio["ots"].Verloopt(beschikking));
        Assert.Equal(Dag("2027-06-25"), Regio["ots"].LaatsteDag(beschikking));
    }
}
