using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// Neemt bij de start het bestand van de regio over: teams, beroepskrachten en wie voor wie waarneemt. Daarna worden de stromen
/// gepubliceerd. Wie uit het bestand verdwijnt gaat uit dienst, tenzij een casus nog op hem rekent: dan blijft hij, en staat in het log waarom.
/// </summary>
internal sealed class RegioLaden(IServiceScopeFactory scopes, Regio regio, Definities definities, Database database, TimeProvider time, ILogger<RegioLaden> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Several replicas may start at once.
        await database.LockAsync(db, Definities.Slot, cancellationToken);

        await database.LockAsync(db, UitDienst.Slot, cancellationToken);

        await OvernemenAsync(db, regio, cancellationToken);
        foreach (var (id, waarom) in await VerdwenenAsync(db, regio, time.Nu(), cancellationToken))
            log.LogWarning("{Id} staat niet meer in het bestand van de regio en kan nog niet weg: {Waarom}", id, waarom);
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
            professional.StaatWeerInBestand();
        }

        db.Vervangers.RemoveRange(await db.Vervangers.ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        db.Vervangers.AddRange(regio.Professionals.SelectMany(p => p.Vervangers.Select((v, i) => new Vervanger { ProfessionalId = p.Id, VervangerId = v, Volgorde = i })));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Wie niet meer in het bestand staat en nergens voor nodig is gaat uit dienst; een team krijgt geen nieuwe casussen meer.</summary>
    /// <returns>Wie of welk team nog niet weg kan, en waarom.</returns>
    internal static async Task<IReadOnlyList<(string Id, string Waarom)>> VerdwenenAsync(RegieDbContext db, Regio regio, DateTimeOffset nu, CancellationToken ct)
    {
        var nodig = new List<(string, string)>();
        var (teams, mensen) = (regio.Teams.Select(t => t.Id).ToList(), regio.Professionals.Select(p => p.Id).ToList());
        foreach (var team in await db.Teams.Where(t => !teams.Contains(t.Id)).OrderBy(t => t.Id).ToListAsync(ct))
        {
            team.Routes = [];
            if (await db.Casussen.CountAsync(c => c.TeamId == team.Id && c.IsOpen, ct) is > 0 and var open)
                nodig.Add((team.Id, $"draagt open casussen: {open}"));
        }

        foreach (var professional in await db.Professionals.Where(p => p.IsActief && !mensen.Contains(p.Id)).OrderBy(p => p.Volgorde).ToListAsync(ct))
        {
            var belemmeringen = await UitDienst.BelemmeringenAsync(db, professional.Id, ct);
            if (belemmeringen.Count == 0)
                professional.GaatUitDienst(Professional.NietInBestand, nu);
            else
                nodig.Add((professional.Id.ToString(), string.Join("; ", belemmeringen.Select(b => $"{b.Waarom} (casus {b.CasusId})"))));
        }

        await db.SaveChangesAsync(ct);
        return nodig;
    }
}
