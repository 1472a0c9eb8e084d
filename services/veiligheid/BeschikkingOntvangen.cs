using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>Een beschikking van de rechter. Wat erin staat blijft hier; regie hoort de feiten en toetst of zij passen.</summary>
/// <param name="Naar">Het kader waar zij over gaat, bijvoorbeeld ots.</param>
/// <param name="VerzoekDoor">Wie erom vroeg, bijvoorbeeld raad-voor-de-kinderbescherming.</param>
/// <param name="Einddatum">De eerste dag waarop zij niet meer geldt.</param>
/// <param name="Gi">De gecertificeerde instelling die de maatregel uitvoert.</param>
/// <param name="IsSpoed">Gegeven zonder het gezin te horen.</param>
/// <param name="Bewijs">De bewijsstukken op naam, bijvoorbeeld bedreigingen.</param>
/// <param name="Vanaf">Wanneer zij inging; leeg is nu.</param>
public sealed record BeschikkingOntvangen(Guid? CasusId, IReadOnlyList<string>? KindRefs, string? Naar, string? VerzoekDoor, string? Nummer, DateOnly? Datum, DateOnly? Einddatum, string? Gi, bool? IsSpoed, Dictionary<string, string>? Bewijs, DateTimeOffset? Vanaf)
{
    /// <summary>Dezelfde beschikking nog eens geeft de eerste.</summary>
    internal static async Task<Results<Accepted<BesluitBeeld>, Ok<BesluitBeeld>>> Post(BeschikkingOntvangen b, Actor actor, VeiligheidDbContext db, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        new Invoer()
            .Eis(b.CasusId is not null && b.CasusId != Guid.Empty, "/casusId", "Vermeld om welke casus het gaat.")
            .Eis(b.KindRefs is { Count: > 0 } && b.KindRefs.All(k => k is { Length: > 0 and <= 100 }), "/kindRefs", "Vermeld om welke kinderen het gaat.")
            .EisTekst(b.Naar, "/naar", "Het kader waar de beschikking over gaat", hooguit: 50)
            .EisTekst(b.VerzoekDoor, "/verzoekDoor", "Wie erom vroeg", hooguit: 50)
            .EisTekst(b.Nummer, "/nummer", "Het nummer van de beschikking", hooguit: 100)
            .Eis(b.Datum is not null, "/datum", "De datum van de beschikking ontbreekt.")
            .Eis(!(b.Vanaf > nu), "/vanaf", "Dit moment ligt in de toekomst; leg de beschikking vast als zij er is.")
            .Eis(b.Gi is null || b.Gi.Length <= 200, "/gi", "De naam van de GI is langer dan 200 tekens.")
            .Klaar();
        if (!await db.Set<Regisseur>().AnyAsync(r => r.CasusId == b.CasusId, ct))
            throw Geweigerd.NietGevonden("Deze casus");
        IReadOnlyList<string> kinderen = [.. b.KindRefs!.Distinct().Order(StringComparer.Ordinal)];
        if ((await db.Besluiten.AsNoTracking().Where(x => x.CasusId == b.CasusId && x.Nummer == b.Nummer).ToListAsync(ct)).Find(x => x.Naar == b.Naar && x.KindRefs.SequenceEqual(kinderen)) is { } eerder)
            return TypedResults.Ok(BesluitBeeld.Van(eerder));

        var besluit = new Besluit
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = b.CasusId!.Value,
            KindRefs = kinderen,
            Naar = b.Naar!,
            Nummer = b.Nummer!,
            Bewijs = JsonSerializer.Serialize(b.Bewijs ?? [], JsonSerializerOptions.Web),
            OntvangenDoorId = actor.Id,
            OntvangenOp = nu,
        };
        db.Besluiten.Add(besluit);
        string[] bewijs = [.. (b.Bewijs ?? []).Where(stuk => !string.IsNullOrWhiteSpace(stuk.Value)).Select(stuk => stuk.Key)];
        db.Publish(new BesluitOntvangen(besluit.CasusId, besluit.Id, kinderen, besluit.Naar, b.VerzoekDoor!, besluit.Nummer, b.Datum!.Value, b.Einddatum, b.Gi, b.IsSpoed == true, bewijs, b.Vanaf ?? nu, actor.Id), besluit.CasusId, nu);
        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted($"/v1/casussen/{besluit.CasusId}/lijnen/kader", BesluitBeeld.Van(besluit));
    }
}

/// <summary>Wat er van een beschikking hier blijft.</summary>
public sealed class Besluit
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required IReadOnlyList<string> KindRefs { get; init; }
    public required string Naar { get; init; }
    public required string Nummer { get; init; }

    /// <summary>De bewijsstukken, als JSON-object.</summary>
    public required string Bewijs { get; init; }
    public required Guid OntvangenDoorId { get; init; }
    public required DateTimeOffset OntvangenOp { get; init; }
}

/// <summary>Een ontvangen beschikking, zonder wat erin staat.</summary>
public sealed record BesluitBeeld(Guid Id, Guid CasusId, IReadOnlyList<string> KindRefs, string Naar, string Nummer, DateTimeOffset OntvangenOp)
{
    internal static BesluitBeeld Van(Besluit b) => new(b.Id, b.CasusId, b.KindRefs, b.Naar, b.Nummer, b.OntvangenOp);
}
