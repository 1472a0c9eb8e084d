using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetwerkRegie.Engine.Expressions;

namespace NetwerkRegie.Engine;

/// <summary>What a value has to be, as far as JSON can tell.</summary>
internal enum DataType
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

/// <summary>Between Elsa's type names, JSON and what an activity needs.</summary>
internal static class Values
{
    /// <summary>Letters with accents as they are: this is read by people and not placed in a web page.</summary>
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static DataType TypeOf(string? typeName) => typeName switch
    {
        null => DataType.Any,
        _ when typeName.EndsWith("[]", StringComparison.Ordinal) || typeName.Contains('<') => DataType.Array,
        "String" or "Guid" => DataType.String,
        "Boolean" => DataType.Boolean,
        "Int16" or "Int32" or "Int64" or "Long" => DataType.Integer,
        "Single" or "Double" or "Decimal" => DataType.Number,
        "TimeSpan" => DataType.TimeSpan,
        "DateTime" or "DateTimeOffset" => DataType.DateTime,
        "JSON" or "JsonObject" or "JsonNode" or "JsonElement" or "ObjectDictionary" or "StringDictionary" => DataType.Json,
        _ => DataType.Any,
    };

    /// <summary>The value as that type. What cannot be it without guessing is a fault.</summary>
    public static JsonNode? Convert(JsonNode? value, DataType type)
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
            case not (DataType.Any or DataType.String) when text is "":
                return null;
            case DataType.String when kind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.ToJsonString();
            case DataType.Boolean when bool.TryParse(text, out var boolean):
                return boolean;
            case DataType.Boolean when kind is JsonValueKind.Number:
                return ToDouble(value) != 0;
            case DataType.Integer when text is not null && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer):
                return integer;
            case DataType.Number when text is not null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return number;
            case DataType.Array or DataType.Json when text is not null:
                return ParseJson(text);
        }

        var fits = type switch
        {
            DataType.String => text is not null,
            DataType.Boolean => kind is JsonValueKind.True or JsonValueKind.False,
            DataType.Integer => kind is JsonValueKind.Number && double.IsInteger(ToDouble(value)),
            DataType.Number => kind is JsonValueKind.Number,
            DataType.TimeSpan => text is not null && TryTimeSpan(text, out _),
            DataType.DateTime => text is not null && TryDateTime(text, out _),
            DataType.Array => kind is JsonValueKind.Array,
            _ => true,
        };

        return fits ? value : throw new ActivityFault($"{Describe(value)} is geen {Dutch(type)}.");
    }

    /// <summary>Whether an expression of this kind can ever give a value of that type.</summary>
    public static void Check(Kind kind, DataType type)
    {
        var fits = type switch
        {
            DataType.String => kind is not (Kind.Array or Kind.Object),
            DataType.Boolean => kind is not (Kind.Array or Kind.Object or Kind.Date),
            DataType.Integer or DataType.Number => kind is not (Kind.Boolean or Kind.Array or Kind.Object or Kind.Date),
            DataType.TimeSpan => kind is Kind.String or Kind.Any or Kind.Nothing,
            DataType.DateTime => kind is Kind.String or Kind.Date or Kind.Any or Kind.Nothing,
            DataType.Array => kind is Kind.Array or Kind.String or Kind.Any or Kind.Nothing,
            _ => true,
        };
        if (!fits)
        {
            throw new ActivityFault($"De uitkomst hiervan kan geen {Dutch(type)} zijn.", 1, 1);
        }
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

    private static string Dutch(DataType type) => type switch
    {
        DataType.Boolean => "ja of nee (true of false)",
        DataType.Integer => "heel getal",
        DataType.Number => "getal",
        DataType.TimeSpan => "tijdsduur zoals 30.00:00:00 (dagen.uren:minuten:seconden)",
        DataType.DateTime => "tijdstip zoals 2026-03-02T10:15:00+01:00",
        DataType.Array => "lijst",
        _ => "tekst",
    };
}
