namespace NetwerkRegie.Contracts.Regie;

/// <summary>Het juridische kader van een kind is gewijzigd. De regie is daardoor niet verplaatst.</summary>
/// <param name="Bron">Waarop de wijziging berust, bijvoorbeeld een gespreksverslag of een beschikking.</param>
[Gebeurtenis("kaders.gewijzigd")]
public sealed record KaderGewijzigd(Guid CasusId, string KindRef, string Van, string Naar, string Bron, DateTimeOffset Vanaf) : IVoorGezin;

/// <summary>Een gedwongen kader is voorbij: de termijn liep af, of de rechter hief het op.</summary>
/// <param name="Kader">Wat er eindigde.</param>
[Gebeurtenis("kaders.beeindigd")]
public sealed record KaderBeeindigd(Guid CasusId, string KindRef, string Kader, DateTimeOffset Op) : IVoorGezin;

/// <summary>Een beschikking loopt over twaalf, acht of vier weken af. De einddatum verschuift nooit.</summary>
[Gebeurtenis("kaders.verloopt-binnenkort")]
public sealed record KaderVerlooptBinnenkort(Guid CasusId, Guid BeschikkingId, IReadOnlyList<string> KindRefs, DateOnly Einddatum) : IGebeurtenis;

/// <summary>De kaderkaart is aan het gezin uitgelegd en gegeven.</summary>
/// <param name="IsAfgetekend">Of het gezin haar aannam; weigeren mag, verteld is het dan wel.</param>
[Gebeurtenis("kaders.kaart-uitgereikt")]
public sealed record KaartUitgereikt(Guid CasusId, string KindRef, bool IsAfgetekend, DateTimeOffset Op) : IGebeurtenis;

/// <summary>De GI heeft gezegd wie de maatregel uitvoert en wie die vervangt. De regie is daardoor niet verplaatst.</summary>
[Gebeurtenis("kaders.uitvoerder-aangewezen")]
public sealed record UitvoerderAangewezen(Guid CasusId, IReadOnlyList<string> KindRefs, Guid UitvoerderId, Guid VervangerId) : IVoorGezin;

/// <summary>Een kind woont ergens anders, of weer thuis. Het kader verandert er niet door.</summary>
/// <param name="Plaatsing"><c>thuis</c>, <c>uhp</c> of <c>gesloten</c>.</param>
[Gebeurtenis("plaatsingen.gewijzigd")]
public sealed record PlaatsingGewijzigd(Guid CasusId, string KindRef, string Plaatsing, DateTimeOffset Vanaf) : IGebeurtenis;
