using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Intake;

/// <summary>
/// Wie 12 of 16 wordt, beslist vanaf het begin van die dag (mee). Wat anderen eerder toestonden wordt dan opnieuw gevraagd; wat alleen op
/// de ouder rust, houdt op als het gesprek er niet op tijd is.
/// </summary>
internal static class Verjaren
{
    private const string Termijn = "toestemming-herbevestigen";

    /// <summary>Vraagt opnieuw wat onder een jongere leeftijd is gegeven, en zet de wekker op de volgende verjaardag. Binnen een transactie die de casus vasthoudt.</summary>
    /// <param name="sinds">Het moment vanaf wanneer de leeftijd geldt.</param>
    internal static async Task HerzieAsync(IntakeDbContext db, Betrokkene betrokkene, DateTimeOffset sinds, DateTimeOffset nu, Termijnboek termijnboek, CancellationToken ct)
    {
        if (!betrokkene.IsJongere)
            return;
        await db.SetAlarmAsync(betrokkene.CasusId, IntakeWekker.Verjaardag, betrokkene.Id, betrokkene.Verjaardagen.Where(dag => dag > sinds).Cast<DateTimeOffset?>().FirstOrDefault(), ct);
        var fase = betrokkene.FaseOp(sinds);
        var opnieuw = (await db.Toestemmingen.Where(t => t.CasusId == betrokkene.CasusId && t.PersoonRef == betrokkene.Ref && t.IngetrokkenOp == null && t.VervangenOp == null).OrderBy(t => t.GegevenOp).ToListAsync(ct))
            .Where(t => t.GeldtOp(sinds) && t.Herbevestigen(fase, sinds, termijnboek[Termijn].Verloopt(sinds)))
            .Select(t => new Herbevestiging(t.Id, t.DelenTot))
            .ToList();
        if (opnieuw.Count > 0)
            db.Publish(new HerbevestigingNodig(betrokkene.CasusId, betrokkene.Ref, opnieuw), betrokkene.CasusId, nu);
    }

    internal static async Task Jarig(IntakeDbContext db, Alarm alarm, DateTimeOffset nu, Termijnboek termijnboek, CancellationToken ct)
    {
        var betrokkene = await db.Betrokkenen.SingleAsync(b => b.Id == alarm.OnderwerpId, ct);
        // A birthday is of who still belongs to the casus, and counts from its own day, however late it is noticed.
        if (betrokkene.TotOp is null)
            await HerzieAsync(db, betrokkene, betrokkene.Verjaardagen.Last(dag => dag <= alarm.Op), nu, termijnboek, ct);
    }
}
