namespace NetwerkRegie.Contracts;

/// <summary>
/// Iets dat in een casus is gebeurd en dat anderen mogen weten. Draagt nummers, geen inhoud: wie meer wil weten leest de casus met
/// eigen rechten.
/// </summary>
public interface IGebeurtenis
{
    /// <summary>In welke casus, of <see cref="GeenCasus"/>.</summary>
    Guid CasusId { get; }

    /// <summary>Wat over de regio zelf gaat en over geen casus, zoals een dienst die zwijgt, staat onder dit nummer: de nil UUID.</summary>
    static Guid GeenCasus => Guid.Empty;
}

/// <summary>De naam van een gebeurtenis in de catalogus: waarover het gaat in het meervoud, een punt, en wat er gebeurde.</summary>
/// <param name="naam">Bijvoorbeeld <c>regie.overgedragen</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class GebeurtenisAttribute(string naam) : Attribute
{
    public string Naam { get; } = naam;
}
