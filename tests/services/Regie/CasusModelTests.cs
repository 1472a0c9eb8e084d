using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;
using Xunit;
using Xunit.Abstractions;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>
/// Willekeurige mensen doen willekeurige dingen in een paar casussen: dubbel, te laat, op het verkeerde moment, en soms valt de stroom
/// uit. Met de echte handelingen, stromen en termijnen, en na elke stap de afspraken. Wat geweigerd wordt verandert niets.
/// </summary>
public sealed class CasusModelTests(ITestOutputHelper uitvoer)
{
    private const int Daden = 100;

    /// <summary>How many sequences; <c>MODEL_REEKSEN=1000</c> makes it a hundred thousand acts.</summary>
    private static readonly int Reeksen = int.TryParse(Environment.GetEnvironmentVariable("MODEL_REEKSEN"), out var gevraagd) ? gevraagd : 20;

    [Fact]
    public void Wat_mensen_ook_doen_de_afspraken_houden()
    {
        var stand = new Telling();
        var daad = Gen.Choose(0, int.MaxValue).SelectMany(a => Gen.Choose(0, int.MaxValue).Select(b => Daad.Uit(a, b)));
        try
        {
            Prop.ForAll(Arb.From(Gen.ArrayOf(daad, Daden), Korter), daden => Task.Run(() => Wereld.SpeelAsync(daden, stand)).GetAwaiter().GetResult())
                .Check(Config.QuickThrowOnFailure.WithMaxTest(Reeksen));
        }
        catch (Exception fout) when (stand.Kortste is { } verhaal)
        {
            // The story says it all; of what FsCheck tells only how to play it again.
            Assert.Fail($"{verhaal}\n{string.Join('\n', fout.Message.Split('\n').Take(3))}");
        }

        uitvoer.WriteLine(stand.ToString());
        // A run in which nothing succeeds proves nothing.
        Assert.True(stand.Gelukt.Values.Sum() > stand.Totaal / 20, stand.ToString());
        Assert.True(stand.Wisselingen > Reeksen / 4, stand.ToString());
        Assert.All(Enum.GetValues<Handeling>(), h => Assert.True(Reeksen < 100 || stand.Gelukt.GetValueOrDefault(h) > 0, $"{h} lukte nooit\n{stand}"));
    }

    // Whole parts away first, single acts last: the story that is left has nothing in it that does not matter.
    private static IEnumerable<Daad[]> Korter(Daad[] daden)
    {
        for (var deel = daden.Length / 2; deel >= 1; deel /= 2)
            for (var i = 0; i + deel <= daden.Length; i += deel)
                yield return [.. daden[..i], .. daden[(i + deel)..]];
    }

    private enum Handeling
    {
        Melden,
        Voorstellen,
        Aanvaarden,
        Weigeren,
        Intrekken,
        Plannen,
        GesprekVoeren,
        VervangingPlannen,
        AcuutVervangen,
        VervangingIntrekken,
        Terugkeren,
        Opschalen,
        Afschalen,
        KaderWijzigen,
        KnelpuntMelden,
        KnelpuntBesluiten,
        KnelpuntOplossen,
        Noodoverdragen,
        NoodgesprekVoeren,
        RechterBeslist,
        UitvoerderAanwijzen,
        Verklaren,
        Afsluiten,
        Heropenen,
        TaakAfronden,
        DienstAntwoordt,
        TijdGaatVoorbij,
    }

    /// <summary>Een ding dat iemand doet, of probeert.</summary>
    /// <param name="Wie">Iemand uit de regio; vanaf twaalf wie er iets over te zeggen heeft.</param>
    /// <param name="Keer">Twee is dubbel: hetzelfde meteen nog eens.</param>
    /// <param name="Uitval">De stroom valt uit voor het is vastgelegd.</param>
    private sealed record Daad(Handeling Handeling, int Wie, int Casus, int Keuze, int Uren, int Keer, bool Uitval)
    {
        // What only follows on something else comes more often, or it would never be its turn.
        private static readonly Handeling[] Kansen =
        [
            .. Enum.GetValues<Handeling>(),
            .. Enumerable.Repeat(Handeling.Voorstellen, 3),
            .. Enumerable.Repeat(Handeling.Aanvaarden, 6),
            .. Enumerable.Repeat(Handeling.GesprekVoeren, 6),
            .. Enumerable.Repeat(Handeling.TaakAfronden, 6),
            .. Enumerable.Repeat(Handeling.KaderWijzigen, 2),
            .. Enumerable.Repeat(Handeling.Afschalen, 4),
            .. Enumerable.Repeat(Handeling.KnelpuntOplossen, 3),
            .. Enumerable.Repeat(Handeling.Verklaren, 3),
            .. Enumerable.Repeat(Handeling.Afsluiten, 5),
            .. Enumerable.Repeat(Handeling.Heropenen, 3),
        ];

        public static Daad Uit(int a, int b) => new(
            Kansen[a % Kansen.Length],
            a / 64 % 24,
            a / 2048 % 3,
            b % 64,
            b / 64 % 240,
            b / 16384 % 8 == 0 ? 2 : 1,
            b / 131072 % 10 == 0);
    }

    /// <summary>Hoe vaak wat lukte.</summary>
    private sealed class Telling
    {
        public SortedDictionary<Handeling, int> Gelukt { get; } = [];
        public int Totaal { get; set; }
        public int Geweigerd { get; set; }
        public int Uitval { get; set; }
        public int Wisselingen { get; set; }

        /// <summary>Het kortste verhaal waarin een afspraak niet hield.</summary>
        public string? Kortste { get; set; }

        public override string ToString() =>
            $"{Totaal} handelingen, {Geweigerd} geweigerd, {Uitval} keer uitval, {Wisselingen} keer wisselde de regie; gelukt: {string.Join(", ", Gelukt.Select(g => $"{g.Key} {g.Value}"))}";
    }

    /// <summary>De stroom viel uit.</summary>
    private sealed class StroomWeg() : Exception("de stroom viel uit");

    private sealed class Onderbreker : DbTransactionInterceptor
    {
        public bool ValtUit { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            ValtUit ? throw new StroomWeg() : ValueTask.FromResult(result);
    }

    private sealed class Klok : TimeProvider
    {
        public DateTimeOffset Nu { get; set; } = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Nu;
    }

    private sealed class Wereld : IAsyncDisposable
    {
        // In every free text a person can fill in; in nothing that leaves.
        private const string Geheim = "zeer-vertrouwelijk-9c1e";

        private static readonly Regio Regio = JsonSerializer.Deserialize<Regio>(File.ReadAllText(Repository.Path("services/host/demonstratieregio.json")), JsonSerializerOptions.Web)!;
        private static readonly StapCatalogus Stappen = new();
        private static readonly Termijnboek Boek = Termijnboek.Standaard;
        private static readonly Definities Definities = new(new Keuring(Stappen, Boek), NullLogger<Definities>.Instance);
        private static readonly IReadOnlyList<Definitie> Stromen = [.. Directory.EnumerateFiles(Repository.Path("workflows/definities"), "*.json").Select(bestand =>
            new Definitie { DefinitieId = Path.GetFileNameWithoutExtension(bestand), Versie = 1, Inhoud = Tekening.AlsVersie(File.ReadAllText(bestand), Path.GetFileNameWithoutExtension(bestand), 1), IsActueel = true, GepubliceerdOp = default })];

        // Who may do much, who may do little, and who has nothing to do with it.
        private static readonly Contracts.Professional[] Mensen =
            [.. new[] { "Samira", "Joris", "Naomi", "Petra", "Fenne", "Otto", "Suze", "Wessel", "Tamar", "Lia", "Henk", "Gerda" }.Select(voornaam => Regio.Professionals.Single(p => p.Naam.StartsWith(voornaam, StringComparison.Ordinal)))];

        private readonly MemoryDatabase _database = new();
        private readonly DbContextOptions<RegieDbContext> _opties;
        private readonly Onderbreker _onderbreker = new();
        private readonly Klok _klok = new();
        private readonly StringBuilder _verhaal = new();
        private readonly Dictionary<Guid, int> _wisselingen = [];
        private readonly Telling _telling;

        private Wereld(Telling telling)
        {
            _telling = telling;
            var opties = new DbContextOptionsBuilder<RegieDbContext>().AddInterceptors(_onderbreker);
            _database.Configure(opties, "regie");
            _opties = opties.Options;
        }

        public static async Task<bool> SpeelAsync(IReadOnlyList<Daad> daden, Telling telling)
        {
            await using var wereld = new Wereld(telling);
            await wereld.BeginAsync();
            try
            {
                foreach (var daad in daden)
                    for (var keer = 0; keer < daad.Keer; keer++)
                        await wereld.ProbeerAsync(daad);
            }
            catch (Exception fout)
            {
                var verhaal = $"{fout.Message}\n{wereld._verhaal}";
                if (telling.Kortste is null || verhaal.Length < telling.Kortste.Length)
                    telling.Kortste = verhaal;
                throw;
            }

            return true;
        }

        public ValueTask DisposeAsync() => _database.DisposeAsync();

        private RegieDbContext Db() => new(_opties);

        private async Task BeginAsync()
        {
            await MessagingSetup.PrepareAsync(_database, Bus.Parse(null), [new RegieService()], [], default);
            await using var db = Db();
            await RegioLaden.OvernemenAsync(db, Regio, default);
            db.Definities.AddRange(Stromen.Select(s => new Definitie { DefinitieId = s.DefinitieId, Versie = s.Versie, Inhoud = s.Inhoud, IsActueel = true, GepubliceerdOp = _klok.Nu }));
            await db.SaveChangesAsync();
        }

        private async Task ProbeerAsync(Daad daad)
        {
            _telling.Totaal++;
            _klok.Nu = _klok.Nu.AddMinutes(1);
            var casussen = await CasussenAsync();
            if (casussen.Count == 0)
                daad = daad with { Handeling = Handeling.Melden };
            var casusId = casussen.Count == 0 ? Guid.Empty : casussen[daad.Casus % casussen.Count];
            var wie = await WieAsync(daad, casusId);
            var voor = await BeeldAsync(casusId, daad.Uitval);
            var geschreven = await GeschrevenAsync();
            _verhaal.Append(CultureInfo.InvariantCulture, $"  {_klok.Nu:d MMM HH:mm} {wie.Naam.Split(' ')[0]} ({wie.Rol}): {daad.Handeling}, casus {casussen.IndexOf(casusId) + 1}, keuze {daad.Keuze}");
            try
            {
                _onderbreker.ValtUit = daad.Uitval;
                await using (var db = Db())
                    await DoeAsync(daad, wie, casusId, db, new CasusRunner(db, _database, Stappen, Definities, Boek, _klok));
                _telling.Gelukt[daad.Handeling] = _telling.Gelukt.GetValueOrDefault(daad.Handeling) + 1;
                _verhaal.AppendLine(": gelukt");
            }
            catch (Exception nee) when (nee is Geweigerd or OngeldigeInvoer)
            {
                _verhaal.AppendLine(CultureInfo.InvariantCulture, $": geweigerd, {nee.Message}");
                _telling.Geweigerd++;
                // That somebody answered with what is no decision, or asked what would break an agreement, others may know.
                if (daad.Handeling != Handeling.KnelpuntBesluiten && nee is not Geweigerd { Afspraak: not null })
                    Assert.Equal(geschreven, await GeschrevenAsync());
                if (nee is Geweigerd)
                    Assert.Matches("^[A-Z].*[.]$", nee.Message);
                else
                    Assert.All(((OngeldigeInvoer)nee).Fouten, f => Assert.Matches("^[A-Z].*[.]$", f.Melding));
            }
            catch (StroomWeg)
            {
                _verhaal.AppendLine(": de stroom viel uit");
                _telling.Uitval++;
                _onderbreker.ValtUit = false;
                Assert.Equal(voor, await BeeldAsync(casusId, true));
            }
            finally
            {
                _onderbreker.ValtUit = false;
            }

            foreach (var casus in await CasussenAsync())
                await ControleerAsync(casus, daad.Handeling, casus == casusId || daad.Handeling is Handeling.TijdGaatVoorbij or Handeling.Melden);
        }

        // Half of the time somebody who has a say in it; otherwise nearly everything would be refused.
        private async Task<Contracts.Professional> WieAsync(Daad daad, Guid casusId)
        {
            if (daad.Wie < Mensen.Length || casusId == Guid.Empty)
                return Mensen[daad.Wie % Mensen.Length];
            await using var db = Db();
            var houder = await db.Perioden.Where(p => p.CasusId == casusId && p.Lijn == Lijnen.Regie).OrderByDescending(p => p.Volgnr).Select(p => p.Waarde).FirstAsync();
            var gevraagd = await db.Overdrachten.Where(o => o.CasusId == casusId).OrderByDescending(o => o.VoorgesteldOp).Select(o => (Guid?)o.NaarId).FirstOrDefaultAsync();
            var id = daad.Wie < 17 ? Guid.Parse(houder) : daad.Wie < 21 && gevraagd is { } ontvanger ? ontvanger : Mensen[3].Id;
            return Regio.Professionals.Single(p => p.Id == id);
        }

        private async Task DoeAsync(Daad daad, Contracts.Professional wie, Guid casusId, RegieDbContext db, CasusRunner runner)
        {
            var actor = new Actor(wie.Id, Rollen.Lees(wie.Rol)!.Value, wie.Organisatie);
            var ander = Mensen[daad.Keuze % Mensen.Length];
            var moment = _klok.Nu.AddHours(daad.Keuze % 4 == 0 ? -daad.Uren : 0);
            var ct = CancellationToken.None;
            switch (daad.Handeling)
            {
                case Handeling.Melden:
                    await MeldAsync(daad, db, runner);
                    break;
                case Handeling.Voorstellen:
                    await OverdrachtVoorstellen.Voorstellen(casusId, new(ander.Id, Geheim), default, actor, db, runner, ct);
                    break;
                case Handeling.Aanvaarden:
                    await OverdrachtBeantwoorden.Aanvaarden(await OverdrachtAsync(db, casusId, daad), null, default, actor, db, runner, ct);
                    break;
                case Handeling.Weigeren:
                    await OverdrachtBeantwoorden.Weigeren(await OverdrachtAsync(db, casusId, daad), new(Geheim, daad.Keuze % 3 == 0 ? null : Geheim), default, actor, db, runner, ct);
                    break;
                case Handeling.Intrekken:
                    await OverdrachtBeantwoorden.Intrekken(await OverdrachtAsync(db, casusId, daad), new(Geheim), default, actor, db, runner, ct);
                    break;
                case Handeling.Plannen:
                    await GesprekVoeren.Vastleggen(await OverdrachtAsync(db, casusId, daad), new(_klok.Nu.AddHours(daad.Uren), null, null, null, null), default, actor, db, runner, ct);
                    break;
                case Handeling.GesprekVoeren:
                    await GesprekVoeren.Vastleggen(await OverdrachtAsync(db, casusId, daad), new(null, moment, daad.Keuze % 5 != 0, true, daad.Keuze % 2 == 0 ? Geheim : null), default, actor, db, runner, ct);
                    break;
                case Handeling.VervangingPlannen:
                    await VervangingRegelen.Regelen(casusId, new(Vervanging.Gepland, _klok.Nu.AddHours(daad.Uren - 12), _klok.Nu.AddHours(daad.Uren + 100), Geheim, daad.Keuze % 3 == 0 ? ander.Id : null), actor, db, runner, ct);
                    break;
                case Handeling.AcuutVervangen:
                    await VervangingRegelen.Regelen(casusId, new(Vervanging.Acuut, null, null, Geheim, daad.Keuze % 3 == 0 ? ander.Id : null, IkNeemWaar: daad.Keuze % 2 == 0), actor, db, runner, ct);
                    break;
                case Handeling.VervangingIntrekken:
                    await VervangingRegelen.Intrekken(await VervangingAsync(db, casusId), actor, db, runner, ct);
                    break;
                case Handeling.Terugkeren:
                    await VervangingRegelen.Terugkeren(await VervangingAsync(db, casusId), new(moment), actor, db, runner, ct);
                    break;
                case Handeling.Opschalen:
                    await OpschalingVragen.Vragen(casusId, new(Schalen.OpTeSchalen[daad.Keuze % 4], Geheim, Geheim, Geheim, Geheim, _klok.Nu.AddHours(daad.Uren), Geheim, daad.Keuze % 5 == 0), actor, db, runner, ct);
                    break;
                case Handeling.Afschalen:
                    await AfschalingVragen.Vragen(casusId, new(Schalen.VanLichtNaarZwaar[daad.Keuze % 6], Geheim, Geheim, daad.Keuze % 2 == 0), actor, db, runner, ct);
                    break;
                case Handeling.KaderWijzigen:
                    await KaderovergangVastleggen.Vastleggen(casusId, new("K1", Kaders.Alle[daad.Keuze % 3 == 0 ? daad.Keuze % 6 : daad.Keuze % 2], Bewijs(), "gespreksverslag", moment), actor, db, runner, _klok, ct);
                    break;
                case Handeling.KnelpuntMelden:
                    await Knelpuntroute.Melden(casusId, new(Knelpunt.Soorten[daad.Keuze % 6], Geheim, Geheim), actor, db, runner, ct);
                    break;
                case Handeling.KnelpuntBesluiten:
                    await Knelpuntroute.Besluiten(await KnelpuntAsync(db, casusId), new(daad.Keuze % 4 == 0 ? "ter kennisgeving" : daad.Keuze % 4 == 1 ? Knelpunt.Doorzetten : Knelpunt.Oplossen, Geheim, actor.Id, moment, 0), actor, db, runner, ct);
                    break;
                case Handeling.KnelpuntOplossen:
                    await Knelpuntroute.Oplossen(await KnelpuntAsync(db, casusId), new(true, true, daad.Keuze % 4 != 0), actor, db, runner, ct);
                    break;
                case Handeling.Noodoverdragen:
                    await NoodoverdrachtRegelen.Melden(casusId, new(ander.Id, Geheim, Geheim), actor, db, runner, ct);
                    break;
                case Handeling.NoodgesprekVoeren:
                    await NoodoverdrachtRegelen.Bespreken(await db.Noodoverdrachten.Where(n => n.CasusId == casusId).OrderByDescending(n => n.GemeldOp).Select(n => n.Id).FirstOrDefaultAsync(ct), new(moment, true, true, null), actor, db, runner, ct);
                    break;
                case Handeling.RechterBeslist:
                    await KaderovergangVastleggen.Vastleggen(casusId, new("K1", daad.Keuze % 3 == 0 ? Kaders.Vots : Kaders.Ots, Bewijs(), "zitting", _klok.Nu, VerzoekDoor: "raad-voor-de-kinderbescherming", Beschikking: new("C/1", DateOnly.FromDateTime(_klok.Nu.Date), DateOnly.FromDateTime(_klok.Nu.Date.AddDays(daad.Uren)), "gi")), actor, db, runner, _klok, ct);
                    break;
                case Handeling.UitvoerderAanwijzen:
                    await UitvoerderAanwijzen.Aanwijzen(casusId, new("K1", null, Mensen[8].Id, Regio.Professionals.Single(p => p.Naam.StartsWith("Rik", StringComparison.Ordinal)).Id), actor, db, runner, ct);
                    break;
                case Handeling.Verklaren:
                    await Afsluiten.Verklaren(casusId, new("gezin", daad.Keuze % 5 == 0 ? "niet-klaar" : "klaar", Geheim), actor, db, runner, ct);
                    break;
                case Handeling.Afsluiten:
                    await Afsluiten.Sluiten(casusId, new(Geheim, _klok.Nu.AddDays(90), Geheim, true, Geheim), actor, db, runner, _klok, ct);
                    break;
                case Handeling.Heropenen:
                    await Heropenen.Vragen(casusId, new(Geheim), actor, db, runner, ct);
                    break;
                case Handeling.TaakAfronden:
                    await RondAfAsync(daad, actor, casusId, db, runner);
                    break;
                case Handeling.DienstAntwoordt:
                    await AntwoordAsync(daad, casusId, db, runner);
                    break;
                case Handeling.TijdGaatVoorbij:
                    await LaatTijdVoorbijgaanAsync(daad);
                    break;
            }
        }

        private async Task MeldAsync(Daad daad, RegieDbContext db, CasusRunner runner)
        {
            var melding = new MeldingGerouteerd(Guid.CreateVersion7(_klok.Nu), "lokaal-team", "regulier", $"GZN-{daad.Casus}", "Zilverdam", [new("K1", "8-11"), new("K2", "4-7")], null, _klok.Nu, _klok.Nu.AddDays(5));
            await using var transaction = await db.Database.BeginTransactionAsync();
            await MeldingGerouteerdConsumer.BeginAsync(melding, _klok.Nu, db, _database, runner, default);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        // Somebody ends a task: mostly one of his own, sometimes one of another.
        private static async Task RondAfAsync(Daad daad, Actor actor, Guid casusId, RegieDbContext db, CasusRunner runner)
        {
            var taken = await (daad.Keuze % 4 == 0 ? db.Wachtpunten.Where(w => w.CasusId == casusId) : Taken.Van(db, actor).Where(w => w.Stap == "NetwerkRegie.Taak")).AsNoTracking().OrderBy(w => w.Id).ToListAsync();
            if (taken.Count == 0)
                throw new Geweigerd("Er is geen taak.");
            var taak = taken[daad.Keuze % taken.Count];
            await Taken.Afronden(taak.Id, new(taak.Uitgangen[daad.Keuze % taak.Uitgangen.Count]), actor, db, runner, default);
        }

        // Another service answers; also when nobody waits for it any more.
        private static async Task AntwoordAsync(Daad daad, Guid casusId, RegieDbContext db, CasusRunner runner)
        {
            var gevraagd = await db.Wachtpunten.AsNoTracking().Where(w => w.CasusId == casusId && w.VoorRol!.StartsWith("dienst:")).OrderByDescending(w => w.Sinds).ThenBy(w => w.Id).ToListAsync();
            if (gevraagd.Count == 0)
                throw new Geweigerd("Er is niets gevraagd.");
            var wacht = gevraagd[daad.Keuze % gevraagd.Count];
            var uitkomst = StapCatalogus.Uitkomsten.Single(u => u.Name == wacht.Uitgangen[0]);
            var inhoud = new System.Text.Json.Nodes.JsonObject(uitkomst.GetProperties().Select(p => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(p.Name), p.PropertyType == typeof(StapRef)
                ? JsonSerializer.SerializeToNode(wacht.Ref, JsonSerializerOptions.Web)
                : p.PropertyType == typeof(Guid) ? (System.Text.Json.Nodes.JsonNode?)$"{Mensen[4].Id}" : null)));
            await runner.RunAsync(casusId, async burst => await burst.AntwoordAsync(wacht.Ref, uitkomst.Name, inhoud), default);
        }

        private async Task LaatTijdVoorbijgaanAsync(Daad daad)
        {
            var tot = _klok.Nu.AddHours(daad.Uren * (daad.Keuze % 5 == 0 ? 6 : 1));
            for (var verlopen = 0; ; verlopen++)
            {
                Klopt("een stroom komt niet tot rust", verlopen < 5000);
                await using var db = Db();
                if (await db.Wachtpunten.AsNoTracking().Where(w => w.AfgehandeldOp == null && w.VerlooptOp != null && w.VerlooptOp <= tot).OrderBy(w => w.VerlooptOp).ThenBy(w => w.Id).FirstOrDefaultAsync() is not { } w)
                    break;
                _klok.Nu = w.VerlooptOp > _klok.Nu ? w.VerlooptOp.Value : _klok.Nu;
                await new CasusRunner(db, _database, Stappen, Definities, Boek, _klok).RunAsync(w.CasusId, async burst =>
                {
                    await burst.VerloopAsync(w.Id);
                    return true;
                }, default);
            }

            _klok.Nu = tot;
        }

        private static Dictionary<string, string> Bewijs() =>
            new[] { "analyse", "voorwaarden", "zienswijzeGezin", "evaluatie", "bedreigingen", "bedreiging", "warmeOverdracht" }.ToDictionary(stuk => stuk, _ => Geheim).Append(KeyValuePair.Create("rvtConsult", $"{Mensen[4].Id}")).ToDictionary();

        private static async Task<Guid> OverdrachtAsync(RegieDbContext db, Guid casusId, Daad daad)
        {
            var overdrachten = await db.Overdrachten.Where(o => o.CasusId == casusId).OrderByDescending(o => o.VoorgesteldOp).ThenByDescending(o => o.Id).Select(o => o.Id).ToListAsync();
            // Mostly the last one; sometimes a message about an earlier one comes late.
            return overdrachten.Count == 0 ? Guid.Empty : overdrachten[daad.Keuze % 6 == 0 ? daad.Keuze % overdrachten.Count : 0];
        }

        private static Task<Guid> KnelpuntAsync(RegieDbContext db, Guid casusId) =>
            db.Knelpunten.Where(k => k.CasusId == casusId && k.Status != Knelpunt.Opgelost).OrderByDescending(k => k.Status).ThenByDescending(k => k.GemeldOp).Select(k => k.Id).FirstOrDefaultAsync();

        private static Task<Guid> VervangingAsync(RegieDbContext db, Guid casusId) =>
            db.Vervangingen.Where(v => v.CasusId == casusId).OrderByDescending(v => v.Vanaf).ThenByDescending(v => v.Id).Select(v => v.Id).FirstOrDefaultAsync();

        private async Task<List<Guid>> CasussenAsync()
        {
            await using var db = Db();
            return await db.Casussen.AsNoTracking().OrderBy(c => c.Id).Select(c => c.Id).ToListAsync();
        }

        // The one connection of this database counts every row it ever wrote.
        private async Task<long> GeschrevenAsync()
        {
            await using var db = Db();
            return await db.Database.SqlQuery<long>($"select total_changes() as Value").SingleAsync();
        }

        private async Task<string> BeeldAsync(Guid casusId, bool helemaal)
        {
            if (!helemaal)
                return "";
            await using var db = Db();
            var tabellen = await db.Database.SqlQuery<string>($"select name as Value from sqlite_master where type = 'table' and name not like 'sqlite_%'").ToListAsync();
            await using var telling = db.Database.GetDbConnection().CreateCommand();
            telling.CommandText = string.Join(" union all ", tabellen.Order(StringComparer.Ordinal).Select(t => $"select '{t} ' || count(*) from {t}"));
            await using var rijen = await telling.ExecuteReaderAsync();
            var beeld = new StringBuilder();
            while (await rijen.ReadAsync())
                beeld.AppendLine(rijen.GetString(0));
            foreach (var periode in await db.Perioden.AsNoTracking().Where(p => p.CasusId == casusId).OrderBy(p => p.Lijn).ThenBy(p => p.Onderdeel).ThenBy(p => p.Volgnr).ToListAsync())
                beeld.AppendLine(CultureInfo.InvariantCulture, $"{periode.Lijn} {periode.Onderdeel} {periode.Waarde} {periode.Vanaf:O} {periode.Tot:O}");
            return beeld.ToString();
        }

        /// <summary>R1-R10, for as far as one casus shows them.</summary>
        private async Task ControleerAsync(Guid casusId, Handeling handeling, bool magBewegen)
        {
            await using var db = Db();
            var isOpen = await db.Casussen.Where(c => c.Id == casusId).Select(c => c.IsOpen).SingleAsync();
            var perioden = await db.Perioden.AsNoTracking().Where(p => p.CasusId == casusId).OrderBy(p => p.Lijn).ThenBy(p => p.Onderdeel).ThenBy(p => p.Volgnr).ToListAsync();
            foreach (var lijn in perioden.GroupBy(p => (p.Lijn, p.Onderdeel)))
            {
                Periode[] delen = [.. lijn];
                Klopt("R1: precies een lopende periode, en dat is de laatste; geen als de casus gesloten is", delen.Count(p => p.Tot is null) == (isOpen ? 1 : 0) && delen[^1].Tot is null == isOpen);
                Klopt("R1: niemand houdt de regie alleen terwijl de casus gesloten was", delen.All(p => p.Merk != Merken.Afgesloten || p.Bron.StartsWith("heropening ", StringComparison.Ordinal)));
                for (var i = 0; i < delen.Length; i++)
                {
                    Klopt($"R1: {lijn.Key.Lijn} is genummerd zonder gat", delen[i].Volgnr == i + 1);
                    Klopt($"R1: {lijn.Key.Lijn} duurt iets", delen[i].Tot is null || delen[i].Vanaf < delen[i].Tot);
                    if (i == 0)
                        continue;
                    Klopt($"R1: {lijn.Key.Lijn} sluit aan in de wereld", delen[i - 1].Tot == delen[i].Vanaf);
                    Klopt($"R1: {lijn.Key.Lijn} sluit aan in wat wij weten", delen[i - 1].EindeVastgelegdOp == delen[i].VastgelegdOp);
                    Klopt($"R1: {lijn.Key.Lijn} werd niet bekend voor het gebeurde", delen[i].VastgelegdOp >= delen[i].Vanaf);
                }
            }

            var regie = perioden.Where(p => p.Lijn == Lijnen.Regie).ToList();
            var (overdrachten, vervangingen) = (await db.Overdrachten.AsNoTracking().Where(o => o.CasusId == casusId).ToListAsync(), await db.Vervangingen.AsNoTracking().Where(v => v.CasusId == casusId).ToListAsync());
            var noden = await db.Noodoverdrachten.AsNoTracking().Where(n => n.CasusId == casusId).ToListAsync();
            var houder = regie[^1];
            Klopt("R1: de houder is een mens met een naam", await db.Professionals.AnyAsync(p => p.Id == Guid.Parse(houder.Waarde) && p.IsActief));
            Klopt("R2: de houder heeft een vervanger", await Toegang.HeeftVervangerAsync(db, houder.PrincipaalId ?? Guid.Parse(houder.Waarde), default));
            foreach (var deel in regie.Skip(1))
                Klopt("R3: zonder gesprek of vervanging verplaatst de regie niet", deel.Bron.Split(' ') switch
                {
                    ["overdracht", var id] => overdrachten.Single(o => o.Id == Guid.Parse(id)) is { GesprekBeeindigdOp: { } op, Status: Overdracht.Effectief or Overdracht.Nazorg or Overdracht.Afgesloten } o && deel.Waarde == o.NaarId.ToString() && deel.Vanaf - op <= TimeSpan.FromMilliseconds(1),
                    ["heropening", _] => true,
                    ["noodoverdracht", var id] => noden.Single(n => n.Id == Guid.Parse(id)) is { Vanaf: not null } n && deel.Waarde == n.NaarId.ToString(),
                    ["vervanging", var id] => vervangingen.Single(v => v.Id == Guid.Parse(id)) is var v && (deel.Waarde == v.WaarnemerId.ToString() || (deel.Waarde == v.PrincipaalId.ToString() && v.BeeindigdOp is not null)),
                    _ => false,
                });

            var voorheen = _wisselingen.GetValueOrDefault(casusId, 1);
            if (regie.Count != voorheen)
            {
                Klopt("R4, R5, R6: alleen een gesprek, een vervanging, nood of heropenen verplaatst de regie", magBewegen && handeling is Handeling.GesprekVoeren or Handeling.VervangingPlannen or Handeling.AcuutVervangen or Handeling.Terugkeren or Handeling.Noodoverdragen or Handeling.Heropenen or Handeling.Melden or Handeling.TijdGaatVoorbij);
                _telling.Wisselingen += regie.Count - voorheen;
            }

            _wisselingen[casusId] = regie.Count;
            var wie = await db.Knelpunten.CountAsync(k => k.CasusId == casusId && k.Soort == "wie");
            Klopt("R5: bij een weigering of stilte hoort een knelpunt", overdrachten.Count(o => o.Status is Overdracht.Geweigerd or Overdracht.Verlopen) <= wie);
            Klopt("R5: hooguit een overdracht loopt", overdrachten.Count(o => o.IsLopend) <= 1);
            Klopt("hooguit een vervanging loopt", vervangingen.Count(v => v.Status is Vervanging.Gepland or Vervanging.Actief) <= 1);
            Klopt("R7: elk wachten heeft een termijn en wie kan vlottrekken", !await db.Wachtpunten.AnyAsync(w => w.CasusId == casusId && w.AfgehandeldOp == null && w.VoorRol != "klok" && (w.VerlooptOp == null || w.Vlottrekker == null)));
            Klopt("een stroom viel stil", !await db.Stromen.AnyAsync(s => s.CasusId == casusId && s.Storingen > 0));
            Klopt("R9: vertrouwelijke tekst gaat niet naar buiten", !await db.Outbox.AnyAsync(m => m.Sleutel == casusId && m.Inhoud.Contains(Geheim)) && !await db.Logboek.AnyAsync(g => g.CasusId == casusId && g.Inhoud.Contains(Geheim)));
            Klopt("R10: het logboek heeft geen gat", await db.Logboek.CountAsync(g => g.CasusId == casusId) == await db.Logboek.Where(g => g.CasusId == casusId).MaxAsync(g => g.Volgnr));
        }

        private static void Klopt(string afspraak, bool klopt) => Assert.True(klopt, afspraak);
    }
}
