using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een besluit van de rechter: een maatregel, een verlenging, een machtiging of het einde ervan. Haar datums winnen van elk wettelijk maximum.</summary>
public sealed class Beschikking
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }

    /// <summary>Het nummer van de rechtbank.</summary>
    public required string Nummer { get; init; }
    public required DateOnly Datum { get; init; }

    /// <summary>De eerste dag waarop zij niet meer geldt; leeg als zij geen einde noemt.</summary>
    public required DateOnly? Einddatum { get; init; }

    /// <summary>Het kader of de plaatsing waar zij over gaat.</summary>
    public required string Besluit { get; init; }

    /// <summary>De GI die de bevoegdheid krijgt of houdt.</summary>
    public required string? Organisatie { get; init; }

    /// <summary>Gegeven zonder het gezin te horen: dat moet dan snel alsnog, anders vervalt zij.</summary>
    public required bool IsSpoed { get; init; }
    public DateTimeOffset? GehoordOp { get; internal set; }
    public Guid? GehoordVastgelegdDoorId { get; internal set; }

    /// <summary>Het knelpunt dat er niemand is die haar uitvoert.</summary>
    public Guid? KnelpuntId { get; internal set; }

    /// <summary>Of er al is gevraagd te besluiten over verlengen.</summary>
    public bool IsVerlengingGevraagd { get; internal set; }
    public required Guid DoorId { get; init; }
    public required DateTimeOffset Vanaf { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }

    /// <summary>Het moment waarop zij afloopt: 00:00 in Amsterdam, ook in een weekend.</summary>
    public DateTimeOffset? Einde => Einddatum is { } dag ? NederlandseKalender.Begin(dag) : null;
}

/// <summary>Wat er in een beschikking staat, en waaraan dat wordt getoetst.</summary>
internal sealed record Uitspraak(Guid Id, string Nummer, DateOnly Datum, DateOnly? Einddatum, string? Organisatie, bool IsSpoed, Termijnboek Termijnen)
{
    /// <param name="maximum">De termijn die de langste duur is; leeg als er geen einddatum hoeft te zijn.</param>
    /// <param name="verlengt">De einddatum die wordt verlengd.</param>
    public void Toets(Invoer invoer, string? maximum, bool vraagtGi, DateOnly? verlengt = null)
    {
        invoer.Eis(!vraagtGi || Organisatie is not null, "/beschikking/gi", "De GI die de maatregel uitvoert ontbreekt, of is in deze regio niet bekend.")
            .Eis(Einddatum is null || Einddatum > (verlengt ?? Datum), "/beschikking/einddatum", verlengt is null ? "De einddatum ligt niet na de datum van de beschikking." : "De einddatum ligt niet na de einddatum die wordt verlengd.");
        if (maximum is null)
            return;
        var termijn = Termijnen[maximum];
        var uiterste = NederlandseKalender.DatumVan(termijn.Verloopt(NederlandseKalender.Begin(verlengt ?? Datum)));
        invoer.Eis(Einddatum is not null, "/beschikking/einddatum", "De einddatum uit de beschikking ontbreekt.")
            .Eis(!(Einddatum > uiterste), "/beschikking/einddatum", $"Deze einddatum kan niet kloppen: '{termijn.Naam}' is {termijn.Aantal} {(termijn.Aantal == 1 ? $"{termijn.Eenheid}" : $"{termijn.Eenheid}en").ToLowerInvariant()}, dus tot {NederlandseKalender.Voluit(uiterste)}.");
    }
}

/// <summary>Wie namens de GI de maatregel voor een kind uitvoert. Dat is niet wie de regie houdt.</summary>
public sealed class Uitvoerder
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string KindRef { get; init; }
    public required string Organisatie { get; init; }
    public required Guid UitvoerderId { get; init; }
    public required Guid VervangerId { get; init; }
    public required Guid AangewezenDoorId { get; init; }
    public required DateTimeOffset Vanaf { get; init; }
    public DateTimeOffset? Tot { get; internal set; }
}

/// <summary>Wat een wisseling van kader of plaatsing betekent voor de beschikkingen: welke nu gelden, en welke voor niemand meer.</summary>
internal sealed record Maatregelwissel(Beschikking? Begint, IReadOnlyList<Guid> Eindigt)
{
    public static readonly Maatregelwissel Geen = new(null, []);
}

public sealed partial class Casus
{
    private readonly List<Beschikking> _beschikkingen = [];
    private readonly List<Uitvoerder> _uitvoerders = [];

    public IReadOnlyList<Beschikking> Beschikkingen => _beschikkingen;

    public IReadOnlyList<Uitvoerder> Uitvoerders => _uitvoerders;

    internal Beschikking BeschikkingMet(Guid id) => _beschikkingen.SingleOrDefault(b => b.Id == id) ?? throw Geweigerd.NietGevonden("Deze beschikking");

    internal Beschikking? LopendeBeschikking(Kind kind) => kind.BeschikkingId is { } id ? BeschikkingMet(id) : null;

    /// <summary>Wie de maatregel voor dit kind nu uitvoert.</summary>
    internal Uitvoerder? UitvoerderVan(string kindRef) => _uitvoerders.SingleOrDefault(u => u.KindRef == kindRef && u.Tot is null);

    /// <summary>De kinderen voor wie deze beschikking nu geldt.</summary>
    internal IReadOnlyList<string> KinderenOnder(Guid beschikkingId) =>
        [.. _kinderen.Where(k => k.BeschikkingId == beschikkingId || PlaatsingVan(k.Ref)?.BeschikkingId == beschikkingId).Select(k => k.Ref).Order(StringComparer.Ordinal)];

    // One decision for several children is one decision. An extension leaves the GI as it was unless it says otherwise.
    private Guid BeschikkingOpnemen(Uitspraak uitspraak, string besluit, Kind kind, Actor actor, DateTimeOffset vanaf, DateTimeOffset nu)
    {
        if (!_beschikkingen.Any(b => b.Id == uitspraak.Id))
            _beschikkingen.Add(new Beschikking
            {
                Id = uitspraak.Id,
                CasusId = Id,
                Nummer = uitspraak.Nummer,
                Datum = uitspraak.Datum,
                Einddatum = uitspraak.Einddatum,
                Besluit = besluit,
                Organisatie = uitspraak.Organisatie ?? LopendeBeschikking(kind)?.Organisatie,
                IsSpoed = uitspraak.IsSpoed,
                DoorId = actor.Id,
                Vanaf = vanaf,
                VastgelegdOp = nu,
            });
        return uitspraak.Id;
    }

    /// <summary>De bevoegdheid, de schaal en de plaatsing volgen de maatregel. De regie niet.</summary>
    private Maatregelwissel MaatregelVolgen(Kaderovergang overgang, DateTimeOffset vanaf, DateTimeOffset nu)
    {
        var kind = KindVan(overgang.KindRef);
        var vorige = kind.BeschikkingId;
        kind.BeschikkingId = Kaders.IsGedwongen(overgang.Naar) ? overgang.BeschikkingId : null;
        var beschikking = LopendeBeschikking(kind);
        var bron = overgang.Bron;

        var bevoegd = beschikking?.Organisatie ?? GeenBevoegdheid;
        if (Lopend(Lijnen.Bevoegdheid, kind.Ref).Waarde != bevoegd)
        {
            Verleg(Lijnen.Bevoegdheid, kind.Ref, bevoegd, NooitTerug(Lijnen.Bevoegdheid, kind.Ref), nu, $"kader {overgang.Naar}", bron);
            if (UitvoerderVan(kind.Ref) is { } uitvoerder)
                uitvoerder.Tot = vanaf;
        }

        var loopt = _kinderen.Any(k => k.BeschikkingId is not null);
        if (loopt != (Schaal == Schalen.Maatregel))
        {
            WijzigSchaal(loopt ? Schalen.Maatregel : Schalen.Lokaal, nu, loopt ? "maatregel begonnen" : "maatregel voorbij", bron, NooitTerug(Lijnen.Schaal, ""));
            IsNazorg = !loopt;
        }

        var eindigt = new List<Guid>();
        if (vorige is { } oude && oude != kind.BeschikkingId && KinderenOnder(oude).Count == 0)
            eindigt.Add(oude);
        // Without a measure there is no authority for a placement outside the home.
        if (beschikking is null && PlaatsingVan(kind.Ref) is { Waarde: Plaatsingen.UitHuis } plaatsing)
            eindigt.AddRange(PlaatsingVerleggen(kind.Ref, Plaatsingen.Thuis, null, "maatregel voorbij", bron, plaatsing.DoorId, vanaf < plaatsing.Vanaf ? nu : vanaf, nu).Eindigt);
        var isEerste = beschikking is not null && KinderenOnder(beschikking.Id).Count == 1;
        return new(isEerste ? beschikking : null, eindigt);

        // A line that moved after the decision was given keeps what it said until now; so none of these can be refused halfway.
        DateTimeOffset NooitTerug(string lijn, string onderdeel) => overgang.Vanaf < Lopend(lijn, onderdeel).Vanaf ? nu : overgang.Vanaf;
    }

    /// <summary>
    /// Een beschikking loopt af, of vervalt. Voor elk kind geldt dan weer de maatregel die er nog onder lag, en anders het vrijwillige
    /// kader; een plaatsing eindigt thuis.
    /// </summary>
    /// <returns>De overgangen die de stroom moet uitvoeren.</returns>
    internal IReadOnlyList<Kaderovergang> BeschikkingLatenAflopen(Guid id, DateTimeOffset op, DateTimeOffset nu)
    {
        var beschikking = BeschikkingMet(id);
        var bron = $"einde van beschikking {beschikking.Nummer}";
        var overgangen = new List<Kaderovergang>();
        foreach (var kind in _kinderen.Where(k => k.BeschikkingId == id))
        {
            var lopend = Lopend(Lijnen.Kader, kind.Ref);
            var eronder = EronderGeldt(kind, beschikking, op);
            overgangen.Add(new Kaderovergang
            {
                Id = Guid.CreateVersion7(nu),
                CasusId = Id,
                KindRef = kind.Ref,
                Van = lopend.Waarde,
                Naar = eronder?.Besluit ?? Kaders.Vrijwillig,
                Bewijs = "{}",
                Bron = bron,
                VerzoekDoor = Kaders.Tijdsverloop,
                BeschikkingId = eronder?.Id,
                DoorId = beschikking.DoorId,
                Vanaf = op < lopend.Vanaf ? nu : op,
                VastgelegdOp = nu,
            });
        }

        foreach (var kind in _kinderen.Where(k => PlaatsingVan(k.Ref)?.BeschikkingId == id))
            PlaatsingVerleggen(kind.Ref, Plaatsingen.Thuis, null, "machtiging afgelopen", bron, beschikking.DoorId, op < PlaatsingVan(kind.Ref)!.Vanaf ? nu : op, nu);
        _kaderovergangen.AddRange(overgangen);
        return overgangen;
    }

    // A provisional order and a suspension are laid on the measure that ran; every other decision replaces it.
    private Beschikking? EronderGeldt(Kind kind, Beschikking beschikking, DateTimeOffset op)
    {
        if (beschikking.Besluit is not (Kaders.Vots or Kaders.GezagGeschorst))
            return null;
        var overgangen = _kaderovergangen.Where(o => o.KindRef == kind.Ref).OrderBy(o => o.VastgelegdOp).ToList();
        var opgelegd = overgangen.First(o => o.BeschikkingId == beschikking.Id);
        return overgangen.LastOrDefault(o => o.VastgelegdOp <= opgelegd.VastgelegdOp && o.Naar == opgelegd.Van && o.BeschikkingId is not null) is { } eronder && BeschikkingMet(eronder.BeschikkingId!.Value) is var b && (b.Einde is null || b.Einde > op) ? b : null;
    }

    /// <summary>De GI zegt wie de maatregel uitvoert en wie die vervangt.</summary>
    /// <returns>De beschikkingen die nu een uitvoerder hebben voor elk kind.</returns>
    internal IReadOnlyList<Beschikking> UitvoerderAanwijzen(IReadOnlyList<string> kindRefs, Actor actor, Guid uitvoerderId, Guid vervangerId, DateTimeOffset nu)
    {
        EisOpen();
        var kinderen = kindRefs.Select(KindVan).ToList();
        if (kinderen.Any(k => k.BeschikkingId is null))
            throw new Geweigerd("Voor dit kind loopt geen maatregel; er is niets uit te voeren.");
        if (kinderen.Any(k => Lopend(Lijnen.Bevoegdheid, k.Ref).Waarde != actor.Organisatie))
            throw Geweigerd.GeenRecht("Alleen de GI die de maatregel uitvoert wijst aan wie dat doet.");
        if (uitvoerderId == vervangerId)
            throw new Geweigerd("De uitvoerder kan zichzelf niet vervangen.");
        foreach (var kind in kinderen)
        {
            if (UitvoerderVan(kind.Ref) is { } vorige)
                vorige.Tot = nu;
            _uitvoerders.Add(new Uitvoerder { Id = Guid.CreateVersion7(nu), CasusId = Id, KindRef = kind.Ref, Organisatie = actor.Organisatie, UitvoerderId = uitvoerderId, VervangerId = vervangerId, AangewezenDoorId = actor.Id, Vanaf = nu });
        }

        Meld(new UitvoerderAangewezen(Id, [.. kindRefs], uitvoerderId, vervangerId));
        return [.. kinderen.Select(k => k.BeschikkingId!.Value).Distinct().Where(b => KinderenOnder(b).All(k => UitvoerderVan(k) is not null)).Select(BeschikkingMet)];
    }

    /// <summary>Het einde komt in zicht: over verlengen moet worden besloten.</summary>
    /// <returns>Of dat voor het eerst wordt gevraagd.</returns>
    internal bool EindeZienAankomen(Guid beschikkingId)
    {
        var beschikking = BeschikkingMet(beschikkingId);
        Meld(new KaderVerlooptBinnenkort(Id, beschikkingId, KinderenOnder(beschikkingId), beschikking.Einddatum!.Value));
        var isEerste = !beschikking.IsVerlengingGevraagd;
        beschikking.IsVerlengingGevraagd = true;
        return isEerste;
    }

    /// <summary>Het gezin is na een spoedbeschikking alsnog gehoord; zij blijft gelden.</summary>
    internal void HorenVastleggen(Guid beschikkingId, Actor actor, DateTimeOffset gehoordOp, DateTimeOffset nu)
    {
        var beschikking = BeschikkingMet(beschikkingId);
        if (!beschikking.IsSpoed)
            throw new Geweigerd("Deze beschikking is gegeven nadat het gezin is gehoord.");
        if (beschikking.GehoordOp is not null)
            throw new Geweigerd("Dat het gezin is gehoord is al vastgelegd.");
        if (KinderenOnder(beschikkingId).Count == 0)
            throw new Geweigerd("Deze beschikking geldt niet meer.");
        if (gehoordOp > nu)
            throw new Geweigerd("Dit moment ligt in de toekomst; leg het vast als het is gebeurd.");
        (beschikking.GehoordOp, beschikking.GehoordVastgelegdDoorId) = (gehoordOp, actor.Id);
    }

    /// <summary>Wat ontbrak is er: het knelpunt hoeft niemand meer te besluiten.</summary>
    internal void KnelpuntVanzelfOplossen(Guid id)
    {
        var knelpunt = _knelpunten.Single(k => k.Id == id);
        if (knelpunt.Status == Knelpunt.Opgelost)
            return;
        (knelpunt.Status, knelpunt.IsGerealiseerd) = (Knelpunt.Opgelost, true);
        Meld(new KnelpuntOpgelost(Id, id));
    }
}
