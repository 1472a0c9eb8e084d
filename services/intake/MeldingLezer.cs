using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Unicode;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>
/// Leest een melding en zegt alles wat eraan mankeert in een keer. Geen enkele fout herhaalt wat er stond, ook geen
/// onbekende veldnaam: ook die kan een naam of nummer van iemand zijn.
/// </summary>
internal static class MeldingLezer
{
    // A melding is five levels deep.
    private const int HoogsteDiepte = 16;

    // Who sends a thousand faults is helped by the first few.
    private const int HoogsteAantalBezwaren = 50;

    private const int HoogsteAantalPersonen = 25;
    private const int KorteTekst = 100;
    private const int LangeTekst = 2000;

    private static readonly string[] Urgenties = ["regulier", "spoed", "acuut"];
    private static readonly string[] Geinformeerd = ["ja", "deels", "nee", "nvt"];
    private static readonly string[] Schalen = ["lokaal", "consult", "meekijken", "duo", "regie-over", "maatregel"];
    private static readonly string[] Niveaus = ["operationeel", "tactisch", "strategisch"];

    // BW 1:257, 1:258, 1:265c. A court mostly sets less; more is a typing error.
    private static readonly FrozenDictionary<string, int> HoogsteDuurInMaanden =
        new Dictionary<string, int> { ["VOTS"] = 3, ["OTS"] = 12, ["MUHP"] = 12 }.ToFrozenDictionary();

    private static readonly FrozenSet<string> BekendeVelden = Veldnamen(typeof(MeldingInvoer)).ToFrozenSet();

    /// <remarks>
    /// Een burgerservicenummer mag nergens staan, behalve dat het nummer van de melding zelf buiten schot blijft: een op de
    /// elf volgnummers van negen cijfers doorstaat de elfproef toevallig.
    /// </remarks>
    /// <exception cref="OngeldigeInvoer">Er mankeert iets aan de melding.</exception>
    public static MeldingInvoer Lees(ReadOnlyMemory<byte> inhoud, DateTimeOffset nu)
    {
        using var document = LeesJson(inhoud);
        var invoer = new Invoer();
        // The list is completed first: after it, every text is known to be readable.
        foreach (var (plaats, bezwaar) in Bezwaren(document.RootElement, "").Distinct().ToList().Take(HoogsteAantalBezwaren))
            invoer.Eis(false, plaats, bezwaar);

        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Onleesbaar("Een melding is een JSON-object.");
        var melding = LeesMelding(new(document.RootElement, "", invoer), nu);
        invoer.Klaar();
        return melding;
    }

    private static JsonDocument LeesJson(ReadOnlyMemory<byte> inhoud)
    {
        if (!Utf8.IsValid(inhoud.Span))
            throw Onleesbaar("De inhoud is geen UTF-8.");
        try
        {
            return JsonDocument.Parse(inhoud, new JsonDocumentOptions { MaxDepth = HoogsteDiepte, AllowDuplicateProperties = false });
        }
        // Half a surrogate pair in a property name is a fault in the text, but the parser calls it an invalid operation.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Onleesbaar("De inhoud is geen geldige JSON: afgekapt, te diep genest, met een dubbel veld of met iets erachter.");
        }
    }

    private static OngeldigeInvoer Onleesbaar(string melding) => new([new("", melding)]);

    private static MeldingInvoer LeesMelding(ObjectLezer lezer, DateTimeOffset nu)
    {
        var type = lezer.Tekst("type", KorteTekst);
        var route = Route.Van(type);
        lezer.Eis(type.Length == 0 || route is not null, "type", "Dit type melding is onbekend.");
        var overPersonen = route is not { Gevolg: Gevolg.Telling };
        var overKinderen = route is { Gevolg: Gevolg.Casus };

        var versie = lezer.Tekst("schemaVersie", KorteTekst);
        lezer.Eis(versie is "" or "1.0", "schemaVersie", "Alleen versie 1.0 wordt gelezen.");
        var ontvangenOp = lezer.Moment("ontvangenOp");
        // A sender's clock may run ahead of ours; what lies after both is a forecast, not a report.
        var ontvangst = ontvangenOp > nu ? ontvangenOp.Value : nu;
        var gebeurtenisOp = lezer.Moment("gebeurtenisOp", verplicht: false);
        lezer.Eis(!(gebeurtenisOp > ontvangst), "gebeurtenisOp", "Dit ligt in de toekomst.");

        return new(
            versie,
            lezer.Tekst("meldingId", KorteTekst),
            type,
            lezer.Object("bron", bron => new Bron(bron.Tekst("organisatie", 200), bron.Tekst("rol", KorteTekst)))!,
            ontvangenOp.GetValueOrDefault(),
            lezer.Tekst("regio", KorteTekst),
            lezer.Tekst("gemeente", KorteTekst),
            lezer.Keuze("urgentie", Urgenties),
            gebeurtenisOp,
            lezer.Object("betreft", betreft => LeesBetreft(betreft, overPersonen, overKinderen), overPersonen),
            lezer.Object("meldcode", LeesMeldcode, verplicht: false),
            lezer.Object("gezinGeinformeerd", LeesGeinformeerd, overPersonen),
            lezer.TekstOfNull("grondslag", LangeTekst),
            lezer.TekstOfNull("gevraagdeActie", LangeTekst, overPersonen),
            // No bound of its own: that of the whole body is enough, and the story must fit.
            lezer.TekstOfNull("samenvatting", int.MaxValue, overPersonen),
            Bijlage("verzuim", verzuim => LeesVerzuim(verzuim, ontvangst)),
            Bijlage("opschaling", LeesOpschaling),
            Bijlage("knelpunt", knelpunt => LeesKnelpunt(knelpunt, ontvangst)),
            Bijlage("maatregel", maatregel => LeesMaatregel(maatregel, ontvangst)),
            Bijlage("vto", vto => new Vto(vto.Verwijzing("vtoRef"), vto.Tekst("status", KorteTekst), vto.Datum("wachtlijstSinds", verplicht: false))),
            Bijlage("huisverbod", verbod => LeesHuisverbod(verbod, ontvangst)),
            Bijlage("triage", triage => LeesTriage(triage, ontvangst)));

        T? Bijlage<T>(string naam, Func<ObjectLezer, T> lees)
            where T : class => route?.Bijlage == naam ? lezer.Object(naam, lees) : null;
    }

    private static Betreft LeesBetreft(ObjectLezer lezer, bool overPersonen, bool overKinderen)
    {
        if (!overPersonen)
            return new("", [], []);
        var kinderen = lezer.Lijst("kinderen", overKinderen ? 1 : 0, HoogsteAantalPersonen, kind =>
        {
            var band = kind.Tekst("leeftijdsband", KorteTekst);
            kind.Eis(band is "" || Leeftijdsband.Lees(band) is not null, "leeftijdsband", Leeftijdsband.Uitleg);
            return new Kind(kind.Verwijzing("ref"), band);
        });
        var volwassenen = lezer.Lijst("volwassenen", 0, HoogsteAantalPersonen, volwassene => new Volwassene(volwassene.Verwijzing("ref"), volwassene.Tekst("rol", KorteTekst)));

        var gezien = new HashSet<string>();
        foreach (var (nummer, kind) in kinderen.Index())
            lezer.Eis(gezien.Add(kind.Ref) || kind.Ref is "", $"kinderen/{nummer}/ref", "Deze verwijzing komt twee keer voor.");
        foreach (var (nummer, volwassene) in volwassenen.Index())
            lezer.Eis(gezien.Add(volwassene.Ref) || volwassene.Ref is "", $"volwassenen/{nummer}/ref", "Deze verwijzing komt twee keer voor.");
        return new(lezer.Verwijzing("gezinRef"), kinderen, volwassenen);
    }

    private static Meldcode LeesMeldcode(ObjectLezer lezer)
    {
        var stap = lezer.Getal("stap", 1, 5);
        var doorlopen = lezer.Getallen("stappenDoorlopen", 1, 5);
        lezer.Eis(doorlopen.Count == 0 || doorlopen.Contains(stap), "stap", "Deze stap staat niet bij de doorlopen stappen.");
        return new(
            stap,
            doorlopen,
            lezer.Object("afwegingskader", kader => new Afwegingskader(kader.JaNee("acuutOnveilig"), kader.JaNee("structureelOnveilig"), kader.JaNee("zelfHulpMogelijk")), verplicht: false),
            lezer.TekstOfNull("besluit", KorteTekst));
    }

    private static GezinGeinformeerd LeesGeinformeerd(ObjectLezer lezer)
    {
        var status = lezer.Keuze("status", Geinformeerd);
        var reden = lezer.TekstOfNull("reden", LangeTekst);
        lezer.Eis(status is not ("nee" or "deels") || reden is not null, "reden", "Zeg waarom het gezin het niet of niet helemaal weet.");
        return new(status, reden);
    }

    private static Verzuim LeesVerzuim(ObjectLezer lezer, DateTimeOffset ontvangst)
    {
        var van = lezer.Datum("van");
        var tot = lezer.Datum("tot");
        lezer.Eis(!(van > tot), "tot", "Dit ligt voor het begin van het verzuim.");
        NietInDeToekomst(lezer, "tot", tot, ontvangst);
        return new(lezer.Tekst("soort", KorteTekst), lezer.Getal("uren", 1, 2000), lezer.Getal("lesweken", 1, 52), van.GetValueOrDefault(), tot.GetValueOrDefault());
    }

    private static Opschaling LeesOpschaling(ObjectLezer lezer)
    {
        var van = lezer.Keuze("van", Schalen);
        var naar = lezer.Keuze("naar", Schalen);
        if (Array.IndexOf(Schalen, van) is var laag and >= 0 && Array.IndexOf(Schalen, naar) is var hoog and >= 0)
            lezer.Eis(hoog > laag, "naar", "Opschalen gaat naar een hogere schaal.");
        // Eight weeks at most before somebody looks whether it helps.
        return new(van, naar, lezer.Getal("evaluatieNaDagen", 1, 56));
    }

    private static Knelpunt LeesKnelpunt(ObjectLezer lezer, DateTimeOffset ontvangst)
    {
        var sinds = lezer.Datum("sinds");
        NietInDeToekomst(lezer, "sinds", sinds, ontvangst);
        return new(lezer.Tekst("soort", KorteTekst), lezer.Keuze("niveau", Niveaus), sinds.GetValueOrDefault(), lezer.Getal("eerderePogingen", 0, 1000));
    }

    private static Maatregel LeesMaatregel(ObjectLezer lezer, DateTimeOffset ontvangst)
    {
        var soort = lezer.Tekst("soort", KorteTekst);
        var datum = lezer.Datum("beschikkingsdatum");
        NietInDeToekomst(lezer, "beschikkingsdatum", datum, ontvangst);
        var heeftHoogsteDuur = HoogsteDuurInMaanden.TryGetValue(soort, out var hoogste);
        return new(soort, datum.GetValueOrDefault(), lezer.GetalOfNull("duurMaanden", 1, heeftHoogsteDuur ? hoogste : 216, heeftHoogsteDuur), lezer.TekstOfNull("zaakRef", KorteTekst));
    }

    private static Huisverbod LeesHuisverbod(ObjectLezer lezer, DateTimeOffset ontvangst)
    {
        var opgelegdOp = lezer.Moment("opgelegdOp");
        lezer.Eis(!(opgelegdOp > ontvangst), "opgelegdOp", "Dit ligt in de toekomst.");
        var verlengd = lezer.JaNee("verlengd");
        // Wet tijdelijk huisverbod art. 2 and 9: ten days, four weeks with the extension.
        return new(opgelegdOp.GetValueOrDefault(), lezer.Getal("duurDagen", 1, verlengd ? 28 : 10), verlengd);
    }

    private static Triage LeesTriage(ObjectLezer lezer, DateTimeOffset ontvangst)
    {
        var melding = lezer.Datum("ontvangenMelding");
        var besluit = lezer.Datum("besluitOp");
        lezer.Eis(!(melding > besluit), "besluitOp", "Dit ligt voor de ontvangst van de melding.");
        NietInDeToekomst(lezer, "besluitOp", besluit, ontvangst);
        return new(melding.GetValueOrDefault(), besluit.GetValueOrDefault(), lezer.Tekst("uitkomst", KorteTekst), lezer.Getal("voorwaarden", 0, 1000));
    }

    private static void NietInDeToekomst(ObjectLezer lezer, string naam, DateOnly? datum, DateTimeOffset ontvangst) =>
        lezer.Eis(!(datum > NederlandseKalender.DatumVan(ontvangst)), naam, "Dit ligt in de toekomst.");

    /// <summary>Kijkt in alle tekst en elk getal, ook in velden die niemand kent.</summary>
    private static IEnumerable<(string Plaats, string Bezwaar)> Bezwaren(JsonElement element, string plaats, bool bekend = true) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(veld =>
        {
            var naam = Tekst(() => veld.Name);
            // A place is made of names that we know; an unknown name could be anything.
            var kent = bekend && BekendeVelden.Contains(naam);
            return Bezwaar(naam, plaats).Concat(Bezwaren(veld.Value, kent ? $"{plaats}/{naam}" : plaats, kent));
        }),
        JsonValueKind.Array => element.EnumerateArray().Index().SelectMany(een => Bezwaren(een.Item, bekend ? $"{plaats}/{een.Index}" : plaats, bekend)),
        JsonValueKind.String => Bezwaar(Tekst(() => element.GetString()!), plaats),
        JsonValueKind.Number => Bezwaar(element.GetRawText(), plaats),
        _ => [],
    };

    private static IEnumerable<(string Plaats, string Bezwaar)> Bezwaar(string tekst, string plaats) =>
        VrijeTekst.Bezwaar(tekst) is { } bezwaar && !(bezwaar == VrijeTekst.BevatBsn && plaats == "/meldingId") ? [(plaats, bezwaar)] : [];

    // An escaped half of a surrogate pair is valid JSON but no text; only reading it tells.
    private static string Tekst(Func<string> lees)
    {
        try
        {
            return lees();
        }
        catch (InvalidOperationException)
        {
            throw Onleesbaar("De inhoud is geen geldige JSON: een tekst bevat een half teken.");
        }
    }

    private static IEnumerable<string> Veldnamen(Type type) => type.Namespace!.StartsWith("NetwerkRegie", StringComparison.Ordinal)
        ? type.GetProperties().SelectMany(veld => Veldnamen(veld.PropertyType).Prepend(JsonNamingPolicy.CamelCase.ConvertName(veld.Name)))
        : type.GetGenericArguments().SelectMany(Veldnamen);
}
