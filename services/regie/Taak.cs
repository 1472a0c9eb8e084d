using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Vraagt een mens iets te doen en wacht op de uitkomst. Wie <c>regisseur</c> invult, bedoelt wie op dat moment de regie houdt:
/// de taak gaat mee als de regie overgaat.
/// </summary>
internal sealed class Taak : Stap
{
    public override string Titel => "Taak";

    public override string Uitleg => "Vraagt iemand iets te doen en wacht op de uitkomst.";

    public override IReadOnlyList<Veld> Invoer { get; } =
    [
        new("titel", "Titel", "Wat er moet gebeuren, zoals het in de werklijst komt.") { IsVerplicht = true },
        new("voor", "Voor", "De rol van wie het doet; de taak gaat mee als die rol naar een ander gaat.") { IsVerplicht = true, Keuzes = ["regisseur", "rvt", "leidinggevende"] },
        new("voorId", "Voor een persoon", "Het nummer van een bepaalde persoon, in plaats van een rol."),
        new("uitkomsten", "Uitkomsten", "Waaruit diegene kiest; elke uitkomst is een uitgang.", VeldSoort.Lijst) { IsVerplicht = true },
        new("sleutel", "Onderwerp", "Het nummer van waar de taak over gaat."),
        new("op", "Uiterlijk op", "Een tijdstip dat voor de termijn gaat.", VeldSoort.Moment),
        Veld.Termijn,
        Veld.Vlottrekker,
    ];

    public override IReadOnlyList<Veld> Uitvoer { get; } = [new("doorId", "Gedaan door", "Wie de uitkomst gaf.")];

    public override IReadOnlyList<string> Uitgangen => [Verlopen];

    public override IReadOnlyList<string> UitgangenBij(JsonObject invoer) => [.. invoer["uitkomsten"] is JsonArray lijst ? lijst.Select(u => $"{u}") : ["Gedaan"], Verlopen];

    public override Task<Uitkomst> Begin(StapContext stap)
    {
        return Task.FromResult(stap.Wacht(stap.EisTekst("titel"), UitgangenBij(stap.Invoer), stap.Tekst("sleutel"), stap.Tekst("voor"), stap.Id("voorId"), stap.Moment("op")));
    }
}

/// <summary>De eigen taken zien, en zeggen hoe een taak afliep.</summary>
internal static class Taken
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/taken", Tonen).Voor([.. Rollen.Beroepskrachten, Rol.Bestuurder]).WithTags("Taken")
            .WithSummary("Uw openstaande taken, wat het eerst moet bovenaan");
        routes.MapPost("/v1/taken/{id:guid}/uitkomst", Afronden).Voor(Rollen.Beroepskrachten).WithTags("Taken")
            .WithSummary("Zeg hoe een taak afliep");
    }

    /// <summary>De open taken van een actor: op naam, of in een rol die deze nu vervult.</summary>
    internal static IQueryable<Wachtpunt> Van(RegieDbContext db, Actor actor)
    {
        var ik = actor.Id.ToString();
        var (isRvt, isBestuurder) = (actor.Rol == Rol.Rvt, actor.Rol == Rol.Bestuurder);
        return db.Wachtpunten.Where(w => w.AfgehandeldOp == null && (
            w.VoorId == actor.Id
            || (w.VoorIds != null && w.VoorIds.Contains(ik))
            || (w.VoorRol == "regisseur" && db.Perioden.Any(p => p.CasusId == w.CasusId && p.Lijn == Lijnen.Regie && p.IsOpen && p.Waarde == ik))
            || (w.VoorRol == "rvt" && isRvt)
            || (w.VoorRol == "bestuurder" && isBestuurder)
            || (w.VoorRol == "leidinggevende" && db.Casussen.Any(c => c.Id == w.CasusId && db.Teams.Any(t => t.Id == c.TeamId && t.LeidinggevendeId == actor.Id)))));
    }

    private static async Task<Ok<Lijst<TaakAntwoord>>> Tonen(Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var taken = await Van(db, actor).AsNoTracking().OrderBy(w => w.VerlooptOp ?? DateTimeOffset.MaxValue).ThenBy(w => w.Id).ToListAsync(ct);
        var kinderen = await KinderenAsync(db, [.. taken.Select(t => Guid.TryParse(t.Sleutel, out var id) ? id : Guid.Empty).Distinct()], ct);
        return TypedResults.Ok(new Lijst<TaakAntwoord>([.. taken.Select(t => TaakAntwoord.Van(t, [.. kinderen[t.Sleutel ?? ""]]))]));
    }

    /// <summary>De kinderen van een kaderovergang, en de kinderen met een maatregel op grond van een beschikking.</summary>
    private static async Task<ILookup<string, string>> KinderenAsync(RegieDbContext db, IReadOnlyList<Guid> onderwerpen, CancellationToken ct)
    {
        var overgangen = await db.Set<Kaderovergang>().Where(k => onderwerpen.Contains(k.Id)).Select(k => new { k.Id, Kind = k.KindRef }).ToListAsync(ct);
        var beschikkingen = await db.Set<Kind>().Where(k => k.BeschikkingId != null && onderwerpen.Contains(k.BeschikkingId.Value)).Select(k => new { Id = k.BeschikkingId!.Value, Kind = k.Ref }).ToListAsync(ct);
        return overgangen.Concat(beschikkingen).OrderBy(k => k.Kind, StringComparer.Ordinal).ToLookup(k => k.Id.ToString(), k => k.Kind);
    }

    internal static async Task<Ok<TaakAntwoord>> Afronden(Guid id, TaakUitkomst invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        var casusId = await db.Wachtpunten.Where(w => w.Id == id).Select(w => (Guid?)w.CasusId).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze taak");
        return TypedResults.Ok(await runner.RunAsync(casusId, async burst =>
        {
            var taak = await Van(burst.Db, actor).SingleOrDefaultAsync(w => w.Id == id, ct) ?? await WaaromNiet(burst.Db, id, actor, ct);
            if (taak.Stap != "NetwerkRegie.Taak")
                throw new Geweigerd("Deze taak rondt u af door de handeling zelf vast te leggen, bijvoorbeeld het antwoord op de overdracht.");
            var keuzes = taak.Uitgangen.Where(u => u != Stap.Verlopen).ToList();
            new Invoer().Eis(keuzes.Contains(invoer.Uitkomst ?? ""), "/uitkomst", $"Kies een uitkomst uit {string.Join(", ", keuzes)}.").Klaar();
            await burst.VervolgAsync(taak, invoer.Uitkomst!, new JsonObject { ["doorId"] = actor.Id.ToString() });
            return TaakAntwoord.Van(taak, []);
        }, ct));
    }

    private static async Task<Wachtpunt> WaaromNiet(RegieDbContext db, Guid id, Actor actor, CancellationToken ct)
    {
        var taak = await db.Wachtpunten.SingleAsync(w => w.Id == id, ct);
        throw taak.IsOpen || taak.Uitgang is null
            ? Geweigerd.NietGevonden("Deze taak")
            : new Geweigerd(taak.Uitgang == Stap.Verlopen ? "Deze taak is verlopen; er is een vervolg uitgezet." : "Deze taak is al afgerond.");
    }
}

/// <summary>Hoe een taak afliep.</summary>
/// <param name="Uitkomst">Een van de uitkomsten die bij de taak staan.</param>
public sealed record TaakUitkomst(string? Uitkomst);

/// <summary>Een taak.</summary>
/// <param name="Soort">Taak als u de uitkomst kiest; anders de handeling waarmee zij klaar is, bijvoorbeeld AntwoordAfwachten.</param>
/// <param name="Onderwerp">Het nummer van waar de taak over gaat, bijvoorbeeld een overdracht.</param>
/// <param name="Sinds">Sinds wanneer erop wordt gewacht.</param>
/// <param name="VerlooptOp">Wanneer het wachten te lang duurt.</param>
/// <param name="Vlottrekker">Wie dan kan helpen.</param>
/// <param name="KindRefs">De kinderen om wie het gaat, als dat niet allen zijn.</param>
public sealed record TaakAntwoord(Guid Id, Guid CasusId, string Soort, string Titel, string? Onderwerp, IReadOnlyList<string> Uitkomsten, DateTimeOffset Sinds, DateTimeOffset? VerlooptOp, string? Vlottrekker, string? Uitkomst, IReadOnlyList<string> KindRefs)
{
    internal static TaakAntwoord Van(Wachtpunt w, IReadOnlyList<string> kindRefs) => new(w.Id, w.CasusId, w.Stap[(w.Stap.LastIndexOf('.') + 1)..], w.Titel, w.Sleutel, [.. w.Uitgangen.Where(u => u != Stap.Verlopen)], w.Sinds, w.VerlooptOp, w.Vlottrekker, w.Uitgang, kindRefs);
}
