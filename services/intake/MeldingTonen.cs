using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>Een melding en hoe het ermee staat. Wie de melding deed staat er niet in: dat hoeft niemand hier te weten.</summary>
/// <param name="Status"><c>geregistreerd</c>, of <c>in-behandeling</c> zodra er een casus is.</param>
/// <param name="GevraagdeActie">Niet voor een toezichthouder.</param>
/// <param name="Samenvatting">Niet voor een toezichthouder.</param>
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

/// <summary>Toont een melding aan wie haar deed, en aan wie ermee werkt. Voor ieder ander bestaat zij niet.</summary>
internal static class MeldingTonen
{
    private static readonly Rol[] WieErmeeWerken = [Rol.Regisseur, Rol.Rvt, Rol.Leidinggevende, Rol.Toezichthouder];

    public static async Task<Ok<MeldingWeergave>> Get(Guid id, Actor actor, IntakeDbContext db, CancellationToken ct)
    {
        var melding = await db.Meldingen.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
        return melding is not null && MagZien(melding, actor)
            ? TypedResults.Ok(Weergave(melding, actor))
            : throw Geweigerd.NietGevonden("Deze melding");
    }

    internal static bool MagZien(Melding melding, Actor actor) => WieErmeeWerken.Contains(actor.Rol) || melding.IsGedaanDoor(actor);

    internal static MeldingWeergave Weergave(Melding melding, Actor actor)
    {
        var inhoud = melding.Lezen();
        var metTekst = actor.Rol != Rol.Toezichthouder;
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
