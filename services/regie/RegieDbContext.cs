using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>The database of regie: casussen with their lines, and the flows that run on them, so that one transaction covers both.</summary>
public sealed class RegieDbContext(DbContextOptions<RegieDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Casus> Casussen => Set<Casus>();
    public DbSet<Periode> Perioden => Set<Periode>();
    public DbSet<Overdracht> Overdrachten => Set<Overdracht>();
    public DbSet<DossierSectie> Dossier => Set<DossierSectie>();
    public DbSet<Noodoverdracht> Noodoverdrachten => Set<Noodoverdracht>();
    public DbSet<Baanperiode> Banen => Set<Baanperiode>();
    public DbSet<Handeling> Handelingen => Set<Handeling>();
    public DbSet<Vervanging> Vervangingen => Set<Vervanging>();
    public DbSet<Knelpunt> Knelpunten => Set<Knelpunt>();
    public DbSet<Plaatsing> Plaatsingen => Set<Plaatsing>();
    public DbSet<Kaartuitreiking> Kaartuitreikingen => Set<Kaartuitreiking>();
    public DbSet<Kaartuitstel> Kaartuitstellen => Set<Kaartuitstel>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<Professional> Professionals => Set<Professional>();
    public DbSet<Vervanger> Vervangers => Set<Vervanger>();
    public DbSet<Klaarverklaring> Klaarverklaringen => Set<Klaarverklaring>();
    public DbSet<Belemmering> Belemmeringen => Set<Belemmering>();
    public DbSet<Kernteamstand> Kernteamstanden => Set<Kernteamstand>();
    public DbSet<Afsluiting> Afsluitingen => Set<Afsluiting>();
    public DbSet<Betrokkene> Betrokkenen => Set<Betrokkene>();
    public DbSet<Geheim> Geheimen => Set<Geheim>();
    public DbSet<Geheimstuk> Geheimstukken => Set<Geheimstuk>();
    public DbSet<Inzage> Inzagen => Set<Inzage>();
    public DbSet<Gezinsbericht> Gezinsberichten => Set<Gezinsbericht>();
    public DbSet<Retrospectief> Retrospectieven => Set<Retrospectief>();
    public DbSet<Retrospectiefreactie> Retrospectiefreacties => Set<Retrospectiefreactie>();
    internal DbSet<Definitie> Definities => Set<Definitie>();
    internal DbSet<Ontwerp> Ontwerpen => Set<Ontwerp>();
    internal DbSet<Stroom> Stromen => Set<Stroom>();
    internal DbSet<Wachtpunt> Wachtpunten => Set<Wachtpunt>();
    internal DbSet<JournaalBlad> Journaal => Set<JournaalBlad>();
    internal DbSet<LogboekRegel> Logboek => Set<LogboekRegel>();
    internal DbSet<Abonnement> Abonnementen => Set<Abonnement>();
    internal DbSet<Onbezorgd> Onbezorgd => Set<Onbezorgd>();
    internal DbSet<Publicatie> Publicaties => Set<Publicatie>();
    internal DbSet<Migratie> Migraties => Set<Migratie>();
    internal DbSet<MigratieStroom> MigratieStromen => Set<MigratieStroom>();
    internal DbSet<Dienst> Diensten => Set<Dienst>();
    internal DbSet<VastgelopenBericht> VastgelopenBerichten => Set<VastgelopenBericht>();
    internal DbSet<Herstelling> Herstellingen => Set<Herstelling>();

    /// <summary>Er is iets in het logboek geschreven dat nog geen plaats in de stroom naar buiten heeft.</summary>
    internal bool HeeftGelogd { get; set; }

    /// <summary>De casus, met haar lopende perioden en alles wat onderweg is; null als zij er nog niet is.</summary>
    internal Task<Casus?> CasusMetAllesAsync(Guid id, CancellationToken ct) => Casussen
        .Include(c => c.Kinderen)
        .Include(c => c.Perioden.Where(p => p.IsOpen))
        .Include(c => c.Overdrachten)
        .Include(c => c.Vervangingen)
        .Include(c => c.Opschalingen)
        .Include(c => c.Kaderovergangen)
        .Include(c => c.Knelpunten)
        .AsSplitQuery()
        .SingleOrDefaultAsync(c => c.Id == id, ct);

    /// <summary>Wat maar bij enkele handelingen nodig is komt er dan bij.</summary>
    internal Task LaadAsync<T>(Casus casus, Expression<Func<Casus, IEnumerable<T>>> wat, CancellationToken ct)
        where T : class => Entry(casus).Collection(wat).LoadAsync(ct);

    /// <summary>Wat de rechter en de Raad van een casus vonden, waar een gewone casus niets van heeft.</summary>
    internal async Task MaatregelenLadenAsync(Casus casus, CancellationToken ct)
    {
        if (Entry(casus).State == EntityState.Added)
            return;
        foreach (var lijst in new[] { nameof(Casus.Beschikkingen), nameof(Casus.Uitvoerders), nameof(Casus.PlaatsingLijn), nameof(Casus.Raadsonderzoeken) })
            if (Entry(casus).Collection(lijst) is { IsLoaded: false } nog)
                await nog.LoadAsync(ct);
    }

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Casus>(casus =>
        {
            casus.ToTable("casussen");
            casus.Ignore(c => c.HouderId).Ignore(c => c.PrincipaalId).Ignore(c => c.Uitgevallen).Ignore(c => c.Regie).Ignore(c => c.Schaal).Ignore(c => c.Gebeurtenissen);
            casus.HasMany(c => c.Kinderen).WithOne().HasForeignKey(k => k.CasusId);
            casus.HasMany(c => c.Perioden).WithOne().HasForeignKey(p => p.CasusId);
            casus.HasMany(c => c.Overdrachten).WithOne().HasForeignKey(o => o.CasusId);
            casus.HasMany(c => c.Noodoverdrachten).WithOne().HasForeignKey(n => n.CasusId);
            casus.HasMany(c => c.Baanperioden).WithOne().HasForeignKey(b => b.CasusId);
            casus.Navigation(c => c.Baanperioden).HasField("_banen");
            casus.HasMany(c => c.Vervangingen).WithOne().HasForeignKey(v => v.CasusId);
            casus.HasMany(c => c.Opschalingen).WithOne().HasForeignKey(o => o.CasusId);
            casus.HasMany(c => c.Afschalingen).WithOne().HasForeignKey(a => a.CasusId);
            casus.HasMany(c => c.Kaderovergangen).WithOne().HasForeignKey(k => k.CasusId);
            casus.HasMany(c => c.Knelpunten).WithOne().HasForeignKey(k => k.CasusId);
            casus.HasMany(c => c.Beschikkingen).WithOne().HasForeignKey(b => b.CasusId);
            casus.HasMany(c => c.Uitvoerders).WithOne().HasForeignKey(u => u.CasusId);
            casus.HasMany(c => c.PlaatsingLijn).WithOne().HasForeignKey(p => p.CasusId);
            casus.HasMany(c => c.Raadsonderzoeken).WithOne().HasForeignKey(r => r.CasusId);
        });
        model.Entity<Kind>().ToTable("kinderen").HasKey(k => new { k.CasusId, k.Ref });
        model.Entity<Periode>().ToTable("perioden").HasKey(p => new { p.CasusId, p.Lijn, p.Onderdeel, p.Volgnr });
        // Ids are given by us, never by the database: a row that is added to a loaded casus is new.
        Given(model.Entity<Overdracht>().ToTable("overdrachten"));
        model.Entity<Baanperiode>().ToTable("banen").HasKey(b => new { b.CasusId, b.Baan, b.Volgnr });
        model.Entity<Handeling>(handeling =>
        {
            handeling.ToTable("handelingen").HasKey(h => new { h.CasusId, h.Volgnummer });
            handeling.Property(h => h.DoorRol).HasConversion<string>();
            handeling.Ignore(h => h.Door);
        });
        model.Entity<DossierSectie>().ToTable("dossier_secties").HasKey(d => new { d.OverdrachtId, d.Sectie });
        Given(model.Entity<Noodoverdracht>().ToTable("noodoverdrachten"));
        Given(model.Entity<Vervanging>().ToTable("vervangingen"));
        Given(model.Entity<Opschaling>().ToTable("opschalingen"));
        Given(model.Entity<Afschaling>().ToTable("afschalingen"));
        Given(model.Entity<Kaderovergang>().ToTable("kaderovergangen"));
        model.Entity<Knelpunt>(knelpunt =>
        {
            Given(knelpunt.ToTable("knelpunten"));
            knelpunt.Ignore(k => k.VraagtBemiddeling);
            AsJson(knelpunt.Property(k => k.BemiddelaarIds));
        });
        Given(model.Entity<Afsluiting>().ToTable("afsluitingen"));
        model.Entity<Klaarverklaring>().ToTable("klaarverklaringen").HasKey(k => new { k.CasusId, k.Stoel });
        model.Entity<Belemmering>().ToTable("belemmeringen").HasKey(b => b.OnderwerpId);
        model.Entity<Belemmering>().Property(b => b.OnderwerpId).ValueGeneratedNever();
        model.Entity<Kernteamstand>().ToTable("kernteamstanden").HasKey(k => k.CasusId);
        model.Entity<Kernteamstand>().Property(k => k.CasusId).ValueGeneratedNever();
        Given(model.Entity<Beschikking>().ToTable("beschikkingen").Ignore(b => b.Einde));
        Given(model.Entity<Uitvoerder>().ToTable("uitvoerders"));
        Given(model.Entity<Kaartuitreiking>().ToTable("kaartuitreikingen"));
        Given(model.Entity<Kaartuitstel>().ToTable("kaartuitstellen"));
        model.Entity<Plaatsing>().ToTable("plaatsingen").HasKey(p => new { p.CasusId, p.KindRef, p.Volgnr });
        model.Entity<Raadsonderzoek>(onderzoek =>
        {
            onderzoek.ToTable("raadsonderzoeken").HasKey(r => r.VtoId);
            onderzoek.Property(r => r.VtoId).ValueGeneratedNever();
            onderzoek.Ignore(r => r.Status);
            AsJson(onderzoek.Property(r => r.KindRefs));
        });
        Given(model.Entity<Professional>().ToTable("professionals"));
        model.Entity<Vervanger>().ToTable("vervangers").HasKey(v => new { v.ProfessionalId, v.VervangerId });
        model.Entity<Team>(team =>
        {
            team.ToTable("teams");
            AsJson(team.Property(t => t.Routes));
            AsJson(team.Property(t => t.Gemeenten));
            AsJson(team.Property(t => t.Contactpersonen));
            team.Ignore(t => t.Bemiddelaars);
        });

        Given(model.Entity<Betrokkene>().ToTable("betrokkenen"));
        Given(model.Entity<Geheim>().ToTable("geheimen"));
        model.Entity<Geheim>().HasMany(g => g.Lezers).WithOne().HasForeignKey(l => l.GeheimId);
        model.Entity<Geheim>().HasMany(g => g.Stukken).WithOne().HasForeignKey(s => s.GeheimId);
        model.Entity<Geheim>().HasMany(g => g.Wijzigingen).WithOne().HasForeignKey(w => w.GeheimId);
        Given(model.Entity<Lezerwijziging>().ToTable("lezerwijzigingen"));
        Given(model.Entity<Geheimstuk>().ToTable("geheimstukken"));
        model.Entity<Geheimstuk>().HasMany(s => s.Openingen).WithOne().HasForeignKey(o => o.StukId);
        model.Entity<Geheimlezer>().ToTable("geheimlezers").HasKey(l => new { l.GeheimId, l.PersoonId });
        model.Entity<Geheimopening>().ToTable("geheimopeningen").HasKey(o => new { o.StukId, o.PersoonId });
        Given(model.Entity<Inzage>().ToTable("inzagen"));
        Given(model.Entity<Gezinsbericht>().ToTable("gezinsberichten"));
        Given(model.Entity<Retrospectief>().ToTable("retrospectieven").Ignore(r => r.Status));
        Given(model.Entity<Retrospectiefreactie>().ToTable("retrospectiefreacties"));
        model.MapAlarms();

        model.Entity<Definitie>().ToTable("definities").HasKey(d => new { d.DefinitieId, d.Versie });
        model.Entity<Ontwerp>().ToTable("ontwerpen").HasKey(o => new { o.DefinitieId, o.Versie });
        Given(model.Entity<Stroom>().ToTable("stromen").Ignore(s => s.IsKlaar));
        model.Entity<Wachtpunt>(wachtpunt =>
        {
            wachtpunt.ToTable("wachtpunten").HasKey(w => new { w.StroomId, w.Bookmark });
            wachtpunt.Ignore(w => w.IsOpen).Ignore(w => w.Ref).Ignore(w => w.EersteVan).Ignore(w => w.WachtSinds);
            AsJson(wachtpunt.Property(w => w.Uitgangen));
        });
        model.Entity<JournaalBlad>().ToTable("journaal").HasKey(j => new { j.StroomId, j.Burst });
        model.Entity<LogboekRegel>().ToTable("gebeurtenissen").HasKey(g => new { g.CasusId, g.Volgnr });
        Given(model.Entity<Abonnement>().ToTable("abonnementen"));
        AsJson(model.Entity<Abonnement>().Property(a => a.Soorten));
        model.Entity<Onbezorgd>().ToTable("onbezorgd").HasKey(o => new { o.AbonnementId, o.Positie });
        model.Entity<Publicatie>().ToTable("publicaties").HasKey(p => p.Naam);
        Given(model.Entity<Migratie>().ToTable("migraties"));
        model.Entity<MigratieStroom>(stroom =>
        {
            stroom.ToTable("migratie_stromen").HasKey(s => new { s.MigratieId, s.StroomId });
            stroom.Ignore(s => s.IsOvergezet).Ignore(s => s.Uitkomst);
            AsJson(stroom.Property(s => s.Redenen));
        });
        Bewaking(model);
    }

    private static void Bewaking(ModelBuilder model)
    {
        model.Entity<Dienst>().ToTable("diensten").HasKey(d => d.Naam);
        model.Entity<VastgelopenBericht>().ToTable("vastgelopen_berichten").HasKey(b => new { b.Wachtrij, b.BerichtId });
        Given(model.Entity<Herstelling>().ToTable("herstellingen"));
    }

    private static void Given<T>(EntityTypeBuilder<T> entity)
        where T : class => entity.Property<Guid>("Id").ValueGeneratedNever();
}
