using System.Diagnostics;
using System.Globalization;

namespace NetwerkRegie.Benchmarks;

/// <summary>Processor time used so far: by this program, and by PostgreSQL with all its processes if it runs on this computer.</summary>
internal sealed record Cpu(TimeSpan Client, TimeSpan? Server)
{
    // Linux counts in these, whatever the kernel was built with.
    private const double TicksPerSecond = 100;

    public static Cpu Used(int? postmaster)
    {
        using var process = Process.GetCurrentProcess();
        return new Cpu(process.TotalProcessorTime, postmaster is { } id ? Of(id) : null);
    }

    /// <summary>The process that all processes of PostgreSQL come from; null if the server is elsewhere.</summary>
    public static int? Postmaster(int backend) =>
        Stat(backend) is { } stat && File.ReadAllText($"/proc/{backend}/cmdline").Contains("postgres", StringComparison.Ordinal) ? (int)stat[1] : null;

    private static TimeSpan Of(int postmaster)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? Stat(id) : null)
            .Where(stat => stat is not null && stat[1] == postmaster)
            .Sum(stat => stat![11] + stat[12]);
        // Those that ended are counted with their parent.
        return Stat(postmaster) is { } own ? TimeSpan.FromSeconds((all + own[11] + own[12] + own[13] + own[14]) / TicksPerSecond) : TimeSpan.Zero;
    }

    /// <summary>The fields of /proc/…/stat after the name: 1 the parent, 11 to 14 the ticks of itself and of its ended children.</summary>
    private static long[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return [0, .. text[(text.LastIndexOf(')') + 2)..].Split(' ').Skip(1).Take(14).Select(field => long.Parse(field, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
