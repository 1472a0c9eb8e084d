using System.Globalization;
using NetwerkRegie.Benchmarks;

// dotnet run -c Release --project tests/benchmarks -- [part|alles] [seconds per round] [how many]
var report = new Report(string.Join(' ', args));
var duration = TimeSpan.FromSeconds(double.Parse(args.ElementAtOrDefault(1) ?? "8", CultureInfo.InvariantCulture));
// Of what, each part says; without it, as many as the page is about.
var number = args.ElementAtOrDefault(2) is { } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : (int?)null;
await using var servers = await Servers.StartAsync();
var parts = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
{
    ["stappen"] = async () => report.Add(await Steps.MeasureAsync(duration)),
    ["bursts"] = async () =>
    {
        foreach (var prepare in new[] { () => Bursts.OnPostgresAsync(servers, 1_000, duration), () => Bursts.OnSqliteAsync(1_000, duration) })
        {
            await using var bursts = await prepare();
            foreach (var workers in new[] { 1, 8 })
            {
                report.Add(await bursts.ResumeAsync(workers));
                report.Add(await bursts.RunShortAsync(workers));
            }
        }
    },
    // How many flows wait.
    ["wachtenden"] = async () =>
    {
        foreach (var waiting in number is { } one ? [one] : new[] { 1_000, 100_000, 1_000_000 })
        {
            await using var bursts = await Bursts.OnPostgresAsync(servers, waiting, duration);
            report.AddWaiting(await bursts.ResumeAsync(workers: 8));
        }
    },
    // How many terms.
    ["tijdklokken"] = async () => report.Add(await Timers.MeasureAsync(servers, number ?? 100_000)),
    // How many reports.
    ["keten"] = async () =>
    {
        var (together, profile) = await Keten.MeasureTogetherAsync(servers, number ?? 300);
        report.Add(together);
        report.Add(profile);
        var (outcomes, memory) = await Keten.MeasureSplitAsync(number ?? 300);
        report.Add(outcomes);
        report.Add(memory);
    },
    // How many casussen; what it prints is kept in docs/toezicht-plannen.md.
    ["overzicht"] = async () => Console.WriteLine(await Overzicht.MeasureAsync(servers, number ?? 100_000)),
    ["starten"] = async () => report.Add(await Processes.MeasureAsync(servers)),
};

var part = args.ElementAtOrDefault(0) ?? "alles";
if (part != "alles" && !parts.ContainsKey(part))
{
    await Console.Error.WriteLineAsync($"Onbekend onderdeel '{part}'; kies uit {string.Join(", ", parts.Keys)} of alles.");
    return 2;
}

foreach (var (name, measure) in parts)
    if (part == name || part == "alles")
    {
        var before = report.Tables.Length;
        await measure();
        Console.WriteLine(report.Tables[before..]);
    }

if (part is "alles")
    await report.WriteAsync(await servers.VersionsAsync(), duration);
return 0;
