namespace NetwerkRegie.Contracts.Regie;

/// <summary>De eerste regisseur van een casus, in dezelfde transactie als het openen.</summary>
[Gebeurtenis("regie.toegekend")]
public sealed record RegieToegekend(Guid CasusId, Guid RegisseurId, DateTimeOffset Vanaf) : IVoorGezin;

/// <summary>De regie is overgegaan.</summary>
/// <param name="OverdrachtId">De overdracht, of bij een terugkeer de vervanging.</param>
/// <param name="Vanaf">Het einde van het warme gesprek, niet het moment van vastleggen.</param>
/// <param name="IsTerugkeer">De regisseur is terug; wie waarnam gaat van tafel.</param>
[Gebeurtenis("regie.overgedragen")]
public sealed record RegieOvergedragen(Guid CasusId, Guid OverdrachtId, Guid VanId, Guid NaarId, DateTimeOffset Vanaf, bool IsTerugkeer = false) : IVoorGezin;

/// <summary>De regie is in nood meteen overgegaan; het warme gesprek met het gezin volgt nog.</summary>
[Gebeurtenis("regie.noodoverdracht")]
public sealed record NoodoverdrachtGedaan(Guid CasusId, Guid NoodoverdrachtId, Guid VanId, Guid NaarId, DateTimeOffset Vanaf) : IVoorGezin;

/// <summary>Een waarnemer houdt de regie namens de regisseur.</summary>
[Gebeurtenis("regie.vervanging-gestart")]
public sealed record VervangingGestart(Guid CasusId, Guid VervangingId, Guid RegisseurId, Guid WaarnemerId, DateTimeOffset Vanaf) : IVoorGezin;

/// <summary>De regisseur is terug, na een gesprek.</summary>
[Gebeurtenis("regie.vervanging-beeindigd")]
public sealed record VervangingBeeindigd(Guid CasusId, Guid VervangingId, Guid RegisseurId, DateTimeOffset Vanaf) : IVoorGezin;

/// <summary>Niemand anders kon de regie houden; de leidinggevende is houder in laatste instantie.</summary>
[Gebeurtenis("regie.noodhouder-aangewezen")]
public sealed record NoodhouderAangewezen(Guid CasusId, Guid NoodhouderId, DateTimeOffset Vanaf) : IVoorGezin;
