using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Expressions;

/// <summary>JavaScript's undefined; its null is null.</summary>
internal sealed class Undefined
{
    public static readonly Undefined Value = new();
}

/// <summary>A JavaScript date: milliseconds since 1970 in UTC.</summary>
internal sealed record JsDate(double Time)
{
    public string ToIso() => double.IsNaN(Time) || Math.Abs(Time) > 8.64e15 || Time < -62135596800000 || Time > 253402300799999
        ? throw new ActivityFault("Dit is geen geldige datum.")
        : DateTimeOffset.FromUnixTimeMilliseconds((long)Time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>
/// JavaScript's rules for values that come from JSON. A value is null, <see cref="Undefined"/>, a bool, a double, a
/// string, a <see cref="JsDate"/>, or a JSON array or object, which is only read.
/// </summary>
internal static class Js
{
    public static object? FromJson(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Values.ToDouble(node),
        JsonValueKind.String => node.GetValue<string>(),

        // As an object, or everything above would become a JsonNode again.
        _ => (object)node,
    };

    public static JsonNode? ToJson(object? value) => value switch
    {
        bool boolean => boolean,
        double number => Number(number),
        string text => text,
        JsDate date => date.ToIso(),
        JsonNode node => node.DeepClone(),
        _ => null,
    };

    public static bool IsNullish(object? value) => value is null or Undefined;

    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool boolean => boolean,
        double number => number != 0 && !double.IsNaN(number),
        string text => text.Length > 0,
        _ => true,
    };

    public static double ToNumber(object? value) => value switch
    {
        null => 0,
        bool boolean => boolean ? 1 : 0,
        double number => number,
        string text => ToNumber(text),
        JsDate date => date.Time,
        JsonNode node => ToNumber(ToText(node)),
        _ => double.NaN,
    };

    public static string ToText(object? value) => value switch
    {
        null => "null",
        Undefined => "undefined",
        bool boolean => boolean ? "true" : "false",
        double number => ToText(number),
        string text => text,
        JsDate date => date.ToIso(),
        JsonArray elements => string.Join(',', elements.Select(e => e is null ? "" : ToText(FromJson(e)))),
        _ => "[object Object]",
    };

    public static string TypeOf(object? value) => value switch
    {
        Undefined => "undefined",
        bool => "boolean",
        double => "number",
        string => "string",
        _ => "object",
    };

    public static object Add(object? left, object? right)
    {
        var (a, b) = (ToPrimitive(left), ToPrimitive(right));
        return a is string || b is string ? ToText(a) + ToText(b) : ToNumber(a) + ToNumber(b);
    }

    public static bool StrictEquals(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => a == b,
        (string a, string b) => a == b,
        (bool a, bool b) => a == b,
        _ => ReferenceEquals(left, right),
    };

    public static bool LooseEquals(object? left, object? right) => (left, right) switch
    {
        (null or Undefined, _) => IsNullish(right),
        (_, null or Undefined) => false,
        (string, string) or (bool, bool) => StrictEquals(left, right),
        (JsonNode or JsDate, JsonNode or JsDate) => ReferenceEquals(left, right),
        (JsonNode or JsDate, string) => ToText(left) == (string)right,
        (string, JsonNode or JsDate) => (string)left == ToText(right),
        _ => ToNumber(left) == ToNumber(right),
    };

    /// <summary>Minus one, zero, one, or null when the two cannot be compared.</summary>
    public static int? Compare(object? left, object? right)
    {
        var (a, b) = (ToPrimitive(left), ToPrimitive(right));
        if (a is string one && b is string other)
        {
            return string.CompareOrdinal(one, other);
        }

        var (x, y) = (ToNumber(a), ToNumber(b));
        return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
    }

    private static object? ToPrimitive(object? value) => value switch
    {
        JsDate date => date.Time,
        JsonNode => ToText(value),
        _ => value,
    };

    private static JsonValue? Number(double number)
    {
        if (!double.IsFinite(number))
        {
            return null;
        }

        // As an integer where it is one, so that 3 is written as 3, and minus zero as zero.
        return double.IsInteger(number) && Math.Abs(number) <= 9007199254740991 ? JsonValue.Create((long)number) : JsonValue.Create(number);
    }

    private static double ToNumber(string text)
    {
        var trimmed = text.Trim();
        return trimmed switch
        {
            "" => 0,
            "Infinity" or "+Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ when trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase) =>
                ulong.TryParse(trimmed.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : double.NaN,
            _ when char.IsAsciiLetter(trimmed[^1]) || trimmed.Contains('n', StringComparison.OrdinalIgnoreCase) => double.NaN,
            _ => double.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
                ? number
                : double.NaN,
        };
    }

    /// <summary>The shortest digits that read back as the same number, placed as JavaScript places them.</summary>
    private static string ToText(double number)
    {
        if (number == 0)
        {
            return "0";
        }

        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }

        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var whole = shortest[0].Split('.')[0];
        var padded = shortest[0].Replace(".", "", StringComparison.Ordinal);
        var digits = padded.TrimStart('0');
        var exponent = shortest.Length == 2 ? int.Parse(shortest[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var point = whole.Length - (padded.Length - digits.Length) + exponent;
        digits = digits.TrimEnd('0');
        var result = new StringBuilder(number < 0 ? "-" : "");
        if (point is > 21 or < -5)
        {
            result.Append(digits[0]).Append(digits.Length > 1 ? "." : "").Append(digits.AsSpan(1));
            return result.Append(CultureInfo.InvariantCulture, $"e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}").ToString();
        }

        if (point <= 0)
        {
            return result.Append("0.").Append('0', -point).Append(digits).ToString();
        }

        return digits.Length <= point
            ? result.Append(digits).Append('0', point - digits.Length).ToString()
            : result.Append(digits.AsSpan(0, point)).Append('.').Append(digits.AsSpan(point)).ToString();
    }
}
