using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Regie;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>How each flow is doing is the same whether a burst wrote it down or the database works it out, on every database.</summary>
public abstract class BewakingConformance(bool postgres) : RegieReplicas(postgres)
{
    private const int Casussen = 6;

    [SuiteFact]
    public async Task Wat_een_burst_opschrijft_is_wat_de_database_ervan_maakt()
    {
        await CasussenAsync();
        await KloptAsync();
        foreach (var (i, wachtpunt) in (await In(db => db.Wachtpunten.AsNoTracking().Where(w => w.ActiviteitId == "kernteam").OrderBy(w => w.Id).Take(4).ToListAsync())).Index())
            await Bus(i).Publish(new KernteamSamengesteld(wachtpunt.Ref));
        await Eventually.IsTrue(() => In(async db => await db.Wachtpunten.CountAsync(w => w.ActiviteitId == "eerste-contact") == 4), "every answer has been heard");
        await KloptAsync();

        // A proposal waits for a person, and an acute step up is a risk for every flow of that casus.
        var casus = await In(db => db.Perioden.AsNoTracking().Where(p => p.Lijn == Lijnen.Regie && p.IsOpen).OrderBy(p => p.CasusId).Select(p => new { p.CasusId, p.Waarde }).FirstAsync());
        var houder = Guid.Parse(casus.Waarde);
        var (naam, ander) = await In(async db => ((await db.Professionals.SingleAsync(p => p.Id == houder)).Naam, (await db.Professionals.Where(p => p.Rol == "regisseur" && p.Id != houder).OrderBy(p => p.Volgorde).FirstAsync()).Id));
        Https[0].DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token("regisseur", naam));
        await LuktAsync($"/v1/casussen/{casus.CasusId}/overdrachten", new { naarId = ander, reden = "andere wijk" });
        await KloptAsync();
        await LuktAsync($"/v1/casussen/{casus.CasusId}/opschalingen", new { naar = "duo", reden = "gevaar", isAcuut = true });
        await KloptAsync();
        Assert.Equal([Risicos.AcuteOpschaling], await In(db => db.Stromen.Where(s => s.CasusId == casus.CasusId && s.Stand != null).Select(s => s.Risico).Distinct().ToListAsync()));
    }

    [SuiteFact]
    public async Task Een_bericht_dat_vastloopt_blokkeert_zijn_stroom_en_een_voorbeeld_verandert_niets()
    {
        await CasussenAsync();
        var (nu, wachtpunt, bericht) = (TimeProvider.System.GetUtcNow(), await In(db => db.Wachtpunten.AsNoTracking().Where(w => w.ActiviteitId == "kernteam").OrderBy(w => w.Id).FirstAsync()), Guid.CreateVersion7());
        await Bus(0).Publish(new BerichtVastgelopen("kernteam-kernteam-samenstellen", bericht, "KernteamSamenstellen", "storing", wachtpunt.CasusId, wachtpunt.StroomId, nu));
        await Eventually.IsTrue(() => In(db => db.Stromen.AnyAsync(s => s.Id == wachtpunt.StroomId && s.Stand == Toestanden.Geblokkeerd)), "the flow is blocked");
        await KloptAsync();

        Https[1].DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token("toezichthouder"));
        var voor = await StandAsync();
        using var antwoord = await Https[1].PostAsJsonAsync($"/v1/bewaking/stromen/{wachtpunt.StroomId}/herstelvoorbeelden", new { soort = "opnieuw-versturen", wachtpuntId = wachtpunt.Id });
        Assert.True(antwoord.IsSuccessStatusCode, await antwoord.Content.ReadAsStringAsync());
        var voorbeeld = (await antwoord.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(voor, await StandAsync());

        using var hersteld = await Https[0].SendAsync(new(HttpMethod.Post, $"/v1/bewaking/stromen/{wachtpunt.StroomId}/herstellingen")
        {
            Headers = { Authorization = Https[1].DefaultRequestHeaders.Authorization },
            Content = JsonContent.Create(new { soort = "opnieuw-versturen", wachtpuntId = wachtpunt.Id, reden = "kwijt", kenmerk = voorbeeld["kenmerk"] }),
        });
        Assert.True(hersteld.IsSuccessStatusCode, await hersteld.Content.ReadAsStringAsync());
        await KloptAsync();
        var lijst = (await Https[1].GetFromJsonAsync<JsonObject>("/v1/bewaking/stromen"))!;
        Assert.Equal(Casussen, lijst["items"]!.AsArray().Count);
    }

    private async Task LuktAsync(string pad, object inhoud)
    {
        using var antwoord = await Https[0].PostAsJsonAsync(pad, inhoud);
        Assert.True(antwoord.IsSuccessStatusCode, await antwoord.Content.ReadAsStringAsync());
    }

    private async Task CasussenAsync()
    {
        for (var i = 0; i < Casussen; i++)
            await Bus(i).Publish(new MeldingGerouteerd(Guid.CreateVersion7(), "lokaal-team", "regulier", $"GZN-{i}", "Zilverdam", [new("K1", "4-7")], null, TimeProvider.System.GetUtcNow()));
        await Eventually.IsTrue(() => In(async db => await db.Wachtpunten.CountAsync(w => w.ActiviteitId == "kernteam") == Casussen), "every casus waits for its kernteam");
    }

    private async Task KloptAsync()
    {
        var geschreven = await StandAsync();
        await In(async db =>
        {
            await Standen.HerberekenAsync(db, db.Stromen, default);
            return true;
        });
        Assert.Equal(geschreven, await StandAsync());
    }

    private Task<string> StandAsync() => In(async db => string.Join('\n', (await db.Stromen.AsNoTracking().Where(s => s.Stand != null || s.AfgerondOp == null).OrderBy(s => s.Id).ToListAsync())
        .Select(s => $"{s.DefinitieId} {s.Id} {s.LaatsteBurst} {s.Stand} {s.Blokkade} {s.StandSinds:O} {s.Risico} {s.Dienst} {s.Vastgelopen} {s.HerstelOp:O}")));
}

public sealed class BewakingOnSqlite() : BewakingConformance(postgres: false);

[Needs("POSTGRES")]
public sealed class BewakingOnPostgres() : BewakingConformance(postgres: true);
