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

    /// <summary>Wie ervoor zorgt dat het gebeurt.</summary>
    public Guid? EigenaarId { get; internal set; }

    /// <summary>Wanneer het gebeurd moet zijn.</summary>
    public DateTimeOffset? UitvoerenVoor { get; internal set; }

    /// <summary>Wat het mag kosten, in hele euro's.</summary>
    public int? Bedrag { get; internal set; }
    public bool IsGerealiseerd { get; internal set; }
    public bool IsMelderVerteld { get; internal set; }
    public bool IsGezinVerteld { get; internal set; }

    public const string Operationeel = "operationeel";
    public const string Tactisch = "tactisch";
    public const string Strategisch = "strategisch";
    public const string Capaciteit = "capaciteit";
    public const string Samenwerking = "samenwerking";
    public const string Wie = "wie";
    public const string Oplossen = "oplossen";
    public const string Weigeren = "weigeren";

    /// <summary>Wie aan zet is kan het niet zelf; de volgende laag beslist.</summary>
    public const string Doorzetten = "doorzetten";
    public const string Afspraak = "afspraak";

    /// <summary>Wat een besluit is; "ter kennisgeving aangenomen" is er geen.</summary>
    public static readonly string[] Besluiten = [Oplossen, Weigeren, Doorzetten];

    public const string Gemeld = "gemeld";
    public const string Besloten = "besloten";
    public const string Opgelost = "opgelost";

    /// <summary>Wie er over gaat: onenigheid over wie de regie houdt is een knelpunt van de soort <c>wie</c>.</summary>
    public static readonly string[] Soorten = [Capaciteit, "contract", Samenwerking, Wie, "regel", "privacy"];

    /// <summary>Wringt het tussen mensen of over wie de regie houdt, dan helpt een contactpersoon voordat er iemand boven hen over gaat.</summary>
    public bool VraagtBemiddeling => Soort is Samenwerking or Wie;

    /// <summary>Boven de werkvloer is een toezegging pas een besluit als er een eigenaar en een datum bij staan, en bij bestuurders het geld.</summary>
    internal IEnumerable<(bool Klopt, string Plaats, string Melding)> Eisen(KnelpuntBesluit besluit) => besluit.Besluit != Oplossen || Niveau == Operationeel ? [] :
    [
        (besluit.EigenaarId is not null, "/eigenaarId", "Wie ervoor zorgt dat het gebeurt ontbreekt."),
        (besluit.UitvoerenVoor is not null, "/uitvoerenVoor", "Wanneer het gebeurd moet zijn ontbreekt."),
        (Niveau != Strategisch || besluit.Bedrag is not null, "/bedrag", "Wat het mag kosten ontbreekt; 0 mag ook."),
    ];
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
    internal void BesluitWeigeren(Guid id, Actor actor, IReadOnlyList<Guid> leidinggevenden)
    {
        EisBeslisser(KnelpuntMet(id, Knelpunt.Gemeld), actor, leidinggevenden);
        Meld(new BesluitGeweigerd(Id, id));
    }

    /// <summary>Neemt een uitdrukkelijk besluit: oplossen, weigeren, of doorzetten naar de volgende laag.</summary>
    internal void KnelpuntBesluiten(Guid id, Actor actor, IReadOnlyList<Guid> leidinggevenden, KnelpuntBesluit besluit, DateTimeOffset nu)
    {
        var knelpunt = KnelpuntMet(id, Knelpunt.Gemeld);
        EisBeslisser(knelpunt, actor, leidinggevenden);
        new Invoer().EisAlles(knelpunt.Eisen(besluit)).Klaar();
        knelpunt.BesluitReden = besluit.Reden;
        if (besluit.Besluit == Knelpunt.Doorzetten)
        {
            if (knelpunt.Niveau == Knelpunt.Strategisch)
                throw new Geweigerd("Boven de bestuurders is er niemand om naar door te zetten; besluit oplossen of weigeren.");
            return;
        }

        (knelpunt.Status, knelpunt.Besluit, knelpunt.BeslotenDoorId, knelpunt.BeslotenOp) = (Knelpunt.Besloten, besluit.Besluit, actor.Id, nu);
        (knelpunt.EigenaarId, knelpunt.UitvoerenVoor, knelpunt.Bedrag) = (besluit.EigenaarId, besluit.UitvoerenVoor, besluit.Bedrag);
        Meld(new KnelpuntBesloten(Id, id));
    }

    /// <summary>De volgende laag is aan zet.</summary>
    internal void KnelpuntOpschalen(Guid id, string niveau)
    {
        KnelpuntMet(id, Knelpunt.Gemeld).Niveau = niveau;
        Meld(new KnelpuntOpgeschaald(Id, id, niveau));
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

    // Source: the protocol of the region, three levels. A director may always decide; who is asked depends on the level.
    private static void EisBeslisser(Knelpunt knelpunt, Actor actor, IReadOnlyList<Guid> leidinggevenden)
    {
        if (actor.Rol is Rol.Bestuurder)
            return;
        if (knelpunt.Niveau == Knelpunt.Strategisch)
            throw Geweigerd.GeenRecht("Over een strategisch knelpunt besluit een bestuurder.");
        if (!leidinggevenden.Contains(actor.Id))
            throw Geweigerd.GeenRecht(knelpunt.Niveau == Knelpunt.Operationeel
                ? "Over een knelpunt besluit de leidinggevende van het team, of een bestuurder."
                : "Over een tactisch knelpunt besluit een leidinggevende van een van de teams waar het tussen knelt, of een bestuurder.");
    }

    private Knelpunt KnelpuntMet(Guid id, string status)
    {
        var knelpunt = _knelpunten.SingleOrDefault(k => k.Id == id) ?? throw Geweigerd.NietGevonden("Dit knelpunt");
        return knelpunt.Status == status ? knelpunt : throw new Geweigerd($"Dit kan niet meer: het knelpunt is {knelpunt.Status}.");
    }
}
