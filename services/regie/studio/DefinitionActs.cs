using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Publish, retract, revert and delete; of one flow or of many.</summary>
internal static class DefinitionActs
{
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapPost("/workflow-definitions/{definitionId}/publish", Publish).VoorOntwerpers();
        elsa.MapPost("/workflow-definitions/{definitionId}/retract", Retract).VoorOntwerpers();
        elsa.MapPost("/workflow-definitions/{definitionId}/revert/{version:int}", Revert).VoorOntwerpers();
        // A flow names the flows that it starts, never a version of them: there is nothing to update.
        elsa.MapPost("/workflow-definitions/{definitionId}/update-references", () => Results.Ok(new { affectedWorkflows = Array.Empty<string>() })).VoorOntwerpers();
        elsa.MapDelete("/workflow-definitions/{definitionId}", async (string definitionId, Ontwerpen ontwerpen, CancellationToken ct) =>
        {
            await ontwerpen.VerwijderAsync(definitionId, ct);
            return Results.NoContent();
        }).VoorOntwerpers();
        elsa.MapDelete("/workflow-definition-versions/{id}", async (string id, Ontwerpen ontwerpen, CancellationToken ct) =>
        {
            await DeleteVersionAsync(id, ontwerpen, ct);
            return Results.NoContent();
        }).VoorOntwerpers();

        var bulk = elsa.MapGroup("/bulk-actions");
        bulk.MapPost("/publish/workflow-definitions/by-definition-ids", BulkPublish).VoorOntwerpers();
        bulk.MapPost("/retract/workflow-definitions/by-definition-ids", BulkRetract).VoorOntwerpers();
        bulk.MapPost("/delete/workflow-definitions/by-definition-id", async (Definitions chosen, Ontwerpen ontwerpen, CancellationToken ct) =>
            Results.Ok(new { deleted = await EachAsync(chosen.DefinitionIds, id => ontwerpen.VerwijderAsync(id, ct)) })).VoorOntwerpers();
        bulk.MapPost("/delete/workflow-definitions/by-id", async (Versions chosen, Ontwerpen ontwerpen, CancellationToken ct) =>
            Results.Ok(new { deleted = await EachAsync(chosen.Ids, id => DeleteVersionAsync(id, ontwerpen, ct)) })).VoorOntwerpers();
    }

    private static async Task<IResult> Publish(string definitionId, Actor actor, RegieDbContext db, Ontwerpen ontwerpen, Definities definities, CancellationToken ct)
    {
        var (definitie, wasActueel) = await ontwerpen.PubliceerAsync(definitionId, actor.Id, ct);
        return Results.Ok(await DefinitionSave.AnswerAsync(definitionId, definitie.Versie, wasActueel, actor, db, definities, ct));
    }

    private static async Task<IResult> Retract(string definitionId, Actor actor, RegieDbContext db, Ontwerpen ontwerpen, CancellationToken ct)
    {
        await ontwerpen.TrekInAsync(definitionId, ct);
        return Results.Ok(await (await DefinitionVersion.AllAsync(db, ct)).Single(v => v.DefinitionId == definitionId && v.IsLatest).ModelAsync(db, actor, ct));
    }

    private static async Task<IResult> Revert(string definitionId, int version, Actor actor, RegieDbContext db, Ontwerpen ontwerpen, CancellationToken ct)
    {
        var ontwerp = await ontwerpen.ZetTerugAsync(definitionId, version, actor.Id, ct);
        var latest = (await DefinitionVersion.AllAsync(db, ct)).Single(v => v.DefinitionId == definitionId && v.Number == ontwerp.Versie);
        return Results.Ok(latest.Summary(await latest.DrawingAsync(db, ct), actor));
    }

    // One refusal does not keep the others: what was refused is not in the list of what was done.
    private static async Task<IResult> BulkPublish(Definitions chosen, Actor actor, Ontwerpen ontwerpen, CancellationToken ct)
    {
        List<string> published = [], alreadyPublished = [], notFound = [], skipped = [];
        foreach (var id in chosen.DefinitionIds ?? [])
        {
            try
            {
                ((await ontwerpen.PubliceerAsync(id, actor.Id, ct)).WasActueel ? alreadyPublished : published).Add(id);
            }
            catch (Exception e) when (e is Geweigerd or NietGepubliceerd)
            {
                (e is Geweigerd { Status: 404 } ? notFound : skipped).Add(id);
            }
        }

        return Results.Ok(new { published, alreadyPublished, notFound, skipped, updatedConsumers = Array.Empty<string>() });
    }

    private static async Task<IResult> BulkRetract(Definitions chosen, Ontwerpen ontwerpen, CancellationToken ct)
    {
        List<string> retracted = [], notFound = [], skipped = [];
        foreach (var id in chosen.DefinitionIds ?? [])
        {
            try
            {
                await ontwerpen.TrekInAsync(id, ct);
                retracted.Add(id);
            }
            catch (Geweigerd e)
            {
                (e.Status == 404 ? notFound : skipped).Add(id);
            }
        }

        return Results.Ok(new { retracted, alreadyRetracted = Array.Empty<string>(), notFound, skipped });
    }

    private static async Task<int> EachAsync(IReadOnlyList<string>? ids, Func<string, Task> act)
    {
        var done = 0;
        Geweigerd? refusal = null;
        foreach (var id in ids ?? [])
        {
            try
            {
                await act(id);
                done++;
            }
            catch (Geweigerd e)
            {
                refusal = e;
            }
        }

        // Nothing done and no word about it would look as if it went well.
        return done == 0 && refusal is not null ? throw refusal : done;
    }

    private static Task DeleteVersionAsync(string id, Ontwerpen ontwerpen, CancellationToken ct) =>
        Tekening.LeesVersieId(id) is var (definitieId, versie) ? ontwerpen.VerwijderAsync(definitieId, versie, ct) : throw Geweigerd.NietGevonden("Deze versie");

    private sealed record Definitions(IReadOnlyList<string>? DefinitionIds);

    private sealed record Versions(IReadOnlyList<string>? Ids);
}
