namespace NetwerkRegie.Contracts.Regie;

/// <summary>De regie is aangeboden aan een persoon met een naam. De regie blijft waar zij is.</summary>
[Gebeurtenis("regie.overdracht-voorgesteld")]
public sealed record OverdrachtVoorgesteld(Guid CasusId, Guid OverdrachtId, Guid VanId, Guid NaarId, DateTimeOffset AntwoordVoor) : IGebeurtenis;

/// <summary>Het voorstel is aanvaard. De regie is NIET verplaatst.</summary>
[Gebeurtenis("regie.overdracht-aanvaard")]
public sealed record OverdrachtAanvaard(Guid CasusId, Guid OverdrachtId) : IGebeurtenis;

/// <summary>Het voorstel is geweigerd. De regie blijft; er is een knelpunt.</summary>
[Gebeurtenis("regie.overdracht-geweigerd")]
public sealed record OverdrachtGeweigerd(Guid CasusId, Guid OverdrachtId) : IGebeurtenis;

/// <summary>Er kwam geen antwoord binnen de termijn. De regie blijft; er is een knelpunt.</summary>
[Gebeurtenis("regie.overdracht-verlopen")]
public sealed record OverdrachtVerlopen(Guid CasusId, Guid OverdrachtId) : IGebeurtenis;

/// <summary>De zender trok het voorstel in. De regie blijft.</summary>
[Gebeurtenis("regie.overdracht-ingetrokken")]
public sealed record OverdrachtIngetrokken(Guid CasusId, Guid OverdrachtId) : IGebeurtenis;

/// <summary>Het warme gesprek is gepland.</summary>
[Gebeurtenis("regie.gesprek-gepland")]
public sealed record GesprekGepland(Guid CasusId, Guid OverdrachtId, DateTimeOffset Op) : IVoorGezin;

/// <summary>Het warme gesprek is gevoerd; wie erbij was is vastgelegd.</summary>
[Gebeurtenis("regie.gesprek-gevoerd")]
public sealed record GesprekGevoerd(Guid CasusId, Guid OverdrachtId, DateTimeOffset BeeindigdOp) : IGebeurtenis;

/// <summary>De oude regisseur blijft bereikbaar.</summary>
[Gebeurtenis("regie.nazorg-gestart")]
public sealed record NazorgGestart(Guid CasusId, Guid OverdrachtId, Guid DoorId, DateTimeOffset Tot) : IVoorGezin;

/// <summary>De nazorg is voorbij.</summary>
[Gebeurtenis("regie.nazorg-beeindigd")]
public sealed record NazorgBeeindigd(Guid CasusId, Guid OverdrachtId) : IVoorGezin;
