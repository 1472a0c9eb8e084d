namespace NetwerkRegie.Regie;

/// <summary>
/// Iets van een casus dat een stroom begint af te handelen en niet mag laten liggen. Een stroom die het nummer ervan als invoer
/// krijgt, eindigt pas als het <see cref="Dicht"/> is.
/// </summary>
/// <param name="Invoer">De invoer van de stroom waaraan te zien is dat het hierover gaat.</param>
/// <param name="Begin">Hoe ver het is als de stroom begint.</param>
/// <param name="Aanleiding">Hoe het verhaal begint.</param>
/// <param name="BlijftLiggen">Wat er mis is als de stroom eindigt en het nog open is.</param>
internal sealed record Onderwerp(string Naam, string Invoer, string Begin, string Aanleiding, string BlijftLiggen)
{
    public const string Dicht = "dicht";

    /// <summary>De casus zelf: die is er al, behalve soms als de stroom met een melding begint.</summary>
    public static readonly Onderwerp Casus = new("casus", "", "open", "", "");
    public const string GeenCasus = "geen";

    public static readonly Onderwerp Melding = new("melding", "melding", "ontvangen", "Er komt een melding over een gezin binnen.", "Het gezin heeft dan geen casus en geen regisseur.");
    public static readonly Onderwerp Overdracht = new("overdracht", "overdrachtId", Regie.Overdracht.Voorgesteld, "De regisseur stelt voor de regie aan een collega over te dragen.", "De overdracht blijft dan open, en een nieuw voorstel kan niet meer.");
    public static readonly Onderwerp Noodoverdracht = new("noodoverdracht", "noodoverdrachtId", Regie.Noodoverdracht.Gemeld, "De leidinggevende draagt de regie in nood over.", "Het gesprek met het gezin na de noodoverdracht komt er dan niet.");
    public static readonly Onderwerp Vervanging = new("vervanging", "vervangingId", Regie.Vervanging.Gepland, "Voor de regisseur wordt een vervanging geregeld.", "De vervanging blijft dan open, en een volgende kan niet meer.");
    public static readonly Onderwerp Opschaling = new("opschaling", "opschalingId", Regie.Opschaling.Gevraagd, "De regisseur vraagt om op te schalen.", "De vraag om op te schalen blijft dan zonder antwoord.");
    public static readonly Onderwerp Kaderovergang = new("kaderovergang", "kaderovergangId", "vastgelegd", "Voor een kind is een ander kader vastgelegd.", "Het kader van het kind verandert dan niet, en niemand hoort dat.");
    public static readonly Onderwerp Handeling = new("handeling", "handelingId", "geparkeerd", "Een handeling komt voor wat eraan voorafging.", "Wat iemand vastlegde raakt dan kwijt.");
    public static readonly Onderwerp Knelpunt = new("knelpunt", "knelpuntId", "gemeld", "Er is een knelpunt gemeld.", "Over het knelpunt is dan niets besloten.");

    public static readonly Onderwerp Beschikking = new("beschikking", "beschikkingId", "loopt", "De rechter heeft een maatregel opgelegd.", "De maatregel loopt dan af zonder dat iemand het ziet.");
    public static readonly Onderwerp Uitvoerder = new("uitvoerder", "uitvoerderVoorId", "gevraagd", "De GI moet zeggen wie een maatregel uitvoert.", "Niemand voert de maatregel dan uit.");
    public static readonly Onderwerp Horen = new("spoedbeschikking", "horenVoorId", "ongehoord", "De rechter besliste met spoed, zonder het gezin te horen.", "Het gezin wordt dan niet gehoord, en de beschikking vervalt niet.");
    public static readonly Onderwerp Raadsonderzoek = new("raadsonderzoek", "vtoId", Regie.Raadsonderzoek.Gevraagd, "De Raad is om een onderzoek gevraagd.", "Niemand wacht dan nog op de Raad.");

    public static readonly IReadOnlyList<Onderwerp> Alle = [Melding, Overdracht, Noodoverdracht, Vervanging, Opschaling, Kaderovergang, Knelpunt, Handeling, Beschikking, Uitvoerder, Horen, Raadsonderzoek];
}

/// <summary>Als het onderwerp zo ver is, kan de stap deze uitgang nemen; daarna is het zo ver.</summary>
internal sealed record Overgang(Onderwerp Onderwerp, string Van, string Uitgang, string Naar);
