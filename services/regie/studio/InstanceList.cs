using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Engine;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>The flows of all casussen, running and ended. A casus is here only by its number.</summary>
internal static class InstanceList
{
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapPost("/workflow-instances", (InstanceFilter filter, RegieDbContext db, CancellationToken ct) => ListAsync(filter, db, ct)).VoorLezers();
        elsa.MapGet("/workflow-instances", (HttpRequest request, RegieDbContext db, CancellationToken ct) => ListAsync(InstanceFilter.From(request.Query), db, ct)).VoorLezers();
    }

    /// <summary>What every answer says of an instance.</summary>
    public static InstanceSummary Summary(Stroom s) => new(
        s.Id.ToString(), s.DefinitieId, Tekening.VersieId(s.DefinitieId, s.Versie), s.Versie, Status(s), s.Status, s.CasusId.ToString(), s.Storingen, s.GestartOp, s.BijgewerktOp, s.AfgerondOp);

    public static string Status(Stroom s) => (s.AfgerondOp is null ? WorkflowStatus.Running : WorkflowStatus.Finished).ToString();

    private static async Task<IResult> ListAsync(InstanceFilter filter, RegieDbContext db, CancellationToken ct)
    {
        var query = Choose(db.Stromen.AsNoTracking(), filter);
        var total = await query.CountAsync(ct);
        var (page, size) = Paging.Read(filter.Page?.ToString(), filter.PageSize?.ToString());
        var isDescending = filter.OrderDirection is not "Ascending";
        var rows = await ((filter.OrderBy?.ToUpperInvariant(), isDescending) switch
        {
            ("UPDATEDAT", true) => query.OrderByDescending(s => s.BijgewerktOp),
            ("UPDATEDAT", false) => query.OrderBy(s => s.BijgewerktOp),
            ("FINISHED" or "FINISHEDAT", true) => query.OrderByDescending(s => s.AfgerondOp),
            ("FINISHED" or "FINISHEDAT", false) => query.OrderBy(s => s.AfgerondOp),
            (_, true) => query.OrderByDescending(s => s.GestartOp).ThenByDescending(s => s.Id),
            _ => query.OrderBy(s => s.GestartOp).ThenBy(s => s.Id),
        }).Skip(page * size).Take(size).Select(Stroom.ZonderToestand).ToListAsync(ct);
        return Results.Ok(new PagedListResponse<InstanceSummary>([.. rows.Select(Summary)], total));
    }

    private static IQueryable<Stroom> Choose(IQueryable<Stroom> query, InstanceFilter filter)
    {
        var definitionIds = Both(filter.DefinitionIds, filter.DefinitionId);
        var statuses = Both(filter.Statuses, filter.Status);
        var subStatuses = Both(filter.SubStatuses, filter.SubStatus);
        if (definitionIds.Count > 0)
            query = query.Where(s => definitionIds.Contains(s.DefinitieId));
        if (statuses.Count == 1)
            query = statuses[0] == nameof(WorkflowStatus.Finished) ? query.Where(s => s.AfgerondOp != null) : query.Where(s => s.AfgerondOp == null);
        if (subStatuses.Count > 0)
            query = query.Where(s => subStatuses.Contains(s.Status));
        if (filter.Version is { } version)
            query = query.Where(s => s.Versie == version);
        if (filter.HasIncidents is { } has)
            query = query.Where(s => s.Storingen > 0 == has);
        if (filter.CorrelationId is { Length: > 0 } correlation)
            query = Guid.TryParse(correlation, out var casusId) ? query.Where(s => s.CasusId == casusId) : query.Where(s => false);
        if (filter.SearchTerm?.Trim() is { Length: > 0 } search)
            query = Guid.TryParse(search, out var id) ? query.Where(s => s.Id == id || s.CasusId == id) : query.Where(s => s.DefinitieId.Contains(search));
        foreach (var at in filter.TimestampFilters ?? [])
            query = (at.Column, at.Operator) switch
            {
                ("CreatedAt", "GreaterThan" or "GreaterThanOrEqual") => query.Where(s => s.GestartOp >= at.Timestamp),
                ("CreatedAt", "LessThan" or "LessThanOrEqual") => query.Where(s => s.GestartOp <= at.Timestamp),
                ("UpdatedAt", "GreaterThan" or "GreaterThanOrEqual") => query.Where(s => s.BijgewerktOp >= at.Timestamp),
                ("UpdatedAt", "LessThan" or "LessThanOrEqual") => query.Where(s => s.BijgewerktOp <= at.Timestamp),
                ("FinishedAt", "GreaterThan" or "GreaterThanOrEqual") => query.Where(s => s.AfgerondOp >= at.Timestamp),
                ("FinishedAt", "LessThan" or "LessThanOrEqual") => query.Where(s => s.AfgerondOp <= at.Timestamp),
                _ => throw new OngeldigeInvoer([new("/timestampFilters", "Dit tijdfilter bestaat hier niet.")]),
            };
        return query;
    }

    private static List<string> Both(IReadOnlyList<string>? many, string? one) => [.. many ?? [], .. one is { Length: > 0 } ? [one] : Array.Empty<string>()];
}

/// <summary>An instance in Elsa's words.</summary>
/// <param name="CorrelationId">The number of the casus.</param>
internal sealed record InstanceSummary(
    string Id, string DefinitionId, string DefinitionVersionId, int Version, string Status, string SubStatus, string CorrelationId,
    int IncidentCount, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt)
{
    public bool IsExecuting { get; }
    public bool IsSystem { get; }
}

/// <summary>Elsa's questions about instances.</summary>
internal sealed record InstanceFilter
{
    public int? Page { get; init; }
    public int? PageSize { get; init; }
    public string? SearchTerm { get; init; }
    public string? DefinitionId { get; init; }
    public IReadOnlyList<string>? DefinitionIds { get; init; }
    public string? CorrelationId { get; init; }
    public int? Version { get; init; }
    public bool? HasIncidents { get; init; }
    public string? Status { get; init; }
    public IReadOnlyList<string>? Statuses { get; init; }
    public string? SubStatus { get; init; }
    public IReadOnlyList<string>? SubStatuses { get; init; }
    public string? OrderBy { get; init; }
    public string? OrderDirection { get; init; }
    public IReadOnlyList<TimestampFilter>? TimestampFilters { get; init; }

    public static InstanceFilter From(IQueryCollection query) => new()
    {
        Page = int.TryParse(query["Page"], out var page) ? page : null,
        PageSize = int.TryParse(query["PageSize"], out var size) ? size : null,
        SearchTerm = query["SearchTerm"],
        DefinitionId = query["DefinitionId"],
        DefinitionIds = [.. query["DefinitionIds"].OfType<string>()],
        CorrelationId = query["CorrelationId"],
        Version = int.TryParse(query["Version"], out var version) ? version : null,
        HasIncidents = bool.TryParse(query["HasIncidents"], out var has) ? has : null,
        Statuses = [.. query["Statuses"].OfType<string>(), .. query["Status"].OfType<string>()],
        SubStatuses = [.. query["SubStatuses"].OfType<string>(), .. query["SubStatus"].OfType<string>()],
        OrderBy = query["OrderBy"],
        OrderDirection = query["OrderDirection"],
    };

    internal sealed record TimestampFilter(string Column, string Operator, DateTimeOffset Timestamp);
}
