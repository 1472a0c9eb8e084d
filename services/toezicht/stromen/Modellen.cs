namespace NetwerkRegie.Toezicht;

// What the pages read of the answers of regie.

public sealed record Lijst<T>(IReadOnlyList<T> Items);

public sealed record StroomKort(string Id, string Naam, int Versie, DateTimeOffset GepubliceerdOp);

public sealed record VersieKort(int Versie, bool IsOntwerp, bool IsActueel, DateTimeOffset Op, int Lopend);

public sealed record StroomTekst(string Id, string Naam, string? Omschrijving, int Versie, bool IsOntwerp, string Kenmerk, IReadOnlyList<StapTekst> Stappen);

public sealed record StapTekst(string Id, int Nummer, string Naam, string Soort, IReadOnlyList<string> Regels, IReadOnlyList<UitgangTekst> Uitgangen, IReadOnlyList<VeldTekst> Velden);

public sealed record UitgangTekst(string Naam, int? Naar);

public sealed record VeldTekst(string Naam, string Titel, string Uitleg, bool IsTermijn, bool IsVerplicht, IReadOnlyList<string> Keuzes, string? Waarde);

public sealed record TermijnKort(string Id, string Naam, string Duur, string Bron);
