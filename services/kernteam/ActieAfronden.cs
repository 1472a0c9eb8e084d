using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
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
        actie.Afronden(verzoek.Gelukt!.Value, verzoek.Terugkoppeling, actor.Id, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(actie.Beeld);
    }

    internal void Controleer() =>
        new Invoer()
            .Eis(Gelukt is not null, "/gelukt", "Vermeld of de actie is gelukt.")
            .Eis(Gelukt is not false || !string.IsNullOrWhiteSpace(Terugkoppeling), "/terugkoppeling", "Vermeld waarom het niet lukte.")
            .Eis(Terugkoppeling is null || Terugkoppeling.Length <= 2000, "/terugkoppeling", "De terugkoppeling is langer dan 2000 tekens.")
            .Klaar();
}
