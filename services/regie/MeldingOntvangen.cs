using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een melding begint een stroom: op de lopende casus van het gezin als die er is, op een die in de nazorg weer opengaat, anders op een
/// nieuwe. Het openen zelf is een
/// stap in die stroom.
/// </summary>
internal sealed class MeldingGerouteerdConsumer(RegieDbContext db, ConsumerTools tools, Database database, CasusRunner runner) : OnceConsumer<MeldingGerouteerd>(db, tools)
{
    private readonly RegieDbContext _db = db;

    protected override Task Handle(MeldingGerouteerd message, CancellationToken ct) => BeginAsync(message, Now, _db, database, runner, ct);

    /// <summary>Within a transaction of the caller, who saves and commits.</summary>
    internal static async Task BeginAsync(MeldingGerouteerd message, DateTimeOffset nu, RegieDbContext db, Database database, CasusRunner runner, CancellationToken ct)
    {
        // Held until the commit: a second report about this family finds the casus that this one opens.
        await database.LockAsync(db, SleutelVan(message.GezinRef), ct);
        var lopend = await db.Casussen.Where(c => c.GezinRef == message.GezinRef && c.IsOpen).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct);

        var inNazorg = lopend is null ? await Heropenen.InNazorgAsync(db, message.GezinRef, nu, ct) : null;

        await runner.InBurstAsync(lopend ?? inNazorg ?? Guid.CreateVersion7(nu), async burst =>
        {
            burst.Meld(message.Route == BeoordelingMelden.VeiligThuis
                ? new MeldingOntvangen(burst.CasusId, message.MeldingId)
                : new CasusAangemeld(burst.CasusId, message.MeldingId));
            if (inNazorg is not null)
                await Heropenen.DoeAsync(burst, null, $"nieuwe melding {message.MeldingId}");
            await burst.StartAsync("melding-tot-regisseur", new JsonObject { ["melding"] = JsonSerializer.SerializeToNode(message, JsonSerializerOptions.Web) });
            return true;
        }, ct);
    }

    private static Guid SleutelVan(string gezinRef) => new(SHA256.HashData(Encoding.UTF8.GetBytes("gezin " + gezinRef)).AsSpan(0, 16));
}
