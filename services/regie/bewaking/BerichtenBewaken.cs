using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een bericht dat een dienst niet kon verwerken, zoals die dienst het vertelde. Het bericht zelf blijft daar.</summary>
internal sealed class VastgelopenBericht
{
    /// <summary>Begint met de naam van de dienst.</summary>
    public required string Wachtrij { get; init; }
    public required Guid BerichtId { get; init; }
    public required string Type { get; init; }
    public required string Reden { get; set; }
    public Guid? CasusId { get; init; }
    public Guid? StroomId { get; init; }
    public required DateTimeOffset Op { get; set; }

    /// <summary>Hoe vaak het nu al niet lukte.</summary>
    public int Pogingen { get; set; } = 1;

    /// <summary>Wanneer, door wie en waarom het opnieuw is aangeboden; leeg als het nog ligt.</summary>
    public DateTimeOffset? AangebodenOp { get; private set; }
    public Guid? AangebodenDoorId { get; private set; }
    public string? AangebodenReden { get; private set; }

    public string Dienst => Wachtrij.Split('-')[0];

    public void Aanbieden(Guid doorId, string reden, DateTimeOffset nu) => (AangebodenOp, AangebodenDoorId, AangebodenReden) = (nu, doorId, reden);

    public void LigtWeer(string reden, DateTimeOffset op)
    {
        (Reden, Op, AangebodenOp) = (reden, op, null);
        Pogingen++;
    }
}

/// <summary>De berichten van alle diensten die niemand kon verwerken, en ze opnieuw aanbieden. Een dienst houdt wat van haar is; hier staan nummers.</summary>
internal static class BerichtenBewaken
{
    private const int Bladzijde = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var berichten = routes.MapGroup("/v1/bewaking/berichten").WithTags("Bewaking");
        berichten.MapGet("", Lijst).Voor(StromenBewaken.Kijkers)
            .WithSummary("De berichten die een dienst niet kon verwerken, het oudste bovenaan");
        berichten.MapPost("/{wachtrij}/{id:guid}/aanbiedingen", Aanbieden).Voor(Rol.Toezichthouder)
            .WithSummary("Bied een bericht opnieuw aan; wie het al verwerkte herkent het");
    }

    /// <summary>Houdt bij hoeveel er voor een stroom liggen. Wat er veranderde is al bewaard.</summary>
    public static async Task TelAsync(RegieDbContext db, Guid? stroomId, bool isAangeboden, DateTimeOffset nu, CancellationToken ct)
    {
        if (stroomId is null)
            return;
        var stroom = db.Stromen.Where(s => s.Id == stroomId);
        DateTimeOffset? herstel = isAangeboden ? nu : null;
        await stroom.ExecuteUpdateAsync(s => s
            .SetProperty(x => x.Vastgelopen, x => db.VastgelopenBerichten.Count(b => b.StroomId == x.Id && b.AangebodenOp == null))
            .SetProperty(x => x.HerstelOp, herstel), ct);
        await Standen.HerberekenAsync(db, stroom, ct);
    }

    private static async Task<Ok<Lijst<VastgelopenAntwoord>>> Lijst(DateTimeOffset? na, RegieDbContext db, CancellationToken ct)
    {
        var berichten = await db.VastgelopenBerichten.AsNoTracking().Where(b => b.AangebodenOp == null && (na == null || b.Op > na)).OrderBy(b => b.Op).ThenBy(b => b.BerichtId).Take(Bladzijde + 1).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<VastgelopenAntwoord>([.. berichten.Take(Bladzijde).Select(VastgelopenAntwoord.Van)], berichten.Count > Bladzijde ? $"/v1/bewaking/berichten?na={Uri.EscapeDataString(berichten[Bladzijde - 1].Op.UtcDateTime.ToString("O"))}" : null));
    }

    private static async Task<Accepted<VastgelopenAntwoord>> Aanbieden(string wachtrij, Guid id, AanbiedingInvoer invoer, Actor actor, RegieDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Reden, "/reden", "De reden").Klaar();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var gezien = await db.VastgelopenBerichten.AsNoTracking().SingleOrDefaultAsync(b => b.Wachtrij == wachtrij && b.BerichtId == id, ct) ?? throw Geweigerd.NietGevonden("Dit bericht");
        await database.LockAsync(db, gezien.CasusId ?? id, ct);
        var bericht = await db.VastgelopenBerichten.SingleAsync(b => b.Wachtrij == wachtrij && b.BerichtId == id, ct);
        // Twice is once.
        if (bericht.AangebodenOp is null)
        {
            bericht.Aanbieden(actor.Id, invoer.Reden!, time.Nu());
            db.Publish(new BerichtOpnieuwAanbieden(wachtrij, id), id, time.Nu());
            await db.SaveChangesAsync(ct);
            await TelAsync(db, bericht.StroomId, isAangeboden: true, time.Nu(), ct);
        }

        await transaction.CommitAsync(ct);
        return TypedResults.Accepted((string?)null, VastgelopenAntwoord.Van(bericht));
    }
}

/// <summary>Een dienst kon een bericht niet verwerken.</summary>
internal sealed class BerichtVastgelopenConsumer(RegieDbContext db, ConsumerTools tools) : OnceConsumer<BerichtVastgelopen>(db, tools)
{
    private readonly RegieDbContext _db = db;

    protected override Guid? Holds(BerichtVastgelopen message) => message.CasusId ?? message.BerichtId;

    protected override async Task Handle(BerichtVastgelopen message, CancellationToken ct)
    {
        if (await _db.VastgelopenBerichten.FindAsync([message.Wachtrij, message.BerichtId], ct) is { } bekend)
            bekend.LigtWeer(message.Reden, message.Op);
        else
            _db.VastgelopenBerichten.Add(new VastgelopenBericht { Wachtrij = message.Wachtrij, BerichtId = message.BerichtId, Type = message.Type, Reden = message.Reden, CasusId = message.CasusId, StroomId = message.StroomId, Op = message.Op });
        await _db.SaveChangesAsync(ct);
        await BerichtenBewaken.TelAsync(_db, message.StroomId, isAangeboden: false, Now, ct);
    }
}

public sealed record AanbiedingInvoer(string? Reden);

/// <summary>Een bericht dat een dienst niet kon verwerken.</summary>
/// <param name="Type">De naam van het contract.</param>
/// <param name="Reden">Wat er misging, zonder inhoud van het bericht.</param>
/// <param name="Pogingen">Hoe vaak het nu al niet lukte.</param>
public sealed record VastgelopenAntwoord(string Dienst, string Wachtrij, Guid BerichtId, string Type, string Reden, Guid? CasusId, Guid? StroomId, DateTimeOffset Op, int Pogingen, DateTimeOffset? AangebodenOp)
{
    internal static VastgelopenAntwoord Van(VastgelopenBericht b) => new(b.Dienst, b.Wachtrij, b.BerichtId, b.Type.Split('.')[^1], b.Reden, b.CasusId, b.StroomId, b.Op, b.Pogingen, b.AangebodenOp);
}
