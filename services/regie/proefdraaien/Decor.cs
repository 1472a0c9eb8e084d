using NetwerkRegie.Contracts;
using NetwerkRegie.Engine;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;
using Persoon = NetwerkRegie.Contracts.Professional;

namespace NetwerkRegie.Regie;

/// <summary>Waarmee een spel begint: wie er in de regio werkt, welke termijnen gelden, en welke versie van elke stroom loopt.</summary>
/// <param name="DefinitieId">De stroom waar het om gaat.</param>
/// <param name="Namen">Hoe een blokje heet of heette, in welke versie ook.</param>
internal sealed record Decor(Regio Regio, Termijnboek Termijnen, StapCatalogus Stappen, string DefinitieId, IReadOnlyList<StroomVersie> Stromen, ILookup<(string DefinitieId, string ActiviteitId), string> Namen)
{
    public int Versie => Stromen.Single(s => s.Id == DefinitieId).Nummer;

    /// <summary>Twee decors die alleen in een stroom verschillen: het ontwerp, en wat er nu gepubliceerd is.</summary>
    /// <param name="gepubliceerd">Alle stromen waarop casussen nu beginnen.</param>
    /// <exception cref="OngeldigeInvoer">Het ontwerp kan niet worden uitgevoerd; alles wat eraan mankeert.</exception>
    public static (Decor Ontwerp, Decor? Gepubliceerd) Paar(StroomVersie ontwerp, IReadOnlyList<StroomVersie> gepubliceerd, Regio regio, Termijnboek termijnen, StapCatalogus stappen)
    {
        if (WorkflowDefinition.Check(ontwerp.Inhoud) is { Count: > 0 } fouten)
            throw new OngeldigeInvoer([.. fouten.Select(f => new Fout("/versie", f.ToSentence()))]);
        IReadOnlyList<StroomVersie> gespeeld = [.. gepubliceerd.Where(s => s.Id != ontwerp.Id), ontwerp];
        var namen = gespeeld.Union(gepubliceerd).SelectMany(s => WorkflowDefinition.Parse(s.Inhoud).Activities.SelectMany(a =>
            new[] { a.DisplayName, a.LiteralInput("titel")?.ToString() }.OfType<string>().Select(naam => (Waar: (s.Id, a.Id), naam)))).ToLookup(n => n.Waar, n => n.naam);
        return (
            new(regio, termijnen, stappen, ontwerp.Id, gespeeld, namen),
            gepubliceerd.Any(s => s.Id == ontwerp.Id && s.Nummer != ontwerp.Nummer) ? new(regio, termijnen, stappen, ontwerp.Id, gepubliceerd, namen) : null);
    }

    public Persoon Professional(Guid id) => Regio.Professionals.Single(p => p.Id == id);

    public string Naam(Guid id) => Regio.Professionals.FirstOrDefault(p => p.Id == id)?.Naam ?? "iemand";
}
