namespace NetwerkRegie.Contracts.Regie;

/// <summary>Er is een belemmering die het team zelf niet oplost.</summary>
/// <param name="Soort">Bijvoorbeeld <c>wie</c>, <c>capaciteit</c> of <c>samenwerking</c>.</param>
[Gebeurtenis("knelpunten.gemeld")]
public sealed record KnelpuntGemeld(Guid CasusId, Guid KnelpuntId, string Soort, DateTimeOffset BesluitVoor) : IGebeurtenis;

/// <summary>De contactpersonen van de organisaties bemiddelen, naast wie erover besluit.</summary>
[Gebeurtenis("knelpunten.bemiddeling-gestart")]
public sealed record BemiddelingGestart(Guid CasusId, Guid KnelpuntId, DateTimeOffset Voor) : IGebeurtenis;

/// <summary>Er is niet op tijd besloten, of wie besluit kon het niet zelf: de volgende laag is aan zet. De regie beweegt niet.</summary>
/// <param name="Niveau"><c>tactisch</c> of <c>strategisch</c>.</param>
[Gebeurtenis("knelpunten.opgeschaald")]
public sealed record KnelpuntOpgeschaald(Guid CasusId, Guid KnelpuntId, string Niveau) : IGebeurtenis;

/// <summary>Wat als besluit werd gegeven is er geen, bijvoorbeeld "ter kennisgeving aangenomen".</summary>
[Gebeurtenis("knelpunten.besluit-geweigerd")]
public sealed record BesluitGeweigerd(Guid CasusId, Guid KnelpuntId) : IGebeurtenis;

/// <summary>Er is uitdrukkelijk besloten.</summary>
[Gebeurtenis("knelpunten.besloten")]
public sealed record KnelpuntBesloten(Guid CasusId, Guid KnelpuntId) : IGebeurtenis;

/// <summary>Gerealiseerd, en verteld aan melder en gezin.</summary>
[Gebeurtenis("knelpunten.opgelost")]
public sealed record KnelpuntOpgelost(Guid CasusId, Guid KnelpuntId) : IVoorGezin;
