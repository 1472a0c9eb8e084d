namespace NetwerkRegie.Contracts;

/// <summary>Hiervan hoort het gezin ook: dat er iets te lezen is, niet wat.</summary>
public interface IVoorGezin : IGebeurtenis;
