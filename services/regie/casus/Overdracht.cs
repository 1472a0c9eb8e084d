using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een warme overdracht van de regie. Voorstellen, aanvaarden en plannen verplaatsen niets; alleen het gevoerde gesprek doet dat,
/// op het moment waarop het gesprek eindigde.
/// </summary>
public sealed class Overdracht
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required Guid VanId { get; init; }
    public required Guid NaarId { get; init; }
    public string Status { get; internal set; } = Voorgesteld;
    public required string Reden { get; init; }
    public required DateTimeOffset VoorgesteldOp { get; init; }

    /// <summary>Tot wanneer de ontvanger kan antwoorden.</summary>
    public DateTimeOffset? AntwoordVoor { get; internal set; }
    public DateTimeOffset? BeantwoordOp { get; internal set; }

    /// <summary>Waarom geweigerd of ingetrokken.</summary>
    public string? Toelichting { get; internal set; }

    /// <summary>Wat wie weigert wel kan doen.</summary>
    public string? Alternatief { get; internal set; }

    /// <summary>Wanneer de nieuwe regisseur met het gezin kennismaakte. De regie bleef waar zij was.</summary>
    public DateTimeOffset? KennisgemaaktOp { get; internal set; }
    public DateTimeOffset? GesprekGeplandOp { get; internal set; }
    public DateTimeOffset? GesprekBeeindigdOp { get; internal set; }
    public DateTimeOffset? GesprekVastgelegdOp { get; internal set; }
    public bool? GezinAanwezig { get; internal set; }

    /// <summary>Waarom het gezin of de oude regisseur er niet bij was.</summary>
    public string? RedenAfwezig { get; internal set; }

    /// <summary>Waarom de regie overging terwijl secties van het dossier nog ongelezen waren.</summary>
    public string? RedenOngelezen { get; internal set; }

    /// <summary>Of de samenvatting volgens het gezin klopt; leeg als zij nog niet is besproken.</summary>
    public bool? SamenvattingKlopt { get; internal set; }
    public DateTimeOffset? SamenvattingBesprokenOp { get; internal set; }
    public string? SamenvattingToelichting { get; internal set; }
    public Guid? NazorgDoorId { get; internal set; }
    public DateTimeOffset? NazorgTot { get; internal set; }
    public DateTimeOffset? AfgeslotenOp { get; internal set; }

    public const string Voorgesteld = "voorgesteld";
    public const string Aanvaard = "aanvaard";
    public const string GesprekGepland = "gesprek-gepland";
    public const string GesprekGevoerd = "gesprek-gevoerd";
    public const string Effectief = "effectief";
    public const string Nazorg = "nazorg";
    public const string Afgesloten = "afgesloten";
    public const string Geweigerd = "geweigerd";
    public const string Verlopen = "verlopen";
    public const string Ingetrokken = "ingetrokken";

    /// <summary>Er is nog niet beslist of de regie overgaat.</summary>
    public bool IsLopend => Status is Voorgesteld or Aanvaard or GesprekGepland or GesprekGevoerd;
}

/// <summary>Wat van het warme gesprek wordt vastgelegd.</summary>
/// <param name="BeeindigdOp">Vanaf dit moment houdt de ontvanger de regie.</param>
/// <param name="RedenAfwezig">Verplicht als het gezin of de oude regisseur er niet bij was.</param>
/// <param name="Ongelezen">De ingevulde secties van het dossier die de ontvanger nog niet heeft gelezen.</param>
/// <param name="RedenOngelezen">Waarom dat toch kan.</param>
public sealed record WarmGesprek(DateTimeOffset BeeindigdOp, bool GezinAanwezig, bool OudeRegisseurAanwezig, string? RedenAfwezig, IReadOnlyList<string>? Ongelezen = null, string? RedenOngelezen = null);

public sealed partial class Casus
{
    private readonly List<Overdracht> _overdrachten = [];

    public IReadOnlyList<Overdracht> Overdrachten => _overdrachten;

    /// <summary>Stelt voor de regie over te dragen aan een persoon met een naam. De regie blijft.</summary>
    internal Overdracht OverdrachtVoorstellen(Guid id, Actor actor, Professional naar, bool naarHeeftVervanger, Team team, string reden, DateTimeOffset nu)
    {
        EisOpen();
        if (actor.Id != HouderId && actor.Id != team.LeidinggevendeId)
            throw Web.Geweigerd.GeenRecht("Alleen wie nu de regie houdt, of de leidinggevende, kan een overdracht voorstellen.");
        if (_overdrachten.Any(o => o.IsLopend))
            throw new Geweigerd("Er loopt al een voorstel; wacht op het antwoord of trek het in.");
        EisOntvanger(naar, naarHeeftVervanger);

        var overdracht = new Overdracht { Id = id, CasusId = Id, VanId = HouderId, NaarId = naar.Id, Reden = reden, VoorgesteldOp = nu };
        _overdrachten.Add(overdracht);
        return overdracht;
    }

    /// <summary>De stroom heeft de antwoordtermijn bepaald; nu weet de ontvanger ervan.</summary>
    internal void OverdrachtAanbieden(Guid id, DateTimeOffset antwoordVoor)
    {
        var overdracht = OverdrachtMet(id, Overdracht.Voorgesteld);
        overdracht.AntwoordVoor = antwoordVoor;
        Meld(new OverdrachtVoorgesteld(Id, id, overdracht.VanId, overdracht.NaarId, antwoordVoor));
    }

    /// <summary>De ontvanger zegt ja. Er verplaatst niets.</summary>
    internal void OverdrachtAanvaarden(Guid id, Actor actor, DateTimeOffset nu)
    {
        var overdracht = OverdrachtMet(id, Overdracht.Voorgesteld);
        if (actor.Id != overdracht.NaarId)
            throw Web.Geweigerd.GeenRecht("Alleen wie is voorgesteld kan het voorstel aanvaarden.");
        (overdracht.Status, overdracht.BeantwoordOp) = (Overdracht.Aanvaard, nu);
        Meld(new OverdrachtAanvaard(Id, id));
    }

    /// <summary>De ontvanger (of diens leidinggevende) zegt nee, met reden en met wat wel kan. De regie blijft.</summary>
    internal void OverdrachtWeigeren(Guid id, Actor actor, Guid? leidinggevendeVanOntvanger, string reden, string alternatief, DateTimeOffset nu)
    {
        var overdracht = OverdrachtMet(id, Overdracht.Voorgesteld);
        if (actor.Id != overdracht.NaarId && actor.Id != leidinggevendeVanOntvanger)
            throw Web.Geweigerd.GeenRecht("Alleen wie is voorgesteld, of diens leidinggevende, kan het voorstel weigeren.");
        (overdracht.Status, overdracht.BeantwoordOp, overdracht.AfgeslotenOp, overdracht.Toelichting, overdracht.Alternatief) = (Overdracht.Geweigerd, nu, nu, reden, alternatief);
        Meld(new OverdrachtGeweigerd(Id, id));
    }

    /// <summary>De zender ziet ervan af. De regie blijft.</summary>
    internal void OverdrachtIntrekken(Guid id, Actor actor, Team team, string? reden, DateTimeOffset nu)
    {
        var overdracht = OverdrachtMet(id, Overdracht.Voorgesteld, Overdracht.Aanvaard, Overdracht.GesprekGepland);
        if (actor.Id != HouderId && actor.Id != team.LeidinggevendeId)
            throw Web.Geweigerd.GeenRecht("Alleen wie nu de regie houdt, of de leidinggevende, kan het voorstel intrekken.");
        (overdracht.Status, overdracht.AfgeslotenOp, overdracht.Toelichting) = (Overdracht.Ingetrokken, nu, reden);
        Meld(new OverdrachtIngetrokken(Id, id));
    }

    /// <summary>Er kwam geen antwoord. De regie blijft.</summary>
    internal void OverdrachtVerlopen(Guid id, DateTimeOffset nu)
    {
        var overdracht = OverdrachtMet(id, Overdracht.Voorgesteld);
        (overdracht.Status, overdracht.AfgeslotenOp) = (Overdracht.Verlopen, nu);
        Meld(new OverdrachtVerlopen(Id, id));
    }

    /// <summary>Het warme gesprek is gepland; opnieuw plannen mag.</summary>
    internal void GesprekPlannen(Guid id, Actor actor, DateTimeOffset op)
    {
        var overdracht = OverdrachtMet(id, Overdracht.Aanvaard, Overdracht.GesprekGepland);
        EisPartij(overdracht, actor);
        (overdracht.Status, overdracht.GesprekGeplandOp) = (Overdracht.GesprekGepland, op);
        Meld(new GesprekGepland(Id, id, op));
    }

    /// <summary>De nieuwe regisseur heeft kennisgemaakt met het gezin. Er verplaatst niets.</summary>
    internal void Kennismaken(Guid id, Actor actor, DateTimeOffset op, DateTimeOffset nu)
    {
        var overdracht = OverdrachtMet(id, Overdracht.Aanvaard, Overdracht.GesprekGepland);
        EisPartij(overdracht, actor);
        if (op > nu)
            throw new Geweigerd("Deze kennismaking ligt in de toekomst; leg haar vast als zij is geweest.");
        if (op < overdracht.BeantwoordOp)
            throw new Geweigerd("Deze kennismaking was voor het aanvaarden van de overdracht.");
        overdracht.KennisgemaaktOp = op;
    }

    /// <summary>Het warme gesprek is gevoerd. De stroom verplaatst daarna de regie, in dezelfde transactie.</summary>
    internal void GesprekVoeren(Guid id, Actor actor, Team team, WarmGesprek gesprek, DateTimeOffset nu)
    {
        var overdracht = OverdrachtMet(id, Overdracht.Aanvaard, Overdracht.GesprekGepland);
        if (actor.Id != team.LeidinggevendeId)
            EisPartij(overdracht, actor);
        EisGesprek(gesprek, overdracht.BeantwoordOp!.Value, "Dit gesprek was voor het aanvaarden van de overdracht; voer een gesprek met de nieuwe regisseur erbij.", nu);

        if (gesprek.Ongelezen is { Count: > 0 } ongelezen && string.IsNullOrWhiteSpace(gesprek.RedenOngelezen))
            throw new Geweigerd($"De ontvanger heeft nog niet gelezen: {string.Join(", ", ongelezen)}; lees dat eerst, of leg vast waarom het niet kon.");

        overdracht.Status = Overdracht.GesprekGevoerd;
        overdracht.RedenOngelezen = gesprek.RedenOngelezen;
        (overdracht.GesprekBeeindigdOp, overdracht.GesprekVastgelegdOp) = (gesprek.BeeindigdOp, nu);
        (overdracht.GezinAanwezig, overdracht.RedenAfwezig) = (gesprek.GezinAanwezig, gesprek.RedenAfwezig);
        Meld(new GesprekGevoerd(Id, id, gesprek.BeeindigdOp));
    }

    /// <summary>Verplaatst de regie, vanaf het einde van het gesprek. De enige gewone overgang die dat doet.</summary>
    internal void RegieOverdragen(Guid id, DateTimeOffset nu)
    {
        var overdracht = OverdrachtMet(id, Overdracht.GesprekGevoerd);
        var periode = Verleg(Lijnen.Regie, "", overdracht.NaarId.ToString(), overdracht.GesprekBeeindigdOp!.Value, nu, "warm gesprek", $"overdracht {id}");
        overdracht.Status = Overdracht.Effectief;
        RegieGingOver(periode.Vanaf);
        Meld(new RegieOvergedragen(Id, id, overdracht.VanId, overdracht.NaarId, periode.Vanaf));
    }

    /// <summary>Het gesprek is gevoerd en toch kan de regie niet over: zij blijft waar zij is, en een nieuw voorstel kan weer.</summary>
    internal void OverdrachtAfbreken(Guid id, DateTimeOffset nu)
    {
        var overdracht = OverdrachtMet(id, Overdracht.GesprekGevoerd);
        (overdracht.Status, overdracht.AfgeslotenOp, overdracht.Toelichting) = (Overdracht.Ingetrokken, nu, "na het gesprek kon de regie niet overgaan");
        Meld(new OverdrachtIngetrokken(Id, id));
    }

    /// <summary>De oude regisseur, of wie daarvoor is aangewezen, blijft bereikbaar.</summary>
    internal void NazorgBeginnen(Guid id, DateTimeOffset tot)
    {
        var overdracht = OverdrachtMet(id, Overdracht.Effectief);
        (overdracht.Status, overdracht.NazorgDoorId, overdracht.NazorgTot) = (Overdracht.Nazorg, overdracht.VanId, tot);
        Meld(new NazorgGestart(Id, id, overdracht.VanId, tot));
    }

    /// <summary>De nazorg is voorbij; de overdracht is klaar.</summary>
    internal void NazorgBeeindigen(Guid id, DateTimeOffset nu)
    {
        var overdracht = OverdrachtMet(id, Overdracht.Nazorg);
        (overdracht.Status, overdracht.AfgeslotenOp) = (Overdracht.Afgesloten, nu);
        Meld(new NazorgBeeindigd(Id, id));
    }

    private void EisOntvanger(Professional naar, bool heeftVervanger)
    {
        if (naar.Id == HouderId)
            throw new Geweigerd("Deze persoon houdt de regie al.");
        if (!naar.IsActief)
            throw new Geweigerd("Deze persoon is niet meer in dienst.") { Afspraak = "R2" };
        if (!heeftVervanger)
            throw new Geweigerd("Deze persoon heeft geen geldige vervanger; regel die eerst.") { Afspraak = "R2" };
    }

    private static void EisGesprek(WarmGesprek gesprek, DateTimeOffset nietVoor, string teVroeg, DateTimeOffset nu)
    {
        if (gesprek.BeeindigdOp > nu)
            throw new Geweigerd("Dit gesprek ligt in de toekomst; leg het vast als het is gevoerd.") { Afspraak = "R3" };
        if (gesprek.BeeindigdOp < nietVoor)
            throw new Geweigerd(teVroeg) { Afspraak = "R3" };
        if ((!gesprek.GezinAanwezig || !gesprek.OudeRegisseurAanwezig) && string.IsNullOrWhiteSpace(gesprek.RedenAfwezig))
            throw new Geweigerd("Leg vast waarom het gezin of de oude regisseur er niet bij was.") { Afspraak = "R3" };
    }

    private static void EisPartij(Overdracht overdracht, Actor actor)
    {
        if (actor.Id != overdracht.VanId && actor.Id != overdracht.NaarId)
            throw Web.Geweigerd.GeenRecht("Alleen de oude en de nieuwe regisseur leggen het gesprek vast.");
    }

    private Overdracht OverdrachtMet(Guid id, params string[] statussen)
    {
        var overdracht = Gezocht(id);
        if (!statussen.Contains(overdracht.Status))
            throw new Geweigerd($"Dit kan niet meer: de overdracht is {Zin(overdracht.Status)}.");
        return overdracht;

        static string Zin(string status) => status switch
        {
            Overdracht.Voorgesteld => "voorgesteld en nog niet beantwoord",
            Overdracht.GesprekGepland => "aanvaard en het gesprek is gepland",
            Overdracht.GesprekGevoerd => "besproken",
            Overdracht.Effectief or Overdracht.Nazorg => "al van kracht",
            _ => status,
        };
    }
}
