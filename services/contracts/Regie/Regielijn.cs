namespace NetwerkRegie.Contracts.Regie;

/// <summary>De eerste regisseur van een casus, in dezelfde transactie als het openen.</summary>
public sealed record RegieToegekend(Guid CasusId, Guid RegisseurId, DateTimeOffset Vanaf);

/// <summary>De regie is overgegaan.</summary>
/// <param name="Vanaf">Het einde van het warme gesprek, niet het moment van vastleggen.</param>
public sealed record RegieOvergedragen(Guid CasusId, Guid OverdrachtId, Guid VanId, Guid NaarId, DateTimeOffset Vanaf);

/// <summary>Een waarnemer houdt de regie namens de regisseur.</summary>
public sealed record VervangingGestart(Guid CasusId, Guid VervangingId, Guid RegisseurId, Guid WaarnemerId, DateTimeOffset Vanaf);

/// <summary>De regisseur is terug, na een gesprek.</summary>
public sealed record VervangingBeeindigd(Guid CasusId, Guid VervangingId, Guid RegisseurId, DateTimeOffset Vanaf);

/// <summary>Niemand anders kon de regie houden; de leidinggevende is houder in laatste instantie.</summary>
public sealed record NoodhouderAangewezen(Guid CasusId, Guid NoodhouderId, DateTimeOffset Vanaf);
