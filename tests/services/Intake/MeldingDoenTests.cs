using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace NetwerkRegie.Services.Tests.Intake;

public sealed class MeldingDoenTests(IntakeProces intake) : IClassFixture<IntakeProces>
{
    [Fact]
    public async Task Laatste_regel_hoort_alle_fouten_tegelijk_en_de_waarde_staat_nergens()
    {
        var antwoord = await (await intake.Als("melder")).PostAsync("/v1/meldingen", Voorbeeld.Regel(13).AlsInhoud());
        var tekst = await antwoord.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, antwoord.StatusCode);
        Assert.Equal("application/problem+json", antwoord.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["/samenvatting", "/ontvangenOp", "/gebeurtenisOp"], Plaatsen(tekst));
        Assert.DoesNotContain("999990342", tekst, StringComparison.Ordinal);
        Assert.DoesNotContain("999990342", intake.Logboek, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fouten_op_elke_diepte_staan_er_allemaal_in()
    {
        var melding = Voorbeeld.Regel(0).Nieuw().Met("urgentie", "haast").Met("bron", "Politie").Met("gemeente", null).Met("schemaVersie", "2.0");
        melding["betreft"]!["kinderen"]![0]!["ref"] = 7;
        melding["betreft"]!["kinderen"]![1]!["leeftijdsband"] = "bijna vijf";
        melding["betreft"]!["volwassenen"]![1]!["ref"] = "V1";
        melding["gezinGeinformeerd"]!["status"] = "nee";
        melding["gezinGeinformeerd"]!["reden"] = null;

        var antwoord = await (await intake.Als("melder")).PostAsync("/v1/meldingen", melding.AlsInhoud());

        Assert.Equal(HttpStatusCode.BadRequest, antwoord.StatusCode);
        Assert.Equal(
            ["/betreft/kinderen/0/ref", "/betreft/kinderen/1/leeftijdsband", "/betreft/volwassenen/1/ref", "/bron", "/gemeente", "/gezinGeinformeerd/reden", "/schemaVersie", "/urgentie"],
            Plaatsen(await antwoord.Content.ReadAsStringAsync()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"melding\"")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{} {}")]
    [InlineData("{\"type\": \"knelpunt\", \"type\": \"knelpunt\"}")]
    [InlineData("{\"type\": \"\\ud800\"}")]
    [InlineData("{\"\\ud800\": 1, \"\\udc00\": 1}")]
    [InlineData("{\"type\": \"\\u0000\"}")]
    [InlineData("{\"type\": 1e400}")]
    [InlineData("// niets")]
    public async Task Wat_geen_melding_is_geeft_400(string inhoud) => await Geweigerd(Encoding.UTF8.GetBytes(inhoud));

    [Fact]
    public async Task Een_afgekapte_melding_geeft_400_waar_de_knip_ook_valt()
    {
        var heel = Encoding.UTF8.GetBytes(Voorbeeld.Regel(6).Nieuw().ToJsonString());
        for (var lengte = 0; lengte < heel.Length; lengte += 37)
            await Geweigerd(heel[..lengte]);
    }

    [Fact]
    public async Task Tienduizend_haken_geven_400()
    {
        await Geweigerd(Encoding.UTF8.GetBytes(new string('[', 10_000)));
        await Geweigerd(Encoding.UTF8.GetBytes(new string('[', 10_000) + new string(']', 10_000)));
        await Geweigerd(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 9_000))));
    }

    [Fact]
    public async Task Wat_geen_UTF8_is_geeft_400()
    {
        var heel = Encoding.UTF8.GetBytes(Voorbeeld.Regel(0).Nieuw().ToJsonString());
        await Geweigerd([.. heel[..^2], 0xFF, .. heel[^2..]]);
        await Geweigerd(Encoding.Unicode.GetBytes("{}"));
    }

    [Fact]
    public async Task Vierenzestig_KiB_mag_en_een_byte_meer_niet()
    {
        var melder = await intake.Als("melder");
        var past = Opgevuld(65_536);
        var teGroot = Opgevuld(65_537);
        var aantal = await intake.AantalMeldingen();

        foreach (var inhoud in new[] { Voorbeeld.AlsInhoud(teGroot), InStukken(teGroot), InStukken(Opgevuld(2_000_000)) })
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await melder.PostAsync("/v1/meldingen", inhoud)).StatusCode);
        Assert.Equal(aantal, await intake.AantalMeldingen());

        Assert.Equal(HttpStatusCode.Created, (await melder.PostAsync("/v1/meldingen", InStukken(past))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await melder.PostAsync("/v1/meldingen", Voorbeeld.AlsInhoud(past))).StatusCode);

        static byte[] Opgevuld(int bytes)
        {
            var melding = Voorbeeld.Regel(0).Nieuw();
            melding["samenvatting"] = "";
            return Encoding.UTF8.GetBytes(melding.Met("samenvatting", new string('x', bytes - Encoding.UTF8.GetByteCount(melding.ToJsonString()))).ToJsonString());
        }

        // A stream of unknown length is sent chunked.
        static HttpContent InStukken(byte[] inhoud) => new StreamContent(new ZonderLengte(inhoud)) { Headers = { ContentType = new("application/json") } };
    }

    [Fact]
    public async Task Een_herhaling_geeft_het_eerste_antwoord_ook_in_andere_volgorde_en_tijdzone()
    {
        var melder = await intake.Als("melder");
        var melding = Voorbeeld.Regel(8).Nieuw();
        var eerste = await melder.PostAsync("/v1/meldingen", melding.AlsInhoud());
        var omgekeerd = new JsonObject(melding.Reverse().Select(veld => KeyValuePair.Create(veld.Key, veld.Value?.DeepClone()))).Met("ontvangenOp", "2026-11-14T22:35:00Z");

        var tweede = await melder.PostAsync("/v1/meldingen", omgekeerd.AlsInhoud());

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (eerste.StatusCode, tweede.StatusCode));
        Assert.Equal(await eerste.Content.ReadAsStringAsync(), await tweede.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Een_andere_melding_onder_hetzelfde_nummer_wijzigt_niets()
    {
        var melder = await intake.Als("melder");
        var melding = Voorbeeld.Regel(0).Nieuw();
        var eerste = await IntakeProces.Antwoord(await melder.PostAsync("/v1/meldingen", melding.AlsInhoud()));

        var ander = await melder.PostAsync("/v1/meldingen", melding.Met("urgentie", "regulier").AlsInhoud());

        Assert.Equal(HttpStatusCode.OK, ander.StatusCode);
        Assert.Equal(eerste.ToJsonString(), (await IntakeProces.Antwoord(ander)).ToJsonString());
        var nu = await IntakeProces.Antwoord(await (await intake.Als("regisseur")).GetAsync($"/v1/meldingen/{eerste["id"]}"));
        Assert.Equal("acuut", (string?)nu["prioriteit"]);
    }

    [Fact]
    public async Task Van_acht_gelijktijdige_keren_telt_er_een()
    {
        var melder = await intake.Als("melder");
        for (var ronde = 0; ronde < 5; ronde++)
        {
            var melding = Voorbeeld.Regel(0).Nieuw();
            var aantal = await intake.AantalMeldingen();

            var antwoorden = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => melder.PostAsync("/v1/meldingen", melding.AlsInhoud())));

            Assert.Equal(aantal + 1, await intake.AantalMeldingen());
            Assert.Single(antwoorden, a => a.StatusCode == HttpStatusCode.Created);
            Assert.Equal(7, antwoorden.Count(a => a.StatusCode == HttpStatusCode.OK));
            Assert.Single((await Task.WhenAll(antwoorden.Select(a => a.Content.ReadAsStringAsync()))).Distinct());
        }
    }

    [Fact]
    public async Task Een_adviesvraag_laat_niets_over_personen_achter()
    {
        var melding = Voorbeeld.Regel(2).Nieuw().Met("type", "adviesvraag").Met("samenvatting", "Wat doe ik met een kind dat schrikt van harde stemmen?");

        var antwoord = await (await intake.Als("melder")).PostAsync("/v1/meldingen", melding.AlsInhoud());
        var json = await IntakeProces.Antwoord(antwoord);

        Assert.Equal((HttpStatusCode.Created, "consult-anoniem", false), (antwoord.StatusCode, (string?)json["route"], json.ContainsKey("termijn")));
        var bewaard = await intake.InDatabase(db => db.Meldingen.SingleAsync(m => m.Id == (Guid)json["id"]!));
        foreach (var spoor in new[] { "GZN-1003", "K1", "schrikt", "Melding en overleg", "meldcode", "gezinGeinformeerd" })
            Assert.DoesNotContain(spoor, bewaard.Inhoud, StringComparison.OrdinalIgnoreCase);
        await IsNietVerteld(bewaard.Id);
    }

    [Fact]
    public async Task Een_adviesvraag_hoeft_over_niemand_te_gaan()
    {
        var melding = Voorbeeld.Regel(2).Nieuw().Met("type", "adviesvraag");
        foreach (var veld in new[] { "betreft", "samenvatting", "gevraagdeActie", "gezinGeinformeerd", "meldcode" })
            melding.Remove(veld);

        Assert.Equal(HttpStatusCode.Created, (await (await intake.Als("melder")).PostAsync("/v1/meldingen", melding.AlsInhoud())).StatusCode);
    }

    [Fact]
    public async Task Een_rechtenverzoek_krijgt_een_termijn_maar_geen_casus()
    {
        var melding = Voorbeeld.Regel(9).Nieuw().Met("type", "rechtenverzoek");
        melding["betreft"]!["kinderen"] = new JsonArray();

        var json = await IntakeProces.Antwoord(await (await intake.Als("melder")).PostAsync("/v1/meldingen", melding.AlsInhoud()));

        Assert.Equal(("rechten-van-betrokkenen", "avg-verzoek"), ((string?)json["route"], (string?)json["termijn"]));
        await IsNietVerteld((Guid)json["id"]!);
    }

    [Theory]
    [InlineData("toezichthouder")]
    [InlineData("gezin")]
    [InlineData("ontwerper")]
    public async Task Wie_niet_mag_melden_krijgt_403(string rol) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await (await intake.Als(rol)).PostAsync("/v1/meldingen", Voorbeeld.Regel(0).Nieuw().AlsInhoud())).StatusCode);

    /// <summary>Once a later melding has been told, an earlier one that was not told never will be.</summary>
    private async Task IsNietVerteld(Guid meldingId)
    {
        var latere = (Guid)(await IntakeProces.Antwoord(await (await intake.Als("melder")).PostAsync("/v1/meldingen", Voorbeeld.Regel(0).Nieuw().AlsInhoud())))["id"]!;
        await IntakeProces.Uiteindelijk(() => Task.FromResult(intake.Verteld.Any(v => v.MeldingId == latere)));
        Assert.DoesNotContain(intake.Verteld, v => v.MeldingId == meldingId);
    }

    private async Task Geweigerd(byte[] inhoud)
    {
        var aantal = await intake.AantalMeldingen();
        var antwoord = await (await intake.Als("melder")).PostAsync("/v1/meldingen", Voorbeeld.AlsInhoud(inhoud));
        Assert.Equal(HttpStatusCode.BadRequest, antwoord.StatusCode);
        Assert.NotEmpty(Plaatsen(await antwoord.Content.ReadAsStringAsync()));
        Assert.Equal(aantal, await intake.AantalMeldingen());
    }

    private static IReadOnlyList<string> Plaatsen(string probleem) => [.. JsonNode.Parse(probleem)!["fouten"]!.AsArray().Select(fout => (string)fout!["plaats"]!)];

    private sealed class ZonderLengte(byte[] inhoud) : MemoryStream(inhoud)
    {
        public override bool CanSeek => false;
    }
}
