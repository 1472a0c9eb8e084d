using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Kernteam;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Leg een gehouden bijeenkomst vast.</summary>
/// <param name="Aanwezigen">Verwijzingen naar wie er was, ook wie geen stoel heeft en voor een onderdeel aanschoof.</param>
/// <param name="AcuteReden">Waarom de bijeenkomst niet kon wachten op het gesprek met het gezin, of op rugdekking.</param>
/// <param name="Soort">analyse, bijdragen, voortgang of evaluatie; leeg is voortgang.</param>
/// <param name="Gasten">Wie voor een eigen onderdeel aanschoof, en alleen dat ziet.</param>
public sealed record BijeenkomstVastleggen(
    DateTimeOffset? GehoudenOp, IReadOnlyList<Guid>? Aanwezigen, Agenda? Agenda, string? AcuteReden = null, string? Soort = null, IReadOnlyList<GastInvoer?>? Gasten = null)
{
    internal static async Task<Ok<Lijst<BijeenkomstBeeld>>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        var bijeenkomsten = await db.Bijeenkomsten.AsNoTracking().Where(b => b.CasusId == casusId).OrderByDescending(b => b.GehoudenOp).ToListAsync(ct);
        var incidenten = await db.Incidenten.AsNoTracking().Where(i => i.CasusId == casusId && i.BesprokenIn != null).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<BijeenkomstBeeld>([.. bijeenkomsten.Select(b => b.Beeld(incidenten))]));
    }

    internal static async Task<Created<BijeenkomstBeeld>> Post(
        Guid casusId, BijeenkomstVastleggen verzoek, Actor actor, KernteamDbContext db, Database database, Regio regio, Termijnboek termijnen, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        var team = (await db.OmVastTeLeggen(casusId, actor, ct)).Team;
        verzoek.Controleer(nu);
        if (!IsNaHetGezin(verzoek.GehoudenOp!.Value, await db.BesprokenMetGezinOp(casusId, ct), verzoek.AcuteReden))
            throw new Geweigerd("Bespreek het plan eerst met het gezin; zonder dat gesprek kan een bijeenkomst alleen om een acute reden.");
        var stoelen = await db.StoelenVan(casusId, ct);
        if (team is { IngesteldOp: not null, ActiefOp: null } && string.IsNullOrWhiteSpace(verzoek.AcuteReden))
            throw Kernteam.NogNietActief(stoelen);

        var agenda = verzoek.Agenda!;
        var bijeenkomst = new Bijeenkomst
        {
            Id = Guid.CreateVersion7(nu),
            CasusId = casusId,
            GehoudenOp = verzoek.GehoudenOp.Value,
            Aanwezigen = [.. verzoek.Aanwezigen!],
            Incheck = agenda.Incheck,
            Actualiteit = agenda.Actualiteit!,
            Koers = agenda.Koers!,
            TerugkoppelingActies = agenda.TerugkoppelingActies!,
            VolgendeStappen = agenda.VolgendeStappen!,
            CheckUit = agenda.CheckUit,
            AcuteReden = verzoek.AcuteReden,
            Soort = verzoek.Soort ?? Bijeenkomst.Voortgang,
            MetRvt = verzoek.Aanwezigen!.Any(id => regio.Professionals.Any(p => p.Id == id && p.Rol == "rvt") || stoelen.Any(s => s.LidId == id && s.Naam == "rvt")),
            VastgelegdDoorId = actor.Id,
            VastgelegdOp = nu,
        };
        db.Bijeenkomsten.Add(bijeenkomst);
        foreach (var gast in verzoek.Gasten ?? [])
            db.Agendapunten.Add(new Agendapunt { Id = Guid.CreateVersion7(nu), CasusId = casusId, BijeenkomstId = bijeenkomst.Id, GastId = gast!.GastId!.Value, Onderdeel = gast.Onderdeel!, GehoudenOp = bijeenkomst.GehoudenOp });
        // Nobody has to think of it: what happened since the last time is on the table.
        var incidenten = await db.Incidenten.Where(i => i.CasusId == casusId && i.BesprokenIn == null && i.GemeldOp <= bijeenkomst.GehoudenOp).ToListAsync(ct);
        foreach (var incident in incidenten)
            incident.Besproken(bijeenkomst.Id);
        db.Publish(bijeenkomst.Soort == Bijeenkomst.Evaluatie
            ? (object)new EvaluatieGehouden(casusId, bijeenkomst.Id, bijeenkomst.MetRvt, bijeenkomst.GehoudenOp)
            : new BijeenkomstGehouden(casusId, bijeenkomst.Id, bijeenkomst.MetRvt, bijeenkomst.GehoudenOp), casusId, nu);
        if (bijeenkomst.GehoudenOp > team.RitmeVanaf)
            await RitmeAfspreken.TelAsync(db, team, bijeenkomst.GehoudenOp, termijnen, ct);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/bijeenkomsten", bijeenkomst.Beeld(incidenten));
    }

    /// <summary>Eerst met het gezin, dan pas met elkaar; tenzij iets acuut is.</summary>
    internal static bool IsNaHetGezin(DateTimeOffset gehoudenOp, DateTimeOffset? besprokenMetGezinOp, string? acuteReden) =>
        besprokenMetGezinOp <= gehoudenOp || !string.IsNullOrWhiteSpace(acuteReden);

    internal void Controleer(DateTimeOffset nu)
    {
        var invoer = new Invoer()
            .Eis(GehoudenOp is not null, "/gehoudenOp", "Wanneer de bijeenkomst was, ontbreekt.")
            .Eis(!(GehoudenOp > nu), "/gehoudenOp", "Deze bijeenkomst is nog niet geweest.")
            .Eis(Aanwezigen is { Count: > 0 and <= 50 } && !Aanwezigen.Contains(Guid.Empty), "/aanwezigen", "Vermeld wie er was (hooguit 50).")
            .Eis(Aanwezigen is null || Aanwezigen.Distinct().Count() == Aanwezigen.Count, "/aanwezigen", "Iemand staat er twee keer in.")
            .Eis(AcuteReden is null || AcuteReden.Length <= 2000, "/acuteReden", "De acute reden is langer dan 2000 tekens.")
            .EisTekst(Agenda?.Actualiteit, "/agenda/actualiteit", "De actualiteit")
            .EisTekst(Agenda?.Koers, "/agenda/koers", "Of het kernteam nog op koers is")
            .EisTekst(Agenda?.TerugkoppelingActies, "/agenda/terugkoppelingActies", "De terugkoppeling van de acties")
            .EisTekst(Agenda?.VolgendeStappen, "/agenda/volgendeStappen", "Wat de volgende stappen zijn")
            .Eis(Soort is null || Bijeenkomst.Soorten.Contains(Soort), "/soort", $"Kies een soort uit {string.Join(", ", Bijeenkomst.Soorten)}.");
        foreach (var (i, gast) in (Gasten ?? []).Index())
            invoer
                .Eis(gast?.GastId is { } id && id != Guid.Empty, $"/gasten/{i}/gastId", "Vermeld wie er aanschoof.")
                .EisTekst(gast?.Onderdeel, $"/gasten/{i}/onderdeel", "Het onderdeel");
        invoer.Klaar();
    }
}

/// <param name="Onderdeel">Waar de gast voor kwam; meer ziet die niet.</param>
public sealed record GastInvoer(Guid? GastId, string? Onderdeel);

/// <summary>De zes vaste onderdelen, in volgorde.</summary>
/// <param name="Incheck">Of ieder is ingecheckt; wat daarbij is gezegd, blijft aan tafel.</param>
/// <param name="CheckUit">Of ieder is uitgecheckt; ook dat blijft aan tafel.</param>
public sealed record Agenda(
    bool Incheck, string? Actualiteit, string? Koers, string? TerugkoppelingActies, string? VolgendeStappen, bool CheckUit);

public sealed class Bijeenkomst
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required DateTimeOffset GehoudenOp { get; init; }
    public required Guid[] Aanwezigen { get; init; }
    public required bool Incheck { get; init; }
    public required string Actualiteit { get; init; }
    public required string Koers { get; init; }
    public required string TerugkoppelingActies { get; init; }
    public required string VolgendeStappen { get; init; }
    public required bool CheckUit { get; init; }
    public required string? AcuteReden { get; init; }

    /// <summary>Samen begrijpen wat er is.</summary>
    public const string Analyse = "analyse";

    /// <summary>Wie wat bijdraagt.</summary>
    public const string Bijdragen = "bijdragen";
    public const string Voortgang = "voortgang";

    /// <summary>Met het gezin terugkijken; met het RVT erbij is dat het einde van diens bijdrage.</summary>
    public const string Evaluatie = "evaluatie";

    public static readonly string[] Soorten = [Analyse, Bijdragen, Voortgang, Evaluatie];

    public required string Soort { get; init; }
    public required bool MetRvt { get; init; }
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }

    internal BijeenkomstBeeld Beeld(IEnumerable<TafelIncident> incidenten) => new(
        Id, GehoudenOp, Aanwezigen, new(Incheck, Actualiteit, Koers, TerugkoppelingActies, VolgendeStappen, CheckUit), VastgelegdDoorId, VastgelegdOp, Soort, MetRvt,
        [.. incidenten.Where(i => i.BesprokenIn == Id).Select(i => i.Id)], AcuteReden);
}

/// <summary>Wat een gast van een bijeenkomst mag zien.</summary>
public sealed class Agendapunt
{
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }
    public required Guid BijeenkomstId { get; init; }
    public required Guid GastId { get; init; }
    public required string Onderdeel { get; init; }
    public required DateTimeOffset GehoudenOp { get; init; }
}

public sealed record BijeenkomstBeeld(
    Guid Id, DateTimeOffset GehoudenOp, IReadOnlyList<Guid> Aanwezigen, Agenda Agenda, Guid VastgelegdDoorId, DateTimeOffset VastgelegdOp,
    string Soort, bool MetRvt, IReadOnlyList<Guid> Incidenten, string? AcuteReden = null);
