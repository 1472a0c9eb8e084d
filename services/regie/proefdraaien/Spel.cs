using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NetwerkRegie.Contracts;
using NetwerkRegie.Engine;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;
using Persoon = NetwerkRegie.Contracts.Professional;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een casus die wordt gespeeld: de echte handelingen, de echte stromen en de echte termijnen, op een database in het geheugen en
/// een klok die alleen het verhaal verzet. Niets ervan komt bij mensen, bij andere diensten of in de echte database.
/// </summary>
internal sealed partial class Spel : IAsyncDisposable
{
    // Far above what a story needs, and far below what hurts the machine that real cases run on.
    public const int HoogsteAantalHandelingen = 1_000;
    public const int HoogsteAantalBerichten = 2_000;
    public const int HoogsteAantalWachtpunten = 100;
    public const int HoogsteAantalUitgangen = 20;
    public const int HoogsteAantalJaren = 5;
    public const int LangsteTekst = 300;

    private const string Proef = "proef";

    private readonly Decor _decor;
    private readonly Verhaal _verhaal;
    private readonly MemoryDatabase _database = new();
    private readonly DbContextOptions<RegieDbContext> _opties;
    private readonly CancellationToken _ct;
    private readonly SpeelKlok _klok = new();
    private readonly Definities _definities;
    private readonly List<Gebeurtenis> _gebeurd = [];
    private readonly List<Bericht> _berichten = [];
    private readonly HashSet<string> _uitgegaan = [];
    private readonly Dictionary<string, string> _kaders = [];
    private readonly Dictionary<Guid, string> _stromen = [];
    private (bool HeeftCasus, int Kinderen, string Plaats, DateTimeOffset Op) _gezin;
    private Wie? _houder;
    private string _schaal = Schalen.Lokaal;
    private string _vorigeSoort = "";
    private Guid _casusId;
    private bool _isBegonnen;
    private int _handelingen;
    private int _berichtenTotaal;
    private long _gelezen;

    private Spel(Decor decor, Verhaal verhaal, CancellationToken ct)
    {
        (_decor, _verhaal, _ct) = (decor, verhaal, ct);
        _definities = new Definities(new Keuring(decor.Stappen, decor.Termijnen), NullLogger<Definities>.Instance);
        var opties = new DbContextOptionsBuilder<RegieDbContext>();
        _database.Configure(opties, "proef");
        _opties = opties.Options;
    }

    public DateTimeOffset Nu => _klok.Nu();

    /// <summary>Waarom het laatste wat er in het verhaal gebeurde niet kon.</summary>
    public string? Weigering { get; private set; }

    public static async Task<IReadOnlyList<Proefstand>> SpeelAsync(Verhaal verhaal, Decor decor, CancellationToken ct)
    {
        await using var spel = new Spel(decor, verhaal, ct);
        var standen = new List<Proefstand>();
        foreach (var (regel, plaats) in verhaal.Regels.Select((r, i) => (r, i)))
        {
            try
            {
                standen.Add(await spel.SpeelAsync(regel, plaats));
            }
            catch (OperationCanceledException)
            {
                standen.Add(new(spel.Nu, [], [], [], null, [], null, false, null, "Het proefdraaien duurde te lang en is hier afgebroken."));
            }

            if (standen[^1].Afgebroken is not null)
                break;
        }

        return standen;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<Proefstand> SpeelAsync(Verhaalregel regel, int plaats)
    {
        try
        {
            if (regel.Soort != "gegeven")
                await BeginAsync();
            if (regel.Soort == "als" && _vorigeSoort != "als")
                _uitgegaan.Clear();
            _vorigeSoort = regel.Soort;
            var anders = await ProbeerAsync(regel);
            if (regel.Soort == "dan")
                return await StandAsync(anders is null, anders, null, null);
            Weigering = anders;
            return await StandAsync(anders is null || _verhaal.VerwachtWeigering(plaats), null, anders, null);
        }
        catch (Afgebroken te)
        {
            return await StandAsync(false, null, null, te.Message);
        }
        // A draft may ask for anything; in real life this is a fault that is rolled back, and a person hears of it.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return await StandAsync(false, null, null, $"Hier loopt het vast: {(e is InvalidOperationException or FormatException or Geweigerd ? Kort(e.Message.Replace($"casus {_casusId}", "deze casus", StringComparison.Ordinal)) : $"een storing in een stap ({e.GetType().Name}).")}");
        }
    }

    private async Task<string?> ProbeerAsync(Verhaalregel regel)
    {
        try
        {
            return await regel.Speel(this);
        }
        catch (Geweigerd nee)
        {
            return nee.Message;
        }
        catch (OngeldigeInvoer nee)
        {
            return string.Join(' ', nee.Fouten.Select(f => f.Melding));
        }
    }

    private RegieDbContext Db() => new(_opties);

    private async Task AlsAsync(Wie wie, Func<Actor, RegieDbContext, CasusRunner, Task> handeling)
    {
        var persoon = await WieAsync(wie);
        var actor = new Actor(persoon.Id, Rollen.Lees(persoon.Rol) ?? throw new Geweigerd($"{persoon.Naam} heeft geen rol in een casus."), persoon.Organisatie);
        await DoeAsync(async (db, runner) =>
        {
            await handeling(actor, db, runner);
            return true;
        });
        await AntwoordVanzelfAsync();
    }

    private async Task DoeAsync(Func<RegieDbContext, CasusRunner, Task<bool>> handeling)
    {
        _ct.ThrowIfCancellationRequested();
        if (++_handelingen > HoogsteAantalHandelingen)
            throw new Afgebroken($"Er gebeurde meer dan {HoogsteAantalHandelingen} keer iets; hier is het verhaal afgebroken. Komt deze stroom ooit tot rust?");
        await using (var db = Db())
            await handeling(db, new CasusRunner(db, _database, _decor.Stappen, _definities, _decor.Termijnen, _klok));
        await LeesBerichtenAsync();
    }

    // What the story does not name, goes as it mostly goes: a service gives its first answer, at once.
    private async Task AntwoordVanzelfAsync()
    {
        while ((await WachtendAsync()).Find(IsVanzelf) is { } w)
        {
            _gebeurd.Add(new(Nu, $"{Voor(w, null)} antwoordt '{w.Uitgangen[0]}' (aangenomen)"));
            await AntwoordVanDienstAsync(w, w.Uitgangen[0]);
        }
    }

    private bool IsVanzelf(Wachtpunt w) =>
        _decor.Stappen.Vind(w.Stap) is OpdrachtStap stap
        && !_verhaal.Stil.Contains(stap.Dienst)
        && !_verhaal.Genoemd.Any(naam => Heet(w, naam))
        && !_verhaal.Antwoorden.Any(a => a.Dienst == stap.Dienst && Uitgang(w, a.Uitgang) is not null);

    private async Task AntwoordVanDienstAsync(Wachtpunt w, string uitgang)
    {
        if (StapCatalogus.Uitkomsten.SingleOrDefault(u => u.Name == uitgang) is not { } uitkomst)
            throw new Geweigerd($"'{uitgang}' gebeurt als de termijn van '{Kort(w.Titel)}' verloopt; laat haar verlopen.");
        var resultaat = new JsonObject(uitkomst.GetProperties().Select(p => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(p.Name), p.PropertyType == typeof(StapRef)
            ? JsonSerializer.SerializeToNode(w.Ref, JsonSerializerOptions.Web)
            : p.PropertyType == typeof(Guid) ? $"{(p.Name == "RvtId" ? _decor.Regio.Professionals.First(r => r.Rol == "rvt").Id : Guid.CreateVersion7(Nu))}" : null)));
        await DoeAsync((_, runner) => runner.RunAsync(w.CasusId, async burst =>
        {
            await burst.AntwoordAsync(w.Ref, uitgang, resultaat);
            return true;
        }, _ct));
    }

    private async Task<Wachtpunt> EisWachtAsync(string naam)
    {
        var wachtend = await WachtendAsync();
        return wachtend.Find(w => Heet(w, naam)) ?? throw new Geweigerd($"'{naam}' wacht hier niet; {await OpsommenAsync(wachtend)}.");
    }

    /// <summary>Alles waar de casus nu op wacht; wat het eerst moet bovenaan.</summary>
    private async Task<List<Wachtpunt>> WachtendAsync()
    {
        await using var db = Db();
        var wachtend = await db.Wachtpunten.AsNoTracking().Where(w => w.AfgehandeldOp == null).Take(HoogsteAantalWachtpunten + 1).ToListAsync(_ct);
        if (wachtend.Exists(w => !_stromen.ContainsKey(w.StroomId)))
            foreach (var stroom in await db.Stromen.Select(s => new { s.Id, s.DefinitieId }).ToListAsync(_ct))
                _stromen[stroom.Id] = stroom.DefinitieId;
        return wachtend.Count > HoogsteAantalWachtpunten
            ? throw new Afgebroken($"Er wordt op meer dan {HoogsteAantalWachtpunten} dingen tegelijk gewacht; hier is het verhaal afgebroken.")
            : [.. wachtend.OrderBy(w => w.VerlooptOp ?? DateTimeOffset.MaxValue).ThenBy(w => w.Sinds).ThenBy(w => w.ActiviteitId, StringComparer.Ordinal)];
    }

    private async Task<Wachtpunt?> EersteTermijnAsync() => (await WachtendAsync()).Find(w => w.VerlooptOp is not null);

    // By what it says, or by the name of the box, in whichever of the two versions.
    private bool Heet(Wachtpunt w, string naam) => Gelijk(w.Titel, naam) || _decor.Namen[(_stromen[w.StroomId], w.ActiviteitId)].Any(n => Gelijk(n, naam));

    private static bool Gelijk(string een, string ander) => Verhaal.Netjes(een).Equals(ander, StringComparison.OrdinalIgnoreCase);

    private static string? Uitgang(Wachtpunt w, string tekst)
    {
        var kort = tekst.Replace(" ", "", StringComparison.Ordinal);
        var lijkend = w.Uitgangen.Where(u => u.Contains(kort, StringComparison.OrdinalIgnoreCase)).ToList();
        return w.Uitgangen.FirstOrDefault(u => u.Replace(" ", "", StringComparison.Ordinal).Equals(kort, StringComparison.OrdinalIgnoreCase)) ?? (lijkend.Count == 1 ? lijkend[0] : null);
    }

    private async Task<Persoon> WieAsync(Wie wie) =>
        await PersoonAsync(wie) ?? throw new Geweigerd(Wachtpunt.DienstVan(wie.Rol) is not null || wie.Rol == Wachtpunt.VoorKlok ? "Dit kan alleen een mens doen." : $"Er is hier geen {wie.Rol}.");

    private async Task<Persoon?> PersoonAsync(Wie wie)
    {
        var mensen = _decor.Regio.Professionals;
        if (wie.Id is { } op)
            return _decor.Professional(op);
        var id = wie.Rol switch
        {
            "regisseur" => await HouderAsync(),
            "leidinggevende" => await LeidinggevendeAsync(),
            "collega" => await HouderAsync() is { } houder ? _decor.Professional(houder).Vervangers.Select(v => (Guid?)v).FirstOrDefault() : null,
            "contactpersoon" => (await WachtendAsync()).Find(w => w.VoorRol == "contactpersoon")?.EersteVan,
            "ontvanger" => await OverdrachtAsync(o => o.NaarId),
            "rvt" or "bestuurder" => mensen.FirstOrDefault(p => p.Rol == wie.Rol)?.Id,
            _ => null,
        };
        return id is { } gevonden ? _decor.Professional(gevonden) : null;
    }

    private async Task<Guid?> HouderAsync() => (await PeriodenAsync()).SingleOrDefault(p => p.Lijn == Lijnen.Regie) is { } regie ? Guid.Parse(regie.Waarde) : null;

    private async Task<Guid?> LeidinggevendeAsync()
    {
        await using var db = Db();
        return await db.Casussen.Where(c => c.Id == _casusId).Join(db.Teams, c => c.TeamId, t => t.Id, (_, t) => (Guid?)t.LeidinggevendeId).SingleOrDefaultAsync(_ct);
    }

    private async Task<T> OverdrachtAsync<T>(Func<Overdracht, T> wat)
    {
        await using var db = Db();
        var laatste = await db.Overdrachten.AsNoTracking().OrderByDescending(o => o.VoorgesteldOp).FirstOrDefaultAsync(_ct);
        return laatste is null ? throw new Geweigerd("Er is geen overdracht voorgesteld.") : wat(laatste);
    }

    private async Task<Guid?> RolhouderAsync(Wachtpunt w) => w.VoorId ?? w.EersteVan ?? w.VoorRol switch
    {
        "regisseur" => await HouderAsync(),
        "leidinggevende" => await LeidinggevendeAsync(),
        _ => null,
    };

    private async Task<List<Periode>> PeriodenAsync()
    {
        if (!_isBegonnen)
            return [];
        await using var db = Db();
        return [.. (await db.Perioden.AsNoTracking().Where(p => p.IsOpen).ToListAsync(_ct)).OrderBy(p => Array.IndexOf(Lijnen.Alle, p.Lijn)).ThenBy(p => p.Onderdeel, StringComparer.Ordinal)];
    }

    private async Task<List<string>> StoringenAsync()
    {
        await using var db = Db();
        var toestanden = await db.Stromen.AsNoTracking().Where(s => s.Storingen > 0).OrderBy(s => s.GestartOp).Select(s => s.Toestand).ToListAsync(_ct);
        return [.. toestanden.SelectMany(t => WorkflowInstance.FromJson(t).Incidents).Select(i => $"'{i.ActivityName ?? i.ActivityId}' valt stil: {i.Message}")];
    }

    private async Task LeesBerichtenAsync()
    {
        await using var db = Db();
        var nieuw = await db.Outbox.AsNoTracking().Where(m => m.Volgnr > _gelezen).OrderBy(m => m.Volgnr).Take(HoogsteAantalBerichten).ToListAsync(_ct);
        foreach (var rij in nieuw)
        {
            _gelezen = rij.Volgnr;
            var bericht = new Bericht(rij.AangemaaktOp, rij.Type[(rij.Type.LastIndexOf('.') + 1)..], Velden(rij.Inhoud));
            _berichten.Add(bericht);
            _uitgegaan.Add(bericht.Type);
        }

        _berichtenTotaal += nieuw.Count;
        if (_berichtenTotaal >= HoogsteAantalBerichten)
            throw new Afgebroken($"Er gingen meer dan {HoogsteAantalBerichten} berichten uit; hier is het verhaal afgebroken.");
    }

    // People by name, moments as people write them, and words of the system; numbers of rows and free text stay out.
    private Dictionary<string, string> Velden(string inhoud)
    {
        var velden = new Dictionary<string, string>();
        foreach (var (naam, waarde) in JsonNode.Parse(inhoud)!.AsObject())
            if (naam is not ("casusId" or "wachtpunt" or "gezinRef") && Veld(waarde) is { } tekst)
                velden[naam] = tekst;
        return velden;
    }

    private string? Veld(JsonNode? waarde) => waarde switch
    {
        JsonArray lijst when lijst.Select(Veld).OfType<string>().ToList() is { Count: > 0 } delen => string.Join(", ", delen),
        JsonValue enkel when enkel.TryGetValue(out Guid id) => _decor.Regio.Professionals.Any(p => p.Id == id) ? _decor.Naam(id) : null,
        JsonValue enkel when enkel.TryGetValue(out DateTimeOffset moment) => Tijdtaal.Tekst(moment),
        JsonValue enkel when enkel.TryGetValue(out string? tekst) && tekst.Length <= 40 && !tekst.Contains(' ', StringComparison.Ordinal) => tekst,
        _ => null,
    };

    private async Task<Proefstand> StandAsync(bool klopt, string? anders, string? geweigerd, string? afgebroken)
    {
        var perioden = await PeriodenAsync();
        List<Wachtpunt> wachtend = [];
        List<string> storingen = [];
        if (_isBegonnen && afgebroken is null)
            (wachtend, storingen) = (await WachtendAsync(), await StoringenAsync());
        var houder = perioden.Find(p => p.Lijn == Lijnen.Regie);
        var stand = new Proefstand(
            Nu,
            [.. _gebeurd],
            [.. wachtend.Select(w => new Wachten(Kort(w.Titel), Voor(w, houder), w.Sinds, w.VerlooptOp, [.. w.Uitgangen.Take(HoogsteAantalUitgangen).Select(Kort)], w.Vlottrekker is { } wie ? Kort(wie) : null))],
            [.. _berichten],
            houder is null ? null : new VierLijnen(
                $"{_decor.Naam(Guid.Parse(houder.Waarde))}{(houder.Merk is { } merk ? $" ({merk})" : "")}",
                perioden.Single(p => p.Lijn == Lijnen.Schaal).Waarde,
                perioden.Where(p => p.Lijn == Lijnen.Kader).ToDictionary(p => p.Onderdeel, p => p.Waarde),
                perioden.Where(p => p.Lijn == Lijnen.Bevoegdheid).ToDictionary(p => p.Onderdeel, p => p.Waarde)),
            [.. storingen.Take(HoogsteAantalWachtpunten).Select(Kort)],
            geweigerd,
            klopt,
            anders,
            afgebroken);
        _gebeurd.Clear();
        _berichten.Clear();
        return stand;
    }

    private async Task<string> OpsommenAsync(List<Wachtpunt> wachtend)
    {
        var houder = (await PeriodenAsync()).Find(p => p.Lijn == Lijnen.Regie);
        return wachtend.Count == 0 ? "er wacht niets" : string.Join("; ", wachtend.Take(5).Select(w => $"'{Kort(w.Titel)}' wacht op {Voor(w, houder)}{(w.VerlooptOp is { } tot ? $" tot {Tijdtaal.Tekst(tot)}" : "")}"));
    }

    private string Voor(Wachtpunt w, Periode? houder) => w switch
    {
        { VoorId: { } id } => _decor.Naam(id),
        { VoorRol: "regisseur" } when houder is not null => $"de regisseur ({_decor.Naam(Guid.Parse(houder.Waarde))})",
        { Dienst: { } dienst } => $"dienst {dienst}",
        { VoorRol: "rvt" } => "het RVT",
        { VoorRol: { } rol } => $"de {Kort(rol)}",
        _ => "iemand",
    };

    // A drawing can make a text of any length.
    private static string Kort(string tekst) => tekst.Length <= LangsteTekst ? tekst : $"{tekst[..LangsteTekst]}...";

    private Dictionary<string, string> Bewijs() => Kaders.Regels.SelectMany(r => r.Bewijs).Select(b => b.Naam).Distinct()
        .ToDictionary(naam => naam, naam => naam == "rvtConsult" ? $"{_decor.Regio.Professionals.First(p => p.Rol == "rvt").Id}" : Proef);

    /// <summary>The story is cut off, with a sentence why.</summary>
    private sealed class Afgebroken(string zin) : Exception(zin);

    private sealed class SpeelKlok : TimeProvider
    {
        private DateTimeOffset _nu;

        public override DateTimeOffset GetUtcNow() => _nu;

        // Up, so that what is due at a fraction of a millisecond is due now.
        public void Zet(DateTimeOffset nu) => _nu = new DateTimeOffset((nu.UtcTicks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
