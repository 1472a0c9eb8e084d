using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Stromen die lopen overzetten naar een andere versie. Elke stroom in een eigen transactie, waarin de toets opnieuw wordt gedaan: wie
/// niet mee kan houdt de andere niet tegen, en na uitval halverwege doet dezelfde aanroep de rest.
/// </summary>
internal static class Migreren
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/stromen/{id}/migraties", Overzetten).Voor(Rol.Ontwerper).WithTags("Migraties")
            .WithSummary("Zet stromen die lopen over naar een andere versie; wie niet mee kan blijft, met de reden");

    private static async Task<Created<MigratieAntwoord>> Overzetten(string id, MigratieInvoer invoer, Actor actor, RegieDbContext db, Definities definities, PerStroom perStroom, StapCatalogus stappen, CrashPoints crashPoints, TimeProvider time, CancellationToken ct)
    {
        var lopend = await LopendeStroom.Op(db, id, invoer.Van ?? 0).OrderBy(s => s.Id).Select(s => new { s.Id, s.CasusId }).ToListAsync(ct);
        var gekozen = invoer.Stromen is null ? lopend : await db.Stromen.Where(s => s.DefinitieId == id && invoer.Stromen.Contains(s.Id)).OrderBy(s => s.Id).Select(s => new { s.Id, s.CasusId }).ToListAsync(ct);
        var eisen = new Invoer().EisTekst(invoer.Reden, "/reden", "De reden")
            .Eis(invoer.Stromen is not [], "/stromen", "Kies minstens een stroom, of laat dit weg voor alle.")
            .EisAlles((invoer.Stromen ?? []).Select((stroom, i) => (gekozen.Any(g => g.Id == stroom), $"/stromen/{i}", "Deze stroom is er niet, of volgt een andere tekening.")));
        var (van, naar) = await Versies.LeesAsync(db, definities, id, invoer.Van, invoer.Naar, eisen, ct);
        if (gekozen.Count == 0)
            throw new Geweigerd($"Op versie {van.Version} loopt geen stroom; er is niets over te zetten.");

        var migratie = new Migratie { Id = Guid.CreateVersion7(time.Nu()), DefinitieId = id, Van = van.Version, Naar = naar.Version, Reden = invoer.Reden!, DoorId = actor.Id, Op = time.Nu() };
        db.Migraties.Add(migratie);
        await db.SaveChangesAsync(ct);

        foreach (var gekozene in gekozen)
            if (await perStroom.ProbeerAsync(gekozene.CasusId, burst => ZetOverAsync(gekozene.Id, burst), ct) is null)
            {
                db.MigratieStromen.Add(Regel(gekozene.Id, gekozene.CasusId, time.Nu(), ["Door een storing bij ons is deze stroom niet overgezet; probeer het later opnieuw."]));
                await db.SaveChangesAsync(ct);
            }

        return TypedResults.Created($"/v1/migraties/{migratie.Id}", await MigratiesTonen.AntwoordAsync(db, migratie, ct));

        async Task<MigratieStroom> ZetOverAsync(Guid stroomId, Burst burst)
        {
            if (await LopendeStroom.Op(burst.Db, id, van.Version).SingleOrDefaultAsync(s => s.Id == stroomId, ct) is not { } rij)
                return Noteer(Regel(stroomId, burst.CasusId, burst.Nu, [$"Deze stroom loopt niet of niet meer op versie {van.Version}."]));
            var (na, redenen, _) = MigratieToets.Toets(await LopendeStroom.LaadAsync(burst.Db, rij, ct), van, naar, stappen);
            if (redenen.Count > 0)
            {
                burst.Meld(new MigratieUitgesteld(burst.CasusId, stroomId, migratie.Id));
                return Noteer(Regel(stroomId, burst.CasusId, burst.Nu, redenen));
            }

            burst.Meld(new MigratieUitgevoerd(burst.CasusId, stroomId, migratie.Id));
            var overgezet = Noteer(Regel(stroomId, burst.CasusId, burst.Nu, [], rij));
            burst.ZetOver(rij, naar, na!, $"Overgezet van versie {van.Version} naar versie {naar.Version} door {actor.Rol.Naam()} {actor.Id}: {migratie.Reden}");
            crashPoints.Reach(CrashPoint.MigrationBeforeCommit);
            return overgezet;

            MigratieStroom Noteer(MigratieStroom regel)
            {
                burst.Db.MigratieStromen.Add(regel);
                return regel;
            }
        }

        MigratieStroom Regel(Guid stroomId, Guid casusId, DateTimeOffset op, IReadOnlyList<string> redenen, Stroom? voor = null) =>
            new() { MigratieId = migratie.Id, StroomId = stroomId, CasusId = casusId, Op = op, Redenen = redenen, ToestandVoor = voor?.Toestand, Burst = voor?.LaatsteBurst + 1 };
    }
}

/// <summary>Doet met elke stroom iets in een eigen transactie van haar casus: wat met de ene misgaat, raakt de andere niet.</summary>
internal sealed class PerStroom(IServiceScopeFactory scopes, ILogger<PerStroom> log)
{
    /// <returns>Null als het door een storing niet lukte; dan is er niets veranderd.</returns>
    public async Task<T?> ProbeerAsync<T>(Guid casusId, Func<Burst, Task<T>> handeling, CancellationToken ct)
        where T : class
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<CasusRunner>().RunAsync(casusId, handeling, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError("Casus {CasusId}: een stroom kon niet van versie wisselen ({Reden})", casusId, e.GetType().Name);
            return null;
        }
    }
}

/// <param name="Van">De versie waarop de stromen nu lopen.</param>
/// <param name="Naar">De versie waar zij naartoe gaan.</param>
/// <param name="Stromen">Alleen deze; zonder zijn het alle stromen op de versie waarvan zij komen.</param>
public sealed record MigratieInvoer(int? Van, int? Naar, string? Reden, IReadOnlyList<Guid>? Stromen);
