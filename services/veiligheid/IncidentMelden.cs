using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>Meld een incident.</summary>
/// <param name="Aard">Wat voor incident, in een paar woorden en zonder namen.</param>
/// <param name="Acuut">Of het gevaar er nu is; dan moet een mens het snel bevestigen.</param>
public sealed record IncidentMelden(Guid? CasusId, string? Aard, bool? Acuut)
{
    internal static async Task<Created<IncidentBeeld>> Post(
        IncidentMelden verzoek, Actor actor, VeiligheidDbContext db, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        verzoek.Controleer();
        var nu = time.GetUtcNow();
        var incident = new Incident
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = verzoek.CasusId!.Value,
            Aard = verzoek.Aard!,
            Acuut = verzoek.Acuut!.Value,
            GemeldDoorId = actor.Id,
            GemeldOp = nu,
            BevestigenVoor = Termijn(verzoek.Acuut.Value, termijnen).Verloopt(nu),
        };
        db.Incidenten.Add(incident);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/incidenten?casusId={incident.CasusId}", IncidentBeeld.Van(incident, metInhoud: true));
    }

    internal static async Task<Ok<Lijst<IncidentBeeld>>> Get(Guid? casusId, Actor actor, VeiligheidDbContext db, CancellationToken ct)
    {
        new Invoer().Eis(casusId is not null, "/casusId", "Vermeld van welke casus.").Klaar();
        var hoortErbij = await db.HoortBij(casusId!.Value, actor, ct);
        if (!hoortErbij && actor.Rol != Rol.Toezichthouder)
            throw Geweigerd.NietGevonden("Deze casus");
        var incidenten = await db.Incidenten.AsNoTracking().Where(i => i.CasusId == casusId).OrderByDescending(i => i.GemeldOp).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<IncidentBeeld>([.. incidenten.Select(i => IncidentBeeld.Van(i, metInhoud: hoortErbij))]));
    }

    internal static Termijn Termijn(bool acuut, Termijnboek termijnen) => termijnen[acuut ? "veiligheidsbevestiging-acuut" : "veiligheidsbevestiging"];

    internal void Controleer() =>
        new Invoer()
            .Eis(CasusId is not null && CasusId != Guid.Empty, "/casusId", "Vermeld om welke casus het gaat.")
            .EisTekst(Aard, "/aard", "De aard van het incident", hooguit: 200)
            .Eis(Acuut is not null, "/acuut", "Vermeld of het gevaar er nu is.")
            .Klaar();
}

/// <summary>Iets dat de veiligheid raakt en dat een mens moet hebben gezien.</summary>
public sealed class Incident
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string Aard { get; init; }
    public required bool Acuut { get; init; }
    public required Guid GemeldDoorId { get; init; }
    public required DateTimeOffset GemeldOp { get; init; }
    public required DateTimeOffset BevestigenVoor { get; init; }
    public Guid? BevestigdDoorId { get; init; }
    public DateTimeOffset? BevestigdOp { get; init; }
}

/// <summary>Een incident.</summary>
/// <param name="BevestigenVoor">Tot wanneer een bevestiging door een mens op tijd is.</param>
public sealed record IncidentBeeld(
    Guid Id, Guid CasusId, bool Acuut, DateTimeOffset GemeldOp, DateTimeOffset BevestigenVoor,
    string? Aard = null, Guid? BevestigdDoorId = null, DateTimeOffset? BevestigdOp = null)
{
    internal static IncidentBeeld Van(Incident incident, bool metInhoud) => new(
        incident.Id, incident.CasusId, incident.Acuut, incident.GemeldOp, incident.BevestigenVoor,
        metInhoud ? incident.Aard : null, incident.BevestigdDoorId, incident.BevestigdOp);
}
