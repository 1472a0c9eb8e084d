using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Onderwijs;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Onderwijs;

/// <summary>Meld verzuim van een kind in een lopende casus.</summary>
/// <param name="Nummer">Het nummer dat de school eraan gaf. Nog eens hetzelfde nummer is dezelfde melding.</param>
/// <param name="KindRef">Verwijzing naar het kind binnen het gezin.</param>
/// <param name="Uren">Gemiste lesuren.</param>
/// <param name="Lesweken">Het aantal lesweken waarover is geteld.</param>
/// <param name="SchoolRef">De school; een school laat dit weg of noemt zichzelf.</param>
public sealed record VerzuimMelden(string? Nummer, Guid? CasusId, string? KindRef, int? Uren, int? Lesweken, DateOnly? Van, DateOnly? Tot, string? SchoolRef = null)
{
    /// <summary>Dezelfde melding nog eens geeft het eerste antwoord; iets anders onder hetzelfde nummer wordt geweigerd.</summary>
    internal static async Task<Results<Created<VerzuimBeeld>, Ok<VerzuimBeeld>>> Post(
        VerzuimMelden verzoek, Actor actor, OnderwijsDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var schoolRef = SchoolVan(actor, verzoek.SchoolRef);
        verzoek.Controleer(schoolRef);
        var nu = time.GetUtcNow();
        var melding = Verzuimmelding.Uit(verzoek, schoolRef!, nu);

        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, Sleutel(schoolRef!, melding.Nummer), ct);
        if (await db.Verzuimmeldingen.AsNoTracking().SingleOrDefaultAsync(v => v.SchoolRef == schoolRef && v.Nummer == melding.Nummer, ct) is { } eerste)
            return eerste with { Id = melding.Id, GemeldOp = melding.GemeldOp } == melding
                ? TypedResults.Ok(new VerzuimBeeld(eerste.Id, eerste.GemeldOp))
                : throw new Geweigerd("Onder dit nummer heeft uw school al iets anders gemeld.");

        db.Verzuimmeldingen.Add(melding);
        db.Publish(new VerzuimGemeld(melding.CasusId, melding.Id, melding.KindRef), melding.CasusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created((string?)null, new VerzuimBeeld(melding.Id, nu));
    }

    /// <summary>Een school meldt voor zichzelf; een systeem zegt voor welke school het meldt.</summary>
    internal static string? SchoolVan(Actor actor, string? genoemd) => actor.Rol switch
    {
        Rol.School when genoemd is not null && genoemd != actor.Organisatie => throw Geweigerd.GeenRecht("U kunt alleen voor uw eigen school melden."),
        Rol.School => actor.Organisatie,
        _ => genoemd,
    };

    internal void Controleer(string? schoolRef) =>
        new Invoer()
            .EisTekst(schoolRef, "/schoolRef", "De school", hooguit: 200)
            .EisTekst(Nummer, "/nummer", "Het nummer van de melding", hooguit: 100)
            .Eis(CasusId is not null && CasusId != Guid.Empty, "/casusId", "Vermeld om welke casus het gaat.")
            .EisTekst(KindRef, "/kindRef", "De verwijzing naar het kind", hooguit: 64)
            .Eis(Uren is > 0 and <= 2000, "/uren", "Vermeld hoeveel lesuren zijn gemist.")
            .Eis(Lesweken is > 0 and <= 52, "/lesweken", "Vermeld over hoeveel lesweken is geteld.")
            .Eis(Van is not null, "/van", "De eerste dag ontbreekt.")
            .Eis(Tot is not null, "/tot", "De laatste dag ontbreekt.")
            .Eis(!(Tot < Van), "/tot", "De laatste dag ligt voor de eerste.")
            .Klaar();

    // Two times the same report at once: the second waits for the first and then finds it.
    private static Guid Sleutel(string schoolRef, string nummer) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{schoolRef}\n{nummer}")).AsSpan(0, 16));
}

/// <summary>Wat een school over verzuim heeft doorgegeven. De cijfers komen in geen bericht.</summary>
public sealed record Verzuimmelding
{
    public required Guid Id { get; init; }
    public required string SchoolRef { get; init; }
    public required string Nummer { get; init; }
    public required Guid CasusId { get; init; }
    public required string KindRef { get; init; }
    public required int Uren { get; init; }
    public required int Lesweken { get; init; }
    public required DateOnly Van { get; init; }
    public required DateOnly Tot { get; init; }
    public required DateTimeOffset GemeldOp { get; init; }

    internal static Verzuimmelding Uit(VerzuimMelden verzoek, string schoolRef, DateTimeOffset nu) => new()
    {
        Id = Guid.CreateVersion7(nu),
        SchoolRef = schoolRef,
        Nummer = verzoek.Nummer!,
        CasusId = verzoek.CasusId!.Value,
        KindRef = verzoek.KindRef!,
        Uren = verzoek.Uren!.Value,
        Lesweken = verzoek.Lesweken!.Value,
        Van = verzoek.Van!.Value,
        Tot = verzoek.Tot!.Value,
        GemeldOp = nu,
    };
}

public sealed record VerzuimBeeld(Guid Id, DateTimeOffset GemeldOp);
