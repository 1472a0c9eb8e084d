using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een dienst die op haar eigen adres hoort wat er gebeurt (webhook). Houdt bij tot waar is bezorgd; wat daarna komt wacht, hoe lang de
/// ontvanger ook weg is.
/// </summary>
internal sealed class Abonnement
{
    public const string Aangevraagd = "aangevraagd";
    public const string Actief = "actief";
    public const string Gepauzeerd = "gepauzeerd";
    public const string Beeindigd = "beeindigd";

    private static readonly TimeSpan Hooguit = TimeSpan.FromDays(1);

    public required Guid Id { get; init; }

    /// <summary>De dienst die het aanvroeg; daarna is alles wat zij mag weten dat van haar organisatie.</summary>
    public required Guid AfnemerId { get; init; }
    public required string Organisatie { get; init; }
    public required string Adres { get; init; }

    /// <summary>Namen uit de catalogus; leeg is alles wat de dienst mag weten.</summary>
    public required IReadOnlyList<string> Soorten { get; init; }
    public required Guid? CasusId { get; init; }
    public string Status { get; private set; } = Aangevraagd;

    /// <summary>Waarom de status zo is, als iemand of de bezorging hem veranderde.</summary>
    public string? Reden { get; private set; }
    public required DateTimeOffset GewijzigdOp { get; set; }

    /// <summary>Wie de status het laatst veranderde; leeg als de bezorging dat deed.</summary>
    public Guid? GewijzigdDoorId { get; private set; }

    /// <summary>Tot hier is alles bezorgd, of als onbezorgd bewaard.</summary>
    public required long Positie { get; set; }

    /// <summary>Hoe vaak achter elkaar het niet lukte.</summary>
    public int Pogingen { get; private set; }
    public DateTimeOffset? MisluktSinds { get; private set; }
    public string? LaatsteFout { get; private set; }
    public required DateTimeOffset VolgendePogingOp { get; set; }

    /// <summary>Zo lang bezorgt een replica; valt zij uit, dan neemt een ander het daarna over.</summary>
    public DateTimeOffset BezetTot { get; set; } = DateTimeOffset.UnixEpoch;
    public required DateTimeOffset AangemaaktOp { get; init; }

    public Actor Actor => new(AfnemerId, Rol.Dienst, Organisatie);

    public void Bevestigen(DateTimeOffset nu)
    {
        if (Status == Aangevraagd)
            Wordt(Actief, null, null, nu);
    }

    public void Pauzeren(string reden, Guid? doorId, DateTimeOffset nu)
    {
        if (Status != Actief)
            throw new Geweigerd("Alleen een actief abonnement kan worden gepauzeerd.");
        Wordt(Gepauzeerd, reden, doorId, nu);
    }

    public void Hervatten(string reden, Guid doorId, DateTimeOffset nu)
    {
        if (Status != Gepauzeerd)
            throw new Geweigerd("Alleen een gepauzeerd abonnement kan worden hervat.");
        Wordt(Actief, reden, doorId, nu);
    }

    public void Beeindigen(string reden, Guid? doorId, DateTimeOffset nu)
    {
        if (Status != Beeindigd)
            Wordt(Beeindigd, reden, doorId, nu);
    }

    public void Herbezorgen(string reden, Guid doorId, DateTimeOffset nu)
    {
        if (Status != Actief)
            throw new Geweigerd("Hervat het abonnement eerst.");
        Wordt(Actief, reden, doorId, nu);
    }

    public void Lukte() => (Pogingen, MisluktSinds, LaatsteFout) = (0, null, null);

    /// <param name="nietVoor">Wat de ontvanger vraagt. Eerder komen we niet, en een dag is lang genoeg.</param>
    public void Mislukte(string fout, DateTimeOffset? nietVoor, DateTimeOffset nu)
    {
        (Pogingen, LaatsteFout) = (Pogingen + 1, fout);
        MisluktSinds ??= nu;
        VolgendePogingOp = nu + Uitstel(Pogingen);
        if (nietVoor > VolgendePogingOp)
            VolgendePogingOp = nietVoor < nu + Hooguit ? nietVoor.Value : nu + Hooguit;
    }

    /// <summary>Steeds langer, tot een uur; nooit precies hetzelfde, zodat niet alle abonnementen van een ontvanger tegelijk terugkomen. In hele milliseconden, zoals elk moment hier.</summary>
    internal static TimeSpan Uitstel(int pogingen) =>
        TimeSpan.FromMilliseconds(Math.Round(Math.Min(5_000 * Math.Pow(2, pogingen - 1), 3_600_000) * (0.8 + (Random.Shared.NextDouble() * 0.2))));

    private void Wordt(string status, string? reden, Guid? doorId, DateTimeOffset nu)
    {
        (Status, Reden, GewijzigdDoorId, GewijzigdOp, VolgendePogingOp) = (status, reden, doorId, nu, nu);
        Lukte();
    }
}

/// <summary>Een gebeurtenis die de ontvanger weigerde, of die in dezelfde casus na zo een kwam.</summary>
internal sealed class Onbezorgd
{
    public required Guid AbonnementId { get; init; }
    public required long Positie { get; init; }
    public required Guid CasusId { get; init; }
    public required string Reden { get; set; }
    public required DateTimeOffset Sinds { get; init; }

    /// <summary>Iemand vroeg om haar nog eens te bezorgen.</summary>
    public bool IsOpnieuw { get; set; }
}

/// <summary>Tot waar de stroom op een plek buiten ons is gezet.</summary>
internal sealed class Publicatie
{
    public required string Naam { get; init; }
    public required long Positie { get; set; }
}
