using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Engine;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// The flows. Files in <c>definities/</c> are published at the start: a file that changed becomes the next version, and what
/// runs stays on the version it started with.
/// </summary>
internal sealed class Definities
{
    private static readonly JsonSerializerOptions Leesbaar = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<(string Id, int Versie), WorkflowDefinition> _gelezen = new();
    private readonly ConcurrentDictionary<string, int> _actueel = new();

    /// <summary>The version that new cases start with.</summary>
    public int Actueel(string definitieId) =>
        _actueel.TryGetValue(definitieId, out var versie) ? versie : throw new InvalidOperationException($"De stroom '{definitieId}' is niet gepubliceerd.");

    public async ValueTask<WorkflowDefinition> LeesAsync(RegieDbContext db, string definitieId, int versie, CancellationToken ct)
    {
        if (_gelezen.TryGetValue((definitieId, versie), out var gelezen))
            return gelezen;
        var inhoud = await db.Definities.Where(d => d.DefinitieId == definitieId && d.Versie == versie).Select(d => d.Inhoud).SingleAsync(ct);
        return _gelezen[(definitieId, versie)] = WorkflowDefinition.Parse(inhoud);
    }

    /// <exception cref="SettingException">A file is not a workflow that the engine can run; all its faults are told.</exception>
    public async Task PublicerenAsync(RegieDbContext db, string folder, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var inhoud = await File.ReadAllTextAsync(file, ct);
            var definitie = Parse(Path.GetFileName(file), inhoud);
            // Compared by text: a version number that someone forgot to raise is raised here.
            var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(inhoud)));
            var laatste = await db.Definities.Where(d => d.DefinitieId == definitie.DefinitionId).OrderByDescending(d => d.Versie).FirstOrDefaultAsync(ct);
            if (laatste?.Hash != hash)
            {
                var versie = Math.Max(definitie.Version, (laatste?.Versie ?? 0) + 1);
                laatste = new Definitie { DefinitieId = definitie.DefinitionId, Versie = versie, Inhoud = AlsVersie(inhoud, definitie.DefinitionId, versie), Hash = hash, GepubliceerdOp = now };
                db.Definities.Add(laatste);
                await db.SaveChangesAsync(ct);
            }

            _gelezen[(laatste.DefinitieId, laatste.Versie)] = WorkflowDefinition.Parse(laatste.Inhoud);
            _actueel[laatste.DefinitieId] = laatste.Versie;
        }
    }

    // Elsa's names for a version: a number, and an id of its own.
    private static string AlsVersie(string inhoud, string definitieId, int versie)
    {
        var json = JsonNode.Parse(inhoud)!;
        (json["id"], json["version"]) = ($"{definitieId}-{versie}", versie);
        return json.ToJsonString(Leesbaar);
    }

    private static WorkflowDefinition Parse(string file, string inhoud)
    {
        try
        {
            return WorkflowDefinition.Parse(inhoud);
        }
        catch (DefinitionException e)
        {
            throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"De stroom {file} is niet uit te voeren: {string.Join(" ", e.Faults.Select(f => f.Message))}"));
        }
    }
}
