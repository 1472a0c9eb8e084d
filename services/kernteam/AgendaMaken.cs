using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Wat er de volgende keer vanzelf op tafel ligt: eerst de acties, dan wat er is gebeurd en waarover te besluiten is.</summary>
/// <param name="Incidenten">De nummers van wat sinds de vorige bijeenkomst is gemeld.</param>
/// <param name="Stappen">De stappen tegen de koers die op een besluit wachten.</param>
/// <param name="HerijkenVoor">Wanneer het plan herijkt moet zijn.</param>
public sealed record AgendaBeeld(IReadOnlyList<ActieBeeld> Acties, IReadOnlyList<Guid> Incidenten, IReadOnlyList<string> Koers, IReadOnlyList<StapBeeld> Stappen, DateTimeOffset? HerijkenVoor = null);

/// <summary>Het onderdeel waar een gast voor kwam.</summary>
public sealed record AgendapuntBeeld(DateTimeOffset GehoudenOp, string Onderdeel);

internal static class AgendaMaken
{
    public static async Task<Ok<AgendaBeeld>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        var acties = await db.Acties.AsNoTracking().Where(a => a.CasusId == casusId && a.AfgerondOp == null).OrderBy(a => a.UiterlijkOp).ThenBy(a => a.Id).ToListAsync(ct);
        var incidenten = await db.Incidenten.Where(i => i.CasusId == casusId && i.BesprokenIn == null).OrderBy(i => i.GemeldOp).Select(i => i.Id).ToListAsync(ct);
        var koers = await KoersVaststellen.Laatste(casusId, db, ct);
        var stappen = await StapVragen.Wachtend(casusId, db, ct);
        return TypedResults.Ok(new AgendaBeeld([.. acties.Select(a => a.Beeld)], incidenten, koers?.Punten ?? [], [.. stappen.Select(s => s.Beeld)], (await PlanVastleggen.Laatste(casusId, db, ct))?.HerijkenVoor));
    }

    /// <summary>Voor een gast: de eigen onderdelen, en niets anders van wat er besproken is.</summary>
    public static async Task<Ok<Lijst<AgendapuntBeeld>>> Eigen(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct) =>
        TypedResults.Ok(new Lijst<AgendapuntBeeld>(await db.Agendapunten.Where(a => a.CasusId == casusId && a.GastId == actor.Id)
            .OrderBy(a => a.GehoudenOp).Select(a => new AgendapuntBeeld(a.GehoudenOp, a.Onderdeel)).ToListAsync(ct)));
}

/// <summary>Een incident tot het aan tafel is besproken; wat het was, leest een lid bij veiligheid met eigen rechten.</summary>
public sealed class TafelIncident
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required DateTimeOffset GemeldOp { get; init; }
    public Guid? BesprokenIn { get; private set; }

    public void Besproken(Guid bijeenkomstId) => BesprokenIn = bijeenkomstId;
}

/// <summary>Een incident staat vanzelf op de agenda.</summary>
public sealed class IncidentGemeldConsumer(KernteamDbContext db, ConsumerTools tools) : OnceConsumer<IncidentGemeld>(db, tools)
{
    protected override Task Handle(IncidentGemeld message, CancellationToken ct)
    {
        db.Incidenten.Add(new TafelIncident { Id = message.IncidentId, CasusId = message.CasusId, GemeldOp = message.GemeldOp });
        return Task.CompletedTask;
    }
}
