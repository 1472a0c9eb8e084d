using NetwerkRegie.Contracts;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Onderwijs;

/// <summary>Of er nu met een school gedeeld mag worden. Er loopt geen klok die het delen stopt: elke keer dat er iets gelezen of klaargelegd wordt, telt dit.</summary>
internal static class Grondslag
{
    public static IQueryable<Toestemming> GeldigeToestemmingen(this OnderwijsDbContext db, DateTimeOffset nu) =>
        db.Toestemmingen.Where(t => t.VanafOp <= nu && (t.TotOp == null || t.TotOp > nu));

    public static IQueryable<BetrokkenSchool> ScholenWaarmeeGedeeld(this OnderwijsDbContext db, Regio regio, DateTimeOffset nu)
    {
        var heeftConvenant = Convenanten.Einde(regio, nu) is not null;
        var toestemmingen = db.GeldigeToestemmingen(nu);
        // A covenant says how is shared; that it may be, only consent says.
        return db.BetrokkenScholen.Where(s => heeftConvenant && s.TotOp > nu && s.BeeindigdOp == null
            && toestemmingen.Any(t => t.CasusId == s.CasusId && t.PersoonRef == s.KindRef && t.OntvangerSleutel == s.SchoolSleutel));
    }
}

internal static class Convenanten
{
    /// <summary>Tot wanneer er hier een convenant geldt; null als er nu geen is.</summary>
    public static DateTimeOffset? Einde(Regio regio, DateTimeOffset nu) =>
        (regio.Convenanten ?? []).Select(c => (DateTimeOffset?)NederlandseKalender.Begin(c.GeldigTot.AddDays(1))).Where(einde => einde > nu).Max();
}
