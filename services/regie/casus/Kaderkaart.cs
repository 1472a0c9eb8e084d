using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een van de negen dingen die een gezin bij elk kader moet weten.</summary>
public sealed record Kaartpunt(int Nummer, string Titel, string Tekst);

/// <summary>Wat er op de kaart van een kind moet komen te staan.</summary>
/// <param name="Regisseur">De naam van wie de regie houdt.</param>
/// <param name="Waarnemer">Wie er is als de regisseur er niet is; leeg als dat nog geregeld wordt.</param>
/// <param name="Uitvoerder">De naam van wie namens de GI de maatregel uitvoert; leeg zolang die er niet is.</param>
internal sealed record Kaartgegevens(string Kader, string Plaatsing, DateOnly Sinds, bool IsRaadsonderzoek, Beschikking? Beschikking, string Regisseur, string? Waarnemer, string? Uitvoerder);

/// <summary>Het bewijs dat het gezin het kader is verteld: door wie, hoe, wanneer, en wat het gezin ervan vond.</summary>
public sealed class Kaartuitreiking
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string KindRef { get; init; }

    /// <summary>Het kader waar de kaart over ging.</summary>
    public required string Kader { get; init; }
    public required Guid DoorId { get; init; }
    public required string Hoe { get; init; }
    public required bool MetTolk { get; init; }
    public required string? Reactie { get; init; }
    public required bool IsAfgetekend { get; init; }
    public required DateTimeOffset Op { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }
}

/// <summary>De kaderkaart: in gewone taal in welk kader de hulp is, en welke rechten het gezin heeft.</summary>
internal static class Kaderkaart
{
    public static IReadOnlyList<Kaartpunt> Punten(Kaartgegevens k, Termijnboek termijnen)
    {
        var gedwongen = Kaders.IsGedwongen(k.Kader);
        var gi = k.Beschikking?.Organisatie ?? "de gecertificeerde instelling";
        return
        [
            new(1, "In welk kader de hulp is", $"{Kader(k.Kader)}{(k.IsRaadsonderzoek ? $" De Raad voor de Kinderbescherming doet onderzoek. Dat is geen maatregel: {(gedwongen ? "wat de rechter besloot blijft zoals het is" : "de hulp blijft vrijwillig")}." : "")}{Plaatsing(k.Plaatsing)}"),
            new(2, "Wie de regie heeft", $"Uw regisseur is {k.Regisseur}. {(k.Waarnemer is { } waarnemer ? $"Is die er niet, dan belt u {waarnemer}." : "Wie er is als de regisseur er niet is, hoort u van de regisseur.")}{(gedwongen ? $" {gi} voert de maatregel uit{(k.Uitvoerder is { } uitvoerder ? $"; dat doet {uitvoerder}" : "; wie dat doet hoort u binnenkort")}." : "")}"),
            new(3, "Wat er is besloten", k.Beschikking is { } b
                ? $"De rechter besloot dit op {NederlandseKalender.Voluit(b.Datum)} (beschikking {b.Nummer}); de redenen staan in die beschikking. {(b.Einddatum is { } einde ? $"Het duurt tot {NederlandseKalender.Voluit(einde)}. Die dag verschuift niet." : "De rechter noemde geen einddatum.")}"
                : $"Dit geldt sinds {NederlandseKalender.Voluit(k.Sinds)}. {(k.Kader == Kaders.Drang ? "U kent de voorwaarden en wanneer we die samen bekijken. Lukt het niet, dan kan om een onderzoek van de Raad worden gevraagd." : "We maken samen met u een plan en bekijken dat steeds opnieuw.")}"),
            new(4, "Wat u mag weigeren", gedwongen
                ? "U moet meewerken aan wat de rechter besloot. Bent u het niet eens met een schriftelijke aanwijzing, dan kunt u binnen twee weken de kinderrechter vragen om ernaar te kijken."
                : $"U mag hulp weigeren of ermee stoppen.{(k.Kader == Kaders.Drang ? " Weigert u, dan vertellen we vooraf wat er dan kan gebeuren." : "")}"),
            new(5, "Wie welke gegevens ziet", gedwongen
                ? "De mensen die de maatregel uitvoeren zien wat zij daarvoor nodig hebben. Anderen mogen hun nodige informatie geven, ook zonder uw toestemming."
                : "Alleen wie u helpt ziet wat daarvoor nodig is. Voor anderen vragen we uw toestemming, en die kunt u weer intrekken."),
            new(6, "Uw dossier", "U mag uw dossier zien, een kopie krijgen, fouten laten verbeteren en uw eigen verklaring laten toevoegen."),
            new(7, "Een vertrouwenspersoon", "Een vertrouwenspersoon helpt u gratis en staat los van ons. U mag ook iemand uit uw eigen omgeving meenemen."),
            new(8, "Als u het er niet mee eens bent", $"Praat erover met de regisseur, of dien een klacht in.{(gedwongen && k.Beschikking is { } besluit ? $" Over het werk van {gi} kunt u een geschil voorleggen aan de kinderrechter. In hoger beroep gaan kan tot en met {NederlandseKalender.Voluit(termijnen["hoger-beroep"].LaatsteDag(NederlandseKalender.Begin(besluit.Datum)))}; daarvoor hebt u een advocaat nodig." : "")}{(k.Beschikking is { IsSpoed: true, GehoordOp: null } ? " De rechter besloot met spoed: u wordt binnen twee weken alsnog gehoord, anders vervalt het besluit." : "")}"),
            new(9, "Kinderen vanaf 12 jaar", "Een kind van 12 jaar of ouder krijgt deze uitleg zelf en mag zelf zeggen wat het vindt. Ook een jonger kind leggen we uit wat er gebeurt."),
        ];
    }

    private static string Kader(string kader) => kader switch
    {
        Kaders.Vrijwillig => "De hulp is vrijwillig.",
        Kaders.Drang => "De hulp is juridisch nog steeds vrijwillig. Drang is geen maatregel van de rechter: er zijn wel voorwaarden afgesproken.",
        Kaders.Vots => "De hulp is gedwongen: een voorlopige ondertoezichtstelling van de kinderrechter.",
        Kaders.Ots => "De hulp is gedwongen: een ondertoezichtstelling van de kinderrechter. Uw kind staat onder toezicht.",
        Kaders.GezagGeschorst => "De hulp is gedwongen: de rechter heeft het gezag geschorst. Een voogd beslist voorlopig over uw kind.",
        _ => "De hulp is gedwongen: de rechter heeft het gezag beeindigd. Een voogd beslist over uw kind.",
    };

    private static string Plaatsing(string plaatsing) => plaatsing switch
    {
        Plaatsingen.UitHuis => " Uw kind woont met een machtiging van de kinderrechter ergens anders.",
        Plaatsingen.Gesloten => " Uw kind woont met een machtiging van de kinderrechter in gesloten jeugdhulp.",
        _ => "",
    };
}

public sealed partial class Casus
{
    /// <summary>Het gezin heeft gehoord in welk kader de hulp is. Ook wie de kaart weigert, is het verteld.</summary>
    internal Kaartuitreiking KaartUitreiken(Guid id, Actor actor, string kindRef, string hoe, bool metTolk, string? reactie, bool isAfgetekend, DateTimeOffset op, DateTimeOffset nu)
    {
        EisOpen();
        KindVan(kindRef);
        var kader = Lopend(Lijnen.Kader, kindRef);
        if (op > nu)
            throw new Geweigerd("Dit moment ligt in de toekomst; leg het vast als het is gebeurd.");
        if (op < kader.Vanaf && op != nu)
            throw new Geweigerd("Dit moment ligt voor het begin van dit kader; geef het gezin de kaart van nu.");
        Meld(new KaartUitgereikt(Id, kindRef, isAfgetekend, op));
        return new Kaartuitreiking { Id = id, CasusId = Id, KindRef = kindRef, Kader = kader.Waarde, DoorId = actor.Id, Hoe = hoe, MetTolk = metTolk, Reactie = reactie, IsAfgetekend = isAfgetekend, Op = op, VastgelegdOp = nu };
    }
}
