using static NetwerkRegie.Termijnen.Tests.Hulp;

namespace NetwerkRegie.Termijnen.Tests;

public sealed class TermijnboekTests
{
    private static readonly Termijnboek Boek = Termijnboek.Standaard;

    public static TheoryData<string> Ids => [.. Boek.Alle.Select(t => t.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void Elke_termijn_is_volledig_en_telt_zoals_zijn_eenheid_toelaat(string id)
    {
        var termijn = Boek[id];

        Assert.All([termijn.Naam, termijn.Start, termijn.Bron], tekst => Assert.False(string.IsNullOrWhiteSpace(tekst)));
        Assert.Contains(termijn.Zekerheid, (string[])["A", "B", "C", "D", "-"]);
        Assert.True(termijn.Soort == Soort.Wet || termijn.Zekerheid is not ("A" or "B"));
        Assert.All(termijn.WaarschuwBijProcent, procent => Assert.InRange(procent, 1, 100));
        Assert.Equal(termijn.WaarschuwBijProcent.Order().Distinct(), termijn.WaarschuwBijProcent);
        Assert.NotEqual(0, termijn.Aantal);
        Assert.Contains(termijn.Rekenwijze, termijn.Eenheid switch
        {
            Eenheid.Minuut or Eenheid.Uur => [Rekenwijze.Uren],
            Eenheid.Werkdag => [Rekenwijze.Werkdagen],
            Eenheid.Lesuur => [Rekenwijze.Telling],
            _ => (Rekenwijze[])[Rekenwijze.Atw, Rekenwijze.Kalenderdagen, Rekenwijze.Duur, Rekenwijze.Kloktijd],
        });
    }

    [Theory, MemberData(nameof(Ids))]
    public void Elke_termijn_met_een_aantal_verloopt_na_zijn_begin_en_terugtellend_ervoor(string id)
    {
        var termijn = Boek[id];
        if (termijn.Aantal is null || termijn.Rekenwijze == Rekenwijze.Telling)
        {
            Assert.Throws<InvalidOperationException>(() => termijn.Verloopt(Moment("2026-03-02 10:15")));
            return;
        }

        var start = Moment("2026-03-02 10:15");
        Assert.Equal(termijn.TeltTerug, termijn.Verloopt(start) < start);
    }

    [Theory]
    [InlineData("vt-triage", 5, Eenheid.Werkdag, Rekenwijze.Werkdagen)]
    [InlineData("vt-onderzoek-start", 5, Eenheid.Dag, Rekenwijze.Atw)]
    [InlineData("vt-onderzoek-oordeel", 10, Eenheid.Week, Rekenwijze.Atw)]
    [InlineData("hoger-beroep", 3, Eenheid.Maand, Rekenwijze.Atw)]
    [InlineData("spoed-horen", 2, Eenheid.Week, Rekenwijze.Kalenderdagen)]
    [InlineData("jw-dossier-bewaren", 20, Eenheid.Jaar, Rekenwijze.Kalenderdagen)]
    [InlineData("wmo-bewaren", 15, Eenheid.Jaar, Rekenwijze.Kalenderdagen)]
    [InlineData("gi-niet-verlengen-melden", -2, Eenheid.Maand, Rekenwijze.Kalenderdagen)]
    [InlineData("avg-datalek", 72, Eenheid.Uur, Rekenwijze.Uren)]
    [InlineData("verzuim-drempel", 16, Eenheid.Lesuur, Rekenwijze.Telling)]
    [InlineData("nazorg", 28, Eenheid.Dag, Rekenwijze.Kalenderdagen)]
    [InlineData("kindcontact", 14, Eenheid.Dag, Rekenwijze.Kloktijd)]
    [InlineData("knelpunt-strategisch", 20, Eenheid.Werkdag, Rekenwijze.Werkdagen)]
    public void Het_boek_heeft_de_waarde_uit_de_bron(string id, int aantal, Eenheid eenheid, Rekenwijze rekenwijze)
    {
        var termijn = Boek[id];

        Assert.Equal((aantal, eenheid, rekenwijze), (termijn.Aantal, termijn.Eenheid, termijn.Rekenwijze));
    }

    [Fact]
    public void Een_onbekende_termijn_wordt_bij_naam_geweigerd()
    {
        Assert.False(Boek.Bevat("nazorgje"));
        Assert.Equal("Termijn 'nazorgje' staat niet in het termijnboek.", Assert.Throws<KeyNotFoundException>(() => Boek["nazorgje"]).Message);
    }

    [Fact]
    public void De_regio_geeft_een_eigen_waarde_en_het_standaardboek_blijft_hetzelfde()
    {
        var regio = Boek.Met([new("nazorg", "42 dagen", "convenant 2026"), new("rvt-reactie", "8 uur", "convenant 2026")]);

        Assert.Equal((42, "convenant 2026", "-"), (regio["nazorg"].Aantal, regio["nazorg"].Bron, regio["nazorg"].Zekerheid));
        Assert.Equal(Moment("2026-03-02 18:15"), regio["rvt-reactie"].Verloopt(Moment("2026-03-02 10:15")));
        Assert.Equal(28, Boek["nazorg"].Aantal);
        Assert.Equal(Boek.Alle.Select(t => t.Id), regio.Alle.Select(t => t.Id));
        Assert.Equal(Boek["vt-triage"], regio["vt-triage"]);
    }

    [Theory]
    [InlineData("vt-onderzoek-oordeel", "8 weken", Rekenwijze.Atw)]
    [InlineData("ots", "9 maanden", Rekenwijze.Duur)]
    [InlineData("overdracht-acceptatie", "7 dagen", Rekenwijze.Kalenderdagen)]
    [InlineData("crisis-eerste-contact", "1 dag", Rekenwijze.Kalenderdagen)]
    [InlineData("nazorg", "20 werkdagen", Rekenwijze.Werkdagen)]
    [InlineData("veiligheidsbevestiging", "90 minuten", Rekenwijze.Uren)]
    [InlineData("kindcontact", "2 weken", Rekenwijze.Kloktijd)]
    [InlineData("vt-voorwaarden-vervolg", "10 weken", Rekenwijze.Kalenderdagen)]
    public void De_rekenwijze_volgt_de_eenheid_die_de_regio_kiest(string id, string duur, Rekenwijze rekenwijze) =>
        Assert.Equal(rekenwijze, Boek.Met([new(id, duur, "regio")])[id].Rekenwijze);

    [Fact]
    public void Wat_terugtelt_blijft_terugtellen() =>
        Assert.Equal(-10, Boek.Met([new("kader-einde-12w", "10 weken", "regio")])["kader-einde-12w"].Aantal);

    [Theory]
    [InlineData("nazorg", "lang", "Termijn 'nazorg' kan niet 'lang' duren: geef een aantal van 1 tot en met 1000 met een eenheid, zoals '5 werkdagen' of '72 uur'.")]
    [InlineData("nazorg", "kennismaking", "Termijn 'nazorg' kan niet 'kennismaking' duren: geef een aantal van 1 tot en met 1000 met een eenheid, zoals '5 werkdagen' of '72 uur'.")]
    [InlineData("verzuim-drempel", "3 dagen", "Termijn 'verzuim-drempel' telt lesuren en kan geen andere duur krijgen.")]
    public void Een_onmogelijke_afspraak_wordt_geweigerd(string id, string duur, string melding) =>
        Assert.Equal(melding, Assert.Throws<FormatException>(() => Boek.Met([new(id, duur, "regio")])).Message);

    [Fact]
    public void Een_afspraak_over_een_onbekende_termijn_wordt_geweigerd() =>
        Assert.Throws<KeyNotFoundException>(() => Boek.Met([new("nazorgje", "3 dagen", "regio")]));

    [Theory]
    [InlineData("5 werkdagen", "2026-04-02 10:15", "2026-04-14 00:00")]
    [InlineData("1 werkdag", "2026-04-02 10:15", "2026-04-08 00:00")]
    [InlineData("28 dagen", "2026-01-22 14:00", "2026-02-20 00:00")]
    [InlineData("15 minuten", "2026-03-14 01:30", "2026-03-14 01:45")]
    [InlineData("1 minuut", "2026-03-14 01:30", "2026-03-14 01:31")]
    [InlineData("4 uur", "2026-10-24 17:55", "2026-10-24 21:55")]
    [InlineData("2 weken", "2026-03-02 10:15", "2026-03-17 00:00")]
    [InlineData("3 maanden", "2026-11-30 10:15", "2027-03-01 00:00")]
    [InlineData("1 jaar", "2026-03-02 10:15", "2027-03-03 00:00")]
    [InlineData("1000 jaar", "2026-03-02 10:15", "3026-03-03 00:00")]
    [InlineData("  2   Weken ", "2026-03-02 10:15", "2026-03-17 00:00")]
    public void Een_stroom_mag_een_aantal_noemen(string tekst, string start, string verloopt) =>
        Assert.Equal(Moment(verloopt), Boek.Lees(tekst).Verloopt(Moment(start)));

    [Fact]
    public void Een_stroom_mag_een_naam_uit_het_boek_noemen_en_krijgt_de_waarde_van_de_regio()
    {
        var regio = Boek.Met([new("overdracht-acceptatie", "3 werkdagen", "regio")]);

        Assert.Same(Boek["overdracht-acceptatie"], Boek.Lees(" overdracht-acceptatie "));
        Assert.Equal(3, regio.Lees("overdracht-acceptatie").Aantal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("snel")]
    [InlineData("5")]
    [InlineData("5werkdagen")]
    [InlineData("werkdagen 5")]
    [InlineData("vijf dagen")]
    [InlineData("0 dagen")]
    [InlineData("-5 dagen")]
    [InlineData("+5 dagen")]
    [InlineData("1,5 dag")]
    [InlineData("1001 dagen")]
    [InlineData("99999999999 dagen")]
    [InlineData("5 dagen en 3 uur")]
    [InlineData("16 lesuur")]
    [InlineData("PT5M")]
    public void Wat_geen_termijn_is_wordt_geweigerd_met_uitleg(string tekst)
    {
        var fout = Assert.Throws<FormatException>(() => Boek.Lees(tekst));

        Assert.StartsWith($"'{tekst}' is geen termijn", fout.Message, StringComparison.Ordinal);
        Assert.Contains("'5 werkdagen' of '72 uur'", fout.Message, StringComparison.Ordinal);
    }
}
