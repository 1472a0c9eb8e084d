using System.Text.Json.Nodes;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// Wat de dienst veiligheid van de Raad hoort. Welk bericht ook het eerst komt, het begint de stroom; wie dan al weet wat een stap
/// afwacht, wacht niet.
/// </summary>
internal static class RaadsonderzoekVolgen
{
    public static Task VerzondenAsync(Burst burst, VtoVerzonden m) =>
        HoorAsync(burst, m.VtoId, m.KindRefs, onderzoek => (onderzoek.GevraagdOp, onderzoek.BerichtId) = (m.Op, m.BerichtId), null, "");

    public static Task BevestigdAsync(Burst burst, VtoBevestigd m) =>
        HoorAsync(burst, m.VtoId, m.KindRefs, onderzoek => onderzoek.OntvangenOp = m.Op, "NetwerkRegie.OntvangstAfwachten", OntvangstAfwachten.Bevestigd);

    /// <summary>Niemand vroeg erom, dus er is geen ontvangst om op te wachten.</summary>
    public static Task BegonnenAsync(Burst burst, OnderzoekBegonnen m) =>
        HoorAsync(burst, m.VtoId, m.KindRefs, onderzoek => onderzoek.OntvangenOp = m.Op, null, "");

    public static async Task AfgerondAsync(Burst burst, OnderzoekAfgerond m)
    {
        Action<Raadsonderzoek> weet = onderzoek => (onderzoek.RapportOp, onderzoek.VerzoektMaatregel, onderzoek.AfgerondOp) = (m.Op, m.VerzoektMaatregel, m.VerzoektMaatregel ? null : m.Op);
        // A report also says that the request arrived.
        await HoorAsync(burst, m.VtoId, m.KindRefs, weet, "NetwerkRegie.OntvangstAfwachten", OntvangstAfwachten.Bevestigd);
        await HoorAsync(burst, m.VtoId, m.KindRefs, weet, "NetwerkRegie.OnderzoekAfwachten", OnderzoekAfwachten.Uitgang(m.VerzoektMaatregel));
    }

    private static async Task HoorAsync(Burst burst, Guid vtoId, IReadOnlyList<string> kindRefs, Action<Raadsonderzoek> weet, string? stap, string uitgang)
    {
        var (_, isNieuw) = (await burst.CasusMetMaatregelenAsync()).RaadsonderzoekBijwerken(vtoId, kindRefs, weet);
        if (isNieuw)
            await burst.StartAsync("raadsonderzoek", new JsonObject { ["vtoId"] = vtoId.ToString() });
        else if (stap is not null && await burst.WachtpuntAsync(stap, vtoId.ToString()) is { } wachtpunt)
            await burst.VervolgAsync(wachtpunt, uitgang, null);
    }
}

/// <summary>Luistert naar wat de dienst veiligheid van de Raad hoort.</summary>
internal abstract class RaadConsumer<T>(RegieDbContext db, ConsumerTools tools, CasusRunner runner, Func<T, Guid> casus, Func<Burst, T, Task> hoor) : OnceConsumer<T>(db, tools)
    where T : class
{
    protected sealed override Guid? Holds(T message) => casus(message);

    protected sealed override Task Handle(T message, CancellationToken ct) => runner.InBurstOnHeldAsync(casus(message), async burst =>
    {
        burst.Gebeurd(message);
        await hoor(burst, message);
        return true;
    }, ct);
}

internal sealed class VtoVerzondenConsumer(RegieDbContext db, ConsumerTools tools, CasusRunner runner) : RaadConsumer<VtoVerzonden>(db, tools, runner, m => m.CasusId, RaadsonderzoekVolgen.VerzondenAsync);

internal sealed class VtoBevestigdConsumer(RegieDbContext db, ConsumerTools tools, CasusRunner runner) : RaadConsumer<VtoBevestigd>(db, tools, runner, m => m.CasusId, RaadsonderzoekVolgen.BevestigdAsync);

internal sealed class OnderzoekBegonnenConsumer(RegieDbContext db, ConsumerTools tools, CasusRunner runner) : RaadConsumer<OnderzoekBegonnen>(db, tools, runner, m => m.CasusId, RaadsonderzoekVolgen.BegonnenAsync);

internal sealed class OnderzoekAfgerondConsumer(RegieDbContext db, ConsumerTools tools, CasusRunner runner) : RaadConsumer<OnderzoekAfgerond>(db, tools, runner, m => m.CasusId, RaadsonderzoekVolgen.AfgerondAsync);

/// <summary>Wacht tot de Raad zegt dat het verzoek is ontvangen.</summary>
internal sealed class OntvangstAfwachten : Stap
{
    public const string Bevestigd = "Bevestigd";

    public override string Titel => "Ontvangst door de Raad afwachten";

    public override string Uitleg => "Wacht tot de Raad zegt dat het verzoek tot onderzoek is ontvangen. De regie en het kader blijven.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("vtoId", "Verzoek tot onderzoek"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Raadsonderzoek, Raadsonderzoek.Gevraagd, Bevestigd, Raadsonderzoek.Ontvangen),
        new(Onderwerp.Raadsonderzoek, Raadsonderzoek.Gevraagd, Verlopen, Raadsonderzoek.Gevraagd),
    ];

    public override IReadOnlyList<string> Uitgangen => [Bevestigd, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var onderzoek = (await stap.Burst.CasusMetMaatregelenAsync()).RaadsonderzoekMet(stap.EisId("vtoId"));
        return onderzoek.Status != Raadsonderzoek.Gevraagd ? new Uitkomst(Bevestigd) : stap.Wacht("De ontvangst van het verzoek tot onderzoek bevestigen", Uitgangen, onderzoek.VtoId.ToString(), "raad");
    }
}

/// <summary>Wacht op het rapport van de Raad; de tijd telt vanaf de ontvangst.</summary>
internal sealed class OnderzoekAfwachten : Stap
{
    private const string VraagtMaatregel = "Vraagt maatregel";
    private const string VraagtNiets = "Vraagt niets";

    public override string Titel => "Onderzoek van de Raad afwachten";

    public override string Uitleg => "Wacht op het rapport van de Raad, gerekend vanaf de ontvangst. De regie en het kader blijven.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("vtoId", "Verzoek tot onderzoek"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Raadsonderzoek, Raadsonderzoek.Ontvangen, VraagtMaatregel, Raadsonderzoek.Rapport),
        new(Onderwerp.Raadsonderzoek, Raadsonderzoek.Ontvangen, VraagtNiets, Onderwerp.Dicht),
        new(Onderwerp.Raadsonderzoek, Raadsonderzoek.Ontvangen, Verlopen, Raadsonderzoek.Ontvangen),
    ];

    public override IReadOnlyList<string> Uitgangen => [VraagtMaatregel, VraagtNiets, Verlopen];

    public static string Uitgang(bool verzoektMaatregel) => verzoektMaatregel ? VraagtMaatregel : VraagtNiets;

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var onderzoek = (await stap.Burst.CasusMetMaatregelenAsync()).RaadsonderzoekMet(stap.EisId("vtoId"));
        if (onderzoek.VerzoektMaatregel is { } verzoekt)
            return new Uitkomst(Uitgang(verzoekt));
        var klaarVoor = stap.Burst.Termijnen.Lees(stap.EisTekst("termijn")).Verloopt(onderzoek.OntvangenOp ?? stap.Nu);
        return stap.Wacht("Het onderzoek van de Raad afronden", Uitgangen, onderzoek.VtoId.ToString(), "raad", verlooptOp: klaarVoor > stap.Nu ? klaarVoor : null);
    }
}

/// <summary>Wacht na het rapport van de Raad op de rechter. Een beschikking voor een van de kinderen beeindigt het wachten.</summary>
internal sealed class BesluitVanRechterAfwachten : Stap
{
    public const string Besloten = "Besloten";

    public override string Titel => "Besluit van de rechter afwachten";

    public override string Uitleg => "Wacht na het rapport van de Raad tot de rechter over een van de kinderen heeft besloten.";

    public override IReadOnlyList<Veld> Invoer { get; } = [Veld.Nummer("vtoId", "Verzoek tot onderzoek"), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Overgang> Overgangen { get; } =
    [
        new(Onderwerp.Raadsonderzoek, Raadsonderzoek.Rapport, Besloten, Onderwerp.Dicht),
        new(Onderwerp.Raadsonderzoek, Raadsonderzoek.Rapport, Verlopen, Raadsonderzoek.Rapport),
    ];

    public override IReadOnlyList<string> Uitgangen => [Besloten, Verlopen];

    public override async Task<Uitkomst> Begin(StapContext stap)
    {
        var onderzoek = (await stap.Burst.CasusMetMaatregelenAsync()).RaadsonderzoekMet(stap.EisId("vtoId"));
        return onderzoek.Status == Raadsonderzoek.Afgerond ? new Uitkomst(Besloten) : stap.Wacht("Beslissen over het verzoek om een maatregel", Uitgangen, onderzoek.VtoId.ToString(), "rechter");
    }
}
