using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Het script van de README: zes processen op eigen servers, die weer opstaan en verder gaan.</summary>
[Collection(nameof(Alleen))]
public sealed class GesplitsteVorm : IAsyncLifetime
{
    private static readonly string[] Processen = ["intake", "regie", "regie2", "kernteam", "veiligheid", "onderwijs"];

    private static readonly HttpClient Http = new();

    // The servers run as users of their own, who must be able to reach their part of it.
    private readonly string _map = Path.Combine(Path.GetTempPath(), $"netwerkregie-gesplitst-{Environment.ProcessId}");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Script("stop");
        Directory.Delete(_map, recursive: true);
    }

    [Fact]
    public async Task Het_script_start_zes_processen_en_zet_terug_wat_uitvalt()
    {
        Assert.Equal(0, await Script("start", "--proef"));
        Assert.All(Processen, proces => Assert.True(Draait(proces), proces));
        Assert.Equal(Processen.Length, Processen.Select(Nummer).Distinct().Count());
        var eerste = await KrijgtRegisseur("GZN-1");

        // Both replicas of regie tell the same.
        Assert.Equal(await Regielijn("REGIE", eerste), await Regielijn("REGIE2", eerste));

        foreach (var proces in new[] { "intake", "regie2", "kernteam" })
            Process.GetProcessById(Nummer(proces)).Kill();
        Assert.Equal(0, await Script("start"));
        Assert.All(Processen, proces => Assert.True(Draait(proces), proces));
        var tweede = await KrijgtRegisseur("GZN-2");

        Assert.NotEqual(eerste, tweede);
        Assert.Equal(await Regielijn("REGIE", eerste), await Regielijn("REGIE2", eerste));
        Assert.Equal(0, await Script("stop"));
        Assert.All(Processen, proces => Assert.False(Draait(proces), proces));
    }

    private async Task<Guid> KrijgtRegisseur(string gezin)
    {
        var melding = JsonNode.Parse(Meldingen.VanType("hulpvraag-gezin"))!;
        melding["meldingId"] = gezin;
        melding["betreft"]!["gezinRef"] = gezin;
        var antwoord = await Vraag(HttpMethod.Post, "INTAKE", "/v1/meldingen", "melder", melding);
        Assert.Equal(201, antwoord.Status);
        var casus = Guid.Empty;
        await Wachten.Uiteindelijk(
            async () => (await Vraag(HttpMethod.Get, "INTAKE", $"/v1/meldingen/{antwoord.Id}", "melder")).Json.TryGetProperty("casusId", out var id) && id.TryGetGuid(out casus),
            TimeSpan.FromMinutes(1),
            async () => string.Join('\n', await Task.WhenAll(Processen.Select(async proces => $"{proces}\n{await File.ReadAllTextAsync(Path.Combine(_map, $"{proces}.log"))}"))));
        return casus;
    }

    private async Task<string> Regielijn(string proces, Guid casus)
    {
        var lijn = await Vraag(HttpMethod.Get, proces, $"/v1/casussen/{casus}/lijnen/regie", "toezichthouder");
        Assert.Equal(JsonValueKind.Null, Assert.Single(lijn.Json.GetProperty("perioden").EnumerateArray()).GetProperty("tot").ValueKind);
        return lijn.Tekst;
    }

    private async Task<Antwoord> Vraag(HttpMethod methode, string proces, string pad, string rol, object? inhoud = null)
    {
        using var token = await Http.PostAsJsonAsync(new Uri(Adres(proces), "/proef/tokens"), new { rol });
        using var vraag = new HttpRequestMessage(methode, new Uri(Adres(proces), pad)) { Content = inhoud is null ? null : JsonContent.Create(inhoud) };
        vraag.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await token.Content.ReadFromJsonAsync<JsonElement>()).Tekst("token"));
        using var antwoord = await Http.SendAsync(vraag);
        return await Antwoord.Van(antwoord);
    }

    private Uri Adres(string proces) => new(File.ReadAllLines(Path.Combine(_map, "adressen.env")).Single(regel => regel.StartsWith($"{proces}=", StringComparison.Ordinal)).Split('=', 2)[1]);

    private int Nummer(string proces) => int.Parse(File.ReadAllText(Path.Combine(_map, $"{proces}.pid")), null);

    private bool Draait(string proces) => File.Exists(Path.Combine(_map, $"{proces}.pid")) && Directory.Exists($"/proc/{Nummer(proces)}");

    private async Task<int> Script(string actie, params string[] instellingen)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Map, "deploy", "gesplitst"), [actie, _map, .. instellingen]);
        start.Environment["HOST_DLL"] = HostProces.Programma;
        using var script = Process.Start(start)!;
        await script.WaitForExitAsync();
        return script.ExitCode;
    }
}
