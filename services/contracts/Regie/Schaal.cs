namespace NetwerkRegie.Contracts.Regie;

/// <summary>De schaal van de casus is omhoog gegaan. De regie is daardoor niet verplaatst.</summary>
/// <param name="Van">De vorige schaal, bijvoorbeeld <c>lokaal</c>.</param>
/// <param name="Naar">De nieuwe schaal, bijvoorbeeld <c>duo</c>.</param>
[Gebeurtenis("schalen.opgeschaald")]
public sealed record CasusOpgeschaald(Guid CasusId, string Van, string Naar, DateTimeOffset Vanaf) : IVoorGezin;

/// <summary>De schaal van de casus is omlaag gegaan.</summary>
[Gebeurtenis("schalen.afgeschaald")]
public sealed record CasusAfgeschaald(Guid CasusId, string Van, string Naar, DateTimeOffset Vanaf) : IVoorGezin;

/// <summary>Advies gevraagd aan het RVT; de regie verandert er niet door.</summary>
[Gebeurtenis("schalen.consult-gevraagd")]
public sealed record ConsultGevraagd(Guid CasusId) : IGebeurtenis;
