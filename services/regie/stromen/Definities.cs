using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Engine;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// The published flows. Which version is current stands in the database and nowhere else, so that publishing holds in every
/// replica at once; a version itself never changes, so it is read once.
/// </summary>
internal sealed class Definities(IKeuring keuring, ILogger<Definities> log)
{
    /// <summary>Held by whoever changes which versions there are.</summary>
    public static readonly Guid Slot = new("8a6f2a5e-55d0-4c0a-9a63-1d7f1f0f5d01");

    private readonly ConcurrentDictionary<(string Id, int Versie), WorkflowDefinition> _gelezen = new();

    /// <summary>The version that new flows start with.</summary>
    public static async Task<int> ActueelAsync(RegieDbContext db, string definitieId, CancellationToken ct) =>
        await db.Definities.Where(d => d.DefinitieId == definitieId && d.IsActueel).Select(d => (int?)d.Versie).SingleOrDefaultAsync(ct)
        ?? throw new InvalidOperationException($"De stroom '{definitieId}' is niet gepubliceerd.");

    public async ValueTask<WorkflowDefinition> LeesAsync(RegieDbContext db, string definitieId, int versie, CancellationToken ct)
    {
        if (_gelezen.TryGetValue((definitieId, versie), out var gelezen))
            return gelezen;
        var inhoud = await db.Definities.Where(d => d.DefinitieId == definitieId && d.Versie == versie).Select(d => d.Inhoud).SingleAsync(ct);
        return _gelezen[(definitieId, versie)] = WorkflowDefinition.Parse(inhoud);
    }

    /// <summary>
    /// Takes over the files of a deploy. Only a file that has changed since it was last taken over becomes a version: what a
    /// designer published in the meantime is otherwise left alone.
    /// </summary>
    /// <exception cref="SettingException">A file is not a workflow that may run; everything that is wrong is told.</exception>
    public async Task PublicerenAsync(RegieDbContext db, string folder, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var inhoud = await File.ReadAllTextAsync(file, ct);
            var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(inhoud)));
            var id = Tekening.Tekst(Tekening.Lees(inhoud), "definitionId") ?? Path.GetFileNameWithoutExtension(file);
            if (await db.Definities.Where(d => d.DefinitieId == id && d.BestandHash != null).OrderByDescending(d => d.Versie).Select(d => d.BestandHash).FirstOrDefaultAsync(ct) == hash)
                continue;
            if (keuring.Keur(inhoud) is { Count: > 0 } bevindingen)
                throw new SettingException($"De stroom {Path.GetFileName(file)} wordt niet gepubliceerd: {string.Join(" ", bevindingen.Select(b => b.Tekst))}");

            var versie = Math.Max(WorkflowDefinition.Parse(inhoud).Version, await Ontwerpen.VolgendeVersieAsync(db, id, ct));
            if (await VervangAsync(db, id, ct) is { GepubliceerdDoor: { } ontwerper } vorige)
                log.LogWarning("Stroom {DefinitieId}: het gewijzigde bestand wordt versie {Versie}; versie {Vorige} van ontwerper {Ontwerper} blijft bewaard maar is niet meer actueel", id, versie, vorige.Versie, ontwerper);
            db.Definities.Add(new Definitie { DefinitieId = id, Versie = versie, Inhoud = Tekening.AlsVersie(inhoud, id, versie), IsActueel = true, GepubliceerdOp = now, BestandHash = hash });
            await db.SaveChangesAsync(ct);
        }
    }

    /// <summary>Makes room for another current version, and tells which one was.</summary>
    public static async Task<Definitie?> VervangAsync(RegieDbContext db, string definitieId, CancellationToken ct)
    {
        var vorige = await db.Definities.SingleOrDefaultAsync(d => d.DefinitieId == definitieId && d.IsActueel, ct);
        if (vorige is not null)
        {
            vorige.IsActueel = false;
            // First, because the database allows only one.
            await db.SaveChangesAsync(ct);
        }

        return vorige;
    }
}
