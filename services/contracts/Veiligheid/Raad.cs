namespace NetwerkRegie.Contracts.Veiligheid;

/// <summary>Een verzoek tot onderzoek (VTO) is naar de Raad verzonden. Het kader en de regie veranderen er niet door.</summary>
/// <param name="BerichtId">Het bewijs van CORV; wie opnieuw verstuurt, houdt hetzelfde.</param>
[Gebeurtenis("kaders.vto-verzonden")]
public sealed record VtoVerzonden(Guid CasusId, Guid VtoId, IReadOnlyList<string> KindRefs, string BerichtId, DateTimeOffset Op) : IGebeurtenis;

/// <summary>De Raad heeft het verzoek ontvangen; vanaf nu telt de tijd van het onderzoek.</summary>
[Gebeurtenis("kaders.vto-bevestigd")]
public sealed record VtoBevestigd(Guid CasusId, Guid VtoId, IReadOnlyList<string> KindRefs, DateTimeOffset Op) : IGebeurtenis;

/// <summary>De Raad begint uit zichzelf een onderzoek; niemand vroeg erom. Het kader en de regie veranderen er niet door.</summary>
/// <param name="VtoId">Het nummer van het onderzoek, zoals in de andere berichten van de Raad.</param>
[Gebeurtenis("kaders.onderzoek-begonnen")]
public sealed record OnderzoekBegonnen(Guid CasusId, Guid VtoId, IReadOnlyList<string> KindRefs, DateTimeOffset Op) : IGebeurtenis;

/// <summary>Het rapport van de Raad is klaar.</summary>
/// <param name="VerzoektMaatregel">Of de Raad de rechter om een maatregel vraagt.</param>
[Gebeurtenis("kaders.onderzoek-afgerond")]
public sealed record OnderzoekAfgerond(Guid CasusId, Guid VtoId, IReadOnlyList<string> KindRefs, bool VerzoektMaatregel, DateTimeOffset Op) : IGebeurtenis;

/// <summary>De rechter heeft besloten. Wat er in de beschikking over het gezin staat blijft bij de dienst veiligheid.</summary>
/// <param name="Naar">Het kader waar de beschikking over gaat, bijvoorbeeld <c>ots</c>.</param>
/// <param name="VerzoekDoor">Wie erom vroeg, bijvoorbeeld <c>raad-voor-de-kinderbescherming</c>.</param>
/// <param name="Gi">De gecertificeerde instelling die de maatregel uitvoert.</param>
/// <param name="Bewijs">Welke bewijsstukken de dienst veiligheid heeft; niet wat erin staat.</param>
/// <param name="DoorId">Wie het vastlegde.</param>
[Gebeurtenis("kaders.besluit-ontvangen")]
public sealed record BesluitOntvangen(Guid CasusId, Guid BesluitId, IReadOnlyList<string> KindRefs, string Naar, string VerzoekDoor, string Nummer, DateOnly Datum, DateOnly? Einddatum, string? Gi, bool IsSpoed, IReadOnlyList<string> Bewijs, DateTimeOffset Vanaf, Guid DoorId) : IGebeurtenis;

/// <summary>
/// Verstuur een verzoek tot onderzoek nog eens, omdat de Raad de ontvangst niet bevestigt. Het bericht is hetzelfde, dus de Raad
/// krijgt er geen twee. Uitkomst: <see cref="VtoOpnieuwVerstuurd"/>.
/// </summary>
[Stap("Verzoek tot onderzoek opnieuw versturen")]
public sealed record VtoOpnieuwVersturen(StapRef Stap, Guid VtoId) : IOpdracht;

/// <summary>Het verzoek is nog eens verstuurd.</summary>
public sealed record VtoOpnieuwVerstuurd(StapRef Stap, Guid VtoId) : IUitkomstVan<VtoOpnieuwVersturen>;
