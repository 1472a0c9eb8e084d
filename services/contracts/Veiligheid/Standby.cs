namespace NetwerkRegie.Contracts.Veiligheid;

/// <summary>Een maatregel staat klaar en wordt niet toegepast.</summary>
/// <param name="TotOp">Wanneer zij vanzelf vervalt, als dat is afgesproken.</param>
/// <param name="ToetsOp">Wanneer het RVT opnieuw kijkt, als dat is afgesproken.</param>
[Gebeurtenis("schalen.standby-gezet")]
public sealed record StandbyGezet(Guid CasusId, Guid StandbyId, DateTimeOffset? TotOp, DateTimeOffset? ToetsOp) : IGebeurtenis;

/// <summary>De maatregel staat niet meer klaar.</summary>
[Gebeurtenis("schalen.standby-opgeheven")]
public sealed record StandbyOpgeheven(Guid CasusId, Guid StandbyId) : IGebeurtenis;

/// <summary>Het RVT zou opnieuw naar een klaarstaande maatregel kijken; dat is nog niet gebeurd.</summary>
[Gebeurtenis("schalen.standby-toets-verstreken")]
public sealed record StandbyToetsVerstreken(Guid CasusId, Guid StandbyId) : IGebeurtenis;

/// <summary>Het kind is te lang niet gezien of gesproken.</summary>
/// <param name="LaatsteContactOp">Leeg als er sinds het begin van een maatregel nog geen contact was.</param>
[Gebeurtenis("veiligheid.kindcontact-verlopen")]
public sealed record KindcontactVerlopen(Guid CasusId, string KindRef, DateTimeOffset? LaatsteContactOp) : IGebeurtenis;
