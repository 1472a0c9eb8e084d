using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een knelpunt melden, er uitdrukkelijk over besluiten, en het afronden. De regie beweegt niet.</summary>
internal static class Knelpuntroute
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/casussen/{id:guid}/knelpunten", Melden).Voor(Rollen.Beroepskrachten).WithTags("Knelpunten")
            .WithSummary("Meld een knelpunt dat het team zelf niet oplost");
        routes.MapGet("/v1/casussen/{id:guid}/knelpunten", Tonen).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder]).Gelezen("de knelpunten").WithTags("Knelpunten")
            .WithSummary("De knelpunten van een casus");
        routes.MapGet("/v1/knelpunten/{id:guid}", Een).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder, Rol.Bestuurder]).WithTags("Knelpunten")
            .WithSummary("Een knelpunt, ook voor wie erbij bemiddelt");
        routes.MapPost("/v1/knelpunten/{id:guid}/besluit", Besluiten).Voor(Rol.Leidinggevende, Rol.Bestuurder).WithTags("Knelpunten")
            .WithSummary("Besluit uitdrukkelijk: oplossen of weigeren, met reden");
        routes.MapPost("/v1/knelpunten/{id:guid}/oplossing", Oplossen).Voor(Rollen.Beroepskrachten).WithTags("Knelpunten")
            .WithSummary("Rond af: het besluit is uitgevoerd, en melder en gezin weten het");
    }

    internal static async Task<Created<KnelpuntAntwoord>> Melden(Guid id, KnelpuntInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .Eis(Knelpunt.Soorten.Contains(invoer.Soort), "/soort", $"Kies een soort uit {string.Join(", ", Knelpunt.Soorten)}.")
            .EisTekst(invoer.Omschrijving, "/omschrijving", "Wat er knelt")
            .Eis(invoer.Soort != Knelpunt.Capaciteit || !string.IsNullOrWhiteSpace(invoer.Overbrugging), "/overbrugging", "Hoe het gezin intussen wordt geholpen ontbreekt; wachten zonder overbrugging kan niet.")
            .Eis(invoer.AnderTeamId is null || await db.Teams.AnyAsync(t => t.Id == invoer.AnderTeamId, ct), "/anderTeamId", "Dit team is er niet.")
            .Klaar();
        await Toegang.EisAanTafelAsync(db, id, actor, ct);
        var antwoord = await runner.RunAsync(id, async burst =>
        {
            var knelpunt = (await burst.CasusAsync()).KnelpuntMelden(Guid.CreateVersion7(burst.Nu), actor.Id, invoer.Soort!, invoer.Omschrijving!, burst.Nu, anderTeamId: invoer.AnderTeamId, overbrugging: invoer.Overbrugging);
            await burst.StartAsync("knelpunt", new JsonObject { ["knelpuntId"] = knelpunt.Id.ToString() });
            await burst.LoopUitAsync();
            return KnelpuntAntwoord.Van(knelpunt);
        }, ct);
        return TypedResults.Created($"/v1/casussen/{id}/knelpunten", antwoord);
    }

    private static async Task<Ok<Lijst<KnelpuntAntwoord>>> Tonen(Guid id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        await Toegang.EisAsync(db, id, actor, ct);
        var knelpunten = await db.Knelpunten.AsNoTracking().Where(k => k.CasusId == id).OrderBy(k => k.GemeldOp).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<KnelpuntAntwoord>([.. knelpunten.Select(KnelpuntAntwoord.Van)]));
    }

    private static async Task<Ok<KnelpuntAntwoord>> Een(Guid id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var knelpunt = await db.Knelpunten.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, ct) ?? throw Geweigerd.NietGevonden("Dit knelpunt");
        await EisToegangAsync(db, knelpunt, actor, ct);
        // Wat er knelt is inhoud; de bewaking ziet alleen dat het er is.
        return TypedResults.Ok(KnelpuntAntwoord.Van(knelpunt) with
        {
            Omschrijving = actor.Rol is Rol.Toezichthouder ? null : knelpunt.Omschrijving,
            Soortgelijk = Aantal(await db.Knelpunten.CountAsync(k => k.Soort == knelpunt.Soort && k.Status != Knelpunt.Opgelost, ct)),
        });
    }

    // Few of a kind could tell which families they are.
    private static string Aantal(int aantal) => aantal < 5 ? "minder dan 5" : $"{aantal}";

    // Een bestuurder besluit, en wie bemiddelt of aan zet is kent alleen het knelpunt en niet de casus.
    private static async Task EisToegangAsync(RegieDbContext db, Knelpunt knelpunt, Actor actor, CancellationToken ct)
    {
        var sleutel = knelpunt.Id.ToString();
        if (actor.Rol is not Rol.Bestuurder && !knelpunt.BemiddelaarIds.Contains(actor.Id) && !await Taken.Van(db, actor).AnyAsync(w => w.Sleutel == sleutel, ct))
            await Toegang.EisAsync(db, knelpunt.CasusId, actor, ct);
    }

    internal static async Task<Ok<KnelpuntAntwoord>> Besluiten(Guid id, KnelpuntBesluit invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        var isBesluit = Knelpunt.Besluiten.Contains(invoer.Besluit);
        if (!isBesluit && !string.IsNullOrWhiteSpace(invoer.Besluit))
            await Doe(id, actor, db, runner, async (burst, casus) => casus.BesluitWeigeren(id, actor, await LeidinggevendenAsync(burst, casus, id)), ct);
        new Invoer()
            .Eis(isBesluit, "/besluit", $"Kies een besluit uit {string.Join(", ", Knelpunt.Besluiten)}; ter kennisgeving aannemen is geen besluit.")
            .EisTekst(invoer.Reden, "/reden", "De reden")
            .Eis(invoer.EigenaarId is null || await db.Professionals.AnyAsync(p => p.Id == invoer.EigenaarId && p.IsActief, ct), "/eigenaarId", "Deze persoon is er niet, of is uit dienst.")
            .Eis(!(invoer.Bedrag < 0), "/bedrag", "Het bedrag is minder dan niets.")
            .Klaar();
        return await Doe(id, actor, db, runner, async (burst, casus) =>
        {
            casus.KnelpuntBesluiten(id, actor, await LeidinggevendenAsync(burst, casus, id), invoer, burst.Nu);
            var besluit = await burst.WachtpuntAsync("NetwerkRegie.BesluitAfwachten", id.ToString());
            var bemiddeling = await burst.WachtpuntAsync("NetwerkRegie.BemiddelingAfwachten", id.ToString());
            if (invoer.Besluit == Knelpunt.Doorzetten)
            {
                await burst.VervolgAsync(besluit ?? throw new Geweigerd("De contactpersonen bemiddelen nog; daarna komt het vanzelf bij de volgende laag."), BesluitAfwachten.Doorgezet, null);
                return;
            }

            if (besluit is not null)
                await burst.VervolgAsync(besluit, BesluitAfwachten.Besloten, null);
            if (bemiddeling is not null)
                await burst.VervolgAsync(bemiddeling, BemiddelingAfwachten.Vervallen, null);
            if (besluit is null && bemiddeling is null)
                throw new Geweigerd("De stroom van deze casus wacht hier niet op.");
        }, ct);
    }

    // On the work floor the team decides; above it whoever leads one of the teams between which it pinches.
    private static async Task<IReadOnlyList<Guid>> LeidinggevendenAsync(Burst burst, Casus casus, Guid id) =>
        casus.Knelpunten.FirstOrDefault(k => k.Id == id) is { Niveau: not Knelpunt.Operationeel } knelpunt
            ? [.. (await burst.BetrokkenTeamsAsync(casus, knelpunt)).Select(t => t.LeidinggevendeId)]
            : [(await burst.TeamAsync()).LeidinggevendeId];

    internal static Task<Ok<KnelpuntAntwoord>> Oplossen(Guid id, KnelpuntOplossing invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct) =>
        Doe(id, actor, db, runner, (_, casus) =>
        {
            casus.KnelpuntOplossen(id, actor, invoer.Gerealiseerd, invoer.MelderVerteld, invoer.GezinVerteld);
            return Task.CompletedTask;
        }, ct);

    internal static async Task<Ok<KnelpuntAntwoord>> Doe(Guid id, Actor actor, RegieDbContext db, CasusRunner runner, Func<Burst, Casus, Task> handeling, CancellationToken ct)
    {
        var knelpunt = await db.Knelpunten.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, ct) ?? throw Geweigerd.NietGevonden("Dit knelpunt");
        await EisToegangAsync(db, knelpunt, actor, ct);
        return TypedResults.Ok(await runner.RunAsync(knelpunt.CasusId, handeling, casus => KnelpuntAntwoord.Van(casus.Knelpunten.Single(k => k.Id == id)), ct));
    }
}

/// <summary>Opent een knelpunt uit een regel, bijvoorbeeld na een geweigerde overdracht, en begint de route ervan.</summary>
internal sealed class KnelpuntMelden : Stap
{
    public override string Titel => "Knelpunt melden";

    public override string Uitleg => "Opent een knelpunt en begint de route ervan. De regie beweegt niet.";

    public override IReadOnlyList<Veld> Invoer { get; } = [new("soort", "Soort", "Waar het knelt.") { IsVerplicht = true, Keuzes = Knelpunt.Soorten }, new("omschrijving", "Omschrijving", "Wat er knelt, in een zin.") { IsVerplicht = true }, new("overdrachtId", "Overdracht", "Het nummer van de overdracht waar het over gaat.")];

    public override IReadOnlyList<string> Uitgangen => [Klaar];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var knelpunt = (await stap.Burst.CasusAsync()).KnelpuntMelden(Guid.CreateVersion7(stap.Nu), null, stap.EisTekst("soort"), stap.EisTekst("omschrijving"), stap.Nu, stap.Id("overdrachtId"));
        await stap.Burst.StartAsync("knelpunt", new JsonObject { ["knelpuntId"] = knelpunt.Id.ToString() });
        return Uitkomst.Klaar;
    }
}

/// <summary>Legt een knelpunt voor en wacht op een uitdrukkelijk besluit.</summary>
internal sealed class BesluitAfwachten : Stap
{
    public const string Besloten = "Besloten";

    /// <summary>Wie aan zet is kan het niet zelf; de volgende laag beslist.</summary>
    public const string Doorgezet = "Doorgezet";

    /// <summary>De bemiddeling kwam eruit; een besluit is niet meer nodig.</summary>
    public const string Afgesproken = "Afgesproken";

    private const string Taak = "Besluiten over een knelpunt";

    public override string Titel => "Besluit over knelpunt afwachten";

    public override string Uitleg => "Legt een knelpunt voor en wacht op een uitdrukkelijk besluit.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("knelpuntId", "Knelpunt"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Knelpunt, Onderwerp.Knelpunt.Begin, Besloten, Onderwerp.Dicht),
        new(Onderwerp.Knelpunt, Onderwerp.Knelpunt.Begin, Doorgezet, Onderwerp.Knelpunt.Begin),
        new(Onderwerp.Knelpunt, Onderwerp.Knelpunt.Begin, Verlopen, Onderwerp.Knelpunt.Begin),
        new(Onderwerp.Knelpunt, Onderwerp.Dicht, Afgesproken, Onderwerp.Dicht),
    ];

    public override IReadOnlyList<string> Uitgangen => [Besloten, Doorgezet, Afgesproken, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var knelpuntId = stap.EisId("knelpuntId");
        var besluitVoor = stap.AansluitendeTermijn() ?? throw new InvalidOperationException("Op een besluit wachten heeft een termijn.");
        var casus = await stap.Burst.CasusAsync();
        casus.KnelpuntVoorleggen(knelpuntId, besluitVoor);
        var knelpunt = casus.Knelpunten.Single(k => k.Id == knelpuntId);
        return knelpunt.Niveau switch
        {
            Knelpunt.Operationeel => stap.Wacht(Taak, Uitgangen, knelpuntId.ToString(), "leidinggevende", verlooptOp: besluitVoor),
            Knelpunt.Tactisch => stap.Wacht(Taak, Uitgangen, knelpuntId.ToString(), "leidinggevende", verlooptOp: besluitVoor, voorIds: [.. (await stap.Burst.BetrokkenTeamsAsync(casus, knelpunt)).Where(t => t.Id != casus.TeamId).Select(t => t.LeidinggevendeId)]),
            _ => stap.Wacht(Taak, Uitgangen, knelpuntId.ToString(), "bestuurder", verlooptOp: besluitVoor),
        };
    }
}

/// <summary>Legt een knelpunt een laag hoger, omdat er niet op tijd is besloten of wie aan zet was het niet zelf kon. De regie beweegt niet.</summary>
internal sealed class KnelpuntOpschalen : Stap
{
    public override string Titel => "Knelpunt een laag hoger leggen";

    public override string Uitleg => "Legt een knelpunt bij managers of bestuurders. Geen antwoord is iets anders dan een weigering. De regie beweegt niet.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("knelpuntId", "Knelpunt"), new("niveau", "Niveau", "Bij wie het knelpunt nu ligt.") { IsVerplicht = true, Keuzes = [Knelpunt.Tactisch, Knelpunt.Strategisch] }];

    public override IReadOnlyList<string> Uitgangen => [Klaar];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        (await stap.Burst.CasusAsync()).KnelpuntOpschalen(stap.EisId("knelpuntId"), stap.EisTekst("niveau"));
        return Uitkomst.Klaar;
    }
}

/// <summary>Een knelpunt.</summary>
/// <param name="Soort">capaciteit, contract, samenwerking, wie, regel of privacy.</param>
/// <param name="Overbrugging">Hoe het gezin intussen wordt geholpen; verplicht bij capaciteit.</param>
/// <param name="AnderTeamId">Met welk team het knelt; zijn contactpersonen bemiddelen mee.</param>
public sealed record KnelpuntInvoer(string? Soort, string? Omschrijving, string? Overbrugging = null, string? AnderTeamId = null);

/// <param name="Besluit">oplossen, weigeren of doorzetten naar de volgende laag.</param>
/// <param name="EigenaarId">Wie ervoor zorgt dat het gebeurt; nodig bij oplossen boven de werkvloer.</param>
/// <param name="UitvoerenVoor">Wanneer het gebeurd moet zijn; nodig bij oplossen boven de werkvloer.</param>
/// <param name="Bedrag">Wat het mag kosten, in hele euro's; nodig als bestuurders oplossen.</param>
public sealed record KnelpuntBesluit(string? Besluit, string? Reden, Guid? EigenaarId = null, DateTimeOffset? UitvoerenVoor = null, int? Bedrag = null);

public sealed record KnelpuntOplossing(bool Gerealiseerd, bool MelderVerteld, bool GezinVerteld);

/// <summary>Een knelpunt en hoe ver het is.</summary>
/// <param name="Status">gemeld, besloten of opgelost.</param>
/// <param name="Besluit">oplossen, weigeren, of afspraak als de bemiddeling eruit kwam.</param>
/// <param name="Niveau">operationeel, tactisch of strategisch.</param>
/// <param name="BemiddelaarIds">De contactpersonen die bemiddelen.</param>
/// <param name="Omschrijving">Alleen als u een knelpunt opvraagt.</param>
/// <param name="EigenaarId">Wie ervoor zorgt dat het besluit wordt uitgevoerd.</param>
/// <param name="Bedrag">Wat het mag kosten, in hele euro's.</param>
/// <param name="Soortgelijk">Hoeveel knelpunten van deze soort er nu zijn in de regio, ook dit; bij minder dan vijf staat dat er zo. Alleen als u een knelpunt opvraagt.</param>
public sealed record KnelpuntAntwoord(Guid Id, Guid CasusId, string Soort, string Niveau, string Status, DateTimeOffset GemeldOp, DateTimeOffset? BesluitVoor, string? Besluit, DateTimeOffset? BeslotenOp, Guid? OverdrachtId, string? Overbrugging, IReadOnlyList<Guid> BemiddelaarIds, DateTimeOffset? BemiddelingVoor, string? Omschrijving = null, Guid? EigenaarId = null, DateTimeOffset? UitvoerenVoor = null, int? Bedrag = null, string? Soortgelijk = null)
{
    internal static KnelpuntAntwoord Van(Knelpunt k) => new(k.Id, k.CasusId, k.Soort, k.Niveau, k.Status, k.GemeldOp, k.BesluitVoor, k.Besluit, k.BeslotenOp, k.OverdrachtId, k.Overbrugging, k.BemiddelaarIds, k.BemiddelingVoor, null, k.EigenaarId, k.UitvoerenVoor, k.Bedrag);
}
