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

    /// <summary>De overgangen die zonder rechter kunnen, met wie mag beginnen en wat er op tafel moet liggen.</summary>
    internal static readonly IReadOnlyList<KaderRegel> Regels =
    [
        // Ontwerpkeuze op de praktijk van de beschermtafel: twee paar ogen, en het gezin heeft gesproken.
        new(Vrijwillig, Drang, [Rol.Regisseur, Rol.Rvt],
        [
            new("analyse", "De gezamenlijke verklarende analyse ontbreekt."),
            new("voorwaarden", "De voorwaarden met een datum ontbreken."),
            new("zienswijzeGezin", "De zienswijze van het gezin ontbreekt; ook oneens is een zienswijze."),
            new("rvtConsult", "Het advies van het RVT ontbreekt; over drang beslist de regisseur niet alleen."),
        ]),
        new(Drang, Vrijwillig, [Rol.Regisseur, Rol.Rvt],
        [
            new("evaluatie", "De evaluatie van de voorwaarden ontbreekt."),
            new("zienswijzeGezin", "De zienswijze van het gezin ontbreekt; ook oneens is een zienswijze."),
        ]),
    ];
}

/// <summary>Een overgang die mag, en wat daarvoor nodig is.</summary>
internal sealed record KaderRegel(string Van, string Naar, Rol[] MagBeginnen, IReadOnlyList<Bewijsstuk> Bewijs);

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
    public required Guid DoorId { get; init; }
    public required DateTimeOffset Vanaf { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }
}

public sealed partial class Casus
{
    private readonly List<Kaderovergang> _kaderovergangen = [];

    public IReadOnlyList<Kaderovergang> Kaderovergangen => _kaderovergangen;

    /// <summary>Toetst een wisseling van kader en legt haar vast. De stroom voert haar uit; de regie beweegt niet.</summary>
    internal Kaderovergang KaderovergangVastleggen(Guid id, Actor actor, string kindRef, string naar, IReadOnlyDictionary<string, string> bewijs, string bewijsJson, string bron, DateTimeOffset vanaf, DateTimeOffset nu)
    {
        EisOpen();
        KindVan(kindRef);
        var van = Lopend(Lijnen.Kader, kindRef).Waarde;
        if (van == naar)
            throw new Geweigerd($"Het kader van dit kind is al {naar}.");
        var regel = Kaders.Regels.SingleOrDefault(r => r.Van == van && r.Naar == naar)
            ?? throw new Geweigerd($"Van {van} naar {naar} gaat alleen met een beschikking van de rechter; die is hier nog niet vast te leggen.");
        if (!regel.MagBeginnen.Contains(actor.Rol))
            throw Geweigerd.GeenRecht("Alleen de regisseur of het RVT kan deze overgang beginnen.");
        if (actor.Rol == Rol.Regisseur)
            EisHouder(actor, "het kader wijzigen");
        new Invoer().EisAlles(regel.Bewijs.Select(stuk => (bewijs.TryGetValue(stuk.Naam, out var tekst) && !string.IsNullOrWhiteSpace(tekst), $"/bewijs/{stuk.Naam}", stuk.Ontbreekt))).Klaar();
        if (vanaf > nu)
            throw new Geweigerd("Dit moment ligt in de toekomst; leg het vast als het is gebeurd.");

        var overgang = new Kaderovergang { Id = id, CasusId = Id, KindRef = kindRef, Van = van, Naar = naar, Bewijs = bewijsJson, Bron = bron, DoorId = actor.Id, Vanaf = vanaf, VastgelegdOp = nu };
        _kaderovergangen.Add(overgang);
        return overgang;
    }

    /// <summary>Voert een vastgelegde overgang uit op de kaderlijn van het kind.</summary>
    internal void KaderWijzigen(Guid kaderovergangId, DateTimeOffset nu)
    {
        var overgang = _kaderovergangen.SingleOrDefault(k => k.Id == kaderovergangId) ?? throw Geweigerd.NietGevonden("Deze kaderovergang");
        if (Lopend(Lijnen.Kader, overgang.KindRef).Waarde != overgang.Van)
            throw new Geweigerd("Het kader van dit kind is intussen veranderd.");
        var periode = Verleg(Lijnen.Kader, overgang.KindRef, overgang.Naar, overgang.Vanaf, nu, $"van {overgang.Van} naar {overgang.Naar}", overgang.Bron);
        Meld(new KaderGewijzigd(Id, overgang.KindRef, overgang.Van, overgang.Naar, $"kaderovergang {overgang.Id}", periode.Vanaf));
    }
}
