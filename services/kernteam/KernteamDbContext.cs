using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;
using IDbContextTransaction = Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction;

namespace NetwerkRegie.Kernteam;

public sealed class KernteamDbContext(DbContextOptions<KernteamDbContext> options) : ServiceDbContext(options)
{
    public DbSet<Kernteam> Kernteams => Set<Kernteam>();
    public DbSet<Stoel> Stoelen => Set<Stoel>();
    public DbSet<Regiewissel> Regiewissels => Set<Regiewissel>();
    public DbSet<Plan> Plannen => Set<Plan>();
    public DbSet<Koers> Koersen => Set<Koers>();
    public DbSet<Bijeenkomst> Bijeenkomsten => Set<Bijeenkomst>();
    public DbSet<Actie> Acties => Set<Actie>();
    public DbSet<Stop> Stops => Set<Stop>();

    /// <summary>Starts a transaction in which nobody else changes this casus: versions get their number, one stop is open.</summary>
    internal async Task<IDbContextTransaction> Vasthouden(Guid casusId, Database database, CancellationToken ct)
    {
        var transaction = await Database.BeginTransactionAsync(ct);
        await database.LockAsync(this, casusId, ct);
        return transaction;
    }

    /// <summary>Het kernteam, voor een lid ervan.</summary>
    /// <exception cref="Geweigerd">Er is geen kernteam, of de actor zit er niet in: dat verschil gaat hem niet aan.</exception>
    internal async Task<Samenstelling> AlsLid(Guid casusId, Actor actor, CancellationToken ct) =>
        await Zoek(casusId, ct) is { } samenstelling && samenstelling.IsLid(actor.Id) ? samenstelling : throw Kernteam.NietGevonden;

    /// <summary>Het kernteam, voor een lid dat iets wil vastleggen.</summary>
    /// <exception cref="Geweigerd">Als bij <see cref="AlsLid"/>, of het kernteam is opgeheven.</exception>
    internal async Task<Samenstelling> OmVastTeLeggen(Guid casusId, Actor actor, CancellationToken ct) =>
        await AlsLid(casusId, actor, ct) is { Team.OpgehevenOp: null } samenstelling ? samenstelling : throw new Geweigerd("Dit kernteam is opgeheven; er kan niets meer bij.");

    internal async Task<Samenstelling?> Zoek(Guid casusId, CancellationToken ct)
    {
        if (await Kernteams.FindAsync([casusId], ct) is not { } team)
            return null;
        var stoelen = await Stoelen.AsNoTracking().Where(s => s.CasusId == casusId).ToListAsync(ct);
        var wissels = await Regiewissels.AsNoTracking().Where(w => w.CasusId == casusId).ToListAsync(ct);
        return Samenstelling.Van(team, stoelen, wissels);
    }

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Kernteam>().ToTable("kernteams").HasKey(k => k.CasusId);
        model.Entity<Stoel>().ToTable("stoelen").HasKey(s => new { s.CasusId, s.Naam, s.LidId });
        model.Entity<Regiewissel>().ToTable("regiewissels").HasKey(w => new { w.CasusId, w.Vanaf, w.NaarId });
        model.Entity<Plan>().ToTable("plannen").HasKey(p => new { p.CasusId, p.Versie });
        model.Entity<Koers>().ToTable("koersen").HasKey(k => new { k.CasusId, k.Versie });
        model.Entity<Bijeenkomst>().ToTable("bijeenkomsten");
        model.Entity<Actie>().ToTable("acties");
        model.Entity<Stop>().ToTable("stops");
    }
}
