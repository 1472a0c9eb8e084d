using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>De drie vragen van de herijking, alle drie beantwoord. Het plan krijgt er een versie bij.</summary>
/// <param name="ZelfdeDoel">Hebben we nog hetzelfde doel voor ogen?</param>
/// <param name="BijdragenKloppen">Voldoet ieders bijdrage nog?</param>
/// <param name="AnderenNodig">Zijn er anderen nodig?</param>
/// <param name="Themas">Wat er verandert; leeg laat de thema's zoals zij waren.</param>
public sealed record PlanHerijken(string? ZelfdeDoel, string? BijdragenKloppen, string? AnderenNodig, IReadOnlyList<ThemaInvoer?>? Themas = null)
{
    internal static async Task<Created<PlanBeeld>> Post(
        Guid casusId, PlanHerijken verzoek, Actor actor, KernteamDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        verzoek.Controleer();
        var vorige = await PlanVastleggen.Laatste(casusId, db, ct);
        if (vorige?.HerijkenVoor is null)
            throw new Geweigerd("Er is nog geen plan om te herijken.");
        var themas = verzoek.Themas ?? [.. (await PlanVastleggen.ThemasVan(casusId, db, ct)).Where(t => t.Versie == vorige.Versie).Select(t => new ThemaInvoer(t.Titel, t.Bijdrage, t.Eigenaar))];
        if (themas.Count > 0)
            await PlanVastleggen.EisThemas(themas, casusId, db, ct);

        var herijkenVoor = termijnen["herijking"].Verloopt(nu);
        var plan = new Plan
        {
            CasusId = casusId,
            Versie = vorige.Versie + 1,
            BesprokenMetGezinOp = null,
            Kernvraag = vorige.Kernvraag,
            Afspraken = vorige.Afspraken,
            HerijkenVoor = herijkenVoor,
            ZelfdeDoel = verzoek.ZelfdeDoel,
            BijdragenKloppen = verzoek.BijdragenKloppen,
            AnderenNodig = verzoek.AnderenNodig,
            VastgelegdDoorId = actor.Id,
            VastgelegdOp = nu,
        };
        var vast = await PlanVastleggen.Vaststellen(plan, themas, db, ct);
        db.Publish(new PlanHerijkt(casusId, plan.Versie, herijkenVoor), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/plannen", plan.Beeld(vast));
    }

    /// <summary>De herijking is niet op tijd gedaan. Wie de regie houdt hoort dat een keer.</summary>
    internal static async Task Verstreken(KernteamDbContext db, Guid casusId, DateTimeOffset nu, CancellationToken ct) =>
        db.Publish(new PlanTermijnVerstreken(casusId, await db.Plannen.Where(p => p.CasusId == casusId).MaxAsync(p => p.Versie, ct)), casusId, nu);

    internal void Controleer()
    {
        var invoer = new Invoer()
            .EisTekst(ZelfdeDoel, "/zelfdeDoel", "Of het doel nog hetzelfde is")
            .EisTekst(BijdragenKloppen, "/bijdragenKloppen", "Of ieders bijdrage nog klopt")
            .EisTekst(AnderenNodig, "/anderenNodig", "Of er anderen nodig zijn");
        ThemaInvoer.Controleer(Themas, invoer);
        invoer.Klaar();
    }
}

/// <summary>De eigenaar zegt de bijdrage toe; de regisseur legt dat vast voor wie zelf geen toegang heeft.</summary>
internal static class BijdrageToezeggen
{
    public static async Task<Ok<ThemaBeeld>> Post(
        Guid casusId, int nummer, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        var samenstelling = await db.OmVastTeLeggen(casusId, actor, ct);
        var versie = await db.Plannen.Where(p => p.CasusId == casusId).MaxAsync(p => (int?)p.Versie, ct);
        var thema = await db.Themas.SingleOrDefaultAsync(t => t.CasusId == casusId && t.Versie == versie && t.Nummer == nummer, ct) ?? throw Geweigerd.NietGevonden("Dit thema");
        var isEigenaar = await db.Stoelen.AnyAsync(s => s.CasusId == casusId && s.Naam == thema.Eigenaar && s.LidId == actor.Id, ct);
        if (!isEigenaar && samenstelling.Leden[0].LidId != actor.Id)
            throw Geweigerd.GeenRecht("Alleen de eigenaar zegt een bijdrage toe, of de regisseur namens wie geen toegang heeft.");
        thema.Toezeggen(actor.Id, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(thema.Beeld);
    }
}
