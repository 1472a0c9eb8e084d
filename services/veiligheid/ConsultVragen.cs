using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Veiligheid;

/// <summary>Opent een consult voor een stroom. Zolang dat open is, is nog een vraag van dezelfde stroom een herinnering.</summary>
public sealed class ConsultVragenConsumer(VeiligheidDbContext db, Database database, Regio regio, ConsumerTools tools) : OnceConsumer<ConsultVragen>(db, tools)
{
    protected override async Task Handle(ConsultVragen message, CancellationToken ct)
    {
        // An answer that is being given right now must know whom it answers.
        await database.LockAsync(db, message.Stap.StroomId, ct);
        if (await db.Consulten.SingleOrDefaultAsync(c => c.StroomId == message.Stap.StroomId && c.BeantwoordOp == null, ct) is { } lopend)
        {
            lopend.Herinneren(message.Stap, IncidentMelden.LeidingVanHetRvt(regio));
            db.Publish(new BerichtNietBevestigd(lopend.CasusId, lopend.Id, lopend.Herinneringen + 1, lopend.VoorId), lopend.CasusId, Now);
        }
        else
        {
            db.Consulten.Add(Consult.Voor(message.Stap, Now));
        }
    }
}

/// <summary>Een vraag om advies aan het RVT, en het advies. De regie verandert er niet door.</summary>
public sealed class Consult
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required Guid StroomId { get; init; }

    /// <summary>Waar de stroom het antwoord verwacht; een herinnering verlegt dat.</summary>
    public required string Wachtpunt { get; set; }
    public required DateTimeOffset GevraagdOp { get; init; }
    public int Herinneringen { get; private set; }

    /// <summary>Wie leiding geeft aan het RVT, zodra het antwoord te laat is.</summary>
    public Guid? VoorId { get; private set; }
    public string? Advies { get; private set; }
    public string? Veiligheidsafspraken { get; private set; }
    public string? StandbyMaatregel { get; private set; }
    public DateTimeOffset? StandbyTotOp { get; private set; }
    public Guid? RvtId { get; private set; }
    public DateTimeOffset? BeantwoordOp { get; private set; }

    public ConsultBeantwoorden? Antwoord => BeantwoordOp is null ? null : new(Advies, Veiligheidsafspraken, StandbyMaatregel is null ? null : new(StandbyMaatregel, StandbyTotOp));

    public static Consult Voor(StapRef stap, DateTimeOffset nu) =>
        new() { Id = Guid.CreateVersion7(nu), CasusId = stap.CasusId, StroomId = stap.StroomId, Wachtpunt = stap.Wachtpunt, GevraagdOp = nu };

    public void Herinneren(StapRef stap, Guid? leidingId)
    {
        (Wachtpunt, VoorId) = (stap.Wachtpunt, leidingId);
        Herinneringen++;
    }

    /// <returns>Wat de stroom te horen krijgt.</returns>
    public ConsultGegeven Beantwoorden(ConsultBeantwoorden antwoord, Guid rvtId, DateTimeOffset nu)
    {
        (Advies, Veiligheidsafspraken) = (antwoord.Advies, antwoord.Veiligheidsafspraken);
        (StandbyMaatregel, StandbyTotOp) = (antwoord.Standby?.Maatregel, antwoord.Standby?.TotOp);
        (RvtId, BeantwoordOp) = (rvtId, nu);
        return new ConsultGegeven(new StapRef(CasusId, StroomId, Wachtpunt), Id, rvtId);
    }
}
