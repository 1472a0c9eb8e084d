using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Intake;

/// <summary>
/// Iemand uit het gezin of het eigen netwerk van een casus. Geen naam en geen geboortedatum: van een jongere alleen wanneer hij of zij 12 wordt,
/// want daarvan hangt af wie er beslist.
/// </summary>
public sealed class Betrokkene
{
    private readonly List<Gezagscontrole> _gezag = [];

    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }

    /// <summary>Wie dit is als hij of zij inlogt; leeg voor wie niets van de casus te zien krijgt.</summary>
    public Guid? PersoonId { get; init; }

    /// <summary>De verwijzing binnen de casus; bij een jongere die van het kind.</summary>
    public required string Ref { get; init; }
    public required string Relatie { get; init; }
    public DateOnly? TwaalfOp { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VanafOp { get; init; }
    public DateTimeOffset? TotOp { get; private set; }
    public string? TotReden { get; private set; }

    public IReadOnlyList<Gezagscontrole> Gezag => _gezag;

    public DateOnly? ZestienOp => TwaalfOp?.AddYears(4);

    public const string Jongere = "jongere";
    public static readonly string[] Relaties = [Jongere, "ouder", "verzorger", "netwerk"];

    internal bool IsJongere => Relatie == Jongere;

    /// <summary>Wie er op dit moment over deze persoon beslist.</summary>
    internal Leeftijdsfase FaseOp(DateTimeOffset moment) => NederlandseKalender.DatumVan(moment) switch
    {
        var dag when dag < TwaalfOp => Leeftijdsfase.Onder12,
        var dag when dag < ZestienOp => Leeftijdsfase.Van12Tot16,
        _ => Leeftijdsfase.Vanaf16,
    };

    /// <summary>Wat er in het gezagsregister stond toen er het laatst is gekeken; null als niemand heeft gekeken.</summary>
    internal bool? HeeftGezagOver(string kindRef) => _gezag.Where(g => g.KindRef == kindRef).OrderBy(g => g.NagegaanOp).ThenBy(g => g.VastgelegdOp).LastOrDefault()?.HeeftGezag;

    internal void GezagNagaan(Gezagscontrole controle) => _gezag.Add(controle);

    /// <summary>Het begin van de dagen waarop een ander mag gaan beslissen.</summary>
    internal IEnumerable<DateTimeOffset> Verjaardagen => IsJongere ? new[] { TwaalfOp!.Value, ZestienOp!.Value }.Select(NederlandseKalender.Begin) : [];

    internal void Vertrekt(string reden, DateTimeOffset op) => (TotOp, TotReden) = (op, reden);

    /// <summary>
    /// Waarom deze handtekeningen niet kunnen, of wie ermee instemt: de persoon zelf, een ouder met gezag, of allebei. Gezag telt pas als het is nagegaan.
    /// </summary>
    internal (string? Bezwaar, bool Zelf, bool Ouder) Beoordeel(IReadOnlyList<Betrokkene> ondertekenaars)
    {
        var (zelf, ouder) = (false, false);
        foreach (var ondertekenaar in ondertekenaars)
        {
            if (ondertekenaar.Ref == Ref)
                zelf = true;
            else if (!IsJongere)
                return ("Voor een volwassene tekent niemand anders.", false, false);
            else if (ondertekenaar.HeeftGezagOver(Ref) is not { } heeftGezag)
                return ("Van een ondertekenaar is niet nagegaan of die gezag heeft over dit kind; kijk eerst in het gezagsregister.", false, false);
            else if (!heeftGezag)
                return ("Een ondertekenaar heeft geen gezag over dit kind en kan er niet voor tekenen.", false, false);
            else
                ouder = true;
        }

        return (null, zelf, ouder);
    }
}

/// <summary>Een keer dat is nagegaan of iemand gezag heeft over een kind.</summary>
public sealed class Gezagscontrole
{
    public required Guid Id { get; init; }
    public required Guid BetrokkeneId { get; init; }
    public required string KindRef { get; init; }
    public required bool HeeftGezag { get; init; }

    /// <summary>Waar is gekeken.</summary>
    public required string Bron { get; init; }
    public required DateTimeOffset NagegaanOp { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }
}
