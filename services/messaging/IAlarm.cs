namespace NetwerkRegie.Messaging;

/// <summary>Stored instants at which a service has to act by itself.</summary>
public interface IAlarm
{
    /// <summary>The first instant that still has to come or has not been handled; null if there is none.</summary>
    Task<DateTimeOffset?> NextAsync(CancellationToken ct);

    /// <summary>The clock has moved: look at it now.</summary>
    void Wake();
}
