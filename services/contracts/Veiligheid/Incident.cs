namespace NetwerkRegie.Contracts.Veiligheid;

/// <summary>Er is een incident gemeld; een mens moet het bevestigen.</summary>
/// <param name="VoorId">Bij wie het ligt: wie nu de regie houdt, ook als waarnemer.</param>
[Gebeurtenis("veiligheid.incident-gemeld")]
public sealed record IncidentGemeld(Guid CasusId, Guid IncidentId, bool IsAcuut, Guid? VoorId, DateTimeOffset GemeldOp, DateTimeOffset BevestigenVoor) : IGebeurtenis;

/// <summary>Een mens heeft het incident. De regie is daardoor niet verplaatst.</summary>
[Gebeurtenis("veiligheid.incident-bevestigd")]
public sealed record IncidentBevestigd(Guid CasusId, Guid IncidentId) : IGebeurtenis;

/// <summary>Niemand bevestigde op tijd; het bericht ligt bij de volgende in de rij.</summary>
/// <param name="OnderwerpId">Het incident of het consult.</param>
/// <param name="Trede">1 is wie het als eerste kreeg; dit is de trede waar het nu ligt.</param>
[Gebeurtenis("veiligheid.bericht-niet-bevestigd")]
public sealed record BerichtNietBevestigd(Guid CasusId, Guid OnderwerpId, int Trede, Guid? VoorId) : IGebeurtenis;
