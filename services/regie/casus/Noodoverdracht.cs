using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// De regie gaat meteen over omdat wachten niet kan. Dat laat een herstelschuld achter: het warme gesprek met het gezin volgt alsnog.
/// </summary>
public sealed class Noodoverdracht
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required Guid VanId { get; init; }
    public required Guid NaarId { get; init; }
    public required Guid DoorId { get; init; }
    public string Status { get; internal set; } = Gemeld;
    public required string Reden { get; init; }

    /// <summary>Waaruit blijkt dat het niet kon wachten.</summary>
    public required string Bewijs { get; init; }
    public required DateTimeOffset GemeldOp { get; init; }
    public DateTimeOffset? Vanaf { get; internal set; }

    /// <summary>Tot wanneer het gesprek alsnog kan worden gevoerd zonder dat het te laat is.</summary>
    public DateTimeOffset? HerstelVoor { get; internal set; }
    public DateTimeOffset? GesprekBeeindigdOp { get; internal set; }
    public bool? GezinAanwezig { get; internal set; }
    public string? RedenAfwezig { get; internal set; }
    public DateTimeOffset? AfgeslotenOp { get; internal set; }

    public const string Gemeld = "gemeld";
    public const string Effectief = "effectief";
    public const string Afgesloten = "afgesloten";

    /// <summary>De regie ging verder voordat het gesprek er was, of zij kon niet overgaan.</summary>
    public const string Vervallen = "vervallen";
}

public sealed partial class Casus
{
    private readonly List<Noodoverdracht> _noodoverdrachten = [];

    public IReadOnlyList<Noodoverdracht> Noodoverdrachten => _noodoverdrachten;

    /// <summary>Legt een noodoverdracht vast; de stroom verplaatst daarna de regie, in dezelfde transactie.</summary>
    internal Noodoverdracht NoodoverdrachtMelden(Guid id, Actor actor, Professional naar, bool naarHeeftVervanger, Team team, string reden, string bewijs, DateTimeOffset nu)
    {
        EisOpen();
        if (actor.Id != team.LeidinggevendeId && !(actor.Id == HouderId && Regie.Merk == Merken.Noodhouder))
            throw Geweigerd.GeenRecht("Alleen de leidinggevende, of wie de regie als noodhouder houdt, kan de regie in nood overdragen.");
        EisOntvanger(naar, naarHeeftVervanger);
        if (_overdrachten.Any(o => o.Status == Overdracht.GesprekGevoerd))
            throw new Geweigerd("Van een overdracht is het gesprek al gevoerd; rond die eerst af of breek haar af.");

        foreach (var lopend in _overdrachten.Where(o => o.IsLopend))
        {
            (lopend.Status, lopend.AfgeslotenOp, lopend.Toelichting) = (Overdracht.Ingetrokken, nu, "de regie ging in nood over");
            Meld(new OverdrachtIngetrokken(Id, lopend.Id));
        }

        var nood = new Noodoverdracht { Id = id, CasusId = Id, VanId = HouderId, NaarId = naar.Id, DoorId = actor.Id, Reden = reden, Bewijs = bewijs, GemeldOp = nu };
        _noodoverdrachten.Add(nood);
        return nood;
    }

    /// <summary>De regie gaat meteen over; vanaf nu loopt de tijd voor het gesprek.</summary>
    internal void NoodOverdragen(Guid id, DateTimeOffset nu)
    {
        var nood = NoodoverdrachtMet(id, Noodoverdracht.Gemeld);
        if (nood.VanId != HouderId)
            throw new Geweigerd("De regie is intussen overgegaan; deze noodoverdracht is niet meer nodig.");
        var periode = Verleg(Lijnen.Regie, "", nood.NaarId.ToString(), nu, nu, "noodoverdracht", $"noodoverdracht {id}", Merken.Nood);
        (nood.Status, nood.Vanaf) = (Noodoverdracht.Effectief, periode.Vanaf);
        RegieGingOver(periode.Vanaf, nood);
        Meld(new NoodoverdrachtGedaan(Id, id, nood.VanId, nood.NaarId, periode.Vanaf));
    }

    /// <summary>De stroom heeft bepaald tot wanneer het gesprek op tijd is.</summary>
    internal void NoodgesprekVragen(Guid id, DateTimeOffset voor)
    {
        var nood = NoodoverdrachtMet(id, Noodoverdracht.Effectief);
        nood.HerstelVoor ??= voor;
    }

    /// <summary>Het warme gesprek is alsnog gevoerd: de herstelschuld is ingelost. De regie was al over.</summary>
    internal void NoodgesprekVoeren(Guid id, Actor actor, Team team, WarmGesprek gesprek, DateTimeOffset nu)
    {
        var nood = NoodoverdrachtMet(id, Noodoverdracht.Effectief);
        if (actor.Id != nood.NaarId && actor.Id != nood.VanId && actor.Id != team.LeidinggevendeId)
            throw Geweigerd.GeenRecht("Alleen de oude en de nieuwe regisseur, of de leidinggevende, leggen het gesprek vast.");
        EisGesprek(gesprek, nood.Vanaf!.Value, "Dit gesprek was voor de noodoverdracht; voer een gesprek met de nieuwe regisseur erbij.", nu);
        (nood.Status, nood.GesprekBeeindigdOp, nood.GezinAanwezig, nood.RedenAfwezig, nood.AfgeslotenOp) = (Noodoverdracht.Afgesloten, gesprek.BeeindigdOp, gesprek.GezinAanwezig, gesprek.RedenAfwezig, nu);
        Meld(new GesprekGevoerd(Id, id, gesprek.BeeindigdOp));
    }

    /// <summary>De noodoverdracht kon niet doorgaan; de regie blijft waar zij is.</summary>
    internal void NoodoverdrachtVervalt(Guid id, DateTimeOffset nu)
    {
        var nood = NoodoverdrachtMet(id, Noodoverdracht.Gemeld);
        (nood.Status, nood.AfgeslotenOp) = (Noodoverdracht.Vervallen, nu);
    }

    // Met een nieuwe houder vervalt wat bij de vorige hoorde: zijn waarneming, en het gesprek dat hij nog schuldig was.
    private void RegieGingOver(DateTimeOffset op, Noodoverdracht? door = null)
    {
        VervangingVervalt(op);
        foreach (var nood in _noodoverdrachten.Where(n => n.Status == Noodoverdracht.Effectief && n != door))
            (nood.Status, nood.AfgeslotenOp) = (Noodoverdracht.Vervallen, op);
    }

    private Noodoverdracht NoodoverdrachtMet(Guid id, string status)
    {
        var nood = _noodoverdrachten.SingleOrDefault(n => n.Id == id) ?? throw Geweigerd.NietGevonden("Deze noodoverdracht");
        return nood.Status == status ? nood : throw new Geweigerd($"Dit kan niet meer: de noodoverdracht is {nood.Status}.");
    }
}
