using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>Een melding en hoe het ermee staat. Wie de melding deed staat er niet in: dat hoeft niemand hier te weten.</summary>
/// <param name="Status"><c>geregistreerd</c>, of <c>in-behandeling</c> zodra er een casus is.</param>
/// <param name="GevraagdeActie">Alleen voor wie meldde en wie de regie houdt.</param>
/// <param name="Samenvatting">Alleen voor wie meldde en wie de regie houdt.</param>
public sealed record MeldingWeergave(
    Guid Id,
    string Type,
    string Route,
    string Prioriteit,
    string Status,
    string Gemeente,
    DateTimeOffset OntvangenOp,
    string? Termijn = null,
    DateTimeOffset? VerlooptOp = null,
    Guid? CasusId = null,
    string? GevraagdeActie = null,
    string? Samenvatting = null);

/// <summary>
/// Toont een melding aan wie haar deed, en aan wie ermee werkt; voor ieder ander bestaat zij niet. De tekst lezen wie haar deed,
/// wie nu de regie houdt en diens leidinggevende, en zolang er geen casus is wie aan de voordeur werkt.
/// </summary>
internal static class MeldingTonen
{
    private static readonly Rol[] AanDeVoordeur = [Rol.Regisseur, Rol.Rvt, Rol.Leidinggevende];

    public static async Task<Ok<MeldingWeergave>> Get(Guid id, Actor actor, IntakeDbContext db, Regio regio, CancellationToken ct)
    {
        var melding = await db.Meldingen.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
        if (melding is null || !MagZien(melding, actor))
            throw Geweigerd.NietGevonden("Deze melding");
        var regisseur = melding.CasusId is { } casusId ? await db.Set<Regisseur>().AsNoTracking().SingleOrDefaultAsync(r => r.CasusId == casusId, ct) : null;
        return TypedResults.Ok(Weergave(melding, MagLezen(melding, actor, regisseur?.RegisseurId, regio)));
    }

    private static bool MagZien(Melding melding, Actor actor) => AanDeVoordeur.Append(Rol.Toezichthouder).Contains(actor.Rol) || melding.IsGedaanDoor(actor);

    private static bool MagLezen(Melding melding, Actor actor, Guid? regisseurId, Regio regio) =>
        melding.IsGedaanDoor(actor)
        || (melding.CasusId is null && AanDeVoordeur.Contains(actor.Rol))
        || (regisseurId is { } houder && (houder == actor.Id || actor.IsLeidinggevendeVan(houder, regio)));

    private static MeldingWeergave Weergave(Melding melding, bool metTekst)
    {
        var inhoud = melding.Lezen();
        return new(
            melding.Id,
            inhoud.Type,
            melding.Route,
            melding.Prioriteit,
            melding.CasusId is null ? "geregistreerd" : "in-behandeling",
            inhoud.Gemeente,
            inhoud.OntvangenOp,
            melding.TermijnId,
            melding.VerlooptOp,
            melding.CasusId,
            metTekst ? inhoud.GevraagdeActie : null,
            metTekst ? inhoud.Samenvatting : null);
    }
}
