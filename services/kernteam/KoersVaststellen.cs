using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Stel de richting vast waaraan elke keuze wordt getoetst.</summary>
/// <param name="Reden">Waarom de koers verandert; verplicht vanaf de tweede versie, want een koers verandert openlijk of niet.</param>
public sealed record KoersVaststellen(IReadOnlyList<string?>? Punten, string? Reden = null)
{
    // A course that nobody can say by heart is no course.
    private const int MeestePunten = 12;

    internal static async Task<Ok<KoersBeeld>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        return TypedResults.Ok((await Laatste(casusId, db, ct) ?? throw Geweigerd.NietGevonden("De koers")).Beeld);
    }

    internal static async Task<Created<KoersBeeld>> Post(
        Guid casusId, KoersVaststellen verzoek, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        var vorige = await Laatste(casusId, db, ct);
        verzoek.Controleer(isEerste: vorige is null);

        var koers = new Koers
        {
            CasusId = casusId,
            Versie = (vorige?.Versie ?? 0) + 1,
            Punten = [.. verzoek.Punten!.Select(punt => punt!)],
            Reden = verzoek.Reden,
            VastgesteldDoorId = actor.Id,
            VastgesteldOp = nu,
        };
        db.Koersen.Add(koers);
        db.Publish(new KoersVastgesteld(casusId, koers.Versie), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/koers", koers.Beeld);
    }

    internal void Controleer(bool isEerste)
    {
        var invoer = new Invoer()
            .Eis(Punten is { Count: > 0 and <= MeestePunten }, "/punten", $"Een koers heeft een tot {MeestePunten} punten.")
            .Eis(isEerste || !string.IsNullOrWhiteSpace(Reden), "/reden", "Vermeld waarom de koers verandert.")
            .Eis(Reden is null || Reden.Length <= 2000, "/reden", "De reden is langer dan 2000 tekens.");
        foreach (var (i, punt) in (Punten ?? []).Index())
            invoer.EisTekst(punt, $"/punten/{i}", "Dit punt", hooguit: 500);
        invoer.Klaar();
    }

    internal static Task<Koers?> Laatste(Guid casusId, KernteamDbContext db, CancellationToken ct) =>
        db.Koersen.AsNoTracking().Where(k => k.CasusId == casusId).OrderByDescending(k => k.Versie).FirstOrDefaultAsync(ct);
}

public sealed class Koers
{
    public required Guid CasusId { get; init; }
    public required int Versie { get; init; }
    public required string[] Punten { get; init; }
    public required string? Reden { get; init; }
    public required Guid VastgesteldDoorId { get; init; }
    public required DateTimeOffset VastgesteldOp { get; init; }

    internal KoersBeeld Beeld => new(Versie, Punten, VastgesteldDoorId, VastgesteldOp, Reden);
}

public sealed record KoersBeeld(int Versie, IReadOnlyList<string> Punten, Guid VastgesteldDoorId, DateTimeOffset VastgesteldOp, string? Reden = null);
