using System.Text.RegularExpressions;

namespace NetwerkRegie.Regie;

/// <summary>Een zin die in een verhaal mag staan. Tussen accolades staat wat u invult, tussen vierkante haken wat weg mag.</summary>
internal sealed partial class Zin
{
    private static readonly Dictionary<string, (string Patroon, string Voorbeeld)> Open = new()
    {
        ["wachtpunt"] = ("'.+?'", "'Eerste contact met het gezin'"),
        ["uitgang"] = (@"'.+?'|\S+", "'Contact gehad'"),
        ["moment"] = (@"\d.+?", "9 maart 2026 10:15"),
        ["duur"] = (@"[\d\p{L}]+ \p{L}+", "3 werkdagen"),
        ["wie"] = (".+?", "de regisseur"),
        ["plaats"] = (".+?", "Zilverdam"),
        ["invoer"] = (".+?", "naar = lokaal"),
        ["aantal"] = (@"[\w]+", "2"),
        ["kind"] = (@"[\w-]+", "K1"),
        ["kader"] = (@"[\w-]+", "drang"),
        ["maatregel"] = (@"[\w-]+", "ots"),
        ["schaal"] = (@"[\w-]+", "consult"),
        ["waarde"] = (@"[\w-]+", "geen"),
        ["dienst"] = (@"[\w-]+", "kernteam"),
        ["bericht"] = (@"[\w-]+", "WachtTeLang"),
        ["route"] = (@"[\w-]+", "lokaal-team"),
        ["soort"] = (@"[\w-]+", "capaciteit"),
        ["antwoord"] = (@"[\w-]+", "aanvaardt"),
    };

    private readonly Regex _patroon;
    private readonly Func<Vangst, Func<Spel, Task<string?>>> _lees;

    public Zin(string soort, string vorm, Func<Vangst, Func<Spel, Task<string?>>> lees)
    {
        (Soort, _lees) = (soort, lees);
        Voorbeeld = $"{char.ToUpperInvariant(soort[0])}{soort[1..]} {Plaats().Replace(vorm, p => p.Groups["keuze"].Success ? p.Groups["keuze"].Value.Split('|')[^1] : Open[Naam(p)].Voorbeeld)}";
        var patroon = Plaats().Replace(vorm.Replace("[", "(?:", StringComparison.Ordinal).Replace("]", ")?", StringComparison.Ordinal), p =>
            $"(?<{p.Groups["naam"].Value}>{(p.Groups["keuze"].Success ? p.Groups["keuze"].Value : Open[Naam(p)].Patroon)})");
        _patroon = new Regex($"^{patroon}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }

    /// <summary>gegeven, als of dan.</summary>
    public string Soort { get; }

    /// <summary>Hoe de zin geschreven kan worden; wat tussen haken staat mag weg.</summary>
    public string Voorbeeld { get; }

    public Match Past(string tekst) => _patroon.Match(tekst);

    public Func<Spel, Task<string?>> Lees(Vangst vangst) => _lees(vangst);

    public int LijktOp(IReadOnlySet<string> woorden) => Voorbeeld.Split(' ', '[', ']').Count(woorden.Contains);

    // A sentence may have the same kind of place twice: wie and wie2.
    private static string Naam(Match plaats) => plaats.Groups["naam"].Value.TrimEnd('2');

    [GeneratedRegex(@"\{(?<naam>\w+)(:(?<keuze>[^}]+))?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Plaats();
}

/// <summary>Alles wat in een verhaal te zeggen is, met wat het doet.</summary>
internal static class Zinnen
{
    public static readonly Zin Gezin = Gegeven(
        "een gezin[ {zonder:zonder} casus] met {aantal} {kinderen:kind|kinderen} in {plaats} op {moment}",
        v => (HeeftCasus: !v.Heeft("zonder"), Kinderen: v.Aantal(), Plaats: v.Tekst("plaats"), Op: v.Moment(uur: 9)),
        (spel, g) => spel.GegevenGezin(g.HeeftCasus, g.Kinderen, g.Plaats, g.Op));

    public static readonly Zin Weigering = Dan("wordt dat geweigerd", _ => true, (spel, _) => Spel.Eis(spel.Weigering is not null, "het lukte"));

    public static readonly IReadOnlyList<Zin> Alle =
    [
        Gezin,
        Gegeven("{wie} houdt de regie", v => v.Wie(), (spel, wie) => spel.GegevenHouderAsync(wie)),
        Gegeven("de schaal is {schaal}", v => v.Keuze("schaal", "schaal", [Schalen.Lokaal, .. Schalen.OpTeSchalen]), (spel, schaal) => spel.GegevenSchaal(schaal)),
        Gegeven("het kader[ van {kind}] is {kader}", v => (Kind: v.Misschien("kind"), Kader: v.Keuze("kader", "kader om mee te beginnen", [Kaders.Vrijwillig, Kaders.Drang])), (spel, k) => spel.GegevenKader(k.Kind, k.Kader)),
        Gegeven("[de ][dienst ]{dienst} antwoordt niet", v => v.StilleDienst(), (_, _) => Task.CompletedTask),

        Als("{wachtpunt} wordt beantwoord met {uitgang}[ door {wie}]", v => (Wachtpunt: v.Wachtpunt(), Uitgang: v.Tekst("uitgang"), Door: v.Heeft("wie") ? v.Wie() : null), (spel, a) => spel.BeantwoordAsync(a.Wachtpunt, a.Uitgang, a.Door)),
        Als("[de ][dienst ]{dienst} antwoordt met {uitgang}", v => v.Antwoord(), (spel, a) => spel.LaatAntwoordenAsync(a.Dienst, a.Uitgang)),
        Als("de termijn van {wachtpunt} verloopt", v => v.Wachtpunt(), (spel, wachtpunt) => spel.LaatVerlopenAsync(wachtpunt)),
        Als("{duur} {verstrijken:verstrijkt|verstrijken}", v => v.Duur(), (spel, duur) => spel.ZetKlokAsync(duur.Verloopt(spel.Nu))),
        Als("het {moment} {is:is|wordt}", v => v.Moment(), (spel, moment) => spel.ZetKlokAsync(moment)),
        Als("[er ]een melding binnenkomt[ via {route}][ met termijn tot {moment}]", v => (Route: v.Misschien("route"), Tot: v.MisschienMoment()), (spel, m) => spel.MeldAsync(m.Route ?? "lokaal-team", m.Tot)),
        Als("{wie} een overdracht voorstelt aan {wie2}", v => (Wie: v.Wie(), Aan: v.Wie("wie2")), (spel, o) => spel.StelOverdrachtVoorAsync(o.Wie, o.Aan)),
        Als("{wie} de overdracht {antwoord}[ met volgnummer {aantal}][ na volgnummer {aantal2}]", v => (Wie: v.Wie(), Antwoord: v.Keuze("antwoord", "antwoord", [Spel.Aanvaardt, Spel.Weigert, Spel.TrektIn]), Volgorde: v.Volgorde()), (spel, o) => spel.BeantwoordOverdrachtAsync(o.Wie, o.Antwoord, o.Volgorde)),
        Als("{wie} de regie in nood overdraagt aan {wie2}", v => (Wie: v.Wie(), Aan: v.Wie("wie2")), (spel, o) => spel.DraagInNoodOverAsync(o.Wie, o.Aan)),
        Als("{wie}[ {acuut:acuut}] opschaalt naar {schaal}[ met evaluatie op {moment}]", v => (Wie: v.Wie(), Naar: v.Keuze("schaal", "schaal om naar op te schalen", Schalen.OpTeSchalen), Op: v.MisschienMoment(), Acuut: v.Heeft("acuut")), (spel, o) => spel.SchaalOpAsync(o.Wie, o.Naar, o.Op, o.Acuut)),
        Als("{wie} afschaalt naar {schaal}[ met {nazorg:nazorg}]", v => (Wie: v.Wie(), Naar: v.Keuze("schaal", "schaal", Schalen.VanLichtNaarZwaar), Nazorg: v.Heeft("nazorg")), (spel, a) => spel.SchaalAfAsync(a.Wie, a.Naar, a.Nazorg)),
        Als("{wie} uitvalt[ tot {moment}]", v => (Wie: v.Wie(), Tot: v.MisschienMoment()), (spel, a) => spel.VervangAsync(a.Wie, null, a.Tot)),
        Als("{wie} weg is van {moment}[ tot {moment2}]", v => (Wie: v.Wie(), Van: v.Moment(), Tot: v.MisschienMoment("moment2")), (spel, a) => spel.VervangAsync(a.Wie, a.Van, a.Tot)),
        Als("{wie} het kader van {kind} wijzigt naar {kader}", v => (Wie: v.Wie(), Kind: v.Tekst("kind"), Naar: v.Keuze("kader", "kader", Kaders.Alle)), (spel, k) => spel.WijzigKaderAsync(k.Wie, k.Kind, k.Naar)),
        Als("de rechter {maatregel} uitspreekt voor {kind} tot {moment}[ {spoed:met spoed}]", v => (Kader: v.Keuze("maatregel", "maatregel", Kaders.Gedwongen), Kind: v.Tekst("kind"), Tot: v.Moment(), Spoed: v.Heeft("spoed")), (spel, r) => spel.SpreekUitAsync(r.Kader, r.Kind, r.Tot, r.Spoed)),
        Als("een verzoek tot onderzoek wordt verstuurd voor {kind}", v => v.Tekst("kind"), (spel, kind) => spel.VerstuurVtoAsync(kind)),
        Als("{wie} een knelpunt meldt over {soort}", v => (Wie: v.Wie(), Soort: v.Keuze("soort", "soort knelpunt", Knelpunt.Soorten)), (spel, k) => spel.MeldKnelpuntAsync(k.Wie, k.Soort)),
        Als("deze stroom begint[ met {invoer}]", v => v.Invoer(), (spel, invoer) => spel.BeginStroomAsync(invoer)),

        Dan("wacht {wachtpunt}[ op {wie}][ {tot:tot en met|tot} {moment}]", v => (Wachtpunt: v.Wachtpunt(), Op: v.Heeft("wie") ? v.Wie() : null, Tot: v.Tot()), (spel, w) => spel.WachtAsync(w.Wachtpunt, w.Op, w.Tot)),
        Dan("wacht {wachtpunt} niet[ meer]", v => v.Tekst("wachtpunt"), (spel, wachtpunt) => spel.WachtNietAsync(wachtpunt)),
        Dan("wacht er niets[ meer]", _ => true, (spel, _) => spel.WachtNietsAsync()),
        Dan("gaat {bericht} uit", v => v.Bericht(), (spel, bericht) => spel.GingUitAsync(bericht, isUit: true)),
        Dan("gaat {bericht} niet uit", v => v.Bericht(), (spel, bericht) => spel.GingUitAsync(bericht, isUit: false)),
        Dan("houdt {wie} de regie", v => v.Wie(), (spel, wie) => spel.HoudtRegieAsync(wie)),
        Dan("is de schaal {schaal}", v => v.Keuze("schaal", "schaal", Schalen.VanLichtNaarZwaar), (spel, schaal) => spel.LijnIsAsync(Lijnen.Schaal, null, schaal)),
        Dan("is het kader[ van {kind}] {kader}", v => (Kind: v.Misschien("kind"), Kader: v.Keuze("kader", "kader", Kaders.Alle)), (spel, k) => spel.LijnIsAsync(Lijnen.Kader, k.Kind, k.Kader)),
        Dan("is de bevoegdheid[ van {kind}] {waarde}", v => (Kind: v.Misschien("kind"), Waarde: v.Tekst("waarde")), (spel, b) => spel.LijnIsAsync(Lijnen.Bevoegdheid, b.Kind, b.Waarde)),
        Dan("is het {moment}", v => v.Moment(), (spel, moment) => Spel.Eis(spel.Nu == moment, $"het is {Tijdtaal.Tekst(spel.Nu)}")),
        Dan("is er {geen:geen|een} storing", v => v.Tekst("geen") == "een", (spel, verwacht) => spel.StoringIsAsync(verwacht)),
        Dan("is de stroom {niet:nog niet }klaar", _ => false, (spel, klaar) => spel.IsKlaarAsync(klaar)),
        Dan("is de stroom klaar", _ => true, (spel, klaar) => spel.IsKlaarAsync(klaar)),
        Weigering,
    ];

    /// <summary>De zin die er staat; null als er niets staat dat te begrijpen is.</summary>
    public static Zin? Vind(string soort, string tekst, Vangst vangst) => Alle.FirstOrDefault(z => z.Soort == soort && vangst.Neem(z.Past(tekst)));

    /// <summary>De zinnen die er het meest op lijken, zoals zij geschreven worden.</summary>
    public static string Lijkend(string soort, string tekst)
    {
        var woorden = tekst.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);
        return string.Join("; of: ", Alle.Where(z => z.Soort == soort).OrderByDescending(z => z.LijktOp(woorden)).Take(3).Select(z => z.Voorbeeld));
    }

    private static Zin Gegeven<T>(string vorm, Func<Vangst, T> lees, Func<Spel, T, Task> speel) => Doet("gegeven", vorm, lees, speel);

    private static Zin Als<T>(string vorm, Func<Vangst, T> lees, Func<Spel, T, Task> speel) => Doet("als", vorm, lees, speel);

    private static Zin Dan<T>(string vorm, Func<Vangst, T> lees, Func<Spel, T, Task<string?>> klopt) => new("dan", vorm, vangst =>
    {
        var gelezen = lees(vangst);
        return spel => klopt(spel, gelezen);
    });

    private static Zin Doet<T>(string soort, string vorm, Func<Vangst, T> lees, Func<Spel, T, Task> speel) => new(soort, vorm, vangst =>
    {
        var gelezen = lees(vangst);
        return async spel =>
        {
            await speel(spel, gelezen);
            return null;
        };
    });
}
