using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>Elsa's hub for who looks at one flow: it tells that something happened, and Studio asks what.</summary>
internal sealed class InstanceHub(ObservedInstances observed) : Hub
{
    public const string Path = "/elsa/hubs/workflow-instance";

    public async Task ObserveInstanceAsync(string instanceId)
    {
        if (!Guid.TryParse(instanceId, out var id))
            throw new HubException("Dit is geen nummer van een stroom.");
        await Groups.AddToGroupAsync(Context.ConnectionId, id.ToString(), Context.ConnectionAborted);
        observed.Add(Context.ConnectionId, id);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        observed.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}

/// <summary>
/// Tells observers what changed. A look at the database finds the bursts of every replica alike, and is one small query for
/// all observers together; while nobody looks there is none.
/// </summary>
internal sealed class ObservedInstances(IServiceScopeFactory scopes, IHubContext<InstanceHub> hub, ILogger<ObservedInstances> log) : BackgroundService
{
    private static readonly TimeSpan Looking = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Guid> _observed = new();
    private readonly Dictionary<Guid, int> _seen = [];
    private readonly Signal _awake = new();

    public void Add(string connectionId, Guid instanceId)
    {
        _observed[connectionId] = instanceId;
        _awake.Set();
    }

    public void Remove(string connectionId) => _observed.TryRemove(connectionId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!_observed.IsEmpty)
                    await LookAsync([.. _observed.Values.Distinct()], stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Wie in de ontwerper meekijkt krijgt even geen bericht ({Reden})", e.GetType().Name);
            }

            await _awake.WaitAsync(Looking, stoppingToken);
        }
    }

    private async Task LookAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
        var bursts = await db.Stromen.Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.LaatsteBurst }).ToListAsync(ct);
        foreach (var gone in _seen.Keys.Except(ids).ToList())
            _seen.Remove(gone);
        foreach (var stroom in bursts.Where(b => !(_seen.TryGetValue(b.Id, out var seen) && seen == b.LaatsteBurst)))
        {
            // Also the first time: it may have moved on between the page and the hub.
            _seen[stroom.Id] = stroom.LaatsteBurst;
            var observers = hub.Clients.Group(stroom.Id.ToString());
            await observers.SendAsync("ActivityExecutionLogUpdatedAsync", new { stats = await ActivityExecutions.StatsAsync(stroom.Id, null, db, ct) }, ct);
            await observers.SendAsync("WorkflowExecutionLogUpdatedAsync", new { }, ct);
            await observers.SendAsync("WorkflowInstanceUpdatedAsync", new { workflowInstanceId = stroom.Id.ToString() }, ct);
        }
    }
}
