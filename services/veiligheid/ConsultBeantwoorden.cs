using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>Het advies van het RVT.</summary>
/// <param name="Veiligheidsafspraken">Wat er de komende tijd is afgesproken om het veilig te houden.</param>
/// <param name="Standby">Een maatregel die klaarstaat en niet wordt toegepast.</param>
public sealed record ConsultBeantwoorden(string? Advies, string? Veiligheidsafspraken, Standby? Standby = null)
{
    /// <summary>Wie hetzelfde antwoord nog eens stuurt, krijgt het eerste terug; wie iets anders stuurt, wordt geweigerd.</summary>
    internal static async Task<Results<Created<ConsultBeeld>, Ok<ConsultBeeld>>> Post(
        Guid id, ConsultBeantwoorden verzoek, Actor actor, VeiligheidDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        var antwoord = verzoek.OpDeSeconde();
        var stroomId = await db.Consulten.Where(c => c.Id == id).Select(c => (Guid?)c.StroomId).SingleOrDefaultAsync(ct) ?? throw ConsultTonen.NietGevonden;
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, stroomId, ct);

        var consult = await db.Consulten.SingleAsync(c => c.Id == id, ct);
        if (consult.Antwoord is { } eerste)
            return eerste == antwoord
                ? TypedResults.Ok(ConsultBeeld.Van(consult, termijnen, metInhoud: true))
                : throw new Geweigerd("Dit consult is al beantwoord; vraag een nieuw consult als er iets verandert.");

        antwoord.Controleer(nu);
        db.Publish(consult.Beantwoorden(antwoord, actor.Id, nu), nu);
        if (antwoord.Standby is { } standby)
            await StandbyZetten.Zet(db, new(consult.CasusId, standby.Maatregel, standby.TotOp), actor.Id, nu, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/consulten/{id}", ConsultBeeld.Van(consult, termijnen, metInhoud: true));
    }

    internal void Controleer(DateTimeOffset nu)
    {
        var invoer = new Invoer()
            .EisTekst(Advies, "/advies", "Het advies", hooguit: 8000)
            .EisTekst(Veiligheidsafspraken, "/veiligheidsafspraken", "Wat er voor de veiligheid is afgesproken", hooguit: 4000);
        if (Standby is not null)
            invoer
                .EisTekst(Standby.Maatregel, "/standby/maatregel", "De maatregel die klaarstaat", hooguit: 500)
                .Eis(Standby.TotOp > nu, "/standby/totOp", "Vermeld tot welk moment in de toekomst de maatregel klaarstaat.");
        invoer.Klaar();
    }

    // Databases keep fewer digits of an instant than JSON may carry; the same answer must still compare as the same.
    internal ConsultBeantwoorden OpDeSeconde() =>
        Standby?.TotOp is { } tot ? this with { Standby = Standby with { TotOp = tot.AddTicks(-(tot.Ticks % TimeSpan.TicksPerSecond)) } } : this;
}

/// <summary>Een maatregel die klaarstaat, altijd met een einde.</summary>
public sealed record Standby(string? Maatregel, DateTimeOffset? TotOp);
