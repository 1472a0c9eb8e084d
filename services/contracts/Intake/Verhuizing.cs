namespace NetwerkRegie.Contracts.Intake;

/// <summary>Het gezin gaat naar een andere gemeente; waarheen leest wie de regie houdt bij intake. De regie verandert er niet door.</summary>
/// <param name="Per">De eerste dag in de nieuwe gemeente.</param>
[Gebeurtenis("casussen.gemeente-gewijzigd")]
public sealed record GemeenteGewijzigd(Guid CasusId, Guid VerhuizingId, DateOnly Per) : IGebeurtenis;
