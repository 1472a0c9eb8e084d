using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Onderwijs;

/// <summary>Het verzuim dat scholen in een casus doorgaven, en wat zij daarop hoorden. De cijfers ziet alleen wie de regie houdt.</summary>
internal static class VerzuimTonen
{
    public static async Task<Ok<Lijst<VerzuimVanCasus>>> Get(Guid? casusId, Actor actor, OnderwijsDbContext db, CancellationToken ct)
    {
        new Invoer().Eis(casusId is not null, "/casusId", "Vermeld van welke casus.").Klaar();
        await db.EisRegieAsync(casusId!.Value, actor, ct);
        var verzuim = await db.Verzuimmeldingen.AsNoTracking().Where(v => v.CasusId == casusId).OrderByDescending(v => v.GemeldOp)
            .Select(v => new VerzuimVanCasus(v.Id, v.KindRef, v.Uren, v.Lesweken, v.Van, v.Tot, v.GemeldOp,
                db.Berichten.Where(b => b.VerzuimId == v.Id).OrderByDescending(b => b.Op).Select(b => b.Antwoord).FirstOrDefault())).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<VerzuimVanCasus>(verzuim));
    }
}

/// <summary>Wat een school over verzuim doorgaf.</summary>
/// <param name="Uren">Gemiste lesuren.</param>
/// <param name="Lesweken">Het aantal lesweken waarover is geteld.</param>
/// <param name="Antwoord">Wat de school het laatst hoorde; leeg als zij nog niets hoorde.</param>
public sealed record VerzuimVanCasus(Guid Id, string KindRef, int Uren, int Lesweken, DateOnly Van, DateOnly Tot, DateTimeOffset GemeldOp, string? Antwoord);
