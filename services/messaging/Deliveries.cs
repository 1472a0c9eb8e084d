namespace NetwerkRegie.Messaging;

/// <summary>
/// How the outbox delivers. Messages leave at least once, and in order per key only while nothing goes wrong; under
/// <c>--proef</c> a test makes it go wrong all the time, to see that nothing depends on luck.
/// </summary>
public sealed class Deliveries
{
    // Long enough for what one act leads to; a shuffle of one is none.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private readonly bool _shuffled;

    private Deliveries(int copies, bool shuffled) => (Copies, _shuffled) = (copies, shuffled);

    /// <summary>How often each message is sent.</summary>
    internal int Copies { get; }

    /// <exception cref="SettingException">There is no such way.</exception>
    public static Deliveries Parse(string? setting) => setting switch
    {
        null or "" => new(1, false),
        "dubbel" => new(2, false),
        "dooreen" => new(1, true),
        _ => throw new SettingException($"Onbekende bezorging '{setting}'; kies uit dubbel, dooreen."),
    };

    /// <summary>Lets messages gather, if they are to be shuffled.</summary>
    internal Task GatherAsync(CancellationToken ct) => _shuffled ? Task.Delay(Gathering, ct) : Task.CompletedTask;

    /// <summary>Rows that must leave one after the other; the groups leave side by side.</summary>
    internal IEnumerable<IEnumerable<OutboxMessage>> InOrder(IReadOnlyList<OutboxMessage> batch) =>
        _shuffled ? [batch.OrderBy(_ => Random.Shared.Next())] : batch.GroupBy(row => row.Sleutel);
}
