using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Banen naast de regie. Een baan is nooit regie: wie hier staat, houdt haar daardoor niet.</summary>
public static class Banen
{
    /// <summary>De vertrouwde persoon die bij het gezin blijft, ook als de regie of het kader wisselt.</summary>
    public const string VastGezicht = "vast-gezicht";

    /// <summary>Wie over de samenwerking gaat. De regielijn is de casusregie; wijst niemand haar apart aan, dan doet de regisseur ook de procesregie.</summary>
    public const string Procesregie = "procesregie";

    public static readonly string[] Alle = [VastGezicht, Procesregie];
}

/// <summary>Een stuk van een baan: wie, vanaf wanneer en waarom. Wat voorbij is blijft staan.</summary>
public sealed class Baanperiode
{
    public required Guid CasusId { get; init; }
    public required string Baan { get; init; }
    public required int Volgnr { get; init; }
    public required Guid PersoonId { get; init; }
    public required string Reden { get; init; }

    /// <summary>Leeg als het met het openen van de casus vaststond.</summary>
    public required Guid? DoorId { get; init; }
    public required DateTimeOffset Vanaf { get; init; }
    public DateTimeOffset? Tot { get; internal set; }
}

public sealed partial class Casus
{
    private readonly List<Baanperiode> _banen = [];

    public IReadOnlyList<Baanperiode> Baanperioden => _banen;

    /// <summary>Wie deze baan nu heeft; null als niemand haar heeft.</summary>
    internal Baanperiode? OpBaan(string baan) => _banen.SingleOrDefault(b => b.Baan == baan && b.Tot is null);

    /// <summary>Wijst iemand aan voor een baan naast de regie. De regie beweegt niet.</summary>
    internal Baanperiode BaanGeven(string baan, Actor actor, Team team, Professional persoon, string reden, DateTimeOffset nu)
    {
        EisOpen();
        if (actor.Id != HouderId && actor.Id != team.LeidinggevendeId)
            throw Geweigerd.GeenRecht("Alleen wie nu de regie houdt, of de leidinggevende, kan dit wijzigen.");
        if (!persoon.IsActief)
            throw new Geweigerd("Deze persoon is niet meer in dienst.");
        if (OpBaan(baan)?.PersoonId == persoon.Id)
            throw new Geweigerd("Deze persoon is dat al.");
        return BeginBaan(baan, persoon.Id, reden, actor.Id, nu);
    }

    private Baanperiode BeginBaan(string baan, Guid persoonId, string reden, Guid? doorId, DateTimeOffset nu)
    {
        if (OpBaan(baan) is { } lopend)
            lopend.Tot = nu > lopend.Vanaf ? nu : nu = lopend.Vanaf + KortstePeriode;
        var periode = new Baanperiode { CasusId = Id, Baan = baan, Volgnr = _banen.Count(b => b.Baan == baan) + 1, PersoonId = persoonId, Reden = reden, DoorId = doorId, Vanaf = nu };
        _banen.Add(periode);
        return periode;
    }
}
