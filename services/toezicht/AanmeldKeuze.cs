namespace NetwerkRegie.Toezicht;

/// <summary>Aanmelden, of net aangemeld zijn.</summary>
/// <param name="Naar">De pagina waar het om ging.</param>
/// <param name="Personas">Waaruit in de demonstratieregio te kiezen is; leeg voor wie al is aangemeld.</param>
public sealed record AanmeldKeuze(string Naar, IReadOnlyList<Persona> Personas);

/// <summary>Als wie iemand in de demonstratieregio kan werken.</summary>
/// <param name="Uitleg">Wat die mag.</param>
public sealed record Persona(Guid Id, string Naam, string Rol, string Uitleg);
