using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>De eigen casussen, een casus, en haar lijnen: wat was waar op een dag, en wat wisten we toen.</summary>
internal static class CasusTonen
{
    private const int Bladzijde = 100;

    private static readonly string Verhuisd = Logboek.NaamVan<GemeenteGewijzigd>();

    private static readonly Rol[] Lezers = [.. Rollen.Beroepskrachten, Rol.Toezichthouder, Rol.Gezin];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/casussen", Lijst).Voor(Lezers).WithTags("Casussen").WithSummary("De casussen waar u een actieve relatie mee hebt");
        routes.MapGet("/v1/casussen/{id:guid}", Tonen).Voor(Lezers).Gelezen("de casus").WithTags("Casussen").WithSummary("Een casus: wie houdt de regie, welk kader, welke schaal");
        routes.MapGet("/v1/casussen/{id:guid}/lijnen", AlleLijnen).Voor(Lezers).Gelezen("de lijnen van de casus").WithTags("Casussen")
            .WithSummary("Alle lijnen en banen die u mag zien, in een keer")
            .WithDescription("bekendOp laat zien wat we op dat moment wisten.");
        routes.MapGet("/v1/casussen/{id:guid}/lijnen/{lijn}", Lijn).Voor(Lezers).Gelezen("een lijn van de casus").WithTags("Casussen")
            .WithSummary("Een lijn als aaneengesloten perioden (regie, kader, schaal of bevoegdheid), of een baan ernaast (vast-gezicht of procesregie)")
            .WithDescription("Perioden zijn half open: van tot aan. geldigOp kiest de periode van een moment; bekendOp laat zien wat we op dat moment wisten.");
    }

    private static async Task<Ok<Lijst<CasusKort>>> Lijst(Actor actor, RegieDbContext db, Guid? na, CancellationToken ct)
    {
        var casussen = await (
            from c in (await Toegang.ZichtbaarAsync(db, actor, ct)).Where(c => na == null || c.Id.CompareTo(na.Value) > 0)
            join regie in db.Perioden.Where(p => p.Lijn == Lijnen.Regie) on new { CasusId = c.Id, Volgnr = c.RegieVolgnr } equals new { regie.CasusId, regie.Volgnr }
            orderby c.Id
            select new CasusKort(
                c.Id,
                c.IsOpen ? "open" : "afgesloten",
                Guid.Parse(regie.Waarde),
                db.Perioden.Single(p => p.CasusId == c.Id && p.Lijn == Lijnen.Schaal && p.Volgnr == c.SchaalVolgnr).Waarde,
                c.GeopendOp,
                c.GezinRef,
                regie.Merk,
                regie.PrincipaalId)).Take(Bladzijde + 1).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<CasusKort>([.. casussen.Take(Bladzijde)], casussen.Count > Bladzijde ? $"/v1/casussen?na={casussen[Bladzijde - 1].Id}" : null));
    }

    private static async Task<Results<Ok<CasusAntwoord>, Ok<GezinCasusAntwoord>>> Tonen(Guid id, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        await Toegang.EisAsync(db, id, actor, ct);
        var casus = await db.Casussen.Include(c => c.Kinderen).Include(c => c.Overdrachten).Include(c => c.Baanperioden.Where(b => b.Tot == null)).AsSplitQuery().SingleAsync(c => c.Id == id, ct);
        await db.MaatregelenLadenAsync(casus, ct);
        var perioden = await db.Perioden.AsNoTracking().Where(p => p.CasusId == id).OrderBy(p => p.Volgnr).ToListAsync(ct);
        Periode Laatste(string lijn, string onderdeel = "") => perioden.Last(p => p.Lijn == lijn && p.Onderdeel == onderdeel);

        var regie = Laatste(Lijnen.Regie);
        var houderId = Guid.Parse(regie.Waarde);
        var team = await db.Teams.SingleAsync(t => t.Id == casus.TeamId, ct);
        var namens = regie.PrincipaalId ?? houderId;
        var vervangers = await db.Vervangers.Where(v => v.ProfessionalId == namens).OrderBy(v => v.Volgorde).Select(v => v.VervangerId).ToListAsync(ct);
        var wachtOp = db.Wachtpunten.AsNoTracking().Where(w => w.CasusId == id && w.AfgehandeldOp == null && w.VoorRol != Wachtpunt.VoorKlok);
        if (actor.Rol == Rol.Gezin)
            wachtOp = await CasusVoorGezin.VerteldAsync(db, id, wachtOp, time.Nu(), ct);
        var antwoord = new CasusAntwoord(
            casus.Id,
            casus.IsOpen ? "open" : "afgesloten",
            new RegisseurAntwoord(houderId, await db.Professionals.Where(p => p.Id == houderId).Select(p => p.Naam).SingleOrDefaultAsync(ct), regie.Merk, regie.Vanaf),
            vervangers,
            team.LeidinggevendeId,
            Laatste(Lijnen.Schaal).Waarde,
            casus.IsNazorg,
            [.. casus.Kinderen.OrderBy(k => k.Ref, StringComparer.Ordinal).Select(k => KindAntwoord.Van(casus, k, Laatste(Lijnen.Kader, k.Ref).Waarde, Laatste(Lijnen.Bevoegdheid, k.Ref).Waarde))],
            [.. casus.Overdrachten.OrderBy(o => o.VoorgesteldOp).Select(OverdrachtAntwoord.Van)],
            casus.GeopendOp,
            casus.AfgeslotenOp,
            BaanAntwoord.Van(casus.OpBaan(Banen.VastGezicht)),
            BaanAntwoord.Van(casus.OpBaan(Banen.Procesregie)),
            [.. casus.Overdrachten.Where(o => o.Status == Overdracht.Nazorg).Select(o => new NazorgAntwoord(o.Id, o.NazorgDoorId!.Value, o.NazorgTot!.Value))],
            casus.GezinRef,
            await wachtOp.OrderBy(w => w.Sinds).Select(w => new WachtAntwoord(w.Titel, w.Sinds, w.VerlooptOp, w.Vlottrekker)).ToListAsync(ct),
            await VerhuisdPerAsync(db, casus, ct));
        return actor.Rol == Rol.Gezin ? TypedResults.Ok(await CasusVoorGezin.TonenAsync(db, actor, antwoord, perioden, time.Nu(), ct)) : TypedResults.Ok(antwoord);
    }

    /// <summary>Per wanneer het gezin in een andere gemeente woont, als de regie sindsdien niet is overgedragen.</summary>
    private static async Task<DateOnly?> VerhuisdPerAsync(RegieDbContext db, Casus casus, CancellationToken ct)
    {
        var verhuisd = await db.Logboek.AsNoTracking().Where(g => g.CasusId == casus.Id && g.Type == Verhuisd).OrderByDescending(g => g.Volgnr).FirstOrDefaultAsync(ct);
        return verhuisd is null || casus.Overdrachten.Any(o => o.GesprekVastgelegdOp > verhuisd.Op) ? null : JsonSerializer.Deserialize<GemeenteGewijzigd>(verhuisd.Inhoud, JsonSerializerOptions.Web)!.Per;
    }

    private static async Task<Ok<LijnAntwoord>> Lijn(Guid id, string lijn, DateTimeOffset? geldigOp, DateTimeOffset? bekendOp, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        if (!Lijnen.Alle.Contains(lijn) && lijn != Lijnen.Plaatsing && !Banen.Alle.Contains(lijn))
            throw Geweigerd.NietGevonden("Deze lijn");
        await Toegang.EisAsync(db, id, actor, ct);
        if (!MagZien(actor, lijn))
            throw Geweigerd.GeenRecht("Deze lijn is voor beroepskrachten; de regie en het kader ziet u wel.");
        var perioden = await PeriodenAsync(id, lijn, bekendOp, actor, db, time.Nu(), ct);
        return TypedResults.Ok(new LijnAntwoord([.. perioden.Where(p => geldigOp is null || (p.Vanaf <= geldigOp && (p.Tot is null || geldigOp < p.Tot)))]));
    }

    private static async Task<Ok<LijnenAntwoord>> AlleLijnen(Guid id, DateTimeOffset? bekendOp, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        await Toegang.EisAsync(db, id, actor, ct);
        var lijnen = new Dictionary<string, IReadOnlyList<PeriodeAntwoord>>();
        foreach (var lijn in Lijnen.Alle.Append(Lijnen.Plaatsing).Concat(Banen.Alle).Where(lijn => MagZien(actor, lijn)))
            lijnen[lijn] = await PeriodenAsync(id, lijn, bekendOp, actor, db, time.Nu(), ct);
        return TypedResults.Ok(new LijnenAntwoord(lijnen));
    }

    private static bool MagZien(Actor actor, string lijn) => actor.Rol != Rol.Gezin || CasusVoorGezin.EigenLijnen.Contains(lijn);

    private static async Task<IReadOnlyList<PeriodeAntwoord>> PeriodenAsync(Guid id, string lijn, DateTimeOffset? bekendOp, Actor actor, RegieDbContext db, DateTimeOffset nu, CancellationToken ct)
    {
        if (Banen.Alle.Contains(lijn))
        {
            var banen = await db.Banen.AsNoTracking().Where(b => b.CasusId == id && b.Baan == lijn).OrderBy(b => b.Volgnr).ToListAsync(ct);
            return [.. banen.Select(b => PeriodeAntwoord.Van(b, bekendOp)).OfType<PeriodeAntwoord>()];
        }

        if (lijn == Lijnen.Plaatsing)
            return [.. await PlaatsingAsync(id, bekendOp, db, ct)];

        var perioden = await db.Perioden.AsNoTracking().Where(p => p.CasusId == id && p.Lijn == lijn && p.Merk != Merken.Afgesloten).OrderBy(p => p.Onderdeel).ThenBy(p => p.Volgnr).ToListAsync(ct);
        if (actor.Rol == Rol.Gezin)
        {
            var mijn = await CasusVoorGezin.KinderenVanAsync(db, id, actor, ct);
            var nietVerteld = await KaartUitstellen.NietVerteldAsync(db, id, nu, ct);
            perioden = [.. perioden.Where(p => p.Onderdeel.Length == 0 || (mijn(p.Onderdeel) && !(nietVerteld.TryGetValue(p.Onderdeel, out var sinds) && p.Vanaf >= sinds)))];
        }

        return [.. perioden.Select(p => PeriodeAntwoord.Van(p, bekendOp)).OfType<PeriodeAntwoord>()];
    }

    // A child is at home until it is placed somewhere else.
    private static async Task<IEnumerable<PeriodeAntwoord>> PlaatsingAsync(Guid id, DateTimeOffset? bekendOp, RegieDbContext db, CancellationToken ct)
    {
        var casus = await db.Casussen.AsNoTracking().Include(c => c.Kinderen).SingleAsync(c => c.Id == id, ct);
        var plaatsingen = await db.Plaatsingen.AsNoTracking().Where(p => p.CasusId == id && (bekendOp == null || p.VastgelegdOp <= bekendOp)).OrderBy(p => p.Volgnr).ToListAsync(ct);
        return casus.Kinderen.OrderBy(k => k.Ref, StringComparer.Ordinal).SelectMany(kind =>
        {
            var lijn = plaatsingen.Where(p => p.KindRef == kind.Ref).ToList();
            var thuis = new PeriodeAntwoord(null, Plaatsingen.Thuis, null, null, kind.Ref, casus.GeopendOp, lijn.FirstOrDefault()?.Vanaf ?? casus.AfgeslotenOp, "casus geopend", $"melding {casus.MeldingId}", casus.GeopendOp);
            return lijn.Select(p => new PeriodeAntwoord(null, p.Waarde, null, null, p.KindRef, p.Vanaf, bekendOp < p.EindeVastgelegdOp ? null : p.Tot ?? casus.AfgeslotenOp, p.Grond, p.Bron, p.VastgelegdOp)).Prepend(thuis);
        });
    }
}

/// <summary>Een casus in een lijst.</summary>
/// <param name="Status">open of afgesloten.</param>
/// <param name="GezinRef">Pseudoniem van het gezin bij de bron.</param>
/// <param name="Merk">waarnemend of noodhouder; leeg voor de gewone regisseur.</param>
/// <param name="NamensId">Namens wie een waarnemer de regie houdt.</param>
public sealed record CasusKort(Guid Id, string Status, Guid RegisseurId, string Schaal, DateTimeOffset GeopendOp, string GezinRef, string? Merk, Guid? NamensId);

/// <summary>Een casus: wie houdt de regie, wie neemt waar, welk kader per kind, welke schaal.</summary>
/// <param name="HouderInLaatsteInstantieId">Wie de regie houdt als niemand anders kan.</param>
/// <param name="Procesregie">Leeg als de regisseur haar ook doet.</param>
/// <param name="GezinRef">Pseudoniem van het gezin bij de bron.</param>
/// <param name="WachtOp">Waar de casus nu op wacht.</param>
/// <param name="VerhuisdPer">Per wanneer het gezin in een andere gemeente woont, als de regie sindsdien niet is overgedragen: ga na welke gemeente verantwoordelijk is.</param>
public sealed record CasusAntwoord(Guid Id, string Status, RegisseurAntwoord Regisseur, IReadOnlyList<Guid> VervangerIds, Guid HouderInLaatsteInstantieId, string Schaal, bool IsNazorg, IReadOnlyList<KindAntwoord> Kinderen, IReadOnlyList<OverdrachtAntwoord> Overdrachten, DateTimeOffset GeopendOp, DateTimeOffset? AfgeslotenOp, BaanAntwoord? VastGezicht, BaanAntwoord? Procesregie, IReadOnlyList<NazorgAntwoord> Nazorg, string GezinRef, IReadOnlyList<WachtAntwoord> WachtOp, DateOnly? VerhuisdPer);

/// <summary>Wie na een overdracht bereikbaar blijft, en tot wanneer. Nazorg is geen regie.</summary>
public sealed record NazorgAntwoord(Guid OverdrachtId, Guid PersoonId, DateTimeOffset Tot);

/// <summary>Wie nu de regie houdt.</summary>
/// <param name="Merk">waarnemend of noodhouder; leeg voor de gewone regisseur.</param>
public sealed record RegisseurAntwoord(Guid Id, string? Naam, string? Merk, DateTimeOffset Vanaf);

/// <summary>Een kind, met eigen kader en bevoegdheid.</summary>
/// <param name="IsGedwongen">Of een rechter het kader oplegde; drang is dat niet.</param>
/// <param name="Bevoegdheid">De GI die de macht van de maatregel mag gebruiken, of geen.</param>
/// <param name="Plaatsing">thuis, uhp of gesloten.</param>
/// <param name="KaderTot">De einddatum van de rechter.</param>
/// <param name="UitvoerderId">Wie namens de GI de maatregel uitvoert.</param>
/// <param name="Raadsonderzoek">gevraagd, ontvangen of rapport; leeg als er geen onderzoek loopt.</param>
public sealed record KindAntwoord(string Ref, string Kader, bool IsGedwongen, string Bevoegdheid, string Plaatsing, Guid? BeschikkingId, DateOnly? KaderTot, Guid? UitvoerderId, Guid? UitvoerderVervangerId, string? Raadsonderzoek)
{
    internal static KindAntwoord Van(Casus casus, Kind kind, string kader, string bevoegdheid)
    {
        var uitvoerder = casus.UitvoerderVan(kind.Ref);
        return new(kind.Ref, kader, Kaders.IsGedwongen(kader), bevoegdheid, casus.PlaatsingVan(kind.Ref)?.Waarde ?? Plaatsingen.Thuis, kind.BeschikkingId, casus.LopendeBeschikking(kind)?.Einddatum,
            uitvoerder?.UitvoerderId, uitvoerder?.VervangerId, casus.Raadsonderzoeken.LastOrDefault(r => r.AfgerondOp is null && r.KindRefs.Contains(kind.Ref))?.Status);
    }
}

/// <param name="VerwachtOp">Wanneer het uiterlijk klaar hoort te zijn.</param>
/// <param name="Vlottrekker">Wie kan helpen als het te lang duurt.</param>
public sealed record WachtAntwoord(string Wat, DateTimeOffset Sinds, DateTimeOffset? VerwachtOp, string? Vlottrekker);

/// <summary>Een lijn, als aaneengesloten perioden.</summary>
public sealed record LijnAntwoord(IReadOnlyList<PeriodeAntwoord> Perioden);

/// <summary>De lijnen en banen bij hun naam, elk als aaneengesloten perioden.</summary>
public sealed record LijnenAntwoord(IReadOnlyDictionary<string, IReadOnlyList<PeriodeAntwoord>> Lijnen);

/// <summary>Een periode, half open: van <paramref name="Vanaf"/> tot <paramref name="Tot"/>.</summary>
/// <param name="Houder">Bij regie: het nummer van wie de regie houdt.</param>
/// <param name="Waarde">Bij de andere lijnen.</param>
/// <param name="Merk">waarnemend of noodhouder.</param>
/// <param name="NamensId">Namens wie een waarnemer de regie houdt.</param>
/// <param name="KindRef">Bij kader en bevoegdheid.</param>
/// <param name="Tot">Leeg zolang de periode loopt.</param>
/// <param name="Grond">Waarom de periode begon.</param>
/// <param name="Bron">Waar dat vastligt.</param>
/// <param name="VastgelegdOp">Sinds wanneer het bekend is.</param>
public sealed record PeriodeAntwoord(string? Houder, string? Waarde, string? Merk, Guid? NamensId, string? KindRef, DateTimeOffset Vanaf, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] DateTimeOffset? Tot, string Grond, string Bron, DateTimeOffset VastgelegdOp)
{
    // Een baan wordt vastgelegd op het moment waarop zij begint of eindigt.
    internal static PeriodeAntwoord? Van(Baanperiode b, DateTimeOffset? bekendOp) =>
        bekendOp < b.Vanaf ? null : new(b.PersoonId.ToString(), null, null, null, null, b.Vanaf, bekendOp < b.Tot ? null : b.Tot, b.Reden, "baan naast de regie", b.Vanaf);

    /// <summary>De periode zoals zij op <paramref name="bekendOp"/> bekend was; null als zij dat nog niet was.</summary>
    internal static PeriodeAntwoord? Van(Periode p, DateTimeOffset? bekendOp)
    {
        if (bekendOp < p.VastgelegdOp)
            return null;
        var tot = bekendOp < p.EindeVastgelegdOp ? null : p.Tot;
        var isRegie = p.Lijn == Lijnen.Regie;
        return new(isRegie ? p.Waarde : null, isRegie ? null : p.Waarde, p.Merk, p.PrincipaalId, p.Onderdeel.Length > 0 ? p.Onderdeel : null, p.Vanaf, tot, p.Grond, p.Bron, p.VastgelegdOp);
    }
}
