namespace NetwerkRegie.Contracts.Intake;

/// <summary>Iemand vroeg om te zien wat er is vastgelegd. Wie en over wie, staat er niet in.</summary>
/// <param name="AntwoordVoor">Wanneer er antwoord hoort te zijn.</param>
[Gebeurtenis("inzage.aangevraagd")]
public sealed record InzageAangevraagd(Guid CasusId, Guid InzageverzoekId, DateTimeOffset AntwoordVoor) : IGebeurtenis;

/// <summary>De vrager mag alles zien.</summary>
[Gebeurtenis("inzage.verleend")]
public sealed record InzageVerleend(Guid CasusId, Guid InzageverzoekId) : IGebeurtenis;

/// <summary>Een deel is geweigerd; welk en waarom leest de vrager in het antwoord.</summary>
[Gebeurtenis("inzage.deels-geweigerd")]
public sealed record InzageDeelsGeweigerd(Guid CasusId, Guid InzageverzoekId) : IGebeurtenis;

/// <summary>Een vraag om inzage is niet op tijd beantwoord.</summary>
[Gebeurtenis("bewaking.wacht-te-lang")]
public sealed record InzageWachtTeLang(Guid CasusId, Guid InzageverzoekId) : IGebeurtenis;
