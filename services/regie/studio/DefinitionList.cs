using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Which flows and versions there are, and how one is drawn.</summary>
internal static class DefinitionList
{
    public static void Map(RouteGroupBuilder elsa)
    {
        var definitions = elsa.MapGroup("/workflow-definitions");
        definitions.MapGet("", List).VoorLezers();
        definitions.MapGet("/by-definition-id/{definitionId}", Find).VoorLezers();
        definitions.MapGet("/{definitionId}", Find).VoorLezers();
        definitions.MapGet("/{definitionId}/versions", Versions).VoorLezers();
        definitions.MapGet("/by-id/{id}", FindVersion).VoorLezers();
        definitions.MapGet("/many-by-id", FindMany).VoorLezers();
        definitions.MapGet("/validation/is-name-unique", IsNameUnique).VoorLezers();
        definitions.MapGet("/query/count", async (RegieDbContext db, CancellationToken ct) => Results.Ok(new { count = (await DefinitionVersion.AllAsync(db, ct)).Select(v => v.DefinitionId).Distinct().Count() })).VoorLezers();
        definitions.MapGet("/{definitionId}/consumers", async (string definitionId, RegieDbContext db, Definities definities, CancellationToken ct) =>
            Results.Ok(new { workflowDefinitionIds = await ConsumersAsync(definitionId, db, definities, ct) })).VoorLezers();
    }

    /// <summary>The current flows that start this one.</summary>
    public static async Task<IReadOnlyList<string>> ConsumersAsync(string definitionId, RegieDbContext db, Definities definities, CancellationToken ct)
    {
        var consumers = new List<string>();
        foreach (var other in await db.Definities.Where(d => d.IsActueel).Select(d => new { d.DefinitieId, d.Versie }).ToListAsync(ct))
            if ((await definities.LeesAsync(db, other.DefinitieId, other.Versie, ct)).References.Contains(definitionId))
                consumers.Add(other.DefinitieId);
        return consumers;
    }

    private static async Task<IResult> List(HttpRequest request, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var query = request.Query;
        var definitionIds = query["DefinitionIds"].OfType<string>().ToHashSet();
        var ids = query["Ids"].OfType<string>().ToHashSet();
        var options = query["versionOptions"].ToString() is { Length: > 0 } given ? given : ids.Count > 0 ? "AllVersions" : "Latest";
        var search = query["SearchTerm"].ToString();

        var found = new List<(DefinitionVersion Version, JsonObject Drawing)>();
        foreach (var version in (await DefinitionVersion.AllAsync(db, ct)).Where(v => v.Is(options) && (definitionIds.Count == 0 || definitionIds.Contains(v.DefinitionId)) && (ids.Count == 0 || ids.Contains(v.Id))))
        {
            var drawing = await version.DrawingAsync(db, ct);
            if (new[] { version.DefinitionId, Tekening.Tekst(drawing, "name"), Tekening.Tekst(drawing, "description") }.Any(text => text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true)
                && !(bool.TryParse(query["IsSystem"], out var system) && system))
                found.Add((version, drawing));
        }

        var sorted = query["OrderBy"].ToString().ToUpperInvariant() switch
        {
            "VERSION" => found.OrderBy(f => f.Version.Number),
            "CREATED" or "CREATEDAT" => found.OrderBy(f => f.Version.CreatedAt),
            _ => found.OrderBy(f => Tekening.Tekst(f.Drawing, "name") ?? f.Version.DefinitionId, StringComparer.OrdinalIgnoreCase),
        };
        var inOrder = (query["OrderDirection"].ToString() is "Descending" or "Desc" ? sorted.Reverse() : sorted).ToList();
        var (page, size) = Paging.Read(query["Page"], query["PageSize"]);
        return Results.Ok(new { items = inOrder.Skip(page * size).Take(size).Select(f => f.Version.Summary(f.Drawing, actor)), totalCount = inOrder.Count, links = Link.OfList(actor) });
    }

    private static async Task<IResult> Find(string definitionId, string? versionOptions, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var options = string.IsNullOrEmpty(versionOptions) ? "Latest" : versionOptions;
        var version = (await DefinitionVersion.AllAsync(db, ct)).Where(v => v.DefinitionId == definitionId && v.Is(options)).MaxBy(v => v.Number) ?? throw Geweigerd.NietGevonden("Deze stroom");
        return Results.Ok(await version.ModelAsync(db, actor, ct));
    }

    private static async Task<IResult> Versions(string definitionId, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var models = new List<JsonObject>();
        foreach (var version in (await DefinitionVersion.AllAsync(db, ct)).Where(v => v.DefinitionId == definitionId).OrderByDescending(v => v.Number))
            models.Add(await version.ModelAsync(db, actor, ct));
        return Results.Ok(new ListResponse<JsonObject>(models));
    }

    private static async Task<IResult> FindVersion(string id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        return Results.Ok(await (await DefinitionVersion.FindAsync(id, db, ct)).ModelAsync(db, actor, ct));
    }

    private static async Task<IResult> FindMany(string[] ids, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var models = new List<JsonObject>();
        foreach (var version in (await DefinitionVersion.AllAsync(db, ct, deletedToo: true)).Where(v => ids.Contains(v.Id)))
            models.Add(await version.ModelAsync(db, actor, ct));
        return Results.Ok(new ListResponse<JsonObject>(models));
    }

    private static async Task<IResult> IsNameUnique(string name, string? definitionId, RegieDbContext db, CancellationToken ct)
    {
        var isUnique = true;
        foreach (var version in (await DefinitionVersion.AllAsync(db, ct)).Where(v => v.IsLatest && v.DefinitionId != definitionId))
            isUnique &= !string.Equals(Tekening.Tekst(await version.DrawingAsync(db, ct), "name")?.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase);
        return Results.Ok(new { isUnique });
    }
}

/// <summary>One version of a flow, draft or published, without its drawing.</summary>
internal sealed record DefinitionVersion(string DefinitionId, int Number, bool IsDraft, bool IsPublished, DateTimeOffset CreatedAt)
{
    public string Id => Tekening.VersieId(DefinitionId, Number);

    public bool IsLatest { get; private set; }

    public static async Task<IReadOnlyList<DefinitionVersion>> AllAsync(RegieDbContext db, CancellationToken ct, bool deletedToo = false)
    {
        var published = await db.Definities.Where(d => deletedToo || d.VerwijderdOp == null).Select(d => new { d.DefinitieId, d.Versie, d.IsActueel, d.GepubliceerdOp }).ToListAsync(ct);
        var drafts = await db.Ontwerpen.Select(o => new { o.DefinitieId, o.Versie, o.BegonnenOp }).ToListAsync(ct);
        List<DefinitionVersion> all =
        [
            .. published.Select(d => new DefinitionVersion(d.DefinitieId, d.Versie, false, d.IsActueel, d.GepubliceerdOp)),
            .. drafts.Select(o => new DefinitionVersion(o.DefinitieId, o.Versie, true, false, o.BegonnenOp)),
        ];
        foreach (var versions in all.GroupBy(v => v.DefinitionId))
            versions.MaxBy(v => v.Number)!.IsLatest = true;
        return all;
    }

    /// <summary>One version, also if it is no longer in the lists: something may have run on it.</summary>
    public static async Task<DefinitionVersion> FindAsync(string id, RegieDbContext db, CancellationToken ct) =>
        (await AllAsync(db, ct, deletedToo: true)).SingleOrDefault(v => v.Id == id) ?? throw Geweigerd.NietGevonden("Deze versie");

    /// <summary>Elsa's ways to choose versions.</summary>
    public bool Is(string options) => options switch
    {
        "AllVersions" or "All" => true,
        "Latest" => IsLatest,
        "Published" => IsPublished,
        "LatestOrPublished" => IsLatest || IsPublished,
        "LatestAndPublished" => IsLatest && IsPublished,
        "Draft" => !IsPublished,
        _ => int.TryParse(options.Replace("Version ", "", StringComparison.OrdinalIgnoreCase), out var number) ? Number == number
            : throw new OngeldigeInvoer([new("/versionOptions", "Kies uit Latest, Published, LatestOrPublished, LatestAndPublished, Draft, AllVersions of een nummer.")]),
    };

    public async Task<JsonObject> DrawingAsync(RegieDbContext db, CancellationToken ct) => Tekening.Lees(IsDraft
        ? await db.Ontwerpen.Where(o => o.DefinitieId == DefinitionId && o.Versie == Number).Select(o => o.Inhoud).SingleAsync(ct)
        : await db.Definities.Where(d => d.DefinitieId == DefinitionId && d.Versie == Number).Select(d => d.Inhoud).SingleAsync(ct));

    /// <summary>The whole drawing, with what is true of this version now.</summary>
    public async Task<JsonObject> ModelAsync(RegieDbContext db, Actor actor, CancellationToken ct)
    {
        var model = await DrawingAsync(db, ct);
        Tekening.Nummer(model, DefinitionId, Number);
        model["createdAt"] = CreatedAt.UtcDateTime;
        (model["isLatest"], model["isPublished"]) = (IsLatest, IsPublished);
        if (actor.Rol != Rol.Ontwerper)
            model["isReadonly"] = true;
        model["links"] = JsonSerializer.SerializeToNode(Link.OfDefinition(DefinitionId, actor), JsonSerializerOptions.Web);
        return model;
    }

    public object Summary(JsonObject drawing, Actor actor) => new
    {
        links = Link.OfDefinition(DefinitionId, actor),
        id = Id,
        definitionId = DefinitionId,
        name = Tekening.Tekst(drawing, "name"),
        description = Tekening.Tekst(drawing, "description"),
        version = Number,
        toolVersion = Tekening.Tekst(drawing, "toolVersion"),
        isLatest = IsLatest,
        isPublished = IsPublished,
        materializerName = "Json",
        isMaterializerAvailable = true,
        createdAt = CreatedAt,
        isReadonly = actor.Rol != Rol.Ontwerper,
    };
}

/// <summary>What this actor may do here: Studio offers a button only if there is a link for it.</summary>
internal sealed record Link(string Href, string Rel, string Method)
{
    public static IReadOnlyList<Link> OfDefinition(string id, Actor actor) =>
    [
        new($"/workflow-definitions/{id}", "self", "GET"),
        new($"/workflow-definitions/{id}/versions", "versions", "GET"),
        new($"/workflow-definitions/{id}/export", "export", "POST"),
        .. actor.Rol != Rol.Ontwerper ? Array.Empty<Link>() :
        [
            new($"/workflow-definitions/{id}/bulk-dispatch", "bulk-dispatch", "POST"),
            new($"/workflow-definitions/{id}/dispatch", "dispatch", "POST"),
            new($"/workflow-definitions/{id}/execute", "execute", "POST"),
            new($"/workflow-definitions/{id}/publish", "publish", "POST"),
            new($"/workflow-definitions/{id}/retract", "retract", "POST"),
            new($"/workflow-definitions/{id}", "delete", "DELETE"),
            new($"/workflow-definitions/{id}/import", "import", "PUT"),
            new($"/workflow-definitions/{id}/update-references", "update-references", "POST"),
        ],
    ];

    public static IReadOnlyList<Link> OfList(Actor actor) =>
    [
        new("/workflow-definitions", "self", "GET"),
        new("/workflow-definitions/validation/is-name-unique", "is-name-unique", "GET"),
        new("/workflow-definitions/query/count", "count", "GET"),
        new("/workflow-definitions/many-by-id", "many-by-id", "GET"),
        .. actor.Rol != Rol.Ontwerper ? Array.Empty<Link>() :
        [
            new("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete-by-definition-id", "POST"),
            new("/bulk-actions/delete/workflow-definitions/by-id", "bulk-delete-by-id", "POST"),
            new("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"),
            new("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"),
            new("/workflow-definitions/import", "import", "POST"),
            new("/workflow-definitions/import-files", "import-files", "POST"),
            new("/workflow-definitions", "create", "POST"),
        ],
    ];
}

internal static class Paging
{
    /// <summary>Elsa counts pages from zero; without a size everything comes, up to a limit.</summary>
    public static (int Page, int Size) Read(string? page, string? size) =>
        (int.TryParse(page, out var p) ? Math.Max(0, p) : 0, int.TryParse(size, out var s) ? Math.Clamp(s, 1, 1000) : 1000);
}
