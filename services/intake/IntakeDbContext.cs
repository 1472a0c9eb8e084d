using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

public sealed class IntakeDbContext(DbContextOptions<IntakeDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Melding> Meldingen => Set<Melding>();
    public DbSet<Toestemming> Toestemmingen => Set<Toestemming>();
    public DbSet<Inzageverzoek> Inzageverzoeken => Set<Inzageverzoek>();

    /// <summary>Het gezin van een casus, of wie er nu de regie van houdt. Intake kent een casus doordat er een melding bij hoort.</summary>
    /// <exception cref="Geweigerd">De actor hoort niet bij deze casus, of zij bestaat niet: dat verschil gaat hem niet aan.</exception>
    internal async Task EisCasusAsync(Guid casusId, Actor actor, CancellationToken ct)
    {
        if (actor.Rol != Rol.Gezin)
            await this.EisRegieAsync(casusId, actor, ct);
        else if (!await Meldingen.AnyAsync(m => m.CasusId == casusId, ct))
            throw Geweigerd.NietGevonden("Deze casus");
    }

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Melding>().ToTable("meldingen");
        model.Entity<Toestemming>().ToTable("toestemmingen");
        model.Entity<Inzageverzoek>().ToTable("inzageverzoeken");
        model.MapRegisseurs();
    }
}
