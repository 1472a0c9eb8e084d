using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Het einde van een casus: wat er daarna nog is, en hoe het gezin terug kan komen.</summary>
public sealed class Afsluiting
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required Guid DoorId { get; init; }
    public required DateTimeOffset Op { get; init; }

    /// <summary>Wat er aan nazorg is afgesproken.</summary>
    public required string Nazorg { get; init; }

    /// <summary>Tot dan kan de casus weer open zonder nieuwe intake.</summary>
    public required DateTimeOffset NazorgTot { get; init; }
    public required string Terugkomweg { get; init; }

    /// <summary>Waarom het RVT er niet bij was aan het begin of het einde.</summary>
    public string? RedenZonderRvt { get; init; }
    public DateTimeOffset? HeropendOp { get; internal set; }
    public Guid? HeropendDoorId { get; internal set; }
    public string? RedenHeropening { get; internal set; }
}

/// <summary>Wie aan tafel zit, zoals het kernteam liet weten, en of die vindt dat het klaar is.</summary>
public sealed class Klaarverklaring
{
    public required Guid CasusId { get; init; }

    /// <summary>De rol aan tafel.</summary>
    public required string Stoel { get; init; }

    /// <summary>Leeg als er aan deze stoel niemand van het kernteam zit, zoals het gezin voor er stoelen zijn.</summary>
    public Guid? LidId { get; init; }
    public string? Oordeel { get; private set; }
    public string? Toelichting { get; private set; }
    public Guid? VastgelegdDoorId { get; private set; }
    public DateTimeOffset? Op { get; private set; }

    /// <summary>Vindt dat het klaar is.</summary>
    public const string Klaar = "klaar";

    /// <summary>Vindt dat er nog iets moet gebeuren: dan gaat de casus niet dicht.</summary>
    public const string NietKlaar = "niet-klaar";

    /// <summary>Is het niet eens met afsluiten en laat het daarbij; dat staat dan vast, met de reden.</summary>
    public const string Oneens = "oneens";

    public static readonly string[] Oordelen = [Klaar, NietKlaar, Oneens];

    /// <summary>Na een heropening zegt ieder het opnieuw.</summary>
    public void Vergeet() => (Oordeel, Toelichting, VastgelegdDoorId, Op) = (null, null, null, null);

    public void Geef(string oordeel, string? toelichting, Guid doorId, DateTimeOffset op) => (Oordeel, Toelichting, VastgelegdDoorId, Op) = (oordeel, toelichting, doorId, op);
}

/// <summary>Iets bij een andere dienst waardoor de casus nog niet dicht kan. Wat voorbij is blijft staan: het begin kan later binnenkomen dan het einde.</summary>
public sealed class Belemmering
{
    public required Guid CasusId { get; init; }
    public required Guid OnderwerpId { get; init; }

    /// <summary>Wat het is, in een zin.</summary>
    public required string Zin { get; init; }
    public bool IsVoorbij { get; set; }
}

/// <summary>Wat regie van het kernteam bijhoudt.</summary>
public sealed class Kernteamstand
{
    public required Guid CasusId { get; init; }

    /// <summary>De laatste stoelen die bekend zijn.</summary>
    public int Versie { get; set; }
    public DateTimeOffset? RvtEersteOp { get; private set; }
    public DateTimeOffset? RvtEindeOp { get; private set; }

    /// <summary>Het RVT was bij een bijeenkomst; de eerste is het begin.</summary>
    public void MetRvt(DateTimeOffset op) => RvtEersteOp = RvtEersteOp < op ? RvtEersteOp : op;

    /// <summary>Het RVT was bij een evaluatie met het gezin.</summary>
    public void EvaluatieMetRvt(DateTimeOffset op) => RvtEindeOp = RvtEindeOp > op ? RvtEindeOp : op;
}

/// <summary>Wat bekend is over of het klaar is.</summary>
internal sealed record Klaarheid(IReadOnlyList<Klaarverklaring> Stoelen, IReadOnlyList<Belemmering> Elders, Kernteamstand? Kernteam);

public sealed partial class Casus
{
    /// <summary>
    /// Sluit de casus. Dat is een gezamenlijke daad: ieder aan tafel heeft gezegd dat het klaar is, of dat hij het er niet mee eens is.
    /// Alle lijnen eindigen op hetzelfde moment.
    /// </summary>
    internal void Afsluiten(Actor actor, Afsluiting afsluiting, Klaarheid klaarheid, DateTimeOffset nu)
    {
        EisHouder(actor, "de casus afsluiten");
        if (WaaromNogNiet(afsluiting, klaarheid).ToList() is { Count: > 0 } redenen)
            throw new Geweigerd($"Afsluiten kan nog niet: {string.Join("; ", redenen)}.");

        foreach (var nazorg in _overdrachten.Where(o => o.Status is Overdracht.Nazorg).ToList())
            NazorgBeeindigen(nazorg.Id, nu);
        foreach (var periode in _perioden.Where(p => p.IsOpen))
            periode.Beeindig(afsluiting.Op, nu < afsluiting.Op ? afsluiting.Op : nu);
        foreach (var baan in _banen.Where(b => b.Tot is null))
            baan.Tot = baan.Vanaf < afsluiting.Op ? afsluiting.Op : baan.Vanaf + KortstePeriode;
        foreach (var kind in _kinderen)
            kind.IsOpen = false;
        (IsOpen, IsNazorg, AfgeslotenOp) = (false, false, afsluiting.Op);
        Meld(new CasusAfgesloten(Id, afsluiting.Op));
    }

    /// <summary>Het eerste moment waarop alle lijnen samen kunnen eindigen.</summary>
    internal DateTimeOffset EindeOp(DateTimeOffset nu)
    {
        var laatsteBegin = _perioden.Where(p => p.IsOpen).Max(p => p.Vanaf);
        return nu > laatsteBegin ? nu : laatsteBegin + KortstePeriode;
    }

    /// <summary>
    /// Opent de casus weer, zonder nieuwe intake. Wat ertussen ligt wordt op elke lijn een afgeronde periode van niemand, zodat de lijn heel
    /// blijft; vanaf nu houdt weer iemand de regie.
    /// </summary>
    /// <remarks>De laatste perioden moeten geladen zijn; van een afgesloten casus is er geen lopend.</remarks>
    internal void Heropenen(Afsluiting afsluiting, Actor? actor, Guid regisseurId, bool isNoodhouder, string reden, DateTimeOffset nu)
    {
        if (IsOpen)
            throw new Geweigerd("Deze casus is open.");
        if (nu >= afsluiting.NazorgTot)
            throw new Geweigerd("De nazorg is voorbij; doe een nieuwe melding.");
        var vanaf = nu > afsluiting.Op ? nu : afsluiting.Op + KortstePeriode;
        var bron = $"heropening {afsluiting.Id}";
        foreach (var laatste in _perioden.GroupBy(p => (p.Lijn, p.Onderdeel)).Select(lijn => lijn.MaxBy(p => p.Volgnr)!).ToList())
        {
            var tussentijd = Begin(laatste.Lijn, laatste.Onderdeel, Niemand, laatste.Tot!.Value, "casus afgesloten", bron, Merken.Afgesloten, vorig: laatste.Volgnr, vastgelegdOp: laatste.EindeVastgelegdOp);
            tussentijd.Beeindig(vanaf, vanaf);
            var (waarde, merk) = laatste.Lijn switch
            {
                Lijnen.Regie => (regisseurId.ToString(), isNoodhouder ? Merken.Noodhouder : null),
                Lijnen.Schaal => (Schalen.Lokaal, null),
                Lijnen.Kader => (Kaders.Vrijwillig, null),
                _ => (GeenBevoegdheid, null),
            };
            Begin(laatste.Lijn, laatste.Onderdeel, waarde, vanaf, "casus heropend", bron, merk, vorig: tussentijd.Volgnr);
        }

        if (_banen.LastOrDefault(b => b.Baan == Banen.VastGezicht) is { } gezicht)
            BeginBaan(Banen.VastGezicht, gezicht.PersoonId, "casus heropend", actor?.Id, vanaf);
        foreach (var kind in _kinderen)
            kind.IsOpen = true;
        (IsOpen, AfgeslotenOp) = (true, null);
        (afsluiting.HeropendOp, afsluiting.HeropendDoorId, afsluiting.RedenHeropening) = (vanaf, actor?.Id, reden);
        Meld(new CasusHeropend(Id, regisseurId, vanaf));
        Meld(new RegieToegekend(Id, regisseurId, vanaf));
        if (isNoodhouder)
            Meld(new NoodhouderAangewezen(Id, regisseurId, vanaf));
    }

    /// <summary>De waarde van een lijn zolang de casus gesloten was.</summary>
    private const string Niemand = "niemand";

    private IEnumerable<string> WaaromNogNiet(Afsluiting afsluiting, Klaarheid klaarheid)
    {
        if (_overdrachten.Any(o => o.IsLopend || o.Status == Overdracht.Effectief))
            yield return "er loopt een overdracht";
        if (_vervangingen.Any(v => v.Status is Vervanging.Gepland or Vervanging.Actief))
            yield return "er loopt een vervanging";
        if (_noodoverdrachten.Any(n => n.AfgeslotenOp is null))
            yield return "na de noodoverdracht is het warme gesprek nog niet gevoerd";
        if (_opschalingen.Any(o => o.Status == Opschaling.Gevraagd))
            yield return "er loopt een vraag om op te schalen";
        if (Schalen.Gewicht(Schaal) > Schalen.Gewicht(Schalen.Consult))
            yield return $"de schaal is nog {Schaal}";
        foreach (var kind in _kinderen.Where(k => Lopend(Lijnen.Kader, k.Ref).Waarde != Kaders.Vrijwillig))
            yield return $"het kader van {kind.Ref} is nog {Lopend(Lijnen.Kader, kind.Ref).Waarde}";
        foreach (var kind in _kinderen.Where(k => Lopend(Lijnen.Bevoegdheid, k.Ref).Waarde != GeenBevoegdheid))
            yield return $"voor {kind.Ref} loopt nog de bevoegdheid van een maatregel";
        foreach (var kind in _kinderen.Where(k => PlaatsingVan(k.Ref) is { } plaatsing && plaatsing.Waarde != Plaatsingen.Thuis))
            yield return $"{kind.Ref} woont nog niet thuis";
        if (_raadsonderzoeken.Any(r => r.AfgerondOp is null))
            yield return "er loopt een onderzoek van de Raad";
        foreach (var knelpunt in _knelpunten.Where(k => k.Status != Knelpunt.Opgelost && k.Besluit != "weigeren"))
            yield return $"het knelpunt over {knelpunt.Soort} is nog open";
        foreach (var elders in klaarheid.Elders.Where(b => !b.IsVoorbij))
            yield return elders.Zin;
        foreach (var stoel in klaarheid.Stoelen.Where(s => s.Oordeel is null))
            yield return $"{stoel.Stoel} heeft nog niet gezegd of het klaar is";
        foreach (var stoel in klaarheid.Stoelen.Where(s => s.Oordeel == Klaarverklaring.NietKlaar))
            yield return $"{stoel.Stoel} vindt het nog niet klaar";
        if (afsluiting.RedenZonderRvt is null && klaarheid.Kernteam is not { RvtEersteOp: not null, RvtEindeOp: not null })
            yield return $"het RVT was niet bij {(klaarheid.Kernteam?.RvtEersteOp is null ? "het begin" : "de evaluatie aan het einde")}; vermeld waarom";
    }
}
