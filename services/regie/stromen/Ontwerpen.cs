using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Engine;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// What a designer does with the versions of a flow. Elsa's rules: saving a published version begins a draft after it,
/// publishing makes the version before no longer current. Different here: a version that was once published is never changed.
/// </summary>
internal sealed partial class Ontwerpen(RegieDbContext db, Database database, Definities definities, IKeuring keuring, CasusRunner runner, TimeProvider time)
{
    /// <summary>The number of a version that is to be made now.</summary>
    public static async Task<int> VolgendeVersieAsync(RegieDbContext db, string definitieId, CancellationToken ct) =>
        1 + Math.Max(
            await db.Definities.Where(d => d.DefinitieId == definitieId).MaxAsync(d => (int?)d.Versie, ct) ?? 0,
            await db.Ontwerpen.Where(o => o.DefinitieId == definitieId).MaxAsync(o => (int?)o.Versie, ct) ?? 0);

    /// <summary>Saves a drawing as the draft of its flow; without a <c>definitionId</c> it becomes a new flow.</summary>
    public Task<Ontwerp> BewaarAsync(JsonObject tekening, Guid ontwerper, CancellationToken ct) => InSlotAsync(() => BewarenAsync(tekening, ontwerper, ct), ct);

    /// <summary>Saves and publishes, or does neither.</summary>
    public Task<Definitie> BewaarEnPubliceerAsync(JsonObject tekening, Guid ontwerper, CancellationToken ct) =>
        InSlotAsync(async () => await PublicerenAsync(await BewarenAsync(tekening, ontwerper, ct), ontwerper, ct), ct);

    /// <summary>Changes something in the newest drawing of a flow, and saves it as a draft.</summary>
    /// <param name="kenmerk">Of what the designer saw; if it has changed since, nothing happens.</param>
    public Task<Ontwerp> WijzigAsync(string definitieId, string kenmerk, Action<JsonObject> wijziging, Guid ontwerper, CancellationToken ct) => InSlotAsync(async () =>
    {
        var laatste = await StroomVersie.LeesAsync(db, definitieId, null, ct);
        if (laatste.Kenmerk != kenmerk)
            throw new Geweigerd("Iemand heeft deze stroom intussen gewijzigd; kijk eerst wat er nu staat.");
        var tekening = Tekening.Lees(laatste.Inhoud);
        wijziging(tekening);
        return await BewarenAsync(tekening, ontwerper, ct);
    }, ct);

    /// <summary>Makes the newest version current.</summary>
    /// <returns>The version, and whether it was current already.</returns>
    /// <exception cref="OngeldigeInvoer">The flow may not be published.</exception>
    public Task<(Definitie Definitie, bool WasActueel)> PubliceerAsync(string definitieId, Guid ontwerper, CancellationToken ct) => InSlotAsync(async () =>
    {
        var ontwerp = await db.Ontwerpen.Where(o => o.DefinitieId == definitieId).OrderByDescending(o => o.Versie).FirstOrDefaultAsync(ct);
        var laatste = await db.Definities.Where(d => d.DefinitieId == definitieId && d.VerwijderdOp == null).OrderByDescending(d => d.Versie).FirstOrDefaultAsync(ct);
        if (ontwerp is not null && !(ontwerp.Versie < laatste?.Versie))
            return (await PublicerenAsync(ontwerp, ontwerper, ct), false);
        if (laatste is null)
            throw Geweigerd.NietGevonden("Deze stroom");
        if (laatste.IsActueel)
            return (laatste, true);
        await EisKeuringAsync(definitieId, laatste.Inhoud, ct);
        await Definities.VervangAsync(db, definitieId, ct);
        laatste.IsActueel = true;
        return (laatste, false);
    }, ct);

    /// <summary>No new flows start until it is published again; what runs goes on.</summary>
    public Task TrekInAsync(string definitieId, CancellationToken ct) => InSlotAsync(async () =>
    {
        await EisMisbaarAsync(definitieId, ct);
        if (await Definities.VervangAsync(db, definitieId, ct) is null)
            throw new Geweigerd("Deze stroom is niet gepubliceerd, dus er is niets in te trekken.");
        return true;
    }, ct);

    /// <summary>The drawing of an old version becomes the newest draft.</summary>
    public Task<Ontwerp> ZetTerugAsync(string definitieId, int versie, Guid ontwerper, CancellationToken ct) => InSlotAsync(async () =>
    {
        var inhoud = await db.Definities.Where(d => d.DefinitieId == definitieId && d.Versie == versie && d.VerwijderdOp == null).Select(d => d.Inhoud).SingleOrDefaultAsync(ct)
            ?? await db.Ontwerpen.Where(o => o.DefinitieId == definitieId && o.Versie == versie).Select(o => o.Inhoud).SingleOrDefaultAsync(ct)
            ?? throw Geweigerd.NietGevonden("Deze versie");
        return await NieuwAsync(Tekening.Lees(inhoud), definitieId, ontwerper, ct);
    }, ct);

    /// <summary>Removes a whole flow.</summary>
    public Task VerwijderAsync(string definitieId, CancellationToken ct) => InSlotAsync(async () =>
    {
        await EisMisbaarAsync(definitieId, ct);
        if (await db.Stromen.AnyAsync(s => s.DefinitieId == definitieId && s.AfgerondOp == null, ct))
            throw new Geweigerd("Er lopen nog casussen op deze stroom; verwijderen kan als zij zijn afgelopen.");
        var versies = await db.Definities.Where(d => d.DefinitieId == definitieId && d.VerwijderdOp == null).ToListAsync(ct);
        var ontwerpen = await db.Ontwerpen.Where(o => o.DefinitieId == definitieId).ToListAsync(ct);
        if (versies.Count + ontwerpen.Count == 0)
            throw Geweigerd.NietGevonden("Deze stroom");
        foreach (var versie in versies)
            (versie.IsActueel, versie.VerwijderdOp) = (false, time.Nu());
        db.Ontwerpen.RemoveRange(ontwerpen);
        return true;
    }, ct);

    /// <summary>Removes one version.</summary>
    public Task VerwijderAsync(string definitieId, int versie, CancellationToken ct) => InSlotAsync(async () =>
    {
        if (await db.Ontwerpen.FindAsync([definitieId, versie], ct) is { } ontwerp)
        {
            db.Ontwerpen.Remove(ontwerp);
            return true;
        }

        var definitie = await db.Definities.SingleOrDefaultAsync(d => d.DefinitieId == definitieId && d.Versie == versie && d.VerwijderdOp == null, ct)
            ?? throw Geweigerd.NietGevonden("Deze versie");
        if (definitie.IsActueel)
            throw new Geweigerd("Nieuwe casussen beginnen met deze versie; publiceer eerst een andere.");
        if (await db.Stromen.AnyAsync(s => s.DefinitieId == definitieId && s.Versie == versie && s.AfgerondOp == null, ct))
            throw new Geweigerd("Er lopen nog casussen op deze versie; verwijderen kan als zij zijn afgelopen.");
        definitie.VerwijderdOp = time.Nu();
        return true;
    }, ct);

    private async Task<Ontwerp> BewarenAsync(JsonObject tekening, Guid ontwerper, CancellationToken ct)
    {
        var id = Tekening.Tekst(tekening, "definitionId") is { Length: > 0 } gegeven ? gegeven : Guid.CreateVersion7(time.Nu()).ToString("N");
        new Invoer()
            .Eis(Naam().IsMatch(id), "/model/definitionId", "Een stroom heet naar letters, cijfers, punten en streepjes, hooguit honderd.")
            .Eis(tekening["root"] is JsonObject, "/model/root", "De stroom heeft geen inhoud (root).")
            .Klaar();

        // Studio does not send this back.
        if (!tekening.ContainsKey(Tekening.Schema) && await db.Definities.Where(d => d.DefinitieId == id).OrderByDescending(d => d.Versie).Select(d => d.Inhoud).FirstOrDefaultAsync(ct) is { } vorige && Tekening.Tekst(Tekening.Lees(vorige), Tekening.Schema) is { } schema)
            tekening.Insert(0, Tekening.Schema, schema);

        var laatste = await db.Ontwerpen.Where(o => o.DefinitieId == id).OrderByDescending(o => o.Versie).FirstOrDefaultAsync(ct);
        if (laatste is null || await db.Definities.AnyAsync(d => d.DefinitieId == id && d.Versie > laatste.Versie, ct))
            return await NieuwAsync(tekening, id, ontwerper, ct);
        Afmaken(tekening, id, laatste.Versie);
        (laatste.Inhoud, laatste.BewaardOp, laatste.BewaardDoor) = (Tekening.Schrijf(tekening), time.Nu(), ontwerper);
        return laatste;
    }

    private async Task<Ontwerp> NieuwAsync(JsonObject tekening, string id, Guid ontwerper, CancellationToken ct)
    {
        var versie = await VolgendeVersieAsync(db, id, ct);
        Afmaken(tekening, id, versie);
        var nu = time.Nu();
        var ontwerp = new Ontwerp { DefinitieId = id, Versie = versie, Inhoud = Tekening.Schrijf(tekening), BegonnenOp = nu, BewaardOp = nu, BewaardDoor = ontwerper };
        db.Ontwerpen.Add(ontwerp);
        return ontwerp;
    }

    private static void Afmaken(JsonObject tekening, string id, int versie)
    {
        // What the API adds for who looks now, is no part of the drawing.
        tekening.Remove("links");
        Tekening.Nummer(tekening, id, versie);
        Tekening.GeefPaden(tekening);
    }

    private async Task<Definitie> PublicerenAsync(Ontwerp ontwerp, Guid ontwerper, CancellationToken ct)
    {
        await EisKeuringAsync(ontwerp.DefinitieId, ontwerp.Inhoud, ct);
        await Definities.VervangAsync(db, ontwerp.DefinitieId, ct);
        var definitie = new Definitie { DefinitieId = ontwerp.DefinitieId, Versie = ontwerp.Versie, Inhoud = ontwerp.Inhoud, IsActueel = true, GepubliceerdOp = time.Nu(), GepubliceerdDoor = ontwerper };
        db.Ontwerpen.Remove(ontwerp);
        db.Definities.Add(definitie);
        return definitie;
    }

    /// <exception cref="NietGepubliceerd">Er is iets dat in de weg staat.</exception>
    private async Task EisKeuringAsync(string definitieId, string inhoud, CancellationToken ct)
    {
        var bevindingen = keuring.Keur(inhoud);
        if (bevindingen.Count == 0)
            bevindingen = await OntbrekendAsync(definitieId, WorkflowDefinition.Parse(inhoud), ct);
        if (bevindingen.Count > 0)
            throw new NietGepubliceerd(definitieId, bevindingen);
    }

    // A flow can only start what is published: nobody may find out when a casus gets there.
    private async Task<IReadOnlyList<Bevinding>> OntbrekendAsync(string definitieId, WorkflowDefinition definitie, CancellationToken ct)
    {
        var actueel = await db.Definities.Where(d => d.IsActueel).Select(d => d.DefinitieId).ToListAsync(ct);
        return [.. definitie.References.Except(actueel).Where(id => id != definitieId).Select(id => new Bevinding(null, $"Deze stroom start de stroom '{id}', en die is er niet of is niet gepubliceerd."))];
    }

    // Casussen are opened and moved by flows; without them a melding or a handover would go nowhere.
    private async Task EisMisbaarAsync(string definitieId, CancellationToken ct)
    {
        if (await db.Definities.AnyAsync(d => d.DefinitieId == definitieId && d.BestandHash != null, ct))
            throw new Geweigerd("Deze stroom hoort bij het systeem zelf en begint vanzelf; publiceer een andere versie in plaats van haar weg te halen.");
        foreach (var ander in await db.Definities.Where(d => d.IsActueel && d.DefinitieId != definitieId).Select(d => new { d.DefinitieId, d.Versie }).ToListAsync(ct))
            if ((await definities.LeesAsync(db, ander.DefinitieId, ander.Versie, ct)).References.Contains(definitieId))
                throw new Geweigerd($"De stroom '{ander.DefinitieId}' start deze stroom; haal haar daar eerst uit.");
    }

    // The one place where versions change: one after the other, over all replicas.
    private async Task<T> InSlotAsync<T>(Func<Task<T>> handeling, CancellationToken ct)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await database.LockAsync(db, Definities.Slot, ct);
            var resultaat = await handeling();
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return resultaat;
        }
        catch (NietGepubliceerd nee)
        {
            await runner.MeldAsync(new InvariantGeweigerd(IGebeurtenis.GeenCasus, "keuring", nee.DefinitieId), ct);
            throw;
        }
    }

    [GeneratedRegex(@"^[\w.\-]{1,100}$")]
    private static partial Regex Naam();
}

/// <summary>De stroom is niet gepubliceerd; dit staat in de weg.</summary>
internal sealed class NietGepubliceerd(string definitieId, IReadOnlyList<Bevinding> bevindingen) : Exception(string.Join(" ", bevindingen.Select(b => b.Tekst)))
{
    public string DefinitieId { get; } = definitieId;
    public IReadOnlyList<Bevinding> Bevindingen { get; } = bevindingen;
}
