namespace NetwerkRegie.Regie;

/// <summary>Een kind in de casus, met een eigen kader en een eigen bevoegdheid.</summary>
public sealed class Kind
{
    public required Guid CasusId { get; init; }
    public required string Ref { get; init; }
    public required string Leeftijdsband { get; init; }
    public bool IsOpen { get; internal set; } = true;
    public int KaderVolgnr { get; internal set; }
    public int BevoegdheidVolgnr { get; internal set; }

    /// <summary>De beschikking waarop de maatregel voor dit kind berust; leeg zonder maatregel.</summary>
    public Guid? BeschikkingId { get; internal set; }
}
