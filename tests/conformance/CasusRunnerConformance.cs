using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Host;
using NetwerkRegie.Regie;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>One casus never runs twice at once, on however many replicas; nothing that was accepted is lost.</summary>
public abstract class CasusRunnerConformance(bool postgres) : IAsyncLifetime
{
    private readonly List<WebApplication> _replicas = [];
    private readonly List<HttpClient> _https = [];
    private int _gemeld;

    private Place Place { get; } = new(postgres, rabbitMq: false);

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var replica = HostApplication.Build(
                ["--urls=http://127.0.0.1:0", "--services=regie", $"--Database={Place.Database}", "--Regio=demonstratie", $"--DemoSleutel={Path.Combine(Place.Folder, "sleutel.pem")}", "--Logging:LogLevel:Default=Error"]);
            await replica.StartAsync();
            _replicas.Add(replica);
            _https.Add(new HttpClient { BaseAddress = new Uri(replica.Urls.First()) });
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var http in _https)
            http.Dispose();
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        await Place.DisposeAsync();
    }

    [SuiteFact]
    public async Task Gelijktijdige_handelingen_in_een_casus_volgen_elkaar_op()
    {
        const int Handelingen = 50;
        await Meld();
        var casus = await Casus();
        var token = await Token(casus.HouderId);

        await Task.WhenAll(Enumerable.Range(0, Handelingen).Select(i => WisselVanKader(_https[i % _https.Count], casus.Id, token)));

        var lijn = await Lijn(casus.Id, Lijnen.Kader);
        Assert.Equal(Enumerable.Range(1, Handelingen + 1), lijn.Select(p => p.Volgnr));
        Assert.All(lijn, p => Assert.Equal(p.Volgnr % 2 == 1 ? Kaders.Vrijwillig : Kaders.Drang, p.Waarde));
        Assert.All(lijn.Zip(lijn.Skip(1)), buren => Assert.Equal(buren.First.Tot, buren.Second.Vanaf));
        Assert.Single(lijn, p => p.IsOpen);
        // The holder did not move by any of it.
        Assert.Single(await Lijn(casus.Id, Lijnen.Regie));
    }

    [SuiteFact]
    public async Task Gelijktijdige_meldingen_over_een_gezin_openen_een_casus()
    {
        const int Meldingen = 20;

        await Task.WhenAll(Enumerable.Range(0, Meldingen).Select(_ => Meld()));

        await Eventually.IsTrue(() => In(async db => await db.Inbox.CountAsync() == Meldingen), "every melding has been handled");
        Assert.Equal((1, 1), await In(async db => (await db.Casussen.CountAsync(), await db.Perioden.CountAsync(p => p.Lijn == Lijnen.Regie))));
    }

    // Each replica hears half of the meldingen, as it would on one queue.
    private Task Meld() => _replicas[Interlocked.Increment(ref _gemeld) % _replicas.Count].Services.GetRequiredService<IBus>()
        .Publish(new MeldingGerouteerd(Guid.CreateVersion7(), "lokaal-team", "regulier", "GZN-RUNNER", "Zilverdam", [new("K1", "4-7")], null, TimeProvider.System.GetUtcNow()));

    private async Task<(Guid Id, Guid HouderId)> Casus()
    {
        await Eventually.IsTrue(() => In(db => db.Casussen.AnyAsync()), "the casus is open");
        return await In(async db => ((await db.Casussen.SingleAsync()).Id, Guid.Parse((await db.Perioden.SingleAsync(p => p.Lijn == Lijnen.Regie)).Waarde)));
    }

    /// <summary>From vrijwillig to drang or back, whichever it is when our turn comes.</summary>
    private static async Task WisselVanKader(HttpClient http, Guid casusId, string token)
    {
        for (var naar = Kaders.Drang; ; naar = naar == Kaders.Drang ? Kaders.Vrijwillig : Kaders.Drang)
        {
            using var verzoek = new HttpRequestMessage(HttpMethod.Post, $"/v1/casussen/{casusId}/kaderovergangen")
            {
                Content = JsonContent.Create(new
                {
                    kindRef = "K1",
                    naar,
                    bron = "gespreksverslag",
                    bewijs = new { analyse = "gemaakt", voorwaarden = "afgesproken", zienswijzeGezin = "gehoord", evaluatie = "gedaan", rvtConsult = "0197a000-0000-7000-8000-000000000011" },
                }),
            };
            verzoek.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var antwoord = await http.SendAsync(verzoek);
            if (antwoord.StatusCode == HttpStatusCode.Created)
                return;
            Assert.True(antwoord.StatusCode == HttpStatusCode.Conflict, await antwoord.Content.ReadAsStringAsync());
        }
    }

    private async Task<string> Token(Guid professionalId)
    {
        var naam = await In(db => db.Professionals.Where(p => p.Id == professionalId).Select(p => p.Naam).SingleAsync());
        using var antwoord = await _https[0].PostAsJsonAsync("/demo/tokens", new { rol = "regisseur", naam });
        return (await antwoord.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private Task<List<Periode>> Lijn(Guid casusId, string lijn) =>
        In(db => db.Perioden.AsNoTracking().Where(p => p.CasusId == casusId && p.Lijn == lijn).OrderBy(p => p.Volgnr).ToListAsync());

    private async Task<T> In<T>(Func<RegieDbContext, Task<T>> vraag)
    {
        await using var scope = _replicas[0].Services.CreateAsyncScope();
        return await vraag(scope.ServiceProvider.GetRequiredService<RegieDbContext>());
    }
}

public sealed class CasusRunnerOnSqlite() : CasusRunnerConformance(postgres: false);

[Needs("POSTGRES")]
public sealed class CasusRunnerOnPostgres() : CasusRunnerConformance(postgres: true);
