using System.Net;
using System.Text.Json;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Termijnen;
using Xunit;

namespace NetwerkRegie.Services.Tests.Kernteam;

/// <summary>Een stap tegen de koers wacht op een besluit dat samen is genomen; wat acuut is gaat door, en wordt niet vergeten.</summary>
public sealed class KoersstapTests(KernteamOpstelling kernteam) : IClassFixture<KernteamOpstelling>
{
    private const string Besloten = "Nee: extra nachtdienst in plaats van een gesloten plek";

    [Fact]
    public async Task Een_stap_tegen_de_koers_wordt_vastgehouden_en_raakt_niet_kwijt()
    {
        var (samira, fenne, casus) = await MetKoers();

        var stap = (await fenne.Post($"/v1/kernteams/{casus}/stappen", new { wat = "Een gesloten plek vragen", tegenPunt = 2 })).Is(HttpStatusCode.Created);

        Assert.Equal(("vastgehouden", 2, 1), (stap["status"].GetString(), stap["tegenPunt"].GetInt32(), stap["koersVersie"].GetInt32()));
        Assert.Equal("Deze stap gaat in tegen punt 2 van de koers en wacht op een besluit van het kernteam; bij acuut gevaar kan zij met een reden meteen.", stap["zin"].GetString());
        var id = stap["id"].GetGuid();
        Assert.Equal(new(casus, id), Assert.Single(await kernteam.Uitgezonden<KoersafwijkingGeblokkeerd>(m => m.CasusId == casus, 1)));
        Assert.Equal(id, Assert.Single((await samira.Get($"/v1/kernteams/{casus}/agenda")).Is(HttpStatusCode.OK)["stappen"].EnumerateArray()).GetProperty("id").GetGuid());
        await kernteam.Klok(kernteam.Nu.AddDays(30));
        Assert.Equal((id, "vastgehouden", fenne.Id), (await Stappen(samira, casus)).Select(s => (s.GetProperty("id").GetGuid(), s.GetProperty("status").GetString(), s.GetProperty("gevraagdDoorId").GetGuid())).Single());
        Assert.Equal(samira.Id, (await samira.Get($"/v1/kernteams/{casus}"))["leden"][0].GetProperty("lidId").GetGuid());
    }

    [Fact]
    public async Task Wat_bij_de_koers_past_kan_door_maar_niet_tijdens_een_stop()
    {
        var (samira, _, casus) = await MetKoers();

        var stap = (await samira.Post($"/v1/kernteams/{casus}/stappen", new { wat = "Logeren bij tante" })).Is(HttpStatusCode.Created);
        Assert.Equal(("toegestaan", "Deze stap past bij de koers en kan door."), (stap["status"].GetString(), stap["zin"].GetString()));

        (await samira.Post($"/v1/kernteams/{casus}/stops")).Is(HttpStatusCode.Created);
        Assert.Equal("De stopknop is ingedrukt; beantwoord eerst samen de drie stopvragen.", (await samira.Post($"/v1/kernteams/{casus}/stappen", new { wat = "Logeren bij tante" })).Is(HttpStatusCode.Conflict)["detail"].GetString());
        Assert.Single(await Stappen(samira, casus));
        Assert.Empty(await kernteam.Uitgezonden<KoersafwijkingGeblokkeerd>(m => m.CasusId == casus, 0));
    }

    [Fact]
    public async Task Alleen_wie_aan_tafel_zit_vraagt_en_tegen_een_punt_dat_er_staat()
    {
        var (samira, _, casus) = await MetKoers();
        var naomi = await kernteam.Als("regisseur", "Naomi");
        var zonderKoers = await kernteam.Kernteam(samira);

        (await naomi.Post($"/v1/kernteams/{casus}/stappen", new { wat = "Een gesloten plek vragen", tegenPunt = 2 })).Is(HttpStatusCode.NotFound);
        (await naomi.Get($"/v1/kernteams/{casus}/stappen")).Is(HttpStatusCode.NotFound);
        Assert.Equal(["/wat", "/tegenPunt"], (await samira.Post($"/v1/kernteams/{casus}/stappen", new { tegenPunt = 3 })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal(["/tegenPunt"], (await samira.Post($"/v1/kernteams/{casus}/stappen", new { wat = "Iets", tegenPunt = 0 })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal(["/tegenPunt"], (await samira.Post($"/v1/kernteams/{zonderKoers}/stappen", new { wat = "Iets", tegenPunt = 1 })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal(["/acuteReden"], (await samira.Post($"/v1/kernteams/{casus}/stappen", new { wat = "Iets", acuteReden = "Gevaar" })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal(["/acuteReden"], (await samira.Post($"/v1/kernteams/{casus}/stappen", new { wat = "Iets", tegenPunt = 1, acuteReden = " " })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Empty(await Stappen(samira, casus));
    }

    [Theory, InlineData(true, "toegestaan", "Het kernteam besloot samen dat deze stap door kan."), InlineData(false, "afgewezen", "Het kernteam besloot samen dat deze stap niet doorgaat.")]
    public async Task Een_besluit_van_elke_stoel_laat_de_stap_door_of_niet(bool door, string status, string zin)
    {
        var (samira, _, casus) = await MetKoers();
        var stap = await Vraag(samira, casus);

        Assert.Equal("Elke stoel zegt iets over een besluit; nog niet: rvt.", (await Besluit(samira, casus, stap, door, stoelen: ["regisseur", "moeder"])).Is(HttpStatusCode.Conflict)["detail"].GetString());
        Assert.Equal(["/laatStapToe"], (await Besluit(samira, casus, stap, null)).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal(["/laatStapToe"], (await Besluit(samira, casus, null, true)).Is(HttpStatusCode.BadRequest).Fouten);
        (await Besluit(samira, casus, Guid.CreateVersion7(), door)).Is(HttpStatusCode.NotFound);
        Assert.Equal("Dit besluit is genomen voordat de stap werd gevraagd.", (await Besluit(samira, casus, stap, door, genomenUur: -1)).Is(HttpStatusCode.Conflict)["detail"].GetString());
        Assert.Equal("vastgehouden", Assert.Single(await Stappen(samira, casus)).GetProperty("status").GetString());
        Assert.Empty((await samira.Get($"/v1/kernteams/{casus}/besluiten")).Items);

        var besluit = (await Besluit(samira, casus, stap, door)).Is(HttpStatusCode.Created)["id"].GetGuid();

        var beslist = Assert.Single(await Stappen(samira, casus));
        Assert.Equal((status, zin, besluit), (beslist.GetProperty("status").GetString(), beslist.GetProperty("zin").GetString(), beslist.GetProperty("besluitId").GetGuid()));
        Assert.Equal("Deze stap wacht niet op een besluit.", (await Besluit(samira, casus, stap, !door)).Is(HttpStatusCode.Conflict)["detail"].GetString());
        Assert.Equal("Deze stap wordt niet vastgehouden.", (await samira.Post($"/v1/kernteams/{casus}/stappen/{stap}/acuut", new { acuteReden = "Zij loopt weg." })).Is(HttpStatusCode.Conflict)["detail"].GetString());
        Assert.Equal(0, (await samira.Get($"/v1/kernteams/{casus}/agenda"))["stappen"].GetArrayLength());
    }

    [Fact]
    public async Task Bij_acuut_gevaar_kan_de_stap_meteen_ook_bij_een_stop_en_het_besluit_mag_niet_uitblijven()
    {
        var (samira, fenne, casus) = await MetKoers();
        (await samira.Post($"/v1/kernteams/{casus}/stops")).Is(HttpStatusCode.Created);

        var stap = (await fenne.Post($"/v1/kernteams/{casus}/stappen", new { wat = "Een gesloten plek vragen", tegenPunt = 2, acuteReden = "Zij loopt op het spoor." })).Is(HttpStatusCode.Created);

        var voor = stap["besluitVoor"].GetDateTimeOffset();
        Assert.Equal(("uitgevoerd-acuut", fenne.Id, Termijnboek.Standaard["koers-besluit-achteraf"].Verloopt(kernteam.Nu)), (stap["status"].GetString(), stap["acuutDoorId"].GetGuid(), voor));
        Assert.Equal("WACHT", await Gezondheid(samira, casus));
        await kernteam.Klok(voor.AddSeconds(-1));
        Assert.Empty(await kernteam.Uitgezonden<KoersbesluitWachtTeLang>(m => m.CasusId == casus, 0));
        await kernteam.Klok(voor.AddDays(3));
        Assert.Equal(new(casus, stap["id"].GetGuid()), Assert.Single(await kernteam.Uitgezonden<KoersbesluitWachtTeLang>(m => m.CasusId == casus, 1)));
        Assert.Equal("WACHT_TE_LANG", await Gezondheid(samira, casus));
        Assert.Contains("op een besluit van het kernteam over een stap tegen de koers;", Assert.Single((await samira.Get($"/v1/kernteams/{casus}"))["wachtOp"].EnumerateArray()).GetString(), StringComparison.Ordinal);

        (await Besluit(samira, casus, stap["id"].GetGuid(), false)).Is(HttpStatusCode.Created);

        Assert.Equal("LOOPT", await Gezondheid(samira, casus));
        var beslist = Assert.Single(await Stappen(samira, casus));
        Assert.Equal(("afgewezen", "Het kernteam staat achteraf niet achter deze stap."), (beslist.GetProperty("status").GetString(), beslist.GetProperty("zin").GetString()));
        Assert.Empty(await kernteam.Uitgezonden<KoersafwijkingGeblokkeerd>(m => m.CasusId == casus, 0));
    }

    [Fact]
    public async Task Wat_werd_vastgehouden_kan_alsnog_acuut_en_een_besluit_op_tijd_is_geen_bericht()
    {
        var (samira, fenne, casus) = await MetKoers();
        var stap = await Vraag(fenne, casus);
        var naomi = await kernteam.Als("regisseur", "Naomi");

        (await naomi.Post($"/v1/kernteams/{casus}/stappen/{stap}/acuut", new { acuteReden = "Nieuwsgierig" })).Is(HttpStatusCode.NotFound);
        Assert.Equal(["/acuteReden"], (await fenne.Post($"/v1/kernteams/{casus}/stappen/{stap}/acuut", new { })).Is(HttpStatusCode.BadRequest).Fouten);
        Assert.Equal("uitgevoerd-acuut", (await fenne.Post($"/v1/kernteams/{casus}/stappen/{stap}/acuut", new { acuteReden = "Zij loopt op het spoor." })).Is(HttpStatusCode.OK)["status"].GetString());
        (await fenne.Post($"/v1/kernteams/{casus}/stappen/{stap}/acuut", new { acuteReden = "Nog eens" })).Is(HttpStatusCode.Conflict);
        (await Besluit(samira, casus, stap, true)).Is(HttpStatusCode.Created);
        await kernteam.Klok(kernteam.Nu.AddDays(10));

        Assert.Equal("Het kernteam staat ook achteraf achter deze stap.", Assert.Single(await Stappen(samira, casus)).GetProperty("zin").GetString());
        Assert.Empty(await kernteam.Uitgezonden<KoersbesluitWachtTeLang>(m => m.CasusId == casus, 0));
    }

    private async Task<(Persoon Samira, Persoon Fenne, Guid Casus)> MetKoers()
    {
        var (samira, fenne) = (await kernteam.Als("regisseur", "Samira"), await kernteam.Als("rvt", "Fenne"));
        var casus = await kernteam.Kernteam(samira);
        await kernteam.Bericht(new KernteamUitbreiden(KernteamOpstelling.Stap(casus), "rvt", fenne.Id));
        (await samira.Post($"/v1/kernteams/{casus}/stoelen", new { stoelen = new[] { new { stoel = "moeder", soort = "gezin" } } })).Is(HttpStatusCode.OK);
        (await samira.Post($"/v1/kernteams/{casus}/koers", new { punten = new[] { "Stem van het kind", "Geen gesloten setting" } })).Is(HttpStatusCode.Created);
        return (samira, fenne, casus);
    }

    private static async Task<Guid> Vraag(Persoon door, Guid casus) =>
        (await door.Post($"/v1/kernteams/{casus}/stappen", new { wat = "Een gesloten plek vragen", tegenPunt = 2 })).Is(HttpStatusCode.Created)["id"].GetGuid();

    private Task<Antwoord> Besluit(Persoon door, Guid casus, Guid? stapId, bool? laatStapToe, int genomenUur = 0, string[]? stoelen = null) => door.Post($"/v1/kernteams/{casus}/besluiten", new
    {
        genomenOp = kernteam.Nu.AddHours(genomenUur),
        besluit = Besloten,
        lichtereWeg = "Extra nachtdienst",
        gezinErbij = true,
        stemmen = (stoelen ?? ["regisseur", "moeder", "rvt"]).Select(stoel => new { stoel, isVoor = true }),
        stapId,
        laatStapToe,
    });

    private static async Task<IReadOnlyList<JsonElement>> Stappen(Persoon lid, Guid casus) => (await lid.Get($"/v1/kernteams/{casus}/stappen")).Is(HttpStatusCode.OK).Items;

    private static async Task<string?> Gezondheid(Persoon lid, Guid casus) => (await lid.Get($"/v1/kernteams/{casus}"))["gezondheid"].GetString();
}
