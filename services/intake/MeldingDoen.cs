using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>Het antwoord op een melding.</summary>
/// <param name="Termijn">De naam in het termijnboek; ontbreekt als er voor deze route geen klok loopt.</param>
/// <param name="VerlooptOp">Wanneer die termijn voorbij is.</param>
/// <param name="CasusId">Ontbreekt zolang er geen casus is.</param>
public sealed record MeldingAntwoord(Guid Id, string Route, string Prioriteit, string? Termijn = null, DateTimeOffset? VerlooptOp = null, Guid? CasusId = null);

/// <summary>Neemt een melding aan: geldig, nieuw, en met een route. Van een herhaling geldt het eerste antwoord.</summary>
internal static class MeldingDoen
{
    public const int HoogsteAantalBytes = 64 * 1024;

    public static async Task<Results<Created<MeldingAntwoord>, Ok<MeldingAntwoord>>> Post(
        HttpRequest request, Actor actor, IntakeDbContext db, Termijnboek termijnboek, TimeProvider time, ILogger<IntakeService> log, CancellationToken ct)
    {
        var nu = time.Nu();
        var invoer = MeldingLezer.Lees(await LeesInhoudAsync(request, ct), nu);
        var route = Route.Van(invoer.Type)!;
        var melding = Melding.Registreren(invoer, route, actor, termijnboek, nu);

        if (await EerdereAsync(db, melding, ct) is { } eerdere)
            return TypedResults.Ok(EersteAntwoord(eerdere, melding, log));

        db.Meldingen.Add(melding);
        if (route.Gevolg == Gevolg.Casus)
            db.Publish(Gerouteerd(melding, invoer), SleutelVan(invoer.Betreft!.GezinRef), nu);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Of two deliveries at once the database lets one through; the other answers as if it came later.
            db.ChangeTracker.Clear();
            if (await EerdereAsync(db, melding, ct) is not { } andere)
                throw;
            return TypedResults.Ok(EersteAntwoord(andere, melding, log));
        }

        log.LogInformation("Melding {MeldingId}: route {Route}, prioriteit {Prioriteit}, termijn {Termijn}", melding.Id, melding.Route, melding.Prioriteit, melding.TermijnId);
        return TypedResults.Created($"/v1/meldingen/{melding.Id}", Antwoord(melding));
    }

    /// <summary>Berichten over een gezin blijven op volgorde, ook voordat er een casus is.</summary>
    internal static Guid SleutelVan(string gezinRef) => new(SHA256.HashData(Encoding.UTF8.GetBytes(gezinRef)).AsSpan(0, 16));

    private static MeldingAntwoord Antwoord(Melding melding) => new(melding.Id, melding.Route, melding.Prioriteit, melding.TermijnId, melding.VerlooptOp);

    private static MeldingGerouteerd Gerouteerd(Melding melding, MeldingInvoer invoer) =>
        new(melding.Id, melding.Route, melding.Prioriteit, invoer.Betreft!.GezinRef, invoer.Gemeente, invoer.Betreft.Kinderen, melding.TermijnId, invoer.OntvangenOp, melding.VerlooptOp);

    private static Task<Melding?> EerdereAsync(IntakeDbContext db, Melding melding, CancellationToken ct) =>
        db.Meldingen.AsNoTracking().SingleOrDefaultAsync(m => m.BronOrganisatie == melding.BronOrganisatie && m.BronMeldingId == melding.BronMeldingId, ct);

    // The first answer stands, also when the repetition says something else; then the source used a number twice, which a person should see.
    private static MeldingAntwoord EersteAntwoord(Melding eerdere, Melding herhaling, ILogger log)
    {
        if (!eerdere.ZegtHetzelfdeAls(herhaling))
            log.LogWarning("Melding {MeldingId}: de bron gebruikte hetzelfde nummer voor een andere inhoud; het eerste antwoord blijft", eerdere.Id);
        return Antwoord(eerdere);
    }

    // Counts what arrives and not what a header promises: a chunked body promises nothing.
    private static async Task<ReadOnlyMemory<byte>> LeesInhoudAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > HoogsteAantalBytes)
            throw TeGroot();
        var inhoud = new byte[HoogsteAantalBytes + 1];
        var aantal = await request.Body.ReadAtLeastAsync(inhoud, inhoud.Length, throwOnEndOfStream: false, ct);
        return aantal <= HoogsteAantalBytes ? inhoud.AsMemory(0, aantal) : throw TeGroot();

        static BadHttpRequestException TeGroot() => new("too large", StatusCodes.Status413PayloadTooLarge);
    }
}
