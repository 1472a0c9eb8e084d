using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Spreek af hoe vaak het kernteam bij elkaar komt. Vanaf dan hoort wie de regie houdt het als een bijeenkomst is gemist.</summary>
/// <param name="Ritme">wekelijks of maandelijks.</param>
/// <param name="Reden">Waarom het ritme verandert; verplicht als er al een is.</param>
public sealed record RitmeAfspreken(string? Ritme, string? Reden = null)
{
    internal static async Task<Ok<Lijst<RitmeBeeld>>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        var ritmes = await db.Ritmes.AsNoTracking().Where(r => r.CasusId == casusId).OrderByDescending(r => r.Versie).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<RitmeBeeld>([.. ritmes.Select(r => r.Beeld)]));
    }

    /// <summary>Wie afspreekt wat al geldt, krijgt die afspraak te zien.</summary>
    internal static async Task<Results<Created<RitmeBeeld>, Ok<RitmeBeeld>>> Post(
        Guid casusId, RitmeAfspreken verzoek, Actor actor, KernteamDbContext db, Database database, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        var samenstelling = await db.OmVastTeLeggen(casusId, actor, ct);
        if (samenstelling.Leden[0].LidId != actor.Id)
            throw Geweigerd.GeenRecht("Het ritme legt vast wie de regie houdt.");
        var vorige = await Laatste(casusId, db, ct);
        if (vorige is not null && vorige.Soort == verzoek.Ritme)
            return TypedResults.Ok(vorige.Beeld);
        verzoek.Controleer(isEerste: vorige is null);
        if (samenstelling.Team.ActiefOp is null)
            throw Kernteam.NogNietActief(await db.StoelenVan(casusId, ct));

        var ritme = new Ritme
        {
            CasusId = casusId,
            Versie = (vorige?.Versie ?? 0) + 1,
            Soort = verzoek.Ritme!,
            Reden = verzoek.Reden,
            AfgesprokenDoorId = actor.Id,
            AfgesprokenOp = nu,
        };
        db.Ritmes.Add(ritme);
        if (vorige is not null)
            db.Publish(new RitmeGewijzigd(casusId), casusId, nu);
        if (!await db.IsGestopt(casusId, ct))
            await ritme.TelAsync(db, samenstelling.Team, nu, termijnen, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/ritme", ritme.Beeld);
    }

    internal void Controleer(bool isEerste) =>
        new Invoer()
            .Eis(NetwerkRegie.Kernteam.Ritme.Soorten.Contains(Ritme), "/ritme", $"Kies een ritme uit {string.Join(", ", NetwerkRegie.Kernteam.Ritme.Soorten)}.")
            .Eis(isEerste || !string.IsNullOrWhiteSpace(Reden), "/reden", "Vermeld waarom het ritme verandert.")
            .Eis(Reden is null || Reden.Length <= 2000, "/reden", "De reden is langer dan 2000 tekens.")
            .Klaar();

    /// <summary>Vanaf dit moment telt de tijd tot de volgende bijeenkomst; null zet de klok stil. Zonder ritme loopt er geen klok.</summary>
    internal static async Task TelAsync(KernteamDbContext db, Kernteam team, DateTimeOffset? vanaf, Termijnboek termijnen, CancellationToken ct)
    {
        if (await Laatste(team.CasusId, db, ct) is { } ritme)
            await ritme.TelAsync(db, team, vanaf, termijnen, ct);
    }

    /// <summary>Er is een bijeenkomst gemist. Wie de regie houdt hoort dat een keer, tot het kernteam weer bij elkaar is geweest.</summary>
    internal static Task Verstreken(KernteamDbContext db, Guid casusId, DateTimeOffset nu)
    {
        db.Publish(new BijeenkomstGemist(casusId), casusId, nu);
        return Task.CompletedTask;
    }

    internal static Task<Ritme?> Laatste(Guid casusId, KernteamDbContext db, CancellationToken ct) =>
        db.Ritmes.AsNoTracking().Where(r => r.CasusId == casusId).OrderByDescending(r => r.Versie).FirstOrDefaultAsync(ct);
}

/// <summary>Hoe vaak het kernteam bij elkaar komt, zoals het dat afsprak.</summary>
public sealed class Ritme
{
    public const string Wekelijks = "wekelijks";
    public const string Maandelijks = "maandelijks";

    public static readonly string[] Soorten = [Wekelijks, Maandelijks];

    public required Guid CasusId { get; init; }
    public required int Versie { get; init; }
    public required string Soort { get; init; }
    public required string? Reden { get; init; }
    public required Guid AfgesprokenDoorId { get; init; }
    public required DateTimeOffset AfgesprokenOp { get; init; }

    internal RitmeBeeld Beeld => new(Soort, AfgesprokenDoorId, AfgesprokenOp, Reden);

    /// <summary>Wanneer een bijeenkomst gemist is. Elke dag telt: ook in een vakantie gaat het leven van een gezin door.</summary>
    internal DateTimeOffset Gemist(DateTimeOffset vanaf, Termijnboek termijnen) =>
        termijnen[Soort == Wekelijks ? "kernteam-gemist" : "kernteam-gemist-maandelijks"].Verloopt(vanaf);

    internal async Task TelAsync(KernteamDbContext db, Kernteam team, DateTimeOffset? vanaf, Termijnboek termijnen, CancellationToken ct)
    {
        team.RitmeVanaf = vanaf;
        await db.SetAlarmAsync(CasusId, KernteamWekker.Ritme, CasusId, vanaf is { } begin ? Gemist(begin, termijnen) : null, ct);
    }
}

public sealed record RitmeBeeld(string Ritme, Guid AfgesprokenDoorId, DateTimeOffset AfgesprokenOp, string? Reden = null);

/// <summary>Hoe het met het ritme staat.</summary>
/// <param name="BijeenkomstVoor">Daarna is de bijeenkomst gemist; leeg zolang de klok stilstaat.</param>
/// <param name="GemistSinds">Leeg als er niets is gemist.</param>
/// <param name="Voorstel">Wanneer de gemiste bijeenkomst alsnog kan: over twee werkdagen, op het uur van de vorige keer.</param>
public sealed record RitmeStand(string Ritme, DateTimeOffset Sinds, DateTimeOffset? BijeenkomstVoor = null, DateTimeOffset? GemistSinds = null, DateTimeOffset? Voorstel = null)
{
    internal static RitmeStand Van(Ritme ritme, DateTimeOffset? vanaf, DateTimeOffset? vorigeBijeenkomst, Termijnboek termijnen, DateTimeOffset nu)
    {
        var stand = new RitmeStand(ritme.Soort, ritme.AfgesprokenOp, vanaf is { } begin ? ritme.Gemist(begin, termijnen) : null);
        return stand.BijeenkomstVoor > nu || stand.BijeenkomstVoor is not { } gemist ? stand : stand with
        {
            GemistSinds = gemist,
            Voorstel = NederlandseKalender.Moment(
                NederlandseKalender.TelWerkdagen(NederlandseKalender.DatumVan(nu), 2), TimeOnly.FromDateTime(NederlandseKalender.LokaalAls(vorigeBijeenkomst ?? gemist).DateTime)),
        };
    }
}
