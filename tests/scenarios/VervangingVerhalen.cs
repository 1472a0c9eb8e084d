using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Als de regisseur er niet is, houdt een ander met een naam de regie.</summary>
[Collection(nameof(Verhalen))]
public sealed class VervangingVerhalen(Steden steden)
{
    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Na_gepland_verlof_gaat_de_regie_pas_in_een_gesprek_terug(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        var (begin, verwacht, gesprek) = (stad.Nu.AddDays(2), stad.Nu.AddDays(5), stad.Nu.AddDays(6));
        await casus.Regisseur.PlantVervanging(casus.Id, stad.Regisseur("Wessel"), Stad.Tekst(begin), Stad.Tekst(verwacht)).Faalt(409);
        var vervanging = (await casus.Regisseur.PlantVervanging(casus.Id, casus.Collega, Stad.Tekst(begin), Stad.Tekst(verwacht)).Lukt()).Id;

        await stad.Klok(begin.AddMinutes(-1));
        Assert.Equal([$"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | nu | casus geopend"], await stad.Lijn(casus.Id, "regie"));
        await stad.Klok(begin);
        Assert.Contains($"regisseur: {stad.Naam(casus.Collega.Id)}", await stad.Kernteam(casus.Id));
        Assert.Contains($"vast-gezicht: {stad.Naam(casus.Regisseur.Id)}", await stad.Kernteam(casus.Id));

        // De verwachte dag gaat voorbij en er gebeurt niets vanzelf.
        await stad.Klok(gesprek);
        Assert.Equal(2, (await stad.Lijn(casus.Id, "regie")).Count);
        await casus.Waarnemer.LegtTerugkeerVast(vervanging, Stad.Tekst(gesprek)).Faalt(403);
        await casus.Collega.LegtTerugkeerVast(vervanging, Stad.Tekst(gesprek)).Lukt();

        Assert.Equal(
        [
            $"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | {Stad.Tekst(begin)} | casus geopend",
            $"{stad.Naam(casus.Collega.Id)} (waarnemend) | {Stad.Tekst(begin)} | {Stad.Tekst(gesprek)} | vervanging",
            $"{stad.Naam(casus.Regisseur.Id)} | {Stad.Tekst(gesprek)} | nu | terugkeer na gesprek",
        ], await stad.Lijn(casus.Id, "regie"));
        Assert.Empty(await casus.Collega.Taken(casus.Id));
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Bij_ziekte_neemt_de_eerste_vervanger_meteen_waar(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        await stad.Klok(stad.Nu.AddHours(1));
        await casus.Waarnemer.RegeltAcuteVervanging(casus.Id).Faalt(403);
        await casus.Leidinggevende.RegeltAcuteVervanging(casus.Id).Lukt();
        await casus.Leidinggevende.RegeltAcuteVervanging(casus.Id).Faalt(409);

        Assert.Equal(
        [
            $"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | {Stad.Tekst(stad.Nu)} | casus geopend",
            $"{stad.Naam(casus.Waarnemer.Id)} (waarnemend) | {Stad.Tekst(stad.Nu)} | nu | vervanging",
        ], await stad.Lijn(casus.Id, "regie"));
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Wie_waarneemt_kan_de_regie_overdragen_en_dan_eindigt_de_vervanging(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        await stad.Klok(stad.Nu.AddHours(1));
        var ziek = stad.Nu;
        var vervanging = (await casus.Regisseur.RegeltAcuteVervanging(casus.Id).Lukt()).Id;
        await casus.Regisseur.SteltOverdrachtVoor(casus.Id, casus.Collega).Faalt(403);
        var overdracht = (await casus.Waarnemer.SteltOverdrachtVoor(casus.Id, casus.Collega).Lukt()).Id;
        await casus.Collega.Aanvaardt(overdracht).Lukt();
        await stad.Klok(stad.Nu.AddHours(2));
        var gesprek = stad.Nu;
        await casus.Collega.LegtGesprekVast(overdracht, Stad.Tekst(gesprek)).Lukt();

        Assert.Equal(
        [
            $"{stad.Naam(casus.Regisseur.Id)} | {casus.Geopend} | {Stad.Tekst(ziek)} | casus geopend",
            $"{stad.Naam(casus.Waarnemer.Id)} (waarnemend) | {Stad.Tekst(ziek)} | {Stad.Tekst(gesprek)} | vervanging",
            $"{stad.Naam(casus.Collega.Id)} | {Stad.Tekst(gesprek)} | nu | warm gesprek",
        ], await stad.Lijn(casus.Id, "regie"));

        // Niemand neemt nog waar, en niemand wacht nog op een terugkeer.
        await casus.Regisseur.LegtTerugkeerVast(vervanging, Stad.Tekst(stad.Nu)).Faalt(409);
        Assert.DoesNotContain("Een gesprek plannen waarin de regie teruggaat", await casus.Waarnemer.Taken(casus.Id));
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Waar_niemand_werkt_houdt_de_leidinggevende_de_regie(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var melding = stad.NieuwGezin().Hulpvraag("Leegdorp");
        var casus = await stad.CasusVan((await stad.Melder.Meldt(melding).Lukt()).Id);
        var lies = stad.Leidinggevende("Lies");
        string[] regie = [$"Lies (noodhouder) | {Stad.Tekst(stad.Nu)} | nu | casus geopend"];
        Assert.Equal(regie, await stad.Lijn(casus, "regie"));
        Assert.Equal(["regisseur: Lies"], await stad.Kernteam(casus));

        // Er is ook niemand die voor haar waarneemt; dat is een antwoord, geen storing.
        await lies.RegeltAcuteVervanging(casus).Faalt(409);
        Assert.Equal(regie, await stad.Lijn(casus, "regie"));
        await lies.RondtAf(casus, "Eerste contact met het gezin", "Contact gehad").Lukt();
    }
}
