using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Wie wat mag. Wat niet in de tabel staat mag niemand, en een route die er niet in staat laat deze test falen.</summary>
[Collection(nameof(Verhalen))]
public sealed class Rechten(Steden steden)
{
    private const string Beroepskracht = "regisseur rvt gi leidinggevende";

    private static readonly string[] Rollen = ["melder", "regisseur", "rvt", "school", "gi", "leidinggevende", "bestuurder", "ontwerper", "toezichthouder", "gezin", "dienst"];

    private static readonly Dictionary<string, string> WieMag = new()
    {
        ["POST /meldingen"] = "melder dienst regisseur school gi rvt",
        ["GET /meldingen/{id}"] = "melder dienst regisseur school gi rvt leidinggevende toezichthouder",
        ["GET /toestemmingen"] = $"{Beroepskracht} gezin",
        ["POST /toestemmingen"] = $"{Beroepskracht} gezin",
        ["GET /toestemmingen/{id}"] = $"{Beroepskracht} gezin",
        ["POST /toestemmingen/{id}/intrekking"] = $"{Beroepskracht} gezin",
        ["GET /betrokkenen"] = $"{Beroepskracht} gezin",
        ["POST /betrokkenen"] = Beroepskracht,
        ["POST /betrokkenen/{id}/gezag"] = Beroepskracht,
        ["POST /betrokkenen/{id}/vertrek"] = Beroepskracht,
        ["GET /verstrekkingen"] = $"{Beroepskracht} school melder dienst",
        ["POST /verstrekkingen"] = $"{Beroepskracht} school",
        ["GET /verstrekkingen/{id}"] = $"{Beroepskracht} school melder dienst",
        ["GET /verhuizingen"] = Beroepskracht,
        ["POST /verhuizingen"] = Beroepskracht,
        ["GET /inzageverzoeken"] = $"{Beroepskracht} gezin",
        ["POST /inzageverzoeken"] = $"{Beroepskracht} gezin",
        ["GET /inzageverzoeken/{id}"] = $"{Beroepskracht} gezin",
        ["POST /inzageverzoeken/{id}/antwoord"] = Beroepskracht,
        ["POST /inzageverzoeken/{id}/uitstel"] = Beroepskracht,
        ["GET /casussen"] = $"{Beroepskracht} toezichthouder gezin",
        ["GET /casussen/{id}"] = $"{Beroepskracht} toezichthouder gezin",
        ["GET /casussen/{id}/gebeurtenissen"] = $"{Beroepskracht} toezichthouder",
        ["GET /casussen/{id}/lijnen"] = $"{Beroepskracht} toezichthouder gezin",
        ["GET /gebeurtenissen"] = $"{Beroepskracht} gezin toezichthouder dienst",
        ["GET /gebeurtenissen/stroom"] = $"{Beroepskracht} gezin toezichthouder dienst",
        ["GET /gebeurtenissen/{nummer}"] = $"{Beroepskracht} gezin toezichthouder dienst",
        ["POST /abonnementen"] = "dienst",
        ["GET /abonnementen"] = "dienst toezichthouder",
        ["GET /abonnementen/{id}"] = "dienst toezichthouder",
        ["DELETE /abonnementen/{id}"] = "dienst",
        ["POST /abonnementen/{id}/pauzeringen"] = "dienst toezichthouder",
        ["POST /abonnementen/{id}/hervattingen"] = "dienst toezichthouder",
        ["GET /abonnementen/{id}/onbezorgd"] = "dienst toezichthouder",
        ["POST /abonnementen/{id}/herbezorgingen"] = "dienst toezichthouder",
        ["GET /casussen/{id}/lijnen/{lijn}"] = $"{Beroepskracht} toezichthouder gezin",
        ["GET /casussen/{id}/berichten"] = "gezin",
        ["GET /casussen/{id}/inzagelog"] = $"{Beroepskracht} gezin",
        ["POST /casussen/{id}/geheimen"] = Beroepskracht,
        ["GET /casussen/{id}/geheimen"] = $"{Beroepskracht} gezin school",
        ["GET /casussen/{id}/geheimen/{geheimId}/lezers"] = $"{Beroepskracht} gezin school",
        ["POST /casussen/{id}/geheimen/{geheimId}/lezers"] = Beroepskracht,
        ["POST /casussen/{id}/geheimen/{geheimId}/lezers/intrekking"] = Beroepskracht,
        ["GET /casussen/{id}/geheimen/{geheimId}/stukken"] = $"{Beroepskracht} gezin school",
        ["POST /casussen/{id}/geheimen/{geheimId}/stukken"] = $"{Beroepskracht} gezin school",
        ["POST /casussen/{id}/geheimen/{geheimId}/stukken/{stukId}/openingen"] = $"{Beroepskracht} gezin school",
        ["POST /zoekvragen"] = $"{Beroepskracht} gezin school toezichthouder bestuurder",
        ["POST /casussen/{id}/retrospectieven"] = Beroepskracht,
        ["GET /casussen/{id}/retrospectieven"] = $"{Beroepskracht} toezichthouder gezin",
        ["GET /retrospectieven/{id}"] = $"{Beroepskracht} toezichthouder gezin",
        ["POST /retrospectieven/{id}/reacties"] = $"{Beroepskracht} gezin",
        ["POST /casussen/{id}/overdrachten"] = Beroepskracht,
        ["GET /overdrachten/{id}"] = $"{Beroepskracht} toezichthouder",
        ["POST /overdrachten/{id}/aanvaarding"] = Beroepskracht,
        ["POST /overdrachten/{id}/weigering"] = Beroepskracht,
        ["POST /overdrachten/{id}/intrekking"] = Beroepskracht,
        ["POST /overdrachten/{id}/gesprek"] = Beroepskracht,
        ["GET /overdrachten/{id}/dossier"] = Beroepskracht,
        ["PUT /overdrachten/{id}/dossier/{sectie}"] = Beroepskracht,
        ["POST /overdrachten/{id}/dossier/{sectie}/gelezen"] = Beroepskracht,
        ["POST /overdrachten/{id}/samenvatting"] = Beroepskracht,
        ["GET /casussen/{id}/kandidaten"] = Beroepskracht,
        ["PUT /casussen/{id}/vast-gezicht"] = Beroepskracht,
        ["PUT /casussen/{id}/procesregie"] = Beroepskracht,
        ["GET /professionals"] = $"{Beroepskracht} toezichthouder bestuurder gezin",
        ["POST /professionals/{id}/uitdiensttreding"] = "leidinggevende bestuurder",
        ["POST /casussen/{id}/noodoverdrachten"] = Beroepskracht,
        ["GET /noodoverdrachten/{id}"] = $"{Beroepskracht} toezichthouder",
        ["POST /noodoverdrachten/{id}/gesprek"] = Beroepskracht,
        ["POST /casussen/{id}/vervangingen"] = Beroepskracht,
        ["POST /vervangingen/{id}/kennismaking"] = Beroepskracht,
        ["POST /vervangingen/{id}/terugkeer"] = Beroepskracht,
        ["POST /vervangingen/{id}/intrekking"] = Beroepskracht,
        ["POST /casussen/{id}/opschalingen"] = Beroepskracht,
        ["POST /opschalingen/{id}/bewijs"] = Beroepskracht,
        ["POST /casussen/{id}/afschalingen"] = Beroepskracht,
        ["POST /casussen/{id}/kaderovergangen"] = Beroepskracht,
        ["GET /casussen/{id}/kinderen/{kindRef}/kaderkaart"] = Beroepskracht,
        ["POST /casussen/{id}/kinderen/{kindRef}/kaderkaart/uitreikingen"] = Beroepskracht,
        ["POST /casussen/{id}/kinderen/{kindRef}/kaderkaart/uitstel"] = Beroepskracht,
        ["POST /casussen/{id}/kinderen/{kindRef}/kaderkaart/uitstel/akkoord"] = "leidinggevende",
        ["POST /casussen/{id}/uitvoerders"] = "gi leidinggevende",
        ["POST /casussen/{id}/plaatsingen"] = Beroepskracht,
        ["POST /casussen/{id}/horingen"] = Beroepskracht,
        ["GET /casussen/{id}/knelpunten"] = $"{Beroepskracht} toezichthouder bestuurder",
        ["POST /casussen/{id}/knelpunten"] = Beroepskracht,
        ["GET /knelpunten/{id}"] = $"{Beroepskracht} toezichthouder bestuurder",
        ["POST /knelpunten/{id}/bemiddeling"] = Beroepskracht,
        ["POST /knelpunten/{id}/besluit"] = "leidinggevende bestuurder",
        ["POST /knelpunten/{id}/oplossing"] = Beroepskracht,
        ["GET /stromen"] = "ontwerper toezichthouder",
        ["GET /stromen/{id}/tekst"] = "ontwerper toezichthouder",
        ["GET /stromen/{id}/versies"] = "ontwerper toezichthouder",
        ["POST /stromen/{id}/wijzigingen"] = "ontwerper",
        ["POST /stromen/{id}/publicaties"] = "ontwerper",
        ["GET /termijnen"] = $"{Beroepskracht} ontwerper toezichthouder",
        ["GET /stromen/{id}/verschillen"] = "ontwerper toezichthouder",
        ["POST /stromen/{id}/migratievoorbeelden"] = "ontwerper toezichthouder",
        ["POST /stromen/{id}/migraties"] = "ontwerper",
        ["GET /migraties"] = "ontwerper toezichthouder",
        ["GET /migraties/{id}"] = "ontwerper toezichthouder",
        ["POST /migraties/{id}/terugdraaiing"] = "ontwerper",
        ["POST /stromen/{id}/proeven"] = "ontwerper toezichthouder",
        ["POST /stromen/{id}/naspelen"] = "ontwerper toezichthouder",
        ["GET /bewaking/stromen"] = "toezichthouder bestuurder",
        ["GET /bewaking/stromen/{id}"] = "toezichthouder bestuurder",
        ["GET /bewaking/stromen/wijzigingen"] = "toezichthouder bestuurder",
        ["POST /bewaking/stromen/{id}/herstelvoorbeelden"] = "toezichthouder",
        ["POST /bewaking/stromen/{id}/herstellingen"] = "toezichthouder",
        ["GET /bewaking/berichten"] = "toezichthouder bestuurder",
        ["POST /bewaking/berichten/{wachtrij}/{id}/aanbiedingen"] = "toezichthouder",
        ["GET /bewaking/regie"] = "toezichthouder bestuurder",
        ["GET /taken"] = $"{Beroepskracht} bestuurder",
        ["POST /taken/{id}/uitkomst"] = Beroepskracht,
        ["GET /kernteams"] = $"{Beroepskracht} gezin",
        ["GET /kernteams/{casusId}"] = $"{Beroepskracht} school gezin toezichthouder",
        ["GET /kernteams/{casusId}/plannen"] = $"{Beroepskracht} school gezin",
        ["POST /kernteams/{casusId}/plannen"] = Beroepskracht,
        ["GET /kernteams/{casusId}/koers"] = $"{Beroepskracht} school gezin",
        ["POST /kernteams/{casusId}/koers"] = Beroepskracht,
        ["GET /kernteams/{casusId}/besluiten"] = $"{Beroepskracht} gezin",
        ["POST /kernteams/{casusId}/besluiten"] = Beroepskracht,
        ["GET /kernteams/{casusId}/stappen"] = $"{Beroepskracht} gezin",
        ["POST /kernteams/{casusId}/stappen"] = Beroepskracht,
        ["POST /kernteams/{casusId}/stappen/{id}/acuut"] = Beroepskracht,
        ["GET /kernteams/{casusId}/ritme"] = $"{Beroepskracht} gezin",
        ["POST /kernteams/{casusId}/ritme"] = Beroepskracht,
        ["GET /kernteams/{casusId}/bijeenkomsten"] = $"{Beroepskracht} school gezin",
        ["POST /kernteams/{casusId}/bijeenkomsten"] = Beroepskracht,
        ["GET /kernteams/{casusId}/acties"] = $"{Beroepskracht} school gezin",
        ["POST /kernteams/{casusId}/acties"] = Beroepskracht,
        ["POST /kernteams/{casusId}/acties/{id}/afronding"] = Beroepskracht,
        ["GET /kernteams/{casusId}/stops"] = $"{Beroepskracht} school gezin",
        ["POST /kernteams/{casusId}/stops"] = $"{Beroepskracht} school gezin",
        ["POST /kernteams/{casusId}/stops/{id}/opheffing"] = Beroepskracht,
        ["GET /consulten"] = "rvt toezichthouder leidinggevende",
        ["GET /consulten/{id}"] = $"{Beroepskracht} toezichthouder",
        ["POST /consulten/{id}/antwoord"] = "rvt",
        ["GET /incidenten"] = $"{Beroepskracht} toezichthouder",
        ["POST /incidenten"] = $"{Beroepskracht} school melder",
        ["POST /incidenten/{id}/bevestiging"] = Beroepskracht,
        ["POST /kernteams/{casusId}/stoelen"] = Beroepskracht,
        ["POST /kernteams/{casusId}/stoelen/{stoel}/rugdekking"] = $"{Beroepskracht} bestuurder",
        ["GET /kernteams/{casusId}/gezinsgesprekken"] = $"{Beroepskracht} gezin",
        ["POST /kernteams/{casusId}/gezinsgesprekken"] = Beroepskracht,
        ["GET /kernteams/{casusId}/opgave"] = $"{Beroepskracht} gezin",
        ["POST /kernteams/{casusId}/opgave"] = Beroepskracht,
        ["GET /kernteams/{casusId}/agenda"] = $"{Beroepskracht} gezin",
        ["GET /kernteams/{casusId}/agendapunten"] = $"{Beroepskracht} gezin school",
        ["POST /kernteams/{casusId}/herijkingen"] = Beroepskracht,
        ["POST /kernteams/{casusId}/themas/{nummer}/toezegging"] = $"{Beroepskracht} gezin",
        ["POST /kernteams/{casusId}/acties/{id}/navraag"] = Beroepskracht,
        ["GET /standbymaatregelen"] = $"{Beroepskracht} toezichthouder",
        ["POST /standbymaatregelen"] = "rvt",
        ["POST /standbymaatregelen/{id}/opheffing"] = "rvt",
        ["GET /kindcontacten"] = $"{Beroepskracht} toezichthouder",
        ["POST /kindcontacten"] = Beroepskracht,
        ["GET /casussen/{id}/klaarverklaringen"] = Beroepskracht,
        ["POST /casussen/{id}/klaarverklaringen"] = $"{Beroepskracht} gezin",
        ["POST /casussen/{id}/afsluiting"] = Beroepskracht,
        ["POST /casussen/{id}/heropening"] = Beroepskracht,
        ["POST /vtos"] = "regisseur rvt gi",
        ["GET /vtos/{id}"] = $"{Beroepskracht} toezichthouder",
        ["POST /vtos/{id}/bevestiging"] = "regisseur rvt gi",
        ["POST /vtos/{id}/ontvangst"] = "dienst",
        ["POST /vtos/{id}/rapport"] = "dienst",
        ["POST /raadsonderzoeken"] = "dienst",
        ["GET /raadsonderzoeken/{id}"] = $"{Beroepskracht} toezichthouder",
        ["POST /raadsonderzoeken/{id}/rapport"] = "dienst",
        ["POST /beschikkingen"] = "dienst gi",
        ["GET /verzuimmeldingen"] = Beroepskracht,
        ["POST /verzuimmeldingen"] = "school dienst",
        ["POST /verzuimmeldingen/{id}/terugkoppeling"] = Beroepskracht,
        ["GET /scholen"] = Beroepskracht,
        ["POST /scholen"] = Beroepskracht,
        ["POST /scholen/{id}/beeindiging"] = Beroepskracht,
        ["GET /berichten"] = "school",
    };

    // An act on a casus that would be in order if it came from somebody who has to do with it.
    private static readonly (string Pad, object Inhoud)[] Handelingen =
    [
        ("overdrachten", new { naarId = Guid.Empty, reden = "andere wijk" }),
        ("vervangingen", new { soort = "acuut", reden = "ziek" }),
        ("vervangingen", new { soort = "acuut", reden = "niet bereikbaar", ikNeemWaar = true }),
        ("noodoverdrachten", new { naarId = Guid.Empty, reden = "gevaar", bewijs = "melding" }),
        ("opschalingen", new { naar = "consult", reden = "advies" }),
        ("opschalingen", new { naar = "duo", reden = "gevaar", isAcuut = true }),
        ("afschalingen", new { naar = "lokaal", resultaat = "rust", terugkomweg = "bel" }),
        ("kaderovergangen", new { kindRef = "K1", naar = "drang", bron = "verslag" }),
        ("plaatsingen", new { kindRef = "K1", naar = "thuis", bron = "verslag" }),
        ("kinderen/K1/kaderkaart/uitreikingen", new { hoe = "gesprek", isAfgetekend = true }),
        ("knelpunten", new { soort = "wie", omschrijving = "onduidelijk" }),
        ("klaarverklaringen", new { stoel = "gezin", oordeel = "klaar" }),
        ("afsluiting", new { nazorg = "bellen", nazorgTot = "2030-01-01T00:00:00Z", terugkomweg = "bel", gezinGeinformeerd = true, redenZonderRvt = "niet nodig" }),
        ("heropening", new { reden = "terug" }),
    ];

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Elke_route_is_dicht_voor_wie_niet_in_de_tabel_staat(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        var routes = new SortedSet<string>(StringComparer.Ordinal);
        using var http = new HttpClient();
        foreach (var proces in stad.Processen)
            foreach (var pad in (await http.GetFromJsonAsync<JsonElement>(new Uri(proces.Adres, "/v1/openapi.json"))).GetProperty("paths").EnumerateObject())
                routes.UnionWith(pad.Value.EnumerateObject().Select(handeling => $"{handeling.Name.ToUpperInvariant()} {pad.Name}"));
        Assert.Equal(WieMag.Keys.Order(StringComparer.Ordinal), routes);

        var voor = await stad.Opslag.Rijentelling();
        var vreemden = Rollen.ToDictionary(rol => rol, rol => new Persoon(stad, rol, "Onbekend", Guid.Empty));
        var fouten = new List<string>();
        foreach (var (route, rollen) in WieMag)
        {
            var methode = new HttpMethod(route.Split(' ')[0]);
            var pad = "/v1" + route.Split(' ')[1].Replace("{casusId}", casus.Id.ToString(), StringComparison.Ordinal).Replace("{lijn}", "regie", StringComparison.Ordinal).Replace("{sectie}", "risicos", StringComparison.Ordinal)
                .Replace("{stoel}", "rvt", StringComparison.Ordinal).Replace("{nummer}", "1", StringComparison.Ordinal).Replace("{wachtrij}", "regie-melding", StringComparison.Ordinal)
                .Replace("{geheimId}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal).Replace("{stukId}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
                .Replace("{id}", route.Contains("/casussen/", StringComparison.Ordinal) ? casus.Id.ToString() : Guid.CreateVersion7().ToString(), StringComparison.Ordinal);
            Eis(401, "zonder token", await stad.Vraag(methode, pad, Leeg(), null));
            Eis(401, "met een onleesbaar token", await stad.Vraag(methode, pad, Leeg(), "geen.geldig.token"));
            foreach (var rol in Rollen.Except(rollen.Split(' ')))
                Eis(403, $"als {rol}", await vreemden[rol].Vraag(methode, pad, Leeg()));

            void Eis(int status, string hoe, Antwoord antwoord)
            {
                if (antwoord.Status != status)
                    fouten.Add($"{route} {hoe}: {antwoord.Status}");
            }

            HttpContent? Leeg() => methode == HttpMethod.Get ? null : JsonContent.Create(new { });
        }

        Assert.Empty(fouten);
        Assert.Equal(voor, await stad.Opslag.Rijentelling());
    }

    [Theory, InlineData(Opstelling.EenProces), InlineData(Opstelling.LosseProcessen)]
    public async Task Voor_wie_er_niets_mee_te_maken_heeft_bestaat_een_casus_niet(Opstelling opstelling)
    {
        var stad = await steden.In(opstelling);
        var casus = await stad.CasusMetRegisseur();
        var voor = await stad.Opslag.Rijentelling();
        foreach (var vreemde in new[] { stad.Regisseur("Wessel"), stad.Rvt("Otto"), stad.Iemand("gi", "Tamar"), stad.Leidinggevende("Gerben") })
        {
            await vreemde.Ziet(casus.Id).Faalt(404);
            foreach (var lijn in new[] { "regie", "schaal", "kader", "bevoegdheid" })
                await vreemde.Get($"/v1/casussen/{casus.Id}/lijnen/{lijn}").Faalt(404);
            await vreemde.Get($"/v1/casussen/{casus.Id}/knelpunten").Faalt(404);
            Assert.DoesNotContain((await vreemde.Get("/v1/casussen").Lukt()).Items, c => c.Nummer("id") == casus.Id);
            foreach (var (pad, inhoud) in Handelingen)
                await vreemde.Post($"/v1/casussen/{casus.Id}/{pad}", inhoud).Faalt(404);
            foreach (var deel in new[] { "", "/plannen", "/koers", "/bijeenkomsten", "/acties", "/stops" })
                await vreemde.Get($"/v1/kernteams/{casus.Id}{deel}").Faalt(404);
            foreach (var lijst in new[] { "toestemmingen", "inzageverzoeken" })
                Assert.Empty((await vreemde.Get($"/v1/{lijst}?casusId={casus.Id}").Lukt()).Items);
            await vreemde.Post("/v1/toestemmingen", new { casusId = casus.Id, persoonRef = "K1", leeftijdsband = "8-11", doel = "afspraken", gegevens = "plan", ontvanger = "school", ouderMetGezagStemtIn = true }).Faalt(404);
            await vreemde.Post("/v1/inzageverzoeken", new { casusId = casus.Id, persoonRef = "V1", leeftijdsband = "18+", gevraagdDoor = "betrokkene" }).Faalt(404);
            // Wat er niet is, klinkt hetzelfde als wat er voor u niet is.
            Assert.Equal((await vreemde.Ziet(casus.Id)).Json.Tekst("detail"), (await vreemde.Ziet(Guid.CreateVersion7())).Json.Tekst("detail"));
        }

        // Het stokje gaat niet naar wie niet gevraagd is.
        var voorstel = (await casus.Regisseur.SteltOverdrachtVoor(casus.Id, casus.Collega).Lukt()).Id;
        await casus.Collega.Ziet(casus.Id).Lukt();
        await casus.Waarnemer.Aanvaardt(voorstel).Faalt(403);
        await casus.Regisseur.Aanvaardt(voorstel).Faalt(403);
        await casus.Waarnemer.Weigert(voorstel).Faalt(403);
        await stad.Rvt("Otto").LegtGesprekVast(voorstel, Stad.Tekst(stad.Nu)).Faalt(404);
        await casus.Regisseur.TrektIn(voorstel).Lukt();
        Assert.Equal(voor["regie.perioden"], (await stad.Opslag.Rijentelling())["regie.perioden"]);
    }
}
