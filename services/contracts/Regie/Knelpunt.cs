namespace NetwerkRegie.Contracts.Regie;

/// <summary>Er is een belemmering die het team zelf niet oplost.</summary>
/// <param name="Soort">Bijvoorbeeld <c>wie</c>, <c>capaciteit</c> of <c>samenwerking</c>.</param>
public sealed record KnelpuntGemeld(Guid CasusId, Guid KnelpuntId, string Soort, DateTimeOffset BesluitVoor);

/// <summary>Er is uitdrukkelijk besloten.</summary>
public sealed record KnelpuntBesloten(Guid CasusId, Guid KnelpuntId);

/// <summary>Gerealiseerd, en verteld aan melder en gezin.</summary>
public sealed record KnelpuntOpgelost(Guid CasusId, Guid KnelpuntId);
