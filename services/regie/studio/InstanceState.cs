using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Engine;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// How far one flow is and how it came there. What was filled in about people (inputs, values of variables, answers) stays with
/// the casus: here are only steps, moments and numbers.
/// </summary>
internal static class InstanceState
{
    public static void Map(RouteGroupBuilder elsa)
    {
        var instance = elsa.MapGroup("/workflow-instances/{id:guid}").VoorLezers();
        instance.MapGet("", Find);
        instance.MapGet("/execution-state", async (Guid id, RegieDbContext db, CancellationToken ct) =>
        {
            var stroom = await db.Stromen.AsNoTracking().Where(s => s.Id == id).Select(s => new { s.Status, s.BijgewerktOp, s.AfgerondOp }).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze stroom");
            return Results.Ok(new { status = stroom.AfgerondOp is null ? "Running" : "Finished", subStatus = stroom.Status, updatedAt = stroom.BijgewerktOp });
        });
        instance.MapGet("/variables", Variables);
        instance.MapGet("/journal", (Guid id, int? skip, int? take, RegieDbContext db, CancellationToken ct) => JournalAsync(id, skip, take, null, db, ct));
        instance.MapPost("/journal", (Guid id, int? skip, int? take, JournalRequest? request, RegieDbContext db, CancellationToken ct) => JournalAsync(id, skip, take, request?.Filter, db, ct));
        instance.MapGet("/journal/{activityId}", async (Guid id, string activityId, RegieDbContext db, CancellationToken ct) =>
            Results.Ok((await EntriesAsync(id, db, ct)).LastOrDefault(e => e.ActivityId == activityId) is { } last ? Entry(id, last) : throw Geweigerd.NietGevonden("Deze stap")));
    }

    public static async Task<Stroom> FindAsync(Guid id, RegieDbContext db, CancellationToken ct) =>
        await db.Stromen.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw Geweigerd.NietGevonden("Deze stroom");

    /// <summary>
    /// Everything that happened in a flow, in order and over all versions that it ran on. Numbered here, since a move to another
    /// version stands between what the engine did.
    /// </summary>
    public static async Task<IReadOnlyList<JournalEntry>> EntriesAsync(Guid id, RegieDbContext db, CancellationToken ct)
    {
        var pages = await db.Journaal.Where(j => j.StroomId == id).OrderBy(j => j.Burst).Select(j => j.Regels).ToListAsync(ct);
        return [.. pages.SelectMany(page => JsonSerializer.Deserialize<List<JournalEntry>>(page, JsonSerializerOptions.Web)!).Select((entry, i) => entry with { Sequence = i })];
    }

    private static async Task<IResult> Find(Guid id, RegieDbContext db, Definities definities, CancellationToken ct)
    {
        var stroom = await FindAsync(id, db, ct);
        var summary = InstanceList.Summary(stroom);
        var state = stroom.LeesToestand();
        var nodes = (await definities.LeesAsync(db, stroom.DefinitieId, stroom.Versie, ct)).Activities.ToDictionary(a => a.Id, a => a.NodeId);
        var began = (await EntriesAsync(id, db, ct)).Where(e => e.EventName == JournalEvents.Started).ToLookup(e => e.ActivityInstanceId);
        var activities = state is null ? [] : (JsonNode.Parse(stroom.Toestand)!["activities"] as JsonArray ?? []).OfType<JsonObject>();
        return Results.Ok(new
        {
            summary.Id,
            summary.DefinitionId,
            summary.DefinitionVersionId,
            summary.Version,
            workflowState = new
            {
                summary.Id,
                summary.DefinitionId,
                summary.DefinitionVersionId,
                definitionVersion = summary.Version,
                summary.CorrelationId,
                summary.Status,
                summary.SubStatus,
                isExecuting = false,
                bookmarks = (state?.Bookmarks ?? []).Select(b => new
                {
                    id = b.Id,
                    name = b.Type,
                    activityId = b.ActivityId,
                    activityNodeId = b.NodeId,
                    activityInstanceId = b.ActivityInstanceId,
                    createdAt = b.CreatedAt,
                    autoBurn = true,
                }),
                incidents = (state?.Incidents ?? []).Select(i => new
                {
                    activityId = i.ActivityId,
                    activityNodeId = i.NodeId,
                    activityType = i.ActivityType,
                    message = i.ToSentence(),
                    timestamp = i.Timestamp,
                }),
                isSystem = false,
                completionCallbacks = Array.Empty<object>(),
                activityExecutionContexts = activities.Select(a => (Id: (string)a["id"]!, ActivityId: (string)a["activityId"]!, ParentId: (string?)a["parentId"], IsFaulted: a["faulted"]?.GetValueKind() == JsonValueKind.True)).Select(a => new
                {
                    id = a.Id,
                    parentContextId = a.ParentId,
                    scheduledActivityNodeId = nodes.GetValueOrDefault(a.ActivityId, a.ActivityId),
                    properties = new JsonObject(),
                    metadata = new JsonObject(),
                    activityState = new JsonObject(),
                    dynamicVariables = Array.Empty<object>(),
                    status = a.IsFaulted ? "Faulted" : "Running",
                    isExecuting = false,
                    faultCount = a.IsFaulted ? 1 : 0,
                    startedAt = began[a.Id].FirstOrDefault()?.Timestamp ?? stroom.GestartOp,
                }),
                scheduledActivities = Array.Empty<object>(),
                input = new JsonObject(),
                output = new JsonObject(),
                properties = new JsonObject(),
                summary.CreatedAt,
                summary.UpdatedAt,
                summary.FinishedAt,
            },
            summary.Status,
            summary.SubStatus,
            summary.CorrelationId,
            summary.IsExecuting,
            summary.IncidentCount,
            summary.IsSystem,
            summary.CreatedAt,
            summary.UpdatedAt,
            summary.FinishedAt,
        });
    }

    // Names without values, as Elsa does for values that are not shown.
    private static async Task<IResult> Variables(Guid id, RegieDbContext db, Definities definities, CancellationToken ct)
    {
        var stroom = await FindAsync(id, db, ct);
        var drawing = Tekening.Lees((await definities.LeesAsync(db, stroom.DefinitieId, stroom.Versie, ct)).ToJson());
        return Results.Ok(new ListResponse<object>([.. (drawing["variables"] as JsonArray ?? []).OfType<JsonObject>().Select(v => new { id = Tekening.Tekst(v, "id"), name = Tekening.Tekst(v, "name") })]));
    }

    private static async Task<IResult> JournalAsync(Guid id, int? skip, int? take, JournalFilter? filter, RegieDbContext db, CancellationToken ct)
    {
        await FindAsync(id, db, ct);
        var chosen = (await EntriesAsync(id, db, ct)).Where(e =>
            (filter?.ActivityIds is not { Count: > 0 } || filter.ActivityIds.Contains(e.ActivityId))
            && (filter?.ActivityNodeIds is not { Count: > 0 } || filter.ActivityNodeIds.Contains(e.NodeId))
            && (filter?.EventNames is not { Count: > 0 } || filter.EventNames.Contains(e.EventName))
            && filter?.ExcludedActivityTypes?.Contains(e.ActivityType) is not true).ToList();
        return Results.Ok(new PagedListResponse<object>([.. chosen.Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(take ?? 1000, 1, 1000)).Select(e => Entry(id, e))], chosen.Count));
    }

    private static object Entry(Guid id, JournalEntry e) => new
    {
        id = $"{id:N}-{e.Sequence}",
        activityInstanceId = e.ActivityInstanceId,
        parentActivityInstanceId = e.ParentActivityInstanceId,
        activityId = e.ActivityId,
        activityType = e.ActivityType,
        activityTypeVersion = 1,
        activityName = e.ActivityName,
        nodeId = e.NodeId,
        timestamp = e.Timestamp,
        sequence = e.Sequence,
        eventName = e.EventName,
        message = e.Message,
    };

    private sealed record JournalRequest(JournalFilter? Filter);

    private sealed record JournalFilter(IReadOnlyList<string>? ActivityIds, IReadOnlyList<string>? ActivityNodeIds, IReadOnlyList<string>? ExcludedActivityTypes, IReadOnlyList<string>? EventNames);
}
