using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Koppel terug hoe een actie afliep. Niet gelukt is ook een terugkoppeling.</summary>
/// <param name="Terugkoppeling">Verplicht als het niet lukte: daar gaat de volgende bijeenkomst over.</param>
public sealed record ActieAfronden(bool? Gelukt, string? Terugkoppeling = null)
{
    internal static async Task<Ok<ActieBeeld>> Post(
        Guid casusId, Guid id, ActieAfronden verzoek, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        verzoek.Controleer();
        var actie = await db.Acties.SingleOrDefaultAsync(a => a.Id == id && a.CasusId == casusId, ct) ?? throw Geweigerd.NietGevonden("Deze actie");
        var nu = time.GetUtcNow();
        actie.Afronden(verzoek.Gelukt!.Value, verzoek.Terugkoppeling, actor.Id, nu);
        await db.SetAlarmAsync(casusId, KernteamWekker.Actie, id, null, ct);
        db.Publish(new ActieAfgerond(casusId, id, verzoek.Gelukt.Value), casusId, nu);
        if (actie.TeLaatOp is not null)
            await MeldHersteld(db, actie, nu, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(actie.Beeld);
    }

    /// <summary>Was dit de laatste actie die te laat was, dan is het wachten weer binnen de afspraak.</summary>
    internal static async Task MeldHersteld(KernteamDbContext db, Actie actie, DateTimeOffset nu, CancellationToken ct)
    {
        if (!await db.Acties.AnyAsync(a => a.CasusId == actie.CasusId && a.Id != actie.Id && a.AfgerondOp == null && a.TeLaatOp != null, ct))
            db.Publish(new ActiesHersteld(actie.CasusId), actie.CasusId, nu);
    }

    internal void Controleer() =>
        new Invoer()
            .Eis(Gelukt is not null, "/gelukt", "Vermeld of de actie is gelukt.")
            .Eis(Gelukt is not false || !string.IsNullOrWhiteSpace(Terugkoppeling), "/terugkoppeling", "Vermeld waarom het niet lukte.")
            .Eis(Terugkoppeling is null || Terugkoppeling.Length <= 2000, "/terugkoppeling", "De terugkoppeling is langer dan 2000 tekens.")
            .Klaar();
}

/// <summary>Er is nagevraagd waar het blijft; er komt een nieuwe datum. De herinneringen beginnen dan opnieuw.</summary>
public sealed record ActieNavragen(DateTimeOffset? UiterlijkOp)
{
    internal static async Task<Ok<ActieBeeld>> Post(
        Guid casusId, Guid id, ActieNavragen verzoek, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        new Invoer().Eis(verzoek.UiterlijkOp > nu, "/uiterlijkOp", "Vermeld een moment in de toekomst dat nu is beloofd.").Klaar();
        var actie = await db.Acties.SingleOrDefaultAsync(a => a.Id == id && a.CasusId == casusId, ct) ?? throw Geweigerd.NietGevonden("Deze actie");
        var wasTeLaat = actie.TeLaatOp is not null;
        actie.Uitstellen(verzoek.UiterlijkOp!.Value);
        await db.SetAlarmAsync(casusId, KernteamWekker.Actie, id, actie.UiterlijkOp, ct);
        if (wasTeLaat)
            await ActieAfronden.MeldHersteld(db, actie, nu, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(actie.Beeld);
    }
}
