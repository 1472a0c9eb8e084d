namespace NetwerkRegie.Regie;

/// <summary>Verplaatst de regie naar de ontvanger, vanaf het einde van het gevoerde gesprek.</summary>
internal sealed class RegieOverdragen : Stap
{
    public override string Titel => "Regie overdragen";

    public override IReadOnlyList<string> Uitgangen => [Klaar, Geweigerd];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var casus = await stap.Burst.CasusAsync();
        var waarneming = casus.Vervangingen.SingleOrDefault(v => v.Status == Vervanging.Actief);
        casus.RegieOverdragen(stap.EisId("overdrachtId"), stap.Nu);

        // Wie waarnam hoeft nergens meer op te wachten.
        if (waarneming is not null && await stap.Burst.WachtpuntAsync("NetwerkRegie.TerugkeerAfwachten", waarneming.Id.ToString()) is { } wachtpunt)
            await stap.Burst.VervolgAsync(wachtpunt, TerugkeerAfwachten.Vervallen, null);
        return Uitkomst.Klaar;
    }
}

/// <summary>De oude regisseur blijft een tijd bereikbaar voor het gezin.</summary>
internal sealed class NazorgBieden : Stap
{
    public override string Titel => "Nazorg bieden";

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
