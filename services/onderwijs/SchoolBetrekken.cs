using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Onderwijs;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Onderwijs;

/// <summary>Betrek een school bij een casus.</summary>
/// <param name="SchoolRef">De organisatie van de school, zoals zij zich aanmeldt.</param>
/// <param name="MagWeten">Uit <c>verzuimafspraken</c> en <c>contactpersoon</c>; iets anders deelt dit systeem niet met een school.</param>
/// <param name="TotOp">Dan houdt het delen vanzelf op; eerder als het convenant afloopt.</param>
/// <param name="KindRef">Om welk kind het gaat. Het delen rust op de toestemming voor dat kind en houdt daarmee op; een convenant alleen is geen grond.</param>
public sealed record SchoolBetrekken(Guid? CasusId, string? SchoolRef, IReadOnlyList<string?>? MagWeten, DateTimeOffset? TotOp, string? KindRef)
{
    internal static async Task<Ok<Lijst<SchoolBeeld>>> Get(Guid? casusId, Actor actor, OnderwijsDbContext db, CancellationToken ct)
    {
        new Invoer().Eis(casusId is not null, "/casusId", "Vermeld van welke casus.").Klaar();
        await db.EisRegieAsync(casusId!.Value, actor, ct);
        var scholen = await db.BetrokkenScholen.AsNoTracking().Where(s => s.CasusId == casusId).OrderBy(s => s.VanafOp).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<SchoolBeeld>([.. scholen.Select(s => s.Beeld)]));
    }

    internal static async Task<Created<SchoolBeeld>> Post(
        SchoolBetrekken verzoek, Actor actor, OnderwijsDbContext db, Database database, Regio regio, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        verzoek.Controleer(nu);
        var casusId = verzoek.CasusId!.Value;
        await using var transactie = await db.Database.BeginTransactionAsync(ct);
        await database.LockAsync(db, casusId, ct);
        await db.EisRegieAsync(casusId, actor, ct);
        if (await db.ScholenWaarmeeGedeeld(regio, nu).AnyAsync(s => s.CasusId == casusId && s.SchoolRef == verzoek.SchoolRef && s.KindRef == verzoek.KindRef, ct))
            throw new Geweigerd("Deze school is al betrokken; beëindig dat eerst als u iets anders wilt afspreken.");
        if (Convenanten.Einde(regio, nu) is not { } eindeConvenant)
            throw new Geweigerd("Er is geen convenant dat nu geldt, dus met een school wordt niets gedeeld; vraag het regiobureau ernaar.");
        var sleutel = ToestemmingVerleend.SleutelVan(verzoek.SchoolRef!);
        if (!await db.GeldigeToestemmingen(nu).AnyAsync(t => t.CasusId == casusId && t.PersoonRef == verzoek.KindRef && t.OntvangerSleutel == sleutel, ct))
        {
            // Nothing was stored, but that it was asked is told.
            db.Publish(new GrondslagGeweigerd(casusId, actor.Id), casusId, nu);
            await db.SaveChangesAsync(ct);
            await transactie.CommitAsync(ct);
            throw new Geweigerd("Voor dit kind is geen toestemming om met deze school te delen; vraag die eerst aan wie daarover beslist.");
        }

        var school = new BetrokkenSchool
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = casusId,
            SchoolRef = verzoek.SchoolRef!,
            MagVerzuimafspraken = verzoek.MagWeten!.Contains(BetrokkenSchool.Verzuimafspraken),
            MagContactpersoon = verzoek.MagWeten!.Contains(BetrokkenSchool.Contactpersoon),
            VanafOp = nu,
            TotOp = verzoek.TotOp < eindeConvenant ? verzoek.TotOp.Value : eindeConvenant,
            KindRef = verzoek.KindRef,
            SchoolSleutel = sleutel,
            BetrokkenDoorId = actor.Id,
        };
        db.BetrokkenScholen.Add(school);
        db.Publish(new GrondslagVastgelegd(casusId, school.Id, "toestemming"), casusId, nu);
        db.Publish(new SchoolBetrokken(casusId, school.Id), casusId, nu);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/scholen?casusId={casusId}", school.Beeld);
    }

    internal void Controleer(DateTimeOffset nu)
    {
        var invoer = new Invoer()
            .Eis(CasusId is not null && CasusId != Guid.Empty, "/casusId", "Vermeld om welke casus het gaat.")
            .EisTekst(SchoolRef, "/schoolRef", "De school", hooguit: 200)
            .Eis(MagWeten is { Count: > 0 }, "/magWeten", "Vermeld wat de school mag weten.")
            .EisTekst(KindRef, "/kindRef", "Om welk kind het gaat", hooguit: 64)
            .Eis(TotOp > nu, "/totOp", "Vermeld tot welk moment in de toekomst er met de school wordt gedeeld.");
        foreach (var (i, wat) in (MagWeten ?? []).Index())
            invoer.Eis(wat is BetrokkenSchool.Verzuimafspraken or BetrokkenSchool.Contactpersoon, $"/magWeten/{i}", "Een school mag alleen verzuimafspraken en contactpersoon weten.");
        invoer.Klaar();
    }
}

/// <summary>Het minimale contract met een school: wat zij mag weten, en tot wanneer.</summary>
public sealed class BetrokkenSchool
{
    public const string Verzuimafspraken = "verzuimafspraken";
    public const string Contactpersoon = "contactpersoon";

    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required string SchoolRef { get; init; }
    public required bool MagVerzuimafspraken { get; init; }
    public required bool MagContactpersoon { get; init; }
    public required DateTimeOffset VanafOp { get; init; }
    public required DateTimeOffset TotOp { get; init; }
    public required Guid BetrokkenDoorId { get; init; }

    /// <summary>Het kind waarvoor toestemming is. Een school van voor het verplicht was heeft er geen, en krijgt niets.</summary>
    public string? KindRef { get; init; }
    public Guid? SchoolSleutel { get; init; }
    public DateTimeOffset? BeeindigdOp { get; private set; }

    internal SchoolBeeld Beeld => new(
        Id, CasusId, SchoolRef, [.. MagVerzuimafspraken ? [Verzuimafspraken] : Array.Empty<string>(), .. MagContactpersoon ? [Contactpersoon] : Array.Empty<string>()],
        VanafOp, TotOp, BeeindigdOp, KindRef);

    public void Beeindigen(DateTimeOffset nu) => BeeindigdOp ??= nu;
}

public sealed record SchoolBeeld(
    Guid Id, Guid CasusId, string SchoolRef, IReadOnlyList<string> MagWeten, DateTimeOffset VanafOp, DateTimeOffset TotOp, DateTimeOffset? BeeindigdOp = null, string? KindRef = null);
