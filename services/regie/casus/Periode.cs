namespace NetwerkRegie.Regie;

/// <summary>De vier lijnen van een casus. Ze worden nooit uit elkaar afgeleid: een kaderwissel verplaatst geen regie.</summary>
public static class Lijnen
{
    /// <summary>Wie is nu de ene regisseur met een naam?</summary>
    public const string Regie = "regie";

    /// <summary>Hoe zwaar is het netwerk nu?</summary>
    public const string Schaal = "schaal";

    /// <summary>Welk juridisch kader geldt voor dit kind?</summary>
    public const string Kader = "kader";

    /// <summary>Wie mag de bevoegdheid van een maatregel gebruiken?</summary>
    public const string Bevoegdheid = "bevoegdheid";

    /// <summary>Waar woont dit kind? Naast de vier lijnen, met een eigen bewijs.</summary>
    public const string Plaatsing = "plaatsing";

    public static readonly string[] Alle = [Regie, Schaal, Kader, Bevoegdheid];
}

/// <summary>
/// Een stuk van een lijn, half open: van <see cref="Vanaf"/> tot <see cref="Tot"/>. Sluit zonder gat of overlap aan op de vorige;
/// de database dwingt dat ook af. Eenmaal vastgelegd kan een periode alleen nog worden beeindigd.
/// </summary>
public sealed class Periode
{
    public required Guid CasusId { get; init; }
    public required string Lijn { get; init; }

    /// <summary>De verwijzing van het kind bij kader en bevoegdheid; leeg voor de hele casus.</summary>
    public required string Onderdeel { get; init; }
    public required int Volgnr { get; init; }
    public required int? VorigVolgnr { get; init; }

    /// <summary>De houder (bij regie) of de waarde.</summary>
    public required string Waarde { get; init; }

    /// <summary><c>waarnemend</c> of <c>noodhouder</c> bij regie.</summary>
    public string? Merk { get; init; }

    /// <summary>Namens wie een waarnemer de regie houdt.</summary>
    public Guid? PrincipaalId { get; init; }

    /// <summary>Waarom deze periode begon.</summary>
    public required string Grond { get; init; }

    /// <summary>Waar dat vastligt, bijvoorbeeld een melding of een overdracht.</summary>
    public required string Bron { get; init; }

    public required DateTimeOffset Vanaf { get; init; }
    public DateTimeOffset? Tot { get; private set; }
    public bool IsOpen { get; private set; } = true;

    /// <summary>Sinds wanneer wij van deze periode weten.</summary>
    public required DateTimeOffset VastgelegdOp { get; init; }

    /// <summary>Sinds wanneer wij van haar einde weten.</summary>
    public DateTimeOffset? EindeVastgelegdOp { get; private set; }

    /// <summary>Beeindigt de periode.</summary>
    /// <param name="tot">Het moment waarop zij eindigde; kan voor <paramref name="nu"/> liggen.</param>
    internal void Beeindig(DateTimeOffset tot, DateTimeOffset nu) => (Tot, IsOpen, EindeVastgelegdOp) = (tot, false, nu);
}
