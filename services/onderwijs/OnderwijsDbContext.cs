using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Onderwijs;

public sealed class OnderwijsDbContext(DbContextOptions<OnderwijsDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Verzuimmelding> Verzuimmeldingen => Set<Verzuimmelding>();
    public DbSet<BetrokkenSchool> BetrokkenScholen => Set<BetrokkenSchool>();
    public DbSet<Bericht> Berichten => Set<Bericht>();
    public DbSet<Regisseur> Regisseurs => Set<Regisseur>();

    /// <exception cref="Geweigerd">De actor houdt de regie van deze casus niet, of de casus bestaat niet: dat verschil gaat hem niet aan.</exception>
    internal async Task EisRegisseur(Guid casusId, Actor actor, CancellationToken ct)
    {
        if (!await Regisseurs.AnyAsync(r => r.CasusId == casusId && r.RegisseurId == actor.Id, ct))
            throw Geweigerd.NietGevonden("Deze casus");
    }

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Verzuimmelding>().ToTable("verzuimmeldingen");
        model.Entity<BetrokkenSchool>().ToTable("betrokken_scholen");
        model.Entity<Bericht>().ToTable("berichten");
        model.Entity<Regisseur>().ToTable("regisseurs").HasKey(r => r.CasusId);
    }
}
