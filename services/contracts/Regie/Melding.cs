namespace NetwerkRegie.Contracts.Regie;

/// <summary>Bij Veilig Thuis kwam een melding binnen over dit gezin. Draagt geen inhoud.</summary>
[Gebeurtenis("veiligheid.melding-ontvangen")]
public sealed record MeldingOntvangen(Guid CasusId, Guid MeldingId) : IGebeurtenis;

/// <summary>De melding is beoordeeld (triage). Wat het oordeel is, leest wie bij de casus hoort.</summary>
[Gebeurtenis("veiligheid.melding-beoordeeld")]
public sealed record MeldingBeoordeeld(Guid CasusId, Guid MeldingId) : IGebeurtenis;
