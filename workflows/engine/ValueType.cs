using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine;

/// <summary>What a value has to be, as far as JSON can tell.</summary>
internal enum ValueType
{
    Any,
    String,
    Boolean,
    Integer,
    Number,
    TimeSpan,
    DateTime,
    Array,
    Json,
}

/// <summary>Something in a definition or in a value that makes an activity fail. The message is for a person.</summary>
internal sealed class ActivityFault(string message, int? line = null, int? column = null) : Exception(message)
{
    public int? Line { get; } = line;

    public int? Column { get; } = column;
}

/// <summary>Between Elsa's type names, JSON and what an activity needs.</summary>
internal static class Values
{
    /// <summary>Letters with accents as they are: this is read by people and not placed in a web page.</summary>
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ValueType TypeOf(string? typeName) => typeName switch
    {
        null => ValueType.Any,
        _ when typeName.EndsWith("[]", StringComparison.Ordinal) || typeName.Contains('<') => ValueType.Array,
        "String" or "Guid" => ValueType.String,
        "Boolean" => ValueType.Boolean,
        "Int16" or "Int32" or "Int64" or "Long" => ValueType.Integer,
        "Single" or "Double" or "Decimal" => ValueType.Number,
        "TimeSpan" => ValueType.TimeSpan,
        "DateTime" or "DateTimeOffset" => ValueType.DateTime,
        "JSON" or "JsonObject" or "JsonNode" or "JsonElement" or "ObjectDictionary" or "StringDictionary" => ValueType.Json,
        _ => ValueType.Any,
    };

    /// <summary>The value as that type. What cannot be it without guessing is a fault.</summary>
    public static JsonNode? Convert(JsonNode? value, ValueType type)
    {
        if (value is null)
        {
            return null;
        }

        var kind = value.GetValueKind();
        var text = kind == JsonValueKind.String ? value.GetValue<string>() : null;
        switch (type)
        {
            // Studio writes an empty field as an empty text, whatever the type.
            case not (ValueType.Any or ValueType.String) when text is "":
                return null;
            case ValueType.String when kind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.ToJsonString();
            case ValueType.Boolean when bool.TryParse(text, out var boolean):
                return boolean;
            case ValueType.Integer when text is not null && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer):
                return integer;
            case ValueType.Number when text is not null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return number;
            case ValueType.Array or ValueType.Json when text is not null:
                return ParseJson(text);
        }

        var fits = type switch
        {
            ValueType.String => text is not null,
            ValueType.Boolean => kind is JsonValueKind.True or JsonValueKind.False,
            ValueType.Integer => kind is JsonValueKind.Number && double.IsInteger(ToDouble(value)),
            ValueType.Number => kind is JsonValueKind.Number,
            ValueType.TimeSpan => text is not null && TryTimeSpan(text, out _),
            ValueType.DateTime => text is not null && TryDateTime(text, out _),
            ValueType.Array => kind is JsonValueKind.Array,
            _ => true,
        };

        return fits ? value : throw new ActivityFault($"{Describe(value)} is geen {Dutch(type)}.");
    }

    public static JsonNode? ParseJson(string text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : Admit(JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }));
        }
        catch (JsonException e)
        {
            throw new ActivityFault("De tekst is geen geldige JSON.", (int?)e.LineNumber + 1, (int?)e.BytePositionInLine + 1);
        }
    }

    /// <summary>
    /// The strict form [d.]hh:mm:ss. What .NET reads as well, such as 72:00:00 for seventy-two days, is where people
    /// mean something else.
    /// </summary>
    public static bool TryTimeSpan(string text, out TimeSpan value) =>
        TimeSpan.TryParseExact(text.Trim(), "c", CultureInfo.InvariantCulture, out value);

    /// <summary>Without an offset it is UTC.</summary>
    public static bool TryDateTime(string text, out DateTimeOffset value) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);

    public static double ToDouble(JsonNode number) => number.AsValue().TryGetValue(out double value)
        ? value
        : double.Parse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A copy of a value that is small enough to be kept; anything else is a fault.</summary>
    public static JsonNode? Admit(JsonNode? value)
    {
        Measure(value);
        return value?.DeepClone();
    }

    /// <summary>Elements and characters in a value; too large or too deep is a fault.</summary>
    public static int Measure(JsonNode? value, int depth = 0)
    {
        if (depth > Limits.ValueDepth)
        {
            throw new ActivityFault($"Een waarde mag niet meer dan {Limits.ValueDepth} niveaus diep zijn.");
        }

        var size = 1;
        switch (value)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    size = Add(size, name.Length + Measure(member, depth + 1));
                }

                break;
            case JsonArray elements:
                foreach (var element in elements)
                {
                    size = Add(size, Measure(element, depth + 1));
                }

                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                size = Add(size, text.GetValue<string>().Length);
                break;
        }

        return size;
    }

    private static int Add(int size, int more) => size + more <= Limits.ValueSize
        ? size + more
        : throw new ActivityFault($"Een waarde mag niet groter zijn dan {Limits.ValueSize} tekens.");

    private static string Describe(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "Een object",
        JsonValueKind.Array => "Een lijst",
        JsonValueKind.String when value.GetValue<string>() is { Length: <= 60 } text => $"'{text}'",
        JsonValueKind.String => "Deze tekst",
        _ => value.ToJsonString(),
    };

    private static string Dutch(ValueType type) => type switch
    {
        ValueType.Boolean => "ja of nee (true of false)",
        ValueType.Integer => "heel getal",
        ValueType.Number => "getal",
        ValueType.TimeSpan => "tijdsduur zoals 30.00:00:00 (dagen.uren:minuten:seconden)",
        ValueType.DateTime => "tijdstip zoals 2026-03-02T10:15:00+01:00",
        ValueType.Array => "lijst",
        _ => "tekst",
    };
}
