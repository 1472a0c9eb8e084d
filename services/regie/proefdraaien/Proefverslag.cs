namespace NetwerkRegie.Regie;

/// <summary>Een verhaal, gespeeld op het ontwerp en op de gepubliceerde versie: regel voor regel naast elkaar.</summary>
/// <param name="Gepubliceerd">Leeg als er geen andere versie is om mee te vergelijken.</param>
/// <param name="EersteVerschil">Waar de twee voor het eerst uiteenlopen, in een zin; leeg als dat nergens is.</param>
public sealed record Proefverslag(string StroomId, string Verhaal, Proefuitslag Ontwerp, Proefuitslag? Gepubliceerd, string? EersteVerschil, IReadOnlyList<Proefregel> Regels)
{
    internal static async Task<Proefverslag> SpeelAsync(Verhaal verhaal, Decor ontwerp, Decor? gepubliceerd, CancellationToken ct)
    {
        var nieuw = await Spel.SpeelAsync(verhaal, ontwerp, ct);
        var nu = gepubliceerd is null ? null : await Spel.SpeelAsync(verhaal, gepubliceerd, ct);
        var regels = verhaal.Regels.Select((r, i) => new Proefregel(r.Nummer, r.Tekst, nieuw.ElementAtOrDefault(i), nu?.ElementAtOrDefault(i))).ToList();
        return new(
            ontwerp.DefinitieId,
            verhaal.Titel,
            new(ontwerp.Versie, nieuw.Count == verhaal.Regels.Count && nieuw.All(s => s.Klopt)),
            gepubliceerd is null ? null : new(gepubliceerd.Versie, nu!.Count == verhaal.Regels.Count && nu.All(s => s.Klopt)),
            gepubliceerd is null ? null : regels.Select(r => r.Verschil(ontwerp.Versie, gepubliceerd.Versie)).FirstOrDefault(v => v is not null),
            regels);
    }
}

/// <summary>Hoe een versie het deed.</summary>
/// <param name="Houdt">Elke Dan klopte, en alles wat moest gebeuren kon.</param>
public sealed record Proefuitslag(int Versie, bool Houdt);

/// <summary>Een regel van het verhaal, met hoe het er daarna voor stond.</summary>
/// <param name="Nummer">De regel in de tekst.</param>
/// <param name="Ontwerp">Leeg als het spelen voor deze regel was afgebroken.</param>
public sealed record Proefregel(int Nummer, string Tekst, Proefstand? Ontwerp, Proefstand? Gepubliceerd)
{
    /// <summary>Of de twee versies hier verschillen.</summary>
    public bool IsAnders => Gepubliceerd is not null && Ontwerp is not null && Verschil(0, 0) is not null;

    internal string? Verschil(int ontwerp, int gepubliceerd)
    {
        if (Ontwerp is null || Gepubliceerd is null)
            return null;
        var (nieuw, nu) = (Ontwerp.Feiten().ToLookup(f => f.Over, f => f.Zin), Gepubliceerd.Feiten().ToLookup(f => f.Over, f => f.Zin));
        return nieuw.Select(f => f.Key).Union(nu.Select(f => f.Key)).FirstOrDefault(over => !nieuw[over].SequenceEqual(nu[over])) is { } verschil
            ? $"Regel {Nummer} ({Tekst}), versie {ontwerp}: {Zeg(nieuw[verschil])}; versie {gepubliceerd}: {Zeg(nu[verschil])}."
            : null;
    }

    private static string Zeg(IEnumerable<string> zinnen) => string.Join(" en ", zinnen.Select(z => z.TrimEnd('.'))) is { Length: > 0 } tekst ? tekst : "dat niet";
}

/// <summary>Hoe een gespeelde casus ervoor staat, en wat er sinds de vorige regel gebeurde.</summary>
/// <param name="Op">De klok van het spel.</param>
/// <param name="Gebeurd">Termijnen die voorbijgingen, en antwoorden die zijn aangenomen.</param>
/// <param name="Wacht">Waar nu op wordt gewacht; wat het eerst moet bovenaan.</param>
/// <param name="Berichten">Wat er uitging.</param>
/// <param name="Lijnen">Leeg zolang er geen casus is.</param>
/// <param name="Geweigerd">Waarom het niet kon.</param>
/// <param name="Klopt">Bij Dan: of het zo is. Anders: of het kon, of een weigering verwacht was.</param>
/// <param name="WatErWas">Bij een Dan die niet klopt: wat er in plaats daarvan was.</param>
/// <param name="Afgebroken">Waarom het spel hier ophoudt.</param>
public sealed record Proefstand(
    DateTimeOffset Op,
    IReadOnlyList<Gebeurtenis> Gebeurd,
    IReadOnlyList<Wachten> Wacht,
    IReadOnlyList<Bericht> Berichten,
    VierLijnen? Lijnen,
    IReadOnlyList<string> Storingen,
    string? Geweigerd,
    bool Klopt,
    string? WatErWas,
    string? Afgebroken)
{
    /// <summary>Alles wat hier waar is, elk in een zin, met waar het over gaat; wat het meest zegt voorop.</summary>
    internal IEnumerable<(string Over, string Zin)> Feiten() =>
    [
        .. Wacht.Select(w => ($"wacht {w.Titel}", $"'{w.Titel}' wacht op {w.Op}{(w.Tot is { } tot ? $" tot {Tijdtaal.Tekst(tot)}" : "")}")),
        .. Afgebroken is { } afgebroken ? [("afgebroken", afgebroken)] : Array.Empty<(string, string)>(),
        .. Geweigerd is { } nee ? [("geweigerd", $"geweigerd: {nee}")] : Array.Empty<(string, string)>(),
        .. Storingen.Select(s => ("storing", s)),
        .. Gebeurd.Select(g => ("gebeurd", $"{Tijdtaal.Tekst(g.Op)}: {g.Wat}")),
        .. Berichten.Select(b => ($"bericht {b.Type}", $"op {Tijdtaal.Tekst(b.Op)} gaat {b.Type} uit{(b.Velden.Count == 0 ? "" : $" ({string.Join(", ", b.Velden.Select(v => $"{v.Key} {v.Value}"))})")}")),
        .. Lijnen is null ? Array.Empty<(string, string)>() :
        [
            ("regie", $"{Lijnen.Regie} houdt de regie"),
            ("schaal", $"de schaal is {Lijnen.Schaal}"),
            .. Lijnen.Kader.Select(k => ($"kader {k.Key}", $"het kader van {k.Key} is {k.Value}")),
            .. Lijnen.Bevoegdheid.Select(b => ($"bevoegdheid {b.Key}", $"de bevoegdheid van {b.Key} is {b.Value}")),
        ],
        ("klok", $"het is {Tijdtaal.Tekst(Op)}"),
    ];
}

/// <summary>Iets dat vanzelf gebeurde.</summary>
public sealed record Gebeurtenis(DateTimeOffset Op, string Wat);

/// <summary>Een wachtpunt: wat, op wie, sinds en tot wanneer, en hoe het verder kan.</summary>
/// <param name="Vlottrekker">Wie kan helpen als het te lang duurt.</param>
public sealed record Wachten(string Titel, string Op, DateTimeOffset Sinds, DateTimeOffset? Tot, IReadOnlyList<string> Uitgangen, string? Vlottrekker);

/// <summary>Een bericht dat zou uitgaan. Vrije tekst staat er niet in.</summary>
public sealed record Bericht(DateTimeOffset Op, string Type, IReadOnlyDictionary<string, string> Velden);

/// <summary>De vier lijnen van de casus; kader en bevoegdheid per kind.</summary>
public sealed record VierLijnen(string Regie, string Schaal, IReadOnlyDictionary<string, string> Kader, IReadOnlyDictionary<string, string> Bevoegdheid);
