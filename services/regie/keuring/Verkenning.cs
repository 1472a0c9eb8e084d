using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NetwerkRegie.Engine;

namespace NetwerkRegie.Regie;

/// <summary>
/// Loopt alles na wat een stroom kan overkomen: elke uitgang van elke stap, elke termijn die voorbijgaat, elke waarde waar een
/// keuze van afhangt. De engine zelf loopt, dus wat hier gebeurt kan echt gebeuren. Van de casus is alleen bekend hoe ver haar
/// onderwerpen zijn.
/// </summary>
/// <remarks>
/// Bounds: <see cref="HoogsteAantal"/> different situations, <see cref="HoogsteAantalStappen"/> bursts of the engine and
/// <see cref="HoogsteAantalTakken"/> waits at once; visits to a join are counted up to three rounds ahead, see <see cref="Signature"/>.
/// Beyond a bound the answer is "not proven".
/// </remarks>
internal sealed class Verkenning
{
    public const int HoogsteAantal = 5_000;
    public const int HoogsteAantalStappen = 50_000;
    public const int HoogsteAantalTakken = 12;

    // More would say the same again.
    private const int GenoegBevindingen = 10;

    private static readonly DateTimeOffset Nu = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);

    private readonly WorkflowDefinition _definitie;
    private readonly StapCatalogus _stappen;
    private readonly ILookup<string?, Influence> _invloeden;
    private readonly Dictionary<string, Situatie> _bekend = [];
    private readonly Queue<Situatie> _open = new();
    private readonly Dictionary<(string Soort, string? ActiviteitId), Bevinding> _bevindingen = [];
    private readonly HashSet<string> _begonnen = [];
    private int _stappenGezet;

    private Verkenning(WorkflowDefinition definitie, StapCatalogus stappen)
    {
        (_definitie, _stappen) = (definitie, stappen);
        _invloeden = Decisions.Of(definitie).Influences.ToLookup(i => i.ActivityId);
    }

    /// <summary>Wat er mis kan gaan, het kortste verhaal eerst; leeg als bewezen is dat dat niets is.</summary>
    public static IReadOnlyList<Bevinding> Van(WorkflowDefinition definitie, StapCatalogus stappen)
    {
        var verkenning = new Verkenning(definitie, stappen);
        verkenning.Loop();
        return [.. verkenning._bevindingen.Values];
    }

    /// <summary>
    /// Wat er nog mis kan gaan met een stroom die loopt, vanaf waar zij staat en met wat zij weet; en de stappen die nog kunnen
    /// beginnen. Hoe ver haar onderwerpen zijn, volgt uit haar journaal.
    /// </summary>
    /// <param name="wachtpunten">Waar zij op wacht, met de uitgangen die daar te kiezen zijn.</param>
    public static (IReadOnlyList<Bevinding> Bevindingen, IReadOnlySet<string> Volgende) Vanaf(WorkflowDefinition definitie, StapCatalogus stappen, WorkflowInstance instance, IReadOnlyList<JournalEntry> journaal, IReadOnlyList<Wachtpunt> wachtpunten, bool heeftCasus)
    {
        var verkenning = new Verkenning(definitie, stappen);
        verkenning.Kom(new(
            instance,
            verkenning.Onderwerpen(instance, journaal).SetItem(Onderwerp.Casus.Naam, heeftCasus ? Onderwerp.Casus.Begin : Onderwerp.GeenCasus),
            [],
            [.. definitie.Awaited(instance)],
            wachtpunten.ToImmutableDictionary(w => w.Bookmark, w => new JsonObject { ["uitkomsten"] = new JsonArray([.. w.Uitgangen.Where(u => u != Stap.Verlopen).Select(u => JsonValue.Create(u))]) }),
            [])
        {
            Zin = $"De stroom wacht bij {string.Join(" en ", instance.Bookmarks.Select(b => $"'{verkenning.Naam(b.ActivityId)}'"))}.",
        });
        verkenning.LoopVerder();
        return ([.. verkenning._bevindingen.Values], verkenning._begonnen);
    }

    private void Loop()
    {
        foreach (var begin in Beginnen())
            Kom(begin);
        LoopVerder();
        ZoekWatNooitBegint();
    }

    private void LoopVerder()
    {
        while (_open.TryDequeue(out var situatie))
        {
            // What stops the engine, such as a circle in one burst, is dear to find again and again.
            if (_bevindingen.Count >= GenoegBevindingen || _bevindingen.Keys.Any(b => b.Soort == Bevinding.Storing))
                return;
            if (Grens(situatie) is { } grens)
            {
                Vind(Bevinding.Grens, null, situatie, $"Of deze stroom altijd goed afloopt is niet bewezen: {grens}.", metVerhaal: false);
                return;
            }

            Volg(situatie);
        }

        ZoekRondgaanZonderWachten();
        ZoekWatNooitEindigt();
    }

    private string? Grens(Situatie situatie) =>
        _bekend.Count > HoogsteAantal ? $"hij kan in meer dan {HoogsteAantal} verschillende situaties komen"
        : _stappenGezet > HoogsteAantalStappen ? $"daarvoor zijn meer dan {HoogsteAantalStappen} stappen na te lopen"
        : situatie.Instance.Bookmarks.Count > HoogsteAantalTakken ? $"hij kan op meer dan {HoogsteAantalTakken} dingen tegelijk wachten"
        : null;

    // ---- Where it begins ----

    private IEnumerable<Situatie> Beginnen()
    {
        var onderwerpen = Onderwerp.Alle.Where(z => _definitie.Inputs.Contains(z.Invoer)).ToList();
        var begin = onderwerpen.ToImmutableSortedDictionary(z => z.Naam, z => z.Begin);
        string[] casussen = onderwerpen.Contains(Onderwerp.Melding) ? [Onderwerp.GeenCasus, Onderwerp.Casus.Begin] : [Onderwerp.Casus.Begin];
        var aanleiding = onderwerpen.Count > 0 ? onderwerpen[0].Aanleiding : $"Voor een casus begint de stroom '{_definitie.Name}'.";
        foreach (var casus in casussen)
            foreach (var invoer in Waarden(null, new(_definitie.Inputs.Select(naam => KeyValuePair.Create(naam, (JsonNode?)JsonValue.Create("(waarde)"))))))
                yield return Na(null, new Stimulus.Start(invoer.Waarde, null), begin.SetItem(Onderwerp.Casus.Naam, casus), [], invoer.Zin is { } zin ? $"{aanleiding} Daarbij is {zin}." : aanleiding, null);
    }

    // The same transitions by which the walk goes on, along what has happened already.
    private ImmutableSortedDictionary<string, string> Onderwerpen(WorkflowInstance instance, IReadOnlyList<JournalEntry> journaal)
    {
        var stand = Onderwerp.Alle.Where(z => instance.Input[z.Invoer] is not null).ToImmutableSortedDictionary(z => z.Naam, z => z.Begin);
        foreach (var regel in journaal)
            if (regel is { EventName: JournalEvents.Completed, Payload: { } payload } && _stappen.Vind(regel.ActivityType) is { } stap)
                foreach (var overgang in stap.Overgangen.Where(o => payload["outcomes"]!.AsArray().Any(u => $"{u}" == o.Uitgang) && stand.GetValueOrDefault(o.Onderwerp.Naam) == o.Van).DistinctBy(o => o.Onderwerp).ToList())
                    stand = stand.SetItem(overgang.Onderwerp.Naam, overgang.Naar);
        return stand;
    }

    // Every combination of the values on which a choice depends.
    private IEnumerable<(JsonObject Waarde, string? Zin)> Waarden(string? activiteitId, JsonObject basis)
    {
        IEnumerable<(JsonObject Waarde, string? Zin)> combinaties = [(basis, null)];
        foreach (var invloed in _invloeden[activiteitId])
            combinaties = combinaties.SelectMany(c => invloed.Candidates.Select(kandidaat =>
                (Met(c.Waarde, invloed.Path, kandidaat), (string?)$"{(c.Zin is null ? "" : $"{c.Zin} en ")}{string.Join('.', invloed.Path)} {kandidaat?.ToString() ?? "leeg"}")));
        return combinaties;
    }

    private static JsonObject Met(JsonObject object_, IReadOnlyList<string> pad, JsonNode? waarde)
    {
        var kopie = object_.DeepClone().AsObject();
        var hier = kopie;
        foreach (var naam in pad.SkipLast(1))
            hier = hier[naam] as JsonObject ?? (JsonObject)(hier[naam] = new JsonObject());
        hier[pad[^1]] = waarde?.DeepClone();
        return kopie;
    }

    // ---- What can happen next ----

    private void Volg(Situatie situatie)
    {
        if (situatie.Instance.Incidents.Count > 0)
            return;
        if (situatie.Meteen.IsEmpty && situatie.Instance.Status == WorkflowStatus.Finished)
        {
            Eindigt(situatie);
            return;
        }

        ZoekTweeTakken(situatie);
        // Steps that do not wait run in the same burst, one after the other, before anything else can happen.
        if (situatie.Meteen.IsEmpty)
            foreach (var bookmark in situatie.Instance.Bookmarks)
                foreach (var volgende in Vervolgen(situatie, bookmark))
                    Kom(volgende);
        else
            foreach (var volgende in Vervolgen(situatie, situatie.Instance.Bookmarks.Single(b => b.Id == situatie.Meteen.Peek())))
                Kom(volgende);
    }

    private IEnumerable<Situatie> Vervolgen(Situatie situatie, Bookmark bookmark)
    {
        if (_stappen.Vind(bookmark.Type) is not { } stap)
            return Stimuli(bookmark).Select(s => Na(situatie, s.Stimulus, situatie.Onderwerpen, situatie.Meteen, s.Zin, bookmark));

        var uitgangen = Mogelijk(situatie, bookmark, stap).ToList();
        if (uitgangen.Count == 0)
        {
            Vind(Bevinding.KanNiet, bookmark.ActivityId, situatie, $"Dan komt '{bookmark.ActivityName}' aan de beurt, maar dat kan dan niet: {Waarom(situatie, stap)}.");
            return [];
        }

        return uitgangen.SelectMany(uitgang =>
        {
            if (_definitie.Exits(bookmark.ActivityId) is { } getekend && !getekend.Any(e => e.Outcome == uitgang.Naam))
                Vind($"{Bevinding.Uitgang} {uitgang.Naam}", bookmark.ActivityId, situatie, $"{Zin(bookmark, stap, uitgang.Naam)} Dan gebeurt er niets, want de uitgang '{uitgang.Naam}' gaat nergens heen.");
            return Waarden(bookmark.ActivityId, _definitie.SampleResult(bookmark.ActivityId)).Select(resultaat => Na(
                situatie,
                new Stimulus.Resume(bookmark.Id, uitgang.Naam, resultaat.Waarde),
                uitgang.Onderwerpen,
                stap.Wacht ? situatie.Meteen : situatie.Meteen.Dequeue(),
                resultaat.Zin is { } zin ? $"{Zin(bookmark, stap, uitgang.Naam)} Daarbij is {zin}." : Zin(bookmark, stap, uitgang.Naam),
                bookmark));
        });
    }

    private static IEnumerable<(Stimulus Stimulus, string Zin)> Stimuli(Bookmark bookmark) => bookmark.Type switch
    {
        "Elsa.Event" => [(new Stimulus.EventReceived($"{bookmark.Payload?["eventName"]}", null), $"De gebeurtenis van '{bookmark.ActivityName}' komt.")],
        "Elsa.RunTask" => [(new Stimulus.Resume(bookmark.Id, null, null), $"'{bookmark.ActivityName}' is gedaan.")],
        "Elsa.Delay" or "Elsa.Timer" or "Elsa.StartAt" or "Elsa.Cron" => [(new Stimulus.TimerElapsed(bookmark.Id), $"De tijd van '{bookmark.ActivityName}' is om.")],
        _ => [(new Stimulus.WorkflowCompleted(bookmark.Id, false, []), $"De stroom van '{bookmark.ActivityName}' is klaar."), (new Stimulus.WorkflowCompleted(bookmark.Id, true, []), $"De stroom van '{bookmark.ActivityName}' is afgebroken.")],
    };

    // An exit is possible when every onderwerp that the step touches can take it from where it is.
    private static IEnumerable<(string Naam, ImmutableSortedDictionary<string, string> Onderwerpen)> Mogelijk(Situatie situatie, Bookmark bookmark, Stap stap)
    {
        if (situatie.Onderwerpen[Onderwerp.Casus.Naam] == Onderwerp.GeenCasus && !stap.Overgangen.Any(o => o.Onderwerp == Onderwerp.Casus))
            yield break;
        foreach (var uitgang in stap.UitgangenBij(situatie.Invoer[bookmark.Id]))
        {
            var onderwerpen = situatie.Onderwerpen;
            var kan = true;
            foreach (var onderwerp in stap.Overgangen.Select(o => o.Onderwerp).Distinct())
                if (stap.Overgangen.FirstOrDefault(o => o.Onderwerp == onderwerp && o.Uitgang == uitgang && situatie.Onderwerpen.GetValueOrDefault(onderwerp.Naam) == o.Van) is { } overgang)
                    onderwerpen = onderwerpen.SetItem(onderwerp.Naam, overgang.Naar);
                else
                    kan = false;
            if (kan)
                yield return (uitgang, onderwerpen);
        }
    }

    private static string Waarom(Situatie situatie, Stap stap)
    {
        if (situatie.Onderwerpen[Onderwerp.Casus.Naam] == Onderwerp.GeenCasus)
            return "er is nog geen casus";
        var onderwerp = stap.Overgangen.Select(o => o.Onderwerp).First(z => !stap.Overgangen.Any(o => o.Onderwerp == z && situatie.Onderwerpen.GetValueOrDefault(z.Naam) == o.Van));
        return situatie.Onderwerpen.TryGetValue(onderwerp.Naam, out var stand) ? $"de {onderwerp.Naam} is {stand}, en dat moet {string.Join(" of ", stap.Overgangen.Where(o => o.Onderwerp == onderwerp).Select(o => o.Van).Distinct())} zijn" : $"de stroom gaat niet over een {onderwerp.Naam}";
    }

    private Situatie Na(Situatie? vorige, Stimulus stimulus, ImmutableSortedDictionary<string, string> onderwerpen, ImmutableQueue<string> meteen, string zin, Bookmark? door)
    {
        _stappenGezet++;
        var gevolg = Interpreter.Advance(_definitie, vorige?.Instance ?? WorkflowInstance.Create(_definitie, "keuring", "casus"), stimulus, Nu);
        var invoer = vorige?.Invoer ?? ImmutableDictionary<string, JsonObject>.Empty;
        foreach (var stap in gevolg.Effects.OfType<Effect.RunStep>())
        {
            invoer = invoer.SetItem(stap.Bookmark.Id, stap.Inputs);
            if (_stappen.Vind(stap.Bookmark.Type) is { Wacht: false })
                meteen = meteen.Enqueue(stap.Bookmark.Id);
        }

        var wachtend = gevolg.Instance.Bookmarks.Select(b => b.Id).ToHashSet();
        return new(gevolg.Instance, onderwerpen, [.. meteen.Where(wachtend.Contains)], Samenkomsten(vorige?.Samenkomsten ?? [], gevolg.Journal), invoer.RemoveRange(invoer.Keys.Where(id => !wachtend.Contains(id))), gevolg.Journal)
        {
            Begonnen = [.. gevolg.Effects.OfType<Effect.RunStep>().Select(s => s.Bookmark)],
            Vorige = vorige,
            Zin = zin,
            Door = door,
            Stimulus = stimulus,
        };
    }

    // Steps that a line has led to, and that have not begun: a join, or a step that waits for all of its lines.
    private ImmutableSortedSet<string> Samenkomsten(ImmutableSortedSet<string> bereikt, IEnumerable<JournalEntry> regels)
    {
        foreach (var regel in regels)
            if (regel.EventName == JournalEvents.Started)
                bereikt = bereikt.Remove(regel.ActivityId);
            else if (regel is { EventName: JournalEvents.Completed, Payload: { } payload } && _definitie.Exits(regel.ActivityId) is { Count: > 0 } exits)
                bereikt = bereikt.Union(exits.Where(e => payload["outcomes"]!.AsArray().Any(o => $"{o}" == e.Outcome)).Select(e => e.Target));
        return bereikt;
    }

    private void Kom(Situatie situatie)
    {
        foreach (var regel in situatie.Journaal.Where(r => r.EventName == JournalEvents.Started))
            _begonnen.Add(regel.ActivityId);
        if (situatie.Instance.Incidents is [var storing, ..])
            Vind(Bevinding.Storing, storing.ActivityId, situatie, $"Dan valt '{storing.ActivityName ?? storing.ActivityId}' stil met een storing: {storing.Message}");

        var kenmerk = situatie.Kenmerk(_definitie);
        if (_bekend.TryGetValue(kenmerk, out var bekend))
        {
            situatie.Vorige?.Volgende.Add((bekend, situatie.Door!));
            return;
        }

        _bekend[kenmerk] = situatie;
        situatie.Vorige?.Volgende.Add((situatie, situatie.Door!));
        _open.Enqueue(situatie);
    }

    // ---- What can be wrong ----

    private void Eindigt(Situatie situatie)
    {
        if (situatie.Samenkomsten is [var samenkomst, ..])
            Vind(Bevinding.Samenkomst, samenkomst, situatie, $"Dan eindigt de stroom zonder '{Naam(samenkomst)}', want dat wacht nog op een lijn waarlangs niets meer komt.");
        foreach (var onderwerp in Onderwerp.Alle)
            if (situatie.Onderwerpen.TryGetValue(onderwerp.Naam, out var stand) && stand != Onderwerp.Dicht)
                Vind($"{Bevinding.Open} {onderwerp.Naam}", situatie.Door?.ActivityId, situatie, $"Dan eindigt de stroom. {onderwerp.BlijftLiggen}");
    }

    private void ZoekTweeTakken(Situatie situatie)
    {
        if (situatie.Instance.Bookmarks.Count < 2)
            return;
        foreach (var een in situatie.Instance.Bookmarks)
            foreach (var (lijn, eerst, na) in Verleggingen(situatie, een))
                foreach (var ander in na.Instance.Bookmarks.Where(b => b.Id != een.Id && situatie.Instance.Bookmarks.Any(s => s.Id == b.Id)))
                    if (Verleggingen(na, ander).FirstOrDefault(v => v.Lijn == lijn) is { Lijn: not null } tweede)
                        Vind(Bevinding.TweeTakken, eerst, na, $"Intussen loopt een andere tak, en daar verlegt '{Naam(tweede.ActiviteitId)}' ook de {lijn}lijn: welke van de twee het laatst komt, is toeval.");
    }

    // What resuming this moves at once: the step itself, or those that run right after it.
    private IEnumerable<(string Lijn, string ActiviteitId, Situatie Na)> Verleggingen(Situatie situatie, Bookmark bookmark)
    {
        if (_stappen.Vind(bookmark.Type) is not { } stap || !situatie.Invoer.ContainsKey(bookmark.Id))
            yield break;
        foreach (var (uitgang, onderwerpen) in Mogelijk(situatie, bookmark, stap))
        {
            var na = Na(situatie, new Stimulus.Resume(bookmark.Id, uitgang, _definitie.SampleResult(bookmark.ActivityId)), onderwerpen, [], Zin(bookmark, stap, uitgang), bookmark);
            if (stap.Verlegt is { } zelf)
                yield return (zelf, bookmark.ActivityId, na);
            foreach (var begonnen in na.Begonnen)
                if (_stappen.Vind(begonnen.Type) is { Wacht: false, Verlegt: { } lijn })
                    yield return (lijn, begonnen.ActivityId, na);
        }
    }

    private void ZoekRondgaanZonderWachten()
    {
        var klaar = new HashSet<Situatie>();
        foreach (var begin in _bekend.Values.Where(s => !s.Meteen.IsEmpty))
        {
            var pad = new HashSet<Situatie>();
            for (var hier = begin; hier is { Meteen.IsEmpty: false } && !klaar.Contains(hier); hier = hier.Volgende.Select(v => v.Situatie).FirstOrDefault(v => !v.Meteen.IsEmpty && !klaar.Contains(v)))
                if (!pad.Add(hier))
                {
                    Vind(Bevinding.Rondgaan, hier.Volgende[0].Door.ActivityId, hier, $"Vanaf '{hier.Volgende[0].Door.ActivityName}' gaat de stroom dan rond zonder ooit te wachten.");
                    break;
                }

            klaar.UnionWith(pad);
        }
    }

    private void ZoekWatNooitEindigt()
    {
        if (_bevindingen.Count > 0)
            return;
        var voor = _bekend.Values.SelectMany(s => s.Volgende.Select(v => (Van: s, Naar: v.Situatie))).ToLookup(v => v.Naar, v => v.Van);
        var eindigt = _bekend.Values.Where(s => s.Meteen.IsEmpty && s.Instance.Status == WorkflowStatus.Finished).ToHashSet();
        var open = new Queue<Situatie>(eindigt);
        while (open.TryDequeue(out var situatie))
            foreach (var vorige in voor[situatie])
                if (eindigt.Add(vorige))
                    open.Enqueue(vorige);
        if (_bekend.Values.FirstOrDefault(s => !eindigt.Contains(s)) is { } vast)
        {
            var terug = vast.Instance.Bookmarks is [var bookmark, ..] ? bookmark : null;
            Vind(Bevinding.Eindeloos, terug?.ActivityId, vast, $"Vanaf daar komt de stroom nooit meer bij een einde{(terug is null ? "" : $"; hij blijft terugkomen bij '{terug.ActivityName}'")}.");
        }
    }

    private void ZoekWatNooitBegint()
    {
        if (_bevindingen.Count == 0)
            foreach (var activiteit in _definitie.Activities.Where(a => !_begonnen.Contains(a.Id)))
                Vind(Bevinding.Dood, activiteit.Id, null, $"Bij '{activiteit.DisplayName}' komt de stroom nooit.");
    }

    // Situations are found in the order of their distance, so the first story is the shortest.
    private void Vind(string soort, string? activiteitId, Situatie? situatie, string zin, bool metVerhaal = true) =>
        _bevindingen.TryAdd((soort, activiteitId), new(activiteitId, zin)
        {
            Soort = soort.Split(' ')[0],
            Verhaal = metVerhaal && situatie is not null ? Verhaal(situatie) : [],
            Weg = metVerhaal && situatie is not null ? [.. Terug(situatie).Select(s => s.Stimulus).OfType<Stimulus>().Reverse()] : [],
        });

    private string Naam(string activiteitId) => _definitie.Activities.Single(a => a.Id == activiteitId).DisplayName;

    private static string Zin(Bookmark bookmark, Stap stap, string uitgang) => uitgang switch
    {
        _ when uitgang == stap.BijVerlopen && stap.Wacht => $"Bij '{bookmark.ActivityName}' gaat de termijn voorbij.",
        Stap.Klaar => $"'{bookmark.ActivityName}' gebeurt.",
        Stap.Geweigerd when !stap.Wacht => $"'{bookmark.ActivityName}' kan niet doorgaan.",
        _ => $"'{bookmark.ActivityName}' loopt af met '{uitgang}'.",
    };

    private static IEnumerable<Situatie> Terug(Situatie situatie)
    {
        for (var hier = situatie; hier is not null; hier = hier.Vorige)
            yield return hier;
    }

    // At most ten sentences with the conclusion: of a long way, where it began and how it ended.
    private static List<string> Verhaal(Situatie situatie)
    {
        var zinnen = Terug(situatie).Select(s => s.Zin).Reverse().ToList();
        return zinnen.Count <= 7 ? zinnen : [zinnen[0], $"Er gebeurt van alles ({zinnen.Count - 6} stappen).", .. zinnen.TakeLast(5)];
    }

    /// <summary>Waar een stroom kan zijn: de engine, hoe ver de onderwerpen van de casus zijn, en wat er in deze burst nog komt.</summary>
    private sealed record Situatie(
        WorkflowInstance Instance,
        ImmutableSortedDictionary<string, string> Onderwerpen,
        ImmutableQueue<string> Meteen,
        ImmutableSortedSet<string> Samenkomsten,
        ImmutableDictionary<string, JsonObject> Invoer,
        IReadOnlyList<JournalEntry> Journaal)
    {
        public Situatie? Vorige { get; init; }
        public required string Zin { get; init; }
        public Bookmark? Door { get; init; }

        /// <summary>What the engine was told last; null where a running flow was found.</summary>
        public Stimulus? Stimulus { get; init; }

        /// <summary>The steps that this made begin.</summary>
        public IReadOnlyList<Bookmark> Begonnen { get; init; } = [];
        public List<(Situatie Situatie, Bookmark Door)> Volgende { get; } = [];

        public string Kenmerk(WorkflowDefinition definitie) => string.Join('#',
            Signature.Of(definitie, Instance),
            string.Join(',', Onderwerpen.Select(z => $"{z.Key}={z.Value}")),
            string.Join(',', Meteen.Select(id => Instance.Bookmarks.Single(b => b.Id == id).ActivityId)),
            string.Join(',', Samenkomsten));

        public bool Equals(Situatie? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
