using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>The database of regie: casussen with their lines, and the flows that run on them, so that one transaction covers both.</summary>
public sealed class RegieDbContext(DbContextOptions<RegieDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Casus> Casussen => Set<Casus>();
    public DbSet<Periode> Perioden => Set<Periode>();
    public DbSet<Overdracht> Overdrachten => Set<Overdracht>();
    public DbSet<Vervanging> Vervangingen => Set<Vervanging>();
    public DbSet<Knelpunt> Knelpunten => Set<Knelpunt>();
    public DbSet<Plaatsing> Plaatsingen => Set<Plaatsing>();
    public DbSet<Kaartuitreiking> Kaartuitreikingen => Set<Kaartuitreiking>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<Professional> Professionals => Set<Professional>();
    public DbSet<Vervanger> Vervangers => Set<Vervanger>();
    internal DbSet<Definitie> Definities => Set<Definitie>();
    internal DbSet<Ontwerp> Ontwerpen => Set<Ontwerp>();
    internal DbSet<Stroom> Stromen => Set<Stroom>();
    internal DbSet<Wachtpunt> Wachtpunten => Set<Wachtpunt>();
    internal DbSet<JournaalBlad> Journaal => Set<JournaalBlad>();
    internal DbSet<LogboekRegel> Logboek => Set<LogboekRegel>();
    internal DbSet<Migratie> Migraties => Set<Migratie>();
    internal DbSet<MigratieStroom> MigratieStromen => Set<MigratieStroom>();

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
            casus.Ignore(c => c.HouderId).Ignore(c => c.Regie).Ignore(c => c.Schaal).Ignore(c => c.Gebeurtenissen);
            casus.HasMany(c => c.Kinderen).WithOne().HasForeignKey(k => k.CasusId);
            casus.HasMany(c => c.Perioden).WithOne().HasForeignKey(p => p.CasusId);
            casus.HasMany(c => c.Overdrachten).WithOne().HasForeignKey(o => o.CasusId);
            casus.HasMany(c => c.Vervangingen).WithOne().HasForeignKey(v => v.CasusId);
            casus.HasMany(c => c.Opschalingen).WithOne().HasForeignKey(o => o.CasusId);
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
        Given(model.Entity<Vervanging>().ToTable("vervangingen"));
        Given(model.Entity<Opschaling>().ToTable("opschalingen"));
        Given(model.Entity<Kaderovergang>().ToTable("kaderovergangen"));
        Given(model.Entity<Knelpunt>().ToTable("knelpunten"));
        Given(model.Entity<Beschikking>().ToTable("beschikkingen").Ignore(b => b.Einde));
        Given(model.Entity<Uitvoerder>().ToTable("uitvoerders"));
        Given(model.Entity<Kaartuitreiking>().ToTable("kaartuitreikingen"));
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
        });

        model.Entity<Definitie>().ToTable("definities").HasKey(d => new { d.DefinitieId, d.Versie });
        model.Entity<Ontwerp>().ToTable("ontwerpen").HasKey(o => new { o.DefinitieId, o.Versie });
        Given(model.Entity<Stroom>().ToTable("stromen"));
        model.Entity<Wachtpunt>(wachtpunt =>
        {
            wachtpunt.ToTable("wachtpunten").HasKey(w => new { w.StroomId, w.Bookmark });
            wachtpunt.Ignore(w => w.IsOpen).Ignore(w => w.Ref);
            AsJson(wachtpunt.Property(w => w.Uitgangen));
        });
        model.Entity<JournaalBlad>().ToTable("journaal").HasKey(j => new { j.StroomId, j.Burst });
        model.Entity<LogboekRegel>().ToTable("gebeurtenissen").HasKey(g => new { g.CasusId, g.Volgnr });
        Given(model.Entity<Migratie>().ToTable("migraties"));
        model.Entity<MigratieStroom>(stroom =>
        {
            stroom.ToTable("migratie_stromen").HasKey(s => new { s.MigratieId, s.StroomId });
            stroom.Ignore(s => s.IsOvergezet).Ignore(s => s.Uitkomst);
            AsJson(stroom.Property(s => s.Redenen));
        });
    }

    private static void Given<T>(EntityTypeBuilder<T> entity)
        where T : class => entity.Property<Guid>("Id").ValueGeneratedNever();

    private static void AsJson(PropertyBuilder<IReadOnlyList<string>> property) => property.HasConversion(
        v => JsonSerializer.Serialize(v, JsonSerializerOptions.Web),
        v => JsonSerializer.Deserialize<string[]>(v, JsonSerializerOptions.Web)!,
        new ValueComparer<IReadOnlyList<string>>((a, b) => a!.SequenceEqual(b!), v => v.Count, v => v.ToArray()));
}
