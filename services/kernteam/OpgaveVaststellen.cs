using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Stel samen vast wat de opgave is: de uitkomst van de gezamenlijke analyse, in een zin die iedereen herkent.</summary>
/// <param name="Reden">Waarom de opgave verandert; verplicht vanaf de tweede versie.</param>
public sealed record OpgaveVaststellen(string? Opgave, string? Reden = null)
{
    internal static async Task<Ok<OpgaveBeeld>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        return TypedResults.Ok((await Laatste(casusId, db, ct) ?? throw Geweigerd.NietGevonden("De opgave")).Beeld);
    }

    internal static async Task<Created<OpgaveBeeld>> Post(
        Guid casusId, OpgaveVaststellen verzoek, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        var vorige = await Laatste(casusId, db, ct);
        verzoek.Controleer(isEerste: vorige is null);

        var opgave = new Opgave
        {
            CasusId = casusId,
            Versie = (vorige?.Versie ?? 0) + 1,
            Tekst = verzoek.Opgave!,
            Reden = verzoek.Reden,
            VastgesteldDoorId = actor.Id,
            VastgesteldOp = time.GetUtcNow(),
        };
        db.Opgaven.Add(opgave);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/opgave", opgave.Beeld);
    }

    internal void Controleer(bool isEerste) =>
        new Invoer()
            .EisTekst(Opgave, "/opgave", "De opgave")
            .Eis(isEerste || !string.IsNullOrWhiteSpace(Reden), "/reden", "Vermeld waarom de opgave verandert.")
            .Eis(Reden is null || Reden.Length <= 2000, "/reden", "De reden is langer dan 2000 tekens.")
            .Klaar();

    private static Task<Opgave?> Laatste(Guid casusId, KernteamDbContext db, CancellationToken ct) =>
        db.Opgaven.AsNoTracking().Where(o => o.CasusId == casusId).OrderByDescending(o => o.Versie).FirstOrDefaultAsync(ct);
}

public sealed class Opgave
{
    public required Guid CasusId { get; init; }
    public required int Versie { get; init; }
    public required string Tekst { get; init; }
    public required string? Reden { get; init; }
    public required Guid VastgesteldDoorId { get; init; }
    public required DateTimeOffset VastgesteldOp { get; init; }

    internal OpgaveBeeld Beeld => new(Versie, Tekst, VastgesteldDoorId, VastgesteldOp, Reden);
}

public sealed record OpgaveBeeld(int Versie, string Opgave, Guid VastgesteldDoorId, DateTimeOffset VastgesteldOp, string? Reden = null);
