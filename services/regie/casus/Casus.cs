using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// De samenwerking rond een gezin: vier lijnen en wat er op die lijnen onderweg is. Elke verandering heeft een naam en een
/// regel; wat niet mag wordt geweigerd met een zin en verandert niets. Zolang de casus open is, heeft zij precies een regisseur.
/// </summary>
public sealed partial class Casus
{
    // Twee veranderingen op hetzelfde klokmoment volgen elkaar op; een periode duurt altijd iets.
    private static readonly TimeSpan KortstePeriode = TimeSpan.FromMilliseconds(1);

    private readonly List<Periode> _perioden = [];
    private readonly List<Kind> _kinderen = [];
    private readonly List<object> _gebeurtenissen = [];

    public required Guid Id { get; init; }

    /// <summary>Pseudoniem van het gezin.</summary>
    public required string GezinRef { get; init; }
    public required string Gemeente { get; init; }

    /// <summary>Het team dat de casus draagt; zijn leidinggevende is houder in laatste instantie.</summary>
    public required string TeamId { get; init; }

    /// <summary>De melding waarmee de casus begon.</summary>
    public required Guid MeldingId { get; init; }
    public required DateTimeOffset GeopendOp { get; init; }
    public DateTimeOffset? AfgeslotenOp { get; private set; }
    public bool IsOpen { get; private set; } = true;

    /// <summary>Het netwerk is afgeschaald en blijft bereikbaar.</summary>
    public bool IsNazorg { get; private set; }
    public int RegieVolgnr { get; private set; }
    public int SchaalVolgnr { get; private set; }

    public IReadOnlyList<Kind> Kinderen => _kinderen;

    /// <summary>De lopende perioden, een per lijn en kind. Wat voorbij is wordt niet geladen.</summary>
    public IReadOnlyList<Periode> Perioden => _perioden;

    /// <summary>Wie nu de regie houdt.</summary>
    public Guid HouderId => Guid.Parse(Regie.Waarde);

    /// <summary>De lopende periode van de regie.</summary>
    public Periode Regie => Lopend(Lijnen.Regie);

    /// <summary>Wat er sinds het laden is gebeurd en anderen moeten weten.</summary>
    internal IReadOnlyList<object> Gebeurtenissen => _gebeurtenissen;

    /// <summary>
    /// Opent een casus. Zij heeft vanaf het eerste moment een regisseur; wie dat is en wie waarneemt, staat in dezelfde transactie vast.
    /// </summary>
    /// <param name="isNoodhouder">Niemand uit het team kon; de leidinggevende houdt de regie tot er iemand is.</param>
    internal static Casus Openen(Guid id, Guid meldingId, string gezinRef, string gemeente, string teamId, IEnumerable<Contracts.Intake.Kind> kinderen, Guid regisseurId, bool isNoodhouder, int versieVanStroom, DateTimeOffset nu)
    {
        var casus = new Casus { Id = id, MeldingId = meldingId, GezinRef = gezinRef, Gemeente = gemeente, TeamId = teamId, GeopendOp = nu };
        var bron = $"melding {meldingId}";
        casus.Begin(Lijnen.Regie, "", regisseurId.ToString(), nu, "casus geopend", bron, isNoodhouder ? Merken.Noodhouder : null);
        casus.Begin(Lijnen.Schaal, "", Schalen.Lokaal, nu, "casus geopend", bron);
        foreach (var kind in kinderen)
        {
            casus._kinderen.Add(new Kind { CasusId = id, Ref = kind.Ref, Leeftijdsband = kind.Leeftijdsband });
            casus.Begin(Lijnen.Kader, kind.Ref, Kaders.Vrijwillig, nu, "casus geopend", bron);
            casus.Begin(Lijnen.Bevoegdheid, kind.Ref, GeenBevoegdheid, nu, "casus geopend", bron);
        }

        casus.Meld(new CasusGeopend(id, meldingId, gezinRef, [.. casus._kinderen.Select(k => k.Ref)], versieVanStroom));
        casus.Meld(new RegieToegekend(id, regisseurId, nu));
        if (isNoodhouder)
            casus.Meld(new NoodhouderAangewezen(id, regisseurId, nu));
        else
            casus.BeginBaan(Banen.VastGezicht, regisseurId, "eerste regisseur", null, nu);
        return casus;
    }

    /// <summary>Zonder maatregel heeft niemand de bevoegdheid van een maatregel; ook dat is een periode.</summary>
    public const string GeenBevoegdheid = "geen";

    /// <summary>Een nieuwe melding over hetzelfde gezin hoort bij deze casus; zij opent nooit een tweede.</summary>
    internal void Koppelen(Guid meldingId) => Meld(new MeldingGekoppeld(Id, meldingId));

    /// <summary>De lopende periode van een lijn.</summary>
    /// <exception cref="Geweigerd">De casus is afgesloten; dan loopt er geen.</exception>
    public Periode Lopend(string lijn, string onderdeel = "") => IsOpen
        ? _perioden.Single(p => p.Lijn == lijn && p.Onderdeel == onderdeel && p.IsOpen)
        : throw new Geweigerd("Deze casus is afgesloten.");

    /// <summary>Laat een nieuwe periode beginnen op het moment waarop de lopende eindigt.</summary>
    /// <param name="vanaf">Het moment in de wereld; het einde van een gesprek ligt vaak voor het moment van vastleggen.</param>
    private Periode Verleg(string lijn, string onderdeel, string waarde, DateTimeOffset vanaf, DateTimeOffset nu, string grond, string bron, string? merk = null, Guid? principaalId = null)
    {
        var lopend = Lopend(lijn, onderdeel);
        if (vanaf > nu)
            throw new Geweigerd("Dit moment ligt in de toekomst; leg het vast als het is gebeurd.");
        if (vanaf < lopend.Vanaf && vanaf != nu)
            throw new Geweigerd("Dit moment ligt voor het begin van de lopende periode; de lijn zou dan overlappen.") { Afspraak = "R1" };
        // Ook als de klok van deze computer achterloopt op die van een andere, of wordt teruggezet.
        if (vanaf <= lopend.Vanaf)
            vanaf = lopend.Vanaf + KortstePeriode;
        lopend.Beeindig(vanaf, nu < vanaf ? vanaf : nu);
        return Begin(lijn, onderdeel, waarde, vanaf, grond, bron, merk, principaalId, lopend.Volgnr, lopend.EindeVastgelegdOp!.Value);
    }

    private Periode Begin(string lijn, string onderdeel, string waarde, DateTimeOffset vanaf, string grond, string bron, string? merk = null, Guid? principaalId = null, int? vorig = null, DateTimeOffset? vastgelegdOp = null)
    {
        var periode = new Periode
        {
            CasusId = Id,
            Lijn = lijn,
            Onderdeel = onderdeel,
            Volgnr = (vorig ?? 0) + 1,
            VorigVolgnr = vorig,
            Waarde = waarde,
            Merk = merk,
            PrincipaalId = principaalId,
            Grond = grond,
            Bron = bron,
            Vanaf = vanaf,
            VastgelegdOp = vastgelegdOp ?? vanaf,
        };
        _perioden.Add(periode);
        switch (lijn)
        {
            case Lijnen.Regie: RegieVolgnr = periode.Volgnr; break;
            case Lijnen.Schaal: SchaalVolgnr = periode.Volgnr; break;
            case Lijnen.Kader: KindVan(onderdeel).KaderVolgnr = periode.Volgnr; break;
            case Lijnen.Bevoegdheid: KindVan(onderdeel).BevoegdheidVolgnr = periode.Volgnr; break;
        }

        return periode;
    }

    private Kind KindVan(string verwijzing) => _kinderen.SingleOrDefault(k => k.Ref == verwijzing) ?? throw Geweigerd.NietGevonden("Dit kind");

    private void EisOpen()
    {
        if (!IsOpen)
            throw new Geweigerd("Deze casus is afgesloten.");
    }

    private void EisHouder(Actor actor, string wat)
    {
        EisOpen();
        if (actor.Id != HouderId)
            throw Geweigerd.GeenRecht($"Alleen wie nu de regie houdt kan {wat}.");
    }

    private void Meld(object gebeurtenis) => _gebeurtenissen.Add(gebeurtenis);
}

/// <summary>Merken op een periode van de regie.</summary>
public static class Merken
{
    /// <summary>Houdt de regie namens een ander.</summary>
    public const string Waarnemend = "waarnemend";

    /// <summary>Houder in laatste instantie.</summary>
    public const string Noodhouder = "noodhouder";

    /// <summary>Kreeg de regie in nood; het warme gesprek volgde daarna.</summary>
    public const string Nood = "noodoverdracht";

    /// <summary>Niemand: de casus was gesloten en is later heropend.</summary>
    public const string Afgesloten = "afgesloten";
}
