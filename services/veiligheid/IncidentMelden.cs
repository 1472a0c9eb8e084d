using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>Meld een incident.</summary>
/// <param name="Aard">Wat voor incident, in een paar woorden en zonder namen.</param>
/// <param name="Acuut">Of het gevaar er nu is; dan moet een mens het snel bevestigen.</param>
public sealed record IncidentMelden(Guid? CasusId, string? Aard, bool? Acuut)
{
    // Who confirms in the very last minute is in time.
    private static readonly TimeSpan Valreep = TimeSpan.FromSeconds(1);

    internal static async Task<Created<IncidentBeeld>> Post(
        IncidentMelden verzoek, Actor actor, VeiligheidDbContext db, Regio regio, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
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
        incident.LegNeerBij(Ladder(await db.RegisseurVan(incident.CasusId, ct), regio));
        db.Incidenten.Add(incident);
        await db.SetAlarmAsync(incident.CasusId, VeiligheidWekker.Incident, incident.Id, incident.BevestigenVoor + Valreep, ct);
        db.Publish(new IncidentGemeld(incident.CasusId, incident.Id, incident.Acuut, incident.VoorId, nu, incident.BevestigenVoor), incident.CasusId, nu);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/incidenten?casusId={incident.CasusId}", IncidentBeeld.Van(incident, metInhoud: true));
    }

    internal static async Task<Ok<Lijst<IncidentBeeld>>> Get(Guid? casusId, Actor actor, VeiligheidDbContext db, CancellationToken ct)
    {
        new Invoer().Eis(casusId is not null, "/casusId", "Vermeld van welke casus.").Klaar();
        var incidenten = await db.Incidenten.AsNoTracking().Where(i => i.CasusId == casusId).OrderByDescending(i => i.GemeldOp).ToListAsync(ct);
        var hoortErbij = await db.HoortBij(casusId!.Value, actor, ct) || incidenten.Any(i => i.VoorId == actor.Id);
        if (!hoortErbij && actor.Rol != Rol.Toezichthouder)
            throw Geweigerd.NietGevonden("Deze casus");
        return TypedResults.Ok(new Lijst<IncidentBeeld>([.. incidenten.Select(i => IncidentBeeld.Van(i, metInhoud: hoortErbij))]));
    }

    /// <summary>Niemand bevestigde op tijd: de volgende in de rij krijgt het, tot een mens het heeft.</summary>
    internal static async Task NietBevestigd(VeiligheidDbContext db, Guid id, Regio regio, Termijnboek termijnen, DateTimeOffset nu, CancellationToken ct)
    {
        var incident = await db.Incidenten.SingleAsync(i => i.Id == id, ct);
        if (incident.BevestigdOp is not null)
            return;
        incident.NaarVolgende(Ladder(await db.RegisseurVan(incident.CasusId, ct), regio));
        db.Publish(new BerichtNietBevestigd(incident.CasusId, id, incident.Trede, incident.VoorId), incident.CasusId, nu);
        await db.SetAlarmAsync(incident.CasusId, VeiligheidWekker.Incident, id, Termijn(incident.Acuut, termijnen).Verloopt(nu) + Valreep, ct);
    }

    /// <summary>Bij wie een incident achtereenvolgens ligt: wie nu de regie houdt, diens waarnemer, het RVT, en wie daar leiding geeft.</summary>
    internal static IReadOnlyList<Guid> Ladder(Guid? regisseurId, Regio regio)
    {
        var waarnemer = regio.Professionals.FirstOrDefault(p => p.Id == regisseurId)?.Vervangers.Select(v => (Guid?)v).FirstOrDefault();
        return [.. new[] { regisseurId, waarnemer, regio.Professionals.FirstOrDefault(p => p.Rol == "rvt")?.Id, LeidingVanHetRvt(regio) }.OfType<Guid>().Distinct()];
    }

    internal static Guid? LeidingVanHetRvt(Regio regio) =>
        regio.Teams.FirstOrDefault(t => regio.Professionals.Any(p => p.Rol == "rvt" && p.TeamId == t.Id))?.LeidinggevendeId;

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

    /// <summary>De hoeveelste in de rij het nu heeft, vanaf 1.</summary>
    public int Trede { get; private set; } = 1;

    /// <summary>Bij wie het ligt.</summary>
    public Guid? VoorId { get; private set; }
    public Guid? BevestigdDoorId { get; private set; }
    public DateTimeOffset? BevestigdOp { get; private set; }

    /// <summary>Wat meteen is afgesproken om het veilig te houden.</summary>
    public string? Afspraak { get; private set; }

    /// <summary>Waarom niet iets zwaarders: de lichtere weg die is gekozen of overwogen.</summary>
    public string? LichtereWeg { get; private set; }

    /// <summary>De eerste in de rij krijgt het.</summary>
    public void LegNeerBij(IReadOnlyList<Guid> ladder) => VoorId = ladder.Count > 0 ? ladder[0] : null;

    /// <summary>Wie het laatst in de rij staat, houdt het.</summary>
    public void NaarVolgende(IReadOnlyList<Guid> ladder)
    {
        Trede++;
        VoorId = ladder.Count > 0 ? ladder[Math.Min(Trede, ladder.Count) - 1] : null;
    }

    /// <returns>Of dit de eerste bevestiging is; wie daarna komt, verandert niets.</returns>
    public bool Bevestigen(Guid doorId, IncidentBevestigen? verzoek, DateTimeOffset op)
    {
        if (BevestigdOp is not null)
            return false;
        (BevestigdDoorId, BevestigdOp, Afspraak, LichtereWeg) = (doorId, op, verzoek?.Afspraak, verzoek?.LichtereWeg);
        return true;
    }
}

/// <summary>Een incident.</summary>
/// <param name="BevestigenVoor">Tot wanneer een bevestiging door een mens op tijd is.</param>
/// <param name="Trede">De hoeveelste in de rij het nu heeft.</param>
public sealed record IncidentBeeld(
    Guid Id, Guid CasusId, bool Acuut, DateTimeOffset GemeldOp, DateTimeOffset BevestigenVoor, int Trede, Guid? VoorId = null,
    string? Aard = null, Guid? BevestigdDoorId = null, DateTimeOffset? BevestigdOp = null, string? Afspraak = null, string? LichtereWeg = null)
{
    internal static IncidentBeeld Van(Incident incident, bool metInhoud) => new(
        incident.Id, incident.CasusId, incident.Acuut, incident.GemeldOp, incident.BevestigenVoor, incident.Trede, incident.VoorId,
        metInhoud ? incident.Aard : null, incident.BevestigdDoorId, incident.BevestigdOp, metInhoud ? incident.Afspraak : null, metInhoud ? incident.LichtereWeg : null);
}
