namespace NetwerkRegie.Contracts.Onderwijs;

/// <summary>Een school heeft verzuim doorgegeven voor een kind in een lopende casus. De cijfers blijven bij onderwijs.</summary>
[Gebeurtenis("onderwijs.verzuim-gemeld")]
public sealed record VerzuimGemeld(Guid CasusId, Guid VerzuimId, string KindRef) : IGebeurtenis;

/// <summary>De school hoort dat haar verzuimmelding is gezien, en bij wie zij terechtkan.</summary>
[Gebeurtenis("onderwijs.terugkoppeling-gegeven")]
public sealed record TerugkoppelingGegeven(Guid CasusId, Guid VerzuimId) : IGebeurtenis;
