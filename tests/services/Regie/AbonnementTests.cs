using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Regie;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Bezorging op het adres van een dienst, die van alles kan doen: ieder krijgt alles wat hij mag weten, per casus op volgorde.</summary>
public sealed class AbonnementTests(RegieProces regie) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Een_ontvanger_die_het_wil_krijgt_elke_gebeurtenis_getekend()
    {
        await using var ontvanger = await Ontvangend.Start();
        var dienst = await Dienst();
        await regie.Later(TimeSpan.Zero);
        var casus = await regie.Casus();
        var geheim = (string)(await dienst.Doet("abonnementen", new { adres = ontvanger.Adres, casusId = casus, soorten = new[] { "regie" }, na = "0" }, 201))["geheim"]!;

        await Gebeurt(casus, 2);

        Assert.Equal("netwerkregie", ontvanger.Herkomst);
        Assert.Equal([$"{casus} 2", $"{casus} 4", $"{casus} 5"], ontvanger.Gekregen.Select(g => g.Plaats));
        Assert.All(ontvanger.Gekregen, g =>
        {
            Assert.Equal("application/cloudevents+json; charset=utf-8", g.Headers["content-type"]);
            Assert.Equal((string)g.Inhoud["id"]!, g.Headers["webhook-id"]);
            var sleutel = Convert.FromBase64String(geheim["whsec_".Length..]);
            Assert.Equal(
                $"v1,{Convert.ToBase64String(HMACSHA256.HashData(sleutel, Encoding.UTF8.GetBytes($"{g.Headers["webhook-id"]}.{g.Headers["webhook-timestamp"]}.{g.Tekst}")))}",
                g.Headers["webhook-signature"]);
        });
        Assert.DoesNotContain(geheim["whsec_".Length..], (await dienst.Ziet("abonnementen")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wie_later_bevestigt_krijgt_pas_daarna_iets_en_dan_alles()
    {
        await using var ontvanger = await Ontvangend.Start(toestemming: false);
        var dienst = await Dienst();
        var casus = await regie.Casus();
        var id = (string)(await dienst.Doet("abonnementen", new { adres = ontvanger.Adres, casusId = casus, na = "0" }, 201))["id"]!;
        await regie.Gebeurt(casus, Iets(casus));
        await Wachten(() => ontvanger.Terugroep is not null);
        Assert.Equal("aangevraagd", (string)(await dienst.Ziet($"abonnementen/{id}"))["status"]!);

        using var niemand = regie.Niemand();
        Assert.Equal(HttpStatusCode.NotFound, (await niemand.GetAsync(ontvanger.Terugroep![..^1] + "x")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await niemand.GetAsync(ontvanger.Terugroep)).StatusCode);

        await regie.Later(TimeSpan.Zero);
        Assert.Equal([$"{casus} 1", $"{casus} 2", $"{casus} 3", $"{casus} 4"], ontvanger.Gekregen.Select(g => g.Plaats));
    }

    [Fact]
    public async Task Wie_bevestigt_terwijl_er_nog_wordt_gevraagd_krijgt_meteen_alles()
    {
        await using var ontvanger = await Ontvangend.Start(toestemming: false);
        ontvanger.BijTerugroep = async adres =>
        {
            using var zelf = regie.Niemand();
            Assert.Equal(HttpStatusCode.NoContent, (await zelf.GetAsync(adres)).StatusCode);
        };
        var casus = await regie.Casus();
        await (await Dienst()).Doet("abonnementen", new { adres = ontvanger.Adres, casusId = casus, na = "0" }, 201);

        await regie.Later(TimeSpan.Zero);

        Assert.Equal([$"{casus} 1", $"{casus} 2", $"{casus} 3"], ontvanger.Gekregen.Select(g => g.Plaats));
    }

    [Fact]
    public async Task Na_vijftien_uur_weg_krijgt_een_ontvanger_alles_op_volgorde()
    {
        await using var ontvanger = await Ontvangend.Start();
        var (een, twee) = (await regie.Casus(), await regie.Casus());
        var dienst = await Dienst();
        var id = await Abonneer(dienst, ontvanger);
        ontvanger.Antwoord = _ => 503;
        for (var uur = 0; uur < 15; uur++)
        {
            await regie.Gebeurt(een, Iets(een));
            await regie.Gebeurt(twee, Iets(twee));
            await regie.Later(TimeSpan.FromHours(1));
        }

        var storing = (await dienst.Ziet($"abonnementen/{id}"))["storing"]!;
        Assert.InRange((int)storing["pogingen"]!, 15, 40);
        Assert.Equal("De ontvanger antwoordde 503.", (string)storing["zin"]!);
        Assert.Empty(ontvanger.Gekregen);

        ontvanger.Antwoord = _ => 204;
        await regie.Later(TimeSpan.FromHours(1));

        Assert.Equal(Enumerable.Range(4, 15).Select(n => $"{n}"), ontvanger.Van(een));
        Assert.Equal(Enumerable.Range(4, 15).Select(n => $"{n}"), ontvanger.Van(twee));
        Assert.Null((await dienst.Ziet($"abonnementen/{id}"))["storing"]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Wie_zegt_wanneer_het_weer_kan_hoort_tot_dan_niets(bool alsMoment)
    {
        await using var ontvanger = await Ontvangend.Start();
        var casus = await regie.Casus();
        await Abonneer(await Dienst(), ontvanger);
        ontvanger.Antwoord = _ => 503;
        ontvanger.OpnieuwNa = g => alsMoment ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(g.Headers["webhook-timestamp"], CultureInfo.InvariantCulture) + 7200).ToString("R") : "7200";
        await Gebeurt(casus, 1);
        ontvanger.Antwoord = _ => 204;

        await regie.Later(TimeSpan.FromMinutes(118));
        Assert.Equal(1, ontvanger.Vragen);
        await regie.Later(TimeSpan.FromMinutes(4));
        Assert.Equal(["4"], ontvanger.Van(casus));
    }

    [Fact]
    public async Task Wie_ontvangt_maar_500_antwoordt_herkent_het_dubbele_aan_het_id()
    {
        await using var ontvanger = await Ontvangend.Start();
        var casus = await regie.Casus();
        await Abonneer(await Dienst(), ontvanger);
        var gezien = new ConcurrentQueue<string>();
        ontvanger.Antwoord = g =>
        {
            var isEerste = !gezien.Contains(g.Headers["webhook-id"]);
            gezien.Enqueue(g.Headers["webhook-id"]);
            return isEerste ? 500 : 200;
        };
        await Gebeurt(casus, 3);
        await regie.Later(TimeSpan.FromMinutes(1));

        Assert.Equal(["4", "5", "6"], ontvanger.Van(casus));
        Assert.Equal(6, gezien.Count);
        Assert.Equal(ontvanger.Gekregen.SelectMany(g => new[] { g.Headers["webhook-id"], g.Headers["webhook-id"] }), gezien);
    }

    [Fact]
    public async Task Na_drie_dagen_zonder_antwoord_pauzeert_het_zichtbaar_en_na_hervatten_gaat_niets_verloren()
    {
        await using var ontvanger = await Ontvangend.Start();
        var casus = await regie.Casus();
        var dienst = await Dienst();
        var id = await Abonneer(dienst, ontvanger);
        ontvanger.Antwoord = _ => 500;
        await regie.Gebeurt(casus, Iets(casus));
        for (var dag = 0; dag < 4; dag++)
            await regie.Later(TimeSpan.FromDays(1));

        var toezicht = new Iemand(Guid.Empty, regie.Toezichthouder);
        var abonnement = await toezicht.Ziet($"abonnementen/{id}");
        Assert.Equal(("gepauzeerd", "Het lukt al 3 dagen niet. De ontvanger antwoordde 500."), ((string)abonnement["status"]!, (string)abonnement["reden"]!));

        ontvanger.Antwoord = _ => 200;
        await regie.Gebeurt(casus, Iets(casus));
        await regie.Later(TimeSpan.FromDays(1));
        Assert.Empty(ontvanger.Gekregen);
        await dienst.Doet($"abonnementen/{id}/hervattingen", new { reden = "" }, 400);
        await dienst.Doet($"abonnementen/{id}/hervattingen", new { reden = "de ontvanger draait weer" });
        await dienst.Doet($"abonnementen/{id}/hervattingen", new { reden = "nog eens" }, 409);

        await regie.Later(TimeSpan.Zero);
        Assert.Equal(["4", "5"], ontvanger.Van(casus));
    }

    [Fact]
    public async Task Wie_410_antwoordt_hoort_niets_meer()
    {
        await using var ontvanger = await Ontvangend.Start();
        var casus = await regie.Casus();
        var dienst = await Dienst();
        var id = await Abonneer(dienst, ontvanger);
        ontvanger.Antwoord = _ => 410;

        await Gebeurt(casus, 3);

        Assert.Equal("beeindigd", (string)(await dienst.Ziet($"abonnementen/{id}"))["status"]!);
        Assert.Equal(1, ontvanger.Vragen);
    }

    [Fact]
    public async Task Wat_geweigerd_wordt_blijft_onbezorgd_met_wat_in_die_casus_volgt_en_gaat_daarna_op_volgorde()
    {
        await using var ontvanger = await Ontvangend.Start();
        var (een, twee) = (await regie.Casus(), await regie.Casus());
        var dienst = await Dienst();
        var id = await Abonneer(dienst, ontvanger);
        ontvanger.Antwoord = g => g.Plaats == $"{een} 5" ? 422 : 200;
        await Gebeurt(een, 3);
        await Gebeurt(twee, 1);
        await regie.Later(TimeSpan.FromMinutes(1));

        Assert.Equal(["4"], ontvanger.Van(een));
        Assert.Equal(["4"], ontvanger.Van(twee));
        var onbezorgd = (await dienst.Ziet($"abonnementen/{id}/onbezorgd"))["items"]!.AsArray();
        Assert.Equal(
            ["De ontvanger weigerde deze gebeurtenis (422).", "Wacht op een eerdere gebeurtenis van deze casus."], onbezorgd.Select(o => (string)o!["reden"]!));
        Assert.Equal(2, (int)(await dienst.Ziet($"abonnementen/{id}"))["onbezorgd"]!);

        ontvanger.Antwoord = _ => 200;
        await dienst.Doet($"abonnementen/{id}/herbezorgingen", new { reden = "de ontvanger is hersteld" });
        await Gebeurt(een, 1);

        Assert.Equal(["4", "5", "6", "7"], ontvanger.Van(een));
        Assert.Empty((await dienst.Ziet($"abonnementen/{id}/onbezorgd"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Een_ontvanger_die_zwijgt_houdt_de_anderen_niet_op()
    {
        await using var traag = await Ontvangend.Start();
        await using var vlot = await Ontvangend.Start();
        var casus = await regie.Casus();
        await Abonneer(await Dienst(), traag);
        await Abonneer(await Dienst(), vlot);
        using var nooit = new CancellationTokenSource();
        traag.Wacht = () => Task.Delay(Timeout.Infinite, nooit.Token);

        await regie.Gebeurt(casus, Iets(casus));

        await Wachten(() => vlot.Van(casus).Count == 1);
        Assert.Empty(traag.Gekregen);
        await nooit.CancelAsync();
    }

    [Fact]
    public async Task Een_doorverwijzing_wordt_niet_gevolgd_en_een_adres_in_ons_netwerk_niet_bezocht()
    {
        await using var elders = await Ontvangend.Start();
        await using var ontvanger = await Ontvangend.Start();
        var casus = await regie.Casus();
        var dienst = await Dienst();
        var id = await Abonneer(dienst, ontvanger);
        (ontvanger.Antwoord, ontvanger.Naar) = (_ => 307, elders.Adres);

        await regie.Gebeurt(casus, Iets(casus));
        await Wachten(() => ontvanger.Vragen > 0);

        Assert.Equal(0, elders.Vragen);
        await dienst.Doet($"abonnementen/{id}/pauzeringen", new { reden = "klaar" });
        foreach (var adres in new[] { "http://voorbeeld.nl/", "ftp://127.0.0.1/", "https://wie:wat@voorbeeld.nl/", "niets", "" })
            await dienst.Doet("abonnementen", new { adres }, 400);
        foreach (var adres in new[] { "127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::a00:1" })
            Assert.False(Ontvanger.IsOpenbaar(IPAddress.Parse(adres)), adres);
        foreach (var adres in new[] { "93.184.215.14", "2a00:1450:400e::1" })
            Assert.True(Ontvanger.IsOpenbaar(IPAddress.Parse(adres)), adres);
    }

    [Fact]
    public async Task Een_abonnement_van_een_ander_bestaat_niet()
    {
        await using var ontvanger = await Ontvangend.Start();
        var id = await Abonneer(await Dienst(), ontvanger);
        var ander = new Iemand(Guid.Empty, await regie.AlsDienstVan("Crisisdienst"));

        await ander.Ziet($"abonnementen/{id}", 404);
        await ander.Doet($"abonnementen/{id}/pauzeringen", new { reden = "zomaar" }, 404);
        await ander.Doet("abonnementen", new { adres = ontvanger.Adres, soorten = new[] { "kernteams" } }, 403);
        Assert.Equal(HttpStatusCode.NotFound, (await ander.Http.DeleteAsync($"/v1/abonnementen/{id}")).StatusCode);
        Assert.Empty((await ander.Ziet("abonnementen"))["items"]!.AsArray());
    }

    private async Task<Iemand> Dienst() => new(Guid.Empty, await regie.Als("dienst"));

    private async Task<string> Abonneer(Iemand dienst, Ontvangend ontvanger)
    {
        await regie.Later(TimeSpan.Zero);
        var id = (string)(await dienst.Doet("abonnementen", new { adres = ontvanger.Adres }, 201))["id"]!;
        await regie.Later(TimeSpan.Zero);
        Assert.Equal("actief", (string)(await dienst.Ziet($"abonnementen/{id}"))["status"]!);
        return id;
    }

    private static OverdrachtAanvaard Iets(Guid casus) => new(casus, Guid.CreateVersion7());

    private async Task Gebeurt(Guid casus, int aantal)
    {
        for (var i = 0; i < aantal; i++)
            await regie.Gebeurt(casus, Iets(casus));
        await regie.Later(TimeSpan.Zero);
    }

    private static async Task Wachten(Func<bool> tot)
    {
        using var genoeg = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!tot())
            await Task.Delay(25, genoeg.Token);
    }

    private sealed record Gekregen(IReadOnlyDictionary<string, string> Headers, string Tekst)
    {
        public JsonNode Inhoud { get; } = JsonNode.Parse(Tekst)!;

        public string Plaats => $"{Inhoud["subject"]} {Inhoud["sequence"]}";
    }

    /// <summary>Het systeem van een ander, dat antwoordt wat de test wil.</summary>
    private sealed class Ontvangend : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private int _vragen;

        private Ontvangend(WebApplication app) => _app = app;

        public string Adres => $"{_app.Urls.Single()}/haak";

        public ConcurrentQueue<Gekregen> Gekregen { get; } = [];

        public Func<Gekregen, int> Antwoord { get; set; } = _ => 204;

        public Func<Task> Wacht { get; set; } = () => Task.CompletedTask;

        public Func<string, Task> BijTerugroep { get; set; } = _ => Task.CompletedTask;

        public string? Naar { get; set; }

        public Func<Gekregen, string?> OpnieuwNa { get; set; } = _ => null;

        public int Vragen => Volatile.Read(ref _vragen);

        public string? Herkomst { get; private set; }

        public string? Terugroep { get; private set; }

        public static async Task<Ontvangend> Start(bool toestemming = true)
        {
            var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            var ontvangend = new Ontvangend(builder.Build());
            ontvangend._app.MapMethods("/haak", ["OPTIONS"], async (HttpContext http) =>
            {
                (ontvangend.Herkomst, ontvangend.Terugroep) = (http.Request.Headers["WebHook-Request-Origin"], http.Request.Headers["WebHook-Request-Callback"]);
                await ontvangend.BijTerugroep(ontvangend.Terugroep!);
                if (toestemming)
                    http.Response.Headers["WebHook-Allowed-Origin"] = ontvangend.Herkomst;
            });
            ontvangend._app.MapPost("/haak", ontvangend.Ontvang);
            await ontvangend._app.StartAsync();
            return ontvangend;
        }

        public List<string> Van(Guid casus) => [.. Gekregen.Where(g => (string)g.Inhoud["subject"]! == casus.ToString()).Select(g => (string)g.Inhoud["sequence"]!)];

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task Ontvang(HttpContext http)
        {
            Interlocked.Increment(ref _vragen);
            await Wacht();
            using var lezer = new StreamReader(http.Request.Body);
            var gekregen = new Gekregen(http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), await lezer.ReadToEndAsync());
            http.Response.StatusCode = Antwoord(gekregen);
            if (Naar is not null)
                http.Response.Headers.Location = Naar;
            http.Response.Headers.RetryAfter = OpnieuwNa(gekregen);
            if (http.Response.StatusCode < 300)
                Gekregen.Enqueue(gekregen);
        }
    }
}
