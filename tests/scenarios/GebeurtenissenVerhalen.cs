using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Een ander systeem hoort wat er in casussen gebeurt, ook als regie telkens uitvalt.</summary>
public sealed class GebeurtenissenVerhalen
{
    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Wie_zich_abonneert_krijgt_alles_op_volgorde_al_valt_regie_telkens_uit(Opstelling opstelling)
    {
        await using var stad = await Stad.Start(opstelling);
        using var ontvanger = new Ontvanger();
        await stad.Iemand("dienst", "").Post("/v1/abonnementen", new { adres = ontvanger.Adres, na = "0" }).Lukt();
        await stad.Stil();

        var casussen = new List<Guid>();
        for (var keer = 0; keer < 3; keer++)
        {
            var melding = await stad.NieuwGezin().VraagtHulp();
            // In the middle of what follows from it.
            foreach (var regie in stad.Processen.Where(p => p.Naam is "all" or "regie"))
            {
                await regie.Proces.Dood();
                await regie.Start($"--Klok={stad.Nu:O}");
            }

            casussen.Add(await stad.CasusVan(melding));
        }

        // What a process held when it died is free after a minute.
        await stad.Klok(stad.Nu.AddMinutes(2));

        foreach (var casus in casussen)
            Assert.Equal((await stad.AlleGebeurtenissen(casus)).Select((regel, i) => $"{i + 1} nl.netwerkregie.{regel.Split(' ')[2]}.v1"), ontvanger.Van(casus));
        Assert.Equal(ontvanger.Gekregen.Select(g => g.GetProperty("subject").GetGuid()).Distinct().Where(casus => casus != Guid.Empty).Order(), casussen.Order());
    }

    /// <summary>Het systeem van een ander: kent alleen HTTP en JSON.</summary>
    private sealed class Ontvanger : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Ontvanger()
        {
            Adres = $"{HostProces.VrijAdres().ToString().TrimEnd('/')}/haak/";
            _listener.Prefixes.Add(Adres);
            _listener.Start();
            _ = Luister();
        }

        public string Adres { get; }

        public ConcurrentQueue<JsonElement> Gekregen { get; } = [];

        /// <summary>Wat er van een casus kwam: <c>nummer soort</c>; wat dubbel kwam telt een keer.</summary>
        public IEnumerable<string> Van(Guid casus) => Gekregen.Where(g => g.GetProperty("subject").GetGuid() == casus).DistinctBy(g => g.GetProperty("id").GetString()).Select(g => $"{g.Tekst("sequence")} {g.Tekst("type")}");

        public void Dispose() => _listener.Close();

        private async Task Luister()
        {
            while (_listener.IsListening)
            {
                try
                {
                    var vraag = await _listener.GetContextAsync();
                    if (vraag.Request.HttpMethod == "OPTIONS")
                        vraag.Response.Headers["WebHook-Allowed-Origin"] = "*";
                    else
                        Gekregen.Enqueue((await JsonDocument.ParseAsync(vraag.Request.InputStream)).RootElement);
                    vraag.Response.Close();
                }
                // The sender was killed in the middle, or the test is over.
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or JsonException)
                {
                }
            }
        }
    }
}
