using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Saving a drawing: at every change as a draft, and with <c>publish</c> for all flows that begin from now on.</summary>
internal static class DefinitionSave
{
    // More than a hundred times our largest flow.
    private const int MaxBytes = 4 * 1024 * 1024;

    public static void Map(RouteGroupBuilder elsa) => elsa.MapPost("/workflow-definitions", Save).VoorOntwerpers();

    /// <exception cref="OngeldigeInvoer">The body is no JSON object.</exception>
    public static async Task<JsonObject> ReadAsync(Stream body, CancellationToken ct)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, ct)) > 0;)
        {
            text.Write(buffer, 0, read);
            if (text.Length > MaxBytes)
                throw new OngeldigeInvoer([new("", "Deze stroom is groter dan 4 MiB.")]);
        }

        return Tekening.Lees(System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).TrimStart('\uFEFF'));
    }

    public static async Task<IResult> SaveAsync(JsonObject drawing, bool publish, Actor actor, RegieDbContext db, Ontwerpen ontwerpen, Definities definities, CancellationToken ct)
    {
        var (id, number) = publish
            ? await ontwerpen.BewaarEnPubliceerAsync(drawing, actor.Id, ct) is var definitie ? (definitie.DefinitieId, definitie.Versie) : default
            : await ontwerpen.BewaarAsync(drawing, actor.Id, ct) is var ontwerp ? (ontwerp.DefinitieId, ontwerp.Versie) : default;
        return Results.Ok(await AnswerAsync(id, number, false, actor, db, definities, ct));
    }

    public static async Task<object> AnswerAsync(string id, int number, bool alreadyPublished, Actor actor, RegieDbContext db, Definities definities, CancellationToken ct)
    {
        var version = (await DefinitionVersion.AllAsync(db, ct)).Single(v => v.DefinitionId == id && v.Number == number);
        return new
        {
            workflowDefinition = await version.ModelAsync(db, actor, ct),
            alreadyPublished,
            consumingWorkflowCount = (await DefinitionList.ConsumersAsync(id, db, definities, ct)).Count,
            validationErrors = Array.Empty<object>(),
        };
    }

    private static async Task<IResult> Save(HttpRequest request, Actor actor, RegieDbContext db, Ontwerpen ontwerpen, Definities definities, CancellationToken ct)
    {
        var body = await ReadAsync(request.Body, ct);
        new Invoer().Eis(body["model"] is JsonObject, "/model", "Het model ontbreekt.").Klaar();
        var model = body["model"]!.DeepClone().AsObject();
        if (Tekening.Tekst(model, "definitionId") is null or "")
            Tekening.MetTokens(model);
        return await SaveAsync(model, body["publish"] is JsonValue publish && publish.TryGetValue(out bool yes) && yes, actor, db, ontwerpen, definities, ct);
    }
}
