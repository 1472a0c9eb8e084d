using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Het juridische kader van een kind. Drang is geen eigen kader in de wet: juridisch blijft de hulp vrijwillig.</summary>
public static class Kaders
{
    /// <summary>Hulp met toestemming (Jeugdwet 2.3 en 7.3.4).</summary>
    public const string Vrijwillig = "vrijwillig";

    /// <summary>Vrijwillige hulp met voorwaarden en gevolgen; geen eigen wettelijke status.</summary>
    public const string Drang = "drang";

    /// <summary>Voorlopige ondertoezichtstelling (BW 1:257).</summary>
    public const string Vots = "vots";

    /// <summary>Ondertoezichtstelling (BW 1:255).</summary>
    public const string Ots = "ots";

    /// <summary>Schorsing van het gezag (BW 1:268).</summary>
    public const string GezagGeschorst = "gezag-geschorst";

    /// <summary>Gezag beeindigd, voogdij (BW 1:266 en 1:275).</summary>
    public const string Voogdij = "voogdij";

    public static readonly string[] Alle = [Vrijwillig, Drang, Vots, Ots, GezagGeschorst, Voogdij];

    /// <summary>Kaders die alleen een rechter oplegt; zij heten samen gedwongen.</summary>
    public static readonly string[] Gedwongen = [Vots, Ots, GezagGeschorst, Voogdij];

    public static bool IsGedwongen(string kader) => Gedwongen.Contains(kader);

    /// <summary>De overgang begon niemand: een beschikking liep af.</summary>
    public const string Tijdsverloop = "tijdsverloop";

    private static readonly Bewijsstuk Zienswijze = new("zienswijzeGezin", "De zienswijze van het gezin ontbreekt; ook oneens is een zienswijze.");
    private static readonly Bewijsstuk RaadVerzoektNiet = new("raadVerzoektNiet", "Waaruit blijkt dat de Raad dit zelf niet verzoekt ontbreekt.");
    private static readonly Bewijsstuk GiVerzoektNiet = new("giVerzoektNiet", "Waaruit blijkt dat de GI dit zelf niet verzoekt ontbreekt.");

    private static readonly Verzoeker LokaalTeam = new("lokaal-team");
    private static readonly Verzoeker Rvt = new("rvt");
    private static readonly Verzoeker Raad = new("raad-voor-de-kinderbescherming");
    private static readonly Verzoeker Om = new("openbaar-ministerie");
    private static readonly Verzoeker Gi = new("gecertificeerde-instelling");
    private static readonly Verzoeker Ouder = new("ouder");
    private static readonly Verzoeker Minderjarige = new("minderjarige");
    private static readonly Verzoeker Pleegouder = new("pleegouder", RaadVerzoektNiet);
    private static readonly Verzoeker Kinderrechter = new("kinderrechter");
    private static readonly Verzoeker[] RaadOmOfOuder = [Raad, Om, Ouder with { Alleen = RaadVerzoektNiet }];

    /// <summary>
    /// De overgangen die er zijn, met wie erom kan vragen en wat er op tafel moet liggen. T01 is het openen van de casus, T04 tot en
    /// met T06 zijn een raadsonderzoek (een merk, geen kader), T15 is het afsluiten.
    /// </summary>
    internal static readonly IReadOnlyList<KaderRegel> Regels =
    [
        // Ontwerpkeuze op de praktijk van de beschermtafel: twee paar ogen, en het gezin heeft gesproken.
        new("T02", [Vrijwillig], Drang, [LokaalTeam, Rvt],
        [
            new("analyse", "De gezamenlijke verklarende analyse ontbreekt."),
            new("voorwaarden", "De voorwaarden met een datum ontbreken."),
            Zienswijze,
            new("rvtConsult", "Het advies van het RVT ontbreekt; over drang beslist de regisseur niet alleen."),
        ]),
        new("T03", [Drang], Vrijwillig, [LokaalTeam, Rvt], [new("evaluatie", "De evaluatie van de voorwaarden ontbreekt."), Zienswijze]),
        new("T07", [Vrijwillig, Drang, Ots, GezagGeschorst, Voogdij], Vots, RaadOmOfOuder, [new("bedreiging", "De acute en ernstige bedreiging ontbreekt.")]) { IsVanRechter = true, Maximum = "vots" },
        new("T08", [Vrijwillig, Drang, Vots], Ots, RaadOmOfOuder, [new("bedreigingen", "De concrete bedreigingen uit de beschikking ontbreken.")]) { IsVanRechter = true, Maximum = "ots" },
        new("T09", [Vots], Vrijwillig, [Kinderrechter], []) { IsVanRechter = true },
        new("T09", [Vots], Drang, [Kinderrechter], []) { IsVanRechter = true },
        new("T10", [Ots], Ots, [Gi, .. new[] { Raad, Om, Ouder }.Select(v => v with { Alleen = GiVerzoektNiet })], []) { IsVanRechter = true, Maximum = "ots-verlenging" },
        new("T11", [Ots], Vrijwillig, [Gi, Raad, Ouder, Minderjarige], [new("warmeOverdracht", "Wie het gezin na de maatregel begeleidt ontbreekt; die heeft de warme overdracht aanvaard.")]) { IsVanRechter = true },
        new("T12", [Ots, Vots], GezagGeschorst, [Raad, Om, Pleegouder], []) { IsVanRechter = true, Maximum = "schorsing-gezag" },
        new("T13", [Ots, GezagGeschorst], Voogdij, [Raad, Om, Pleegouder], []) { IsVanRechter = true },
        new("T14", [Voogdij], Ots, [Ouder], []) { IsVanRechter = true, Maximum = "ots" },
        new("T14", [Voogdij], Vrijwillig, [Ouder], []) { IsVanRechter = true },
    ];

    internal static KaderRegel? Regel(string van, string naar) => Regels.SingleOrDefault(r => r.Van.Contains(van) && r.Naar == naar);
}

/// <summary>Een overgang die mag, en wat daarvoor nodig is.</summary>
/// <param name="Nummer">Zoals in de lijst van kaderovergangen.</param>
internal sealed record KaderRegel(string Nummer, string[] Van, string Naar, IReadOnlyList<Verzoeker> Verzoekers, IReadOnlyList<Bewijsstuk> Bewijs)
{
    /// <summary>Alleen met een beschikking.</summary>
    public bool IsVanRechter { get; init; }

    /// <summary>De termijn uit het boek die de langste duur is; leeg als de beschikking geen einddatum hoeft te hebben.</summary>
    public string? Maximum { get; init; }

    /// <summary>Er komt een GI bij, of een andere.</summary>
    public bool VraagtGi => Kaders.IsGedwongen(Naar) && !Van.Contains(Naar);
}

/// <summary>Wie om een overgang kan vragen.</summary>
/// <param name="Alleen">Wat er dan ook moet blijken; leeg voor wie het altijd kan.</param>
internal sealed record Verzoeker(string Naam, Bewijsstuk? Alleen = null);

/// <param name="Ontbreekt">De zin als het er niet is.</param>
internal sealed record Bewijsstuk(string Naam, string Ontbreekt);

/// <summary>Een vastgelegde wisseling van kader, met het bewijs waarop zij berust.</summary>
public sealed class Kaderovergang
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string KindRef { get; init; }
    public required string Van { get; init; }
    public required string Naar { get; init; }

    /// <summary>De bewijsstukken, als JSON-object.</summary>
    public required string Bewijs { get; init; }
    public required string Bron { get; init; }

    /// <summary>Wie erom vroeg; leeg bij wat is vastgelegd voordat dit werd gevraagd.</summary>
    public string? VerzoekDoor { get; init; }

    /// <summary>De beschikking die vanaf dan geldt, of die het kader beeindigt; leeg zonder rechter.</summary>
    public Guid? BeschikkingId { get; init; }
    public required Guid DoorId { get; init; }
    public required DateTimeOffset Vanaf { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }
}

public sealed partial class Casus
{
    private readonly List<Kaderovergang> _kaderovergangen = [];

    public IReadOnlyList<Kaderovergang> Kaderovergangen => _kaderovergangen;

    /// <summary>Toetst een wisseling van kader en legt haar vast. De stroom voert haar uit; de regie beweegt niet.</summary>
    /// <param name="uitspraak">De beschikking; leeg als er geen rechter bij kwam.</param>
    internal Kaderovergang KaderovergangVastleggen(Guid id, Actor actor, string kindRef, string naar, IReadOnlyDictionary<string, string> bewijs, string bewijsJson, string bron, DateTimeOffset vanaf, DateTimeOffset nu, string? verzoekDoor = null, Uitspraak? uitspraak = null)
    {
        EisOpen();
        var kind = KindVan(kindRef);
        var lopend = Lopend(Lijnen.Kader, kindRef);
        var van = lopend.Waarde;
        var regel = Kaders.Regel(van, naar)
            ?? throw new Geweigerd(van == naar ? $"Het kader van dit kind is al {naar}." : $"Van {van} naar {naar} is er geen overgang; het kader verandert in de stappen die de wet kent.") { Afspraak = van == naar ? null : "kader" };
        if (regel.IsVanRechter && uitspraak is null)
            throw new Geweigerd($"Van {van} naar {naar} gaat alleen met een beschikking van de rechter.") { Afspraak = "kader" };
        // What a court decided may also be recorded by who carries it out, and by the service that received it.
        if (!(regel.IsVanRechter ? new[] { Rol.Gi, Rol.Leidinggevende, Rol.Dienst } : [Rol.Rvt]).Contains(actor.Rol))
            EisHouder(actor, "het kader wijzigen");

        verzoekDoor ??= regel.IsVanRechter ? null : actor.Rol == Rol.Rvt ? "rvt" : "lokaal-team";
        var verzoeker = regel.Verzoekers.FirstOrDefault(v => v.Naam == verzoekDoor);
        var invoer = new Invoer()
            .Eis(verzoeker is not null, "/verzoekDoor", $"Kies wie hierom vroeg uit {string.Join(", ", regel.Verzoekers.Select(v => v.Naam))}.")
            .EisAlles(regel.Bewijs.Concat(verzoeker?.Alleen is { } alleen ? [alleen] : []).Select(stuk => (bewijs.TryGetValue(stuk.Naam, out var tekst) && !string.IsNullOrWhiteSpace(tekst), $"/bewijs/{stuk.Naam}", stuk.Ontbreekt)));
        if (regel.IsVanRechter)
            uitspraak!.Toets(invoer, regel.Maximum, regel.VraagtGi, verlengt: regel.Van.Contains(naar) ? LopendeBeschikking(kind)?.Einddatum : null);
        invoer.Klaar();
        if (vanaf > nu)
            throw new Geweigerd("Dit moment ligt in de toekomst; leg het vast als het is gebeurd.");
        if (vanaf < lopend.Vanaf && vanaf != nu)
            throw new Geweigerd("Dit moment ligt voor het begin van het kader dat nu geldt; leg vast wat daarna gebeurde.");

        var overgang = new Kaderovergang { Id = id, CasusId = Id, KindRef = kindRef, Van = van, Naar = naar, Bewijs = bewijsJson, Bron = bron, VerzoekDoor = verzoekDoor, BeschikkingId = regel.IsVanRechter ? BeschikkingOpnemen(uitspraak!, naar, kind, actor, vanaf, nu) : null, DoorId = actor.Id, Vanaf = vanaf, VastgelegdOp = nu };
        _kaderovergangen.Add(overgang);
        return overgang;
    }

    /// <summary>Voert een vastgelegde overgang uit: de kaderlijn van het kind, en wat bij een maatregel hoort. De regie beweegt niet.</summary>
    internal Maatregelwissel KaderWijzigen(Guid kaderovergangId, DateTimeOffset nu)
    {
        var overgang = _kaderovergangen.SingleOrDefault(k => k.Id == kaderovergangId) ?? throw Geweigerd.NietGevonden("Deze kaderovergang");
        if (Lopend(Lijnen.Kader, overgang.KindRef).Waarde != overgang.Van)
            throw new Geweigerd("Het kader van dit kind is intussen veranderd.");
        var periode = Verleg(Lijnen.Kader, overgang.KindRef, overgang.Naar, overgang.Vanaf, nu, $"van {overgang.Van} naar {overgang.Naar}", overgang.Bron);
        if (Kaders.IsGedwongen(overgang.Van) && !Kaders.IsGedwongen(overgang.Naar))
            Meld(new KaderBeeindigd(Id, overgang.KindRef, overgang.Van, periode.Vanaf));
        Meld(new KaderGewijzigd(Id, overgang.KindRef, overgang.Van, overgang.Naar, $"kaderovergang {overgang.Id}", periode.Vanaf));
        return MaatregelVolgen(overgang, periode.Vanaf, nu);
    }
}
