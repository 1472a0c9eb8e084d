using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Het vertellen van een kaderwissel is gevaarlijk: dan mag het later, om een reden, met een tweede mens erbij en een einde (Wmo 5.3.1 lid 2
/// en 3). Tot dan ziet het gezin het kader dat het al kende; daarna hoort het gezin het vanzelf.
/// </summary>
internal static class KaartUitstellen
{
    private const string Verlenging = "vt-informeren-verlenging";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/casussen/{id:guid}/kinderen/{kindRef}/kaderkaart/uitstel", Vragen).Voor(Rollen.Beroepskrachten).WithTags("Kader")
            .WithSummary("Vraag de kaderkaart later te mogen vertellen, omdat vertellen nu gevaarlijk is; het geldt pas als de leidinggevende het ermee eens is");
        routes.MapPost("/v1/casussen/{id:guid}/kinderen/{kindRef}/kaderkaart/uitstel/akkoord", Instemmen).Voor(Rol.Leidinggevende).WithTags("Kader")
            .WithSummary("Stem als leidinggevende in met het uitstel dat de regisseur vroeg");
    }

    internal static async Task<Ok<UitstelAntwoord>> Vragen(Guid id, string kindRef, UitstelInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .EisTekst(invoer.Reden, "/reden", "Waarom vertellen gevaarlijk is")
            .Eis(invoer.Tot is not null, "/tot", "Tot wanneer het vertellen wordt uitgesteld ontbreekt.")
            .Klaar();
        await Toegang.EisAsync(db, id, actor, ct);
        return TypedResults.Ok(await runner.RunAsync(id, async burst =>
        {
            var (overgang, wachtpunt) = await WachtendAsync(burst, kindRef);
            var hooguit = burst.Termijnen[Verlenging].Verloopt(wachtpunt.VerlooptOp ?? burst.Nu);
            var uitstel = (await burst.CasusAsync()).KaartUitstellen(Guid.CreateVersion7(burst.Nu), actor, overgang, invoer.Reden!, invoer.Tot!.Value, hooguit, burst.Nu);
            db.Kaartuitstellen.Add(uitstel);
            return UitstelAntwoord.Van(uitstel);
        }, ct));
    }

    internal static async Task<Ok<UitstelAntwoord>> Instemmen(Guid id, string kindRef, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        await Toegang.EisAsync(db, id, actor, ct);
        return TypedResults.Ok(await runner.RunAsync(id, async burst =>
        {
            var (overgang, wachtpunt) = await WachtendAsync(burst, kindRef);
            var uitstel = await db.Kaartuitstellen.Where(u => u.KaderovergangId == overgang.Id && u.AkkoordOp == null).OrderByDescending(u => u.GevraagdOp).FirstOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Dit uitstel");
            uitstel.Instemmen(actor, await burst.TeamAsync(), burst.Nu);
            wachtpunt.VerlooptOp = uitstel.Tot;
            return UitstelAntwoord.Van(uitstel);
        }, ct));
    }

    /// <summary>Vanaf welke overgang het gezin nog niets is verteld, per kind waarvoor een uitstel loopt.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> NietVerteldAsync(RegieDbContext db, Guid casusId, DateTimeOffset nu, CancellationToken ct)
    {
        var lopend = await db.Kaartuitstellen.AsNoTracking().Where(u => u.CasusId == casusId && u.AkkoordOp != null && u.Tot > nu)
            .Join(db.Set<Kaderovergang>(), u => u.KaderovergangId, k => k.Id, (u, k) => new { k.KindRef, k.Vanaf, u.AkkoordOp })
            .Where(u => !db.Kaartuitreikingen.Any(k => k.CasusId == casusId && k.KindRef == u.KindRef && k.VastgelegdOp >= u.AkkoordOp)).ToListAsync(ct);
        return lopend.GroupBy(u => u.KindRef).ToDictionary(g => g.Key, g => g.Min(u => u.Vanaf));
    }

    private static async Task<(Kaderovergang Overgang, Wachtpunt Wachtpunt)> WachtendAsync(Burst burst, string kindRef)
    {
        foreach (var overgang in (await burst.CasusAsync()).Kaderovergangen.Where(k => k.KindRef == kindRef).OrderByDescending(k => k.VastgelegdOp))
            if (await burst.WachtpuntAsync("NetwerkRegie.KaartAfwachten", overgang.Id.ToString()) is { } wachtpunt)
                return (overgang, wachtpunt);
        throw new Geweigerd("Voor dit kind hoeft er nu geen kaderkaart te worden verteld.");
    }
}

/// <summary>Dat een kaderwissel later wordt verteld: waarom, tot wanneer, en wie de tweede was.</summary>
public sealed class Kaartuitstel
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required Guid KaderovergangId { get; init; }
    public required string Reden { get; init; }
    public required DateTimeOffset Tot { get; init; }
    public required Guid DoorId { get; init; }
    public required DateTimeOffset GevraagdOp { get; init; }

    /// <summary>Zonder een tweede mens geldt het uitstel niet.</summary>
    public Guid? AkkoordDoorId { get; private set; }
    public DateTimeOffset? AkkoordOp { get; private set; }

    internal void Instemmen(Actor actor, Team team, DateTimeOffset nu)
    {
        if (actor.Id != team.LeidinggevendeId || actor.Id == DoorId)
            throw Geweigerd.GeenRecht("Met het uitstel stemt de leidinggevende van het team in, en die vroeg het niet zelf.");
        if (Tot <= nu)
            throw new Geweigerd("Het einde van dit uitstel is al voorbij; het gezin hoort het nu.");
        (AkkoordDoorId, AkkoordOp) = (actor.Id, nu);
    }
}

public sealed partial class Casus
{
    /// <summary>Vraagt een kaderwissel later te vertellen.</summary>
    /// <param name="hooguit">Later mag niet.</param>
    internal Kaartuitstel KaartUitstellen(Guid id, Actor actor, Kaderovergang overgang, string reden, DateTimeOffset tot, DateTimeOffset hooguit, DateTimeOffset nu)
    {
        EisOpen();
        EisHouder(actor, "het vertellen uitstellen");
        if (tot <= nu)
            throw new Geweigerd("Het einde van het uitstel ligt in het verleden.");
        if (tot > hooguit)
            throw new Geweigerd($"Het vertellen kan hooguit tot en met {NederlandseKalender.Voluit(NederlandseKalender.DatumVan(hooguit.AddTicks(-1)))} worden uitgesteld.");
        return new Kaartuitstel { Id = id, CasusId = Id, KaderovergangId = overgang.Id, Reden = reden, Tot = tot, DoorId = actor.Id, GevraagdOp = nu };
    }
}

/// <param name="Reden">Waarom vertellen gevaarlijk is.</param>
/// <param name="Tot">Dan wordt het verteld.</param>
public sealed record UitstelInvoer(string? Reden, DateTimeOffset? Tot);

/// <param name="AkkoordDoorId">De leidinggevende die instemde; leeg zolang het uitstel niet geldt.</param>
public sealed record UitstelAntwoord(Guid Id, Guid KaderovergangId, string Reden, DateTimeOffset Tot, Guid DoorId, Guid? AkkoordDoorId, DateTimeOffset? AkkoordOp)
{
    internal static UitstelAntwoord Van(Kaartuitstel u) => new(u.Id, u.KaderovergangId, u.Reden, u.Tot, u.DoorId, u.AkkoordDoorId, u.AkkoordOp);
}
