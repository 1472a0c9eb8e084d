using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Spreek een actie af.</summary>
/// <param name="WieRef">Verwijzing naar wie het doet; ook iemand uit het gezin of het eigen netwerk. Nooit een naam.</param>
/// <param name="Opbrengst">Hoe de opbrengst eruitziet, zodat later te zeggen is of het gelukt is.</param>
/// <param name="Termijn">In plaats van een moment: een naam uit het termijnboek of een aantal, zoals <c>10 werkdagen</c>.</param>
/// <param name="Wie">Hoe degene in een zin heet, bijvoorbeeld "de GGZ-aanbieder"; geen naam van een mens.</param>
/// <param name="Vlottrekker">Wie kan helpen als het te lang duurt; leeg is de regisseur of de teamleider.</param>
public sealed record ActieAfspreken(
    string? WieRef, string? Wat, string? Opbrengst, DateTimeOffset? UiterlijkOp = null, string? Termijn = null, string? Wie = null, string? Vlottrekker = null)
{
    internal static async Task<Ok<Lijst<ActieBeeld>>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        var acties = await db.Acties.AsNoTracking().Where(a => a.CasusId == casusId).OrderBy(a => a.UiterlijkOp).ThenBy(a => a.Id).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<ActieBeeld>([.. acties.Select(a => a.Beeld)]));
    }

    internal static async Task<Created<ActieBeeld>> Post(
        Guid casusId, ActieAfspreken verzoek, Actor actor, KernteamDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        verzoek.Controleer(nu, termijnen);
        if (await db.IsGestopt(casusId, ct))
            throw Stop.Geldt;

        var actie = new Actie
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = casusId,
            WieRef = verzoek.WieRef!,
            Wat = verzoek.Wat!,
            Opbrengst = verzoek.Opbrengst!,
            UiterlijkOp = verzoek.UiterlijkOp ?? termijnen.Lees(verzoek.Termijn!).Verloopt(nu),
            Wie = verzoek.Wie,
            Vlottrekker = verzoek.Vlottrekker,
            AfgesprokenDoorId = actor.Id,
            AfgesprokenOp = nu,
        };
        db.Acties.Add(actie);
        await db.SetAlarmAsync(casusId, KernteamWekker.Actie, actie.Id, actie.UiterlijkOp, ct);
        db.Publish(new ActieToegewezen(casusId, actie.Id), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/acties", actie.Beeld);
    }

    /// <summary>
    /// De termijn van een actie ging voorbij. De eerste keer duurt het wachten te lang; daarna volgt een herinnering, niet vaker dan eens per week.
    /// </summary>
    internal static async Task Verlopen(KernteamDbContext db, Guid id, Termijnboek termijnen, DateTimeOffset nu, CancellationToken ct)
    {
        var actie = await db.Acties.SingleAsync(a => a.Id == id, ct);
        if (actie.AfgerondOp is not null)
            return;
        db.Publish(actie.TeLaat(nu) ? new ActieWachtTeLang(actie.CasusId, id) : (object)new ActieVerlopen(actie.CasusId, id), actie.CasusId, nu);
        await db.SetAlarmAsync(actie.CasusId, KernteamWekker.Actie, id, termijnen["actie-herinnering"].Verloopt(nu), ct);
    }

    internal void Controleer(DateTimeOffset nu, Termijnboek termijnen) =>
        new Invoer()
            .Eis(WieRef is { Length: > 0 and <= 64 } && WieRef.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'), "/wieRef", "Vermeld met een verwijzing (letters, cijfers, streepjes) wie de actie doet.")
            .EisTekst(Wat, "/wat", "Wat er gaat gebeuren")
            .EisTekst(Opbrengst, "/opbrengst", "De opbrengst")
            .Eis(UiterlijkOp is null != Termijn is null, "/uiterlijkOp", "Vermeld wanneer de actie klaar is: een moment of een termijn.")
            .Eis(!(UiterlijkOp <= nu), "/uiterlijkOp", "Vermeld een moment in de toekomst waarop de actie klaar is.")
            .Eis(Termijn is null || IsTermijn(Termijn, termijnen), "/termijn", "Dit is geen termijn; schrijf bijvoorbeeld 10 werkdagen.")
            .Eis(Wie is null or { Length: <= 100 }, "/wie", "Wie het doet is langer dan 100 tekens.")
            .Eis(Vlottrekker is null or { Length: <= 200 }, "/vlottrekker", "De vlottrekker is langer dan 200 tekens.")
            .Klaar();

    private static bool IsTermijn(string tekst, Termijnboek termijnen)
    {
        try
        {
            return termijnen.Lees(tekst).Aantal > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

public sealed class Actie
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string WieRef { get; init; }
    public required string Wat { get; init; }
    public required string Opbrengst { get; init; }
    public required DateTimeOffset UiterlijkOp { get; set; }
    public string? Wie { get; init; }
    public string? Vlottrekker { get; init; }

    /// <summary>Sinds wanneer bekend is dat het te lang duurt.</summary>
    public DateTimeOffset? TeLaatOp { get; private set; }
    public required Guid AfgesprokenDoorId { get; init; }
    public required DateTimeOffset AfgesprokenOp { get; init; }
    public bool? Gelukt { get; private set; }
    public string? Terugkoppeling { get; private set; }
    public Guid? AfgerondDoorId { get; private set; }
    public DateTimeOffset? AfgerondOp { get; private set; }

    internal ActieBeeld Beeld => new(Id, WieRef, Wat, Opbrengst, UiterlijkOp, AfgesprokenDoorId, AfgesprokenOp, Gelukt, Terugkoppeling, AfgerondDoorId, AfgerondOp, Wie, Vlottrekker, TeLaatOp);

    /// <returns>Of dit nu voor het eerst blijkt.</returns>
    public bool TeLaat(DateTimeOffset op)
    {
        if (TeLaatOp is not null)
            return false;
        TeLaatOp = op;
        return true;
    }

    /// <summary>Er is nagevraagd, en een nieuwe datum beloofd.</summary>
    public void Uitstellen(DateTimeOffset tot)
    {
        if (AfgerondOp is not null)
            throw new Geweigerd("Deze actie is al afgerond.");
        (UiterlijkOp, TeLaatOp) = (tot, null);
    }

    public void Afronden(bool gelukt, string? terugkoppeling, Guid door, DateTimeOffset op)
    {
        if (AfgerondOp is not null)
            throw new Geweigerd("Deze actie is al afgerond.");
        (Gelukt, Terugkoppeling, AfgerondDoorId, AfgerondOp) = (gelukt, terugkoppeling, door, op);
    }
}

public sealed record ActieBeeld(
    Guid Id, string WieRef, string Wat, string Opbrengst, DateTimeOffset UiterlijkOp, Guid AfgesprokenDoorId, DateTimeOffset AfgesprokenOp,
    bool? Gelukt = null, string? Terugkoppeling = null, Guid? AfgerondDoorId = null, DateTimeOffset? AfgerondOp = null,
    string? Wie = null, string? Vlottrekker = null, DateTimeOffset? TeLaatOp = null);
