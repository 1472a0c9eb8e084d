using NetwerkRegie.Web;

namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>Waarmee een soort taak klaar is: de handelingen die er een formulier voor hebben, of waarom er niets in te vullen is.</summary>
/// <param name="Zin">Waarom er niets in te vullen is.</param>
/// <param name="Feiten">Wat iemand moet weten voor zij iets invult.</param>
/// <param name="Kop">Als dat veel is: waar het over gaat.</param>
internal sealed record Taaksoort(IReadOnlyList<Handeling<Taak>> Handelingen, string? Zin = null, Func<Api, Taak, CancellationToken, Task<IReadOnlyList<Feit>>>? Feiten = null, string? Kop = null)
{
    public const string Consult = "Consult";

    /// <summary>De uitkomst wordt gekozen waar de taak staat.</summary>
    public const string Keuze = "Taak";

    private const string BlijftWaarZijIs = "De regie blijft waar zij is.";

    private static readonly Invulveld RedenAfwezig = new("redenAfwezig", "Waarom was het gezin of de oude regisseur er niet bij?", Uitleg: "Alleen als een van beiden er niet bij was.", IsVerplicht: false);

    /// <summary>Van elke stap waarop een mens kan worden gevraagd te wachten of te antwoorden, en van het consult.</summary>
    public static readonly IReadOnlyDictionary<string, Taaksoort> Alle = new Dictionary<string, Taaksoort>
    {
        [Keuze] = new([]),
        ["AntwoordAfwachten"] = new([]),
        ["GesprekAfwachten"] = new([]),
        ["NazorgBieden"] = Vanzelf("U hoeft hier niets vast te leggen: u blijft bereikbaar, en dat houdt vanzelf op als de termijn voorbij is."),
        ["KaartAfwachten"] = new(
        [
            new("uitreiking", "De kaderkaart is besproken", $"U legt vast dat u het gezin hebt verteld in welk kader de hulp nu is, en de kaart hebt gegeven. {BlijftWaarZijIs}", "Leg vast dat de kaart is besproken", "Vastgelegd is dat de kaderkaart is besproken.",
                [
                    new("op", "Wanneer hebt u het verteld?", VeldSoort.Moment),
                    new("hoe", "Hoe hebt u het verteld?", Uitleg: "Bijvoorbeeld: in een gesprek thuis, met beide ouders."),
                    new("isAfgetekend", "Nam het gezin de kaart aan?", VeldSoort.JaNee, "Ook wie de kaart niet aanneemt, is het verteld."),
                    new("metTolk", "Was er een tolk bij?", VeldSoort.JaNee, IsVerplicht: false),
                    new("reactie", "Wat vond het gezin ervan?", IsVerplicht: false),
                ],
                taak => $"/v1/casussen/{taak.CasusId}/kinderen/{Uri.EscapeDataString(Kind(taak))}/kaderkaart/uitreikingen",
                (f, _) => new { op = f.Moment("op", isVerplicht: true), hoe = f.Tekst("hoe"), isAfgetekend = f.JaNee("isAfgetekend"), metTolk = f.JaNee("metTolk"), reactie = f.Tekst("reactie") }),
        ], Feiten: async (api, taak, ct) => [.. (await api.GetAsync<Kaderkaart>($"/v1/casussen/{taak.CasusId}/kinderen/{Uri.EscapeDataString(Kind(taak))}/kaderkaart", ct)).Punten.Select(p => new Feit(p.Titel, p.Tekst))], Kop: "Wat er op de kaart staat"),
        ["NoodgesprekAfwachten"] = new(
        [
            new("gevoerd", "Het warme gesprek alsnog vastleggen", "De regie ging in nood al over en blijft waar zij nu is. Met dit gesprek is ingehaald wat er toen niet kon.", "Leg het gesprek vast", "Het gesprek na de noodoverdracht is vastgelegd. De regie bleef waar zij was.",
                [
                    new("beeindigdOp", "Wanneer eindigde het gesprek?", VeldSoort.Moment),
                    new("gezinAanwezig", "Was het gezin erbij?", VeldSoort.JaNee),
                    new("oudeRegisseurAanwezig", "Was de oude regisseur erbij?", VeldSoort.JaNee),
                    RedenAfwezig,
                ],
                taak => $"/v1/noodoverdrachten/{taak.Onderwerp}/gesprek",
                (f, _) => new { beeindigdOp = f.Moment("beeindigdOp", isVerplicht: true), gezinAanwezig = f.JaNee("gezinAanwezig"), oudeRegisseurAanwezig = f.JaNee("oudeRegisseurAanwezig"), redenAfwezig = f.Tekst("redenAfwezig") }),
        ], Feiten: async (api, taak, ct) =>
        {
            var nood = await api.GetAsync<Noodoverdracht>($"/v1/noodoverdrachten/{taak.Onderwerp}", ct);
            var mensen = await Mensen.VanAsync(api, [nood.VanId, nood.NaarId], ct);
            return [new("Oude regisseur", mensen[nood.VanId]), new("Nieuwe regisseur", mensen[nood.NaarId])];
        }),
        ["BewijsAfwachten"] = new(
        [
            new("bewijs", "De acute opschaling onderbouwen", $"De schaal ging bij acuut gevaar meteen omhoog. U zegt nu waarvoor en tot wanneer. {BlijftWaarZijIs}", "Lever het bewijs", "Het bewijs van de acute opschaling is geleverd. De regie bleef waar zij was.",
                [
                    new("doel", "Wat moet de opschaling bereiken?"),
                    new("gezinsstandpunt", "Wat vindt het gezin ervan?"),
                    new("tegenargument", "Wat pleit er tegen opschalen?"),
                    new("stopcriterium", "Waaraan ziet u dat het weer lichter kan?"),
                    new("evaluatieOp", "Wanneer kijkt u of het nog nodig is?", VeldSoort.Moment),
                ],
                taak => $"/v1/opschalingen/{taak.Onderwerp}/bewijs",
                (f, _) => new { doel = f.Tekst("doel"), gezinsstandpunt = f.Tekst("gezinsstandpunt"), tegenargument = f.Tekst("tegenargument"), stopcriterium = f.Tekst("stopcriterium"), evaluatieOp = f.Moment("evaluatieOp", isVerplicht: true) }),
        ]),
        ["AanvangAfwachten"] = new(
        [
            new("kennismaking", "De waarnemer is voorgesteld", "De regie blijft bij u tot de vervanging begint; dan gaat zij vanzelf naar de waarnemer. Tot dan blijft deze taak staan.", "Leg de kennismaking vast", "De kennismaking is vastgelegd. De regie blijft waar zij is tot de vervanging begint.",
                [new("beeindigdOp", "Wanneer eindigde het gesprek met het gezin?", VeldSoort.Moment)],
                taak => $"/v1/vervangingen/{taak.Onderwerp}/kennismaking",
                (f, _) => new { beeindigdOp = f.Moment("beeindigdOp", isVerplicht: true) }),
            new("intrekking", "De vervanging intrekken", $"De vervanging gaat niet door. {BlijftWaarZijIs}", "Trek de vervanging in", "De vervanging is ingetrokken. De regie blijft waar zij is.",
                [],
                taak => $"/v1/vervangingen/{taak.Onderwerp}/intrekking",
                (_, _) => new { }),
        ]),
        ["TerugkeerAfwachten"] = new(
        [
            new("gevoerd", "De regie teruggeven", "Vanaf het einde van dit gesprek met het gezin houdt de teruggekeerde regisseur de regie weer.", "Leg het gesprek vast", "Het gesprek is vastgelegd. De regisseur houdt de regie weer.",
                [new("beeindigdOp", "Wanneer eindigde het gesprek?", VeldSoort.Moment)],
                taak => $"/v1/vervangingen/{taak.Onderwerp}/terugkeer",
                (f, _) => new { beeindigdOp = f.Moment("beeindigdOp", isVerplicht: true) }),
            new("gesprek", "Het terugkeergesprek plannen", "De regie blijft bij u tot het gesprek is gevoerd.", "Plan het gesprek", "Het terugkeergesprek is gepland. De regie blijft waar zij is.",
                [new("geplandOp", "Wanneer is het gesprek?", VeldSoort.Moment)],
                taak => $"/v1/vervangingen/{taak.Onderwerp}/terugkeer",
                (f, _) => new { geplandOp = f.Moment("geplandOp", isVerplicht: true) }),
        ]),
        ["HorenAfwachten"] = new(
        [
            new("horing", "Het gezin is alsnog gehoord", $"De rechter besloot met spoed. Is het gezin op tijd gehoord, dan blijft de beschikking gelden. {BlijftWaarZijIs}", "Leg vast dat het gezin is gehoord", "Vastgelegd is dat het gezin alsnog is gehoord. De regie bleef waar zij was.",
                [new("gehoordOp", "Wanneer is het gezin gehoord?", VeldSoort.Moment)],
                taak => $"/v1/casussen/{taak.CasusId}/horingen",
                (f, taak) => new { beschikkingId = taak.Onderwerp, gehoordOp = f.Moment("gehoordOp", isVerplicht: true) }),
        ]),
        ["UitvoerderAfwachten"] = new(
        [
            new("uitvoerder", "De uitvoerder aanwijzen", "De GI zegt wie de maatregel uitvoert. De regie blijft waar zij is; er komt hooguit een voorstel om haar over te dragen.", "Wijs de uitvoerder aan", "Vastgelegd is wie de maatregel uitvoert. De regie bleef waar zij was.",
                [new("uitvoerderId", "Wie voert de maatregel uit?", VeldSoort.Collega), new("vervangerId", "Wie vervangt als die er niet is?", VeldSoort.Collega)],
                taak => $"/v1/casussen/{taak.CasusId}/uitvoerders",
                (f, taak) => new { kindRefs = taak.KindRefs, uitvoerderId = f.Id("uitvoerderId"), vervangerId = f.Id("vervangerId") }),
        ]),
        ["BesluitAfwachten"] = new(
        [
            new("besluit", "Een besluit nemen", $"U besluit of dit knelpunt wordt opgelost. Ter kennisgeving aannemen is geen besluit. {BlijftWaarZijIs}", "Neem een besluit", "Het besluit is genomen. De regie bleef waar zij was.",
                [
                    new("besluit", "Wat besluit u?", VeldSoort.Keuze, Keuzes: [new("oplossen", "Het wordt opgelost"), new("weigeren", "Het wordt niet opgelost"), new("doorzetten", "Het gaat naar de volgende laag", "Van de werkvloer naar managers, van managers naar bestuurders.")]),
                    new("reden", "Waarom, en wat gebeurt er nu?"),
                    new("eigenaarId", "Wie zorgt ervoor dat het gebeurt?", VeldSoort.Leidinggevende, "Nodig als managers of bestuurders het oplossen.", IsVerplicht: false),
                    new("uitvoerenVoor", "Wanneer moet het gebeurd zijn?", VeldSoort.Moment, "Nodig als managers of bestuurders het oplossen.", IsVerplicht: false),
                    new("bedrag", "Wat mag het kosten, in hele euro's?", VeldSoort.Getal, "Nodig als bestuurders het oplossen; 0 mag ook.", IsVerplicht: false),
                ],
                taak => $"/v1/knelpunten/{taak.Onderwerp}/besluit",
                (f, _) => new { besluit = f.Tekst("besluit"), reden = f.Tekst("reden"), eigenaarId = f.Id("eigenaarId"), uitvoerenVoor = f.Moment("uitvoerenVoor", isVerplicht: false), bedrag = f.Getal("bedrag") }),
        ], Feiten: KnelpuntAsync),
        ["BemiddelingAfwachten"] = new(
        [
            new("afspraak", "De afspraak vastleggen", $"Wat u samen afspreekt geldt als besluit over dit knelpunt. {BlijftWaarZijIs}", "Leg de afspraak vast", "De afspraak is vastgelegd. De regie bleef waar zij was.",
                [new("afspraak", "Wat is er afgesproken?")],
                taak => $"/v1/knelpunten/{taak.Onderwerp}/bemiddeling",
                (f, _) => new { afspraak = f.Tekst("afspraak") }),
        ], Feiten: KnelpuntAsync),
        [Consult] = new(
        [
            new("antwoord", "Advies geven", $"U geeft advies aan de regisseur. {BlijftWaarZijIs} Een maatregel die u klaarzet, wordt nooit vanzelf toegepast.", "Geef advies", "Het advies is gegeven. De regie bleef waar zij was.",
                [
                    new("advies", "Wat adviseert u?"),
                    new("veiligheidsafspraken", "Wat is er afgesproken om het veilig te houden?"),
                    new("standby.maatregel", "Welke maatregel zet u klaar?", Uitleg: "Alleen als u er een klaarzet.", IsVerplicht: false),
                    new("standby.totOp", "Tot wanneer staat die klaar?", VeldSoort.Moment, "Alleen als u een maatregel klaarzet.", IsVerplicht: false),
                ],
                taak => $"/v1/consulten/{taak.Onderwerp}/antwoord",
                (f, _) =>
                {
                    var (maatregel, totOp) = (f.Tekst("standby.maatregel"), f.Moment("standby.totOp", isVerplicht: false));
                    return new { advies = f.Tekst("advies"), veiligheidsafspraken = f.Tekst("veiligheidsafspraken"), standby = maatregel is null && totOp is null ? null : new { maatregel, totOp } };
                }),
        ], Feiten: async (api, taak, ct) => (await ConsultenAsync(api, ct)).SingleOrDefault(c => c.Id == taak.Id)?.RegisseurId is { } regisseur
            ? [new("Regisseur, om te bellen", (await Mensen.VanAsync(api, [regisseur], ct)).Zoek(regisseur) is { } mens ? $"{mens.Naam}, {mens.Organisatie}" : "iemand buiten de regio")]
            : []),
        ["VoorgangerAfwachten"] = VanEenSysteem,
        ["OntvangstAfwachten"] = VanEenSysteem,
        ["OnderzoekAfwachten"] = VanEenSysteem,
        ["BesluitVanRechterAfwachten"] = VanEenSysteem,
        ["EindeZienAankomen"] = VanDeKlok,
        ["BeschikkingLatenAflopen"] = VanDeKlok,
    };

    private static Taaksoort VanEenSysteem => Vanzelf("U hoeft hier niets vast te leggen: dit gaat verder als het antwoord van een andere organisatie binnenkomt.");

    private static Taaksoort VanDeKlok => Vanzelf("U hoeft hier niets vast te leggen: dit gaat vanzelf verder op de afgesproken dag.");

    /// <summary>Op elke andere stap antwoordt een dienst.</summary>
    public static Taaksoort Van(Taak taak) => Alle.GetValueOrDefault(taak.Soort) ?? VanEenSysteem;

    /// <summary>De taken van de lezer, wat het eerst moet bovenaan. Van het RVT hoort daar ook advies bij waar nog op wordt gewacht.</summary>
    public static async Task<IReadOnlyList<Taak>> TakenAsync(Api api, Actor ik, CancellationToken ct)
    {
        var taken = (await api.GetIfAllowedAsync<Lijst<Taak>>("/v1/taken", ct))?.Items ?? [];
        if (ik.Rol != Rol.Rvt)
            return taken;
        var consulten = (await ConsultenAsync(api, ct)).Select(c => new Taak(c.Id, c.CasusId, Consult, "Het RVT is om advies gevraagd", c.Id.ToString(), [], c.GevraagdOp, c.AntwoordVoor, "de leidinggevende van het RVT", []));
        return [.. taken.Concat(consulten).OrderBy(t => t.VerlooptOp ?? DateTimeOffset.MaxValue).ThenBy(t => t.Id)];
    }

    private static async Task<IReadOnlyList<Consult>> ConsultenAsync(Api api, CancellationToken ct) => (await api.GetAsync<Lijst<Consult>>("/v1/consulten?status=open", ct)).Items;

    private static async Task<IReadOnlyList<Feit>> KnelpuntAsync(Api api, Taak taak, CancellationToken ct)
    {
        var knelpunt = await api.GetAsync<Knelpunt>($"/v1/knelpunten/{taak.Onderwerp}", ct);
        return
        [
            new("Soort knelpunt", Woorden.Hoofdletter(Woorden.Zeg(knelpunt.Soort))),
            new("Bij wie het nu ligt", Woorden.Hoofdletter(Woorden.Laag(knelpunt.Niveau))),
            .. knelpunt.Omschrijving is { } wat ? [new Feit("Wat er knelt", wat)] : Array.Empty<Feit>(),
            .. knelpunt.Overbrugging is { } intussen ? [new Feit("Intussen", intussen)] : Array.Empty<Feit>(),
            .. knelpunt.Soortgelijk is { } aantal ? [new Feit("Knelpunten van deze soort in de regio", Woorden.Hoofdletter(aantal))] : Array.Empty<Feit>(),
        ];
    }

    private static Taaksoort Vanzelf(string zin) => new([], zin);

    private static string Kind(Taak taak) => taak.KindRefs.Count > 0 ? taak.KindRefs[0] : throw new ApiNee(404, "Van deze taak is niet bekend om welk kind het gaat.", []);
}
