using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>De veertien aangeleverde meldingen, en wat er verder aan de deur kan komen.</summary>
[Collection(nameof(Alleen))]
public sealed class VeertienMeldingen
{
    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Elke_regel_krijgt_het_verwachte_antwoord_en_een_herhaling_verandert_niets(Opstelling opstelling)
    {
        await using var stad = await Stad.Start(opstelling, "2026-11-20 12:00");
        var eerste = new Dictionary<string, string>();
        foreach (var (regel, verwacht) in Meldingen.Regels.Zip(Meldingen.Verwacht))
        {
            switch ((string)verwacht["verwacht"]!)
            {
                case "geaccepteerd":
                    var antwoord = await Stuur(stad, Encoding.UTF8.GetBytes(regel)).Lukt();
                    Assert.Equal((201, (string?)verwacht["route"], (string?)verwacht["timer"], (string?)verwacht["prioriteit"]),
                        (antwoord.Status, antwoord.Json.Tekst("route"), antwoord.Json.Tekst("termijn"), antwoord.Json.Tekst("prioriteit")));
                    eerste[regel] = antwoord.Tekst;
                    await stad.CasusVan(antwoord.Id);
                    break;
                case "duplicaat":
                    var voor = await stad.Opslag.Rijentelling();
                    var herhaling = await Stuur(stad, Encoding.UTF8.GetBytes(regel));
                    await stad.Stil();
                    Assert.Equal((200, eerste[regel]), (herhaling.Status, herhaling.Tekst));
                    Assert.Equal(voor, await stad.Opslag.Rijentelling());
                    break;
                default:
                    await Weigert(stad, Encoding.UTF8.GetBytes(regel), (int)verwacht["http"]!);
                    break;
            }
        }

        // Elke aangenomen melding heeft een casus, een regisseur en een taak waarvan de termijn loopt.
        Assert.Equal(11, await stad.Opslag.Aantal("regie", "select count(*) from casussen"));
        Assert.Equal(11, await stad.Opslag.Aantal("regie", "select count(*) from wachtpunten where titel in ('Eerste contact met het gezin', 'De melding beoordelen (triage)') and verloopt_op is not null"));
        Assert.Equal(11, await stad.Opslag.Aantal("kernteam", "select count(*) from kernteams"));

        // Alle veertien nog eens.
        var alles = await stad.Opslag.Rijentelling();
        foreach (var regel in Meldingen.Regels)
            await Stuur(stad, Encoding.UTF8.GetBytes(regel));
        await stad.Stil();
        Assert.Equal(alles, await stad.Opslag.Rijentelling());

        // En wat geen melding is.
        var goed = stad.NieuwGezin().Hulpvraag();
        var groot = goed.DeepClone();
        groot["samenvatting"] = new string('x', 64 * 1024);
        var verkeerd = goed.DeepClone();
        verkeerd["betreft"] = "een gezin";
        await Weigert(stad, Encoding.UTF8.GetBytes(goed.ToJsonString())[..^40], 400);
        await Weigert(stad, Encoding.UTF8.GetBytes(verkeerd.ToJsonString()), 400);
        await Weigert(stad, Encoding.UTF8.GetBytes(groot.ToJsonString()), 413);
        await Weigert(stad, [.. Encoding.UTF8.GetBytes(goed.ToJsonString())[..^1], 0xff, (byte)'}'], 400);
        await Weigert(stad, Encoding.UTF8.GetBytes(new string('[', 10_000)), 400);
        await Weigert(stad, [], 400);
        Assert.Equal(alles, await stad.Opslag.Rijentelling());
    }

    private static async Task Weigert(Stad stad, byte[] inhoud, int status)
    {
        var voor = await stad.Opslag.Rijentelling();
        await Stuur(stad, inhoud).Faalt(status);
        Assert.Equal(voor, await stad.Opslag.Rijentelling());
    }

    private static Task<Antwoord> Stuur(Stad stad, byte[] inhoud) =>
        stad.Melder.Vraag(HttpMethod.Post, "/v1/meldingen", new ByteArrayContent(inhoud) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } });
}
