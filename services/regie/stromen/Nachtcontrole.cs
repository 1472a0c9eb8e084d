using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Regie;

/// <summary>
/// Elke nacht: heeft wie de regie houdt een geldige vervanger, en elke casus een houder in laatste instantie? Zo niet, dan krijgt de
/// leidinggevende een taak; een keer, tot zij die heeft afgerond.
/// </summary>
internal sealed class Nachtcontrole(IServiceScopeFactory scopes, TimeProvider time, ILogger<Nachtcontrole> log) : BackgroundService, IAlarm
{
    public const string Stroom = "vervanger-ontbreekt";

    private static readonly TimeSpan Kijken = TimeSpan.FromSeconds(1);

    private readonly Signal _wakker = new();
    private DateTimeOffset _volgende = Nacht(time.Nu());

    public void Wake() => _wakker.Set();

    // Een nacht waarin er niets te melden is, hoeft niemand af te wachten.
    public async Task<DateTimeOffset?> NextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await OnveiligAsync(scope.ServiceProvider.GetRequiredService<RegieDbContext>(), ct)).Count > 0 ? Volgende() : null;
    }

    // Wordt de klok teruggezet, dan komt de nacht eerder.
    private DateTimeOffset Volgende() => Nacht(time.Nu()) is var nacht && nacht < _volgende ? _volgende = nacht : _volgende;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (time.Nu() >= Volgende())
                {
                    await ControleerAsync(stoppingToken);
                    _volgende = Nacht(time.Nu());
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("De nachtcontrole lukt niet ({Reden}); over {Wachttijd} opnieuw", e.GetType().Name, Kijken);
            }

            await _wakker.WaitAsync(Kijken, stoppingToken);
        }
    }

    /// <summary>De eerstvolgende nacht om drie uur, op de klok van Nederland.</summary>
    internal static DateTimeOffset Nacht(DateTimeOffset na)
    {
        var dag = NederlandseKalender.DatumVan(na);
        var vannacht = NederlandseKalender.Moment(dag, new TimeOnly(3, 0));
        return vannacht > na ? vannacht : NederlandseKalender.Moment(dag.AddDays(1), new TimeOnly(3, 0));
    }

    private async Task ControleerAsync(CancellationToken ct)
    {
        List<Guid> onveilig;
        await using (var scope = scopes.CreateAsyncScope())
            onveilig = await OnveiligAsync(scope.ServiceProvider.GetRequiredService<RegieDbContext>(), ct);
        foreach (var casusId in onveilig)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CasusRunner>().RunAsync(casusId, async burst =>
            {
                // Een andere replica kan eerder zijn geweest, en iemand kan het net hebben geregeld.
                if (await OnveiligAsync(burst.Db, ct, casusId) is [_])
                    await burst.StartAsync(Stroom, new JsonObject());
                return true;
            }, ct);
            log.LogWarning("Casus {CasusId}: wie de regie houdt heeft geen geldige vervanger, of er is geen houder in laatste instantie", casusId);
        }
    }

    /// <summary>De open casussen zonder geldige vervanger of houder in laatste instantie, waar nog niemand van weet.</summary>
    /// <param name="casusId">Alleen deze; leeg is alle.</param>
    internal static async Task<List<Guid>> OnveiligAsync(RegieDbContext db, CancellationToken ct, Guid? casusId = null)
    {
        var regie = await db.Perioden.Where(p => p.Lijn == Lijnen.Regie && p.IsOpen && (casusId == null || p.CasusId == casusId))
            .Join(db.Casussen.Where(c => c.IsOpen && !db.Stromen.Any(s => s.CasusId == c.Id && s.DefinitieId == Stroom && s.AfgerondOp == null)), p => p.CasusId, c => c.Id, (p, c) => new { c.Id, p.Waarde, p.PrincipaalId, HeeftLaatste = db.Teams.Any(t => t.Id == c.TeamId && db.Professionals.Any(l => l.Id == t.LeidinggevendeId && l.IsActief)) })
            .ToListAsync(ct);
        var vervangen = (await db.Vervangers.Where(v => db.Professionals.Any(p => p.Id == v.VervangerId && p.IsActief)).Select(v => v.ProfessionalId).Distinct().ToListAsync(ct)).ToHashSet();
        return [.. regie.Where(c => !c.HeeftLaatste || !vervangen.Contains(c.PrincipaalId ?? Guid.Parse(c.Waarde))).Select(c => c.Id)];
    }
}
