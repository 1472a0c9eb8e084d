using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Van vrijwillig naar drang en terug. Het kader van een kind verandert; de regie beweegt niet.</summary>
internal static class KaderovergangVastleggen
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/casussen/{id:guid}/kaderovergangen", Vastleggen).Voor(Rollen.Beroepskrachten).WithTags("Kader")
            .WithSummary("Leg een wisseling van kader vast, met het bewijs waarop zij berust");

    internal static async Task<Created<KaderovergangAntwoord>> Vastleggen(Guid id, KaderovergangInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .EisTekst(invoer.KindRef, "/kindRef", "Om welk kind het gaat", 100)
            .Eis(Kaders.Alle.Contains(invoer.Naar), "/naar", $"Kies een kader uit {string.Join(", ", Kaders.Alle)}.")
            .EisTekst(invoer.Bron, "/bron", "Waar dit vastligt", 200)
            .Klaar();
        await Toegang.EisAsync(db, id, actor, ct);

        var antwoord = await runner.RunAsync(id, async burst =>
        {
            var casus = await burst.CasusAsync();
            var bewijs = invoer.Bewijs ?? [];
            if (bewijs.TryGetValue("rvtConsult", out var rvt) && !(Guid.TryParse(rvt, out var rvtId) && await db.Professionals.AnyAsync(p => p.Id == rvtId && p.Rol == "rvt", ct)))
                new Invoer().Eis(false, "/bewijs/rvtConsult", "Geef het nummer van wie van het RVT meebesliste.").Klaar();
            var overgang = casus.KaderovergangVastleggen(Guid.CreateVersion7(burst.Nu), actor, invoer.KindRef!, invoer.Naar!, bewijs, JsonSerializer.Serialize(bewijs, JsonSerializerOptions.Web), invoer.Bron!, invoer.Vanaf ?? burst.Nu, burst.Nu);
            await burst.StartAsync("kaderovergang", new JsonObject { ["kaderovergangId"] = overgang.Id.ToString() });
            await burst.LoopUitAsync();
            return new KaderovergangAntwoord(overgang.Id, id, overgang.KindRef, overgang.Van, overgang.Naar, overgang.Vanaf);
        }, ct);
        return TypedResults.Created($"/v1/casussen/{id}/lijnen/kader", antwoord);
    }
}

/// <summary>Voert een vastgelegde overgang uit op de kaderlijn van het kind.</summary>
internal sealed class KaderWijzigen : Stap
{
    public override string Titel => "Kader wijzigen";

    public override string Uitleg => "Voert een vastgelegde overgang uit op de kaderlijn van het kind. De regie beweegt niet.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("kaderovergangId", "Kaderovergang")];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Kaderovergang, Onderwerp.Kaderovergang.Begin, Klaar, Onderwerp.Dicht),
        new(Onderwerp.Kaderovergang, Onderwerp.Kaderovergang.Begin, Geweigerd, Onderwerp.Dicht),
    ];

    public override string Verlegt => Lijnen.Kader;

    public override IReadOnlyList<string> Uitgangen => [Klaar, Geweigerd];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        (await stap.Burst.CasusAsync()).KaderWijzigen(stap.EisId("kaderovergangId"), stap.Nu);
        return Uitkomst.Klaar;
    }
}

/// <summary>Een wisseling van kader.</summary>
/// <param name="KindRef">Het kind, met de verwijzing uit de casus.</param>
/// <param name="Naar">Het nieuwe kader.</param>
/// <param name="Bewijs">De bewijsstukken op naam; welke nodig zijn hangt af van de overgang.</param>
/// <param name="Bron">Waar dit vastligt, bijvoorbeeld een gespreksverslag.</param>
/// <param name="Vanaf">Wanneer het inging; leeg is nu.</param>
public sealed record KaderovergangInvoer(string? KindRef, string? Naar, Dictionary<string, string>? Bewijs, string? Bron, DateTimeOffset? Vanaf);

public sealed record KaderovergangAntwoord(Guid Id, Guid CasusId, string KindRef, string Van, string Naar, DateTimeOffset Vanaf);
