using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Regie;
using NetwerkRegie.Termijnen;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Terugkijken op een casus: feiten en getallen, een week voor wie erbij was, en daarna definitief.</summary>
public sealed class RetrospectiefTests(GezinOpstelling regie) : IClassFixture<GezinOpstelling>
{
    private const string Oordeel = "zij deden het slecht";

    [Fact]
    public async Task Een_concept_laat_zien_wie_wanneer_de_regie_hield_en_niet_wat_iemand_daarvan_vond()
    {
        var gezin = await regie.Gezin();
        var begin = regie.Nu;
        var (ander, einde) = await regie.Overgedragen(gezin, Oordeel);
        (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.Forbidden);

        var gemaakt = (await ander.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.Created);

        var gelezen = (await ander.Get($"/v1/retrospectieven/{gemaakt["id"].GetGuid()}")).Is(HttpStatusCode.OK);
        Assert.Equal(("concept", begin, regie.Nu), (gelezen["status"].GetString(), gelezen["van"].GetDateTimeOffset(), gelezen["tot"].GetDateTimeOffset()));
        var lijnen = gelezen["lijnen"].EnumerateArray().ToList();
        Assert.Equal([(gezin.Regisseur.Id, begin), (ander.Id, einde)], lijnen.Where(l => Lijn(l) == "regie").Select(l => (l.GetProperty("houderId").GetGuid(), l.GetProperty("vanaf").GetDateTimeOffset())));
        Assert.Equal(["regie", "schaal", "kader", "bevoegdheid", "vast-gezicht"], lijnen.Select(Lijn).Distinct());
        Assert.Equal(einde, Assert.Single(gelezen["overdrachten"].EnumerateArray()).GetProperty("gesprekBeeindigdOp").GetDateTimeOffset());
        var gebeurd = (await Gebeurd(ander, gezin.Casus)).Where(g => g != "berichten.beschikbaar").ToList();
        Assert.Contains("bewaking.wacht-te-lang", gebeurd);
        Assert.Equal("leren.retrospectief-concept", gebeurd[^1]);
        Assert.Equal(gebeurd[..^1], gelezen["gebeurtenissen"].EnumerateArray().Select(Soort));
        Assert.Contains(gelezen["wachttijden"].EnumerateArray(), w => w.GetProperty("wat").GetString() == "Antwoord op het voorstel om de regie over te nemen" && w.GetProperty("tot").GetDateTimeOffset() > w.GetProperty("sinds").GetDateTimeOffset());
        var getallen = gelezen["getallen"];
        Assert.Equal((1, 2, 0, 0), (getallen.GetProperty("overdrachten").GetInt32(), getallen.GetProperty("gezichten").GetInt32(), getallen.GetProperty("minutenZonderRegie").GetInt32(), getallen.GetProperty("noodoverdrachten").GetInt32()));
        Assert.DoesNotContain(Oordeel, gelezen.Tekst, StringComparison.Ordinal);
    }

    [Fact]
    public void Minuten_zonder_regie_worden_geteld_en_een_gesloten_tijd_niet()
    {
        var nul = regie.Nu;
        Periode Stuk(int van, int? tot)
        {
            var periode = new Periode { CasusId = Guid.Empty, Lijn = Lijnen.Regie, Onderdeel = "", Volgnr = 1, VorigVolgnr = null, Waarde = $"{Guid.Empty}", Grond = "", Bron = "", Vanaf = nul.AddMinutes(van), VastgelegdOp = nul };
            if (tot is { } einde)
                periode.Beeindig(nul.AddMinutes(einde), nul);
            return periode;
        }

        Assert.Equal(0, RetrospectiefMaken.ZonderRegie([(nul, nul.AddMinutes(60))], [Stuk(0, 20), Stuk(20, null)]));
        Assert.Equal(7, RetrospectiefMaken.ZonderRegie([(nul, nul.AddMinutes(60))], [Stuk(2, 20), Stuk(25, null)]));
        Assert.Equal(0, RetrospectiefMaken.ZonderRegie([(nul, nul.AddMinutes(20)), (nul.AddMinutes(50), nul.AddMinutes(60))], [Stuk(0, 20), Stuk(50, null)]));
    }

    [Fact]
    public async Task Wie_erbij_was_reageert_tot_en_met_de_zevende_dag_en_dan_wordt_het_vanzelf_definitief()
    {
        var gezin = await regie.Gezin();
        var tafel = await regie.Als("gi", $"tafel {gezin.Casus}");
        await regie.Bericht(new StoelenBezet(gezin.Casus, 1, [new("jeugdbeschermer", tafel.Id), new("moeder", gezin.Moeder.Id)]));
        var einde = NederlandseKalender.Begin(NederlandseKalender.DatumVan(regie.Nu).AddDays(8));
        var gemaakt = (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.Created);
        var id = gemaakt["id"].GetGuid();
        Assert.Equal(einde, gemaakt["reactiesTot"].GetDateTimeOffset());
        var inhoud = (await gezin.Regisseur.Get($"/v1/retrospectieven/{id}"))["gebeurtenissen"].GetRawText();
        (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.Conflict);

        (await gezin.Moeder.Post($"/v1/retrospectieven/{id}/reacties", new { soort = "bezwaar", tekst = "Ons is niets gevraagd." })).Is(HttpStatusCode.Created);
        await regie.Klok(einde.AddSeconds(-1));
        (await tafel.Post($"/v1/retrospectieven/{id}/reacties", new { soort = "aanvulling", tekst = "De school belde ook." })).Is(HttpStatusCode.Created);
        Assert.Equal("concept", (await tafel.Get($"/v1/retrospectieven/{id}"))["status"].GetString());
        Assert.DoesNotContain("leren.retrospectief-definitief", await Gebeurd(gezin.Regisseur, gezin.Casus));
        await regie.Klok(einde);

        var definitief = (await gezin.Regisseur.Get($"/v1/retrospectieven/{id}")).Is(HttpStatusCode.OK);
        Assert.Equal(("definitief", einde, inhoud), (definitief["status"].GetString(), definitief["definitiefOp"].GetDateTimeOffset(), definitief["gebeurtenissen"].GetRawText()));
        Assert.Equal(
            ["bezwaar gezin: Ons is niets gevraagd.", "aanvulling gi: De school belde ook."],
            definitief["reacties"].EnumerateArray().Select(r => $"{r.GetProperty("soort").GetString()} {r.GetProperty("doorRol").GetString()}: {r.GetProperty("tekst").GetString()}"));
        (await gezin.Moeder.Post($"/v1/retrospectieven/{id}/reacties", new { soort = "bezwaar", tekst = "te laat" })).Is(HttpStatusCode.Conflict);
        Assert.Single(await Gebeurd(gezin.Regisseur, gezin.Casus), "leren.retrospectief-definitief");
        (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.Created);
        Assert.Equal(["definitief", "concept"], (await gezin.Moeder.Get($"/v1/casussen/{gezin.Casus}/retrospectieven")).Items.Select(r => r.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Het_gezin_leest_wat_hem_is_verteld_en_wie_er_niet_bij_was_niets()
    {
        var gezin = await regie.Gezin();
        await Wisselt(gezin, "K2");
        await regie.Klok(regie.Nu.AddHours(1));
        var id = (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.Created)["id"].GetGuid();

        var moeder = (await gezin.Moeder.Get($"/v1/retrospectieven/{id}")).Is(HttpStatusCode.OK);
        var kind = (await gezin.Kind.Get($"/v1/retrospectieven/{id}")).Is(HttpStatusCode.OK);
        var vreemde = await regie.Als("gezin", "een ander gezin");
        var collega = await regie.Als("gi", "zonder relatie");

        Assert.Equal(["regie", "kader"], moeder["lijnen"].EnumerateArray().Select(Lijn).Distinct());
        Assert.Contains("kaders.gewijzigd", moeder["gebeurtenissen"].EnumerateArray().Select(Soort));
        Assert.DoesNotContain("casussen.geopend", moeder["gebeurtenissen"].EnumerateArray().Select(Soort));
        Assert.DoesNotContain("K2", kind.Tekst, StringComparison.Ordinal);
        foreach (var buiten in new[] { vreemde, collega })
        {
            (await buiten.Get($"/v1/retrospectieven/{id}")).Is(HttpStatusCode.NotFound);
            (await buiten.Get($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.NotFound);
            (await buiten.Post($"/v1/retrospectieven/{id}/reacties", new { soort = "bezwaar", tekst = "x" })).Is(HttpStatusCode.NotFound);
        }

        (await collega.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.NotFound);
        Assert.Equal(["/soort", "/tekst"], (await gezin.Moeder.Post($"/v1/retrospectieven/{id}/reacties", new { soort = "verwijt" })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Empty((await gezin.Moeder.Get($"/v1/retrospectieven/{id}"))["reacties"].EnumerateArray());
        Assert.Contains(await regie.Database(db => db.Inzagen.Where(i => i.CasusId == gezin.Casus).Select(i => i.Wat).ToListAsync()), wat => wat == "een retrospectief");
    }

    [Fact]
    public async Task Wat_het_gezin_nog_niet_is_verteld_staat_ook_hier_niet()
    {
        var gezin = await regie.Gezin();
        var leidinggevende = await regie.Als("leidinggevende", await regie.Database(db => db.Casussen.Where(c => c.Id == gezin.Casus).Join(db.Teams, c => c.TeamId, t => t.Id, (_, t) => t.LeidinggevendeId).Join(db.Professionals, id => id, p => p.Id, (_, p) => p.Naam).SingleAsync()));
        var uitstel = $"/v1/casussen/{gezin.Casus}/kinderen/K1/kaderkaart/uitstel";
        await Wisselt(gezin, "K1");
        (await gezin.Regisseur.Post(uitstel, new { reden = "gevaar", tot = regie.Nu.AddDays(5) })).Is(HttpStatusCode.OK);
        (await leidinggevende.Post($"{uitstel}/akkoord")).Is(HttpStatusCode.OK);

        var id = (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.Created)["id"].GetGuid();

        var moeder = (await gezin.Moeder.Get($"/v1/retrospectieven/{id}")).Is(HttpStatusCode.OK);
        Assert.DoesNotContain("drang", moeder.Tekst, StringComparison.Ordinal);
        Assert.DoesNotContain("KaartAfwachten", moeder.Tekst, StringComparison.Ordinal);
        var k1 = Assert.Single(moeder["lijnen"].EnumerateArray(), l => Lijn(l) == "kader" && l.GetProperty("kindRef").GetString() == "K1");
        Assert.False(k1.TryGetProperty("tot", out _));
        Assert.Contains("drang", (await gezin.Regisseur.Get($"/v1/retrospectieven/{id}")).Tekst, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wie_de_procesregie_doet_maakt_er_ook_een_en_van_een_gesloten_casus_wie_haar_het_laatst_hield()
    {
        var gezin = await regie.Gezin();
        var proces = await regie.Als("gi", "Tamar Vossenberg");
        (await proces.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.NotFound);
        await regie.Database(async db =>
        {
            db.Banen.Add(new Baanperiode { CasusId = gezin.Casus, Baan = Banen.Procesregie, Volgnr = 1, PersoonId = proces.Id, Reden = Oordeel, DoorId = null, Vanaf = regie.Nu });
            return await db.SaveChangesAsync();
        });
        var id = (await proces.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.Created)["id"].GetGuid();
        Assert.DoesNotContain(Oordeel, (await proces.Get($"/v1/retrospectieven/{id}")).Is(HttpStatusCode.OK).Tekst, StringComparison.Ordinal);
        await regie.Klok(regie.Nu.AddDays(9));

        (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/klaarverklaringen", new { stoel = "gezin", oordeel = "klaar" })).Is(HttpStatusCode.OK);
        (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/afsluiting", new { nazorg = "bellen", nazorgTot = regie.Nu.AddDays(60), terugkomweg = "bellen", gezinGeinformeerd = true, redenZonderRvt = "niet nodig" })).Is(HttpStatusCode.Created);
        await regie.Klok(regie.Nu.AddDays(3));

        var dicht = (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/retrospectieven")).Is(HttpStatusCode.Created)["id"].GetGuid();
        var gelezen = await gezin.Regisseur.Get($"/v1/retrospectieven/{dicht}");
        Assert.Equal(regie.Nu.AddDays(-3), gelezen["tot"].GetDateTimeOffset());
        Assert.Contains("casussen.afgesloten", gelezen["gebeurtenissen"].EnumerateArray().Select(Soort));
        Assert.Equal(0, gelezen["getallen"].GetProperty("minutenZonderRegie").GetInt32());
    }

    private static string Lijn(JsonElement stuk) => stuk.GetProperty("lijn").GetString()!;

    private static string Soort(JsonElement gebeurtenis) => gebeurtenis.GetProperty("type").GetString()!;

    private static async Task<IReadOnlyList<string>> Gebeurd(Persoon lezer, Guid casus) => [.. (await lezer.Get($"/v1/casussen/{casus}/gebeurtenissen")).Items.Select(Soort)];

    private async Task Wisselt(Gezin gezin, string kind)
    {
        await regie.Klok(regie.Nu.AddSeconds(1));
        var rvtConsult = (await regie.Als("rvt", "Fenne Visbeen")).Id;
        (await gezin.Regisseur.Post($"/v1/casussen/{gezin.Casus}/kaderovergangen", new { kindRef = kind, naar = "drang", bron = "gespreksverslag", bewijs = new { analyse = "gemaakt", voorwaarden = "afgesproken", zienswijzeGezin = "gehoord", rvtConsult } })).Is(HttpStatusCode.Created);
    }
}
