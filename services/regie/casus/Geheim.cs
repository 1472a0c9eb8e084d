using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Iets in een gezin dat niet ieder in dat gezin of daaromheen mag weten. Wie geen lezer is, kan nergens aan zien dat het er is: niet in
/// een lijst, een telling, een zoekvraag, een bericht of een fout.
/// </summary>
public sealed class Geheim
{
    private readonly List<Geheimlezer> _lezers = [];
    private readonly List<Geheimstuk> _stukken = [];
    private readonly List<Lezerwijziging> _wijzigingen = [];

    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }

    /// <summary>Hoe de lezers het noemen.</summary>
    public required string Naam { get; init; }
    public required string Reden { get; init; }

    /// <summary>Ook wie de regie houdt leest het, zolang die haar houdt: de regisseur, en wie waarneemt.</summary>
    public required bool RegisseurLeest { get; set; }
    public required Guid GezetDoorId { get; init; }
    public required DateTimeOffset GezetOp { get; init; }

    public IReadOnlyList<Geheimlezer> Lezers => _lezers;
    public IReadOnlyList<Geheimstuk> Stukken => _stukken;

    /// <summary>Wie er na het zetten lezer werd of dat niet meer is, en waarom.</summary>
    public IReadOnlyList<Lezerwijziging> Wijzigingen => _wijzigingen;

    internal static Geheim Zetten(Guid id, Guid casusId, string naam, string reden, IEnumerable<Guid> lezers, bool regisseurLeest, Actor actor, DateTimeOffset nu)
    {
        var geheim = new Geheim { Id = id, CasusId = casusId, Naam = naam, Reden = reden, RegisseurLeest = regisseurLeest, GezetDoorId = actor.Id, GezetOp = nu };
        geheim._lezers.AddRange(lezers.Distinct().Select(lezer => new Geheimlezer { GeheimId = id, PersoonId = lezer }));
        return geheim;
    }

    /// <summary>Vanaf nu leest deze persoon mee, of wie de regie houdt; nog eens verandert niets.</summary>
    /// <param name="persoonId">Leeg voor wie de regie houdt.</param>
    internal void LezerToevoegen(Guid id, Guid? persoonId, string reden, Actor actor, DateTimeOffset nu)
    {
        if (IsLezer(persoonId))
            return;
        if (persoonId is { } persoon)
            _lezers.Add(new Geheimlezer { GeheimId = Id, PersoonId = persoon });
        else
            RegisseurLeest = true;
        _wijzigingen.Add(new Lezerwijziging { Id = id, GeheimId = Id, PersoonId = persoonId, Soort = Lezerwijziging.Toegevoegd, Reden = reden, DoorId = actor.Id, Op = nu });
    }

    /// <summary>Vanaf nu vindt deze persoon er niets meer van, ook niet van een stuk dat voor hem was geopend; of wie de regie houdt.</summary>
    /// <param name="persoonId">Leeg voor wie de regie houdt.</param>
    internal void LezerIntrekken(Guid id, Guid? persoonId, string reden, Actor actor, DateTimeOffset nu)
    {
        var had = IsLezer(persoonId) || _stukken.Any(s => s.Openingen.Any(o => o.PersoonId == persoonId));
        if (!had)
            throw Geweigerd.NietGevonden("Deze lezer");
        if (_lezers.All(l => l.PersoonId == persoonId) && (!RegisseurLeest || persoonId is null))
            throw new Geweigerd("Er moet iemand blijven die dit kan lezen; voeg eerst een ander toe.");
        if (persoonId is null)
            RegisseurLeest = false;
        _lezers.RemoveAll(l => l.PersoonId == persoonId);
        foreach (var stuk in _stukken)
            stuk.Sluiten(persoonId);
        _wijzigingen.Add(new Lezerwijziging { Id = id, GeheimId = Id, PersoonId = persoonId, Soort = Lezerwijziging.Ingetrokken, Reden = reden, DoorId = actor.Id, Op = nu });
    }

    private bool IsLezer(Guid? persoonId) => persoonId is null ? RegisseurLeest : _lezers.Any(l => l.PersoonId == persoonId);

    internal Geheimstuk Toevoegen(Guid id, string tekst, Actor actor, DateTimeOffset nu)
    {
        var stuk = new Geheimstuk { Id = id, GeheimId = Id, Tekst = tekst, VastgelegdDoorId = actor.Id, VastgelegdOp = nu };
        _stukken.Add(stuk);
        return stuk;
    }
}

public sealed class Geheimlezer
{
    public required Guid GeheimId { get; init; }
    public required Guid PersoonId { get; init; }
}

/// <summary>Iemand werd lezer, of is het niet meer; alleen de lezers zien het.</summary>
public sealed class Lezerwijziging
{
    public required Guid Id { get; init; }
    public required Guid GeheimId { get; init; }

    /// <summary>Leeg voor wie de regie houdt.</summary>
    public required Guid? PersoonId { get; init; }
    public required string Soort { get; init; }
    public required string Reden { get; init; }
    public required Guid DoorId { get; init; }
    public required DateTimeOffset Op { get; init; }

    public const string Toegevoegd = "toegevoegd";
    public const string Ingetrokken = "ingetrokken";
}

/// <summary>Een stuk tekst dat alleen de lezers van het geheim zien, en wie er door een van hen bij is gehaald.</summary>
public sealed class Geheimstuk
{
    private readonly List<Geheimopening> _openingen = [];

    public required Guid Id { get; init; }
    public required Guid GeheimId { get; init; }
    public required string Tekst { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }

    public IReadOnlyList<Geheimopening> Openingen => _openingen;

    /// <summary>Een keer openen is genoeg; nog eens verandert niets.</summary>
    internal void Openen(Guid persoonId, Actor actor, DateTimeOffset nu)
    {
        if (_openingen.All(o => o.PersoonId != persoonId))
            _openingen.Add(new() { StukId = Id, PersoonId = persoonId, GeopendDoorId = actor.Id, GeopendOp = nu });
    }

    internal void Sluiten(Guid? persoonId) => _openingen.RemoveAll(o => o.PersoonId == persoonId);
}

/// <summary>Dit ene stuk is voor deze ene persoon geopend.</summary>
public sealed class Geheimopening
{
    public required Guid StukId { get; init; }
    public required Guid PersoonId { get; init; }
    public required Guid GeopendDoorId { get; init; }
    public required DateTimeOffset GeopendOp { get; init; }
}
