using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Terugkijken op een casus, uit wat er is vastgelegd: feiten en getallen, geen oordeel. Ligt vast vanaf het concept; wie erbij was zet
/// er een week lang naast wat er mist of niet klopt.
/// </summary>
public sealed class Retrospectief
{
    public const string Termijn = "verslag-feedback";

    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required Guid GemaaktDoorId { get; init; }
    public required DateTimeOffset GemaaktOp { get; init; }

    /// <summary>Vanaf dan kan niemand meer reageren.</summary>
    public required DateTimeOffset ReactiesTot { get; init; }

    /// <summary>Wat er te zien was toen het werd gemaakt, als JSON van <see cref="Terugblik"/>.</summary>
    public required string Inhoud { get; init; }
    public DateTimeOffset? DefinitiefOp { get; set; }

    public string Status => DefinitiefOp is null ? "concept" : "definitief";

    internal Terugblik Lees() => JsonSerializer.Deserialize<Terugblik>(Inhoud, JsonSerializerOptions.Web)!;

    /// <summary>
    /// Wie de casus beroepsmatig mag zien of er de procesregie doet, leest alles. Het gezin en wie alleen aan tafel zit lezen wat het gezin
    /// ervan is verteld.
    /// </summary>
    /// <returns>Of de actor alles leest.</returns>
    /// <exception cref="Geweigerd">De actor was er niet bij, of de casus bestaat niet.</exception>
    internal static async Task<bool> LeestAllesAsync(RegieDbContext db, Guid casusId, Actor actor, CancellationToken ct)
    {
        if (actor.Rol != Rol.Gezin
            && (await db.Banen.AnyAsync(b => b.CasusId == casusId && b.Baan == Banen.Procesregie && b.Tot == null && b.PersoonId == actor.Id, ct)
                || await (await Toegang.ZichtbaarAsync(db, actor, ct)).AnyAsync(c => c.Id == casusId, ct)))
            return true;
        await Toegang.EisAanTafelAsync(db, casusId, actor, ct);
        return false;
    }
}

/// <summary>Iemand die erbij was vult aan, of is het niet eens met hoe het er staat.</summary>
public sealed class Retrospectiefreactie
{
    public const string Aanvulling = "aanvulling";
    public const string Bezwaar = "bezwaar";
    public static readonly string[] Soorten = [Aanvulling, Bezwaar];

    public required Guid Id { get; init; }
    public required Guid RetrospectiefId { get; init; }
    public required string Soort { get; init; }
    public required string Tekst { get; init; }
    public required Guid DoorId { get; init; }
    public required string DoorRol { get; init; }
    public required DateTimeOffset Op { get; init; }
}

/// <summary>Wat er van een casus was vastgelegd. Alleen nummers, momenten en vaste woorden; geen redenen en geen tekst van iemand.</summary>
/// <param name="Tot">Het moment waarop is teruggekeken, of waarop de casus dichtging.</param>
internal sealed record Terugblik(
    DateTimeOffset Van, DateTimeOffset Tot, IReadOnlyList<Lijnstuk> Lijnen, IReadOnlyList<Overdrachtstuk> Overdrachten,
    IReadOnlyList<GebeurtenisAntwoord> Gebeurtenissen, IReadOnlyList<Wachttijd> Wachttijden, Terugblikgetallen Getallen);

/// <summary>Een stuk van een lijn of baan, half open.</summary>
/// <param name="HouderId">Bij de regie en de banen: wie.</param>
/// <param name="Waarde">Bij de andere lijnen.</param>
public sealed record Lijnstuk(string Lijn, string? KindRef, Guid? HouderId, string? Waarde, string? Merk, Guid? NamensId, DateTimeOffset Vanaf, DateTimeOffset? Tot);

public sealed record Overdrachtstuk(Guid Id, Guid VanId, Guid NaarId, string Status, DateTimeOffset VoorgesteldOp, DateTimeOffset? BeantwoordOp, DateTimeOffset? GesprekBeeindigdOp);

/// <param name="Tot">Leeg als er nog op werd gewacht.</param>
/// <param name="Stap">Het soort stap waarin werd gewacht.</param>
public sealed record Wachttijd(string Wat, DateTimeOffset Sinds, DateTimeOffset? Tot, DateTimeOffset? VerwachtOp, string Stap);

/// <param name="Overdrachten">Hoe vaak de regie na een warm gesprek overging.</param>
/// <param name="Gezichten">Hoeveel verschillende mensen het gezin had als regisseur, waarnemer of vast gezicht.</param>
/// <param name="LangerDanAfgesproken">Hoe vaak het wachten langer duurde dan was verwacht.</param>
public sealed record Terugblikgetallen(int Overdrachten, int Waarnemingen, int Noodoverdrachten, int Gezichten, int MinutenZonderRegie, int LangerDanAfgesproken);
