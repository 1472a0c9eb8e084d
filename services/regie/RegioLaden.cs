using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// Neemt bij de start het bestand van de regio over: teams, beroepskrachten en wie voor wie waarneemt. Daarna worden de stromen
/// gepubliceerd. Wie uit het bestand verdwijnt, blijft bestaan: die kan nog regie houden.
/// </summary>
internal sealed class RegioLaden(IServiceScopeFactory scopes, Regio regio, Definities definities, Database database, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Several replicas may start at once.
        await database.LockAsync(db, Definities.Slot, cancellationToken);

        await OvernemenAsync(db, regio, cancellationToken);
        await definities.PublicerenAsync(db, Path.Combine(AppContext.BaseDirectory, "definities"), time.Nu(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static async Task OvernemenAsync(RegieDbContext db, Regio regio, CancellationToken ct)
    {
        var teams = await db.Teams.ToDictionaryAsync(t => t.Id, ct);
        foreach (var t in regio.Teams)
        {
            if (!teams.TryGetValue(t.Id, out var team))
                db.Teams.Add(team = new Team { Id = t.Id, Naam = t.Naam, Routes = t.Routes, Gemeenten = t.Gemeenten, LeidinggevendeId = t.LeidinggevendeId });
            (team.Naam, team.Routes, team.Gemeenten, team.LeidinggevendeId, team.Contactpersonen) = (t.Naam, t.Routes, t.Gemeenten, t.LeidinggevendeId, t.Contactpersonen ?? []);
        }

        var professionals = await db.Professionals.ToDictionaryAsync(p => p.Id, ct);
        foreach (var (p, volgorde) in regio.Professionals.Select((p, i) => (p, i)))
        {
            if (!professionals.TryGetValue(p.Id, out var professional))
                db.Professionals.Add(professional = new Professional { Id = p.Id, Naam = p.Naam, Rol = p.Rol, Organisatie = p.Organisatie, Volgorde = volgorde });
            (professional.Naam, professional.Rol, professional.Organisatie, professional.TeamId, professional.Volgorde) = (p.Naam, p.Rol, p.Organisatie, p.TeamId, volgorde);
        }

        db.Vervangers.RemoveRange(await db.Vervangers.ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        db.Vervangers.AddRange(regio.Professionals.SelectMany(p => p.Vervangers.Select((v, i) => new Vervanger { ProfessionalId = p.Id, VervangerId = v, Volgorde = i })));
        await db.SaveChangesAsync(ct);
    }
}
