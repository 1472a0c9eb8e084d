namespace NetwerkRegie.Contracts.Regie;

/// <summary>Het juridische kader van een kind is gewijzigd. De regie is daardoor niet verplaatst.</summary>
/// <param name="Bron">Waarop de wijziging berust, bijvoorbeeld een gespreksverslag of een beschikking.</param>
[Gebeurtenis("kaders.gewijzigd")]
public sealed record KaderGewijzigd(Guid CasusId, string KindRef, string Van, string Naar, string Bron, DateTimeOffset Vanaf) : IVoorGezin;
