using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Het dossier van een overdracht: schrijven, lezen met een handtekening per sectie, en wat het gezin van de samenvatting vindt.</summary>
internal static class DossierVullen
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var groep = routes.MapGroup("/v1/overdrachten/{id:guid}").WithTags("Overdrachten");
        groep.MapGet("/dossier", Tonen).Voor(Rollen.Beroepskrachten).WithSummary("Het dossier van een overdracht, met per sectie wanneer zij is gelezen");
        groep.MapPut("/dossier/{sectie}", Schrijven).Voor(Rollen.Beroepskrachten).WithSummary("Vul een sectie in; wie haar al las, leest haar opnieuw");
        groep.MapPost("/dossier/{sectie}/gelezen", Lezen).Voor(Rollen.Beroepskrachten).WithSummary("Teken af dat u een sectie hebt gelezen");
        groep.MapPost("/samenvatting", Bespreken).Voor(Rollen.Beroepskrachten).WithSummary("Leg vast of de samenvatting volgens het gezin klopt");
    }

    private static async Task<Ok<DossierAntwoord>> Tonen(Guid id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var casusId = await db.Overdrachten.Where(o => o.Id == id).Select(o => (Guid?)o.CasusId).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze overdracht");
        await Toegang.EisAsync(db, casusId, actor, ct);
        var casus = (await db.CasusMetAllesAsync(casusId, ct))!;
        casus.DossierInzien(id, actor, await db.Teams.SingleAsync(t => t.Id == casus.TeamId, ct));
        return TypedResults.Ok(await AntwoordAsync(db, casus, id, ct));
    }

    internal static async Task<Ok<DossierAntwoord>> Schrijven(Guid id, string sectie, DossierInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Tekst, "/tekst", "De tekst", hooguit: 8000).Klaar();
        return await OverdrachtBeantwoorden.Doe(id, actor, db, runner, async (burst, casus) =>
        {
            EisSectie(sectie);
            var deel = await burst.Db.Dossier.FindAsync([id, sectie], ct) ?? new DossierSectie { OverdrachtId = id, Sectie = sectie };
            casus.DossierSchrijven(id, actor, deel, invoer.Tekst!, burst.Nu);
            if (burst.Db.Entry(deel).State == EntityState.Detached)
                burst.Db.Dossier.Add(deel);
            return await AntwoordAsync(burst.Db, casus, id, ct);
        }, ct);
    }

    internal static async Task<Ok<DossierAntwoord>> Lezen(Guid id, string sectie, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct) =>
        await OverdrachtBeantwoorden.Doe(id, actor, db, runner, async (burst, casus) =>
        {
            EisSectie(sectie);
            casus.DossierLezen(id, actor, await burst.Db.Dossier.FindAsync([id, sectie], ct), burst.Nu);
            return await AntwoordAsync(burst.Db, casus, id, ct);
        }, ct);

    internal static async Task<Ok<DossierAntwoord>> Bespreken(Guid id, SamenvattingInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .Eis(invoer.Klopt is not null, "/klopt", "Of de samenvatting volgens het gezin klopt ontbreekt.")
            .Eis(invoer.Op is not null, "/op", "Wanneer u haar met het gezin besprak ontbreekt.")
            .Klaar();
        return await OverdrachtBeantwoorden.Doe(id, actor, db, runner, async (burst, casus) =>
        {
            casus.SamenvattingBespreken(id, actor, invoer.Klopt!.Value, invoer.Op!.Value, invoer.Toelichting, burst.Nu);
            return await AntwoordAsync(burst.Db, casus, id, ct);
        }, ct);
    }

    /// <summary>De ingevulde secties die de ontvanger nog niet heeft gelezen.</summary>
    internal static async Task<IReadOnlyList<string>> OngelezenAsync(RegieDbContext db, Guid overdrachtId, CancellationToken ct) =>
        [.. (await db.Dossier.Where(d => d.OverdrachtId == overdrachtId && d.GelezenOp == null).Select(d => d.Sectie).ToListAsync(ct)).OrderBy(s => Array.IndexOf(DossierSectie.Alle, s))];

    private static void EisSectie(string sectie)
    {
        if (!DossierSectie.Alle.Contains(sectie))
            throw Geweigerd.NietGevonden("Deze sectie");
    }

    private static async Task<DossierAntwoord> AntwoordAsync(RegieDbContext db, Casus casus, Guid id, CancellationToken ct)
    {
        await db.Dossier.Where(d => d.OverdrachtId == id).LoadAsync(ct);
        var delen = db.Dossier.Local.Where(d => d.OverdrachtId == id).ToDictionary(d => d.Sectie);
        var overdracht = casus.Overdrachten.Single(o => o.Id == id);
        return new(id, [.. DossierSectie.Alle.Select(s => SectieAntwoord.Van(s, delen.GetValueOrDefault(s)))], overdracht.SamenvattingKlopt, overdracht.SamenvattingBesprokenOp, overdracht.SamenvattingToelichting);
    }
}

/// <param name="Tekst">Hooguit 8000 tekens.</param>
public sealed record DossierInvoer(string? Tekst);

/// <summary>Wat het gezin van de samenvatting vindt.</summary>
/// <param name="Klopt">Of zij volgens het gezin klopt.</param>
/// <param name="Op">Wanneer zij is besproken.</param>
/// <param name="Toelichting">Wat er niet klopt; dan verplicht.</param>
public sealed record SamenvattingInvoer(bool? Klopt, DateTimeOffset? Op, string? Toelichting);

/// <summary>Het dossier van een overdracht.</summary>
/// <param name="SamenvattingKlopt">Of de samenvatting volgens het gezin klopt; leeg als zij nog niet is besproken.</param>
public sealed record DossierAntwoord(Guid OverdrachtId, IReadOnlyList<SectieAntwoord> Secties, bool? SamenvattingKlopt, DateTimeOffset? SamenvattingBesprokenOp, string? SamenvattingToelichting);

/// <summary>Een sectie van het dossier; zonder tekst is zij nog niet ingevuld.</summary>
/// <param name="Sectie">koers, risicos, afspraken, termijnen, beloften, kaders, wie-is-wie of gezin.</param>
/// <param name="GelezenOp">Wanneer de ontvanger haar las; leeg als dat nog niet is gebeurd.</param>
public sealed record SectieAntwoord(string Sectie, string? Tekst, DateTimeOffset? GeschrevenOp, DateTimeOffset? GelezenOp)
{
    internal static SectieAntwoord Van(string sectie, DossierSectie? deel) => new(sectie, deel?.Tekst, deel?.GeschrevenOp, deel?.GelezenOp);
}
