using System.Text.Json.Nodes;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>Een jongere beslist vanaf nu (mee): wie de regie houdt bespreekt opnieuw wat er gedeeld mag worden.</summary>
internal sealed class HerbevestigingNodigConsumer(RegieDbContext db, ConsumerTools tools, CasusRunner runner) : OnceConsumer<HerbevestigingNodig>(db, tools)
{
    protected override Guid? Holds(HerbevestigingNodig message) => message.CasusId;

    protected override Task Handle(HerbevestigingNodig message, CancellationToken ct) => runner.InBurstOnHeldAsync(message.CasusId, async burst =>
    {
        if (await burst.ProbeerCasusAsync() is { IsOpen: true })
            await burst.StartAsync("toestemming-herbevestigen", new JsonObject { ["kindRef"] = message.PersoonRef });
        return true;
    }, ct);
}
