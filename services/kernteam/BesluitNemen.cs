using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Leg een besluit vast dat het kernteam samen nam. Het verlegt zelf niets: wat eruit volgt doet wie daarover gaat.</summary>
/// <param name="Besluit">Wat er is besloten.</param>
/// <param name="LichtereWeg">Welke lichtere weg er was, en waarom die niet genoeg is of juist gekozen.</param>
/// <param name="GezinErbij">Of het gezin erbij was.</param>
/// <param name="RedenZonderGezin">Waarom niet.</param>
/// <param name="Stemmen">Van elke stoel een: niemand besluit over het hoofd van een ander heen.</param>
/// <param name="StapId">De stap tegen de koers waarover dit besluit gaat.</param>
/// <param name="LaatStapToe">Of die stap door kan.</param>
public sealed record BesluitNemen(
    DateTimeOffset? GenomenOp, string? Besluit, string? LichtereWeg, bool? GezinErbij, string? RedenZonderGezin, IReadOnlyList<StemInvoer?>? Stemmen, Guid? StapId = null, bool? LaatStapToe = null)
{
    internal static async Task<Ok<Lijst<BesluitBeeld>>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        var besluiten = await db.Besluiten.AsNoTracking().Where(b => b.CasusId == casusId).OrderByDescending(b => b.GenomenOp).ToListAsync(ct);
        var stemmen = await db.Stemmen.AsNoTracking().Where(s => s.CasusId == casusId).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<BesluitBeeld>([.. besluiten.Select(b => b.Beeld(stemmen.Where(s => s.BesluitId == b.Id)))]));
    }

    internal static async Task<Created<BesluitBeeld>> Post(Guid casusId, BesluitNemen verzoek, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        verzoek.Controleer(nu);
        EisElkeStoel([Stoel.Regisseur, .. (await db.StoelenVan(casusId, ct)).Select(s => s.Naam).Distinct()], [.. verzoek.Stemmen!.Select(s => s!.Stoel!)]);

        var besluit = new Besluit
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = casusId,
            GenomenOp = verzoek.GenomenOp!.Value,
            Tekst = verzoek.Besluit!,
            LichtereWeg = verzoek.LichtereWeg!,
            GezinErbij = verzoek.GezinErbij!.Value,
            RedenZonderGezin = verzoek.RedenZonderGezin,
            VastgelegdDoorId = actor.Id,
            VastgelegdOp = nu,
        };
        var stemmen = verzoek.Stemmen!.Select(s => new Stem(besluit.Id, casusId, s!.Stoel!, s.IsVoor!.Value, s.Opmerking)).ToList();
        db.Besluiten.Add(besluit);
        db.Stemmen.AddRange(stemmen);
        if (verzoek.StapId is { } stapId)
        {
            var stap = await db.Stappen.SingleOrDefaultAsync(s => s.Id == stapId && s.CasusId == casusId, ct) ?? throw Koersstap.NietGevonden;
            stap.Besluiten(besluit, verzoek.LaatStapToe!.Value);
            await db.SetAlarmAsync(casusId, KernteamWekker.Koersbesluit, stapId, null, ct);
        }

        db.Publish(new BesluitGenomen(casusId, besluit.Id), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/besluiten", besluit.Beeld(stemmen));
    }

    /// <summary>Een besluit van het kernteam is er pas als elke stoel iets heeft gezegd: wie er zit, of wie daar vervangt.</summary>
    internal static void EisElkeStoel(IReadOnlyCollection<string> stoelen, IReadOnlyCollection<string> gestemd)
    {
        if (stoelen.Except(gestemd).ToList() is { Count: > 0 } stil)
            throw new Geweigerd($"Elke stoel zegt iets over een besluit; nog niet: {string.Join(", ", stil)}.");
        if (gestemd.Except(stoelen).FirstOrDefault() is { } vreemd)
            throw new Geweigerd($"De stoel '{vreemd}' staat niet aan deze tafel.");
    }

    internal void Controleer(DateTimeOffset nu)
    {
        var invoer = new Invoer()
            .Eis(GenomenOp is not null, "/genomenOp", "Wanneer het besluit is genomen, ontbreekt.")
            .Eis(!(GenomenOp > nu), "/genomenOp", "Dit besluit is nog niet genomen.")
            .EisTekst(Besluit, "/besluit", "Het besluit")
            .EisTekst(LichtereWeg, "/lichtereWeg", "Welke lichtere weg er was")
            .Eis(GezinErbij is not null, "/gezinErbij", "Vermeld of het gezin erbij was.")
            .Eis(GezinErbij is not false || !string.IsNullOrWhiteSpace(RedenZonderGezin), "/redenZonderGezin", "Vermeld waarom het gezin er niet bij was.")
            .Eis(RedenZonderGezin is null || RedenZonderGezin.Length <= 2000, "/redenZonderGezin", "De reden is langer dan 2000 tekens.")
            .Eis(StapId is null == LaatStapToe is null, "/laatStapToe", "Vermeld over welke stap dit besluit gaat, en of zij door kan.")
            .Eis(Stemmen is { Count: > 0 and <= 50 }, "/stemmen", "Vermeld van elke stoel (hooguit 50) of die voor of tegen is.")
            .Eis(Stemmen is null || Stemmen.DistinctBy(s => s?.Stoel).Count() == Stemmen.Count, "/stemmen", "Een stoel staat er twee keer in.");
        foreach (var (i, stem) in (Stemmen ?? []).Index())
            invoer
                .EisTekst(stem?.Stoel, $"/stemmen/{i}/stoel", "De stoel", hooguit: 100)
                .Eis(stem?.IsVoor is not null, $"/stemmen/{i}/isVoor", "Vermeld of deze stoel voor is.")
                .Eis(stem?.IsVoor is not false || !string.IsNullOrWhiteSpace(stem.Opmerking), $"/stemmen/{i}/opmerking", "Wie tegen is, zegt erbij waarom; dat blijft staan.")
                .Eis(stem?.Opmerking is null || stem.Opmerking.Length <= 2000, $"/stemmen/{i}/opmerking", "De opmerking is langer dan 2000 tekens.");
        invoer.Klaar();
    }
}

/// <param name="Opmerking">Wie tegen is, zegt waarom en welk risico die ziet.</param>
public sealed record StemInvoer(string? Stoel, bool? IsVoor, string? Opmerking = null);

public sealed class Besluit
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required DateTimeOffset GenomenOp { get; init; }
    public required string Tekst { get; init; }
    public required string LichtereWeg { get; init; }
    public required bool GezinErbij { get; init; }
    public required string? RedenZonderGezin { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }

    internal BesluitBeeld Beeld(IEnumerable<Stem> stemmen) => new(
        Id, GenomenOp, Tekst, LichtereWeg, GezinErbij, [.. stemmen.OrderBy(s => s.Stoel, StringComparer.Ordinal).Select(s => new StemBeeld(s.Stoel, s.IsVoor, s.Opmerking))], VastgelegdDoorId, VastgelegdOp, RedenZonderGezin);
}

/// <summary>Wat een stoel van een besluit vond. Wie tegen was, blijft zichtbaar.</summary>
public sealed record Stem(Guid BesluitId, Guid CasusId, string Stoel, bool IsVoor, string? Opmerking);

public sealed record BesluitBeeld(
    Guid Id, DateTimeOffset GenomenOp, string Besluit, string LichtereWeg, bool GezinErbij, IReadOnlyList<StemBeeld> Stemmen, Guid VastgelegdDoorId, DateTimeOffset VastgelegdOp, string? RedenZonderGezin = null);

public sealed record StemBeeld(string Stoel, bool IsVoor, string? Opmerking = null);
