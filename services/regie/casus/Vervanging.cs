using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een waarnemer houdt de regie namens de regisseur, gepland of acuut. De regie komt pas terug na een gesprek, niet op de eerste
/// werkdag vanzelf.
/// </summary>
public sealed class Vervanging
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required Guid PrincipaalId { get; init; }
    public required Guid WaarnemerId { get; init; }

    /// <summary><c>gepland</c> of <c>acuut</c>.</summary>
    public required string Soort { get; init; }
    public string Status { get; internal set; } = Gepland;
    public required string Reden { get; init; }
    public required DateTimeOffset Vanaf { get; init; }

    /// <summary>Wanneer de regisseur waarschijnlijk terug is; er gebeurt dan niets vanzelf.</summary>
    public DateTimeOffset? VerwachtTot { get; init; }
    public DateTimeOffset? GestartOp { get; internal set; }

    /// <summary>Wanneer de regisseur de waarnemer aan het gezin voorstelde.</summary>
    public DateTimeOffset? VoorgesteldOp { get; internal set; }

    /// <summary>Wanneer het gesprek is gepland waarin de regie teruggaat.</summary>
    public DateTimeOffset? TerugkeerGeplandOp { get; internal set; }
    public DateTimeOffset? BeeindigdOp { get; internal set; }

    public const string Gepland = "gepland";
    public const string Actief = "actief";
    public const string Beeindigd = "beeindigd";
    public const string Ingetrokken = "ingetrokken";
    public const string Acuut = "acuut";
}

public sealed partial class Casus
{
    private readonly List<Vervanging> _vervangingen = [];

    public IReadOnlyList<Vervanging> Vervangingen => _vervangingen;

    /// <summary>Namens wie de regie nu wordt gehouden; meestal de houder zelf. Bij een waarnemer die uitvalt blijft dit dezelfde.</summary>
    public Guid PrincipaalId => Regie.PrincipaalId ?? HouderId;

    /// <summary>Wie nu waarneemt, en wie sinds de regisseur uitviel voor haar waarnamen en ook uitvielen.</summary>
    internal IReadOnlyList<Guid> Uitgevallen
    {
        get
        {
            var keten = new List<Guid>();
            for (var v = _vervangingen.SingleOrDefault(v => v.Status == Vervanging.Actief); v is not null; v = _vervangingen.FirstOrDefault(eerder => eerder.PrincipaalId == v.PrincipaalId && eerder.GestartOp is not null && eerder.BeeindigdOp == v.GestartOp))
                keten.Add(v.WaarnemerId);
            return keten;
        }
    }

    /// <summary>Legt vast dat een waarnemer de regie gaat houden. Valt een waarnemer uit, dan neemt een volgende voor dezelfde regisseur waar.</summary>
    /// <param name="neemtZelfWaar">Wie aan de beurt is zegt "ik neem waar", omdat de houder niet bereikbaar is. Bevestigen alleen verplaatst niets.</param>
    internal Vervanging VervangingPlannen(Guid id, Actor actor, Team team, Guid waarnemerId, string soort, string reden, DateTimeOffset vanaf, DateTimeOffset? verwachtTot, DateTimeOffset nu, bool neemtZelfWaar = false)
    {
        EisOpen();
        if (actor.Id != HouderId && actor.Id != team.LeidinggevendeId && !(neemtZelfWaar && actor.Id == waarnemerId))
            throw Geweigerd.GeenRecht("Alleen wie nu de regie houdt, of de leidinggevende, kan een vervanging regelen.");
        if (soort == Vervanging.Gepland && _vervangingen.Any(v => v.Status is Vervanging.Gepland or Vervanging.Actief))
            throw new Geweigerd("Er loopt al een vervanging; beeindig die eerst.");
        if (waarnemerId == HouderId)
            throw new Geweigerd("De waarnemer is zelf de regisseur.");
        if (waarnemerId == PrincipaalId)
            throw new Geweigerd("De regisseur zelf keert terug in een gesprek, niet door een vervanging.");
        if (soort == Vervanging.Gepland && vanaf < nu)
            throw new Geweigerd("Een geplande vervanging begint in de toekomst; kies acuut als het nu moet.");

        var vervanging = new Vervanging { Id = id, CasusId = Id, PrincipaalId = PrincipaalId, WaarnemerId = waarnemerId, Soort = soort, Reden = reden, Vanaf = soort == Vervanging.Acuut ? nu : vanaf, VerwachtTot = verwachtTot };
        _vervangingen.Add(vervanging);
        return vervanging;
    }

    /// <summary>De waarnemer is warm voorgesteld aan het gezin. De regie blijft tot de vervanging begint.</summary>
    internal void WaarnemerVoorstellen(Guid id, Actor actor, DateTimeOffset op, DateTimeOffset nu)
    {
        var vervanging = VervangingMet(id, Vervanging.Gepland);
        EisBetrokken(vervanging, actor, "dit gesprek");
        if (op > nu)
            throw new Geweigerd("Dit gesprek ligt in de toekomst; leg het vast als het is gevoerd.");
        if (vervanging.VoorgesteldOp == op)
            return;
        vervanging.VoorgesteldOp = op;
        Meld(new GesprekGevoerd(Id, id, op));
    }

    /// <summary>Het gesprek waarin de regie teruggaat is gepland. Er verplaatst niets.</summary>
    internal void TerugkeerPlannen(Guid id, Actor actor, Team team, DateTimeOffset op)
    {
        var vervanging = VervangingMet(id, Vervanging.Actief);
        if (actor.Id != team.LeidinggevendeId)
            EisBetrokken(vervanging, actor, "de terugkeer");
        if (vervanging.TerugkeerGeplandOp == op)
            return;
        vervanging.TerugkeerGeplandOp = op;
        Meld(new GesprekGepland(Id, id, op));
    }

    /// <summary>De waarnemer houdt vanaf nu de regie; in hetzelfde moment eindigt de periode van de regisseur.</summary>
    internal void VervangingStarten(Guid id, Team team, DateTimeOffset nu)
    {
        var vervanging = VervangingMet(id, Vervanging.Gepland);
        if (vervanging.PrincipaalId != PrincipaalId || vervanging.WaarnemerId == HouderId)
            throw new Geweigerd("De regie is intussen overgegaan; deze vervanging is niet meer nodig.");
        var isNoodhouder = vervanging.WaarnemerId == team.LeidinggevendeId;
        var periode = Verleg(Lijnen.Regie, "", vervanging.WaarnemerId.ToString(), nu, nu, "vervanging", $"vervanging {id}", isNoodhouder ? Merken.Noodhouder : Merken.Waarnemend, vervanging.PrincipaalId);
        VervangingVervalt(periode.Vanaf);
        (vervanging.Status, vervanging.GestartOp) = (Vervanging.Actief, periode.Vanaf);
        Meld(new VervangingGestart(Id, id, vervanging.PrincipaalId, vervanging.WaarnemerId, periode.Vanaf));
        if (isNoodhouder)
            Meld(new NoodhouderAangewezen(Id, vervanging.WaarnemerId, periode.Vanaf));
    }

    /// <summary>De regisseur is terug: in een gesprek met het gezin gaat de regie weer over.</summary>
    internal void TerugkeerBespreken(Guid id, Actor actor, Team team, DateTimeOffset beeindigdOp, DateTimeOffset nu)
    {
        var vervanging = VervangingMet(id, Vervanging.Actief);
        if (actor.Id != team.LeidinggevendeId)
            EisBetrokken(vervanging, actor, "de terugkeer");
        var vanId = HouderId;
        var periode = Verleg(Lijnen.Regie, "", vervanging.PrincipaalId.ToString(), beeindigdOp, nu, "terugkeer na gesprek", $"vervanging {id}");
        (vervanging.Status, vervanging.BeeindigdOp) = (Vervanging.Beeindigd, periode.Vanaf);
        Meld(new GesprekGevoerd(Id, id, beeindigdOp));
        Meld(new VervangingBeeindigd(Id, id, vervanging.PrincipaalId, periode.Vanaf));
        Meld(new RegieOvergedragen(Id, id, vanId, vervanging.PrincipaalId, periode.Vanaf, IsTerugkeer: true));
    }

    /// <summary>De geplande vervanging gaat niet door.</summary>
    internal void VervangingIntrekken(Guid id, Actor actor, Team team, DateTimeOffset nu)
    {
        var vervanging = VervangingMet(id, Vervanging.Gepland);
        if (actor.Id != HouderId && actor.Id != team.LeidinggevendeId)
            throw Geweigerd.GeenRecht("Alleen wie nu de regie houdt, of de leidinggevende, kan een vervanging intrekken.");
        (vervanging.Status, vervanging.BeeindigdOp) = (Vervanging.Ingetrokken, nu);
    }

    /// <summary>De vervanging kon niet beginnen; een volgende kan weer worden geregeld.</summary>
    internal void VervangingVervalt(Guid id, DateTimeOffset nu)
    {
        var vervanging = VervangingMet(id, Vervanging.Gepland);
        (vervanging.Status, vervanging.BeeindigdOp) = (Vervanging.Ingetrokken, nu);
    }

    // Gaat de regie naar een ander, dan eindigt de waarneming daarmee.
    private void VervangingVervalt(DateTimeOffset op)
    {
        foreach (var vervanging in _vervangingen.Where(v => v.Status is Vervanging.Actief))
            (vervanging.Status, vervanging.BeeindigdOp) = (Vervanging.Beeindigd, op);
    }

    private static void EisBetrokken(Vervanging vervanging, Actor actor, string wat)
    {
        if (actor.Id != vervanging.PrincipaalId && actor.Id != vervanging.WaarnemerId)
            throw Geweigerd.GeenRecht($"Alleen de regisseur, de waarnemer of de leidinggevende legt {wat} vast.");
    }

    private Vervanging VervangingMet(Guid id, string status)
    {
        var vervanging = _vervangingen.SingleOrDefault(v => v.Id == id) ?? throw Geweigerd.NietGevonden("Deze vervanging");
        return vervanging.Status == status ? vervanging : throw new Geweigerd($"Dit kan niet meer: de vervanging is {vervanging.Status}.");
    }
}
