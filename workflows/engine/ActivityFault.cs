namespace NetwerkRegie.Engine;

/// <summary>Something in a definition or in a value that makes an activity fail. The message is for a person.</summary>
internal sealed class ActivityFault(string message, int? line = null, int? column = null) : Exception(message)
{
    public int? Line { get; } = line;

    public int? Column { get; } = column;
}
