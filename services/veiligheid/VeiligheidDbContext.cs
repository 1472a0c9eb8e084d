using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

public sealed class VeiligheidDbContext(DbContextOptions<VeiligheidDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Consult> Consulten => Set<Consult>();
    public DbSet<Incident> Incidenten => Set<Incident>();
    public DbSet<Vto> Vtos => Set<Vto>();
    public DbSet<Besluit> Besluiten => Set<Besluit>();

    /// <summary>Of de actor bij deze casus hoort: als RVT, of omdat hij nu de regie houdt.</summary>
    internal async Task<bool> HoortBij(Guid casusId, Actor actor, CancellationToken ct) =>
        actor.Rol == Rol.Rvt || await this.HoudtRegieAsync(casusId, actor, ct);

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Consult>().ToTable("consulten").Ignore(c => c.Antwoord);
        model.Entity<Incident>().ToTable("incidenten");
        model.Entity<Vto>(vto =>
        {
            vto.ToTable("vtos").Ignore(v => v.Status);
            AsJson(vto.Property(v => v.KindRefs));
        });
        AsJson(model.Entity<Besluit>().ToTable("besluiten").Property(b => b.KindRefs));
        model.MapRegisseurs();
    }

    private static void AsJson(PropertyBuilder<IReadOnlyList<string>> property) => property.HasConversion(
        v => JsonSerializer.Serialize(v, JsonSerializerOptions.Web),
        v => JsonSerializer.Deserialize<string[]>(v, JsonSerializerOptions.Web)!,
        new ValueComparer<IReadOnlyList<string>>((a, b) => a!.SequenceEqual(b!), v => v.Count, v => v.ToArray()));
}
