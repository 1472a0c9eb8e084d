namespace NetwerkRegie.Toezicht;

/// <summary>De toestanden zoals een lezer ze leest; kleur is nooit het enige teken.</summary>
internal static class Toestand
{
    public static readonly string[] Alle = ["GEBLOKKEERD", "WACHT_TE_LANG", "GEEN_GEGEVENS", "HERSTEL", "WACHT", "LOOPT"];

    /// <summary>Waar iemand naar moet kijken.</summary>
    public static readonly string[] VraagtAandacht = ["GEBLOKKEERD", "WACHT_TE_LANG", "GEEN_GEGEVENS", "HERSTEL"];

    public static string Naam(string? toestand) => toestand switch
    {
        "GEBLOKKEERD" => "Geblokkeerd",
        "WACHT_TE_LANG" => "Wacht te lang",
        "GEEN_GEGEVENS" => "Geen gegevens",
        "HERSTEL" => "In herstel",
        "WACHT" => "Wacht",
        "LOOPT" => "Loopt",
        _ => "Klaar",
    };

    public static string Klasse(string? toestand) => $"toestand toestand--{(toestand ?? "klaar").ToLowerInvariant().Replace('_', '-')}";

    /// <summary>De naam van een contract als woorden.</summary>
    public static string Woorden(string contract) => string.Concat(contract.Select((c, i) => i == 0 ? $"{c}" : char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    /// <summary>De naam van een tekening, zoals zij in een zin staat.</summary>
    public static string Stroom(string id) => id.Length == 0 ? id : char.ToUpperInvariant(id[0]) + id[1..].Replace('-', ' ');
}
