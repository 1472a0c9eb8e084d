namespace NetwerkRegie.Contracts.Intake;

/// <summary>Een geldige, nieuwe melding is vastgelegd en heeft een route. Draagt geen inhoud, alleen wat nodig is om een casus te openen.</summary>
/// <param name="MeldingId">Het nummer dat intake aan de melding gaf.</param>
/// <param name="Route">De route, bijvoorbeeld <c>lokaal-team</c>.</param>
/// <param name="Prioriteit"><c>regulier</c>, <c>spoed</c> of <c>acuut</c>.</param>
/// <param name="GezinRef">Pseudoniem van het gezin bij de bron; hooguit een casus per gezin is open.</param>
/// <param name="Kinderen">De kinderen, elk met een verwijzing binnen het gezin.</param>
/// <param name="TermijnId">De termijn die voor deze route loopt.</param>
/// <param name="OntvangenOp">Wanneer de melding binnenkwam.</param>
/// <param name="VerlooptOp">Wanneer de termijn voorbij is; intake heeft haar berekend, en dat getal geldt overal.</param>
public sealed record MeldingGerouteerd(
    Guid MeldingId,
    string Route,
    string Prioriteit,
    string GezinRef,
    string Gemeente,
    IReadOnlyList<Kind> Kinderen,
    string? TermijnId,
    DateTimeOffset OntvangenOp,
    DateTimeOffset? VerlooptOp = null);

/// <summary>Een kind binnen een gezin, zonder iets waaraan het te herkennen is.</summary>
public sealed record Kind(string Ref, string Leeftijdsband);
