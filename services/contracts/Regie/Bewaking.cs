namespace NetwerkRegie.Contracts.Regie;

/// <summary>Een stroom wacht langer dan afgesproken.</summary>
[Gebeurtenis("bewaking.wacht-te-lang")]
public sealed record WachtTeLang(Guid CasusId, Guid StroomId, string Wachtpunt) : IGebeurtenis;

/// <summary>Iemand kan niet uit dienst, omdat deze casus dan zonder regisseur, waarnemer of houder in laatste instantie zou zitten.</summary>
[Gebeurtenis("bewaking.afsluiting-geweigerd")]
public sealed record UitdiensttredingGeweigerd(Guid CasusId, Guid ProfessionalId) : IGebeurtenis;

/// <summary>Een bericht was dubbel of te laat en is genegeerd.</summary>
[Gebeurtenis("bewaking.bericht-dubbel")]
public sealed record BerichtDubbel(Guid CasusId, Guid StroomId, string Wachtpunt) : IGebeurtenis;

/// <summary>Een toezichthouder heeft een stroom hersteld, na een voorbeeld en met een reden.</summary>
[Gebeurtenis("bewaking.herstel-uitgevoerd")]
public sealed record HerstelUitgevoerd(Guid CasusId, Guid StroomId, Guid HerstellingId) : IGebeurtenis;

/// <summary>Een stroom loopt verder op een andere versie van haar tekening; waar de casus staat is niet veranderd.</summary>
[Gebeurtenis("bewaking.migratie-uitgevoerd")]
public sealed record MigratieUitgevoerd(Guid CasusId, Guid StroomId, Guid MigratieId) : IGebeurtenis;

/// <summary>Een stroom zou naar een andere versie gaan en kon niet mee; waarom staat bij de migratie.</summary>
[Gebeurtenis("bewaking.migratie-uitgesteld")]
public sealed record MigratieUitgesteld(Guid CasusId, Guid StroomId, Guid MigratieId) : IGebeurtenis;

/// <summary>Een stroom is terug op de versie waarvan zij kwam.</summary>
[Gebeurtenis("bewaking.migratie-teruggedraaid")]
public sealed record MigratieTeruggedraaid(Guid CasusId, Guid StroomId, Guid MigratieId) : IGebeurtenis;

/// <summary>Iemand vroeg wat een herstel zou doen; er is niets veranderd.</summary>
[Gebeurtenis("bewaking.herstelvoorbeeld")]
public sealed record HerstelvoorbeeldGemaakt(Guid CasusId, Guid StroomId) : IGebeurtenis;

/// <summary>Iemand vroeg wat overzetten van stromen naar een andere versie zou doen; er is niets veranderd. Staat bij geen casus.</summary>
/// <param name="KanMee">Hoeveel stromen mee kunnen.</param>
/// <param name="Blijft">Hoeveel er moeten blijven.</param>
[Gebeurtenis("bewaking.migratie-droogloop")]
public sealed record MigratieDroogloop(Guid CasusId, string Stroom, int Van, int Naar, int KanMee, int Blijft) : IGebeurtenis;

/// <summary>Een handeling zou een afspraak breken en is geweigerd; er is niets veranderd.</summary>
/// <param name="Afspraak"><c>R1</c> tot en met <c>R10</c>, <c>kader</c> voor een stap die de wet niet kent, of <c>keuring</c> voor een stroom die niet mag worden gepubliceerd.</param>
/// <param name="Stroom">Welke tekening, bij <c>keuring</c>; dan staat het bij geen casus.</param>
[Gebeurtenis("bewaking.invariant-geweigerd")]
public sealed record InvariantGeweigerd(Guid CasusId, string Afspraak, string? Stroom = null) : IGebeurtenis;

/// <summary>Van een dienst weet niemand of zij werkt: wat op haar wacht is nergens groen. Staat bij geen casus.</summary>
/// <param name="Sinds">Tot dan was het bekend.</param>
[Gebeurtenis("bewaking.geen-gegevens")]
public sealed record GeenGegevens(Guid CasusId, string Dienst, DateTimeOffset Sinds) : IGebeurtenis;

/// <summary>Van een dienst is weer bekend dat zij werkt. Staat bij geen casus.</summary>
[Gebeurtenis("bewaking.hersteld")]
public sealed record DienstHersteld(Guid CasusId, string Dienst) : IGebeurtenis;

/// <summary>Elke dienst die dit hoort laat weten dat zij werkt. Wat verloren gaat wordt niet herhaald: de volgende vraag komt vanzelf.</summary>
public sealed record LevenstekenVragen(DateTimeOffset Op);

/// <summary>Een dienst heeft een vraag gehoord en haar database geraadpleegd.</summary>
/// <param name="GevraagdOp">Van de vraag: toen werkte zij in elk geval.</param>
/// <param name="OudsteUitgaand">Het oudste bericht dat zij nog moet versturen; leeg als alles weg is.</param>
/// <param name="ZonderAfnemer">De wachtrijen van deze dienst waar zij nu niets uit neemt; leeg als zij overal luistert.</param>
public sealed record LevenstekenGegeven(string Dienst, DateTimeOffset GevraagdOp, DateTimeOffset? OudsteUitgaand, IReadOnlyList<string>? ZonderAfnemer = null);

/// <summary>Een dienst kon een bericht niet verwerken en bewaart het. Wat erin staat blijft bij die dienst.</summary>
/// <param name="Wachtrij">Begint met de naam van de dienst.</param>
/// <param name="Type">De naam van het contract.</param>
public sealed record BerichtVastgelopen(string Wachtrij, Guid BerichtId, string Type, string Reden, Guid? CasusId, Guid? StroomId, DateTimeOffset Op);

/// <summary>Bied een bericht dat bleef liggen opnieuw aan. Wie het al verwerkte, herkent het; lukt het weer niet, dan volgt opnieuw <see cref="BerichtVastgelopen"/>.</summary>
public sealed record BerichtOpnieuwAanbieden(string Wachtrij, Guid BerichtId);
