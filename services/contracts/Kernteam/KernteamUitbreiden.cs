namespace NetwerkRegie.Contracts.Kernteam;

/// <summary>Geef een beroepskracht een stoel in het kernteam. Wie al een stoel heeft, houdt die. Uitkomst: <see cref="KernteamUitgebreid"/>.</summary>
/// <param name="Stoel">De rol aan tafel, bijvoorbeeld <c>rvt</c>.</param>
[Stap("Kernteam uitbreiden")]
public sealed record KernteamUitbreiden(StapRef Stap, string Stoel, Guid LidId) : IOpdracht;

public sealed record KernteamUitgebreid(StapRef Stap) : IUitkomstVan<KernteamUitbreiden>;
