namespace NetwerkRegie.Contracts.Intake;

/// <summary>Er is iets geleverd, en waarop dat rust staat vast.</summary>
/// <param name="Grond"><c>toestemming</c>, <c>convenant</c> of <c>wet</c>.</param>
public sealed record GrondslagVastgelegd(Guid CasusId, Guid VerstrekkingId, string Grond);

/// <summary>Er is gevraagd om iets te delen waar geen grondslag voor is. Wat, staat er niet in.</summary>
public sealed record GrondslagGeweigerd(Guid CasusId, Guid VragerId);

/// <summary>Wat klaarstond mag niet meer worden geleverd; de afzender leest waarom.</summary>
public sealed record BerichtOnderdrukt(Guid CasusId, Guid VerstrekkingId);
