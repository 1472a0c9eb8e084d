using System.Diagnostics;
using System.Threading.Channels;

namespace NetwerkRegie.Services.Tests;

/// <summary>A program in another language, as somebody else would run it. It ends with the test.</summary>
internal sealed class Programma : IDisposable
{
    private static readonly TimeSpan Geduld = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _regels = Channel.CreateUnbounded<string>();
    private readonly List<string> _fouten = [];
    private readonly DirectoryInfo _map = Directory.CreateTempSubdirectory("voorbeeld-");

    private Programma(string[] opdracht, (string Naam, string Waarde)[] omgeving)
    {
        // The example itself, beside the packages that its first lines tell the reader to install.
        var bestand = Path.Combine(_map.FullName, Path.GetFileName(opdracht[1]));
        File.Copy(opdracht[1], bestand);
        Directory.CreateSymbolicLink(Path.Combine(_map.FullName, "node_modules"), Repository.Path("tests/node_modules"));
        var start = new ProcessStartInfo(opdracht[0], [bestand, .. opdracht[2..]]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (naam, waarde) in omgeving)
            start.Environment[naam] = waarde;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => _ = e.Data is null ? _regels.Writer.TryComplete() : _regels.Writer.TryWrite(e.Data);
        _process.ErrorDataReceived += (_, e) => _fouten.Add(e.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static Programma Start(string[] opdracht, params (string Naam, string Waarde)[] omgeving) => new(opdracht, omgeving);

    /// <summary>What it says to this; it has to end well.</summary>
    public static async Task<string> Antwoord(string[] opdracht, string invoer)
    {
        using var programma = new Programma(opdracht, []);
        await programma._process.StandardInput.WriteAsync(invoer);
        programma._process.StandardInput.Close();
        return string.Join('\n', await programma.Rest());
    }

    /// <summary>The next lines that it writes.</summary>
    public async Task<IReadOnlyList<string>> Volgende(int aantal)
    {
        var regels = new List<string>();
        using var genoeg = new CancellationTokenSource(Geduld);
        try
        {
            while (regels.Count < aantal)
                regels.Add(await _regels.Reader.ReadAsync(genoeg.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            Xunit.Assert.Fail($"{regels.Count} regels van {aantal}.\n{string.Join('\n', _fouten)}");
        }

        return regels;
    }

    /// <summary>What it writes until it ends, which has to go well.</summary>
    public async Task<IReadOnlyList<string>> Rest()
    {
        using var genoeg = new CancellationTokenSource(Geduld);
        await _process.WaitForExitAsync(genoeg.Token);
        Xunit.Assert.True(_process.ExitCode == 0, string.Join('\n', _fouten));
        return await _regels.Reader.ReadAllAsync(genoeg.Token).ToListAsync(genoeg.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _map.Delete(recursive: true);
    }
}
