namespace NetwerkRegie.Regie;

/// <summary>Breekt een overdracht af waarvan het gesprek is gevoerd, maar die niet kon doorgaan. De regie blijft waar zij is.</summary>
internal sealed class OverdrachtAfbreken : Stap
{
    public override string Titel => "Overdracht afbreken";

    public override string Uitleg => "Na het gesprek kon de regie niet overgaan: zij blijft waar zij is, en een nieuw voorstel kan weer.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("overdrachtId", "Overdracht")];

    public override IReadOnlyList<string> Uitgangen => [Klaar];

    public override IReadOnlyList<Overgang> Overgangen { get; } = [new(Onderwerp.Overdracht, Overdracht.GesprekGevoerd, Klaar, Onderwerp.Dicht)];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        (await stap.Burst.CasusAsync()).OverdrachtAfbreken(stap.EisId("overdrachtId"), stap.Nu);
        return Uitkomst.Klaar;
    }
}
