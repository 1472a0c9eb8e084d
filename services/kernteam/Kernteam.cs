using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>De kleine vaste groep rond een gezin. Bestaat een keer per casus.</summary>
public sealed class Kernteam
{
    public required Guid CasusId { get; init; }

    /// <summary>Wie de regie had bij het samenstellen; een <see cref="Regiewissel"/> gaat altijd voor.</summary>
    public required Guid EersteRegisseurId { get; init; }
    public required DateTimeOffset SamengesteldOp { get; init; }

    /// <summary>Sinds wanneer de stoelen bezet zijn.</summary>
    public DateTimeOffset? IngesteldOp { get; private set; }

    /// <summary>Sinds wanneer elke stoel rugdekking heeft.</summary>
    public DateTimeOffset? ActiefOp { get; private set; }
    public DateTimeOffset? OpgehevenOp { get; private set; }
    public DateTimeOffset? HeropendOp { get; private set; }

    /// <summary>Vanaf wanneer de tijd tot de volgende bijeenkomst telt; leeg zonder ritme, en zolang een stop duurt.</summary>
    public DateTimeOffset? RitmeVanaf { get; set; }

    /// <summary>Loopt op met elke wijziging van de stoelen.</summary>
    public int StoelVersie { get; private set; }

    public static Geweigerd NietGevonden => Geweigerd.NietGevonden("Dit kernteam");

    internal static Geweigerd NogNietActief(IEnumerable<Stoel> stoelen) =>
        stoelen.Where(s => s.WachtOpRugdekking).Select(s => s.Naam).ToList() is { Count: > 0 } zonder
            ? new($"Het kernteam is nog niet actief; rugdekking ontbreekt: {string.Join(", ", zonder)}.")
            : new("Het kernteam is nog niet actief; bezet eerst de stoelen.");

    public void Opheffen(DateTimeOffset op)
    {
        if (op < HeropendOp)
            return;
        OpgehevenOp ??= op;
        RitmeVanaf = null;
    }

    /// <summary>De casus is weer open; wat er was vastgelegd geldt weer.</summary>
    public void Heropenen(DateTimeOffset op)
    {
        HeropendOp = op;
        if (OpgehevenOp < op)
            OpgehevenOp = null;
    }

    /// <summary>De stoelen zijn anders bezet; bij de eerste keer is het kernteam daarmee ingesteld.</summary>
    /// <returns>Wat anderen daarvan horen; niets zolang niemand de stoelen heeft ingericht.</returns>
    public IEnumerable<object> StoelenGewijzigd(IReadOnlyList<BezetteStoel> stoelen, bool isInrichting, DateTimeOffset nu)
    {
        if (IngesteldOp is null && !isInrichting)
            return [];
        object gebeurtenis = IngesteldOp is null ? new KernteamIngesteld(CasusId) : new LidGewisseld(CasusId);
        IngesteldOp ??= nu;
        StoelVersie++;
        return [gebeurtenis, new StoelenBezet(CasusId, StoelVersie, stoelen)];
    }

    /// <returns>Of het kernteam nu begint: ingesteld, en achter elke stoel staat een organisatie.</returns>
    public bool WordtActief(IEnumerable<Stoel> stoelen, DateTimeOffset nu)
    {
        if (IngesteldOp is null || ActiefOp is not null || stoelen.Any(s => s.WachtOpRugdekking))
            return false;
        ActiefOp = nu;
        return true;
    }

    internal string Status(bool isGestopt) => this switch
    {
        { OpgehevenOp: not null } => "opgeheven",
        _ when isGestopt => "gepauzeerd",
        { ActiefOp: not null } => "actief",
        { IngesteldOp: not null } => "ingesteld",
        _ => "in-opbouw",
    };
}

/// <summary>Een plaats aan tafel naast die van de regisseur.</summary>
/// <param name="Naam">De rol aan tafel, bijvoorbeeld <c>rvt</c> of <c>moeder</c>; nooit de naam van een mens.</param>
public sealed record Stoel(Guid CasusId, string Naam, Guid LidId, DateTimeOffset Sinds)
{
    /// <summary>Wie hoort bij het gezin zelf.</summary>
    public const string Gezin = "gezin";

    /// <summary>Wie het gezin om zich heen heeft.</summary>
    public const string Netwerk = "netwerk";
    public const string Beroepskracht = "beroepskracht";

    public static readonly string[] Soorten = [Gezin, Netwerk, Beroepskracht];

    public string Soort { get; init; } = Beroepskracht;
    public string? Organisatie { get; init; }

    /// <summary>Wie er zit als het lid er niet is.</summary>
    public Guid? VervangerId { get; init; }
    public decimal? UrenPerWeek { get; private set; }
    public string? Mandaat { get; private set; }
    public Guid? GedektDoorId { get; private set; }
    public DateTimeOffset? GedektOp { get; private set; }

    /// <summary>Gezin en eigen netwerk hebben niemand nodig die achter hen staat.</summary>
    public bool WachtOpRugdekking => Soort == Beroepskracht && GedektOp is null;

    public bool IsVanHetGezin => Soort is Gezin or Netwerk;

    /// <summary>De organisatie geeft tijd en mandaat.</summary>
    public Stoel Dekken(decimal? urenPerWeek, string? mandaat, Guid doorId, DateTimeOffset op)
    {
        (UrenPerWeek, Mandaat, GedektDoorId, GedektOp) = (urenPerWeek, mandaat, doorId, op);
        return this;
    }

    /// <summary>Wie hier zit zegt de regielijn; bewaard wordt alleen of diens organisatie erachter staat, als die een andere is dan eerst.</summary>
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
            .Concat(stoelen.Where(s => s.Naam != Stoel.Regisseur).Select(s => new Lid(s.LidId, s.Naam, s.Sinds)))
            .DistinctBy(lid => (lid.LidId, lid.Stoel))
            .OrderBy(lid => lid.Sinds).ThenBy(lid => lid.Stoel, StringComparer.Ordinal).ThenBy(lid => lid.LidId);
        return new(team, [new Lid(regisseurId, Stoel.Regisseur, Aan(laatste?.Vanaf ?? team.SamengesteldOp)), .. anderen]);

        // Nobody sat at a table that was not there yet.
        DateTimeOffset Aan(DateTimeOffset moment) => moment > team.SamengesteldOp ? moment : team.SamengesteldOp;
    }

    public bool IsLid(Guid id) => Leden.Any(lid => lid.LidId == id);
}
