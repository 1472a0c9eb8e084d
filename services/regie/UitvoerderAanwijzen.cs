using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>De GI zegt wie een maatregel uitvoert en wie die vervangt. De regie beweegt niet; er komt hooguit een voorstel.</summary>
internal static class UitvoerderAanwijzen
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/casussen/{id:guid}/uitvoerders", Aanwijzen).Voor(Rol.Gi, Rol.Leidinggevende).WithTags("Kader")
            .WithSummary("Zeg namens de GI wie de maatregel uitvoert en wie die vervangt");

    internal static async Task<Created<UitvoerderAntwoord>> Aanwijzen(Guid id, UitvoerderInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        IReadOnlyList<string> kinderen = [.. invoer.KindRef is null ? [] : new[] { invoer.KindRef }, .. invoer.KindRefs ?? []];
        new Invoer()
            .Eis(kinderen.Count > 0, "/kindRef", "Om welk kind het gaat ontbreekt.")
            .Eis(invoer.UitvoerderId is not null, "/uitvoerderId", "Wie de maatregel uitvoert ontbreekt.")
            .Eis(invoer.VervangerId is not null, "/vervangerId", "Wie de uitvoerder vervangt ontbreekt.")
            .Klaar();
        await Toegang.EisAsync(db, id, actor, ct);
        return await runner.RunAsync(id, async burst =>
        {
            var casus = await burst.CasusMetMaatregelenAsync();
            foreach (var beschikking in casus.UitvoerderAanwijzen(kinderen, actor, invoer.UitvoerderId!.Value, invoer.VervangerId!.Value, burst.Nu))
            {
                if (beschikking.KnelpuntId is { } knelpunt)
                {
                    casus.KnelpuntVanzelfOplossen(knelpunt);
                    await burst.BreekAfOverAsync(knelpunt);
                }

                if (await burst.WachtpuntAsync("NetwerkRegie.UitvoerderAfwachten", beschikking.Id.ToString()) is { } wachtpunt)
                    await burst.VervolgAsync(wachtpunt, UitvoerderAfwachten.Aangewezen, null);
            }

            await burst.LoopUitAsync();
            return TypedResults.Created($"/v1/casussen/{id}", new UitvoerderAntwoord(id, kinderen, actor.Organisatie, invoer.UitvoerderId.Value, invoer.VervangerId.Value, burst.Nu));
        }, ct);
    }
}

/// <summary>Wacht tot de GI heeft gezegd wie de maatregel uitvoert.</summary>
internal sealed class UitvoerderAfwachten : Stap
{
    public const string Aangewezen = "Aangewezen";

    public override string Titel => "Uitvoerder afwachten";

    public override string Uitleg => "Wacht tot de GI heeft gezegd wie de maatregel uitvoert en wie die vervangt. De regie blijft waar zij is.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("uitvoerderVoorId", "Beschikking"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Uitvoerder, Onderwerp.Uitvoerder.Begin, Aangewezen, Onderwerp.Dicht),
        new(Onderwerp.Uitvoerder, Onderwerp.Uitvoerder.Begin, Verlopen, Onderwerp.Uitvoerder.Begin),
    ];

    public override IReadOnlyList<string> Uitgangen => [Aangewezen, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var beschikking = (await stap.Burst.CasusMetMaatregelenAsync()).BeschikkingMet(stap.EisId("uitvoerderVoorId"));
        var leidinggevende = await stap.Burst.Db.Professionals.Where(p => p.Rol == "leidinggevende" && p.Organisatie == beschikking.Organisatie).OrderBy(p => p.Volgorde).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(stap.Burst.Ct);
        return stap.Wacht("Aanwijzen wie de maatregel uitvoert en wie die vervangt", Uitgangen, beschikking.Id.ToString(), leidinggevende is null ? "leidinggevende" : null, leidinggevende);
    }
}

/// <summary>Er is niemand die de maatregel uitvoert: de bewaking hoort het elke keer, en de eerste keer komt er een knelpunt.</summary>
internal sealed class GeenUitvoerderMelden : Stap
{
    public override string Titel => "Geen uitvoerder melden";

    public override string Uitleg => "Laat de bewaking weten dat de GI nog niemand heeft aangewezen, en opent de eerste keer een knelpunt. De regie beweegt niet.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("uitvoerderVoorId", "Beschikking")];

    public override IReadOnlyList<string> Uitgangen => [Klaar];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var casus = await stap.Burst.CasusMetMaatregelenAsync();
        var beschikking = casus.BeschikkingMet(stap.EisId("uitvoerderVoorId"));
        stap.Burst.Meld(new WachtTeLang(casus.Id, stap.Ref.StroomId, stap.Ref.Wachtpunt));
        if (beschikking.KnelpuntId is not null)
            return Uitkomst.Klaar;
        beschikking.KnelpuntId = casus.KnelpuntMelden(Guid.CreateVersion7(stap.Nu), null, "capaciteit", "De GI heeft niemand aangewezen die de maatregel uitvoert.", stap.Nu).Id;
        await stap.Burst.StartAsync("knelpunt", new JsonObject { ["knelpuntId"] = $"{beschikking.KnelpuntId}" });
        return Uitkomst.Klaar;
    }
}

/// <summary>Stelt namens wie de regie houdt voor haar over te dragen aan wie de maatregel uitvoert. Een voorstel verplaatst niets.</summary>
internal sealed class OverdrachtAanUitvoerderVoorstellen : Stap
{
    private const string Voorgesteld = "Voorgesteld";
    private const string NietNodig = "Niet nodig";

    public override string Titel => "Overdracht aan uitvoerder voorstellen";

    public override string Uitleg => "Stelt voor de regie warm over te dragen aan wie de maatregel uitvoert. De regie blijft waar zij is tot het gesprek.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("uitvoerderVoorId", "Beschikking")];

    public override IReadOnlyList<string> Uitgangen => [Voorgesteld, NietNodig, Geweigerd];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var (burst, db) = (stap.Burst, stap.Burst.Db);
        var casus = await burst.CasusMetMaatregelenAsync();
        var uitvoerderId = casus.KinderenOnder(stap.EisId("uitvoerderVoorId")).Select(casus.UitvoerderVan).OfType<Uitvoerder>().First().UitvoerderId;
        if (uitvoerderId == casus.HouderId)
            return new Uitkomst(NietNodig);
        await burst.NiemandVertrektAsync();
        var naar = await db.Professionals.SingleOrDefaultAsync(p => p.Id == uitvoerderId, burst.Ct) ?? throw new Web.Geweigerd("Wie de maatregel uitvoert is in deze regio niet bekend.");
        var overdracht = casus.OverdrachtVoorstellen(Guid.CreateVersion7(stap.Nu), new Actor(casus.HouderId, Rol.Regisseur, ""), naar, await Toegang.HeeftVervangerAsync(db, naar.Id, burst.Ct), await burst.TeamAsync(), "De GI voert de maatregel uit.", stap.Nu);
        await burst.StartAsync("overdracht", new JsonObject { ["overdrachtId"] = overdracht.Id.ToString() });
        return new Uitkomst(Voorgesteld);
    }
}

/// <summary>Wie de maatregel uitvoert.</summary>
/// <param name="KindRef">Het kind; of meer tegelijk in <paramref name="KindRefs"/>.</param>
public sealed record UitvoerderInvoer(string? KindRef, IReadOnlyList<string>? KindRefs, Guid? UitvoerderId, Guid? VervangerId);

/// <summary>Wie de maatregel vanaf nu uitvoert.</summary>
public sealed record UitvoerderAntwoord(Guid CasusId, IReadOnlyList<string> KindRefs, string Organisatie, Guid UitvoerderId, Guid VervangerId, DateTimeOffset Vanaf);
