using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>De getallen waaraan wie het programma draait ziet of het goed gaat.</summary>
public sealed class CijfersTests : IAsyncLifetime, IDisposable
{
    private readonly ConcurrentDictionary<string, double> _gehoord = [];
    private readonly MeterListener _luisteraar = new();
    private readonly RegieProces _regie = new();

    public Task InitializeAsync()
    {
        _luisteraar.InstrumentPublished = (instrument, luisteraar) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
                luisteraar.EnableMeasurementEvents(instrument);
        };
        _luisteraar.SetMeasurementEventCallback<double>((instrument, waarde, _, _) => _gehoord[instrument.Name] = waarde);
        _luisteraar.SetMeasurementEventCallback<int>((instrument, waarde, _, _) => _gehoord[instrument.Name] = waarde);
        _luisteraar.Start();
        return _regie.InitializeAsync();
    }

    public Task DisposeAsync() => _regie.DisposeAsync();

    public void Dispose() => _luisteraar.Dispose();

    [Fact]
    public async Task Wie_luistert_hoort_elk_getal()
    {
        var casus = await _regie.Casus();
        await _regie.Begint(Nachtcontrole.Stroom, casus);
        await _regie.Later(TimeSpan.FromDays(5));

        Assert.Equal(
            ["netwerkregie.burst.duration", "netwerkregie.messages.undeliverable", "netwerkregie.outbox.oldest", "netwerkregie.regie.zonder", "netwerkregie.stromen.vast", "netwerkregie.timer.lateness"],
            _gehoord.Keys.Order());
        Assert.Equal(0, _gehoord["netwerkregie.regie.zonder"]);
    }

    [Fact]
    public async Task Een_casus_zonder_regisseur_telt_elke_minuut()
    {
        await _regie.Casus();
        await _regie.Casus();
        Assert.Equal(0, await Zonder());

        // The database refuses it; only without its own rules it can be.
        await _regie.InDatabase((db, _) => db.Database.ExecuteSqlRawAsync("""
            pragma foreign_keys = off;
            update perioden set tot = strftime('%Y-%m-%d %H:%M:%S.000000Z', vanaf, '+1 second'), is_open = 0, einde_vastgelegd_op = vastgelegd_op where lijn = 'regie' and casus_id = (select min(id) from casussen);
            pragma foreign_keys = on;
            """));

        Assert.InRange(await Zonder(), 59.9, 61);
    }

    private Task<double> Zonder() => _regie.InDatabase((db, _) => Cijfers.ZonderRegieAsync(db, TimeProvider.System.GetUtcNow().AddHours(1), default));
}
