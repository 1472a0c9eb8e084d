namespace NetwerkRegie.Contracts.Onderwijs;

/// <summary>
/// Laat de betrokken school weten wie haar contactpersoon is, en niets anders. Uitkomst: <see cref="SchoolGeinformeerd"/>,
/// of <see cref="GeenSchoolBetrokken"/> als er geen school is die iets mag weten.
/// </summary>
[Stap("School informeren")]
public sealed record SchoolInformeren(StapRef Stap, Guid ContactpersoonId) : IOpdracht;

public sealed record SchoolGeinformeerd(StapRef Stap) : IUitkomstVan<SchoolInformeren>;

public sealed record GeenSchoolBetrokken(StapRef Stap) : IUitkomstVan<SchoolInformeren>;
