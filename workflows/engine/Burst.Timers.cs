using System.Globalization;

namespace NetwerkRegie.Engine;

/// <summary>Waits for a moment. Whatever the length, it is one instant that others keep.</summary>
internal sealed partial class Burst
{
    private void Delay(Activity activity, ActivityInstance at) => WaitFor(RequiredText(activity, at, "timeSpan"), activity, at);

    /// <summary>In the middle of a flow one interval; as the trigger each interval starts an instance, and here it is over.</summary>
    private void Timer(Activity activity, ActivityInstance at) => WaitFor(RequiredText(activity, at, "interval"), activity, at);

    private void WaitForCron(Activity activity, ActivityInstance at)
    {
        var text = RequiredText(activity, at, "cronExpression");
        WaitUntil(Cron.Parse(text).Next(now) ?? throw new ActivityFault($"'{text}' komt nooit."), activity, at);
    }

    private void WaitFor(string text, Activity activity, ActivityInstance at)
    {
        if (!Values.TryTimeSpan(text, out var delay) || delay > DateTimeOffset.MaxValue - now)
        {
            throw new ActivityFault($"'{text}' is te lang om op te wachten.");
        }

        WaitUntil(delay > TimeSpan.Zero ? now + delay : now, activity, at);
    }

    private void StartAt(Activity activity, ActivityInstance at)
    {
        Values.TryDateTime(RequiredText(activity, at, "dateTime"), out var moment);
        WaitUntil(moment, activity, at);
    }

    /// <summary>What is due already needs no timer: it goes on in this burst.</summary>
    private void WaitUntil(DateTimeOffset moment, Activity activity, ActivityInstance at)
    {
        if (moment <= now)
        {
            Complete(at);
            return;
        }

        var due = moment.ToUniversalTime();
        var bookmark = Wait(activity, at, new() { ["resumeAt"] = due.ToString("O", CultureInfo.InvariantCulture) });
        effects.Add(new Effect.StartTimer(bookmark.Id, due));
    }
}
