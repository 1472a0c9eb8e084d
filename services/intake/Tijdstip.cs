namespace NetwerkRegie.Intake;

internal static class Tijdstip
{
    /// <summary>Now, in the microseconds that a database keeps: what is answered now must be what is answered later.</summary>
    public static DateTimeOffset Nu(this TimeProvider time) => time.GetUtcNow().OpMicroseconde();

    public static DateTimeOffset OpMicroseconde(this DateTimeOffset moment) => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond));
}
