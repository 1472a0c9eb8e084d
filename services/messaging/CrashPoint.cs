using System.Diagnostics;

namespace NetwerkRegie.Messaging;

/// <summary>The places where losing power would hurt most. Tests end the process there, as <c>kill -9</c> does.</summary>
public enum CrashPoint
{
    /// <summary>A message has been handled; nothing is committed.</summary>
    AfterHandleBeforeCommit,

    /// <summary>State and outbox are committed; the message has not been sent.</summary>
    AfterCommitBeforeSend,

    /// <summary>The bus has the message; the outbox row is still there.</summary>
    AfterSendBeforeMark,

    /// <summary>A start after a crash offers what was left, and dies again halfway.</summary>
    DuringReoffer,

    /// <summary>A flow is on another version; nothing of that is committed, while flows before it are.</summary>
    MigrationBeforeCommit,
}

/// <summary>Ends the process at one named place, the n-th time it is reached. Does nothing unless a test asked for it.</summary>
public sealed class CrashPoints
{
    private CrashPoint? _armed;
    private int _left;

    /// <param name="setting"><c>AfterCommitBeforeSend</c>, or <c>AfterCommitBeforeSend@3</c> for the third time; empty for never.</param>
    /// <exception cref="SettingException">There is no such place.</exception>
    public CrashPoints(string? setting) => Arm(setting);

    /// <inheritdoc cref="CrashPoints(string?)"/>
    public void Arm(string? setting)
    {
        _armed = null;
        if (string.IsNullOrEmpty(setting))
            return;
        var parts = setting.Split('@');
        if (!Enum.TryParse<CrashPoint>(parts[0], out var point) || !int.TryParse(parts.ElementAtOrDefault(1) ?? "1", out _left))
            throw new SettingException($"Onbekend crashpunt '{setting}'; kies uit {string.Join(", ", Enum.GetNames<CrashPoint>())}.");
        _armed = point;
    }

    public void Reach(CrashPoint point)
    {
        if (_armed == point && Interlocked.Decrement(ref _left) == 0)
            Process.GetCurrentProcess().Kill();
    }
}
