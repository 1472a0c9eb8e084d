using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Samen afsluiten: ieder aan tafel zegt of het klaar is, en dan sluit wie de regie houdt de casus.</summary>
internal static class Afsluiten
{
    // For a family that has no seat yet: no casus closes without it.
    private const string Gezin = "gezin";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/casussen/{id:guid}/klaarverklaringen", Klaarverklaringen).Voor(Rollen.Beroepskrachten).WithTags("Afsluiten")
            .WithSummary("Wie er aan tafel zit, en of die vindt dat het klaar is");
        routes.MapPost("/v1/casussen/{id:guid}/klaarverklaringen", Verklaren).Voor([.. Rollen.Beroepskrachten, Rol.Gezin]).WithTags("Afsluiten")
            .WithSummary("Zeg of het klaar is, voor uw stoel; de regisseur legt vast wat iemand zonder toegang zegt");
        routes.MapPost("/v1/casussen/{id:guid}/afsluiting", Sluiten).Voor(Rollen.Beroepskrachten).WithTags("Afsluiten")
            .WithSummary("Sluit de casus, als ieder het klaar vindt");
    }

    private static async Task<Ok<Lijst<KlaarAntwoord>>> Klaarverklaringen(Guid id, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        await Toegang.EisAsync(db, id, actor, ct);
        return TypedResults.Ok(new Lijst<KlaarAntwoord>([.. (await StoelenAsync(db, id, ct)).Select(KlaarAntwoord.Van)]));
    }

    internal static async Task<Ok<KlaarAntwoord>> Verklaren(Guid id, KlaarInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .EisTekst(invoer.Stoel, "/stoel", "Voor welke stoel u spreekt", 100)
            .Eis(Klaarverklaring.Oordelen.Contains(invoer.Oordeel), "/oordeel", $"Kies een oordeel uit {string.Join(", ", Klaarverklaring.Oordelen)}.")
            .Eis(invoer.Oordeel == Klaarverklaring.Klaar || !string.IsNullOrWhiteSpace(invoer.Toelichting), "/toelichting", "Vermeld waarom niet.")
            .Eis(invoer.Toelichting is null or { Length: <= 2000 }, "/toelichting", "De toelichting is langer dan 2000 tekens.")
            .Klaar();
        await Toegang.EisAanTafelAsync(db, id, actor, ct);

        return TypedResults.Ok(await runner.RunAsync(id, async burst =>
        {
            var stoel = (await StoelenAsync(db, id, ct)).SingleOrDefault(s => s.Stoel == invoer.Stoel) ?? throw new Geweigerd("Deze stoel is er niet in het kernteam.");
            (await burst.CasusAsync()).EisMagVerklaren(actor, stoel);
            stoel.Geef(invoer.Oordeel!, invoer.Toelichting, actor.Id, burst.Nu);
            return KlaarAntwoord.Van(stoel);
        }, ct));
    }

    internal static async Task<Created<AfsluitingAntwoord>> Sluiten(Guid id, AfsluitingInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, TimeProvider time, CancellationToken ct)
    {
        new Invoer()
            .EisTekst(invoer.Nazorg, "/nazorg", "De nazorg die is afgesproken")
            .Eis(invoer.NazorgTot > time.Nu(), "/nazorgTot", "Vermeld tot welk moment in de toekomst de nazorg duurt.")
            .EisTekst(invoer.Terugkomweg, "/terugkomweg", "Hoe het gezin terug kan komen")
            .Eis(invoer.GezinGeinformeerd == true, "/gezinGeinformeerd", "Vertel het gezin eerst hoe lang het dossier bewaard blijft, hoe inzage gaat en hoe het terug kan komen.")
            .Eis(invoer.RedenZonderRvt is null or { Length: <= 2000 }, "/redenZonderRvt", "De reden is langer dan 2000 tekens.")
            .Klaar();
        await Toegang.EisAsync(db, id, actor, ct);

        var antwoord = await runner.RunAsync(id, async burst =>
        {
            var casus = await burst.CasusAsync();
            if (!casus.IsOpen)
                throw new Geweigerd("Deze casus is al afgesloten.");
            await db.LaadAsync(casus, c => c.Noodoverdrachten, ct);
            await db.LaadAsync(casus, c => c.Baanperioden, ct);
            await db.MaatregelenLadenAsync(casus, ct);
            var afsluiting = new Afsluiting
            {
                Id = Guid.CreateVersion7(burst.Nu),
                CasusId = id,
                DoorId = actor.Id,
                Op = casus.EindeOp(burst.Nu),
                Nazorg = invoer.Nazorg!,
                NazorgTot = invoer.NazorgTot!.Value,
                Terugkomweg = invoer.Terugkomweg!,
                RedenZonderRvt = string.IsNullOrWhiteSpace(invoer.RedenZonderRvt) ? null : invoer.RedenZonderRvt,
            };
            casus.Afsluiten(actor, afsluiting, await KlaarheidAsync(db, id, ct), burst.Nu);
            db.Afsluitingen.Add(afsluiting);
            foreach (var stroom in await db.Stromen.Where(s => s.CasusId == id && s.AfgerondOp == null).Select(s => s.Id).ToListAsync(ct))
                await burst.BreekAfAsync(stroom);
            return new AfsluitingAntwoord(id, afsluiting.Op, afsluiting.NazorgTot);
        }, ct);
        return TypedResults.Created($"/v1/casussen/{id}", antwoord);
    }

    private static async Task<Klaarheid> KlaarheidAsync(RegieDbContext db, Guid casusId, CancellationToken ct) => new(
        await StoelenAsync(db, casusId, ct),
        await db.Belemmeringen.AsNoTracking().Where(b => b.CasusId == casusId).OrderBy(b => b.OnderwerpId).ToListAsync(ct),
        await db.Kernteamstanden.FindAsync([casusId], ct));

    private static async Task<IReadOnlyList<Klaarverklaring>> StoelenAsync(RegieDbContext db, Guid casusId, CancellationToken ct)
    {
        var stoelen = await db.Klaarverklaringen.Where(k => k.CasusId == casusId).OrderBy(k => k.Stoel).ToListAsync(ct);
        if (stoelen.Count > 0)
            return stoelen;
        var gezin = new Klaarverklaring { CasusId = casusId, Stoel = Gezin };
        db.Klaarverklaringen.Add(gezin);
        return [gezin];
    }
}

public sealed partial class Casus
{
    /// <summary>Voor de eigen stoel, of als regisseur voor wie zelf geen toegang heeft.</summary>
    internal void EisMagVerklaren(Actor actor, Klaarverklaring stoel)
    {
        EisOpen();
        if (actor.Id != stoel.LidId)
            EisHouder(actor, "vastleggen wat een ander vindt");
    }
}

/// <summary>Of het klaar is, voor een stoel.</summary>
/// <param name="Oordeel">klaar, niet-klaar of oneens.</param>
/// <param name="Toelichting">Verplicht bij niet-klaar en oneens.</param>
public sealed record KlaarInvoer(string? Stoel, string? Oordeel, string? Toelichting = null);

/// <summary>Een stoel en wat die vindt; leeg zolang er niets is gezegd.</summary>
public sealed record KlaarAntwoord(string Stoel, string? Oordeel, string? Toelichting, Guid? VastgelegdDoorId, DateTimeOffset? Op)
{
    internal static KlaarAntwoord Van(Klaarverklaring k) => new(k.Stoel, k.Oordeel, k.Toelichting, k.VastgelegdDoorId, k.Op);
}

/// <summary>Het afsluiten van een casus.</summary>
/// <param name="NazorgTot">Tot dan kan het gezin terug zonder nieuwe intake.</param>
/// <param name="GezinGeinformeerd">Het gezin weet hoe lang het dossier bewaard blijft, hoe inzage gaat en hoe het terug kan komen.</param>
/// <param name="RedenZonderRvt">Verplicht als het RVT niet bij het begin en de evaluatie aan het einde was.</param>
public sealed record AfsluitingInvoer(string? Nazorg, DateTimeOffset? NazorgTot, string? Terugkomweg, bool? GezinGeinformeerd, string? RedenZonderRvt = null);

/// <summary>Wanneer de casus eindigde, en tot wanneer zij zonder intake weer open kan.</summary>
public sealed record AfsluitingAntwoord(Guid CasusId, DateTimeOffset Op, DateTimeOffset NazorgTot);
