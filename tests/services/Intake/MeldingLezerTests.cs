using System.Text;
using System.Text.Json.Nodes;
using NetwerkRegie.Intake;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;
using Xunit;

namespace NetwerkRegie.Services.Tests.Intake;

public sealed class MeldingLezerTests
{
    private static readonly DateTimeOffset Nu = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("999990342")]
    [InlineData("bsn:999990342.")]
    [InlineData("999.990.342")]
    [InlineData("9999 90 342")]
    [InlineData("999-99-0342")]
    [InlineData("9 9 9 9 9 0 3 4 2")]
    [InlineData("999\u2013990\u00A0342")]
    [InlineData("van de 100 999 990 342 gezien")]
    [InlineData("op 2026-11-03 was het 999990342")]
    [InlineData("111222333")]
    public void Een_burgerservicenummer_wordt_herkend(string tekst) => Assert.True(VrijeTekst.HeeftBsn(tekst));

    [Theory]
    [InlineData("999990343")]
    [InlineData("000000000")]
    [InlineData("9999903420")]
    [InlineData("0612345678")]
    [InlineData("2026-11-03 9 uur")]
    [InlineData("03-11-2026 9")]
    [InlineData("2026-11-03T02:41:00.111222333+01:00")]
    [InlineData("9999903 dagen en 42 uur")]
    [InlineData("Zaak C/09/612345 / JE RK 26-1234")]
    public void Wat_geen_burgerservicenummer_is_niet(string tekst) => Assert.False(VrijeTekst.HeeftBsn(tekst));

    [Fact]
    public void Een_burgerservicenummer_wordt_overal_geweigerd_ook_in_een_onbekend_veld_of_een_veldnaam()
    {
        foreach (var plaats in new[] { "samenvatting", "gevraagdeActie", "grondslag", "gemeente" })
            Assert.Equal($"/{plaats}", Assert.Single(Fouten(Voorbeeld.Regel(0).Met(plaats, "kind 999 990 342"))).Plaats);

        var onbekend = Voorbeeld.Regel(0).Met("Jan 999990342", new JsonArray(new JsonObject { ["bsn"] = 999990342 }));
        Assert.Equal("", Assert.Single(Fouten(onbekend)).Plaats);

        var diep = Voorbeeld.Regel(0);
        diep["betreft"]!["gezinRef"] = "999990342";
        Assert.Equal("/betreft/gezinRef", Assert.Single(Fouten(diep)).Plaats);
    }

    [Fact]
    public void Een_volgnummer_dat_op_een_burgerservicenummer_lijkt_mag() => Assert.Empty(Fouten(Voorbeeld.Regel(0).Met("meldingId", "999990342")));

    [Fact]
    public void Onbekende_velden_worden_genegeerd() => Assert.Empty(Fouten(Voorbeeld.Regel(0).Met("kleur", new JsonObject { ["a"] = new JsonArray(1, 2) })));

    [Theory]
    [InlineData("2026-11-03T02:41:00+01:00", true)]
    [InlineData("2026-11-03T01:41:00Z", true)]
    [InlineData("2026-11-03t01:41:00.123456789z", true)]
    [InlineData("2026-11-03T02:41:00", false)]
    [InlineData("2026-11-03 02:41:00+01:00", false)]
    [InlineData("2026-11-03", false)]
    [InlineData("2026-02-30T02:41:00+01:00", false)]
    [InlineData("2026-11-03T02:41:00+25:00", false)]
    [InlineData("1926-11-03T02:41:00+01:00", false)]
    [InlineData("9999-12-31T23:59:59+00:00", false)]
    [InlineData("0001-01-01T00:00:00+01:00", false)]
    public void Een_tijdstip_heeft_een_tijdzone_en_een_geloofwaardig_jaar(string tijdstip, bool goed) =>
        Assert.Equal(goed ? [] : ["/ontvangenOp"], Plaatsen(Voorbeeld.Regel(8).Met("ontvangenOp", tijdstip).Met("gebeurtenisOp", null), new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("2026-11-03T02:41:00+01:00", true)]
    [InlineData("2026-11-22T12:00:00Z", true)]
    [InlineData("2026-11-22T12:00:01Z", false)]
    public void Een_gebeurtenis_ligt_niet_na_ontvangst_en_nu(string gebeurtenisOp, bool goed) =>
        Assert.Equal(goed ? [] : ["/gebeurtenisOp"], Plaatsen(Voorbeeld.Regel(0).Met("gebeurtenisOp", gebeurtenisOp)));

    [Fact]
    public void De_klok_van_de_bron_mag_voorlopen() =>
        Assert.Empty(Fouten(Voorbeeld.Regel(0), new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("schemaVersie")]
    [InlineData("meldingId")]
    [InlineData("type")]
    [InlineData("bron")]
    [InlineData("ontvangenOp")]
    [InlineData("regio")]
    [InlineData("gemeente")]
    [InlineData("betreft")]
    [InlineData("urgentie")]
    [InlineData("gezinGeinformeerd")]
    [InlineData("gevraagdeActie")]
    [InlineData("samenvatting")]
    public void Een_verplicht_veld_dat_ontbreekt_wordt_genoemd(string veld)
    {
        var melding = Voorbeeld.Regel(0);
        melding.Remove(veld);
        Assert.Contains($"/{veld}", Plaatsen(melding));
        Assert.Contains($"/{veld}", Plaatsen(Voorbeeld.Regel(0).Met(veld, new JsonArray(1))));
    }

    [Theory]
    [InlineData("verzuimmelding", "verzuim")]
    [InlineData("opschalingsverzoek", "opschaling")]
    [InlineData("knelpunt", "knelpunt")]
    [InlineData("kaderwissel", "maatregel")]
    [InlineData("notificatie-raadsonderzoek", "vto")]
    [InlineData("tijdelijk-huisverbod", "huisverbod")]
    [InlineData("overdracht-veilig-thuis", "triage")]
    public void Bij_zo_een_type_hoort_een_bijlage(string type, string bijlage)
    {
        var melding = Voorbeeld.VanType(type);
        Assert.Empty(Fouten(melding));
        melding.Remove(bijlage);
        Assert.Equal([$"/{bijlage}"], Plaatsen(melding));
        Assert.NotEmpty(Plaatsen(melding.Met(bijlage, new JsonObject())));
    }

    [Theory]
    [InlineData("kaderwissel", "maatregel", "duurMaanden", 13)]
    [InlineData("tijdelijk-huisverbod", "huisverbod", "duurDagen", 11)]
    [InlineData("opschalingsverzoek", "opschaling", "naar", "lokaal")]
    [InlineData("opschalingsverzoek", "opschaling", "evaluatieNaDagen", 57)]
    [InlineData("verzuimmelding", "verzuim", "tot", "2026-10-04")]
    [InlineData("knelpunt", "knelpunt", "sinds", "2026-12-01")]
    [InlineData("overdracht-veilig-thuis", "triage", "besluitOp", "2026-11-11")]
    public void Wat_niet_kan_wordt_geweigerd(string type, string bijlage, string veld, object waarde)
    {
        var melding = Voorbeeld.VanType(type);
        melding[bijlage]![veld] = JsonValue.Create(waarde);
        Assert.Equal([$"/{bijlage}/{veld}"], Plaatsen(melding));
    }

    [Theory]
    [InlineData("""{"stap": 5, "stappenDoorlopen": [1, 2]}""", "/meldcode/stap")]
    [InlineData("""{"stap": 6, "stappenDoorlopen": [1]}""", "/meldcode/stap")]
    [InlineData("""{"stap": 1, "stappenDoorlopen": [1, 1]}""", "/meldcode/stappenDoorlopen")]
    [InlineData("""{"stap": 1, "stappenDoorlopen": [1, 1.5]}""", "/meldcode/stappenDoorlopen")]
    [InlineData("""{"stap": 1, "stappenDoorlopen": [1], "afwegingskader": {"acuutOnveilig": "ja", "structureelOnveilig": true, "zelfHulpMogelijk": false}}""", "/meldcode/afwegingskader/acuutOnveilig")]
    [InlineData("[]", "/meldcode")]
    public void De_meldcode_klopt_met_zichzelf(string meldcode, string plaats) =>
        Assert.Contains(plaats, Plaatsen(Voorbeeld.Regel(2).Met("meldcode", JsonNode.Parse(meldcode))));

    [Fact]
    public void Een_casus_heeft_minstens_een_kind()
    {
        var melding = Voorbeeld.Regel(0);
        melding["betreft"]!["kinderen"] = new JsonArray();
        Assert.Equal(["/betreft/kinderen"], Plaatsen(melding));
    }

    [Theory]
    [InlineData("zorgformulier-politie", "2026-11-10T23:00:00Z")]
    [InlineData("kindcheck-ggz", "2026-11-06T20:48:00Z")]
    [InlineData("tijdelijk-huisverbod", "2026-11-24T21:50:00Z")]
    [InlineData("kaderwissel", "2026-11-17T23:00:00Z")]
    [InlineData("opschalingsverzoek", "2026-11-11T23:00:00Z")]
    public void De_termijn_loopt_vanaf_het_juiste_moment(string type, string verlooptOp)
    {
        var melding = Lees(Voorbeeld.VanType(type), Nu);
        Assert.Equal(DateTimeOffset.Parse(verlooptOp, null), Route.Van(type)!.Verloopt(melding, Termijnboek.Standaard));
    }

    [Fact]
    public void De_duur_in_de_beschikking_gaat_voor_die_in_het_boek()
    {
        var melding = Voorbeeld.VanType("tijdelijk-huisverbod");
        melding["huisverbod"]!["duurDagen"] = 28;
        melding["huisverbod"]!["verlengd"] = true;
        Assert.Equal(new DateTimeOffset(2026, 12, 12, 21, 50, 0, TimeSpan.Zero), Route.Van("tijdelijk-huisverbod")!.Verloopt(Lees(melding, Nu), Termijnboek.Standaard));
    }

    [Theory]
    [InlineData("8-11", 8, 11)]
    [InlineData("18+", 18, int.MaxValue)]
    public void Een_leeftijdsband_is_leesbaar(string tekst, int vanaf, int tot) => Assert.Equal(new Leeftijdsband(vanaf, tot), Leeftijdsband.Lees(tekst));

    [Theory]
    [InlineData("11-8")]
    [InlineData("acht")]
    [InlineData("8")]
    [InlineData("8-11\n")]
    [InlineData(null)]
    public void Iets_anders_is_geen_leeftijdsband(string? tekst) => Assert.Null(Leeftijdsband.Lees(tekst));

    private static IReadOnlyList<string> Plaatsen(JsonObject melding, DateTimeOffset? nu = null) => [.. Fouten(melding, nu).Select(fout => fout.Plaats)];

    private static IReadOnlyList<Fout> Fouten(JsonObject melding, DateTimeOffset? nu = null)
    {
        try
        {
            Lees(melding, nu ?? Nu);
            return [];
        }
        catch (OngeldigeInvoer ongeldig)
        {
            return ongeldig.Fouten;
        }
    }

    private static MeldingInvoer Lees(JsonObject melding, DateTimeOffset nu) => MeldingLezer.Lees(Encoding.UTF8.GetBytes(melding.ToJsonString()), nu);
}
