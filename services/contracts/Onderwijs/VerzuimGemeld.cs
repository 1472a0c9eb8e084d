namespace NetwerkRegie.Contracts.Onderwijs;

/// <summary>Een school heeft verzuim doorgegeven voor een kind in een lopende casus. De cijfers blijven bij onderwijs.</summary>
[Gebeurtenis("onderwijs.verzuim-gemeld")]
public sealed record VerzuimGemeld(Guid CasusId, Guid VerzuimId, string KindRef) : IGebeurtenis;
