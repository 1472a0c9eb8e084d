using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NetwerkRegie.Messaging;

/// <summary>
/// What a process tells of itself: spans and figures, with ids in them and never what a message says or who a person is. While nobody
/// listens it costs nothing. Who listens is decided by the host; here is only what can be heard.
/// </summary>
public static class Telemetry
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Name = "NetwerkRegie";

    /// <summary>The header that carries the trace along with a message: the one that HTTP has (W3C Trace Context).</summary>
    public const string Header = "traceparent";

    /// <summary>The tag of a span that names its casus.</summary>
    public const string Casus = "netwerkregie.casus";

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    /// <summary>How much later than its instant a timer went off.</summary>
    public static Histogram<double> Lateness { get; } = Meter.CreateHistogram<double>("netwerkregie.timer.lateness", "s", "How much later than its instant a timer went off");

    /// <summary>The place in the trace where we are, to be stored with what follows from it; null when nobody follows.</summary>
    public static string? Here => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Goes on with a trace that was stored or came along with a message.</summary>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Continue(string name, ActivityKind kind, string? traceparent) =>
        Source.StartActivity(name, kind, ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent) ? parent : default);

    /// <summary>The work of this span failed. Only the kind of fault: what it says may be about somebody.</summary>
    public static void Failed(this Activity? span, Exception e) => span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
}
