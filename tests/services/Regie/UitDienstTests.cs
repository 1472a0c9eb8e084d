using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Regie;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Niemand gaat weg terwijl een gezin op hem rekent, en elke nacht wordt gekeken of er altijd nog iemand achter staat.</summary>
public sealed class UitDienstTests(RegieProces proces) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Wie_nog_regie_houdt_of_wordt_vervangen_kan_niet_uit_dienst()
    {
        var (wessel, ilham, gerben, petra) = (await proces.Iemand("Wessel Dijkman"), await proces.Iemand("Ilham Azouz"), await proces.Iemand("Gerben Postma"), await proces.Iemand("Petra Hoogland"));
        var casus = await proces.Casus("Wessel Dijkman");
        await petra.Doet($"professionals/{wessel.Id}/uitdiensttreding", new { reden = "andere baan" }, 404);
        await gerben.Doet($"professionals/{wessel.Id}/uitdiensttreding", new { }, 400);

        Assert.Equal(["houdt de regie"], await Belemmeringen(wessel));
        Assert.Equal("bewaking.afsluiting-geweigerd", (await proces.Gebeurd(casus))[^1]);
        // Zij is de enige die voor hem kan waarnemen.
        Assert.Equal(["is de enige vervanger"], await Belemmeringen(ilham));
        await wessel.Doet($"casussen/{casus}/vervangingen", new { soort = "acuut", reden = "ziek" }, 201);
        Assert.Equal(["wordt vervangen"], await Belemmeringen(wessel));
        Assert.Equal(["houdt de regie"], await Belemmeringen(ilham));

        var overdracht = (Guid)(await ilham.Doet($"casussen/{casus}/overdrachten", new { naarId = petra.Id, reden = "vertrek" }, 201))["id"]!;
        var aanvaard = await petra.Doet($"overdrachten/{overdracht}/aanvaarding");
        await proces.Later(TimeSpan.FromMinutes(1));
        await petra.Doet($"overdrachten/{overdracht}/gesprek", new { beeindigdOp = (DateTimeOffset)aanvaard["voorgesteldOp"]! + TimeSpan.FromSeconds(30), gezinAanwezig = true });

        await gerben.Doet($"professionals/{wessel.Id}/uitdiensttreding", new { reden = "andere baan" });
        await gerben.Doet($"professionals/{wessel.Id}/uitdiensttreding", new { reden = "andere baan" }, 409);
        Assert.False(await proces.InDatabase((db, _) => Task.FromResult(db.Professionals.Single(p => p.Id == wessel.Id).IsActief)));

        async Task<IEnumerable<string>> Belemmeringen(Iemand wie)
        {
            var nee = await gerben.Doet($"professionals/{wie.Id}/uitdiensttreding", new { reden = "andere baan" }, 409);
            Assert.True(await proces.InDatabase((db, _) => Task.FromResult(db.Professionals.Single(p => p.Id == wie.Id).IsActief)));
            return nee["belemmeringen"]!.AsArray().Where(b => (Guid)b!["casusId"]! == casus).Select(b => (string)b!["waarom"]!);
        }
    }

    [Fact]
    public async Task Ontbreekt_er_een_vervanger_dan_weet_de_leidinggevende_dat_de_volgende_morgen_en_maar_een_keer()
    {
        var hidde = await proces.Iemand("Hidde Wolters");
        var casus = await proces.Casus("Bram Ottens");
        Assert.DoesNotContain(casus, await proces.InDatabase((db, _) => Nachtcontrole.OnveiligAsync(db, default)));
        await proces.InDatabase(async (db, _) =>
        {
            db.Professionals.Single(p => p.Naam == "Yara Smeets").IsActief = false;
            return await db.SaveChangesAsync();
        });
        Assert.Contains(casus, await proces.InDatabase((db, _) => Nachtcontrole.OnveiligAsync(db, default)));

        await proces.Later(TimeSpan.FromHours(25));
        await proces.Later(TimeSpan.FromHours(25));

        Assert.Single(await hidde.Taken(casus), titel => titel.StartsWith("Een geldige vervanger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wie_uit_het_bestand_verdwijnt_gaat_uit_dienst_tenzij_een_casus_op_hem_rekent()
    {
        var casus = await proces.Casus("Bram Ottens");
        var (bram, vrij, team) = (await Lees("Bram Ottens"), await Lees("Rik Maasdam"), (await Lees("Bram Ottens")).TeamId!);

        var nodig = await Laad(regio => regio with
        {
            Teams = [.. regio.Teams.Where(t => t.Id != team)],
            Professionals = [.. regio.Professionals.Where(p => p.Id != bram.Id && p.Id != vrij.Id)],
        });

        Assert.Contains($"houdt de regie (casus {casus})", nodig[$"{bram.Id}"], StringComparison.Ordinal);
        Assert.StartsWith("draagt open casussen", nodig[team], StringComparison.Ordinal);
        Assert.DoesNotContain($"{vrij.Id}", nodig.Keys);
        Assert.True((await Lees("Bram Ottens")).IsActief);
        Assert.Equal((false, Professional.NietInBestand), (await Lees("Rik Maasdam") is var weg ? (weg.IsActief, weg.UitDienstReden) : default));
        Assert.Empty(await proces.InDatabase((db, _) => Task.FromResult(db.Teams.Single(t => t.Id == team).Routes)));

        Assert.Empty(await Laad(regio => regio));
        Assert.True((await Lees("Rik Maasdam")).IsActief);
        Assert.NotEmpty(await proces.InDatabase((db, _) => Task.FromResult(db.Teams.Single(t => t.Id == team).Routes)));

        Task<Professional> Lees(string naam) => proces.InDatabase((db, _) => Task.FromResult(db.Professionals.Single(p => p.Naam == naam)));

        Task<Dictionary<string, string>> Laad(Func<NetwerkRegie.Contracts.Regio, NetwerkRegie.Contracts.Regio> wijzig) => proces.InDatabase(async (db, diensten) =>
        {
            var regio = wijzig(diensten.GetRequiredService<NetwerkRegie.Contracts.Regio>());
            await RegioLaden.OvernemenAsync(db, regio, default);
            return (await RegioLaden.VerdwenenAsync(db, regio, diensten.GetRequiredService<TimeProvider>().GetUtcNow(), default)).ToDictionary(n => n.Id, n => n.Waarom);
        });
    }

    [Fact]
    public void De_nacht_is_drie_uur_in_Nederland_ook_als_de_klok_verspringt()
    {
        Assert.Equal(Utc(2026, 3, 29, 1), Nachtcontrole.Nacht(Utc(2026, 3, 28, 22)));
        Assert.Equal(Utc(2026, 10, 25, 2), Nachtcontrole.Nacht(Utc(2026, 10, 24, 23)));
        Assert.Equal(Utc(2026, 5, 5, 1), Nachtcontrole.Nacht(Utc(2026, 5, 4, 1)));

        static DateTimeOffset Utc(int jaar, int maand, int dag, int uur) => new(jaar, maand, dag, uur, 0, 0, TimeSpan.Zero);
    }
}
