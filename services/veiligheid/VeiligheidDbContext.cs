using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

public sealed class VeiligheidDbContext(DbContextOptions<VeiligheidDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Consult> Consulten => Set<Consult>();
    public DbSet<Incident> Incidenten => Set<Incident>();

    /// <summary>Of de actor bij deze casus hoort: als RVT, of omdat hij nu de regie houdt.</summary>
    internal async Task<bool> HoortBij(Guid casusId, Actor actor, CancellationToken ct) =>
        actor.Rol == Rol.Rvt || await this.HoudtRegieAsync(casusId, actor, ct);

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Consult>().ToTable("consulten").Ignore(c => c.Antwoord);
        model.Entity<Incident>().ToTable("incidenten");
        model.MapRegisseurs();
    }
}
