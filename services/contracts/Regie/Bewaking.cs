namespace NetwerkRegie.Contracts.Regie;

/// <summary>Een stroom wacht langer dan afgesproken.</summary>
[Gebeurtenis("bewaking.wacht-te-lang")]
public sealed record WachtTeLang(Guid CasusId, Guid StroomId, string Wachtpunt) : IGebeurtenis;

/// <summary>Iemand kan niet uit dienst, omdat deze casus dan zonder regisseur, waarnemer of houder in laatste instantie zou zitten.</summary>
[Gebeurtenis("bewaking.afsluiting-geweigerd")]
public sealed record UitdiensttredingGeweigerd(Guid CasusId, Guid ProfessionalId) : IGebeurtenis;

/// <summary>Een bericht was dubbel of te laat en is genegeerd.</summary>
[Gebeurtenis("bewaking.bericht-dubbel")]
public sealed record BerichtDubbel(Guid CasusId, Guid StroomId, string Wachtpunt) : IGebeurtenis;
