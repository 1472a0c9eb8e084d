using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Engine;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een stroom: hoe het staat, waar in de tekening, wat eraan voorafging, en wat eraan te herstellen is.</summary>
internal static class StroomTonen
{
    // What holds the steps is not one itself.
    private static readonly string[] Omhulsels = ["Elsa.Workflow", "Elsa.Flowchart", "Elsa.Sequence"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/bewaking/stromen/{id:guid}", Tonen).Voor(StromenBewaken.Kijkers).WithTags("Bewaking")
            .WithSummary("Hoe een stroom ervoor staat, waar zij staat, wat eraan voorafging en wat eraan te herstellen is");

    private static async Task<Ok<StroomDetail>> Tonen(Guid id, RegieDbContext db, Definities definities, StapCatalogus stappen, TimeProvider time, CancellationToken ct)
    {
        var rij = await InstanceState.FindAsync(id, db, ct);
        var definitie = await definities.LeesAsync(db, rij.DefinitieId, rij.Versie, ct);
        var instance = rij.LeesToestand();
        var journaal = await InstanceState.EntriesAsync(id, db, ct);
        var open = await db.Wachtpunten.AsNoTracking().Where(w => w.StroomId == id && w.AfgehandeldOp == null).OrderBy(w => w.Id).ToListAsync(ct);
        var diensten = await DienstenBewaken.DienstenAsync(db, stappen, time.Nu(), ct);
        var namen = await db.Professionals.AsNoTracking().ToDictionaryAsync(p => p.Id, ct);
        var toestand = rij.Stand is null ? null : Toestanden.Van(rij.Stand, rij.Dienst, DienstenBewaken.Onzeker(diensten));
        var storingen = instance?.Incidents ?? [];
        var begonnen = journaal.Where(e => e.EventName == JournalEvents.Started).Select(e => e.ActivityId).ToHashSet();
        var hier = open.Select(w => w.ActiviteitId).Concat(storingen.Select(i => i.ActivityId)).ToHashSet();
        var berichten = await db.VastgelopenBerichten.AsNoTracking().Where(b => b.StroomId == id).OrderBy(b => b.Op).ToListAsync(ct);
        var herstellingen = await db.Herstellingen.AsNoTracking().Where(h => h.StroomId == id).OrderBy(h => h.Op).ToListAsync(ct);
        var isDicht = await db.Casussen.AnyAsync(c => c.Id == rij.CasusId && !c.IsOpen, ct);

        var kandidaten = new List<(Guid WachtpuntId, Keuze Keuze)>();
        foreach (var taak in open.Where(w => w.Stap == Herstelsoorten.Taak))
            kandidaten.AddRange((await Herstelsoorten.KandidatenAsync(db, taak, ct)).Where(p => p.Id != taak.VoorId).Select(p => (taak.Id, new Keuze(p.Id.ToString(), p.Naam))));

        return TypedResults.Ok(new StroomDetail(
            id,
            rij.CasusId,
            rij.DefinitieId,
            rij.Versie,
            toestand,
            Risicos.Zin(rij.Risico),
            toestand is null ? "Deze stroom is klaar." : Wachtzin.Van(rij, toestand, storingen, open, namen, diensten.ToDictionary(d => d.Naam)),
            [.. open.Select(w => new StroomWachtAntwoord(w.Id, w.ActiviteitId, w.Titel, Wachtzin.Wie(w, namen), w.WachtSinds, w.VerlooptOp, w.TeLangSinds, w.Ronde, w.Vlottrekker))],
            [.. storingen.Select(i => new StoringAntwoord(i.ActivityId, i.ActivityName ?? i.ActivityId, i.ToSentence(), i.Timestamp))],
            [.. definitie.Activities.Where(a => !Omhulsels.Contains(a.Type)).Select(a => new PlaatsAntwoord(a.Id, a.DisplayName, begonnen.Contains(a.Id), hier.Contains(a.Id)))],
            new(open.Select(w => (DateTimeOffset?)w.WachtSinds).Min(), rij.LaatsteBurst, rij.BijgewerktOp, open.Sum(w => w.Pogingen), berichten.Sum(b => b.Pogingen)),
            [.. journaal.Where(e => !Omhulsels.Contains(e.ActivityType)).Select(e => new JournaalAntwoord(e.Timestamp, e.ActivityName ?? e.ActivityId, Wat(e), e.Message))],
            [.. journaal.Where(e => stappen.Vind(e.ActivityType) is OpdrachtStap).Select(e => Bericht(e, ((OpdrachtStap)stappen[e.ActivityType]).Dienst)).OfType<BerichtAntwoord>()],
            [.. berichten.Select(VastgelopenAntwoord.Van)],
            [.. herstellingen.Select(h => HerstellingAntwoord.Van(h, namen))],
            [.. Herstelsoorten.Mogelijk(rij, instance, definitie, stappen, open, begonnen, kandidaten.ToLookup(k => k.WachtpuntId, k => k.Keuze), isDicht)]));
    }

    private static string Wat(JournalEntry e) => e.EventName switch
    {
        JournalEvents.Started => "begonnen",
        JournalEvents.Completed => Uitgang(e) is { } uitgang && uitgang != "Done" ? $"klaar: {uitgang}" : "klaar",
        JournalEvents.Suspended => "wacht",
        JournalEvents.Resumed => "gaat verder",
        JournalEvents.Faulted => "storing",
        JournalEvents.Canceled => "ingetrokken",
        _ => "overgezet",
    };

    private static string? Uitgang(JournalEntry e) => e.Payload?["outcomes"] is System.Text.Json.Nodes.JsonArray uitgangen ? string.Join(", ", uitgangen) : null;

    // A message that was sent is not kept, but that it was stands in the journal.
    private static BerichtAntwoord? Bericht(JournalEntry e, string dienst) => e.EventName switch
    {
        JournalEvents.Suspended => new(e.Timestamp, "uit", e.ActivityType.Split('.')[^1], $"Gevraagd aan de dienst {dienst}."),
        JournalEvents.Completed when Uitgang(e) is { } antwoord && antwoord != Stap.Verlopen => new(e.Timestamp, "in", antwoord, $"Antwoord van de dienst {dienst}."),
        _ => null,
    };
}

/// <summary>Een stroom, van binnen.</summary>
/// <param name="Toestand">Leeg als zij klaar is.</param>
/// <param name="Plaatsen">De stappen van de tekening, met waar de stroom is geweest en nu staat.</param>
/// <param name="Berichten">Wat er aan diensten is gevraagd en geantwoord.</param>
/// <param name="Vastgelopen">Berichten voor deze stroom die een dienst niet kon verwerken.</param>
/// <param name="Herstel">Wat er nu aan te herstellen is.</param>
public sealed record StroomDetail(
    Guid Id, Guid CasusId, string Stroom, int Versie, string? Toestand, string? RisicoZin, string Zin, IReadOnlyList<StroomWachtAntwoord> Wachten, IReadOnlyList<StoringAntwoord> Storingen,
    IReadOnlyList<PlaatsAntwoord> Plaatsen, KlokkenAntwoord Klokken, IReadOnlyList<JournaalAntwoord> Journaal, IReadOnlyList<BerichtAntwoord> Berichten, IReadOnlyList<VastgelopenAntwoord> Vastgelopen,
    IReadOnlyList<HerstellingAntwoord> Herstellingen, IReadOnlyList<Herstelmogelijkheid> Herstel);

/// <summary>Waar een stroom op wacht.</summary>
/// <param name="Id">Het nummer van de taak.</param>
/// <param name="TeLangSinds">Wanneer de eerste termijn voorbij was.</param>
/// <param name="Ronde">De hoeveelste keer dat dit wordt gevraagd.</param>
public sealed record StroomWachtAntwoord(Guid Id, string ActiviteitId, string Titel, string Wie, DateTimeOffset WachtSinds, DateTimeOffset? VerlooptOp, DateTimeOffset? TeLangSinds, int Ronde, string? Vlottrekker);

public sealed record StoringAntwoord(string ActiviteitId, string Stap, string Zin, DateTimeOffset Op);

/// <summary>Een stap van de tekening.</summary>
public sealed record PlaatsAntwoord(string ActiviteitId, string Naam, bool IsGeweest, bool StaatHier);

/// <summary>Twee klokken: hoe lang het gezin wacht, en wat het programma intussen deed.</summary>
/// <param name="GezinWachtSinds">De tijd van de casus.</param>
/// <param name="Bursts">Hoe vaak de stroom verder ging.</param>
/// <param name="MislukteTermijnen">Hoe vaak het verlopen van een termijn door een storing niet lukte.</param>
/// <param name="MislukteBerichten">Hoe vaak een bericht voor deze stroom niet kon worden verwerkt.</param>
public sealed record KlokkenAntwoord(DateTimeOffset? GezinWachtSinds, int Bursts, DateTimeOffset LaatsteBurstOp, int MislukteTermijnen, int MislukteBerichten);

public sealed record JournaalAntwoord(DateTimeOffset Op, string Stap, string Wat, string? Toelichting);

/// <param name="Richting">uit of in.</param>
public sealed record BerichtAntwoord(DateTimeOffset Op, string Richting, string Type, string Zin);
