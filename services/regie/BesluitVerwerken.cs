using System.Text.Json.Nodes;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een beschikking die de dienst veiligheid ontving gaat langs dezelfde regels als een die iemand hier vastlegt. Past zij niet, dan
/// verandert er niets en hoort de regisseur waarom.
/// </summary>
internal sealed class BesluitOntvangenConsumer(RegieDbContext db, ConsumerTools tools, CasusRunner runner) : OnceConsumer<BesluitOntvangen>(db, tools)
{
    protected override Guid? Holds(BesluitOntvangen message) => message.CasusId;

    protected override async Task Handle(BesluitOntvangen message, CancellationToken ct)
    {
        if (await runner.ProbeerOnHeldAsync(message.CasusId, burst => VerwerkAsync(burst, message), ct) is { } reden)
            await runner.InBurstOnHeldAsync(message.CasusId, async burst =>
            {
                burst.Gebeurd(message);
                await burst.StartAsync("besluit-niet-verwerkt", new JsonObject { ["besluitId"] = message.BesluitId.ToString(), ["reden"] = reden });
                return true;
            }, ct);
    }

    private static async Task VerwerkAsync(Burst burst, BesluitOntvangen m)
    {
        burst.Gebeurd(m);
        // Two computers never have exactly the same time; what was received has happened.
        var vanaf = m.Vanaf < burst.Nu ? m.Vanaf : burst.Nu;
        var bewijs = m.Bewijs.ToDictionary(stuk => stuk, _ => $"zie besluit {m.BesluitId}");
        await KaderovergangVastleggen.VastleggenAsync(burst, new Actor(m.DoorId, Rol.Dienst, ""), m.KindRefs, m.Naar, bewijs, $"beschikking {m.Nummer}", vanaf, m.VerzoekDoor, new(m.Nummer, m.Datum, m.Einddatum, m.Gi, m.IsSpoed));
    }
}
