using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Expressions;

/// <summary>The arguments of a call; one that is not given is undefined.</summary>
internal readonly struct Arguments(object?[] values)
{
    public int Count => values.Length;

    public IEnumerable<object?> All => values;

    public object? this[int index] => index < values.Length ? values[index] : Undefined.Value;

    public string Text(int index) => Js.ToText(this[index]);

    public double Number(int index) => Js.ToNumber(this[index]);

    public Callback Callback => (Callback)values[0]!;

    /// <summary>A position in a text or list of this length; negative counts from the end.</summary>
    public int Position(int index, int length, int otherwise)
    {
        if (this[index] is Undefined)
        {
            return otherwise;
        }

        var position = Math.Truncate(Number(index));
        return double.IsNaN(position) ? 0 : (int)Math.Clamp(position < 0 ? position + length : position, 0, length);
    }
}

/// <summary>
/// The functions that an expression may call: Elsa's getters, and those of JavaScript that are the same everywhere and
/// need no clock but the moment of the burst, no chance, no time zone and no regular expression.
/// </summary>
internal sealed record Function(string Name, Kind Returns, int Minimum, int Maximum, Func<Evaluation, object?, Arguments, object?> Body)
{
    public bool TakesCallback { get; init; }
}

internal static class Library
{
    private static readonly FrozenSet<string> CallbackMethods = new[] { "every", "filter", "find", "findIndex", "map", "some" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, Function> Functions = Table(
        // Elsa's.
        new("getLastResult", Kind.Any, 0, 0, (e, _, _) => Js.FromJson(e.Scope.Instance.LastResult)),
        new("getWorkflowInstanceId", Kind.String, 0, 0, (e, _, _) => e.Scope.Instance.Id),
        new("getWorkflowInstanceName", Kind.Any, 0, 0, (e, _, _) => e.Scope.Instance.Name),
        new("getWorkflowDefinitionId", Kind.String, 0, 0, (e, _, _) => e.Scope.Instance.DefinitionId),
        new("getWorkflowDefinitionVersionId", Kind.String, 0, 0, (e, _, _) => e.Scope.Instance.DefinitionVersionId),
        new("getWorkflowDefinitionVersion", Kind.Number, 0, 0, (e, _, _) => (double)e.Scope.Instance.Version),
        new("getCorrelationId", Kind.Any, 0, 0, (e, _, _) => e.Scope.Instance.CorrelationId),
        new("isNullOrEmpty", Kind.Boolean, 1, 1, (_, _, a) => Js.IsNullish(a[0]) || a[0] is ""),
        new("isNullOrWhiteSpace", Kind.Boolean, 1, 1, (_, _, a) => Js.IsNullish(a[0]) || (a[0] is string text && string.IsNullOrWhiteSpace(text))),
        new("toJson", Kind.String, 1, 1, Stringify),

        // JavaScript's.
        new("Array.isArray", Kind.Boolean, 1, 1, (_, _, a) => a[0] is JsonArray),
        new("Boolean", Kind.Boolean, 1, 1, (_, _, a) => Js.IsTrue(a[0])),
        new("Date.now", Kind.Number, 0, 0, (e, _, _) => Now(e)),
        new("Date.parse", Kind.Number, 1, 1, (_, _, a) => Time(a.Text(0))),
        new("new Date", Kind.Date, 0, 1, (e, _, a) => new JsDate(a.Count == 0 ? Now(e) : a[0] is string text ? Time(text) : Math.Truncate(a.Number(0)))),
        new("JSON.parse", Kind.Any, 1, 1, (e, _, a) => Js.FromJson(Parse(e, a.Text(0)))),
        new("JSON.stringify", Kind.String, 1, 1, Stringify),
        new("Math.abs", Kind.Number, 1, 1, (_, _, a) => Math.Abs(a.Number(0))),
        new("Math.ceil", Kind.Number, 1, 1, (_, _, a) => Math.Ceiling(a.Number(0))),
        new("Math.floor", Kind.Number, 1, 1, (_, _, a) => Math.Floor(a.Number(0))),
        new("Math.max", Kind.Number, 0, 50, (_, _, a) => Each(a).Aggregate(double.NegativeInfinity, Math.Max)),
        new("Math.min", Kind.Number, 0, 50, (_, _, a) => Each(a).Aggregate(double.PositiveInfinity, Math.Min)),
        new("Math.round", Kind.Number, 1, 1, (_, _, a) => Math.Floor(a.Number(0) + 0.5)),
        new("Math.trunc", Kind.Number, 1, 1, (_, _, a) => Math.Truncate(a.Number(0))),
        new("Number", Kind.Number, 1, 1, (_, _, a) => a.Number(0)),
        new("Number.isInteger", Kind.Boolean, 1, 1, (_, _, a) => a[0] is double number && double.IsInteger(number)),
        new("Object.keys", Kind.Array, 1, 1, (e, _, a) => e.Array(a[0] is JsonObject members ? members.Select(m => m.Key) : [])),
        new("Object.values", Kind.Array, 1, 1, (e, _, a) => e.Array(a[0] is JsonObject members ? members.Select(m => Js.FromJson(m.Value)) : [])),
        new("String", Kind.String, 1, 1, (_, _, a) => a.Text(0)),
        new("isNaN", Kind.Boolean, 1, 1, (_, _, a) => double.IsNaN(a.Number(0))));

    private static readonly FrozenDictionary<Kind, FrozenDictionary<string, Function>> Methods = new Dictionary<Kind, FrozenDictionary<string, Function>>
    {
        [Kind.String] = Table(
            OnText("charAt", Kind.String, 1, 1, (_, s, a) => a.Number(0) is var i && i >= 0 && i < s.Length ? s[(int)i].ToString() : ""),
            OnText("endsWith", Kind.Boolean, 1, 1, (_, s, a) => s.EndsWith(a.Text(0), StringComparison.Ordinal)),
            OnText("includes", Kind.Boolean, 1, 1, (_, s, a) => s.Contains(a.Text(0), StringComparison.Ordinal)),
            OnText("indexOf", Kind.Number, 1, 1, (_, s, a) => (double)s.IndexOf(a.Text(0), StringComparison.Ordinal)),
            OnText("lastIndexOf", Kind.Number, 1, 1, (_, s, a) => (double)s.LastIndexOf(a.Text(0), StringComparison.Ordinal)),
            OnText("padEnd", Kind.String, 1, 2, (e, s, a) => s + Padding(e, s, a)),
            OnText("padStart", Kind.String, 1, 2, (e, s, a) => Padding(e, s, a) + s),
            OnText("replace", Kind.String, 2, 2, (e, s, a) => s.IndexOf(a.Text(0), StringComparison.Ordinal) is var at and >= 0 ? Made(e, $"{s.AsSpan(0, at)}{a.Text(1)}{s.AsSpan(at + a.Text(0).Length)}") : s),
            OnText("slice", Kind.String, 0, 2, (_, s, a) => Slice(s.Length, a) is var (from, to) ? s[from..to] : s),
            OnText("split", Kind.Array, 1, 1, Split),
            OnText("startsWith", Kind.Boolean, 1, 1, (_, s, a) => s.StartsWith(a.Text(0), StringComparison.Ordinal)),
            OnText("toLowerCase", Kind.String, 0, 0, (e, s, _) => Made(e, s.ToLowerInvariant())),
            OnText("toString", Kind.String, 0, 0, (_, s, _) => s),
            OnText("toUpperCase", Kind.String, 0, 0, (e, s, _) => Made(e, s.ToUpperInvariant())),
            OnText("trim", Kind.String, 0, 0, (_, s, _) => s.Trim()),
            OnText("trimEnd", Kind.String, 0, 0, (_, s, _) => s.TrimEnd()),
            OnText("trimStart", Kind.String, 0, 0, (_, s, _) => s.TrimStart())),

        [Kind.Array] = Table(
            OnList("concat", Kind.Array, 1, 10, (e, l, a) => e.Array(a.All.Aggregate(l.Select(Js.FromJson), (sum, more) => more is JsonArray list ? sum.Concat(list.Select(Js.FromJson)) : sum.Append(more)))),
            OnList("every", Kind.Boolean, 1, 1, (_, l, a) => !Where(l, a.Callback, false).Any()),
            OnList("filter", Kind.Array, 1, 1, (e, l, a) => e.Array(Where(l, a.Callback).Select(x => x.Element))),
            OnList("find", Kind.Any, 1, 1, (_, l, a) => Where(l, a.Callback).Select(x => x.Element).FirstOrDefault(Undefined.Value)),
            OnList("findIndex", Kind.Number, 1, 1, (_, l, a) => (double)Where(l, a.Callback).Select(x => x.Index).FirstOrDefault(-1)),
            OnList("includes", Kind.Boolean, 1, 1, (_, l, a) => IndexOf(l, a[0]) >= 0 || (a[0] is double.NaN && l.Any(x => Js.FromJson(x) is double.NaN))),
            OnList("indexOf", Kind.Number, 1, 1, (_, l, a) => (double)IndexOf(l, a[0])),
            OnList("join", Kind.String, 0, 1, (e, l, a) => Made(e, string.Join(a[0] is Undefined ? "," : a.Text(0), l.Select(x => x is null ? "" : Js.ToText(Js.FromJson(x)))))),
            OnList("map", Kind.Array, 1, 1, (e, l, a) => e.Array(l.Select((x, i) => a.Callback(Js.FromJson(x), i)))),
            OnList("slice", Kind.Array, 0, 2, (e, l, a) => Slice(l.Count, a) is var (from, to) ? e.Array(l.Take(from..to).Select(Js.FromJson)) : l),
            OnList("some", Kind.Boolean, 1, 1, (_, l, a) => Where(l, a.Callback).Any()),
            OnList("toString", Kind.String, 0, 0, (e, l, _) => Made(e, Js.ToText(l)))),

        [Kind.Number] = Table(
            new Function("toFixed", Kind.String, 0, 1, (_, n, a) => ToFixed((double)n!, a[0] is Undefined ? 0 : a.Number(0))),
            new Function("toString", Kind.String, 0, 0, (_, n, _) => Js.ToText(n))),

        [Kind.Boolean] = Table(new Function("toString", Kind.String, 0, 0, (_, b, _) => Js.ToText(b))),

        [Kind.Date] = Table(
            OnDate("getTime", Kind.Number, d => d.Time),
            OnDate("getUTCDate", Kind.Number, d => (double)Parts(d).Day),
            OnDate("getUTCDay", Kind.Number, d => (double)(int)Parts(d).DayOfWeek),
            OnDate("getUTCFullYear", Kind.Number, d => (double)Parts(d).Year),
            OnDate("getUTCHours", Kind.Number, d => (double)Parts(d).Hour),
            OnDate("getUTCMinutes", Kind.Number, d => (double)Parts(d).Minute),
            OnDate("getUTCMonth", Kind.Number, d => (double)(Parts(d).Month - 1)),
            OnDate("toISOString", Kind.String, d => d.ToIso()),
            OnDate("toJSON", Kind.String, d => d.ToIso())),
    }.ToFrozenDictionary();

    /// <summary>Names that stand before a function, as in Math.max.</summary>
    public static readonly FrozenSet<string> Namespaces =
        Functions.Keys.Where(n => n.Contains('.')).Select(n => n[..n.IndexOf('.')]).ToFrozenSet();

    public static Function? Function(string name) => Functions.GetValueOrDefault(name);

    public static Function? Method(Kind kind, string name) => Methods.GetValueOrDefault(kind)?.GetValueOrDefault(name);

    /// <summary>The methods of this name that a value of this kind can turn out to have.</summary>
    public static IEnumerable<Function> Candidates(Kind kind, string name) =>
        (kind == Kind.Any ? Methods.Keys.AsEnumerable() : [kind]).Select(k => Method(k, name)).OfType<Function>();

    public static Kind KindOf(object? value) => value switch
    {
        null or Undefined => Kind.Nothing,
        bool => Kind.Boolean,
        double => Kind.Number,
        string => Kind.String,
        JsonArray => Kind.Array,
        JsDate => Kind.Date,
        _ => Kind.Object,
    };

    private static FrozenDictionary<string, Function> Table(params Function[] functions) => functions.ToFrozenDictionary(f => f.Name);

    private static Function OnText(string name, Kind returns, int minimum, int maximum, Func<Evaluation, string, Arguments, object?> body) =>
        new(name, returns, minimum, maximum, (e, self, arguments) => body(e, (string)self!, arguments));

    private static Function OnList(string name, Kind returns, int minimum, int maximum, Func<Evaluation, JsonArray, Arguments, object?> body) =>
        new(name, returns, minimum, maximum, (e, self, arguments) => body(e, (JsonArray)self!, arguments)) { TakesCallback = CallbackMethods.Contains(name) };

    private static Function OnDate(string name, Kind returns, Func<JsDate, object?> body) =>
        new(name, returns, 0, 0, (_, self, _) => body((JsDate)self!));

    private static string Made(Evaluation e, string text)
    {
        e.Spend(text.Length);
        return text;
    }

    private static IEnumerable<double> Each(Arguments arguments) => arguments.All.Select(Js.ToNumber);

    private static IEnumerable<(object? Element, int Index)> Where(JsonArray list, Callback callback, bool wanted = true) =>
        list.Select((element, index) => (Element: Js.FromJson(element), Index: index))
            .Where(x => Js.IsTrue(callback(x.Element, x.Index)) == wanted);

    private static int IndexOf(JsonArray list, object? wanted)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (Js.StrictEquals(Js.FromJson(list[i]), wanted))
            {
                return i;
            }
        }

        return -1;
    }

    private static (int From, int To) Slice(int length, Arguments a)
    {
        var from = a.Position(0, length, 0);
        return (from, Math.Max(from, a.Position(1, length, length)));
    }

    private static JsonArray Split(Evaluation e, string text, Arguments a)
    {
        var separator = a.Text(0);
        return e.Array(separator.Length == 0 ? text.Select(c => c.ToString()) : text.Split(separator));
    }

    private static string Padding(Evaluation e, string text, Arguments a)
    {
        var missing = a.Number(0) - text.Length;
        var filler = a[1] is Undefined ? " " : a.Text(1);
        if (!(missing > 0) || filler.Length == 0)
        {
            return "";
        }

        e.Spend((int)Math.Min(missing, int.MaxValue));
        return string.Concat(Enumerable.Repeat(filler, ((int)missing / filler.Length) + 1))[..(int)missing];
    }

    private static string ToFixed(double number, double digits) => digits is >= 0 and <= 20 && Math.Abs(number) < 1e21
        ? number.ToString($"F{(int)digits}", CultureInfo.InvariantCulture)
        : throw new ActivityFault("toFixed kan hoogstens 20 cijfers achter de komma geven.");

    private static object Stringify(Evaluation e, object? self, Arguments a) =>
        a[0] is Undefined ? Undefined.Value : Made(e, e.Copy(a[0])?.ToJsonString(Values.Relaxed) ?? "null");

    private static JsonNode? Parse(Evaluation e, string text)
    {
        e.Spend(text.Length);
        return Values.ParseJson(text);
    }

    private static double Now(Evaluation e) => e.Scope.Now.ToUnixTimeMilliseconds();

    private static double Time(string text) => Values.TryDateTime(text, out var time) ? time.ToUnixTimeMilliseconds() : double.NaN;

    private static DateTimeOffset Parts(JsDate date) => DateTimeOffset.Parse(date.ToIso(), CultureInfo.InvariantCulture);
}
