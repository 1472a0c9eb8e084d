using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Een knelpunt vraagt om een besluit, en wie er niet uitkomt met een ander krijgt eerst een bemiddelaar. De regie beweegt niet.</summary>
public sealed class KnelpuntTests(RegieProces proces) : IClassFixture<RegieProces>
{
    [Fact]
    public async Task Na_een_weigering_bemiddelen_de_contactpersonen_van_beide_teams_en_hun_afspraak_is_het_besluit()
    {
        var (samira, petra, fenne, suze, gerben) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Petra Hoogland"), await proces.Iemand("Fenne Visbeen"), await proces.Iemand("Suze Roording"), await proces.Iemand("Gerben Postma"));
        var casus = await proces.Casus();
        var voorstel = (Guid)(await samira.Doet($"casussen/{casus}/overdrachten", new { naarId = fenne.Id, reden = "structureel gevaar" }, 201))["id"]!;

        // De leidinggevende van de ontvanger weigert voor haar.
        await suze.Doet($"overdrachten/{voorstel}/weigering", new { reden = "geen ruimte tot oktober", alternatief = "twee consulten" });

        var knelpunt = (await samira.Ziet($"casussen/{casus}/knelpunten"))["items"]!.AsArray().Single()!;
        var id = (Guid)knelpunt["id"]!;
        Assert.Equal(("wie", "gemeld", voorstel), ((string)knelpunt["soort"]!, (string)knelpunt["status"]!, (Guid)knelpunt["overdrachtId"]!));
        Assert.Equal([petra.Id, suze.Id], knelpunt["bemiddelaarIds"]!.AsArray().Select(b => (Guid)b!));
        Assert.Equal(["regie.overdracht-voorgesteld", "regie.overdracht-geweigerd", "knelpunten.gemeld", "knelpunten.bemiddeling-gestart"], (await proces.Gebeurd(casus))[^4..]);
        Assert.Contains("Bemiddelen bij een knelpunt", await suze.Taken(casus));
        Assert.Contains("Besluiten over een knelpunt", await petra.Taken(casus));

        // Wie bemiddelt kent het knelpunt en niet de casus.
        Assert.Equal("Een overdracht van de regie is geweigerd; de regie is gebleven waar zij was.", (string)(await suze.Ziet($"knelpunten/{id}"))["omschrijving"]!);
        await suze.Ziet($"casussen/{casus}", 404);
        await gerben.Ziet($"knelpunten/{id}", 404);
        await gerben.Doet($"knelpunten/{id}/bemiddeling", new { afspraak = "x" }, 404);
        await samira.Doet($"knelpunten/{id}/bemiddeling", new { afspraak = "x" }, 403);
        await suze.Doet($"knelpunten/{id}/bemiddeling", new { afspraak = " " }, 400);

        var besloten = await suze.Doet($"knelpunten/{id}/bemiddeling", new { afspraak = "het RVT neemt de regie op 24 september" });
        Assert.Equal(("besloten", "afspraak"), ((string)besloten["status"]!, (string)besloten["besluit"]!));
        await petra.Doet($"knelpunten/{id}/besluit", new { besluit = "oplossen", reden = "r" }, 409);
        Assert.Empty((await petra.Taken(casus)).Concat(await suze.Taken(casus)));

        // Het gezin en de melder moeten het weten voor het is opgelost.
        await samira.Doet($"knelpunten/{id}/oplossing", new { gerealiseerd = true, melderVerteld = true, gezinVerteld = false }, 409);
        await samira.Doet($"knelpunten/{id}/oplossing", new { gerealiseerd = true, melderVerteld = true, gezinVerteld = true });
        Assert.Equal([samira.Id.ToString()], await samira.Regielijn(casus));
    }

    [Fact]
    public async Task Ter_kennisgeving_is_geen_besluit_en_dat_ziet_de_bewaking()
    {
        var (samira, petra) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Petra Hoogland"));
        var casus = await proces.Casus();
        var id = (Guid)(await samira.Doet($"casussen/{casus}/knelpunten", new { soort = "regel", omschrijving = "een regel past niet" }, 201))["id"]!;

        await petra.Doet($"knelpunten/{id}/besluit", new { besluit = "ter kennisgeving", reden = "gelezen" }, 400);

        Assert.Equal("gemeld", (string)(await petra.Ziet($"knelpunten/{id}"))["status"]!);
        Assert.Equal(["knelpunten.gemeld", "knelpunten.besluit-geweigerd"], (await proces.Gebeurd(casus))[^2..]);
        // Een regel knelt met niemand: er valt niets te bemiddelen.
        Assert.DoesNotContain("knelpunten.bemiddeling-gestart", await proces.Gebeurd(casus));
    }

    [Fact]
    public async Task Wachten_op_capaciteit_heeft_een_overbrugging()
    {
        var samira = await proces.Iemand("Samira Bouazza");
        var casus = await proces.Casus();

        var fout = await samira.Doet($"casussen/{casus}/knelpunten", new { soort = "capaciteit", omschrijving = "veertien weken wachten" }, 400);
        Assert.Equal("/overbrugging", (string)fout["fouten"]!.AsArray().Single()!["plaats"]!);
        Assert.Equal("de praktijkondersteuner belt wekelijks", (string)(await samira.Doet($"casussen/{casus}/knelpunten", new { soort = "capaciteit", omschrijving = "veertien weken wachten", overbrugging = "de praktijkondersteuner belt wekelijks" }, 201))["overbrugging"]!);
    }

    [Fact]
    public async Task Wie_een_knelpunt_met_een_ander_team_meldt_krijgt_ook_daar_een_bemiddelaar()
    {
        var (samira, lia) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Lia Kraaijenhof"));
        var casus = await proces.Casus();
        await samira.Doet($"casussen/{casus}/knelpunten", new { soort = "samenwerking", omschrijving = "het loopt stroef", anderTeamId = "bestaat-niet" }, 400);

        var knelpunt = await samira.Doet($"casussen/{casus}/knelpunten", new { soort = "samenwerking", omschrijving = "het loopt stroef", anderTeamId = "gi" }, 201);

        Assert.Contains(lia.Id, knelpunt["bemiddelaarIds"]!.AsArray().Select(b => (Guid)b!));
    }

    [Fact]
    public async Task Een_knelpunt_dat_blijft_liggen_klimt_vanzelf_naar_managers_en_bestuurders_en_de_regie_beweegt_niet()
    {
        var (samira, petra, lia, henk) = (await proces.Iemand("Samira Bouazza"), await proces.Iemand("Petra Hoogland"), await proces.Iemand("Lia Kraaijenhof"), await proces.Iemand("Henk Stamhuis"));
        var casus = await proces.Casus();
        var id = (Guid)(await samira.Doet($"casussen/{casus}/knelpunten", new { soort = "contract", omschrijving = "het contract past niet", anderTeamId = "gi" }, 201))["id"]!;

        // Op de werkvloer beslist het eigen team; daarna bemiddelen eerst de contactpersonen.
        await lia.Doet($"knelpunten/{id}/besluit", new { besluit = "oplossen", reden = "r" }, 404);
        await VoorbijAsync("besluitVoor");
        Assert.Contains("Bemiddelen bij een knelpunt", await lia.Taken(casus));
        Assert.Equal("De contactpersonen bemiddelen nog; daarna komt het vanzelf bij de volgende laag.", (string)(await petra.Doet($"knelpunten/{id}/besluit", new { besluit = "doorzetten", reden = "r" }, 409))["detail"]!);

        await VoorbijAsync("bemiddelingVoor");
        Assert.Equal("tactisch", (string)(await petra.Ziet($"knelpunten/{id}"))["niveau"]!);
        Assert.Contains("Besluiten over een knelpunt", await lia.Taken(casus));
        Assert.Contains("Besluiten over een knelpunt", await petra.Taken(casus));
        Assert.Empty(await henk.Taken(casus));
        // Een toezegging zonder eigenaar of datum is geen besluit.
        var fout = await lia.Doet($"knelpunten/{id}/besluit", new { besluit = "oplossen", reden = "komt goed" }, 400);
        Assert.Equal(["/eigenaarId", "/uitvoerenVoor"], fout["fouten"]!.AsArray().Select(f => (string)f!["plaats"]!));

        // Wie het zelf niet kan zet het door.
        await lia.Doet($"knelpunten/{id}/besluit", new { besluit = "doorzetten", reden = "hier gaat het contract over" });
        Assert.Equal("strategisch", (string)(await petra.Ziet($"knelpunten/{id}"))["niveau"]!);
        Assert.Empty(await petra.Taken(casus));
        Assert.Contains("Besluiten over een knelpunt", await henk.Taken(casus));
        await petra.Doet($"knelpunten/{id}/besluit", new { besluit = "oplossen", reden = "r", eigenaarId = petra.Id, uitvoerenVoor = "2030-01-01T12:00:00Z", bedrag = 0 }, 403);
        await henk.Doet($"knelpunten/{id}/besluit", new { besluit = "doorzetten", reden = "r" }, 409);
        Assert.Equal("minder dan 5", (string)(await henk.Ziet($"knelpunten/{id}"))["soortgelijk"]!);
        fout = await henk.Doet($"knelpunten/{id}/besluit", new { besluit = "oplossen", reden = "r", eigenaarId = id, uitvoerenVoor = "2030-01-01T12:00:00Z", bedrag = -1 }, 400);
        Assert.Equal(["/eigenaarId", "/bedrag"], fout["fouten"]!.AsArray().Select(f => (string)f!["plaats"]!));

        // Ook bij bestuurders wordt het nooit vanzelf gesloten.
        await VoorbijAsync("besluitVoor");
        Assert.Contains("Besluiten over een knelpunt", await henk.Taken(casus));
        var besloten = await henk.Doet($"knelpunten/{id}/besluit", new { besluit = "oplossen", reden = "een plek op maat", eigenaarId = petra.Id, uitvoerenVoor = "2030-01-01T12:00:00Z", bedrag = 18000 });
        Assert.Equal(("besloten", petra.Id, 18000), ((string)besloten["status"]!, (Guid)besloten["eigenaarId"]!, (int)besloten["bedrag"]!));

        Assert.Equal(
            ["knelpunten.gemeld", "knelpunten.bemiddeling-gestart", "knelpunten.opgeschaald", "knelpunten.opgeschaald", "knelpunten.besloten"],
            (await proces.Gebeurd(casus)).Where(g => g.StartsWith("knelpunten.", StringComparison.Ordinal)));
        Assert.Equal([samira.Id.ToString()], await samira.Regielijn(casus));

        async Task VoorbijAsync(string termijn) =>
            await proces.Later((await henk.Ziet($"knelpunten/{id}"))[termijn]!.GetValue<DateTimeOffset>() - await proces.Nu() + TimeSpan.FromMinutes(1));
    }
}
