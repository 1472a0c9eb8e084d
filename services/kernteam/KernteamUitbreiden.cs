using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Kernteam;

/// <summary>Geeft een beroepskracht een stoel; ook als het kernteam er nog niet is, want stromen wachten niet op elkaar.</summary>
public sealed class KernteamUitbreidenConsumer(KernteamDbContext db, ConsumerTools tools) : OnceConsumer<KernteamUitbreiden>(db, tools)
{
    protected override Guid? Holds(KernteamUitbreiden message) => message.Stap.CasusId;

    protected override async Task Handle(KernteamUitbreiden message, CancellationToken ct)
    {
        // A mistake in a flow, not an outcome: the message is kept for a person, and the flow shows that it waits.
        if (message.Stoel == Stoel.Regisseur)
            throw new InvalidOperationException("De stoel van de regisseur volgt de regielijn en is niet te vergeven.");

        if (await db.Stoelen.FindAsync([message.Stap.CasusId, message.Stoel, message.LidId], ct) is null)
        {
            // Who is given a seat by a flow has been asked there, and said yes.
            db.Stoelen.Add(new Stoel(message.Stap.CasusId, message.Stoel, message.LidId, Now).Dekken(null, null, message.LidId, Now));
            await db.StoelenGewijzigd(message.Stap.CasusId, isInrichting: false, Now, ct);
        }

        db.Publish(new KernteamUitgebreid(message.Stap), Now);
    }
}
