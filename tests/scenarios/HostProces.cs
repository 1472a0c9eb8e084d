using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>One running host: the program as a user starts it, in a process of its own that a test can stop or kill.</summary>
public sealed class HostProces : IAsyncDisposable
{
    private const int RegelsBewaard = 200;

    private static readonly ConcurrentDictionary<HostProces, bool> Levend = new();

    // Below the range from which outgoing connections take their ports: a process that is killed must find its own port free again.
    private static int _poort = 20000 + (Environment.ProcessId % 1000 * 10);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _regels = new();
    private readonly ConcurrentQueue<string> _fouten = new();

    // A test run that is broken off leaves nothing behind.
    static HostProces() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var proces in Levend.Keys)
            proces._process.Kill();
    };

    private HostProces(Uri adres, Process process)
    {
        (Adres, _process) = (adres, process);
        _process.OutputDataReceived += (_, e) => Bewaar(_regels, e.Data);
        _process.ErrorDataReceived += (_, e) => Bewaar(_fouten, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Levend[this] = true;
    }

    public Uri Adres { get; }

    public bool IsWeg => _process.HasExited;

    public string Fouten => string.Join('\n', _fouten);

    /// <summary>The last lines it wrote.</summary>
    public string Logboek => string.Join('\n', _regels.Concat(_fouten));

    /// <summary>The built program: <c>HOST_DLL</c>, or what was built beside these tests.</summary>
    public static string Programma { get; } = Environment.GetEnvironmentVariable("HOST_DLL") ?? NaastDezeTests();

    public static Uri VrijAdres()
    {
        while (true)
        {
            var poort = Interlocked.Increment(ref _poort);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, poort);
                probe.Start();
                return new Uri($"http://127.0.0.1:{poort}");
            }
            catch (SocketException)
            {
            }
        }
    }

    /// <summary>Starts the program; <see cref="Gereed"/> says when it answers.</summary>
    public static HostProces Start(Uri adres, string map, params IEnumerable<string> instellingen)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = map, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in instellingen.Prepend($"--urls={adres.ToString().TrimEnd('/')}").Prepend(Programma))
            start.ArgumentList.Add(argument);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        // Many small processes on a small machine.
        start.Environment["DOTNET_gcServer"] = "0";
        return new HostProces(adres, new Process { StartInfo = start });
    }

    public async Task Gereed()
    {
        if (!await IsGereed())
            throw new InvalidOperationException($"De host is gestopt met code {_process.ExitCode}: {Logboek}");
    }

    /// <returns>Whether it answers; false if it ended before that.</returns>
    public async Task<bool> IsGereed()
    {
        using var http = new HttpClient { BaseAddress = Adres };
        await Wachten.Uiteindelijk(async () => IsWeg || await Antwoordt(), TimeSpan.FromSeconds(90), () => Task.FromResult(Logboek));
        return !IsWeg;

        async Task<bool> Antwoordt()
        {
            try
            {
                using var antwoord = await http.GetAsync(new Uri("/gezond", UriKind.Relative));
                return antwoord.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    /// <summary>SIGKILL: the power goes, nothing gets a chance to finish.</summary>
    public async Task Dood()
    {
        _process.Kill();
        await Einde();
    }

    /// <summary>What Ctrl-C in a terminal does.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> CtrlC()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(null, null)]);
        return Einde();
    }

    /// <returns>The exit code.</returns>
    public async Task<int> Einde()
    {
        using var genoeg = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(genoeg.Token);
        Levend.TryRemove(this, out _);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsWeg)
            await Dood();
        Levend.TryRemove(this, out _);
        _process.Dispose();
    }

    private static void Bewaar(ConcurrentQueue<string> regels, string? regel)
    {
        if (string.IsNullOrWhiteSpace(regel))
            return;
        regels.Enqueue(regel);
        if (regels.Count > RegelsBewaard)
            regels.TryDequeue(out _);
    }

    // …/bin/NetwerkRegie.Scenarios.Tests/<configuration>/ beside …/bin/NetwerkRegie.Host/<configuration>/
    private static string NaastDezeTests()
    {
        var hier = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(hier.Parent!.Parent!.FullName, "NetwerkRegie.Host", hier.Name, "NetwerkRegie.Host.dll");
    }
}

/// <summary>The only place in these tests where something waits.</summary>
public static class Wachten
{
    private static readonly TimeSpan Kijkpauze = TimeSpan.FromMilliseconds(25);

    /// <summary>Looks until it is so.</summary>
    /// <param name="verhaal">What the reader of a failed test wants to know.</param>
    public static async Task Uiteindelijk(Func<Task<bool>> isZo, TimeSpan geduld, Func<Task<string>> verhaal)
    {
        using var genoeg = new CancellationTokenSource(geduld);
        while (!await isZo())
        {
            if (genoeg.IsCancellationRequested)
                throw new TimeoutException($"Dit gebeurt niet binnen {geduld.TotalSeconds:0} seconden.\n{await verhaal()}");
            await Task.Delay(Kijkpauze);
        }
    }
}

/// <summary>Where the sources are, for the scripts that belong to them.</summary>
internal static class Repository
{
    public static string Map { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Repository").Value!;
}
