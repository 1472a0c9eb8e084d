using NetwerkRegie.Engine;

namespace NetwerkRegie.Regie;

/// <summary>Decides whether a flow may be published.</summary>
internal interface IKeuring
{
    /// <returns>What is in the way; empty when nothing is.</returns>
    IReadOnlyList<Bevinding> Keur(WorkflowDefinition definitie);
}

/// <summary>Wat publiceren in de weg staat.</summary>
/// <param name="ActiviteitId">Waar; null voor de stroom als geheel.</param>
/// <param name="Zin">Wat er is, in een zin voor wie tekent, met de naam van het blokje.</param>
internal sealed record Bevinding(string? ActiviteitId, string Zin);

/// <summary>Every step of ours exists. What the engine itself cannot run is refused before, when the text is read.</summary>
internal sealed class Keuring(StapCatalogus stappen) : IKeuring
{
    public IReadOnlyList<Bevinding> Keur(WorkflowDefinition definitie)
    {
        var soorten = stappen.Alle.Select(stap => stap.Type).ToHashSet();
        return [.. definitie.Activities.Where(a => a.IsOwnStep && !soorten.Contains(a.Type)).Select(a => new Bevinding(a.Id, $"De stap '{a.DisplayName}' is van het soort {a.Type}, en dat bestaat hier niet."))];
    }
}

internal static class Keuringen
{
    /// <summary>First whether the engine can run it, and then whether it may.</summary>
    public static IReadOnlyList<Bevinding> Keur(this IKeuring keuring, string inhoud) =>
        WorkflowDefinition.Check(inhoud) is { Count: > 0 } fouten
            ? [.. fouten.Select(f => new Bevinding(f.ActivityId, f.Line is null ? f.Message : $"{f.Message} (regel {f.Line}, teken {f.Column})"))]
            : keuring.Keur(WorkflowDefinition.Parse(inhoud));
}
