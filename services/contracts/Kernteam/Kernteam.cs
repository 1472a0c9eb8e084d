namespace NetwerkRegie.Contracts.Kernteam;

/// <summary>Een stoel aan tafel en wie er zit.</summary>
/// <param name="Naam">De rol aan tafel; nooit de naam van een mens.</param>
public sealed record BezetteStoel(string Naam, Guid LidId);

/// <summary>Wie er nu aan tafel zit; alleen voor wie dat moet weten om zijn werk te doen.</summary>
/// <param name="Versie">Loopt op met elke wijziging van de stoelen, zodat de laatste te herkennen is.</param>
public sealed record StoelenBezet(Guid CasusId, int Versie, IReadOnlyList<BezetteStoel> Stoelen);

/// <summary>De stoelen van het kernteam zijn bezet.</summary>
[Gebeurtenis("kernteams.ingesteld")]
public sealed record KernteamIngesteld(Guid CasusId) : IGebeurtenis;

/// <summary>De organisatie achter een stoel geeft tijd en mandaat.</summary>
[Gebeurtenis("kernteams.rugdekking-bevestigd")]
public sealed record RugdekkingBevestigd(Guid CasusId) : IGebeurtenis;

/// <summary>Elke stoel heeft rugdekking; het kernteam kan beginnen.</summary>
[Gebeurtenis("kernteams.actief")]
public sealed record KernteamActief(Guid CasusId) : IGebeurtenis;

/// <summary>Er kwam of ging iemand; voor een nieuwe stoel wordt opnieuw rugdekking gevraagd.</summary>
[Gebeurtenis("kernteams.lid-gewisseld")]
public sealed record LidGewisseld(Guid CasusId) : IGebeurtenis;

/// <summary>Met de casus is het kernteam geeindigd.</summary>
[Gebeurtenis("kernteams.opgeheven")]
public sealed record KernteamOpgeheven(Guid CasusId) : IGebeurtenis;

/// <summary>Het kernteam kwam bij elkaar.</summary>
/// <param name="MetRvt">Of het RVT erbij was.</param>
[Gebeurtenis("kernteams.bijeenkomst-gehouden")]
public sealed record BijeenkomstGehouden(Guid CasusId, Guid BijeenkomstId, bool MetRvt, DateTimeOffset GehoudenOp) : IGebeurtenis;

/// <summary>Het kernteam kwam niet op tijd weer bij elkaar.</summary>
[Gebeurtenis("kernteams.bijeenkomst-gemist")]
public sealed record BijeenkomstGemist(Guid CasusId) : IGebeurtenis;

/// <summary>Het kernteam komt vaker of minder vaak bij elkaar dan eerst was afgesproken.</summary>
[Gebeurtenis("kernteams.ritme-gewijzigd")]
public sealed record RitmeGewijzigd(Guid CasusId) : IGebeurtenis;

/// <summary>Het kernteam evalueerde met het gezin.</summary>
/// <param name="MetRvt">Of het RVT erbij was.</param>
[Gebeurtenis("leren.evaluatie-gehouden")]
public sealed record EvaluatieGehouden(Guid CasusId, Guid BijeenkomstId, bool MetRvt, DateTimeOffset GehoudenOp) : IGebeurtenis;

/// <summary>Iemand drukte op de stopknop. Klokken voor veiligheid, wet en kindcontact lopen door.</summary>
[Gebeurtenis("kernteams.stopknop-ingedrukt")]
public sealed record StopknopIngedrukt(Guid CasusId) : IGebeurtenis;

/// <summary>De drie stopvragen zijn beantwoord.</summary>
[Gebeurtenis("kernteams.stopknop-opgeheven")]
public sealed record StopknopOpgeheven(Guid CasusId) : IGebeurtenis;

/// <summary>Het kernteam stelde de koers vast, of wijzigde haar openlijk.</summary>
[Gebeurtenis("kernteams.koers-vastgesteld")]
public sealed record KoersVastgesteld(Guid CasusId, int Versie) : IGebeurtenis;

/// <summary>Een gevraagde stap gaat tegen de koers in en wacht op een besluit van het kernteam.</summary>
[Gebeurtenis("kernteams.koersafwijking-geblokkeerd")]
public sealed record KoersafwijkingGeblokkeerd(Guid CasusId, Guid StapId) : IGebeurtenis;

/// <summary>Een stap ging om acuut gevaar tegen de koers in, en het besluit daarover bleef uit.</summary>
[Gebeurtenis("bewaking.wacht-te-lang")]
public sealed record KoersbesluitWachtTeLang(Guid CasusId, Guid StapId) : IGebeurtenis;

/// <summary>Het kernteam besloot samen iets. Wat, en wie ervoor en ertegen was, lezen zij die aan tafel zitten.</summary>
[Gebeurtenis("kernteams.besluit-genomen")]
public sealed record BesluitGenomen(Guid CasusId, Guid BesluitId) : IVoorGezin;
