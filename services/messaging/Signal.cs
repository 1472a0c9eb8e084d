using System.Threading.Channels;

namespace NetwerkRegie.Messaging;

/// <summary>Wakes one loop that otherwise looks by itself now and then. Set twice before it looks is set once.</summary>
public sealed class Signal
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _signals.Writer.TryWrite(true);

    /// <summary>Returns when it is set, after <paramref name="longest"/>, or when the process stops.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(longest);
        try
        {
            await _signals.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
