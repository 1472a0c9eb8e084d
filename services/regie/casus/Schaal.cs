using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Hoe zwaar het netwerk is, van licht naar zwaar. De niveaus zijn een keuze van dit ontwerp, op grond van de proeftuinen.</summary>
public static class Schalen
{
    /// <summary>L0: het lokale team alleen.</summary>
    public const string Lokaal = "lokaal";

    /// <summary>L1: het RVT adviseert.</summary>
    public const string Consult = "consult";

    /// <summary>L2: het RVT leest en denkt mee, zonder contact met het gezin.</summary>
    public const string Meekijken = "meekijken";

    /// <summary>L3: lokaal team en RVT samen bij het gezin.</summary>
    public const string Duo = "duo";

    /// <summary>L4: iemand van het RVT houdt tijdelijk de regie.</summary>
    public const string RegieOver = "regie-over";

    /// <summary>Er loopt een maatregel.</summary>
    public const string Maatregel = "maatregel";

    public static readonly string[] VanLichtNaarZwaar = [Lokaal, Consult, Meekijken, Duo, RegieOver, Maatregel];

    /// <summary>Waar een regisseur zelf om kan vragen; een maatregel volgt uit een beschikking.</summary>
    public static readonly string[] OpTeSchalen = [Consult, Meekijken, Duo, RegieOver];

    public static int Gewicht(string schaal) => Array.IndexOf(VanLichtNaarZwaar, schaal);
}

/// <summary>Een verzoek om op te schalen, met wat daarbij hoort: reden, doel, wat het gezin vindt, het tegenargument, evaluatie en stopcriterium.</summary>
public sealed class Opschaling
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string Van { get; init; }
    public required string Naar { get; init; }
    public string Status { get; internal set; } = Gevraagd;
    public required string Reden { get; init; }
    public string? Doel { get; internal set; }
    public string? Gezinsstandpunt { get; internal set; }
    public string? Tegenargument { get; internal set; }
    public DateTimeOffset? EvaluatieOp { get; internal set; }
    public string? Stopcriterium { get; internal set; }

    /// <summary>Acuut gevaar: meteen, het bewijs volgt.</summary>
    public required bool IsAcuut { get; init; }

    /// <summary>Tot wanneer het bewijs van een acute opschaling op tijd is, en wanneer het er was.</summary>
    public DateTimeOffset? BewijsVoor { get; internal set; }
    public DateTimeOffset? BewijsOp { get; internal set; }

    /// <summary>Wie van het RVT meedoet.</summary>
    public Guid? RvtId { get; internal set; }
    public required Guid GevraagdDoorId { get; init; }
    public required DateTimeOffset GevraagdOp { get; init; }

    public const string Gevraagd = "gevraagd";
    public const string Ingegaan = "ingegaan";
    public const string Afgewezen = "afgewezen";
}

/// <summary>Een gecontroleerde stap terug: wat er is bereikt, en hoe het gezin terug kan komen.</summary>
public sealed class Afschaling
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string Van { get; init; }
    public required string Naar { get; init; }
    public required string Resultaat { get; init; }
    public required string Terugkomweg { get; init; }
    public required bool MetNazorg { get; init; }
    public required Guid DoorId { get; init; }
    public required DateTimeOffset GevraagdOp { get; init; }
}

public sealed partial class Casus
{
    private readonly List<Opschaling> _opschalingen = [];
    private readonly List<Afschaling> _afschalingen = [];

    public IReadOnlyList<Opschaling> Opschalingen => _opschalingen;

    public IReadOnlyList<Afschaling> Afschalingen => _afschalingen;

    /// <summary>De schaal van nu.</summary>
    public string Schaal => Lopend(Lijnen.Schaal).Waarde;

    /// <summary>Vraagt om op te schalen. Er verandert nog niets; om advies mag iedere beroepskracht vragen.</summary>
    internal void OpschalingVragen(Opschaling opschaling, Actor actor)
    {
        EisOpen();
        if (opschaling.Naar != Schalen.Consult)
        {
            if (!opschaling.IsAcuut)
                EisHouder(actor, "vragen om op te schalen");
            if (Schalen.Gewicht(opschaling.Naar) <= Schalen.Gewicht(Schaal))
                throw new Geweigerd($"De schaal is al {Schaal}.");
        }

        _opschalingen.Add(opschaling);
        if (opschaling.Naar == Schalen.Consult)
            Meld(new ConsultGevraagd(Id));
    }

    /// <summary>Het RVT doet mee, of heeft advies gegeven: de schaal gaat omhoog. De regie beweegt niet.</summary>
    internal void Opschalen(Guid opschalingId, Guid? rvtId, DateTimeOffset nu)
    {
        var opschaling = OpschalingMet(opschalingId);
        // Advies tijdens een zwaardere schaal verlicht het netwerk niet.
        var isZwaarder = Schalen.Gewicht(opschaling.Naar) > Schalen.Gewicht(Schaal);
        if (isZwaarder && opschaling.Naar == Schalen.RegieOver && HouderId != rvtId)
            throw new Geweigerd("Regie over kan pas als iemand van het RVT de regie heeft gekregen in een warm gesprek.") { Afspraak = "R3" };
        opschaling.RvtId = rvtId;
        opschaling.Status = Opschaling.Ingegaan;
        if (!isZwaarder)
            return;
        WijzigSchaal(opschaling.Naar, nu, opschaling.Reden, $"opschaling {opschalingId}");
        IsNazorg = false;
    }

    /// <summary>Het RVT doet niet mee; de schaal blijft.</summary>
    internal void OpschalingAfwijzen(Guid opschalingId) => OpschalingMet(opschalingId).Status = Opschaling.Afgewezen;

    /// <summary>De stroom heeft bepaald tot wanneer het bewijs van een acute opschaling op tijd is.</summary>
    internal void BewijsVragen(Guid opschalingId, DateTimeOffset voor) => OpschalingMet(opschalingId).BewijsVoor ??= voor;

    /// <summary>Het bewijs van een acute opschaling, achteraf. De schaal was al omhoog.</summary>
    internal void BewijsLeveren(Guid opschalingId, Actor actor, string doel, string gezinsstandpunt, string tegenargument, string stopcriterium, DateTimeOffset evaluatieOp, DateTimeOffset nu)
    {
        var opschaling = OpschalingMet(opschalingId);
        EisHouder(actor, "het bewijs van een opschaling leveren");
        if (!opschaling.IsAcuut || opschaling.Status != Opschaling.Ingegaan)
            throw new Geweigerd("Alleen een acute opschaling die is ingegaan vraagt om bewijs achteraf.");
        if (opschaling.BewijsOp is not null)
            throw new Geweigerd("Het bewijs van deze opschaling is er al.");
        if (evaluatieOp <= nu)
            throw new Geweigerd("Het moment om te evalueren moet nog komen.");
        (opschaling.Doel, opschaling.Gezinsstandpunt, opschaling.Tegenargument, opschaling.Stopcriterium) = (doel, gezinsstandpunt, tegenargument, stopcriterium);
        (opschaling.EvaluatieOp, opschaling.BewijsOp) = (evaluatieOp, nu);
    }

    /// <summary>Vraagt om af te schalen; de stroom doet het.</summary>
    /// <param name="rvtHoudtRegie">Dan gaat eerst de regie warm terug.</param>
    internal void AfschalingVragen(Afschaling afschaling, Actor actor, bool rvtHoudtRegie)
    {
        EisHouder(actor, "afschalen");
        EisLichter(afschaling.Naar);
        if (rvtHoudtRegie)
            throw new Geweigerd("Het RVT houdt de regie nog; draag die eerst warm over aan wie het gezin verder begeleidt.") { Afspraak = "R3" };
        _afschalingen.Add(afschaling);
    }

    /// <summary>Brengt de casus gecontroleerd naar een lichtere schaal. De regie beweegt niet.</summary>
    /// <param name="metNazorg">Het netwerk blijft bereikbaar.</param>
    internal void Afschalen(string naar, bool metNazorg, string resultaat, DateTimeOffset nu)
    {
        EisLichter(naar);
        WijzigSchaal(naar, nu, resultaat, "afschaling");
        IsNazorg = metNazorg;
    }

    private void EisLichter(string naar)
    {
        EisOpen();
        if (Schaal == Schalen.Maatregel)
            throw new Geweigerd("Zolang de maatregel loopt blijft de schaal maatregel; zij eindigt met de beschikking.");
        if (Schalen.Gewicht(naar) >= Schalen.Gewicht(Schaal))
            throw new Geweigerd($"De schaal is {Schaal}; afschalen gaat naar een lichtere.");
    }

    private void WijzigSchaal(string naar, DateTimeOffset nu, string grond, string bron, DateTimeOffset? vanaf = null)
    {
        var van = Schaal;
        var periode = Verleg(Lijnen.Schaal, "", naar, vanaf ?? nu, nu, grond, bron);
        Meld(Schalen.Gewicht(naar) > Schalen.Gewicht(van) ? new CasusOpgeschaald(Id, van, naar, periode.Vanaf) : new CasusAfgeschaald(Id, van, naar, periode.Vanaf));
    }

    private Opschaling OpschalingMet(Guid id) => _opschalingen.SingleOrDefault(o => o.Id == id) ?? throw Geweigerd.NietGevonden("Deze opschaling");
}
