namespace NetwerkRegie.Regie;

/// <summary>Verplaatst de regie naar de ontvanger, vanaf het einde van het gevoerde gesprek.</summary>
internal sealed class RegieOverdragen : Stap
{
    public override string Titel => "Regie overdragen";

    public override string Uitleg => "Verplaatst de regie naar wie haar aanvaardde, vanaf het einde van het gevoerde gesprek.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("overdrachtId", "Overdracht")];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Overdracht, Overdracht.GesprekGevoerd, Klaar, Overdracht.Effectief),
        new(Onderwerp.Overdracht, Overdracht.GesprekGevoerd, Geweigerd, Overdracht.GesprekGevoerd),
    ];

    public override string Verlegt => Lijnen.Regie;

    public override IReadOnlyList<string> Uitgangen => [Klaar, Geweigerd];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        await NoodgesprekAfwachten.LaatVerleggenAsync(stap.Burst, casus => casus.RegieOverdragen(stap.EisId("overdrachtId"), stap.Nu));
        return Uitkomst.Klaar;
    }
}

/// <summary>De oude regisseur blijft een tijd bereikbaar voor het gezin.</summary>
internal sealed class NazorgBieden : Stap
{
    public override string Titel => "Nazorg bieden";

    public override string Uitleg => "De vorige regisseur blijft bereikbaar voor het gezin, tot de termijn voorbij is.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("overdrachtId", "Overdracht"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Overdracht, Overdracht.Effectief, "Voorbij", Onderwerp.Dicht),
    ];

    public override IReadOnlyList<string> Uitgangen => [BijVerlopen];

    public override string BijVerlopen => "Voorbij";

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var overdrachtId = stap.EisId("overdrachtId");
        var tot = stap.Termijn() ?? throw new InvalidOperationException("Nazorg heeft een einde.");
        var casus = await stap.Burst.CasusAsync();
        casus.NazorgBeginnen(overdrachtId, tot);
        return stap.Wacht("Bereikbaar blijven voor het gezin", Uitgangen, overdrachtId.ToString(), voorId: casus.Overdrachten.Single(o => o.Id == overdrachtId).NazorgDoorId);
    }

    public override async Task Verloop(Burst burst, Wachtpunt wachtpunt) =>
        (await burst.CasusAsync()).NazorgBeeindigen(Guid.Parse(wachtpunt.Sleutel!), burst.Nu);
}
