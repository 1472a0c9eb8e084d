using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>Een onderzoek door de Raad, tot en met het rapport.</summary>
public abstract class Onderzoek
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required IReadOnlyList<string> KindRefs { get; init; }
    public DateTimeOffset? RapportOp { get; private set; }
    public bool? VerzoektMaatregel { get; private set; }

    /// <returns>Wat anderen moeten weten; null als hetzelfde rapport er al was.</returns>
    public virtual OnderzoekAfgerond? Rapport(bool verzoektMaatregel, DateTimeOffset op)
    {
        if (RapportOp is not null)
            return VerzoektMaatregel == verzoektMaatregel ? null : throw new Geweigerd("Het rapport van de Raad is al vastgelegd, met een andere uitkomst.");
        (RapportOp, VerzoektMaatregel) = (op, verzoektMaatregel);
        return new OnderzoekAfgerond(CasusId, Id, KindRefs, verzoektMaatregel, op);
    }
}

/// <summary>Een verzoek tot onderzoek aan de Raad: opgesteld door de een, bevestigd door een mens, en pas verzonden als CORV dat zegt.</summary>
public sealed class Vto : Onderzoek
{
    public required string Bedreiging { get; init; }
    public required string HulpNietAanvaard { get; init; }
    public required string ZienswijzeOuders { get; init; }

    /// <summary>Wat kinderen vanaf twaalf jaar ervan vinden; leeg als er geen zijn.</summary>
    public string? ZienswijzeKinderen { get; init; }

    /// <summary>Waar het besluit van de beschermtafel vastligt; leeg waar de regio er geen heeft.</summary>
    public string? Beschermtafel { get; init; }
    public required Guid OpgesteldDoorId { get; init; }
    public required DateTimeOffset OpgesteldOp { get; init; }
    public Guid? BevestigdDoorId { get; private set; }
    public DateTimeOffset? VerzondenOp { get; private set; }
    public string? BerichtId { get; private set; }
    public string? VerzondenVia { get; private set; }
    public int KeerVerzonden { get; private set; }
    public DateTimeOffset? OntvangenOp { get; private set; }

    public string Status => RapportOp is not null ? "rapport" : OntvangenOp is not null ? "ontvangen" : VerzondenOp is not null ? "verzonden" : "opgesteld";

    /// <returns>Wat anderen moeten weten; null als het al verzonden was.</returns>
    public VtoVerzonden? Verzonden(Guid bevestigdDoorId, string berichtId, string via, DateTimeOffset nu)
    {
        if (VerzondenOp is not null)
            return null;
        (BevestigdDoorId, VerzondenOp, BerichtId, VerzondenVia, KeerVerzonden) = (bevestigdDoorId, nu, berichtId, via, 1);
        return new VtoVerzonden(CasusId, Id, KindRefs, berichtId, nu);
    }

    public void OpnieuwVerzonden() => KeerVerzonden++;

    /// <returns>Wat anderen moeten weten; null als het al bevestigd was.</returns>
    public VtoBevestigd? Ontvangen(DateTimeOffset op)
    {
        if (VerzondenOp is null)
            throw new Geweigerd("Dit verzoek is nog niet verzonden; de Raad kan het niet hebben ontvangen.");
        if (OntvangenOp is not null)
            return null;
        OntvangenOp = op;
        return new VtoBevestigd(CasusId, Id, KindRefs, op);
    }

    /// <inheritdoc/>
    public override OnderzoekAfgerond? Rapport(bool verzoektMaatregel, DateTimeOffset op) =>
        OntvangenOp is null ? throw new Geweigerd("De Raad heeft dit verzoek nog niet als ontvangen gemeld.") : base.Rapport(verzoektMaatregel, op);
}
