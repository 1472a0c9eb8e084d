using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// What Studio can do to a flow. Every flow here belongs to a casus: it begins with what happens to the casus and ends with it, so
/// starting, stopping or deleting one by hand is refused. What is faulted can be tried again.
/// </summary>
internal static class InstanceActs
{
    private static readonly Dictionary<string, string> HoeHetBegint = new()
    {
        ["melding-tot-regisseur"] = "zij begint met een melding (POST /v1/meldingen)",
        ["overdracht"] = "zij begint als de regisseur een overdracht voorstelt",
        ["vervanging"] = "zij begint als voor een regisseur vervanging wordt geregeld",
        ["opschaling"] = "zij begint als de regisseur opschaling vraagt",
        ["afschaling"] = "zij begint als de regisseur afschaalt",
        ["kaderovergang"] = "zij begint als een kaderovergang wordt vastgelegd",
        ["knelpunt"] = "zij begint als een knelpunt wordt gemeld",
    };

    public static void Map(RouteGroupBuilder elsa)
    {
        foreach (var act in new[] { "execute", "dispatch", "bulk-dispatch" })
            elsa.MapPost($"/workflow-definitions/{{definitionId}}/{act}", Start).VoorOntwerpers();
        elsa.MapGet("/workflow-definitions/{definitionId}/execute", Start).VoorOntwerpers();
        elsa.MapPost("/cancel/workflow-instances/{id:guid}", (Guid id) => Stop()).VoorOntwerpers();
        elsa.MapPost("/bulk-actions/cancel/workflow-instances", Stop).VoorOntwerpers();
        elsa.MapDelete("/workflow-instances/{id:guid}", (Guid id) => Delete()).VoorOntwerpers();
        elsa.MapPost("/bulk-actions/delete/workflow-instances/by-id", Delete).VoorOntwerpers();
        elsa.MapPost("/alterations/workflows/retry", Retry).VoorOntwerpers();
    }

    private static IResult Start(string definitionId, HttpResponse response)
    {
        response.Headers["x-elsa-workflow-cannot-start"] = "true";
        var hoe = HoeHetBegint.GetValueOrDefault(definitionId, "een stroom die met een casus begint, kan haar starten");
        throw new Geweigerd($"Deze stroom loopt altijd op een casus en begint daarom niet vanuit de ontwerper: {hoe}.");
    }

    private static IResult Stop() => throw new Geweigerd("Deze stroom hoort bij een casus; stoppen zou de casus zonder vervolg laten.");

    private static IResult Delete() => throw new Geweigerd("Deze stroom hoort bij de geschiedenis van een casus en blijft bewaard.");

    private static async Task<IResult> Retry(RetryRequest request, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        var results = new List<object>();
        foreach (var id in request.WorkflowInstanceIds ?? [])
        {
            var casusId = await db.Stromen.Where(s => s.Id == id).Select(s => (Guid?)s.CasusId).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze stroom");
            await runner.RunAsync(casusId, async burst =>
            {
                await burst.OpnieuwAsync(id, request.ActivityIds is { Count: > 0 } ids ? ids : null);
                return true;
            }, ct);
            var storingen = await db.Stromen.Where(s => s.Id == id).Select(s => s.Storingen).SingleAsync(ct);
            results.Add(new { workflowInstanceId = id.ToString(), log = new { logEntries = Array.Empty<object>() }, workflowHasScheduledWork = false, isSuccessful = storingen == 0 });
        }

        return Results.Ok(new { results });
    }

    private sealed record RetryRequest(IReadOnlyList<Guid>? WorkflowInstanceIds, IReadOnlyList<string>? ActivityIds);
}
