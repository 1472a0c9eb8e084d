using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// What Studio can do to a flow. A flow that is about a casus begins with what happens to the casus and ends with it, so starting,
/// stopping or deleting one by hand is refused; one that uses no step of ours is about no casus, and may. What is faulted can be tried again.
/// </summary>
internal static class InstanceActs
{
    private static readonly Dictionary<string, string> HoeHetBegint = new()
    {
        ["melding-tot-regisseur"] = "zij begint met een melding (POST /v1/meldingen)",
        ["overdracht"] = "zij begint als de regisseur een overdracht voorstelt",
        ["noodoverdracht"] = "zij begint als de leidinggevende de regie in nood overdraagt",
        ["geparkeerde-handeling"] = "zij begint als een handeling voor haar voorganger komt",
        ["vervanger-ontbreekt"] = "zij begint als 's nachts blijkt dat een vervanger ontbreekt",
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
        elsa.MapPost("/cancel/workflow-instances/{id:guid}", (Guid id, RegieDbContext db, CasusRunner runner, CancellationToken ct) => Stop(new([id]), db, runner, ct)).VoorOntwerpers();
        elsa.MapPost("/bulk-actions/cancel/workflow-instances", Stop).VoorOntwerpers();
        elsa.MapDelete("/workflow-instances/{id:guid}", (Guid id, RegieDbContext db, CasusRunner runner, CancellationToken ct) => Delete(new([id]), db, runner, ct)).VoorOntwerpers();
        elsa.MapPost("/bulk-actions/delete/workflow-instances/by-id", Delete).VoorOntwerpers();
        elsa.MapPost("/alterations/workflows/retry", Retry).VoorOntwerpers();
        elsa.MapPost("/tests/activities", IResult () => throw new Geweigerd("Een blokje wordt hier niet los geprobeerd, want het doet echt iets met een casus; speel een verhaal bij 'Proefdraaien' op de bladzijde van de stroom.")).VoorOntwerpers();
    }

    private static async Task<IResult> Start(string definitionId, HttpContext http, RegieDbContext db, Definities definities, CasusRunner runner, TimeProvider time, CancellationToken ct)
    {
        var versie = await db.Definities.Where(d => d.DefinitieId == definitionId && d.IsActueel).Select(d => (int?)d.Versie).SingleOrDefaultAsync(ct);
        if (versie is null || await definities.LeesAsync(db, definitionId, versie.Value, ct) is not { } definitie || definitie.Activities.Any(a => a.IsOwnStep) || definitie.References.Any())
        {
            http.Response.Headers["x-elsa-workflow-cannot-start"] = "true";
            throw versie is null
                ? new Geweigerd("Deze stroom is niet gepubliceerd; publiceer haar eerst.")
                : new Geweigerd($"Deze stroom loopt altijd op een casus en begint daarom niet vanuit de ontwerper: {HoeHetBegint.GetValueOrDefault(definitionId, "een stroom die met een casus begint, kan haar starten")}.");
        }

        // It is about no casus, and has a number of its own for what would have been one.
        var los = Guid.CreateVersion7(time.Nu());
        await runner.RunAsync(los, async burst =>
        {
            await burst.StartAsync(definitionId, []);
            return true;
        }, ct);
        var stroom = await db.Stromen.AsNoTracking().SingleAsync(s => s.CasusId == los, ct);
        http.Response.Headers["x-elsa-workflow-instance-id"] = stroom.Id.ToString();
        return Results.Ok(new { workflowInstanceId = stroom.Id, workflowState = new { id = stroom.Id, definitionId, definitionVersionId = Tekening.VersieId(definitionId, stroom.Versie), definitionVersion = stroom.Versie, status = InstanceList.Status(stroom), subStatus = stroom.Status } });
    }

    private static Task<IResult> Stop(Chosen chosen, RegieDbContext db, CasusRunner runner, CancellationToken ct) => EachAsync(chosen, "Deze stroom hoort bij een casus; stoppen zou de casus zonder vervolg laten.", db, runner, async (stroom, burst) =>
    {
        if (stroom.AfgerondOp is null)
            await burst.BreekAfAsync(stroom.Id);
    }, ct);

    private static Task<IResult> Delete(Chosen chosen, RegieDbContext db, CasusRunner runner, CancellationToken ct) => EachAsync(chosen, "Deze stroom hoort bij de geschiedenis van een casus en blijft bewaard.", db, runner, async (stroom, burst) =>
    {
        if (stroom.AfgerondOp is null)
            throw new Geweigerd("Deze stroom loopt nog; stop haar eerst.");
        await burst.Db.Wachtpunten.Where(w => w.StroomId == stroom.Id).ExecuteDeleteAsync(ct);
        await burst.Db.Journaal.Where(j => j.StroomId == stroom.Id).ExecuteDeleteAsync(ct);
        await burst.Db.MigratieStromen.Where(m => m.StroomId == stroom.Id).ExecuteDeleteAsync(ct);
        burst.Db.Stromen.Remove(stroom);
    }, ct);

    /// <summary>Does something to flows that are about no casus; if one of them is, to none.</summary>
    private static async Task<IResult> EachAsync(Chosen chosen, string refusal, RegieDbContext db, CasusRunner runner, Func<Stroom, Burst, Task> act, CancellationToken ct)
    {
        var flows = await db.Stromen.AsNoTracking().Where(s => (chosen.Ids ?? Array.Empty<Guid>()).Contains(s.Id)).Select(s => new { s.Id, s.CasusId, IsLos = !db.Casussen.Any(c => c.Id == s.CasusId) }).ToListAsync(ct);
        if (chosen.Ids is not { Count: > 0 } || flows.Count < chosen.Ids.Distinct().Count())
            throw Geweigerd.NietGevonden("Deze stroom");
        if (flows.Exists(f => !f.IsLos))
            throw new Geweigerd(refusal);
        foreach (var flow in flows)
            await runner.RunAsync(flow.CasusId, async burst =>
            {
                await act(await burst.Db.Stromen.SingleAsync(s => s.Id == flow.Id, ct), burst);
                return true;
            }, ct);
        return Results.Ok(new { count = flows.Count, cancelledCount = flows.Count });
    }

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

    private sealed record Chosen(IReadOnlyList<Guid>? Ids);

    private sealed record RetryRequest(IReadOnlyList<Guid>? WorkflowInstanceIds, IReadOnlyList<string>? ActivityIds);
}
