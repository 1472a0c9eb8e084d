namespace NetwerkRegie.Contracts;

/// <summary>
/// Welke stap van welke stroom iets vroeg. Het antwoord draagt dezelfde verwijzing terug, zodat een laat of dubbel
/// antwoord te herkennen is.
/// </summary>
/// <param name="CasusId">De casus waarvoor de stroom loopt.</param>
/// <param name="StroomId">De lopende stroom (workflow instance).</param>
/// <param name="Wachtpunt">De bookmark waarop de stroom wacht; uniek binnen de stroom.</param>
public sealed record StapRef(Guid CasusId, Guid StroomId, string Wachtpunt);

/// <summary>Maakt van een opdracht een stap die een ontwerper in een stroom kan slepen.</summary>
/// <param name="titel">De naam op het blokje, zoals een regisseur de stap noemt.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StapAttribute(string titel) : Attribute
{
    public string Titel { get; } = titel;
}

/// <summary>Een opdracht aan een andere dienst. Precies een dienst voert haar uit en antwoordt met een uitkomst.</summary>
public interface IOpdracht
{
    StapRef Stap { get; }
}

/// <summary>Een antwoord op een opdracht; de naam van het type is de uitgang van het blokje.</summary>
public interface IUitkomst
{
    StapRef Stap { get; }
}

/// <summary>Een antwoord op <typeparamref name="TOpdracht"/>.</summary>
public interface IUitkomstVan<TOpdracht> : IUitkomst
    where TOpdracht : IOpdracht;
