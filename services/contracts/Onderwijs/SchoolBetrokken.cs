namespace NetwerkRegie.Contracts.Onderwijs;

/// <summary>Een school is betrokken met het minimale contract: aanwezigheid en een contactpersoon.</summary>
public sealed record SchoolBetrokken(Guid CasusId, Guid SchoolId);

/// <summary>Er wordt niets meer met de school gedeeld.</summary>
public sealed record DelenBeeindigd(Guid CasusId, Guid SchoolId);
