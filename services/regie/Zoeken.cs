using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Zoekt in wat de actor nu mag lezen, en nergens anders: wat niet voor hem is, telt niet mee en wordt niet genoemd. De zoekvraag zelf kan
/// een naam zijn en gaat daarom niet in een adres.
/// </summary>
internal static class Zoeken
{
    private const int Hooguit = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/zoekvragen", Post).Voor([.. Rollen.Beroepskrachten, Rol.Gezin, Rol.School, Rol.Toezichthouder, Rol.Bestuurder]).WithTags("Zoeken")
            .WithSummary("Zoek in wat u mag lezen");

    private static async Task<Ok<Lijst<Treffer>>> Post(Zoekvraag vraag, Actor actor, RegieDbContext db, TimeProvider time, CancellationToken ct)
    {
        new Invoer().EisTekst(vraag.Q, "/q", "De zoekvraag", 100).Klaar();
        var gevonden = (await LeesbaarAsync(db, actor, ct)).Where(t => t.Tekst.Contains(vraag.Q!.Trim(), StringComparison.OrdinalIgnoreCase)).Take(Hooguit).ToList();
        // That somebody found a casus is part of who looked at it; what he searched for is not.
        foreach (var (casusId, geheimId) in gevonden.Select(t => (t.Treffer.CasusId, t.GeheimId)).Distinct())
            await Inzagelog.NoteerAsync(db, casusId, actor, "gevonden bij zoeken", time.Nu(), ct, geheimId);
        return TypedResults.Ok(new Lijst<Treffer>([.. gevonden.Select(t => t.Treffer)]));
    }

    // Compared here and not in SQL: there each database has ideas of its own about capitals.
    private static async Task<IReadOnlyList<(string Tekst, Treffer Treffer, Guid? GeheimId)>> LeesbaarAsync(RegieDbContext db, Actor actor, CancellationToken ct)
    {
        var stukken = await (
            from stuk in Geheimen.StukkenVoor(db, actor)
            join geheim in db.Geheimen on stuk.GeheimId equals geheim.Id
            orderby stuk.Id
            select new { stuk.Id, stuk.GeheimId, stuk.Tekst, geheim.CasusId }).AsNoTracking().ToListAsync(ct);
        var leesbaar = stukken.Select(s => (s.Tekst, new Treffer(s.CasusId, "afgeschermd stuk", s.Id, $"/v1/casussen/{s.CasusId}/geheimen/{s.GeheimId}/stukken"), (Guid?)s.GeheimId)).ToList();
        if (!Rollen.Beroepskrachten.Contains(actor.Rol))
            return leesbaar;
        var casussen = (await Toegang.ZichtbaarAsync(db, actor, ct)).Select(c => c.Id);
        var knelpunten = await db.Knelpunten.AsNoTracking().Where(k => casussen.Contains(k.CasusId)).OrderBy(k => k.Id).ToListAsync(ct);
        var overdrachten = await db.Overdrachten.AsNoTracking().Where(o => casussen.Contains(o.CasusId)).OrderBy(o => o.Id).ToListAsync(ct);
        leesbaar.AddRange(knelpunten.Select(k => (k.Omschrijving, new Treffer(k.CasusId, "knelpunt", k.Id, $"/v1/casussen/{k.CasusId}/knelpunten"), (Guid?)null)));
        leesbaar.AddRange(overdrachten.Select(o => (o.Reden, new Treffer(o.CasusId, "overdracht", o.Id, $"/v1/overdrachten/{o.Id}"), (Guid?)null)));
        return leesbaar;
    }
}

/// <param name="Q">Waar u naar zoekt.</param>
public sealed record Zoekvraag(string? Q);

/// <summary>Waar het staat; de tekst zelf leest u daar.</summary>
public sealed record Treffer(Guid CasusId, string Soort, Guid Id, string Waar);
