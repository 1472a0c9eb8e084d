namespace NetwerkRegie.Contracts.Regie;

/// <summary>Een gezin vroeg om hulp, of iemand vroeg dat voor het gezin. Draagt geen inhoud.</summary>
[Gebeurtenis("casussen.aangemeld")]
public sealed record CasusAangemeld(Guid CasusId, Guid MeldingId) : IGebeurtenis;

/// <summary>Een casus is geopend; in dezelfde transactie kreeg zij een regisseur en waarnemers.</summary>
/// <param name="VersieVanStroom">De versie van de stroom waarop de casus begon.</param>
[Gebeurtenis("casussen.geopend")]
public sealed record CasusGeopend(Guid CasusId, Guid MeldingId, string GezinRef, IReadOnlyList<string> Kinderen, int VersieVanStroom) : IGebeurtenis;

/// <summary>Een nieuwe melding hoort bij een lopende casus.</summary>
[Gebeurtenis("casussen.dubbel-signaal-gekoppeld")]
public sealed record MeldingGekoppeld(Guid CasusId, Guid MeldingId) : IGebeurtenis;

/// <summary>De casus is afgesloten; ieder vond het klaar.</summary>
[Gebeurtenis("casussen.afgesloten")]
public sealed record CasusAfgesloten(Guid CasusId, DateTimeOffset Op) : IVoorGezin;

/// <summary>De casus is weer open, zonder nieuwe intake.</summary>
/// <param name="RegisseurId">Wie vanaf dan de regie houdt; als het kan wie haar het laatst hield.</param>
[Gebeurtenis("casussen.heropend")]
public sealed record CasusHeropend(Guid CasusId, Guid RegisseurId, DateTimeOffset Op) : IVoorGezin;
