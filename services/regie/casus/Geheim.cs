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

    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }

    /// <summary>Hoe de lezers het noemen.</summary>
    public required string Naam { get; init; }
    public required string Reden { get; init; }

    /// <summary>Ook wie de regie houdt leest het, zolang die haar houdt: de regisseur, en wie waarneemt.</summary>
    public required bool RegisseurLeest { get; init; }
    public required Guid GezetDoorId { get; init; }
    public required DateTimeOffset GezetOp { get; init; }

    public IReadOnlyList<Geheimlezer> Lezers => _lezers;
    public IReadOnlyList<Geheimstuk> Stukken => _stukken;

    internal static Geheim Zetten(Guid id, Guid casusId, string naam, string reden, IEnumerable<Guid> lezers, bool regisseurLeest, Actor actor, DateTimeOffset nu)
    {
        var geheim = new Geheim { Id = id, CasusId = casusId, Naam = naam, Reden = reden, RegisseurLeest = regisseurLeest, GezetDoorId = actor.Id, GezetOp = nu };
        geheim._lezers.AddRange(lezers.Distinct().Select(lezer => new Geheimlezer { GeheimId = id, PersoonId = lezer }));
        return geheim;
    }

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
}

/// <summary>Dit ene stuk is voor deze ene persoon geopend.</summary>
public sealed class Geheimopening
{
    public required Guid StukId { get; init; }
    public required Guid PersoonId { get; init; }
    public required Guid GeopendDoorId { get; init; }
    public required DateTimeOffset GeopendOp { get; init; }
}
