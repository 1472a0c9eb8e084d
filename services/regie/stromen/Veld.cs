namespace NetwerkRegie.Regie;

/// <summary>Iets dat bij een blokje wordt ingevuld, of dat eruit komt.</summary>
/// <param name="Naam">De naam in het bestand van de stroom.</param>
/// <param name="Titel">De naam voor wie tekent.</param>
internal sealed record Veld(string Naam, string Titel, string Uitleg, VeldSoort Soort = VeldSoort.Tekst)
{
    /// <summary>Zonder dit wordt de stroom niet gepubliceerd.</summary>
    public bool IsVerplicht { get; init; }

    /// <summary>Waaruit te kiezen is; leeg is vrij.</summary>
    public IReadOnlyList<string> Keuzes { get; init; } = [];

    public static readonly Veld Termijn = new("termijn", "Termijn", "Hoe lang wachten gewoon is: een naam uit het termijnboek, of een duur zoals 5 werkdagen.", VeldSoort.Termijn) { IsVerplicht = true };

    public static readonly Veld Vlottrekker = new("vlottrekker", "Vlottrekker", "Wie kan helpen als het wachten te lang duurt.") { IsVerplicht = true };

    /// <summary>Het nummer van waar de stap over gaat; komt meestal uit de invoer van de stroom.</summary>
    public static Veld Nummer(string naam, string titel) => new(naam, titel, $"Het nummer van de {titel.ToLowerInvariant()}.") { IsVerplicht = true };
}

internal enum VeldSoort
{
    Tekst,
    Lijst,
    Termijn,

    /// <summary>Een tijdstip in ISO 8601.</summary>
    Moment,
    JaNee,
    Object,
}
