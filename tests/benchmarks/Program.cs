using System.Globalization;
using NetwerkRegie.Benchmarks;

// dotnet run -c Release --project tests/benchmarks -- [bursts|keten|alles] [seconds per round] [reports]
var part = args.ElementAtOrDefault(0) ?? "alles";
if (part is not ("bursts" or "keten" or "alles"))
{
    await Console.Error.WriteLineAsync($"Onbekend onderdeel '{part}'; kies uit bursts, keten of alles.");
    return 2;
}

var duration = TimeSpan.FromSeconds(double.Parse(args.ElementAtOrDefault(1) ?? "8", CultureInfo.InvariantCulture));
var reports = int.Parse(args.ElementAtOrDefault(2) ?? "600", CultureInfo.InvariantCulture);

await using var servers = await Servers.StartAsync();
var report = new Report();
if (part is "bursts" or "alles")
{
    await using var bursts = await Bursts.PrepareAsync(servers, duration);
    report.Add(await bursts.MeasureAsync(workers: 1));
    report.Add(await bursts.MeasureAsync(workers: 8));
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
