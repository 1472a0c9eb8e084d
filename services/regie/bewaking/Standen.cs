using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Engine;

namespace NetwerkRegie.Regie;

/// <summary>Hoe een stroom ervoor staat.</summary>
internal static class Toestanden
{
    /// <summary>Zij wacht op niemand; hooguit op een datum.</summary>
    public const string Loopt = "LOOPT";

    /// <summary>Zij wacht op iemand, binnen de afspraak.</summary>
    public const string Wacht = "WACHT";

    /// <summary>De afgesproken termijn is voorbij.</summary>
    public const string WachtTeLang = "WACHT_TE_LANG";

    /// <summary>Zij komt zo niet verder; iemand moet haar herstellen.</summary>
    public const string Geblokkeerd = "GEBLOKKEERD";

    /// <summary>Een herstelling heeft iets gevraagd, en het antwoord moet nog komen.</summary>
    public const string Herstel = "HERSTEL";

    /// <summary>De dienst waar zij op wacht geeft geen teken van leven of neemt niet aan wat haar wordt gevraagd: of er een antwoord komt is niet bekend. Staat niet in de rij, want het ligt niet aan de stroom.</summary>
    public const string GeenGegevens = "GEEN_GEGEVENS";

    public static readonly string[] Alle = [Loopt, Wacht, WachtTeLang, Geblokkeerd, Herstel, GeenGegevens];

    /// <summary>Wat van zo een dienst afhangt is niet bekend; wat vaststaat blijft vaststaan.</summary>
    public static readonly string[] HangtAfVanDienst = [Wacht, WachtTeLang, Herstel];

    /// <summary>Zoals een lezer haar ziet.</summary>
    public static string Van(string stand, string? dienst, IReadOnlySet<string> stil) =>
        dienst is not null && stil.Contains(dienst) && HangtAfVanDienst.Contains(stand) ? GeenGegevens : stand;
}

/// <summary>Waardoor een stroom niet verder kan.</summary>
internal static class Blokkades
{
    public const string Storing = "storing";
    public const string Bericht = "bericht";
    public const string UitDienst = "uit-dienst";
    public const string Afgesloten = "afgesloten";
}

/// <summary>Wat een kind loopt in de casus van een stroom; wie het hoogste risico loopt staat bovenaan.</summary>
internal static class Risicos
{
    public const int Geen = 0;
    public const int GeenVervanger = 1;
    public const int Gedwongen = 2;
    public const int AcuteOpschaling = 3;
    public const int Incident = 4;

    public static readonly string[] Gedwongenkaders = [.. Kaders.Alle.Where(Kaders.IsGedwongen)];

    public static string? Zin(int risico) => risico switch
    {
        Incident => "Een incident is nog door niemand bevestigd.",
        AcuteOpschaling => "Er is acuut opgeschaald.",
        Gedwongen => "Een kind staat onder een maatregel.",
        GeenVervanger => "Wie de regie houdt heeft geen vervanger.",
        _ => null,
    };
}

/// <summary>
/// Houdt van elke stroom bij hoe zij ervoor staat, in de transactie waarin dat verandert. De regel staat hier een keer als functie
/// (<see cref="Van"/>) en een keer als SQL (<see cref="HerberekenAsync"/>), voor wat van buiten een burst komt; een test houdt ze gelijk.
/// </summary>
internal static class Standen
{
    /// <summary>De regel, op wat er van een stroom vaststaat.</summary>
    public static (string? Stand, string? Blokkade) Van(Feiten f)
    {
        if (f.IsKlaar)
            return (null, null);
        var wacht = f.Wachten.Where(w => w.VoorRol != Wachtpunt.VoorKlok).ToList();
        var blokkade = f.Storingen > 0 ? Blokkades.Storing
            : f.Vastgelopen > 0 ? Blokkades.Bericht
            : wacht.Exists(w => w.IsUitDienst) ? Blokkades.UitDienst
            : f.CasusIsDicht && wacht.Count > 0 ? Blokkades.Afgesloten
            : null;
        return (blokkade is not null ? Toestanden.Geblokkeerd
            : f.IsInHerstel && wacht.Exists(w => Wachtpunt.DienstVan(w.VoorRol) is not null) ? Toestanden.Herstel
            : wacht.Exists(w => w.TeLangSinds is not null) ? Toestanden.WachtTeLang
            : wacht.Count > 0 ? Toestanden.Wacht
            : Toestanden.Loopt, blokkade);
    }

    /// <summary>Na een burst: alleen de stromen waarin iets gebeurde, tenzij er iets veranderde dat de hele casus raakt.</summary>
    public static async Task BijwerkenAsync(RegieDbContext db, Guid casusId, Casus? casus, bool isGeopend, IReadOnlyList<(Stroom Rij, int Bookmarks)> veranderd, CancellationToken ct)
    {
        if (casus is null && veranderd.Count == 0)
            return;
        var wachten = veranderd.Where(s => !s.Rij.IsKlaar).ToDictionary(s => s.Rij.Id, s => (s.Rij, Open: Open(db, s.Rij.Id, s.Bookmarks)));
        if (wachten.Values.Any(w => w.Open is null || w.Rij.Blokkade is not null || w.Rij.Vastgelopen > 0 || (w.Rij.LaatsteBurst == 1 && !isGeopend)) || (!isGeopend && RaaktCasus(db)))
        {
            await db.SaveChangesAsync(ct);
            await HerberekenAsync(db, db.Stromen.Where(s => s.CasusId == casusId), ct);
            foreach (var rij in db.ChangeTracker.Entries<Stroom>().Where(e => e.Entity.CasusId == casusId).ToList())
                await rij.ReloadAsync(ct);
            return;
        }

        foreach (var (rij, _) in veranderd)
        {
            var open = wachten.GetValueOrDefault(rij.Id).Open ?? [];
            (rij.Stand, rij.Blokkade) = Van(new(rij.IsKlaar, rij.Storingen, 0, false, rij.HerstelOp is not null, open.Select(w => new Wacht(w.VoorRol, false, w.TeLangSinds))));
            rij.StandSinds = open.Where(w => w.VoorRol != Wachtpunt.VoorKlok).Select(w => (DateTimeOffset?)w.WachtSinds).Min() ?? rij.BijgewerktOp;
            rij.Dienst = open.Select(w => w.Dienst).OfType<string>().Min(StringComparer.Ordinal);
        }
    }

    /// <summary>Rekent na wat er in de database staat, voor wat anders dan in een burst verandert.</summary>
    public static async Task HerberekenAsync(RegieDbContext db, IQueryable<Stroom> stromen, CancellationToken ct)
    {
        string[] acuut = [Opschaling.Gevraagd, Opschaling.Ingegaan];
        var open = db.Wachtpunten.Where(w => w.AfgehandeldOp == null);
        var opIemand = open.Where(w => w.VoorRol == null || w.VoorRol != Wachtpunt.VoorKlok);
        await stromen.ExecuteUpdateAsync(s => s
            .SetProperty(x => x.Risico, x =>
                db.Belemmeringen.Any(b => b.CasusId == x.CasusId && !b.IsVoorbij && b.Zin == Klaarheden.Incident) ? Risicos.Incident
                : db.Set<Opschaling>().Any(o => o.CasusId == x.CasusId && o.IsAcuut && o.BewijsOp == null && acuut.Contains(o.Status)) ? Risicos.AcuteOpschaling
                : db.Perioden.Any(p => p.CasusId == x.CasusId && p.Lijn == Lijnen.Kader && p.IsOpen && Risicos.Gedwongenkaders.Contains(p.Waarde)) ? Risicos.Gedwongen
                : db.Stromen.Any(v => v.CasusId == x.CasusId && v.DefinitieId == Nachtcontrole.Stroom && v.AfgerondOp == null) ? Risicos.GeenVervanger
                : Risicos.Geen)
            .SetProperty(x => x.StandSinds, x => opIemand.Where(w => w.StroomId == x.Id).Min(w => (DateTimeOffset?)(w.EerderSinds ?? w.Sinds)) ?? x.BijgewerktOp)
            .SetProperty(x => x.Dienst, x => open.Where(w => w.StroomId == x.Id && w.VoorRol!.StartsWith(Wachtpunt.VoorDienst)).Min(w => w.VoorRol!.Substring(Wachtpunt.VoorDienst.Length)))
            .SetProperty(x => x.Blokkade, x =>
                x.AfgerondOp != null && x.Status != nameof(WorkflowSubStatus.Faulted) ? null
                : x.Storingen > 0 ? Blokkades.Storing
                : x.Vastgelopen > 0 ? Blokkades.Bericht
                : open.Any(w => w.StroomId == x.Id && db.Professionals.Any(p => p.Id == w.VoorId && !p.IsActief)) ? Blokkades.UitDienst
                : db.Casussen.Any(c => c.Id == x.CasusId && !c.IsOpen) && opIemand.Any(w => w.StroomId == x.Id) ? Blokkades.Afgesloten
                : null), ct);
        await stromen.ExecuteUpdateAsync(s => s.SetProperty(x => x.Stand, x =>
            x.AfgerondOp != null && x.Status != nameof(WorkflowSubStatus.Faulted) ? null
            : x.Blokkade != null ? Toestanden.Geblokkeerd
            : x.HerstelOp != null && x.Dienst != null ? Toestanden.Herstel
            : opIemand.Any(w => w.StroomId == x.Id && w.TeLangSinds != null) ? Toestanden.WachtTeLang
            : opIemand.Any(w => w.StroomId == x.Id) ? Toestanden.Wacht
            : Toestanden.Loopt), ct);
    }

    /// <summary>Wat in deze casus of voor deze persoon buiten een burst om veranderde is al bewaard.</summary>
    public static Task HerberekenVoorAsync(RegieDbContext db, Guid persoonId, CancellationToken ct) =>
        HerberekenAsync(db, db.Stromen.Where(s => db.Wachtpunten.Any(w => w.StroomId == s.Id && w.AfgehandeldOp == null && w.VoorId == persoonId)), ct);

    // The open waits, if this burst knows them all and none of them is for a person, who may have left.
    private static List<Wachtpunt>? Open(RegieDbContext db, Guid stroomId, int bookmarks)
    {
        var open = db.Wachtpunten.Local.Where(w => w.StroomId == stroomId && w.IsOpen).ToList();
        return open.Count == bookmarks && open.TrueForAll(w => w.VoorId is null) ? open : null;
    }

    private static bool RaaktCasus(RegieDbContext db) => db.ChangeTracker.Entries().Any(e =>
        e.State is EntityState.Added or EntityState.Modified && e.Entity is Casus or Opschaling or Kaderovergang or Belemmering or Periode { Lijn: Lijnen.Kader });
}

/// <summary>Wat er van een stroom vaststaat en haar toestand bepaalt.</summary>
internal sealed record Feiten(bool IsKlaar, int Storingen, int Vastgelopen, bool CasusIsDicht, bool IsInHerstel, IEnumerable<Wacht> Wachten);

/// <summary>Waar een stroom op wacht.</summary>
/// <param name="IsUitDienst">Wie het moet doen werkt hier niet meer.</param>
internal sealed record Wacht(string? VoorRol, bool IsUitDienst, DateTimeOffset? TeLangSinds);
