using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Regie;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>What happens in cases goes out in one order, however many replicas write, number and deliver it.</summary>
[Needs("POSTGRES")]
public sealed class GebeurtenissenReplicas() : RegieReplicas(postgres: true)
{
    [SuiteFact]
    public async Task Wie_tegelijk_schrijven_en_nummeren_laten_geen_gat_en_geen_dubbele()
    {
        const int Schrijvers = 8;
        const int Keren = 100;
        using var lezer = await Lees(1);

        // Written before all others and committed after them.
        await In(async db =>
        {
            await using var laat = await db.Database.BeginTransactionAsync();
            Schrijf(db, Guid.CreateVersion7(), 1);
            await db.SaveChangesAsync();
            await Task.WhenAll(Enumerable.Range(0, Schrijvers).Select(async schrijver =>
            {
                var casus = Guid.CreateVersion7();
                for (var keer = 1; keer <= Keren; keer++)
                    await Gebeurt(casus, keer, schrijver);
            }));
            await laat.CommitAsync();
            return true;
        });

        var gelezen = await lezer.Volgende((Schrijvers * Keren) + 1);
        Assert.Equal(Enumerable.Range(1, gelezen.Count), gelezen.Select(g => int.Parse((string)g["id"]!, CultureInfo.InvariantCulture)));
        Assert.All(gelezen.GroupBy(g => (string)g["subject"]!), casus => Assert.Equal(Enumerable.Range(1, casus.Count()), casus.Select(g => int.Parse((string)g["sequence"]!, CultureInfo.InvariantCulture))));
    }

    [SuiteFact]
    public async Task Een_lezer_hoort_meteen_wat_de_ander_nummerde_ook_nadat_haar_verbinding_is_verbroken()
    {
        using var lezer = await Lees(1);
        var (casus, geschreven) = (Guid.CreateVersion7(), 0);
        await Eventually.IsTrue(async () => await Luisteraars() == 2, "both replicas listen");
        await HoortMeteen();

        await In(db => db.Database.ExecuteSqlAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'"));
        await Gebeurt(casus, ++geschreven, 0);
        await lezer.Volgende(1);

        await Eventually.IsTrue(async () => await Luisteraars() == 2, "both replicas listen again");
        await HoortMeteen();

        // One after the other: whoever only looks each second needs a second for each.
        async Task HoortMeteen()
        {
            var begin = Stopwatch.GetTimestamp();
            for (var keer = 0; keer < 20; keer++)
            {
                await Gebeurt(casus, ++geschreven, 0);
                Assert.Equal($"{geschreven}", (string)(await lezer.Volgende(1))[0]["sequence"]!);
            }

            Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }
    }

    [SuiteFact]
    public async Task Een_webhook_komt_van_een_tegelijk_en_wie_stopt_laat_hem_meteen_aan_de_ander()
    {
        const int Aantal = 60;
        await using var ontvanger = await Ontvanger.Start();
        await Vraag(0, HttpMethod.Post, "/v1/abonnementen", "dienst", new { adres = ontvanger.Adres });
        await Eventually.IsTrue(() => In(db => db.Abonnementen.AnyAsync(a => a.Status == Abonnement.Actief)), "the receiver was asked");
        Guid[] casussen = [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7())];
        for (var keer = 0; keer < Aantal; keer++)
            await Gebeurt(casussen[keer % 3], (keer / 3) + 1, keer);
        await Eventually.IsTrue(() => Task.FromResult(ontvanger.Gekregen.Count >= Aantal), "everything is delivered");
        Assert.Equal(Enumerable.Range(1, Aantal).Select(n => $"{n}"), ontvanger.Gekregen);

        // Only one delivers, and stops in the middle of it.
        var (een, ander) = (Bezorger(0), Bezorger(1));
        await ander.StopAsync(default);
        ontvanger.IsTraag = true;
        await Gebeurt(casussen[0], (Aantal / 3) + 1, 0);
        await ontvanger.Bezig;
        await ander.StartAsync(default);
        ontvanger.IsTraag = false;
        var begin = Stopwatch.GetTimestamp();
        await een.StopAsync(default);

        await Eventually.IsTrue(() => Task.FromResult(ontvanger.Gekregen.Count > Aantal), "the other delivers it");
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(Enumerable.Range(1, Aantal + 1).Select(n => $"{n}"), ontvanger.Gekregen);
    }

    private Bezorgen Bezorger(int replica) => Replicas[replica].Services.GetRequiredService<Bezorgen>();

    private Task<int> Luisteraars() =>
        In(db => db.Database.SqlQuery<int>($"""select count(*)::int as "Value" from pg_stat_activity where datname = current_database() and query like 'listen %'""").SingleAsync());

    /// <summary>Written in this replica, which numbers it unless the other is first.</summary>
    private Task<bool> Gebeurt(Guid casus, int volgnr, int replica) => In(
        async db =>
        {
            await using var transactie = await db.Database.BeginTransactionAsync();
            Schrijf(db, casus, volgnr);
            await db.SaveChangesAsync();
            await transactie.CommitAsync();
            return true;
        },
        replica);

    private static void Schrijf(RegieDbContext db, Guid casus, int volgnr)
    {
        db.Logboek.Add(new() { CasusId = casus, Volgnr = volgnr, Type = "regie.overdracht-aanvaard", Inhoud = "{}", Op = TimeProvider.System.GetUtcNow() });
        db.HeeftGelogd = true;
    }

    private async Task<Lezer> Lees(int replica) => new(await Vraag(replica, HttpMethod.Get, "/v1/gebeurtenissen/stroom?na=0", "toezichthouder"));

    private async Task<HttpResponseMessage> Vraag(int replica, HttpMethod methode, string pad, string rol, object? inhoud = null)
    {
        using var vraag = new HttpRequestMessage(methode, pad) { Content = inhoud is null ? null : JsonContent.Create(inhoud) };
        vraag.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(rol));
        return (await Https[replica % Https.Count].SendAsync(vraag, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
    }

    /// <summary>Follows the stream as somebody else does.</summary>
    private sealed class Lezer(HttpResponseMessage antwoord) : IDisposable
    {
        private readonly StreamReader _regels = new(antwoord.Content.ReadAsStream());

        public async Task<IReadOnlyList<JsonNode>> Volgende(int aantal)
        {
            using var genoeg = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var gelezen = new List<JsonNode>();
            while (gelezen.Count < aantal)
                if (await _regels.ReadLineAsync(genoeg.Token) is ['d', 'a', 't', 'a', ':', .. var gebeurtenis])
                    gelezen.Add(JsonNode.Parse(gebeurtenis)!);
            return gelezen;
        }

        public void Dispose()
        {
            _regels.Dispose();
            antwoord.Dispose();
        }
    }

    /// <summary>The system of a subscriber. What it hears while it is slow, it does not have.</summary>
    private sealed class Ontvanger(WebApplication app) : IAsyncDisposable
    {
        private readonly TaskCompletionSource _bezig = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Adres => $"{app.Urls.Single()}/haak";

        /// <summary>The numbers, in the order in which they came.</summary>
        public ConcurrentQueue<string> Gekregen { get; } = [];

        public bool IsTraag { get; set; }

        /// <summary>It has one before it that it does not answer.</summary>
        public Task Bezig => _bezig.Task;

        public static async Task<Ontvanger> Start()
        {
            var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            var ontvanger = new Ontvanger(builder.Build());
            await ontvanger.Luister();
            return ontvanger;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task Luister()
        {
            app.MapMethods("/haak", ["OPTIONS"], http =>
            {
                http.Response.Headers["WebHook-Allowed-Origin"] = "*";
                return Task.CompletedTask;
            });
            app.MapPost("/haak", async (JsonNode gebeurtenis, HttpContext http) =>
            {
                if (IsTraag)
                {
                    _bezig.TrySetResult();
                    await Task.Delay(Timeout.Infinite, http.RequestAborted);
                }

                Gekregen.Enqueue((string)gebeurtenis["id"]!);
            });
            return app.StartAsync();
        }
    }
}
