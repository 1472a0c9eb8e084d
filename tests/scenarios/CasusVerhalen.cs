using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Wat er om een casus heen verandert: kader, schaal en nieuwe meldingen. De regie beweegt daar niet van.</summary>
[Collection(nameof(Verhalen))]
public sealed class CasusVerhalen(Steden steden)
{
    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Drang_geldt_voor_het_ene_kind_en_niet_voor_het_andere(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur(kinderen: 2);
        await stad.Klok(stad.Nu.AddHours(1));
        var drang = stad.Nu;

        // Wat ontbreekt staat er in een keer, en er is niets veranderd. Dat iemand zonder rechter naar een maatregel wilde, hoort wie toeziet.
        var voor = await stad.Opslag.Rijentelling();
        var fouten = (await casus.Regisseur.WijzigtKader(casus.Id, "K2", "drang", ("analyse", "samen gemaakt")).Faalt(400)).Fouten;
        Assert.Equal(["/bewijs/rvtConsult", "/bewijs/voorwaarden", "/bewijs/zienswijzeGezin"], fouten.Order());
        await casus.Regisseur.WijzigtKader(casus.Id, "K2", "ots").Faalt(409);
        await casus.Regisseur.WijzigtKader(casus.Id, "K9", "drang").Faalt(404);
        await casus.Leidinggevende.WijzigtKader(casus.Id, "K2", "drang").Faalt(403);
        await casus.Regisseur.WijzigtKader(casus.Id, "K2", "drang", ("analyse", "a"), ("voorwaarden", "v"), ("zienswijzeGezin", "oneens"), ("rvtConsult", casus.Regisseur.Id.ToString())).Faalt(400);
        await stad.Stil();
        Assert.Equal(["regie.gebeurtenissen +1"], await stad.Opslag.Sinds(voor));

        await casus.Regisseur.WijzigtKader(casus.Id, "K2", "drang",
            ("analyse", "samen gemaakt"), ("voorwaarden", "elke week school, tot 1 mei"), ("zienswijzeGezin", "oneens"), ("rvtConsult", stad.Rvt("Fenne").Id.ToString())).Lukt();
        Assert.Contains("De kaderkaart met het gezin bespreken en geven", await casus.Regisseur.Taken(casus.Id));
        await stad.Klok(stad.Nu.AddHours(1));
        var terug = stad.Nu;
        await casus.Regisseur.WijzigtKader(casus.Id, "K2", "vrijwillig", ("evaluatie", "gehaald"), ("zienswijzeGezin", "eens")).Lukt();

        Assert.Equal(
        [
            $"K1 vrijwillig | {casus.Geopend} | nu | casus geopend",
            $"K2 vrijwillig | {casus.Geopend} | {Stad.Tekst(drang)} | casus geopend",
            $"K2 drang | {Stad.Tekst(drang)} | {Stad.Tekst(terug)} | van vrijwillig naar drang",
            $"K2 vrijwillig | {Stad.Tekst(terug)} | nu | van drang naar vrijwillig",
        ], await stad.Lijn(casus.Id, "kader"));
        Assert.Equal([$"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | nu | casus geopend"], await stad.Lijn(casus.Id, "regie"));
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Een_advies_dat_laat_komt_telt_een_keer(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        var fenne = stad.Rvt("Fenne");
        await casus.Regisseur.VraagtAdvies(casus.Id).Lukt();
        await stad.Stil();
        var consult = await Consult();
        var opTijd = consult.GetProperty("antwoordVoor").GetDateTimeOffset();

        // Twee werkdagen gaan voorbij: wie kan vlottrekken weet het, en het RVT krijgt een herinnering bij hetzelfde consult.
        await stad.Klok(opTijd.AddMinutes(-1));
        Assert.Equal(0, (await Consult()).GetProperty("herinneringen").GetInt32());
        await stad.Klok(opTijd);
        Assert.Equal(1, (await Consult()).GetProperty("herinneringen").GetInt32());
        Assert.Equal(consult.Nummer("id"), (await Consult()).Nummer("id"));
        Assert.Equal(1, await stad.Opslag.Aantal("regie", $"select count(*) from wachtpunten where upper(cast(casus_id as text)) = '{casus.Id.ToString().ToUpperInvariant()}' and stap = 'NetwerkRegie.ConsultVragen' and uitgang = 'Verlopen'"));

        await stad.Klok(stad.Nu.AddHours(10));
        await fenne.BeantwoordtConsult(casus.Id).Lukt();
        await stad.Stil();
        Assert.Equal([$"lokaal | {casus.Geopend} | {Stad.Tekst(stad.Nu)} | casus geopend", $"consult | {Stad.Tekst(stad.Nu)} | nu | veiligheid vroeg meenemen"], await stad.Lijn(casus.Id, "schaal"));
        Assert.DoesNotContain((await fenne.Get("/v1/consulten?status=open").Lukt()).Items, c => c.Nummer("casusId") == casus.Id);
        Assert.Equal([$"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | nu | casus geopend"], await stad.Lijn(casus.Id, "regie"));

        async Task<System.Text.Json.JsonElement> Consult() => (await fenne.Get("/v1/consulten?status=open").Lukt()).Items.Single(c => c.Nummer("casusId") == casus.Id);
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Zegt_het_RVT_na_een_herinnering_nee_dan_is_de_vraag_afgehandeld_en_blijft_de_schaal(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        await casus.Regisseur.SchaaltOp(casus.Id, "meekijken", Stad.Tekst(stad.Nu.AddDays(60))).Lukt();
        await stad.Klok(stad.Nu.AddDays(14));

        await stad.Rvt("Otto").RondtAf(casus.Id, "Meedoen in een casus: wie van het RVT?", "Nee").Lukt();
        await stad.Stil();

        Assert.Equal([$"lokaal | {casus.Geopend} | nu | casus geopend"], await stad.Lijn(casus.Id, "schaal"));
        Assert.Equal("afgewezen", Assert.Single(await stad.Opslag.Rijen("regie", $"select status from opschalingen where upper(cast(casus_id as text)) = '{casus.Id.ToString().ToUpperInvariant()}'"))[0]);
        Assert.Empty(await stad.Rvt("Otto").Taken(casus.Id));
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Van_meekijken_naar_regie_over_gaat_pas_als_het_RVT_de_regie_warm_heeft_gekregen(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        var fenne = stad.Rvt("Fenne");
        await stad.Klok(stad.Nu.AddHours(1));
        await casus.Regisseur.SchaaltOp(casus.Id, "meekijken", Stad.Tekst(stad.Nu.AddDays(60))).Lukt();
        await fenne.RondtAf(casus.Id, "Meedoen in een casus: wie van het RVT?", "Ja").Lukt();
        await stad.Stil();
        var meekijken = stad.Nu;
        Assert.Contains("rvt: Fenne", await stad.Kernteam(casus.Id));

        await stad.Klok(stad.Nu.AddHours(1));
        await casus.Regisseur.SchaaltOp(casus.Id, "regie-over", Stad.Tekst(stad.Nu.AddDays(60))).Lukt();
        await fenne.RondtAf(casus.Id, "Meedoen in een casus: wie van het RVT?", "Ja").Lukt();
        const string nogNiet = "Opschalen kan nog niet; draag eerst de regie warm over of vraag opnieuw";
        Assert.Contains(nogNiet, await casus.Regisseur.Taken(casus.Id));
        Assert.Equal($"meekijken | {Stad.Tekst(meekijken)} | nu | de afspraken houden niet", (await stad.Lijn(casus.Id, "schaal"))[^1]);

        var overdracht = (await casus.Regisseur.SteltOverdrachtVoor(casus.Id, fenne).Lukt()).Id;
        await fenne.Aanvaardt(overdracht).Lukt();
        await stad.Klok(stad.Nu.AddHours(2));
        var gesprek = stad.Nu;
        await fenne.LegtGesprekVast(overdracht, Stad.Tekst(gesprek)).Lukt();
        await fenne.RondtAf(casus.Id, nogNiet, "Opnieuw").Lukt();
        await stad.Stil();

        Assert.Equal([$"lokaal | {casus.Geopend} | {Stad.Tekst(meekijken)} | casus geopend", $"meekijken | {Stad.Tekst(meekijken)} | {Stad.Tekst(gesprek)} | de afspraken houden niet", $"regie-over | {Stad.Tekst(gesprek)} | nu | de afspraken houden niet"], await stad.Lijn(casus.Id, "schaal"));
        Assert.Equal([$"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | {Stad.Tekst(gesprek)} | casus geopend", $"Fenne | {Stad.Tekst(gesprek)} | nu | warm gesprek"], await stad.Lijn(casus.Id, "regie"));
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Een_tweede_melding_over_een_gezin_opent_geen_tweede_casus(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        await stad.Klok(stad.Nu.AddHours(1));

        // Vijf mensen melden tegelijk.
        var meldingen = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => casus.Gezin.VraagtHulp()));
        foreach (var melding in meldingen)
            Assert.Equal(casus.Id, await stad.CasusVan(melding));
        Assert.Equal(1, await stad.Opslag.Aantal("regie", $"select count(*) from casussen where gezin_ref = '{casus.Gezin.Ref}'"));
        Assert.Equal(Enumerable.Repeat("Een nieuwe melding bij deze casus beoordelen", 5), await casus.Regisseur.Taken(casus.Id));

        // En een gezin dat twee keer tegelijk voor het eerst om hulp vraagt, krijgt ook een casus.
        var gezin = stad.NieuwGezin();
        var beide = await Task.WhenAll(gezin.VraagtHulp(), gezin.VraagtHulp());
        Assert.Equal(await stad.CasusVan(beide[0]), await stad.CasusVan(beide[1]));
    }
}
