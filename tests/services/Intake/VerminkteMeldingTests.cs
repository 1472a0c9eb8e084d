using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace NetwerkRegie.Services.Tests.Intake;

/// <summary>Whatever happens to a valid melding on its way: never a fault of ours, nothing stored that was refused, nothing repeated that was sent.</summary>
public sealed class VerminkteMeldingTests(IntakeProces intake) : IClassFixture<IntakeProces>
{
    private const string Geheim = "geheim-7f3a";

    private static readonly string[] Rommel =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999", "999990342", "\"\"", "\" \"", $"\"{Geheim}\"", $"\"{Geheim} 999.990.342\"",
        $"\"{Geheim}\\u0000\"", "\"\\ud800\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"2026-13-45\"", "[]", "{}", "[null]", "[[]]",
        $"{{\"{Geheim}\": 1}}", $"[{{\"ref\": \"{Geheim}\"}}]", $"\"{new string('x', 3000)}\"", $"\"{Geheim}😀\"", new('[', 40), "nul", "\"", "",
    ];

    private static readonly Gen<byte[]> Verminkt =
        from index in Gen.Choose(0, 10)
        from aantal in Gen.Choose(1, 3)
        from stappen in Gen.Choose(0, 10_000).Three().ArrayOf(aantal)
        select Verminken(index, stappen);

    [Fact]
    public async Task Een_verminkte_melding_geeft_nooit_een_storing_en_bewaart_niets_bij_een_weigering()
    {
        var melder = await intake.Als("melder");
        var (gelukt, geweigerd) = (0, 0);
        Prop.ForAll(Verminkt.ToArbitrary(), async inhoud =>
        {
            var voor = await intake.AantalMeldingen();
            var antwoord = await melder.PostAsync("/v1/meldingen", Voorbeeld.AlsInhoud(inhoud));
            var tekst = await antwoord.Content.ReadAsStringAsync();
            var bewaard = await intake.AantalMeldingen() - voor;
            if (antwoord.StatusCode == HttpStatusCode.Created)
                return ++gelukt > 0 && bewaard == 1;
            geweigerd++;
            return antwoord.StatusCode == HttpStatusCode.BadRequest && bewaard == 0 && !tekst.Contains(Geheim, StringComparison.Ordinal) && !tekst.Contains("999.990.342", StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

        Assert.True(gelukt > 10 && geweigerd > 100, $"gelukt {gelukt}, geweigerd {geweigerd}");
        Assert.DoesNotContain(Geheim, intake.Logboek, StringComparison.Ordinal);
        Assert.DoesNotContain("999990342", intake.Logboek, StringComparison.Ordinal);
    }

    private static byte[] Verminken(int index, (int Soort, int Waar, int Wat)[] stappen)
    {
        var melding = Voorbeeld.Regel(index).Nieuw();
        var rauw = new List<string>();
        foreach (var (soort, waar, wat) in stappen)
        {
            var plekken = Plekken(melding).ToList();
            var (ouder, sleutel) = plekken[waar % plekken.Count];
            switch (soort % 5)
            {
                case 0 when ouder is JsonObject velden:
                    velden.Remove(sleutel);
                    break;
                case 1 when ouder is JsonObject velden:
                    velden[$"{Geheim} {wat}"] = Vervanging(wat);
                    break;
                case 2 or 3 when ouder is JsonObject velden:
                    velden[sleutel] = Vervanging(wat);
                    break;
                case 2 or 3 when ouder is JsonArray lijst:
                    lijst[int.Parse(sleutel, null)] = Vervanging(wat);
                    break;
            }
        }

        var tekst = melding.ToJsonString();
        foreach (var (nummer, inhoud) in rauw.Index())
            tekst = tekst.Replace($"\"@{nummer}@\"", inhoud, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(tekst);
        return (stappen[0].Soort % 20) switch
        {
            4 => bytes[..(stappen[0].Waar % bytes.Length)],
            9 => [.. bytes[..(stappen[0].Waar % bytes.Length)], (byte)stappen[0].Wat, .. bytes[(stappen[0].Waar % bytes.Length)..]],
            _ => bytes,
        };

        // Much of the junk is not JSON, so it takes its place in the text afterwards.
        JsonNode Vervanging(int wat)
        {
            rauw.Add(Rommel[wat % Rommel.Length]);
            return JsonValue.Create($"@{rauw.Count - 1}@");
        }
    }

    private static IEnumerable<(JsonNode Ouder, string Sleutel)> Plekken(JsonNode node) => node switch
    {
        JsonObject velden => velden.SelectMany(veld => (veld.Value is null ? [] : Plekken(veld.Value)).Prepend((node, veld.Key))),
        JsonArray lijst => lijst.Index().SelectMany(een => (een.Item is null ? [] : Plekken(een.Item)).Prepend((node, een.Index.ToString(null, null)))),
        _ => [],
    };
}
