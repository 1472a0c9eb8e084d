using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Wie toeziet ziet hoe elke stroom ervoor staat, en herstelt wat vastzit na een voorbeeld.</summary>
public sealed class BewakingTests(RegieProces proces) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Wie_live_meekijkt_houdt_het_programma_niet_tegen()
    {
        var replica = await proces.Replica();
        using var antwoord = await replica.Toezichthouder.GetAsync("/v1/bewaking/stromen/wijzigingen", HttpCompletionOption.ResponseHeadersRead);
        using var lezer = new StreamReader(await antwoord.Content.ReadAsStreamAsync());
        Assert.Equal("event: aantallen", await lezer.ReadLineAsync());

        await replica.Stop().WaitAsync(TimeSpan.FromSeconds(15));

        Assert.StartsWith("data: ", await lezer.ReadToEndAsync(), StringComparison.Ordinal);
        await replica.DisposeAsync();
    }

    [Fact]
    public async Task De_regel_en_de_SQL_zeggen_van_elke_combinatie_hetzelfde()
    {
        await proces.InDatabase(async (db, _) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var definitie = await db.Definities.AsNoTracking().FirstAsync();
            var nu = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
            var (actief, weg) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            foreach (var (id, isActief) in new[] { (actief, true), (weg, false) })
                db.Professionals.Add(new Professional { Id = id, Naam = "Iemand", Rol = "regisseur", Organisatie = "Lokaal team", Volgorde = 1, IsActief = isActief });
            var casussen = new Dictionary<bool, Guid>();
            foreach (var isDicht in new[] { false, true })
            {
                casussen[isDicht] = Guid.CreateVersion7();
                db.Casussen.Add(NetwerkRegie.Regie.Casus.Openen(casussen[isDicht], Guid.CreateVersion7(), $"GZN-{Guid.CreateVersion7()}", "Zilverdam", "LT-ZD", [], actief, false, 1, nu));
            }

            await db.SaveChangesAsync();
            await db.Database.ExecuteSqlAsync($"pragma defer_foreign_keys = on");
            await db.Database.ExecuteSqlAsync($"update casussen set is_open = 0, afgesloten_op = '2026-03-03 09:00:00.000000Z' where id = {casussen[true].ToString().ToUpperInvariant()}");

            (string? Rol, Guid? Persoon, bool TeLang)[] soorten = [("klok", null, false), ("regisseur", null, false), ("rvt", null, true), ("dienst:kernteam", null, false), ("dienst:veiligheid", null, true), (null, actief, false), (null, weg, false), (null, null, true)];
            (string? Rol, Guid? Persoon, bool TeLang)[][] wachten = [[], .. soorten.Select(s => new[] { s }), .. soorten.SelectMany(s => soorten.Select(t => new[] { s, t }))];
            var verwacht = new Dictionary<Guid, (string?, string?)>();
            foreach (var isDicht in new[] { false, true })
                foreach (var storingen in new[] { 0, 1 })
                    foreach (var vastgelopen in new[] { 0, 1 })
                        foreach (var herstel in new[] { false, true })
                            foreach (var status in new[] { "Suspended", "Finished", "Faulted" })
                                foreach (var wacht in wachten)
                                {
                                    var id = Guid.CreateVersion7();
                                    var rij = new Stroom { Id = id, CasusId = casussen[isDicht], DefinitieId = definitie.DefinitieId, Versie = definitie.Versie, Status = status, Toestand = "", Storingen = storingen, Vastgelopen = vastgelopen, GestartOp = nu, BijgewerktOp = nu, AfgerondOp = status == "Suspended" ? null : nu, HerstelOp = herstel ? nu : null };
                                    db.Stromen.Add(rij);
                                    foreach (var (w, i) in wacht.Select((w, i) => (w, i)))
                                    {
                                        var wachtpunt = new Wachtpunt { StroomId = id, Bookmark = $"{i}", Id = Guid.CreateVersion7(), CasusId = casussen[isDicht], Stap = "NetwerkRegie.Taak", ActiviteitId = "a", Titel = "Iets", VoorRol = w.Rol, VoorId = w.Persoon, Uitgangen = ["Klaar"], Sinds = nu, VerlooptOp = nu.AddDays(1) };
                                        if (w.TeLang)
                                            wachtpunt.VolgtOp(new Wachtpunt { StroomId = id, Bookmark = "vorig", Id = Guid.Empty, CasusId = casussen[isDicht], Stap = "NetwerkRegie.Taak", ActiviteitId = "a", Titel = "Iets", Uitgangen = [], Sinds = nu.AddDays(-2), VerlooptOp = nu.AddDays(-1) });
                                        db.Wachtpunten.Add(wachtpunt);
                                    }

                                    verwacht[id] = Standen.Van(new(rij.IsKlaar, storingen, vastgelopen, isDicht, herstel, wacht.Select(w => new Wacht(w.Rol, w.Persoon == weg, w.TeLang ? nu.AddDays(-1) : null))));
                                }

            await db.SaveChangesAsync();
            await Standen.HerberekenAsync(db, db.Stromen.Where(s => casussen.Values.Contains(s.CasusId)), default);

            var gevonden = await db.Stromen.AsNoTracking().Where(s => casussen.Values.Contains(s.CasusId)).ToDictionaryAsync(s => s.Id, s => (s.Stand, s.Blokkade));
            Assert.Equal(2 * 2 * 2 * 2 * 3 * 73, verwacht.Count);
            Assert.DoesNotContain(verwacht, v => gevonden[v.Key] != v.Value);
            // Nothing here is said of only one kind of flow.
            Assert.Equal([.. Toestanden.Alle.Except([Toestanden.GeenGegevens]).Order()], verwacht.Values.Select(v => v.Item1).OfType<string>().Distinct().Order());
            return true;
        });
    }

    [Fact]
    public async Task Wie_te_lang_wacht_wordt_een_keer_gemeld_en_blijft_te_zien_met_sinds_wanneer_en_hoe_vaak()
    {
        var (casus, stroom) = await Begonnen("te-lang");
        Assert.Equal("WACHT", (string?)(await Ziet(stroom))["toestand"]);

        await proces.Later(TimeSpan.FromDays(40));

        var detail = await Ziet(stroom);
        Assert.Equal("WACHT_TE_LANG", (string?)detail["toestand"]);
        Assert.True((int)detail["wachten"]![0]!["ronde"]! > 3);
        Assert.Contains("Dat had uiterlijk", (string?)detail["zin"], StringComparison.Ordinal);
        Assert.Equal(1, (await proces.Gebeurd(casus)).Count(g => g == "bewaking.wacht-te-lang"));
        var lijst = await Vraag("/v1/bewaking/stromen?toestand=WACHT_TE_LANG");
        Assert.Contains(lijst["items"]!.AsArray(), s => (Guid)s!["id"]! == stroom);
        Assert.True((int)lijst["aantallen"]!["WACHT_TE_LANG"]! >= 1);
        Assert.Empty((await Vraag($"/v1/bewaking/stromen?toestand=WACHT&zoek={casus}"))["items"]!.AsArray());
        Assert.Single((await Vraag($"/v1/bewaking/stromen?zoek={casus}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Een_taak_van_wie_weg_is_gaat_na_een_voorbeeld_met_een_reden_naar_een_ander()
    {
        var (casus, stroom) = await Begonnen("toewijzen");
        var weg = await Vertrokken();
        await proces.InDatabase(async (db, _) =>
        {
            await db.Wachtpunten.Where(w => w.StroomId == stroom && w.AfgehandeldOp == null).ExecuteUpdateAsync(s => s.SetProperty(w => w.VoorRol, (string?)null).SetProperty(w => w.VoorId, weg));
            await Standen.HerberekenVoorAsync(db, weg, default);
            return true;
        });
        var detail = await Ziet(stroom);
        Assert.Equal("GEBLOKKEERD", (string?)detail["toestand"]);
        Assert.Contains("werkt hier niet meer", (string?)detail["zin"], StringComparison.Ordinal);
        var wachtpuntId = (Guid)detail["wachten"]![0]!["id"]!;
        var samira = await proces.Iemand("Samira Bouazza");

        var voorbeeld = await Doet(stroom, "herstelvoorbeelden", new { soort = "toewijzen", wachtpuntId, voorId = samira.Id });
        Assert.Equal(("Samira Bouazza", "Samira Bouazza"), ((string?)voorbeeld["regieVoor"], (string?)voorbeeld["regieNa"]));
        Assert.Equal(("GEBLOKKEERD", "WACHT"), ((string?)voorbeeld["toestandVoor"], (string?)voorbeeld["toestandNa"]));
        Assert.Empty(voorbeeld["berichten"]!.AsArray());
        // A look leaves nothing behind.
        Assert.Equal("GEBLOKKEERD", (string?)(await Ziet(stroom))["toestand"]);
        Assert.Equal("bewaking.herstelvoorbeeld", (await proces.Gebeurd(casus))[^1]);
        Assert.DoesNotContain("bewaking.herstel-uitgevoerd", await proces.Gebeurd(casus));

        await Doet(stroom, "herstellingen", new { soort = "toewijzen", wachtpuntId, voorId = samira.Id, kenmerk = voorbeeld["kenmerk"] }, 400);
        await Doet(stroom, "herstellingen", new { soort = "toewijzen", wachtpuntId, voorId = samira.Id, reden = "vertrokken", kenmerk = "verzonnen" }, 409);
        await Doet(stroom, "herstellingen", new { soort = "toewijzen", wachtpuntId, voorId = samira.Id, reden = "vertrokken", kenmerk = voorbeeld["kenmerk"] }, 201);
        Assert.Equal("WACHT", (string?)(await Ziet(stroom))["toestand"]);
        Assert.Contains("Bel", await samira.Taken(casus));
        Assert.Contains("bewaking.herstel-uitgevoerd", await proces.Gebeurd(casus));
        Assert.Equal("vertrokken", (string?)(await Ziet(stroom))["herstellingen"]![0]!["reden"]);
        Assert.Contains("heeft niets met deze casus te maken", await Nee(stroom, new { soort = "toewijzen", wachtpuntId, voorId = weg }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Een_voorbeeld_dat_niet_meer_klopt_doet_niets()
    {
        var (casus, stroom) = await Begonnen("verouderd");
        var wachtpuntId = (Guid)(await Ziet(stroom))["wachten"]![0]!["id"]!;
        var voorbeeld = await Doet(stroom, "herstelvoorbeelden", new { soort = "antwoorden", wachtpuntId, uitkomst = "Gebeld" });
        Assert.False(voorbeeld.ContainsKey("toestandNa"));
        var samira = await proces.Iemand("Samira Bouazza");
        await samira.Doet($"taken/{wachtpuntId}/uitkomst", new { uitkomst = "Gebeld" });

        Assert.Contains("klaar", (string?)(await Doet(stroom, "herstellingen", new { soort = "antwoorden", wachtpuntId, uitkomst = "Gebeld", reden = "r", kenmerk = voorbeeld["kenmerk"] }, 409))["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain("bewaking.herstel-uitgevoerd", await proces.Gebeurd(casus));
    }

    [Fact]
    public async Task Meer_tijd_geven_verzet_een_klok_en_niets_anders()
    {
        var (_, stroom) = await Begonnen("verlengen");
        var wacht = (await Ziet(stroom))["wachten"]![0]!;
        var tot = wacht["verlooptOp"]!.GetValue<DateTimeOffset>().AddDays(3);
        var vraag = new { soort = "verlengen", wachtpuntId = (Guid)wacht["id"]!, tot };

        var voorbeeld = await Doet(stroom, "herstelvoorbeelden", vraag);
        var klok = Assert.Single(voorbeeld["klokken"]!.AsArray())!;
        Assert.Equal(tot, klok["na"]!.GetValue<DateTimeOffset>());
        await Doet(stroom, "herstellingen", new { vraag.soort, vraag.wachtpuntId, vraag.tot, reden = "afgesproken", kenmerk = voorbeeld["kenmerk"] }, 201);
        Assert.Equal(tot, (await Ziet(stroom))["wachten"]![0]!["verlooptOp"]!.GetValue<DateTimeOffset>());
        await Doet(stroom, "herstelvoorbeelden", new { vraag.soort, vraag.wachtpuntId, tot = tot.AddDays(-10) }, 400);
    }

    [Fact]
    public async Task Een_stroom_waarvan_de_toestand_niet_te_lezen_is_verbergt_de_andere_niet()
    {
        var (_, stroom) = await Begonnen("onleesbaar");
        var goed = await proces.InDatabase((db, _) => db.Stromen.Where(s => s.Id == stroom).Select(s => s.Toestand).SingleAsync());
        await Zet("{", 1);

        var lijst = await proces.Toezichthouder.GetAsync($"/v1/bewaking/stromen?toestand=GEBLOKKEERD&zoek={stroom}").Json();
        Assert.StartsWith("Staat stil door een storing", (string)Assert.Single(lijst["items"]!.AsArray())!["zin"]!, StringComparison.Ordinal);
        // Nor itself: what there is to know besides its state is there, and a repair says why it cannot.
        Assert.StartsWith("Staat stil door een storing", (string)(await Ziet(stroom))["zin"]!, StringComparison.Ordinal);
        await proces.Ontwerper.GetAsync($"/elsa/api/workflow-instances/{stroom}").Json();
        Assert.Contains("is niet te lezen", await Nee(stroom, new { soort = "opnieuw" }), StringComparison.Ordinal);
        await Zet(goed, 0);

        Task<bool> Zet(string toestand, int storingen) => proces.InDatabase(async (db, _) =>
        {
            await db.Stromen.Where(s => s.Id == stroom).ExecuteUpdateAsync(s => s.SetProperty(x => x.Toestand, toestand).SetProperty(x => x.Storingen, storingen));
            await Standen.HerberekenAsync(db, db.Stromen.Where(s => s.Id == stroom), default);
            return true;
        });
    }

    [Fact]
    public async Task Wat_iemand_zelf_moet_doen_kan_niemand_namens_haar()
    {
        var casus = await proces.Casus();
        var (samira, ander) = (await proces.Iemand("Samira Bouazza"), await proces.InDatabase(async (db, _) => await db.Professionals.Where(p => p.Rol == "regisseur" && p.Naam != "Samira Bouazza").Select(p => p.Naam).FirstAsync()));
        await samira.Doet($"casussen/{casus}/overdrachten", new { naarId = (await proces.Iemand(ander)).Id, reden = "andere wijk" }, 201);
        var stroom = await proces.InDatabase((db, _) => db.Stromen.Where(s => s.CasusId == casus && s.DefinitieId == "overdracht").Select(s => s.Id).SingleAsync());
        var wachtpuntId = (Guid)(await Ziet(stroom))["wachten"]![0]!["id"]!;

        Assert.Contains("kan niemand namens haar doen", await Nee(stroom, new { soort = "antwoorden", wachtpuntId, uitkomst = "Aanvaard" }), StringComparison.Ordinal);
        Assert.Contains("kan niemand namens haar doen", await Nee(stroom, new { soort = "toewijzen", wachtpuntId, voorId = samira.Id }), StringComparison.Ordinal);
        Assert.Contains("die verschuift niet", await Nee(stroom, new { soort = "verlengen", wachtpuntId, tot = DateTimeOffset.UnixEpoch.AddYears(90) }), StringComparison.Ordinal);
        Assert.Contains("Zolang de casus open is", await Nee(stroom, new { soort = "afbreken" }), StringComparison.Ordinal);
        Assert.Equal([$"{samira.Id}"], await (await proces.Iemand("Samira Bouazza")).Regielijn(casus));
    }

    [Fact]
    public async Task Terug_naar_een_eerdere_stap_kan_als_het_vanaf_daar_goed_afloopt()
    {
        await proces.Ontwerper.Bewaar(Tweetaken("terugzetten"), publish: true);
        var casus = await proces.Casus();
        var stroom = (await proces.Begint("terugzetten", casus)).Id;
        var samira = await proces.Iemand("Samira Bouazza");
        await samira.Doet($"taken/{(Guid)(await Ziet(stroom))["wachten"]![0]!["id"]!}/uitkomst", new { uitkomst = "Gebeld" });
        var detail = await Ziet(stroom);
        Assert.Equal("Schrijf", (string?)detail["wachten"]![0]!["titel"]);

        var vraag = new { soort = "terugzetten", wachtpuntId = (Guid)detail["wachten"]![0]!["id"]!, activiteitId = "bellen" };
        var voorbeeld = await Doet(stroom, "herstelvoorbeelden", vraag);
        Assert.Equal(["Bel", "Schrijf"], voorbeeld["klokken"]!.AsArray().Select(k => (string)k!["titel"]!).Order());
        await Doet(stroom, "herstellingen", new { vraag.soort, vraag.wachtpuntId, vraag.activiteitId, reden = "verkeerd gezin gebeld", kenmerk = voorbeeld["kenmerk"] }, 201);

        Assert.Equal(["Bel"], await samira.Taken(casus));
        await samira.Doet($"taken/{(Guid)(await Ziet(stroom))["wachten"]![0]!["id"]!}/uitkomst", new { uitkomst = "Gebeld" });
        Assert.Equal(["Schrijf"], await samira.Taken(casus));
        Assert.Contains("waar deze stroom al is geweest", await Nee(stroom, new { vraag.soort, wachtpuntId = (Guid)(await Ziet(stroom))["wachten"]![0]!["id"]!, activiteitId = "klaar" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Een_storing_die_blijft_wordt_hersteld_door_terug_te_gaan_naar_waar_anders_gekozen_kan_worden()
    {
        await proces.Ontwerper.Bewaar(Langsgaan("langsgaan"), publish: true);
        var casus = await proces.Casus();
        var stroom = (await proces.Begint("langsgaan", casus)).Id;
        var samira = await proces.Iemand("Samira Bouazza");
        await samira.Doet($"taken/{(Guid)(await Ziet(stroom))["wachten"]![0]!["id"]!}/uitkomst", new { uitkomst = "Gebeld" });
        var detail = await Ziet(stroom);
        Assert.Equal("GEBLOKKEERD", (string?)detail["toestand"]);
        Assert.Contains("bij 'Langsgaan': 'plaats' kan niet worden gelezen", (string?)detail["zin"], StringComparison.Ordinal);
        Assert.Equal((string?)detail["zin"], (string?)(await Vraag($"/v1/bewaking/stromen?zoek={stroom}"))["items"]![0]!["zin"]);
        Assert.Equal("Langsgaan", (string?)Assert.Single(detail["storingen"]!.AsArray())!["stap"]);

        // The casus has no other data than it had.
        Assert.StartsWith("Dit helpt niet: ", await Nee(stroom, new { soort = "opnieuw" }), StringComparison.Ordinal);

        await Herstelt(stroom, new { soort = "terugzetten", activiteitId = "bellen" });
        Assert.Equal("WACHT", (string?)(await Ziet(stroom))["toestand"]);
        await samira.Doet($"taken/{(Guid)(await Ziet(stroom))["wachten"]![0]!["id"]!}/uitkomst", new { uitkomst = "Niet nodig" });
        Assert.False((await Ziet(stroom)).ContainsKey("toestand"));
    }

    [Fact]
    public async Task Een_storing_waarvan_de_oorzaak_weg_is_gaat_na_opnieuw_proberen_verder()
    {
        await proces.Ontwerper.Bewaar(Langsgaan("opnieuw"), publish: true);
        var casus = await proces.Casus();
        var stroom = (await proces.Begint("opnieuw", casus)).Id;
        var samira = await proces.Iemand("Samira Bouazza");
        await samira.Doet($"taken/{(Guid)(await Ziet(stroom))["wachten"]![0]!["id"]!}/uitkomst", new { uitkomst = "Gebeld" });
        // What the expression reads was put right by whoever may: no repair of ours reaches into the data of a flow.
        await proces.InDatabase(async (db, _) =>
        {
            var rij = await db.Stromen.SingleAsync(s => s.Id == stroom);
            var toestand = JsonNode.Parse(rij.Toestand)!;
            toestand["input"]!["afspraak"] = JsonNode.Parse("""{ "plaats": "school" }""");
            rij.Toestand = toestand.ToJsonString();
            return await db.SaveChangesAsync();
        });

        await Herstelt(stroom, new { soort = "opnieuw" });

        Assert.Equal("WACHT", (string?)(await Ziet(stroom))["toestand"]);
        Assert.Equal(["Ga langs bij school"], await samira.Taken(casus));
        Assert.Contains("In deze stroom is geen storing.", await Nee(stroom, new { soort = "opnieuw" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Een_dienst_die_werkt_en_ergens_niet_luistert_noemt_de_wachtrij_en_haar_stromen_zijn_grijs()
    {
        await proces.Ontwerper.Bewaar(OpDienst("zonder-afnemer"), publish: true);
        var casus = await proces.Casus();
        var stroom = (await proces.Begint("zonder-afnemer", casus)).Id;
        await Vertelt(["kernteam-kernteam-uitbreiden"]);
        var detail = await Ziet(stroom);
        Assert.Equal("GEEN_GEGEVENS", (string?)detail["toestand"]);
        Assert.Contains("De dienst kernteam werkt, maar neemt sinds", (string?)detail["zin"], StringComparison.Ordinal);
        Assert.Contains("niets uit de wachtrij kernteam-kernteam-uitbreiden.", (string?)detail["zin"], StringComparison.Ordinal);
        var dienst = (await Vraag($"/v1/bewaking/stromen?toestand=GEEN_GEGEVENS&zoek={casus}"))["diensten"]!.AsArray().Single(d => (string?)d!["naam"] == "kernteam")!;
        Assert.False((bool)dienst["isStil"]!);
        var sinds = dienst["zonderAfnemerSinds"]!.GetValue<DateTimeOffset>();
        await proces.Later(TimeSpan.FromMinutes(1));
        await Vertelt(["kernteam-kernteam-uitbreiden", "kernteam-levensteken"]);
        Assert.Contains(Wachtzin.Moment(sinds), (string?)(await Ziet(stroom))["zin"], StringComparison.Ordinal);

        await proces.Later(TimeSpan.FromMinutes(1));
        await Vertelt([]);
        Assert.Equal("WACHT", (string?)(await Ziet(stroom))["toestand"]);
        await proces.InDatabase((db, _) => db.Diensten.Where(d => d.Naam == "kernteam").ExecuteDeleteAsync());

        Task<bool> Vertelt(IReadOnlyList<string> zonderAfnemer) => proces.InDatabase(async (db, p) =>
        {
            var teken = new LevenstekenGegeven("kernteam", p.GetRequiredService<TimeProvider>().GetUtcNow(), null, zonderAfnemer);
            if (await db.Diensten.FindAsync("kernteam") is not { } kernteam)
                db.Diensten.Add(kernteam = new Dienst { Naam = "kernteam", GehoordOp = teken.GevraagdOp });
            kernteam.Hoor(teken);
            return await db.SaveChangesAsync() > 0;
        });
    }

    [Fact]
    public void Dat_een_dienst_zwijgt_wordt_een_keer_verteld_en_dat_zij_weer_werkt_ook()
    {
        var (nu, stilNa) = (DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(5));
        var dienst = new Dienst { Naam = "veiligheid", GehoordOp = nu };

        Assert.Null(dienst.Vertel(nu.AddMinutes(5), stilNa));
        Assert.Equal(new GeenGegevens(Guid.Empty, "veiligheid", nu), dienst.Vertel(nu.AddMinutes(6), stilNa));
        Assert.Null(dienst.Vertel(nu.AddMinutes(7), stilNa));

        dienst.Hoor(new("veiligheid", nu.AddMinutes(8), null));
        Assert.Equal(new DienstHersteld(Guid.Empty, "veiligheid"), dienst.Vertel(nu.AddMinutes(8), stilNa));
        Assert.Null(dienst.Vertel(nu.AddMinutes(9), stilNa));

        // She answers, and yet takes nothing from a queue.
        dienst.Hoor(new("veiligheid", nu.AddMinutes(10), null, ["veiligheid-consult-vragen"]));
        Assert.Equal(new GeenGegevens(Guid.Empty, "veiligheid", nu.AddMinutes(10)), dienst.Vertel(nu.AddMinutes(10), stilNa));
    }

    [Fact]
    public async Task Wat_een_afspraak_zou_breken_wordt_geweigerd_en_wie_toeziet_hoort_het()
    {
        var (casus, stroom) = await Begonnen("afbreken-mag-niet");
        var samira = await proces.Iemand("Samira Bouazza");
        Assert.Contains("zou zonder vervolg blijven", await Nee(stroom, new { soort = "afbreken" }), StringComparison.Ordinal);
        await samira.Doet($"casussen/{casus}/kaderovergangen", new { kindRef = "K1", naar = "ots", bron = "b", bewijs = new { } }, 409);
        // Een gewone weigering is geen nieuws.
        await samira.Doet($"casussen/{casus}/kaderovergangen", new { kindRef = "K1", naar = "vrijwillig", bron = "b", bewijs = new { } }, 409);

        var geweigerd = await proces.InDatabase((db, _) => db.Logboek.Where(g => g.CasusId == casus && g.Type == "bewaking.invariant-geweigerd").OrderBy(g => g.Volgnr).Select(g => g.Inhoud).ToListAsync());
        Assert.Equal(["R7", "kader"], geweigerd.Select(g => (string)System.Text.Json.Nodes.JsonNode.Parse(g)!["afspraak"]!));
        Assert.Equal([samira.Id.ToString()], await samira.Regielijn(casus));
    }

    [Fact]
    public async Task Een_zwijgende_dienst_is_grijs_en_opnieuw_vragen_is_herstel()
    {
        await proces.Ontwerper.Bewaar(OpDienst("op-dienst"), publish: true);
        var casus = await proces.Casus();
        var stroom = (await proces.Begint("op-dienst", casus)).Id;
        // In this process there is only regie: kernteam never answers.
        Assert.Equal("GEEN_GEGEVENS", (string?)(await Ziet(stroom))["toestand"]);
        Assert.Contains("of de dienst kernteam werkt", (string?)(await Ziet(stroom))["zin"], StringComparison.Ordinal);
        await proces.InDatabase(async (db, p) =>
        {
            db.Diensten.Add(new Dienst { Naam = "kernteam", GehoordOp = p.GetRequiredService<TimeProvider>().GetUtcNow() });
            return await db.SaveChangesAsync();
        });
        var detail = await Ziet(stroom);
        Assert.Equal("WACHT", (string?)detail["toestand"]);

        var vraag = new { soort = "opnieuw-versturen", wachtpuntId = (Guid)detail["wachten"]![0]!["id"]! };
        var voorbeeld = await Doet(stroom, "herstelvoorbeelden", vraag);
        Assert.Equal("KernteamUitbreiden", (string?)Assert.Single(voorbeeld["berichten"]!.AsArray())!["type"]);
        Assert.Equal("HERSTEL", (string?)voorbeeld["toestandNa"]);
        await Doet(stroom, "herstellingen", new { vraag.soort, vraag.wachtpuntId, reden = "kwijt", kenmerk = voorbeeld["kenmerk"] }, 201);
        Assert.Equal("HERSTEL", (string?)(await Ziet(stroom))["toestand"]);
        await proces.InDatabase((db, _) => db.Diensten.Where(d => d.Naam == "kernteam").ExecuteDeleteAsync());
    }

    [Fact]
    public async Task Een_bericht_dat_niemand_kon_verwerken_blokkeert_zijn_stroom_en_wordt_een_keer_opnieuw_aangeboden()
    {
        var (casus, stroom) = await Begonnen("bericht");
        var bericht = Guid.CreateVersion7();
        await proces.InDatabase(async (db, p) =>
        {
            db.OnverwerkbareBerichten.Add(new UndeliverableMessage
            {
                Id = bericht,
                Wachtrij = "regie-melding-gerouteerd",
                Type = typeof(WachtTeLang).FullName!,
                Reden = "TimeoutException: te druk",
                Inhoud = new JsonObject { ["message"] = new JsonObject { ["casusId"] = casus, ["stroomId"] = stroom, ["wachtpunt"] = "x" } }.ToJsonString(),
                Op = p.GetRequiredService<TimeProvider>().GetUtcNow(),
            });
            db.Publish(new BerichtVastgelopen("regie-melding-gerouteerd", bericht, typeof(WachtTeLang).FullName!, "TimeoutException: te druk", casus, stroom, p.GetRequiredService<TimeProvider>().GetUtcNow()), bericht, p.GetRequiredService<TimeProvider>().GetUtcNow());
            return await db.SaveChangesAsync();
        });
        await proces.Later(TimeSpan.FromSeconds(1));
        Assert.Equal("GEBLOKKEERD", (string?)(await Ziet(stroom))["toestand"]);
        Assert.Contains((await Vraag("/v1/bewaking/berichten"))["items"]!.AsArray(), b => (Guid)b!["berichtId"]! == bericht && (string?)b["dienst"] == "regie");

        var pad = $"/v1/bewaking/berichten/regie-melding-gerouteerd/{bericht}/aanbiedingen";
        await proces.Toezichthouder.PostAsJsonAsync(pad, new { }).Json(400);
        await proces.Toezichthouder.PostAsJsonAsync(pad, new { reden = "het is weer rustig" }).Json(202);
        await proces.Toezichthouder.PostAsJsonAsync(pad, new { reden = "nog eens" }).Json(202);
        await proces.Later(TimeSpan.FromSeconds(1));

        Assert.Equal(0, await proces.InDatabase((db, _) => db.OnverwerkbareBerichten.CountAsync(m => m.Id == bericht)));
        Assert.Equal("WACHT", (string?)(await Ziet(stroom))["toestand"]);
        Assert.DoesNotContain((await Vraag("/v1/bewaking/berichten"))["items"]!.AsArray(), b => (Guid)b!["berichtId"]! == bericht);
    }

    [Fact]
    public async Task Een_stroom_van_een_afgesloten_casus_kan_worden_afgebroken()
    {
        var (casus, stroom) = await Begonnen("dicht");
        await proces.InDatabase(async (db, _) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"update perioden set is_open = 0, tot = '2040-01-01 00:00:00.000000Z', einde_vastgelegd_op = '2040-01-01 00:00:00.000000Z' where casus_id = {casus.ToString().ToUpperInvariant()} and is_open");
            await db.Database.ExecuteSqlAsync($"update kinderen set is_open = 0 where casus_id = {casus.ToString().ToUpperInvariant()}");
            await db.Database.ExecuteSqlAsync($"update casussen set is_open = 0, afgesloten_op = '2040-01-01 00:00:00.000000Z' where id = {casus.ToString().ToUpperInvariant()}");
            await transaction.CommitAsync();
            await Standen.HerberekenAsync(db, db.Stromen.Where(s => s.CasusId == casus), default);
            return true;
        });
        var detail = await Ziet(stroom);
        Assert.Equal("GEBLOKKEERD", (string?)detail["toestand"]);
        Assert.Contains(detail["herstel"]!.AsArray(), h => (string?)h!["soort"] == "afbreken");

        var voorbeeld = await Doet(stroom, "herstelvoorbeelden", new { soort = "afbreken" });
        await Doet(stroom, "herstellingen", new { soort = "afbreken", reden = "de casus is dicht", kenmerk = voorbeeld["kenmerk"] }, 201);
        Assert.False((await Ziet(stroom)).ContainsKey("toestand"));
    }

    [Fact]
    public async Task Het_overzicht_van_de_regie_noemt_wie_hoeveel_draagt_en_wat_er_loopt()
    {
        var casus = await proces.Casus();
        var samira = await proces.Iemand("Samira Bouazza");
        var ander = await proces.InDatabase((db, _) => db.Professionals.Where(p => p.Rol == "regisseur" && p.Naam != "Samira Bouazza").Select(p => p.Id).FirstAsync());
        await samira.Doet($"casussen/{casus}/overdrachten", new { naarId = ander, reden = "andere wijk" }, 201);

        var overzicht = await Vraag("/v1/bewaking/regie");
        Assert.Contains(overzicht["overdrachten"]!.AsArray(), o => (Guid)o!["casusId"]! == casus && (string?)o["van"] == "Samira Bouazza");
        Assert.Contains(overzicht["caseloads"]!.AsArray(), c => (Guid)c!["id"]! == samira.Id && (int)c["aantalCasussen"]! > 0);
    }

    private Task<JsonObject> Vraag(string pad) => proces.Toezichthouder.GetAsync(pad).Json();

    private Task<JsonObject> Ziet(Guid stroom) => Vraag($"/v1/bewaking/stromen/{stroom}");

    private Task<JsonObject> Doet(Guid stroom, string wat, object inhoud, int status = 200) => proces.Toezichthouder.PostAsJsonAsync($"/v1/bewaking/stromen/{stroom}/{wat}", inhoud).Json(status);

    private async Task<string> Nee(Guid stroom, object inhoud) => (string)(await Doet(stroom, "herstelvoorbeelden", inhoud, 409))["detail"]!;

    private async Task Herstelt(Guid stroom, object vraag)
    {
        var invoer = JsonSerializer.SerializeToNode(vraag)!.AsObject();
        var voorbeeld = await Doet(stroom, "herstelvoorbeelden", invoer);
        (invoer["reden"], invoer["kenmerk"]) = ("hersteld", voorbeeld["kenmerk"]!.DeepClone());
        await Doet(stroom, "herstellingen", invoer, 201);
    }

    private async Task<(Guid Casus, Guid Stroom)> Begonnen(string tekening)
    {
        await proces.Ontwerper.Bewaar(Herhalend(tekening), publish: true);
        var casus = await proces.Casus();
        return (casus, (await proces.Begint(tekening, casus)).Id);
    }

    private Task<Guid> Vertrokken() => proces.InDatabase(async (db, _) =>
    {
        var id = Guid.CreateVersion7();
        db.Professionals.Add(new Professional { Id = id, Naam = "Wies Vertrokken", Rol = "regisseur", Organisatie = "Lokaal team", Volgorde = 99, IsActief = false });
        await db.SaveChangesAsync();
        return id;
    });

    /// <summary>Asks again each time that the term passes.</summary>
    private static JsonObject Herhalend(string id)
    {
        var stroom = RegieProces.Wachtend(id);
        stroom["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{ "id": "te-laat", "name": "Te laat", "type": "NetwerkRegie.WachtTeLangMelden", "version": 1, "customProperties": {}, "metadata": {} }"""));
        stroom["root"]!["connections"]![1]!["target"]!["activity"] = "te-laat";
        stroom["root"]!["connections"]!.AsArray().Add(JsonNode.Parse("""{ "source": { "activity": "te-laat", "port": "Klaar" }, "target": { "activity": "bellen", "port": "In" } }"""));
        return stroom;
    }

    private static JsonObject Tweetaken(string id)
    {
        var stroom = Herhalend(id);
        var schrijven = stroom["root"]!["activities"]![0]!.DeepClone();
        (schrijven["id"], schrijven["name"], schrijven["titel"]!["expression"]!["value"]) = ("schrijven", "Schrijven", "Schrijf");
        schrijven["customProperties"] = new JsonObject();
        stroom["root"]!["activities"]!.AsArray().Add(schrijven);
        var lijnen = stroom["root"]!["connections"]!.AsArray();
        lijnen[0]!["target"]!["activity"] = "schrijven";
        foreach (var uitgang in new[] { "Gebeld", "Verlopen" })
            lijnen.Add(JsonNode.Parse($$"""{ "source": { "activity": "schrijven", "port": "{{uitgang}}" }, "target": { "activity": "klaar", "port": "In" } }"""));
        return stroom;
    }

    /// <summary>Where to go is in what it was begun with, or it is not.</summary>
    private static JsonObject Langsgaan(string id)
    {
        var stroom = Tweetaken(id);
        stroom["inputs"] = JsonNode.Parse("""[{ "type": "Object", "name": "afspraak", "displayName": "Afspraak" }]""");
        var (bellen, langsgaan) = (stroom["root"]!["activities"]![0]!, stroom["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == "schrijven")!);
        bellen["uitkomsten"]!["expression"]!["value"] = """["Gebeld","Niet nodig"]""";
        langsgaan["name"] = "Langsgaan";
        langsgaan["titel"]!["expression"] = JsonNode.Parse("""{ "type": "JavaScript", "value": "return `Ga langs bij ${input.afspraak.plaats}`;" }""");
        stroom["root"]!["connections"]!.AsArray().Add(JsonNode.Parse("""{ "source": { "activity": "bellen", "port": "Niet nodig" }, "target": { "activity": "klaar", "port": "In" } }"""));
        return stroom;
    }

    private static JsonObject OpDienst(string id)
    {
        var stroom = Herhalend(id);
        stroom["root"]!["activities"]![0] = JsonNode.Parse($$"""
            { "lidId": { "typeName": "String", "expression": { "type": "Literal", "value": "{{Guid.CreateVersion7()}}" } }, "stoel": { "typeName": "String", "expression": { "type": "Literal", "value": "rvt" } },
              "termijn": { "typeName": "String", "expression": { "type": "Literal", "value": "4 uur" } }, "vlottrekker": { "typeName": "String", "expression": { "type": "Literal", "value": "beheer" } },
              "id": "bellen", "name": "Uitbreiden", "type": "NetwerkRegie.KernteamUitbreiden", "version": 1, "customProperties": { "canStartWorkflow": true }, "metadata": {} }
            """);
        stroom["root"]!["connections"]![0]!["source"]!["port"] = "KernteamUitgebreid";
        return stroom;
    }
}
