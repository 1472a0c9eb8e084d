namespace NetwerkRegie.Contracts.Veiligheid;

/// <summary>
/// Vraag het RVT om advies. Verandert niets aan regie, kader of schaal. Bevat geen inhoud: het RVT leest de casus met eigen rechten.
/// Opnieuw vragen voor dezelfde stroom herinnert aan het lopende consult. Uitkomst: <see cref="ConsultGegeven"/>.
/// </summary>
[Stap("Consult vragen")]
public sealed record ConsultVragen(StapRef Stap) : IOpdracht;

/// <summary>Het RVT heeft advies gegeven; de inhoud blijft bij het RVT.</summary>
/// <param name="ConsultId">Waar het advies te lezen is.</param>
/// <param name="RvtId">Wie van het RVT het gaf.</param>
[Gebeurtenis("schalen.consult-gegeven")]
public sealed record ConsultGegeven(StapRef Stap, Guid ConsultId, Guid RvtId) : IUitkomstVan<ConsultVragen>, IGebeurtenis
{
    Guid IGebeurtenis.CasusId => Stap.CasusId;
}
