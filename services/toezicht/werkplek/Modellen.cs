using System.Text.Json.Serialization;

namespace NetwerkRegie.Toezicht.Werkplek;

// What the pages read of the answers of regie, kernteam and veiligheid.

public sealed record Taak(Guid Id, Guid CasusId, string Soort, string Titel, string? Onderwerp, IReadOnlyList<string> Uitkomsten, DateTimeOffset Sinds, DateTimeOffset? VerlooptOp, string? Vlottrekker, IReadOnlyList<string> KindRefs)
{
    /// <summary>De overdracht waar de taak over gaat.</summary>
    public string? Overdracht => Soort is "AntwoordAfwachten" or "GesprekAfwachten" ? Onderwerp : null;

    /// <summary>Wat er moet gebeuren, en voor welk kind.</summary>
    public string Wat => KindRefs.Count == 0 ? Titel : $"{Titel}, voor {Woorden.Kinderen(KindRefs)}";
}

public sealed record Consult(Guid Id, Guid CasusId, DateTimeOffset GevraagdOp, DateTimeOffset AntwoordVoor, Guid? RegisseurId);

public sealed record Noodoverdracht(Guid VanId, Guid NaarId);

public sealed record Kaderkaart(IReadOnlyList<Kaartpunt> Punten);

public sealed record Kaartpunt(string Titel, string Tekst);

public sealed record CasusKort(Guid Id, string Status, Guid RegisseurId, string Schaal, DateTimeOffset GeopendOp, string GezinRef, string? Merk, Guid? NamensId);

public sealed record KernteamKort(Guid CasusId, IReadOnlyList<string> Stoelen, string Status);

public sealed record CasusBeeld(
    Guid Id, string Status, string GezinRef, Regisseur Regisseur, IReadOnlyList<Guid> VervangerIds, Guid HouderInLaatsteInstantieId, string Schaal, bool IsNazorg, IReadOnlyList<Kind> Kinderen,
    IReadOnlyList<Overdracht> Overdrachten, DateTimeOffset GeopendOp, DateTimeOffset? AfgeslotenOp, Baan? VastGezicht, Baan? Procesregie, IReadOnlyList<Nazorg> Nazorg, IReadOnlyList<Wacht> WachtOp, DateOnly? VerhuisdPer = null)
{
    public bool IsOpen => Status == "open";

    public Overdracht? LopendeOverdracht => Overdrachten.FirstOrDefault(o => o.IsLopend);
}

public sealed record Regisseur(Guid Id, string? Naam, string? Merk, DateTimeOffset Vanaf);

public sealed record Kind(string Ref, string Kader, bool IsGedwongen, string Bevoegdheid, string Plaatsing, DateOnly? KaderTot, Guid? UitvoerderId, string? Raadsonderzoek);

public sealed record Baan(Guid PersoonId, DateTimeOffset Vanaf, string Reden);

public sealed record Nazorg(Guid OverdrachtId, Guid PersoonId, DateTimeOffset Tot);

public sealed record Wacht(string Wat, DateTimeOffset Sinds, DateTimeOffset? VerwachtOp, string? Vlottrekker);

public sealed record Overdracht(
    Guid Id, Guid CasusId, Guid VanId, Guid NaarId, string Status, string Reden, DateTimeOffset VoorgesteldOp, DateTimeOffset? AntwoordVoor, string? Toelichting, string? Alternatief,
    DateTimeOffset? GesprekGeplandOp, DateTimeOffset? GesprekBeeindigdOp, DateTimeOffset? NazorgTot)
{
    /// <summary>Er is nog niet beslist of de regie overgaat.</summary>
    public bool IsLopend => IsVoorgesteld || IsAanvaard || Status == "gesprek-gevoerd";

    public bool IsVoorgesteld => Status == "voorgesteld";

    /// <summary>Er is ja gezegd, en het warme gesprek moet nog komen.</summary>
    public bool IsAanvaard => Status is "aanvaard" or "gesprek-gepland";

    /// <summary>De regie is overgegaan.</summary>
    public bool IsOver => Status is "effectief" or "nazorg" or "afgesloten";
}

public sealed record Dossier(Guid OverdrachtId, IReadOnlyList<Sectie> Secties, bool? SamenvattingKlopt, DateTimeOffset? SamenvattingBesprokenOp, string? SamenvattingToelichting);

public sealed record Sectie([property: JsonPropertyName("sectie")] string Naam, string? Tekst, DateTimeOffset? GeschrevenOp, DateTimeOffset? GelezenOp);

public sealed record Kandidaat(Guid Id, string Naam, string Organisatie, bool HeeftVervanger, Caseload Caseload);

public sealed record Caseload(int AantalCasussen, int WaarvanWaarnemend);

public sealed record AlleLijnen(IReadOnlyDictionary<string, IReadOnlyList<Periode>> Lijnen);

public sealed record Periode(string? Houder, string? Waarde, string? Merk, Guid? NamensId, string? KindRef, DateTimeOffset Vanaf, DateTimeOffset? Tot, string Grond, DateTimeOffset VastgelegdOp);

public sealed record Kernteam(string Status, string Gezondheid, IReadOnlyList<string> WachtOp, IReadOnlyList<Lid> Leden, IReadOnlyList<Stoel> Stoelen, PlanStand Plan, RitmeStand? Ritme);

public sealed record RitmeStand(string Ritme, DateTimeOffset Sinds, DateTimeOffset? BijeenkomstVoor, DateTimeOffset? GemistSinds, DateTimeOffset? Voorstel);

/// <summary>Een stap tegen de koers.</summary>
public sealed record Koersstap(Guid Id, string Wat, string Status, string Zin, int? TegenPunt, Guid? BesluitId, DateTimeOffset? BesluitVoor);

public sealed record Verzuim(Guid Id, string KindRef, int Uren, int Lesweken, DateTimeOffset GemeldOp, string? Antwoord);

public sealed record InzageVraag(Guid Id, string PersoonRef, string Status, DateTimeOffset IngediendOp, DateTimeOffset VerlooptOp, DateTimeOffset? BeantwoordOp);

public sealed record Lid(Guid LidId, string Stoel, DateTimeOffset Sinds);

public sealed record Stoel(Guid LidId, [property: JsonPropertyName("stoel")] string Naam, string Soort, string? Organisatie, decimal? UrenPerWeek, DateTimeOffset? RugdekkingOp);

public sealed record PlanStand(string Status, int? Versie, DateTimeOffset? HerijkenVoor);

public sealed record Plan(int Versie, string Kernvraag, DateTimeOffset VastgelegdOp, IReadOnlyList<Thema> Themas, string? Afspraken, DateTimeOffset? HerijkenVoor);

public sealed record Thema(int Nummer, string Titel, string Bijdrage, string Eigenaar, DateTimeOffset? ToegezegdOp);

public sealed record Actie(Guid Id, string WieRef, string Wat, string Opbrengst, DateTimeOffset UiterlijkOp, bool? Gelukt, string? Terugkoppeling, DateTimeOffset? AfgerondOp, string? Wie, string? Vlottrekker);

public sealed record Knelpunt(Guid Id, Guid CasusId, string Soort, string Niveau, string Status, DateTimeOffset GemeldOp, DateTimeOffset? BesluitVoor, string? Besluit, string? Overbrugging, string? Omschrijving, string? Soortgelijk);
