namespace NetwerkRegie.Contracts.Regie;

/// <summary>Een casus is geopend; in dezelfde transactie kreeg zij een regisseur en waarnemers.</summary>
/// <param name="VersieVanStroom">De versie van de stroom waarop de casus begon.</param>
public sealed record CasusGeopend(Guid CasusId, Guid MeldingId, string GezinRef, IReadOnlyList<string> Kinderen, int VersieVanStroom);

/// <summary>Een nieuwe melding hoort bij een lopende casus.</summary>
public sealed record MeldingGekoppeld(Guid CasusId, Guid MeldingId);

/// <summary>De casus is afgesloten; ieder vond het klaar.</summary>
public sealed record CasusAfgesloten(Guid CasusId, DateTimeOffset Op);
