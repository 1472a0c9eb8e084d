using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Bemiddelen bij een knelpunt. Een afspraak geldt als besluit; zolang die er niet is, kan er ook boven hen besloten worden.</summary>
internal static class KnelpuntBemiddelen
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/knelpunten/{id:guid}/bemiddeling", Afspreken).Voor(Rollen.Beroepskrachten).WithTags("Knelpunten")
            .WithSummary("Leg de afspraak vast die de bemiddeling opleverde; de regie beweegt niet");

    internal static Task<Ok<KnelpuntAntwoord>> Afspreken(Guid id, KnelpuntAfspraak invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Afspraak, "/afspraak", "De afspraak").Klaar();
        return Knelpuntroute.Doe(id, actor, db, runner, async (burst, casus) =>
        {
            casus.KnelpuntAfspreken(id, actor, invoer.Afspraak!, burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.BemiddelingAfwachten", id, BemiddelingAfwachten.Afspraak);
            if (await burst.WachtpuntAsync("NetwerkRegie.BesluitAfwachten", id.ToString()) is { } besluit)
                await burst.VervolgAsync(besluit, BesluitAfwachten.Afgesproken, null);
        }, ct);
    }
}

/// <summary>Of dit knelpunt eerst om bemiddeling vraagt.</summary>
internal sealed class BemiddelingKiezen : Stap
{
    public const string Nodig = "Nodig";
    public const string NietNodig = "NietNodig";

    public override string Titel => "Bemiddeling nodig?";

    public override string Uitleg => "Gaat het knelpunt over samenwerken of over wie de regie houdt, dan wordt er bemiddeld.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("knelpuntId", "Knelpunt")];

    public override IReadOnlyList<string> Uitgangen => [Nodig, NietNodig];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var knelpuntId = stap.EisId("knelpuntId");
        return new((await stap.Burst.CasusAsync()).Knelpunten.Single(k => k.Id == knelpuntId).VraagtBemiddeling ? Nodig : NietNodig);
    }
}

/// <summary>Vraagt de contactpersonen van de betrokken teams te bemiddelen, en wacht op hun afspraak.</summary>
internal sealed class BemiddelingAfwachten : Stap
{
    public const string Afspraak = "Afspraak";

    /// <summary>Er is intussen besloten.</summary>
    public const string Vervallen = "Vervallen";

    public override string Titel => "Bemiddeling afwachten";

    public override string Uitleg => "Vraagt de contactpersonen van de betrokken teams te bemiddelen, en wacht op hun afspraak.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("knelpuntId", "Knelpunt"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Knelpunt, Onderwerp.Knelpunt.Begin, Afspraak, Onderwerp.Dicht),
        new(Onderwerp.Knelpunt, Onderwerp.Knelpunt.Begin, Verlopen, Onderwerp.Knelpunt.Begin),
        new(Onderwerp.Knelpunt, Onderwerp.Dicht, Vervallen, Onderwerp.Dicht),
    ];

    public override IReadOnlyList<string> Uitgangen => [Afspraak, Vervallen, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var (casus, knelpuntId) = (await stap.Burst.CasusAsync(), stap.EisId("knelpuntId"));
        var voor = stap.AansluitendeTermijn() ?? throw new InvalidOperationException("Bemiddelen heeft een termijn.");
        var knelpunt = casus.Knelpunten.Single(k => k.Id == knelpuntId);
        IReadOnlyList<Guid> bemiddelaars = [.. (await stap.Burst.BetrokkenTeamsAsync(casus, knelpunt)).SelectMany(t => t.Bemiddelaars).Distinct()];
        casus.BemiddelingBeginnen(knelpuntId, bemiddelaars, voor);
        return stap.Wacht("Bemiddelen bij een knelpunt", Uitgangen, knelpuntId.ToString(), "contactpersoon", verlooptOp: voor, voorIds: bemiddelaars);
    }
}

/// <param name="Afspraak">Wat er is afgesproken.</param>
public sealed record KnelpuntAfspraak(string? Afspraak);
