using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een onderzoek door de Raad voor de Kinderbescherming. Een merk op het kader van een kind, geen kader: het gezin is vrij, en de regie
/// blijft. Berichten kunnen door elkaar komen; elk bericht vult in wat het weet.
/// </summary>
public sealed class Raadsonderzoek
{
    public required Guid VtoId { get; init; }
    public required Guid CasusId { get; init; }
    public required IReadOnlyList<string> KindRefs { get; init; }

    /// <summary>Leeg als de Raad uit zichzelf begon.</summary>
    public DateTimeOffset? GevraagdOp { get; internal set; }

    /// <summary>Het bewijs dat het verzoek is verzonden.</summary>
    public string? BerichtId { get; internal set; }
    public DateTimeOffset? OntvangenOp { get; internal set; }
    public DateTimeOffset? RapportOp { get; internal set; }

    /// <summary>Of de Raad de rechter om een maatregel vraagt.</summary>
    public bool? VerzoektMaatregel { get; internal set; }
    public DateTimeOffset? AfgerondOp { get; internal set; }

    public const string Gevraagd = "gevraagd";
    public const string Ontvangen = "ontvangen";
    public const string Rapport = "rapport";
    public const string Afgerond = "afgerond";

    public string Status => AfgerondOp is not null ? Afgerond : RapportOp is not null ? Rapport : OntvangenOp is not null ? Ontvangen : Gevraagd;
}

public sealed partial class Casus
{
    private readonly List<Raadsonderzoek> _raadsonderzoeken = [];

    public IReadOnlyList<Raadsonderzoek> Raadsonderzoeken => _raadsonderzoeken;

    internal Raadsonderzoek RaadsonderzoekMet(Guid vtoId) => _raadsonderzoeken.SingleOrDefault(r => r.VtoId == vtoId) ?? throw Geweigerd.NietGevonden("Dit raadsonderzoek");

    /// <summary>Een bericht over een onderzoek; het eerste begint het.</summary>
    /// <returns>Het onderzoek, en of dit het eerste bericht was.</returns>
    internal (Raadsonderzoek Onderzoek, bool IsNieuw) RaadsonderzoekBijwerken(Guid vtoId, IReadOnlyList<string> kindRefs, Action<Raadsonderzoek> weet)
    {
        EisOpen();
        foreach (var kindRef in kindRefs)
            KindVan(kindRef);
        var onderzoek = _raadsonderzoeken.SingleOrDefault(r => r.VtoId == vtoId);
        var isNieuw = onderzoek is null;
        if (onderzoek is null)
            _raadsonderzoeken.Add(onderzoek = new Raadsonderzoek { VtoId = vtoId, CasusId = Id, KindRefs = kindRefs });
        weet(onderzoek);
        return (onderzoek, isNieuw);
    }

    /// <summary>Waar de rechter over deze kinderen besliste, is het onderzoek klaar.</summary>
    /// <returns>De onderzoeken die nu zijn afgerond.</returns>
    internal IReadOnlyList<Raadsonderzoek> RaadsonderzoekAfronden(string kindRef, DateTimeOffset nu)
    {
        var klaar = _raadsonderzoeken.Where(r => r.AfgerondOp is null && r.RapportOp is not null && r.KindRefs.Contains(kindRef)).ToList();
        foreach (var onderzoek in klaar)
            onderzoek.AfgerondOp = nu;
        return klaar;
    }
}
