using System.Collections.Frozen;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Intake;

/// <summary>Waar een melding van dit type heen gaat, en welke termijn dan loopt.</summary>
/// <param name="Bijlage">Het extra object dat bij het type hoort; zonder dat is de melding niet te beoordelen.</param>
internal sealed record Route(string Type, string Naam, string? TermijnId, string? Bijlage = null, Gevolg Gevolg = Gevolg.Casus)
{
    public const string VeiligThuis = "veilig-thuis";

    private static readonly FrozenDictionary<string, Route> OpType = new Route[]
    {
        new("zorgformulier-politie", VeiligThuis, "vt-triage"),
        new("melding-veilig-thuis", VeiligThuis, "vt-triage"),
        new("burgermelding", VeiligThuis, "vt-triage"),
        new("verzuimmelding", "leerplicht", "leerplicht-oppakken", Bijlage: "verzuim"),
        new("kindcheck-ggz", "lokaal-team-crisisdienst", "crisis-eerste-contact"),
        new("tijdelijk-huisverbod", "lokaal-team-crisisdienst", "huisverbod", Bijlage: "huisverbod"),
        new("opschalingsverzoek", "rvt", "rvt-reactie", Bijlage: "opschaling"),
        new("knelpunt", "knelpunt-operationeel", "knelpunt-operationeel", Bijlage: "knelpunt"),
        new("kaderwissel", "kader-ots", "gi-eerste-contact", Bijlage: "maatregel"),
        new("notificatie-raadsonderzoek", "kader-raadsonderzoek", "rvdk-wachttijd", Bijlage: "vto"),
        new("hulpvraag-gezin", "lokaal-team", "lokaal-eerste-contact"),
        new("overdracht-veilig-thuis", "overdracht-handshake", "overdracht-acceptatie", Bijlage: "triage"),
        new("adviesvraag", "consult-anoniem", null, Gevolg: Gevolg.Telling),
        new("rechtenverzoek", "rechten-van-betrokkenen", "avg-verzoek", Gevolg: Gevolg.Verzoek),
    }.ToFrozenDictionary(route => route.Type);

    public static Route? Van(string type) => OpType.GetValueOrDefault(type);

    /// <summary>Wat er van de melding wordt bewaard: wie anoniem advies vraagt, laat niets over iemand achter.</summary>
    public MeldingInvoer Bewaart(MeldingInvoer melding) => Gevolg == Gevolg.Telling
        ? melding with { GebeurtenisOp = null, Betreft = null, Meldcode = null, GezinGeinformeerd = null, Grondslag = null, GevraagdeActie = null, Samenvatting = null }
        : melding;

    /// <summary>
    /// Wanneer de termijn van deze route voorbij is. Hij loopt vanaf de ontvangst, behalve waar een beschikking haar eigen
    /// begin heeft; en de duur in een beschikking gaat voor die in het boek.
    /// </summary>
    public DateTimeOffset? Verloopt(MeldingInvoer melding, Termijnboek boek) =>
        TermijnId is null ? null : (boek[TermijnId], melding) switch
        {
            (var termijn, { Huisverbod: { } verbod }) => (termijn with { Aantal = verbod.DuurDagen, Eenheid = Eenheid.Dag }).Verloopt(verbod.OpgelegdOp),
            (var termijn, { Maatregel: { } maatregel }) => termijn.Verloopt(NederlandseKalender.Begin(maatregel.Beschikkingsdatum)),
            (var termijn, _) => termijn.Verloopt(melding.OntvangenOp),
        };
}

/// <summary>Wat een melding teweegbrengt.</summary>
internal enum Gevolg
{
    /// <summary>Er komt een casus, of de melding sluit aan bij de casus van het gezin.</summary>
    Casus,

    /// <summary>Er komt een antwoord aan wie het vroeg; nooit een casus.</summary>
    Verzoek,

    /// <summary>Alleen dat er iets gevraagd is telt; nooit een casus, en niets over personen.</summary>
    Telling,
}
