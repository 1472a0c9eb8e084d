using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Regie;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>Who leaves and who is chosen are decided one after the other, on however many replicas: a casus that opens has a holder who stays.</summary>
public abstract class UitDienstConformance(bool postgres) : RegieReplicas(postgres)
{
    private readonly bool _postgres = postgres;

    [SuiteFact]
    public async Task Wie_net_een_casus_krijgt_gaat_niet_uit_dienst()
    {
        var team = await In(async db => (await db.Teams.AsNoTracking().ToListAsync()).Single(t => t.Bedient("lokaal-team", "Zilverdam")));
        var regisseurs = await In(db => db.Professionals.Where(p => p.TeamId == team.Id && p.Rol == "regisseur").Select(p => p.Id).ToListAsync());
        var bestuurder = await Token("bestuurder");

        // Holds everybody's row: the opening casus has chosen its regisseur by then, and cannot commit yet.
        var vertrekken = await In(async db =>
        {
            await using var transactie = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlRawAsync("update professionals set volgorde = volgorde");
            await Bus(0).Publish(new MeldingGerouteerd(Guid.CreateVersion7(), "lokaal-team", "regulier", "GZN-VERTREK", "Zilverdam", [new("K1", "4-7")], null, TimeProvider.System.GetUtcNow()));
            await Wachten(1);
            var vragen = regisseurs.Select((id, i) => Vertrek(Https[i % Https.Count], id, bestuurder)).ToList();
            await Wachten(1 + regisseurs.Count);
            return vragen;
        });
        var antwoorden = await Task.WhenAll(vertrekken);

        await Eventually.IsTrue(() => In(db => db.Casussen.AnyAsync()), "the casus is open");
        var houderId = await In(async db => Guid.Parse((await db.Perioden.SingleAsync(p => p.Lijn == Lijnen.Regie && p.IsOpen)).Waarde));
        Assert.True(await In(db => db.Professionals.Where(p => p.Id == houderId).Select(p => p.IsActief).SingleAsync()));
        // Where the others were gone first, the one of last resort holds it.
        if (houderId != team.LeidinggevendeId)
        {
            Assert.Equal(HttpStatusCode.Conflict, antwoorden[regisseurs.IndexOf(houderId)]);
            Assert.Empty(await In(db => Nachtcontrole.OnveiligAsync(db, default)));
        }

        Assert.True(!_postgres || houderId != team.LeidinggevendeId);
    }

    private static async Task<HttpStatusCode> Vertrek(HttpClient http, Guid id, string token)
    {
        using var verzoek = new HttpRequestMessage(HttpMethod.Post, $"/v1/professionals/{id}/uitdiensttreding") { Content = JsonContent.Create(new { reden = "andere baan" }) };
        verzoek.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var antwoord = await http.SendAsync(verzoek);
        return antwoord.StatusCode;
    }

    // A file of SQLite does not say who waits for it; there whoever comes first decides.
    private Task Wachten(int aantal) => !_postgres
        ? Task.CompletedTask
        : Eventually.IsTrue(
            () => In(async db => await db.Database.SqlQuery<int>($"""select count(*)::int as "Value" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'""").SingleAsync() >= aantal),
            $"{aantal} transactions wait for each other");
}

public sealed class UitDienstOnSqlite() : UitDienstConformance(postgres: false);

[Needs("POSTGRES")]
public sealed class UitDienstOnPostgres() : UitDienstConformance(postgres: true);
