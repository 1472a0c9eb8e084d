using Xunit;
using Xunit.Abstractions;

namespace NetwerkRegie.Scenarios.Tests.Chaos;

/// <summary>Processen vallen uit met SIGKILL, op willekeurige momenten en op de plaatsen waar het het meest pijn doet. Er gaat niets verloren en niets gebeurt dubbel.</summary>
[Trait("Soort", "Chaos")]
[Collection(nameof(Alleen))]
public sealed class ChaosTests(ITestOutputHelper uitvoer)
{
    private const int Meldingen = 1000;
    private const int Uitval = 8;

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Duizend_meldingen_terwijl_processen_uitvallen(Opstelling opstelling)
    {
        var zaad = int.TryParse(Environment.GetEnvironmentVariable("CHAOS_ZAAD"), out var gegeven) ? gegeven : Random.Shared.Next();
        uitvoer.WriteLine($"CHAOS_ZAAD={zaad}");
        var toeval = new Random(zaad);
        await using var stad = await Stad.Start(opstelling, begin: null);
        var melders = new Melders(stad);
        var begin = TimeProvider.System.GetTimestamp();
        var melden = melders.Melden(Meldingen, overdrachtElke: 50);

        for (var keer = 0; keer < Uitval; keer++)
        {
            // Somewhere in this part of the work; the last time when everything has been accepted and much is still underway.
            var moment = keer == Uitval - 1 ? Meldingen : (keer * Meldingen / Uitval) + toeval.Next(Meldingen / Uitval);
            await stad.ZietUiteindelijk(() => Task.FromResult(melders.Aangenomen.Count >= moment || melden.IsFaulted), TimeSpan.FromMinutes(5));
            var dienst = stad.Processen[toeval.Next(stad.Processen.Count)];
            uitvoer.WriteLine($"bij {melders.Aangenomen.Count} meldingen valt {dienst.Naam} uit op {dienst.Adres}");
            await dienst.Proces.Dood();
            Assert.Empty(await Behoud.GebrokenLijnen(stad));
            await dienst.Start();
            Assert.Empty(await Behoud.GebrokenLijnen(stad));
        }

        await melden;
        uitvoer.WriteLine($"aangenomen na {TimeProvider.System.GetElapsedTime(begin).TotalSeconds:0} s");
        await Behouden(stad, melders);
        uitvoer.WriteLine($"alles klaar na {TimeProvider.System.GetElapsedTime(begin).TotalSeconds:0} s");

        // Each handover moved regie once.
        Assert.Equal(Meldingen / 50 * 9 / 10, melders.Overgedragen.Count);
        foreach (var casus in melders.Overgedragen)
            Assert.Equal(2, (await stad.Lijn(casus, "regie")).Count);
        Assert.Equal(melders.Overgedragen.Count, await stad.Opslag.Aantal("regie", "select count(*) from perioden where lijn = 'regie' and volgnr > 1"));
    }

    [Theory]
    [InlineData(Opstelling.EenProces, "AfterHandleBeforeCommit@7")]
    [InlineData(Opstelling.EenProces, "AfterCommitBeforeSend@2")]
    [InlineData(Opstelling.EenProces, "AfterSendBeforeMark@2")]
    [InlineData(Opstelling.EenProces, "AfterCommitBeforeSend@2", "DuringReoffer")]
    [InlineData(Opstelling.LosseProcessen, "AfterHandleBeforeCommit@7")]
    [InlineData(Opstelling.LosseProcessen, "AfterCommitBeforeSend@2")]
    [InlineData(Opstelling.LosseProcessen, "AfterSendBeforeMark@2")]
    [InlineData(Opstelling.LosseProcessen, "AfterCommitBeforeSend@2", "DuringReoffer")]
    public async Task Uitval_op_een_vaste_plaats(Opstelling opstelling, params string[] crashpunten)
    {
        await using var stad = await Stad.Start(opstelling, begin: null, instellingen: _ => [$"--CrashPoint={crashpunten[0]}"]);
        var melders = new Melders(stad);
        var uitval = stad.Processen.ToDictionary(p => p, _ => 0);
        var melden = melders.Melden(60);
        await stad.ZietUiteindelijk(async () =>
        {
            foreach (var dienst in stad.Processen.Where(p => p.Proces.IsWeg))
                await dienst.Begin(crashpunten.Skip(++uitval[dienst]).Take(1).Select(punt => $"--CrashPoint={punt}"));
            return melden.IsCompleted && (await Behoud.Schendingen(stad, melders.Aangenomen)).Count == 0;
        }, TimeSpan.FromMinutes(3));
        await melden;
        foreach (var (dienst, keren) in uitval)
            uitvoer.WriteLine($"{dienst.Naam}: {keren} keer uitgevallen");
        Assert.Contains(uitval.Values, keren => keren == crashpunten.Length);
        // Who did not come to its place yet would still fall there, with nobody looking any more.
        foreach (var (dienst, _) in uitval.Where(u => u.Value < crashpunten.Length))
        {
            if (!dienst.Proces.IsWeg)
                await dienst.Proces.Dood();
            await dienst.Start();
        }

        await Behouden(stad, melders);
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Zonder_outbox_gaat_er_bij_uitval_iets_verloren(Opstelling opstelling)
    {
        const string zonder = "--ZonderBescherming=outbox";
        await using var stad = await Stad.Start(opstelling, begin: null, instellingen: naam => naam is "all" or "intake" ? [zonder, "--CrashPoint=AfterCommitBeforeSend@2"] : [zonder]);
        var melders = new Melders(stad);
        var melden = melders.Melden(40);
        await stad.ZietUiteindelijk(() => Task.FromResult(stad.Processen[0].Proces.IsWeg));
        await stad.Processen[0].Start(zonder);
        await melden;
        await melders.NogEen();
        await stad.ZietUiteindelijk(async () => !(await Behoud.Schendingen(stad, melders.Aangenomen)).Any(fout => fout.EndsWith("in outbox", StringComparison.Ordinal)));

        var schendingen = await Behoud.Schendingen(stad, melders.Aangenomen);
        uitvoer.WriteLine(string.Join('\n', schendingen));
        Assert.NotEmpty(schendingen);
        Assert.Empty(await Behoud.GebrokenLijnen(stad));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Wat_is_afgeleverd_maar_niet_afgevinkt_komt_nog_eens_in_een_proces(bool metInbox)
    {
        string[] bescherming = metInbox ? [] : ["--ZonderBescherming=inbox"];
        await using var stad = await Stad.Start(Opstelling.EenProces, begin: null, instellingen: _ => bescherming);
        var melders = new Melders(stad);
        await melders.NogEen();

        // Hold regie until the melding is promised, then hold intake until regie has handled it: delivered, and not ticked off.
        await using (var intake = await stad.Opslag.Open("intake"))
        {
            await using (var regie = await stad.Opslag.Open("regie"))
            {
                await using var regieBezet = await regie.BeginTransactionAsync();
                await melders.Melden(1);
                await intake.BeginTransactionAsync();
            }

            await stad.ZietUiteindelijk(async () => await stad.Opslag.Aantal("regie", "select count(*) from casussen") == 2);
            await stad.Processen[0].Proces.Dood();
        }

        Assert.Equal(1, await stad.Opslag.Aantal("intake", "select count(*) from outbox"));
        await stad.Processen[0].Start(bescherming);
        await melders.NogEen();
        if (metInbox)
            await Behouden(stad, melders);
        else
            await stad.ZietUiteindelijk(async () => (await Behoud.Schendingen(stad, melders.Aangenomen)).Any(fout => fout.EndsWith("2 stromen bij 1 meldingen", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Zonder_inbox_gebeurt_in_losse_processen_iets_dubbel()
    {
        await using var stad = await Stad.Start(Opstelling.LosseProcessen, begin: null, instellingen: naam => naam == "intake" ? ["--CrashPoint=AfterSendBeforeMark@2"] : ["--ZonderBescherming=inbox"]);
        var melders = new Melders(stad);
        var melden = melders.Melden(40);
        await stad.ZietUiteindelijk(() => Task.FromResult(stad.Processen[0].Proces.IsWeg));
        await stad.Processen[0].Start();
        await melden;
        await stad.ZietUiteindelijk(async () => (await Behoud.Schendingen(stad, melders.Aangenomen)).Any(fout => fout.Contains(" stromen bij ", StringComparison.Ordinal)));
    }

    private static async Task Behouden(Stad stad, Melders melders)
    {
        IReadOnlyList<string> schendingen = [];
        await melders.NogEen();
        await Wachten.Uiteindelijk(async () => (schendingen = await Behoud.Schendingen(stad, melders.Aangenomen)).Count == 0, TimeSpan.FromMinutes(2), () => Task.FromResult(string.Join('\n', schendingen)));
        // Whatever comes twice has come by now.
        await melders.NogEen();
        await Wachten.Uiteindelijk(async () => (schendingen = await Behoud.Schendingen(stad, melders.Aangenomen)).Count == 0, TimeSpan.FromMinutes(1), () => Task.FromResult(string.Join('\n', schendingen)));
    }
}
