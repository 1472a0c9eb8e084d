using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Regie;
using NetwerkRegie.Voorbeelden;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>The examples for integrators do what they say, and validators that are not ours agree with what goes out.</summary>
public sealed class VoorbeeldenTests(RegieProces regie) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Python_reads_on_after_what_it_had()
    {
        var (casus, stand) = (await Casus(), Path.GetTempFileName());
        await File.WriteAllTextAsync(stand, await Vanaf());
        await Gebeurt(casus, 3);
        Assert.Equal(["4", "5", "6"], Nummers(await Python()));

        await Gebeurt(casus, 2);

        Assert.Equal(["7", "8"], Nummers(await Python()));
        Assert.Empty(await Python());
        File.Delete(stand);

        async Task<IReadOnlyList<string>> Python()
        {
            using var python = Programma.Start(["python3", Voorbeeld("volgen.py"), stand], await Omgeving());
            return await python.Rest();
        }
    }

    [Fact]
    public async Task Curl_follows_live_and_goes_on_after_what_it_had()
    {
        var (casus, stand) = (await Casus(), Path.GetTempFileName());
        await File.WriteAllTextAsync(stand, await Vanaf());
        await Gebeurt(casus, 1);
        using (var curl = Programma.Start(["bash", Voorbeeld("volgen.sh"), stand], await Omgeving()))
        {
            Assert.Equal(["4"], Nummers(await curl.Volgende(1)));
            await Gebeurt(casus, 1);
            Assert.Equal(["5"], Nummers(await curl.Volgende(1)));
            // Written after it was shown.
            using var genoeg = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (await File.ReadAllTextAsync(stand, genoeg.Token) != $"{await Vanaf()}\n")
                await Task.Delay(25, genoeg.Token);
        }

        await Gebeurt(casus, 1);

        using var weer = Programma.Start(["bash", Voorbeeld("volgen.sh"), stand], await Omgeving());
        Assert.Equal(["6"], Nummers(await weer.Volgende(1)));
        File.Delete(stand);
    }

    [Fact]
    public async Task JavaScript_follows_live_and_goes_on_by_itself_when_the_program_comes_back()
    {
        var casus = await Casus();
        var vanaf = await Vanaf();
        var eerste = await regie.Replica();
        using var node = Programma.Start(["node", Voorbeeld("volgen.mjs")], ("NETWERKREGIE", eerste.Adres.ToString().TrimEnd('/')), ("TOKEN", await regie.Token("dienst")), ("NA", vanaf));
        await Gebeurt(casus, 2);
        Assert.Equal(["4", "5"], Nummers(await node.Volgende(2)));

        await eerste.Stop();
        await eerste.DisposeAsync();
        await Gebeurt(casus, 3);
        var tweede = await regie.Replica(eerste.Poort);

        Assert.Equal(["6", "7", "8"], Nummers(await node.Volgende(3)));
        await tweede.DisposeAsync();
    }

    [Fact]
    public async Task CSharp_follows_live()
    {
        var casus = await Casus();
        var vanaf = await Vanaf();
        await Gebeurt(casus, 3);
        using var http = regie.Niemand();
        var gekregen = new List<string>();

        await foreach (var gebeurtenis in Ontvangen.FollowAsync(http, await regie.Token("dienst"), vanaf))
        {
            gekregen.Add(gebeurtenis.GetProperty("sequence").GetString()!);
            if (gekregen.Count == 3)
                break;
        }

        Assert.Equal(["4", "5", "6"], gekregen);
    }

    [Fact]
    public void CSharp_takes_only_what_was_signed_for_it_and_just_now()
    {
        var sleutel = RandomNumberGenerator.GetBytes(32);
        var geheim = $"whsec_{Convert.ToBase64String(sleutel)}";
        var inhoud = "{}"u8.ToArray();
        var nu = DateTimeOffset.UnixEpoch.AddYears(50);
        var tijdstip = nu.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var handtekening = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(sleutel, Encoding.UTF8.GetBytes($"7.{tijdstip}.{{}}")))}";

        Assert.True(Ontvangen.IsGenuine(geheim, "7", tijdstip, handtekening, inhoud, nu));
        Assert.False(Ontvangen.IsGenuine(geheim, "8", tijdstip, handtekening, inhoud, nu));
        Assert.False(Ontvangen.IsGenuine(geheim, "7", tijdstip, handtekening, "{ }"u8, nu));
        Assert.False(Ontvangen.IsGenuine(geheim, "7", tijdstip, handtekening, inhoud, nu.AddMinutes(6)));
        Assert.False(Ontvangen.IsGenuine(geheim, "7", "straks", handtekening, inhoud, nu));
    }

    [Fact]
    public async Task Dapr_application_says_what_it_wants_and_takes_what_its_sidecar_brings()
    {
        await Gebeurt(await Casus(), 1);
        var gebeurtenis = JsonNode.Parse(await (await regie.Als("dienst")).GetStringAsync($"/v1/gebeurtenissen?na={long.Parse(await Vanaf(), CultureInfo.InvariantCulture) - 1}"))![0]!;
        using var app = Programma.Start(["node", Voorbeeld("dapr.mjs")], ("PORT", "0"));
        using var sidecar = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{(await app.Volgende(1))[0].Split(' ')[^1]}") };

        var wens = JsonNode.Parse(await sidecar.GetStringAsync("/dapr/subscribe"))![0]!;
        Assert.Equal(("netwerkregie", "netwerkregie.gebeurtenissen", "gi.#"), ((string)wens["pubsubname"]!, (string)wens["topic"]!, (string)wens["metadata"]!["routingKey"]!));
        using var inhoud = new StringContent(gebeurtenis.ToJsonString(), Encoding.UTF8, "application/cloudevents+json");
        var antwoord = await sidecar.PostAsync((string)wens["route"]!, inhoud);

        Assert.Equal("""{"status":"SUCCESS"}""", await antwoord.Content.ReadAsStringAsync());
        Assert.Equal(["4"], Nummers(await app.Volgende(1)));
    }

    [Fact]
    public async Task Validator_of_CloudEvents_accepts_every_kind_of_event()
    {
        var casus = await Casus();
        var vanaf = await Vanaf();
        await regie.InDatabase((db, _) =>
        {
            db.Logboek.AddRange(Logboek.Soorten.Select((soort, i) => new LogboekRegel { CasusId = casus, Volgnr = 100 + i, Type = soort, Inhoud = "{}", Op = DateTimeOffset.UnixEpoch.AddMilliseconds(i) }));
            return db.SaveChangesAsync();
        });
        await regie.Later(TimeSpan.Zero);
        var dienst = await regie.Als("dienst");
        var alle = await dienst.GetStringAsync($"/v1/gebeurtenissen?na={vanaf}&casusId={casus}&aantal=1000");

        Assert.Equal($"{Logboek.Soorten.Count}", await Programma.Antwoord(["node", Repository.Path("tests/services/npm/cloudevents.mjs")], alle));
        Assert.Equal(Logboek.Soorten.Select(CloudEvent.TypeVan), JsonNode.Parse(alle)!.AsArray().Select(g => (string)g!["type"]!));
        Assert.All(JsonDocument.Parse(alle).RootElement.EnumerateArray(), g =>
        {
            Assert.Matches("^urn:nld:oin:[0-9]{20}:systeem:[a-z-]+$", g.GetProperty("source").GetString());
            Assert.Matches("^nl\\.netwerkregie\\.[a-z]+\\.[a-z-]+\\.v1$", g.GetProperty("type").GetString());
            Assert.All(g.EnumerateObject(), kenmerk => Assert.Matches("^[a-z0-9]{1,20}$", kenmerk.Name));
        });
    }

    [Fact]
    public async Task Parser_of_AsyncAPI_accepts_the_description_of_the_events()
    {
        using var niemand = regie.Niemand();

        Assert.Equal($"{Logboek.Soorten.Count}", await Programma.Antwoord(["node", Repository.Path("tests/services/npm/asyncapi.mjs")], await niemand.GetStringAsync("/v1/asyncapi.json")));
    }

    private static string Voorbeeld(string naam) => Repository.Path($"docs/voorbeelden/{naam}");

    private static IEnumerable<string> Nummers(IEnumerable<string> regels) => regels.Select(regel => (string)JsonNode.Parse(regel)!["sequence"]!);

    private async Task<(string, string)[]> Omgeving() => [("NETWERKREGIE", regie.Adres.ToString().TrimEnd('/')), ("TOKEN", await regie.Token("dienst"))];

    private async Task<Guid> Casus()
    {
        var casus = await regie.Casus();
        await regie.Later(TimeSpan.Zero);
        return casus;
    }

    private async Task<string> Vanaf() => $"{await regie.InDatabase((db, _) => Feed.KopAsync(db, default))}";

    private async Task Gebeurt(Guid casus, int aantal)
    {
        for (var i = 0; i < aantal; i++)
            await regie.Gebeurt(casus, new OverdrachtAanvaard(casus, Guid.CreateVersion7()));
        await regie.Later(TimeSpan.Zero);
    }
}
