using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>
/// Van het verzoek van een melder tot de regel in het logboek is een spoor, over elke dienst; met nummers erin, en niets over mensen.
/// </summary>
[Collection(nameof(Alleen))]
public sealed class EenSpoor
{
    private const string Persoonlijk = "Wilhelmina Zeldzaam van de Proefstraat";

    [Theory]
    [InlineData(Opstelling.EenProces, "intake-regie-kernteam-veiligheid-onderwijs-toezicht")]
    [InlineData(Opstelling.LosseProcessen, "intake", "regie", "kernteam")]
    public async Task Van_melding_tot_logboek_is_een_spoor(Opstelling opstelling, params string[] diensten)
    {
        await using var ontvanger = new Ontvanger();
        await using var stad = await Stad.Start(opstelling, instellingen: _ => [$"--Otlp={ontvanger.Adres}"]);
        var gezin = stad.NieuwGezin();
        var hulpvraag = gezin.Hulpvraag();
        hulpvraag["samenvatting"] = Persoonlijk;
        var casus = await stad.CasusVan((await stad.Melder.Meldt(hulpvraag).Lukt()).Id);

        var logboek = await stad.Opslag.Rijen("regie", $"select distinct traceparent, type from gebeurtenissen where upper(cast(casus_id as text)) = '{casus.ToString().ToUpperInvariant()}'");
        Assert.Contains(logboek, rij => rij[1] == "regie.toegekend");
        // version-trace-span-flags
        var spoor = Convert.FromHexString(Assert.Single(logboek.Select(rij => rij[0].Split('-')[1]).Distinct()));
        // A process tells it some seconds later, in parts.
        foreach (var dienst in diensten)
            await stad.ZietUiteindelijk(() => Task.FromResult(ontvanger.Sporen.Any(s => s.Noemt(spoor) && s.NoemtDienst(dienst))));
        foreach (var wat in new[] { "/v1/meldingen", "send MeldingGerouteerd", "handle MeldingGerouteerd", "burst", casus.ToString() })
            await stad.ZietUiteindelijk(() => Task.FromResult(ontvanger.Sporen.Any(s => s.Noemt(spoor) && s.Noemt(wat))));

        string[] namen = [Persoonlijk, gezin.Ref, .. stad.Namen];
        Assert.All(namen, naam => Assert.DoesNotContain(ontvanger.Alles, bericht => bericht.Noemt(naam)));
        Assert.All(stad.Processen, p => Assert.All(namen, naam => Assert.DoesNotContain(naam, p.Proces.Logboek, StringComparison.Ordinal)));
    }

    /// <summary>Takes what a process tells of itself, as a collector does.</summary>
    private sealed class Ontvanger : IAsyncDisposable
    {
        private readonly HttpListener _luisteraar = new();
        private readonly ConcurrentQueue<(string Pad, Verteld Wat)> _ontvangen = [];
        private readonly Task _bezig;

        public Ontvanger()
        {
            _luisteraar.Prefixes.Add($"{Adres}/");
            _luisteraar.Start();
            _bezig = Ontvang();
        }

        public string Adres { get; } = HostProces.VrijAdres().ToString().TrimEnd('/');

        public IEnumerable<Verteld> Sporen => _ontvangen.Where(o => o.Pad == "/v1/traces").Select(o => o.Wat);

        /// <summary>Spans, log lines and figures.</summary>
        public IEnumerable<Verteld> Alles => _ontvangen.Select(o => o.Wat);

        public async ValueTask DisposeAsync()
        {
            _luisteraar.Close();
            await _bezig;
        }

        private async Task Ontvang()
        {
            try
            {
                while (true)
                {
                    var vraag = await _luisteraar.GetContextAsync();
                    using var inhoud = new MemoryStream();
                    await vraag.Request.InputStream.CopyToAsync(inhoud);
                    _ontvangen.Enqueue((vraag.Request.Url!.AbsolutePath, new(inhoud.ToArray())));
                    vraag.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
            }
        }
    }

    /// <summary>An OTLP message, in protobuf: a text or a number in it is there as its bytes.</summary>
    private sealed record Verteld(byte[] Inhoud)
    {
        public bool Noemt(string tekst) => Noemt(Encoding.UTF8.GetBytes(tekst));

        public bool Noemt(byte[] bytes) => Inhoud.AsSpan().IndexOf(bytes) >= 0;

        // The attribute service.name with this text, of this length.
        public bool NoemtDienst(string dienst) => Noemt([.. "service.name"u8, 0x12, (byte)(dienst.Length + 2), 0x0A, (byte)dienst.Length, .. Encoding.UTF8.GetBytes(dienst)]);
    }
}
