using NetwerkRegie.Contracts;
using NetwerkRegie.Engine;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;
using Persoon = NetwerkRegie.Contracts.Professional;

namespace NetwerkRegie.Regie;

/// <summary>Een versie van een stroom, zoals zij in een spel meedoet.</summary>
internal sealed record Stroomversie(string DefinitieId, int Versie, string Inhoud);

/// <summary>Waarmee een spel begint: wie er in de regio werkt, welke termijnen gelden, en welke versie van elke stroom loopt.</summary>
/// <param name="DefinitieId">De stroom waar het om gaat.</param>
/// <param name="Namen">Hoe een blokje heet of heette, in welke versie ook.</param>
internal sealed record Decor(Regio Regio, Termijnboek Termijnen, StapCatalogus Stappen, string DefinitieId, IReadOnlyList<Stroomversie> Stromen, ILookup<(string DefinitieId, string ActiviteitId), string> Namen)
{
    public int Versie => Stromen.Single(s => s.DefinitieId == DefinitieId).Versie;

    /// <summary>Twee decors die alleen in een stroom verschillen: het ontwerp, en wat er nu gepubliceerd is.</summary>
    /// <param name="gepubliceerd">Alle stromen waarop casussen nu beginnen.</param>
    /// <exception cref="OngeldigeInvoer">Het ontwerp kan niet worden uitgevoerd; alles wat eraan mankeert.</exception>
    public static (Decor Ontwerp, Decor? Gepubliceerd) Paar(Stroomversie ontwerp, IReadOnlyList<Stroomversie> gepubliceerd, Regio regio, Termijnboek termijnen, StapCatalogus stappen)
    {
        if (WorkflowDefinition.Check(ontwerp.Inhoud) is { Count: > 0 } fouten)
            throw new OngeldigeInvoer([.. fouten.Select(f => new Fout("/versie", f.Line is null ? f.Message : $"{f.Message} (regel {f.Line}, teken {f.Column})"))]);
        IReadOnlyList<Stroomversie> gespeeld = [.. gepubliceerd.Where(s => s.DefinitieId != ontwerp.DefinitieId), ontwerp];
        var namen = gespeeld.Union(gepubliceerd).SelectMany(s => WorkflowDefinition.Parse(s.Inhoud).Activities.SelectMany(a =>
            new[] { a.DisplayName, a.LiteralInput("titel")?.ToString() }.OfType<string>().Select(naam => (Waar: (s.DefinitieId, a.Id), naam)))).ToLookup(n => n.Waar, n => n.naam);
        return (
            new(regio, termijnen, stappen, ontwerp.DefinitieId, gespeeld, namen),
            gepubliceerd.Any(s => s.DefinitieId == ontwerp.DefinitieId && s.Versie != ontwerp.Versie) ? new(regio, termijnen, stappen, ontwerp.DefinitieId, gepubliceerd, namen) : null);
    }

    public Persoon Professional(Guid id) => Regio.Professionals.Single(p => p.Id == id);

    public string Naam(Guid id) => Regio.Professionals.FirstOrDefault(p => p.Id == id)?.Naam ?? "iemand";
}
