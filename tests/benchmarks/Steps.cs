using System.Diagnostics;
using NetwerkRegie.Engine;

namespace NetwerkRegie.Benchmarks;

/// <summary>How many steps the interpreter alone takes per second: five steps and the end, journal and state included, nothing stored.</summary>
internal static class Steps
{
    // What a flow journals for each step, and for the drawing and the workflow around them.
    private const int StepsPerFlow = 5;

    /// <param name="BytesPerStep">What a step leaves for the garbage collector.</param>
    public sealed record Outcome(double PerSecond, double BytesPerStep, string Load);

    public static async Task<Outcome> MeasureAsync(TimeSpan duration)
    {
        var definition = WorkflowDefinition.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "stromen", "kort.json")));
        var load = Report.Load;
        Run(definition, duration);
        return Enumerable.Range(0, 3).Select(_ => Run(definition, duration)).OrderBy(run => run.PerSecond).Select(run => new Outcome(run.PerSecond, run.Bytes, load)).ElementAt(1);
    }

    private static (double PerSecond, double Bytes) Run(WorkflowDefinition definition, TimeSpan duration)
    {
        var (begin, before, flows) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread(), 0);
        for (; Stopwatch.GetElapsedTime(begin) < duration; flows++)
        {
            var result = Interpreter.Advance(definition, WorkflowInstance.Create(definition, "flow", null), new Stimulus.Start([], null), DateTimeOffset.UnixEpoch);
            if (result.Instance.SubStatus != WorkflowSubStatus.Finished)
                throw new InvalidOperationException($"The flow ended as {result.Instance.SubStatus}.");
        }

        var steps = (double)flows * StepsPerFlow;
        return (steps / Stopwatch.GetElapsedTime(begin).TotalSeconds, (GC.GetAllocatedBytesForCurrentThread() - before) / steps);
    }
}
