using System.Security.Cryptography;
using System.Text;

namespace NetwerkRegie.Contracts.Intake;

/// <summary>Iemand gaf toestemming om een soort gegevens met een ontvanger te delen. Waarvoor, en van wie, blijft bij intake.</summary>
/// <param name="Gegevens">De soort, bijvoorbeeld <c>onderwijs</c>.</param>
/// <param name="OntvangerSleutel">Wie de ontvanger kent, herkent hem hieraan; wie hem niet kent, leest er niets uit.</param>
[Gebeurtenis("toestemmingen.verleend")]
public sealed record ToestemmingVerleend(Guid CasusId, Guid ToestemmingId, string PersoonRef, string Gegevens, Guid OntvangerSleutel, DateTimeOffset Vanaf, DateTimeOffset? GeldigTot) : IGebeurtenis
{
    public static Guid SleutelVan(string ontvanger) => new(SHA256.HashData(Encoding.UTF8.GetBytes(ontvanger.Trim().ToUpperInvariant())).AsSpan(0, 16));
}

/// <summary>De toestemming is ingetrokken: wat daarna geleverd wordt, rust er niet meer op.</summary>
[Gebeurtenis("toestemmingen.ingetrokken")]
public sealed record ToestemmingIngetrokken(Guid CasusId, Guid ToestemmingId, DateTimeOffset Op) : IGebeurtenis;

/// <summary>Een jongere mag nu zelf (mee)beslissen; deze toestemmingen worden opnieuw gevraagd.</summary>
[Gebeurtenis("toestemmingen.herbevestiging-nodig")]
public sealed record HerbevestigingNodig(Guid CasusId, string PersoonRef, IReadOnlyList<Herbevestiging> Toestemmingen) : IVoorGezin;

/// <param name="DelenTot">Dan houdt het delen op als er niet opnieuw toestemming is; leeg als de handtekening van de jongere er al onder staat.</param>
public sealed record Herbevestiging(Guid ToestemmingId, DateTimeOffset? DelenTot);
