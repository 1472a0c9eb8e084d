using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Leg een gehouden bijeenkomst vast.</summary>
/// <param name="Aanwezigen">Verwijzingen naar wie er was, ook wie geen stoel heeft en voor een onderdeel aanschoof.</param>
/// <param name="AcuteReden">Waarom de bijeenkomst niet kon wachten op het gesprek met het gezin.</param>
public sealed record BijeenkomstVastleggen(DateTimeOffset? GehoudenOp, IReadOnlyList<Guid>? Aanwezigen, Agenda? Agenda, string? AcuteReden = null)
{
    internal static async Task<Ok<Lijst<BijeenkomstBeeld>>> Get(Guid casusId, Actor actor, KernteamDbContext db, CancellationToken ct)
    {
        await db.AlsLid(casusId, actor, ct);
        var bijeenkomsten = await db.Bijeenkomsten.AsNoTracking().Where(b => b.CasusId == casusId).OrderByDescending(b => b.GehoudenOp).ToListAsync(ct);
        return TypedResults.Ok(new Lijst<BijeenkomstBeeld>([.. bijeenkomsten.Select(b => b.Beeld)]));
    }

    internal static async Task<Created<BijeenkomstBeeld>> Post(
        Guid casusId, BijeenkomstVastleggen verzoek, Actor actor, KernteamDbContext db, Database database, TimeProvider time, CancellationToken ct)
    {
        var nu = time.GetUtcNow();
        await using var transactie = await db.Vasthouden(casusId, database, ct);
        await db.OmVastTeLeggen(casusId, actor, ct);
        verzoek.Controleer(nu);
        var besproken = await db.Plannen.Where(p => p.CasusId == casusId).MinAsync(p => p.BesprokenMetGezinOp, ct);
        if (!IsNaHetGezin(verzoek.GehoudenOp!.Value, besproken, verzoek.AcuteReden))
            throw new Geweigerd("Bespreek het plan eerst met het gezin; zonder dat gesprek kan een bijeenkomst alleen om een acute reden.");

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
            VastgelegdDoorId = actor.Id,
            VastgelegdOp = nu,
        };
        db.Bijeenkomsten.Add(bijeenkomst);
        await db.SaveChangesAsync(ct);
        await transactie.CommitAsync(ct);
        return TypedResults.Created($"/v1/kernteams/{casusId}/bijeenkomsten", bijeenkomst.Beeld);
    }

    /// <summary>Eerst met het gezin, dan pas met elkaar; tenzij iets acuut is.</summary>
    internal static bool IsNaHetGezin(DateTimeOffset gehoudenOp, DateTimeOffset? besprokenMetGezinOp, string? acuteReden) =>
        besprokenMetGezinOp <= gehoudenOp || !string.IsNullOrWhiteSpace(acuteReden);

    internal void Controleer(DateTimeOffset nu) =>
        new Invoer()
            .Eis(GehoudenOp is not null, "/gehoudenOp", "Wanneer de bijeenkomst was, ontbreekt.")
            .Eis(!(GehoudenOp > nu), "/gehoudenOp", "Deze bijeenkomst is nog niet geweest.")
            .Eis(Aanwezigen is { Count: > 0 and <= 50 } && !Aanwezigen.Contains(Guid.Empty), "/aanwezigen", "Vermeld wie er was (hooguit 50).")
            .Eis(Aanwezigen is null || Aanwezigen.Distinct().Count() == Aanwezigen.Count, "/aanwezigen", "Iemand staat er twee keer in.")
            .Eis(AcuteReden is null || AcuteReden.Length <= 2000, "/acuteReden", "De acute reden is langer dan 2000 tekens.")
            .EisTekst(Agenda?.Actualiteit, "/agenda/actualiteit", "De actualiteit")
            .EisTekst(Agenda?.Koers, "/agenda/koers", "Of het kernteam nog op koers is")
            .EisTekst(Agenda?.TerugkoppelingActies, "/agenda/terugkoppelingActies", "De terugkoppeling van de acties")
            .EisTekst(Agenda?.VolgendeStappen, "/agenda/volgendeStappen", "Wat de volgende stappen zijn")
            .Klaar();
}

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
    public required Guid VastgelegdDoorId { get; init; }
    public required DateTimeOffset VastgelegdOp { get; init; }

    internal BijeenkomstBeeld Beeld => new(
        Id, GehoudenOp, Aanwezigen, new(Incheck, Actualiteit, Koers, TerugkoppelingActies, VolgendeStappen, CheckUit), VastgelegdDoorId, VastgelegdOp, AcuteReden);
}

public sealed record BijeenkomstBeeld(
    Guid Id, DateTimeOffset GehoudenOp, IReadOnlyList<Guid> Aanwezigen, Agenda Agenda, Guid VastgelegdDoorId, DateTimeOffset VastgelegdOp, string? AcuteReden = null);
