using System.Globalization;

namespace NetwerkRegie.Engine;

/// <summary>
/// A cron expression of five fields, or of six that begin with seconds, in UTC as in Elsa: lists, ranges, steps and the
/// English names of months and days. A day of the month and a day of the week that are both given must both hold.
/// </summary>
public sealed class Cron
{
    // 29 February on one weekday comes back within forty years, also around 2100.
    private const int YearsAhead = 41;

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly bool[] seconds;
    private readonly bool[] minutes;
    private readonly bool[] hours;
    private readonly bool[] days;
    private readonly bool[] months;
    private readonly bool[] weekdays;

    private Cron(string[] fields)
    {
        seconds = Field(fields[0], 0, 59, []);
        minutes = Field(fields[1], 0, 59, []);
        hours = Field(fields[2], 0, 23, []);
        days = Field(fields[3], 1, 31, []);
        months = Field(fields[4], 1, 12, Months);
        weekdays = Field(fields[5], 0, 7, Days);
        weekdays[0] |= weekdays[7];
    }

    internal static Cron Parse(string text)
    {
        var fields = text.Length <= 1_000 ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
        return fields.Length switch
        {
            5 => new(["0", .. fields]),
            6 => new(fields),
            _ => throw new ActivityFault("Een cron-uitdrukking heeft vijf delen (minuut, uur, dag, maand, weekdag), of zes als zij met seconden begint."),
        };
    }

    /// <summary>The first moment after this one, or null when it never comes or when this is no cron expression.</summary>
    public static DateTimeOffset? Next(string expression, DateTimeOffset after)
    {
        try
        {
            return Parse(expression).Next(after);
        }
        catch (ActivityFault)
        {
            return null;
        }
    }

    internal DateTimeOffset? Next(DateTimeOffset after)
    {
        var from = after.UtcDateTime;
        var last = from.Year + YearsAhead;
        for (var day = from.Date; day.Year < last && day.Year < DateTime.MaxValue.Year; day = day.AddDays(1))
        {
            if (months[day.Month] && days[day.Day] && weekdays[(int)day.DayOfWeek] && TimeOn(day, from) is { } time)
            {
                return new DateTimeOffset(time, TimeSpan.Zero);
            }
        }

        return null;
    }

    private DateTime? TimeOn(DateTime day, DateTime after)
    {
        for (var hour = 0; hour < 24; hour++)
        {
            if (!hours[hour] || day.AddHours(hour + 1) <= after)
            {
                continue;
            }

            for (var minute = 0; minute < 60; minute++)
            {
                var start = day.AddHours(hour).AddMinutes(minute);
                if (!minutes[minute] || start.AddMinutes(1) <= after)
                {
                    continue;
                }

                for (var second = 0; second < 60; second++)
                {
                    if (seconds[second] && start.AddSeconds(second) > after)
                    {
                        return start.AddSeconds(second);
                    }
                }
            }
        }

        return null;
    }

    private static bool[] Field(string field, int minimum, int maximum, string[] names)
    {
        var chosen = new bool[maximum + 1];
        foreach (var part in field.Split(','))
        {
            var step = part.Split('/');
            var range = step[0].Split('-');
            var isAll = step[0] is "*" or "?";
            var from = isAll ? minimum : Number(range[0]);
            var to = isAll || (step.Length == 2 && range.Length == 1) ? maximum : Number(range[^1]);
            var by = step.Length == 2 ? Number(step[1], isStep: true) : 1;
            if (step.Length > 2 || range.Length > 2 || from > to || by < 1)
            {
                throw Wrong();
            }

            for (var at = from; at <= to; at += by)
            {
                chosen[at] = true;
            }
        }

        return chosen;

        int Number(string text, bool isStep = false)
        {
            var name = Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (name >= 0 && !isStep)
            {
                return name + minimum;
            }

            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= maximum && (isStep || number >= minimum)
                ? number
                : throw Wrong();
        }

        ActivityFault Wrong() => new($"'{field}' is geen deel van een cron-uitdrukking: hier horen getallen van {minimum} tot en met {maximum}.");
    }
}
