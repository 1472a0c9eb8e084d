using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Iemand gaat uit dienst. Dat kan pas als geen open casus daardoor zonder regisseur, waarnemer of houder in laatste instantie komt.</summary>
internal static class UitDienst
{
    /// <summary>Wie een regisseur, een waarnemer of een ontvanger kiest houdt dit met anderen vast; wie iemand laat gaan alleen.</summary>
    internal static readonly Guid Slot = new("3b0c2f4d-8a17-4e5e-b6d4-5f0e7a9c2d61");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/professionals/{id:guid}/uitdiensttreding", Melden).Voor(Rol.Leidinggevende, Rol.Bestuurder).WithTags("Professionals")
            .WithSummary("Laat iemand uit dienst gaan; geweigerd zolang open casussen op haar rekenen, met de lijst daarvan");

    private static async Task<IResult> Melden(Guid id, UitdiensttredingInvoer invoer, Actor actor, RegieDbContext db, Database database, CasusRunner runner, TimeProvider time, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Reden, "/reden", "De reden").Klaar();
        IReadOnlyList<UitdienstBelemmering> belemmeringen;
        await using (var transactie = await db.Database.BeginTransactionAsync(ct))
        {
            // A casus that opens now chooses before us or after us, never beside us.
            await database.LockAsync(db, Slot, ct);
            var professional = await db.Professionals.SingleOrDefaultAsync(p => p.Id == id, ct);
            if (professional is null || (actor.Rol is Rol.Leidinggevende && !await db.Teams.AnyAsync(t => t.Id == professional.TeamId && t.LeidinggevendeId == actor.Id, ct)))
                throw Geweigerd.NietGevonden("Deze persoon");
            if (!professional.IsActief)
                throw new Geweigerd("Deze persoon is al uit dienst.");
            belemmeringen = await BelemmeringenAsync(db, professional.Id, ct);
            if (belemmeringen.Count == 0)
            {
                professional.GaatUitDienst(invoer.Reden!, time.Nu());
                await db.SaveChangesAsync(ct);
                await Standen.HerberekenVoorAsync(db, id, ct);
                await transactie.CommitAsync(ct);
                return TypedResults.Ok(new UitdiensttredingAntwoord(id, professional.UitDienstOp!.Value));
            }
        }

        foreach (var casusId in belemmeringen.Select(b => b.CasusId).Distinct())
            await runner.MeldAsync(new UitdiensttredingGeweigerd(casusId, id), ct);
        return TypedResults.Problem(
            $"Deze persoon kan nog niet uit dienst: {belemmeringen.Count} {(belemmeringen.Count == 1 ? "casus rekent" : "keer rekent een casus")} op haar.", statusCode: StatusCodes.Status409Conflict, title: "Geweigerd", type: "about:blank",
            extensions: new Dictionary<string, object?> { ["belemmeringen"] = belemmeringen });
    }

    /// <summary>Wat er eerst moet gebeuren, per casus.</summary>
    internal static async Task<IReadOnlyList<UitdienstBelemmering>> BelemmeringenAsync(RegieDbContext db, Guid id, CancellationToken ct)
    {
        var tekst = id.ToString();
        var regie = await db.Perioden.AsNoTracking().Where(p => p.Lijn == Lijnen.Regie && p.IsOpen).Join(db.Casussen.Where(c => c.IsOpen), p => p.CasusId, c => c.Id, (p, c) => new { p.CasusId, p.Waarde, p.PrincipaalId, c.TeamId })
            .Where(c => c.Waarde == tekst || c.PrincipaalId == id
                || db.Vervangers.Any(v => v.VervangerId == id)
                || db.Teams.Any(t => t.Id == c.TeamId && t.LeidinggevendeId == id))
            .ToListAsync(ct);
        var afhankelijk = await AlleenVervangenDoorAsync(db, id, ct);
        var teams = await db.Teams.Where(t => t.LeidinggevendeId == id).Select(t => t.Id).ToListAsync(ct);
        var aangeboden = await db.Overdrachten.Where(o => o.AfgeslotenOp == null && o.NaarId == id && (o.Status == Overdracht.Voorgesteld || o.Status == Overdracht.Aanvaard || o.Status == Overdracht.GesprekGepland || o.Status == Overdracht.GesprekGevoerd)).Select(o => o.CasusId).ToListAsync(ct);
        var gepland = await db.Vervangingen.Where(v => v.WaarnemerId == id && v.Status == Vervanging.Gepland).Select(v => v.CasusId).ToListAsync(ct);
        return
        [
            .. regie.Where(c => c.Waarde == tekst).Select(c => new UitdienstBelemmering(c.CasusId, "houdt de regie", "Draag de regie warm over.")),
            .. regie.Where(c => c.PrincipaalId == id).Select(c => new UitdienstBelemmering(c.CasusId, "wordt vervangen", "Wie waarneemt doet dat namens haar; draag de regie eerst warm over aan een vaste regisseur.")),
            .. regie.Where(c => c.Waarde != tekst && c.PrincipaalId != id && afhankelijk.Contains(c.PrincipaalId ?? Guid.Parse(c.Waarde))).Select(c => new UitdienstBelemmering(c.CasusId, "is de enige vervanger", "Wijs een andere vervanger aan voor wie de regie houdt.")),
            .. regie.Where(c => teams.Contains(c.TeamId)).Select(c => new UitdienstBelemmering(c.CasusId, "is houder in laatste instantie", "Wijs een andere leidinggevende aan voor het team.")),
            .. gepland.Select(c => new UitdienstBelemmering(c, "neemt straks waar", "Trek de geplande vervanging in en kies een andere waarnemer.")),
            .. aangeboden.Select(c => new UitdienstBelemmering(c, "krijgt de regie aangeboden", "Trek het voorstel in of rond de overdracht af.")),
        ];
    }

    // Voor wie er na haar vertrek niemand meer waarneemt.
    private static async Task<HashSet<Guid>> AlleenVervangenDoorAsync(RegieDbContext db, Guid id, CancellationToken ct)
    {
        var actief = await db.Vervangers.Where(v => db.Professionals.Any(p => p.Id == v.VervangerId && p.IsActief)).ToListAsync(ct);
        return [.. actief.GroupBy(v => v.ProfessionalId).Where(g => g.All(v => v.VervangerId == id)).Select(g => g.Key)];
    }
}

/// <summary>Waarom iemand niet uit dienst kan, en wat er eerst moet gebeuren.</summary>
public sealed record UitdienstBelemmering(Guid CasusId, string Waarom, string WatNodigIs);

public sealed record UitdiensttredingInvoer(string? Reden);

/// <summary>Iemand is uit dienst.</summary>
public sealed record UitdiensttredingAntwoord(Guid ProfessionalId, DateTimeOffset UitDienstOp);
