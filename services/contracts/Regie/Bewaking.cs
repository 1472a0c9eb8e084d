namespace NetwerkRegie.Contracts.Regie;

/// <summary>Een stroom wacht langer dan afgesproken.</summary>
public sealed record WachtTeLang(Guid CasusId, Guid StroomId, string Wachtpunt);

/// <summary>Een bericht was dubbel of te laat en is genegeerd.</summary>
public sealed record BerichtDubbel(Guid CasusId, Guid StroomId, string Wachtpunt);
