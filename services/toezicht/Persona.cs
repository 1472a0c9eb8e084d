namespace NetwerkRegie.Toezicht;

/// <summary>Als wie iemand in de demonstratieregio kan werken.</summary>
/// <param name="Uitleg">Wat die mag.</param>
public sealed record Persona(Guid Id, string Naam, string Rol, string Uitleg);
