using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

/// <summary>Een verzoek tot onderzoek opstellen. Er gaat nog niets naar de Raad.</summary>
/// <param name="Bedreiging">Waarom de ontwikkeling van het kind ernstig wordt bedreigd.</param>
/// <param name="HulpNietAanvaard">Waaruit blijkt dat hulp niet of niet genoeg wordt aanvaard.</param>
/// <param name="ZienswijzeKinderen">Wat kinderen vanaf twaalf jaar ervan vinden.</param>
/// <param name="Beschermtafel">Waar het besluit van de beschermtafel vastligt, als de regio die heeft.</param>
public sealed record VtoOpstellen(Guid? CasusId, IReadOnlyList<string>? KindRefs, string? Bedreiging, string? HulpNietAanvaard, string? ZienswijzeOuders, string? ZienswijzeKinderen, string? Beschermtafel)
{
    internal static async Task<Created<VtoBeeld>> Post(VtoOpstellen verzoek, Actor actor, VeiligheidDbContext db, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        new Invoer()
            .Eis(verzoek.CasusId is not null && verzoek.CasusId != Guid.Empty, "/casusId", "Vermeld om welke casus het gaat.")
            .Eis(verzoek.KindRefs is { Count: > 0 } && verzoek.KindRefs.All(k => k is { Length: > 0 and <= 100 }), "/kindRefs", "Vermeld om welke kinderen het gaat.")
            .EisTekst(verzoek.Bedreiging, "/bedreiging", "De ernstige bedreiging", hooguit: 8000)
            .EisTekst(verzoek.HulpNietAanvaard, "/hulpNietAanvaard", "Waaruit blijkt dat hulp niet wordt aanvaard", hooguit: 8000)
            .EisTekst(verzoek.ZienswijzeOuders, "/zienswijzeOuders", "De zienswijze van de ouders", hooguit: 8000)
            .Klaar();
        if (!await db.HoortBij(verzoek.CasusId!.Value, actor, ct))
            throw Geweigerd.NietGevonden("Deze casus");
        var nu = time.GetUtcNow();
        var vto = new Vto
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = verzoek.CasusId.Value,
            KindRefs = [.. verzoek.KindRefs!.Distinct()],
            Bedreiging = verzoek.Bedreiging!,
            HulpNietAanvaard = verzoek.HulpNietAanvaard!,
            ZienswijzeOuders = verzoek.ZienswijzeOuders!,
            ZienswijzeKinderen = verzoek.ZienswijzeKinderen,
            Beschermtafel = verzoek.Beschermtafel,
            OpgesteldDoorId = actor.Id,
            OpgesteldOp = nu,
        };
        db.Vtos.Add(vto);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/vtos/{vto.Id}", VtoBeeld.Van(vto, termijnen));
    }
}

/// <summary>Een opgesteld verzoek tot onderzoek bevestigen, en wat de Raad erop zegt. Elke handeling nog eens doet niets.</summary>
internal static class VtoVersturen
{
    private static Geweigerd NietGevonden => Geweigerd.NietGevonden("Dit verzoek tot onderzoek");

    public static async Task<Ok<VtoBeeld>> Get(Guid id, Actor actor, VeiligheidDbContext db, Termijnboek termijnen, CancellationToken ct)
    {
        var vto = await db.Vtos.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, ct) ?? throw NietGevonden;
        return await db.HoortBij(vto.CasusId, actor, ct) || actor.Rol == Rol.Toezichthouder ? TypedResults.Ok(VtoBeeld.Van(vto, termijnen)) : throw NietGevonden;
    }

    /// <summary>Een mens zegt dat het weg mag. Verzonden is het pas als CORV een bericht-id geeft.</summary>
    public static async Task<Ok<VtoBeeld>> Bevestigen(Guid id, Actor actor, VeiligheidDbContext db, Database database, ICorv corv, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var casusId = await db.Vtos.Where(v => v.Id == id).Select(v => (Guid?)v.CasusId).SingleOrDefaultAsync(ct);
        if (casusId is null || !await db.HoortBij(casusId.Value, actor, ct))
            throw NietGevonden;
        // CORV knows the request by its id, so asking twice after a crash sends one.
        var berichtId = await corv.VerstuurAsync(id, ct);
        return await Wijzig(id, db, database, termijnen, vto => vto.Verzonden(actor.Id, berichtId, corv.Naam, time.GetUtcNow()), time, ct);
    }

    public static Task<Ok<VtoBeeld>> Ontvangst(Guid id, VtoMoment invoer, VeiligheidDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        invoer.Toets(time.GetUtcNow()).Klaar();
        return Wijzig(id, db, database, termijnen, vto => vto.Ontvangen(invoer.Op ?? time.GetUtcNow()), time, ct);
    }

    public static Task<Ok<VtoBeeld>> Rapport(Guid id, VtoRapport invoer, VeiligheidDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        invoer.Toets(time.GetUtcNow()).Klaar();
        return Wijzig(id, db, database, termijnen, vto => vto.Rapport(invoer.VerzoektMaatregel!.Value, invoer.Op ?? time.GetUtcNow()), time, ct);
    }

    private static async Task<Ok<VtoBeeld>> Wijzig(Guid id, VeiligheidDbContext db, Database database, Termijnboek termijnen, Func<Vto, object?> handeling, TimeProvider time, CancellationToken ct)
    {
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, id, ct);
        var vto = await db.Vtos.SingleOrDefaultAsync(v => v.Id == id, ct) ?? throw NietGevonden;
        if (handeling(vto) is { } feit)
            db.Publish(feit, vto.CasusId, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Ok(VtoBeeld.Van(vto, termijnen));
    }
}

/// <summary>De stroom vraagt het nog eens te versturen; CORV houdt hetzelfde bericht.</summary>
public sealed class VtoOpnieuwVersturenConsumer(VeiligheidDbContext db, ICorv corv, ConsumerTools tools) : OnceConsumer<VtoOpnieuwVersturen>(db, tools)
{
    protected override async Task Handle(VtoOpnieuwVersturen message, CancellationToken ct)
    {
        var vto = await db.Vtos.SingleAsync(v => v.Id == message.VtoId, ct);
        await corv.VerstuurAsync(vto.Id, ct);
        vto.OpnieuwVerzonden();
        db.Publish(new VtoOpnieuwVerstuurd(message.Stap, vto.Id), Now);
    }
}

/// <summary>Wanneer iets gebeurde; leeg is nu.</summary>
public sealed record VtoMoment(DateTimeOffset? Op)
{
    internal Invoer Toets(DateTimeOffset nu) => new Invoer().Eis(!(Op > nu), "/op", "Dit moment ligt in de toekomst.");
}

/// <summary>Het rapport van de Raad.</summary>
/// <param name="VerzoektMaatregel">Of de Raad de rechter om een maatregel vraagt.</param>
public sealed record VtoRapport(bool? VerzoektMaatregel, DateTimeOffset? Op)
{
    internal Invoer Toets(DateTimeOffset nu) => new VtoMoment(Op).Toets(nu).Eis(VerzoektMaatregel is not null, "/verzoektMaatregel", "Vermeld of de Raad de rechter om een maatregel vraagt.");
}

/// <summary>Een verzoek tot onderzoek, zonder wat erin staat.</summary>
/// <param name="Status">opgesteld, verzonden, ontvangen of rapport.</param>
/// <param name="BerichtId">Het bewijs van CORV dat het is verzonden.</param>
/// <param name="VerzondenVia">Langs welke weg; een simulator zegt dat hij er een is.</param>
/// <param name="OntvangstVoor">Tot wanneer een bevestiging van de Raad op tijd is.</param>
/// <param name="RapportVoor">Tot wanneer het rapport op tijd is.</param>
public sealed record VtoBeeld(Guid Id, Guid CasusId, IReadOnlyList<string> KindRefs, string Status, DateTimeOffset OpgesteldOp, DateTimeOffset? VerzondenOp, string? BerichtId, string? VerzondenVia, int KeerVerzonden, DateTimeOffset? OntvangstVoor, DateTimeOffset? OntvangenOp, DateTimeOffset? RapportVoor, DateTimeOffset? RapportOp, bool? VerzoektMaatregel)
{
    internal static VtoBeeld Van(Vto v, Termijnboek termijnen) => new(
        v.Id, v.CasusId, v.KindRefs, v.Status, v.OpgesteldOp, v.VerzondenOp, v.BerichtId, v.VerzondenVia, v.KeerVerzonden,
        v.VerzondenOp is { } verzonden ? termijnen["vto-ontvangst"].Verloopt(verzonden) : null, v.OntvangenOp,
        v.OntvangenOp is { } ontvangen ? termijnen["rvdk-onderzoek"].Verloopt(ontvangen) : null, v.RapportOp, v.VerzoektMaatregel);
}
