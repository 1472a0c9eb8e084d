using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Onderwijs;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Onderwijs;

/// <summary>Laat een school weten dat haar verzuimmelding is gezien, en bij wie zij terechtkan. Er is geen vrije tekst: meer hoort een school hier niet.</summary>
/// <param name="Antwoord">ontvangen, in-behandeling of geen-actie-nodig.</param>
public sealed record VerzuimTerugkoppelen(string? Antwoord)
{
    public static readonly string[] Antwoorden = ["ontvangen", "in-behandeling", "geen-actie-nodig"];

    // That a report is there is not for everybody to know.
    private static Geweigerd NietGevonden => Geweigerd.NietGevonden("Deze verzuimmelding");

    /// <summary>Hetzelfde nog eens is geen nieuw bericht.</summary>
    internal static async Task<Results<Created<TerugkoppelingBeeld>, Ok<TerugkoppelingBeeld>>> Post(
        Guid id, VerzuimTerugkoppelen verzoek, Actor actor, OnderwijsDbContext db, Database database, Regio regio, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        verzoek.Controleer();
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        var melding = await db.Verzuimmeldingen.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, ct) ?? throw NietGevonden;
        await database.LockAsync(db, melding.CasusId, ct);
        if (!await db.HoudtRegieAsync(melding.CasusId, actor, ct))
            throw NietGevonden;
        if (await db.ScholenWaarmeeGedeeld(regio, nu).AsNoTracking()
            .FirstOrDefaultAsync(s => s.CasusId == melding.CasusId && s.SchoolRef == melding.SchoolRef && s.KindRef == melding.KindRef && s.MagVerzuimafspraken && s.MagContactpersoon, ct) is not { } school)
        {
            // Nothing was stored, but that it was asked is told.
            db.Publish(new GrondslagGeweigerd(melding.CasusId, actor.Id), melding.CasusId, nu);
            await db.SaveChangesAsync(ct);
            await transactie.CommitAsync(ct);
            throw new Geweigerd("Een terugkoppeling gaat over verzuim en noemt de contactpersoon; spreek eerst met de school af dat zij beide mag weten.");
        }

        var laatste = await db.Berichten.AsNoTracking().Where(b => b.VerzuimId == id && b.BetrokkenSchoolId == school.Id).OrderByDescending(b => b.Op).FirstOrDefaultAsync(ct);
        if (laatste?.Antwoord == verzoek.Antwoord)
            return TypedResults.Ok(new TerugkoppelingBeeld(laatste!.Id, laatste.Antwoord!, laatste.Op));
        var bericht = new Bericht { Id = Guid.CreateVersion7(nu), BetrokkenSchoolId = school.Id, ContactpersoonId = actor.Id, Op = nu, VerzuimId = id, Antwoord = verzoek.Antwoord };
        db.Berichten.Add(bericht);
        db.Publish(new TerugkoppelingGegeven(melding.CasusId, id), melding.CasusId, nu);
        db.Publish(new BerichtBeschikbaar(melding.CasusId, Rol.School.Naam()), melding.CasusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created((string?)null, new TerugkoppelingBeeld(bericht.Id, bericht.Antwoord!, nu));
    }

    internal void Controleer() =>
        new Invoer().Eis(Antwoorden.Contains(Antwoord), "/antwoord", $"Kies een antwoord uit {string.Join(", ", Antwoorden)}.").Klaar();
}

public sealed record TerugkoppelingBeeld(Guid Id, string Antwoord, DateTimeOffset Op);
