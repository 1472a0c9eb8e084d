using System.Text.Json;

namespace NetwerkRegie.Toezicht.Werkplek;

public sealed record Gebeurtenis(int Volgnr, string Type, DateTimeOffset Op, JsonElement Inhoud);

/// <param name="Op">Wanneer het gebeurde, of het laatst gebeurde.</param>
/// <param name="Sinds">Wanneer het voor het eerst gebeurde.</param>
public sealed record Regel(DateTimeOffset Op, string Zin, DateTimeOffset Sinds, int Aantal = 1);

/// <summary>Wat er in een casus gebeurde, in een zin voor wie het leest. Elke naam uit de catalogus heeft er een.</summary>
internal static class Zinnen
{
    private static readonly Dictionary<string, Func<Feit, string>> Per = new()
    {
        ["casussen.geopend"] = f => $"De casus is geopend, voor {Woorden.Kinderen(f.Lijst("kinderen"))}.",
        ["casussen.aangemeld"] = _ => "Het gezin vroeg om hulp, of iemand vroeg dat voor het gezin.",
        ["casussen.dubbel-signaal-gekoppeld"] = _ => "Een nieuwe melding over dit gezin is bij deze casus gevoegd.",
        ["casussen.gemeente-gewijzigd"] = f => $"Het gezin gaat naar een andere gemeente, per {f.Datum("per")}. De regie bleef waar zij was; ga na welke gemeente verantwoordelijk is.",
        ["casussen.afgesloten"] = _ => "De casus is afgesloten.",
        ["casussen.heropend"] = f => $"De casus is weer open, zonder nieuwe intake; {f.Wie("regisseurId")} houdt de regie.",
        ["regie.toegekend"] = f => $"{f.Wie("regisseurId")} kreeg als eerste de regie.",
        ["regie.overgedragen"] = f => f.IsJa("isTerugkeer")
            ? $"De regie ging terug van {f.Wie("vanId")} naar {f.Wie("naarId")}, vanaf {f.Moment("vanaf")}."
            : $"De regie ging over van {f.Wie("vanId")} naar {f.Wie("naarId")}, vanaf {f.Moment("vanaf")}.",
        ["regie.noodoverdracht"] = f => $"De regie ging in nood meteen over van {f.Wie("vanId")} naar {f.Wie("naarId")}; het warme gesprek volgt nog.",
        ["regie.vervanging-gestart"] = f => $"{f.Wie("waarnemerId")} neemt de regie waar namens {f.Wie("regisseurId")}.",
        ["regie.vervanging-beeindigd"] = f => $"{f.Wie("regisseurId")} is terug en houdt de regie weer.",
        ["regie.noodhouder-aangewezen"] = f => $"{f.Wie("noodhouderId")} houdt de regie in laatste instantie, omdat niemand anders kon.",
        ["regie.overdracht-voorgesteld"] = f => $"{f.Wie("vanId")} bood {f.Wie("naarId")} de regie aan; het antwoord komt {f.Uiterlijk("antwoordVoor")}. De regie bleef waar zij was.",
        ["regie.overdracht-aanvaard"] = _ => "Het voorstel om de regie over te nemen is aanvaard. De regie gaat pas over na het warme gesprek.",
        ["regie.overdracht-geweigerd"] = _ => "Het voorstel om de regie over te nemen is geweigerd. De regie bleef waar zij was.",
        ["regie.overdracht-verlopen"] = _ => "Op het voorstel om de regie over te nemen kwam geen antwoord. De regie bleef waar zij was.",
        ["regie.overdracht-ingetrokken"] = _ => "Het voorstel om de regie over te dragen is ingetrokken. De regie bleef waar zij was.",
        ["regie.gesprek-gepland"] = f => $"Het warme gesprek is gepland op {f.Moment("op")}.",
        ["regie.gesprek-gevoerd"] = f => $"Het warme gesprek is gevoerd; het eindigde op {f.Moment("beeindigdOp")}.",
        ["regie.nazorg-gestart"] = f => $"{f.Wie("doorId")} blijft tot {f.Dag("tot")} bereikbaar voor het gezin en de nieuwe regisseur.",
        ["regie.nazorg-beeindigd"] = _ => "De nazorg na de overdracht is voorbij.",
        ["schalen.opgeschaald"] = f => $"Er is opgeschaald van {f.Woord("van")} naar {f.Woord("naar")}.",
        ["schalen.afgeschaald"] = f => $"Er is afgeschaald van {f.Woord("van")} naar {f.Woord("naar")}.",
        ["schalen.consult-gevraagd"] = _ => "Het RVT is om advies gevraagd; de regie verandert daar niet door.",
        ["schalen.consult-gegeven"] = f => $"{f.Wie("rvtId")} van het RVT gaf advies.",
        ["schalen.standby-gezet"] = f => f.Heeft("totOp") ? $"Er staat een maatregel klaar, tot {f.Dag("totOp")}." : "Er staat een maatregel klaar.",
        ["schalen.standby-opgeheven"] = _ => "De maatregel staat niet meer klaar.",
        ["schalen.standby-toets-verstreken"] = _ => "Het RVT zou opnieuw kijken naar de maatregel die klaarstaat, en deed dat nog niet.",
        ["kaders.gewijzigd"] = f => $"Het kader van kind {f.Tekst("kindRef")} ging van {f.Woord("van")} naar {f.Woord("naar")}. De regie bleef waar zij was.",
        ["kaders.beeindigd"] = f => $"Voor kind {f.Tekst("kindRef")} is het kader {f.Woord("kader")} voorbij.",
        ["kaders.verloopt-binnenkort"] = f => $"Voor {Woorden.Kinderen(f.Lijst("kindRefs"))} loopt de beschikking van de rechter af op {f.Datum("einddatum")}.",
        ["kaders.kaart-uitgereikt"] = f => f.IsJa("isAfgetekend")
            ? $"Het gezin kreeg uitleg over het kader van kind {f.Tekst("kindRef")} en tekende daarvoor."
            : $"Het gezin kreeg uitleg over het kader van kind {f.Tekst("kindRef")} en tekende daar niet voor.",
        ["kaders.uitvoerder-aangewezen"] = f => $"{f.Wie("uitvoerderId")} voert de maatregel uit voor {Woorden.Kinderen(f.Lijst("kindRefs"))}; {f.Wie("vervangerId")} vervangt. De regie bleef waar zij was.",
        ["kaders.vto-verzonden"] = f => $"Er is een verzoek tot onderzoek naar de Raad voor de Kinderbescherming verzonden, voor {Woorden.Kinderen(f.Lijst("kindRefs"))}.",
        ["kaders.vto-bevestigd"] = _ => "De Raad voor de Kinderbescherming heeft het verzoek tot onderzoek ontvangen.",
        ["kaders.onderzoek-begonnen"] = f => $"De Raad voor de Kinderbescherming begon uit zichzelf een onderzoek, voor {Woorden.Kinderen(f.Lijst("kindRefs"))}.",
        ["kaders.onderzoek-afgerond"] = f => f.IsJa("verzoektMaatregel")
            ? "De Raad voor de Kinderbescherming is klaar met het onderzoek en vraagt de rechter om een maatregel."
            : "De Raad voor de Kinderbescherming is klaar met het onderzoek en vraagt niet om een maatregel.",
        ["kaders.besluit-ontvangen"] = f => $"De rechter heeft besloten over {Woorden.Kinderen(f.Lijst("kindRefs"))}: {f.Woord("naar")}.",
        ["bewaking.herstelvoorbeeld"] = _ => "Wie toeziet bekeek wat een herstel zou doen; er is niets veranderd.",
        ["bewaking.invariant-geweigerd"] = _ => "Iets dat niet mag is geweigerd; er is niets veranderd.",
        ["bewaking.geen-gegevens"] = f => $"Wij weten niet of de dienst {f.Tekst("dienst")} werkt.",
        ["bewaking.migratie-droogloop"] = f => $"Bekeken is of stromen {f.Tekst("stroom")} mee kunnen naar een andere versie; er is niets veranderd.",
        ["berichten.beschikbaar"] = f => $"Er ligt een bericht klaar voor {f.Woord("voor")}.",
        ["bewaking.migratie-uitgevoerd"] = _ => "De stroom loopt verder op een andere versie. Waar de casus staat is niet veranderd.",
        ["bewaking.migratie-uitgesteld"] = _ => "De stroom kon niet mee naar een andere versie en loopt verder zoals zij liep.",
        ["bewaking.migratie-teruggedraaid"] = _ => "De stroom is terug op de versie waarvan zij kwam.",
        ["bewaking.herstel-uitgevoerd"] = _ => "De toezichthouder maakte een vastgelopen stroom weer vlot. De regie bleef waar zij was.",
        ["plaatsingen.gewijzigd"] = f => f.Tekst("plaatsing") == "thuis" ? $"Kind {f.Tekst("kindRef")} woont weer thuis." : $"Kind {f.Tekst("kindRef")} woont ergens anders: {f.Woord("plaatsing")}.",
        ["kernteams.ingesteld"] = _ => "De stoelen van het kernteam zijn bezet.",
        ["kernteams.rugdekking-bevestigd"] = _ => "Een organisatie gaf tijd en mandaat aan wie namens haar aan tafel zit.",
        ["kernteams.actief"] = _ => "Elke stoel heeft rugdekking; het kernteam is begonnen.",
        ["kernteams.lid-gewisseld"] = _ => "Er kwam of ging iemand in het kernteam.",
        ["kernteams.opgeheven"] = _ => "Met de casus is ook het kernteam geëindigd.",
        ["kernteams.bijeenkomst-gehouden"] = f => f.IsJa("metRvt") ? $"Het kernteam kwam op {f.Dag("gehoudenOp")} bij elkaar, met het RVT." : $"Het kernteam kwam op {f.Dag("gehoudenOp")} bij elkaar.",
        ["kernteams.bijeenkomst-gemist"] = _ => "Het kernteam kwam niet op tijd weer bij elkaar.",
        ["kernteams.ritme-gewijzigd"] = _ => "Het kernteam sprak een ander ritme af.",
        ["kernteams.koers-vastgesteld"] = f => f.Getal("versie") == 1 ? "Het kernteam stelde de koers vast." : $"Het kernteam wijzigde de koers; versie {f.Getal("versie")} geldt nu.",
        ["kernteams.koersafwijking-geblokkeerd"] = _ => "Er is een stap tegen de koers gevraagd; zij wacht op een besluit van het kernteam.",
        ["kernteams.besluit-genomen"] = _ => "Het kernteam nam samen een besluit.",
        ["kernteams.stopknop-ingedrukt"] = _ => "Iemand drukte op de stopknop; het kernteam staat stil. Termijnen voor veiligheid lopen door.",
        ["kernteams.stopknop-opgeheven"] = _ => "De drie stopvragen zijn beantwoord; het kernteam gaat verder.",
        ["leren.evaluatie-gehouden"] = f => $"Het kernteam keek op {f.Dag("gehoudenOp")} met het gezin terug.",
        ["leren.retrospectief-concept"] = f => $"Er is een concept om op terug te kijken; reageren kan {f.Uiterlijk("reactiesTot")}.",
        ["leren.retrospectief-definitief"] = _ => "Het retrospectief is definitief, met de reacties erbij.",
        ["plannen.besproken-met-gezin"] = _ => "Het plan is met het gezin besproken.",
        ["plannen.vastgesteld"] = f => $"Versie {f.Getal("versie")} van het plan is vastgesteld.",
        ["plannen.herijkt"] = f => $"Het plan is herijkt; versie {f.Getal("versie")} geldt nu.",
        ["plannen.termijn-verstreken"] = _ => "Het plan had herijkt moeten zijn.",
        ["acties.toegewezen"] = _ => "Er is een actie afgesproken.",
        ["acties.afgerond"] = f => f.IsJa("isGelukt") ? "Een actie is afgerond, en gelukt." : "Een actie is afgerond, en niet gelukt.",
        ["acties.verlopen"] = _ => "Er is herinnerd aan een actie die te laat is.",
        ["bewaking.wacht-te-lang"] = f => f.Heeft("actieId") ? "Een actie duurt langer dan afgesproken."
            : f.Heeft("stapId") ? "Over een stap die om acuut gevaar tegen de koers inging, is nog niet besloten."
            : f.Heeft("inzageverzoekId") ? "Een vraag om inzage is niet op tijd beantwoord."
            : "Het wachten duurt langer dan afgesproken.",
        ["bewaking.hersteld"] = f => f.Heeft("dienst") ? $"De dienst {f.Tekst("dienst")} laat weer van zich horen." : "Er is geen actie meer te laat.",
        ["bewaking.afsluiting-geweigerd"] = f => $"{f.Wie("professionalId")} kan niet uit dienst, omdat deze casus dan zonder regie of vervanging zou zitten.",
        ["bewaking.bericht-dubbel"] = _ => "Een bericht kwam dubbel of te laat en veranderde niets.",
        ["bewaking.bericht-onderdrukt"] = _ => "Iets dat klaarstond om te delen, mocht niet meer en is niet gedeeld.",
        ["knelpunten.gemeld"] = f => $"Er is een knelpunt gemeld ({f.Woord("soort")}); een besluit volgt {f.Uiterlijk("besluitVoor")}.",
        ["knelpunten.bemiddeling-gestart"] = _ => "De contactpersonen van de organisaties bemiddelen bij een knelpunt.",
        ["knelpunten.opgeschaald"] = f => $"Het knelpunt ligt nu bij {Woorden.Laag(f.Tekst("niveau"))}. De regie bleef waar zij was.",
        ["knelpunten.besluit-geweigerd"] = _ => "Wat als besluit over een knelpunt werd gegeven, was er geen.",
        ["knelpunten.besloten"] = _ => "Over een knelpunt is besloten.",
        ["knelpunten.opgelost"] = _ => "Een knelpunt is opgelost, en melder en gezin weten het.",
        ["grondslagen.vastgelegd"] = f => $"Er is iets gedeeld op grond van {f.Woord("grond")}.",
        ["grondslagen.geweigerd"] = f => $"{f.Wie("vragerId")} vroeg om iets te delen waar geen grond voor is; het is niet gedeeld.",
        ["inzage.aangevraagd"] = f => $"Iemand vroeg om te zien wat er is vastgelegd; het antwoord komt {f.Uiterlijk("antwoordVoor")}.",
        ["inzage.verleend"] = _ => "Wie vroeg wat er is vastgelegd, mag alles zien.",
        ["inzage.deels-geweigerd"] = _ => "Wie vroeg wat er is vastgelegd, krijgt een deel niet te zien en las waarom.",
        ["toestemmingen.verleend"] = f => f.Heeft("geldigTot") ? $"Er is toestemming gegeven om gegevens te delen, tot {f.Dag("geldigTot")}." : "Er is toestemming gegeven om gegevens te delen.",
        ["toestemmingen.ingetrokken"] = _ => "Een toestemming om gegevens te delen is ingetrokken.",
        ["toestemmingen.herbevestiging-nodig"] = _ => "Een jongere mag nu zelf beslissen; de toestemming wordt opnieuw gevraagd.",
        ["onderwijs.betrokken"] = _ => "De school is betrokken.",
        ["onderwijs.abonnement-beeindigd"] = _ => "Er wordt niets meer met de school gedeeld.",
        ["onderwijs.verzuim-gemeld"] = f => $"De school gaf verzuim door van kind {f.Tekst("kindRef")}.",
        ["onderwijs.terugkoppeling-gegeven"] = _ => "De school hoorde wat er met haar verzuimmelding gebeurt.",
        ["veiligheid.melding-ontvangen"] = _ => "Bij Veilig Thuis kwam een melding over dit gezin binnen.",
        ["veiligheid.melding-beoordeeld"] = _ => "Veilig Thuis heeft de melding beoordeeld.",
        ["veiligheid.incident-gemeld"] = f => f.IsJa("isAcuut") ? $"Er is een acuut incident gemeld; het ligt bij {f.Wie("voorId")}." : $"Er is een incident gemeld; het ligt bij {f.Wie("voorId")}.",
        ["veiligheid.incident-bevestigd"] = _ => "Iemand heeft het incident opgepakt. De regie bleef waar zij was.",
        ["veiligheid.bericht-niet-bevestigd"] = f => $"Niemand bevestigde op tijd; het ligt nu bij {f.Wie("voorId")}.",
        ["veiligheid.kindcontact-verlopen"] = f => $"Kind {f.Tekst("kindRef")} is te lang niet gezien of gesproken.",
    };

    private static readonly string[] Personen = ["vanId", "naarId", "regisseurId", "waarnemerId", "noodhouderId", "doorId", "voorId", "uitvoerderId", "vervangerId", "rvtId", "professionalId", "vragerId"];

    public static IEnumerable<string> Namen => Per.Keys;

    /// <summary>Een naam die wij nog niet kennen, is beter te lezen dan niets.</summary>
    public static string Van(string type, JsonElement inhoud, Mensen mensen) => Per.TryGetValue(type, out var zin) ? Woorden.Hoofdletter(zin(new(inhoud, mensen))) : $"Er gebeurde iets waar nog geen zin voor is: {type}.";

    /// <summary>Het laatste eerst; wat meteen nog eens gebeurde staat er een keer.</summary>
    public static IReadOnlyList<Regel> Regels(IEnumerable<Gebeurtenis> gebeurd, Mensen mensen)
    {
        var regels = new List<Regel>();
        // That the family was told follows the line of what it was told.
        foreach (var gebeurtenis in gebeurd.Where(g => g.Type != "berichten.beschikbaar").OrderBy(g => g.Volgnr))
        {
            var zin = Van(gebeurtenis.Type, gebeurtenis.Inhoud, mensen);
            if (regels.LastOrDefault() is { } vorige && vorige.Zin == zin)
                regels[^1] = vorige with { Op = gebeurtenis.Op, Aantal = vorige.Aantal + 1 };
            else
                regels.Add(new(gebeurtenis.Op, zin, gebeurtenis.Op));
        }

        regels.Reverse();
        return regels;
    }

    /// <summary>De mensen in een gebeurtenis.</summary>
    public static IEnumerable<Guid> Wie(JsonElement inhoud) => Personen.Where(veld => inhoud.TryGetProperty(veld, out var id) && id.ValueKind == JsonValueKind.String).Select(veld => inhoud.GetProperty(veld).GetGuid());

    private sealed class Feit(JsonElement inhoud, Mensen mensen)
    {
        public bool Heeft(string veld) => inhoud.TryGetProperty(veld, out var waarde) && waarde.ValueKind != JsonValueKind.Null;

        public bool IsJa(string veld) => Heeft(veld) && inhoud.GetProperty(veld).GetBoolean();

        public string Tekst(string veld) => inhoud.GetProperty(veld).GetString()!;

        public string Woord(string veld) => Woorden.Zeg(Tekst(veld));

        public int Getal(string veld) => inhoud.GetProperty(veld).GetInt32();

        public string Wie(string veld) => Heeft(veld) ? mensen[inhoud.GetProperty(veld).GetGuid()] : "niemand in het bijzonder";

        public string Moment(string veld) => Wanneer.Tekst(inhoud.GetProperty(veld).GetDateTimeOffset());

        public string Uiterlijk(string veld) => Wanneer.Uiterlijk(inhoud.GetProperty(veld).GetDateTimeOffset());

        public string Dag(string veld) => Wanneer.Dag(inhoud.GetProperty(veld).GetDateTimeOffset());

        public string Datum(string veld) => Wanneer.Dag(DateOnly.Parse(Tekst(veld), System.Globalization.CultureInfo.InvariantCulture));

        public IReadOnlyList<string> Lijst(string veld) => [.. inhoud.GetProperty(veld).EnumerateArray().Select(e => e.GetString()!)];
    }
}
