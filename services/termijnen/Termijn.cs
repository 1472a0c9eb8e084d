namespace NetwerkRegie.Termijnen;

public enum Eenheid
{
    Minuut,
    Uur,
    Dag,
    Werkdag,
    Week,
    Maand,
    Jaar,

    /// <summary>Lesuren binnen een venster van lesweken: een telling, geen klok.</summary>
    Lesuur,
}

/// <summary>Hoe een termijn wordt geteld. Dit staat per termijn vast, omdat de bron ervan het bepaalt en niet de eenheid.</summary>
public enum Rekenwijze
{
    /// <summary>Naar de Algemene termijnenwet: zie <see cref="Termijn.LaatsteDag"/>.</summary>
    Atw,

    /// <summary>Alleen werkdagen tellen. Zo telt een termijn alleen waar de bron zelf van werkdagen spreekt.</summary>
    Werkdagen,

    /// <summary>Elke dag telt en het einde verschuift nooit.</summary>
    Kalenderdagen,

    /// <summary>Werkelijk verstreken uren of minuten, ook als de klok verspringt.</summary>
    Uren,

    /// <summary>De geldigheid van een maatregel: de eerste dag telt mee, dus een jaar vanaf 26 juni loopt af op 26 juni om 00:00.</summary>
    Duur,

    /// <summary>Zoveel dagen later op dezelfde kloktijd.</summary>
    Kloktijd,

    /// <summary>Telt iets anders dan tijd en verloopt dus nooit vanzelf.</summary>
    Telling,
}

/// <summary>Wat een termijn gewicht geeft.</summary>
public enum Soort
{
    /// <summary>Een wet of algemene maatregel van bestuur.</summary>
    Wet,

    /// <summary>Een protocol van de organisatie die zich eraan houdt.</summary>
    Protocol,

    /// <summary>Een norm van een toezichthouder of een voorbeeld van elders.</summary>
    Norm,

    /// <summary>Een van de documenten waarin deze manier van samenwerken is beschreven.</summary>
    Bron,

    /// <summary>Een keuze van dit systeem, tot de regio een eigen afspraak heeft.</summary>
    Ontwerp,
}

/// <summary>
/// Hoe lang iets mag duren, hoe dat wordt geteld en waar dat staat. Weet niets van een casus: wie een begin geeft, krijgt het einde.
/// </summary>
/// <param name="Start">Waarmee de termijn begint, in woorden.</param>
/// <param name="Aantal">
/// Negatief bij een termijn die vanaf een einddatum terugtelt. Leeg als er geen getal bekend is: dan vult de regio het in, want raden mag niet.
/// </param>
/// <param name="Zekerheid">
/// A: wettekst gelezen, toestand 2023 of later. B: wettekst gelezen, oudere toestand. C: uit de tweede hand.
/// D: algemeen bekend, niet nagelezen. Een streepje: geen wet, dus niets om na te lezen.
/// </param>
/// <param name="WaarschuwBijProcent">Na welk deel van de termijn iemand een seintje krijgt.</param>
public sealed record Termijn(
    string Id,
    string Naam,
    string Start,
    int? Aantal,
    Eenheid Eenheid,
    Rekenwijze Rekenwijze,
    Soort Soort,
    string Zekerheid,
    string Bron,
    IReadOnlyList<int> WaarschuwBijProcent,
    string? Opmerking = null)
{
    /// <summary>
    /// De laatste dag die nog meetelt; bij uren de dag waarop het laatste uur afloopt. De dag van het begin telt niet mee, en
    /// een maand na 31 januari is de laatste dag van februari.
    /// </summary>
    /// <remarks>
    /// Onder de Atw schuift een einde op een zaterdag, zondag of feestdag door naar de eerstvolgende werkdag (art. 1 lid 1) en
    /// heeft een termijn van drie dagen of meer ten minste twee werkdagen (art. 2). De wet laat termijnen van meer dan 90 dagen,
    /// twaalf weken of drie maanden ongemoeid, net als uren en jaren (art. 4), en verschuift niets dat terugtelt (art. 1 lid 2).
    /// Een termijn die terugtelt, valt op de gevonden dag zelf.
    /// </remarks>
    public DateOnly LaatsteDag(DateTimeOffset start)
    {
        var dag = NederlandseKalender.DatumVan(start);
        return Rekenwijze switch
        {
            Rekenwijze.Uren => NederlandseKalender.DatumVan(Verloopt(start)),
            Rekenwijze.Werkdagen => NederlandseKalender.TelWerkdagen(dag, AantalOfFout),
            Rekenwijze.Duur => Geteld(dag).AddDays(-1),
            Rekenwijze.Atw when AtwGeldt => VolgensAtw(dag),
            _ => Geteld(dag),
        };
    }

    /// <summary>
    /// Het moment, in UTC, waarop de termijn voorbij is: 00:00 in Amsterdam na de laatste dag. Uren en kloktijden eindigen
    /// midden op de dag. Wat terugtelt, is voorbij zodra de gevonden dag begint: dan rest precies het aantal.
    /// </summary>
    public DateTimeOffset Verloopt(DateTimeOffset start) => Rekenwijze switch
    {
        Rekenwijze.Uren => start.ToUniversalTime() + (AantalOfFout * (Eenheid == Eenheid.Minuut ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1))),
        Rekenwijze.Kloktijd => NederlandseKalender.Moment(LaatsteDag(start), TimeOnly.FromDateTime(NederlandseKalender.LokaalAls(start).DateTime)),
        _ => NederlandseKalender.Begin(TeltTerug ? LaatsteDag(start) : LaatsteDag(start).AddDays(1)),
    };

    public bool TeltTerug => Aantal < 0;

    private int AantalOfFout => Aantal ?? throw new InvalidOperationException($"Termijn '{Id}' heeft nog geen aantal; de regio moet het invullen.");

    private bool AtwGeldt => (Eenheid, AantalOfFout) is (Eenheid.Dag, > 0 and <= 90) or (Eenheid.Week, > 0 and <= 12) or (Eenheid.Maand, > 0 and <= 3);

    private DateOnly VolgensAtw(DateOnly dag)
    {
        var einde = Geteld(dag);
        if (!NederlandseKalender.IsWerkdag(einde))
        {
            einde = NederlandseKalender.VolgendeWerkdag(einde);
        }

        var tweedeWerkdag = NederlandseKalender.TelWerkdagen(dag, 2);
        var isKort = Eenheid == Eenheid.Dag && AantalOfFout < 3;
        return isKort || einde >= tweedeWerkdag ? einde : tweedeWerkdag;
    }

    private DateOnly Geteld(DateOnly dag) => Eenheid switch
    {
        Eenheid.Dag => dag.AddDays(AantalOfFout),
        Eenheid.Week => dag.AddDays(7 * AantalOfFout),
        Eenheid.Maand => dag.AddMonths(AantalOfFout),
        Eenheid.Jaar => dag.AddYears(AantalOfFout),
        _ => throw new InvalidOperationException($"Termijn '{Id}' telt in {Eenheid} en heeft dus geen laatste dag."),
    };
}
