namespace NetwerkRegie.Toezicht;

// What the pages read of the answers of regie.

public sealed record Lijst<T>(IReadOnlyList<T> Items, string? Volgende = null);

public sealed record StroomKort(string Id, string Naam, int Versie, DateTimeOffset GepubliceerdOp);

public sealed record VersieKort(int Versie, bool IsOntwerp, bool IsActueel, DateTimeOffset Op, int Lopend);

public sealed record StroomTekst(string Id, string Naam, string? Omschrijving, int Versie, bool IsOntwerp, string Kenmerk, IReadOnlyList<StapTekst> Stappen);

public sealed record StapTekst(string Id, int Nummer, string Naam, string Soort, IReadOnlyList<string> Regels, IReadOnlyList<UitgangTekst> Uitgangen, IReadOnlyList<VeldTekst> Velden);

public sealed record UitgangTekst(string Naam, int? Naar);

public sealed record VeldTekst(string Naam, string Titel, string Uitleg, bool IsTermijn, bool IsVerplicht, IReadOnlyList<string> Keuzes, string? Waarde);

public sealed record TermijnKort(string Id, string Naam, string Duur, string Bron);

public sealed record Proefverslag(string Verhaal, Proefuitslag Ontwerp, Proefuitslag? Gepubliceerd, string? EersteVerschil, IReadOnlyList<Proefregel> Regels);

public sealed record Proefuitslag(int Versie, bool Houdt);

public sealed record Proefregel(int Nummer, string Tekst, Proefstand? Ontwerp, Proefstand? Gepubliceerd, bool IsAnders);

public sealed record Proefstand(
    DateTimeOffset Op, IReadOnlyList<Gebeurtenis> Gebeurd, IReadOnlyList<Wachten> Wacht, IReadOnlyList<Bericht> Berichten, VierLijnen? Lijnen,
    IReadOnlyList<string> Storingen, string? Geweigerd, bool Klopt, string? WatErWas, string? Afgebroken);

public sealed record Gebeurtenis(DateTimeOffset Op, string Wat);

public sealed record Wachten(string Titel, string Op, DateTimeOffset? Tot);

public sealed record Bericht(DateTimeOffset Op, string Type, IReadOnlyDictionary<string, string> Velden);

public sealed record VierLijnen(string Regie, string Schaal, IReadOnlyDictionary<string, string> Kader, IReadOnlyDictionary<string, string> Bevoegdheid);

public sealed record Naspeelverslag(int Versie, int GepubliceerdeVersie, int AantalGelijk, int AantalAnders, IReadOnlyList<NagespeeldeStroom> Items);

public sealed record NagespeeldeStroom(Guid StroomId, int Versie, DateTimeOffset GestartOp, bool? IsGelijk, string Zin, string Verhaal);

public sealed record Migratievoorbeeld(Guid CasusId, Guid StroomId, bool KanMee, IReadOnlyList<string> Redenen, IReadOnlyList<WachtVoorbeeld> Wacht, IReadOnlyList<string> WordtMogelijk, IReadOnlyList<string> Vervalt);

public sealed record WachtVoorbeeld(string StapVoor, string? StapNa, string? WachtOp, DateTimeOffset? VerlooptOp, IReadOnlyList<string> AntwoordDoor, bool WordtBereikt, IReadOnlyList<UitgangVoorbeeld> Uitgangen, IReadOnlyList<string> Toelichting);

public sealed record UitgangVoorbeeld(string Naam, bool TeKiezen, string? Voor, string? Na);

public sealed record MigratieKort(Guid Id, string Stroom, int Van, int Naar, string Reden, DateTimeOffset Op, int Overgezet, int Gebleven, int Teruggezet);

public sealed record Migratie(Guid Id, string Stroom, int Van, int Naar, string Reden, DateTimeOffset Op, IReadOnlyList<MigratieStroom> Stromen);

public sealed record MigratieStroom(Guid CasusId, Guid StroomId, string Uitkomst, IReadOnlyList<string> Redenen, DateTimeOffset? TeruggezetOp);
