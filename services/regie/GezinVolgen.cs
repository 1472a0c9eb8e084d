using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Iemand van het gezin of het eigen netwerk, zoals intake dat vertelt.</summary>
public sealed class Betrokkene
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required Guid PersoonId { get; init; }
    public required string Relatie { get; init; }

    /// <summary>De verwijzing binnen de casus; bij een jongere die van het kind.</summary>
    public required string Ref { get; init; }
    public DateTimeOffset? TotOp { get; set; }

    public const string Jongere = "jongere";

    /// <summary>Steunt het gezin, maar is het gezin niet.</summary>
    public const string Netwerk = "netwerk";
}

/// <summary>Er was iets te lezen voor het gezin; wat, ziet het in de casus.</summary>
public sealed class Gezinsbericht
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required DateTimeOffset GestuurdOp { get; init; }

    /// <summary>Laat het gezin weten dat er iets te lezen is. Wat er ook in een keer gebeurde: het is een bericht, dat niets vertelt.</summary>
    /// <returns>Wat daarvan in het logboek komt.</returns>
    internal static BerichtBeschikbaar Stuur(RegieDbContext db, Guid casusId, DateTimeOffset nu)
    {
        var bericht = new BerichtBeschikbaar(casusId, Rol.Gezin.Naam());
        db.Gezinsberichten.Add(new() { Id = Guid.CreateVersion7(nu), CasusId = casusId, GestuurdOp = nu });
        db.Publish(bericht, casusId, nu);
        return bericht;
    }
}

/// <summary>Volgt wie er van het gezin is; wie vertrok komt door een laat bericht niet terug.</summary>
internal sealed class BetrokkeneVastgelegdConsumer(RegieDbContext db, ConsumerTools tools) : OnceConsumer<BetrokkeneVastgelegd>(db, tools)
{
    private readonly RegieDbContext _db = db;

    protected override Guid? Holds(BetrokkeneVastgelegd message) => message.CasusId;

    protected override async Task Handle(BetrokkeneVastgelegd message, CancellationToken ct)
    {
        if (await _db.Betrokkenen.FindAsync([message.BetrokkeneId], ct) is not { } bekend)
            _db.Betrokkenen.Add(new() { Id = message.BetrokkeneId, CasusId = message.CasusId, PersoonId = message.PersoonId, Relatie = message.Relatie, Ref = message.Ref, TotOp = message.TotOp });
        else
            bekend.TotOp ??= message.TotOp;
    }
}
