using System.Linq.Expressions;
using System.Text.Json;
using NetwerkRegie.Contracts;
using NetwerkRegie.Engine;

namespace NetwerkRegie.Regie;

/// <summary>A published version of a flow. It never changes and its number is never used again: flows run on it.</summary>
internal sealed class Definitie
{
    public required string DefinitieId { get; init; }
    public required int Versie { get; init; }

    /// <summary>The Elsa 3 JSON, as it was published.</summary>
    public required string Inhoud { get; init; }

    /// <summary>New flows start on it. At most one version of a flow is.</summary>
    public required bool IsActueel { get; set; }
    public required DateTimeOffset GepubliceerdOp { get; init; }

    /// <summary>The designer; null when it came from a file.</summary>
    public Guid? GepubliceerdDoor { get; init; }

    /// <summary>Of the text of the file that it came from; null when a designer published it.</summary>
    public string? BestandHash { get; init; }

    /// <summary>Gone from the lists. The row stays, for the history of what ran on it.</summary>
    public DateTimeOffset? VerwijderdOp { get; set; }
}

/// <summary>A version of a flow that somebody draws and has not published.</summary>
internal sealed class Ontwerp
{
    public required string DefinitieId { get; init; }
    public required int Versie { get; init; }
    public required string Inhoud { get; set; }
    public required DateTimeOffset BegonnenOp { get; init; }
    public required DateTimeOffset BewaardOp { get; set; }
    public required Guid BewaardDoor { get; set; }
}

/// <summary>A running flow of a casus (Elsa: workflow instance).</summary>
internal sealed class Stroom
{
    public required Guid Id { get; init; }

    /// <summary>The casus it runs on; it exists a moment before the casus does, because opening it is one of its steps.</summary>
    public required Guid CasusId { get; init; }
    public required string DefinitieId { get; init; }

    /// <summary>The version it runs on: the one it began with, or the one that a migration put it on.</summary>
    public required int Versie { get; set; }

    /// <summary>The engine's sub status, in its own word.</summary>
    public required string Status { get; set; }

    /// <summary>The engine's state, as JSON.</summary>
    public required string Toestand { get; set; }
    public Guid? OuderId { get; init; }
    public string? OuderWachtpunt { get; init; }

    /// <summary>How many activities are faulted and wait for a person.</summary>
    public int Storingen { get; set; }
    public int LaatsteBurst { get; set; }
    public required DateTimeOffset GestartOp { get; init; }
    public required DateTimeOffset BijgewerktOp { get; set; }
    public DateTimeOffset? AfgerondOp { get; set; }

    /// <summary>Een storing is geen einde: iemand herstelt haar, en dan gaat zij verder.</summary>
    public bool IsKlaar => AfgerondOp is not null && Status != nameof(WorkflowSubStatus.Faulted);

    /// <summary>Hoe zij ervoor staat, voor wie toeziet (<see cref="Toestanden"/>); leeg als zij klaar is.</summary>
    public string? Stand { get; set; }

    /// <summary>Waardoor zij niet verder kan (<see cref="Toestanden"/>); leeg als zij dat wel kan.</summary>
    public string? Blokkade { get; set; }

    /// <summary>Sinds wanneer er op iemand wordt gewacht.</summary>
    public DateTimeOffset StandSinds { get; set; }

    /// <summary>Wat een kind in deze casus loopt (<see cref="Risicos"/>); hoger gaat voor.</summary>
    public int Risico { get; set; }

    /// <summary>De dienst waar zij op wacht.</summary>
    public string? Dienst { get; set; }

    /// <summary>Hoeveel berichten voor deze stroom niemand kon verwerken.</summary>
    public int Vastgelopen { get; set; }

    /// <summary>Een herstelling heeft iets gevraagd waarop het antwoord nog moet komen.</summary>
    public DateTimeOffset? HerstelOp { get; set; }

    /// <summary>How far the engine is; null if that has not been written or cannot be read. One such flow must not hide others, nor itself.</summary>
    public WorkflowInstance? LeesToestand()
    {
        try
        {
            return Toestand.Length == 0 ? null : WorkflowInstance.FromJson(Toestand);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a list shows of it: everything but the state of the engine, which is by far the largest part of a row.</summary>
    public static Expression<Func<Stroom, Stroom>> ZonderToestand { get; } = s => new Stroom
    {
        Id = s.Id,
        CasusId = s.CasusId,
        DefinitieId = s.DefinitieId,
        Versie = s.Versie,
        Status = s.Status,
        Toestand = "",
        Storingen = s.Storingen,
        GestartOp = s.GestartOp,
        BijgewerktOp = s.BijgewerktOp,
        AfgerondOp = s.AfgerondOp,
        Stand = s.Stand,
        Blokkade = s.Blokkade,
        StandSinds = s.StandSinds,
        Risico = s.Risico,
        Dienst = s.Dienst,
        HerstelOp = s.HerstelOp,
    };
}

/// <summary>
/// Waar een stroom wacht, met de afspraak die daarbij hoort: op wie, sinds wanneer, tot wanneer, wie kan vlottrekken en hoe het
/// verder kan. Wacht het op een mens, dan is dit diens taak.
/// </summary>
internal sealed class Wachtpunt
{
    /// <summary>Op niemand: op een datum.</summary>
    public const string VoorKlok = "klok";

    /// <summary>Op een andere dienst, waarvan de naam volgt.</summary>
    public const string VoorDienst = "dienst:";

    public required Guid StroomId { get; init; }
    public required string Bookmark { get; init; }

    /// <summary>Het nummer van de taak.</summary>
    public required Guid Id { get; init; }
    public required Guid CasusId { get; init; }

    /// <summary>Het type van de stap, bijvoorbeeld <c>NetwerkRegie.AntwoordAfwachten</c>.</summary>
    public required string Stap { get; init; }
    public required string ActiviteitId { get; init; }
    public required string Titel { get; init; }

    /// <summary>Waar het over gaat, bijvoorbeeld het nummer van een overdracht.</summary>
    public string? Sleutel { get; init; }

    /// <summary>Op wie in een rol, bijvoorbeeld <c>regisseur</c> (wie dan de regie houdt), <c>rvt</c> of <c>dienst:kernteam</c>.</summary>
    public string? VoorRol { get; set; }

    /// <summary>De dienst waarop wordt gewacht, als het er een is.</summary>
    public string? Dienst => DienstVan(VoorRol);

    /// <summary>Op wie precies.</summary>
    public Guid? VoorId { get; set; }

    /// <summary>Op een van deze mensen; hun nummers met spaties ertussen, zodat een werklijst erop kan zoeken.</summary>
    public string? VoorIds { get; set; }
    public Guid? EersteVan => VoorIds is { Length: > 0 } ids ? Guid.Parse(ids.Split(' ')[0]) : null;

    /// <summary>Wie kan vlottrekken als het te lang duurt.</summary>
    public string? Vlottrekker { get; init; }
    public required IReadOnlyList<string> Uitgangen { get; init; }
    public required DateTimeOffset Sinds { get; init; }
    public DateTimeOffset? VerlooptOp { get; set; }

    /// <summary>Hoe vaak het verlopen door een storing niet lukte.</summary>
    public int Pogingen { get; set; }

    /// <summary>Sinds wanneer hier al op werd gewacht toen er opnieuw om werd gevraagd; leeg de eerste keer.</summary>
    public DateTimeOffset? EerderSinds { get; private set; }
    public DateTimeOffset WachtSinds => EerderSinds ?? Sinds;

    /// <summary>Wanneer de eerste termijn voorbij was; leeg zolang het binnen de afspraak is.</summary>
    public DateTimeOffset? TeLangSinds { get; private set; }

    /// <summary>De hoeveelste keer dat de stroom dit vraagt zonder antwoord.</summary>
    public int Ronde { get; private set; } = 1;
    public DateTimeOffset? AfgehandeldOp { get; private set; }
    public string? Uitgang { get; private set; }

    public bool IsOpen => AfgehandeldOp is null;

    /// <param name="uitgang">Leeg als het wachten is ingetrokken.</param>
    public void Afhandelen(string? uitgang, DateTimeOffset nu) => (AfgehandeldOp, Uitgang) = (nu, uitgang);

    /// <summary>Hier wordt verder gewacht op wat ook <paramref name="verlopen"/> vroeg.</summary>
    public void VolgtOp(Wachtpunt verlopen) =>
        (EerderSinds, TeLangSinds, Ronde) = (verlopen.WachtSinds, verlopen.TeLangSinds ?? (verlopen.VerlooptOp <= Sinds ? verlopen.VerlooptOp : null), verlopen.ActiviteitId == ActiviteitId ? verlopen.Ronde + 1 : 1);

    /// <summary>Een ander doet het.</summary>
    public void Toewijzen(Guid persoonId) => (VoorRol, VoorId, VoorIds) = (null, persoonId, null);

    /// <summary>Er is meer tijd: wie het te lang vond duren, wacht weer binnen de afspraak.</summary>
    public void Verlengen(DateTimeOffset tot) => (VerlooptOp, TeLangSinds) = (tot, null);

    public static string? DienstVan(string? voorRol) => voorRol?.StartsWith(VoorDienst, StringComparison.Ordinal) == true ? voorRol[VoorDienst.Length..] : null;

    public StapRef Ref => new(CasusId, StroomId, Bookmark);
}

/// <summary>What the engine did in one burst.</summary>
internal sealed class JournaalBlad
{
    public required Guid StroomId { get; init; }
    public required int Burst { get; init; }
    public required DateTimeOffset Op { get; init; }

    /// <summary>The journal entries, as a JSON array.</summary>
    public required string Regels { get; init; }
}
