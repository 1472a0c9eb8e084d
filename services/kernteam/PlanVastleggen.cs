using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Leg een versie vast van het ene plan. De eerste versie is die welke met het gezin is besproken.</summary>
/// <param name="Kernvraag">Wat dit gezin nodig heeft om zelf verder te kunnen.</param>
/// <param name="BesprokenMetGezinOp">Wanneer het plan met het gezin is besproken; bij de eerste versie verplicht als dat gesprek nog niet is vastgelegd.</param>
/// <param name="Afspraken">Wie wat doet, zodra dat is afgesproken.</param>
/// <param name="Themas">Waar het plan over gaat, elk met een eigenaar.</param>
public sealed record PlanVastleggen(string? Kernvraag, DateTimeOffset? BesprokenMetGezinOp = null, string? Afspraken = null, IReadOnlyList<ThemaInvoer?>? Themas = null)
{
    internal static async Task<Ok<PlanBeeld>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        return TypedResults.Ok((await Laatste(casusId, db, ct) ?? throw Geweigerd.NietGevonden("Het plan")).Beeld(await ThemasVan(casusId, db, ct)));
    }

    internal static async Task<Created<PlanBeeld>> Post(
        Guid casusId, PlanVastleggen verzoek, Actor actor, KernteamDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        var vorige = await Laatste(casusId, db, ct);
        var besproken = verzoek.BesprokenMetGezinOp ?? (vorige is null ? await db.BesprokenMetGezinOp(casusId, ct) : null);
        verzoek.Controleer(isBesproken: vorige is not null || besproken is not null, nu);
        if (verzoek.Themas is { Count: > 0 } themas)
            await EisThemas(themas, casusId, db, ct);

        var plan = new Plan
        {
            CasusId = casusId,
            Versie = (vorige?.Versie ?? 0) + 1,
            BesprokenMetGezinOp = besproken,
            Kernvraag = verzoek.Kernvraag!,
            Afspraken = verzoek.Afspraken,
            // What was only talked through has nothing to look back on yet.
            HerijkenVoor = verzoek.Themas is { Count: > 0 } || verzoek.Afspraken is not null ? termijnen["herijking"].Verloopt(nu) : null,
            VastgelegdDoorId = actor.Id,
            VastgelegdOp = nu,
        };
        var vast = await Vaststellen(plan, verzoek.Themas ?? [], db, ct);
        if (verzoek.BesprokenMetGezinOp is not null)
            db.Publish(new PlanBesprokenMetGezin(casusId), casusId, nu);
        if (plan.HerijkenVoor is { } voor)
            db.Publish(new PlanVastgesteld(casusId, plan.Versie, voor), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/plannen", plan.Beeld(vast));
    }

    /// <summary>
    /// Elk thema heeft een eigenaar die aan tafel zit. De regisseur is van geen enkel thema eigenaar, en het gezin of zijn eigen netwerk
    /// van minstens een.
    /// </summary>
    internal static async Task EisThemas(IReadOnlyList<ThemaInvoer?> themas, Guid casusId, KernteamDbContext db, CancellationToken ct)
    {
        if (!await db.Opgaven.AnyAsync(o => o.CasusId == casusId, ct))
            throw new Geweigerd("Stel eerst samen de opgave vast; daarna verdeelt u wie wat bijdraagt.");
        var stoelen = await db.StoelenVan(casusId, ct);
        var regisseurId = (await db.Zoek(casusId, ct))!.Leden[0].LidId;
        var eigenaren = themas.Select(t => stoelen.SingleOrDefault(s => s.Naam == t!.Eigenaar)).ToList();
        if (themas.Any(t => t!.Eigenaar == Stoel.Regisseur) || eigenaren.Any(e => e?.LidId == regisseurId))
            throw new Geweigerd("De regisseur bewaakt het plan en is van geen enkel thema eigenaar.");
        if (themas.Zip(eigenaren).FirstOrDefault(paar => paar.Second is null).First is { } zonder)
            throw new Geweigerd($"De eigenaar van thema '{zonder.Titel}' heeft geen stoel aan tafel.");
        if (!eigenaren.Any(e => e!.IsVanHetGezin))
            throw new Geweigerd("Geef minstens een thema aan iemand uit het gezin of het eigen netwerk.");
    }

    /// <summary>Legt een versie vast met haar thema's. Wie voor hetzelfde al had toegezegd, hoeft dat niet nog eens te doen.</summary>
    internal static async Task<IReadOnlyList<Thema>> Vaststellen(Plan plan, IReadOnlyList<ThemaInvoer?> themas, KernteamDbContext db, CancellationToken ct)
    {
        var eerder = await db.Themas.AsNoTracking().Where(t => t.CasusId == plan.CasusId && t.Versie == plan.Versie - 1).ToListAsync(ct);
        var vast = themas.Select((t, i) => Thema.Voor(plan, i + 1, t!, eerder)).ToList();
        db.Plannen.Add(plan);
        db.Themas.AddRange(vast);
        await db.SetAlarmAsync(plan.CasusId, KernteamWekker.Herijking, plan.CasusId, plan.HerijkenVoor, ct);
        return vast;
    }

    internal void Controleer(bool isBesproken, DateTimeOffset nu)
    {
        var invoer = new Invoer()
            .Eis(isBesproken, "/besprokenMetGezinOp", "Bespreek het plan eerst met het gezin en vermeld wanneer dat was.")
            .Eis(!(BesprokenMetGezinOp > nu), "/besprokenMetGezinOp", "Dit gesprek ligt in de toekomst.")
            .EisTekst(Kernvraag, "/kernvraag", "De kernvraag")
            .Eis(Afspraken is null || Afspraken.Length <= 4000, "/afspraken", "De afspraken zijn langer dan 4000 tekens.");
        ThemaInvoer.Controleer(Themas, invoer);
        invoer.Klaar();
    }

    internal static Task<List<Thema>> ThemasVan(Guid casusId, KernteamDbContext db, CancellationToken ct) =>
        db.Themas.AsNoTracking().Where(t => t.CasusId == casusId).OrderBy(t => t.Versie).ThenBy(t => t.Nummer).ToListAsync(ct);

    internal static Task<Plan?> Laatste(Guid casusId, KernteamDbContext db, CancellationToken ct) =>
        db.Plannen.AsNoTracking().Where(p => p.CasusId == casusId).OrderByDescending(p => p.Versie).FirstOrDefaultAsync(ct);
}

/// <summary>Een versie van het plan. Er is er een; een tweede plan naast het eerste bestaat niet.</summary>
public sealed class Plan
{
    public required Guid CasusId { get; init; }
    public required int Versie { get; init; }
    public required DateTimeOffset? BesprokenMetGezinOp { get; init; }
    public required string Kernvraag { get; init; }
    public required string? Afspraken { get; init; }

    /// <summary>Wanneer het kernteam opnieuw naar het plan gekeken moet hebben.</summary>
    public DateTimeOffset? HerijkenVoor { get; init; }

    /// <summary>De antwoorden op de drie vragen waarmee deze versie ontstond; leeg als zij niet uit een herijking komt.</summary>
    public string? ZelfdeDoel { get; init; }
    public string? BijdragenKloppen { get; init; }
    public string? AnderenNodig { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }

    internal PlanBeeld Beeld(IEnumerable<Thema> themas) => new(
        Versie, Kernvraag, VastgelegdDoorId, VastgelegdOp, [.. themas.Where(t => t.Versie == Versie).OrderBy(t => t.Nummer).Select(t => t.Beeld)],
        BesprokenMetGezinOp, Afspraken, HerijkenVoor, ZelfdeDoel, BijdragenKloppen, AnderenNodig);
}

/// <summary>Een onderwerp van het plan, met een eigenaar.</summary>
public sealed class Thema
{
    public required Guid CasusId { get; init; }
    public required int Versie { get; init; }
    public required int Nummer { get; init; }
    public required string Titel { get; init; }
    public required string Bijdrage { get; init; }

    /// <summary>De stoel van de eigenaar.</summary>
    public required string Eigenaar { get; init; }
    public DateTimeOffset? ToegezegdOp { get; private set; }
    public Guid? ToegezegdDoorId { get; private set; }

    internal ThemaBeeld Beeld => new(Nummer, Titel, Bijdrage, Eigenaar, ToegezegdOp);

    internal static Thema Voor(Plan plan, int nummer, ThemaInvoer invoer, IReadOnlyList<Thema> eerder)
    {
        var zelfde = eerder.FirstOrDefault(t => t.Eigenaar == invoer.Eigenaar && t.Bijdrage == invoer.Bijdrage);
        return new()
        {
            CasusId = plan.CasusId,
            Versie = plan.Versie,
            Nummer = nummer,
            Titel = invoer.Titel!,
            Bijdrage = invoer.Bijdrage!,
            Eigenaar = invoer.Eigenaar!,
            ToegezegdOp = zelfde?.ToegezegdOp,
            ToegezegdDoorId = zelfde?.ToegezegdDoorId,
        };
    }

    public void Toezeggen(Guid doorId, DateTimeOffset op)
    {
        if (ToegezegdOp is not null)
            throw new Geweigerd("Deze bijdrage is al toegezegd.");
        (ToegezegdDoorId, ToegezegdOp) = (doorId, op);
    }
}

/// <param name="Bijdrage">Wat de eigenaar bijdraagt.</param>
/// <param name="Eigenaar">De stoel van de ene eigenaar.</param>
public sealed record ThemaInvoer(string? Titel, string? Bijdrage, string? Eigenaar)
{
    internal static void Controleer(IReadOnlyList<ThemaInvoer?>? themas, Invoer invoer)
    {
        invoer.Eis(themas is null or { Count: <= 20 }, "/themas", "Een plan heeft hooguit twintig thema's.");
        foreach (var (i, thema) in (themas ?? []).Index())
            invoer
                .EisTekst(thema?.Titel, $"/themas/{i}/titel", "Waar het thema over gaat", hooguit: 200)
                .EisTekst(thema?.Bijdrage, $"/themas/{i}/bijdrage", "Wat de eigenaar bijdraagt")
                .EisTekst(thema?.Eigenaar, $"/themas/{i}/eigenaar", "Wie de ene eigenaar is", hooguit: 64);
    }
}

/// <summary>Een thema, en of de eigenaar de bijdrage heeft toegezegd.</summary>
public sealed record ThemaBeeld(int Nummer, string Titel, string Bijdrage, string Eigenaar, DateTimeOffset? ToegezegdOp = null);

public sealed record PlanBeeld(
    int Versie, string Kernvraag, Guid VastgelegdDoorId, DateTimeOffset VastgelegdOp, IReadOnlyList<ThemaBeeld> Themas,
    DateTimeOffset? BesprokenMetGezinOp = null, string? Afspraken = null, DateTimeOffset? HerijkenVoor = null,
    string? ZelfdeDoel = null, string? BijdragenKloppen = null, string? AnderenNodig = null);
