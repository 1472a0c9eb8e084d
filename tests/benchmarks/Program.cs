using System.Globalization;
using NetwerkRegie.Benchmarks;

// dotnet run -c Release --project tests/benchmarks -- [stappen|bursts|keten|alles|overzicht] [seconds per round] [reports]
var part = args.ElementAtOrDefault(0) ?? "alles";
if (part is not ("stappen" or "bursts" or "keten" or "alles" or "overzicht"))
{
    await Console.Error.WriteLineAsync($"Onbekend onderdeel '{part}'; kies uit stappen, bursts, keten, overzicht of alles.");
    return 2;
}

var duration = TimeSpan.FromSeconds(double.Parse(args.ElementAtOrDefault(1) ?? "8", CultureInfo.InvariantCulture));
var reports = int.Parse(args.ElementAtOrDefault(2) ?? "600", CultureInfo.InvariantCulture);

await using var servers = await Servers.StartAsync();
if (part is "overzicht")
{
    Console.WriteLine(await Overzicht.MeasureAsync(servers, int.Parse(args.ElementAtOrDefault(1) ?? "100000", CultureInfo.InvariantCulture)));
    return 0;
}

var report = new Report(string.Join(' ', args));
if (part is "stappen" or "alles")
    report.Add(await Steps.MeasureAsync(duration));

if (part is "bursts" or "alles")
    foreach (var waiting in new[] { 1_000, 100_000 })
        foreach (var prepare in new[] { () => Bursts.OnPostgresAsync(servers, waiting, duration), () => Bursts.OnSqliteAsync(waiting, duration) })
        {
            await using var bursts = await prepare();
            foreach (var workers in new[] { 1, 8 })
            {
                report.Add(await bursts.ResumeAsync(workers));
                if (waiting == 1_000)
                    report.Add(await bursts.RunShortAsync(workers));
            }
        }

if (part is "keten" or "alles")
{
    report.Add(await Keten.MeasureTogetherAsync(servers, reports));
    report.Add(await Keten.MeasureSplitAsync(reports));
}

Console.WriteLine(report.Tables);
if (part is "alles")
    await report.WriteAsync(await servers.VersionsAsync(), duration, reports);
return 0;
