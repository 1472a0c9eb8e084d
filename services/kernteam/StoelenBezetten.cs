using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Bezet stoelen aan tafel, ook voor gezin en eigen netwerk. Wie op een stoel komt die al bezet was, vervangt wie er zat.</summary>
public sealed record StoelenBezetten(IReadOnlyList<StoelInvoer?>? Stoelen)
{
    internal static async Task<Ok<Lijst<StoelBeeld>>> Post(
        Guid casusId, StoelenBezetten verzoek, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        verzoek.Controleer();

        var bezet = await db.Stoelen.Where(s => s.CasusId == casusId).ToListAsync(ct);
        var nieuw = verzoek.Stoelen!.Select(s => s!.Als(casusId, nu)).Where(s => !bezet.Any(b => b.Naam == s.Naam && b.LidId == s.LidId)).ToList();
        db.Stoelen.RemoveRange(bezet.Where(b => nieuw.Any(n => n.Naam == b.Naam)));
        db.Stoelen.AddRange(nieuw);
        if (nieuw.Count > 0)
            await db.StoelenGewijzigd(casusId, isInrichting: true, nu, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(new Lijst<StoelBeeld>([.. (await db.StoelenVan(casusId, ct)).Select(StoelBeeld.Van)]));
    }

    internal void Controleer()
    {
        var invoer = new Invoer()
            .Eis(Stoelen is { Count: > 0 and <= 30 }, "/stoelen", "Vermeld een tot dertig stoelen.")
            .Eis(Stoelen is null || Stoelen.DistinctBy(s => s?.Stoel).Count() == Stoelen.Count, "/stoelen", "Een stoel staat er twee keer in.");
        foreach (var (i, stoel) in (Stoelen ?? []).Index())
            (stoel ?? new StoelInvoer(null, null)).Controleer(invoer, $"/stoelen/{i}");
        invoer.Klaar();
    }
}

/// <summary>Een stoel en wie er komt.</summary>
/// <param name="Stoel">De rol aan tafel (kleine letters, cijfers, streepjes), bijvoorbeeld <c>moeder</c>; nooit een naam.</param>
/// <param name="Soort">gezin, netwerk of beroepskracht.</param>
/// <param name="LidId">Leeg voor wie geen toegang heeft; dan spreekt de regisseur voor deze stoel.</param>
/// <param name="Organisatie">Verplicht voor een beroepskracht: wie rugdekking geeft.</param>
public sealed record StoelInvoer(string? Stoel, string? Soort, Guid? LidId = null, string? Organisatie = null, Guid? VervangerId = null)
{
    internal Stoel Als(Guid casusId, DateTimeOffset nu) =>
        new(casusId, Stoel!, LidId ?? ZonderToegang(casusId, Stoel!), nu) { Soort = Soort!, Organisatie = Organisatie, VervangerId = VervangerId };

    internal void Controleer(Invoer invoer, string plaats) => invoer
        .Eis(Stoel is { Length: > 0 and <= 64 } && Stoel.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-'), $"{plaats}/stoel", "Noem de stoel naar de rol aan tafel (kleine letters, cijfers, streepjes).")
        .Eis(Stoel is not (NetwerkRegie.Kernteam.Stoel.Regisseur or NetwerkRegie.Kernteam.Stoel.VastGezicht), $"{plaats}/stoel", "Deze stoel volgt de regie en is niet te vergeven.")
        .Eis(NetwerkRegie.Kernteam.Stoel.Soorten.Contains(Soort), $"{plaats}/soort", $"Kies een soort uit {string.Join(", ", NetwerkRegie.Kernteam.Stoel.Soorten)}.")
        .Eis(Soort != NetwerkRegie.Kernteam.Stoel.Beroepskracht || LidId is not null, $"{plaats}/lidId", "Vermeld wie er zit.")
        .Eis(Soort != NetwerkRegie.Kernteam.Stoel.Beroepskracht || !string.IsNullOrWhiteSpace(Organisatie), $"{plaats}/organisatie", "Vermeld welke organisatie rugdekking geeft.")
        .Eis(LidId != Guid.Empty, $"{plaats}/lidId", "Dit is geen verwijzing naar een mens.")
        .Eis(Organisatie is null or { Length: <= 200 }, $"{plaats}/organisatie", "De organisatie is langer dan 200 tekens.");

    // The same seat is the same person, however often it is filled.
    private static Guid ZonderToegang(Guid casusId, string stoel) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{casusId} {stoel}")).AsSpan(0, 16));
}

/// <summary>De organisatie achter een stoel geeft het lid tijd en mandaat.</summary>
public sealed record RugdekkingGeven(decimal? UrenPerWeek, string? Mandaat)
{
    internal static async Task<Ok<StoelBeeld>> Post(
        Guid casusId, string stoel, RugdekkingGeven verzoek, Actor actor, KernteamDbContext db, Database database, Regio regio, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        verzoek.Controleer();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        var team = await db.Kernteams.FindAsync([casusId], ct);
        var stoelen = await db.StoelenVan(casusId, ct);
        if (team is null || stoelen.FirstOrDefault(s => s.Naam == stoel && MagDekken(actor, s, regio)) is not { } gedekt)
            throw Geweigerd.NietGevonden("Deze stoel");
        if (gedekt.LidId == actor.Id)
            throw Geweigerd.GeenRecht("Rugdekking geeft de organisatie, niet wie er zelf zit.");
        if (!gedekt.WachtOpRugdekking)
            throw new Geweigerd("Deze stoel heeft al rugdekking.");

        gedekt.Dekken(verzoek.UrenPerWeek, verzoek.Mandaat, actor.Id, nu);
        db.Publish(new RugdekkingBevestigd(casusId), casusId, nu);
        db.MeldActief(team, stoelen, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(StoelBeeld.Van(gedekt));
    }

    internal void Controleer() =>
        new Invoer()
            .Eis(UrenPerWeek is > 0 and <= 40, "/urenPerWeek", "Vermeld hoeveel uur per week het lid heeft (hooguit 40).")
            .EisTekst(Mandaat, "/mandaat", "Waarover het lid zelf mag beslissen")
            .Klaar();

    private static bool MagDekken(Actor actor, Stoel stoel, Regio regio) =>
        stoel.Organisatie == actor.Organisatie || actor.IsLeidinggevendeVan(stoel.LidId, regio);
}

/// <summary>Een stoel, wie er zit en of de organisatie erachter staat.</summary>
public sealed record StoelBeeld(string Stoel, string Soort, Guid LidId, DateTimeOffset Sinds, string? Organisatie = null, Guid? VervangerId = null, decimal? UrenPerWeek = null, DateTimeOffset? RugdekkingOp = null)
{
    internal static StoelBeeld Van(Stoel s) => new(s.Naam, s.Soort, s.LidId, s.Sinds, s.Organisatie, s.VervangerId, s.UrenPerWeek, s.GedektOp);
}
