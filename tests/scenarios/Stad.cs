using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>De twee manieren waarop NetwerkRegie draait.</summary>
public enum Opstelling
{
    /// <summary>Een proces, SQLite-bestanden, berichten in het geheugen.</summary>
    EenProces,

    /// <summary>Een proces per dienst en nog een tweede regie, PostgreSQL en RabbitMQ.</summary>
    LosseProcessen,
}

/// <summary>
/// De demonstratieregio, echt opgestart en leeg, met de mensen die er werken en een klok die alleen een test verzet. Wat hier
/// gebeurt, gebeurt over HTTP, zoals bij iedereen.
/// </summary>
public sealed class Stad : IAsyncDisposable
{
    private static readonly string[] Diensten = ["intake", "regie", "regie", "kernteam", "veiligheid", "onderwijs"];
    private static readonly TimeZoneInfo Nederland = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
    private static readonly TimeSpan Geduld = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(5) };
    private readonly ConcurrentDictionary<(string Rol, string Naam), Persoon> _personen = [];
    private readonly ConcurrentQueue<Antwoord> _antwoorden = [];
    private readonly string _map;
    private readonly JsonNode _regio;
    private int _volgnummer;
    private int _beurt;

    private readonly Weer? _weer;

    private Stad(string map, JsonNode regio, Opslag opslag, IReadOnlyList<Dienst> processen, Weer? weer) =>
        (_map, _regio, Opslag, Processen, _weer) = (map, regio, opslag, processen, weer);

    /// <summary>De databases zelf.</summary>
    public Opslag Opslag { get; }

    public IReadOnlyList<Dienst> Processen { get; }

    /// <summary>Alles wat deze stad heeft geantwoord.</summary>
    public IReadOnlyCollection<Antwoord> Antwoorden => _antwoorden;

    /// <summary>Waar de klok staat.</summary>
    public DateTimeOffset Nu { get; private set; }

    public Persoon Melder => Iemand("melder", "");
    public Persoon Toezichthouder => Iemand("toezichthouder", "");

    /// <param name="begin">Waar de klok begint, in Nederlandse tijd; leeg laat haar gewoon lopen.</param>
    /// <param name="regio">Wat in deze regio anders is dan in de demonstratieregio.</param>
    /// <param name="instellingen">Extra instellingen per proces.</param>
    /// <param name="weer">Wat er onderweg tegenzit; met weer wordt na elke handeling gewacht tot het stil is en gekeken of de afspraken gelden.</param>
    public static async Task<Stad> Start(Opstelling opstelling, string? begin = "2026-03-02 10:15", Action<JsonNode>? regio = null, Func<string, IEnumerable<string>>? instellingen = null, Weer? weer = null)
    {
        var map = Directory.CreateTempSubdirectory("netwerkregie-").FullName;
        var inrichting = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(HostProces.Programma)!, "demonstratieregio.json")))!;
        regio?.Invoke(inrichting);

        var opslag = opstelling == Opstelling.EenProces ? Opslag.InBestanden(Path.Combine(map, "data")) : await Opslag.InServers();
        string[] samen = [.. opslag.Instellingen, $"--Regio={Path.Combine(map, "regio.json")}", $"--DemoSleutel={Path.Combine(map, "demo.pem")}", "--proef"];
        var namen = opstelling == Opstelling.EenProces ? ["all"] : Diensten;
        var adressen = namen.Select(_ => HostProces.VrijAdres()).ToArray();
        var stad = new Stad(map, inrichting, opslag,
        [
            .. namen.Select((naam, i) => new Dienst(naam, adressen[i], map,
            [
                .. samen,
                $"--services={naam}",
                .. weer is Weer.Dubbel or Weer.Dooreen ? new[] { $"--Bezorging={(weer is Weer.Dubbel ? "dubbel" : "dooreen")}" } : [],
                .. adressen.Length == 1 ? [] : new[] { $"--Deelnemers={string.Join(',', adressen.Where((_, j) => j != i).Select(a => a.ToString().TrimEnd('/')))}" },
            ])),
        ], weer);
        stad.SchrijfRegio();
        try
        {
            await Task.WhenAll(stad.Processen.Select(p => p.Start(instellingen?.Invoke(p.Naam) ?? [])));
            if (begin is not null)
                await stad.Klok(begin);
        }
        catch
        {
            await stad.DisposeAsync();
            throw;
        }

        return stad;
    }

    /// <summary>Een moment in Nederland, bijvoorbeeld <c>2026-03-02 10:15</c>.</summary>
    public static DateTimeOffset Moment(string tekst)
    {
        var lokaal = DateTime.ParseExact(tekst, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(lokaal, Nederland.GetUtcOffset(lokaal));
    }

    public static string Tekst(DateTimeOffset moment)
    {
        var lokaal = TimeZoneInfo.ConvertTime(moment, Nederland);
        return lokaal.ToString(lokaal.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }

    public Persoon Regisseur(string voornaam) => Iemand("regisseur", voornaam);

    public Persoon Rvt(string voornaam) => Iemand("rvt", voornaam);

    public Persoon Leidinggevende(string voornaam) => Iemand("leidinggevende", voornaam);

    /// <summary>Iemand uit de regio, op rol en voornaam; zonder naam de eerste in die rol.</summary>
    public Persoon Iemand(string rol, string voornaam) => _personen.GetOrAdd((rol, voornaam), _ =>
    {
        var professional = _regio["professionals"]!.AsArray().First(p => (string?)p!["rol"] == rol && ((string)p["naam"]!).StartsWith(voornaam, StringComparison.Ordinal))!;
        return new Persoon(this, rol, (string)professional["naam"]!, Guid.Parse((string)professional["id"]!));
    });

    /// <summary>Een casus waarin het gezin al gesproken is, met wie er de regie houdt en wie kan waarnemen.</summary>
    public async Task<Casus> CasusMetRegisseur(int kinderen = 1)
    {
        var gezin = NieuwGezin(kinderen);
        return await CasusVan(await gezin.KrijgtCasus(), gezin);
    }

    /// <summary>De casus van een gezin dat nog gesproken moet worden, en dan gesproken is.</summary>
    public async Task<Casus> CasusVan(Guid id, Gezin gezin)
    {
        var casus = (await Toezichthouder.Ziet(id).Lukt()).Json;
        var vervangers = casus.GetProperty("vervangerIds").EnumerateArray().Select(v => Iemand("regisseur", Naam(v.GetGuid()))).ToArray();
        var regisseur = Iemand("regisseur", Naam(casus.GetProperty("regisseur").Nummer("id")));
        await regisseur.RondtAf(id, "Eerste contact met het gezin", "Contact gehad").Lukt();
        return new(id, gezin, regisseur, vervangers[0], vervangers[1], Leidinggevende(Naam(casus.Nummer("houderInLaatsteInstantieId"))), Tekst(Nu));
    }

    /// <summary>Een gezin dat hier nog niet bekend is.</summary>
    public Gezin NieuwGezin(int kinderen = 1) => new(this, $"GZN-{Interlocked.Increment(ref _volgnummer)}", kinderen);

    /// <summary>Zet de klok vooruit; terug zodra alles wat intussen aan de beurt was is gebeurd en het overal stil is.</summary>
    public Task Klok(string moment) => Klok(Moment(moment));

    /// <inheritdoc cref="Klok(string)"/>
    public async Task Klok(DateTimeOffset moment)
    {
        while (_weer is Weer.PerDag && Nu != default && Nu.AddDays(1) < moment)
            await ZetKlok(Nu.AddDays(1));
        await ZetKlok(moment);
    }

    private async Task ZetKlok(DateTimeOffset moment)
    {
        Nu = moment;
        var antwoord = await Onverstoorbaar(() => Stuur(HttpMethod.Post, "/proef/klok", JsonContent.Create(new { nu = Nu }), null));
        if (antwoord.Status != 200)
            throw new InvalidOperationException($"De klok gaat niet naar {Tekst(moment)}: {antwoord.Status} {antwoord.Tekst}\n{await Verhaal()}");
    }

    /// <summary>Wacht tot het overal stil is, zonder de klok te verzetten.</summary>
    public Task Stil() => Klok(Nu);

    /// <summary>Wacht tot dit zo is. Geeft na een minuut op, en vertelt dan wat er wel is gebeurd.</summary>
    public Task ZietUiteindelijk(Func<Task<bool>> isZo, TimeSpan? geduld = null) => Wachten.Uiteindelijk(isZo, geduld ?? Geduld, Verhaal);

    /// <summary>De casus waar deze melding bij hoort, zodra die er is.</summary>
    public async Task<Guid> CasusVan(Guid melding)
    {
        var casus = Guid.Empty;
        await ZietUiteindelijk(async () =>
            (await Melder.Get($"/v1/meldingen/{melding}").Lukt()).Json.TryGetProperty("casusId", out var id) && id.TryGetGuid(out casus));
        await Stil();
        return casus;
    }

    /// <summary>Een lijn van een casus, een regel per periode: <c>wie of wat | vanaf | tot | grond</c>.</summary>
    public async Task<IReadOnlyList<string>> Lijn(Guid casus, string lijn, string? geldigOp = null, string? bekendOp = null)
    {
        var vragen = string.Join('&', new[] { ("geldigOp", geldigOp), ("bekendOp", bekendOp) }.Where(v => v.Item2 is not null).Select(v => $"{v.Item1}={Moment(v.Item2!).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"));
        var antwoord = await Toezichthouder.Get($"/v1/casussen/{casus}/lijnen/{lijn}?{vragen}").Lukt();
        return
        [
            .. antwoord.Json.GetProperty("perioden").EnumerateArray().Select(p => string.Join(" | ",
                (p.TryGetProperty("kindRef", out var kind) ? $"{kind.GetString()} " : "") + (p.TryGetProperty("houder", out var houder) ? Naam(houder.GetGuid()) : p.Tekst("waarde"))
                    + (p.TryGetProperty("merk", out var merk) ? $" ({merk.GetString()})" : ""),
                Tekst(p.GetProperty("vanaf").GetDateTimeOffset()),
                p.GetProperty("tot") is { ValueKind: JsonValueKind.String } tot ? Tekst(tot.GetDateTimeOffset()) : "nu",
                p.Tekst("grond"))),
        ];
    }

    /// <summary>De vier lijnen van een casus, van begin tot eind.</summary>
    public async Task<string> Tijdlijnen(Guid casus)
    {
        var tekst = new StringBuilder();
        foreach (var lijn in new[] { "regie", "kader", "schaal", "bevoegdheid" })
            tekst.AppendJoin("", (await Lijn(casus, lijn)).Select(periode => $"  {periode}\n").Prepend($"{lijn}\n"));
        return tekst.ToString();
    }

    /// <summary>Wat er in een casus gebeurde, zonder dat het gezin daarvan een bericht kreeg.</summary>
    /// <param name="soorten">Alleen wat zo begint.</param>
    public async Task<string[]> Gebeurtenissen(Guid casus, params string[] soorten) =>
        [.. (await AlleGebeurtenissen(casus)).Where(r => r.Split(' ')[2] is var naam && naam != "berichten.beschikbaar" && (soorten.Length == 0 || soorten.Any(s => naam.StartsWith(s, StringComparison.Ordinal))))];

    /// <summary>Alles wat er in een casus gebeurde: <c>moment naam</c>, in volgorde; de nummering heeft geen gaten.</summary>
    public async Task<string[]> AlleGebeurtenissen(Guid casus)
    {
        var regels = new List<string>();
        for (var pad = $"/v1/casussen/{casus}/gebeurtenissen"; pad is not null;)
        {
            var blad = await Toezichthouder.Get(pad).Lukt();
            regels.AddRange(blad.Items.Select((g, i) => $"{g.GetProperty("volgnr").GetInt32()} {Tekst(g.GetProperty("op").GetDateTimeOffset())} {g.Tekst("type")}"));
            pad = blad.Json.TryGetProperty("volgende", out var volgende) ? volgende.GetString() : null;
        }

        Assert.Equal(Enumerable.Range(1, regels.Count), regels.Select(r => int.Parse(r.Split(' ')[0], CultureInfo.InvariantCulture)));
        return [.. regels.Select(r => r[(r.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
    }

    /// <summary>De voornaam die bij een nummer hoort.</summary>
    public string Naam(Guid id) => ((string?)_regio["professionals"]!.AsArray().FirstOrDefault(p => Guid.Parse((string)p!["id"]!) == id)?["naam"])?.Split(' ')[0] ?? id.ToString();

    /// <summary>De voor- en achternaam van wie hier werkt.</summary>
    public IEnumerable<string> Namen => _regio["professionals"]!.AsArray().Select(p => (string)p!["naam"]!);

    /// <summary>De stoelen van het kernteam: <c>stoel: voornaam</c>.</summary>
    public async Task<IReadOnlyList<string>> Kernteam(Guid casus) =>
        [.. (await Toezichthouder.Get($"/v1/kernteams/{casus}").Lukt()).Json.GetProperty("leden").EnumerateArray().Select(l => $"{l.Tekst("stoel")}: {Naam(l.Nummer("lidId"))}")];

    /// <summary>De knelpunten van een casus: <c>soort, status</c>.</summary>
    public async Task<IReadOnlyList<string>> Knelpunten(Guid casus) =>
        [.. (await Toezichthouder.Get($"/v1/casussen/{casus}/knelpunten").Lukt()).Items.Select(k => $"{k.Tekst("soort")}, {k.Tekst("status")}")];

    /// <summary>Richt de regio anders in; geldt vanaf de volgende start.</summary>
    public void RichtIn(Action<JsonNode> regio)
    {
        regio(_regio);
        SchrijfRegio();
    }

    internal async Task<string> Token(string rol, string naam)
    {
        var antwoord = await Vraag(HttpMethod.Post, "/proef/tokens", JsonContent.Create(new { rol, naam }), null).Lukt();
        return antwoord.Json.Tekst("token");
    }

    internal async Task<Antwoord> Vraag(HttpMethod methode, string pad, HttpContent? inhoud, string? token)
    {
        var antwoord = await Stuur(methode, pad, inhoud, token);
        if (_weer is { } weer && methode != HttpMethod.Get && !pad.StartsWith("/proef/", StringComparison.Ordinal))
            await NaDaad(weer);
        return antwoord;
    }

    // What a story asks for after each act: power cut if that is the weather, then quiet, then everything that must always hold.
    private async Task NaDaad(Weer weer)
    {
        if (weer is Weer.Uitval)
        {
            await Processen[0].Proces.Dood();
            await Herstart();
        }

        await Stil();
        if (weer is Weer.Uitval)
            await Stuur(HttpMethod.Put, "/proef/crashpunt", JsonContent.Create(new { punt = "" }), null).Lukt();
        Assert.Empty(await Afspraken.Schendingen(this));
    }

    // Every commit with something to send ends the process, until it is quiet.
    private async Task<Antwoord> Onverstoorbaar(Func<Task<Antwoord>> vraag)
    {
        while (true)
        {
            try
            {
                return await vraag();
            }
            catch (HttpRequestException) when (_weer is Weer.Uitval)
            {
                await Processen[0].Proces.Einde();
                await Herstart();
            }
        }
    }

    // What was left is offered again at once, and what follows from that ends the process too, sometimes before it is ready.
    private async Task Herstart()
    {
        do
            await Processen[0].Begin($"--Klok={Nu:O}", "--CrashPoint=AfterCommitBeforeSend");
        while (!await Processen[0].Proces.IsGereed());
    }

    private async Task<Antwoord> Stuur(HttpMethod methode, string pad, HttpContent? inhoud, string? token)
    {
        using var vraag = new HttpRequestMessage(methode, new Uri(Adres(pad), pad)) { Content = inhoud };
        if (token is not null)
            vraag.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var gekregen = await _http.SendAsync(vraag);
        var antwoord = await Antwoord.Van(gekregen);
        _antwoorden.Enqueue(antwoord);
        return antwoord;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proces in Processen)
            await proces.DisposeAsync();
        _http.Dispose();
        await Opslag.DisposeAsync();
        Directory.Delete(_map, recursive: true);
    }

    /// <summary>Wat de lezer van een mislukte test wil weten: elke casus met haar regie, waar stromen op wachten, en wat de processen zeiden.</summary>
    private async Task<string> Verhaal()
    {
        var verhaal = new StringBuilder($"Het is {Tekst(Nu)}.\n");
        foreach (var (kop, dienst, vraag) in new[]
        {
            ("Regie", "regie", "select casus_id, waarde, vanaf, tot, grond from perioden where lijn = 'regie' order by casus_id, volgnr limit 20"),
            ("Stromen", "regie", "select s.casus_id, s.definitie_id, s.status, w.titel, w.sinds, w.verloopt_op from stromen s left join wachtpunten w on w.stroom_id = s.id and w.afgehandeld_op is null order by s.casus_id, s.gestart_op limit 20"),
            ("Onverwerkbaar", "regie", "select wachtrij, type, reden from onverwerkbare_berichten limit 10"),
            ("Meldingen", "intake", "select count(*), count(casus_id) from meldingen"),
            ("Nog te verzenden door intake", "intake", "select type, count(*) from outbox group by type"),
            ("Nog te verzenden door regie", "regie", "select type, count(*) from outbox group by type"),
        })
        {
            verhaal.AppendLine(kop);
            foreach (var rij in await Opslag.Rijen(dienst, vraag))
                verhaal.AppendLine(CultureInfo.InvariantCulture, $"  {string.Join(" | ", rij)}");
        }

        foreach (var proces in Processen)
            verhaal.AppendLine(CultureInfo.InvariantCulture, $"{proces.Naam} op {proces.Adres}{(proces.Proces.IsWeg ? " (weg)" : "")}\n{proces.Proces.Logboek}");
        return verhaal.ToString();
    }

    // Who asks regie may get either replica, as behind a gateway.
    private Uri Adres(string pad)
    {
        var naam = pad.Split('/', '?') switch
        {
            [_, "v1", "meldingen" or "toestemmingen" or "inzageverzoeken" or "betrokkenen" or "verstrekkingen" or "verhuizingen", ..] => "intake",
            [_, "v1", "kernteams", ..] => "kernteam",
            [_, "v1", "casussen" or "overdrachten" or "opschalingen" or "professionals" or "noodoverdrachten" or "vervangingen" or "knelpunten" or "taken" or "stromen" or "migraties" or "termijnen" or "zoekvragen" or "gebeurtenissen" or "abonnementen" or "bewaking" or "retrospectieven", ..] => "regie",
            [_, "v1", "consulten" or "incidenten" or "standbymaatregelen" or "kindcontacten" or "vtos" or "raadsonderzoeken" or "beschikkingen", ..] => "veiligheid",
            [_, "v1", ..] => "onderwijs",
            _ => null,
        };
        var kunnenHet = Processen.Where(p => p.Naam == "all" || p.Naam.Split(',').Contains(naam ?? "regie")).ToArray();
        return kunnenHet[naam is null ? 0 : Interlocked.Increment(ref _beurt) % kunnenHet.Length].Adres;
    }

    private void SchrijfRegio() => File.WriteAllText(Path.Combine(_map, "regio.json"), _regio.ToJsonString());
}

/// <summary>Een plaats waar een proces draait: hetzelfde adres en dezelfde instellingen, ook na een herstart.</summary>
public sealed class Dienst(string naam, Uri adres, string map, IReadOnlyList<string> instellingen) : IAsyncDisposable
{
    private HostProces? _proces;

    public string Naam => naam;
    public Uri Adres => adres;
    public HostProces Proces => _proces ?? throw new InvalidOperationException($"{naam} is nog niet gestart.");

    public async Task Start(params IEnumerable<string> extra)
    {
        await Begin(extra);
        await Proces.Gereed();
    }

    /// <summary>Start, zonder te wachten tot het proces antwoordt.</summary>
    public async Task Begin(params IEnumerable<string> extra)
    {
        await DisposeAsync();
        _proces = HostProces.Start(adres, map, [.. instellingen, .. extra]);
    }

    public ValueTask DisposeAsync() => _proces?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Een casus, zoals zij net begonnen is.</summary>
/// <param name="Waarnemer">De eerste die voor de regisseur waarneemt.</param>
/// <param name="Collega">De tweede.</param>
/// <param name="Geopend">Wanneer, in Nederlandse tijd.</param>
public sealed record Casus(Guid Id, Gezin Gezin, Persoon Regisseur, Persoon Waarnemer, Persoon Collega, Persoon Leidinggevende, string Geopend);

/// <summary>Een gezin dat om hulp vraagt.</summary>
public sealed class Gezin(Stad stad, string naam, int kinderen)
{
    /// <summary>Het pseudoniem bij de bron.</summary>
    public string Ref => naam;

    /// <summary>Vraagt om hulp; een volgende keer is een nieuwe melding van hetzelfde gezin.</summary>
    public async Task<Guid> VraagtHulp() => (await stad.Melder.Meldt(Hulpvraag()).Lukt()).Id;

    /// <summary>Vraagt om hulp, en krijgt een casus.</summary>
    public async Task<Guid> KrijgtCasus() => await stad.CasusVan(await VraagtHulp());

    /// <summary>De politie meldt het gezin bij Veilig Thuis.</summary>
    public async Task<Guid> WordtGemeld() => await stad.CasusVan((await stad.Melder.Meldt(Melding("zorgformulier-politie", "Zilverdam")).Lukt()).Id);

    /// <param name="gemeente">Waar het gezin woont.</param>
    public JsonNode Hulpvraag(string gemeente = "Zilverdam") => Melding("hulpvraag-gezin", gemeente);

    private JsonNode Melding(string type, string gemeente)
    {
        var melding = JsonNode.Parse(Meldingen.VanType(type))!;
        melding["meldingId"] = $"MLD-{naam}-{Guid.CreateVersion7()}";
        melding["ontvangenOp"] = stad.Nu == default ? TimeProvider.System.GetUtcNow() : stad.Nu;
        melding["gebeurtenisOp"] = null;
        melding["gemeente"] = gemeente;
        melding["betreft"]!["gezinRef"] = naam;
        melding["betreft"]!["kinderen"] = new JsonArray([.. Enumerable.Range(1, kinderen).Select(n => new JsonObject { ["ref"] = $"K{n}", ["leeftijdsband"] = "8-11" })]);
        return melding;
    }
}

/// <summary>Van elke opstelling een stad waarin verhalen na elkaar spelen, elk met een eigen gezin.</summary>
public sealed class Steden : IAsyncLifetime
{
    private readonly Dictionary<Opstelling, Stad> _steden = [];

    public async Task<Stad> In(Opstelling opstelling) =>
        _steden.TryGetValue(opstelling, out var stad) ? stad : _steden[opstelling] = await Stad.Start(opstelling, "2026-03-02 10:15", MetEenLeegTeam);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var stad in _steden.Values)
            await stad.DisposeAsync();
    }

    // In Leegdorp works nobody but the head of the team.
    private static void MetEenLeegTeam(JsonNode regio)
    {
        regio["teams"]!.AsArray().Add(new JsonObject { ["id"] = "lokaal-leeg", ["naam"] = "Lokaal team Leegdorp", ["routes"] = new JsonArray("lokaal-team"), ["gemeenten"] = new JsonArray("Leegdorp"), ["leidinggevendeId"] = Leeg });
        regio["professionals"]!.AsArray().Add(new JsonObject { ["id"] = Leeg, ["naam"] = "Lies Brouwer", ["rol"] = "leidinggevende", ["organisatie"] = "Lokaal team Leegdorp", ["teamId"] = "lokaal-leeg", ["vervangers"] = new JsonArray() });
    }

    private const string Leeg = "0197a000-0000-7000-8000-000000000091";
}

/// <summary>Verhalen die een stad delen.</summary>
[CollectionDefinition(nameof(Verhalen), DisableParallelization = true)]
public sealed class Verhalen : ICollectionFixture<Steden>;

/// <summary>De veertien aangeleverde meldingen, met wat ervan verwacht wordt.</summary>
public static class Meldingen
{
    public static IReadOnlyList<string> Regels { get; } = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "meldingen.jsonl"));

    public static IReadOnlyList<JsonNode> Verwacht { get; } = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "meldingen.verwacht.jsonl")).Select(regel => JsonNode.Parse(regel)!)];

    /// <summary>Een melding van dit soort.</summary>
    public static string VanType(string type) => Regels.First(regel => regel.Contains($"\"{type}\"", StringComparison.Ordinal));
}

/// <summary>Wat de machine voor zich alleen nodig heeft.</summary>
[CollectionDefinition(nameof(Alleen), DisableParallelization = true)]
public sealed class Alleen;
