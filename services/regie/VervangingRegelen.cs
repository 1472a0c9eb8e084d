using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een waarnemer regelen, gepland of acuut, en de regie weer warm terugnemen.</summary>
internal static class VervangingRegelen
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/casussen/{id:guid}/vervangingen", Regelen).Voor(Rollen.Beroepskrachten).WithTags("Vervangingen")
            .WithSummary("Regel een waarnemer; zonder keuze de eerste geldige vervanger, en anders de leidinggevende");
        routes.MapPost("/v1/vervangingen/{id:guid}/kennismaking", Voorstellen).Voor(Rollen.Beroepskrachten).WithTags("Vervangingen")
            .WithSummary("Leg vast dat de waarnemer aan het gezin is voorgesteld, voor de vervanging begint");
        routes.MapPost("/v1/vervangingen/{id:guid}/terugkeer", Terugkeren).Voor(Rollen.Beroepskrachten).WithTags("Vervangingen")
            .WithSummary("Plan het gesprek waarin de regie teruggaat (geplandOp), of leg vast dat het is gevoerd (beeindigdOp)");
        routes.MapPost("/v1/vervangingen/{id:guid}/intrekking", Intrekken).Voor(Rollen.Beroepskrachten).WithTags("Vervangingen")
            .WithSummary("Trek een geplande vervanging in");
    }

    internal static async Task<Created<VervangingAntwoord>> Regelen(Guid id, VervangingInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer()
            .Eis(invoer.Soort is Vervanging.Gepland or Vervanging.Acuut, "/soort", "Kies een soort uit gepland, acuut.")
            .Eis(invoer.Soort != Vervanging.Gepland || invoer.Vanaf is not null, "/vanaf", "Wanneer de vervanging begint ontbreekt.")
            .EisTekst(invoer.Reden, "/reden", "De reden")
            .Eis(invoer.IkNeemWaar != true || invoer.Soort == Vervanging.Acuut, "/ikNeemWaar", "Zelf waarnemen begint meteen; kies acuut.")
            .Klaar();
        await Toegang.EisAsync(db, id, actor, ct);

        var antwoord = await runner.RunAsync(id, async burst =>
        {
            await burst.NiemandVertrektAsync();
            var casus = await burst.CasusAsync();
            var team = await burst.TeamAsync();
            var waarnemer = Waarnemer(casus, actor, invoer, await KetenAsync(db, casus.PrincipaalId, team, ct));
            var vervanging = casus.VervangingPlannen(Guid.CreateVersion7(burst.Nu), actor, team, waarnemer, invoer.Soort!, invoer.Reden!, invoer.Vanaf ?? burst.Nu, invoer.VerwachtTot, burst.Nu, invoer.IkNeemWaar == true);
            await LaatVervallenAsync(burst, casus, vervanging);
            await burst.StartAsync("vervanging", new JsonObject { ["vervangingId"] = vervanging.Id.ToString() });
            await burst.LoopUitAsync();
            return VervangingAntwoord.Van(vervanging);
        }, ct);
        return TypedResults.Created($"/v1/vervangingen/{antwoord.Id}", antwoord);
    }

    private static Guid Waarnemer(Casus casus, Actor actor, VervangingInvoer invoer, IReadOnlyList<Guid> keten)
    {
        if (invoer.UitgevallenId is { } uitgevallen && uitgevallen != casus.HouderId)
            throw new Geweigerd("Deze persoon houdt de regie niet; er is niets te vervangen.");
        if (invoer.IkNeemWaar == true && !keten.Contains(actor.Id))
            throw Geweigerd.GeenRecht("Alleen een geldige vervanger van de regisseur, of de leidinggevende, kan zelf gaan waarnemen.");
        var gevraagd = invoer.IkNeemWaar == true ? actor.Id : invoer.WaarnemerId;
        if (gevraagd is { } naam && !keten.Contains(naam))
            throw new Geweigerd("Deze persoon is geen geldige vervanger van de regisseur.");
        // Tweemaal op de knop drukken is geen tweede uitval.
        if (gevraagd is null && invoer.UitgevallenId is null && actor.Id != casus.HouderId && casus.Uitgevallen.Count > 0)
            throw new Geweigerd("Er loopt al een vervanging; zeg wie er is uitgevallen of wie er nu gaat waarnemen.");
        return gevraagd ?? keten.Where(v => v != casus.HouderId && v != casus.PrincipaalId && !casus.Uitgevallen.Contains(v)).Select(v => (Guid?)v).FirstOrDefault()
            ?? throw new Geweigerd("Er is niemand die kan waarnemen; draag de regie over aan wie dat wel kan.");
    }

    // Plotseling uitvallen gaat voor wat was gepland.
    private static async Task LaatVervallenAsync(Burst burst, Casus casus, Vervanging acuut)
    {
        foreach (var gepland in casus.Vervangingen.Where(v => v.Status == Vervanging.Gepland && v != acuut))
        {
            casus.VervangingVervalt(gepland.Id, burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.AanvangAfwachten", gepland.Id, AntwoordAfwachten.Ingetrokken);
        }
    }

    /// <summary>Wie kan waarnemen, in volgorde; aan het einde staat altijd de leidinggevende.</summary>
    private static async Task<IReadOnlyList<Guid>> KetenAsync(RegieDbContext db, Guid regisseurId, Team team, CancellationToken ct) =>
        [.. await db.Vervangers.Where(v => v.ProfessionalId == regisseurId && db.Professionals.Any(p => p.Id == v.VervangerId && p.IsActief)).OrderBy(v => v.Volgorde).Select(v => v.VervangerId).ToListAsync(ct), team.LeidinggevendeId];

    internal static Task<Ok<VervangingAntwoord>> Terugkeren(Guid id, TerugkeerInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer().Eis(invoer.GeplandOp is null != invoer.BeeindigdOp is null, "/beeindigdOp", "Geef geplandOp om te plannen, of beeindigdOp als het gesprek is gevoerd.").Klaar();
        return Doe(id, actor, db, runner, async (burst, casus) =>
        {
            if (invoer.GeplandOp is { } geplandOp)
            {
                casus.TerugkeerPlannen(id, actor, await burst.TeamAsync(), geplandOp);
                await burst.PasTeLaatOpAsync("NetwerkRegie.TerugkeerAfwachten", id, burst.Termijnen.Lees("1 dag").Verloopt(geplandOp));
                return;
            }

            casus.TerugkeerBespreken(id, actor, await burst.TeamAsync(), invoer.BeeindigdOp!.Value, burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.TerugkeerAfwachten", id, TerugkeerAfwachten.Teruggekeerd);
        }, ct);
    }

    private static Task<Ok<VervangingAntwoord>> Voorstellen(Guid id, KennismakingInvoer invoer, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct)
    {
        new Invoer().Eis(invoer.BeeindigdOp is not null, "/beeindigdOp", "Wanneer het gesprek eindigde ontbreekt.").Klaar();
        return Doe(id, actor, db, runner, (burst, casus) =>
        {
            casus.WaarnemerVoorstellen(id, actor, invoer.BeeindigdOp!.Value, burst.Nu);
            return Task.CompletedTask;
        }, ct);
    }

    internal static Task<Ok<VervangingAntwoord>> Intrekken(Guid id, Actor actor, RegieDbContext db, CasusRunner runner, CancellationToken ct) =>
        Doe(id, actor, db, runner, async (burst, casus) =>
        {
            casus.VervangingIntrekken(id, actor, await burst.TeamAsync(), burst.Nu);
            await burst.VervolgAsync("NetwerkRegie.AanvangAfwachten", id, AntwoordAfwachten.Ingetrokken);
        }, ct);

    private static async Task<Ok<VervangingAntwoord>> Doe(Guid id, Actor actor, RegieDbContext db, CasusRunner runner, Func<Burst, Casus, Task> handeling, CancellationToken ct)
    {
        var casusId = await db.Vervangingen.Where(v => v.Id == id).Select(v => (Guid?)v.CasusId).SingleOrDefaultAsync(ct) ?? throw Geweigerd.NietGevonden("Deze vervanging");
        await Toegang.EisAsync(db, casusId, actor, ct);
        return TypedResults.Ok(await runner.RunAsync(casusId, handeling, casus => VervangingAntwoord.Van(casus.Vervangingen.Single(v => v.Id == id)), ct));
    }
}

/// <summary>Wacht tot een geplande vervanging begint; een acute begint meteen.</summary>
internal sealed class AanvangAfwachten : Stap
{
    public const string Begonnen = "Begonnen";

    public override string Titel => "Begin van vervanging afwachten";

    public override string Uitleg => "Wacht tot een geplande vervanging begint; een acute begint meteen.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("vervangingId", "Vervanging"), Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Vervanging, Vervanging.Gepland, Begonnen, Vervanging.Gepland),
        new(Onderwerp.Vervanging, Vervanging.Gepland, AntwoordAfwachten.Ingetrokken, Onderwerp.Dicht),
    ];

    public override IReadOnlyList<string> Uitgangen => [Begonnen, AntwoordAfwachten.Ingetrokken];

    public override string BijVerlopen => Begonnen;

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var vervangingId = stap.EisId("vervangingId");
        var vervanging = (await stap.Burst.CasusAsync()).Vervangingen.Single(v => v.Id == vervangingId);
        return vervanging.Vanaf <= stap.Nu
            ? new Uitkomst(Begonnen)
            : stap.Wacht("De waarnemer voorstellen aan het gezin", Uitgangen, vervangingId.ToString(), "regisseur", verlooptOp: vervanging.Vanaf);
    }
}

/// <summary>De waarnemer houdt vanaf nu de regie.</summary>
internal sealed class VervangingStarten : Stap
{
    public override string Titel => "Vervanging starten";

    public override string Uitleg => "De waarnemer houdt vanaf nu de regie. Is de regie intussen overgegaan, dan vervalt de vervanging.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("vervangingId", "Vervanging")];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Vervanging, Vervanging.Gepland, Klaar, Vervanging.Actief),
        new(Onderwerp.Vervanging, Vervanging.Gepland, Geweigerd, Onderwerp.Dicht),
    ];

    public override string Verlegt => Lijnen.Regie;

    public override IReadOnlyList<string> Uitgangen => [Klaar, Geweigerd];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var (casus, vervangingId) = (await stap.Burst.CasusAsync(), stap.EisId("vervangingId"));
        try
        {
            await LaatEindigenAsync(stap.Burst, casus, async () => casus.VervangingStarten(vervangingId, await stap.Burst.TeamAsync(), stap.Nu));
            // Zonder kennismaking gaat het door; wie erover gaat ziet het.
            if (casus.Vervangingen.Single(v => v.Id == vervangingId) is { Soort: Vervanging.Gepland, VoorgesteldOp: null })
                stap.Burst.Meld(new WachtTeLang(stap.Burst.CasusId, stap.Ref.StroomId, stap.Ref.Wachtpunt));
            return Uitkomst.Klaar;
        }
        catch (Geweigerd)
        {
            casus.VervangingVervalt(vervangingId, stap.Nu);
            throw;
        }
    }

    /// <summary>Verlegt de regie; wie waarnam hoeft daarna nergens meer op te wachten.</summary>
    internal static async Task LaatEindigenAsync(Burst burst, Casus casus, Func<Task> verleg)
    {
        var waarneming = casus.Vervangingen.SingleOrDefault(v => v.Status == Vervanging.Actief);
        await verleg();
        if (waarneming is not null && await burst.WachtpuntAsync("NetwerkRegie.TerugkeerAfwachten", waarneming.Id.ToString()) is { } wachtpunt)
            await burst.VervolgAsync(wachtpunt, TerugkeerAfwachten.Vervallen, null);
    }
}

/// <summary>Wacht op het gesprek waarin de regie teruggaat. Is de verwachte datum voorbij, dan gebeurt er niets vanzelf.</summary>
internal sealed class TerugkeerAfwachten : Stap
{
    public const string Teruggekeerd = "Teruggekeerd";
    public const string Vervallen = "Vervallen";

    public override string Titel => "Terugkeer van regisseur afwachten";

    public override string Uitleg => "Wacht op het gesprek waarin de regie teruggaat.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("vervangingId", "Vervanging"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Vervanging, Vervanging.Actief, Teruggekeerd, Onderwerp.Dicht),
        new(Onderwerp.Vervanging, Vervanging.Actief, Vervallen, Onderwerp.Dicht),
        new(Onderwerp.Vervanging, Vervanging.Actief, Verlopen, Vervanging.Actief),
    ];

    public override string Verlegt => Lijnen.Regie;

    public override IReadOnlyList<string> Uitgangen => [Teruggekeerd, Vervallen, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var vervangingId = stap.EisId("vervangingId");
        var vervanging = (await stap.Burst.CasusAsync()).Vervangingen.Single(v => v.Id == vervangingId);
        var verwacht = vervanging.VerwachtTot > stap.Nu ? vervanging.VerwachtTot : stap.Termijn();
        return stap.Wacht("Een gesprek plannen waarin de regie teruggaat", Uitgangen, vervangingId.ToString(), voorId: vervanging.WaarnemerId, verlooptOp: verwacht);
    }
}

/// <summary>Een vervanging regelen.</summary>
/// <param name="Soort">gepland of acuut.</param>
/// <param name="VerwachtTot">Wanneer de regisseur waarschijnlijk terug is.</param>
/// <param name="WaarnemerId">Een van de geldige vervangers; leeg is de eerste die kan.</param>
/// <param name="UitgevallenId">Wie de regie nu niet kan houden; nodig als ook een waarnemer uitvalt en een ander dat meldt.</param>
/// <param name="IkNeemWaar">U neemt zelf waar, omdat wie de regie houdt niet bereikbaar is.</param>
public sealed record VervangingInvoer(string? Soort, DateTimeOffset? Vanaf, DateTimeOffset? VerwachtTot, string? Reden, Guid? WaarnemerId, Guid? UitgevallenId = null, bool? IkNeemWaar = null);

/// <param name="BeeindigdOp">Het einde van het gesprek; vanaf dan houdt de regisseur de regie weer.</param>
/// <param name="GeplandOp">Wanneer dat gesprek is gepland.</param>
public sealed record TerugkeerInvoer(DateTimeOffset? BeeindigdOp, DateTimeOffset? GeplandOp = null);

/// <param name="BeeindigdOp">Het einde van het gesprek met het gezin.</param>
public sealed record KennismakingInvoer(DateTimeOffset? BeeindigdOp);

/// <summary>Een vervanging en hoe ver zij is.</summary>
/// <param name="Status">gepland, actief, beeindigd of ingetrokken.</param>
public sealed record VervangingAntwoord(Guid Id, Guid CasusId, Guid PrincipaalId, Guid WaarnemerId, string Soort, string Status, DateTimeOffset Vanaf, DateTimeOffset? VerwachtTot, DateTimeOffset? VoorgesteldOp, DateTimeOffset? GestartOp, DateTimeOffset? TerugkeerGeplandOp, DateTimeOffset? BeeindigdOp)
{
    internal static VervangingAntwoord Van(Vervanging v) => new(v.Id, v.CasusId, v.PrincipaalId, v.WaarnemerId, v.Soort, v.Status, v.Vanaf, v.VerwachtTot, v.VoorgesteldOp, v.GestartOp, v.TerugkeerGeplandOp, v.BeeindigdOp);
}
