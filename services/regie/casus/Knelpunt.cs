using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een belemmering die het team zelf niet oplost. Vraagt om een uitdrukkelijk besluit; "ter kennisgeving aangenomen" is er geen.
/// De route verplaatst nooit regie.
/// </summary>
public sealed class Knelpunt
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string Soort { get; init; }
    public string Niveau { get; internal set; } = Operationeel;
    public string Status { get; internal set; } = Gemeld;
    public required string Omschrijving { get; init; }

    /// <summary>Leeg als een regel het knelpunt opende.</summary>
    public Guid? GemeldDoorId { get; init; }

    /// <summary>De overdracht waar het over gaat, als het daaruit voortkwam.</summary>
    public Guid? OverdrachtId { get; init; }

    /// <summary>Het team waarmee het knelt, naast dat van de casus.</summary>
    public string? AnderTeamId { get; init; }

    /// <summary>Wie het gezin intussen helpt; wachten op capaciteit gaat niet zonder.</summary>
    public string? Overbrugging { get; init; }

    /// <summary>De contactpersonen die bemiddelen; leeg als dat niet nodig is.</summary>
    public IReadOnlyList<Guid> BemiddelaarIds { get; internal set; } = [];
    public DateTimeOffset? BemiddelingVoor { get; internal set; }
    public required DateTimeOffset GemeldOp { get; init; }
    public DateTimeOffset? BesluitVoor { get; internal set; }

    /// <summary><c>oplossen</c> of <c>weigeren</c>, of <c>afspraak</c> als de bemiddeling eruit kwam.</summary>
    public string? Besluit { get; internal set; }
    public string? BesluitReden { get; internal set; }
    public Guid? BeslotenDoorId { get; internal set; }
    public DateTimeOffset? BeslotenOp { get; internal set; }
    public bool IsGerealiseerd { get; internal set; }
    public bool IsMelderVerteld { get; internal set; }
    public bool IsGezinVerteld { get; internal set; }

    public const string Operationeel = "operationeel";
    public const string Capaciteit = "capaciteit";
    public const string Samenwerking = "samenwerking";
    public const string Wie = "wie";
    public const string Afspraak = "afspraak";
    public const string Gemeld = "gemeld";
    public const string Besloten = "besloten";
    public const string Opgelost = "opgelost";

    /// <summary>Wie er over gaat: onenigheid over wie de regie houdt is een knelpunt van de soort <c>wie</c>.</summary>
    public static readonly string[] Soorten = [Capaciteit, "contract", Samenwerking, Wie, "regel", "privacy"];

    /// <summary>Wringt het tussen mensen of over wie de regie houdt, dan helpt een contactpersoon voordat er iemand boven hen over gaat.</summary>
    public bool VraagtBemiddeling => Soort is Samenwerking or Wie;
}

public sealed partial class Casus
{
    private readonly List<Knelpunt> _knelpunten = [];

    public IReadOnlyList<Knelpunt> Knelpunten => _knelpunten;

    /// <summary>Opent een knelpunt op operationeel niveau; door een mens of door een regel.</summary>
    internal Knelpunt KnelpuntMelden(Guid id, Guid? doorId, string soort, string omschrijving, DateTimeOffset nu, Guid? overdrachtId = null, string? anderTeamId = null, string? overbrugging = null)
    {
        EisOpen();
        var knelpunt = new Knelpunt { Id = id, CasusId = Id, Soort = soort, Omschrijving = omschrijving, GemeldDoorId = doorId, GemeldOp = nu, OverdrachtId = overdrachtId, AnderTeamId = anderTeamId, Overbrugging = overbrugging };
        _knelpunten.Add(knelpunt);
        return knelpunt;
    }

    /// <summary>De stroom heeft bepaald tot wanneer er besloten moet zijn.</summary>
    internal void KnelpuntVoorleggen(Guid id, DateTimeOffset besluitVoor)
    {
        var knelpunt = KnelpuntMet(id, Knelpunt.Gemeld);
        var isNieuw = knelpunt.BesluitVoor is null;
        knelpunt.BesluitVoor = besluitVoor;
        if (isNieuw)
            Meld(new KnelpuntGemeld(Id, id, knelpunt.Soort, besluitVoor));
    }

    /// <summary>De contactpersonen gaan bemiddelen, naast wie erover besluit.</summary>
    internal void BemiddelingBeginnen(Guid id, IReadOnlyList<Guid> bemiddelaars, DateTimeOffset voor)
    {
        var knelpunt = KnelpuntMet(id, Knelpunt.Gemeld);
        var isNieuw = knelpunt.BemiddelingVoor is null;
        (knelpunt.BemiddelaarIds, knelpunt.BemiddelingVoor) = (bemiddelaars, voor);
        if (isNieuw)
            Meld(new BemiddelingGestart(Id, id, voor));
    }

    /// <summary>De bemiddeling kwam eruit: de afspraak geldt als besluit. De regie beweegt niet.</summary>
    internal void KnelpuntAfspreken(Guid id, Actor actor, string afspraak, DateTimeOffset nu)
    {
        var knelpunt = KnelpuntMet(id, Knelpunt.Gemeld);
        if (!knelpunt.BemiddelaarIds.Contains(actor.Id))
            throw Geweigerd.GeenRecht("Alleen een contactpersoon die bij dit knelpunt bemiddelt legt de afspraak vast.");
        (knelpunt.Status, knelpunt.Besluit, knelpunt.BesluitReden, knelpunt.BeslotenDoorId, knelpunt.BeslotenOp) = (Knelpunt.Besloten, Knelpunt.Afspraak, afspraak, actor.Id, nu);
    }

    /// <summary>Wat als besluit werd gegeven is er geen; dat ziet de bewaking.</summary>
    internal void BesluitWeigeren(Guid id, Actor actor, Team team)
    {
        KnelpuntMet(id, Knelpunt.Gemeld);
        EisBeslisser(actor, team);
        Meld(new BesluitGeweigerd(Id, id));
    }

    /// <summary>Neemt een uitdrukkelijk besluit.</summary>
    internal void KnelpuntBesluiten(Guid id, Actor actor, Team team, string besluit, string reden, DateTimeOffset nu)
    {
        var knelpunt = KnelpuntMet(id, Knelpunt.Gemeld);
        EisBeslisser(actor, team);
        (knelpunt.Status, knelpunt.Besluit, knelpunt.BesluitReden, knelpunt.BeslotenDoorId, knelpunt.BeslotenOp) = (Knelpunt.Besloten, besluit, reden, actor.Id, nu);
        Meld(new KnelpuntBesloten(Id, id));
    }

    /// <summary>Het besluit is uitgevoerd, en verteld aan de melder en het gezin.</summary>
    internal void KnelpuntOplossen(Guid id, Actor actor, bool gerealiseerd, bool melderVerteld, bool gezinVerteld)
    {
        var knelpunt = KnelpuntMet(id, Knelpunt.Besloten);
        EisHouder(actor, "een knelpunt afronden");
        if (!gerealiseerd || !melderVerteld || !gezinVerteld)
            throw new Geweigerd("Een knelpunt is pas opgelost als het besluit is uitgevoerd en melder en gezin het weten.");
        (knelpunt.Status, knelpunt.IsGerealiseerd, knelpunt.IsMelderVerteld, knelpunt.IsGezinVerteld) = (Knelpunt.Opgelost, true, true, true);
        Meld(new KnelpuntOpgelost(Id, id));
    }

    private static void EisBeslisser(Actor actor, Team team)
    {
        if (actor.Id != team.LeidinggevendeId && actor.Rol is not Rol.Bestuurder)
            throw Geweigerd.GeenRecht("Over een knelpunt besluit de leidinggevende van het team, of een bestuurder.");
    }

    private Knelpunt KnelpuntMet(Guid id, string status)
    {
        var knelpunt = _knelpunten.SingleOrDefault(k => k.Id == id) ?? throw Geweigerd.NietGevonden("Dit knelpunt");
        return knelpunt.Status == status ? knelpunt : throw new Geweigerd($"Dit kan niet meer: het knelpunt is {knelpunt.Status}.");
    }
}
