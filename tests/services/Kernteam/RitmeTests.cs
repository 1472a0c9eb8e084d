using System.Net;
using System.Text.Json;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Termijnen;
using Xunit;

namespace NetwerkRegie.Services.Tests.Kernteam;

/// <summary>Het kernteam komt bij elkaar zoals het afsprak, en wie de regie houdt hoort het als dat een keer niet gebeurde.</summary>
public sealed class RitmeTests(KernteamOpstelling kernteam) : IClassFixture<KernteamOpstelling>
{
    [Fact]
    public async Task Het_ritme_begint_pas_als_elke_organisatie_achter_haar_stoel_staat()
    {
        var (samira, tom, bestuur) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("gi", "Tom", "School"), await kernteam.Als("bestuurder", "Bestuur", "School"));
        var casus = await kernteam.Kernteam(samira);
        Assert.Equal("Het kernteam is nog niet actief; bezet eerst de stoelen.", (await Ritme(samira, casus, "wekelijks")).Is(HttpStatusCode.Conflict)["detail"].GetString());
        (await samira.Post($"/v1/kernteams/{casus}/stoelen", new { stoelen = new object[] { new { stoel = "moeder", soort = "gezin" }, new { stoel = "onderwijs", soort = "beroepskracht", lidId = tom.Id, organisatie = "School" } } })).Is(HttpStatusCode.OK);

        Assert.Equal("Het kernteam is nog niet actief; rugdekking ontbreekt: onderwijs.", (await Ritme(samira, casus, "wekelijks")).Is(HttpStatusCode.Conflict)["detail"].GetString());
        (await bestuur.Post($"/v1/kernteams/{casus}/stoelen/onderwijs/rugdekking", new { urenPerWeek = 1, mandaat = "Mag over de schoolplek beslissen" })).Is(HttpStatusCode.OK);
        (await Ritme(samira, casus, "wekelijks")).Is(HttpStatusCode.Created);

        Assert.Equal("wekelijks", (await Stand(tom, casus)).GetProperty("ritme").GetString());
    }

    [Fact]
    public async Task Alleen_wie_de_regie_houdt_legt_het_ritme_vast_en_een_ander_ritme_heeft_een_reden()
    {
        var (samira, fenne, naomi) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("rvt", "Fenne"), await kernteam.Als("regisseur", "Naomi"));
        var casus = await Actief(samira);
        await kernteam.Bericht(new KernteamUitbreiden(KernteamOpstelling.Stap(casus), "rvt", fenne.Id));

        (await Ritme(naomi, casus, "wekelijks")).Is(HttpStatusCode.NotFound);
        Assert.Equal("Het ritme legt vast wie de regie houdt.", (await Ritme(fenne, casus, "wekelijks")).Is(HttpStatusCode.Forbidden)["detail"].GetString());
        Assert.Equal(["/ritme"], (await Ritme(samira, casus, "soms")).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.False((await samira.Get($"/v1/kernteams/{casus}")).Json.TryGetProperty("ritme", out _));
        (await Ritme(samira, casus, "wekelijks")).Is(HttpStatusCode.Created);
        (await Ritme(samira, casus, "wekelijks")).Is(HttpStatusCode.OK);
        Assert.Equal(["/reden"], (await Ritme(samira, casus, "maandelijks")).Is(HttpStatusCode.BadRequest).Fouten);
        (await Ritme(samira, casus, "maandelijks", "Het gaat goed thuis.")).Is(HttpStatusCode.Created);
        (await Ritme(samira, casus, "maandelijks", "Het gaat goed thuis.")).Is(HttpStatusCode.OK);

        // That there is a rhythm is no change; that it became another one is.
        Assert.Single(await kernteam.Uitgezonden<RitmeGewijzigd>(m => m.CasusId == casus, 1));
        var ritmes = (await fenne.Get($"/v1/kernteams/{casus}/ritme")).Is(HttpStatusCode.OK).Items;
        Assert.Equal(["maandelijks Het gaat goed thuis.", "wekelijks"], ritmes.Select(r => $"{r.GetProperty("ritme")} {(r.TryGetProperty("reden", out var reden) ? reden : "")}".TrimEnd()));
        Assert.All(ritmes, r => Assert.Equal(samira.Id, r.GetProperty("afgesprokenDoorId").GetGuid()));
    }

    [Fact]
    public async Task Een_gemiste_bijeenkomst_is_een_keer_een_bericht_en_Goede_Vrijdag_houdt_de_klok_niet_tegen()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var pasen = NederlandseKalender.Pasen(kernteam.Nu.Year + 1);
        var donderdag = Om15Uur(-3);
        await kernteam.Klok(Om15Uur(-10));
        var casus = await Actief(samira, "wekelijks");
        await kernteam.Klok(donderdag);
        await Vergader(samira, casus);

        var gemist = Om15Uur(5);
        await kernteam.Klok(gemist.AddSeconds(-1));
        Assert.Empty(await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 0));
        Assert.Equal(("LOOPT", gemist), (await Gezondheid(samira, casus), (await Stand(samira, casus)).GetProperty("bijeenkomstVoor").GetDateTimeOffset()));
        Assert.False((await Stand(samira, casus)).TryGetProperty("gemistSinds", out _));

        await kernteam.Klok(gemist);
        Assert.Single(await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 1));
        var stand = await Stand(samira, casus);
        // Friday; the second working day is Tuesday, at the hour of the last time.
        Assert.Equal((gemist, Om15Uur(9)), (stand.GetProperty("gemistSinds").GetDateTimeOffset(), stand.GetProperty("voorstel").GetDateTimeOffset()));
        Assert.Equal("WACHT_TE_LANG", await Gezondheid(samira, casus));
        Assert.Matches(@"^Wacht sinds \d+ \w+ op een bijeenkomst van het kernteam; verwacht uiterlijk \d+ \w+; Samira of teamleider kan dit vlottrekken\.$", Assert.Single((await samira.Get($"/v1/kernteams/{casus}"))["wachtOp"].EnumerateArray()).GetString());

        // What was before the last time changes nothing, and it is told once.
        await Vergader(samira, casus, donderdag.AddDays(-2));
        await kernteam.Klok(gemist.AddDays(30));
        Assert.Single(await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 1));
        Assert.Equal("WACHT_TE_LANG", await Gezondheid(samira, casus));

        await Vergader(samira, casus);
        Assert.Equal("LOOPT", await Gezondheid(samira, casus));
        Assert.False((await Stand(samira, casus)).TryGetProperty("gemistSinds", out _));
        await kernteam.Klok(kernteam.Nu.AddDays(9));
        Assert.Equal(2, (await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 2)).Count);

        DateTimeOffset Om15Uur(int dagenNaPasen) => NederlandseKalender.Moment(pasen.AddDays(dagenNaPasen), new TimeOnly(15, 0));
    }

    [Fact]
    public async Task Wie_elke_maand_bij_elkaar_komt_heeft_een_maand_en_een_dag()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await Actief(samira, "wekelijks");
        await kernteam.Klok(kernteam.Nu.AddDays(5));
        (await Ritme(samira, casus, "maandelijks", "Het gaat goed thuis.")).Is(HttpStatusCode.Created);
        var voor = (await Stand(samira, casus)).GetProperty("bijeenkomstVoor").GetDateTimeOffset();
        Assert.Equal(Termijnboek.Standaard["kernteam-gemist-maandelijks"].Verloopt(kernteam.Nu), voor);

        await kernteam.Klok(voor.AddSeconds(-1));
        Assert.Empty(await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 0));
        await kernteam.Klok(voor);
        Assert.Single(await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 1));
    }

    [Fact]
    public async Task Zonder_ritme_is_er_niets_te_missen()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await Actief(samira);
        await Vergader(samira, casus);

        await kernteam.Klok(kernteam.Nu.AddDays(60));

        Assert.Equal("LOOPT", await Gezondheid(samira, casus));
        Assert.Empty(await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 0));
    }

    [Fact]
    public async Task Zolang_een_stop_duurt_staat_het_ritme_stil_en_daarna_telt_het_opnieuw()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await Actief(samira, "wekelijks");
        await kernteam.Klok(kernteam.Nu.AddDays(5));
        var stop = (await samira.Post($"/v1/kernteams/{casus}/stops")).Is(HttpStatusCode.Created)["id"].GetGuid();

        await kernteam.Klok(kernteam.Nu.AddDays(20));
        Assert.Empty(await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 0));
        Assert.False((await Stand(samira, casus)).TryGetProperty("bijeenkomstVoor", out _));
        (await samira.Post($"/v1/kernteams/{casus}/stops/{stop}/opheffing", new { nodigVoorDoorbraak = "Rust", inhoudEnVoorwaarden = "Een plek", wieDoetWat = "Tante vangt op" })).Is(HttpStatusCode.OK);
        var voor = (await Stand(samira, casus)).GetProperty("bijeenkomstVoor").GetDateTimeOffset();

        Assert.Equal(Termijnboek.Standaard["kernteam-gemist"].Verloopt(kernteam.Nu), voor);
        await kernteam.Klok(voor);
        Assert.Single(await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 1));
    }

    [Fact]
    public async Task Met_de_casus_eindigt_het_ritme_en_na_een_heropening_telt_het_weer()
    {
        var samira = await kernteam.Als("regisseur", "Samira");
        var casus = await Actief(samira, "wekelijks");
        await kernteam.Bericht(new CasusAfgesloten(casus, kernteam.Nu));

        await kernteam.Klok(kernteam.Nu.AddDays(40));
        Assert.Empty(await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 0));
        Assert.Equal("LOOPT", await Gezondheid(samira, casus));
        (await Ritme(samira, casus, "maandelijks", "Te laat")).Is(HttpStatusCode.Conflict);
        await kernteam.Bericht(new CasusHeropend(casus, samira.Id, kernteam.Nu));

        await kernteam.Klok(Termijnboek.Standaard["kernteam-gemist"].Verloopt(kernteam.Nu));
        Assert.Single(await kernteam.Uitgezonden<BijeenkomstGemist>(m => m.CasusId == casus, 1));
    }

    /// <summary>Een kernteam dat mag beginnen, met een ritme als dat genoemd is.</summary>
    private async Task<Guid> Actief(Persoon regisseur, string? ritme = null)
    {
        var casus = await kernteam.Kernteam(regisseur);
        (await regisseur.Post($"/v1/kernteams/{casus}/stoelen", new { stoelen = new[] { new { stoel = "moeder", soort = "gezin" } } })).Is(HttpStatusCode.OK);
        (await regisseur.Post($"/v1/kernteams/{casus}/plannen", new { besprokenMetGezinOp = kernteam.Nu, kernvraag = "Wat is nodig?" })).Is(HttpStatusCode.Created);
        if (ritme is not null)
            (await Ritme(regisseur, casus, ritme)).Is(HttpStatusCode.Created);
        return casus;
    }

    private static Task<Antwoord> Ritme(Persoon door, Guid casus, string ritme, string? reden = null) => door.Post($"/v1/kernteams/{casus}/ritme", new { ritme, reden });

    private async Task Vergader(Persoon door, Guid casus, DateTimeOffset? op = null) => (await door.Post($"/v1/kernteams/{casus}/bijeenkomsten", new
    {
        gehoudenOp = op ?? kernteam.Nu,
        aanwezigen = new[] { door.Id },
        agenda = new { incheck = true, actualiteit = "Rustige week", koers = "Nog op koers", terugkoppelingActies = "Twee gelukt", volgendeStappen = "School bellen", checkUit = true },
    })).Is(HttpStatusCode.Created);

    private static async Task<JsonElement> Stand(Persoon lid, Guid casus) => (await lid.Get($"/v1/kernteams/{casus}")).Is(HttpStatusCode.OK)["ritme"];

    private static async Task<string?> Gezondheid(Persoon lid, Guid casus) => (await lid.Get($"/v1/kernteams/{casus}"))["gezondheid"].GetString();
}
