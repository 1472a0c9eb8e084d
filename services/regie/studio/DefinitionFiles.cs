using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Engine;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Flows out to files, and files in as flows: the same JSON, nothing lost.</summary>
internal static class DefinitionFiles
{
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapGet("/workflow-definitions/{definitionId}/export", Export).VoorLezers();
        elsa.MapPost("/bulk-actions/export/workflow-definitions", BulkExport).VoorLezers();
        elsa.MapPost("/workflow-definitions/import", (HttpRequest request, Actor actor, RegieDbContext db, Ontwerpen ontwerpen, Definities definities, CancellationToken ct) => Import(null, request, actor, db, ontwerpen, definities, ct)).VoorOntwerpers();
        elsa.MapPost("/workflow-definitions/{definitionId}/import", Import).VoorOntwerpers();
        elsa.MapPut("/workflow-definitions/{definitionId}/import", Import).VoorOntwerpers();
        elsa.MapPost("/workflow-definitions/import-files", ImportFiles).VoorOntwerpers();
    }

    private static async Task<IResult> Export(string definitionId, string? versionOptions, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var options = string.IsNullOrEmpty(versionOptions) ? "Latest" : versionOptions;
        var version = (await DefinitionVersion.AllAsync(db, ct)).Where(v => v.DefinitionId == definitionId && v.Is(options)).MaxBy(v => v.Number) ?? throw Geweigerd.NietGevonden("Deze stroom");
        return Results.File(await TextAsync(version, db, ct), "application/json", FileName(version));
    }

    private static async Task<IResult> BulkExport(Chosen chosen, RegieDbContext db, CancellationToken ct)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var version in (await DefinitionVersion.AllAsync(db, ct)).Where(v => chosen.Ids?.Contains(v.Id) == true))
            {
                await using var entry = archive.CreateEntry(FileName(version)).Open();
                await entry.WriteAsync(await TextAsync(version, db, ct), ct);
            }

        return Results.File(zip.ToArray(), "application/zip", "workflow-definitions.zip");
    }

    // As it was published or imported, not as it is shown.
    private static async Task<byte[]> TextAsync(DefinitionVersion version, RegieDbContext db, CancellationToken ct) => Encoding.UTF8.GetBytes(Tekening.Schrijf(await version.DrawingAsync(db, ct)));

    private static string FileName(DefinitionVersion version) => $"workflow-definition-{version.Id}.json";

    private static async Task<IResult> Import(string? definitionId, HttpRequest request, Actor actor, RegieDbContext db, Ontwerpen ontwerpen, Definities definities, CancellationToken ct)
    {
        var drawing = await DefinitionSave.ReadAsync(request.Body, ct);
        if (definitionId is not null)
            drawing["definitionId"] = definitionId;
        EisBekend(drawing, "");
        await DefinitionSave.SaveAsync(drawing, publish: false, actor, db, ontwerpen, definities, ct);
        return Results.Ok(await (await DefinitionVersion.AllAsync(db, ct)).Single(v => v.DefinitionId == (string)drawing["definitionId"]! && v.IsLatest).ModelAsync(db, actor, ct));
    }

    /// <summary>What comes in from a file is a draft, whatever the file says: publishing is an act of its own.</summary>
    private static async Task<IResult> ImportFiles(HttpRequest request, Actor actor, RegieDbContext db, Ontwerpen ontwerpen, Definities definities, CancellationToken ct)
    {
        new Invoer().Eis(request.HasFormContentType, "", "Stuur de bestanden als formulier.").Klaar();
        var drawings = new List<JsonObject>();
        foreach (var file in (await request.ReadFormAsync(ct)).Files)
        {
            await using var content = file.OpenReadStream();
            if (!file.FileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                drawings.Add(await DefinitionSave.ReadAsync(content, ct));
                continue;
            }

            using var archive = new ZipArchive(content, ZipArchiveMode.Read);
            foreach (var entry in archive.Entries.Where(e => e.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
            {
                await using var unpacked = entry.Open();
                drawings.Add(await DefinitionSave.ReadAsync(unpacked, ct));
            }
        }

        // First all read, then all saved: a file that is no flow keeps nothing half done.
        foreach (var drawing in drawings)
            EisBekend(drawing, $"/{Tekening.Tekst(drawing, "definitionId")}");
        foreach (var drawing in drawings)
            await DefinitionSave.SaveAsync(drawing, publish: false, actor, db, ontwerpen, definities, ct);
        return Results.Ok(new { count = drawings.Count });
    }

    // What comes from elsewhere may use what the engine does not have, and whoever brings it should hear that now.
    private static void EisBekend(JsonObject drawing, string where)
    {
        var copy = drawing.DeepClone().AsObject();
        if (Tekening.Tekst(copy, "definitionId") is null or "")
            copy["definitionId"] = "nieuw";
        Tekening.Nummer(copy, Tekening.Tekst(copy, "definitionId")!, 1);
        Tekening.GeefPaden(copy);
        if (WorkflowDefinition.Check(Tekening.Schrijf(copy)) is { Count: > 0 } faults)
            throw new OngeldigeInvoer([.. faults.Select(f => new Fout(f.ActivityId is null ? where : $"{where}/{f.ActivityId}", f.ToSentence()))]);
    }

    private sealed record Chosen(IReadOnlyList<string>? Ids);
}
