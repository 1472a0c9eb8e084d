using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>De drie stopvragen, samen beantwoord. Zonder antwoord gaat het kernteam niet verder.</summary>
/// <param name="NodigVoorDoorbraak">Wat maakt dat er echt iets verandert?</param>
/// <param name="InhoudEnVoorwaarden">Wat vraagt dat aan inhoud, en wat moet ervoor geregeld zijn?</param>
/// <param name="WieDoetWat">Wie doet daarin wat?</param>
public sealed record StopOpheffen(string? NodigVoorDoorbraak, string? InhoudEnVoorwaarden, string? WieDoetWat)
{
    internal static async Task<Ok<StopBeeld>> Post(
        Guid casusId, Guid id, StopOpheffen verzoek, Actor actor, KernteamDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        var team = (await db.OmVastTeLeggen(casusId, actor, ct)).Team;
        verzoek.Controleer();
        var stop = await db.Stops.SingleOrDefaultAsync(s => s.Id == id && s.CasusId == casusId, ct) ?? throw Geweigerd.NietGevonden("Deze stop");
        var nu = time.GetUtcNow();
        stop.Opheffen(verzoek.NodigVoorDoorbraak!, verzoek.InhoudEnVoorwaarden!, verzoek.WieDoetWat!, actor.Id, nu);
        db.Publish(new StopknopOpgeheven(casusId), casusId, nu);
        // Who answered the three questions together has just been together.
        await RitmeAfspreken.TelAsync(db, team, nu, termijnen, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(stop.Beeld);
    }

    internal void Controleer() =>
        new Invoer()
            .EisTekst(NodigVoorDoorbraak, "/nodigVoorDoorbraak", "Wat nodig is voor een doorbraak")
            .EisTekst(InhoudEnVoorwaarden, "/inhoudEnVoorwaarden", "Wat dat vraagt aan inhoud en voorwaarden")
            .EisTekst(WieDoetWat, "/wieDoetWat", "Wie wat doet")
            .Klaar();
}
