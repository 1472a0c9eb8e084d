namespace NetwerkRegie.Regie;

/// <summary>
/// Stromen die lopen, gaan naar een andere versie van hun tekening. Wat gedaan is blijft gedaan en wat wacht blijft wachten, met de
/// termijn die is toegezegd; de lijnen van de casus bewegen niet.
/// </summary>
internal sealed class Migratie
{
    public required Guid Id { get; init; }
    public required string DefinitieId { get; init; }
    public required int Van { get; init; }
    public required int Naar { get; init; }
    public required string Reden { get; init; }
    public required Guid DoorId { get; init; }
    public required DateTimeOffset Op { get; init; }
}

/// <summary>Wat er bij een migratie met een stroom gebeurde: zij is overgezet, of zij bleef.</summary>
internal sealed class MigratieStroom
{
    public const string Overgezet = "overgezet";
    public const string Gebleven = "gebleven";
    public const string Teruggezet = "teruggezet";

    public required Guid MigratieId { get; init; }
    public required Guid StroomId { get; init; }
    public required Guid CasusId { get; init; }
    public required DateTimeOffset Op { get; init; }

    /// <summary>Waarom zij bleef; leeg als zij is overgezet.</summary>
    public IReadOnlyList<string> Redenen { get; init; } = [];

    /// <summary>The engine's state before the move, to go back to.</summary>
    public string? ToestandVoor { get; init; }

    /// <summary>The burst that moved it: as long as it is the last, nothing has happened since.</summary>
    public int? Burst { get; init; }
    public DateTimeOffset? TerugOp { get; private set; }
    public Guid? TerugDoorId { get; private set; }
    public string? TerugReden { get; private set; }

    public bool IsOvergezet => ToestandVoor is not null && TerugOp is null;

    public string Uitkomst => ToestandVoor is null ? Gebleven : TerugOp is null ? Overgezet : Teruggezet;

    public void Terugdraaien(Guid doorId, string reden, DateTimeOffset nu) => (TerugDoorId, TerugReden, TerugOp) = (doorId, reden, nu);
}
