namespace NetwerkRegie.Contracts.Regie;

/// <summary>De regie is aangeboden aan een persoon met een naam. De regie blijft waar zij is.</summary>
public sealed record OverdrachtVoorgesteld(Guid CasusId, Guid OverdrachtId, Guid VanId, Guid NaarId, DateTimeOffset AntwoordVoor);

/// <summary>Het voorstel is aanvaard. De regie is NIET verplaatst.</summary>
public sealed record OverdrachtAanvaard(Guid CasusId, Guid OverdrachtId);

/// <summary>Het voorstel is geweigerd. De regie blijft; er is een knelpunt.</summary>
public sealed record OverdrachtGeweigerd(Guid CasusId, Guid OverdrachtId);

/// <summary>Er kwam geen antwoord binnen de termijn. De regie blijft; er is een knelpunt.</summary>
public sealed record OverdrachtVerlopen(Guid CasusId, Guid OverdrachtId);

/// <summary>De zender trok het voorstel in. De regie blijft.</summary>
public sealed record OverdrachtIngetrokken(Guid CasusId, Guid OverdrachtId);

/// <summary>Het warme gesprek is gepland.</summary>
public sealed record GesprekGepland(Guid CasusId, Guid OverdrachtId, DateTimeOffset Op);

/// <summary>Het warme gesprek is gevoerd; wie erbij was is vastgelegd.</summary>
public sealed record GesprekGevoerd(Guid CasusId, Guid OverdrachtId, DateTimeOffset BeeindigdOp);

/// <summary>De oude regisseur blijft bereikbaar.</summary>
public sealed record NazorgGestart(Guid CasusId, Guid OverdrachtId, Guid DoorId, DateTimeOffset Tot);

/// <summary>De nazorg is voorbij.</summary>
public sealed record NazorgBeeindigd(Guid CasusId, Guid OverdrachtId);
