using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using NetwerkRegie.Engine;
using NetwerkRegie.Regie;
using NetwerkRegie.Termijnen;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>
/// Willekeurige tekeningen tegen willekeurige lopen. Wat is goedgekeurd valt in geen enkele loop stil, laat geen getekende lijn
/// liggen, en kan vanuit elke situatie nog eindigen.
/// </summary>
public sealed class KeuringProperties
{
    private const int Lopen = 20;
    private const int LopenOmTeKijken = 4;
    private const int Stappen = 60;

    private static readonly StapCatalogus Catalogus = new();
    private static readonly Keuring Keuring = new(Catalogus, Termijnboek.Standaard);
    private static readonly DateTimeOffset Nu = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Een_goedgekeurde_stroom_loopt_nooit_vast_en_is_goedgekeurd_vanaf_elke_plaats_waar_zij_wacht()
    {
        var (goedgekeurd, plaatsen) = (0, 0);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), zaad =>
        {
            var toeval = new System.Random(zaad);
            var definitie = WorkflowDefinition.Parse(Tekening(toeval).ToJsonString());
            if (Keuring.Keur(definitie).Count > 0)
                return;
            goedgekeurd++;
            for (var keer = 0; keer < Lopen; keer++)
                if (Loop(definitie, toeval, keer < LopenOmTeKijken ? Bekijk : null) is { } fout)
                    Assert.Fail($"{fout}\n{definitie.ToJson()}");

            void Bekijk(WorkflowInstance instance, IReadOnlyList<JournalEntry> journaal)
            {
                plaatsen++;
                var (bevindingen, volgende) = Verkenning.Vanaf(definitie, Catalogus, instance, journaal, [.. instance.Bookmarks.Select(Wachtpunt)], heeftCasus: true);
                Assert.True(bevindingen.Count == 0, $"{string.Join(' ', bevindingen.Select(b => b.Tekst))}\n{instance.ToJson()}\n{definitie.ToJson()}");
                Assert.Subset(definitie.Activities.Select(a => a.Id).ToHashSet(), volgende.ToHashSet());
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
        Assert.True(goedgekeurd > 30, $"Maar {goedgekeurd} tekeningen zijn goedgekeurd; zo bewijst dit weinig.");
        Assert.True(plaatsen > 50, $"Maar {plaatsen} plaatsen; zo bewijst dit weinig.");

        static Wachtpunt Wachtpunt(Bookmark b) => new()
        {
            Id = Guid.Empty,
            StroomId = Guid.Empty,
            Bookmark = b.Id,
            CasusId = Guid.Empty,
            Stap = b.Type,
            ActiviteitId = b.ActivityId,
            Titel = b.ActivityName,
            Uitgangen = ["Ja", Stap.Verlopen],
            Sinds = Nu,
        };
    }

    [Fact]
    public void Wat_is_afgekeurd_gaat_in_de_engine_echt_mis()
    {
        var gezien = new Dictionary<string, int>();
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), zaad =>
        {
            var toeval = new System.Random(zaad);
            var definitie = WorkflowDefinition.Parse(Tekening(toeval, metGaten: true).ToJsonString());
            foreach (var bevinding in Keuring.Keur(definitie).Where(b => b.Soort is not null and not Bevinding.Grens))
            {
                gezien[bevinding.Soort!] = gezien.GetValueOrDefault(bevinding.Soort!) + 1;
                Assert.True(GaatMis(definitie, bevinding, toeval), $"{bevinding.Soort}: {bevinding.Tekst}\n{definitie.ToJson()}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
        foreach (var soort in new[] { Bevinding.Uitgang, Bevinding.Storing, Bevinding.Samenkomst, Bevinding.Rondgaan, Bevinding.Dood })
            Assert.True(gezien.GetValueOrDefault(soort) >= 3, $"{soort} kwam te weinig voor: {string.Join(", ", gezien)}");
    }

    // Goes the way that was found, with the engine and nothing else, and looks whether there is what was said.
    private static bool GaatMis(WorkflowDefinition definitie, Bevinding bevinding, System.Random toeval)
    {
        var stand = WorkflowInstance.Create(definitie, "keuring", "casus");
        var journaal = new List<JournalEntry>();
        foreach (var stimulus in bevinding.Weg)
        {
            var gevolg = Interpreter.Advance(definitie, stand, stimulus, Nu);
            stand = gevolg.Instance;
            journaal.AddRange(gevolg.Journal);
        }

        var staat = stand.Bookmarks.Any(b => b.ActivityId == bevinding.ActiviteitId);
        return bevinding.Soort switch
        {
            Bevinding.Storing => stand.Incidents.Any(i => i.ActivityId == bevinding.ActiviteitId),
            // It stands there, and has an exit without a line; or a step that the casus does not allow there.
            Bevinding.Uitgang => staat && Uitgangen(stand.Bookmarks.First(b => b.ActivityId == bevinding.ActiviteitId)).Any(u => !definitie.Exits(bevinding.ActiviteitId!)!.Any(e => e.Outcome == u)),
            Bevinding.KanNiet => staat,
            Bevinding.Samenkomst => stand.Status == WorkflowStatus.Finished && !Begonnen(journaal.Skip(journaal.FindLastIndex(r => LeidtNaar(r, bevinding.ActiviteitId!)) + 1)).Contains(bevinding.ActiviteitId!),
            // From there no step waits until it is back.
            Bevinding.Rondgaan => KomtTerug(definitie, stand, bevinding.ActiviteitId!),
            Bevinding.TweeTakken => stand.Bookmarks.Count > 0,
            Bevinding.Open => stand.Status == WorkflowStatus.Finished,
            Bevinding.Eindeloos => Enumerable.Range(0, Lopen).All(_ => Verder(definitie, stand, toeval).Instance.Status != WorkflowStatus.Finished),
            Bevinding.Dood => Enumerable.Range(0, Lopen).All(_ => !Begonnen(Verder(definitie, null, toeval).Journaal).Contains(bevinding.ActiviteitId!)),
            _ => false,
        };

        bool LeidtNaar(JournalEntry regel, string activiteit) =>
            regel is { EventName: JournalEvents.Completed, Payload: { } payload } && (definitie.Exits(regel.ActivityId) ?? []).Any(e => e.Target == activiteit && payload["outcomes"]!.AsArray().Any(o => $"{o}" == e.Outcome));
    }

    private static bool KomtTerug(WorkflowDefinition definitie, WorkflowInstance stand, string activiteit)
    {
        var gezien = new HashSet<string>();
        var open = new Queue<(WorkflowInstance Stand, int Diepte)>([(stand, 0)]);
        while (open.TryDequeue(out var hier))
            foreach (var bookmark in hier.Stand.Bookmarks.Where(b => !Catalogus[b.Type].Wacht))
                foreach (var uitgang in Uitgangen(bookmark))
                {
                    var na = Interpreter.Advance(definitie, hier.Stand, new Stimulus.Resume(bookmark.Id, uitgang, null), Nu).Instance;
                    if (hier.Diepte > 0 && na.Bookmarks.Any(b => b.ActivityId == activiteit))
                        return true;
                    if (hier.Diepte < Stappen && gezien.Add(string.Join(',', na.Bookmarks.Select(b => b.ActivityId))))
                        open.Enqueue((na, hier.Diepte + 1));
                }

        return stand.Bookmarks.Any(b => b.ActivityId == activiteit) && gezien.Contains(string.Join(',', stand.Bookmarks.Select(b => b.ActivityId)));
    }

    // At random, until it ends, stands still, or has gone on for long.
    private static (WorkflowInstance Instance, IReadOnlyList<JournalEntry> Journaal) Verder(WorkflowDefinition definitie, WorkflowInstance? stand, System.Random toeval)
    {
        var journaal = new List<JournalEntry>();
        if (stand is null)
            Lees(Begin(definitie, "casus", toeval));
        for (var stap = 0; stap < Stappen && stand!.Incidents.Count == 0 && stand.Bookmarks.Count > 0; stap++)
            Lees(Antwoord(definitie, stand, toeval));
        return (stand!, journaal);

        void Lees(AdvanceResult gevolg)
        {
            stand = gevolg.Instance;
            journaal.AddRange(gevolg.Journal);
        }
    }

    private static AdvanceResult Begin(WorkflowDefinition definitie, string? casus, System.Random toeval) =>
        Interpreter.Advance(definitie, WorkflowInstance.Create(definitie, "loop", casus), new Stimulus.Start(new JsonObject { ["naar"] = toeval.Next(3) switch { 0 => "consult", 1 => "duo", _ => null } }, null), Nu);

    // As in a burst: steps that do not wait are done before anything else can happen.
    private static AdvanceResult Antwoord(WorkflowDefinition definitie, WorkflowInstance stand, System.Random toeval)
    {
        var bookmark = stand.Bookmarks.FirstOrDefault(b => !Catalogus[b.Type].Wacht) ?? stand.Bookmarks[toeval.Next(stand.Bookmarks.Count)];
        var uitgangen = Uitgangen(bookmark);
        return Interpreter.Advance(definitie, stand, new Stimulus.Resume(bookmark.Id, uitgangen[toeval.Next(uitgangen.Count)], null), Nu);
    }

    private static HashSet<string> Begonnen(IEnumerable<JournalEntry> journaal) => [.. journaal.Where(r => r.EventName == JournalEvents.Started).Select(r => r.ActivityId)];

    private static IReadOnlyList<string> Uitgangen(Bookmark bookmark) => bookmark.Type == "NetwerkRegie.Taak" ? ["Ja", Stap.Verlopen] : Catalogus[bookmark.Type].Uitgangen;

    // One walk through a flow in which everything that waits is answered at random, until it ends.
    private static string? Loop(WorkflowDefinition definitie, System.Random toeval, Action<WorkflowInstance, IReadOnlyList<JournalEntry>>? onderweg = null)
    {
        var stand = Begin(definitie, null, toeval);
        var open = new HashSet<string>();
        var journaal = new List<JournalEntry>();
        Lees(stand.Journal);
        for (var stap = 0; stap < Stappen; stap++)
        {
            if (stand.Instance.Incidents.Count > 0)
                return $"storing: {stand.Instance.Incidents[0].Message}";
            if (stand.Instance.Status == WorkflowStatus.Finished)
                return open.Count == 0 ? null : $"een lijn naar {string.Join(", ", open)} bleef liggen";
            if (stand.Instance.Bookmarks.Count == 0)
                return "niets wacht en niets is klaar";
            if (stand.Instance.Bookmarks.All(b => Catalogus[b.Type].Wacht))
                onderweg?.Invoke(stand.Instance, journaal);
            stand = Antwoord(definitie, stand.Instance, toeval);
            Lees(stand.Journal);
        }

        return null;

        void Lees(IReadOnlyList<JournalEntry> regels)
        {
            journaal.AddRange(regels);
            foreach (var regel in regels)
                if (regel.EventName == JournalEvents.Started)
                    open.Remove(regel.ActivityId);
                else if (regel is { EventName: JournalEvents.Completed, Payload: { } payload })
                    open.UnionWith((definitie.Exits(regel.ActivityId) ?? []).Where(e => payload["outcomes"]!.AsArray().Any(o => $"{o}" == e.Outcome)).Select(e => e.Target));
        }
    }

    // Every exit leads somewhere, mostly onward and sometimes back; everything else is chance.
    private static JsonObject Tekening(System.Random toeval, bool metGaten = false)
    {
        var aantal = toeval.Next(1, 6);
        var stappen = new JsonArray();
        var lijnen = new JsonArray();
        for (var i = 0; i < aantal; i++)
        {
            var (type, uitgangen) = toeval.Next(6) switch
            {
                0 => ("NetwerkRegie.WachtTeLangMelden", ["Klaar"]),
                1 => ("Elsa.FlowDecision", ["True", "False"]),
                2 => ("Elsa.FlowFork", ["A", "B"]),
                3 => ("Elsa.FlowJoin", new[] { "Done" }),
                4 => ("NetwerkRegie.Afschalen", ["Klaar", "Geweigerd"]),
                _ => ("NetwerkRegie.Taak", ["Ja", "Verlopen"]),
            };
            stappen.Add(Activiteit($"s{i}", type, toeval));
            foreach (var uitgang in uitgangen.Where(_ => !metGaten || toeval.Next(10) > 0))
                lijnen.Add(Lijn($"s{i}", uitgang, toeval.Next(6) == 0 ? toeval.Next(aantal) : toeval.Next(i + 1, aantal + 1)));
        }

        stappen.Add(new JsonObject { ["id"] = $"s{aantal}", ["type"] = "Elsa.End" });
        return new JsonObject
        {
            ["id"] = "proef-1",
            ["definitionId"] = "proef",
            ["version"] = 1,
            ["customProperties"] = toeval.Next(2) == 0 ? new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" } : [],
            ["inputs"] = new JsonArray(new JsonObject { ["name"] = "naar", ["type"] = "String" }),
            ["root"] = new JsonObject { ["id"] = "tekening", ["type"] = "Elsa.Flowchart", ["start"] = "s0", ["activities"] = stappen, ["connections"] = lijnen },
        };
    }

    private static JsonObject Activiteit(string id, string type, System.Random toeval)
    {
        JsonObject velden = type switch
        {
            "Elsa.FlowDecision" => new() { ["condition"] = Waarde("Boolean", "JavaScript", toeval.Next(2) == 0 ? "getInput('naar') === 'consult'" : "isNullOrEmpty(getInput('naar'))") },
            "Elsa.FlowFork" => new() { ["branches"] = Waarde("String[]", "Object", """["A","B"]""") },
            "Elsa.FlowJoin" => new() { ["mode"] = Waarde("String", "Literal", toeval.Next(3) switch { 0 => "WaitAll", 1 => "WaitAny", _ => "WaitAllActive" }) },
            "NetwerkRegie.Afschalen" => new() { ["naar"] = Waarde("String", "Literal", "lokaal"), ["resultaat"] = Waarde("String", "Literal", "rust") },
            "NetwerkRegie.Taak" => new()
            {
                ["titel"] = Waarde("String", "Literal", "Iets doen"),
                ["voor"] = Waarde("String", "Literal", "regisseur"),
                ["termijn"] = Waarde("String", "Literal", "1 week"),
                ["vlottrekker"] = Waarde("String", "Literal", "leidinggevende"),
                ["uitkomsten"] = Waarde("String[]", "Object", """["Ja"]"""),
            },
            _ => [],
        };
        (velden["id"], velden["type"]) = (id, type);
        return velden;
    }

    private static JsonObject Waarde(string type, string soort, string waarde) => new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = soort, ["value"] = waarde } };

    private static JsonObject Lijn(string van, string uitgang, int naar) => new()
    {
        ["source"] = new JsonObject { ["activity"] = van, ["port"] = uitgang },
        ["target"] = new JsonObject { ["activity"] = $"s{naar}", ["port"] = "In" },
    };
}
