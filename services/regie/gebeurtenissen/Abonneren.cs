using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een dienst vraagt om bezorging op haar eigen adres, ziet hoe ver die is en wat niet lukte, en zegt weer op. Toezicht ziet dat van allen.</summary>
internal static class Abonneren
{
    // More is a fault in a loop somewhere.
    private const int Hooguit = 20;
    private const int Bladzijde = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var abonnementen = routes.MapGroup("/v1/abonnementen").WithTags("Abonnementen");
        abonnementen.MapPost("", Aanvragen).Voor(Rol.Dienst).WithSummary("Vraag om bezorging op uw eigen adres (webhook)")
            .WithDescription("Wij vragen het adres eerst of het wil ontvangen: OPTIONS met WebHook-Request-Origin; antwoord met WebHook-Allowed-Origin, of roep later het adres in WebHook-Request-Callback aan. Het geheim voor de handtekening ziet u alleen nu.");
        abonnementen.MapGet("", Lijst).Voor(Rol.Dienst, Rol.Toezichthouder).WithSummary("Uw abonnementen, en hoe ver de bezorging is");
        abonnementen.MapGet("/{id:guid}", Tonen).Voor(Rol.Dienst, Rol.Toezichthouder).WithSummary("Een abonnement, en hoe ver de bezorging is");
        abonnementen.MapDelete("/{id:guid}", Opzeggen).Voor(Rol.Dienst).WithSummary("Zeg een abonnement op");
        abonnementen.MapPost("/{id:guid}/pauzeringen", Pauzeren).Voor(Rol.Dienst, Rol.Toezichthouder).WithSummary("Bezorg even niet; wat intussen gebeurt blijft bewaard");
        abonnementen.MapPost("/{id:guid}/hervattingen", Hervatten).Voor(Rol.Dienst, Rol.Toezichthouder).WithSummary("Bezorg verder waar het ophield");
        abonnementen.MapGet("/{id:guid}/onbezorgd", Onbezorgd).Voor(Rol.Dienst, Rol.Toezichthouder).WithSummary("Wat de ontvanger weigerde, en wat daarop wacht");
        abonnementen.MapPost("/{id:guid}/herbezorgingen", Herbezorgen).Voor(Rol.Dienst, Rol.Toezichthouder).WithSummary("Bezorg nog eens wat onbezorgd bleef, in volgorde");
        // For the receiver, which knows nothing but this address.
        abonnementen.MapMethods("/{id:guid}/bevestiging", ["GET", "POST"], Bevestigen).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<Created<NieuwAbonnementAntwoord>> Aanvragen(AbonnementInvoer invoer, Actor actor, RegieDbContext db, Regio regio, Afleversleutel sleutel, Kop kop, TimeProvider time, CancellationToken ct)
    {
        new Invoer()
            .EisTekst(invoer.Adres, "/adres", "Het adres")
            .Eis(string.IsNullOrWhiteSpace(invoer.Adres) || Ontvanger.MagNaar(invoer.Adres, regio), "/adres", "Geef een adres dat begint met https://.")
            .Eis(invoer.Na is null || long.TryParse(invoer.Na, NumberStyles.None, CultureInfo.InvariantCulture, out _), "/na", "Geef het id van een gebeurtenis.")
            .EisAlles(Publiek.Eisen(invoer.Soorten, "/soorten"))
            .Klaar();
        var publiek = await Publiek.VanAsync(db, regio, actor, ct);
        var soorten = publiek.Kies(invoer.Soorten);
        await publiek.EisAsync(db, invoer.CasusId, ct);
        if (await db.Abonnementen.CountAsync(a => a.AfnemerId == actor.Id && a.Status != Abonnement.Beeindigd, ct) >= Hooguit)
            throw new Geweigerd($"U hebt al {Hooguit} abonnementen; zeg er eerst een op.");

        var nu = time.Nu();
        var abonnement = new Abonnement
        {
            Id = Guid.CreateVersion7(nu),
            AfnemerId = actor.Id,
            Organisatie = actor.Organisatie,
            Adres = invoer.Adres!,
            Soorten = soorten ?? [],
            CasusId = invoer.CasusId,
            GewijzigdOp = nu,
            VolgendePogingOp = nu,
            AangemaaktOp = nu,
            Positie = invoer.Na is { } na ? long.Parse(na, CultureInfo.InvariantCulture) : await Feed.KopAsync(db, ct),
        };
        db.Abonnementen.Add(abonnement);
        await db.SaveChangesAsync(ct);
        kop.Meld();
        return TypedResults.Created($"/v1/abonnementen/{abonnement.Id}", new NieuwAbonnementAntwoord(abonnement.Id, abonnement.Status, sleutel.Geheim(abonnement.Id)));
    }

    private static async Task<Ok<Lijst<AbonnementAntwoord>>> Lijst(Actor actor, Guid? na, RegieDbContext db, CancellationToken ct)
    {
        var abonnementen = await Van(db, actor).Where(a => na == null || a.Id.CompareTo(na.Value) > 0).OrderBy(a => a.Id).Take(Bladzijde + 1).ToListAsync(ct);
        var antwoorden = await AntwoordenAsync(db, [.. abonnementen.Take(Bladzijde)], ct);
        return TypedResults.Ok(new Lijst<AbonnementAntwoord>(antwoorden, abonnementen.Count > Bladzijde ? $"/v1/abonnementen?na={antwoorden[^1].Id}" : null));
    }

    private static async Task<Ok<AbonnementAntwoord>> Tonen(Guid id, Actor actor, RegieDbContext db, CancellationToken ct) =>
        TypedResults.Ok((await AntwoordenAsync(db, [await VindAsync(db, id, actor, ct)], ct))[0]);

    private static async Task<NoContent> Opzeggen(Guid id, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        (await VindAsync(db, id, actor, ct)).Beeindigen("Opgezegd door de afnemer.", actor.Id, time.Nu());
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static Task<Ok<AbonnementAntwoord>> Pauzeren(Guid id, RedenInvoer invoer, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct) =>
        MetReden(id, invoer, actor, db, (abonnement, reden) => abonnement.Pauzeren(reden, actor.Id, time.Nu()), ct);

    private static async Task<Ok<AbonnementAntwoord>> Hervatten(Guid id, RedenInvoer invoer, Actor actor, RegieDbContext db, Kop kop, TimeProvider time, CancellationToken ct)
    {
        var antwoord = await MetReden(id, invoer, actor, db, (abonnement, reden) => abonnement.Hervatten(reden, actor.Id, time.Nu()), ct);
        kop.Meld();
        return antwoord;
    }

    private static async Task<Ok<Lijst<OnbezorgdAntwoord>>> Onbezorgd(Guid id, string? na, Actor actor, RegieDbContext db, CancellationToken ct)
    {
        var vanaf = 0L;
        new Invoer().Eis(na is null || long.TryParse(na, NumberStyles.None, CultureInfo.InvariantCulture, out vanaf), "/na", "Geef het id van een gebeurtenis.").Klaar();
        await VindAsync(db, id, actor, ct);
        var rijen = await db.Onbezorgd.AsNoTracking().Where(o => o.AbonnementId == id && o.Positie > vanaf).OrderBy(o => o.Positie).Take(Bladzijde + 1)
            .Join(db.Logboek, o => (long?)o.Positie, g => g.Positie, (o, g) => new { o, g.Type }).OrderBy(r => r.o.Positie).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<OnbezorgdAntwoord>(
            [.. rijen.Take(Bladzijde).Select(r => new OnbezorgdAntwoord($"{r.o.Positie}", r.Type, r.o.CasusId, r.o.Reden, r.o.Sinds, r.o.IsOpnieuw))],
            rijen.Count > Bladzijde ? $"/v1/abonnementen/{id}/onbezorgd?na={rijen[Bladzijde - 1].o.Positie}" : null));
    }

    private static async Task<Ok<AbonnementAntwoord>> Herbezorgen(Guid id, RedenInvoer invoer, Actor actor, RegieDbContext db, Kop kop, TimeProvider time, CancellationToken ct)
    {
        var antwoord = await MetReden(id, invoer, actor, db, (abonnement, reden) => abonnement.Herbezorgen(reden, actor.Id, time.Nu()), ct);
        await db.Onbezorgd.Where(o => o.AbonnementId == id).ExecuteUpdateAsync(o => o.SetProperty(x => x.IsOpnieuw, true), ct);
        kop.Meld();
        return antwoord;
    }

    private static async Task<NoContent> Bevestigen(Guid id, string? sleutel, RegieDbContext db, Database database, Afleversleutel sleutels, Kop kop, TimeProvider time, CancellationToken ct)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(sleutel ?? ""), Encoding.ASCII.GetBytes(sleutels.Bevestiging(id))))
            throw Geweigerd.NietGevonden("Dit abonnement");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Not while the answer to our question is being written down.
        await database.LockAsync(db, id, ct);
        var abonnement = await db.Abonnementen.FindAsync([id], ct) ?? throw Geweigerd.NietGevonden("Dit abonnement");
        abonnement.Bevestigen(time.Nu());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        kop.Meld();
        return TypedResults.NoContent();
    }

    private static async Task<Ok<AbonnementAntwoord>> MetReden(Guid id, RedenInvoer invoer, Actor actor, RegieDbContext db, Action<Abonnement, string> doe, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Reden, "/reden", "De reden").Klaar();
        var abonnement = await VindAsync(db, id, actor, ct);
        doe(abonnement, invoer.Reden!);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok((await AntwoordenAsync(db, [abonnement], ct))[0]);
    }

    private static IQueryable<Abonnement> Van(RegieDbContext db, Actor actor) =>
        actor.Rol is Rol.Toezichthouder ? db.Abonnementen : db.Abonnementen.Where(a => a.AfnemerId == actor.Id);

    private static async Task<Abonnement> VindAsync(RegieDbContext db, Guid id, Actor actor, CancellationToken ct) =>
        await Van(db, actor).SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw Geweigerd.NietGevonden("Dit abonnement");

    private static async Task<IReadOnlyList<AbonnementAntwoord>> AntwoordenAsync(RegieDbContext db, IReadOnlyList<Abonnement> abonnementen, CancellationToken ct)
    {
        var ids = abonnementen.Select(a => a.Id).ToList();
        var onbezorgd = await db.Onbezorgd.Where(o => ids.Contains(o.AbonnementId)).GroupBy(o => o.AbonnementId).ToDictionaryAsync(g => g.Key, g => g.Count(), ct);
        return [.. abonnementen.Select(a => new AbonnementAntwoord(
            a.Id, a.Adres, a.Organisatie, a.Soorten, a.CasusId, a.Status, a.Reden, a.GewijzigdOp, $"{a.Positie}",
            a.MisluktSinds is { } sinds ? new(sinds, a.Pogingen, a.LaatsteFout!, a.VolgendePogingOp) : null, onbezorgd.GetValueOrDefault(a.Id)))];
    }
}

/// <param name="Adres">Waar de gebeurtenissen heen gaan; begint met https://.</param>
/// <param name="Soorten">Welke gebeurtenissen, bijvoorbeeld regie of kaders.gewijzigd; leeg is alles wat uw organisatie mag weten.</param>
/// <param name="CasusId">Alleen van deze casus.</param>
/// <param name="Na">Het id van de laatste gebeurtenis die u al hebt; leeg begint bij wat er vanaf nu gebeurt.</param>
public sealed record AbonnementInvoer(string? Adres, IReadOnlyList<string?>? Soorten = null, Guid? CasusId = null, string? Na = null);

/// <param name="Reden">Waarom, voor wie het later naleest.</param>
public sealed record RedenInvoer(string? Reden);

/// <param name="Geheim">Waarmee u de handtekening toetst; het is hierna niet meer op te vragen.</param>
public sealed record NieuwAbonnementAntwoord(Guid Id, string Status, string Geheim);

/// <param name="Status">aangevraagd, actief, gepauzeerd of beeindigd.</param>
/// <param name="Reden">Waarom de status zo is.</param>
/// <param name="Sinds">Sinds wanneer de status zo is.</param>
/// <param name="BezorgdTot">Het id tot waar alles is bezorgd of als onbezorgd is bewaard.</param>
/// <param name="Storing">Wat er nu niet lukt.</param>
/// <param name="Onbezorgd">Hoeveel gebeurtenissen wachten tot iemand ze opnieuw laat bezorgen.</param>
public sealed record AbonnementAntwoord(
    Guid Id, string Adres, string Organisatie, IReadOnlyList<string> Soorten, Guid? CasusId, string Status, string? Reden, DateTimeOffset Sinds, string BezorgdTot, AbonnementStoring? Storing, int Onbezorgd);

/// <param name="Sinds">Wanneer het voor het eerst niet lukte.</param>
/// <param name="Zin">Wat de ontvanger deed.</param>
public sealed record AbonnementStoring(DateTimeOffset Sinds, int Pogingen, string Zin, DateTimeOffset VolgendePogingOp);

/// <param name="Id">Van de gebeurtenis.</param>
/// <param name="Type">De naam in de catalogus.</param>
/// <param name="IsOpnieuw">Zij wordt nog eens bezorgd.</param>
public sealed record OnbezorgdAntwoord(string Id, string Type, Guid CasusId, string Reden, DateTimeOffset Sinds, bool IsOpnieuw);
