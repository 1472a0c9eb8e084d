using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Wat een zin in een verhaal doet. Elke handeling is die van de mensen zelf, met dezelfde regels.</summary>
internal sealed partial class Spel
{
    public const string Aanvaardt = "aanvaardt";
    public const string Weigert = "weigert";
    public const string TrektIn = "intrekt";

    // ---- Gegeven ----

    public Task GegevenGezin(bool heeftCasus, int kinderen, string plaats, DateTimeOffset op)
    {
        _gezin = (heeftCasus, kinderen, plaats, op);
        _klok.Zet(op);
        return Task.CompletedTask;
    }

    public Task GegevenHouderAsync(Wie wie)
    {
        _houder = wie;
        return Task.CompletedTask;
    }

    public Task GegevenSchaal(string schaal)
    {
        _schaal = schaal;
        return Task.CompletedTask;
    }

    public Task GegevenKader(string? kind, string kader)
    {
        foreach (var verwijzing in kind is null ? Kinderen().Select(k => k.Ref) : [kind])
            _kaders[verwijzing] = kader;
        return Task.CompletedTask;
    }

    private IEnumerable<Contracts.Intake.Kind> Kinderen() => Enumerable.Range(1, _gezin.Kinderen).Select(i => new Contracts.Intake.Kind($"K{i}", "4-11"));

    private async Task BeginAsync()
    {
        if (_isBegonnen)
            return;
        _isBegonnen = true;
        await MessagingSetup.PrepareAsync(_database, Bus.Parse(null), [new RegieService()], [], _ct);
        await using (var db = Db())
        {
            await RegioLaden.OvernemenAsync(db, _decor.Regio, _ct);
            db.Definities.AddRange(_decor.Stromen.Select(s => new Definitie { DefinitieId = s.Id, Versie = s.Nummer, Inhoud = s.Inhoud, IsActueel = true, GepubliceerdOp = Nu }));
            await db.SaveChangesAsync(_ct);
        }

        if (_gezin.HeeftCasus)
            await OpenAsync();
        await LeesBerichtenAsync();
        _berichten.Clear();
        _uitgegaan.Clear();
    }

    // A casus that is simply there, without the flow that once opened it.
    private async Task OpenAsync()
    {
        _casusId = Guid.CreateVersion7(Nu);
        var houder = _houder is { Id: { } id } ? _decor.Professional(id) : _houder is { } rol ? await WieAsync(rol) : _decor.Regio.Professionals.First(p => p.Rol == "regisseur" && p.TeamId is not null);
        var actor = new Actor(houder.Id, Rol.Regisseur, houder.Organisatie);
        await DoeAsync((_, runner) => runner.RunAsync(_casusId, burst =>
        {
            var casus = Casus.Openen(_casusId, Guid.CreateVersion7(Nu), Proef, _gezin.Plaats, houder.TeamId ?? _decor.Regio.Teams[0].Id, Kinderen(), houder.Id, false, 1, burst.Nu);
            if (_schaal != Schalen.Lokaal)
            {
                var opschaling = new Opschaling { Id = Guid.CreateVersion7(Nu), CasusId = _casusId, Van = Schalen.Lokaal, Naar = _schaal, Reden = Proef, IsAcuut = true, GevraagdDoorId = houder.Id, GevraagdOp = Nu };
                casus.OpschalingVragen(opschaling, actor);
                casus.Opschalen(opschaling.Id, houder.Id, burst.Nu);
            }

            foreach (var (kind, kader) in _kaders.Where(k => k.Value != Kaders.Vrijwillig))
            {
                var overgang = casus.KaderovergangVastleggen(Guid.CreateVersion7(Nu), actor, kind, kader, Bewijs(), "{}", Proef, burst.Nu, burst.Nu);
                casus.KaderWijzigen(overgang.Id, burst.Nu);
            }

            burst.Geopend(casus);
            return Task.FromResult(true);
        }, _ct));
    }

    // ---- Als ----

    public async Task BeantwoordAsync(string wachtpunt, string uitgang, Wie? door)
    {
        var w = await EisWachtAsync(wachtpunt);
        var gekozen = Uitgang(w, uitgang) ?? throw new Geweigerd($"'{Kort(w.Titel)}' kan niet aflopen met '{uitgang}'; wel met {string.Join(", ", w.Uitgangen.Take(HoogsteAantalUitgangen).Select(u => $"'{Kort(u)}'"))}.");
        if (_decor.Stappen.Vind(w.Stap) is OpdrachtStap)
        {
            await AntwoordVanDienstAsync(w, gekozen);
            return;
        }

        if (_decor.Stappen.Vind(w.Stap) is OntvangstAfwachten or OnderzoekAfwachten && gekozen != Stap.Verlopen)
        {
            await LaatRaadAntwoordenAsync(Guid.Parse(w.Sleutel!), gekozen);
            return;
        }

        if (gekozen == _decor.Stappen.Vind(w.Stap)?.BijVerlopen)
            throw new Geweigerd($"'{gekozen}' gebeurt als de termijn van '{Kort(w.Titel)}' verloopt; laat haar verlopen.");
        var wie = door ?? ((w.VoorId ?? w.EersteVan) is { } id && gekozen != AntwoordAfwachten.Ingetrokken ? new Wie("", id) : new Wie(gekozen == AntwoordAfwachten.Ingetrokken ? "regisseur" : w.VoorRol ?? "regisseur", null));
        var onderwerp = Guid.TryParse(w.Sleutel, out var sleutel) ? sleutel : Guid.Empty;
        await AlsAsync(wie, (actor, db, runner) => (_decor.Stappen.Vind(w.Stap), gekozen) switch
        {
            (Taak, _) => Taken.Afronden(w.Id, new(gekozen), actor, db, runner, _ct),
            (AntwoordAfwachten, AntwoordAfwachten.Aanvaard) => OverdrachtBeantwoorden.Aanvaarden(onderwerp, null, default, actor, db, runner, _ct),
            (AntwoordAfwachten, Stap.Geweigerd) => OverdrachtBeantwoorden.Weigeren(onderwerp, new(Proef, Proef), default, actor, db, runner, _ct),
            (AntwoordAfwachten or GesprekAfwachten, AntwoordAfwachten.Ingetrokken) => OverdrachtBeantwoorden.Intrekken(onderwerp, new(Proef), default, actor, db, runner, _ct),
            (GesprekAfwachten, GesprekAfwachten.Gevoerd) => GesprekVoeren.Vastleggen(onderwerp, new(null, Nu, true, true, null), default, actor, db, runner, _ct),
            (NoodgesprekAfwachten, GesprekAfwachten.Gevoerd) => NoodoverdrachtRegelen.Bespreken(onderwerp, new(Nu, true, true, null), actor, db, runner, _ct),
            (AanvangAfwachten, AntwoordAfwachten.Ingetrokken) => VervangingRegelen.Intrekken(onderwerp, actor, db, runner, _ct),
            (TerugkeerAfwachten, TerugkeerAfwachten.Teruggekeerd) => VervangingRegelen.Terugkeren(onderwerp, new(Nu), actor, db, runner, _ct),
            (BemiddelingAfwachten, BemiddelingAfwachten.Afspraak) => KnelpuntBemiddelen.Afspreken(onderwerp, new(Proef), actor, db, runner, _ct),
            (BewijsAfwachten, BewijsAfwachten.Geleverd) => BewijsLeveren.Leveren(onderwerp, new(Proef, Proef, Proef, Proef, _decor.Termijnen["opschaling-evaluatie"].Verloopt(Nu)), actor, db, runner, _ct),
            (BesluitAfwachten, BesluitAfwachten.Besloten) => Knelpuntroute.Besluiten(onderwerp, new(Knelpunt.Oplossen, Proef, actor.Id, Nu.AddDays(7), 0), actor, db, runner, _ct),
            (BesluitAfwachten, BesluitAfwachten.Doorgezet) => Knelpuntroute.Besluiten(onderwerp, new(Knelpunt.Doorzetten, Proef), actor, db, runner, _ct),
            (KaartAfwachten, KaartAfwachten.Uitgereikt) => ReikKaartUitAsync(onderwerp, actor, db, runner),
            (UitvoerderAfwachten, UitvoerderAfwachten.Aangewezen) => WijsUitvoerderAanAsync(onderwerp, actor, db, runner),
            (HorenAfwachten, HorenAfwachten.Gehoord) => HorenVastleggen.Vastleggen(_casusId, new(onderwerp, Nu), actor, db, runner, _ct),
            _ => throw new Geweigerd($"'{Kort(w.Titel)}' loopt niet af met '{gekozen}' doordat iemand antwoordt."),
        });
    }

    public async Task LaatAntwoordenAsync(string dienst, string uitgang)
    {
        var gevraagd = (await WachtendAsync()).Where(w => w.Dienst == dienst).ToList();
        if (gevraagd.FirstOrDefault(w => Uitgang(w, uitgang) is not null) is not { } w)
            throw new Geweigerd(gevraagd.Count == 0 ? $"Aan dienst {dienst} is nu niets gevraagd." : $"Dienst {dienst} kan hier niet antwoorden met '{uitgang}'; wel met {string.Join(", ", gevraagd.SelectMany(g => g.Uitgangen).Distinct().Where(u => u != Stap.Verlopen).Select(u => $"'{u}'"))}.");
        await AntwoordVanDienstAsync(w, Uitgang(w, uitgang)!);
    }

    public async Task LaatVerlopenAsync(string wachtpunt)
    {
        var w = await EisWachtAsync(wachtpunt);
        await ZetKlokAsync(w.VerlooptOp ?? throw new Geweigerd($"'{Kort(w.Titel)}' heeft geen termijn."));
    }

    /// <summary>Laat de tijd voorbijgaan: bij elk moment waarop een termijn verloopt staat de klok even stil.</summary>
    public async Task ZetKlokAsync(DateTimeOffset tot)
    {
        if (tot < Nu)
            throw new Geweigerd($"De klok staat al op {Tijdtaal.Tekst(Nu)} en gaat alleen vooruit.");
        var uiterste = _gezin.Op.AddYears(HoogsteAantalJaren);
        for (; await EersteTermijnAsync() is { VerlooptOp: { } op } w && op <= tot && op <= uiterste;)
        {
            _klok.Zet(op > Nu ? op : Nu);
            _gebeurd.Add(new(Nu, $"de termijn van '{Kort(w.Titel)}' gaat voorbij"));
            await DoeAsync((_, runner) => runner.RunAsync(w.CasusId, async burst =>
            {
                await burst.VerloopAsync(w.Id);
                return true;
            }, _ct));
            await AntwoordVanzelfAsync();
        }

        if (tot > uiterste)
            throw new Afgebroken($"Een verhaal duurt hooguit {HoogsteAantalJaren} jaar; hier is het afgebroken.");
        _klok.Zet(tot);
    }

    public async Task MeldAsync(string route, DateTimeOffset? tot)
    {
        var melding = new MeldingGerouteerd(Guid.CreateVersion7(Nu), route, "regulier", Proef, _gezin.Plaats, [.. Kinderen()], "lokaal-eerste-contact", Nu, tot ?? _decor.Termijnen["lokaal-eerste-contact"].Verloopt(Nu));
        await DoeAsync(async (db, runner) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(_ct);
            await MeldingGerouteerdConsumer.BeginAsync(melding, Nu, db, _database, runner, _ct);
            await db.SaveChangesAsync(_ct);
            await transaction.CommitAsync(_ct);
            return true;
        });
        await using (var db = Db())
            _casusId = await db.Stromen.Select(s => s.CasusId).FirstAsync(_ct);
        await AntwoordVanzelfAsync();
    }

    public async Task StelOverdrachtVoorAsync(Wie wie, Wie aan)
    {
        var naar = (await WieAsync(aan)).Id;
        await AlsAsync(wie, (actor, db, runner) => OverdrachtVoorstellen.Voorstellen(_casusId, new(naar, Proef), default, actor, db, runner, _ct));
    }

    public async Task BeantwoordOverdrachtAsync(Wie wie, string antwoord, Volgorde volgorde)
    {
        var id = await OverdrachtAsync(o => o.Id);
        await AlsAsync(wie, (actor, db, runner) => antwoord switch
        {
            Aanvaardt => OverdrachtBeantwoorden.Aanvaarden(id, null, volgorde, actor, db, runner, _ct),
            Weigert => OverdrachtBeantwoorden.Weigeren(id, new(Proef, Proef), volgorde, actor, db, runner, _ct),
            _ => OverdrachtBeantwoorden.Intrekken(id, new(Proef), volgorde, actor, db, runner, _ct),
        });
    }

    public async Task DraagInNoodOverAsync(Wie wie, Wie aan)
    {
        var naar = (await WieAsync(aan)).Id;
        await AlsAsync(wie, (actor, db, runner) => NoodoverdrachtRegelen.Melden(_casusId, new(naar, Proef, Proef), actor, db, runner, _ct));
    }

    public Task SchaalOpAsync(Wie wie, string naar, DateTimeOffset? evaluatieOp, bool isAcuut) =>
        AlsAsync(wie, (actor, db, runner) => OpschalingVragen.Vragen(_casusId, isAcuut ? new(naar, Proef, null, null, null, null, null, true) : new(naar, Proef, Proef, Proef, Proef, evaluatieOp ?? _decor.Termijnen["opschaling-evaluatie"].Verloopt(Nu), Proef, false), actor, db, runner, _ct));

    public Task SchaalAfAsync(Wie wie, string naar, bool metNazorg) =>
        AlsAsync(wie, (actor, db, runner) => AfschalingVragen.Vragen(_casusId, new(naar, Proef, Proef, metNazorg), actor, db, runner, _ct));

    /// <summary>Iemand kan de regie een tijd niet houden; zonder dagen is dat plotseling, en dan regelt de leidinggevende het.</summary>
    public async Task VervangAsync(Wie wie, DateTimeOffset? van, DateTimeOffset? tot)
    {
        if (await WieAsync(wie) is var afwezig && afwezig.Id != await HouderAsync())
            throw new Geweigerd($"{afwezig.Naam} houdt de regie niet; er is niets te vervangen.");
        await AlsAsync(van is null ? new Wie("leidinggevende", null) : wie, (actor, db, runner) =>
            VervangingRegelen.Regelen(_casusId, new(van is null ? Vervanging.Acuut : Vervanging.Gepland, van, tot, Proef, null, afwezig.Id), actor, db, runner, _ct));
    }

    public Task WijzigKaderAsync(Wie wie, string kind, string naar) =>
        AlsAsync(wie, (actor, db, runner) => KaderovergangVastleggen.Vastleggen(_casusId, new(kind, naar, Bewijs(), Proef, null), actor, db, runner, _klok, _ct));

    /// <summary>De rechter legt een kind een maatregel op of verlengt die; de GI is de eerste uit de regio.</summary>
    public async Task SpreekUitAsync(string kader, string kind, DateTimeOffset tot, bool metSpoed)
    {
        var van = (await PeriodenAsync()).Find(p => p.Lijn == Lijnen.Kader && p.Onderdeel == kind)?.Waarde ?? Kaders.Vrijwillig;
        var beschikking = new BeschikkingInvoer(Proef, NederlandseKalender.DatumVan(Nu), NederlandseKalender.DatumVan(tot), _decor.Regio.Professionals.FirstOrDefault(p => p.Rol == "gi")?.Organisatie, metSpoed);
        await AlsAsync(new Wie("regisseur", null), (actor, db, runner) =>
            KaderovergangVastleggen.Vastleggen(_casusId, new(kind, kader, Bewijs(), Proef, null, null, Kaders.Regel(van, kader)?.Verzoekers[0].Naam, beschikking), actor, db, runner, _klok, _ct));
    }

    public async Task VerstuurVtoAsync(string kind)
    {
        await DoeAsync((_, runner) => runner.RunAsync(_casusId, async burst =>
        {
            await RaadsonderzoekVolgen.VerzondenAsync(burst, new(_casusId, Guid.CreateVersion7(Nu), [kind], Proef, Nu));
            return true;
        }, _ct));
        await AntwoordVanzelfAsync();
    }

    private async Task LaatRaadAntwoordenAsync(Guid vtoId, string uitgang)
    {
        await DoeAsync((_, runner) => runner.RunAsync(_casusId, async burst =>
        {
            await (uitgang == OntvangstAfwachten.Bevestigd
                ? RaadsonderzoekVolgen.BevestigdAsync(burst, new(_casusId, vtoId, [], Nu))
                : RaadsonderzoekVolgen.AfgerondAsync(burst, new(_casusId, vtoId, [], uitgang == OnderzoekAfwachten.Uitgang(true), Nu)));
            return true;
        }, _ct));
        await AntwoordVanzelfAsync();
    }

    private async Task ReikKaartUitAsync(Guid overgangId, Actor actor, RegieDbContext db, CasusRunner runner)
    {
        var kind = await db.Set<Kaderovergang>().Where(k => k.Id == overgangId).Select(k => k.KindRef).SingleAsync(_ct);
        await KaderkaartUitreiken.Uitreiken(_casusId, kind, new(Proef, true, null, null, null), actor, db, runner, _ct);
    }

    private async Task WijsUitvoerderAanAsync(Guid beschikkingId, Actor actor, RegieDbContext db, CasusRunner runner)
    {
        var kinderen = await db.Set<Kind>().Where(k => k.CasusId == _casusId && k.BeschikkingId == beschikkingId).Select(k => k.Ref).ToListAsync(_ct);
        var gi = _decor.Regio.Professionals.Where(p => p.Rol == "gi").Select(p => p.Id).Take(2).ToList();
        await UitvoerderAanwijzen.Aanwijzen(_casusId, new(null, kinderen, gi[0], gi[1]), actor, db, runner, _ct);
    }

    public Task MeldKnelpuntAsync(Wie wie, string soort) =>
        AlsAsync(wie, (actor, db, runner) => Knelpuntroute.Melden(_casusId, new(soort, Proef, Proef), actor, db, runner, _ct));

    public async Task BeginStroomAsync(JsonObject invoer)
    {
        if (_casusId == Guid.Empty)
            _casusId = Guid.CreateVersion7(Nu);
        await DoeAsync((_, runner) => runner.RunAsync(_casusId, async burst =>
        {
            await burst.StartAsync(_decor.DefinitieId, invoer.DeepClone().AsObject());
            return true;
        }, _ct));
        await AntwoordVanzelfAsync();
    }

    // ---- Dan: the answer is what was there instead ----

    public static Task<string?> Eis(bool klopt, string anders) => Task.FromResult(klopt ? null : anders);

    public async Task<string?> WachtAsync(string wachtpunt, Wie? op, DateTimeOffset? tot)
    {
        var wachtend = await WachtendAsync();
        foreach (var w in wachtend.Where(w => Heet(w, wachtpunt) && (tot is null || w.VerlooptOp == tot)))
            if (op is null || op.Rol == w.VoorRol || (await RolhouderAsync(w) is { } voor && (await PersoonAsync(op))?.Id == voor))
                return null;
        return wachtend.Where(w => Heet(w, wachtpunt)).ToList() is { Count: > 0 } zelfde ? await OpsommenAsync(zelfde) : await OpsommenAsync(wachtend);
    }

    public async Task<string?> WachtNietAsync(string wachtpunt) =>
        (await WachtendAsync()).Where(w => Heet(w, wachtpunt)).ToList() is { Count: > 0 } wachtend ? await OpsommenAsync(wachtend) : null;

    public async Task<string?> WachtNietsAsync() => await WachtendAsync() is { Count: > 0 } wachtend ? await OpsommenAsync(wachtend) : null;

    public Task<string?> GingUitAsync(string bericht, bool isUit) =>
        Eis(_uitgegaan.Contains(bericht) == isUit, _uitgegaan.Count == 0 ? "er ging niets uit" : $"er ging uit: {string.Join(", ", _uitgegaan.Order(StringComparer.Ordinal))}");

    public async Task<string?> HoudtRegieAsync(Wie wie) =>
        await HouderAsync() is { } houder ? (await PersoonAsync(wie))?.Id == houder ? null : $"{_decor.Naam(houder)} houdt de regie" : "niemand houdt de regie, want er is geen casus";

    public async Task<string?> LijnIsAsync(string lijn, string? kind, string waarde)
    {
        var lopend = (await PeriodenAsync()).Where(p => p.Lijn == lijn && (kind is null || p.Onderdeel == kind)).ToList();
        return lopend.Count > 0 && lopend.All(p => p.Waarde == waarde) ? null : lopend.Count == 0 ? "dat is er niet" : string.Join(" en ", lopend.Select(p => $"{lijn}{(p.Onderdeel.Length > 0 ? $" van {p.Onderdeel}" : "")} is {p.Waarde}"));
    }

    public async Task<string?> StoringIsAsync(bool verwacht) =>
        await StoringenAsync() is { Count: > 0 } storingen ? verwacht ? null : string.Join(' ', storingen) : verwacht ? "er is geen storing" : null;

    public async Task<string?> IsKlaarAsync(bool verwacht)
    {
        await using var db = Db();
        var stromen = await db.Stromen.AsNoTracking().Where(s => s.DefinitieId == _decor.DefinitieId).Select(s => s.AfgerondOp).ToListAsync(_ct);
        var isKlaar = stromen.Count > 0 && stromen.TrueForAll(op => op is not null);
        return isKlaar == verwacht ? null : stromen.Count == 0 ? "de stroom is niet begonnen" : isKlaar ? "de stroom is klaar" : await OpsommenAsync(await WachtendAsync());
    }
}
