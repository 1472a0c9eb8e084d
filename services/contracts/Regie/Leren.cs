namespace NetwerkRegie.Contracts.Regie;

/// <summary>Er is een concept van een retrospectief, uit wat er in de casus gebeurde. Wie erbij was kan aanvullen of bezwaar maken.</summary>
/// <param name="ReactiesTot">Vanaf dan is het definitief.</param>
[Gebeurtenis("leren.retrospectief-concept")]
public sealed record RetrospectiefConcept(Guid CasusId, Guid RetrospectiefId, DateTimeOffset ReactiesTot) : IVoorGezin;

/// <summary>De week voor reacties is voorbij; het retrospectief verandert niet meer.</summary>
[Gebeurtenis("leren.retrospectief-definitief")]
public sealed record RetrospectiefDefinitief(Guid CasusId, Guid RetrospectiefId) : IVoorGezin;
