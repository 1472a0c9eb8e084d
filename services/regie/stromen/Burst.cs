using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Engine;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Everything that happens to one casus in one transaction: what someone did, and then the flows as far as they can go.
/// A burst happened or it did not; there is nothing between.
/// </summary>
internal sealed class Burst(RegieDbContext db, Database database, Guid casusId, DateTimeOffset nu, StapCatalogus stappen, Definities definities, Termijnboek termijnen, CancellationToken ct)
{
    // Flows of one casus start and wake each other; more than this in one burst is a circle.
    private const int MaxAdvances = 1000;

    private static readonly JsonSerializerOptions Leesbaar = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Queue<(Lopend Stroom, Stimulus Stimulus)> _werk = new();
    private readonly Dictionary<Guid, Lopend> _stromen = [];
    private readonly List<IGebeurtenis> _gebeurd = [];
    private readonly Dictionary<Guid, Wachtpunt> _verlopen = [];
    private readonly HashSet<Guid> _teLang = [];
    private Casus? _casus;
    private int _gemeld;
    private int _advances;
    private bool _isGeopend;

    public RegieDbContext Db => db;
    public Guid CasusId => casusId;
    public DateTimeOffset Nu => nu;
    public Termijnboek Termijnen => termijnen;
    public CancellationToken Ct => ct;

    /// <summary>De casus, met haar lopende perioden en alles wat onderweg is.</summary>
    /// <exception cref="Geweigerd">Zij bestaat niet.</exception>
    public async Task<Casus> CasusAsync() => await ProbeerCasusAsync() ?? throw Geweigerd.NietGevonden("Deze casus");

    /// <summary>De casus, ook met wat de rechter en de Raad ervan vonden; de meeste casussen hebben dat niet.</summary>
    public async Task<Casus> CasusMetMaatregelenAsync()
    {
        var casus = await CasusAsync();
        await db.MaatregelenLadenAsync(casus, ct);
        return casus;
    }

    public async Task<Casus?> ProbeerCasusAsync() => _casus ??= await db.CasusMetAllesAsync(casusId, ct);

    /// <summary>Het team dat de casus draagt.</summary>
    public async Task<Team> TeamAsync()
    {
        var teamId = (await CasusAsync()).TeamId;
        return await db.Teams.SingleAsync(t => t.Id == teamId, ct);
    }

    /// <summary>De teams waar een knelpunt tussen zit: dat van de casus, het team waar het mee knelt, en die van een overdracht waar het over gaat.</summary>
    public async Task<IReadOnlyList<Team>> BetrokkenTeamsAsync(Casus casus, Knelpunt knelpunt)
    {
        Guid[] partijen = casus.Overdrachten.SingleOrDefault(o => o.Id == knelpunt.OverdrachtId) is { } overdracht ? [overdracht.VanId, overdracht.NaarId] : [];
        return await db.Teams
            .Where(t => t.Id == casus.TeamId || t.Id == knelpunt.AnderTeamId || db.Professionals.Any(p => p.TeamId == t.Id && partijen.Contains(p.Id)))
            .OrderBy(t => t.Id).ToListAsync(ct);
    }

    /// <summary>Wie hierna wordt gekozen blijft: tot deze burst klaar is gaat er niemand uit dienst.</summary>
    public Task NiemandVertrektAsync() => database.LockSharedAsync(db, UitDienst.Slot, ct);

    /// <summary>De casus is in deze burst geopend.</summary>
    public void Geopend(Casus casus)
    {
        _casus = casus;
        _isGeopend = true;
        db.Casussen.Add(casus);
    }

    /// <summary>Tells others; it leaves after the commit.</summary>
    public void Meld(object bericht)
    {
        MeldGebeurtenissen();
        Vertel(bericht);
    }

    /// <summary>Another service told this; here it is only written down.</summary>
    public void Gebeurd(object bericht)
    {
        if (bericht is IGebeurtenis gebeurtenis)
            _gebeurd.Add(gebeurtenis);
    }

    /// <summary>Starts a flow, on its current version.</summary>
    public async Task StartAsync(string definitieId, JsonObject input) => await StartAsync(definitieId, input, null, null);

    private async Task StartAsync(string definitieId, JsonObject input, Lopend? ouder, string? ouderWachtpunt)
    {
        var versie = await Definities.ActueelAsync(db, definitieId, ct);
        var definitie = await definities.LeesAsync(db, definitieId, versie, ct);
        var id = Guid.CreateVersion7(nu);
        var stroom = new Stroom
        {
            Id = id,
            CasusId = casusId,
            DefinitieId = definitieId,
            Versie = versie,
            Status = nameof(WorkflowSubStatus.Pending),
            Toestand = "",
            OuderId = ouderWachtpunt is null ? null : ouder?.Rij.Id,
            OuderWachtpunt = ouderWachtpunt,
            GestartOp = nu,
            BijgewerktOp = nu,
        };
        db.Stromen.Add(stroom);
        var lopend = new Lopend(stroom, definitie, WorkflowInstance.Create(definitie, id.ToString(), casusId.ToString(), depth: ouder is null ? 0 : ouder.Instance.Depth + 1));
        _stromen[id] = lopend;
        _werk.Enqueue((lopend, new Stimulus.Start(input, null)));
    }

    /// <summary>Het open wachtpunt van deze stap voor dit onderwerp; null als de stroom daar niet wacht.</summary>
    public async Task<Wachtpunt?> WachtpuntAsync(string stap, string sleutel) =>
        db.Wachtpunten.Local.SingleOrDefault(w => w.IsOpen && w.CasusId == casusId && w.Stap == stap && w.Sleutel == sleutel)
        ?? await db.Wachtpunten.SingleOrDefaultAsync(w => w.AfgehandeldOp == null && w.CasusId == casusId && w.Stap == stap && w.Sleutel == sleutel, ct);

    /// <summary>Er is een dag afgesproken: tot dan is het wachten niet te lang.</summary>
    public async Task PasTeLaatOpAsync(string stap, Guid sleutel, DateTimeOffset op)
    {
        if (await WachtpuntAsync(stap, sleutel.ToString()) is { } wachtpunt && wachtpunt.VerlooptOp < op)
            wachtpunt.VerlooptOp = op;
    }

    /// <summary>Someone did what a flow waits for: it goes on.</summary>
    /// <exception cref="Geweigerd">No flow waits for this.</exception>
    public async Task VervolgAsync(string stap, Guid sleutel, string uitgang, JsonNode? resultaat = null)
    {
        var wachtpunt = await WachtpuntAsync(stap, sleutel.ToString()) ?? throw new Geweigerd("De stroom van deze casus wacht hier niet op.");
        await VervolgAsync(wachtpunt, uitgang, resultaat);
    }

    public async Task VervolgAsync(Wachtpunt wachtpunt, string uitgang, JsonNode? resultaat)
    {
        wachtpunt.Afhandelen(uitgang, nu);
        _werk.Enqueue((await LaadAsync(wachtpunt.StroomId), new Stimulus.Resume(wachtpunt.Bookmark, uitgang, resultaat)));
    }

    /// <summary>An answer of another service. One that is late or double is told to the supervisor and changes nothing.</summary>
    /// <returns>Whether a flow waited for it.</returns>
    public async Task<bool> AntwoordAsync(StapRef stap, string uitgang, JsonNode resultaat)
    {
        if (await Wachtenden.VindAsync(db, stap, ct) is not { IsOpen: true } wachtpunt)
        {
            Meld(new BerichtDubbel(casusId, stap.StroomId, stap.Wachtpunt));
            return false;
        }

        await VervolgAsync(wachtpunt, uitgang, resultaat);
        return true;
    }

    /// <summary>A term has passed. Does nothing if it was answered in the meantime.</summary>
    public async Task VerloopAsync(Guid wachtpuntId)
    {
        if (await Wachtenden.VindAsync(db, wachtpuntId, ct) is not { IsOpen: true } wachtpunt || !(wachtpunt.VerlooptOp <= nu))
            return;
        if (wachtpunt.Stap.StartsWith("Elsa.", StringComparison.Ordinal))
        {
            wachtpunt.Afhandelen(null, nu);
            _werk.Enqueue((await LaadAsync(wachtpunt.StroomId), new Stimulus.TimerElapsed(wachtpunt.Bookmark)));
            return;
        }

        var stap = stappen[wachtpunt.Stap];
        await stap.Verloop(this, wachtpunt);
        if (stap.BijVerlopen == Stap.Verlopen)
            _verlopen[wachtpunt.StroomId] = wachtpunt;
        await VervolgAsync(wachtpunt, stap.BijVerlopen, null);
    }

    /// <summary>When the term ended that brought this flow further in this burst; null if something else did.</summary>
    public DateTimeOffset? VerlopenOp(Guid stroomId) => _verlopen.GetValueOrDefault(stroomId)?.VerlooptOp;

    /// <summary>Ends a flow where it is.</summary>
    public async Task BreekAfAsync(Guid stroomId) => _werk.Enqueue((await LaadAsync(stroomId), new Stimulus.Cancel()));

    /// <summary>Ends every flow that waits for something about this: there is nothing left to do about it.</summary>
    public async Task BreekAfOverAsync(Guid onderwerp)
    {
        var sleutel = onderwerp.ToString();
        var bekend = await db.Wachtpunten.Where(w => w.AfgehandeldOp == null && w.CasusId == casusId && w.Sleutel == sleutel).ToListAsync(ct);
        foreach (var stroomId in bekend.Concat(db.Wachtpunten.Local.Where(w => w.CasusId == casusId && w.Sleutel == sleutel)).Where(w => w.IsOpen).Select(w => w.StroomId).Distinct().ToList())
            await BreekAfAsync(stroomId);
    }

    /// <summary>Runs what is faulted again.</summary>
    /// <param name="activiteitIds">Only these; null for all.</param>
    public async Task OpnieuwAsync(Guid stroomId, IReadOnlyCollection<string>? activiteitIds) =>
        _werk.Enqueue((await LaadAsync(stroomId), new Stimulus.Retry(activiteitIds)));

    /// <summary>Puts a flow on another version, in the state that it has there. Nothing runs because of it.</summary>
    /// <param name="zin">What its history says about it.</param>
    public void ZetOver(Stroom stroom, WorkflowDefinition definitie, WorkflowInstance instance, string zin)
    {
        stroom.Versie = definitie.Version;
        _stromen[stroom.Id] = new Lopend(stroom, definitie, instance).Met(Migration.Entry(definitie, instance, zin, nu));
    }

    /// <summary>Ends what waits or is faulted here, and begins this step instead.</summary>
    /// <param name="wachtpunt">What waits there, if it does not stand still on a fault.</param>
    public async Task ZetBijAsync(Guid stroomId, Wachtpunt? wachtpunt, string activiteitId)
    {
        var stroom = await LaadAsync(stroomId);
        var plaats = wachtpunt is null ? stroom.Instance.Incidents.Select(i => i.ActivityInstanceId).FirstOrDefault() : stroom.Instance.Bookmarks.FirstOrDefault(b => b.Id == wachtpunt.Bookmark)?.ActivityInstanceId;
        if (plaats is null)
            throw new Geweigerd("De stroom staat daar niet meer; kijk opnieuw.");
        if (wachtpunt?.ActiviteitId == activiteitId)
            _verlopen[stroomId] = wachtpunt;
        _werk.Enqueue((stroom, new Stimulus.Move(plaats, activiteitId)));
    }

    public void Wacht(Wachtpunt wachtpunt)
    {
        if (_verlopen.TryGetValue(wachtpunt.StroomId, out var verlopen) && (verlopen.ActiviteitId == wachtpunt.ActiviteitId || _teLang.Contains(wachtpunt.StroomId)))
            wachtpunt.VolgtOp(verlopen);
        db.Wachtpunten.Add(wachtpunt);
    }

    /// <summary>A flow says that what it waits for takes too long.</summary>
    /// <returns>Whether that is new: who has been told is not told again at every next term of the same step.</returns>
    public bool IsNieuwTeLang(Guid stroomId)
    {
        _teLang.Add(stroomId);
        return !_verlopen.TryGetValue(stroomId, out var verlopen) || verlopen.Ronde == 1;
    }

    /// <summary>Lets every flow that something happened to go as far as it can.</summary>
    public async Task LoopUitAsync()
    {
        for (; _werk.TryDequeue(out var werk); _advances++)
        {
            ct.ThrowIfCancellationRequested();
            if (_advances == MaxAdvances)
                throw new InvalidOperationException($"De stromen van casus {casusId} maken elkaar zonder einde wakker.");
            var gevolg = Interpreter.Advance(werk.Stroom.Definitie, werk.Stroom.Instance, werk.Stimulus, nu);
            if (gevolg.Ignored)
                continue;
            werk.Stroom.Ga(gevolg);
            foreach (var effect in gevolg.Effects)
                await VoerUitAsync(werk.Stroom, effect);
        }

        MeldGebeurtenissen();
    }

    /// <summary>Goes as far as it can, and writes down what happened.</summary>
    public async Task AfrondenAsync()
    {
        await LoopUitAsync();
        await Logboek.SchrijfAsync(db, casusId, _gebeurd, nu, ct);
        var veranderd = _stromen.Values.Where(s => s.Vastleggen(db, nu, Leesbaar)).Select(s => (s.Rij, s.Instance.Bookmarks.Count)).ToList();
        await Standen.BijwerkenAsync(db, casusId, _casus, _isGeopend, veranderd, ct);
    }

    private async Task VoerUitAsync(Lopend stroom, Effect effect)
    {
        switch (effect)
        {
            case Effect.RunStep stap:
                var uitkomst = await BeginAsync(stroom, stap);
                if (uitkomst.Uitgang is { } uitgang)
                    _werk.Enqueue((stroom, new Stimulus.Resume(stap.Bookmark.Id, uitgang, uitkomst.Resultaat)));
                break;
            case Effect.StartTimer timer:
                Wacht(Klokpunt(stroom, stroom.Instance.Bookmarks.Single(b => b.Id == timer.BookmarkId), timer.DueAt));
                break;
            case Effect.BookmarkRemoved weg:
                await TrekInAsync(stroom.Rij.Id, weg.BookmarkId);
                break;
            case Effect.DispatchWorkflow kind:
                await StartAsync(kind.DefinitionId, kind.Input, stroom, kind.BookmarkId);
                break;
            case Effect.PublishEvent gebeurtenis:
                foreach (var anders in await WachtendOpAsync(gebeurtenis.Name))
                    _werk.Enqueue((anders, new Stimulus.EventReceived(gebeurtenis.Name, gebeurtenis.Payload)));
                break;
            // A faulted flow has not ended: a person repairs it, and then it goes on. Its parent waits.
            case Effect.Finish { SubStatus: not WorkflowSubStatus.Faulted } einde when stroom.Rij.OuderId is { } ouderId && stroom.Rij.OuderWachtpunt is { } wachtpunt:
                _werk.Enqueue((await LaadAsync(ouderId), new Stimulus.WorkflowCompleted(wachtpunt, einde.SubStatus == WorkflowSubStatus.Cancelled, einde.Output, einde.Outcomes, stroom.Instance.Id)));
                break;
        }
    }

    private async Task<Uitkomst> BeginAsync(Lopend stroom, Effect.RunStep stap)
    {
        var soort = stappen[stap.Bookmark.Type];
        try
        {
            return await soort.Begin(new StapContext(this, stap.Bookmark, stroom.Rij.Id, stroom.Rij.Versie, stap.Inputs));
        }
        // De wereld zegt nee: dat is een uitgang van het blokje, geen storing.
        catch (Geweigerd nee) when (soort.Uitgangen.Contains(Stap.Geweigerd))
        {
            return new Uitkomst(Stap.Geweigerd, new JsonObject { ["reden"] = nee.Message });
        }
    }

    private async Task TrekInAsync(Guid stroomId, string bookmark)
    {
        var wachtpunt = await db.Wachtpunten.FindAsync([stroomId, bookmark], ct);
        if (wachtpunt is { IsOpen: true })
            wachtpunt.Afhandelen(null, nu);
    }

    private Wachtpunt Klokpunt(Lopend stroom, Bookmark bookmark, DateTimeOffset op) => new()
    {
        Id = Guid.CreateVersion7(nu),
        StroomId = stroom.Rij.Id,
        Bookmark = bookmark.Id,
        CasusId = casusId,
        Stap = bookmark.Type,
        ActiviteitId = bookmark.ActivityId,
        Titel = bookmark.ActivityName,
        VoorRol = Wachtpunt.VoorKlok,
        Uitgangen = ["Done"],
        Sinds = nu,
        VerlooptOp = op,
    };

    private async Task<IReadOnlyList<Lopend>> WachtendOpAsync(string gebeurtenis)
    {
        var ids = await db.Stromen.Where(s => s.CasusId == casusId && s.AfgerondOp == null).Select(s => s.Id).ToListAsync(ct);
        foreach (var id in ids)
            await LaadAsync(id);
        return [.. _stromen.Values.Where(s => s.Instance.Bookmarks.Any(b => b.Type == "Elsa.Event"))];
    }

    private async Task<Lopend> LaadAsync(Guid stroomId)
    {
        if (_stromen.TryGetValue(stroomId, out var lopend))
            return lopend;
        var rij = await db.Stromen.FindAsync([stroomId], ct) ?? throw new InvalidOperationException($"Er is geen stroom {stroomId}.");
        var definitie = await definities.LeesAsync(db, rij.DefinitieId, rij.Versie, ct);
        return _stromen[stroomId] = new Lopend(rij, definitie, WorkflowInstance.FromJson(rij.Toestand));
    }

    // In the order in which they happened, before whatever is told next.
    private void MeldGebeurtenissen()
    {
        for (; _gemeld < _casus?.Gebeurtenissen.Count; _gemeld++)
            Vertel(_casus.Gebeurtenissen[_gemeld]);
    }

    private void Vertel(object bericht)
    {
        db.Publish(bericht, casusId, nu);
        Gebeurd(bericht);
    }

    /// <summary>A flow while it is in memory.</summary>
    private sealed class Lopend(Stroom rij, WorkflowDefinition definitie, WorkflowInstance instance)
    {
        private readonly List<JournalEntry> _regels = [];
        private bool _veranderd;

        public Stroom Rij => rij;
        public WorkflowDefinition Definitie => definitie;
        public WorkflowInstance Instance { get; private set; } = instance;

        public void Ga(AdvanceResult gevolg)
        {
            Instance = gevolg.Instance;
            _regels.AddRange(gevolg.Journal);
            _veranderd = true;
        }

        public Lopend Met(JournalEntry regel)
        {
            _regels.Add(regel);
            _veranderd = true;
            return this;
        }

        public bool Vastleggen(RegieDbContext db, DateTimeOffset nu, JsonSerializerOptions leesbaar)
        {
            if (!_veranderd)
                return false;
            rij.Toestand = Instance.ToJson();
            rij.Status = Instance.SubStatus.ToString();
            rij.Storingen = Instance.Incidents.Count;
            rij.BijgewerktOp = nu;
            rij.AfgerondOp = Instance.Status == WorkflowStatus.Finished ? nu : null;
            rij.LaatsteBurst++;
            rij.HerstelOp = null;
            db.Journaal.Add(new JournaalBlad { StroomId = rij.Id, Burst = rij.LaatsteBurst, Op = nu, Regels = JsonSerializer.Serialize(_regels, leesbaar) });
            return true;
        }
    }
}
