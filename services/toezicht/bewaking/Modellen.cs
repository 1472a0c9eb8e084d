namespace NetwerkRegie.Toezicht;

// What these pages read of the answers of regie.

public sealed record Bewaking(IReadOnlyList<BewaakteStroom> Items, IReadOnlyDictionary<string, int> Aantallen, IReadOnlyList<Dienst> Diensten, string? Volgende);

public sealed record BewaakteStroom(Guid Id, Guid CasusId, string Stroom, string Toestand, string? RisicoZin, DateTimeOffset Sinds, string Zin);

public sealed record Dienst(string Naam, bool IsStil, DateTimeOffset? GehoordOp, IReadOnlyList<string> ZonderAfnemer, DateTimeOffset? ZonderAfnemerSinds);

public sealed record StroomDetail(
    Guid Id, Guid CasusId, string Stroom, int Versie, string? Toestand, string? RisicoZin, string Zin, IReadOnlyList<OpenWacht> Wachten, IReadOnlyList<Storing> Storingen, IReadOnlyList<Plaats> Plaatsen,
    Klokken Klokken, IReadOnlyList<Journaalregel> Journaal, IReadOnlyList<DienstBericht> Berichten, IReadOnlyList<VastgelopenBericht> Vastgelopen, IReadOnlyList<Herstelling> Herstellingen, IReadOnlyList<Herstelmogelijkheid> Herstel);

public sealed record OpenWacht(Guid Id, string Titel, string Wie, DateTimeOffset WachtSinds, DateTimeOffset? VerlooptOp, DateTimeOffset? TeLangSinds, int Ronde, string? Vlottrekker);

public sealed record Storing(string Stap, string Zin, DateTimeOffset Op);

public sealed record Plaats(string ActiviteitId, string Naam, bool IsGeweest, bool StaatHier);

public sealed record Klokken(DateTimeOffset? GezinWachtSinds, int Bursts, DateTimeOffset LaatsteBurstOp, int MislukteTermijnen, int MislukteBerichten);

public sealed record Journaalregel(DateTimeOffset Op, string Stap, string Wat, string? Toelichting);

public sealed record DienstBericht(DateTimeOffset Op, string Richting, string Type, string Zin);

public sealed record VastgelopenBericht(string Dienst, string Wachtrij, Guid BerichtId, string Type, string Reden, Guid? CasusId, Guid? StroomId, DateTimeOffset Op, int Pogingen, DateTimeOffset? AangebodenOp);

public sealed record Abonnement(Guid Id, string Adres, string Organisatie, string Status, string? Reden, DateTimeOffset Sinds, BezorgStoring? Storing, int Onbezorgd)
{
    public bool IsGepauzeerd => Status == "gepauzeerd";
}

public sealed record BezorgStoring(DateTimeOffset Sinds, int Pogingen, string Zin, DateTimeOffset VolgendePogingOp);

public sealed record OnbezorgdeGebeurtenis(string Id, string Type, Guid CasusId, string Reden, DateTimeOffset Sinds, bool IsOpnieuw);

public sealed record Herstelling(string Soort, string Zin, string Reden, string? DoorNaam, DateTimeOffset Op);

public sealed record Herstelmogelijkheid(string Soort, string Titel, Guid? WachtpuntId, IReadOnlyList<Keuze> Keuzes);

public sealed record Keuze(string Waarde, string Naam);

public sealed record HerstelVraag(string Soort, Guid? WachtpuntId, string? Uitkomst, string? ActiviteitId, DateTimeOffset? Tot, Guid? VoorId);

public sealed record Herstelvoorbeeld(string Kenmerk, string Zin, IReadOnlyList<UitgaandBericht> Berichten, IReadOnlyList<KlokVoorbeeld> Klokken, string? RegieVoor, string? RegieNa, string ToestandVoor, string? ToestandNa, string Daarna);

public sealed record UitgaandBericht(string Type, IReadOnlyList<string> Aan);

public sealed record KlokVoorbeeld(string Titel, string Wie, DateTimeOffset? Voor, DateTimeOffset? Na);

public sealed record RegieOverzicht(IReadOnlyList<LopendeOverdracht> Overdrachten, IReadOnlyList<RegieHouder> Waarnemers, IReadOnlyList<RegieHouder> Noodhouders, IReadOnlyList<Caseload> Caseloads, IReadOnlyList<BijnaMis> Bijna);

public sealed record LopendeOverdracht(Guid CasusId, string Van, string Naar, string Status, DateTimeOffset? Uiterlijk);

public sealed record RegieHouder(Guid CasusId, string Houder, string? Namens, DateTimeOffset Vanaf);

public sealed record Caseload(string Naam, int AantalCasussen, int WaarvanWaarnemend);

public sealed record BijnaMis(Guid CasusId, string Zin);
