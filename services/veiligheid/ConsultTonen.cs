using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

internal static class ConsultTonen
{
    private const string Open = "open";
    private const string Beantwoord = "beantwoord";

    public static Geweigerd NietGevonden => Geweigerd.NietGevonden("Dit consult");

    /// <summary>
    /// Zonder inhoud: wie een advies wil lezen, opent het en heeft daar een reden voor. Wie leiding geeft aan het RVT ziet wat te laat is.
    /// </summary>
    public static async Task<Ok<Lijst<ConsultBeeld>>> Lijst(string? status, Actor actor, VeiligheidDbContext db, Termijnboek termijnen, CancellationToken ct)
    {
        new Invoer().Eis(status is null or Open or Beantwoord, "/status", "Kies uit open of beantwoord.").Klaar();
        var consulten = await db.Consulten.AsNoTracking()
            .Where(c => status == null || (c.BeantwoordOp == null) == (status == Open))
            .Where(c => actor.Rol != Rol.Leidinggevende || c.VoorId == actor.Id)
            .OrderBy(c => c.GevraagdOp).ThenBy(c => c.Id)
            .ToListAsync(ct);
        var casussen = consulten.Select(c => c.CasusId).Distinct().ToList();
        var regisseurs = await db.Set<Regisseur>().Where(r => casussen.Contains(r.CasusId) && r.RegisseurId != Guid.Empty).ToDictionaryAsync(r => r.CasusId, r => r.RegisseurId, ct);
        return TypedResults.Ok(new Lijst<ConsultBeeld>([.. consulten.Select(c => ConsultBeeld.Van(c, termijnen, metInhoud: false) with { RegisseurId = regisseurs.TryGetValue(c.CasusId, out var wie) ? wie : null })]));
    }

    public static async Task<Ok<ConsultBeeld>> Get(Guid id, Actor actor, VeiligheidDbContext db, Termijnboek termijnen, CancellationToken ct)
    {
        var consult = await db.Consulten.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw NietGevonden;
        var hoortErbij = await db.HoortBij(consult.CasusId, actor, ct);
        return hoortErbij || actor.Rol == Rol.Toezichthouder ? TypedResults.Ok(ConsultBeeld.Van(consult, termijnen, metInhoud: hoortErbij)) : throw NietGevonden;
    }
}

/// <summary>Een consult.</summary>
/// <param name="Status"><c>open</c> of <c>beantwoord</c>.</param>
/// <param name="AntwoordVoor">Tot wanneer een antwoord op tijd is.</param>
/// <param name="RegisseurId">Wie nu de regie houdt, om te bellen; alleen in de lijst.</param>
/// <param name="Herinneringen">Hoe vaak de stroom nog eens vroeg.</param>
public sealed record ConsultBeeld(
    Guid Id, Guid CasusId, string Status, DateTimeOffset GevraagdOp, DateTimeOffset AntwoordVoor, int Herinneringen,
    DateTimeOffset? BeantwoordOp = null, Guid? RvtId = null, string? Advies = null, string? Veiligheidsafspraken = null, Standby? Standby = null, Guid? RegisseurId = null)
{
    internal static ConsultBeeld Van(Consult consult, Termijnboek termijnen, bool metInhoud)
    {
        var inhoud = metInhoud ? consult.Antwoord : null;
        return new(
            consult.Id, consult.CasusId, consult.BeantwoordOp is null ? "open" : "beantwoord", consult.GevraagdOp,
            termijnen["rvt-consult"].Verloopt(consult.GevraagdOp), consult.Herinneringen,
            consult.BeantwoordOp, consult.RvtId, inhoud?.Advies, inhoud?.Veiligheidsafspraken, inhoud?.Standby);
    }
}
