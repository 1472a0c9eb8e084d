using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Engine;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Each time that a box was run, read from the journal.</summary>
internal static class ActivityExecutions
{
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapGet("/activity-executions/list", async (Guid workflowInstanceId, string? activityNodeId, RegieDbContext db, CancellationToken ct) =>
            Results.Ok(new ListResponse<Execution>([.. await OfAsync(workflowInstanceId, activityNodeId, db, ct)]))).VoorLezers();
        elsa.MapGet("/activity-execution-summaries/list", async (Guid workflowInstanceId, string? activityNodeId, RegieDbContext db, CancellationToken ct) =>
            Results.Ok(new ListResponse<Execution>([.. await OfAsync(workflowInstanceId, activityNodeId, db, ct)]))).VoorLezers();
        elsa.MapGet("/activity-executions/count", async (Guid workflowInstanceId, string? activityNodeId, RegieDbContext db, CancellationToken ct) =>
            Results.Ok(new { count = (await OfAsync(workflowInstanceId, activityNodeId, db, ct)).Count })).VoorLezers();
        elsa.MapGet("/activity-executions/by-id", async (string id, RegieDbContext db, CancellationToken ct) => Results.Ok((await FindAsync(id, db, ct))[0])).VoorLezers();
        elsa.MapGet("/activity-executions/{id}/call-stack", async (string id, RegieDbContext db, CancellationToken ct) =>
        {
            var stack = await FindAsync(id, db, ct);
            return Results.Ok(new { activityExecutionId = id, items = stack, totalCount = stack.Count });
        }).VoorLezers();
        elsa.MapPost("/activity-executions/report", async (ReportRequest request, RegieDbContext db, CancellationToken ct) =>
            Results.Ok(new { stats = await StatsAsync(request.WorkflowInstanceId, request.ActivityNodeIds, db, ct) })).VoorLezers();
    }

    /// <summary>How often each box began, ended, waits or failed.</summary>
    public static async Task<IReadOnlyList<Stats>> StatsAsync(Guid instanceId, IReadOnlyCollection<string>? nodeIds, RegieDbContext db, CancellationToken ct) =>
    [
        .. (await OfAsync(instanceId, null, db, ct)).Where(e => nodeIds?.Contains(e.ActivityNodeId) is not false).GroupBy(e => (e.ActivityId, e.ActivityNodeId)).Select(g => new Stats(
            g.Key.ActivityId, g.Key.ActivityNodeId, g.Count(), g.Count(e => e.Status == "Completed"), g.Count(e => e.Status is not ("Completed" or "Canceled")),
            g.Any(e => e.HasBookmarks), g.Any(e => e.Status == "Faulted"), g.Count(e => e.Status == "Faulted"))),
    ];

    private static async Task<IReadOnlyList<Execution>> OfAsync(Guid instanceId, string? nodeId, RegieDbContext db, CancellationToken ct) =>
    [
        .. (await InstanceState.EntriesAsync(instanceId, db, ct)).Where(e => nodeId is null || e.NodeId == nodeId).GroupBy(e => e.ActivityInstanceId).Select(g => Execution.Of(instanceId, [.. g])),
    ];

    /// <summary>One execution, and those that it is inside of.</summary>
    private static async Task<IReadOnlyList<Execution>> FindAsync(string id, RegieDbContext db, CancellationToken ct)
    {
        var all = id.Length > 36 && Guid.TryParse(id[..36], out var instanceId) ? await OfAsync(instanceId, null, db, ct) : [];
        var stack = new List<Execution>();
        for (var at = all.SingleOrDefault(e => e.Id == id); at is not null; at = all.SingleOrDefault(e => e.Id == at.SchedulingActivityExecutionId))
            stack.Add(at);
        return stack.Count > 0 ? stack : throw Geweigerd.NietGevonden("Deze stap");
    }

    private sealed record ReportRequest(Guid WorkflowInstanceId, IReadOnlyList<string>? ActivityNodeIds);
}

/// <summary>One run of a box, in Elsa's words.</summary>
internal sealed record Execution(
    string Id, string WorkflowInstanceId, string ActivityId, string ActivityNodeId, string ActivityType, string? ActivityName,
    DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, bool HasBookmarks, string Status, object? Exception, string? SchedulingActivityExecutionId)
{
    public int ActivityTypeVersion { get; } = 1;
    public int AggregateFaultCount => Status == "Faulted" ? 1 : 0;
    public JsonObject ActivityState { get; } = [];
    public JsonObject Properties { get; } = [];
    public JsonObject Metadata { get; } = [];
    public JsonObject Outputs { get; } = [];
    public JsonObject Payload { get; } = [];

    public static Execution Of(Guid instanceId, IReadOnlyList<JournalEntry> entries)
    {
        var (first, last) = (entries[0], entries[^1]);
        var status = last.EventName is JournalEvents.Completed or JournalEvents.Canceled or JournalEvents.Faulted ? last.EventName : "Running";
        return new(
            first.ActivityInstanceId, instanceId.ToString(), first.ActivityId, first.NodeId, first.ActivityType, first.ActivityName,
            first.Timestamp, status is "Completed" or "Canceled" ? last.Timestamp : null, last.EventName == JournalEvents.Suspended, status,
            status == "Faulted" ? new { type = "Storing", message = last.Message } : null,
            first.ParentActivityInstanceId);
    }
}

internal sealed record Stats(string ActivityId, string ActivityNodeId, int StartedCount, int CompletedCount, int UncompletedCount, bool IsBlocked, bool IsFaulted, int AggregateFaultCount)
{
    public JsonObject Metadata { get; } = [];
}
