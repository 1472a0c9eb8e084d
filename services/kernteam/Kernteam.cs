using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>De kleine vaste groep rond een gezin. Bestaat een keer per casus.</summary>
public sealed class Kernteam
{
    public required Guid CasusId { get; init; }

    /// <summary>Wie de regie had bij het samenstellen; een <see cref="Regiewissel"/> gaat altijd voor.</summary>
    public required Guid EersteRegisseurId { get; init; }
    public required DateTimeOffset SamengesteldOp { get; init; }
    public DateTimeOffset? OpgehevenOp { get; private set; }

    public static Geweigerd NietGevonden => Geweigerd.NietGevonden("Dit kernteam");

    public void Opheffen(DateTimeOffset op) => OpgehevenOp ??= op;
}

/// <summary>Een plaats aan tafel naast die van de regisseur.</summary>
/// <param name="Naam">De rol aan tafel, bijvoorbeeld <c>rvt</c>.</param>
public sealed record Stoel(Guid CasusId, string Naam, Guid LidId, DateTimeOffset Sinds)
{
    public const string Regisseur = "regisseur";

    /// <summary>Wie de regie had en voor het gezin herkenbaar blijft.</summary>
    public const string VastGezicht = "vast-gezicht";
}

/// <summary>Een feit van de regielijn: vanaf dit moment houdt een ander de regie.</summary>
/// <param name="VanId">Wie een stoel houdt als vast gezicht: na een overdracht, of zolang een ander waarneemt.</param>
public sealed record Regiewissel(Guid CasusId, DateTimeOffset Vanaf, Guid NaarId, Guid? VanId);

/// <summary>Wie op welke stoel zit, en sinds wanneer.</summary>
public sealed record Lid(Guid LidId, string Stoel, DateTimeOffset Sinds);

/// <summary>
/// Het kernteam zoals het nu aan tafel zit. De stoel van de regisseur wordt niet bijgehouden maar afgeleid uit de feiten van
/// de regielijn, dus maakt het niet uit in welke volgorde die binnenkomen.
/// </summary>
public sealed record Samenstelling(Kernteam Team, IReadOnlyList<Lid> Leden)
{
    public static Samenstelling Van(Kernteam team, IReadOnlyCollection<Stoel> stoelen, IReadOnlyCollection<Regiewissel> wissels)
    {
        var laatste = wissels.OrderBy(w => w.Vanaf).ThenBy(w => w.NaarId).LastOrDefault();
        var regisseurId = laatste?.NaarId ?? team.EersteRegisseurId;
        var vasteGezichten = wissels
            .Where(w => w.VanId is not null && w.VanId != regisseurId)
            .GroupBy(w => w.VanId!.Value, (lidId, eigen) => new Lid(lidId, Stoel.VastGezicht, Aan(eigen.Max(w => w.Vanaf))));
        var anderen = vasteGezichten
            .Concat(stoelen.Select(s => new Lid(s.LidId, s.Naam, s.Sinds)))
            .DistinctBy(lid => (lid.LidId, lid.Stoel))
            .OrderBy(lid => lid.Sinds).ThenBy(lid => lid.Stoel, StringComparer.Ordinal).ThenBy(lid => lid.LidId);
        return new(team, [new Lid(regisseurId, Stoel.Regisseur, Aan(laatste?.Vanaf ?? team.SamengesteldOp)), .. anderen]);

        // Nobody sat at a table that was not there yet.
        DateTimeOffset Aan(DateTimeOffset moment) => moment > team.SamengesteldOp ? moment : team.SamengesteldOp;
    }

    public bool IsLid(Guid id) => Leden.Any(lid => lid.LidId == id);
}
