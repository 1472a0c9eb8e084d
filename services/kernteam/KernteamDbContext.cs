using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
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
    public DbSet<Gezinsgesprek> Gezinsgesprekken => Set<Gezinsgesprek>();
    public DbSet<Opgave> Opgaven => Set<Opgave>();
    public DbSet<Thema> Themas => Set<Thema>();
    public DbSet<Agendapunt> Agendapunten => Set<Agendapunt>();
    public DbSet<TafelIncident> Incidenten => Set<TafelIncident>();
    public DbSet<Besluit> Besluiten => Set<Besluit>();
    public DbSet<Koersstap> Stappen => Set<Koersstap>();
    public DbSet<Ritme> Ritmes => Set<Ritme>();
    public DbSet<Stem> Stemmen => Set<Stem>();

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

    /// <summary>De stoelen, ook wie er in deze transactie kwam en ging.</summary>
    internal async Task<IReadOnlyList<Stoel>> StoelenVan(Guid casusId, CancellationToken ct)
    {
        await Stoelen.Where(s => s.CasusId == casusId).LoadAsync(ct);
        return [.. Stoelen.Local.Where(s => s.CasusId == casusId).OrderBy(s => s.Sinds).ThenBy(s => s.Naam, StringComparer.Ordinal)];
    }

    internal Task<bool> IsGestopt(Guid casusId, CancellationToken ct) => Stops.AnyAsync(s => s.CasusId == casusId && s.OpgehevenOp == null, ct);

    /// <summary>Wanneer het plan voor het eerst met het gezin is besproken.</summary>
    internal async Task<DateTimeOffset?> BesprokenMetGezinOp(Guid casusId, CancellationToken ct)
    {
        var inPlan = await Plannen.Where(p => p.CasusId == casusId).MinAsync(p => p.BesprokenMetGezinOp, ct);
        var inGesprek = await Gezinsgesprekken.Where(g => g.CasusId == casusId).MinAsync(g => (DateTimeOffset?)g.GevoerdOp, ct);
        return inPlan is null || inGesprek < inPlan ? inGesprek : inPlan;
    }

    /// <summary>Vertelt anderen dat de stoelen anders bezet zijn, en of het kernteam daarmee begint.</summary>
    /// <param name="isInrichting">Iemand richt het kernteam in; een stroom die een stoel geeft doet dat niet.</param>
    internal async Task StoelenGewijzigd(Guid casusId, bool isInrichting, DateTimeOffset nu, CancellationToken ct)
    {
        if (await Kernteams.FindAsync([casusId], ct) is not { } team)
            return;
        var stoelen = await StoelenVan(casusId, ct);
        foreach (var bericht in team.StoelenGewijzigd([.. stoelen.Where(s => s.Naam != Stoel.Regisseur).Select(s => new BezetteStoel(s.Naam, s.LidId))], isInrichting, nu))
            Publish(bericht, casusId, nu);
        MeldActief(team, stoelen, nu);
    }

    internal void MeldActief(Kernteam team, IReadOnlyList<Stoel> stoelen, DateTimeOffset nu)
    {
        if (team.WordtActief(stoelen, nu))
            Publish(new KernteamActief(team.CasusId), team.CasusId, nu);
    }

    protected override void MapTables(ModelBuilder model)
    {
        model.Entity<Kernteam>().ToTable("kernteams").HasKey(k => k.CasusId);
        model.Entity<Stoel>().ToTable("stoelen").Ignore(s => s.WachtOpRugdekking).Ignore(s => s.IsVanHetGezin).HasKey(s => new { s.CasusId, s.Naam, s.LidId });
        model.Entity<Regiewissel>().ToTable("regiewissels").HasKey(w => new { w.CasusId, w.Vanaf, w.NaarId });
        model.Entity<Plan>().ToTable("plannen").HasKey(p => new { p.CasusId, p.Versie });
        model.Entity<Koers>().ToTable("koersen").HasKey(k => new { k.CasusId, k.Versie });
        model.Entity<Bijeenkomst>().ToTable("bijeenkomsten");
        model.Entity<Actie>().ToTable("acties");
        model.Entity<Stop>().ToTable("stops");
        model.Entity<Gezinsgesprek>().ToTable("gezinsgesprekken");
        model.Entity<Opgave>().ToTable("opgaven").HasKey(o => new { o.CasusId, o.Versie });
        model.Entity<Thema>().ToTable("themas").HasKey(t => new { t.CasusId, t.Versie, t.Nummer });
        model.Entity<Agendapunt>().ToTable("agendapunten");
        model.Entity<TafelIncident>().ToTable("incidenten");
        model.Entity<Besluit>().ToTable("besluiten");
        model.Entity<Stem>().ToTable("stemmen").HasKey(s => new { s.BesluitId, s.Stoel });
        model.Entity<Koersstap>().ToTable("koersstappen").Ignore(s => s.WachtOpBesluit);
        model.Entity<Ritme>().ToTable("ritmes").HasKey(r => new { r.CasusId, r.Versie });
        model.MapAlarms();
    }
}
