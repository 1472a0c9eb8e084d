using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Regie;
using NetwerkRegie.Web;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Een casus eindigt als ieder het klaar vindt, en kan in de nazorg weer open zonder dat haar lijnen een gat krijgen.</summary>
public sealed class AfsluitenTests(RegieProces regie) : IClassFixture<RegieProces>
{
    private static readonly DateTimeOffset Maandag = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);
    private static readonly Mensen Mensen = new();
    private static readonly Guid Samira = new("0197a000-0000-7000-8000-000000000001");
    private static readonly Guid Joris = new("0197a000-0000-7000-8000-000000000002");
    private static readonly Guid Petra = new("0197a000-0000-7000-8000-000000000004");

    [Fact]
    public void Een_ontbrekend_klaar_houdt_de_casus_open_met_de_stoel_erbij()
    {
        var casus = Geopend();
        var nee = Assert.Throws<Geweigerd>(() => Sluit(casus, Maandag.AddDays(30), [Zegt("moeder", Klaarverklaring.Klaar), Zegt("tante", null), Zegt("stiefvader", Klaarverklaring.NietKlaar)]));

        Assert.Equal("Afsluiten kan nog niet: tante heeft nog niet gezegd of het klaar is; stiefvader vindt het nog niet klaar.", nee.Message);
        Assert.True(casus.IsOpen);
        Assert.DoesNotContain(casus.Gebeurtenissen, g => g is CasusAfgesloten);
    }

    [Fact]
    public void Oneens_dat_vastligt_houdt_niemand_tegen()
    {
        var casus = Geopend();

        Sluit(casus, Maandag.AddDays(30), [Zegt("moeder", Klaarverklaring.Klaar), Zegt("stiefvader", Klaarverklaring.Oneens)]);

        Assert.False(casus.IsOpen);
        Assert.All(casus.Perioden, p => Assert.Equal(Maandag.AddDays(30), p.Tot));
        Assert.Equal(new CasusAfgesloten(casus.Id, Maandag.AddDays(30)), Assert.Single(casus.Gebeurtenissen, g => g is CasusAfgesloten));
    }

    [Fact]
    public void Alles_wat_nog_loopt_staat_in_een_zin()
    {
        var casus = Geopend();
        casus.OverdrachtVoorstellen(Guid.CreateVersion7(Maandag), Mensen.AlsRegisseur, Mensen.Ontvanger, naarHeeftVervanger: true, Mensen.Team, "andere wijk", Maandag);
        casus.VervangingPlannen(Guid.CreateVersion7(Maandag), Mensen.AlsRegisseur, Mensen.Team, Mensen.Ontvanger.Id, Vervanging.Gepland, "verlof", Maandag.AddDays(7), null, Maandag);
        casus.KnelpuntMelden(Guid.CreateVersion7(Maandag), null, "capaciteit", "wachtlijst", Maandag);
        var elders = new[] { Elders("een incident is nog door niemand bevestigd", false), Elders("er staat nog een maatregel klaar", true) };

        var nee = Assert.Throws<Geweigerd>(() => Sluit(casus, Maandag.AddDays(30), [], elders, metRvt: false));

        Assert.Equal("Afsluiten kan nog niet: er loopt een overdracht; er loopt een vervanging; het knelpunt over capaciteit is nog open; een incident is nog door niemand bevestigd; het RVT was niet bij het begin; vermeld waarom.", nee.Message);
    }

    [Fact]
    public void Alleen_wie_de_regie_houdt_sluit_en_een_tweede_keer_kan_niet()
    {
        var casus = Geopend();
        Assert.Equal(403, Assert.Throws<Geweigerd>(() => casus.Afsluiten(Mensen.AlsOntvanger, Afsluiting(casus, Maandag.AddDays(1)), Klaar([]), Maandag.AddDays(1))).Status);
        Sluit(casus, Maandag.AddDays(1), []);

        Assert.Equal("Deze casus is afgesloten.", Assert.Throws<Geweigerd>(() => casus.OverdrachtVoorstellen(Guid.CreateVersion7(Maandag), Mensen.AlsRegisseur, Mensen.Ontvanger, true, Mensen.Team, "r", Maandag.AddDays(2))).Message);
    }

    [Fact]
    public void Na_de_nazorg_gaat_een_casus_niet_meer_open()
    {
        var casus = Geopend();
        var afsluiting = Sluit(casus, Maandag.AddDays(30), []);

        var nee = Assert.Throws<Geweigerd>(() => casus.Heropenen(afsluiting, null, Mensen.Regisseur.Id, false, "terug", afsluiting.NazorgTot));

        Assert.Equal("De nazorg is voorbij; doe een nieuwe melding.", nee.Message);
    }

    [Fact]
    public void Hoe_vaak_een_casus_ook_dicht_en_weer_open_gaat_elke_lijn_blijft_heel() =>
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 2000)).Select(m => m.ToArray()).ToArbitrary(), minuten =>
        {
            var casus = Geopend();
            var nu = Maandag;
            Afsluiting? laatste = null;
            foreach (var na in minuten)
            {
                nu += TimeSpan.FromMinutes(na);
                if (casus.IsOpen)
                    laatste = Sluit(casus, nu, []);
                else
                    casus.Heropenen(laatste!, Mensen.AlsRegisseur, Mensen.Regisseur.Id, false, "terug", nu);
                foreach (var lijn in casus.Perioden.GroupBy(p => (p.Lijn, p.Onderdeel)))
                {
                    Assert.Equal(casus.IsOpen ? 1 : 0, lijn.Count(p => p.IsOpen));
                    Assert.All(lijn.Zip(lijn.Skip(1)), paar => Assert.Equal(paar.First.Tot, paar.Second.Vanaf));
                    Assert.All(lijn, p => Assert.True(p.Tot is null || p.Tot > p.Vanaf));
                }

                if (!casus.IsOpen)
                    Assert.Single(casus.Perioden.Where(p => p.Volgnr == casus.RegieVolgnr).Select(p => p.Tot).Distinct());
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Over_http_sluit_ieder_samen_en_komt_het_gezin_terug_bij_dezelfde_regisseur()
    {
        var casus = await Geopend("GZN-DICHT-1");
        await regie.Ontwerper.Bewaar(RegieProces.Wachtend("loopt-nog"), publish: true);
        await regie.Begint("loopt-nog", casus);
        using var samira = await regie.Als("regisseur", "Samira");
        await regie.InDatabase(async (db, _) =>
        {
            await Klaarheden.StoelenAsync(db, casus, 1, [new BezetteStoel("moeder", Guid.CreateVersion7()), new BezetteStoel("tante", Guid.CreateVersion7())], default);
            return await db.SaveChangesAsync();
        });

        await Klaar(samira, casus, "moeder", "klaar");
        Assert.Equal("Deze stoel is er niet in het kernteam.", (string?)(await Klaar(samira, casus, "oom", "klaar", 409))["detail"]);
        var voor = await Beeld(casus);
        Assert.Equal("Afsluiten kan nog niet: tante heeft nog niet gezegd of het klaar is.", (string?)(await Sluit(samira, casus, 409))["detail"]);
        Assert.Equal(voor, await Beeld(casus));
        await Klaar(samira, casus, "tante", "klaar");
        await Sluit(samira, casus, 201);

        Assert.Equal((0, 0), await regie.InDatabase(async (db, _) => (await db.Perioden.CountAsync(p => p.CasusId == casus && p.IsOpen), await db.Stromen.CountAsync(s => s.CasusId == casus && s.AfgerondOp == null))));
        Assert.Equal("afgesloten", (string?)(await samira.GetAsync($"/v1/casussen/{casus}").Json())["status"]);
        Assert.Equal("Deze casus is al afgesloten.", (string?)(await Sluit(samira, casus, 409))["detail"]);

        Assert.Equal(Samira.ToString(), (string?)(await samira.PostAsJsonAsync($"/v1/casussen/{casus}/heropening", new { reden = "de ouders bellen" }).Json())["regisseurId"]);
        Assert.Equal("Deze casus is open.", (string?)(await samira.PostAsJsonAsync($"/v1/casussen/{casus}/heropening", new { reden = "de ouders bellen" }).Json(409))["detail"]);
        var perioden = (await samira.GetAsync($"/v1/casussen/{casus}/lijnen/regie").Json())["perioden"]!.AsArray();
        Assert.Equal([Samira.ToString(), Samira.ToString()], perioden.Select(p => (string?)p!["houder"]));
        Assert.Null(perioden[1]!["tot"]);
        Assert.All((await samira.GetAsync($"/v1/casussen/{casus}/klaarverklaringen").Json())["items"]!.AsArray(), k => Assert.Null(k!["oordeel"]));
    }

    [Fact]
    public async Task Is_wie_de_regie_hield_weg_dan_komt_haar_waarnemer_en_anders_de_leidinggevende()
    {
        var casus = await Geopend("GZN-DICHT-2");
        using var samira = await regie.Als("regisseur", "Samira");
        using var petra = await regie.Als("leidinggevende", "Petra");
        await Klaar(samira, casus, "gezin", "klaar");
        await Sluit(samira, casus, 201);
        try
        {
            await Actief(false, Samira);
            Assert.Equal(Joris.ToString(), (string?)(await petra.PostAsJsonAsync($"/v1/casussen/{casus}/heropening", new { reden = "terug" }).Json())["regisseurId"]);
        }
        finally
        {
            await Actief(true, Samira);
        }

        Task<int> Actief(bool isActief, Guid id) => regie.InDatabase((db, _) => db.Professionals.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.IsActief, isActief)));
    }

    [Fact]
    public async Task Een_lopende_periode_van_niemand_weigert_de_database()
    {
        var casus = await Geopend("GZN-DICHT-3");

        foreach (var (waarde, merk) in new[] { ("niemand", "afgesloten"), ("niemand", null), (Petra.ToString(), "afgesloten") })
            await Assert.ThrowsAsync<SqliteException>(() => regie.InDatabase((db, _) => db.Database.ExecuteSqlAsync(
                $"insert into perioden (casus_id, lijn, onderdeel, volgnr, vorig_volgnr, waarde, merk, grond, bron, vanaf, is_open, vastgelegd_op) values ({db.Stored(casus)}, 'regie', '', 2, 1, {waarde}, {merk}, 'sql', 'sql', '2026-03-03 10:00:00.000000Z', 1, '2026-03-03 10:00:00.000000Z')")));
    }

    private static Casus Geopend() => Casus.Openen(
        Guid.CreateVersion7(Maandag), Guid.CreateVersion7(Maandag), "GZN-TEST", "Zilverdam", Mensen.Team.Id, [new("K1", "4-7"), new("K2", "8-11")], Mensen.Regisseur.Id, isNoodhouder: false, versieVanStroom: 1, Maandag);

    private Task<Guid> Geopend(string gezin) => regie.InDatabase(async (_, diensten) =>
    {
        var id = Guid.CreateVersion7();
        return await diensten.GetRequiredService<CasusRunner>().RunAsync(id, burst =>
        {
            burst.Geopend(Casus.Openen(id, Guid.CreateVersion7(), gezin, "Zilverdam", "lokaal-noord", [new("K1", "4-7")], Samira, isNoodhouder: false, versieVanStroom: 1, burst.Nu));
            return Task.FromResult(id);
        }, default);
    });

    private Task<string> Beeld(Guid casus) => regie.InDatabase(async (db, _) =>
        string.Join(";", await db.Perioden.Where(p => p.CasusId == casus).OrderBy(p => p.Lijn).Select(p => $"{p.Lijn}{p.Volgnr}{p.Tot}").ToListAsync()) + await db.Afsluitingen.CountAsync() + await db.Outbox.CountAsync());

    private static Task<JsonObject> Klaar(HttpClient wie, Guid casus, string stoel, string oordeel, int status = 200) =>
        wie.PostAsJsonAsync($"/v1/casussen/{casus}/klaarverklaringen", new { stoel, oordeel }).Json(status);

    private static Task<JsonObject> Sluit(HttpClient wie, Guid casus, int status) =>
        wie.PostAsJsonAsync($"/v1/casussen/{casus}/afsluiting", new { nazorg = "Na drie maanden bellen", nazorgTot = DateTimeOffset.MaxValue.AddYears(-1), terugkomweg = "Bel Samira", gezinGeinformeerd = true, redenZonderRvt = "Het RVT was niet nodig" }).Json(status);

    private static Afsluiting Sluit(Casus casus, DateTimeOffset nu, Klaarverklaring[] stoelen, Belemmering[]? elders = null, bool metRvt = true)
    {
        var afsluiting = Afsluiting(casus, nu);
        casus.Afsluiten(Mensen.AlsRegisseur, afsluiting, Klaar(stoelen, elders, metRvt), nu);
        return afsluiting;
    }

    private static Afsluiting Afsluiting(Casus casus, DateTimeOffset nu) =>
        new() { Id = Guid.CreateVersion7(nu), CasusId = casus.Id, DoorId = Mensen.Regisseur.Id, Op = casus.EindeOp(nu), Nazorg = "bellen", NazorgTot = nu.AddDays(90), Terugkomweg = "bel" };

    private static Klaarheid Klaar(Klaarverklaring[] stoelen, Belemmering[]? elders = null, bool metRvt = true)
    {
        var stand = new Kernteamstand { CasusId = Guid.Empty };
        if (metRvt)
        {
            stand.MetRvt(Maandag);
            stand.EvaluatieMetRvt(Maandag);
        }

        return new(stoelen, elders ?? [], stand);
    }

    private static Klaarverklaring Zegt(string stoel, string? oordeel)
    {
        var verklaring = new Klaarverklaring { CasusId = Guid.Empty, Stoel = stoel };
        if (oordeel is not null)
            verklaring.Geef(oordeel, "omdat", Guid.Empty, Maandag);
        return verklaring;
    }

    private static Belemmering Elders(string zin, bool isVoorbij) => new() { CasusId = Guid.Empty, OnderwerpId = Guid.CreateVersion7(), Zin = zin, IsVoorbij = isVoorbij };
}
