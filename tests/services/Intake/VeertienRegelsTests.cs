using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace NetwerkRegie.Services.Tests.Intake;

public sealed class VeertienRegelsTests(IntakeProces intake) : IClassFixture<IntakeProces>
{
    [Fact]
    public async Task De_veertien_regels_krijgen_het_verwachte_antwoord()
    {
        var melder = await intake.Als("melder");
        var eersteAntwoord = new Dictionary<string, string>();

        foreach (var (index, verwacht) in Voorbeeld.Verwacht.Index())
        {
            var regel = Voorbeeld.Regels[index];
            var antwoord = await melder.PostAsync("/v1/meldingen", Voorbeeld.AlsInhoud(Encoding.UTF8.GetBytes(regel)));
            var inhoud = await antwoord.Content.ReadAsStringAsync();
            var json = JsonNode.Parse(inhoud)!;
            switch ((string)verwacht["verwacht"]!)
            {
                case "geaccepteerd":
                    Assert.Equal(
                        (HttpStatusCode.Created, (string?)verwacht["route"], (string?)verwacht["timer"], (string?)verwacht["prioriteit"]),
                        (antwoord.StatusCode, (string?)json["route"], (string?)json["termijn"], (string?)json["prioriteit"]));
                    Assert.Equal($"/v1/meldingen/{json["id"]}", antwoord.Headers.Location?.ToString());
                    eersteAntwoord[regel] = inhoud;
                    break;
                case "duplicaat":
                    Assert.Equal((HttpStatusCode.OK, eersteAntwoord[regel]), (antwoord.StatusCode, inhoud));
                    break;
                default:
                    Assert.Equal((int)verwacht["http"]!, (int)antwoord.StatusCode);
                    Assert.NotEmpty(json["fouten"]!.AsArray());
                    break;
            }
        }

        Assert.Equal(11, await intake.AantalMeldingen());
        await IntakeProces.Uiteindelijk(() => Task.FromResult(intake.Verteld.Count >= 11));
        Assert.Equal(11, intake.Verteld.Select(v => v.MeldingId).Distinct().Count());
        Assert.All(intake.Verteld, v => Assert.NotEmpty(v.Kinderen));
    }
}
