using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Wie een casus mag zien: alleen wie er nu een relatie mee heeft. Voor alle anderen bestaat zij niet, ook niet als "geen toegang".
/// </summary>
internal static class Toegang
{
    private static readonly string[] RvtLeestMee = [Schalen.Meekijken, Schalen.Duo, Schalen.RegieOver, Schalen.Maatregel];

    /// <exception cref="Geweigerd">De actor heeft geen actieve relatie met de casus, of zij bestaat niet.</exception>
    public static async Task EisAsync(RegieDbContext db, Guid casusId, Actor actor, CancellationToken ct)
    {
        if (!await (await ZichtbaarAsync(db, actor, ct)).AnyAsync(c => c.Id == casusId, ct))
            throw Geweigerd.NietGevonden("Deze casus");
    }

    /// <summary>Voor wie aan tafel zit is dat genoeg om iets te zeggen; meer van de casus lezen kan die daarmee niet.</summary>
    /// <exception cref="Geweigerd">De actor zit niet aan tafel en heeft geen actieve relatie met de casus.</exception>
    public static async Task EisAanTafelAsync(RegieDbContext db, Guid casusId, Actor actor, CancellationToken ct)
    {
        if (!await db.Klaarverklaringen.AnyAsync(k => k.CasusId == casusId && k.LidId == actor.Id, ct))
            await EisAsync(db, casusId, actor, ct);
    }

    /// <summary>De casussen die deze actor mag zien.</summary>
    public static async Task<IQueryable<Casus>> ZichtbaarAsync(RegieDbContext db, Actor actor, CancellationToken ct)
    {
        // Toezicht ziet regie-feiten van alle casussen; inhoud staat hier niet.
        if (actor.Rol is Rol.Toezichthouder)
            return db.Casussen;
        if (actor.Rol is Rol.Gezin)
            return db.Casussen.Where(c => db.Betrokkenen.Any(b => b.CasusId == c.Id && b.PersoonId == actor.Id && b.TotOp == null && b.Relatie != Betrokkene.Netwerk));

        // Van wie de actor de casussen kan waarnemen, en die van de actor zelf.
        var voorIds = (await db.Vervangers.Where(v => v.VervangerId == actor.Id).Select(v => v.ProfessionalId).ToListAsync(ct)).Append(actor.Id).ToList();
        var voor = voorIds.Select(id => id.ToString()).ToList();
        var teams = await db.Teams.Where(t => t.LeidinggevendeId == actor.Id).Select(t => t.Id).ToListAsync(ct);
        var rvtLeestMee = actor.Rol is Rol.Rvt ? RvtLeestMee : [];
        var isGi = actor.Rol is Rol.Gi or Rol.Leidinggevende && actor.Organisatie.Length > 0;
        return db.Casussen.Where(c =>
            // Van een afgesloten casus: wie haar het laatst hield, want het gezin kan terugkomen.
            db.Perioden.Any(p => p.CasusId == c.Id && p.Lijn == Lijnen.Regie && p.Volgnr == c.RegieVolgnr && (voor.Contains(p.Waarde) || (p.PrincipaalId != null && voorIds.Contains(p.PrincipaalId.Value))))
            || teams.Contains(c.TeamId)
            // Wie na een noodoverdracht nog bij het gesprek hoort.
            || db.Noodoverdrachten.Any(n => n.CasusId == c.Id && n.AfgeslotenOp == null && n.VanId == actor.Id)
            // Wie de regie krijgt aangeboden (of diens leidinggevende) of nazorg biedt; daarna niet meer.
            || db.Overdrachten.Any(o => o.CasusId == c.Id && o.AfgeslotenOp == null && (o.NaarId == actor.Id || o.NazorgDoorId == actor.Id || db.Professionals.Any(p => p.Id == o.NaarId && teams.Contains(p.TeamId!))))
            // De GI heeft de bevoegdheid vanaf de beschikking, ook voordat zij de regie heeft.
            || (isGi && db.Perioden.Any(p => p.CasusId == c.Id && p.Lijn == Lijnen.Bevoegdheid && p.IsOpen && p.Waarde == actor.Organisatie))
            || (rvtLeestMee.Length > 0 && db.Perioden.Any(p => p.CasusId == c.Id && p.Lijn == Lijnen.Schaal && p.IsOpen && rvtLeestMee.Contains(p.Waarde))));
    }

    /// <summary>
    /// De casussen waar deze organisatie nu in werkt: haar team draagt de casus, een van haar mensen houdt de regie, zij heeft de
    /// bevoegdheid, of haar RVT leest mee.
    /// </summary>
    public static async Task<IQueryable<Casus>> VanOrganisatieAsync(RegieDbContext db, string organisatie, CancellationToken ct)
    {
        var mensen = await db.Professionals.AsNoTracking().Where(p => p.Organisatie == organisatie).ToListAsync(ct);
        var houders = mensen.Select(p => p.Id.ToString()).ToList();
        var teams = mensen.Where(p => p.TeamId is not null).Select(p => p.TeamId!).Distinct().ToList();
        var rvtLeestMee = mensen.Any(p => p.Rol == Rol.Rvt.Naam()) ? RvtLeestMee : [];
        return db.Casussen.Where(c =>
            teams.Contains(c.TeamId)
            || db.Perioden.Any(p => p.CasusId == c.Id && p.Lijn == Lijnen.Regie && p.Volgnr == c.RegieVolgnr && houders.Contains(p.Waarde))
            || (organisatie.Length > 0 && db.Perioden.Any(p => p.CasusId == c.Id && p.Lijn == Lijnen.Bevoegdheid && p.IsOpen && p.Waarde == organisatie))
            || (rvtLeestMee.Length > 0 && db.Perioden.Any(p => p.CasusId == c.Id && p.Lijn == Lijnen.Schaal && p.IsOpen && rvtLeestMee.Contains(p.Waarde))));
    }

    /// <summary>In welke relatie tot de casus de actor leest, zoals het gezin dat in het inzagelog ziet.</summary>
    public static async Task<string> RelatieAsync(RegieDbContext db, Guid casusId, Actor actor, CancellationToken ct)
    {
        if (actor.Rol is Rol.Toezichthouder)
            return "toezicht";
        if (actor.Rol is Rol.Gezin)
            return "eigen casus";
        var regie = await db.Perioden.AsNoTracking().SingleOrDefaultAsync(p => p.CasusId == casusId && p.Lijn == Lijnen.Regie && p.IsOpen, ct);
        if (regie?.Waarde == actor.Id.ToString())
            return regie.PrincipaalId is null ? "regie" : "waarneming";
        if (regie?.PrincipaalId == actor.Id)
            return "regie";
        if (await db.Overdrachten.AnyAsync(o => o.CasusId == casusId && o.AfgeslotenOp == null && o.NaarId == actor.Id, ct))
            return "overdracht";
        if (await db.Overdrachten.AnyAsync(o => o.CasusId == casusId && o.AfgeslotenOp == null && o.NazorgDoorId == actor.Id, ct))
            return "nazorg";
        if (await db.Casussen.AnyAsync(c => c.Id == casusId && db.Teams.Any(t => t.Id == c.TeamId && t.LeidinggevendeId == actor.Id), ct))
            return "leiding";
        return regie is not null && await db.Vervangers.AnyAsync(v => v.VervangerId == actor.Id && v.ProfessionalId.ToString() == regie.Waarde, ct) ? "waarneming" : "meelezen";
    }

    /// <summary>Er is minstens een vervanger in dienst.</summary>
    public static Task<bool> HeeftVervangerAsync(RegieDbContext db, Guid professionalId, CancellationToken ct) =>
        db.Vervangers.AnyAsync(v => v.ProfessionalId == professionalId && db.Professionals.Any(p => p.Id == v.VervangerId && p.IsActief), ct);
}
