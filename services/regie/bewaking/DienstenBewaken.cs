using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>Een dienst die op de bus heeft geantwoord.</summary>
internal sealed class Dienst
{
    public required string Naam { get; init; }

    /// <summary>Van de laatste vraag waarop zij antwoordde.</summary>
    public required DateTimeOffset GehoordOp { get; set; }

    /// <summary>Het oudste bericht dat zij toen nog moest versturen.</summary>
    public DateTimeOffset? OudsteUitgaand { get; private set; }

    /// <summary>De wachtrijen waar zij toen niets uit nam, met spaties ertussen; leeg als zij overal luisterde.</summary>
    public string? ZonderAfnemer { get; private set; }

    /// <summary>Sinds het eerste teken van leven dat dat vertelde.</summary>
    public DateTimeOffset? ZonderAfnemerSinds { get; private set; }

    /// <summary>Sinds wanneer niemand van haar weet, zoals dat is verteld; leeg zolang er niets te vertellen was.</summary>
    public DateTimeOffset? GeenGegevensSinds { get; private set; }

    /// <summary>Wat er te vertellen is: dat niemand van haar weet, of dat dat voorbij is; niets als dat al is verteld.</summary>
    /// <param name="gevraagdOp">Een vraag die zij had kunnen beantwoorden.</param>
    public IGebeurtenis? Vertel(DateTimeOffset gevraagdOp, TimeSpan stilNa)
    {
        var sinds = ZonderAfnemerSinds ?? (gevraagdOp - GehoordOp > stilNa ? GehoordOp : null);
        if (sinds is null == GeenGegevensSinds is null)
            return null;
        GeenGegevensSinds = sinds;
        return sinds is { } moment ? new GeenGegevens(IGebeurtenis.GeenCasus, Naam, moment) : new DienstHersteld(IGebeurtenis.GeenCasus, Naam);
    }

    public void Hoor(LevenstekenGegeven teken)
    {
        (GehoordOp, OudsteUitgaand) = (teken.GevraagdOp, teken.OudsteUitgaand);
        ZonderAfnemer = teken.ZonderAfnemer is { Count: > 0 } wachtrijen ? string.Join(' ', wachtrijen) : null;
        ZonderAfnemerSinds = ZonderAfnemer is null ? null : ZonderAfnemerSinds ?? teken.GevraagdOp;
    }
}

/// <summary>
/// Vraagt elke dienst elke minuut of zij werkt. Wie vijf minuten zwijgt, van die weten wij het niet: wat op haar wacht is dan nergens groen.
/// Valt dit vragen zelf stil, dan is na vijf minuten ook alles onbekend.
/// </summary>
internal sealed class DienstenBewaken(IBusControl bus, BusTraffic traffic, IServiceScopeFactory scopes, TimeProvider time, ILogger<DienstenBewaken> log) : BackgroundService
{
    private static readonly TimeSpan Elke = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kijken = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StilNa = TimeSpan.FromMinutes(5);

    /// <summary>De diensten waar een stroom op kan wachten, en of zij nu zwijgen.</summary>
    public static async Task<IReadOnlyList<DienstAntwoord>> DienstenAsync(RegieDbContext db, StapCatalogus stappen, DateTimeOffset nu, CancellationToken ct)
    {
        var gehoord = await db.Diensten.AsNoTracking().ToDictionaryAsync(d => d.Naam, ct);
        return [.. stappen.Alle.OfType<OpdrachtStap>().Select(o => o.Dienst).Union(gehoord.Keys).Order(StringComparer.Ordinal).Select(naam =>
        {
            var dienst = gehoord.GetValueOrDefault(naam);
            var isStil = dienst is null || nu - dienst.GehoordOp > StilNa;
            return new DienstAntwoord(naam, isStil, dienst?.GehoordOp, dienst?.OudsteUitgaand, dienst?.ZonderAfnemer?.Split(' ') ?? [], dienst?.ZonderAfnemerSinds);
        })];
    }

    /// <summary>De diensten waarvan nu niemand weet of er een antwoord komt.</summary>
    public static IReadOnlySet<string> Onzeker(IEnumerable<DienstAntwoord> diensten) => diensten.Where(d => d.IsStil || d.ZonderAfnemer.Count > 0).Select(d => d.Naam).ToHashSet();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
        var (wekker, gevraagd) = (new Signal(), DateTimeOffset.MinValue);
        for (; !stoppingToken.IsCancellationRequested; await wekker.WaitAsync(Kijken, stoppingToken))
        {
            var nu = time.Nu();
            if (nu - gevraagd < Elke && nu >= gevraagd)
                continue;
            try
            {
                // The question before this one had its minute: who did not answer it, did not.
                if (gevraagd > DateTimeOffset.MinValue)
                    await VertelAsync(gevraagd, stoppingToken);
                await traffic.PublishAsync(bus, new LevenstekenVragen(nu), stoppingToken);
                gevraagd = nu;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("De diensten vragen of zij werken lukt niet ({Reden})", e.GetType().Name);
            }
        }
    }

    // Told once, however many replicas look: the first one writes down that it did.
    private async Task VertelAsync(DateTimeOffset gevraagdOp, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CasusRunner>().RunAsync(IGebeurtenis.GeenCasus, async burst =>
        {
            foreach (var dienst in await burst.Db.Diensten.OrderBy(d => d.Naam).ToListAsync(ct))
                if (dienst.Vertel(gevraagdOp, StilNa) is { } nieuws)
                    burst.Meld(nieuws);
            return true;
        }, ct);
    }
}

/// <summary>Een dienst werkt.</summary>
internal sealed class LevenstekenGegevenConsumer(RegieDbContext db) : IConsumer<LevenstekenGegeven>
{
    public async Task Consume(ConsumeContext<LevenstekenGegeven> context)
    {
        var teken = context.Message;
        if (await db.Diensten.FindAsync([teken.Dienst], context.CancellationToken) is not { } dienst)
            db.Diensten.Add(dienst = new Dienst { Naam = teken.Dienst, GehoordOp = teken.GevraagdOp });
        if (teken.GevraagdOp >= dienst.GehoordOp)
            dienst.Hoor(teken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

/// <summary>Een dienst, en of zij teken van leven geeft.</summary>
/// <param name="IsStil">Al vijf minuten geen antwoord: hoe het daar gaat is niet bekend.</param>
/// <param name="GehoordOp">Toen werkte zij in elk geval.</param>
/// <param name="OudsteUitgaand">Het oudste bericht dat zij toen nog moest versturen.</param>
/// <param name="ZonderAfnemer">De wachtrijen waar zij toen niets uit nam, terwijl zij zelf wel werkte.</param>
/// <param name="ZonderAfnemerSinds">Sinds wanneer dat zo is.</param>
public sealed record DienstAntwoord(string Naam, bool IsStil, DateTimeOffset? GehoordOp, DateTimeOffset? OudsteUitgaand, IReadOnlyList<string> ZonderAfnemer, DateTimeOffset? ZonderAfnemerSinds);
