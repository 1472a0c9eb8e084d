using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Wat er gebeurt als iemand het programma stopt en weer start, of verkeerd start.</summary>
[Collection(nameof(Alleen))]
public sealed class StartenEnStoppen
{
    // Later than the real clock: a process that has just started and was not told the time yet must not think that terms have passed.
    private const string Begin = "2041-03-04 09:00";

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Na_Ctrl_C_gaat_een_volgende_start_verder_waar_het_was(Opstelling opstelling)
    {
        await using var stad = await Stad.Start(opstelling, Begin);
        var casus = await stad.CasusMetRegisseur();
        var voorstel = await casus.Regisseur.SteltOverdrachtVoor(casus.Id, casus.Collega).Lukt();
        var antwoordVoor = voorstel.Json.GetProperty("antwoordVoor").GetDateTimeOffset();
        await stad.Stil();
        var voor = await stad.Opslag.Rijentelling();

        var begin = TimeProvider.System.GetTimestamp();
        foreach (var code in await Task.WhenAll(stad.Processen.Select(p => p.Proces.CtrlC())))
            Assert.Equal(0, code);
        Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(15), "stoppen duurt te lang");
        await Task.WhenAll(stad.Processen.Select(p => p.Start()));
        await stad.Stil();

        Assert.Equal(voor.Where(t => t.Key != "regie.vervangers"), (await stad.Opslag.Rijentelling()).Where(t => t.Key != "regie.vervangers"));
        // Bij een volgende start is ook de laatste vervanger van de regisseur vertrokken.
        stad.RichtIn(regio => regio["professionals"]!.AsArray().Single(p => Guid.Parse((string)p!["id"]!) == casus.Regisseur.Id)!["vervangers"]!.AsArray().Clear());
        await Task.WhenAll(stad.Processen.Select(p => p.Start()));
        await stad.Stil();

        await casus.Regisseur.Ziet(casus.Id).Lukt();
        Assert.Contains("Antwoord op het voorstel om de regie over te nemen", await casus.Collega.Taken(casus.Id));

        // De klok die voor de herstart begon te lopen, loopt af.
        await stad.Klok(antwoordVoor);
        Assert.Equal(["wie, gemeld"], await stad.Knelpunten(casus.Id));

        // De keten is leeg: de leidinggevende houdt de regie in laatste instantie.
        await casus.Leidinggevende.RegeltAcuteVervanging(casus.Id).Lukt();
        Assert.Equal(
        [
            $"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | {Stad.Tekst(antwoordVoor)} | casus geopend",
            $"{stad.Naam(casus.Leidinggevende.Id)} (noodhouder) | {Stad.Tekst(antwoordVoor)} | nu | vervanging",
        ], await stad.Lijn(casus.Id, "regie"));
        await stad.Stil();
        Assert.Contains($"regisseur: {stad.Naam(casus.Leidinggevende.Id)}", await stad.Kernteam(casus.Id));
    }

    [Theory]
    [InlineData("--snelheid=hard", "Onbekende instelling '--snelheid'")]
    [InlineData("--services=intake,bestaatniet", "Onbekende dienst 'bestaatniet'")]
    [InlineData("--Database=mysql:Server=localhost", "De instelling Database begint met 'sqlite:' of 'postgres:'")]
    [InlineData("--Database=sqlite:/proc/nergens", "De map '/proc/nergens' uit de instelling Database is niet te gebruiken")]
    [InlineData("--Database=postgres:Host=127.0.0.1;Port=1;Username=x", "PostgreSQL is niet bereikbaar op 127.0.0.1:1")]
    [InlineData("--Bus=kafka://localhost", "De instelling Bus is 'memory' of een adres dat begint met 'amqp://'")]
    [InlineData("--Regio=/bestaat/niet.json", "Het bestand van de regio '/bestaat/niet.json' is niet te lezen")]
    [InlineData("--Issuer=https://uitgever.example", "--proef gaat niet samen met een echte uitgever van tokens")]
    [InlineData("--Issuer=geen-adres", "De instelling Issuer is geen webadres.")]
    [InlineData("--CrashPoint=Zomaar", "Onbekend crashpunt 'Zomaar'")]
    [InlineData("--ZonderBescherming=alles", "Onbekende bescherming 'alles'")]
    public async Task Een_verkeerde_instelling_is_een_zin_en_code_2(string instelling, string zin)
    {
        var map = Directory.CreateTempSubdirectory("netwerkregie-");
        await using var host = HostProces.Start(HostProces.VrijAdres(), map.FullName, instelling, "--proef");
        Assert.Equal(2, await host.Einde());
        Assert.StartsWith(zin, host.Fouten, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', host.Fouten);
        map.Delete(recursive: true);
    }

    [Fact]
    public async Task Een_onbereikbare_RabbitMQ_is_een_zin_en_code_2()
    {
        var map = Directory.CreateTempSubdirectory("netwerkregie-");
        await using var host = HostProces.Start(HostProces.VrijAdres(), map.FullName, "--Bus=amqp://guest:guest@127.0.0.1:1/", "--Regio=demonstratie");
        Assert.Equal(2, await host.Einde());
        Assert.Equal("RabbitMQ is niet bereikbaar op 127.0.0.1:1.", host.Fouten);
        map.Delete(recursive: true);
    }

    [Fact]
    public async Task Een_adres_dat_bezet_is_is_een_zin_en_code_2()
    {
        await using var stad = await Stad.Start(Opstelling.EenProces);
        var map = Directory.CreateTempSubdirectory("netwerkregie-");
        await using var tweede = HostProces.Start(stad.Processen[0].Adres, map.FullName);
        Assert.Equal(2, await tweede.Einde());
        Assert.StartsWith("Dit adres is al in gebruik; kies een ander met --urls.", tweede.Fouten, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', tweede.Fouten);
        map.Delete(recursive: true);
    }
}
