using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
    public DateTimeOffset? OudsteUitgaand { get; set; }
}

/// <summary>
/// Vraagt elke dienst elke minuut of zij werkt. Wie vijf minuten zwijgt, van die weten wij het niet: wat op haar wacht is dan nergens groen.
/// Valt dit vragen zelf stil, dan is na vijf minuten ook alles onbekend.
/// </summary>
internal sealed class DienstenBewaken(IBusControl bus, BusTraffic traffic, TimeProvider time, ILogger<DienstenBewaken> log) : BackgroundService
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
            return new DienstAntwoord(naam, isStil, dienst?.GehoordOp, dienst?.OudsteUitgaand);
        })];
    }

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
                await traffic.PublishAsync(bus, new LevenstekenVragen(nu), stoppingToken);
                gevraagd = nu;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("De diensten vragen of zij werken lukt niet ({Reden})", e.GetType().Name);
            }
        }
    }
}

/// <summary>Een dienst werkt.</summary>
internal sealed class LevenstekenGegevenConsumer(RegieDbContext db) : IConsumer<LevenstekenGegeven>
{
    public async Task Consume(ConsumeContext<LevenstekenGegeven> context)
    {
        var teken = context.Message;
        if (await db.Diensten.FindAsync([teken.Dienst], context.CancellationToken) is not { } dienst)
            db.Diensten.Add(new Dienst { Naam = teken.Dienst, GehoordOp = teken.GevraagdOp, OudsteUitgaand = teken.OudsteUitgaand });
        else if (teken.GevraagdOp > dienst.GehoordOp)
            (dienst.GehoordOp, dienst.OudsteUitgaand) = (teken.GevraagdOp, teken.OudsteUitgaand);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

/// <summary>Een dienst, en of zij teken van leven geeft.</summary>
/// <param name="IsStil">Al vijf minuten geen antwoord: hoe het daar gaat is niet bekend.</param>
/// <param name="GehoordOp">Toen werkte zij in elk geval.</param>
/// <param name="OudsteUitgaand">Het oudste bericht dat zij toen nog moest versturen.</param>
public sealed record DienstAntwoord(string Naam, bool IsStil, DateTimeOffset? GehoordOp, DateTimeOffset? OudsteUitgaand);
