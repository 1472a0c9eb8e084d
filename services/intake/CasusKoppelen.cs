using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Intake;

/// <summary>Voor de melding is een casus geopend.</summary>
public sealed class CasusGeopendConsumer(IntakeDbContext db, ConsumerTools tools) : OnceConsumer<CasusGeopend>(db, tools)
{
    protected override Task Handle(CasusGeopend message, CancellationToken ct) => CasusKoppelen.Koppel(db, message.MeldingId, message.CasusId, ct);
}

/// <summary>De melding hoort bij een casus die er al was.</summary>
public sealed class MeldingGekoppeldConsumer(IntakeDbContext db, ConsumerTools tools) : OnceConsumer<MeldingGekoppeld>(db, tools)
{
    protected override Task Handle(MeldingGekoppeld message, CancellationToken ct) => CasusKoppelen.Koppel(db, message.MeldingId, message.CasusId, ct);
}

/// <summary>Onthoudt bij welke casus een melding hoort, zodat de melder kan zien dat er iets gebeurt.</summary>
internal static class CasusKoppelen
{
    public static async Task Koppel(IntakeDbContext db, Guid meldingId, Guid casusId, CancellationToken ct) =>
        (await db.Meldingen.FindAsync([meldingId], ct))?.Koppelen(casusId);
}
