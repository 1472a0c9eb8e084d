using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NetwerkRegie.Host;

namespace NetwerkRegie.Benchmarks;

/// <summary>How long the program takes from its start until it says that it is healthy.</summary>
internal static class Processes
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="First">On servers where nothing is: databases, tables, queues and bindings are made.</param>
    public sealed record Outcome(string Services, TimeSpan? First, TimeSpan Later, string Load);

    /// <summary>All services in one process, and then each in a process of its own.</summary>
    public static async Task<IReadOnlyList<Outcome>> MeasureAsync(Servers servers)
    {
        var name = $"start_{Environment.ProcessId}";
        var load = Report.Load;
        List<Outcome> outcomes = [new("all", await StartAsync(servers, name, null), await StartAsync(servers, name, null), load)];
        foreach (var service in HostApplication.All.Select(service => service.Name))
            outcomes.Add(new(service, null, await StartAsync(servers, name, service), Report.Load));
        foreach (var service in HostApplication.All)
            await servers.DropAsync($"{name}_{service.Name}");
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), $"{name}.*"))
            File.Delete(file);
        return outcomes;
    }

    /// <summary>What a process holds of the memory of the computer, in MB.</summary>
    public static long Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
    }

    private static async Task<TimeSpan> StartAsync(Servers servers, string name, string? service)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var key = Path.Combine(Path.GetTempPath(), name);
        string[] settings = [$"--Database={servers.Postgres};Database={name}", $"--Bus={servers.RabbitMq}", "--Regio=demonstratie", $"--DemoSleutel={key}.pem", $"--Afleversleutel={key}.aflever", $"--urls={address}", "--Logging:LogLevel:Default=Warning"];
        using var http = new HttpClient { BaseAddress = address };
        var begin = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(HostApplication).Assembly.Location, .. settings, .. service is null ? Array.Empty<string>() : [$"--services={service}"]]) { RedirectStandardOutput = true })!;
        try
        {
            while (!await IsHealthyAsync(http))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(begin) > Patience)
                    throw new InvalidOperationException($"The program does not start: {await process.StandardOutput.ReadToEndAsync()}");
                await Task.Delay(Look);
            }

            return Stopwatch.GetElapsedTime(begin);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("/gezond", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
