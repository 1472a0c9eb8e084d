using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Alles wat in een casus gebeurde, genummerd zonder gaten: wie iets mist vraagt verder vanaf het laatste nummer dat hij heeft.
/// Wordt geschreven in de transactie waarin het gebeurde.
/// </summary>
internal sealed class LogboekRegel
{
    public required Guid CasusId { get; init; }

    /// <summary>Vanaf 1, per casus.</summary>
    public required int Volgnr { get; init; }

    /// <summary>De naam in de catalogus.</summary>
    public required string Type { get; init; }

    /// <summary>Nummers en momenten, als JSON-object; niets over personen.</summary>
    public required string Inhoud { get; init; }
    public required DateTimeOffset Op { get; init; }

    /// <summary>The trace in which it happened (W3C Trace Context); null when nobody followed.</summary>
    public string? Traceparent { get; init; }

    /// <summary>De plaats in de stroom naar buiten; leeg tot de <see cref="Nummering"/> haar gaf.</summary>
    public long? Positie { get; init; }
}

/// <summary>Schrijft het logboek en laat het lezen.</summary>
internal static class Logboek
{
    private const int Bladzijde = 500;

    private static readonly IReadOnlyDictionary<Type, string> Namen = typeof(IGebeurtenis).Assembly.GetExportedTypes()
        .Where(type => type.IsAssignableTo(typeof(IGebeurtenis)) && !type.IsInterface)
        .ToDictionary(type => type, type => type.GetCustomAttribute<GebeurtenisAttribute>()!.Naam);

    /// <summary>Hoe dit in de catalogus heet.</summary>
    public static string NaamVan<T>()
        where T : IGebeurtenis => Namen[typeof(T)];

    /// <summary>De contracten per naam in de catalogus; een naam kan van meer dan een dienst komen.</summary>
    public static ILookup<string, Type> PerSoort { get; } = Namen.OrderBy(n => n.Key.Name, StringComparer.Ordinal).ToLookup(n => n.Value, n => n.Key);

    /// <summary>De namen van de catalogus, op alfabet.</summary>
    public static IReadOnlyList<string> Soorten { get; } = [.. PerSoort.Select(soort => soort.Key).Order(StringComparer.Ordinal)];

    // What changes something here is written down with what follows from it, in that order.
    private static readonly Type[] Verwerkt = [typeof(VtoVerzonden), typeof(VtoBevestigd), typeof(OnderzoekBegonnen), typeof(OnderzoekAfgerond), typeof(BesluitOntvangen)];

    /// <summary>Wat andere diensten vertellen en hier niet al als antwoord op een opdracht binnenkomt of wordt verwerkt.</summary>
    public static IEnumerable<Type> VanAnderen =>
        Namen.Keys.Where(type => type.Namespace != typeof(Contracts.Regie.CasusGeopend).Namespace && !type.IsAssignableTo(typeof(IUitkomst)) && !Verwerkt.Contains(type));

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/casussen/{id:guid}/gebeurtenissen", Lezen).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder]).Gelezen("wat er gebeurde").WithTags("Casussen")
            .WithSummary("Wat er in een casus gebeurde, genummerd zonder gaten")
            .WithDescription("na geeft wat na dat nummer kwam: wie iets miste, vraagt verder vanaf het laatste nummer dat hij heeft.");

    /// <summary>Schrijft bij wat er gebeurde, in deze volgorde, en laat het gezin weten dat er iets te lezen is als het daarvan hoort. De casus moet vast zijn gehouden.</summary>
    public static async Task SchrijfAsync(RegieDbContext db, Guid casusId, IReadOnlyList<IGebeurtenis> gebeurtenissen, DateTimeOffset nu, CancellationToken ct)
    {
        if (gebeurtenissen.Count == 0)
            return;
        if (gebeurtenissen.Any(g => g is IVoorGezin))
            gebeurtenissen = [.. gebeurtenissen, Gezinsbericht.Stuur(db, casusId, nu)];
        var laatste = await db.Logboek.Where(g => g.CasusId == casusId).MaxAsync(g => (int?)g.Volgnr, ct) ?? 0;
        db.Logboek.AddRange(gebeurtenissen.Select((gebeurtenis, i) => new LogboekRegel
        {
            CasusId = casusId,
            Volgnr = laatste + 1 + i,
            Type = Namen[gebeurtenis.GetType()],
            Inhoud = JsonSerializer.Serialize(gebeurtenis, gebeurtenis.GetType(), JsonSerializerOptions.Web),
            Op = nu,
            Traceparent = Telemetry.Here,
        }));
        db.HeeftGelogd = true;
    }

    private static async Task<Ok<Lijst<GebeurtenisAntwoord>>> Lezen(Guid id, int? na, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        await Toegang.EisAsync(db, id, actor, ct);
        var gebeurtenissen = await db.Logboek.AsNoTracking().Where(g => g.CasusId == id && g.Volgnr > (na ?? 0)).OrderBy(g => g.Volgnr).Take(Bladzijde + 1).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<GebeurtenisAntwoord>(
            [.. gebeurtenissen.Take(Bladzijde).Select(GebeurtenisAntwoord.Van)],
            gebeurtenissen.Count > Bladzijde ? $"/v1/casussen/{id}/gebeurtenissen?na={gebeurtenissen[Bladzijde - 1].Volgnr}" : null));
    }
}

/// <summary>Schrijft op wat een andere dienst in een casus zag gebeuren.</summary>
internal sealed class GebeurtenisConsumer<T>(RegieDbContext db, ConsumerTools tools) : OnceConsumer<T>(db, tools)
    where T : class, IGebeurtenis
{
    private readonly RegieDbContext _db = db;

    protected override Guid? Holds(T message) => message.CasusId;

    protected override Task Handle(T message, CancellationToken ct) => Logboek.SchrijfAsync(_db, message.CasusId, [message], Now, ct);
}

/// <summary>Iets dat in een casus gebeurde.</summary>
/// <param name="Volgnr">Per casus, vanaf 1 en zonder gaten.</param>
/// <param name="Type">De naam in de catalogus, bijvoorbeeld regie.overgedragen.</param>
/// <param name="Op">Wanneer het is vastgelegd.</param>
/// <param name="Inhoud">Nummers en momenten; niets over personen.</param>
public sealed record GebeurtenisAntwoord(int Volgnr, string Type, DateTimeOffset Op, JsonElement Inhoud)
{
    internal static GebeurtenisAntwoord Van(LogboekRegel g) => new(g.Volgnr, g.Type, g.Op, JsonDocument.Parse(g.Inhoud).RootElement);
}
