using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Intake;

public sealed class IntakeDbContext(DbContextOptions<IntakeDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Melding> Meldingen => Set<Melding>();
    public DbSet<Toestemming> Toestemmingen => Set<Toestemming>();
    public DbSet<Inzageverzoek> Inzageverzoeken => Set<Inzageverzoek>();

    /// <summary>Intake kent een casus doordat er een melding bij hoort.</summary>
    internal Task<bool> KentCasusAsync(Guid casusId, CancellationToken ct) => Meldingen.AnyAsync(m => m.CasusId == casusId, ct);

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Melding>().ToTable("meldingen");
        model.Entity<Toestemming>().ToTable("toestemmingen");
        model.Entity<Inzageverzoek>().ToTable("inzageverzoeken");
    }
}
