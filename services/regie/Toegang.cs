using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Wie een casus mag zien: alleen wie er nu een relatie mee heeft. Voor alle anderen bestaat zij niet, ook niet als "geen toegang".
/// </summary>
internal static class Toegang
{
    /// <exception cref="Geweigerd">De actor heeft geen actieve relatie met de casus, of zij bestaat niet.</exception>
    public static async Task EisAsync(RegieDbContext db, Guid casusId, Actor actor, CancellationToken ct)
    {
        if (!await Zichtbaar(db, actor).AnyAsync(c => c.Id == casusId, ct))
            throw Geweigerd.NietGevonden("Deze casus");
    }

    /// <summary>De casussen die deze actor mag zien.</summary>
    public static IQueryable<Casus> Zichtbaar(RegieDbContext db, Actor actor)
    {
        // Toezicht ziet regie-feiten van alle casussen; inhoud staat hier niet.
        if (actor.Rol is Rol.Toezichthouder)
            return db.Casussen;

        var ik = actor.Id.ToString();
        string[] rvtLeestMee = actor.Rol is Rol.Rvt ? [Schalen.Meekijken, Schalen.Duo, Schalen.RegieOver, Schalen.Maatregel] : [];
        return db.Casussen.Where(c =>
            db.Perioden.Any(p => p.CasusId == c.Id && p.Lijn == Lijnen.Regie && p.IsOpen && (
                p.Waarde == ik
                || p.PrincipaalId == actor.Id
                || db.Vervangers.Any(v => v.VervangerId == actor.Id && v.ProfessionalId.ToString() == p.Waarde)))
            || db.Teams.Any(t => t.Id == c.TeamId && t.LeidinggevendeId == actor.Id)
            // Wie de regie krijgt aangeboden of nazorg biedt; daarna niet meer.
            || db.Overdrachten.Any(o => o.CasusId == c.Id && o.AfgeslotenOp == null && (o.NaarId == actor.Id || o.NazorgDoorId == actor.Id))
            || (rvtLeestMee.Length > 0 && db.Perioden.Any(p => p.CasusId == c.Id && p.Lijn == Lijnen.Schaal && p.IsOpen && rvtLeestMee.Contains(p.Waarde))));
    }

    /// <summary>Er is minstens een vervanger in dienst.</summary>
    public static Task<bool> HeeftVervangerAsync(RegieDbContext db, Guid professionalId, CancellationToken ct) =>
        db.Vervangers.AnyAsync(v => v.ProfessionalId == professionalId && db.Professionals.Any(p => p.Id == v.VervangerId && p.IsActief), ct);
}
