using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;
using NetwerkRegie.Termijnen;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Een ontwerp wordt gespeeld met alles wat echt is, en niets ervan wordt echt.</summary>
public sealed partial class ProefdraaienTests(RegieProces regie) : IClassFixture<RegieProces>
{
    private const string Advies = """
        Verhaal: het RVT geeft niet op tijd advies
        Gegeven een gezin met 2 kinderen in Zilverdam op 2 maart 2026 10:15
        Als de regisseur opschaalt naar consult
        Dan wacht 'Consult vragen' op dienst veiligheid tot 5 maart 2026
        Als de termijn van 'Consult vragen' verloopt
        Dan gaat WachtTeLang uit
        En houdt Samira de regie
        """;

    private static readonly Regio Waterkamp = JsonSerializer.Deserialize<Regio>(File.ReadAllText(Repository.Path("services/host/demonstratieregio.json")), JsonSerializerOptions.Web)!;

    private static readonly Guid Joris = Waterkamp.Professionals.Single(p => p.Naam.StartsWith("Joris", StringComparison.Ordinal)).Id;

    public static TheoryData<string> Verhalen() => [.. Directory.EnumerateFiles(Repository.Path("workflows/verhalen"), "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => Path.GetRelativePath(Repository.Path("workflows/verhalen"), f))];

    [Theory]
    [MemberData(nameof(Verhalen))]
    public async Task Elk_verhaal_bij_een_stroom_klopt(string bestand)
    {
        var verslag = await Speel(Path.GetDirectoryName(bestand)!, await File.ReadAllTextAsync(Repository.Path($"workflows/verhalen/{bestand}")));

        Assert.True(verslag.Ontwerp.Houdt, string.Join('\n', verslag.Regels.Where(r => r.Ontwerp is not { Klopt: true }).Select(r => $"{r.Nummer}  {r.Tekst}: {r.Ontwerp?.WatErWas ?? r.Ontwerp?.Geweigerd ?? r.Ontwerp?.Afgebroken}")));
        Assert.Contains(verslag.Regels, r => r.Tekst.StartsWith("Dan ", StringComparison.Ordinal));
    }

    [Fact]
    public void Bij_elke_stroom_horen_een_gewone_en_een_andere_afloop()
    {
        foreach (var stroom in Directory.EnumerateFiles(Repository.Path("workflows/definities"), "*.json"))
            Assert.True(Directory.EnumerateFiles(Repository.Path($"workflows/verhalen/{Path.GetFileNameWithoutExtension(stroom)}")).Count() >= 2, stroom);
    }

    [Fact]
    public async Task Het_voorbeeld_in_de_uitleg_klopt()
    {
        var voorbeelden = Voorbeeld().Matches(await File.ReadAllTextAsync(Repository.Path("docs/proefdraaien.md")));

        Assert.NotEmpty(voorbeelden);
        foreach (Match voorbeeld in voorbeelden)
            Assert.True((await Speel("opschaling", voorbeeld.Groups[1].Value)).Ontwerp.Houdt, voorbeeld.Value);
    }

    [Fact]
    public async Task Een_andere_termijn_in_het_ontwerp_staat_ernaast()
    {
        await Bewaar("opschaling", stroom => Stap(stroom, "consult")["termijn"]!["expression"]!["value"] = "3 werkdagen");

        var verslag = await Proef("opschaling", Advies);

        var regel = Regel(verslag, "Als de regisseur opschaalt");
        Assert.Equal("2026-03-05T23:00:00Z", (string?)regel["ontwerp"]!["wacht"]![0]!["tot"]);
        Assert.Equal("2026-03-04T23:00:00Z", (string?)regel["gepubliceerd"]!["wacht"]![0]!["tot"]);
        Assert.Equal(["ConsultGegeven", "Verlopen"], regel["ontwerp"]!["wacht"]![0]!["uitgangen"]!.AsArray().Select(u => (string?)u));
        Assert.True((bool)regel["isAnders"]!);
        Assert.Contains("'Consult vragen' wacht op dienst veiligheid tot 6 maart 2026 0:00", (string?)verslag["eersteVerschil"], StringComparison.Ordinal);
        Assert.Contains("'Consult vragen' wacht op dienst veiligheid tot 5 maart 2026 0:00", (string?)verslag["eersteVerschil"], StringComparison.Ordinal);
        Assert.False((bool)verslag["ontwerp"]!["houdt"]!);
        Assert.True((bool)verslag["gepubliceerd"]!["houdt"]!);

        // The clocks of the two go their own way: the term of each passes when it passes.
        var verlopen = Regel(verslag, "Als de termijn van");
        Assert.Equal("2026-03-05T23:00:00Z", (string?)verlopen["ontwerp"]!["op"]);
        Assert.Equal("2026-03-04T23:00:00Z", (string?)verlopen["gepubliceerd"]!["op"]);
        Assert.Contains(verlopen["ontwerp"]!["berichten"]!.AsArray(), b => (string?)b!["type"] == "WachtTeLang");
        Assert.Equal("Samira Bouazza", (string?)verlopen["ontwerp"]!["lijnen"]!["regie"]);
        Assert.Equal("vrijwillig", (string?)verlopen["ontwerp"]!["lijnen"]!["kader"]!["K2"]);
    }

    [Fact]
    public async Task Een_Dan_die_niet_klopt_zegt_wat_er_in_plaats_daarvan_was()
    {
        var verslag = await Speel("overdracht", """
            Gegeven een gezin met 1 kind in Zilverdam op 2 maart 2026 10:15
            Dan houdt de ontvanger de regie
            Als de regisseur een overdracht voorstelt aan Joris
            Dan wacht 'Antwoord afwachten' op Joris tot en met 6 maart 2026
            En houdt Joris de regie
            En gaat RegieOvergedragen uit
            En wacht er niets meer
            En is de schaal duo
            En is de stroom klaar
            Als 'Warm gesprek afwachten' wordt beantwoord met 'Gevoerd'
            """);

        Assert.False(verslag.Ontwerp.Houdt);
        const string Wacht = "'Antwoord op het voorstel om de regie over te nemen' wacht op Joris Veldkamp tot 10 maart 2026 0:00";
        Assert.Equal([null, "Er is geen overdracht voorgesteld.", null, Wacht, "Samira Bouazza houdt de regie", "er ging uit: OverdrachtVoorgesteld", Wacht, "schaal is lokaal", Wacht, null], verslag.Regels.Select(r => r.Ontwerp!.WatErWas));
        Assert.Equal($"'Warm gesprek afwachten' wacht hier niet; {Wacht}.", verslag.Regels[^1].Ontwerp!.Geweigerd);
    }

    [Fact]
    public async Task Van_elke_regel_die_niet_te_begrijpen_is_staat_er_wat_wel_kan()
    {
        var fout = await regie.Ontwerper.PostAsJsonAsync("/v1/stromen/overdracht/proeven", new
        {
            verhaal = """
                Gegeven een gezin met 2 kinderen in Zilverdam op 31 februari 2026
                Als Pietje een overdracht voorstelt aan Joris
                Als de regisseur opschaalt naar torenhoog
                En de regisseur de overdracht maar gewoon weggeeft
                Dan gaat OverdrachtVerzonnen uit
                Morgen is er weer een dag
                Gegeven de schaal is duo
                """,
        }).Json(400);

        var meldingen = fout["fouten"]!.AsArray().Select(f => (string?)f!["melding"]).ToList();
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], meldingen.Select(m => m!.Split(' ')[1].TrimEnd(':')));
        Assert.Contains("2 maart 2026 10:15", meldingen[0], StringComparison.Ordinal);
        Assert.Contains("consult, meekijken, duo, regie-over", meldingen[2], StringComparison.Ordinal);
        Assert.Contains("Als de regisseur de overdracht aanvaardt", meldingen[3], StringComparison.Ordinal);
        Assert.Contains("OverdrachtVoorgesteld", meldingen[4], StringComparison.Ordinal);
        Assert.DoesNotContain(meldingen, m => m!.Contains("Pietje", StringComparison.Ordinal));
    }

    [Fact]
    public void Elke_zin_is_te_begrijpen_zoals_zij_wordt_voorgedaan()
    {
        var eerste = Zinnen.Gezin.Voorbeeld.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        foreach (var voorbeeld in Zinnen.Alle.Where(z => z != Zinnen.Gezin).Select(z => z.Voorbeeld))
            foreach (var zin in new[] { voorbeeld.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal), Haken().Replace(voorbeeld, "") })
                Assert.Equal(2, Verhaal.Lees($"{eerste}\n{zin.ToUpperInvariant()}  .", Waterkamp, Termijnboek.Standaard, new StapCatalogus()).Regels.Count);
    }

    [Fact]
    public async Task Een_leeg_verhaal_en_een_onbekende_stroom_worden_geweigerd()
    {
        await regie.Ontwerper.PostAsJsonAsync("/v1/stromen/opschaling/proeven", new { }).Json(400);
        await regie.Ontwerper.PostAsJsonAsync("/v1/stromen/opschaling/proeven", new { verhaal = "# niets" }).Json(400);
        await regie.Ontwerper.PostAsJsonAsync("/v1/stromen/bestaat-niet/proeven", new { verhaal = Advies }).Json(404);
        await regie.Ontwerper.PostAsJsonAsync("/v1/stromen/opschaling/proeven", new { verhaal = Advies, versie = 99 }).Json(404);
        await regie.Ontwerper.PostAsJsonAsync("/v1/stromen/opschaling/naspelen", new { laatste = 51 }).Json(400);
    }

    [Fact]
    public async Task Een_ontwerp_dat_niet_kan_lopen_zegt_alles_wat_eraan_mankeert()
    {
        var stroom = RegieProces.Kort("kapot");
        stroom["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{ "id": "als", "name": "Als", "type": "Elsa.If", "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "1 +" } } }"""));
        stroom["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{ "id": "raar", "name": "Raar", "type": "Elsa.BestaatNiet" }"""));
        await regie.Ontwerper.Bewaar(stroom);

        var fout = await regie.Ontwerper.PostAsJsonAsync("/v1/stromen/kapot/proeven", new { verhaal = Advies }).Json(400);

        Assert.True(fout["fouten"]!.AsArray().Count >= 2, fout.ToJsonString());
    }

    [Fact]
    public async Task Er_verandert_niets_in_de_echte_database_ook_niet_met_twee_tegelijk()
    {
        await Bewaar("overdracht", stroom => Stap(stroom, "antwoord")["termijn"]!["expression"]!["value"] = "2 werkdagen");
        var verhaal = await File.ReadAllTextAsync(Repository.Path("workflows/verhalen/overdracht/warm-naar-een-collega.txt"));
        var voor = await Rijen();

        var verslagen = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Proef("overdracht", verhaal)));

        Assert.Equal(voor, await Rijen());
        Assert.Single(verslagen.Select(v => v.ToJsonString()).Distinct());
        Assert.True((bool)verslagen[0]["gepubliceerd"]!["houdt"]!);
    }

    [Fact]
    public async Task Wat_nooit_tot_rust_komt_wordt_afgebroken_met_een_zin()
    {
        var stroom = RegieProces.Wachtend("rusteloos");
        Stap(stroom, "bellen")["termijn"]!["expression"]!["value"] = "1 minuut";
        stroom["root"]!["connections"]!.AsArray().Single(l => (string?)l!["source"]!["port"] == "Verlopen")!["target"]!["activity"] = "bellen";
        await regie.Ontwerper.Bewaar(stroom);

        var verslag = await Proef("rusteloos", """
            Gegeven een gezin met 1 kind in Zilverdam op 2 maart 2026 10:15
            Als deze stroom begint
            En 1 jaar verstrijkt
            Dan wacht er niets
            """);

        Assert.StartsWith("Er gebeurde meer dan 1000 keer iets", (string?)Regel(verslag, "En 1 jaar")["ontwerp"]!["afgebroken"], StringComparison.Ordinal);
        Assert.Null(Regel(verslag, "Dan wacht er niets")["ontwerp"]);
        Assert.False((bool)verslag["ontwerp"]!["houdt"]!);

        var lang = await Proef("rusteloos", """
            Gegeven een gezin met 1 kind in Zilverdam op 2 maart 2026 10:15
            Als 6 jaar verstrijken
            """);
        Assert.StartsWith("Een verhaal duurt hooguit 5 jaar", (string?)Regel(lang, "Als 6 jaar")["ontwerp"]!["afgebroken"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wat_een_tekening_zegt_maakt_het_antwoord_niet_eindeloos_groot()
    {
        var stroom = RegieProces.Wachtend("langdradig");
        Stap(stroom, "bellen")["titel"]!["expression"]!["value"] = new string('x', 100_000);
        Stap(stroom, "bellen")["uitkomsten"]!["expression"]!["value"] = JsonSerializer.Serialize(Enumerable.Range(0, 500).Select(i => $"{i}{new string('y', 1000)}"));
        await regie.Ontwerper.Bewaar(stroom);

        var verslag = await Proef("langdradig", """
            Gegeven een gezin met 1 kind in Zilverdam op 2 maart 2026 10:15
            Als deze stroom begint
            Als 'Bellen' wordt beantwoord met 'iets anders'
            Dan wacht er niets
            """);

        Assert.InRange(verslag.ToJsonString().Length, 1_000, 50_000);
    }

    [Fact]
    public async Task Een_jaar_gaat_voorbij_over_feestdagen_en_beide_wisselingen_van_de_klok()
    {
        var verslag = await Speel("melding-tot-regisseur", """
            Gegeven een gezin zonder casus met 1 kind in Zilverdam op 2 maart 2026 10:15
            Als een melding binnenkomt met termijn tot 3 maart 2026
            En 1 jaar verstrijkt
            Dan is het 3 maart 2027 0:00
            En wacht 'Alsnog contact met het gezin' op de leidinggevende
            """);

        Assert.True(verslag.Ontwerp.Houdt);
        var verlopen = verslag.Regels[2].Ontwerp!.Gebeurd.Where(g => g.Wat.Contains("Alsnog", StringComparison.Ordinal)).Select(g => NederlandseKalender.LokaalAls(g.Op)).ToList();
        // One working day each time, and who begins to wait at midnight has that day for nothing.
        var verwacht = new List<DateOnly>();
        for (var dag = new DateOnly(2026, 3, 3); (dag = NederlandseKalender.VolgendeWerkdag(dag).AddDays(1)) <= new DateOnly(2027, 3, 3);)
            verwacht.Add(dag);
        Assert.Equal(verwacht, verlopen.Select(op => DateOnly.FromDateTime(op.DateTime)));
        Assert.All(verlopen, op => Assert.Equal(TimeSpan.Zero, op.TimeOfDay));
        Assert.Equal([TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(1)], verlopen.Select(op => op.Offset).Aggregate(new List<TimeSpan>(), (rij, offset) => rij is [.., var laatste] && laatste == offset ? rij : [.. rij, offset]));
        Assert.DoesNotContain(new DateOnly(2026, 4, 7), verwacht);
    }

    [Fact]
    public async Task Naspelen_vindt_waar_een_ontwerp_anders_loopt_dan_wat_gepubliceerd_is()
    {
        await GeweigerdeOverdracht();
        await Bewaar("overdracht", stroom =>
        {
            Stap(stroom, "antwoord")["name"] = "Wat vindt de ander?";
            Stap(stroom, "antwoord")["termijn"]!["expression"]!["value"] = "overdracht-acceptatie";
        });
        var voor = await Rijen();
        var gelijk = await Naspelen("overdracht");
        var zelfde = Assert.Single(gelijk["items"]!.AsArray())!;
        Assert.True((bool?)zelfde["isGelijk"], zelfde.ToJsonString());

        await Bewaar("overdracht", stroom => stroom["root"]!["connections"]!.AsArray().Single(l => (string?)l!["source"]!["port"] == "Geweigerd" && (string?)l["source"]!["activity"] == "antwoord")!["target"]!["activity"] = "klaar");
        var anders = await Naspelen("overdracht");

        Assert.Equal(voor, await Rijen());
        var item = Assert.Single(anders["items"]!.AsArray())!;
        Assert.False((bool?)item["isGelijk"], item.ToJsonString());
        Assert.Contains("wordt beantwoord met 'Geweigerd'", (string?)item["zin"], StringComparison.Ordinal);
        Assert.Contains("'Bemiddelen bij een knelpunt' wacht op", (string?)item["zin"], StringComparison.Ordinal);

        // The story that was played can be played by hand, and says nothing about anybody.
        var verhaal = (string)item["verhaal"]!;
        Assert.Equal((string?)item["zin"], (string?)(await Proef("overdracht", verhaal))["eersteVerschil"]);
        foreach (var iets in new[] { "Samira", "Joris", "gezin-7", "kind-a", "geen ruimte", "Zilverdam" })
            Assert.DoesNotContain(iets, verhaal, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Wat_echt_gebeurd_is_gebeurt_bij_naspelen_weer()
    {
        var echt = new RegieProces();
        await echt.InitializeAsync();
        try
        {
            await EchtVerloop(echt);
            foreach (var stroom in new[] { "melding-tot-regisseur", "opschaling", "knelpunt", "kaderovergang", "vervanging", "afschaling", "overdracht" })
            {
                await Bewaar(stroom, tekening => tekening["name"] = "Anders genoemd", echt);

                var verslag = await echt.Ontwerper.PostAsJsonAsync($"/v1/stromen/{stroom}/naspelen", new { laatste = 50 }).Json();

                Assert.NotEmpty(verslag["items"]!.AsArray());
                Assert.All(verslag["items"]!.AsArray(), item => Assert.True((bool?)item!["isGelijk"], $"{item["zin"]}\n{item["verhaal"]}"));
            }
        }
        finally
        {
            await echt.DisposeAsync();
        }
    }

    [Fact]
    public async Task Van_de_opdrachtregel_zegt_de_uitgang_of_het_verhaal_klopt()
    {
        var (stroom, goed) = (Repository.Path("workflows/definities/overdracht.json"), Repository.Path("workflows/verhalen/overdracht/geweigerd.txt"));
        using var uitvoer = new StringWriter();
        Assert.Equal(0, await VerhalenSpelen.RunAsync([stroom, goed], Waterkamp, uitvoer));
        Assert.Contains("op 2 maart 2026 10:15 gaat OverdrachtGeweigerd uit", uitvoer.ToString(), StringComparison.Ordinal);

        var map = Directory.CreateTempSubdirectory("proef-").FullName;
        var (anders, onzin) = (Path.Combine(map, "overdracht.json"), Path.Combine(map, "onzin.txt"));
        await File.WriteAllTextAsync(anders, (await File.ReadAllTextAsync(stroom)).Replace("overdracht-acceptatie", "1 werkdag", StringComparison.Ordinal));
        await File.WriteAllTextAsync(onzin, "Er was eens een regisseur");
        Assert.Equal(1, await VerhalenSpelen.RunAsync([anders, Repository.Path("workflows/verhalen/overdracht/warm-naar-een-collega.txt")], Waterkamp, uitvoer));
        Assert.Contains("KLOPT NIET: 'Antwoord op het voorstel om de regie over te nemen' wacht op Joris Veldkamp tot 4 maart 2026 0:00", uitvoer.ToString(), StringComparison.Ordinal);
        Assert.Contains("Eerste verschil. Regel 4", uitvoer.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<SettingException>(() => VerhalenSpelen.RunAsync([stroom, onzin], Waterkamp, uitvoer));
        await Assert.ThrowsAsync<SettingException>(() => VerhalenSpelen.RunAsync([stroom], Waterkamp, uitvoer));
        await Assert.ThrowsAsync<SettingException>(() => VerhalenSpelen.RunAsync([stroom, Path.Combine(map, "weg.txt")], Waterkamp, uitvoer));
        Directory.Delete(map, recursive: true);
    }

    private static async Task<Proefverslag> Speel(string stroom, string verhaal) => await VerhalenSpelen.SpeelAsync(await File.ReadAllTextAsync(Repository.Path($"workflows/definities/{stroom}.json")), verhaal, Waterkamp);

    private static JsonObject Stap(JsonObject stroom, string id) => stroom["root"]!["activities"]!.AsArray().OfType<JsonObject>().Single(a => (string?)a["id"] == id);

    private static JsonObject Regel(JsonObject verslag, string begin) => verslag["regels"]!.AsArray().OfType<JsonObject>().Single(r => ((string)r["tekst"]!).StartsWith(begin, StringComparison.Ordinal));

    private async Task Bewaar(string stroom, Action<JsonObject> verander, RegieProces? proces = null)
    {
        var tekening = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path($"workflows/definities/{stroom}.json")))!.AsObject();
        verander(tekening);
        await (proces ?? regie).Ontwerper.Bewaar(tekening);
    }

    private Task<JsonObject> Proef(string stroom, string verhaal) => regie.Toezichthouder.PostAsJsonAsync($"/v1/stromen/{stroom}/proeven", new { verhaal }).Json();

    private Task<JsonObject> Naspelen(string stroom) => regie.Ontwerper.PostAsJsonAsync($"/v1/stromen/{stroom}/naspelen", new { }).Json();

    // A real casus, in the real database, whose handover was really refused.
    private async Task GeweigerdeOverdracht()
    {
        var casusId = await Melding(regie, TimeProvider.System.GetUtcNow());
        using var regisseur = await regie.Als("regisseur");
        using var leidinggevende = await regie.Als("leidinggevende");
        var voorstel = await regisseur.PostAsJsonAsync($"/v1/casussen/{casusId}/overdrachten", new { naarId = Joris, reden = "geen ruimte" }).Json(201);
        await leidinggevende.PostAsJsonAsync($"/v1/overdrachten/{voorstel["id"]}/weigering", new { reden = "geen ruimte", alternatief = "geen" }).Json();
    }

    // Ten weeks of a family, with answers that were late and answers that were no.
    private static async Task EchtVerloop(RegieProces echt)
    {
        await Klok("2026-03-02T09:15:20.250Z");
        var casusId = await Melding(echt, new(2026, 3, 2, 9, 15, 20, 250, TimeSpan.Zero));
        using var samira = await echt.Als("regisseur", "Samira");
        using var joris = await echt.Als("regisseur", "Joris");
        using var petra = await echt.Als("leidinggevende", "Petra");
        using var fenne = await echt.Als("rvt", "Fenne");

        await Klok("2026-03-02T13:30:00Z");
        await Dienst("KernteamSamengesteld");
        await Klok("2026-03-03T10:00:00.5Z");
        await Taak(samira, "Contact gehad");
        await samira.PostAsJsonAsync($"/v1/casussen/{casusId}/opschalingen", new { naar = "duo", reden = "x", doel = "x", gezinsstandpunt = "x", tegenargument = "x", stopcriterium = "x", evaluatieOp = "2026-03-20T09:00:00Z" }).Json(202);
        await Klok("2026-03-09T10:00:00Z");
        await Taak(fenne, "Ja");
        await Dienst("KernteamUitgebreid");
        var knelpunt = await samira.PostAsJsonAsync($"/v1/casussen/{casusId}/knelpunten", new { soort = "capaciteit", omschrijving = "x", overbrugging = "y" }).Json(201);
        await Klok("2026-03-10T10:00:00Z");
        await petra.PostAsJsonAsync($"/v1/knelpunten/{knelpunt["id"]}/besluit", new { besluit = "oplossen", reden = "x" }).Json();
        var rvt = Waterkamp.Professionals.First(p => p.Rol == "rvt").Id;
        await samira.PostAsJsonAsync($"/v1/casussen/{casusId}/kaderovergangen", new { kindRef = "kind-a", naar = "drang", bron = "x", bewijs = new { analyse = "x", voorwaarden = "x", zienswijzeGezin = "x", rvtConsult = rvt } }).Json(201);
        await samira.PostAsJsonAsync($"/v1/casussen/{casusId}/kinderen/kind-a/kaderkaart/uitreikingen", new { hoe = "gesprek", isAfgetekend = false }).Json(201);
        await Klok("2026-03-21T10:00:00Z");
        await Taak(samira, "Geevalueerd");
        var vervanging = await petra.PostAsJsonAsync($"/v1/casussen/{casusId}/vervangingen", new { soort = "acuut", reden = "x", verwachtTot = "2026-03-25T10:00:00Z" }).Json(201);
        await Klok("2026-03-27T10:00:00Z");
        await joris.PostAsJsonAsync($"/v1/vervangingen/{vervanging["id"]}/terugkeer", new { beeindigdOp = "2026-03-27T09:30:00Z" }).Json();
        await samira.PostAsJsonAsync($"/v1/casussen/{casusId}/afschalingen", new { naar = "consult", resultaat = "x", terugkomweg = "x", metNazorg = true }).Json();
        await Klok("2026-03-30T10:00:00Z");
        await Taak(samira, "Verteld");
        var overdracht = await samira.PostAsJsonAsync($"/v1/casussen/{casusId}/overdrachten", new { naarId = Joris, reden = "x" }).Json(201);
        await joris.PostAsync($"/v1/overdrachten/{overdracht["id"]}/aanvaarding", null).Json();
        await Klok("2026-04-02T10:00:00Z");
        await joris.PostAsJsonAsync($"/v1/overdrachten/{overdracht["id"]}/gesprek", new { beeindigdOp = "2026-04-02T10:00:00Z", gezinAanwezig = true }).Json();
        await Klok("2026-05-12T10:00:00Z");

        Task<JsonObject> Klok(string nu) => echt.Ontwerper.PostAsJsonAsync("/proef/klok", new { nu }).Json();

        async Task Taak(HttpClient wie, string uitkomst)
        {
            var taken = await wie.GetAsync("/v1/taken").Json();
            var taak = taken["items"]!.AsArray().Single(t => t!["uitkomsten"]!.AsArray().Any(u => (string?)u == uitkomst))!;
            await wie.PostAsJsonAsync($"/v1/taken/{taak["id"]}/uitkomst", new { uitkomst }).Json();
        }

        Task<bool> Dienst(string uitkomst) => echt.InDatabase(async (db, diensten) =>
        {
            var wacht = await db.Wachtpunten.SingleAsync(w => w.AfgehandeldOp == null && w.VoorRol == "dienst:kernteam");
            return await diensten.GetRequiredService<CasusRunner>().RunAsync(casusId, async burst =>
            {
                await burst.AntwoordAsync(wacht.Ref, uitkomst, new JsonObject());
                return true;
            }, default);
        });
    }

    private static Task<Guid> Melding(RegieProces proces, DateTimeOffset nu) => proces.InDatabase(async (db, diensten) =>
    {
        var melding = new MeldingGerouteerd(Guid.CreateVersion7(), "lokaal-team", "regulier", "gezin-7", "Zilverdam", [new("kind-a", "4-11")], null, nu);
        await using var transaction = await db.Database.BeginTransactionAsync();
        await MeldingGerouteerdConsumer.BeginAsync(melding, nu, db, diensten.GetRequiredService<Database>(), diensten.GetRequiredService<CasusRunner>(), default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return await db.Casussen.Where(c => c.GezinRef == "gezin-7").Select(c => c.Id).SingleAsync();
    });

    // Every row of every table, once what really happened has been sent.
    private Task<string> Rijen() => regie.InDatabase(async (db, diensten) =>
    {
        while (!await diensten.GetRequiredService<IOutboxDispatcher>().IsEmptyAsync(default))
            await Task.Yield();
        var tabellen = await db.Database.SqlQuery<string>($"select name as Value from sqlite_master where type = 'table'").ToListAsync();
        await db.Database.OpenConnectionAsync();
        await using var telling = db.Database.GetDbConnection().CreateCommand();
        telling.CommandText = string.Join(" union all ", tabellen.Order(StringComparer.Ordinal).Select(t => $"select '{t} ' || count(*) from {t}"));
        await using var rijen = await telling.ExecuteReaderAsync();
        var geteld = new List<string>();
        while (await rijen.ReadAsync())
            geteld.Add(rijen.GetString(0));
        return string.Join(", ", geteld);
    });

    [GeneratedRegex(@"\[[^]]*\]")]
    private static partial Regex Haken();

    [GeneratedRegex("```text\n(Verhaal:.*?)```", RegexOptions.Singleline)]
    private static partial Regex Voorbeeld();
}
