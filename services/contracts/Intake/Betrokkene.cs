namespace NetwerkRegie.Contracts.Intake;

/// <summary>Iemand met een eigen toegang hoort bij het gezin van een casus, of hoort er niet meer bij. Draagt geen leeftijd en geen gezag.</summary>
/// <param name="PersoonId">Wie dit is als hij of zij inlogt.</param>
/// <param name="Relatie"><c>jongere</c>, <c>ouder</c>, <c>verzorger</c> of <c>netwerk</c>.</param>
/// <param name="Ref">De verwijzing binnen de casus; bij een jongere die van het kind.</param>
/// <param name="TotOp">Leeg zolang het geldt; eenmaal gevuld blijft het zo, in welke volgorde de berichten ook komen.</param>
public sealed record BetrokkeneVastgelegd(Guid CasusId, Guid BetrokkeneId, Guid PersoonId, string Relatie, string Ref, DateTimeOffset? TotOp = null);
