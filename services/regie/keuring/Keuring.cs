using NetwerkRegie.Engine;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Regie;

/// <summary>Bepaalt of een stroom gepubliceerd mag worden.</summary>
internal interface IKeuring
{
    /// <returns>Wat in de weg staat; leeg als er niets is.</returns>
    IReadOnlyList<Bevinding> Keur(WorkflowDefinition definitie);
}

/// <summary>Wat publiceren in de weg staat.</summary>
/// <param name="ActiviteitId">Waar; null voor de stroom als geheel.</param>
/// <param name="Zin">Wat er is, in een zin voor wie tekent, met de naam van het blokje.</param>
internal sealed record Bevinding(string? ActiviteitId, string Zin)
{
    public const string Storing = "storing";
    public const string Uitgang = "uitgang";
    public const string KanNiet = "kan-niet";
    public const string Samenkomst = "samenkomst";
    public const string Open = "open";
    public const string TweeTakken = "twee-takken";
    public const string Rondgaan = "rondgaan";
    public const string Eindeloos = "eindeloos";
    public const string Dood = "dood";
    public const string Grens = "grens";

    /// <summary>Hoe een casus daar komt, in de volgorde waarin het gebeurt; leeg als het zo te zien is.</summary>
    public IReadOnlyList<string> Verhaal { get; init; } = [];

    /// <summary>Wat er mis gaat, in een woord; leeg als het aan de tekening zelf te zien is.</summary>
    public string? Soort { get; init; }

    /// <summary>Dezelfde weg, zoals de engine haar loopt; leeg als er geen is.</summary>
    public IReadOnlyList<Stimulus> Weg { get; init; } = [];

    /// <summary>Het hele verhaal, hooguit tien zinnen.</summary>
    public string Tekst => string.Join(' ', Verhaal.Append(Zin));
}

/// <summary>
/// De keuring: eerst wat aan de tekening te zien is (bestaat elke stap, is elke wachtafspraak ingevuld), en dan of er van alles
/// wat de stroom kan overkomen niets bij is dat de regie laat vallen, een onderwerp laat liggen of nooit eindigt.
/// </summary>
internal sealed class Keuring(StapCatalogus stappen, Termijnboek termijnen) : IKeuring
{
    public IReadOnlyList<Bevinding> Keur(WorkflowDefinition definitie)
    {
        var gezien = Onbekend(definitie).ToList();
        if (gezien.Count > 0)
            return gezien;
        gezien.AddRange(Wachtafspraken(definitie));
        gezien.AddRange(Uitgangen(definitie));
        gezien.AddRange(Decisions.Of(definitie).Open.Select(keuze => new Bevinding(keuze.ActivityId,
            $"Of deze stroom altijd goed afloopt is niet bewezen: waar het na '{keuze.ActivityName}' heen gaat, hangt af van een berekening. Vergelijk met vaste waarden.")));
        return gezien.Count > 0 ? gezien : Verkenning.Van(definitie, stappen);
    }

    private IEnumerable<Bevinding> Onbekend(WorkflowDefinition definitie)
    {
        foreach (var activiteit in definitie.Activities.Where(a => a.IsOwnStep && stappen.Vind(a.Type) is null))
            yield return new(activiteit.Id, $"De stap '{activiteit.DisplayName}' is van het soort {activiteit.Type}, en dat bestaat hier niet.");
        if (definitie.References.Contains(definitie.DefinitionId))
            yield return new(null, "Deze stroom begint zichzelf opnieuw, zonder einde.");
    }

    // A wait that nobody can be held to: for whom, how long, who can unblock it, and then what.
    private IEnumerable<Bevinding> Wachtafspraken(WorkflowDefinition definitie)
    {
        foreach (var activiteit in definitie.Activities)
        {
            if (activiteit.Type is "Elsa.Event" or "Elsa.RunTask")
                yield return new(activiteit.Id, $"'{activiteit.DisplayName}' wacht zonder afspraak: niemand weet op wie, hoe lang, en wat er dan gebeurt. Gebruik een taak of een andere stap met een termijn.");
            if (stappen.Vind(activiteit.Type) is not { } stap)
                continue;
            foreach (var veld in stap.Invoer.Where(v => v.IsVerplicht && !activiteit.HasInput(v.Naam)))
                yield return new(activiteit.Id, $"Bij '{activiteit.DisplayName}' is {veld.Titel} niet ingevuld.");
            foreach (var veld in stap.Invoer.Where(v => v.Soort == VeldSoort.Termijn && activiteit.LiteralInput(v.Naam) is not null))
                if (!IsTermijn($"{activiteit.LiteralInput(veld.Naam)}"))
                    yield return new(activiteit.Id, $"Bij '{activiteit.DisplayName}' staat de termijn '{activiteit.LiteralInput(veld.Naam)}'; die staat niet in het termijnboek en is geen duur zoals 5 werkdagen.");
            foreach (var veld in stap.Invoer.Where(v => v.Keuzes.Count > 0 && activiteit.LiteralInput(v.Naam) is not null))
                if (!veld.Keuzes.Contains($"{activiteit.LiteralInput(veld.Naam)}"))
                    yield return new(activiteit.Id, $"Bij '{activiteit.DisplayName}' staat bij {veld.Titel} '{activiteit.LiteralInput(veld.Naam)}'; kies uit {string.Join(", ", veld.Keuzes)}.");
        }
    }

    private IEnumerable<Bevinding> Uitgangen(WorkflowDefinition definitie)
    {
        foreach (var activiteit in definitie.Activities)
        {
            if (stappen.Vind(activiteit.Type) is not { } stap || definitie.Exits(activiteit.Id) is not { } exits)
                continue;
            var uitgangen = stap.UitgangenBij(new() { ["uitkomsten"] = activiteit.LiteralInput("uitkomsten") });
            foreach (var exit in exits.Where(e => !uitgangen.Contains(e.Outcome)))
                yield return new(activiteit.Id, $"Van '{activiteit.DisplayName}' gaat een lijn uit bij '{exit.Outcome}', maar die uitgang is er niet; er zijn {string.Join(", ", uitgangen)}.");
        }
    }

    private bool IsTermijn(string tekst)
    {
        try
        {
            termijnen.Lees(tekst);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

internal static class Keuringen
{
    /// <summary>Eerst of de engine de tekst kan uitvoeren, en dan of het mag.</summary>
    public static IReadOnlyList<Bevinding> Keur(this IKeuring keuring, string inhoud) =>
        WorkflowDefinition.Check(inhoud) is { Count: > 0 } fouten
            ? [.. fouten.Select(f => new Bevinding(f.ActivityId, f.ToSentence()))]
            : keuring.Keur(WorkflowDefinition.Parse(inhoud));
}
