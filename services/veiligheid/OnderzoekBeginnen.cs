using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>De Raad deelt mee dat hij uit zichzelf een onderzoek begint (Jeugdwet 3.1). Dezelfde mededeling nog eens geeft het eerste onderzoek.</summary>
/// <param name="Mededeling">Waar de mededeling van de Raad aan het college vastligt.</param>
/// <param name="Op">Wanneer het onderzoek begon; leeg is nu.</param>
public sealed record OnderzoekBeginnen(Guid? CasusId, IReadOnlyList<string>? KindRefs, string? Mededeling, DateTimeOffset? Op)
{
    internal static async Task<Results<Created<OnderzoekBeeld>, Ok<OnderzoekBeeld>>> Post(OnderzoekBeginnen begin, Actor actor, VeiligheidDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        new VtoMoment(begin.Op).Toets(nu)
            .Eis(begin.CasusId is not null && begin.CasusId != Guid.Empty, "/casusId", "Vermeld om welke casus het gaat.")
            .Eis(begin.KindRefs is { Count: > 0 } && begin.KindRefs.All(k => k is { Length: > 0 and <= 100 }), "/kindRefs", "Vermeld om welke kinderen het gaat.")
            .EisTekst(begin.Mededeling, "/mededeling", "Waar de mededeling aan het college vastligt", hooguit: 200)
            .Klaar();
        var casusId = begin.CasusId!.Value;
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, casusId, ct);
        if (!await db.Set<Regisseur>().AnyAsync(r => r.CasusId == casusId, ct))
            throw Geweigerd.NietGevonden("Deze casus");
        if (await db.AmbtshalveOnderzoeken.AsNoTracking().SingleOrDefaultAsync(o => o.CasusId == casusId && o.Mededeling == begin.Mededeling, ct) is { } eerder)
            return TypedResults.Ok(OnderzoekBeeld.Van(eerder, termijnen));

        var onderzoek = new AmbtshalfOnderzoek
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = casusId,
            KindRefs = [.. begin.KindRefs!.Distinct().Order(StringComparer.Ordinal)],
            Mededeling = begin.Mededeling!,
            BegonnenOp = begin.Op ?? nu,
            VastgelegdDoorId = actor.Id,
            VastgelegdOp = nu,
        };
        db.AmbtshalveOnderzoeken.Add(onderzoek);
        db.Publish(new OnderzoekBegonnen(casusId, onderzoek.Id, onderzoek.KindRefs, onderzoek.BegonnenOp), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/raadsonderzoeken/{onderzoek.Id}", OnderzoekBeeld.Van(onderzoek, termijnen));
    }

    internal static async Task<Ok<OnderzoekBeeld>> Get(Guid id, Actor actor, VeiligheidDbContext db, Termijnboek termijnen, CancellationToken ct)
    {
        var onderzoek = await db.AmbtshalveOnderzoeken.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw NietGevonden;
        return await db.HoortBij(onderzoek.CasusId, actor, ct) || actor.Rol == Rol.Toezichthouder ? TypedResults.Ok(OnderzoekBeeld.Van(onderzoek, termijnen)) : throw NietGevonden;
    }

    /// <summary>Hetzelfde rapport nog eens doet niets.</summary>
    internal static async Task<Ok<OnderzoekBeeld>> Rapport(Guid id, VtoRapport invoer, VeiligheidDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        invoer.Toets(nu).Klaar();
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, id, ct);
        var onderzoek = await db.AmbtshalveOnderzoeken.SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw NietGevonden;
        if (onderzoek.Rapport(invoer.VerzoektMaatregel!.Value, invoer.Op ?? nu) is { } feit)
            db.Publish(feit, onderzoek.CasusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(OnderzoekBeeld.Van(onderzoek, termijnen));
    }

    private static Geweigerd NietGevonden => Geweigerd.NietGevonden("Dit onderzoek");
}

/// <summary>Een onderzoek dat de Raad uit zichzelf begon.</summary>
public sealed class AmbtshalfOnderzoek : Onderzoek
{
    public required string Mededeling { get; init; }
    public required DateTimeOffset BegonnenOp { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }
}

/// <param name="RapportVoor">Tot wanneer het rapport op tijd is.</param>
public sealed record OnderzoekBeeld(Guid Id, Guid CasusId, IReadOnlyList<string> KindRefs, DateTimeOffset BegonnenOp, DateTimeOffset RapportVoor, DateTimeOffset? RapportOp, bool? VerzoektMaatregel)
{
    internal static OnderzoekBeeld Van(AmbtshalfOnderzoek o, Termijnboek termijnen) =>
        new(o.Id, o.CasusId, o.KindRefs, o.BegonnenOp, termijnen["rvdk-onderzoek"].Verloopt(o.BegonnenOp), o.RapportOp, o.VerzoektMaatregel);
}
