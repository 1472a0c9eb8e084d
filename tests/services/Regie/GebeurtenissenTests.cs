using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Regie;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Wat er gebeurt, zoals een ander het volgt: alles wat hij mag weten, in volgorde, en niets anders.</summary>
public sealed class GebeurtenissenTests(RegieProces regie) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Wie_verder_leest_vanaf_zijn_laatste_nummer_mist_niets_en_krijgt_niets_dubbel()
    {
        var dienst = await regie.Als("dienst");
        var casus = await regie.Casus();
        await Genummerd();
        var (eerste, vervolg) = await Lees(dienst, $"?casusId={casus}&aantal=2");

        await Gebeurt(casus, new OverdrachtAanvaard(casus, Guid.CreateVersion7()));
        await Genummerd();
        var gelezen = new List<JsonNode>(eerste);
        while (true)
        {
            var (meer, verder) = await Lees(dienst, vervolg);
            if (meer.Count == 0)
                break;
            (gelezen, vervolg) = ([.. gelezen, .. meer], verder);
        }

        Assert.Equal(["casussen.geopend", "regie.toegekend", "berichten.beschikbaar", "regie.overdracht-aanvaard"], gelezen.Select(g => ((string)g["type"]!)["nl.netwerkregie.".Length..^".v1".Length]));
        Assert.Equal(Enumerable.Range(1, gelezen.Count).Select(n => $"{n}"), gelezen.Select(g => (string)g["sequence"]!));
        Assert.Equal(gelezen.Count, gelezen.DistinctBy(g => (string)g["id"]!).Count());
    }

    [Fact]
    public async Task Een_gebeurtenis_is_een_CloudEvent_zonder_inhoud_en_de_inhoud_leest_wie_dat_mag()
    {
        var (dienst, toezicht) = (await regie.Als("dienst"), regie.Toezichthouder);
        var casus = await regie.Casus();
        var (van, naar) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Gebeurt(casus, new OverdrachtVoorgesteld(casus, Guid.CreateVersion7(), van, naar, DateTimeOffset.UnixEpoch));
        await Genummerd();

        var gebeurtenis = (await Lees(dienst, $"?casusId={casus}&type=regie.overdracht-voorgesteld")).Items.Single();

        Assert.Equal(
            ["data", "datacontenttype", "dataref", "id", "sequence", "sequencetype", "source", "specversion", "subject", "time", "type"],
            gebeurtenis.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal));
        Assert.Equal("urn:nld:oin:00000000000000000000:systeem:netwerkregie-regie", (string)gebeurtenis["source"]!);
        Assert.Equal("nl.netwerkregie.regie.overdracht-voorgesteld.v1", (string)gebeurtenis["type"]!);
        Assert.Equal(casus.ToString(), (string)gebeurtenis["subject"]!);
        Assert.Equal($$"""{"casusId":"{{casus}}"}""", gebeurtenis["data"]!.ToJsonString());
        var inhoud = await toezicht.GetAsync((string)gebeurtenis["dataref"]!).Json();
        Assert.Equal((casus.ToString(), naar.ToString()), ((string)inhoud["casusId"]!, (string)inhoud["inhoud"]!["naarId"]!));
        await (await regie.Iemand("Wessel Dijkman")).Http.GetAsync((string)gebeurtenis["dataref"]!).Json(404);
    }

    [Fact]
    public async Task Ieder_ziet_alleen_de_casussen_waar_hij_nu_bij_hoort_en_de_soorten_die_zijn_organisatie_mag_weten()
    {
        var (noord, crisis) = (await regie.Casus(), await regie.Casus("Wessel Dijkman"));
        foreach (var casus in new[] { noord, crisis })
        {
            await Gebeurt(casus, new KernteamIngesteld(casus));
            await Gebeurt(casus, new OverdrachtAanvaard(casus, Guid.CreateVersion7()));
        }

        await Genummerd();

        await Ziet(await Van("Crisisdienst"), ("crisis", "casussen.geopend 1"), ("crisis", "regie.toegekend 2"), ("crisis", "regie.overdracht-aanvaard 3"));
        await Ziet(await Van("Lokaal team Noord"), ("noord", "casussen.geopend 1"), ("noord", "regie.toegekend 2"), ("noord", "berichten.beschikbaar 3"), ("noord", "kernteams.ingesteld 4"), ("noord", "regie.overdracht-aanvaard 5"));
        await Ziet((await regie.Iemand("Wessel Dijkman")).Http, ("crisis", "casussen.geopend 1"), ("crisis", "regie.toegekend 2"), ("crisis", "berichten.beschikbaar 3"), ("crisis", "kernteams.ingesteld 4"), ("crisis", "regie.overdracht-aanvaard 5"));
        await Ziet((await regie.Iemand("Yara Smeets")).Http);
        await (await Van("Veilig Thuis")).GetAsync("/v1/gebeurtenissen").Json(403);

        // Also a question is held against what may be known.
        await (await Van("Crisisdienst")).GetAsync("/v1/gebeurtenissen?type=kernteams.ingesteld").Json(403);
        await (await Van("Crisisdienst")).GetAsync($"/v1/gebeurtenissen?casusId={noord}").Json(404);
        var ongeldig = await (await Van("Crisisdienst")).GetAsync("/v1/gebeurtenissen?type=bestaat-niet&na=-1").Json(400);
        Assert.Equal(["/na", "/type/0"], ongeldig["fouten"]!.AsArray().Select(f => (string)f!["plaats"]!));

        async Task Ziet(HttpClient lezer, params (string Casus, string Wat)[] verwacht)
        {
            var gelezen = (await Lees(lezer, "?aantal=1000")).Items.Where(g => new[] { noord, crisis }.Contains((Guid)g["data"]!["casusId"]!));
            Assert.Equal(verwacht, gelezen.Select(g => ((Guid)g["data"]!["casusId"]! == noord ? "noord" : "crisis", $"{((string)g["type"]!)["nl.netwerkregie.".Length..^".v1".Length]} {g["sequence"]}")));
        }
    }

    [Fact]
    public async Task Het_gezin_hoort_van_de_eigen_casus_alleen_dat_er_iets_te_lezen_is()
    {
        var (eigen, ander) = (await regie.Casus(), await regie.Casus());
        var gezin = await regie.Als("gezin");
        var moeder = Guid.Parse(new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(gezin.DefaultRequestHeaders.Authorization!.Parameter).Subject);
        await regie.InDatabase(async (db, _) =>
        {
            db.Betrokkenen.Add(new() { Id = Guid.CreateVersion7(), CasusId = eigen, PersoonId = moeder, Relatie = "moeder", Ref = "M1" });
            return await db.SaveChangesAsync();
        });
        foreach (var casus in new[] { eigen, ander })
        {
            await Gebeurt(casus, new KaderGewijzigd(casus, "K1", "vrijwillig", "drang", "kaderovergang", DateTimeOffset.UnixEpoch));
            await Gebeurt(casus, new KernteamIngesteld(casus));
        }

        await Genummerd();

        var gelezen = (await Lees(gezin, "?aantal=1000")).Items;
        Assert.Equal([$"{eigen} nl.netwerkregie.berichten.beschikbaar.v1 1", $"{eigen} nl.netwerkregie.berichten.beschikbaar.v1 2"], gelezen.Select(g => $"{g["subject"]} {g["type"]} {g["sequence"]}"));
        await gezin.GetAsync("/v1/gebeurtenissen?type=kaders").Json(403);
    }

    [Fact]
    public async Task Wie_niet_meer_bij_de_casus_hoort_leest_niets_meer()
    {
        var casus = await regie.Casus();
        await Genummerd();
        Assert.Empty((await Lees((await regie.Iemand("Tamar Vossenberg")).Http, "?aantal=1000")).Items);
        await regie.InDatabase((db, _) => db.Database.ExecuteSqlAsync($"update casussen set team_id = 'gi' where id = {casus.ToString().ToUpperInvariant()}"));
        var gi = await Van("Gecertificeerde instelling");
        Assert.NotEmpty((await Lees(gi, $"?casusId={casus}")).Items);

        await regie.InDatabase((db, _) => db.Database.ExecuteSqlAsync($"update casussen set team_id = 'lokaal-noord' where id = {casus.ToString().ToUpperInvariant()}"));

        await gi.GetAsync($"/v1/gebeurtenissen?casusId={casus}").Json(404);
        Assert.DoesNotContain((await Lees(gi, "?aantal=1000")).Items, g => (Guid)g["data"]!["casusId"]! == casus);
    }

    [Fact]
    public async Task Ook_als_velen_tegelijk_schrijven_heeft_de_stroom_geen_gaten_en_blijft_de_volgorde_per_casus()
    {
        var replica = await regie.Replica();
        var casussen = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => regie.Casus()));

        await Task.WhenAll(casussen.Select(async casus =>
        {
            for (var i = 0; i < 25; i++)
                await Gebeurt(casus, new OverdrachtAanvaard(casus, Guid.CreateVersion7()));
        }));
        await Genummerd();
        await replica.DisposeAsync();

        var rijen = await regie.InDatabase((db, _) => db.Logboek.OrderBy(g => g.Positie).Select(g => new { g.Positie, g.CasusId, g.Volgnr }).ToListAsync());
        Assert.Equal(Enumerable.Range(1, rijen.Count).Select(n => (long?)n), rijen.Select(r => r.Positie));
        Assert.All(rijen.GroupBy(r => r.CasusId), casus => Assert.Equal(Enumerable.Range(1, casus.Count()), casus.Select(r => r.Volgnr)));
    }

    [Fact]
    public async Task Een_geheim_laat_in_de_stroom_niets_na()
    {
        var casus = await regie.Casus();
        await Genummerd();
        var voor = await regie.InDatabase((db, _) => Feed.KopAsync(db, default));
        var samira = await regie.Iemand("Samira Bouazza");

        await samira.Doet($"casussen/{casus}/geheimen", new { naam = "verblijf", reden = "veiligheid", lezers = new[] { "regisseur" } }, 201);

        await Genummerd();
        Assert.Equal(voor, await regie.InDatabase((db, _) => Feed.KopAsync(db, default)));
    }

    [Fact]
    public async Task De_live_stroom_gaat_verder_na_het_laatste_nummer_en_eindigt_als_het_programma_stopt()
    {
        var casus = await regie.Casus();
        await Genummerd();
        var laatste = await regie.InDatabase((db, _) => Feed.KopAsync(db, default));
        var replica = await regie.Replica();
        var dienst = await replica.Als("dienst");
        using var vraag = new HttpRequestMessage(HttpMethod.Get, $"/v1/gebeurtenissen/stroom?casusId={casus}") { Headers = { { "Last-Event-ID", $"{laatste - 1}" } } };
        using var antwoord = await dienst.SendAsync(vraag, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (antwoord.StatusCode, antwoord.Content.Headers.ContentType!.MediaType));
        using var lezer = new StreamReader(await antwoord.Content.ReadAsStreamAsync());
        Assert.Equal($"id: {laatste}", await Volgende("id: "));

        await Gebeurt(casus, new OverdrachtAanvaard(casus, Guid.CreateVersion7()));

        Assert.Contains("regie.overdracht-aanvaard", await Volgende("data: "), StringComparison.Ordinal);
        await replica.Stop();
        Assert.DoesNotContain("data:", await lezer.ReadToEndAsync(), StringComparison.Ordinal);
        await replica.DisposeAsync();

        async Task<string> Volgende(string begin)
        {
            using var genoeg = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (await lezer.ReadLineAsync(genoeg.Token) is { } lijn)
                if (lijn.StartsWith(begin, StringComparison.Ordinal) && !(begin == "data: " && lijn.Contains("berichten.beschikbaar", StringComparison.Ordinal)))
                    return lijn;
            throw new EndOfStreamException();
        }
    }

    private Task<HttpClient> Van(string organisatie) => regie.AlsDienstVan(organisatie);

    private Task Gebeurt(Guid casus, IGebeurtenis gebeurtenis) => regie.Gebeurt(casus, gebeurtenis);

    private Task Genummerd() => regie.Later(TimeSpan.Zero);

    private static async Task<(IReadOnlyList<JsonNode> Items, string Vervolg)> Lees(HttpClient lezer, string vraag)
    {
        using var antwoord = await lezer.GetAsync(vraag.StartsWith('/') ? vraag : $"/v1/gebeurtenissen{vraag}");
        Assert.Equal((HttpStatusCode.OK, "application/cloudevents-batch+json"), (antwoord.StatusCode, antwoord.Content.Headers.ContentType?.MediaType));
        var vervolg = antwoord.Headers.GetValues("Link").Single();
        return ([.. (await antwoord.Content.ReadFromJsonAsync<JsonArray>())!.Select(g => g!)], vervolg[1..vervolg.IndexOf('>', StringComparison.Ordinal)]);
    }
}
