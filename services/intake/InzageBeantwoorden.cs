using Microsoft.AspNetCore.Http.HttpResults;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <param name="Besluit"><c>verleend</c> of <c>deels-geweigerd</c>. Alles weigeren bestaat niet.</param>
/// <param name="Geweigerd">Bij deels geweigerd: elk deel dat er niet bij is.</param>
public sealed record InzageAntwoordInvoer(string? Besluit, IReadOnlyList<GeweigerdInvoer>? Geweigerd = null);

/// <param name="Onderdeel">Wat er niet bij is; de vrager leest dit.</param>
/// <param name="Uitleg">Waarom dit nodig is; de vrager leest dit.</param>
public sealed record GeweigerdInvoer(string? Onderdeel, string? Grond, string? Uitleg);

/// <summary>
/// Antwoord op een vraag om inzage. Weigeren kan alleen per deel, op een grond die de wet noemt en met uitleg: AVG art. 15, Jeugdwet
/// art. 7.3.10, Wmo 2015 art. 5.3.2.
/// </summary>
internal static class InzageBeantwoorden
{
    private const string PrivacyAnder = "privacy-ander";
    private const string BelangJeugdige = "belang-jeugdige";
    private const string GeweldOnderzoeken = "geweld-stoppen-of-onderzoeken";
    private const int HooguitOnderdelen = 20;

    public static readonly string[] Gronden = [PrivacyAnder, BelangJeugdige, GeweldOnderzoeken];

    public static Task<Ok<InzageverzoekWeergave>> Post(
        Guid id, InzageAntwoordInvoer invoer, Actor actor, IntakeDbContext db, Database database, Regio regio, TimeProvider time, CancellationToken ct)
    {
        var onderdelen = invoer.Geweigerd ?? [];
        var controle = new Invoer()
            .Eis(invoer.Besluit is Inzageverzoek.Verleend or Inzageverzoek.DeelsGeweigerd, "/besluit", $"Kies uit {Inzageverzoek.Verleend}, {Inzageverzoek.DeelsGeweigerd}; alles weigeren kan niet.")
            .Eis(invoer.Besluit != Inzageverzoek.DeelsGeweigerd || onderdelen.Count > 0, "/geweigerd", "Vermeld per deel wat u weigert, en waarom.")
            .Eis(invoer.Besluit != Inzageverzoek.Verleend || onderdelen.Count == 0, "/geweigerd", "Wie alles geeft, weigert geen deel.")
            .Eis(onderdelen.Count <= HooguitOnderdelen, "/geweigerd", $"Hier horen hooguit {HooguitOnderdelen} delen te staan.");
        foreach (var (i, onderdeel) in onderdelen.Index())
            controle
                .EisTekst(onderdeel?.Onderdeel, $"/geweigerd/{i}/onderdeel", "Het deel", 200)
                .EisSchoneTekst(onderdeel?.Onderdeel, $"/geweigerd/{i}/onderdeel")
                .Eis(Gronden.Contains(onderdeel?.Grond), $"/geweigerd/{i}/grond", $"Kies uit {string.Join(", ", Gronden)}.")
                .EisTekst(onderdeel?.Uitleg, $"/geweigerd/{i}/uitleg", "De uitleg", 1000)
                .EisSchoneTekst(onderdeel?.Uitleg, $"/geweigerd/{i}/uitleg");
        controle.Klaar();

        var nu = time.Nu();
        return Inzageverzoeken.Wijzig(db, database, id, actor, nu, verzoek =>
        {
            if (onderdelen.Select(o => Bezwaar(o.Grond!, verzoek.GevraagdDoor, IsVeiligThuis(regio, actor))).FirstOrDefault(b => b is not null) is { } bezwaar)
                throw new Geweigerd(bezwaar);
            verzoek.Beantwoorden(invoer.Besluit!, [.. onderdelen.Select(o => new GeweigerdOnderdeel(o.Onderdeel!, o.Grond!, o.Uitleg!))], actor.Id, nu);
            db.Publish(onderdelen.Count == 0 ? new InzageVerleend(verzoek.CasusId, id) : (object)new InzageDeelsGeweigerd(verzoek.CasusId, id), verzoek.CasusId, nu);
        }, ct);
    }

    /// <summary>Waarom deze grond hier niet kan; null als zij kan.</summary>
    internal static string? Bezwaar(string grond, string gevraagdDoor, bool isVeiligThuis) => grond switch
    {
        BelangJeugdige when gevraagdDoor != Inzageverzoek.Vertegenwoordiger => "Het belang van de jeugdige telt alleen als een wettelijk vertegenwoordiger om inzage vraagt; wie het zelf vraagt, beslist daar zelf over.",
        GeweldOnderzoeken when !isVeiligThuis => "Alleen Veilig Thuis mag een deel weigeren om geweld te stoppen of te onderzoeken.",
        _ => null,
    };

    // The team that serves the reports of Veilig Thuis is Veilig Thuis.
    private static bool IsVeiligThuis(Regio regio, Actor actor) =>
        regio.Professionals.FirstOrDefault(p => p.Id == actor.Id)?.TeamId is { } team && regio.Teams.Any(t => t.Id == team && t.Routes.Contains(Route.VeiligThuis));
}
