using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Veiligheid;

public sealed class VeiligheidDbContext(DbContextOptions<VeiligheidDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Consult> Consulten => Set<Consult>();
    public DbSet<Incident> Incidenten => Set<Incident>();
    public DbSet<Standbymaatregel> Standbymaatregelen => Set<Standbymaatregel>();
    public DbSet<Kindcontact> Kindcontacten => Set<Kindcontact>();
    public DbSet<Vto> Vtos => Set<Vto>();
    public DbSet<AmbtshalfOnderzoek> AmbtshalveOnderzoeken => Set<AmbtshalfOnderzoek>();
    public DbSet<Besluit> Besluiten => Set<Besluit>();

    /// <summary>Of de actor bij deze casus hoort: als RVT, of omdat hij nu de regie houdt.</summary>
    internal async Task<bool> HoortBij(Guid casusId, Actor actor, CancellationToken ct) =>
        actor.Rol == Rol.Rvt || await this.HoudtRegieAsync(casusId, actor, ct);

    /// <summary>Wie nu de regie houdt, ook als waarnemer; leeg als dat hier nog niet bekend is.</summary>
    internal Task<Guid?> RegisseurVan(Guid casusId, CancellationToken ct) =>
        Set<Regisseur>().Where(r => r.CasusId == casusId && r.RegisseurId != Guid.Empty).Select(r => (Guid?)r.RegisseurId).SingleOrDefaultAsync(ct);

    /// <summary>De klok van een kind, ook als zij er nog niet was: berichten komen in elke volgorde.</summary>
    internal async Task<Kindcontact> KindVan(Guid casusId, string kindRef, DateTimeOffset nu, CancellationToken ct)
    {
        if (await Kindcontacten.SingleOrDefaultAsync(k => k.CasusId == casusId && k.KindRef == kindRef, ct) is { } bekend)
            return bekend;
        var kind = new Kindcontact { Id = Guid.CreateVersion7(nu), CasusId = casusId, KindRef = kindRef };
        Kindcontacten.Add(kind);
        return kind;
    }

    internal async Task CasusVolgen(Guid casusId, bool isGesloten, DateTimeOffset op, Termijnboek termijnen, CancellationToken ct)
    {
        foreach (var kind in await Kindcontacten.Where(k => k.CasusId == casusId).ToListAsync(ct))
            if (kind.Casus(isGesloten, op))
                await KindcontactVastleggen.Wek(this, kind, termijnen, ct);
    }

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Consult>().ToTable("consulten").Ignore(c => c.Antwoord);
        model.Entity<Incident>().ToTable("incidenten");
        model.Entity<Standbymaatregel>().ToTable("standbymaatregelen");
        model.Entity<Kindcontact>().ToTable("kindcontacten");
        model.MapAlarms();
        model.Entity<Vto>(vto =>
        {
            vto.ToTable("vtos").Ignore(v => v.Status);
            AsJson(vto.Property(v => v.KindRefs));
        });
        AsJson(model.Entity<AmbtshalfOnderzoek>().ToTable("ambtshalve_onderzoeken").Property(o => o.KindRefs));
        AsJson(model.Entity<Besluit>().ToTable("besluiten").Property(b => b.KindRefs));
        model.MapRegisseurs();
    }
}
