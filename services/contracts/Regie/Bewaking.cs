namespace NetwerkRegie.Contracts.Regie;

/// <summary>Een stroom wacht langer dan afgesproken.</summary>
[Gebeurtenis("bewaking.wacht-te-lang")]
public sealed record WachtTeLang(Guid CasusId, Guid StroomId, string Wachtpunt) : IGebeurtenis;

/// <summary>Een bericht was dubbel of te laat en is genegeerd.</summary>
[Gebeurtenis("bewaking.bericht-dubbel")]
public sealed record BerichtDubbel(Guid CasusId, Guid StroomId, string Wachtpunt) : IGebeurtenis;
