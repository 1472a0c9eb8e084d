using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

public sealed class IntakeDbContext(DbContextOptions<IntakeDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Melding> Meldingen => Set<Melding>();
    public DbSet<Toestemming> Toestemmingen => Set<Toestemming>();
    public DbSet<Betrokkene> Betrokkenen => Set<Betrokkene>();
    public DbSet<Verstrekking> Verstrekkingen => Set<Verstrekking>();
    public DbSet<Inzageverzoek> Inzageverzoeken => Set<Inzageverzoek>();
    public DbSet<Verhuizing> Verhuizingen => Set<Verhuizing>();

    /// <summary>Het gezin van een casus, of wie er nu de regie van houdt. Intake kent een casus doordat er een melding bij hoort.</summary>
    /// <exception cref="Geweigerd">De actor hoort niet bij deze casus, of zij bestaat niet: dat verschil gaat hem niet aan.</exception>
    internal async Task EisCasusAsync(Guid casusId, Actor actor, CancellationToken ct)
    {
        if (actor.Rol != Rol.Gezin)
            await this.EisRegieAsync(casusId, actor, ct);
        else if (!await Meldingen.AnyAsync(m => m.CasusId == casusId, ct) || !await HoortBijGezinAsync(casusId, actor, ct))
            throw Geweigerd.NietGevonden("Deze casus");
    }

    /// <summary>De betrokkenen van een casus, met wat er over hun gezag is nagegaan.</summary>
    internal IQueryable<Betrokkene> VanCasus(Guid casusId) => Betrokkenen.Include(b => b.Gezag).Where(b => b.CasusId == casusId);

    // Until somebody of the family is recorded, whoever the family lets in speaks for it.
    private async Task<bool> HoortBijGezinAsync(Guid casusId, Actor actor, CancellationToken ct)
    {
        var personen = await Betrokkenen.Where(b => b.CasusId == casusId && b.PersoonId != null).Select(b => new { b.PersoonId, b.TotOp }).ToListAsync(ct);
        return personen.Count == 0 || personen.Any(p => p.PersoonId == actor.Id && p.TotOp is null);
    }

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Melding>().ToTable("meldingen");
        model.Entity<Toestemming>().ToTable("toestemmingen");
        model.Entity<Verstrekking>().ToTable("verstrekkingen");
        model.Entity<Betrokkene>(betrokkene =>
        {
            betrokkene.ToTable("betrokkenen");
            betrokkene.Property(b => b.Id).ValueGeneratedNever();
            betrokkene.Ignore(b => b.ZestienOp);
            betrokkene.HasMany(b => b.Gezag).WithOne().HasForeignKey(g => g.BetrokkeneId);
        });
        // Ids are given by us: a check that is added to a loaded person is new.
        model.Entity<Gezagscontrole>().ToTable("gezag").Property(g => g.Id).ValueGeneratedNever();
        AsJson(model.Entity<Inzageverzoek>().ToTable("inzageverzoeken").Property(v => v.Geweigerd));
        model.Entity<Verhuizing>().ToTable("verhuizingen");
        model.MapRegisseurs();
        model.MapAlarms();
    }
}
