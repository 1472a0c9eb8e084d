using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;

namespace NetwerkRegie.Onderwijs;

public sealed class OnderwijsDbContext(DbContextOptions<OnderwijsDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Verzuimmelding> Verzuimmeldingen => Set<Verzuimmelding>();
    public DbSet<BetrokkenSchool> BetrokkenScholen => Set<BetrokkenSchool>();
    public DbSet<Toestemming> Toestemmingen => Set<Toestemming>();
    public DbSet<Bericht> Berichten => Set<Bericht>();

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Verzuimmelding>().ToTable("verzuimmeldingen");
        model.Entity<BetrokkenSchool>().ToTable("betrokken_scholen");
        model.Entity<Toestemming>().ToTable("toestemmingen").Property(t => t.Id).ValueGeneratedNever();
        model.Entity<Bericht>().ToTable("berichten");
        model.MapRegisseurs();
    }
}
