using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Regie;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>One casus never runs twice at once, on however many replicas; nothing that was accepted is lost.</summary>
public abstract class CasusRunnerConformance(bool postgres) : RegieReplicas(postgres)
{
    private int _gemeld;

    [SuiteFact]
    public async Task Gelijktijdige_handelingen_in_een_casus_volgen_elkaar_op()
    {
        const int Handelingen = 50;
        await Meld();
        var casus = await Casus();
        var token = await Token(casus.HouderId);

        await Task.WhenAll(Enumerable.Range(0, Handelingen).Select(i => WisselVanKader(Https[i % Https.Count], casus.Id, token)));

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

    private Task Meld() => Bus(Interlocked.Increment(ref _gemeld))
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
        return await Token("regisseur", naam);
    }

    private Task<List<Periode>> Lijn(Guid casusId, string lijn) =>
        In(db => db.Perioden.AsNoTracking().Where(p => p.CasusId == casusId && p.Lijn == lijn).OrderBy(p => p.Volgnr).ToListAsync());
}

public sealed class CasusRunnerOnSqlite() : CasusRunnerConformance(postgres: false);

[Needs("POSTGRES")]
public sealed class CasusRunnerOnPostgres() : CasusRunnerConformance(postgres: true);
