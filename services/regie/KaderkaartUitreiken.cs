using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>De kaderkaart van een kind lezen, en vastleggen dat het gezin haar heeft gehoord.</summary>
internal static class KaderkaartUitreiken
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/casussen/{id:guid}/kinderen/{kindRef}/kaderkaart", Tonen).Voor(Rollen.Beroepskrachten).WithTags("Kader")
            .WithSummary("De kaderkaart van een kind: negen dingen die het gezin moet weten, in gewone taal");
        routes.MapPost("/v1/casussen/{id:guid}/kinderen/{kindRef}/kaderkaart/uitreikingen", Uitreiken).Voor(Rollen.Beroepskrachten).WithTags("Kader")
            .WithSummary("Leg vast dat de kaart aan het gezin is uitgelegd en gegeven, en wat het gezin ervan vond");
    }

    private static async Task<Ok<KaderkaartAntwoord>> Tonen(Guid id, string kindRef, Actor actor, RegieDbContext db, Termijnboek termijnen, CancellationToken ct)
    {
        await Toegang.EisAsync(db, id, actor, ct);
        var casus = (await db.CasusMetAllesAsync(id, ct))!;
        await db.MaatregelenLadenAsync(casus, ct);
        var kind = casus.Kinderen.SingleOrDefault(k => k.Ref == kindRef) ?? throw Geweigerd.NietGevonden("Dit kind");
        if (!casus.IsOpen)
            throw new Geweigerd("Deze casus is afgesloten; er is geen kader meer om uit te leggen.");

        var kader = casus.Lopend(Lijnen.Kader, kindRef);
        var namens = casus.Regie.PrincipaalId ?? casus.HouderId;
        var waarnemerId = await db.Vervangers.Where(v => v.ProfessionalId == namens && v.VervangerId != casus.HouderId).OrderBy(v => v.Volgorde).Select(v => (Guid?)v.VervangerId).FirstOrDefaultAsync(ct);
        Guid?[] mensen = [casus.HouderId, waarnemerId, casus.UitvoerderVan(kindRef)?.UitvoerderId];
        var namen = await db.Professionals.Where(p => mensen.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Naam, ct);
        string? Naam(Guid? wie) => wie is { } nummer ? namen.GetValueOrDefault(nummer) : null;

        var punten = Kaderkaart.Punten(new(kader.Waarde, casus.PlaatsingVan(kindRef)?.Waarde ?? Plaatsingen.Thuis, NederlandseKalender.DatumVan(kader.Vanaf),
            casus.Raadsonderzoeken.Any(r => r.AfgerondOp is null && r.KindRefs.Contains(kindRef)), casus.LopendeBeschikking(kind), Naam(mensen[0]) ?? "nog niet bekend", Naam(mensen[1]), Naam(mensen[2])), termijnen);
        var uitreikingen = await db.Kaartuitreikingen.AsNoTracking().Where(u => u.CasusId == id && u.KindRef == kindRef).OrderBy(u => u.VastgelegdOp).ToListAsync(ct);
        var overgangen = casus.Kaderovergangen.Where(k => k.KindRef == kindRef).Select(k => k.Id).ToList();
        var uitstellen = await db.Kaartuitstellen.AsNoTracking().Where(u => overgangen.Contains(u.KaderovergangId)).OrderBy(u => u.GevraagdOp).ToListAsync(ct);
        return TypedResults.Ok(new KaderkaartAntwoord(id, kindRef, kader.Waarde, Kaders.IsGedwongen(kader.Waarde), punten, [.. uitreikingen.Select(UitreikingAntwoord.Van)], [.. uitstellen.Select(UitstelAntwoord.Van)]));
    }

    internal static async Task<Created<UitreikingAntwoord>> Uitreiken(Guid id, string kindRef, UitreikingInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .EisTekst(invoer.Hoe, "/hoe", "Hoe het is verteld", 200)
            .Eis(invoer.IsAfgetekend is not null, "/isAfgetekend", "Of het gezin de kaart aannam ontbreekt.")
            .Eis(invoer.Reactie is null || invoer.Reactie.Length <= 2000, "/reactie", "De reactie is langer dan 2000 tekens.")
            .Klaar();
        await Toegang.EisAsync(db, id, actor, ct);
        return await runner.RunAsync(id, async burst =>
        {
            // The same told twice at one moment is a form that was sent twice.
            if (invoer.Op is { } op && await db.Kaartuitreikingen.FirstOrDefaultAsync(u => u.CasusId == id && u.KindRef == kindRef && u.DoorId == actor.Id && u.Op == op && u.Hoe == invoer.Hoe && u.IsAfgetekend == invoer.IsAfgetekend && u.Reactie == invoer.Reactie, ct) is { } eerste)
                return TypedResults.Created($"/v1/casussen/{id}/kinderen/{kindRef}/kaderkaart", UitreikingAntwoord.Van(eerste));
            var casus = await burst.CasusMetMaatregelenAsync();
            var uitreiking = casus.KaartUitreiken(Guid.CreateVersion7(burst.Nu), actor, kindRef, invoer.Hoe!, invoer.MetTolk == true, invoer.Reactie, invoer.IsAfgetekend!.Value, invoer.Op ?? burst.Nu, burst.Nu);
            db.Kaartuitreikingen.Add(uitreiking);
            // The card tells what holds now, and so also what an earlier one that was never given would have told.
            foreach (var overgang in casus.Kaderovergangen.Where(o => o.KindRef == kindRef))
                if (await burst.WachtpuntAsync("NetwerkRegie.KaartAfwachten", overgang.Id.ToString()) is { } wachtpunt)
                    await burst.VervolgAsync(wachtpunt, KaartAfwachten.Uitgereikt, null);
            return TypedResults.Created($"/v1/casussen/{id}/kinderen/{kindRef}/kaderkaart", UitreikingAntwoord.Van(uitreiking));
        }, ct);
    }
}

/// <summary>Wacht tot het gezin heeft gehoord in welk kader de hulp nu is.</summary>
internal sealed class KaartAfwachten : Stap
{
    public const string Uitgereikt = "Uitgereikt";

    public override string Titel => "Kaderkaart uitreiken afwachten";

    public override string Uitleg => "Wacht tot de regisseur de kaderkaart met het gezin heeft besproken en gegeven, en dat heeft vastgelegd.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("kaderovergangId", "Kaderovergang"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<string> Uitgangen => [Uitgereikt, Verlopen];

    public override Task<Uitkomst> Begin(StapContext stap) =>
        Task.FromResult(stap.Wacht("De kaderkaart met het gezin bespreken en geven", Uitgangen, stap.EisId("kaderovergangId").ToString(), "regisseur"));

    /// <summary>Werd het vertellen uitgesteld, dan is er vanaf nu voor het gezin iets te lezen.</summary>
    public override async Task Verloop(Burst burst, Wachtpunt wachtpunt)
    {
        var overgangId = Guid.Parse(wachtpunt.Sleutel!);
        if (await burst.Db.Kaartuitstellen.AnyAsync(u => u.KaderovergangId == overgangId && u.AkkoordOp != null, burst.Ct))
            burst.Gebeurd(Gezinsbericht.Stuur(burst.Db, burst.CasusId, burst.Nu));
    }
}

/// <summary>De kaderkaart van een kind.</summary>
/// <param name="IsGedwongen">Of een rechter het kader oplegde; drang is dat niet.</param>
public sealed record KaderkaartAntwoord(Guid CasusId, string KindRef, string Kader, bool IsGedwongen, IReadOnlyList<Kaartpunt> Punten, IReadOnlyList<UitreikingAntwoord> Uitreikingen, IReadOnlyList<UitstelAntwoord> Uitstellen);

/// <summary>Dat de kaart is uitgelegd en gegeven.</summary>
/// <param name="Hoe">Bijvoorbeeld in een gesprek thuis.</param>
/// <param name="IsAfgetekend">Of het gezin haar aannam.</param>
/// <param name="Reactie">Wat het gezin ervan vond.</param>
/// <param name="Op">Wanneer; leeg is nu.</param>
public sealed record UitreikingInvoer(string? Hoe, bool? IsAfgetekend, string? Reactie, bool? MetTolk, DateTimeOffset? Op);

/// <summary>Het bewijs dat de kaart is uitgelegd en gegeven.</summary>
public sealed record UitreikingAntwoord(Guid Id, string KindRef, string Kader, Guid DoorId, string Hoe, bool MetTolk, bool IsAfgetekend, string? Reactie, DateTimeOffset Op)
{
    internal static UitreikingAntwoord Van(Kaartuitreiking u) => new(u.Id, u.KindRef, u.Kader, u.DoorId, u.Hoe, u.MetTolk, u.IsAfgetekend, u.Reactie, u.Op);
}
