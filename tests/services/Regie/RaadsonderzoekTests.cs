using System.Net;
using NetwerkRegie.Contracts.Veiligheid;
using NetwerkRegie.Regie;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>De Raad begint uit zichzelf: niemand vroeg erom, en het kader en de regie blijven.</summary>
public sealed class RaadsonderzoekTests(GezinOpstelling regie) : IClassFixture<GezinOpstelling>
{
    [Fact]
    public async Task Een_onderzoek_dat_de_raad_uit_zichzelf_begint_wacht_op_het_rapport_en_verlegt_niets()
    {
        var gezin = await regie.Gezin();
        var lijnen = await Lijnen();
        var onderzoek = Guid.CreateVersion7();

        await regie.Bericht(new OnderzoekBegonnen(gezin.Casus, onderzoek, ["K1"], regie.Nu));

        Assert.Equal(["ontvangen", null], await Onderzoek());
        Assert.Equal("NetwerkRegie.OnderzoekAfwachten", (await Wachten()).Stap);
        Assert.Equal(lijnen, await Lijnen());
        Assert.Contains("De Raad voor de Kinderbescherming doet onderzoek", (await gezin.Regisseur.Get($"/v1/casussen/{gezin.Casus}/kinderen/K1/kaderkaart")).Is(HttpStatusCode.OK).Tekst, StringComparison.Ordinal);

        await regie.Bericht(new OnderzoekAfgerond(gezin.Casus, onderzoek, ["K1"], false, regie.Nu));

        Assert.Equal([null, null], await Onderzoek());
        Assert.NotNull((await Wachten()).AfgehandeldOp);
        Assert.Equal(lijnen, await Lijnen());
        Assert.Equal(["kaders.onderzoek-begonnen", "kaders.onderzoek-afgerond"], await regie.Database(db => db.Logboek.Where(g => g.CasusId == gezin.Casus && g.Type.StartsWith("kaders.")).OrderBy(g => g.Volgnr).Select(g => g.Type).ToListAsync()));

        async Task<IEnumerable<string?>> Onderzoek() => (await gezin.Regisseur.Get($"/v1/casussen/{gezin.Casus}")).Is(HttpStatusCode.OK)["kinderen"].EnumerateArray().Select(k => k.TryGetProperty("raadsonderzoek", out var status) ? status.GetString() : null);

        Task<Wachtpunt> Wachten() => regie.Database(db => db.Wachtpunten.AsNoTracking().SingleAsync(w => w.CasusId == gezin.Casus && w.Sleutel == onderzoek.ToString()));

        Task<List<string>> Lijnen() => regie.Database(db => db.Perioden.Where(p => p.CasusId == gezin.Casus).OrderBy(p => p.Lijn).ThenBy(p => p.Onderdeel).ThenBy(p => p.Volgnr).Select(p => p.Lijn + " " + p.Onderdeel + " " + p.Waarde).ToListAsync());
    }
}
