using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Het kader van een of meer kinderen verandert, met bewijs en waar de wet dat vraagt met een beschikking. De regie beweegt niet.</summary>
internal static class KaderovergangVastleggen
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/casussen/{id:guid}/kaderovergangen", Vastleggen).Voor(Rollen.Beroepskrachten).WithTags("Kader")
            .WithSummary("Leg een wisseling van kader vast, met het bewijs waarop zij berust");

    internal static async Task<Created<KaderovergangAntwoord>> Vastleggen(Guid id, KaderovergangInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, TimeProvider time, CancellationToken ct)
    {
        var kinderen = invoer.Kinderen;
        var eis = new Invoer()
            .Eis(kinderen.Count > 0 && kinderen.All(k => !string.IsNullOrWhiteSpace(k)), "/kindRef", "Om welk kind het gaat ontbreekt.")
            .Eis(Kaders.Alle.Contains(invoer.Naar), "/naar", $"Kies een kader uit {string.Join(", ", Kaders.Alle)}.")
            .EisTekst(invoer.Bron, "/bron", "Waar dit vastligt", 200);
        (invoer.Beschikking?.Toets(eis, time.Nu()) ?? eis).Klaar();
        await Toegang.EisAsync(db, id, actor, ct);

        var antwoord = await runner.RunAsync(id, async burst =>
        {
            var bewijs = invoer.Bewijs ?? [];
            if (bewijs.TryGetValue("rvtConsult", out var rvt) && !(Guid.TryParse(rvt, out var rvtId) && await db.Professionals.AnyAsync(p => p.Id == rvtId && p.Rol == "rvt", ct)))
                new Invoer().Eis(false, "/bewijs/rvtConsult", "Geef het nummer van wie van het RVT meebesliste.").Klaar();
            var overgangen = await VastleggenAsync(burst, actor, kinderen!, invoer.Naar!, bewijs, invoer.Bron!, invoer.Vanaf ?? burst.Nu, invoer.VerzoekDoor, invoer.Beschikking);
            await burst.LoopUitAsync();
            return KaderovergangAntwoord.Bij(overgangen);
        }, ct);
        return TypedResults.Created($"/v1/casussen/{id}/lijnen/kader", antwoord);
    }

    /// <summary>Legt voor elk kind de overgang vast en begint haar stroom; een beschikking voor meer kinderen is er een.</summary>
    internal static async Task<IReadOnlyList<Kaderovergang>> VastleggenAsync(Burst burst, Actor actor, IReadOnlyList<string> kindRefs, string naar, IReadOnlyDictionary<string, string> bewijs, string bron, DateTimeOffset vanaf, string? verzoekDoor, BeschikkingInvoer? beschikking)
    {
        var casus = await burst.CasusMetMaatregelenAsync();
        var uitspraak = beschikking is null ? null : await beschikking.LeesAsync(burst);
        var bewijsJson = JsonSerializer.Serialize(bewijs, JsonSerializerOptions.Web);
        var overgangen = kindRefs.Distinct().Select(kind => casus.KaderovergangVastleggen(Guid.CreateVersion7(burst.Nu), actor, kind, naar, bewijs, bewijsJson, bron, vanaf, burst.Nu, verzoekDoor, uitspraak)).ToList();
        foreach (var overgang in overgangen)
            await burst.StartAsync("kaderovergang", new JsonObject { ["kaderovergangId"] = overgang.Id.ToString() });
        return overgangen;
    }
}

/// <summary>Voert een vastgelegde overgang uit op de kaderlijn van het kind.</summary>
internal sealed class KaderWijzigen : Stap
{
    public override string Titel => "Kader wijzigen";

    public override string Uitleg => "Voert een vastgelegde overgang uit: het kader van het kind, en bij een maatregel ook de bevoegdheid en de schaal. De regie beweegt niet.";

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
        var casus = await stap.Burst.CasusMetMaatregelenAsync();
        var overgangId = stap.EisId("kaderovergangId");
        await Maatregelen.VolgAsync(stap.Burst, casus, casus.KaderWijzigen(overgangId, stap.Nu));
        var overgang = casus.Kaderovergangen.Single(o => o.Id == overgangId);
        if (overgang.BeschikkingId is not null)
            foreach (var onderzoek in casus.RaadsonderzoekAfronden(overgang.KindRef, stap.Nu))
                if (await stap.Burst.WachtpuntAsync("NetwerkRegie.BesluitVanRechterAfwachten", onderzoek.VtoId.ToString()) is { } wachtpunt)
                    await stap.Burst.VervolgAsync(wachtpunt, BesluitVanRechterAfwachten.Besloten, null);
        return Uitkomst.Klaar;
    }
}

/// <summary>Een wisseling van kader.</summary>
/// <param name="KindRef">Het kind, met de verwijzing uit de casus.</param>
/// <param name="Naar">Het nieuwe kader.</param>
/// <param name="Bewijs">De bewijsstukken op naam; welke nodig zijn hangt af van de overgang.</param>
/// <param name="Bron">Waar dit vastligt, bijvoorbeeld een gespreksverslag.</param>
/// <param name="Vanaf">Wanneer het inging; leeg is nu.</param>
/// <param name="KindRefs">Meer kinderen tegelijk, in plaats van of naast <paramref name="KindRef"/>.</param>
/// <param name="VerzoekDoor">Wie erom vroeg, bijvoorbeeld raad-voor-de-kinderbescherming; zonder rechter mag dit weg.</param>
/// <param name="Beschikking">Het besluit van de rechter; verplicht voor en na een gedwongen kader.</param>
public sealed record KaderovergangInvoer(string? KindRef, string? Naar, Dictionary<string, string>? Bewijs, string? Bron, DateTimeOffset? Vanaf, IReadOnlyList<string>? KindRefs = null, string? VerzoekDoor = null, BeschikkingInvoer? Beschikking = null)
{
    internal IReadOnlyList<string?> Kinderen => [.. KindRef is null ? [] : new[] { KindRef }, .. KindRefs ?? []];
}

/// <summary>Wat er in een beschikking staat.</summary>
/// <param name="Nummer">Het nummer van de rechtbank.</param>
/// <param name="Datum">De dag van de beschikking.</param>
/// <param name="Einddatum">De eerste dag waarop zij niet meer geldt.</param>
/// <param name="Gi">De gecertificeerde instelling die de maatregel uitvoert.</param>
/// <param name="IsSpoed">Gegeven zonder het gezin te horen.</param>
public sealed record BeschikkingInvoer(string? Nummer, DateOnly? Datum, DateOnly? Einddatum, string? Gi, bool? IsSpoed = null)
{
    internal Invoer Toets(Invoer eis, DateTimeOffset nu) => eis
        .EisTekst(Nummer, "/beschikking/nummer", "Het nummer van de beschikking", 100)
        .Eis(Datum is not null, "/beschikking/datum", "De datum van de beschikking ontbreekt.")
        .Eis(!(Datum > NederlandseKalender.DatumVan(nu)), "/beschikking/datum", "De datum van de beschikking ligt in de toekomst.");

    /// <summary>Wie de GI bij haar naam of bij die van haar team noemt, bedoelt dezelfde organisatie.</summary>
    internal async Task<Uitspraak> LeesAsync(Burst burst)
    {
        var organisatie = Gi is null ? null : await burst.Db.Professionals.Where(p => p.Rol == "gi" && (p.Organisatie == Gi || p.TeamId == Gi)).Select(p => p.Organisatie).FirstOrDefaultAsync(burst.Ct);
        return new(Guid.CreateVersion7(burst.Nu), Nummer!, Datum!.Value, Einddatum, organisatie, IsSpoed == true, burst.Termijnen);
    }
}

/// <summary>Een vastgelegde wisseling van kader.</summary>
/// <param name="BeschikkingId">De beschikking waarop zij berust.</param>
/// <param name="Overgangen">Elk kind apart, als het er meer zijn.</param>
public sealed record KaderovergangAntwoord(Guid Id, Guid CasusId, string KindRef, string Van, string Naar, DateTimeOffset Vanaf, Guid? BeschikkingId = null, IReadOnlyList<KaderovergangAntwoord>? Overgangen = null)
{
    internal static KaderovergangAntwoord Bij(IReadOnlyList<Kaderovergang> overgangen)
    {
        var alle = overgangen.Select(o => new KaderovergangAntwoord(o.Id, o.CasusId, o.KindRef, o.Van, o.Naar, o.Vanaf, o.BeschikkingId)).ToList();
        return alle.Count == 1 ? alle[0] : alle[0] with { Overgangen = alle };
    }
}
