using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>Een melding die is vastgelegd, met het eerste antwoord aan de bron: dat verandert niet meer.</summary>
public sealed class Melding
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public Guid Id { get; private init; }

    /// <summary>Samen met <see cref="BronMeldingId"/> uniek.</summary>
    public string BronOrganisatie { get; private init; } = "";
    public string BronMeldingId { get; private init; } = "";
    public string Route { get; private init; } = "";
    public string Prioriteit { get; private init; } = "";
    public string? TermijnId { get; private init; }
    public DateTimeOffset? VerlooptOp { get; private init; }

    /// <summary>De melding zelf, als JSON. Dit is de enige plaats waar haar tekst staat.</summary>
    public string Inhoud { get; private init; } = "";

    /// <summary>Herkent een herhaling.</summary>
    public byte[] Kenmerk { get; private init; } = [];
    public Guid GedaanDoorId { get; private init; }
    public string GedaanNamens { get; private init; } = "";
    public DateTimeOffset GeregistreerdOp { get; private init; }
    public Guid? CasusId { get; private set; }

    internal static Melding Registreren(MeldingInvoer invoer, Route route, Actor melder, Termijnboek termijnboek, DateTimeOffset nu)
    {
        var inhoud = JsonSerializer.Serialize(route.Bewaart(invoer), Json);
        return new()
        {
            Id = Guid.CreateVersion7(nu),
            BronOrganisatie = invoer.Bron.Organisatie,
            BronMeldingId = invoer.MeldingId,
            Route = route.Naam,
            Prioriteit = invoer.Urgentie,
            TermijnId = route.TermijnId,
            VerlooptOp = route.Verloopt(invoer, termijnboek),
            Inhoud = inhoud,
            Kenmerk = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(inhoud)),
            GedaanDoorId = melder.Id,
            GedaanNamens = melder.Organisatie,
            GeregistreerdOp = nu,
        };
    }

    internal MeldingInvoer Lezen() => JsonSerializer.Deserialize<MeldingInvoer>(Inhoud, Json)!;

    internal bool ZegtHetzelfdeAls(Melding ander) => Kenmerk.AsSpan().SequenceEqual(ander.Kenmerk);

    internal bool IsGedaanDoor(Actor actor) => GedaanDoorId == actor.Id || (GedaanNamens.Length > 0 && GedaanNamens == actor.Organisatie);

    /// <summary>Een melding hoort bij een casus, en blijft daarbij.</summary>
    internal void Koppelen(Guid casusId) => CasusId ??= casusId;
}
