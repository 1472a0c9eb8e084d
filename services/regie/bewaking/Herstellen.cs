using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Wat er aan een stroom is hersteld, door wie en waarom.</summary>
internal sealed class Herstelling
{
    public required Guid Id { get; init; }
    public required Guid StroomId { get; init; }
    public required Guid CasusId { get; init; }
    public required string Soort { get; init; }

    /// <summary>Wat er is gedaan.</summary>
    public required string Zin { get; init; }
    public required string Reden { get; init; }
    public required Guid DoorId { get; init; }
    public required DateTimeOffset Op { get; init; }
}

/// <summary>
/// Een stroom herstellen. Het voorbeeld en het herstel zijn dezelfde handeling in dezelfde transactie, die bij het voorbeeld niet wordt
/// bewaard: wat het laat zien is echt gebeurd en weer weg. Het kenmerk hoort bij precies die gevolgen; kloppen zij niet meer, dan
/// gebeurt er niets. Wat een afspraak zou breken wordt geweigerd, ook met een goede reden.
/// </summary>
internal static class Herstellen
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var stroom = routes.MapGroup("/v1/bewaking/stromen/{id:guid}").WithTags("Bewaking").Voor(Rol.Toezichthouder);
        stroom.MapPost("/herstelvoorbeelden", Bekijken)
            .WithSummary("Zie wat een herstel zou doen: wat er uitgaat en naar wie, welke termijnen veranderen, wie de regie houdt; er verandert niets");
        stroom.MapPost("/herstellingen", Uitvoeren)
            .WithSummary("Herstel een stroom zoals het voorbeeld liet zien, met een reden");
    }

    private static async Task<Ok<Herstelvoorbeeld>> Bekijken(Guid id, HerstelInvoer invoer, Actor actor, RegieDbContext db, Gereedschap met, CancellationToken ct)
    {
        var casusId = await CasusVanAsync(db, id, ct);
        var (voorbeeld, _) = await InTransactieAsync(casusId, id, invoer, null, null, actor, db, met, ct);
        await met.Runner.MeldAsync(new HerstelvoorbeeldGemaakt(casusId, id), ct);
        return TypedResults.Ok(voorbeeld);
    }

    private static async Task<Created<HerstellingAntwoord>> Uitvoeren(Guid id, HerstellingInvoer invoer, Actor actor, RegieDbContext db, Gereedschap met, CancellationToken ct)
    {
        new Invoer()
            .EisTekst(invoer.Reden, "/reden", "De reden")
            .Eis(!string.IsNullOrEmpty(invoer.Kenmerk), "/kenmerk", "Bekijk eerst het voorbeeld, en geef het kenmerk daarvan mee.")
            .Klaar();
        var (_, herstelling) = await InTransactieAsync(await CasusVanAsync(db, id, ct), id, invoer.Herstel, invoer.Reden, invoer.Kenmerk, actor, db, met, ct);
        var namen = await db.Professionals.AsNoTracking().ToDictionaryAsync(p => p.Id, ct);
        return TypedResults.Created($"/v1/bewaking/stromen/{id}", HerstellingAntwoord.Van(herstelling!, namen));
    }

    private static async Task<Guid> CasusVanAsync(RegieDbContext db, Guid id, CancellationToken ct) =>
        await db.Stromen.Where(s => s.Id == id).Select(s => (Guid?)s.CasusId).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze stroom");

    /// <param name="reden">Leeg voor een voorbeeld; dan blijft er niets van over.</param>
    private static async Task<(Herstelvoorbeeld Voorbeeld, Herstelling? Herstelling)> InTransactieAsync(Guid casusId, Guid id, HerstelInvoer invoer, string? reden, string? kenmerk, Actor actor, RegieDbContext db, Gereedschap met, CancellationToken ct)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var gedaan = await DoeAsync(casusId, id, invoer, reden, actor, db, met, ct);
            if (reden is null)
                return gedaan;
            if (gedaan.Voorbeeld.Kenmerk != kenmerk)
                throw new Geweigerd("Er is sinds het voorbeeld iets veranderd; bekijk het opnieuw.");
            await transaction.CommitAsync(ct);
            return gedaan;
        }
        catch (Geweigerd nee) when (nee.Afspraak is not null)
        {
            await met.Runner.MeldAsync(new InvariantGeweigerd(casusId, nee.Afspraak), ct);
            throw;
        }
    }

    private static async Task<(Herstelvoorbeeld Voorbeeld, Herstelling? Herstelling)> DoeAsync(Guid casusId, Guid id, HerstelInvoer invoer, string? reden, Actor actor, RegieDbContext db, Gereedschap met, CancellationToken ct)
    {
        var namen = await db.Professionals.AsNoTracking().ToDictionaryAsync(p => p.Id, ct);
        Opname? voor = null;
        Herstelling? herstelling = null;
        var zin = "";
        var verstuurt = false;
        await met.Runner.InBurstAsync(casusId, async burst =>
        {
            voor = await Opname.MaakAsync(db, casusId, id, ct);
            if (voor.Stroom.IsKlaar)
                throw new Geweigerd("Deze stroom is klaar; er is niets te herstellen.");
            (zin, verstuurt) = await Herstelsoorten.DoeAsync(burst, voor, invoer, actor, met, namen);
            if (reden is not null)
            {
                herstelling = new Herstelling { Id = Guid.CreateVersion7(burst.Nu), StroomId = id, CasusId = casusId, Soort = invoer.Soort!, Zin = zin, Reden = reden, DoorId = actor.Id, Op = burst.Nu };
                db.Herstellingen.Add(herstelling);
                burst.Meld(new HerstelUitgevoerd(casusId, id, herstelling.Id));
            }

            return true;
        }, ct);
        await db.SaveChangesAsync(ct);
        if (verstuurt)
            await db.Stromen.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.HerstelOp, met.Time.Nu()), ct);
        await Standen.HerberekenAsync(db, db.Stromen.Where(s => s.CasusId == casusId), ct);

        var na = await Opname.MaakAsync(db, casusId, id, ct);
        await EisAfsprakenAsync(voor!, na, invoer, db, met, ct);
        // Everything that this context has tracked was promised in this burst.
        var berichten = db.Outbox.Local.Where(m => m.Type != typeof(HerstelUitgevoerd).FullName).OrderBy(m => m.Volgnr).Select(m => UitgaandBericht.Van(m.Type, met.Traffic)).ToList();
        var voorbeeld = new Herstelvoorbeeld(
            Kenmerk(id, invoer, voor!, na, berichten), zin, berichten, [.. KlokVoorbeeld.Tussen(voor!, na, namen)],
            Houder(voor!), Houder(na), voor!.Stroom.Stand!, na.Stroom.Stand, na.Stroom.Stand is null ? "Daarna is deze stroom klaar." : Wachtzin.Van(na.Stroom, na.Stroom.Stand, na.Instance.Incidents, na.Wachten(id), namen, new Dictionary<string, DienstAntwoord>()));
        return (voorbeeld, herstelling);

        string? Houder(Opname opname) => opname.HouderId is { } houder ? namen.GetValueOrDefault(houder)?.Naam ?? houder.ToString() : null;
    }

    /// <summary>Wat na het herstel moet gelden, wie het ook vraagt.</summary>
    private static async Task EisAfsprakenAsync(Opname voor, Opname na, HerstelInvoer invoer, RegieDbContext db, Gereedschap met, CancellationToken ct)
    {
        if (voor.HouderId is not null && na.HouderId is null)
            throw new Geweigerd("Daarna zou niemand de regie houden.") { Afspraak = "R1" };
        if (na.Instance.Incidents.Count > 0 && na.Instance.Incidents.Count >= voor.Instance.Incidents.Count && invoer.Soort is not (Herstelsoorten.Verlengen or Herstelsoorten.Toewijzen))
            throw new Geweigerd($"Dit helpt niet: {na.Instance.Incidents[0].ToSentence()}");
        if (na.Alle.Any(w => w.VoorRol != Wachtpunt.VoorKlok && (w.VerlooptOp is null || w.Vlottrekker is null) && voor.Alle.All(v => v.Id != w.Id)))
            throw new Geweigerd("Daarna zou er op een mens worden gewacht zonder termijn, of zonder wie kan vlottrekken.") { Afspraak = "R7" };
        if (invoer.Soort is not Herstelsoorten.Terugzetten || na.Stroom.IsKlaar)
            return;
        var definitie = await met.Definities.LeesAsync(db, na.Stroom.DefinitieId, na.Stroom.Versie, ct);
        var lopend = await LopendeStroom.LaadAsync(db, na.Stroom, ct);
        // Whoever stands still on a fault loses nothing by going back to where a choice can be made, even if the same fault lies ahead.
        var bekend = voor.Instance.Incidents.Select(i => i.ActivityId).ToHashSet();
        if (MigratieToets.Vooruit(lopend, lopend.Instance, definitie, met.Stappen).Bevindingen.FirstOrDefault(b => b is not { Soort: Bevinding.Storing, ActiviteitId: { } id } || !bekend.Contains(id)) is { } bevinding)
            throw new Geweigerd($"Vanaf daar is niet zeker dat het goed afloopt. {bevinding.Tekst}");
    }

    // Moments differ between a look and the act; what happens, to whom and from where may not.
    private static string Kenmerk(Guid id, HerstelInvoer invoer, Opname voor, Opname na, IEnumerable<UitgaandBericht> berichten)
    {
        var tekst = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{id} {invoer.Soort} {invoer.WachtpuntId} {invoer.Uitkomst} {invoer.ActiviteitId} {invoer.Tot:O} {invoer.VoorId}");
        foreach (var bericht in berichten)
            tekst.AppendLine(bericht.Type);
        foreach (var (opname, metMomenten) in new[] { (voor, true), (na, false) })
        {
            tekst.AppendLine(CultureInfo.InvariantCulture, $"{opname.HouderId} {opname.Stroom.Stand} {(metMomenten ? opname.Stroom.LaatsteBurst : 0)}");
            foreach (var w in opname.Alle.OrderBy(w => w.ActiviteitId, StringComparer.Ordinal).ThenBy(w => w.Titel, StringComparer.Ordinal))
                tekst.AppendLine(CultureInfo.InvariantCulture, $"{w.ActiviteitId} {w.Titel} {w.VoorRol} {w.VoorId} {(metMomenten ? $"{w.Id} {w.VerlooptOp:O}" : "")}");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(tekst.ToString())))[..32].ToLowerInvariant();
    }
}

/// <summary>Waarmee een herstel wordt gedaan.</summary>
internal sealed record Gereedschap(CasusRunner Runner, StapCatalogus Stappen, Definities Definities, BusTraffic Traffic, TimeProvider Time);

/// <summary>Hoe een casus er op een moment voor staat.</summary>
internal sealed record Opname(Stroom Stroom, Engine.WorkflowInstance Instance, Guid? HouderId, bool CasusIsDicht, IReadOnlyList<Wachtpunt> Alle)
{
    public IReadOnlyList<Wachtpunt> Wachten(Guid stroomId) => [.. Alle.Where(w => w.StroomId == stroomId)];

    public static async Task<Opname> MaakAsync(RegieDbContext db, Guid casusId, Guid stroomId, CancellationToken ct)
    {
        var stroom = await db.Stromen.AsNoTracking().SingleAsync(s => s.Id == stroomId, ct);
        var houder = await db.Perioden.AsNoTracking().Where(p => p.CasusId == casusId && p.Lijn == Lijnen.Regie && p.IsOpen).Select(p => p.Waarde).SingleOrDefaultAsync(ct);
        return new(
            stroom,
            stroom.LeesToestand() ?? throw new Geweigerd("Hoe ver deze stroom is, is niet te lezen; vraag de beheerder haar uit een kopie terug te zetten."),
            houder is null ? null : Guid.Parse(houder),
            await db.Casussen.AnyAsync(c => c.Id == casusId && !c.IsOpen, ct),
            await db.Wachtpunten.AsNoTracking().Where(w => w.CasusId == casusId && w.AfgehandeldOp == null).OrderBy(w => w.Id).ToListAsync(ct));
    }
}

/// <summary>Wat er aan een stroom te herstellen is.</summary>
/// <param name="Soort">opnieuw, antwoorden, terugzetten, verlengen, opnieuw-versturen, toewijzen of afbreken.</param>
/// <param name="WachtpuntId">Welk wachten het betreft.</param>
/// <param name="Uitkomst">Bij antwoorden.</param>
/// <param name="ActiviteitId">Bij terugzetten: de stap.</param>
/// <param name="Tot">Bij verlengen.</param>
/// <param name="VoorId">Bij toewijzen: wie de taak krijgt.</param>
public record HerstelInvoer(string? Soort, Guid? WachtpuntId = null, string? Uitkomst = null, string? ActiviteitId = null, DateTimeOffset? Tot = null, Guid? VoorId = null);

/// <summary>Een herstel zoals het voorbeeld het liet zien.</summary>
/// <param name="Kenmerk">Uit het voorbeeld.</param>
public sealed record HerstellingInvoer(string? Soort, Guid? WachtpuntId, string? Uitkomst, string? ActiviteitId, DateTimeOffset? Tot, Guid? VoorId, string? Reden, string? Kenmerk)
{
    internal HerstelInvoer Herstel => new(Soort, WachtpuntId, Uitkomst, ActiviteitId, Tot, VoorId);
}

/// <summary>Wat een herstel zou doen.</summary>
/// <param name="Kenmerk">Geef dit mee om precies dit te doen.</param>
/// <param name="Berichten">Wat er uitgaat, en naar wie.</param>
/// <param name="Klokken">Welke termijnen veranderen.</param>
/// <param name="RegieVoor">Wie nu de regie houdt; leeg als er geen open casus is.</param>
/// <param name="RegieNa">Wie daarna de regie houdt.</param>
/// <param name="Daarna">Hoe het daarna staat, in een zin.</param>
public sealed record Herstelvoorbeeld(string Kenmerk, string Zin, IReadOnlyList<UitgaandBericht> Berichten, IReadOnlyList<KlokVoorbeeld> Klokken, string? RegieVoor, string? RegieNa, string ToestandVoor, string? ToestandNa, string Daarna);

/// <param name="Aan">De diensten die het horen.</param>
public sealed record UitgaandBericht(string Type, IReadOnlyList<string> Aan)
{
    internal static UitgaandBericht Van(string type, BusTraffic traffic) => new(type.Split('.')[^1],
        typeof(StapRef).Assembly.GetType(type) is { } contract ? [.. traffic.Queues(contract).Select(q => q.Split('-')[0]).Distinct().Order(StringComparer.Ordinal)] : []);
}

/// <summary>Een termijn voor en na het herstel.</summary>
/// <param name="Voor">Leeg als er voor het herstel niet op werd gewacht.</param>
/// <param name="Na">Leeg als er daarna niet meer op wordt gewacht.</param>
public sealed record KlokVoorbeeld(string Titel, string Wie, DateTimeOffset? Voor, DateTimeOffset? Na)
{
    internal static IEnumerable<KlokVoorbeeld> Tussen(Opname voor, Opname na, IReadOnlyDictionary<Guid, Professional> namen)
    {
        var (eerst, dan) = (voor.Alle.ToDictionary(w => w.Id), na.Alle.ToDictionary(w => w.Id));
        return eerst.Keys.Union(dan.Keys).Order().Select(id => (Eerst: eerst.GetValueOrDefault(id), Dan: dan.GetValueOrDefault(id)))
            .Where(w => w.Eerst?.VerlooptOp != w.Dan?.VerlooptOp || w.Eerst is null || w.Dan is null || w.Eerst.VoorId != w.Dan.VoorId)
            .Select(w => new KlokVoorbeeld((w.Dan ?? w.Eerst)!.Titel, Wachtzin.Wie((w.Dan ?? w.Eerst)!, namen), w.Eerst?.VerlooptOp, w.Dan?.VerlooptOp));
    }
}

/// <summary>Een herstel dat is gedaan.</summary>
public sealed record HerstellingAntwoord(Guid Id, Guid StroomId, string Soort, string Zin, string Reden, Guid DoorId, string? DoorNaam, DateTimeOffset Op)
{
    internal static HerstellingAntwoord Van(Herstelling h, IReadOnlyDictionary<Guid, Professional> namen) => new(h.Id, h.StroomId, h.Soort, h.Zin, h.Reden, h.DoorId, namen.GetValueOrDefault(h.DoorId)?.Naam, h.Op);
}
