namespace NetwerkRegie.Contracts.Intake;

/// <summary>Er is iets geleverd, en waarop dat rust staat vast.</summary>
/// <param name="Grond"><c>toestemming</c>, <c>convenant</c> of <c>wet</c>.</param>
[Gebeurtenis("grondslagen.vastgelegd")]
public sealed record GrondslagVastgelegd(Guid CasusId, Guid VerstrekkingId, string Grond) : IGebeurtenis;

/// <summary>Er is gevraagd om iets te delen waar geen grondslag voor is. Wat, staat er niet in.</summary>
[Gebeurtenis("grondslagen.geweigerd")]
public sealed record GrondslagGeweigerd(Guid CasusId, Guid VragerId) : IGebeurtenis;

/// <summary>Wat klaarstond mag niet meer worden geleverd; de afzender leest waarom.</summary>
[Gebeurtenis("bewaking.bericht-onderdrukt")]
public sealed record BerichtOnderdrukt(Guid CasusId, Guid VerstrekkingId) : IGebeurtenis;
