using NetwerkRegie.Contracts.Intake;

namespace NetwerkRegie.Intake;

/// <summary>Een melding zoals een bron haar doet, schema 1.0. Onbekende velden worden genegeerd en niet bewaard.</summary>
/// <param name="MeldingId">Het nummer bij de bron; samen met de organisatie uniek.</param>
/// <param name="OntvangenOp">RFC 3339 met tijdzone; van hieraf loopt de termijn.</param>
/// <param name="Urgentie"><c>regulier</c>, <c>spoed</c> of <c>acuut</c>.</param>
/// <param name="Betreft">Mag alleen bij een adviesvraag ontbreken, net als <c>gezinGeinformeerd</c>, <c>gevraagdeActie</c> en <c>samenvatting</c>.</param>
/// <param name="Verzuim">Verplicht bij een verzuimmelding; zo heeft elk type zijn eigen bijlage.</param>
public sealed record MeldingInvoer(
    string SchemaVersie,
    string MeldingId,
    string Type,
    Bron Bron,
    DateTimeOffset OntvangenOp,
    string Regio,
    string Gemeente,
    string Urgentie,
    DateTimeOffset? GebeurtenisOp = null,
    Betreft? Betreft = null,
    Meldcode? Meldcode = null,
    GezinGeinformeerd? GezinGeinformeerd = null,
    string? Grondslag = null,
    string? GevraagdeActie = null,
    string? Samenvatting = null,
    Verzuim? Verzuim = null,
    Opschaling? Opschaling = null,
    Knelpunt? Knelpunt = null,
    Maatregel? Maatregel = null,
    Vto? Vto = null,
    Huisverbod? Huisverbod = null,
    Triage? Triage = null);

public sealed record Bron(string Organisatie, string Rol);

/// <summary>Om wie het gaat, alleen met verwijzingen.</summary>
public sealed record Betreft(string GezinRef, IReadOnlyList<Kind> Kinderen, IReadOnlyList<Volwassene> Volwassenen);

public sealed record Volwassene(string Ref, string Rol);

/// <summary>Hoever de melder is in de vijf stappen van de meldcode huiselijk geweld en kindermishandeling.</summary>
public sealed record Meldcode(int Stap, IReadOnlyList<int> StappenDoorlopen, Afwegingskader? Afwegingskader = null, string? Besluit = null);

public sealed record Afwegingskader(bool AcuutOnveilig, bool StructureelOnveilig, bool ZelfHulpMogelijk);

/// <param name="Status"><c>ja</c>, <c>deels</c>, <c>nee</c> of <c>nvt</c>.</param>
public sealed record GezinGeinformeerd(string Status, string? Reden = null);

public sealed record Verzuim(string Soort, int Uren, int Lesweken, DateOnly Van, DateOnly Tot);

public sealed record Opschaling(string Van, string Naar, int EvaluatieNaDagen);

public sealed record Knelpunt(string Soort, string Niveau, DateOnly Sinds, int EerderePogingen);

/// <param name="DuurMaanden">Leeg als de maatregel geen einddatum heeft, zoals voogdij.</param>
public sealed record Maatregel(string Soort, DateOnly Beschikkingsdatum, int? DuurMaanden = null, string? ZaakRef = null);

/// <summary>Een verzoek tot onderzoek door de Raad voor de Kinderbescherming.</summary>
public sealed record Vto(string VtoRef, string Status, DateOnly? WachtlijstSinds = null);

public sealed record Huisverbod(DateTimeOffset OpgelegdOp, int DuurDagen, bool Verlengd);

public sealed record Triage(DateOnly OntvangenMelding, DateOnly BesluitOp, string Uitkomst, int Voorwaarden);
