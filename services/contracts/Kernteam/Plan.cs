namespace NetwerkRegie.Contracts.Kernteam;

/// <summary>Het plan is eerst met het gezin besproken.</summary>
[Gebeurtenis("plannen.besproken-met-gezin")]
public sealed record PlanBesprokenMetGezin(Guid CasusId) : IGebeurtenis;

/// <summary>Er is een versie van het ene plan vastgesteld.</summary>
[Gebeurtenis("plannen.vastgesteld")]
public sealed record PlanVastgesteld(Guid CasusId, int Versie, DateTimeOffset HerijkenVoor) : IGebeurtenis;

/// <summary>De drie vragen zijn beantwoord; het plan kreeg een nieuwe versie.</summary>
[Gebeurtenis("plannen.herijkt")]
public sealed record PlanHerijkt(Guid CasusId, int Versie, DateTimeOffset HerijkenVoor) : IGebeurtenis;

/// <summary>Het plan had herijkt moeten zijn.</summary>
[Gebeurtenis("plannen.termijn-verstreken")]
public sealed record PlanTermijnVerstreken(Guid CasusId, int Versie) : IGebeurtenis;

/// <summary>Een actie is afgesproken: wie, wat, met welke opbrengst, wanneer.</summary>
[Gebeurtenis("acties.toegewezen")]
public sealed record ActieToegewezen(Guid CasusId, Guid ActieId) : IGebeurtenis;

/// <summary>Een actie is afgerond.</summary>
[Gebeurtenis("acties.afgerond")]
public sealed record ActieAfgerond(Guid CasusId, Guid ActieId, bool IsGelukt) : IGebeurtenis;

/// <summary>De termijn van een actie ging voorbij; het wachten duurt te lang.</summary>
[Gebeurtenis("bewaking.wacht-te-lang")]
public sealed record ActieWachtTeLang(Guid CasusId, Guid ActieId) : IGebeurtenis;

/// <summary>Herinnering aan een actie die te laat is, hooguit een keer per week.</summary>
[Gebeurtenis("acties.verlopen")]
public sealed record ActieVerlopen(Guid CasusId, Guid ActieId) : IGebeurtenis;

/// <summary>Er is geen actie meer te laat.</summary>
[Gebeurtenis("bewaking.hersteld")]
public sealed record ActiesHersteld(Guid CasusId) : IGebeurtenis;
