namespace NetwerkRegie.Contracts.Kernteam;

/// <summary>Stel het kernteam van de casus samen rond de regisseur. Uitkomst: <see cref="KernteamSamengesteld"/>.</summary>
[Stap("Kernteam samenstellen")]
public sealed record KernteamSamenstellen(StapRef Stap, Guid RegisseurId) : IOpdracht;

public sealed record KernteamSamengesteld(StapRef Stap) : IUitkomstVan<KernteamSamenstellen>;
