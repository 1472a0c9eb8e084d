using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>De plaats van een handeling in de rij van wie haar stuurt. Zonder nummer geldt zij zodra zij er is.</summary>
public readonly record struct Volgorde
{
    /// <summary>Het nummer dat de zender aan deze handeling op de casus gaf; tweemaal hetzelfde telt een keer.</summary>
    [FromHeader(Name = "Volgnummer")]
    public int? Volgnummer { get; init; }

    /// <summary>Het nummer van de handeling die eerst moet zijn verwerkt.</summary>
    [FromHeader(Name = "Na-Volgnummer")]
    public int? Na { get; init; }
}

/// <summary>
/// Een handeling met een volgnummer. Komt zij voor haar voorganger, dan wordt zij geparkeerd; komt die niet op tijd, dan zoekt een mens
/// uit wat er is gebeurd. Er wordt nooit geraden.
/// </summary>
public sealed class Handeling
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required int Volgnummer { get; init; }
    public required int? Na { get; init; }

    /// <summary>Bijvoorbeeld <c>aanvaarding</c>.</summary>
    public required string Soort { get; init; }

    /// <summary>Leeg bij een voorstel: dan is er nog geen overdracht.</summary>
    public required Guid? OverdrachtId { get; init; }
    public required string Inhoud { get; init; }
    public required Guid DoorId { get; init; }
    public required Rol DoorRol { get; init; }
    public required string DoorOrganisatie { get; init; }
    public required DateTimeOffset OntvangenOp { get; init; }
    public string Status { get; internal set; } = Geparkeerd;

    /// <summary>Het eerste antwoord; wie hetzelfde nog eens stuurt krijgt dit weer.</summary>
    public string? Antwoord { get; internal set; }

    public const string Geparkeerd = "geparkeerd";
    public const string Verwerkt = "verwerkt";

    /// <summary>De voorganger kwam niet op tijd, of wat werd gevraagd kon toen niet meer.</summary>
    public const string Uitzoeken = "uitzoeken";

    internal Actor Door => new(DoorId, DoorRol, DoorOrganisatie);

    internal bool IsDezelfde(Handeling ander) => (Soort, OverdrachtId, Inhoud, DoorId) == (ander.Soort, ander.OverdrachtId, ander.Inhoud, ander.DoorId);
}

/// <summary>Neemt handelingen rond een overdracht aan, op volgorde als de zender die geeft.</summary>
internal static class Handelingen
{
    private delegate Task<Overdracht> Doen(Guid? overdrachtId, string inhoud, Actor actor, Burst burst, Casus casus);

    private static readonly Dictionary<string, Doen> Soorten = new()
    {
        ["voorstel"] = (_, inhoud, actor, burst, casus) => OverdrachtVoorstellen.DoeAsync(Lees<OverdrachtVoorstel>(inhoud), actor, burst, casus),
        ["aanvaarding"] = (id, inhoud, actor, burst, casus) => OverdrachtBeantwoorden.AanvaardAsync(id!.Value, Lees<OverdrachtAanvaarding>(inhoud), actor, burst, casus),
        ["weigering"] = (id, inhoud, actor, burst, casus) => OverdrachtBeantwoorden.WeigerAsync(id!.Value, Lees<OverdrachtWeigering>(inhoud), actor, burst, casus),
        ["intrekking"] = (id, inhoud, actor, burst, casus) => OverdrachtBeantwoorden.TrekInAsync(id!.Value, Lees<OverdrachtIntrekking>(inhoud), actor, burst, casus),
        ["gesprek"] = (id, inhoud, actor, burst, casus) => GesprekVoeren.DoeAsync(id!.Value, Lees<GesprekInvoer>(inhoud), actor, burst, casus),
    };

    /// <summary>Een handeling op een overdracht die er al is.</summary>
    public static async Task<Results<Ok<OverdrachtAntwoord>, Accepted<HandelingAntwoord>>> OntvangAsync(string soort, Guid overdrachtId, object invoer, Volgorde volgorde, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        var casusId = await db.Overdrachten.Where(o => o.Id == overdrachtId).Select(o => (Guid?)o.CasusId).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze overdracht");
        var (antwoord, geparkeerd, _) = await OntvangAsync(soort, casusId, overdrachtId, invoer, volgorde, actor, db, runner, ct);
        return antwoord is not null ? TypedResults.Ok(antwoord) : TypedResults.Accepted($"/v1/overdrachten/{overdrachtId}", HandelingAntwoord.Van(geparkeerd!));
    }

    /// <returns>Het antwoord, of de handeling als zij op haar voorganger wacht; en of het een herhaling was.</returns>
    public static async Task<(OverdrachtAntwoord? Antwoord, Handeling? Geparkeerd, bool IsHerhaling)> OntvangAsync(string soort, Guid casusId, Guid? overdrachtId, object invoer, Volgorde volgorde, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        var inhoud = JsonSerializer.Serialize(invoer, invoer.GetType(), JsonSerializerOptions.Web);
        new Invoer().Eis(volgorde.Na is null || volgorde.Na < volgorde.Volgnummer, "Na-Volgnummer", "Een handeling volgt op een met een lager volgnummer.").Klaar();
        // Wie zijn eigen handeling herhaalt hoort het eerste antwoord, ook als hij intussen niets meer met de casus te maken heeft.
        if (volgorde.Volgnummer is not { } gestuurd || !await db.Handelingen.AnyAsync(h => h.CasusId == casusId && h.Volgnummer == gestuurd && h.DoorId == actor.Id, ct))
            await Toegang.EisAsync(db, casusId, actor, ct);

        return await runner.InTransactionAsync(casusId, async () =>
        {
            var ontvangen = await runner.InBurstAsync(casusId, burst => AannemenAsync(burst), ct);
            if (ontvangen is { Antwoord: not null, IsHerhaling: false } && volgorde.Volgnummer is { } nummer)
                await VerwerkVolgersAsync(casusId, nummer, db, runner, ct);
            return ontvangen;
        }, ct);

        async Task<(OverdrachtAntwoord? Antwoord, Handeling? Geparkeerd, bool IsHerhaling)> AannemenAsync(Burst burst)
        {
            var casus = await burst.CasusAsync();
            if (volgorde.Volgnummer is not { } nummer)
                return (await DoeAsync(soort, overdrachtId, inhoud, actor, burst, casus), null, false);

            var handeling = new Handeling { Id = Guid.CreateVersion7(burst.Nu), CasusId = casusId, Volgnummer = nummer, Na = volgorde.Na, Soort = soort, OverdrachtId = overdrachtId, Inhoud = inhoud, DoorId = actor.Id, DoorRol = actor.Rol, DoorOrganisatie = actor.Organisatie, OntvangenOp = burst.Nu };
            if (await burst.Db.Handelingen.FindAsync([casusId, nummer], ct) is { } eerste)
            {
                if (!eerste.IsDezelfde(handeling))
                    throw new Geweigerd("Dit volgnummer is al gebruikt voor een andere handeling.");
                if (eerste.Status == Handeling.Uitzoeken)
                    throw new Geweigerd("Deze handeling wordt uitgezocht, omdat haar voorganger niet op tijd kwam of zij niet meer kon.");
                burst.Meld(new BerichtDubbel(casusId, Guid.Empty, $"volgnummer {nummer}"));
                return eerste.Antwoord is { } antwoord ? (Lees<OverdrachtAntwoord>(antwoord), null, true) : (null, eerste, true);
            }

            burst.Db.Handelingen.Add(handeling);
            if (volgorde.Na is { } na && (await burst.Db.Handelingen.FindAsync([casusId, na], ct))?.Status != Handeling.Verwerkt)
            {
                await burst.StartAsync("geparkeerde-handeling", new JsonObject { ["handelingId"] = handeling.Id.ToString() });
                return (null, handeling, false);
            }

            return (await VerwerkAsync(handeling, burst, casus), null, false);
        }
    }

    private static async Task<OverdrachtAntwoord> VerwerkAsync(Handeling handeling, Burst burst, Casus casus)
    {
        var antwoord = await DoeAsync(handeling.Soort, handeling.OverdrachtId, handeling.Inhoud, handeling.Door, burst, casus);
        (handeling.Status, handeling.Antwoord) = (Handeling.Verwerkt, JsonSerializer.Serialize(antwoord, JsonSerializerOptions.Web));
        return antwoord;
    }

    // Wat op deze wachtte komt nu aan de beurt, elk in een burst van zichzelf. Kan het toch niet, dan is dat geen reden om deze te
    // weigeren, en blijft er van die handeling niets over.
    private static async Task VerwerkVolgersAsync(Guid casusId, int voorganger, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        foreach (var nummer in await db.Handelingen.Where(h => h.CasusId == casusId && h.Na == voorganger && h.Status == Handeling.Geparkeerd).OrderBy(h => h.Volgnummer).Select(h => h.Volgnummer).ToListAsync(ct))
        {
            var nee = await runner.ProbeerOnHeldAsync(casusId, burst => VervolgAsync(burst, async volger => await VerwerkAsync(volger, burst, await burst.CasusAsync())), ct);
            if (nee is null)
                await VerwerkVolgersAsync(casusId, nummer, db, runner, ct);
            else
                await runner.InBurstOnHeldAsync(casusId, burst => VervolgAsync(burst, volger => Task.FromResult(volger.Status = Handeling.Uitzoeken)), ct);

            async Task<bool> VervolgAsync(Burst burst, Func<Handeling, Task> verwerk)
            {
                var volger = (await burst.Db.Handelingen.FindAsync([casusId, nummer], ct))!;
                await verwerk(volger);
                await burst.VervolgAsync("NetwerkRegie.VoorgangerAfwachten", volger.Id, volger.Status == Handeling.Verwerkt ? VoorgangerAfwachten.Verwerkt : Stap.Geweigerd);
                return true;
            }
        }
    }

    private static async Task<OverdrachtAntwoord> DoeAsync(string soort, Guid? overdrachtId, string inhoud, Actor actor, Burst burst, Casus casus)
    {
        var overdracht = await Soorten[soort](overdrachtId, inhoud, actor, burst, casus);
        await burst.LoopUitAsync();
        return OverdrachtAntwoord.Van(overdracht);
    }

    private static T Lees<T>(string inhoud) => JsonSerializer.Deserialize<T>(inhoud, JsonSerializerOptions.Web)!;
}

/// <summary>Wacht tot de voorganger van een geparkeerde handeling er is.</summary>
internal sealed class VoorgangerAfwachten : Stap
{
    public const string Verwerkt = "Verwerkt";

    public override string Titel => "Voorganger van handeling afwachten";

    public override string Uitleg => "Een handeling kwam voor wat eraan voorafging. Wacht tot dat er is; er wordt nooit geraden.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("handelingId", "Handeling"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Handeling, Onderwerp.Handeling.Begin, Verwerkt, Onderwerp.Dicht),
        new(Onderwerp.Handeling, Onderwerp.Handeling.Begin, Geweigerd, Onderwerp.Dicht),
        new(Onderwerp.Handeling, Onderwerp.Handeling.Begin, Verlopen, Onderwerp.Dicht),
    ];

    public override IReadOnlyList<string> Uitgangen => [Verwerkt, Geweigerd, Verlopen];

    public override Task<Uitkomst> Begin(StapContext stap)
    {
        var handelingId = stap.EisId("handelingId");
        return Task.FromResult(stap.Wacht("Wachten op wat aan een handeling voorafging", Uitgangen, handelingId.ToString(), "zender"));
    }

    public override async Task Verloop(Burst burst, Wachtpunt wachtpunt)
    {
        var id = Guid.Parse(wachtpunt.Sleutel!);
        (await burst.Db.Handelingen.SingleAsync(h => h.Id == id, burst.Ct)).Status = Handeling.Uitzoeken;
    }
}

/// <summary>Een handeling die op haar voorganger wacht.</summary>
/// <param name="Status">geparkeerd.</param>
public sealed record HandelingAntwoord(Guid Id, int Volgnummer, int? Na, string Status)
{
    internal static HandelingAntwoord Van(Handeling h) => new(h.Id, h.Volgnummer, h.Na, h.Status);
}
