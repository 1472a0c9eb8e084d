namespace NetwerkRegie.Contracts.Onderwijs;

/// <summary>Een school is betrokken met het minimale contract: aanwezigheid en een contactpersoon.</summary>
[Gebeurtenis("onderwijs.betrokken")]
public sealed record SchoolBetrokken(Guid CasusId, Guid SchoolId) : IGebeurtenis;

/// <summary>Er wordt niets meer met de school gedeeld.</summary>
[Gebeurtenis("onderwijs.abonnement-beeindigd")]
public sealed record DelenBeeindigd(Guid CasusId, Guid SchoolId) : IGebeurtenis;
