namespace NetwerkRegie.Veiligheid;

/// <summary>
/// De weg naar de Raad (CORV). Iets is pas verzonden als CORV dat zegt. Hetzelfde kenmerk nog eens versturen geeft hetzelfde
/// bericht, zodat een herhaling nooit een tweede verzoek is.
/// </summary>
public interface ICorv
{
    /// <summary>Hoe deze weg heet, voor wie wil weten of er echt iets naar de Raad gaat.</summary>
    string Naam { get; }

    /// <returns>Het bericht-id van CORV.</returns>
    Task<string> VerstuurAsync(Guid kenmerk, CancellationToken ct);
}

/// <summary>Doet alsof. Er gaat niets naar de Raad, en dat staat in alles wat hij teruggeeft.</summary>
internal sealed class CorvSimulator : ICorv
{
    public string Naam => "CORV-simulator";

    public Task<string> VerstuurAsync(Guid kenmerk, CancellationToken ct) => Task.FromResult($"simulator-{kenmerk}");
}
