namespace NetwerkRegie.Contracts.Regie;

/// <summary>Er is iets te lezen, en meer zegt dit niet: ook een naam als "kader gewijzigd" zou al iets vertellen.</summary>
/// <param name="Voor"><c>gezin</c> of <c>school</c>.</param>
[Gebeurtenis("berichten.beschikbaar")]
public sealed record BerichtBeschikbaar(Guid CasusId, string Voor) : IGebeurtenis;
