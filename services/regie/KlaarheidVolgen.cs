using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>Houdt bij wie er aan tafel zit: zonder hen gaat een casus niet dicht.</summary>
internal sealed class StoelenBezetConsumer(RegieDbContext db, ConsumerTools tools) : OnceConsumer<StoelenBezet>(db, tools)
{
    private readonly RegieDbContext _db = db;

    protected override Guid? Holds(StoelenBezet message) => message.CasusId;

    protected override Task Handle(StoelenBezet message, CancellationToken ct) => Klaarheden.StoelenAsync(_db, message.CasusId, message.Versie, message.Stoelen, ct);
}

/// <summary>Was het RVT erbij, dan is dat het begin waar het bij hoort te zijn.</summary>
internal sealed class BijeenkomstGehoudenConsumer(RegieDbContext db, ConsumerTools tools) : OnceConsumer<BijeenkomstGehouden>(db, tools)
{
    private readonly RegieDbContext _db = db;

    protected override Guid? Holds(BijeenkomstGehouden message) => message.CasusId;

    protected override async Task Handle(BijeenkomstGehouden message, CancellationToken ct)
    {
        if (message.MetRvt)
            (await Klaarheden.StandAsync(_db, message.CasusId, ct)).MetRvt(message.GehoudenOp);
    }
}

/// <summary>Was het RVT bij de evaluatie met het gezin, dan is dat het einde waar het bij hoort te zijn.</summary>
internal sealed class EvaluatieGehoudenConsumer(RegieDbContext db, ConsumerTools tools) : OnceConsumer<EvaluatieGehouden>(db, tools)
{
    private readonly RegieDbContext _db = db;

    protected override Guid? Holds(EvaluatieGehouden message) => message.CasusId;

    protected override async Task Handle(EvaluatieGehouden message, CancellationToken ct)
    {
        if (message.MetRvt)
            (await Klaarheden.StandAsync(_db, message.CasusId, ct)).EvaluatieMetRvt(message.GehoudenOp);
    }
}

/// <summary>Wat bij een andere dienst openstaat, of niet meer.</summary>
internal abstract class BelemmeringVolgen<T>(RegieDbContext db, ConsumerTools tools, Func<T, (Guid CasusId, Guid OnderwerpId)> lees, string zin, bool isVoorbij) : OnceConsumer<T>(db, tools)
    where T : class
{
    private readonly RegieDbContext _db = db;

    protected override Guid? Holds(T message) => lees(message).CasusId;

    protected override async Task Handle(T message, CancellationToken ct)
    {
        var (casusId, onderwerpId) = lees(message);
        if (await _db.Belemmeringen.FindAsync([onderwerpId], ct) is { } bekend)
            bekend.IsVoorbij |= isVoorbij;
        else
            _db.Belemmeringen.Add(new Belemmering { CasusId = casusId, OnderwerpId = onderwerpId, Zin = zin, IsVoorbij = isVoorbij });
        await _db.SaveChangesAsync(ct);
        await Standen.HerberekenAsync(_db, _db.Stromen.Where(s => s.CasusId == casusId), ct);
    }
}

internal sealed class IncidentGemeldConsumer(RegieDbContext db, ConsumerTools tools) : BelemmeringVolgen<IncidentGemeld>(db, tools, m => (m.CasusId, m.IncidentId), Klaarheden.Incident, isVoorbij: false);

internal sealed class IncidentBevestigdConsumer(RegieDbContext db, ConsumerTools tools) : BelemmeringVolgen<IncidentBevestigd>(db, tools, m => (m.CasusId, m.IncidentId), Klaarheden.Incident, isVoorbij: true);

internal sealed class StandbyGezetConsumer(RegieDbContext db, ConsumerTools tools) : BelemmeringVolgen<StandbyGezet>(db, tools, m => (m.CasusId, m.StandbyId), Klaarheden.Standby, isVoorbij: false);

internal sealed class StandbyOpgehevenConsumer(RegieDbContext db, ConsumerTools tools) : BelemmeringVolgen<StandbyOpgeheven>(db, tools, m => (m.CasusId, m.StandbyId), Klaarheden.Standby, isVoorbij: true);

internal static class Klaarheden
{
    public const string Incident = "een incident is nog door niemand bevestigd";
    public const string Standby = "er staat nog een maatregel klaar";

    /// <summary>Wie er bleef, houdt wat hij zei; wie erbij kwam of van stoel wisselde, zegt het nog.</summary>
    public static async Task StoelenAsync(RegieDbContext db, Guid casusId, int versie, IReadOnlyList<BezetteStoel> stoelen, CancellationToken ct)
    {
        var stand = await StandAsync(db, casusId, ct);
        if (versie <= stand.Versie)
            return;
        stand.Versie = versie;
        var bekend = await db.Klaarverklaringen.Where(k => k.CasusId == casusId).ToListAsync(ct);
        var weg = bekend.Where(k => !stoelen.Any(s => s.Naam == k.Stoel && s.LidId == k.LidId)).ToList();
        db.Klaarverklaringen.RemoveRange(weg);
        await db.SaveChangesAsync(ct);
        db.Klaarverklaringen.AddRange(stoelen.Where(s => !bekend.Except(weg).Any(k => k.Stoel == s.Naam)).Select(s => new Klaarverklaring { CasusId = casusId, Stoel = s.Naam, LidId = s.LidId }));
    }

    public static async Task<Kernteamstand> StandAsync(RegieDbContext db, Guid casusId, CancellationToken ct)
    {
        if (await db.Kernteamstanden.FindAsync([casusId], ct) is { } bekend)
            return bekend;
        var stand = new Kernteamstand { CasusId = casusId };
        db.Kernteamstanden.Add(stand);
        return stand;
    }
}
