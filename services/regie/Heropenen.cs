using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Terug in de nazorg, zonder nieuwe intake: met wie het laatst de regie hield, anders met diens waarnemer, anders met de leidinggevende.
/// </summary>
internal static class Heropenen
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/casussen/{id:guid}/heropening", Vragen).Voor(Rollen.Beroepskrachten).WithTags("Afsluiten")
            .WithSummary("Open een afgesloten casus weer, zolang de nazorg duurt");

    internal static async Task<Ok<HeropeningAntwoord>> Vragen(Guid id, HeropeningInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Reden, "/reden", "De reden").Klaar();
        await Toegang.EisAsync(db, id, actor, ct);
        return TypedResults.Ok(await runner.RunAsync(id, async burst =>
        {
            await DoeAsync(burst, actor, invoer.Reden!);
            var casus = await burst.CasusAsync();
            return new HeropeningAntwoord(id, casus.HouderId, casus.Regie.Vanaf);
        }, ct));
    }

    /// <summary>De casus die met een nieuwe melding over dit gezin weer opengaat; leeg als er geen in de nazorg is.</summary>
    public static Task<Guid?> InNazorgAsync(RegieDbContext db, string gezinRef, DateTimeOffset nu, CancellationToken ct) =>
        db.Casussen.Where(c => c.GezinRef == gezinRef && !c.IsOpen && db.Afsluitingen.Any(a => a.CasusId == c.Id && a.HeropendOp == null && a.NazorgTot > nu))
            .OrderByDescending(c => c.AfgeslotenOp).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct);

    /// <param name="actor">Leeg als een nieuwe melding het vraagt.</param>
    public static async Task DoeAsync(Burst burst, Actor? actor, string reden)
    {
        var db = burst.Db;
        var casus = await burst.CasusAsync();
        if (await db.Afsluitingen.SingleOrDefaultAsync(a => a.CasusId == casus.Id && a.HeropendOp == null, burst.Ct) is not { } afsluiting)
            throw new Geweigerd("Deze casus is open.");
        if (await db.Casussen.AnyAsync(c => c.GezinRef == casus.GezinRef && c.IsOpen, burst.Ct))
            throw new Geweigerd("Het gezin heeft intussen een andere casus; ga daarin verder.");
        // Of a closed casus no period is current, and the lines go on from the last.
        await db.Perioden.Where(p => p.CasusId == casus.Id).LoadAsync(burst.Ct);
        await db.LaadAsync(casus, c => c.Baanperioden, burst.Ct);
        var laatste = Guid.Parse((await db.Perioden.SingleAsync(p => p.CasusId == casus.Id && p.Lijn == Lijnen.Regie && p.Volgnr == casus.RegieVolgnr, burst.Ct)).Waarde);
        await burst.NiemandVertrektAsync();
        var team = await burst.TeamAsync();
        var kandidaten = await db.Vervangers.Where(v => v.ProfessionalId == laatste).OrderBy(v => v.Volgorde).Select(v => v.VervangerId).ToListAsync(burst.Ct);
        var actief = await db.Professionals.Where(p => p.IsActief).Select(p => p.Id).ToListAsync(burst.Ct);
        var regisseur = kandidaten.Prepend(laatste).Where(actief.Contains).Select(id => (Guid?)id).FirstOrDefault();
        casus.Heropenen(afsluiting, actor, regisseur ?? team.LeidinggevendeId, isNoodhouder: (regisseur ?? team.LeidinggevendeId) == team.LeidinggevendeId, reden, burst.Nu);
        foreach (var stoel in await db.Klaarverklaringen.Where(k => k.CasusId == casus.Id).ToListAsync(burst.Ct))
            stoel.Vergeet();
    }
}

/// <param name="Reden">Waarom de casus weer opengaat.</param>
public sealed record HeropeningInvoer(string? Reden);

/// <summary>Wie vanaf wanneer weer de regie houdt.</summary>
public sealed record HeropeningAntwoord(Guid CasusId, Guid RegisseurId, DateTimeOffset Vanaf);
