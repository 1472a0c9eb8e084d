using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Kernteam;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>Each flow is on the one version or on the other, whoever asks and whatever happens meanwhile, and nothing is lost on the way.</summary>
public abstract class MigratieConformance(bool postgres) : RegieReplicas(postgres)
{
    private const int Casussen = 12;
    private const string Tekening = "melding-tot-regisseur";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var token = await Token("ontwerper");
        foreach (var http in Https)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    [SuiteFact]
    public async Task Tegelijk_overzetten_en_antwoorden_zet_elke_stroom_een_keer_over_en_verliest_geen_antwoord()
    {
        await CasussenBeginnen();
        await AndereTermijn();

        var vragen = Https.Select(Zet).ToList();
        await Task.WhenAll(vragen.Cast<Task>().Append(Antwoorden()));

        await Eventually.IsTrue(() => In(async db => await db.Wachtpunten.CountAsync(w => w.ActiviteitId == "eerste-contact" && w.AfgehandeldOp == null) == Casussen), "every answer has been heard");
        // Which of the two moved a flow is chance; that one did, and only one, is not.
        var overgezet = await In(db => db.MigratieStromen.AsNoTracking().Where(s => s.ToestandVoor != null).Select(s => s.StroomId).ToListAsync());
        Assert.Equal((await In(db => db.Stromen.Where(s => s.Versie == 2).Select(s => s.Id).ToListAsync())).Order(), overgezet.Order());
        Assert.Equal(Casussen, overgezet.Count);
        Assert.Equal(0, await In(db => db.Stromen.CountAsync(s => s.Storingen > 0)));
    }

    [SuiteFact]
    public async Task Terug_is_precies_zoals_het_was()
    {
        await CasussenBeginnen();
        await AndereTermijn();
        var voor = await Stand();
        var id = (Guid)(await Zet(Https[0]))!["id"]!;
        Assert.Equal(Casussen, await In(db => db.Stromen.CountAsync(s => s.Versie == 2)));

        await Task.WhenAll(Https.Select(http => http.PostAsJsonAsync($"/v1/migraties/{id}/terugdraaiing", new { reden = "toch niet" })));

        Assert.Equal(voor, await Stand());
        Assert.Equal(Casussen, await In(db => db.MigratieStromen.CountAsync(s => s.TerugReden == "toch niet" && s.Burst != null)));
        // One page for the move and one for the way back, whoever asked it twice.
        Assert.Equal(Casussen * 2, await In(db => db.Journaal.CountAsync(j => j.Regels.Contains("\"Migrated\""))));
        await Antwoorden();
        await Eventually.IsTrue(() => In(async db => await db.Wachtpunten.CountAsync(w => w.ActiviteitId == "eerste-contact" && w.AfgehandeldOp == null) == Casussen), "every answer has been heard");
    }

    [SuiteFact]
    public async Task De_database_weigert_een_migratie_die_niet_klopt()
    {
        await CasussenBeginnen(aantal: 1);
        await AndereTermijn();
        var stroom = await In(db => db.Stromen.AsNoTracking().SingleAsync());
        var migratie = (Guid)(await Zet(Https[0]))!["id"]!;

        await Weigert("update migraties set naar = van");
        await Weigert("update migraties set naar = 77");
        await Weigert("update migratie_stromen set toestand_voor = null");
        await Weigert("""update migratie_stromen set redenen = '["toch niet"]'""");
        await Weigert("update migratie_stromen set terug_reden = 'zonder moment'");
        await Weigert("delete from migraties");
        Assert.Equal(stroom.Id, (await In(db => db.MigratieStromen.AsNoTracking().SingleAsync(s => s.MigratieId == migratie))).StroomId);

        Task Weigert(string sql) => In(async db =>
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal)));
            return true;
        });
    }

    private async Task CasussenBeginnen(int aantal = Casussen)
    {
        for (var i = 0; i < aantal; i++)
            await Bus(i).Publish(new MeldingGerouteerd(Guid.CreateVersion7(), "lokaal-team", "regulier", $"GZN-{i}", "Zilverdam", [new("K1", "4-7")], null, TimeProvider.System.GetUtcNow()));
        await Eventually.IsTrue(() => In(async db => await db.Wachtpunten.CountAsync(w => w.ActiviteitId == "kernteam") == aantal), "every casus waits for its kernteam");
    }

    /// <summary>The answers of the service that was asked before anything moved.</summary>
    private async Task Antwoorden()
    {
        foreach (var (i, wachtpunt) in (await In(db => db.Wachtpunten.AsNoTracking().Where(w => w.ActiviteitId == "kernteam").ToListAsync())).Index())
            await Bus(i).Publish(new KernteamSamengesteld(wachtpunt.Ref));
    }

    private async Task AndereTermijn()
    {
        var tekening = await Https[0].GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-definitions/by-definition-id/{Tekening}");
        tekening!["root"]!["activities"]!.AsArray().Single(a => (string)a!["id"]! == "kernteam")!["termijn"]!["expression"]!["value"] = "8 uur";
        using var antwoord = await Https[0].PostAsJsonAsync("/elsa/api/workflow-definitions", new { model = tekening, publish = true });
        Assert.True(antwoord.IsSuccessStatusCode, await antwoord.Content.ReadAsStringAsync());
    }

    private static async Task<JsonObject?> Zet(HttpClient http)
    {
        using var antwoord = await http.PostAsJsonAsync($"/v1/stromen/{Tekening}/migraties", new { van = 1, naar = 2, reden = "langere termijn" });
        return antwoord.IsSuccessStatusCode ? await antwoord.Content.ReadFromJsonAsync<JsonObject>() : null;
    }

    private Task<string> Stand() => In(async db => string.Join('\n',
        (await db.Stromen.AsNoTracking().OrderBy(s => s.Id).ToListAsync()).Select(s => $"{s.Id} {s.Versie} {s.Status} {s.Toestand}")
            .Concat((await db.Wachtpunten.AsNoTracking().OrderBy(w => w.Id).ToListAsync()).Select(w => $"{w.Id} {w.Bookmark} {w.VerlooptOp:O} {w.AfgehandeldOp:O}"))
            .Concat((await db.Perioden.AsNoTracking().OrderBy(p => p.CasusId).ThenBy(p => p.Lijn).ThenBy(p => p.Onderdeel).ToListAsync()).Select(p => $"{p.CasusId} {p.Lijn} {p.Onderdeel} {p.Volgnr} {p.Waarde}"))));
}

public sealed class MigratieOnSqlite() : MigratieConformance(postgres: false);

[Needs("POSTGRES")]
public sealed class MigratieOnPostgres() : MigratieConformance(postgres: true);
