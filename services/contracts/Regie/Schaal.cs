namespace NetwerkRegie.Contracts.Regie;

/// <summary>De schaal van de casus is omhoog gegaan. De regie is daardoor niet verplaatst.</summary>
/// <param name="Van">De vorige schaal, bijvoorbeeld <c>lokaal</c>.</param>
/// <param name="Naar">De nieuwe schaal, bijvoorbeeld <c>duo</c>.</param>
public sealed record CasusOpgeschaald(Guid CasusId, string Van, string Naar, DateTimeOffset Vanaf);

/// <summary>De schaal van de casus is omlaag gegaan.</summary>
public sealed record CasusAfgeschaald(Guid CasusId, string Van, string Naar, DateTimeOffset Vanaf);

/// <summary>Advies gevraagd aan het RVT; de regie verandert er niet door.</summary>
public sealed record ConsultGevraagd(Guid CasusId);
