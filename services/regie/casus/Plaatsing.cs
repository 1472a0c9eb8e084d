using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Waar een kind woont. Staat los van het kader, behalve dat een uithuisplaatsing een maatregel vraagt.</summary>
public static class Plaatsingen
{
    public const string Thuis = "thuis";

    /// <summary>Uit huis geplaatst (BW 1:265b).</summary>
    public const string UitHuis = "uhp";

    /// <summary>Gesloten jeugdhulp (Jeugdwet hoofdstuk 6).</summary>
    public const string Gesloten = "gesloten";

    public static readonly string[] Alle = [Thuis, UitHuis, Gesloten];
}

/// <summary>Een stuk van de plaatsing van een kind, half open. Wie geen plaatsing heeft, is thuis.</summary>
public sealed class Plaatsing
{
    public required Guid CasusId { get; init; }
    public required string KindRef { get; init; }
    public required int Volgnr { get; init; }
    public required string Waarde { get; init; }

    /// <summary>De machtiging; leeg voor thuis.</summary>
    public required Guid? BeschikkingId { get; init; }
    public required string Grond { get; init; }
    public required string Bron { get; init; }
    public required Guid DoorId { get; init; }
    public required DateTimeOffset Vanaf { get; init; }
    public DateTimeOffset? Tot { get; internal set; }
    public required DateTimeOffset VastgelegdOp { get; init; }
    public DateTimeOffset? EindeVastgelegdOp { get; internal set; }
}

public sealed partial class Casus
{
    private readonly List<Plaatsing> _plaatsingLijn = [];

    /// <summary>Waar elk kind woonde en woont; wie nooit ergens anders woonde staat er niet in.</summary>
    public IReadOnlyList<Plaatsing> PlaatsingLijn => _plaatsingLijn;

    /// <summary>De lopende plaatsing; leeg voor wie altijd thuis woonde.</summary>
    internal Plaatsing? PlaatsingVan(string kindRef) => _plaatsingLijn.SingleOrDefault(p => p.KindRef == kindRef && p.Tot is null);

    /// <summary>Verandert waar een kind woont. Kader en regie bewegen niet.</summary>
    /// <param name="machtiging">De machtiging van de rechter; alleen naar huis gaat zonder.</param>
    /// <param name="raadsmelding">Dat de Raad vooraf hoorde dat het kind naar huis gaat.</param>
    internal Maatregelwissel Plaatsen(Actor actor, string kindRef, string naar, Uitspraak? machtiging, string? raadsmelding, string bron, DateTimeOffset vanaf, DateTimeOffset nu)
    {
        EisOpen();
        var kind = KindVan(kindRef);
        var lopend = PlaatsingVan(kindRef);
        var van = lopend?.Waarde ?? Plaatsingen.Thuis;
        if (actor.Rol != Rol.Gi)
            EisHouder(actor, "vastleggen waar een kind woont");
        if (van == naar && naar == Plaatsingen.Thuis)
            throw new Geweigerd("Dit kind woont al thuis.");
        if (naar == Plaatsingen.UitHuis && Lopend(Lijnen.Kader, kindRef).Waarde is not (Kaders.Ots or Kaders.Vots))
            throw new Geweigerd("Een uithuisplaatsing kan alleen bij een ondertoezichtstelling, ook een voorlopige.");
        if (naar != Plaatsingen.Thuis && machtiging is null)
            throw new Geweigerd("Een plaatsing buiten het gezin gaat alleen met een machtiging van de kinderrechter.");
        if (vanaf > nu)
            throw new Geweigerd("Dit moment ligt in de toekomst; leg het vast als het is gebeurd.");
        if (vanaf < (lopend?.Vanaf ?? GeopendOp))
            throw new Geweigerd("Dit moment ligt voor het begin van de plaatsing die nu geldt; leg vast wat daarna gebeurde.");
        if (naar == Plaatsingen.Thuis)
        {
            new Invoer().EisTekst(raadsmelding, "/raadsmelding", "Dat de Raad vooraf hoorde dat het kind naar huis gaat").Klaar();
            return PlaatsingVerleggen(kindRef, naar, null, $"van {van} naar {naar}", bron, actor.Id, vanaf, nu);
        }

        var invoer = new Invoer();
        // The legal maximum and the lapse of an unused authority are those of BW 1:265c; a closed placement has rules of its own.
        machtiging!.Toets(invoer, naar == Plaatsingen.UitHuis ? "muhp" : null, vraagtGi: false);
        invoer.Eis(machtiging.Einddatum is not null || naar == Plaatsingen.UitHuis, "/beschikking/einddatum", "De einddatum uit de beschikking ontbreekt.").Klaar();
        if (naar == Plaatsingen.UitHuis && van != naar && vanaf >= machtiging.Termijnen["muhp-verval"].Verloopt(NederlandseKalender.Begin(machtiging.Datum)))
            throw new Geweigerd("Deze machtiging is vervallen: zij is niet binnen drie maanden gebruikt.");
        return PlaatsingVerleggen(kindRef, naar, BeschikkingOpnemen(machtiging, naar, kind, actor, vanaf, nu), $"van {van} naar {naar}", bron, actor.Id, vanaf, nu);
    }

    private Maatregelwissel PlaatsingVerleggen(string kindRef, string naar, Guid? beschikkingId, string grond, string bron, Guid doorId, DateTimeOffset vanaf, DateTimeOffset nu)
    {
        var lopend = PlaatsingVan(kindRef);
        if (lopend is not null)
        {
            if (vanaf <= lopend.Vanaf)
                vanaf = lopend.Vanaf + KortstePeriode;
            (lopend.Tot, lopend.EindeVastgelegdOp) = (vanaf, nu < vanaf ? vanaf : nu);
        }

        _plaatsingLijn.Add(new Plaatsing
        {
            CasusId = Id,
            KindRef = kindRef,
            Volgnr = _plaatsingLijn.Count(p => p.KindRef == kindRef) + 1,
            Waarde = naar,
            BeschikkingId = beschikkingId,
            Grond = grond,
            Bron = bron,
            DoorId = doorId,
            Vanaf = vanaf,
            VastgelegdOp = nu < vanaf ? vanaf : nu,
        });
        Meld(new PlaatsingGewijzigd(Id, kindRef, naar, vanaf));
        var isEerste = beschikkingId is { } id && KinderenOnder(id).Count == 1;
        return new(
            isEerste ? BeschikkingMet(beschikkingId!.Value) : null,
            lopend?.BeschikkingId is { } oude && oude != beschikkingId && KinderenOnder(oude).Count == 0 ? [oude] : []);
    }
}
