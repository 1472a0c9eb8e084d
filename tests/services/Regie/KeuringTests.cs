using System.Text.Json.Nodes;
using NetwerkRegie.Engine;
using NetwerkRegie.Regie;
using NetwerkRegie.Termijnen;
using Xunit;
using Xunit.Abstractions;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Een stroom die de regie kan laten vallen, ergens voor altijd kan wachten of iets laat liggen, wordt niet gepubliceerd.</summary>
public sealed class KeuringTests(ITestOutputHelper uitvoer)
{
    private static readonly Keuring Keuring = new(new StapCatalogus(), Termijnboek.Standaard);

    public static TheoryData<string> Stromen() => [.. Directory.EnumerateFiles(Repository.Path("workflows/definities"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f))];

    [Theory, MemberData(nameof(Stromen))]
    public void Elke_stroom_van_het_product_is_bewezen(string stroom) => Assert.Empty(Bevindingen(Lees(stroom)));

    [Theory]
    [InlineData("opschaling", "consult", "Verlopen")]
    [InlineData("opschaling", "meedoen", "Nee")]
    [InlineData("overdracht", "antwoord", "Geweigerd")]
    [InlineData("overdracht", "overdragen", "Geweigerd")]
    [InlineData("melding-tot-regisseur", "eerste-contact", "Verlopen")]
    [InlineData("vervanging", "terugkeer", "Verlopen")]
    public void Een_uitgang_die_nergens_heen_gaat_wordt_verteld_als_verhaal(string stroom, string activiteit, string uitgang)
    {
        var tekening = Lees(stroom);
        Weg(tekening, activiteit, uitgang);

        var bevinding = Bevindingen(tekening).First(b => b.ActiviteitId == activiteit && b.Zin.Contains($"'{uitgang}' gaat nergens heen", StringComparison.Ordinal));

        Assert.InRange(bevinding.Verhaal.Count, 1, 9);
    }

    [Fact]
    public void Een_melding_zonder_casus_heeft_geen_regisseur()
    {
        var tekening = Lees("melding-tot-regisseur");
        Herleid(tekening, "openen", "Geopend", "klaar");
        // The step that opens the casus is passed by.
        tekening["root"]!["activities"]!.AsArray().Insert(0, JsonNode.Parse("""{"id":"start","type":"Elsa.Start","version":1,"customProperties":{"canStartWorkflow":true},"metadata":{}}"""));
        tekening["root"]!["connections"]!.AsArray().Insert(0, Lijn("start", "Done", "beoordelen"));
        foreach (var uitgang in new[] { "Geopend", "Gekoppeld" })
            Weg(tekening, "openen", uitgang);

        Assert.Contains(Bevindingen(tekening), b => b.Tekst.Contains("er is nog geen casus", StringComparison.Ordinal));
    }

    [Fact]
    public void Regie_gaat_niet_over_zonder_gesprek()
    {
        var tekening = Lees("overdracht");
        Herleid(tekening, "antwoord", "Aanvaard", "overdragen");

        var bevinding = Bevindingen(tekening).First(b => b.ActiviteitId == "overdragen");

        Assert.Equal("De regisseur stelt voor de regie aan een collega over te dragen. 'Antwoord afwachten' loopt af met 'Aanvaard'. "
            + "Dan komt 'Regie overdragen' aan de beurt, maar dat kan dan niet: de overdracht is aanvaard, en dat moet gesprek-gevoerd zijn.", bevinding.Tekst);
    }

    [Fact]
    public void Een_vervanging_die_begint_eindigt_ook()
    {
        var tekening = Lees("vervanging");
        Herleid(tekening, "starten", "Klaar", "klaar");

        Assert.Contains(Bevindingen(tekening), b => b.Tekst.EndsWith("Dan eindigt de stroom. De vervanging blijft dan open, en een volgende kan niet meer.", StringComparison.Ordinal));
    }

    [Fact]
    public void Een_weigering_die_niets_afsluit_laat_de_overdracht_liggen()
    {
        var tekening = Lees("overdracht");
        Herleid(tekening, "overdragen-kan-niet", "Afbreken", "klaar");

        Assert.Contains(Bevindingen(tekening), b => b.Zin == "Dan eindigt de stroom. De overdracht blijft dan open, en een nieuw voorstel kan niet meer.");
    }

    [Theory]
    [InlineData("termijn", "Termijn")]
    [InlineData("vlottrekker", "Vlottrekker")]
    [InlineData("voor", "Voor")]
    public void Wachten_zonder_afspraak_wordt_geweigerd(string veld, string titel)
    {
        var tekening = Lees("afschaling");
        Activiteit(tekening, "vertellen").Remove(veld);

        Assert.Equal([$"Bij 'Terugkomweg vertellen' is {titel} niet ingevuld."], Bevindingen(tekening).Select(b => b.Zin));
    }

    [Fact]
    public void Een_termijn_die_niet_bestaat_wordt_geweigerd()
    {
        var tekening = Lees("opschaling");
        Activiteit(tekening, "consult")["termijn"]!["expression"]!["value"] = "zo snel mogelijk";

        Assert.Equal("consult", Assert.Single(Bevindingen(tekening)).ActiviteitId);
    }

    [Fact]
    public void Een_kale_gebeurtenis_wacht_zonder_afspraak()
    {
        var tekening = Stroom([("wacht", "Elsa.Event", new() { ["eventName"] = Tekst("School belt") }), ("klaar", "Elsa.Finish", [])], ("wacht", "Done", "klaar"));

        Assert.Contains("wacht zonder afspraak", Assert.Single(Bevindingen(tekening)).Zin, StringComparison.Ordinal);
    }

    [Fact]
    public void Rondgaan_zonder_wachten_wordt_geweigerd()
    {
        var tekening = Stroom(
            [("een", "NetwerkRegie.WachtTeLangMelden", []), ("twee", "NetwerkRegie.WachtTeLangMelden", [])],
            ("een", "Klaar", "twee"), ("twee", "Klaar", "een"));

        Assert.Contains("rond zonder ooit te wachten", Assert.Single(Bevindingen(tekening)).Zin, StringComparison.Ordinal);
    }

    [Fact]
    public void Een_stroom_die_nooit_kan_eindigen_wordt_geweigerd()
    {
        var tekening = Stroom([Taak("bellen", "Gebeld")], ("bellen", "Gebeld", "bellen"), ("bellen", "Verlopen", "bellen"));

        Assert.Contains("nooit meer bij een einde", Assert.Single(Bevindingen(tekening)).Zin, StringComparison.Ordinal);
    }

    [Fact]
    public void Twee_takken_die_dezelfde_lijn_verleggen_worden_geweigerd()
    {
        var tekening = Stroom(
            [
                ("splitsen", "Elsa.FlowFork", new() { ["branches"] = Lijst("A", "B") }),
                Taak("een", "Ja"), Taak("ander", "Ja"),
                Afschalen("lichter"), Afschalen("nog-lichter"),
                ("samen", "Elsa.FlowJoin", new() { ["mode"] = Tekst("WaitAll") }),
                ("klaar", "Elsa.Finish", []),
            ],
            ("splitsen", "A", "een"), ("splitsen", "B", "ander"),
            ("een", "Ja", "lichter"), ("een", "Verlopen", "lichter"), ("ander", "Ja", "nog-lichter"), ("ander", "Verlopen", "nog-lichter"),
            ("lichter", "Klaar", "samen"), ("lichter", "Geweigerd", "samen"), ("nog-lichter", "Klaar", "samen"), ("nog-lichter", "Geweigerd", "samen"), ("samen", "Done", "klaar"));

        Assert.Contains(Bevindingen(tekening), b => b.Zin.Contains("ook de schaallijn", StringComparison.Ordinal));
    }

    [Fact]
    public void Na_een_samenkomst_mag_dezelfde_lijn_nog_eens_verlegd_worden()
    {
        var tekening = Stroom(
            [
                ("splitsen", "Elsa.FlowFork", new() { ["branches"] = Lijst("A", "B") }),
                Taak("een", "Ja"), Taak("ander", "Ja"), Afschalen("lichter"),
                ("samen", "Elsa.FlowJoin", new() { ["mode"] = Tekst("WaitAll") }),
                Afschalen("nog-lichter"), ("klaar", "Elsa.Finish", []),
            ],
            ("splitsen", "A", "een"), ("splitsen", "B", "ander"),
            ("een", "Ja", "lichter"), ("een", "Verlopen", "lichter"), ("lichter", "Klaar", "samen"), ("lichter", "Geweigerd", "samen"),
            ("ander", "Ja", "samen"), ("ander", "Verlopen", "samen"),
            ("samen", "Done", "nog-lichter"), ("nog-lichter", "Klaar", "klaar"), ("nog-lichter", "Geweigerd", "klaar"));

        Assert.DoesNotContain(Bevindingen(tekening), b => b.Zin.Contains("een andere tak", StringComparison.Ordinal));
    }

    [Fact]
    public void Een_samenkomst_die_op_een_tak_wacht_die_niet_komt_wordt_geweigerd()
    {
        var tekening = Stroom(
            [
                ("splitsen", "Elsa.FlowFork", new() { ["branches"] = Lijst("A", "B") }),
                Taak("een", "Ja"), Taak("ander", "Ja", "Nee"),
                ("samen", "Elsa.FlowJoin", new() { ["mode"] = Tekst("WaitAll") }),
                ("klaar", "Elsa.Finish", []), ("af", "Elsa.End", []),
            ],
            ("splitsen", "A", "een"), ("splitsen", "B", "ander"),
            ("een", "Ja", "samen"), ("een", "Verlopen", "samen"),
            ("ander", "Ja", "samen"), ("ander", "Verlopen", "samen"), ("ander", "Nee", "af"), ("samen", "Done", "klaar"));

        Assert.Contains(Bevindingen(tekening), b => b.Zin.Contains("wacht nog op een lijn waarlangs niets meer komt", StringComparison.Ordinal));
    }

    [Fact]
    public void Wat_na_een_herinnering_niet_meer_aan_de_beurt_komt_wordt_geweigerd()
    {
        // Counting visits, as Elsa does unless it is told otherwise: a step with two lines in waits for both in each round.
        var tekening = Lees("opschaling");
        tekening["customProperties"]!.AsObject().Clear();

        var bevinding = Bevindingen(tekening).First(b => b.Verhaal.Contains("'RVT vragen mee te doen' loopt af met 'Nee'."));

        Assert.Equal("Dan eindigt de stroom zonder 'Opschaling gaat niet door', want dat wacht nog op een lijn waarlangs niets meer komt.", bevinding.Zin);
    }

    [Fact]
    public void Een_keuze_op_een_vaste_waarde_is_te_bewijzen_en_op_een_berekening_niet()
    {
        Assert.Empty(Bevindingen(Keuze("getInput('naar') === 'consult'")));
        Assert.Contains("niet bewezen", Assert.Single(Bevindingen(Keuze("getInput('naar').includes('a')"))).Zin, StringComparison.Ordinal);

        static JsonObject Keuze(string voorwaarde)
        {
            var tekening = Stroom(
                [("kiezen", "Elsa.FlowDecision", new() { ["condition"] = Script(voorwaarde) }), Taak("een", "Ja"), ("klaar", "Elsa.Finish", [])],
                ("kiezen", "True", "een"), ("kiezen", "False", "klaar"), ("een", "Ja", "klaar"), ("een", "Verlopen", "klaar"));
            tekening["inputs"]!.AsArray().Add(new JsonObject { ["name"] = "naar", ["type"] = "String" });
            return tekening;
        }
    }

    [Fact]
    public void Wat_een_keuze_uitsluit_is_geen_vals_alarm()
    {
        // The second decision asks the same, so its other exit cannot be taken after the first.
        var tekening = Stroom(
            [
                ("eerst", "Elsa.FlowDecision", new() { ["condition"] = Script("getInput('naar') === 'consult'") }),
                ("dan", "Elsa.FlowDecision", new() { ["condition"] = Script("getInput('naar') === 'consult'") }),
                ("klaar", "Elsa.Finish", []), ("fout", "Elsa.Fault", new() { ["message"] = Tekst("kan niet") }),
            ],
            ("eerst", "True", "dan"), ("eerst", "False", "klaar"), ("dan", "True", "klaar"), ("dan", "False", "fout"));
        tekening["inputs"]!.AsArray().Add(new JsonObject { ["name"] = "naar", ["type"] = "String" });

        Assert.Equal(["Bij 'fout' komt de stroom nooit."], Bevindingen(tekening).Select(b => b.Zin));
    }

    [Theory]
    [InlineData("melding-tot-regisseur", "openen:Geopend kernteam:Verlopen kernteam-te-laat:Klaar kernteam:KernteamSamengesteld eerste-contact:Verlopen contact-te-laat:Klaar alsnog-contact:Verlopen alsnog-te-laat:Klaar")]
    [InlineData("melding-tot-regisseur", "openen:Gekoppeld beoordelen:Verlopen beoordelen-te-laat:Klaar")]
    [InlineData("overdracht", "antwoord:Aanvaard gesprek:Verlopen gesprek-te-laat:Klaar gesprek:Gevoerd overdragen:Geweigerd overdragen-kan-niet:Opnieuw overdragen:Klaar")]
    [InlineData("opschaling", "meedoen:Verlopen meedoen-te-laat:Klaar meedoen:Ja opschalen:Geweigerd kan-niet:Opnieuw opschalen:Klaar kernteam:KernteamUitgebreid evalueren:Verlopen evalueren-te-laat:Klaar")]
    [InlineData("opschaling", "opschalen-acuut:Klaar bewijs:Verlopen bewijs-te-laat:Klaar meedoen-acuut:Verlopen meedoen-acuut-te-laat:Klaar bewijs:Geleverd meedoen-acuut:Ja kernteam-acuut:KernteamUitgebreid evalueren-acuut:Verlopen evalueren-acuut-te-laat:Klaar")]
    [InlineData("vervanging", "begin:Begonnen starten:Klaar terugkeer:Verlopen te-laat:Klaar")]
    [InlineData("kaderovergang", "wijzigen:Klaar kaart:Verlopen te-laat:Klaar")]
    [InlineData("kaderovergang", "wijzigen:Geweigerd opnieuw-vastleggen:Verlopen")]
    [InlineData("knelpunt", "bemiddeling-nodig:NietNodig besluit:Verlopen al-bemiddeld:NietNodig bemiddeling-eerst:Verlopen naar-tactisch:Klaar besluit-tactisch:Verlopen naar-strategisch:Klaar besluit-strategisch:Verlopen te-laat:Klaar")]
    [InlineData("knelpunt", "bemiddeling-nodig:Nodig bemiddeling:Verlopen bemiddeling-te-laat:Klaar besluit:Verlopen al-bemiddeld:Nodig naar-tactisch:Klaar besluit-tactisch:Doorgezet naar-strategisch:Klaar")]
    [InlineData("noodoverdracht", "overdragen:Klaar gesprek:Verlopen te-laat:Klaar knelpunt:Klaar alsnog:Verlopen nog-te-laat:Klaar")]
    [InlineData("maatregel", "twaalf-weken:Gezien acht-weken:Gezien vier-weken:Gezien")]
    [InlineData("uitvoerder", "aanwijzen:Verlopen niemand:Klaar aanwijzen:Aangewezen voorstellen:Geweigerd zelf-voorstellen:Verlopen te-laat:Klaar")]
    [InlineData("verlenging", "besluit:Verlopen besluit-te-laat:Klaar besluit:Niet|verlengen raad-melden:Verlopen melden-te-laat:Klaar")]
    [InlineData("horen", "horen:Verlopen niet-gehoord:Klaar")]
    [InlineData("raadsonderzoek", "ontvangst:Verlopen geen-ontvangst:Klaar opnieuw:VtoOpnieuwVerstuurd ontvangst:Bevestigd onderzoek:Verlopen onderzoek-te-laat:Klaar onderzoek-nog:Vraagt|maatregel rechter:Verlopen rechter-te-laat:Klaar")]
    [InlineData("besluit-niet-verwerkt", "uitzoeken:Verlopen te-laat:Klaar")]
    [InlineData("afschaling", "afschalen:Klaar vertellen:Verlopen te-laat:Klaar")]
    public void Elke_stroom_van_het_product_loopt_ook_goed_af_vanaf_waar_zij_wacht(string stroom, string weg)
    {
        var stappen = new StapCatalogus();
        var definitie = WorkflowDefinition.Parse(Lees(stroom).ToJsonString());
        var journaal = new List<JournalEntry>();
        var wachtpunten = new Dictionary<string, Wachtpunt>();
        var invoer = new JsonObject(definitie.Inputs.Select(naam => KeyValuePair.Create(naam, (JsonNode?)JsonValue.Create(naam == "naar" ? "duo" : naam == "acuut" ? (weg.StartsWith("opschalen-acuut", StringComparison.Ordinal) ? "ja" : "nee") : "0197a000-0000-7000-8000-000000000001"))));
        if (stroom == "melding-tot-regisseur")
            invoer["melding"] = new JsonObject();
        var instance = Ga(WorkflowInstance.Create(definitie, "i", null), new Stimulus.Start(invoer, null));
        foreach (var stap in weg.Split(' ').Select(s => s.Replace('|', ' ').Split(':')))
        {
            var bookmark = instance.Bookmarks.Single(b => b.ActivityId == stap[0]);
            if (stappen[bookmark.Type].Wacht)
                Assert.Empty(Verkenning.Vanaf(definitie, stappen, instance, journaal, [.. wachtpunten.Values.Where(w => w.IsOpen)], heeftCasus: true).Bevindingen.Select(b => b.Tekst));
            wachtpunten[bookmark.Id].Afhandelen(stap[1], default);
            instance = Ga(instance, new Stimulus.Resume(bookmark.Id, stap[1], null));
        }

        Assert.Empty(Verkenning.Vanaf(definitie, stappen, instance, journaal, [.. wachtpunten.Values.Where(w => w.IsOpen)], heeftCasus: true).Bevindingen.Select(b => b.Tekst));

        WorkflowInstance Ga(WorkflowInstance van, Stimulus stimulus)
        {
            var gevolg = Interpreter.Advance(definitie, van, stimulus, new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero));
            journaal.AddRange(gevolg.Journal);
            foreach (var begonnen in gevolg.Effects.OfType<Effect.RunStep>())
                wachtpunten[begonnen.Bookmark.Id] = new()
                {
                    Id = Guid.Empty,
                    StroomId = Guid.Empty,
                    Bookmark = begonnen.Bookmark.Id,
                    CasusId = Guid.Empty,
                    Stap = begonnen.Bookmark.Type,
                    ActiviteitId = begonnen.Bookmark.ActivityId,
                    Titel = begonnen.Bookmark.ActivityName,
                    Uitgangen = stappen[begonnen.Bookmark.Type].UitgangenBij(begonnen.Inputs),
                    Sinds = default,
                };
            return gevolg.Instance;
        }
    }

    private IReadOnlyList<Bevinding> Bevindingen(JsonObject tekening)
    {
        var bevindingen = Keuring.Keur(tekening.ToJsonString());
        foreach (var bevinding in bevindingen)
            uitvoer.WriteLine($"{bevinding.ActiviteitId}: {bevinding.Tekst}");
        return bevindingen;
    }

    private static JsonObject Lees(string stroom) => JsonNode.Parse(File.ReadAllText(Repository.Path($"workflows/definities/{stroom}.json")))!.AsObject();

    private static JsonObject Activiteit(JsonObject tekening, string id) => tekening["root"]!["activities"]!.AsArray().Single(a => (string)a!["id"]! == id)!.AsObject();

    private static JsonNode Verbinding(JsonObject tekening, string activiteit, string uitgang) =>
        tekening["root"]!["connections"]!.AsArray().Single(c => (string)c!["source"]!["activity"]! == activiteit && (string)c["source"]!["port"]! == uitgang)!;

    private static void Weg(JsonObject tekening, string activiteit, string uitgang)
    {
        if (tekening["root"]!["connections"]!.AsArray().Any(c => (string)c!["source"]!["activity"]! == activiteit && (string)c["source"]!["port"]! == uitgang))
            tekening["root"]!["connections"]!.AsArray().Remove(Verbinding(tekening, activiteit, uitgang));
    }

    private static void Herleid(JsonObject tekening, string activiteit, string uitgang, string naar) => Verbinding(tekening, activiteit, uitgang)["target"]!["activity"] = naar;

    private static JsonObject Stroom((string Id, string Type, JsonObject Invoer)[] activiteiten, params (string Van, string Uitgang, string Naar)[] lijnen) => new()
    {
        ["id"] = "proef-1",
        ["definitionId"] = "proef",
        ["name"] = "Proef",
        ["version"] = 1,
        ["inputs"] = new JsonArray(),
        ["root"] = new JsonObject
        {
            ["id"] = "tekening",
            ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray([.. activiteiten.Select(a =>
            {
                a.Invoer["id"] = a.Id;
                a.Invoer["type"] = a.Type;
                return a.Invoer;
            })]),
            ["connections"] = new JsonArray([.. lijnen.Select(l => Lijn(l.Van, l.Uitgang, l.Naar))]),
        },
    };

    private static JsonObject Lijn(string van, string uitgang, string naar) => new()
    {
        ["source"] = new JsonObject { ["activity"] = van, ["port"] = uitgang },
        ["target"] = new JsonObject { ["activity"] = naar, ["port"] = "In" },
    };

    private static (string, string, JsonObject) Taak(string id, params string[] uitkomsten) => (id, "NetwerkRegie.Taak", new()
    {
        ["titel"] = Tekst("Iets doen"),
        ["voor"] = Tekst("regisseur"),
        ["termijn"] = Tekst("1 week"),
        ["vlottrekker"] = Tekst("leidinggevende van het team"),
        ["uitkomsten"] = Lijst(uitkomsten),
    });

    private static (string, string, JsonObject) Afschalen(string id) => (id, "NetwerkRegie.Afschalen", new() { ["naar"] = Tekst("lokaal"), ["resultaat"] = Tekst("rust") });

    private static JsonObject Tekst(string waarde) => Invoer("String", "Literal", waarde);

    private static JsonObject Script(string waarde) => Invoer("Boolean", "JavaScript", waarde);

    private static JsonObject Lijst(params string[] waarden) => Invoer("String[]", "Object", $"[{string.Join(',', waarden.Select(w => $"\"{w}\""))}]");

    private static JsonObject Invoer(string type, string soort, string waarde) => new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = soort, ["value"] = waarde } };
}
